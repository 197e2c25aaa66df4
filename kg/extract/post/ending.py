"""Until when a customer used its supplier, where the sentence that says that it was over says it outright, beside the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.dates import find_dates, parse_edtf
from kg.extract.post.prose import ENDED, suspension
from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.dates import PartialDate
    from kg.model import Span

_USED = regex(
    r"(?:,\swhich|,\sthat|\swhich|\sthat)?(?:\s(?:also|had|has|once))*"
    r"\s(?:used|relied\son|worked\swith|bought\sfrom|(?:been|was|were)\s(?:an?\s)?(?:client|customer)s?\sof)(?:\sthe)?\s"
)
"""Between a customer and its supplier."""
_UNTIL = regex(r"(?:\sfor\s[^,;.]{3,40}?)?\suntil\s")
_IT_USED = regex(
    r",\s(?:an?|its|the)\s[^,;.]{3,60}?\s(?:(?:that|which)\s)?(?:it|they)\s(?:had\s)?(?:used|worked\swith)\suntil\s"
)
_ON = regex(r"\s(?:as\sof|effective|in|on)\s")
"""Behind a supplier, before the day."""
_TIMES = frozenset({"day", "month"})


def state_told(
    text: str, customer: Span, supplier: Span, others: Iterable[Span]
) -> tuple[str, PartialDate | None, int]:
    """Return what a sentence says of a relation, with until when it was one and where the words end that say so.

    It is "suspended", "ended", or "" where the sentence says neither.

    Args:
        text: the sentence.
        customer: the characters that name the customer.
        supplier: those that name the supplier, behind it.
        others: those that name others.
    """
    word = suspension(text)
    over = _used_until(text, customer, supplier, others) if not word else None
    if word == RelationshipStatus.ENDED:
        over = _ended_on(text, customer, supplier)
    return word or (RelationshipStatus.ENDED if over else ""), *(over or (None, supplier[1]))


def _used_until(text: str, customer: Span, supplier: Span, others: Iterable[Span]) -> tuple[PartialDate, int] | None:
    """Until when a customer had used a supplier, and where the date ends; None where the sentence does not say so outright."""
    lead = _UNTIL.match(text, supplier[1]) if _USED.fullmatch(text, customer[1], supplier[0]) else None
    if lead is None and not any(customer[1] <= start < supplier[0] for start, _ in others):
        lead = _IT_USED.match(text, supplier[1])
    return _date(text, lead.end(), _TIMES | {"year"}) if lead else None


def _ended_on(text: str, customer: Span, supplier: Span) -> tuple[PartialDate, int] | None:
    """The date that stands right behind the words that a customer ended its contract with a supplier, and its end."""
    lead = _ON.match(text, supplier[1]) if ENDED.search(text, customer[1], supplier[0]) else None
    return _date(text, lead.end(), _TIMES) if lead else None


def _date(text: str, start: int, precise: frozenset[str]) -> tuple[PartialDate, int] | None:
    """The date that begins at a character, without that something was so until then; None for one that is not as precise, or is doubtful."""
    found = next((one for one in find_dates(text) if one.start == start), None)
    if found is None:
        return None
    day = parse_edtf(found.date.edtf.removeprefix("../"))
    return (day, found.end) if day.precision in precise and "~" not in day.edtf else None
