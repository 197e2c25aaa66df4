from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from dataclasses import replace

import pytest
from documents import breach, graph_of, post, table

from kg.errors import KGError
from kg.exposure.answers import BlastRadiusAnswer, ExposureAnswer
from kg.exposure.structure import Exposed
from kg.model import Certainty, Role, SupplyRelationship


@pytest.fixture
def graph(build):
    return build({
        "p.txt": post(vendors=["Birch"], customers=["Alder", "Several banks"], prose="Alder suspended its contract with Birch."),
        "t.csv": table("Oak,Alder,desk,,,", "Alder,Elm,mail,,,"),
    })  # fmt: skip


def test_the_json_of_an_exposure(graph):
    told = graph.exposure("Oak").as_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["organization"] == {"iri": graph.find("Oak").iri, "label": "Oak"}
    alder, birch, elm = told["exposures"]
    assert [one["vendor"]["label"] for one in (alder, birch, elm)] == ["Alder", "Birch", "Elm"]
    assert [one["tier"] for one in (alder, birch, elm)] == [1, 2, 2]
    assert birch["path"] == ["Oak", "Alder", "Birch"]
    assert [(hop["customer"], hop["supplier"], hop["status"], hop["services"]) for hop in birch["hops"]] == [
        ("Oak", "Alder", "active", ["desk"]), ("Alder", "Birch", "suspended", []),
    ]  # fmt: skip
    assert (birch["status"], birch["basis"], birch["exposure"]) == ("suspended", "stated", "potential")
    (incident,) = birch["incidents"]
    assert (incident["role"], incident["earliest"], incident["latest"]) == ("breached", "2026-04-01", "2026-04-30")
    assert {data["concept"] for data in incident["data_types"]} == {"names", "credentials"}
    assert (elm["incidents"], elm["certainty"]) == ([], None)
    # Alder was itself reached by the incident at Birch.
    assert [one["role"] for one in alder["incidents"]] == ["affected_downstream"]


@pytest.mark.parametrize("answer", [ExposureAnswer, BlastRadiusAnswer])
def test_a_type_checker_knows_what_an_answer_is_of(answer):
    known = {"Iterator": Iterator, "Exposed": Exposed}
    assert typing.get_type_hints(answer.__iter__, localns=known) == {"return": Iterator[Exposed]}


def test_every_claim_of_a_result_has_a_quote(graph):
    for found in graph.exposure("Oak"):
        assert found.claims
        assert len(set(found.claims)) == len(found.claims)
        assert len(graph.evidence.quotes(found.claims)) == len(found.claims)


def test_the_json_of_a_blast_radius(graph):
    told = graph.blast_radius("Birch").as_dict()
    assert json.loads(json.dumps(told)) == told
    assert (told["vendor"]["label"], told["depth"], told["count"]) == ("Birch", 3, 2)
    assert [(one["organization"]["label"], one["tier"], one["path"], one["exposure"]) for one in told["exposed"]] == [
        ("Alder", 1, ["Alder", "Birch"], "confirmed"), ("Oak", 2, ["Oak", "Alder", "Birch"], "potential"),
    ]  # fmt: skip
    assert [(one["label"], one["low"], one["high"]) for one in told["unnamed"]] == [("Several banks", None, None)]
    assert told["unaffected"] == []


def reached(answer):
    return [found.node.label for found in answer]


def test_a_blast_radius_keeps_to_what_every_measure_keeps_to(graph):
    whole = graph.blast_radius("Birch")
    assert graph.blast_radius("Birch", exposure=None, sector=None, portfolio=None) == whole
    assert graph.blast_radius("Birch", exposure="confirmed") == graph.blast_radius("Birch", only="confirmed") != whole
    in_sector, listed = graph.blast_radius("Birch", sector="software"), graph.blast_radius("Birch", portfolio=["Oak"])
    assert (reached(in_sector), reached(listed)) == (["Alder"], ["Oak"])
    assert in_sector.unnamed == listed.unnamed == []
    assert listed.exposed[0].path == whole.exposed[1].path
    assert reached(graph.blast_radius("Birch", sector="Software", portfolio=["Oak"])) == []
    for wrong in (
        {"sector": "Mining"},
        {"portfolio": []},
        {"exposure": "maybe"},
        {"only": "maybe"},
        {"branch": "Mining"},
    ):
        with pytest.raises(KGError):
            graph.blast_radius("Birch", **wrong)


