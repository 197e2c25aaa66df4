"""Lists of organizations with what they are worth and of what kind they are: for measures by value, and the EU's screen.

Read from CSV, one organization a row; where a row names a provider too, one link a row. Columns of the EU's register of
information (Implementing Regulation (EU) 2024/2956, annex I) are known by code and by title, as in `kg.exposure.portfolio`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import DocumentError
from kg.exposure.names import spelt_alike
from kg.exposure.overlay import standing_for
from kg.exposure.portfolio import critical, is_lei, listed_in, money, nameless, places
from kg.extract.fields import is_placeholder
from kg.extract.identifiers import lei as lei_of
from kg.extract.tabular.table import table
from kg.model import Defect
from kg.names import clean, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.exposure.names import Finder
    from kg.exposure.statements import Node
    from kg.extract.tabular.row import Row

_FIELDS: dict[str, tuple[str, ...]] = {
    "name": (
        "entity", "entity name", "name of the entity", "name of entity", "financial entity", "organization", "organisation", "customer", "company",
        "company name", "name", "legal name", "b 01.02.0020",
    ),
    "lei": ("lei", "lei code", "legal entity identifier", "lei of the entity", "b 01.02.0010"),
    "category": ("category", "type of entity", "type of the entity", "entity type", "sector", "industry", "b 01.02.0040"),
    "assets": ("assets", "total assets", "value of total assets", "b 01.02.0110"),
    "value": ("value", "worth", "revenue", "annual revenue", "turnover", "annual turnover"),
    "currency": ("currency", "currency of the amount", "b 01.02.0100"),
    "provider": ("provider", "provider name", "vendor", "vendor name", "supplier", "supplier name", "third party", "third party name"),
    "critical": ("critical", "criticality", "critical or important", "critical or important function", "critical function"),
}  # fmt: skip


class Absent(NamedTuple):
    """What a list says of an organization that the graph does not know.

    Attributes:
        category: of what kind it is, as printed, or "".
        assets: total assets, None where no row gives any that can be read.
        currency: of these, or "".
        document: the list.
        place: the row that gives the assets, in words.
    """

    category: str
    assets: float | None
    currency: str
    document: str
    place: str


@dataclass(slots=True)
class Worth:
    """What a list says of organizations, keyed by IRI.

    Attributes:
        organizations: those of the graph that the rows stand for, each once.
        absent: the others that rows name, each once by its LEI or else its name, as the first row says that says it.
        value: what each is worth: the column of a value, else that of assets.
        assets: total assets.
        category: of what kind each is, as printed.
        critical: the (organization, provider) pairs of critical or important functions; None where the list names no provider.
        currency: of all amounts, or "".
        rows: how many rows name an organization.
        unresolved: the rows that stand for no organization for certain, and what else could not be used, in words.
    """

    organizations: list[str] = field(default_factory=list)
    absent: dict[str, Absent] = field(default_factory=dict)
    value: dict[str, float] = field(default_factory=dict)
    assets: dict[str, float] = field(default_factory=dict)
    category: dict[str, str] = field(default_factory=dict)
    critical: set[tuple[str, str]] | None = None
    currency: str = ""
    rows: int = 0
    unresolved: list[str] = field(default_factory=list)

    def check_currency(self, absent: Iterable[Absent]) -> None:
        """Make sure that the assets of some who are not in the graph can be added to those of the others.

        Raises:
            DocumentError: they are in another currency.
        """
        currency = self.currency
        for one in absent:
            if one.assets and one.currency:
                currency = currency or one.currency
                if one.currency != currency:
                    raise DocumentError(one.document, _mixed(currency, one.currency), one.place)


def read_worth(path: str | Path, finder: Finder) -> Worth:
    """Return what a CSV file says of organizations.

    Raises:
        DocumentError: it cannot be read, no column of it names or identifies organizations, it names none, it says two
            things of one, or its amounts are in several currencies.
    """
    document = listed_in(path)
    rows = table(document)
    at = places(rows.header, Path(path).name, _FIELDS)
    if not {"name", "lei"} & at.keys():
        raise nameless(document, rows.header, "organizations")
    reader = _Reader(document.name, finder, at)
    reader.read(rows)
    if not reader.told.rows:
        raise DocumentError(document.name, "the list is empty")
    return reader.told


class _Named(NamedTuple):
    """A row, and whom it names: the organization of the graph, None where it stands for none for certain."""

    row: Row
    cells: dict[str, str]
    name: str
    lei: str
    node: Node | None

    @property
    def doubt(self) -> int:
        """How unsure it is that it names that one where another row says something else of it: it has its LEI, its label, or less."""
        if self.node is None:
            return 2
        if f"lei:{self.lei}" in self.node.identifiers:
            return 0
        return 1 if key(self.name) == key(self.node.label) else 2


class _Reader:
    """Adds up the rows of one file."""

    def __init__(self, document: str, finder: Finder, at: Mapping[str, int]) -> None:
        self.document, self.finder, self.at = document, finder, at
        self.told = Worth(critical=set() if "provider" in at else None)
        self._held: dict[str, dict[str, Any]] = {
            "assets": self.told.assets, "value": self.told.value, "category": self.told.category,
        }  # fmt: skip
        self._names: dict[str, str] = {}
        """Organization of the graph -> the name by which the list has it for sure, else first."""
        self._absent: dict[str, str] = {}
        """LEI or name -> who is not in the graph, as `Worth.absent` has it."""
        self._unresolved: list[tuple[int, str]] = []
        """What `Worth.unresolved` will have, each with its place."""
        self._order: dict[str, int] = {}
        """Row -> how many came before it."""
        self._leis: dict[str, str] = {}
        """Who is not in the graph -> its LEI."""

    def read(self, rows: Iterable[Row | Defect]) -> None:
        """Add up the rows: of those that stand for one organization under several names, the one that it surely is goes first."""
        named = list(filter(None, map(self._named, rows)))
        for one in sorted(named, key=lambda one: one.doubt):
            self._add(one)
        self._unresolved.sort(key=lambda one: one[0])
        self.told.unresolved += [reason for _, reason in self._unresolved]

    def _tell(self, row: Row | Defect, reason: str) -> None:
        self._unresolved.append((self._order[row.place], f"{row.place}: {reason}"))

    def _named(self, row: Row | Defect) -> _Named | None:
        self._order[row.place] = len(self._order)
        if isinstance(row, Defect):
            self._tell(row, row.reason)
            return None
        cells = {name: row.cell(place) for name, place in self.at.items()}
        printed = cells.get("lei", "")
        name, lei = clean(cells.get("name", "")), self._lei(row, printed)
        if not (name or lei or is_placeholder(printed.strip())):
            name = clean(printed)  # a mistyped one still tells that somebody is there
        if not name and not lei:
            self._tell(row, "names no organization")
            return None
        self.told.rows += 1
        return _Named(row, cells, name, lei, self._node(row, name, lei))

    def _add(self, named: _Named) -> None:
        row, cells, name, lei, node = named
        kind = " ".join(cells.get("category", "").split())
        amounts = {column: self._amount(row, cells, column) for column in ("assets", "value")}
        said = {column: amount for column, (amount, _) in amounts.items() if amount is not None}
        told: dict[str, Any] = said | ({"category": kind} if kind else {})
        if node is None or self._is_another(row, node, name, lei, told):
            self._add_absent(row, name, lei, told, amounts["assets"][1])
            return
        if node.iri not in self.told.organizations:
            self.told.organizations.append(node.iri)
            self._names[node.iri] = key(name)
        for column, value in told.items():
            if column in amounts:
                self._count_in(row, amounts[column][1])
            if self._held[column].setdefault(node.iri, value) != value:
                raise DocumentError(self.document, f"says of {node.label} two things: {column} {value}", row.place)
        if node.iri not in self.told.value and node.iri in self.told.assets and "value" not in self.at:
            self.told.value[node.iri] = self.told.assets[node.iri]
        self._link(row, node, cells)

    def _lei(self, row: Row, printed: str) -> str:
        """The LEI that a cell gives, "" for none; what is neither an LEI nor says that there is none is told."""
        lei = lei_of(printed)
        if is_lei(lei):
            return lei
        if printed and not is_placeholder(printed.strip()):
            self._tell(row, f"{lei or printed} is no LEI")
        return ""

    def _is_another(self, row: Row, node: Node, name: str, lei: str, told: Mapping[str, Any]) -> bool:
        """Whether a row is of another legal entity than one before it, where the graph has one organization for the names of both.

        It says something else under another name; what has the LEI of the organization is it, and else what has its label.
        """
        if f"lei:{lei}" in node.identifiers or self._names.get(node.iri, key(name)) == key(name):
            return False
        if all(self._held[column].get(node.iri, value) == value for column, value in told.items()):
            return False
        self._tell(row, f"{name or lei} is told apart from {node.label}, of which another row says something else")
        return True

    def _add_absent(self, row: Row, name: str, lei: str, told: Mapping[str, Any], currency: str) -> None:
        """Add what a row says of an organization that the graph does not know; of two things the first holds."""
        who = self._who(spelt_alike(name), lei)
        before = self.told.absent.get(who, Absent("", None, "", self.document, ""))
        for column, first in (("category", before.category), ("assets", before.assets)):
            if first not in {"", None} and told.get(column, first) != first:
                reason = f"says of {name or lei} two things: {column} {told[column]}; what stands first counts"
                self._tell(row, reason)
        if before.assets is None and "assets" in told:
            before = before._replace(assets=told["assets"], currency=currency, place=row.place)
        self.told.absent[who] = before._replace(category=before.category or told.get("category", ""))

    def _who(self, name: str, lei: str) -> str:
        """Who of those that are not in the graph is meant: who has another LEI is another, whatever its name."""
        found = self._absent.get(lei) or self._absent.get(name)
        if found is None or (lei and self._leis.get(found, lei) != lei):
            found = lei or name
        for known in filter(None, (lei, name)):
            self._absent.setdefault(known, found)
        if lei:
            self._leis.setdefault(found, lei)
        return found

    def _node(self, row: Row, name: str, lei: str = "") -> Node | None:
        node, candidates = standing_for(self.finder, name, lei)
        if node is None:
            near = f"; did you mean {', '.join(one.label for one in candidates)}?" if candidates else ""
            self._tell(row, f"{name or lei} is not in the graph{near}")
        return node

    def _amount(self, row: Row, cells: Mapping[str, str], column: str) -> tuple[float | None, str]:
        """The amount of a column and its currency; None for none."""
        if not (text := cells.get(column, "")):
            return None, ""
        amount, printed = money(text)
        if amount is None:
            self._tell(row, f"{text!r} is no amount")
            return None, ""
        return float(amount), cells.get("currency", "").removeprefix("eba_CU:") or printed

    def _count_in(self, row: Row, currency: str) -> None:
        """Take the currency of an amount of the list, which has one alone."""
        if currency and self.told.currency not in ("", currency):
            raise DocumentError(self.document, _mixed(self.told.currency, currency), row.place)
        self.told.currency = currency or self.told.currency

    def _link(self, row: Row, node: Node, cells: Mapping[str, str]) -> None:
        named, word = clean(cells.get("provider", "")), cells.get("critical", "")
        if word and critical(word) is None:
            self._tell(row, f"{word!r} does not tell whether a function is critical")
        if self.told.critical is None or not named or ("critical" in self.at and not critical(word)):
            return
        provider = self._node(row, named)
        if provider is not None:
            self.told.critical.add((node.iri, provider.iri))


def _mixed(*currencies: str) -> str:
    """Why amounts of several currencies cannot be used."""
    return f"amounts in {' and '.join(currencies)} cannot be added up"
