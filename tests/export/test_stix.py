from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
import stix2
from documents import breach, graph_of, post, table

import kg
from kg.model import Affiliation, AffiliationKind, Certainty, IncidentType, Listing, Party, Role, SupplyRelationship
from kg.vocabulary import concepts

CONFIDENCES = {"confirmed": 95, "suspected": 50, "claimed": 30, "denied": 0}


@pytest.fixture(scope="module")
def bundle(demo_graph, tmp_path_factory):
    return demo_graph.export("stix", tmp_path_factory.mktemp("stix") / "b.json")


def told(graph):
    """What is said between parties, of what kinds of data, and how surely."""
    labels = {iri: node.label for iri, node in graph.projection.nodes.items()}
    return Counter(
        (labels[e.source], e.type, labels[e.target], e.certainty)
        for e in graph.projection.edges
        if e.type not in {"citesSource", "firstReportedBy"}
    )


def valid(path):
    """Whether the OASIS schemas and the mandatory rules of the specification hold; and what does not."""
    from stix2validator import ValidationOptions, validate_string  # takes a second

    found = validate_string(path.read_text("utf-8"), ValidationOptions(version="2.1"))
    return found.is_valid, list(map(str, found.errors))


def test_the_oasis_schemas_hold(bundle):
    assert valid(bundle) == (True, [])


def test_the_library_reads_it(bundle):
    read = stix2.parse(bundle.read_text("utf-8"), allow_custom=True)
    assert Counter(one["type"] for one in read.objects)["incident"] == 8
    assert len({one["id"] for one in read.objects}) == len(read.objects)


def test_the_extractor_reads_the_same_facts_back(bundle, demo_graph, tmp_path):
    again = kg.build(bundle, tmp_path / "again.kg")
    assert again.report.quarantined == 0
    assert told(again) == told(demo_graph)
    dates = [
        {
            node.label: dict(node.properties)["certainty"]
            for node in graph.projection.nodes.values()
            if node.kind == "incident"
        }
        for graph in (again, demo_graph)
    ]
    assert dates[0] == dates[1]
    exposures = [
        {graph.projection.nodes[i].label: len(x) for i, x in graph.projection.exposed.items()}
        for graph in (again, demo_graph)
    ]
    assert exposures[0].keys() == exposures[1].keys()


def days(graph):
    """The dates of each incident, as printed, and which of them is its date."""
    text = """SELECT ?title ?what ?day {
        ?i a bkg:Incident ; rdfs:label ?title ; ?what ?day FILTER (?what IN (bkg:occurred, bkg:discovered, bkg:disclosed, bkg:reported, dct:date))
    } ORDER BY ?title ?what ?day"""
    return [tuple(map(str, row)) for row in graph.query(text).rows]


def veris(name, victim, when):
    """An incident that is not said to have been reported on any day."""
    return {
        "incident_id": name,
        "source_id": "vcdb",
        "security_incident": "Confirmed",
        "victim": {"victim_id": victim},
        "actor": {"external": {"variety": ["Unknown"]}},
        "action": {"hacking": {"variety": ["Unknown"]}},
        "timeline": {"incident": when},
    }


def test_no_date_is_made_up(bundle, demo_graph, tmp_path, build):
    """STIX wants a day for every object; what has none, or a month, is read back without, or with the month."""
    graph = build(
        {
            "month.txt": post(date="4/2026"),
            "year.txt": post("DEM1700000009", title="Cedar Breached", date="2025"),
            "happened.json": json.dumps([veris("1", "Birch", {"year": 2020, "month": 3}), veris("2", "Fir", {})]),
        }
    )
    path = graph.export("stix", tmp_path / "b.json")
    assert valid(path) == (True, [])
    assert "1970-01-01" in path.read_text("utf-8")
    again = kg.build(path, tmp_path / "again.kg")
    assert days(again) == days(graph)
    assert days(kg.build(bundle, tmp_path / "demo.kg")) == days(demo_graph) != []


