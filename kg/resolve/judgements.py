"""What people have judged: an append-only log, one JSON line a judgement, that can be shared and kept under version control.

A judgement is taken back by a line that supersedes it; that line can be superseded too. What holds is what no holding line
supersedes, whatever their order. A judgement that would contradict others is refused with the chain that shows why. Only
where logs are put together can two hold that contradict each other: what is judged not to be one is kept apart then.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ContradictionError, KGError
from kg.names import clean
from kg.resolve.groups import Groups
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.resolve.spelled import Subjects

SAME, DIFFERENT, UNSURE, WITHDRAWN = "same", "different", "unsure", "withdrawn"
PART_OF, PRODUCT_OF, FORMERLY, UNRELATED = "part-of", "product-of", "formerly", "unrelated"
RELATIONS: Final = (PART_OF, PRODUCT_OF, FORMERLY, UNRELATED)
"""What is judged of how two names are related: the first is part or a product of the other, had its name, or none of these."""
GIVEN: Final = (SAME, DIFFERENT, UNSURE, *RELATIONS)
"""What can be judged of two names."""
APART: Final = frozenset({DIFFERENT, PART_OF, PRODUCT_OF})
"""What no two names of one organization are: they are kept apart."""
FILE: Final = "judgements.jsonl"
"""Name of the log in a store."""
_ID_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the log.

    Attributes:
        left: a name, or an identifier ("lei:...").
        right: another.
        judgement: same, different, unsure, one of `RELATIONS`, or withdrawn, which takes back what the line supersedes.
        score: what the scorer said when it was judged.
        evidence: its words.
        who: who judged.
        when: ISO 8601 in UTC.
        supersedes: id of the line that this one replaces, "" for none.
    """

    left: str
    right: str
    judgement: str
    score: float
    evidence: tuple[str, ...]
    who: str
    when: str
    supersedes: str = ""

    @property
    def id(self) -> str:
        """Return what `kg undo` calls it."""
        return digest(self.left, self.right, self.judgement, self.who, self.when, self.supersedes)[:_ID_LENGTH]

    def line(self) -> str:
        """Return the line of the log, its end included."""
        return json.dumps({"id": self.id, **asdict(self)}, ensure_ascii=False) + "\n"


