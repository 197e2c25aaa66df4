from __future__ import annotations

import csv
import io

from kg.export.tables import COLUMNS


def test_one_row_a_statement(tmp_path, demo_graph):
    path = demo_graph.export("csv", tmp_path / "x.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    told = [(row["source"], row["type"], row["target"], row["certainty"], tuple(row["claims"].split())) for row in rows]
    assert told == [
        (e.source, e.type, e.target, e.certainty, tuple(c.iri for c in e.claims)) for e in demo_graph.projection.edges
    ]
    nodes = demo_graph.projection.nodes
    assert all(nodes[row["source"]].label == row["source_label"] for row in rows)
    assert all(nodes[row["target"]].kind == row["target_type"] for row in rows)


def test_a_relationship_with_its_services_and_days(tmp_path, build):
    graph = build(
        {
            "t.csv": "customer,supplier,service,since,until\nFir,Gum,mail,2024-01-01,2025-01-01\nFir,Gum,chat,2023-05-01,2026-02-01\n"
        }
    )
    (row,) = csv.DictReader(io.StringIO(graph.export("csv", tmp_path / "x.csv").read_text("utf-8")))
    assert (row["services"], row["valid_from"], row["valid_until"]) == ("chat; mail", "2023-05-01", "2026-02-01")
