"""CSV: one row a statement, both ends with their names; fit to be opened in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.export.rows import EDGE_COLUMNS, edge_row
from kg.query import Table
from kg.view.safe import Cleaner

if TYPE_CHECKING:
    from kg.export.selection import Selection

COLUMNS = (
    "source", "source_label", "source_type", "type", "target", "target_label", "target_type", *EDGE_COLUMNS[3:],
)  # fmt: skip
"""What a row holds, in this order."""


def statements(selection: Selection) -> str:
    """Return the statements as CSV; hidden characters are taken out of names, and no cell is taken for a formula."""
    clean, nodes = Cleaner(), selection.projection.nodes
    rows: list[tuple[Any, ...]] = []
    for edge in selection.projection.edges:
        row = edge_row(selection, edge)
        for end in ("source", "target"):
            row |= {f"{end}_label": nodes[row[end]].label, f"{end}_type": nodes[row[end]].kind}
        rows.append(tuple(clean(row[name]) for name in COLUMNS))
    return Table(COLUMNS, rows).to_csv()
