"""Lists of organizations with what they are worth and of what kind they are: for measures by value, and the EU's screen.

Read from CSV, one organization a row; where a row names a provider too, one link a row. Columns of the EU's register of
information (Implementing Regulation (EU) 2024/2956, annex I) are known by code and by title, as in `kg.exposure.portfolio`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError
from kg.exposure.overlay import standing_for
from kg.exposure.portfolio import critical, listed_in, money, nameless, places
from kg.extract.tabular.table import table
from kg.model import Defect
from kg.names import clean, key

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@dataclass(slots=True)
class Worth:
    """What a list says of organizations, keyed by IRI.

    Attributes:
        organizations: those of the graph that the rows stand for, each once.
        absent: the others that rows name, by name: category, assets and their currency, as the first row of each has them.
        value: what each is worth: the column of a value, else that of assets.
        assets: total assets.
        category: of what kind each is, as printed.
        critical: the (organization, provider) pairs of critical or important functions; None where the list names no provider.
        currency: of all amounts, or "".
        rows: how many rows name an organization.
        unresolved: the rows that stand for no organization for certain, and what else could not be used, in words.
    """

    organizations: list[str] = field(default_factory=list)
    absent: dict[str, tuple[str, float, str]] = field(default_factory=dict)
    value: dict[str, float] = field(default_factory=dict)
    assets: dict[str, float] = field(default_factory=dict)
    category: dict[str, str] = field(default_factory=dict)
    critical: set[tuple[str, str]] | None = None
    currency: str = ""
    rows: int = 0
    unresolved: list[str] = field(default_factory=list)


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
    for row in rows:
        if isinstance(row, Defect):
            reader.told.unresolved.append(f"{row.place}: {row.reason}")
        else:
            reader.add(row)
    if not reader.told.rows:
        raise DocumentError(document.name, "the list is empty")
    return reader.told


class _Reader:
    """Adds up the rows of one file."""

    def __init__(self, document: str, finder: Finder, at: Mapping[str, int]) -> None:
        self.document, self.finder, self.at = document, finder, at
        self.told = Worth(critical=set() if "provider" in at else None)

    def add(self, row: Row) -> None:
        cells = {name: row.cell(place) for name, place in self.at.items()}
        name, lei = clean(cells.get("name", "")), cells.get("lei", "").replace(" ", "").upper()
        if not name and not lei:
            self.told.unresolved.append(f"{row.place}: names no organization")
            return
        self.told.rows += 1
        node = self._node(row, name, lei)
        kind = " ".join(cells.get("category", "").split())
        if node is None:
            assets, printed = money(cells.get("assets", ""))
            told = kind, float(assets or 0), self._currency(cells, printed)
            self.told.absent.setdefault(key(name) or name.casefold() or lei, told)
            return
        if node.iri not in self.told.organizations:
            self.told.organizations.append(node.iri)
        for column, held in (("assets", self.told.assets), ("value", self.told.value)):
            if (amount := self._amount(row, cells, column)) is not None:
                self._say(row, held, node, amount, column)
        if node.iri not in self.told.value and node.iri in self.told.assets and "value" not in self.at:
            self.told.value[node.iri] = self.told.assets[node.iri]
        if kind:
            self._say(row, self.told.category, node, kind, "category")
        self._link(row, node, cells)

    def _node(self, row: Row, name: str, lei: str = "") -> Node | None:
        node, candidates = standing_for(self.finder, name, lei)
        if node is None:
            near = f"; did you mean {', '.join(one.label for one in candidates)}?" if candidates else ""
            self.told.unresolved.append(f"{row.place}: {name or lei} is not in the graph{near}")
        return node

    def _amount(self, row: Row, cells: Mapping[str, str], column: str) -> float | None:
        if not (text := cells.get(column, "")):
            return None
        amount, printed = money(text)
        if amount is None:
            self.told.unresolved.append(f"{row.place}: {text!r} is no amount")
            return None
        currency = self._currency(cells, printed)
        if currency and self.told.currency not in ("", currency):
            raise DocumentError(
                self.document, f"amounts in {self.told.currency} and {currency} cannot be added up", row.place
            )
        self.told.currency = currency or self.told.currency
        return float(amount)

    @staticmethod
    def _currency(cells: Mapping[str, str], printed: str) -> str:
        return cells.get("currency", "").removeprefix("eba_CU:") or printed

    def _say(self, row: Row, held: dict[str, Any], node: Node, value: Any, column: str) -> None:
        if held.setdefault(node.iri, value) != value:
            raise DocumentError(self.document, f"says of {node.label} two things: {column} {value}", row.place)

    def _link(self, row: Row, node: Node, cells: Mapping[str, str]) -> None:
        named, word = clean(cells.get("provider", "")), cells.get("critical", "")
        if word and critical(word) is None:
            self.told.unresolved.append(f"{row.place}: {word!r} does not tell whether a function is critical")
        if self.told.critical is None or not named or ("critical" in self.at and not critical(word)):
            return
        provider = self._node(row, named)
        if provider is not None:
            self.told.critical.add((node.iri, provider.iri))
