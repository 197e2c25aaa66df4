"""The files hold what the manual of neo4j-admin demands of an import; a reader of our own checks it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date

import pytest
from documents import table

from kg.errors import StoreError

TYPES = {"": str, "string": str, "date": date.fromisoformat, "string[]": lambda text: text.split(";")}


def imported(folder):
    """Nodes by id, and relationships, each with typed properties; a breach of the rules is an error."""
    nodes, relationships = {}, []
    for fields, row in rows(folder / "nodes.csv"):
        (name,) = [at for at, (_, kind) in enumerate(fields) if kind == "ID"]
        assert row[name]
        assert row[name] not in nodes, "the ids of a space are distinct"
        nodes[row[name]] = properties(fields, row)
    for fields, row in rows(folder / "relationships.csv"):
        told = {
            kind: value for (_, kind), value in zip(fields, row, strict=True) if kind in {"START_ID", "END_ID", "TYPE"}
        }
        assert len(told) == 3
        assert {told["START_ID"], told["END_ID"]} <= nodes.keys(), "relationships end at nodes"
        assert re.fullmatch(r"\w+", told["TYPE"])
        relationships.append((told["START_ID"], told["TYPE"], told["END_ID"], properties(fields, row)))
    return nodes, relationships


def rows(path):
    """The rows with their header; no value may hold a line break, which takes an option of its own."""
    lines = path.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    header, *found = [next(csv.reader(io.StringIO(line), strict=True)) for line in lines]
    fields = [(name, kind) for name, _, kind in (field.partition(":") for field in header)]
    assert len(set(header)) == len(header)
    for row in found:
        assert len(row) == len(fields)
        yield fields, row


def properties(fields, row):
    told = {name or kind: (kind, value) for (name, kind), value in zip(fields, row, strict=True)}
    return {name: TYPES.get(kind, str)(value) for name, (kind, value) in told.items() if value}


def test_nodes_and_relationships_are_those_of_the_graph(demo_graph, tmp_path):
    nodes, relationships = imported(demo_graph.export("neo4j", tmp_path / "neo4j"))
    assert nodes.keys() == demo_graph.projection.nodes.keys()
    assert all(
        told["name"] == demo_graph.projection.nodes[iri].label
        for iri, told in nodes.items()
        if "\n" not in told["name"]
    )
    edges = demo_graph.projection.edges
    assert [told[:3] for told in relationships] == [(edge.source, edge.type, edge.target) for edge in edges]
    assert [told[3].get("claims", []) for told in relationships] == [
        [claim.iri for claim in edge.claims] for edge in edges
    ]
    assert Counter(told[3].get("certainty", "") for told in relationships) == Counter(edge.certainty for edge in edges)
    assert (
        Counter(told["LABEL"] for told in nodes.values())["Organization;Vendor"]
        == demo_graph.info()["classes"]["Vendor"]
    )


def test_a_relationship_has_days(build, tmp_path):
    graph = build({"t.csv": table("Fir,Gum,mail,2024-01-01,2025-01-01,ended")})
    ((*_, told),) = imported(graph.export("neo4j", tmp_path / "x"))[1]
    assert (told["valid_from"], told["valid_until"], told["status"]) == (date(2024, 1, 1), date(2025, 1, 1), "ended")


@pytest.mark.parametrize("name", ['"quoted"', "a\\", "semi;colon", "two  blanks", "=1+1", "’"])
def test_hostile_names_are_values(build, tmp_path, name):
    quoted = name.replace('"', '""')
    nodes, _ = imported(build({"t.csv": table(f'"X {quoted} Y",Gum,,,,')}).export("neo4j", tmp_path / "x"))
    assert {"Gum", " ".join(f"X {name} Y".split())} == {told["name"] for told in nodes.values()}


def test_a_file_is_no_folder(demo_graph, tmp_path):
    (tmp_path / "x").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        demo_graph.export("neo4j", tmp_path / "x")
    assert (tmp_path / "x").read_text("utf-8") == "mine"
