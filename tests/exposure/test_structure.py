from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from documents import breach, graph_of, post, table

from kg.errors import KGError, UnknownNameError
from kg.exposure.statements import Claim, Edge, Node
from kg.exposure.structure import blast_radius, harms, left_alone, paths
from kg.model import Affiliation, AffiliationKind, Certainty, Evidence, Listing, Party, Role, SupplyRelationship


@pytest.fixture
def chain(build):
    return build({"t.csv": table("A,B,,,,", "B,C,,,,", "A,C,,,,", "C,D,,,,", "D,A,,,,", "X,D,,2024-01,2025-01,ended")})


@pytest.fixture
def owned():
    """Alder uses Birch, which is a subsidiary of Cedar."""
    proof = (Evidence("words", (0, 5), "here"),)
    parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in ("Alder", "Birch", "Cedar"))
    uses = (SupplyRelationship("Alder", "Birch", evidence=proof),)
    part = (Affiliation("Birch", AffiliationKind.SUBSIDIARY, "Cedar", evidence=proof),)
    return graph_of([Listing(1, parties, uses, affiliations=part)])


def found(answer):
    return [(one.node.label, one.tier, "".join(answer.labels(one))) for one in answer.exposed]


def found_backward(graph, vendor, customer):
    return next(one for one in found(graph.blast_radius(vendor)) if one[0] == customer)


def test_tiers_are_shortest_distances_with_a_witness_path(chain):
    assert found(chain.exposure("A", 9)) == [("B", 1, "AB"), ("C", 1, "AC"), ("D", 2, "ACD")]
    assert [one.node.label for one in chain.exposure("A", 1)] == ["B", "C"]


def test_a_relationship_that_is_only_denied_leads_nowhere():
    denied = (Evidence("words", (0, 5), "here", certainty=Certainty.DENIED),)
    proof = (Evidence("words", (0, 5), "here"),)
    parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in ("Alder", "Birch", "Cedar"))
    uses = (SupplyRelationship("Alder", "Birch", evidence=denied), SupplyRelationship("Cedar", "Birch", evidence=proof))
    graph = graph_of([Listing(1, parties, uses)])
    assert found(graph.exposure("Alder")) == []
    assert [one.node.label for one in graph.blast_radius("Birch")] == ["Cedar"]
    graph = graph_of([Listing(1, parties, uses)], [breach(("Birch", Role.BREACHED))])
    along = {
        edge.certainty: word
        for edge, word in harms(graph.projection.edges, graph.projection.nodes)
        if edge.relationships
    }
    assert along == {"denied": "", "confirmed": "potential"}


def test_blast_radius_is_the_reverse(chain):
    reach = chain.blast_radius("C", 9)
    assert [(one.node.label, one.tier) for one in reach] == [("A", 1), ("B", 1), ("D", 2), ("X", 3)]
    assert reach.as_dict()["count"] == 4


def test_of_several_shortest_paths_either_end_tells_the_first_from_the_customer_on(build):
    crossing = build({"t.csv": table("A,B,,,,", "A,C,,,,", "B,E,,,,", "C,D,,,,", "D,F,,,,", "E,F,,,,")})
    assert found(crossing.exposure("A"))[-1] == ("F", 3, "ABEF")
    assert found_backward(crossing, "F", "A") == ("A", 3, "ABEF")


def test_a_path_in_a_better_state_stands_where_its_own_labels_put_it(build):
    # D is found through B, and better through C; so what E, found through B, leads to goes first.
    rows = ("A,B,,,,", "A,C,,,,", "B,D,,,,suspended", "C,D,,,,", "B,E,,,,", "D,F,,,,", "E,F,,,,")
    graph = build({"t.csv": table(*rows)})
    assert found(graph.exposure("A"))[-1] == ("F", 3, "ABEF")
    assert found_backward(graph, "F", "A") == ("A", 3, "ABEF")


def test_every_path_to_a_vendor(chain):
    answer = chain.exposure("A", 3, to="D", all_paths=True)
    assert found(answer) == [("D", 2, "ACD"), ("D", 3, "ABCD")]
    with pytest.raises(KGError, match="which"):
        chain.exposure("A", all_paths=True)


def test_validity_is_half_open(chain):
    days = {
        day: [one.node.label for one in chain.exposure("X", 1, valid_on=date.fromisoformat(day))]
        for day in ("2023-12-31", "2024-01-01", "2025-02-01")
    }
    assert days == {"2023-12-31": [], "2024-01-01": ["D"], "2025-02-01": []}