def test_every_date_comes_back_as_it_is_known(tmp_path):
    told = (
        [("occurred", "2024-03~"), ("discovered", "2024-05-01"), ("disclosed", "2024-06-02")],
        [("occurred", "2023-01/.."), ("discovered", "2023-02")],
        [("occurred", "../2022-07")],
        [("occurred", "2021-21")],
        [("occurred", "2020-03/2020-05")],
        [("occurred", "2019"), ("occurred", "2019-05-01"), ("reported", "2019-06"), ("reported", "2019-07-01")],
        [("occurred", "2020-11-08"), ("occurred", "2020-10-20")],
        [("reported", "2018-02"), ("reported", "2017/2018")],
    )
    graph = graph_of(
        [breach(("Birch", Role.BREACHED), number=at, vendor=f"Birch {at}", when=when) for at, when in enumerate(told)]
    )
    path = graph.export("stix", tmp_path / "b.json")
    assert valid(path) == (True, [])
    assert days(kg.build(path, tmp_path / "again.kg")) == days(graph)


def test_confidence_is_the_certainty(bundle, demo_graph):
    objects = json.loads(bundle.read_text("utf-8"))["objects"]
    found = Counter(one["confidence"] for one in objects if one["type"] == "relationship")
    edges = [
        e for e in demo_graph.projection.edges if e.type not in {"citesSource", "firstReportedBy", "exposedDataType"}
    ]
    assert found == Counter(CONFIDENCES[edge.certainty] for edge in edges)


def test_roles_days_and_hostile_text(tmp_path, build):
    hostile = "</script>\u202e \x07 =1+1"
    graph = build(
        {
            "a.txt": post(vendors=[f"Birch {hostile}"], customers=["Alder Labs"], date="2026-02-03"),
            "t.csv": table("Fir,Gum,mail,2024-01-01,2025-01-01,ended"),
        }
    )
    path = graph.export("stix", tmp_path / "b.json")
    assert valid(path) == (True, [])
    objects = json.loads(path.read_text("utf-8"))["objects"]
    (uses,) = [one for one in objects if one.get("start_time")]
    assert (uses["relationship_type"], uses["start_time"][:10], uses["stop_time"][:10]) == (
        "uses",
        "2024-01-01",
        "2025-01-01",
    )
    assert told(kg.build(path, tmp_path / "again.kg")).keys() == told(graph).keys()


def test_what_happened_to_whom_is_taken_as_it_is_said(tmp_path):
    both = (("Birch", Role.BREACHED), ("Alder", Role.BREACHED))
    fir = breach(("Fir", Role.BREACHED), number=2, vendor="Fir", certainty=Certainty.DENIED)
    graph = graph_of([breach(*both, uses=["Alder"]), replace(fir, certainty=Certainty.DENIED)])
    again = kg.build(graph.export("stix", tmp_path / "b.json"), tmp_path / "again.kg")
    assert told(again) == told(graph)
    assert {(label, kind) for label, kind, _, _ in told(again)} >= {("Fir breached", "breached")}


@pytest.mark.parametrize("only", [None, ["confirmed"]])
def test_who_counts_as_left_alone_comes_back_as_that(tmp_path, only):
    roles = (Role.AFFECTED_DOWNSTREAM, Role.CUSTOMER_UNAFFECTED)
    graph = graph_of(*([breach(("Birch", Role.BREACHED), ("Oak", role), uses=["Oak"])] for role in roles))
    path = graph.export("stix", tmp_path / "b.json", certainty=only)
    assert "affects-downstream" not in path.read_text("utf-8")
    again = kg.build(path, tmp_path / "again.kg")
    kinds = {kind for _, kind, label, _ in told(again) if label == "Oak"}
    assert kinds == {"customer_unaffected"}
    assert [row[2] for row in again.exposure("Oak").table()] == ["not affected"]


