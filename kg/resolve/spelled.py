"""Names as resolution and judgements join them: by their spelling, its wording, and what all spellings of a name share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.names import clean
from kg.names import key as name_key
from kg.resolve.codes import is_code
from kg.resolve.groups import Groups, group, is_identifier
from kg.resolve.readings import law, read
from kg.resolve.table import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.rdf import Mention

_SAME = 3
"""How much two names share that are spelled alike."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a resolution needs of one name, read once.

    Attributes:
        spelling: the cleaned name.
        shared: what the spellings of the name share.
        printed: its legal form as printed, but for case and punctuation.
        capitals: written in capitals and so short that it may be an abbreviation that is spelled like a word.
        rank: its place among names that a node could be called by: a code last, one without anything in brackets first.
        listed: the organization that the table verifies it for, and the owner that it tells; "" for none.
        law: which countries' law its legal form is of, or the one that it is listed with, "" for none.
    """

    spelling: str
    shared: str
    printed: str
    capitals: bool
    rank: tuple[bool, bool, str]
    listed: str
    law: str

    @property
    def form(self) -> str:
        """Return what the name shares with those it is joined with unless something speaks against it."""
        return f"{'capitals' if self.capitals else ''}\x1e{self.shared}"

    @property
    def order(self) -> tuple[bool, int, str]:
        """Return its place among the spellings of a name: words before abbreviations, short before long."""
        return self.capitals, len(self.spelling), self.spelling

    @property
    def node(self) -> str:
        """Return the node of its spelling."""
        return f"\x1f{self.spelling}"

    @property
    def wording(self) -> str:
        """Return the node of the spellings that differ from it in case and punctuation only."""
        return f"{self.form}\x1d\x1d{self.printed}"

    @property
    def listing(self) -> str:
        """Return the node of all names that the table verifies for its organization, "" if it is not listed."""
        return f"\x1c{self.listed}" if self.listed else ""

    def nodes(self, law: str = "") -> tuple[str, str]:
        """Return the nodes of all its spellings that are of a law: of those that are abbreviations, or words, as it is, and of both."""
        return f"{self.form}\x1d{law}", f"\x1e{self.shared}\x1d{law}"


def name_of(text: str) -> Name:
    """Return what a resolution needs of a name."""
    told, listed = read(text), table().find(text)
    sure = listed if listed and listed.sure else None
    rank = is_code(text), bool(told.aside), name_key(text) or text
    held = "\x1f".join(filter(None, (sure.organization, sure.owner))) if sure else ""
    form = told.form or (sure.form if sure else "")  # Merck is "Merck & Co.", whatever else bears the name
    printed = "".join(filter(str.isalnum, told.form.casefold()))
    return Name(clean(text), group(text), printed, told.capitals, rank, held, law(form))


def nodes_of(name: Name) -> set[str]:
    """Return the nodes that mentions and judgements of a name are joined with, and by which `keys` finds them."""
    return {name.node, *name.nodes()}


def keep_apart(
    groups: Groups,
    names: Mapping[str, Name],
    pairs: Iterable[Sequence[str]],
    shared: Callable[[Name], str],
    identified: Iterable[Mention] = (),
) -> None:
    """Separate what is judged not to be one, and join the spellings that such a judgement is about.

    It is about all spellings of a name, as `shared` gives them; where both names share that, about those that differ from
    the one that is judged in case and punctuation only; and where both share that too, about the two as they are spelled.
    Beside an identifier, the name of those that carry it decides that, of several the one that shares the least with the
    judged name; where all that carry it are spelled as that is, they stay with their identifier.

    Args:
        groups: nothing of it is joined yet.
        names: every name that is there or judged; what is judged and not here is an identifier.
        pairs: two names or identifiers each.
        shared: gives the node that the spellings of a name are joined with.
        identified: mentions that carry identifiers, which might join them with others; they are separated with their names.
    """
    bearers: dict[str, list[Mention]] = defaultdict(list)
    carriers: dict[str, set[Name]] = defaultdict(set)
    for mention in identified:
        name = names[mention.name]
        for node in (name.node, name.wording, shared(name)):
            bearers[node].append(mention)
        for identifier in mention.identifiers:
            carriers[identifier].add(name)
    about: set[str] = set()
    for pair in pairs:
        ones, others = ({names[text]} if text in names else carriers[text] for text in pair)
        alike = min((_alike(one, other) for one in ones for other in others), default=0)
        ends = []
        for text, far in (pair, pair[::-1]):
            judged = names.get(text)
            end = [shared(judged), judged.wording, judged.node][min(alike, 2) :] if judged else [f"{text}\x1f"]
            about.update(end)
            ends.append([*end, *(one.iri for one in bearers[end[0]] if alike < _SAME or far not in one.identifiers)])
        for left in ends[0]:
            for right in ends[1]:
                groups.separate(left, right)
    for name in sorted(names.values(), key=lambda name: (len(name.spelling), name.spelling)) if about else ():
        for node in (name.wording, shared(name)):
            if node in about:
                groups.join(name.node, node)


def _alike(one: Name, other: Name) -> int:
    """How much two names share: nothing, what all their spellings share, their wording too, or their spelling too."""
    return int(one.shared == other.shared) + int(one.wording == other.wording) + int(one.node == other.node)


class Subjects:
    """What judgements are about, as far as they themselves tell: which of the names that they judge are spellings of one.

    Names are told apart as the resolver tells them apart: by the law of their legal forms and by what is judged
    not to be one. A name without a legal form is of the one law that its other spellings are of, if there is one. Names
    that the table gives one organization are one, unless any two of them are judged not to be.
    """

    def __init__(self, texts: Iterable[str], apart: Iterable[Sequence[str]]) -> None:
        """Take in all that is judged, and the pairs of it that are judged not to be one."""
        names = {text: _remembered(text) for text in texts if not is_identifier(text)}
        told = sorted(names.values(), key=lambda name: name.order)
        self._words = {name.shared for name in told if not name.capitals}
        self._laws: dict[str, set[str]] = defaultdict(set)
        for name in told:
            self._laws[name.shared] |= {name.law} - {""}
        self._groups = Groups()
        apart = list(apart)
        keep_apart(self._groups, names, apart, self._shared)
        listings = [{names[text].listing if text in names else "" for text in pair} for pair in apart]
        parted = {listing for listing, *others in listings if not others}
        self._nodes: dict[str, str] = {}
        for name in told:
            self._groups.join(name.node, self._shared(name))
            self._nodes[name.node] = name.node
            self._nodes.setdefault(name.wording, name.node)
            self._nodes.setdefault(self._shared(name), self._shared(name))
        for _, name in sorted(names.items()):
            if name.listing and name.listing not in parted:
                self._groups.join(name.node, name.listing)

    def __call__(self, text: str) -> str:
        """Return what a name or an identifier is about, which its spellings share."""
        if is_identifier(text):
            return text
        name = _remembered(text)
        shared = self._shared(name)
        nodes = (self._nodes.get(node) for node in (name.node, name.wording, shared))
        return self._groups.find(next(filter(None, nodes), name.listing or shared))

    def _shared(self, name: Name) -> str:
        laws = self._laws.get(name.shared, set())
        of = (name.law or (next(iter(laws)) if len(laws) == 1 else "")) if laws else ""
        abbreviation, both = name.nodes(of)
        return abbreviation if name.capitals and name.shared in self._words else both


_remembered = lru_cache(maxsize=1 << 14)(name_of)


def listed_together(texts: Iterable[str], subjects: Subjects) -> list[tuple[str, list[str]]]:
    """Return organizations of the table with those of some texts that are one subject as different names of them."""
    found: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for text in texts:
        if not is_identifier(text) and (name := _remembered(text)).listed:
            found[name.listed.partition("\x1f")[0], subjects(text)].setdefault((name.shared, name.law), text)
    return [(organization, [*names.values()]) for (organization, _), names in found.items() if len(names) > 1]