class Judgements:
    """A log: every line in order, and what holds of it."""

    def __init__(self, lines: Iterable[Judgement] = ()) -> None:
        self.lines = tuple(lines)

    @cached_property
    def holding(self) -> list[Judgement]:
        """Return the judgements that hold, in the order of the log, each once."""
        once = {line.id: line for line in reversed(self.lines)}
        over: dict[str, set[str]] = defaultdict(set)
        for line in once.values():
            over[line.supersedes].add(line.id)
        gone, waiting = set[str](), dict(once)
        while settled := [name for name in waiting if not over[name] & waiting.keys()]:
            for name in settled:
                line = waiting.pop(name)
                gone |= {line.supersedes} if name not in gone else set()
        found = dict.fromkeys(line.id for line in self.lines)
        return [once[name] for name in found if name not in gone and once[name].judgement != WITHDRAWN]

    @property
    def deciding(self) -> list[Judgement]:
        """Return those that hold and decide something, as unsure ones do not, in the order of the log."""
        return [line for line in self.holding if line.judgement != UNSURE]

    @property
    def fingerprint(self) -> str:
        """Return digits that change with what holds and decides something, and with nothing else."""
        return digest(*sorted({line.line() for line in self.deciding}))

    @property
    def relations(self) -> list[Judgement]:
        """Return those that hold of how two names are related, in the order of the log."""
        return [line for line in self.holding if line.judgement in RELATIONS]

    def find(self, identifier: str) -> Judgement:
        """Return the judgement of that id, which holds.

        Raises:
            KGError: there is none, or it has been taken back already.
        """
        for line in reversed(self.lines):
            if line.id == identifier:
                if line in self.holding:
                    return line
                raise KGError(f"judgement {identifier} does not hold any more")
        raise KGError(f"there is no judgement {identifier}")

    @cached_property
    def subjects(self) -> Subjects:
        """Return what tells which names that are judged are spellings of one."""
        from kg.resolve.spelled import Subjects  # noqa: PLC0415 - most changes bring no name to read

        texts = {text for held in self.holding for text in (held.left, held.right)}
        return Subjects(sorted(texts), [(held.left, held.right) for held in self.holding if held.judgement in APART])

    def alike(self, told: Judgement) -> list[Judgement]:
        """Return the other judgements that hold and say the same as one, maybe in other spellings."""
        return [held for held in self.holding if held.id != told.id and self._says(held) == self._says(told)]

    def _says(self, told: Judgement) -> tuple[str, ...]:
        pair = self.subjects(told.left), self.subjects(told.right)
        return (told.judgement, *(pair if told.judgement in RELATIONS else sorted(pair)))

    def chain(self, left: str, right: str) -> list[Judgement]:
        """Return a chain of "same" judgements from one subject to another, empty if there is none."""
        return self._chains(left).get(self.subjects(right), [])

    def _chains(self, text: str, without: str = "") -> dict[str, list[Judgement]]:
        """The subjects that chains of "same" judgements lead to from a text, its own included -> a shortest one; without that of an id."""
        begin = self.subjects(text)
        found: dict[str, list[Judgement]] = {begin: []}
        todo = deque([begin])
        while todo:
            one = todo.popleft()
            for other, edge in self._edges.get(one, ()):
                if other not in found and edge.id != without:
                    found[other] = [*found[one], edge]
                    todo.append(other)
        return found

    @cached_property
    def _edges(self) -> dict[str, list[tuple[str, Judgement]]]:
        """Subject -> those that are judged the same, with the judgement."""
        found: dict[str, list[tuple[str, Judgement]]] = defaultdict(list)
        for held in self.holding:
            if held.judgement == SAME:
                left, right = self.subjects(held.left), self.subjects(held.right)
                found[left].append((right, held))
                found[right].append((left, held))
        return found

    def settling(self) -> Callable[[str, str], bool]:
        """Return what tells whether two names need no judgement any more: they are one, or somebody has judged (unsure too)."""
        groups, subjects = Groups(), self.subjects
        for one, edges in self._edges.items():
            for other, _ in edges:
                groups.join(one, other)

        def pair(left: str, right: str) -> frozenset[str]:
            ends = subjects(left), subjects(right)
            # Spellings of one name are a pair of their own, as "Alder GmbH" and "Alder Inc.".
            return frozenset((clean(left), clean(right)) if ends[0] == ends[1] else map(groups.find, ends))

        judged = {pair(held.left, held.right) for held in self.holding}
        return lambda left, right: len(found := pair(left, right)) == 1 or found in judged

    def adding(self, new: Iterable[Judgement]) -> Judgements:
        """Return the log with others behind, once each is known to agree with those before it.

        Raises:
            ContradictionError: one contradicts another that holds.
            KGError: a name of one is blank.
        """
        log = self
        for judgement in new:
            log.check(judgement)
            log = Judgements((*log.lines, judgement))
        return log

    def check(self, new: Judgement) -> None:
        """Return if a judgement agrees with those that hold.

        Raises:
            ContradictionError: it joins what is judged different, separates what is judged the same, or relates two names
                in another way than a judgement does; the chain is told.
            KGError: a name of it is blank.
        """
        if new.judgement == WITHDRAWN:
            return
        if not (clean(new.left) and clean(new.right)):
            raise KGError(f"{new.left!r} and {new.right!r} cannot be judged {new.judgement}: a blank is no name")
        if new.judgement == UNSURE:
            return
        if clean(new.left) == clean(new.right):
            raise ContradictionError(f"{new.left!r} is one name: there is nothing to judge")
        if told := Judgements((*self.lines, new)).against(new):
            raise contradiction(new, told)

    def contradictions(self) -> list[str]:
        """Return what holds and contradicts other judgements that hold, as logs that were put together may, with the chain of each."""
        found = [
            f"{_told(held)}, but {_chained(chain)}"
            for held in self.holding
            if held.judgement in APART and (chain := self.chain(held.left, held.right))
        ]
        related: dict[frozenset[str], list[Judgement]] = defaultdict(list)
        for held in self.relations:
            related[frozenset(map(self.subjects, (held.left, held.right)))].append(held)
        pairs = (pair for alike in related.values() for pair in combinations(alike, 2))
        return found + [f"{_told(one)}, but {_told(other)}" for one, other in pairs if self._disagree(one, other)]

    def against(self, new: Judgement) -> str:
        """Return what of the log speaks against a judgement in it, "" for nothing."""
        lefts, rights = self._chains(new.left, new.id), self._chains(new.right, new.id)
        if new.judgement == SAME:
            for negative in (held for held in self.holding if held.judgement in APART):
                left, right = self.subjects(negative.left), self.subjects(negative.right)
                for one, other in ((left, right), (right, left)):
                    if one in lefts and other in rights:
                        return self._explained(new, [*lefts[one], *rights[other], negative])
        if new.judgement in APART and (chain := lefts.get(self.subjects(new.right))):
            return self._explained(new, chain)
        return next((_told(held) for held in self.relations if held.id != new.id and self._disagree(held, new)), "")

    def _explained(self, new: Judgement, chain: list[Judgement]) -> str:
        """The chain that speaks against a judgement, and which names in it only the table of organizations holds to be one."""
        from kg.resolve.spelled import listed_together  # noqa: PLC0415 - few judgements contradict others

        texts = [text for held in (new, *chain) for text in (held.left, held.right)]
        listed = listed_together(texts, self.subjects)
        return "; ".join(
            [_chained(chain), *(f"{' = '.join(names)} (listed as names of {one})" for one, names in listed)]
        )

    def _disagree(self, one: Judgement, other: Judgement) -> bool:
        """Whether two judgements relate the same two names in different ways."""
        if not {one.judgement, other.judgement} <= set(RELATIONS):
            return False
        pair, ends = ((self.subjects(told.left), self.subjects(told.right)) for told in (one, other))
        turned = ends == pair[::-1] and one.judgement != UNRELATED
        return set(ends) == set(pair) and (turned or one.judgement != other.judgement)