def test_types_come_back_and_no_others(tmp_path):
    slugs = sorted(concepts("incident-type"))
    graph = graph_of(
        [
            replace(
                breach(number=at, vendor=slug, when=[("occurred", "2024-03-01")]), types=(IncidentType(slug, slug),)
            )
            for at, slug in enumerate(slugs)
        ]
    )
    again = kg.build(graph.export("stix", tmp_path / "b.json"), tmp_path / "again.kg")
    found = [
        (node.label, value)
        for node in again.projection.nodes.values()
        for name, value in node.properties
        if node.kind == "incident" and name == "type"
    ]
    assert sorted(found) == [(f"{slug} breached", slug) for slug in slugs]


def test_domains_are_read_back(tmp_path):
    party = Party("Birch", Role.BREACHED, identifiers=("domain:birch.example.com", "lei:5493001KJTIIGC8Y1R12"))
    graph = graph_of([replace(breach(), parties=(party,))])
    again = kg.build(graph.export("stix", tmp_path / "b.json"), tmp_path / "again.kg")
    (node,) = [node for node in again.projection.nodes.values() if node.label == "Birch"]
    assert set(node.identifiers) == set(party.identifiers)


def test_what_is_only_claimed_stays_a_claim(tmp_path, build):
    listed = [{"post_title": "Birch Ltd", "group_name": "gang", "discovered": "2024-02-03 10:00:00.000000"}]
    graph = build({"leaks.json": json.dumps(listed)}, input_format="leak-site")
    path = graph.export("stix", tmp_path / "b.json")
    assert valid(path) == (True, [])
    again = kg.build(path, tmp_path / "again.kg")
    (edge,) = again.projection.forward["breached"].popitem()[1]
    assert edge.certainty == "claimed"


@pytest.mark.parametrize("one", [one for one in Certainty if one != Certainty.DENIED])
@pytest.mark.parametrize("whole", Certainty)
def test_what_is_said_of_an_incident_comes_back_as_sure_as_it_is(tmp_path, whole, one):
    sure = replace(breach().evidence[0], certainty=one)
    told_of = (("Birch", Role.BREACHED), ("Alder", Role.AFFECTED_DOWNSTREAM), ("Gull", Role.ATTACKER))
    made = breach(*told_of, uses=["Alder"], certainty=one)
    uses = tuple(replace(used, evidence=(sure,)) for used in made.uses_vendor)
    graph = graph_of([replace(made, certainty=whole, uses_vendor=uses)])
    again = kg.build(graph.export("stix", tmp_path / "b.json"), tmp_path / "again.kg")
    assert told(again) == told(graph)
    assert {certainty for *_, certainty in told(again)} == {one}


@pytest.mark.parametrize("one", [one for one in Certainty if one != Certainty.DENIED])
def test_what_is_said_outside_incidents_comes_back_as_sure_as_it_is(tmp_path, one):
    proof = (replace(breach().evidence[0], certainty=one),)
    ends = tuple(Party(name, Role.OTHER, evidence=proof) for name in ("Alder", "Birch", "Cedar"))
    uses = (SupplyRelationship("Alder", "Birch", evidence=proof),)
    belongs = (Affiliation("Alder", AffiliationKind.SUBSIDIARY, "Cedar", proof),)
    graph = graph_of([Listing(1, ends, uses, affiliations=belongs)])
    again = kg.build(graph.export("stix", tmp_path / "b.json"), tmp_path / "again.kg")
    assert told(again) == told(graph)
    assert {certainty for *_, certainty in told(again)} == {one}


def standing(graph):
    """What statements rest on, and the state and services of supply."""
    labels = {iri: node.label for iri, node in graph.projection.nodes.items()}
    return {
        (labels[e.source], e.type, labels[e.target]): (e.basis, e.status, {r.service for r in e.relationships} - {""})
        for e in graph.projection.edges
    }


def numbers(graph):
    """The incidents, with the feeds and the numbers that these have for them."""
    text = "SELECT ?i ?feed ?id { ?i a bkg:Incident ; dct:identifier ?id OPTIONAL { ?i bkg:feed ?feed } } ORDER BY ?i"
    return [tuple(map(str, row)) for row in graph.query(text).rows]


