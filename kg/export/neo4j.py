"""CSV files for `neo4j-admin database import`: one of nodes, one of relationships, each with its header.

    neo4j-admin database import full --nodes=FOLDER/nodes.csv --relationships=FOLDER/relationships.csv

Values are as the graph has them, except that blanks and line breaks, which the importer takes for ends of rows, are one blank. The files
are for the importer: unlike the table of `csv`, they do not guard against formulas.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kg.export.rows import EDGE_COLUMNS, NODE_COLUMNS, edge_row, node_row

if TYPE_CHECKING:
    from kg.export.selection import Selection

_LABELS = {
    "organization": "Organization", "vendor": "Organization;Vendor", "group": "OrganizationGroup", "incident": "Incident",
    "threat-actor": "ThreatActor", "source": "Source", "data-type": "DataType",
}  # fmt: skip
_NODE = {"id": "iri:ID", "label": "name", "type": ":LABEL"}
_EDGE = {
    "source": ":START_ID", "target": ":END_ID", "type": ":TYPE", "valid_from": "valid_from:date", "valid_until": "valid_until:date",
    "claims": "claims:string[]",
}  # fmt: skip
"""Column -> what the header calls it, where that is another name."""


def neo4j(selection: Selection) -> dict[str, str]:
    """Return the texts of the two files by their names."""
    nodes = [node_row(node) for node in selection.projection.nodes.values()]
    edges = [edge_row(selection, edge) for edge in selection.projection.edges]
    for row in nodes:
        row["type"] = _LABELS[row["type"]]
    for row in edges:
        row["claims"] = row["claims"].replace(" ", ";")
    return {"nodes.csv": _csv(NODE_COLUMNS, _NODE, nodes), "relationships.csv": _csv(EDGE_COLUMNS, _EDGE, edges)}


def _csv(columns: tuple[str, ...], names: dict[str, str], rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names.get(column, column) for column in columns)
    writer.writerows([" ".join(row[column].split()) for column in columns] for row in rows)
    return out.getvalue()
