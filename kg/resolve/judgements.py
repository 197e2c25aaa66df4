"""What people have judged: an append-only log, one JSON line a judgement, that can be shared and kept under version control.

A judgement is taken back by a later line that supersedes it; that line can be superseded too. What holds is what no
holding line supersedes. Two judgements never contradict each other: one that would is refused with the chain that shows why.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ContradictionError, KGError
from kg.names import clean
from kg.resolve.groups import Groups, subject
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SAME, DIFFERENT, UNSURE, WITHDRAWN = "same", "different", "unsure", "withdrawn"
PART_OF, PRODUCT_OF, FORMERLY, UNRELATED = "part-of", "product-of", "formerly", "unrelated"
RELATIONS: Final = (PART_OF, PRODUCT_OF, FORMERLY, UNRELATED)
"""What is judged of how two names are related: the first is part or a product of the other, had its name, or none of these."""
GIVEN: Final = (SAME, DIFFERENT, UNSURE, *RELATIONS)
"""What can be judged of two names."""
_APART: Final = frozenset({DIFFERENT, PART_OF, PRODUCT_OF})
"""What no two names of one organization are."""
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

    @property
    def says(self) -> tuple[str, ...]:
        """Return what it says, which others may say too, in other spellings."""
        pair = subject(self.left), subject(self.right)
        return (self.judgement, *(pair if self.judgement in RELATIONS else sorted(pair)))

    def line(self) -> str:
        """Return the line of the log, its end included."""
        return json.dumps({"id": self.id, **asdict(self)}, ensure_ascii=False) + "\n"


class Judgements:
    """A log: every line in order, and what holds of it."""

    def __init__(self, lines: Iterable[Judgement] = ()) -> None:
        self.lines = tuple(lines)

    @property
    def holding(self) -> list[Judgement]:
        """Return the judgements that hold, in the order of the log."""
        gone: set[str] = set()
        found: list[Judgement] = []
        for line in reversed(self.lines):
            if line.id not in gone:
                gone |= {line.supersedes} - {""}
                found.append(line)
        return [line for line in reversed(found) if line.judgement != WITHDRAWN]

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

    def chain(self, left: str, right: str) -> list[Judgement]:
        """Return a chain of "same" judgements from one subject to another, empty if there is none."""
        ways: dict[str, list[Judgement]] = {subject(left): []}
        edges = [j for j in self.holding if j.judgement == SAME]
        grown = True
        while grown and subject(right) not in ways:
            grown = False
            for edge in edges:
                ends = subject(edge.left), subject(edge.right)
                for one, other in (ends, ends[::-1]):
                    if one in ways and other not in ways:
                        ways[other] = [*ways[one], edge]
                        grown = True
        return ways.get(subject(right), [])

    def settling(self) -> Callable[[str, str], bool]:
        """Return what tells whether two names need no judgement any more: they are one, or somebody has judged (unsure too)."""
        groups = Groups()
        for held in self.holding:
            if held.judgement == SAME:
                groups.join(subject(held.left), subject(held.right))

        def pair(left: str, right: str) -> frozenset[str]:
            ends = subject(left), subject(right)
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
        after = Judgements((*self.lines, new))
        self._check_relation(new)
        for negative in (j for j in after.holding if j.judgement in _APART):
            pair = {clean(negative.left), clean(negative.right)}
            chain = after.chain(negative.left, negative.right) or [
                j for j in after.holding if j.judgement == SAME and {clean(j.left), clean(j.right)} == pair
            ]
            if chain:
                told = [f"{j.left} = {j.right} ({j.id})" for j in chain if j is not new]
                how = "not" if negative.judgement == DIFFERENT else negative.judgement
                told += [] if negative is new else [f"{negative.left} is {how} {negative.right} ({negative.id})"]
                raise contradiction(new, "; ".join(told))

    def _check_relation(self, new: Judgement) -> None:
        """Return if what is judged of how two names are related agrees with what is judged of them so far."""
        if new.judgement not in RELATIONS:
            return
        pair = (subject(new.left), subject(new.right))
        for held in self.relations:
            ends = (subject(held.left), subject(held.right))
            turned = ends == pair[::-1] and held.judgement != UNRELATED
            if set(ends) == set(pair) and held.id != new.supersedes and (turned or held.judgement != new.judgement):
                raise contradiction(new, f"{held.left} is {held.judgement} {held.right} ({held.id})")


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