def noted(graph):
    """The keys of all notes, which documents have."""
    return {str(row[0]) for row in graph.query("SELECT DISTINCT ?key { GRAPH ?g { ?note bkg:key ?key } }").rows}


def test_incidents_are_those_of_their_feeds_again(bundle, demo_graph, tmp_path, build):
    assert numbers(kg.build(bundle, tmp_path / "demo.kg")) == numbers(demo_graph)
    beside = build({"a.txt": post(), "b.json": json.dumps([veris("1", "Birch", {"year": 2020})])})
    before = numbers(beside)
    assert {feed for _, feed, _ in before} == {"rankiteo", "vcdb"}
    path = beside.export("stix", tmp_path / "b.json")
    assert valid(path) == (True, [])
    again = kg.build(path, beside.store.path)
    assert numbers(again) == before
    assert not any(key.startswith("external_references") for key in noted(again))


def test_an_incident_that_no_feed_numbers_is_one_in_two_bundles(tmp_path, build):
    told = {name: value for name, value in veris("VI-1", "Birch", {"year": 2020}).items() if name != "source_id"}
    (tmp_path / "in").mkdir()
    build({"b.json": json.dumps([told])}).export("stix", tmp_path / "in" / "1.json")
    build({"t.csv": table("Alder,Birch,,,,")}).export("stix", tmp_path / "in" / "2.json")
    again = kg.build(tmp_path / "in", tmp_path / "again.kg")
    assert len(numbers(again)) == 1
    # Its number identifies it nowhere else, and is not lost.
    assert "external_references[0].external_id" in noted(again)


def test_states_services_bases_and_sources_are_read_back(bundle, demo_graph, tmp_path, build):
    rows = ("Alder Labs,Birch Cloud,hosting,,,suspended", "Alder Labs,Cedar Mail,mail,,,ended",
            "Alder Labs,Cedar Mail,backup,,,ended")  # fmt: skip
    graph = build({"t.csv": table(*rows)})
    path = graph.export("stix", tmp_path / "b.json")
    assert valid(path) == (True, [])
    assert standing(kg.build(path, tmp_path / "again.kg")) == standing(graph)
    whole = standing(demo_graph)
    assert {basis for basis, _, _ in whole.values()} >= {"implied", "stated"}
    assert {kind for _, kind, _ in whole} >= {"citesSource", "firstReportedBy"}
    assert standing(kg.build(bundle, tmp_path / "demo.kg")) == whole


def test_what_is_suspected_is_no_claim_for_its_title(tmp_path, build):
    told = "Birch may have been breached."
    graph = build({"a.txt": post(title="Birch Allegedly Breached", prose=told, vendors=["Birch"])})
    stix = json.loads(graph.export("stix", tmp_path / "b.json").read_text("utf-8"))
    (attack,) = [one for one in stix["objects"] if one["type"] == "incident"]
    attack |= {"confidence": 50, "labels": []}
    attack["extensions"]["extension-definition--ef765651-680c-498d-9894-99799f2fa126"]["determination"] = "suspected"
    for references, certainty in ((attack["external_references"], "suspected"), ([], "claimed")):
        attack["external_references"] = references
        (tmp_path / "changed.json").write_text(json.dumps(stix), "utf-8")
        again = kg.build(tmp_path / "changed.json", tmp_path / f"{certainty}.kg")
        (node,) = [node for node in again.projection.nodes.values() if node.kind == "incident"]
        assert dict(node.properties)["certainty"] == certainty


def test_a_bundle_of_nothing_is_none_of_a_list(tmp_path, build):
    path = build({"a.txt": post()}).export("stix", tmp_path / "b.json", certainty=["denied"])
    assert json.loads(path.read_text("utf-8")).keys() == {"type", "id"}
    assert valid(path) == (True, [])
    again = kg.build(path, tmp_path / "again.kg")
    assert (again.report.quarantined, again.projection.edges) == (0, [])
