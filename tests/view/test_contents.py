"""What of a graph goes on its page: fields, filters, marks; and that text of a record runs nowhere on it."""

from __future__ import annotations

import dataclasses
import enum
import random
import types
import typing
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import html5rdf
import networkx as nx
import pytest
from documents import breach, graph_of, post, table

import kg.model
from kg.dates import PartialDate, parse_edtf
from kg.errors import DocumentError, KGError, UnknownNameError
from kg.evidence import Evidence
from kg.exposure.statements import ORGANIZATIONS
from kg.exposure.structure import exposure, paths
from kg.model import Document
from kg.rdf import evidence_graph
from kg.view import render
from kg.view.marks import NO_FUNCTION

ROWS = (
    "Alder Labs,Birch Annotation,labelling,2023-01-01,2024-06-01,",
    "Alder Labs,Birch Annotation,storage,2021-05,,",
    "Cedar Bank,Birch Annotation,labelling,2020,2022,",
    "Cedar Bank,Elm Cloud,,,,",
    "Birch Annotation,Fern Hosting,hosting,,,",
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contents")
    (folder / "in").mkdir()
    (folder / "in/a.txt").write_text(post(date="4/2026", prose="Alder Labs suspended its work with Birch Annotation."))
    (folder / "in/t.csv").write_text(table(*ROWS))
    return kg.build(folder / "in", folder / "s.kg", jobs=1, known_on=date(2026, 4, 20))


@pytest.fixture(scope="module")
def page(graph):
    return graph.page()


def named(page):
    return {node.label: node for node in page.nodes}


def edge(page, source, kind, target):
    at = {node.id: node.label for node in page.nodes}
    (found,) = [one for one in page.edges if (at[one.source], one.kind, at[one.target]) == (source, kind, target)]
    return found


def test_a_page_knows_whether_relations_are_left_out(graph, page):
    assert not page.part
    assert graph.page("Fern Hosting", hops=1).part
    assert not graph.page("Birch Annotation", hops=9).part
    assert graph.page(exposure="confirmed").part


def test_a_sector_is_the_label_of_the_top_of_the_scheme(page):
    assert named(page)["Alder Labs"].sector == "Information"
    assert {named(page)[name].sector for name in ("Cedar Bank", "Elm Cloud")} == {""}


@pytest.mark.parametrize(
    ("printed", "sector"),
    [("522110", "Finance and insurance"), ("Hospitals", "Health care and social assistance"), ("Basket weaving", "Basket weaving"), ("", "")],
)  # fmt: skip
def test_an_industry_by_code_by_name_and_in_words_that_no_scheme_has(printed, sector):
    party = kg.model.Party("Alder", kg.model.Role.BREACHED, industry=printed)
    graph = graph_of([kg.model.Incident("i", "", 1, parties=(party,))])
    assert named(graph.page())["Alder"].sector == sector


def test_a_node_knows_for_how_many_it_is_the_only_way(graph, page):
    told = {node.label: node.sole_for for node in page.nodes if node.sole_for}
    # Cedar Bank has another way; Alder Labs, Birch Annotation have not.
    assert told == {"Birch Annotation": 1, "Fern Hosting": 2}
    rows = {row["vendor"].label: row["sole_for_potential"] for row in graph.spof()}
    assert {name: count for name, count in rows.items() if count} == told


def test_an_incident_and_what_touches_it_have_its_first_and_last_day(page):
    (incident,) = [node for node in page.nodes if node.kind == "incident"]
    assert (incident.since, incident.until) == ("2026-04-01", "2026-04-30")
    touching = [one for one in page.edges if incident.id in (one.source, one.target)]
    assert {(one.kind, one.since, one.until, one.date) for one in touching} == {
        (kind, "2026-04-01", "2026-04-30", "2026-04") for kind in ("breached", "affectsDownstream", "exposedDataType")
    }
    assert {(node.since, node.until) for node in page.nodes if node.kind != "incident"} == {("", "")}


@pytest.mark.parametrize(
    ("customer", "supplier", "days", "printed"),
    [
        ("Cedar Bank", "Birch Annotation", ("2020-01-01", "2022-12-31"), "2020-01-01 to 2023-01-01"),
        ("Cedar Bank", "Elm Cloud", ("", ""), ""),
        # The post tells of a relationship without any dates, and the list since when there is one: before the incident.
        ("Alder Labs", "Birch Annotation", ("2021-05-01", ""), "since 2021-05-01"),
    ],
)
def test_a_relation_of_supply_has_the_days_on_which_it_holds(page, customer, supplier, days, printed):
    found = edge(page, customer, "usesVendor", supplier)
    assert ((found.since, found.until), found.date) == (days, printed)


def test_of_several_relationships_the_earliest_begin_and_the_latest_end_count(build):
    rows = (
        "A,B,x,2020-01-01,2021-01-01,",
        "A,B,y,2020-06-01,2023-01-01,",
        "A,C,x,2020-01-01,,",
        "A,C,y,2019-01-01,2020-01-01,",
    )
    page = build({"t.csv": table(*rows)}).page()
    assert [(e.since, e.until) for e in page.edges] == [("2020-01-01", "2022-12-31"), ("2019-01-01", "")]


def test_a_relation_of_supply_with_breaks_has_every_time_in_which_it_holds(build):
    rows = ("A,B,x,2020-01-01,2021-01-01,", "A,B,y,2023-05-01,,", "A,C,x,,2015-01-01,", "A,C,y,2016-01-01,2017-01-01,")
    graph = build({"t.csv": table(*rows)})
    page = graph.page()
    assert [edge(page, "A", "usesVendor", name).date for name in "BC"] == [
        "2020-01-01 to 2021-01-01; since 2023-05-01",
        "until 2015-01-01; 2016-01-01 to 2017-01-01",
    ]
    assert [(e.since, e.until) for e in page.edges] == [("2020-01-01", ""), ("", "2016-12-31")]
    for day in (date(year, month, 1) for year in range(2014, 2025) for month in (1, 5)):
        told = {
            e.target for e in page.edges
            if any((not since or since <= str(day)) and (not until or str(day) <= until) for since, until in e.spans)
        }  # fmt: skip
        assert told == {one.node.iri for one in graph.exposure("A", 1, valid_on=day)}


def test_a_day_leaves_out_what_is_not_in_force(graph):
    then = graph.page(valid_on=date(2023, 6, 1))
    assert ("Cedar Bank", "Birch Annotation") not in supplied(then)
    assert ("Cedar Bank", "Birch Annotation") in supplied(graph.page(valid_on=date(2022, 12, 31)))
    assert graph.page(valid_on=datetime(2023, 6, 1, 12, tzinfo=UTC)) == then
    with pytest.raises(KGError, match="'2023-06-01' is no date"):
        graph.page(valid_on="2023-06-01")
    assert named(then)["Birch Annotation"].sole_for == 1
    assert then.note == "Supply relationships in force on 2023-06-01."


def supplied(page):
    at = {node.id: node.label for node in page.nodes}
    return {(at[one.source], at[one.target]) for one in page.edges if one.kind == "usesVendor"}


def test_a_page_of_what_was_known_says_so(graph):
    before, after = (graph.page(as_of=date(2026, 4, day)) for day in (19, 20))
    assert graph.page(as_of=datetime(2026, 4, 20, 12, tzinfo=UTC)) == after
    assert (before.nodes, before.edges, before.note) == ((), (), "What was known on 2026-04-19.")
    assert len(after.nodes) == len(graph.page().nodes)


def test_only_one_kind_of_exposure(graph, page):
    customers = [one for one in page.edges if one.kind != "breached"]
    kinds = {kind: {one.id for one in customers if one.exposure == kind} for kind in ("confirmed", "potential", "")}
    assert all(kinds.values())
    for kind, other in (("confirmed", "potential"), ("potential", "confirmed")):
        one_kind = graph.page(exposure=kind)
        assert {one.id for one in one_kind.edges} == {one.id for one in page.edges} - kinds[other]
        assert one_kind.note == f"Only {kind} exposure of customers."
    with pytest.raises(KGError, match="confirmed or potential"):
        graph.page(exposure="maybe")


@pytest.mark.parametrize("name", ["Okta", "Snowflake", "Meta", "Anthropic"])
@pytest.mark.parametrize("kind", ["confirmed", "potential"])
def test_around_a_focus_one_kind_of_exposure_is_shown_with_the_ways_there(demo_graph, name, kind):
    page = demo_graph.page(name, hops=3, exposure=kind)
    found = [*demo_graph.blast_radius(name, 3, only=kind), *demo_graph.exposure(name, 3, only=kind)]
    exposed = [one for one in found if one.events]
    tiers = {node.id: node.tier for node in page.nodes}
    assert {one.node.iri: tiers[one.node.iri] for one in exposed} == {one.node.iri: one.tier for one in exposed}
    assert {event.incident.iri for one in exposed for event in one.events} <= tiers.keys()
    whole = demo_graph.page(name, hops=3)
    assert of_customers(page, kind) == of_customers(whole, kind)
    assert len(page.edges) < len(whole.edges) or kind == "confirmed"
    assert page.note == f"Only {kind} exposure of customers, and the ways there from {name}."


def of_customers(page, kind):
    return {(one.source, one.kind, one.target) for one in page.edges if one.exposure == kind and one.kind != "breached"}


def listing(number, customer, supplier, *, group=""):
    parties = tuple(
        kg.model.Party(name, kg.model.Role.OTHER, unnamed_group=name == group) for name in (customer, supplier)
    )
    return kg.model.Listing(number, parties, (kg.model.SupplyRelationship(customer, supplier),))


def test_a_breach_that_is_certain_is_no_confirmed_exposure_of_a_customer():
    supply = [listing(1, "Alder", "Birch"), listing(2, "Alder", "Cedar")]
    graph = graph_of([breach(("Birch", kg.model.Role.BREACHED)), *supply])
    told = {kind: set(named(graph.page("Alder", exposure=kind))) for kind in ("confirmed", "potential")}
    assert told == {"confirmed": {"Alder", "Cedar"}, "potential": {"Alder", "Birch", "Cedar", "Birch breached"}}


def random_supply(seed):
    """A few organizations that use each other at random, and incidents at some that reach others for certain, perhaps, or not at all."""
    chance, role = random.Random(seed), kg.model.Role
    names = "ABCDEFG"[: chance.randrange(3, 8)]
    certainties = (kg.model.Certainty.CONFIRMED, kg.model.Certainty.CONFIRMED, kg.model.Certainty.CLAIMED)
    pairs = [(one, two) for one in names for two in names if one != two]
    uses = chance.sample(pairs, min(len(pairs), chance.randrange(2, 11)))
    records = [listing(number, *pair, group="G") for number, pair in enumerate(uses, 10)]
    for number in range(chance.randrange(1, 4)):
        vendor, *others = chance.sample(names[:6], chance.randrange(1, min(4, len(names[:6])) + 1))
        roles = [
            (name, chance.choice((role.AFFECTED_DOWNSTREAM, role.AFFECTED_DOWNSTREAM, role.CUSTOMER_UNAFFECTED)))
            for name in others
        ]
        records.append(
            dataclasses.replace(
                breach((vendor, role.BREACHED), number=number + 2, vendor=f"{vendor}{number}"),
                parties=tuple(
                    kg.model.Party(name, told, evidence=(kg.model.Evidence("words", (0, 5), "here", certainty=chance.choice(certainties)),))
                    for name, told in ((vendor, role.BREACHED), *roles)
                ),
            )
        )  # fmt: skip
    return graph_of(records)


@pytest.mark.parametrize("seed", range(24))
def test_pages_of_a_kind_show_whom_the_answers_of_it_name_with_every_way_there(seed):
    graph = random_supply(seed)
    whole, nodes = graph.page(), graph.projection.nodes.values()
    for kind in ("confirmed", "potential"):
        page = graph.page(exposure=kind)
        # Of all: each customer that is exposed through a vendor of its own.
        through = {(source, target) for source, of, target in of_customers(page, kind) if of == "usesVendor"}
        assert through == {
            (node.iri, one.node.iri)
            for node in nodes
            for one in exposure(graph.projection, node.iri, 1)
            if one.word == kind
        }
        assert of_customers(page, kind) == of_customers(whole, kind)
        for node in nodes:
            for hops in (1, 2, 3) if node.kind in ORGANIZATIONS else ():
                check_focus(graph, node, hops, kind)


def check_focus(graph, focus, hops, kind):
    page, whole = graph.page(focus, hops=hops, exposure=kind), graph.page(focus, hops=hops)
    above, below = graph.exposure(focus, hops, only=kind), graph.blast_radius(focus, hops, only=kind)
    ups, downs = ([one for one in (*answer, *answer.unnamed) if one.events] for answer in (above, below))
    pairs = [(focus, one.node) for one in ups] + [(one.node, focus) for one in downs]
    ways = {
        (edge.source, edge.type, edge.target)
        for customer, vendor in pairs
        for way in paths(graph.projection, customer.iri, vendor.iri, hops)
        for edge in way
    }
    assert ways <= {(one.source, one.kind, one.target) for one in page.edges}
    assert of_customers(page, kind) == of_customers(whole, kind)
    # Exposure of the other kind is there only as what this one rests on, or on the way to it.
    events = {(at.edge.source, at.edge.type, at.edge.target) for one in ups + downs for at in one.events}
    walks = asked_walks(graph, pairs, hops)
    near = nx.Graph([(one.source, one.target) for one in whole.edges])
    ends = {end for source, _, target in of_customers(page, kind) | events | walks for end in (source, target)}
    leading = {
        frozenset(step)
        for end in ends & set(near)
        for way in nx.all_shortest_paths(near, focus.iri, end)
        for step in pairwise(way)
    }
    (other,) = {"confirmed", "potential"} - {kind}
    for source, of, target in of_customers(page, other) - events - walks:
        assert frozenset((source, target)) in leading, (source, of, target)


def asked_walks(graph, pairs, hops):
    """Steps on a walk of at most so many from a customer to a vendor of an answer."""
    supply = nx.DiGraph((e.source, e.target) for e in graph.projection.edges if e.type == "usesVendor")
    far = dict(nx.all_pairs_shortest_path_length(supply))
    return {
        (source, "usesVendor", target)
        for source, target in supply.edges
        for customer, vendor in pairs
        if far[customer.iri].get(source, 9) + 1 + far[target].get(vendor.iri, 9) <= hops
    }


def test_exposure_of_one_kind_between_two_that_are_equally_far_is_shown(demo_graph):
    assert "Coop Sweden" in named(demo_graph.page("Visma EssCom", hops=1, exposure="confirmed"))


@pytest.mark.parametrize(
    ("role", "certainty", "told"),
    [
        ("AFFECTED_DOWNSTREAM", "CONFIRMED", "confirmed"),
        ("AFFECTED_DOWNSTREAM", "CLAIMED", "potential"),
        ("OTHER", "CONFIRMED", "potential"),
        ("CUSTOMER_UNAFFECTED", "CONFIRMED", ""),
    ],
)
def test_harm_can_come_through_a_vendor_unless_a_document_says_that_it_did_not(role, certainty, told):
    said = (kg.model.Evidence("so it says", None, "row 1", kg.model.Certainty[certainty]),)
    sure = (kg.model.Evidence("so it says", None, "row 1"),)
    parties = (
        kg.model.Party("Alder", kg.model.Role[role], evidence=said),
        kg.model.Party("Birch", kg.model.Role.BREACHED, evidence=sure),
    )
    uses = (kg.model.SupplyRelationship("Alder", "Birch", evidence=sure),)
    page = graph_of([kg.model.Incident("i", "", 1, parties=parties, uses_vendor=uses)]).page()
    assert edge(page, "Alder", "usesVendor", "Birch").exposure == told


def test_a_tier_is_not_reached_through_an_unnamed_group_but_around_one():
    told = kg.model.Incident(
        "i", "", 1,
        parties=tuple(kg.model.Party(name, kg.model.Role.OTHER, unnamed_group=name == "labs") for name in ("A", "labs", "B")),
        uses_vendor=(kg.model.SupplyRelationship("A", "labs"), kg.model.SupplyRelationship("labs", "B")),
    )  # fmt: skip
    graph = graph_of([told])
    assert {node.label: node.tier for node in graph.page("A").nodes if node.kind != "incident"} == {
        "A": 0,
        "labs": 1,
        "B": None,
    }


def test_a_tier_is_not_reached_by_a_relationship_that_is_only_denied():
    doubt = (kg.model.Evidence("words", (0, 5), "here", certainty=kg.model.Certainty.DENIED),)
    told = kg.model.Incident(
        "i", "", 1,
        parties=tuple(kg.model.Party(name, kg.model.Role.OTHER) for name in "ABC"),
        uses_vendor=(kg.model.SupplyRelationship("A", "B", evidence=doubt), kg.model.SupplyRelationship("A", "C")),
    )  # fmt: skip
    tiers = {node.label: node.tier for node in graph_of([told]).page("A").nodes if node.kind != "incident"}
    assert tiers == {"A": 0, "B": None, "C": 1}


def test_a_node_knows_the_vendors_whose_incidents_left_it_alone():
    roles = {"Birch": kg.model.Role.BREACHED, "Oak": kg.model.Role.CUSTOMER_UNAFFECTED, "Elm": kg.model.Role.OTHER}
    graph = graph_of([kg.model.Incident("i", "", 1, parties=tuple(map(kg.model.Party, roles, roles.values())))])
    told = {node.label: node.left_alone_by for node in graph.page().nodes if node.left_alone_by}
    assert told == {"Oak": (graph.find("Birch").iri,)}


def test_hops_and_tiers_around_a_focus(graph):
    near = graph.page("Fern Hosting", hops=1)
    assert {node.label: node.tier for node in near.nodes} == {"Fern Hosting": 0, "Birch Annotation": 1}
    far = named(graph.page("Fern Hosting", hops=9))
    assert (far["Cedar Bank"].tier, far["Elm Cloud"].tier) == (2, None)
    assert [node.label for node in graph.page("Fern Hosting", hops=0).nodes] == ["Fern Hosting"]


@pytest.mark.parametrize("count", [9, 0, -1, 1001])
def test_how_many_nodes_can_be_drawn_at_once(graph, count):
    with pytest.raises(KGError, match="between 10 and 1,000"):
        graph.page(max_nodes=count)


@pytest.mark.parametrize("count", [10, 1000])
def test_a_page_keeps_how_many_nodes_are_drawn(graph, count):
    assert graph.page(max_nodes=count).max_nodes == count


def test_hops_are_not_negative_and_an_unknown_focus_has_neighbours_in_spelling(graph):
    with pytest.raises(KGError, match="negative"):
        graph.page(hops=-1)
    with pytest.raises(UnknownNameError, match="did you mean Alder Labs"):
        graph.page("Alder Lab")


@pytest.fixture
def listed(tmp_path):
    def written(*rows):
        path = tmp_path / "ours.csv"
        path.write_text("\n".join(["vendor,function", *rows, ""]), encoding="utf-8")
        return path

    return written


def test_vendors_of_the_portfolio_are_marked_with_their_function(graph, listed):
    ours = listed("Birch Annotation,labelling", "birch annotation,training", "Elm Cloud,", "Elm Cloudd,x", "Nobody,y")
    page = graph.page(portfolio=ours)
    assert {node.label: node.portfolio for node in page.nodes if node.portfolio} == {
        "Birch Annotation": "labelling; training", "Elm Cloud": NO_FUNCTION,
    }  # fmt: skip
    assert page.note == (
        "Not shown of the portfolio: row 4: 'Elm Cloudd' is not certainly any organization of the graph; "
        "it may be Elm Cloud; row 5: 'Nobody' is not in the graph."
    )
    assert graph.page(portfolio=graph.marks(ours)) == page


def test_a_portfolio_brings_nobody_nearer(graph, listed):
    page = graph.page("Fern Hosting", hops=1, portfolio=listed("Elm Cloud,x", "Birch Annotation,y"))
    assert {node.label for node in page.nodes} == {"Fern Hosting", "Birch Annotation"}
    assert page.note == "Vendors of the portfolio that are not within 1 steps of Fern Hosting: 1."


def test_rows_that_name_no_vendor_are_told_and_a_list_without_vendors_is_an_error(graph, listed, tmp_path):
    assert graph.marks(listed("Elm Cloud,x", ",y")).lost == ("row 2: names no vendor",)
    (tmp_path / "bad.csv").write_text("when,where\n1,2\n")
    with pytest.raises(DocumentError, match="no column names the vendors"):
        graph.page(portfolio=tmp_path / "bad.csv")


def test_claims_read_in_one_pass_are_those_that_are_looked_up(demo_graph):
    edges = [one for one in demo_graph.projection.edges if one.claims]
    each, ahead = Evidence(demo_graph.store), Evidence(demo_graph.store)
    ahead.read_ahead({claim.iri: (one.source, claim.certainty, claim.basis) for one in edges for claim in one.claims})
    assert len(ahead._read) == sum(len(one.claims) for one in edges) > 100
    for one in edges:
        claims = [claim.iri for claim in one.claims]
        assert ahead.quotes(claims) == each.quotes(claims)


def test_a_claim_that_only_the_canonical_graph_tells_is_looked_up(tmp_path, demo_graph):
    from kg.export import export

    export(demo_graph.store, "turtle", tmp_path / "canonical.ttl")
    alone = kg.open(tmp_path / "canonical.ttl")
    quoted = [
        {one.id: sorted(q.text for q in one.quotes) for one in graph.page().edges} for graph in (alone, demo_graph)
    ]
    assert quoted[0] == quoted[1]


# ----- the hostile record: every text that a record can hold is an attack -----

ATTACKS = (
    "</script><script>ran(1)</script>",
    '" onmouseover="ran(2)" x="',
    "<img src=x onerror=ran(3)>",
    "\u202eevil\u2066\u200f<b>",
    "javascript:ran(4)",
    "=cmd|' /C calc'!A0",
    "__proto__",
    "]]><svg onload=ran(5)>{{7*7}}-->",
)
CLOSED = {
    "Action.action": "",
    "Assessment.scale": "rankiteo-severity",
    "DataExposure.concept": "",
    "DataExposure.sensitivity": "",
    "Impact.kind": "other",
    "IncidentType.concept": "other",
    "Origin.graph": "https://w3id.org/breachkg/id/graph/0123456789abcdef0123",
    "Source.type": "",
}
"""Texts that must be a concept of a scheme, or a graph; what is none is refused with its record, see the test."""
NAMES = {"customer": " A", "party": " A", "supplier": " B", "other": " B", "actor": " A", "target": " B", "on": " A", "owner": " A", "about": " B"}  # fmt: skip
"""Texts that name a party of the record, and the ending of its name."""
MODEL = [one for one in vars(kg.model).values() if dataclasses.is_dataclass(one)]


def texts():
    """Every field of the model that holds text, as Class.field, but those of documents and of defects."""
    for one in MODEL:
        if one.__name__ not in {"Document", "Defect"}:
            hints = typing.get_type_hints(one, vars(kg.model) | {"PartialDate": PartialDate})
            yield from (f"{one.__name__}.{name}" for name, hint in hints.items() if hint in (str, tuple[str, ...]))


class Filler:
    """Makes records in which every text is an attack, but where the text is one of a scheme; or that of one field too."""

    def __init__(self, attack, closed=CLOSED):
        self.attack, self.closed = attack, closed

    def record(self, kind, **given):
        hints = typing.get_type_hints(kind, vars(kg.model) | {"PartialDate": PartialDate})
        fields = [field.name for field in dataclasses.fields(kind) if field.name not in given]
        return kind(**given, **{name: self.value(f"{kind.__name__}.{name}", hints[name]) for name in fields})

    def value(self, where, hint):
        name = where.partition(".")[2]
        if hint is str:
            return self.closed[where] if where in self.closed else self.attack + NAMES.get(name, "")
        if isinstance(hint, type) and issubclass(hint, enum.Enum):
            return next(iter(hint))
        if hint == tuple[kg.model.Party, ...]:
            roles = kg.model.Role
            return tuple(
                self.record(kg.model.Party, name=f"{self.attack} {letter}", role=role, unnamed_group=role is roles.OTHER)
                for letter, role in zip("ABCDE", (roles.AFFECTED_DOWNSTREAM, roles.BREACHED, roles.ATTACKER, roles.OTHER, roles.REGULATOR), strict=True)
            )  # fmt: skip
        if typing.get_origin(hint) is tuple and typing.get_args(hint)[-1] is Ellipsis:
            inner = typing.get_args(hint)[0]
            # An identifier has a scheme: "scheme:value".
            return (f"{self.attack}:x", f"x:{self.attack}") if inner is str else (self.value(where, inner),)
        if typing.get_origin(hint) is types.UnionType or typing.get_origin(hint) is typing.Union:
            return self.value(where, next(one for one in typing.get_args(hint) if one is not type(None)))
        if dataclasses.is_dataclass(hint) and hint is not PartialDate:
            return self.record(hint)
        known = {
            bool: True,
            int: 1,
            Decimal: Decimal(1),
            PartialDate: parse_edtf("2024-03"),
            kg.model.Span: (0, 3),
            tuple[int | None, int | None]: (1, 2),
        }
        assert hint in known, f"the hostile record does not know how to fill {where}: {hint}; teach it"
        return known[hint]

    def records(self, number=1):
        incident = self.record(kg.model.Incident, number=number)
        return [incident, self.record(kg.model.Listing, number=number + 1)]


def refused(records):
    return [defect.reason for defect in evidence_graph(Document("d", "", "0"), "demo", "1", records).defects]


def test_the_model_has_more_texts_than_a_few():
    assert set(CLOSED) < set(texts())
    assert {"Party.name", "Evidence.quote", "Source.url", "Note.key", "Incident.identifiers"} < set(texts())


@pytest.mark.parametrize("where", sorted(CLOSED))
def test_a_text_that_no_scheme_has_is_refused_with_its_record(where):
    closed = {name: word for name, word in CLOSED.items() if name != where}
    assert refused(Filler(ATTACKS[0], closed).records())


@pytest.fixture(scope="module")
def hostile_records():
    return [Filler(attack).records() for attack in ATTACKS]


@pytest.fixture(scope="module")
def hostile_store(hostile_records):
    assert [refused(records) for records in hostile_records] == [[]] * len(ATTACKS)
    return graph_of(*hostile_records)


def test_nothing_of_a_hostile_record_is_an_element_or_a_handler(hostile_store):
    page = hostile_store.page(title=ATTACKS[0])
    assert len(page.edges) > 6 * len(ATTACKS)
    tree = html5rdf.parse(render(page), treebuilder="etree", namespaceHTMLElements=False)
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    tags = [one.tag for one in elements]
    assert len([tag for tag in tags if tag == "script"]) == 3
    assert not {"img", "iframe", "object", "embed", "base"} & set(tags)
    assert not any(
        "ran(" in "".join(one.itertext()) for one in elements if one.tag == "script" and one.get("type") is None
    )
    for one in elements:
        for name, value in one.attrib.items():
            assert not name.startswith("on"), (one.tag, name)
            assert name not in {"src", "srcdoc", "action", "formaction"}, (one.tag, name)
            if name == "href":
                assert value.startswith(("https://", "http://", "data:,", "#")), value


def test_a_hostile_graph_is_searched_and_marked_like_any_other(hostile_store):
    for attack in ATTACKS:
        assert hostile_store.page(f"{attack} A", hops=1).focus