def test_tables_have_a_row_for_each(graph):
    answer = graph.exposure("Oak")
    assert len(answer) == len(answer.table()) == 3
    assert [row[0] for row in answer.table()] == [1, 2, 2]
    assert "no incident" in [row[2] for row in answer.table()]
    reach = graph.blast_radius("Birch").table()
    assert [row[1] for row in reach] == ["Alder", "Oak", "Several banks (unnamed group)"]


def test_a_status_has_the_day_of_the_contract_that_it_is_of(build):
    graph = build(
        {"t.csv": table("A,B,hosting,2020-01-01,2022-01-01,ended", "A,B,payroll,2021-01-01,2030-01-01,active")}
    )
    ((told,),) = (found.table().rows for found in [graph.exposure("A")])
    assert told[4] == "active, until 2030-01-01"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["A,B,x,2020,2025-06-30,ended", "B,C,y,2020,,active"], "ended, until 2025-06-30"),
        (["A,B,x,2020,,active", "B,C,y,2020,2025-06-30,ended"], "ended, until 2025-06-30"),
        (["A,B,x,2020,2025-06-30,ended", "B,C,y,2020,2024-06-30,ended"], "ended, until 2024-06-30"),
        (["A,B,x,2020,2025-06-30,ended", "B,C,y,2020,,ended"], "ended"),
        (["A,B,x,2020,,ended", "B,C,y,2020,,suspended"], "ended"),
        (["A,B,x,2020,,suspended", "B,C,y,2020,2030-01-01,active"], "suspended"),
        (["A,B,x,2020,2030-01-01,active", "B,C,y,2020,,active"], "active, until 2030-01-01"),
        (["A,B,x,2020,2031-01-01,active", "B,C,y,2020,2030-01-01,active"], "active, until 2030-01-01"),
        (["A,B,x,2020,,active", "B,C,y,2020,,active"], "active"),
    ],
)
def test_a_path_is_in_the_state_of_its_weakest_hop_from_both_ends(build, rows, told):
    graph = build({"t.csv": table(*rows)})
    down, up = graph.exposure("A"), graph.blast_radius("C")
    assert [row["status"] for row in down.table().dicts() if row["vendor"] == "C"] == [told]
    assert [row["status"] for row in up.table().dicts() if row["organization"] == "A"] == [told]
    plain = told.split(",")[0]
    assert [one["status"] for one in down.as_dict()["exposures"] if one["vendor"]["label"] == "C"] == [plain]
    assert [one["status"] for one in up.as_dict()["exposed"] if one["organization"]["label"] == "A"] == [plain]


def test_of_paths_of_one_length_the_one_in_the_best_state_is_told(build):
    rows = (
        "A,B,x,2020,2023-01-01,ended",
        "B,D,y,2020,,active",
        "A,C,z,2020,,active",
        "C,D,y,2020,,active",
        "D,E,y,2020,,active",
    )
    graph = build({"t.csv": table(*rows)})
    for end in "DE":
        down, up = graph.exposure("A"), graph.blast_radius(end)
        (told,) = [row for row in down.table().dicts() if row["vendor"] == end]
        assert (told["status"], told["path"][:9]) == ("active", "A > C > D")
        assert [row["status"] for row in up.table().dicts() if row["organization"] == "A"] == ["active"]


def test_whoever_was_spared_is_listed_apart():
    spared = breach(("Birch", Role.BREACHED), ("Alder", Role.AFFECTED_DOWNSTREAM), ("Oak", Role.CUSTOMER_UNAFFECTED),
                      uses=["Alder", "Oak"])  # fmt: skip
    graph = graph_of([spared])
    answer = graph.blast_radius("Birch")
    told = answer.as_dict()
    assert [one["organization"]["label"] for one in told["exposed"]] == ["Alder"]
    assert [one["organization"]["label"] for one in told["unaffected"]] == ["Oak"]
    assert told["count"] == 1
    assert len(graph.evidence.quotes(told["unaffected"][0]["claims"])) == 1
    assert graph.blast_radius("Birch", portfolio=["Alder"]).unaffected == []
    assert graph.blast_radius("Birch", portfolio=["Oak"]).unaffected == answer.unaffected
    assert [tuple(row)[:3] for row in answer.table()] == [(1, "Alder", "confirmed"), (None, "Oak", "not affected")]


