"""What a VERIS record says that the incident cost: losses of each kind, rated or with an amount, and all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.fields import is_placeholder
from kg.extract.veris.casting import elements
from kg.model import Impact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.spans import Path
    from kg.extract.veris.casting import Cast

_LOSSES = {
    "asset and fraud": "financial",
    "brand damage": "reputation",
    "business disruption": "operational",
    "legal and regulatory": "legal",
    "operating costs": "financial",
    "response and recovery": "financial",
}
_MOST = 1e18
_DIGITS = 24


def impacts(people: Cast) -> Iterator[Impact]:
    """Yield the losses that are rated or have an amount, and the whole amount."""
    for path in elements(people.record, "impact", "loss"):
        printed, rating = (people.record.get(*path, name) for name in ("variety", "rating"))
        if not isinstance(printed, str) or is_placeholder(printed):
            continue
        rated = rating.lower() if isinstance(rating, str) and not is_placeholder(rating) else ""
        told, paths = _sum(people, path)
        people.used.update([(*path, "variety"), (*path, "rating"), *paths])
        if words := ", ".join(filter(None, (rated, told))):
            yield _impact(people, f"{printed}: {words}", _LOSSES.get(printed.casefold(), "other"), path)
    told, paths = _sum(people, ("impact",), "overall_")
    if told:
        people.used.update(paths)
        yield _impact(people, f"Overall: {told}", "financial", paths[0])


def _impact(people: Cast, text: str, kind: str, path: Path) -> Impact:
    proof = people.record.evidence(*path, certainty=people.certainty)
    return Impact(text, kind, people.victims[0] if people.victims else "", (proof,))


def _sum(people: Cast, path: Path, prefix: str = "") -> tuple[str, list[Path]]:
    """The amount below a path in words, or its bounds, and the paths that tell it; "" where there is none."""
    amount, least, most = ((*path, f"{prefix}{name}") for name in ("amount", "min_amount", "max_amount"))
    exact, low, high = (_money(people.record.get(*at)) for at in (amount, least, most))
    if exact:
        words, paths = exact, [amount]
    elif low and high:
        words, paths = (low if low == high else f"{low} to {high}"), [least, most]
    elif low or high:
        words, paths = (f"at least {low}", [least]) if low else (f"up to {high}", [most])
    else:
        return "", []
    currency = people.record.get("impact", "iso_currency_code")
    if isinstance(currency, str) and currency.strip() and not is_placeholder(currency.strip()):
        words = f"{words} {currency.strip()}"
    return words, paths


def _money(value: object) -> str:
    """An amount in words, "" for none; a table prints it."""
    if isinstance(value, str) and len(value) < _DIGITS:
        try:
            value = float(value.replace(",", ""))
        except ValueError:
            return ""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _MOST:
        return ""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
