"""Where a registered name ends that has brackets right before its legal form: "Accenture (UK) Limited", "Clickatell (Pty) Ltd"."""

from __future__ import annotations

from kg.extract.places import is_place
from kg.extract.suppliers.akin import abbreviates
from kg.names import is_legal_form
from kg.patterns import regex

_CODES = frozenset(
    """
    AE AT AU BE BH BR CA CH CL CN CY CZ DE DK EE ES FI FR GB GG GR HK HU IE IL IN JE JP KE KR KW LK LT LU LV MO MT MU MX MY NG NL NO NZ PH PK PL PT RO SA SE SG
    SK TH TR TW UK US VN ZA B M S T ADGM BVI DIFC NSW
    """.split()
)
"""How registers shorten a place; other capitals are as often what a company is called, or what it is used for ("Salesforce (CRM) Inc.")."""
_REGISTERED = regex(
    r"(?P<name>[^()]{2,120})(?P<inside>(?:\([^()]{1,30}\)\s){1,2})(?P<form>[^(),;]{1,60}?(?:, ?Ltd\.?)?)(?:\set Cie(?:, ?S\.?C\.?A\.?)?)?(?=\s*(?:[(,;–—-]|\Z))"
)
_INSIDE = regex(r"\(([^()]+)\)")


def registered_end(text: str) -> int:
    """Return where a registered name ends that has a place or a part of its legal form in brackets before the form, 0 for none; initials of the name are an aside."""
    match = _REGISTERED.match(text) if "(" in text else None
    if match is None or not is_legal_form(match["form"]):
        return 0
    inside = _INSIDE.findall(match["inside"])
    kept = (
        is_place(one)
        or is_legal_form(f"{one} {match['form']}")
        or (one in _CODES and not abbreviates(one, match["name"]))
        for one in inside
    )
    return match.end() if all(kept) else 0