def test_a_renewed_contract_stands_as_its_term_of_the_day_does(build):
    terms = ("A,B,mail,2020-01-01,2021-01-01,ended", "A,B,mail,2022-01-01,,active")
    graph = build({"t.csv": table(*terms)})
    days = ("2020-06-01", "2021-06-01", "2024-01-01")
    told = [graph.exposure("A", valid_on=date.fromisoformat(day)).table().rows for day in days]
    at = graph.exposure("A").table().columns.index("status")
    assert [[row[at] for row in rows] for rows in told] == [["ended, until 2021-01-01"], [], ["active"]]
    assert [row[at] for row in graph.exposure("A").table().rows] == ["active"]


def test_a_moment_counts_as_its_day_and_a_text_as_none(chain):
    for day in (date(2024, 1, 1), datetime(2024, 1, 1, 12, tzinfo=UTC)):
        assert found(chain.exposure("X", 1, valid_on=day)) == [("D", 1, "XD")]
        assert [one.node.label for one in chain.blast_radius("D", 1, valid_on=day)] == ["C", "X"]
    for ask in (
        lambda: chain.exposure("X", valid_on="2024-01-01"),
        lambda: chain.exposure("A", to="D", all_paths=True, valid_on="2024-01-01"),
        lambda: chain.blast_radius("D", valid_on="2024-01-01"),
    ):
        with pytest.raises(KGError, match="'2024-01-01' is no date"):
            ask()


def test_the_last_of_some_days_is_a_day(build):
    graph = build({"p.txt": post(vendors=["Birch"], customers=["Alder"], date="2026-04-08")})
    (one,) = graph.exposure("Alder", days=1, on=datetime(2026, 4, 8, 12, tzinfo=UTC))
    assert one.node.label == "Birch"
    with pytest.raises(KGError, match="'2026-04-08' is no date"):
        graph.exposure("Alder", days=1, on="2026-04-08")


def test_what_is_followed_is_one_name_or_several_that_there_are(owned):
    assert found(owned.exposure("Alder")) == [("Birch", 1, "AlderBirch")]
    for follow in ("parent", ["parent"], ["parent", "parent"]):
        assert [one.node.label for one in owned.exposure("Alder", follow=follow)] == ["Birch", "Cedar"]
        assert len(owned.exposure("Alder", to="Cedar", all_paths=True, follow=follow)) == 1
        assert [one.node.label for one in owned.blast_radius("Cedar", follow=follow)] == ["Birch", "Alder"]
    for follow in ("brother", ["parent", "brother"]):
        with pytest.raises(KGError, match="can be followed is parent, not 'brother'"):
            owned.exposure("Alder", follow=follow)
        with pytest.raises(KGError, match="can be followed is parent, not 'brother'"):
            owned.blast_radius("Cedar", follow=follow)


def test_a_relation_that_ends_says_when(chain):
    status = [row[4] for row in chain.exposure("X", 1).table().rows]
    assert status == ["ended, until 2025-02-01"]
    assert {row[1]: row[4] for row in chain.blast_radius("D", 1).table().rows} == {
        "C": "active", "X": "ended, until 2025-02-01",
    }  # fmt: skip


@pytest.mark.parametrize("depth", [0, -1])
def test_a_depth_below_one_is_an_error(chain, depth):
    with pytest.raises(KGError, match="first tier is 1"):
        chain.exposure("A", depth)


def test_unknown_names_get_the_nearest(build):
    graph = build({"t.csv": table("Alder Labs,Birch Annotation,,,,")})
    with pytest.raises(UnknownNameError, match="did you mean Alder Labs"):
        graph.exposure("Alder Lab")


def test_names_are_found_by_label_spelling_identifier_and_iri(demo_graph):
    wanted = demo_graph.find("Mercor").iri
    for name in ("mercor", "Mercor, Inc.", "rankiteo:mercor-ai", "mercor-ai", wanted, f"<{wanted}>"):
        assert demo_graph.find(name).iri == wanted


def test_ambiguous_names_list_the_candidates(build):
    graph = build({
        "1.txt": post("DEM1700000001", vendors=["Birch"], linkid="birch-us", customers=["Alder"]),
        "2.txt": post("DEM1700000002", vendors=["Birch"], linkid="birch-uk", customers=["Oak"]),
    })  # fmt: skip
    with pytest.raises(UnknownNameError, match=r"stands for several.*birch-uk.*birch-us"):
        graph.exposure("Birch")


