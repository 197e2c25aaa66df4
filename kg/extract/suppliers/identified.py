"""Columns of a supplier list that identify those whom it names: LEI, Wikidata, domain; and what identifies nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.domains import domain_of, is_related, own_domain
from kg.extract.fields import is_placeholder
from kg.extract.suppliers.columns import titled_customer
from kg.extract.suppliers.words import CUSTOMER, SUPPLIER
from kg.extract.tabular.row import plain
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.suppliers.entry import Layout
    from kg.extract.tabular.row import Table

_KINDS = {
    "lei": r"(?:lei|legal entity identifier)(?: (?:code|number|no\.?|id|nummer))?(?: \(lei\))?",
    "wikidata": r"wikidata(?: (?:id|item|qid|entity|url|link))?",
    "domain": r"(?:(?:web |internet )?domain(?: name)?|web ?site(?: url| address)?|web (?:address|page)|home ?page|url|domäne|webseite|internetseite|internetadresse"
    r"|site (?:web|internet)|domaine|sitio web|página web|dominio|sito(?: web)?|domein)",
}  # fmt: skip
_NAMED = {
    scheme: regex(
        rf"(?:(?P<whose>.+?)(?:['’]s)? )?{kind}(?:(?: (?:of|for)(?: the| our)? (?P<of>.+))|(?: \((?P<in>[^()]+)\)))?"
    )
    for scheme, kind in _KINDS.items()
}
_ANYBODY = regex(r"(?:company|corporate|official|main|primary|public|legal entity|organi[sz]ation)")
_MARKS = regex(r"[*†‡]+")
_LOOK = 20
"""Rows that are looked at to see whether a column holds addresses."""
_MANY = 3
"""Names that do not stand for one organization by chance."""
_NAME = regex(r"\b(?:names?|of|the|legal)\b")


def identified(table: Table, layout: Layout) -> Layout:
    """Return how a table is read, with the columns that identify those whom it names."""
    columns = {**layout.columns, **identifier_columns(table, layout.columns)}
    titled = layout.titled or (None if "customer" in columns else titled_customer(table.titles))
    others = {
        (f"{who}_domain", cell)
        for who, other in (("supplier", "customer"), ("customer", "supplier"))
        if f"{who}_domain" in columns
        for cell in _of_others(list(_addresses(table, columns, who, other, titled[0] if titled else "")))
    }
    return replace(layout, columns=columns, elsewhere=frozenset(others))


def identifier_columns(table: Table, found: Mapping[str, int]) -> dict[str, int]:
    """Return field -> column of those that hold identifiers, such as "supplier_lei", among the columns that no field has.

    One whose heading does not say whose it is ("LEI") is the supplier's, and the customer's where it stands between the two
    behind the customer; behind the customer alone it may be either's, and is nobody's.
    """
    if "supplier" not in found or "supplier_registered" in found:
        return {}
    names = [plain(_MARKS.sub("", name)) for name in table.header]
    free = [at for at in range(len(names)) if at not in found.values()]
    told: dict[str, int] = {}
    for scheme, pattern in _NAMED.items():
        for at in free:
            match = pattern.fullmatch(names[at])
            who = match and _whose(match["whose"] or match["of"] or match["in"] or "", names, found)
            who = _beside(at, names, found) if who == "" else who
            if who and (_holds_domains(table, at) if scheme == "domain" else _tells_apart(table, at, found[who])):
                told.setdefault(f"{who}_{scheme}", at)
    return told


def _holds_domains(table: Table, at: int) -> bool:
    """Whether a column holds addresses: "domain" may be a field of work too, and "website" a word with a link."""
    cells = [cell for row in table.read(_LOOK) if (cell := row.cell(at)) and not is_placeholder(cell)]
    return 2 * sum(bool(domain_of(cell)) for cell in cells) > len(cells)


def _tells_apart(table: Table, at: int, named: int) -> bool:
    """Whether a column has more than one value where many are named: else it is that of whose list it is."""
    rows = [row for row in table.read(_LOOK) if row.cell(at) and not is_placeholder(row.cell(at))]
    names = {name_key(row.cell(named)) for row in rows}
    return len(names) < _MANY or len({row.cell(at) for row in rows}) > 1


def _whose(words: str, names: list[str], found: Mapping[str, int]) -> str | None:
    """The party that words of a heading tell, "" where they tell none, None where they tell of something else."""
    if not words or _ANYBODY.fullmatch(words):
        said = [who for who in ("customer", "supplier") if who in found and _bare(names[found[who]]) == words]
        return said[0] if said and words else ""
    for who, pattern in (("customer", CUSTOMER), ("supplier", SUPPLIER)):
        if pattern.fullmatch(words) or (who in found and _bare(names[found[who]]) == words):
            return who if who in found or who == "supplier" else None
    return None


def _bare(name: str) -> str:
    return " ".join(_NAME.sub(" ", name).split())


def _beside(at: int, names: list[str], found: Mapping[str, int]) -> str:
    """Whose a column is by where it stands."""
    customer, supplier = found.get("customer"), found["supplier"]
    left = at - 1
    while left >= 0 and any(pattern.fullmatch(names[left]) for pattern in _NAMED.values()):
        left -= 1
    if left != customer:
        return "supplier"
    return "customer" if at < supplier else ""


def _of_others(told: Sequence[tuple[str, str, str]]) -> set[str]:
    """The addresses that are not those of whom they stand beside; each comes behind its name, and that of the other party of the row.

    What several share is the page of the list, or that of a group, whose companies are several. Where there are pages of
    lists, a host that shares nothing with a name may be another one; and so may one that shares something with the other.
    """
    hosts: dict[str, dict[str, bool]] = {}
    others: set[str] = set()
    for name, other, cell in told:
        host = domain_of(cell)
        related = is_related(host, name)
        hosts.setdefault(host, {})[name_key(name)] = related
        if not related and other and is_related(host, other):
            others.add(host)
    others |= {host for host, names in hosts.items() if len(names) > 1}
    if any(not all(hosts[host].values()) for host in others):
        others |= {host for host, names in hosts.items() if not all(names.values())}
    return {cell for name, _, cell in told if domain_of(cell) in others or not own_domain(cell, name)}


def _addresses(
    table: Table, columns: Mapping[str, int], who: str, other: str, customer: str
) -> Iterator[tuple[str, str, str]]:
    """Name, that of the other party, and address of each row that has one; `customer` is who has the list where no column tells."""
    last = {"customer": customer}
    for row in table.read():
        last |= {
            party: row.cell(columns[party]) for party in (who, other) if party in columns and row.cell(columns[party])
        }
        if (cell := row.cell(columns[f"{who}_domain"])) and last.get(who) and domain_of(cell):
            yield last[who], last.get(other, ""), cell
