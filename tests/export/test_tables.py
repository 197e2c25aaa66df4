from __future__ import annotations

import builtins
import csv
import io
from datetime import date

import duckdb
import pytest
from documents import table

from kg.errors import MissingExtraError
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


BREAKS = "Fir,Gum,mail,2020-01-01,2021-01-01,", "Fir,Gum,chat,2023-05-01,,", "Fir,Elm,fax,,2015-01-01,", "Fir,Oak,,,,"


def test_a_table_tells_every_day_on_which_a_relationship_is_in_force(tmp_path, build):
    graph = build({"t.csv": table(*BREAKS)})
    rows = list(csv.DictReader(io.StringIO(graph.export("csv", tmp_path / "x.csv").read_text("utf-8"))))
    assert {row["target_label"]: row["in_force"] for row in rows} == {
        "Elm": "../2015-01-01", "Gum": "2020-01-01/2021-01-01; 2023-05-01/..", "Oak": "",
    }  # fmt: skip
    path = graph.export("parquet", tmp_path / "x.parquet")
    for day in (date(year, month, 1) for year in (2014, 2015, 2020, 2021, 2022, 2023) for month in (1, 5)):
        there = duckdb.sql(
            f"""SELECT target_label FROM '{path}' WHERE in_force = [] OR list_bool_or([
            coalesce(one.valid_from <= '{day}', true) AND coalesce('{day}' < one.valid_until, true) FOR one IN in_force])"""
        ).fetchall()
        assert {name for (name,) in there} == {one.node.label for one in graph.exposure("Fir", 1, valid_on=day)}


def test_duckdb_reads_parquet(tmp_path, demo_graph):
    path = demo_graph.export("parquet", tmp_path / "x.parquet")
    rows = duckdb.sql(f"SELECT source, type, target, certainty, claims FROM '{path}'").fetchall()
    assert rows == [
        (e.source, e.type, e.target, e.certainty or None, [c.iri for c in e.claims])
        for e in demo_graph.projection.edges
    ]
    ((confirmed, potential),) = duckdb.sql(
        f"SELECT count(*) FILTER (exposure = 'confirmed'), count(*) FILTER (exposure = 'potential') FROM '{path}'"
    ).fetchall()
    assert confirmed > 0
    assert potential > 0


def test_days_are_dates_in_parquet(tmp_path, build):
    graph = build({"t.csv": 'customer,supplier,service,since,until\nFir,Gum,"=mail",2024-01-01,\nFir,Elm,,,\n'})
    path = graph.export("parquet", tmp_path / "x.parquet")
    rows = duckdb.sql(f"SELECT target_label, valid_from, valid_until, services FROM '{path}' ORDER BY 1").fetchall()
    assert rows == [("Elm", None, None, []), ("Gum", date(2024, 1, 1), None, ["=mail"])]


def test_parquet_without_its_library(tmp_path, demo_graph, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"breachkg\[parquet\]"):
        demo_graph.export("parquet", tmp_path / "x.parquet")
