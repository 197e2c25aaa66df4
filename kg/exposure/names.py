"""From what a user types to a node: an IRI, an identifier, a label or an alias."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError
from kg.exposure.statements import ORGANIZATIONS
from kg.names import key as name_key
from kg.names import split_legal_form

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.exposure.statements import Node
    from kg.resolve.table import Named

_MOST_LISTED = 8
_UNSURE = 2
_HINTED = 0.5
"""How likely an organization is meant that is told at least by a slip of the pen, or by its owner, product or part."""
_WORDED = 0.4
"""How likely one is meant whose words are alike, where no review would ask: less than an owner or a slip of the pen."""
_FEW = 4
"""A name of fewer words begins as another does if they share two words at least."""
_STEM = 5
"""Letters in which two words agree from the first on if they are forms of one."""
_SLIPS = 0.79
"""Share of the letters of the longer of two names in which they agree at least if they differ by slips of the pen."""


class Finder:
    """Finds nodes by name."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, set[str]] = defaultdict(set)
        self._former: dict[str, set[str]] = defaultdict(set)
        for node in nodes.values():
            for name in exact_names(node):
                self._exact[name].add(node.iri)
                self._loose[spelt_alike(name)].add(node.iri)
            for name in node.former_names:
                self._former[spelt_alike(name)].add(node.iri)

    def organization(self, name: str) -> Node:
        """Return the organization of that name.

        Raises:
            UnknownNameError: there is none (the nearest names are told), or several (they are listed).
        """
        return self.one(name, ORGANIZATIONS)

    def one(self, name: str, kinds: Collection[str] = ()) -> Node:
        """Return the node of that name, of one of the kinds where any are given; an exact spelling wins.

        Raises:
            UnknownNameError: there is none, or several.
        """
        found = self.all(name, kinds)
        if len(found) == 1:
            return found[0]
        if not found:
            shown = dict.fromkeys(node.label for node in self.near(name, kinds))
            hint = f"; did you mean {', '.join(shown)}?" if shown else ""
            raise UnknownNameError(f"{name!r} is not in the graph{hint}")
        listed = ", ".join(f"{node.label} <{node.iri}>" for node in found[:_MOST_LISTED])
        raise UnknownNameError(f"{name!r} stands for several: {listed}")

    def all(self, name: str, kinds: Collection[str] = ()) -> list[Node]:
        """Return every node of that name, by the strictest reading that finds any.

        A former name is the last but those that the table of well-known organizations lists for one that has this name. Who
        has the name with a legal form of another country is none of that name, unless the rules of resolution hold both to be one.
        """
        for wanted in ({name.strip("<>")} & self._nodes.keys(), self._exact.get(name, set())):
            if found := self._of(wanted, kinds):
                return found
        for names in (self._loose, self._former):
            alike = self._of(names.get(spelt_alike(name), ()), kinds)
            if found := [node for node in alike if not _of_another_country(name, node)]:
                return found
        listed = [(node, rank) for node, rank in self._listed(name, kinds) if not _of_another_country(name, node)]
        surest = min((rank for _, rank in listed), default=_UNSURE)
        return [node for node, rank in listed if rank == surest < _UNSURE]

    def near(self, name: str, kinds: Collection[str] = ()) -> list[Node]:
        """Return the nodes that a name may stand for, the likeliest first; none of them need be meant.

        These are the ones that a review would ask about if the name were mentioned, and where there are none, those whose
        words are alike from the first on; with them those whose names are spelled nearly alike, and those that are listed
        as owner of what it names, or as its product or part.
        """
        from kg.resolve.candidates import blocks  # noqa: PLC0415 - most names are found without
        from kg.resolve.scoring import APART, score  # noqa: PLC0415 - the same

        alike = {other for block in blocks(name) for other in self._blocks.get(block, ())}
        likely = {other: told for other in alike if (told := score(name, other).score) >= APART}
        if not likely:
            likely = {other: _WORDED for other in alike if _worded_alike(name, other)}
        hinted = {
            *self._spelled_alike(name),
            *(other for one in _related(name) for other in self._listed_as.get(one, ())),
        }
        likely |= {other: max(_HINTED, likely.get(other, 0)) for other in hinted}
        found: dict[str, float] = {}
        for other, told in likely.items():
            for iri in self._exact.get(other, set()) | self._former.get(spelt_alike(other), set()):
                found[iri] = max(found.get(iri, 0), told)
        nodes = self._of(found, kinds)
        return sorted(nodes, key=lambda node: (-found[node.iri], node.order))[:_MOST_LISTED]

    def _spelled_alike(self, name: str) -> list[str]:
        """The names that differ from one in no more than some slips of the pen."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - as in `near`
        from rapidfuzz.process import extract  # noqa: PLC0415 - as in `near`

        alike = extract(
            name_key(name), self._keys, scorer=OSA.normalized_similarity, score_cutoff=_SLIPS, limit=_MOST_LISTED
        )
        return [other for _, _, other in alike]

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Name -> what its spellings share."""
        return {name: name_key(name) for name in self._names()}

    @cached_property
    def _blocks(self) -> dict[str, list[str]]:
        """Block of a review -> the names that are in it."""
        from kg.resolve.candidates import blocks  # noqa: PLC0415 - as in `near`

        found: dict[str, list[str]] = defaultdict(list)
        for name in self._names():
            for block in blocks(name):
                found[block].append(name)
        return found

    @cached_property
    def _listed_as(self) -> dict[str, list[str]]:
        """Organization of the packaged table -> the names that are listed for it."""
        from kg.resolve.table import table  # noqa: PLC0415 - as in `near`

        found: dict[str, list[str]] = defaultdict(list)
        for name in self._names():
            if (told := table().find(name)) is not None:
                found[told.organization].append(name)
        return found

    def _names(self) -> dict[str, None]:
        """The names of all nodes, those of old too, without what identifies."""
        return {name: None for node in self._nodes.values() for name in (node.label, *node.aliases)}

    def _listed(self, name: str, kinds: Collection[str]) -> list[tuple[Node, int]]:
        """Organizations that the packaged table lists under other names for the one that has this name, each with a rank.

        What holds of both names by the rules of resolution is the rank: the lower, the surer.
        """
        from kg.resolve.table import table  # noqa: PLC0415 - it takes long to read, and few names are found nowhere else

        told = table().find(name)
        if told is None:
            return []
        keys = {spelt_alike(other.name) for other in table().names(told.organization)}
        nodes = self._of(
            {iri for key in keys for names in (self._loose, self._former) for iri in names.get(key, ())}, kinds
        )
        found = []
        for node in nodes:
            there = [listed for one in (node.label, *node.aliases) if (listed := table().find(one))]
            ranks = [_rank(told, listed) for listed in there if listed.organization == told.organization]
            if ranks and node.kind in ORGANIZATIONS:
                found.append((node, min(ranks)))
        return found

    def _of(self, iris: Collection[str], kinds: Collection[str]) -> list[Node]:
        return [self._nodes[iri] for iri in sorted(iris) if not kinds or self._nodes[iri].kind in kinds]


