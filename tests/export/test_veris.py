from __future__ import annotations

import json
from collections import Counter

from documents import post

import kg

DEMANDED = {
    "actor",
    "action",
    "discovery_method",
    "schema_version",
    "asset",
    "timeline",
    "incident_id",
    "security_incident",
    "summary",
}
"""What the schema demands of an incident; it itself is read in tests/real."""


def told(graph, *types):
    """What is said of incidents by identifier."""
    nodes = graph.projection.nodes
    return Counter(
        (nodes[e.source].identifiers[0], e.type, nodes[e.target].label, e.certainty)
        for e in graph.projection.edges
        if e.type in types
    )


def test_what_veris_holds_is_read_back(demo_graph, tmp_path):
    path = demo_graph.export("veris", tmp_path / "v.json")
    assert all(one.keys() >= DEMANDED for one in json.loads(path.read_text("utf-8")))
    again = kg.build(path, tmp_path / "again.kg")
    assert (again.report.quarantined, again.info()["classes"]["Incident"]) == (0, 8)
    roles = ("breached", "affectsDownstream", "attacker")
    lost, more = (
        a - b
        for a, b in ((told(demo_graph, *roles), told(again, *roles)), (told(again, *roles), told(demo_graph, *roles)))
    )
    assert set(lost) == {("MER1775255558", "affectsDownstream", "Meta", "suspected")}
    assert not more
    dated = [
        {n.identifiers[0]: dict(n.properties)["date"] for n in g.projection.nodes.values() if n.kind == "incident"}
        for g in (demo_graph, again)
    ]
    assert all(dated[0][name].startswith(dated[1][name][:4]) for name in dated[0])
    addresses = {
        e.target
        for e in demo_graph.projection.edges
        if e.type == "citesSource" and demo_graph.projection.nodes[e.target].properties
    }
    assert addresses == {e.target for e in again.projection.edges if e.type == "citesSource"}


def test_nothing_potential_becomes_confirmed(demo_graph, tmp_path):
    again = kg.build(demo_graph.export("veris", tmp_path / "v.json"), tmp_path / "again.kg")
    kinds = ("breached", "affectsDownstream", "attacker")
    sure = {key[:3] for key in told(again, *kinds) if key[3] == "confirmed"}
    assert sure <= {key[:3] for key in told(demo_graph, *kinds) if key[3] == "confirmed"}
    (mercor,) = [
        one for one in json.loads((tmp_path / "v.json").read_text("utf-8")) if one["incident_id"] == "MER1775255558"
    ]
    assert mercor["attribute"]["confidentiality"] == {
        "data_disclosure": "Potentially",
        "data": [{"variety": "Secrets"}],
    }


def test_kinds_of_data_become_the_nearest_variety(build, tmp_path):
    graph = build({"a.txt": post(data="names, source code, medical records")})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    told = one["attribute"]["confidentiality"]
    assert told["data_disclosure"] == "Yes"
    assert {data["variety"] for data in told["data"]} == {"Personal", "Source code", "Medical"}


def test_names_with_semicolons_stay_one(build, tmp_path):
    graph = build({"a.txt": post(vendors=["Birch; Annotation"])})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert one["victim"]["victim_id"] == "Birch, Annotation"
    assert one["victim"]["secondary"]["victim_id"] == ["Alder Labs"]


def test_an_incident_of_no_year_is_left_out(build, tmp_path):
    graph = build({"a.txt": post(date="unknown")})
    assert json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8")) == []
