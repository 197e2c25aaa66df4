"""Those whom one cell lists: "Heroku; Render" are two, "Heroku, Render, Fastly" three; where commas may stand inside of a name, it is one.

A name is not parted at a legal form, a place, a purpose or the partners of a firm.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.brackets import blotted, without_brackets
from kg.extract.places import is_address, is_place
from kg.extract.suppliers.names import LAST_OF_KIN, is_aside, is_name
from kg.extract.tabular.row import plain
from kg.extract.unnamed import is_debris
from kg.names import is_legal_form, split_legal_form
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.tabular.row import Row
    from kg.model import Evidence, Span

_MARKS = regex(r"[,;|•\n]")
_BETWEEN = ((regex(r"[;•]"), 2), (regex(r"[|\n]"), 3))
"""What parts names, and how many there must be: two lines, or two names with a bar, are often a company and what it makes."""
_COMMA = regex(r",(?: ?and\s)?")
_AND = regex(r"\sand\s")
_JOINING = regex(r"\s+(?:and|(?P<sign>&))\s+")
_COMMAS = regex(r",(?: ?,)++")
_FIRM = regex(r"&|\b(?:llp|pllc|p\.?c\.?|p\.?a\.?|partners?|associates|sons|brothers|bros|group|company|co)\.?\Z", re.IGNORECASE)  # fmt: skip
"""What the last of the partners of a firm ends in, or has in it."""
_STATE = regex(
    r"(?:A[KLRZ]|C[OT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOT]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])(?: \d{5})?"
)
"""The code of a state of the USA behind a town, those left out that companies are called by too (CA, MS)."""
_PLURAL = regex(
    r"\b(?:sub ?)?(?:suppliers|vendors|providers|processors|contractors|(?:third|fourth|4th) parties|unterauftragnehmer|subunternehmer|dienstleister|lieferanten"
    r"|fournisseurs|prestataires|sous traitants|proveedores|contratistas|encargados|fornitori|leveranciers|verwerkers|onderaannemers)\b"
)
_CUSTOMERS = regex(
    r"\b(?:customers|clients|controllers|buyers|purchasers|subscribers|tenants|used by|kunden|clientes|clienti|klanten|auftraggeber|opdrachtgevers)\b"
)
_ANY = regex(r"[;\n|•]")
_LONGEST, _LONGEST_LIST = 1_000, 20_000
"""Characters of a cell of suppliers, and of customers, that is parted."""
_MOST_WORDS, _MOST_OF_LISTED = 4, 6
"""Of a name, and of one in a column that speaks of several customers."""
_SEVERAL, _SURE = 2, 3


def lists_suppliers(header: str) -> bool:
    """Return whether a column's name speaks of suppliers in the plural."""
    return _PLURAL.search(plain(header)) is not None


def lists_customers(header: str) -> bool:
    """Return whether a column's name speaks of customers in the plural."""
    return _CUSTOMERS.search(plain(header)) is not None


def customers_in(cell: str, *, plural: bool) -> list[str]:
    """Return the customers in a cell, each as it is printed; `plural`: its column speaks of several.

    Semicolons, lines and bars part names; commas do where each part looks like a name of its own, and not where they stand
    before a legal form, a place or the last partner of a firm. Where the column speaks of one, semicolons and lines do, and
    only where each part looks like a name.
    """
    cell = cell[:_LONGEST_LIST]
    bare = blotted(cell)
    if plural:
        parts = [name for part in _cut(cell, bare, _ANY) for name in _customers(part)]
    else:
        cuts = (list(filter(None, map(_bare, _cut(cell, bare, mark)))) for mark in _SURELY)
        parts = next((parts for parts in cuts if len(parts) > 1), [])
        parts = parts if parts and are_names(parts) else [cell]
    return list(dict.fromkeys(filter(None, map(_bare, parts))))


_SURELY = (regex(r"[;•]"), regex(r"\n"))
"""What parts customers where no column says that there are several."""
_AROUND = " ,\n\t"


def _bare(part: str) -> str:
    """A part of a cell without the marks of a list around it."""
    return part.lstrip(f"{_AROUND}-–•*").rstrip(_AROUND)


def _customers(whole: str) -> list[str]:
    """The customers between two separators: those that commas part, or the whole."""
    spans: list[Span] = []
    for start, end in gaps(_COMMA, blotted(whole)):
        part = whole[start:end].strip()
        if spans and (is_debris(part) or is_place(part) or is_legal_form(part)):
            spans[-1] = (spans[-1][0], end)
        elif part:
            spans.append((start, end))
    parts = [_bare(whole[start:end]) for start, end in spans]
    if len(parts) < _SEVERAL or ("&" in parts[-1] and all(len(part.split()) == 1 for part in parts[:-1])):
        return [whole]  # the partners of one firm ("Smith, Jones & Co.")
    parts[-1:] = _AND.split(parts[-1], maxsplit=1) if "(" not in parts[-1] else parts[-1:]
    named = (
        (part[:1].isupper() or part[:1].isdigit())
        and len(part.split()) <= _MOST_OF_LISTED
        and any(map(str.isalpha, part))
        for part in parts
    )
    return parts if all(named) else [whole]


def joined(part: str) -> list[str]:
    """Return the two that "and" joins behind a legal form ("Oak, Inc. and Elm"); the firms of partners stay one."""
    for match in _JOINING.finditer(part):
        first, second = part[: match.start()], part[match.end() :]
        ends = first.endswith(")") or split_legal_form(first)[1]
        if not ends or first.count("(") > first.count(")"):
            continue
        form = split_legal_form(f"X {without_brackets(second)}")
        if is_name(without_brackets(second)) and form[0] != "X" and (form[1] or not match["sign"]):
            return [first, *joined(second)]
    return [part]


