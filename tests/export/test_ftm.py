from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from documents import breach, graph_of, table

from kg.model import Party, Role

LINKS = {"UnknownLink", "Documentation"}


def entities(graph, folder, **options):
    text = graph.export("ftm", folder / "x.ftm.json", **options).read_text("utf-8")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def ends(entity):
    return [
        entity["properties"][name][0]
        for name in ("subject", "object", "entity", "document")
        if name in entity["properties"]
    ]


def test_every_thing_and_statement_is_an_entity(demo_graph, tmp_path):
    found = entities(demo_graph, tmp_path)
    ids = [one["id"] for one in found]
    assert len(ids) == len(set(ids)) == len(demo_graph.projection.nodes) + len(demo_graph.projection.edges)
    assert all(len(ends(one)) == 2 and set(ends(one)) <= set(ids) for one in found if one["schema"] in LINKS)


def test_certainty_is_the_status_of_a_link(demo_graph, tmp_path):
    told = Counter(
        (one["properties"]["role"][0], *one["properties"].get("status", [""]))
        for one in entities(demo_graph, tmp_path)
        if one["schema"] in LINKS
    )
    assert told == Counter((edge.type, edge.certainty) for edge in demo_graph.projection.edges)


def test_no_group_is_an_organization(demo_graph, tmp_path):
    kinds = Counter(one["schema"] for one in entities(demo_graph, tmp_path))
    organizations = [node for node in demo_graph.projection.nodes.values() if node.kind in {"organization", "vendor"}]
    assert kinds["Organization"] == len(organizations)


def test_quotes_and_their_sources_go_with_a_link(demo_graph, tmp_path):
    (told,) = [
        one["properties"] for one in entities(demo_graph, tmp_path)
        if "Meta has paused all work with Mercor" in one["properties"].get("description", ()) and one["properties"]["role"] == ["usesVendor"]
    ]  # fmt: skip
    assert told["sourceUrl"] == [
        "https://www.techbuzz.ai/articles/meta-halts-mercor-partnership-after-ai-training-data-breach"
    ]
    assert told["summary"] == ["exposure: potential", "basis: stated", "relationship: suspended"]
    assert len(told["recordId"]) == 3


def faults(found):
    """What the library does not take, or takes for something else."""
    model = pytest.importorskip("followthemoney", reason="needs breachkg[ftm]").model
    told = []
    for one in found:
        read = model.get_proxy(one, cleaned=False)
        read.schema.validate(one)
        for name, values in one["properties"].items():
            kept = {value.rstrip("/") for value in read.get(name)}
            told += [(one["schema"], name, value) for value in values if value.rstrip("/") not in kept]
    return told


def test_the_library_takes_every_value(demo_graph, tmp_path):
    assert faults(entities(demo_graph, tmp_path)) == []


def test_each_identifier_is_in_the_property_of_its_scheme(tmp_path):
    names = {"Google LLC": ("lei:5493001KJTIIGC8Y1R12", "wikidata:Q95"), "Harbor GmbH": ("lei:529900T8BM49AURSDO55",)}
    parties = tuple(Party(name, Role.OTHER, identifiers=told) for name, told in names.items())
    found = entities(graph_of([replace(breach(), parties=parties)]), tmp_path)
    told = {one["properties"]["name"][0]: one["properties"] for one in found if one["schema"] == "Organization"}
    assert {name: (told[name].get("leiCode"), told[name].get("wikidataId")) for name in names} == {
        "Google LLC": (["5493001KJTIIGC8Y1R12"], ["Q95"]),
        "Harbor GmbH": (["529900T8BM49AURSDO55"], None),
    }


DATES = {
    "2025": ["2025"], "2025-03": ["2025-03"], "2025-03-04": ["2025-03-04"], "2025-33": ["2025"], "2025-21": ["2025"],
    "2025-03~": None, "2025-03/2025-04": None,
}  # fmt: skip


@pytest.fixture
def dated(tmp_path):
    """The entities of a graph in which each of these dates is that of an incident."""
    told = enumerate(DATES)
    return entities(graph_of([breach(number=at, vendor=day, when=[("occurred", day)]) for at, day in told]), tmp_path)


def test_a_date_is_a_year_a_month_or_a_day(dated):
    told = {one["properties"]["name"][0]: one["properties"] for one in dated if one["schema"] == "Event"}
    assert {name.split()[0]: one.get("date") for name, one in told.items()} == DATES
    assert all(one["startDate"] and one["endDate"] for one in told.values())


def test_the_library_takes_every_date(dated):
    assert faults(dated) == []


def test_the_library_takes_hostile_text(build, tmp_path):
    graph = build({"t.csv": table('"=1+1 <b>\u202e \x07Birch",Alder,"a;b",2024-01-01,2025-01-01,ended')})
    found = entities(graph, tmp_path)
    assert faults(found) == []
    assert not any(char in json.dumps(found, ensure_ascii=False) for char in "\u202e\x07")