def spelt_alike(name: str) -> str:
    """Return what all spellings of a name share; of one without letters and digits, itself without capitals."""
    return name_key(name) or name.casefold()


def _worded_alike(one: str, other: str) -> bool:
    """Whether two names begin with the same words, or the words of the shorter stand in the longer in some form, the first as its first."""
    short, long = sorted((_core(one), _core(other)), key=len)
    if not short or not _of_one_stem(short[0], long[0]):
        return False
    if 2 * len(_own(short[: _shared(short, long)])) >= max(len(long), _FEW):
        return True
    rest = iter(long)
    return all(any(_of_one_stem(word, met) or _cut(word, met) for met in rest) for word in short)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words, or letters, two begin with that are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _own(told: tuple[str, ...]) -> list[str]:
    """The words that are no general ones."""
    from kg.resolve.words import Sort, words  # noqa: PLC0415 - as above

    return [word for word in told if words().sort(word) is Sort.OWN]


def _of_one_stem(one: str, other: str) -> bool:
    """Whether two words are one, or differ at their ends alone."""
    shared = _shared(one, other)
    return one == other or (shared >= _STEM and 5 * shared >= 3 * max(len(one), len(other)))


def _cut(one: str, other: str) -> bool:
    """Whether a word is the beginning of another."""
    return min(len(one), len(other)) > 1 and (one.startswith(other) or other.startswith(one))


def _core(name: str) -> tuple[str, ...]:
    """The words of a name without the general ones at its end: "Palo Alto" of "Palo Alto Networks"."""
    from kg.resolve.readings import read  # noqa: PLC0415 - as above
    from kg.resolve.words import Sort, words  # noqa: PLC0415 - as above

    told = read(name).tokens
    while len(told) > 1 and words().sort(told[-1]) is Sort.FILLER:
        told = told[:-1]
    return told


def _related(name: str) -> set[str]:
    """The organizations that the packaged table lists as owner of what a name stands for, or as its product or part."""
    from kg.resolve.table import table  # noqa: PLC0415 - as above

    told = table().find(name)
    return table().relatives(told.organization) if told else set()


def _of_another_country(name: str, node: Node) -> bool:
    """Whether a node has a name with legal forms of other countries alone than it is asked for with, and may be another for that."""
    if not split_legal_form(name)[1]:
        return False
    from kg.resolve.scoring import of_other_law  # noqa: PLC0415 - as the table; most names are asked for without a form

    borne = [one for one in (node.label, *node.aliases) if name_key(one) == name_key(name)]
    return bool(borne) and all(of_other_law(name, one) for one in borne)


def _rank(*names: Named) -> int:
    """How much two listed names of one organization tell: 0 both of today, 1 one of old, else `_UNSURE`.

    Two names of old may be of two organizations that became one; and some names are not held to identify.
    """
    if any(not listed.verified or listed.owner for listed in names):
        return _UNSURE
    return sum(listed.former for listed in names)


def exact_names(node: Node) -> tuple[str, ...]:
    """Return the names that a node has now, as they are spelt: label, aliases, identifiers, and the last part of its IRI."""
    borne = (alias for alias in node.aliases if alias not in node.former_names)
    return node.label, *borne, *node.identifiers, node.iri.rsplit("/", 1)[-1]
