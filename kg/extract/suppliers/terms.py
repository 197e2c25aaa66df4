"""Which columns of a supplier table tell since and until when a relationship holds.

A column is of the relationship where its name says nothing besides a begin or an end, or only the contract, the service or
the supplier. What another one is of (a certificate, a licence, a project) has a term of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.suppliers.words import CANCELLABLE, NOTICED, OF_THE_TERM, SINCE, SUPPLIER, TERMINATED, UNTIL
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_FIELDS = (("noticed", NOTICED), ("ended", TERMINATED), ("since", SINCE), ("until", UNTIL))
_WORD = regex(r"\w+")
_VON, _BIS = "von", "bis"
"""The first is a begin beside the second alone: it is "by whom" too."""


def term_columns(names: Sequence[str], taken: Collection[int]) -> dict[str, int]:
    """Return field -> column: since, until and ended, as far as columns that are not taken tell them.

    Where the agreed end has a column and that of a termination another one, "until" is the first and "ended" the second.
    The end of something else counts only with a begin of the same, where the table has neither of the relationship. The
    begin of something else that has no end stands in where no other is there.

    Args:
        names: what the columns are called, in plain words.
        taken: the columns that are known to tell something else.
    """
    told: dict[tuple[str, frozenset[str]], int] = {}
    for at, name in enumerate(names):
        if at not in taken and (bound := _bound(name)) is not None:
            told.setdefault(bound, at)
    found = {field: at for (field, of), at in told.items() if not of}
    others = {of: at for (field, of), at in told.items() if of and field == "since"}
    pair = next((of for of in others if ("until", of) in told), None)
    if pair is not None and found.keys().isdisjoint({"since", "until"}):
        found |= {"since": others[pair], "until": told["until", pair]}
    for instead in ("ended", "noticed"):
        if instead in found and "until" not in found:
            found["until"] = found.pop(instead)
    if "since" not in found:
        end = names[found["until"]] if "until" in found else ""
        begins = [at for at, name in enumerate(names) if name == _VON and end == _BIS]
        begins += [at for of, at in others.items() if ("until", of) not in told]
        if begins:
            found["since"] = begins[0]
    found.pop("noticed", None)
    return found


def tells_day(name: str) -> bool:
    """Return whether a column, called so in plain words, tells a begin or an end, of whatever it is."""
    return any(pattern.search(name) for _, pattern in _FIELDS)


def _bound(name: str) -> tuple[str, frozenset[str]] | None:
    """What a column tells (since, until, ended, noticed), and the words for what else than the relationship it is of; None for no day of a term."""
    for field, pattern in _FIELDS:
        if match := pattern.search(name):
            if field in {"since", "until"} and CANCELLABLE.search(name):
                return None
            known = [match.span(), *(supplier.span() for supplier in SUPPLIER.finditer(name))]
            beside = (
                word for word in _WORD.finditer(name) if not any(a < word.end() and word.start() < z for a, z in known)
            )
            return field, frozenset(word[0] for word in beside) - OF_THE_TERM
    return None
