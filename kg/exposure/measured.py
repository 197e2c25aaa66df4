"""The answer of a measure: its name, its parameters, its rows, and what sums them up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.exposure.statements import ORGANIZATIONS, Node, told_apart
from kg.query import Table, Tabular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DIGITS = 6


@dataclass(frozen=True, slots=True, repr=False)
class Measured(Tabular):
    """Rows of a measure; a cell is a number, a text, None, a node, or several nodes.

    Columns named `confirmed` rest on links that a document states for certain, those named `potential` on all that is
    not denied: the lower and the upper bound, which are never mixed.

    Attributes:
        measure: its name.
        parameters: what it was asked with.
        columns: names of the cells of a row.
        rows: in the order of the measure, the largest first.
        summary: what holds of all rows together.
    """

    measure: str
    parameters: dict[str, Any]
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    summary: dict[str, Any] = field(default_factory=dict)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Measured {self.measure}: {self.table().first()}>"

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object: measure, parameters, summary and rows; a node is an object of IRI and label."""
        rows = [{name: _told(cell) for name, cell in one.items()} for one in self]
        return {"measure": self.measure, "parameters": self.parameters, "summary": self.summary, "rows": rows}

    def table(self) -> Table:
        """Return the rows with labels for nodes, numbers shortened to six digits."""
        return Table(self.columns, [tuple(map(_shown, self.columns, row)) for row in self.rows])

    def to_pandas(self) -> Any:
        """Return the rows as a `pandas.DataFrame`, with labels for nodes and numbers in full.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        whole = [
            tuple(cell if isinstance(cell, float) else _shown(name, cell) for name, cell in one.items()) for one in self
        ]
        return Table(self.columns, whole).to_pandas()

    def plot(self, path: str | Path) -> Path:
        """Write a picture as .svg, .png or .pdf and return its path: of shares by vendor, a cascade, or times.

        Raises:
            KGError: there is no picture of this measure, or nothing to draw.
            MissingExtraError: matplotlib is not installed.
        """
        from kg.exposure.plots import plot  # noqa: PLC0415 - optional

        return plot(self.as_dict(), path)


def _told(cell: Any) -> Any:
    if isinstance(cell, Node):
        return cell.as_dict()
    return [_told(one) for one in cell] if isinstance(cell, (tuple, list)) else cell


def _shown(column: str, cell: Any) -> Any:
    if isinstance(cell, Node):
        return cell.label
    if isinstance(cell, (tuple, list)):
        names = told_apart(one for one in cell if isinstance(one, Node) and one.kind in ORGANIZATIONS)
        cell = [names.get(one.iri, one) if isinstance(one, Node) else one for one in cell]
        return (" > " if column == "path" else "; ").join(str(_shown("", one)) for one in cell)
    return float(f"{cell:.{_DIGITS}g}") if isinstance(cell, float) else cell
