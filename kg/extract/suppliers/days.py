"""Whether the dates of a supplier table have the day before the month: as their days tell, or the language of the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.supplier_words import ABROAD, ENGLISH, SUPPLIER
from kg.extract.suppliers.columns import columns
from kg.extract.tabular.row import LEAD, day_order, plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extract.tabular.row import Row, Table

_WORD = regex(r"[^\W\d_]+")
_ABROAD = frozenset(
    """
    anbieter kunde kunden auftraggeber verantwortlicher zweck standort sitz leistung dienstleistung tätigkeit beschreibung anschrift kategorie daten seit bis
    beginn ende einsatz vertrag vertragsbeginn vertragsende vertragsanfang vertragsablauf laufzeit laufzeitbeginn laufzeitende ablaufdatum kündigung gekündigt von startdatum enddatum gültig hinzugefügt entfernt änderung änderungsdatum unternehmen gesellschaft firma
    auslagerungsunternehmen aufnahmedatum
    depuis jusqu finalité finalités pays lieu localisation siège catégorie catégories données société entreprise dénomination début ajout ajouté retrait
    supprimé objet statut traitement prestation
    cliente clientes desde hasta fecha finalidad país ubicación dirección datos servicio servicios actividad empresa nombre entidad inicio incorporación
    clienti paese luogo indirizzo dati servizio servizi attività azienda società finalità inizio descrizione
    finalidade serviço serviços início término inclusão localização
    klant klanten opdrachtgever doel locatie vestiging gegevens dienst diensten omschrijving sinds vanaf ingangsdatum begindatum einddatum bedrijf toegevoegd
    verwijderd
    formål ändamål navn kraj nazwa klient
    """.split()
)
"""Words of headers in languages whose publishers print the day first; none that English has too."""
_ENGLISH = frozenset(
    "customer customers client clients company name purpose location country since until start end added removed".split()
)


def page_order(tables: Iterable[Table]) -> bool | None:
    """Return whether the tables of a page have the day before the month, None where no day above 12 tells that."""
    orders = {order for table in tables if (order := day_order(table)) is not None}
    return orders == {True} if orders else None


def day_first(table: Table, page: bool | None = None) -> bool:
    """Return whether a table prints the day of its dates before the month; the month is first where nothing tells (`told_order`)."""
    return told_order(table, page) is True


def told_order(table: Table, page: bool | None = None) -> bool | None:
    """Return whether a table prints the day of its dates before the month, None where nothing tells.

    A day above 12 tells that, or a header, in the table itself or in the others of the `page`; where there is none, the language of
    its header does, or the word for suppliers in the headings above it. What speaks English as much as another language has the
    day first if it counts in pounds, or most of its customers are companies of the United Kingdom or Ireland by their legal form,
    and the month if it is of the United States by such signs; dates that are first days of months in one reading only tell too.
    """
    if (own := _own_order(table)) is not None:
        return own
    if page is not None:
        return page
    if _is_abroad(table.header) or _is_headed_abroad(table) or _is_british(table):
        return True
    if (firsts := _firsts(table)) is not None:
        return firsts
    return False if _is_american(table) else None


def _own_order(table: Table) -> bool | None:
    """Whether a table has the day before the month, as a day above 12 tells, or else a header ("Start date (MM/DD/YYYY)"); None where nothing does."""
    if (own := day_order(table)) is not None:
        return own
    orders = {match["day"] is not None for name in table.header if (match := _PRINTED.search(name[:_LONGEST]))}
    return orders.pop() if len(orders) == 1 else None


def _firsts(table: Table) -> bool | None:
    """Whether the dates of a table have the day before the month, where several are first days of months in that reading only; else None."""
    rows = table.read(_LOOK_FOR_DATES)
    dates = [match for row in rows for match in _NUMBERS.finditer(row.source, *row.span)]
    first, second = ({int(match[at]) for match in dates} for at in (1, 3))
    if 1 in {len(first), len(second)} and len(first) != len(second) and {1} in (first, second):
        return first == {1}
    return None


def tells_two(text: str) -> str:
    """Return the numbers in a text that are two dates, as the day or the month is first, "" where there are none."""
    numbers = _NUMBERS.search(text)
    return numbers[0] if numbers and int(numbers[1]) != int(numbers[3]) else ""


def how_dated(table: Table, *, day_first: bool) -> dict[str, bool]:
    """Return how the dates of a table are read (`kg.dates.parse_field`), given whether it has the day before the month.

    Those with two-digit years are read so only where these seem to stand behind.
    """
    return {"day_first": day_first, "short_years": not years_first(table), "ordered": day_order(table) is not None}


def years_first(table: Table) -> bool:
    """Return whether the dates with two-digit years of a table seem to have the year first ("22/04/01", "25/03/30").

    None of their first numbers is a month or the last day of one, a last one tells no year of today, and no row would end
    before it begins.
    """
    rows = list(table.read(_LOOK_FOR_DATES))
    dates = [match for row in rows for match in _SHORT.finditer(row.source, *row.span)]
    if not any(int(date[3]) < _DECADE or int(date[3]) == _DAYS for date in dates):
        return False
    return all(_MONTHS < int(date[1]) < _DAYS for date in dates) and not _end_early(table.header, rows)


def _end_early(header: Sequence[str], rows: Iterable[Row]) -> bool:
    """Whether the dates of a row would end what they begin too early if they had the year first."""
    told = columns(header)
    terms = ([_SHORT.search(row.cell(told.get(which))) for which in ("since", "until")] for row in rows)
    return any(since and until and since.groups() > until.groups() for since, until in terms)


def _is_british(table: Table) -> bool:
    at = columns(table.header).get("customer")
    told = [row.cell(at) for row in table.read(_LOOK)]
    most = 2 * sum(name.casefold().endswith(" plc") for name in told) > len(told)
    return most or any(map(_POUNDS.search, table.header))


def _is_american(table: Table) -> bool:
    """Whether most of the customers are companies of the United States by their legal form, a heading names one, it counts in dollars, or places are there."""
    at, rows = columns(table.header).get("customer"), list(table.read(_LOOK))
    told = [row.cell(at) for row in rows]
    most = at is not None and 2 * sum(_AMERICAN.search(name) is not None for name in told) > len(told)
    return (
        most
        or any(_AMERICAN.search(title.text[:_LONGEST]) for title in table.titles)
        or any(map(_DOLLARS.search, table.header))
        or any(map(_ZIP.search, map(plain, table.header)))
        or 2 * sum(any(map(_STATES.fullmatch, row.told)) for row in rows) > len(rows)
    )


def _is_abroad(header: Sequence[str]) -> bool:
    told = " | ".join(plain(name[:_LONGEST]) for name in header)
    words = frozenset(_WORD.findall(told))
    english, abroad = (len(frozenset(pattern.findall(told))) for pattern in (ENGLISH, ABROAD))
    return len(words & _ABROAD) + abroad > len(words & _ENGLISH) + english


def _is_headed_abroad(table: Table) -> bool:
    """Whether the nearest heading that has a word for suppliers has one of another language only."""
    headings = (plain(title.text[:_LONGEST]) for title in table.titles if title.level != LEAD)
    nearest = next(filter(SUPPLIER.search, headings), "")
    return ABROAD.search(nearest) is not None and not ENGLISH.search(nearest)


_SHORT = regex(r"(?<![\w/.:-])(\d\d)/(0[1-9]|1[0-2])/(\d\d)(?![\w/.-])")
"""A date of three pairs of numbers whose middle one may be a month."""
_MONTHS, _DAYS, _DECADE = 12, 31, 10
_LOOK_FOR_DATES = 500
"""Rows whose dates are looked at."""
_NUMBERS = regex(r"(?<![\w/.:-])(0?[1-9]|1[0-2])([/-])(0?[1-9]|1[0-2])\2(?:\d{4}|\d\d)(?![\w/-])")
_POUNDS, _DOLLARS = regex(r"\bGBP\b|£"), regex(r"\bUSD\b|\$")
_AMERICAN = regex(r"\b(?:Inc|Incorporated|LLC|L\.L\.C|Corp|Corporation)\b", re.IGNORECASE)
_ZIP = regex(r"\bzip\b")
_STATES = regex(r"(?:the )?united states(?: of america)?|u\.?s\.?a\.?", re.IGNORECASE)
_PRINTED = regex(r"\b(?:(?P<day>dd?[./-]mm?)|mm?[./-]dd?)[./-](?:yy){1,2}\b", re.IGNORECASE)
"""How a header says that dates are printed."""
_LOOK = 20
"""Rows whose customers are looked at."""
_LONGEST = 300
"""Characters of a header or a heading that are looked at."""