@lru_cache(maxsize=16_384)
def suppliers_in(cell: str, *, plural: bool = False) -> tuple[str, ...]:
    """Return the suppliers in a cell, the cell itself where it holds one; `plural`: its column speaks of several for each customer."""
    if len(cell) > _LONGEST:
        return (cell,)
    if cell[-1:] in _ENDS and (several := _bracketed(cell)):
        return several
    if " and " in cell and (several := _joined(cell)):
        return several
    if not (marks := _MARKS.findall(cell)):
        return (cell,)
    if marks == [","] and is_debris(without_brackets(cell.rpartition(",")[2])):  # as most are
        return (cell,)
    lines = [" ".join(line.split()) for line in cell.split("\n")]
    cell = _COMMAS.sub(",", "\n".join(filter(None, lines)))
    bare = blotted(cell)
    for pattern, fewest in _BETWEEN:
        parts = _cut(cell, bare, pattern)
        if len(parts) > 1:
            return _if_names(parts, cell) if len(parts) >= fewest else (cell,)
    return _by_commas(cell, bare, _SEVERAL if plural else _SURE)


def _joined(cell: str) -> tuple[str, ...]:
    """The two that "and" joins behind a legal form, () where what is behind it may be no name, or the kin of the first."""
    parts = joined(cell)
    if len(parts) != _SEVERAL or not all(map(_is_one, parts)):
        return ()
    name, form = split_legal_form(without_brackets(parts[1]))
    kin = name.rpartition(" ")[2].casefold() in LAST_OF_KIN or (not form and _FIRM.search(name))
    return () if kin or _AND.search(name) else tuple(parts)


def _bracketed(cell: str) -> tuple[str, ...]:
    """The suppliers in a cell that says something in brackets behind each of several names, () where it does not."""
    bare = blotted(cell)
    places = [match.span() for match in _BEHIND.finditer(cell) if "x" not in bare[slice(*match.span())]]
    edges = [0, *(at for span in places for at in span), len(cell)]
    parts = [cell[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)]
    if len(parts) < _SEVERAL or not all(
        part[-1:] in _ENDS and without_brackets(part) and _is_one(part) for part in parts
    ):
        return ()
    return tuple(dict.fromkeys(parts))


_ENDS = frozenset(")]")
_BEHIND = regex(r"(?<=[)\]])(?:\s?[,;]\s?(?:and\s)?|\s?[/+]\s?|\s(?:and|&|und|et|y|e|en)\s)", re.IGNORECASE)


def listed_names(row: Row, column: int) -> dict[str, Evidence]:
    """Return name -> evidence of those whom the list items of a cell name; nothing where one of them is no name.

    Paragraphs are lines: the one below a company may be its address, or what it makes; a list item is one of several.
    """
    items = row.list_items(column)
    if not all(map(_may_be_listed, items)):
        return {}
    return dict(located(row, column, items))


def located(row: Row, column: int, texts: Iterable[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield parts of a cell, in their order, each with its evidence: the whole cell where it says a part in other words."""
    cell, end = row.cell(column), 0
    for text in texts:
        start = cell.find(text, end)
        end = end if start < 0 else start + len(text)
        yield text, row.evidence(column) if start < 0 else row.part(column, start, end)


_POSTCODE = regex(r"(?:[A-Z]{1,2}-)?\d{4,6}\s")


def _may_be_listed(item: str) -> bool:
    name = without_brackets(item)
    no_name = is_place(name) or is_address(item) or is_legal_form(name) or _POSTCODE.match(item)
    return is_name(name) and not no_name


def ends_name(part: str) -> bool:
    """Return whether what a mark parts from a name before it is the end of that name: a legal form, or a degree ("Inc.", "MD")."""
    return is_debris(part) or is_legal_form(without_brackets(part))


def _cut(cell: str, bare: str, pattern: re.Pattern[str]) -> list[str]:
    """What stands between the marks of a cell."""
    return [part for start, end in gaps(pattern, bare) if (part := cell[start:end].strip())]


def _by_commas(cell: str, bare: str, fewest: int) -> tuple[str, ...]:
    """The suppliers that commas part; the cell where it is doubtful that each is one."""
    if is_address(cell) or is_aside(bare):
        return (cell,)
    parts: list[str] = []
    for part in _cut(cell, bare, _COMMA):
        if is_place(part) or is_place(split_legal_form(part)[0]) or (parts and _STATE.fullmatch(part)):
            return (cell,)
        if parts and ends_name(part):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    if len(parts) < _SEVERAL:
        return (cell,)
    parts[-1:] = _AND.split(parts[-1]) if "(" not in parts[-1] else parts[-1:]
    formed = all(split_legal_form(without_brackets(part))[1] for part in parts)
    if not formed and (len(parts) < fewest or _FIRM.search(without_brackets(parts[-1]))):
        return (cell,)
    return _if_names(parts, cell)


def _if_names(parts: list[str], cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parts)) if are_names(parts) else (cell,)


def are_names(parts: list[str]) -> bool:
    """Return whether each of several parts looks like a name of its own; behind a company with its legal form, the others may be its address."""
    first, *others = (bool(split_legal_form(without_brackets(part))[1]) for part in parts)
    return (not first or any(others)) and all(map(_is_one, parts))


def _is_one(part: str) -> bool:
    """Whether a part looks like a name of its own."""
    name = without_brackets(part)
    words = split_legal_form(name)[0].split()
    short = len(words) <= _MOST_WORDS and not any(map(str.isdigit, words))
    return short and is_name(name) and not is_address(name) and not is_debris(name)
