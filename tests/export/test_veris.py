from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from documents import breach, graph_of, lines, post

import kg
from kg.extract.stix.suite import EXTENSION
from kg.model import Certainty, DateOf, RecordCount, Role
from kg.vocabulary import BKG

ONE = "00000000-0000-4000-8000-000000000001"
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


def thing(kind, **more):
    """An object of STIX."""
    when = "2026-02-03T09:00:00.000Z"
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{ONE}", "created": when, "modified": when, **more}


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


def test_who_counts_as_left_alone_is_no_victim(tmp_path):
    roles = (Role.AFFECTED_DOWNSTREAM, Role.CUSTOMER_UNAFFECTED)
    parties = [(("Birch", Role.BREACHED), ("Oak", role), ("Elm", Role.AFFECTED_DOWNSTREAM)) for role in roles]
    graph = graph_of(*([breach(*one, uses=["Oak"], when=[("occurred", "2026-02-26")])] for one in parties))
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert one["victim"]["secondary"] == {"victim_id": ["Elm"], "amount": 1}


def test_kinds_of_data_become_the_nearest_variety(build, tmp_path):
    graph = build({"a.txt": post(data="names, source code, medical records")})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    told = one["attribute"]["confidentiality"]
    assert told["data_disclosure"] == "Yes"
    assert {data["variety"] for data in told["data"]} == {"Personal", "Source code", "Medical"}


@pytest.mark.parametrize("certainty", Certainty)
def test_certainty_and_counts_come_back_as_they_are_known(tmp_path, certainty):
    proof = breach(certainty=certainty).evidence
    counts = ((10, 10, "records", certainty), (100, None, "people", certainty), (5, 9, "records", Certainty.SUSPECTED))
    made = breach(("Birch", Role.BREACHED), when=[("occurred", "2025-02")], certainty=certainty)
    told = tuple(RecordCount(*count, evidence=proof) for count in counts)
    graph = graph_of([replace(made, certainty=certainty, record_counts=told)])
    again = kg.build(graph.export("veris", tmp_path / "v.json"), tmp_path / "again.kg")
    text = """SELECT ?whole ?low ?high ?unit ?sure { ?i a bkg:Incident ; bkg:certainty ?whole ; bkg:recordCount ?c . ?c bkg:certainty ?sure
        OPTIONAL { ?c bkg:atLeast ?low } OPTIONAL { ?c bkg:atMost ?high } OPTIONAL { ?c bkg:unit ?unit } } ORDER BY ?unit ?low ?sure"""
    assert again.query(text).rows == graph.query(text).rows
    assert len(graph.query(text).rows) == 3
    assert not [line for line in lines(again) if "breachkg.counts" in line or "breachkg.certainty" in line]


def test_a_quarter_is_a_word_in_the_title_and_a_date_where_it_is_one(tmp_path):
    graph = graph_of([breach(("Birch", Role.BREACHED), when=[("occurred", "2025-33")])])
    again = kg.build(graph.export("veris", tmp_path / "v.json"), tmp_path / "again.kg")
    (node,) = [node for node in again.projection.nodes.values() if node.kind == "incident"]
    assert (node.label, node.printed("date")) == ("Birch, unknown, Q1 2025", "2025-33")


def test_names_with_semicolons_stay_one(build, tmp_path):
    graph = build({"a.txt": post(vendors=["Birch; Annotation"])})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert one["victim"]["victim_id"] == "Birch, Annotation"
    assert one["victim"]["secondary"]["victim_id"] == ["Alder Labs"]


def test_an_incident_of_no_year_is_left_out_and_counted(build, tmp_path, caplog):
    graph = build({"a.txt": post(date="unknown")})
    assert json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8")) == []
    assert caplog.messages == ["kg: left out 1 incident without a year, which VERIS demands"]