def test_whoever_was_spared_by_what_came_from_elsewhere_is_listed_apart():
    roles = [("Birch", Role.BREACHED), ("Alder", Role.AFFECTED_DOWNSTREAM), ("Oak", Role.CUSTOMER_UNAFFECTED)]
    told = breach(*roles, uses=["Alder"])
    proof = told.uses_vendor[0].evidence
    further = SupplyRelationship("Oak", "Alder", evidence=proof)
    graph = graph_of([replace(told, uses_vendor=(*told.uses_vendor, further))])
    assert [tuple(row)[:3] for row in graph.blast_radius("Alder").table()] == [(None, "Oak", "not affected")]
    assert [row[2] for row in graph.exposure("Oak").table()] == ["not affected", "not affected"]


def test_whoever_was_spared_has_no_exposure_by_that_incident():
    roles = [("Birch", Role.BREACHED), ("Oak", Role.CUSTOMER_UNAFFECTED), ("Alder", Role.OTHER)]
    graph = graph_of([breach(*roles, uses=["Alder", "Oak"])])
    (dependency,) = (answer := graph.exposure("Oak"))
    assert (dependency.events, dependency.harm, dependency.certainty) == ((), (), "")
    assert [row[2] for row in answer.table()] == ["not affected"]
    (told,) = answer.as_dict()["exposures"]
    (spared,) = told["unaffected"]
    assert (told["vendor"]["label"], spared["incident"]["title"]) == ("Birch", "Birch breached")
    assert len(graph.evidence.quotes(spared["claims"])) == 1
    assert [row[2] for row in graph.exposure("Alder").table()] == ["potential"]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_whoever_was_spared_once_and_hit_by_another_incident_is_exposed(order):
    roles = {1: Role.CUSTOMER_UNAFFECTED, 2: Role.AFFECTED_DOWNSTREAM}
    graph = graph_of([breach(("Birch", Role.BREACHED), ("Oak", roles[n]), uses=["Oak"], number=n) for n in order])
    told = graph.blast_radius("Birch").as_dict()
    assert [(one["organization"]["label"], one["exposure"]) for one in told["exposed"]] == [("Oak", "confirmed")]
    assert [one["organization"]["label"] for one in told["unaffected"]] == ["Oak"]
    (found,) = graph.exposure("Oak")
    assert [event.incident.iri for event in found.events] == [edge.source for edge in found.harm]


@pytest.mark.parametrize(("day", "word"), [("2024-05", "potential"), ("2023-03", "not affected"), ("", "not affected")])
def test_whoever_was_spared_is_exposed_by_what_happened_at_another_time(day, word):
    spared = breach(
        ("Birch", Role.BREACHED), ("Oak", Role.CUSTOMER_UNAFFECTED), uses=["Oak"], when=[("occurred", "2023-01-05")]
    )
    other = breach(("Birch", Role.BREACHED), number=2, when=[("occurred", day)] if day else [])
    graph = graph_of([spared], [other])
    assert [row[2] for row in graph.exposure("Oak").table()] == [word]
    told = graph.blast_radius("Birch").as_dict()
    assert [one["exposure"] for one in told["exposed"]] == ["potential"] * (word == "potential")
    assert [one["organization"]["label"] for one in told["unaffected"]] == ["Oak"]
    assert len(graph.breach_proximity()) == len(told["exposed"])


def test_what_is_denied_exposes_nobody():
    denied = breach(
        ("Birch", Role.BREACHED), certainty=Certainty.DENIED, uses=["Oak"], when=[("occurred", "2023-05-01")]
    )
    graph = graph_of([denied])
    assert [row[2:4] for row in graph.exposure("Oak").table()] == [("no incident", "")]
    assert not graph.exposure("Oak", days=30)
    assert [one["certainty"] for one in graph.blast_radius("Birch").as_dict()["exposed"]] == [None]
    assert [row[1:4] for row in graph.blast_radius("Birch").table()] == [("Oak", "no incident", "")]


