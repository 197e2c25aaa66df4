"""One row a statement, both ends with their names: CSV, fit to be opened in a spreadsheet, and Parquet."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtraError
from kg.export.rows import EDGE_COLUMNS, edge_row, services
from kg.query import Table
from kg.view.safe import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.export.selection import Selection

COLUMNS = (
    "source", "source_label", "source_type", "type", "target", "target_label", "target_type", *EDGE_COLUMNS[3:],
)  # fmt: skip
"""What a row holds, in this order."""


_LISTS = ("services", "claims")
_DAYS = ("valid_from", "valid_until")
"""Columns of Parquet that are lists, and days; each of `in_force` is a pair of such days."""


def statements(selection: Selection) -> str:
    """Return the statements as CSV; hidden characters are taken out of names, and no cell is taken for a formula."""
    clean = Cleaner()
    rows: list[tuple[Any, ...]] = [tuple(clean(row[name]) for name in COLUMNS) for row in _rows(selection)]
    return Table(COLUMNS, rows).to_csv()


def parquet(selection: Selection) -> bytes:
    """Return the statements as Parquet: days are dates; services, claims and times in force lists; and what is not known is null.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional
        import pyarrow.parquet as pq  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'breachkg[parquet]'") from error
    rows: list[dict[str, Any]] = []
    for row, edge in zip(_rows(selection), selection.projection.edges, strict=True):
        told: dict[str, Any] = {name: value or None for name, value in row.items()}
        told |= {name: date.fromisoformat(row[name]) for name in _DAYS if row[name]}
        spans = [dict(zip(_DAYS, days, strict=True)) for days in edge.spans if any(days)]
        rows.append(told | {"services": services(edge), "in_force": spans, "claims": edge.claim_iris})
    kinds = (
        dict.fromkeys(COLUMNS, pa.string())
        | dict.fromkeys(_LISTS, pa.list_(pa.string()))
        | dict.fromkeys(_DAYS, pa.date32())
        | {"in_force": pa.list_(pa.struct([(name, pa.date32()) for name in _DAYS]))}
    )
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items()))), out)
    return out.getvalue()


def _rows(selection: Selection) -> Iterator[dict[str, str]]:
    nodes = selection.projection.nodes
    for edge in selection.projection.edges:
        row = edge_row(selection, edge)
        for end in ("source", "target"):
            row |= {f"{end}_label": nodes[row[end]].label, f"{end}_type": nodes[row[end]].kind}
        yield row