def _told(held: Judgement) -> str:
    """What a judgement says, for whoever made another."""
    how = {SAME: "=", DIFFERENT: "is not"}.get(held.judgement, f"is {held.judgement}")
    return f"{held.left} {how} {held.right} ({held.id})"


def _chained(chain: Iterable[Judgement]) -> str:
    return "; ".join(map(_told, chain))


def contradiction(new: Judgement, told: str) -> ContradictionError:
    """Return the error of a judgement that is refused, and why."""
    return ContradictionError(f"{new.left} and {new.right} cannot be judged {new.judgement}: {told}")


def read_judgements(path: Path) -> Judgements:
    """Return the log in a file; an empty one where there is none.

    Raises:
        KGError: the file cannot be read, or a line of it is no judgement.
    """
    try:
        text = path.read_text("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise KGError(f"{path}: the judgements cannot be read: {error}") from error
    return Judgements(_parsed(path, text))


def _parsed(path: Path, text: str) -> Iterator[Judgement]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            told: dict[str, Any] = json.loads(line)
            told.pop("id", None)
            yield Judgement(**told | {"evidence": tuple(told["evidence"])})
        except (ValueError, TypeError, KeyError) as error:
            raise KGError(f"{path}, line {number}: not a judgement: {error}") from error


def append(path: Path, *judgements: Judgement) -> None:
    """Add judgements to the log in a file, all or none, once each is known to agree with the others and those before it.

    Raises:
        ContradictionError: one contradicts another that holds.
        KGError: the file cannot be read or written, or a name is blank.
    """
    read_judgements(path).adding(judgements)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(judgement.line() for judgement in judgements))
    except OSError as error:
        raise KGError(f"{path}: cannot be written: {error.strerror}") from error