def test_of_several_days_the_incidents_own_is_told_and_all_are_read_back(build, tmp_path):
    page = (
        "<table><tr><th>Organization Name</th><th>Date(s) of Breach</th><th>Reported Date</th>"
        "<th>Number of Potentially Affected Delaware Residents</th><th>Sample of Notice</th></tr>"
        "<tr><td>Alder Health</td><td>05/29/2023, 06/03/2023</td><td>01/16/2024</td><td>600</td><td></td></tr></table>"
    )
    graph = build({"delaware.html": page})
    path = graph.export("veris", tmp_path / "v.json")
    (one,) = json.loads(path.read_text("utf-8"))
    assert one["timeline"]["incident"] == {"year": 2023, "month": 5, "day": 29}
    assert one["plus"]["breachkg"]["occurred"] == ["2023-05-29", "2023-06-03"]
    assert dated(kg.build(path, tmp_path / "again.kg")) == dated(graph)


def test_a_firms_name_with_commas_is_read_back_as_one(build, tmp_path):
    told = RECORD | {"victim": {"victim_id": "Birch", "secondary": {"victim_id": ["Alder & Elm, Cedar, Inc. Health and Dental Plan"], "amount": 1}}}  # fmt: skip
    graph = build({"a.json": json.dumps([told])})
    path = graph.export("veris", tmp_path / "v.json")
    (one,) = json.loads(path.read_text("utf-8"))
    assert one["victim"]["secondary"]["amount"] == 1
    again = kg.build(path, tmp_path / "again.kg")
    assert set(told_of(again)) == {"Alder & Elm, Cedar, Inc. Health and Dental Plan"}