def test_confirmed_and_potential_are_never_mixed(build):
    graph = build({
        "1.txt": post(vendors=["Birch"], customers=["Alder"]),
        "t.csv": table("Oak,Birch,,,,", "Elm,Alder,,,,"),
    })  # fmt: skip
    told = {one.node.label: one.exposure for one in graph.blast_radius("Birch")}
    assert told == {"Alder": "confirmed", "Oak": "potential", "Elm": "potential"}
    assert [one.node.label for one in graph.blast_radius("Birch", only="confirmed")] == ["Alder"]


def test_a_hedged_post_confirms_nothing(build):
    graph = build(
        {"1.txt": post(vendors=["Birch"], customers=["Alder"], prose="The breach may have exposed customer data.")}
    )
    (one,) = graph.blast_radius("Birch")
    assert (one.exposure, one.certainty) == ("potential", "suspected")


def test_unnamed_groups_are_apart_with_their_bounds(build):
    graph = build({"1.txt": post(vendors=["Birch"], customers=["Alder", "About 800 organizations"])})
    told = graph.blast_radius("Birch").as_dict()
    assert told["count"] == 1
    assert [(one["label"], one["low"], one["high"]) for one in told["unnamed"]] == [
        ("About 800 organizations", 800, 800)
    ]


def unnamed(record, *names):
    """The record with some of its parties as groups that no document names."""
    parties = tuple(replace(one, unnamed_group=one.name in names) for one in record.parties)
    return replace(record, parties=parties)


def test_a_group_is_no_link_onward():
    told = breach(("Birch", Role.BREACHED), ("some banks", Role.OTHER), uses=["some banks"])
    onward = SupplyRelationship("Alder", "some banks", evidence=told.uses_vendor[0].evidence)
    parties = (*told.parties, Party("Alder", Role.OTHER, evidence=told.evidence))
    graph = graph_of([unnamed(replace(told, parties=parties, uses_vendor=(*told.uses_vendor, onward)), "some banks")])
    reached = graph.exposure("Alder")
    assert (found(reached), [one.node.label for one in reached.unnamed]) == ([], ["some banks"])
    assert not graph.exposure("Alder", to="Birch", all_paths=True)
    assert list(paths(graph.projection, graph.find("Alder").iri, graph.find("Birch").iri, 3)) == []
    radius = graph.blast_radius("Birch")
    assert (list(radius), [one.node.label for one in radius.unnamed]) == ([], ["some banks"])
    (group,) = radius.unnamed
    assert [one.node.label for one in blast_radius(graph.projection, group.node.iri)] == ["Alder"], "but it is a start"


def test_one_rule_says_what_is_confirmed():
    roles = {"Alder": Role.BREACHED, "Oak": Role.AFFECTED_DOWNSTREAM, "Elm": Role.OTHER}
    graph = graph_of([breach(("Birch", Role.BREACHED), *roles.items(), uses=roles)])
    told = {one.node.label: one.exposure for one in graph.blast_radius("Birch")}
    edges = {
        edge.source: word for edge, word in harms(graph.projection.edges, graph.projection.nodes) if edge.relationships
    }
    assert told == {graph.projection.nodes[iri].label: word for iri, word in edges.items()}
    assert told == {"Alder": "potential", "Oak": "confirmed", "Elm": "potential"}


def test_those_are_left_alone_whom_all_incidents_spared_at_any_tier():
    spared = breach(
        ("Birch", Role.BREACHED), ("Oak", Role.CUSTOMER_UNAFFECTED), ("Elm", Role.CUSTOMER_UNAFFECTED), uses=["Elm"]
    )
    onward = breach(uses=["Oak"], vendor="Elm", number=2)
    onward = replace(onward, parties=(*onward.parties, Party("Elm", Role.OTHER, evidence=onward.evidence)))
    for hit, expected in ((), {"Elm", "Oak"}), (("Oak",), {"Elm"}):
        again = breach(("Birch", Role.BREACHED), *((name, Role.AFFECTED_DOWNSTREAM) for name in hit), number=3)
        graph = graph_of([spared], [onward], [again])
        reached = blast_radius(graph.projection, graph.find("Birch").iri)
        assert {one.node.label for one in reached} == {"Elm", "Oak"}
        told = {(graph.projection.nodes[customer].label, vendor) for customer, vendor in left_alone(graph.projection)}
        assert told == {(name, graph.find("Birch").iri) for name in expected}
        assert {one.node.label for one in reached if one.word == "not affected"} == expected


