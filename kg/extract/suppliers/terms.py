"""Which columns of a supplier table tell since and until when a relationship holds.

A column is of the relationship where its name says nothing besides a begin or an end, or only the contract, the service or
the supplier. What another one is of (a certificate, a licence, a project) has a term of its own; one that says more of a
contract stands for the end where no other does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.extract.supplier_words import (
    BEGUN,
    CANCELLABLE,
    CHANGED,
    DUE,
    ENTERED,
    FIRST_MEANT,
    NOTICED,
    OF_A_CONTRACT,
    OF_ANOTHER,
    OF_THE_TERM,
    PAID,
    REVISED,
    SINCE,
    SUPPLIER,
    TERMINATED,
    UNTIL,
)
from kg.extract.suppliers.states import state
from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_FIELDS = (("noticed", NOTICED), ("ended", TERMINATED), ("due", DUE), ("since", SINCE), ("until", UNTIL))
_WORD = regex(r"\w+")
_VON, _BIS = "von", "bis"
"""The first is a begin beside the second alone: it is "by whom" too."""

_INIZIO = frozenset(("inizio", "dal", "data inizio", "data di inizio", "decorrenza"))
"""A begin beside which "fine" is the end, and no penalty."""
_ON = regex(r"(?P<said>(?!eingestellt|gelöscht|archivi)\S.{1,40}) (?:am|le|il|el|em|op)")
"""What befell one on a day ("Retiré le"), and not perhaps its record ("Archiviert am", "Eingestellt am")."""
_SERVED = regex(r"support\w*|host(?:ing|ed)\w*|wartung\w*|mainten\w*|licen[cs]\w*|lizenz\w*|\b\d+\b")
"""What a contract may be about that ends with the relationship, and its number."""


class _Bound(NamedTuple):
    """What a column tells (since, until, ended, noticed, due, or meant: an end as it was at first), and the words for what else than the relationship it is of."""

    field: str
    of: frozenset[str] = frozenset()


def term_columns(names: Sequence[str], taken: Collection[int]) -> dict[str, int]:
    """Return field -> column: since, until and ended, as far as columns that are not taken tell them.

    Where the agreed end has a column and that of a termination another one, "until" is the first and "ended" the second.
    The end of something else counts only with a begin of the same, where the table has neither of the relationship; that of
    a contract, in words that are not known, counts where no other is there. The begin of something else that has no end
    stands in where no other is there.

    Args:
        names: what the columns are called, in plain words.
        taken: the columns that are known to tell something else.
    """
    told: dict[_Bound, int] = {}
    for at, name in enumerate(names):
        if at not in taken and (bound := _bound(name)) is not None:
            told.setdefault(bound, at)
    begins = [at for at, name in enumerate(names) if at not in taken and _bound(name) == _Bound("since")]
    found = {field: at for (field, of), at in told.items() if not of}
    strange = {bound: at for bound, at in told.items() if bound.of}
    contract = _contract(names, strange)
    guessed = not {"meant", "due"}.isdisjoint(found)
    if not (guessed or {"since", "until"} & found.keys()):
        found |= _pair(names, strange, contract)
    if contract is not None:
        found["contract"] = contract
    # Where there is a day of termination, nobody needs to guess by when a relationship will be over.
    ends = ("until", *(("ended", "meant", "due") if guessed else ()), "contract", "ended", "noticed")
    for end in ends:
        if end in found and (end != "due" or _is_end(names, found)):
            found["until"] = found.pop(end)
            break
    if "until" in found and begins and CHANGED.fullmatch(names[begins[0]]):
        # The day of some change gives way to the begin that is called so and stands with the end.
        plain = [at for at in begins if BEGUN.search(names[at])] or begins[:1]
        found["since"] = max((at for at in plain if at < found["until"]), default=plain[0])
    if "since" not in found and (begin := _begin(names, strange, found)) is not None:
        found["since"] = begin
    return {field: at for field, at in found.items() if field in {"since", "until", "ended"}}


def _contract(names: Sequence[str], strange: Mapping[_Bound, int]) -> int | None:
    """The first end that says more of a contract, which is not known to be about something else and has no begin of its own."""
    for (field, of), at in strange.items():
        own = field == "until" and _Bound("since", of) not in strange
        if own and OF_A_CONTRACT.search(names[at]) and not OF_ANOTHER.search(_SERVED.sub(" ", names[at])):
            return at
    return None


def _is_end(names: Sequence[str], found: Mapping[str, int]) -> bool:
    """Whether what is due is the end of a relationship: it has a begin, and nothing is to be paid."""
    begin = names[found["since"]] if "since" in found else ""
    return bool(begin) and not any(map(PAID.search, names)) and (names[found["due"]] != "fine" or begin in _INIZIO)


def _pair(names: Sequence[str], strange: Mapping[_Bound, int], contract: int | None) -> dict[str, int]:
    """A begin and an end of the same; of what is known to be something else only where no `contract` has an end."""
    pairs = [
        (at, end)
        for (field, of), at in strange.items()
        if field == "since" and (end := strange.get(_Bound("until", of), strange.get(_Bound("ended", of)))) is not None
    ]
    unknown = [pair for pair in pairs if not OF_ANOTHER.search(names[pair[0]])]
    first = next(iter(unknown or (pairs if contract is None else [])), None)
    return dict(zip(("since", "until"), first, strict=True)) if first else {}


def _begin(names: Sequence[str], strange: Mapping[_Bound, int], found: Mapping[str, int]) -> int | None:
    """The begin that stands in where there is none of the relationship: rather one of what is not known to be something else."""
    if "until" in found and names[found["until"]] == _BIS and _VON in names:
        return names.index(_VON)
    others = [at for (field, of), at in strange.items() if field == "since" and _Bound("until", of) not in strange]
    return min(others, key=lambda at: OF_ANOTHER.search(names[at]) is not None, default=None)


def tells_day(name: str) -> bool:
    """Return whether a column, called so in plain words, tells a begin or an end, of whatever it is."""
    return any(pattern.search(name) for _, pattern in _FIELDS)


def stands_for(name: str, end: str) -> bool:
    """Return whether a column, called so in plain words, tells the end that holds where another column, of the revised one, is empty."""
    return _bound(name) == _Bound("meant") and not REVISED.isdisjoint(end.split())


def _bound(name: str) -> _Bound | None:
    """What a column tells, None for no day of a term."""
    for field, pattern in _FIELDS:
        if match := pattern.search(name):
            if field in {"since", "until"} and CANCELLABLE.search(name):
                return None
            known = [match.span(), *(supplier.span() for supplier in SUPPLIER.finditer(name))]
            beside = frozenset(
                word[0]
                for word in _WORD.finditer(name)
                if not any(a < word.end() and word.start() < z for a, z in known)
            )
            entered = ENTERED.search(name) if field == "since" else None
            of = (beside - OF_THE_TERM) | frozenset([entered[0]] if entered else ())
            return _Bound("meant" if field == "until" and not of and beside & FIRST_MEANT else field, of)
    if (match := _ON.fullmatch(name)) and (said := state(match["said"])):
        if said.status is RelationshipStatus.ENDED:
            return _Bound("ended")
        # What is put on a list begins when a begin says so.
        return _Bound("since", frozenset((name,))) if said.change == "added" else None
    return None