@pytest.mark.parametrize(("group", "amount"), [("3 banks", 4), ("several banks", None)])
def test_secondary_victims_are_counted_where_the_size_of_every_group_is_known(build, tmp_path, group, amount):
    told = RECORD | {"victim": {"victim_id": "Birch", "secondary": {"victim_id": ["Alder", group]}}}
    (one,) = json.loads(build({"a.json": json.dumps([told])}).export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert one["victim"]["secondary"].get("amount") == amount


@pytest.mark.parametrize("amount", [2, 5])
def test_those_who_are_counted_and_not_listed_are_read_back(build, tmp_path, amount):
    secondary = {"victim_id": ["Alder Labs"], "amount": amount}
    graph = build({"a.json": json.dumps([RECORD | {"victim": {"victim_id": "Birch", "secondary": secondary}}])})
    again = kg.build(graph.export("veris", tmp_path / "v.json"), tmp_path / "again.kg")
    assert told(again, "affectsDownstream") == told(graph, "affectsDownstream")


def told_of(graph):
    """The names of those who were affected downstream."""
    return [name for _, _, name, _ in told(graph, "affectsDownstream")]


def test_the_day_of_a_notice_is_read_back(build, tmp_path):
    notice = RECORD | {"plus": {"timeline": {"notification": {"year": 2024, "month": 3}}}}
    graph = build({"a.json": json.dumps([notice])})
    again = kg.build(graph.export("veris", tmp_path / "v.json"), tmp_path / "again.kg")
    assert dated(again) == dated(graph) == {("occurred", "2024"), ("disclosed", "2024-03")}


def test_the_year_of_a_report_is_read_back_as_that(build, tmp_path):
    graph = build({"a.txt": post(date="3/2026", prose="Nothing more is known.")})
    again = kg.build(graph.export("veris", tmp_path / "v.json"), tmp_path / "again.kg")
    assert dated(again) == dated(graph)
    assert {what for what, _ in dated(again)} == {"reported"}


RECORD = {"schema_version": "1.4.1", "incident_id": "1", "security_incident": "Confirmed", "summary": "A breach.",
          "victim": {"victim_id": "Birch"}, "timeline": {"incident": {"year": 2024}}, "actor": {"unknown": {}},
          "action": {"unknown": {}}, "asset": {"assets": []}, "discovery_method": {"unknown": True}}  # fmt: skip


def dated(graph):
    """The dates of the incidents of a graph, with what they date."""
    return {(what, date) for what in DateOf for _, date in graph.store.pairs(BKG[what][1:-1])}


FLAGS = {"IsVerified": True, "IsFabricated": False, "IsSensitive": False, "IsRetired": False, "IsSpamList": False}
BREACH = FLAGS | {"Name": "Alder", "Title": "Alder", "Domain": "alder.example", "BreachDate": "2020-01-02", "PwnCount": 9,
                  "AddedDate": "2021-02-03T00:00:00Z", "ModifiedDate": "2021-02-03T00:00:00Z", "DataClasses": ["Passwords"],
                  "Description": "", "LogoPath": ""}  # fmt: skip


def disclosed(graph, path, **options):
    (one,) = json.loads(graph.export("veris", path, **options).read_text("utf-8"))
    return one["security_incident"], one["attribute"]["confidentiality"]["data_disclosure"]


@pytest.mark.parametrize("certainty", [None, ["confirmed"]])
def test_data_that_may_have_been_taken_is_potentially_disclosed(examples, tmp_path, certainty):
    graph = kg.build(examples[0] / "MER1775255558.txt", tmp_path / "g.kg")
    assert disclosed(graph, tmp_path / "v.json", certainty=certainty) == ("Confirmed", "Potentially")


def test_data_of_an_incident_that_never_was_is_not_disclosed(build, tmp_path):
    graph = build({"a.json": json.dumps([BREACH | {"IsFabricated": True}])})
    assert disclosed(graph, tmp_path / "v.json") == ("False positive", "No")


@pytest.mark.parametrize("certainty", [None, ["confirmed"]])
def test_data_that_is_denied_is_not_disclosed(build, tmp_path, certainty):
    core = {"determination": "confirmed", "incident_types": ["data-breach"],
            "confidentiality_impacts": [{"information_type": "phi", "loss_type": "none"}]}  # fmt: skip
    firm, attack = thing("identity", name="Birch"), thing("incident", name="Attack", extensions={EXTENSION: core})
    told = thing("relationship", relationship_type="impacts", source_ref=attack["id"], target_ref=firm["id"])
    graph = build({"b.json": json.dumps({"type": "bundle", "id": f"bundle--{ONE}", "objects": [firm, attack, told]})})
    assert disclosed(graph, tmp_path / "v.json", certainty=certainty) == ("Confirmed", "No")


def test_the_year_of_an_incident_of_no_known_day_is_that_of_its_report(build, tmp_path):
    graph = build({"a.txt": post(date="3/2026", prose="The company discovered the breach in December 2025.")})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert one["timeline"]["incident"] == {"year": 2026}


def test_how_many_records_and_the_days_until_discovery_are_told(build, tmp_path):
    told = {"schema_version": "1.4.1", "incident_id": "1", "security_incident": "Confirmed", "summary": "Alder lost records.",
            "victim": {"victim_id": "Alder"}, "timeline": {"incident": {"year": 2024, "month": 1, "day": 2}}, "actor": {"unknown": {}},
            "action": {"unknown": {}}, "asset": {"assets": []}, "discovery_method": {"unknown": True}, "reference": "",
            "attribute": {"confidentiality": {"data_disclosure": "Yes", "data_total": 4500}}}  # fmt: skip
    graph = build({"a.json": json.dumps([told])})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert one["attribute"]["confidentiality"]["data_total"] == 4500
    exact = {"at_least": 4500, "at_most": 4500, "unit": "records", "certainty": "confirmed"}
    assert one["plus"]["breachkg"]["counts"] == [exact]


@pytest.mark.parametrize(
    ("found", "days"), [("January 9, 2026", 7), ("January 2026", None), ("December 9, 2025", None)]
)
def test_discovery_is_told_where_both_days_are_known(build, tmp_path, found, days):
    prose = f"The attack occurred on January 2, 2026. The company discovered the breach on {found}."
    graph = build({"a.txt": post(date="3/2026", prose=prose)})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert one["plus"]["breachkg"]["occurred"] == ["2026-01-02"]
    assert one["timeline"].get("discovery") == (days and {"unit": "Days", "value": days})


def test_a_number_of_accounts_is_no_number_of_records(build, tmp_path):
    graph = build({"a.json": json.dumps([BREACH])})
    (one,) = json.loads(graph.export("veris", tmp_path / "v.json").read_text("utf-8"))
    assert "data_total" not in one["attribute"]["confidentiality"]
    (count,) = one["plus"]["breachkg"]["counts"]
    assert (count["at_least"], count["at_most"], count["unit"]) == (9, 9, "accounts")