@pytest.mark.parametrize("only", [None, "confirmed", "potential"])
def test_both_answers_call_the_exposure_of_a_pair_the_same_and_keep_to_a_kind_alike(graph, only):
    names = ("Alder", "Birch", "Elm", "Oak")
    vendors = [
        (customer, row[1], *row[2:5]) for customer in names for row in graph.exposure(customer, only=only).table() if row[1] in names
    ]  # fmt: skip
    customers = [
        (row[1], vendor, *row[2:5]) for vendor in names for row in graph.blast_radius(vendor, only=only).table() if row[1] in names
    ]  # fmt: skip
    assert sorted(vendors) == sorted(customers)
    # Without an incident what may be is the most that can be said: an upper bound holds it, and tables do not call it so.
    bounds = {"confirmed": {"confirmed"}, "potential": {"potential", "no incident"}}
    assert {row[2] for row in vendors} == (bounds[only] if only else set.union(*bounds.values()))


@pytest.mark.parametrize(
    ("role", "word"), [(Role.AFFECTED_DOWNSTREAM, "confirmed"), (Role.OTHER, "potential"), (Role.CUSTOMER_UNAFFECTED, "not affected")],
)  # fmt: skip
def test_a_vendor_that_is_not_named_is_told_apart_with_what_happened_there(role, word):
    told = breach(("a supplier", Role.BREACHED), ("Oak", role), uses=["Oak"], vendor="a supplier")
    graph = graph_of([replace(told, parties=(replace(told.parties[0], unnamed_group=True), told.parties[1]))])
    answer = graph.exposure("Oak")
    assert (len(answer), list(answer), answer.as_dict()["exposures"]) == (0, [], [])
    (one,) = answer.as_dict()["unnamed"]
    assert (one["label"], one["low"], one["high"], one["tier"]) == ("a supplier", None, None, 1)
    assert one["exposure"] == ("confirmed" if word == "confirmed" else "potential")
    assert len(one["incidents"]) == (word != "not affected")
    assert len(one["unaffected"]) == (word == "not affected")
    assert [tuple(row)[1:3] for row in answer.table()] == [("a supplier (unnamed group)", word)]
    assert len(graph.exposure("Oak", only="confirmed").unnamed) == (word == "confirmed")
    assert all(not bound["breached"] for bound in graph.breach_proximity().summary.values())


def test_a_group_that_was_spared_is_not_among_the_exposed():
    told = breach(("Birch", Role.BREACHED), ("some banks", Role.CUSTOMER_UNAFFECTED), uses=["some banks"])
    group = replace(told, parties=(told.parties[0], replace(told.parties[1], unnamed_group=True)))
    answer = graph_of([group]).blast_radius("Birch").as_dict()
    assert (answer["unnamed"], [one["organization"]["label"] for one in answer["unaffected"]]) == ([], ["some banks"])


def test_pandas_is_asked_for_only_when_wanted(graph):
    pandas = pytest.importorskip("pandas", reason="pandas is optional")
    assert isinstance(graph.exposure("Oak").to_pandas(), pandas.DataFrame)


def test_without_pandas_it_says_what_to_install(graph, monkeypatch):
    import sys

    from kg.errors import MissingExtraError

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pip install pandas"):
        graph.exposure("Oak").to_pandas()


def test_quarters_and_seasons_are_told_in_words_and_given_as_they_are_known():
    days = {"Birch": "2025-33", "Cedar": "2025-21"}
    told = [breach((name, Role.BREACHED), uses=["Alder"], vendor=name, number=at, when=[("occurred", day)])
            for at, (name, day) in enumerate(days.items())]  # fmt: skip
    answer = graph_of(told).exposure("Alder")
    assert [row[5] for row in answer.table()] == ["Birch breached (Q1 2025)", "Cedar breached (spring 2025)"]
    given = [event["date"] for one in answer.as_dict()["exposures"] for event in one["incidents"]]
    assert given == list(days.values())