def test_networkx_carries_types_labels_and_claims(demo_graph):
    graph = demo_graph.to_networkx()
    meta, mercor = demo_graph.find("Meta").iri, demo_graph.find("Mercor").iri
    edge = graph.edges[meta, mercor, "usesVendor"]
    assert (edge["type"], edge["status"]) == ("usesVendor", "suspended")
    assert len(demo_graph.evidence.quotes(edge["claims"])) == len(edge["claims"]) > 0
    assert graph.nodes[mercor] == {"label": "Mercor", "type": "vendor", "aliases": []}


def along_supply(*told, dates=()):
    """The word for `C usesVendor V` beside other statements, each as source, type, target and certainty."""
    edges = [Edge("C", "usesVendor", "V", (Claim("urn:0", "confirmed", "stated"),))]
    edges += [Edge(source, kind, target, (Claim("urn:1", sure, "stated"),)) for source, kind, target, sure in told]
    days = {iri: (("earliest", day), ("latest", day)) for iri, day in dict(dates).items()}
    nodes = {iri: Node(iri, "incident", iri, properties=days.get(iri, ())) for iri in "ij"}
    words = [word for _, word in harms(edges, nodes)]
    return dict(zip(["supply", *(one[0] for one in told)], words, strict=True))["supply"]


BREACH = ("i", "breached", "V", "confirmed")


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ([], ""),
        ([BREACH], "potential"),
        ([("i", "breached", "V", "denied")], ""),
        ([("i", "affectsDownstream", "V", "confirmed")], "potential"),
        ([BREACH, ("i", "affectsDownstream", "C", "confirmed")], "confirmed"),
        ([BREACH, ("i", "affectsDownstream", "C", "claimed")], "potential"),
        ([BREACH, ("i", "affectsDownstream", "C", "denied")], "potential"),
        ([("j", "affectsDownstream", "C", "confirmed"), BREACH], "potential"),
        ([BREACH, ("i", "breached", "C", "confirmed")], "potential"),
        ([("i", "breached", "V", "denied"), ("i", "affectsDownstream", "V", "confirmed"),
          ("i", "affectsDownstream", "C", "confirmed")], "potential"),
        ([("i", "affectsDownstream", "V", "confirmed"), ("i", "affectsDownstream", "C", "confirmed")], "potential"),
        ([BREACH, ("i", "customer_unaffected", "C", "confirmed")], ""),
        ([BREACH, ("j", "breached", "V", "confirmed"), ("i", "customer_unaffected", "C", "confirmed")], ""),
        ([BREACH, ("j", "customer_unaffected", "C", "confirmed")], "potential"),
        ([("i", "customer_unaffected", "C", "confirmed"), BREACH, ("j", "breached", "V", "confirmed"),
          ("j", "affectsDownstream", "C", "confirmed")], "confirmed"),
        ([("i", "customer_unaffected", "C", "confirmed"), BREACH, ("j", "breached", "V", "confirmed"),
          ("j", "affectsDownstream", "C", "denied")], ""),
    ],
)  # fmt: skip
def test_harm_along_a_supply_relationship(told, word):
    assert along_supply(*told) == word


@pytest.mark.parametrize(("sure", "word"), [("confirmed", "confirmed"), ("suspected", "potential"), ("denied", "")])
@pytest.mark.parametrize("kind", ["breached", "affectsDownstream"])
def test_harm_that_an_incident_does_itself_is_as_sure_as_it_is_told(kind, sure, word):
    edge = Edge("i", kind, "V", (Claim("urn:1", sure, "stated"),))
    assert list(harms([edge], {"i": Node("i", "incident", "i")})) == [(edge, word)]


@pytest.mark.parametrize(("kind", "word"), [("affectsDownstream", ""), ("breached", "confirmed")])
def test_an_incident_does_no_harm_to_a_customer_that_it_is_said_to_have_left_alone(kind, word):
    edge = Edge("i", kind, "C", (Claim("urn:1", "confirmed", "stated"),))
    spared = Edge("i", "customer_unaffected", "C", (Claim("urn:2", "confirmed", "stated"),))
    assert list(harms([edge, spared], {"i": Node("i", "incident", "i")})) == [(edge, word), (spared, "")]


@pytest.mark.parametrize(("day", "word"), [("2023-05-05", ""), ("2024-05-05", "potential")])
def test_harm_of_another_time_travels_to_whoever_was_spared(day, word):
    told = [BREACH, ("j", "breached", "V", "confirmed"), ("i", "customer_unaffected", "C", "confirmed")]
    assert along_supply(*told, dates={"i": "2023-01-05", "j": day}) == word
