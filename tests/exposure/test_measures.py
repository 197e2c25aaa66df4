"""The measures as methods of a graph: bounds, filters, names, and what they say when there is nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import networkx as nx
import numpy as np
import pytest
from documents import breach, graph_of, post, table

import kg
from kg.errors import KGError, UnknownNameError
from kg.export import export
from kg.exposure import reach
from kg.exposure.measures import Measures
from kg.exposure.rippling import BY
from kg.exposure.statements import Node
from kg.exposure.supply import RANKS
from kg.model import Certainty, Evidence, Incident, Party, Role, SupplyRelationship
from kg.store.edges import CERTAINTIES
from kg.store.layout import EDGES

ROWS = table(
    "Alder,Birch,payroll,,,", "Oak,Birch,payroll,,,", "Elm,Birch,,2024-01,2025-01,ended", "Birch,Cloudy,hosting,,,",
    "Elm,Dune,payroll,,,", "Dune,Cloudy,,,,", "Fir,Gorse,payroll,,,",
)  # fmt: skip


@pytest.fixture
def sure(build):
    return build({"t.csv": ROWS, "p.txt": post(vendors=["Birch"], customers=["Ivy", "About 800 organizations"])})


@pytest.fixture
def graph(sure):
    """The same, but the edge table says that Ivy is only suspected to use Birch."""
    rows = sure.store.edges()
    ends = [[rows.label[at] for at in (s, t)] for s, t in zip(rows.source.tolist(), rows.target.tolist(), strict=True)]
    certainty = rows.certainty.copy()
    certainty[ends.index(["Ivy", "Birch"])] = CERTAINTIES.index("suspected")
    np.save(sure.store.folder / EDGES / "certainty.npy", certainty)
    return sure


def test_a_file_keeps_what_is_suspected_apart_too():
    proof = (Evidence("words", (0, 5), "here"),)
    doubt = (Evidence("words", (0, 5), "here", certainty=Certainty.SUSPECTED),)
    parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in ("Ivy", "Oak", "Birch"))
    uses = (SupplyRelationship("Ivy", "Birch", evidence=doubt), SupplyRelationship("Oak", "Birch", evidence=proof))
    graph = graph_of([Incident("D1", "demo", 1, title="Birch breached", parties=parties, uses_vendor=uses)])
    assert told(graph.rank("customers"), "organization", "confirmed", "potential") == [("Birch", 1, 2)]


def told(answer, *columns):
    return [tuple(getattr(row[name], "label", row[name]) for name in columns) for row in answer]


def test_what_is_only_suspected_counts_for_the_upper_bound_alone(graph):
    rows = {row["organization"].label: (row["confirmed"], row["potential"]) for row in graph.rank("customers")}
    assert rows == {"Birch": (3, 4), "Cloudy": (2, 2), "Dune": (1, 1), "Gorse": (1, 1)}
    assert told(graph.rank("customers", exposure="confirmed"), "organization", "confirmed")[0] == ("Birch", 3)
    assert "confirmed" not in graph.rank("customers", exposure="potential").columns


def test_the_bounds_of_a_blast_radius_are_those_of_the_graph(graph):
    whole, certain = graph.snapshot(), graph.snapshot(exposure="confirmed")
    for row in graph.rank("blast-radius"):
        assert row["confirmed"] == len(reach.exposed(certain, row["organization"].iri))
        assert row["potential"] == len(reach.exposed(whole, row["organization"].iri))


def test_concentration_by_vendor_sector_and_function(graph):
    answer = graph.concentration()
    assert told(answer, "vendor", "confirmed", "potential")[:2] == [("Birch", 3 / 7, 0.5), ("Cloudy", 2 / 7, 0.25)]
    assert answer.summary["confirmed"]["hhi"] == pytest.approx(1e4 * (9 + 4 + 1 + 1) / 49)
    functions = graph.concentration(count="functions")
    assert told(functions, "vendor", "potential")[0] == ("Birch", 0.4)
    assert {row["organization"].label for row in graph.concentration(by="organization")} == {
        "Alder", "Oak", "Elm", "Birch", "Dune", "Fir", "Ivy",
    }  # fmt: skip
    (only,) = graph.concentration(by="sector", sector="software")
    assert (only["sector"], only["hhi_confirmed"], only["hhi_potential"]) == ("Software", None, 10_000)


def test_on_a_day_only_what_is_provided_then_counts_as_a_function(build):
    rows = ("A,B,mail,2020-01-01,2021-01-01,", "A,B,chat,2023-05-01,,", "A,C,web,2020-01-01,,", "A,C,,2019-01-01,,")
    graph = build({"t.csv": table(*rows)})
    for day in (date(2020, 6, 1), date(2022, 6, 1), date(2024, 6, 1)):
        for count in ("links", "functions"):
            now, then = (
                one.concentration(count=count, **on)
                for one, on in ((graph, {"valid_on": day}), (graph.at(valid_on=day), {}))
            )
            assert told(now, "vendor", "confirmed") == told(then, "vendor", "confirmed")
    assert told(graph.concentration(count="functions"), "vendor", "confirmed") == [("B", 2 / 3), ("C", 1 / 3)]


def test_a_portfolio_and_a_day_narrow_the_links(graph):
    assert told(graph.concentration(portfolio=["Elm"]), "vendor", "potential") == [("Birch", 0.5), ("Dune", 0.5)]
    assert told(graph.concentration(portfolio=["Elm"], valid_on=date(2025, 6, 1)), "vendor", "potential") == [
        ("Dune", 1)
    ]
    with pytest.raises(KGError, match="nothing to share out"):
        graph.concentration(portfolio=["Cloudy"])
    with pytest.raises(KGError, match="portfolio is empty"):
        graph.concentration(portfolio=[])


def test_a_moment_counts_as_its_day(graph):
    for ask in (
        lambda day: graph.concentration(valid_on=day),
        lambda day: graph.breach_proximity(days=9, on=day),
        lambda day: graph.ripple(by="window", on=day),
    ):
        assert ask(datetime(2025, 6, 1, 12, tzinfo=UTC)).as_dict() == ask(date(2025, 6, 1)).as_dict()


def test_single_points_of_failure_with_path_and_cut(graph):
    rows = {row["vendor"].label: row for row in graph.spof()}
    assert rows["Cloudy"]["sole_for_potential"] == 6
    assert rows["Cloudy"]["sole_for_confirmed"] == 5
    assert (rows["Birch"]["sole_for_potential"], rows["Birch"]["articulation_potential"]) == (3, True)
    answer = graph.spof("Elm")
    assert [(row["vendor"].label, row["tier"], [node.label for node in row["path"]]) for row in answer] == [
        ("Cloudy", 2, ["Elm", "Birch", "Cloudy"])
    ]
    assert answer.summary["potential"] == {"redundancy": 1, "minimum_vertex_cut": ["Cloudy"]}
    assert graph.spof("Cloudy").summary["potential"]["redundancy"] is None


def test_every_path_of_a_cascade_can_be_explained(graph):
    answer = graph.cascade("Cloudy", weight=0.5, runs=400, seed=2)
    rows = {row["organization"].label: row for row in answer}
    assert set(rows) == {"Alder", "Oak", "Elm", "Ivy", "Birch", "Dune"}
    assert rows["Birch"]["low"] <= 0.5 <= rows["Birch"]["high"]
    assert (rows["Ivy"]["confirmed"], rows["Ivy"]["potential"] > 0) == (0, True)
    for row in answer:
        for customer, supplier in zip(row["path"], row["path"][1:], strict=False):
            assert graph.why(customer.iri, "usesVendor", supplier.iri)
    assert answer.as_dict() == graph.cascade("Cloudy", weight=0.5, runs=400, seed=2).as_dict()
    assert {
        row["organization"].label for row in graph.cascade("Cloudy", weight="full", model="threshold", runs=50)
    } == set(rows)


def test_debtrank_and_inoperability(graph):
    ranks = told(graph.debtrank(), "vendor", "confirmed", "potential")
    assert ranks[0][0] == "Cloudy"
    one = graph.debtrank("Cloudy")
    assert one.summary["potential"]["loss"] == pytest.approx(ranks[0][2])
    levels = {row["organization"].label: row["potential"] for row in graph.inoperability("Birch")}
    assert levels == pytest.approx({"Alder": 1, "Oak": 1, "Ivy": 1, "Elm": 0.5})
    with pytest.raises(KGError, match="weight"):
        graph.debtrank(weight="half")
    with pytest.raises(KGError, match="between 0 and 1"):
        graph.debtrank(weight=2)


def test_links_weigh_what_the_graph_knows_unless_the_model_takes_shares(graph):
    told_of = {name: ask(graph) for name, ask in {
        "cascade": lambda g: g.cascade("Dune"), "debtrank": lambda g: g.debtrank("Dune"), "inoperability": lambda g: g.inoperability("Dune"),
        "whatif": lambda g: g.what_if(breach="Dune"),
    }.items()}  # fmt: skip
    assert {name: answer.parameters["weight"] for name, answer in told_of.items()} == {
        "cascade": "full", "debtrank": "full", "inoperability": "equal", "whatif": "full",
    }  # fmt: skip
    # Elm has two suppliers.
    levels = {
        name: told(told_of[name], "organization", "potential") for name in ("cascade", "debtrank", "inoperability")
    }
    assert levels == {"cascade": [("Elm", 1)], "debtrank": [("Elm", 1)], "inoperability": [("Elm", 0.5)]}
    assert told_of["whatif"].summary["potential"]["expected_spread"] == [2, 2]
    assert graph.what_if(breach="Dune", weight=0).summary["potential"]["expected_spread"] == [1, 1]
    with pytest.raises(KGError, match="sum to more than 1"):
        graph.inoperability("Cloudy", weight="full")


def test_ripples_keep_the_unnamed_beside(build):
    graph = build({
        "1.txt": post("DEM1700000001", vendors=["Birch"], customers=["Alder", "Oak", "About 800 organizations"]),
        "2.txt": post("DEM1700000002", vendors=["Dune"], customers=["Elm"], date="2/2026"),
    })  # fmt: skip
    (only,) = graph.ripple()
    assert (only["confirmed"], only["potential"], only["unnamed_low"], only["unnamed_high"]) == (2, 2, 800, 800)
    assert graph.ripple().summary["downstream_multiplier"]["named"] == 1.5
    windows = graph.ripple(by="window")
    assert windows.parameters["on"] == "2026-04-30"
    assert [(row["days"], row["low"], row["high"]) for row in windows] == [
        (30, 1, 1),
        (60, 1, 1),
        (90, 2, 2),
        (180, 2, 2),
    ]
    assert [(row["from_sector"], row["observed_potential"]) for row in graph.ripple(by="sector")] == []
    nothing = {"pairs": 0, "pairs_without_sector": 3}
    assert graph.ripple(by="sector").summary == {"confirmed": nothing, "potential": nothing}
    with pytest.raises(KGError, match="tells when it occurred"):
        graph.ripple(by="time")
    with pytest.raises(KGError, match="to a later one"):
        graph.ripple(by="time", start="reported", end="occurred")


def test_ripples_and_sectors_keep_to_a_bound(build):
    sure = {"vendors": ["Birch"], "customers": ["Alder", "Oak"]}
    graph = build({
        "1.txt": post("DEM1700000001", **sure),
        "2.txt": post("DEM1700000002", vendors=["Alder"], customers=["Oak"], prose="The breach may have exposed customer data."),
    })  # fmt: skip
    (row,) = graph.ripple(by="sector")
    assert [row[f"{name}_{bound}"] for bound in ("confirmed", "potential") for name in ("observed", "expected", "lift")] == [
        0, None, None, 1, 1, 1,
    ]  # fmt: skip
    assert graph.ripple(by="sector", exposure="confirmed").summary == {
        "confirmed": {"pairs": 0, "pairs_without_sector": 2}
    }
    assert not graph.ripple(by="sector", exposure="confirmed")
    events = graph.ripple(exposure="potential")
    assert ("potential" in events.columns, "confirmed" in events.columns) == (True, False)
    assert set(events.summary) == {"potential", "downstream_multiplier"}
    assert "confirmed" not in events.summary["downstream_multiplier"]


def test_windows_and_times_count_incidents_of_which_nobody_is_named_unless_they_keep_to_organizations():
    days = [("occurred", "2023-07-01"), ("reported", "2023-07-31")]
    named = breach(("Birch", Role.BREACHED), when=days, number=1)
    graph = graph_of([named], [breach(when=days, number=2)])

    def told(**kept):
        windows = graph.ripple(by="window", **kept)
        times = graph.ripple(by="time", **kept)
        return windows.summary["incidents"], windows.rows[0][1:], times.summary["longest"]["incidents"]

    assert told() == (2, (2, 2), 2)
    assert told(portfolio="Birch") == (1, (1, 1), 1)
    assert graph_of([breach(when=days)]).ripple(by="window").summary["incidents"] == 1


def test_what_is_denied_is_no_incident_to_count_and_sets_no_last_day():
    def told(number, certainty, month):
        days = [("occurred", f"2023-{month}-01"), ("reported", f"2023-{month}-20")]
        record = breach(("Birch", Role.BREACHED), when=days, number=number, certainty=certainty, uses=["Alder"])
        return replace(record, certainty=certainty)

    graph = graph_of([told(1, Certainty.CLAIMED, "03")], [told(2, Certainty.DENIED, "06")])
    windows, times = graph.ripple(by="window"), graph.ripple(by="time")
    assert (windows.summary["incidents"], windows.parameters["on"]) == (1, "2023-03-01")
    assert (times.summary["longest"]["incidents"], times.parameters["on"]) == (1, "2023-03-20")
    assert graph.breach_proximity(days=30).parameters["on"] == "2023-03-01"
    assert [one.node.label for one in graph.exposure("Alder", days=30)] == ["Birch"]
    with pytest.raises(KGError, match="not denied has a date"):
        graph_of([told(2, Certainty.DENIED, "06")]).breach_proximity(days=30)


def test_times_count_what_had_begun_and_ended_by_a_day():
    happened = breach(("Birch", Role.BREACHED), when=[("occurred", "2023-07"), ("reported", "2023-08-01")])
    graph = graph_of([happened])

    def told(on):
        answer = graph.ripple(by="time", on=on)
        counts = [(one["incidents"], one["censored"]) for one in answer.summary.values()]
        return counts, [(row["reading"], row["days"]) for row in answer]

    assert told(None) == ([(1, 0), (1, 0)], [("shortest", 1), ("longest", 31)])
    assert told(date(2023, 7, 31)) == ([(1, 1), (1, 1)], [])
    assert told(date(2023, 7, 10)) == ([(0, 0), (1, 1)], [])
    assert told(date(2000, 1, 1)) == ([(0, 0), (0, 0)], [])


def test_a_day_that_is_not_printed_is_no_end_that_is_to_come():
    quick = [
        breach(
            ("Birch", Role.BREACHED), number=number, when=[("occurred", "2023-01-01"), ("reported", f"2023-01-{day}")]
        )
        for number, day in ((1, "11"), (2, "21"))
    ]
    silent = breach(("Birch", Role.BREACHED), number=3, when=[("occurred", "2013-01-01")])
    graph = graph_of(*([one] for one in (*quick, silent)))
    expected = {"median_days": 10, "days_to_75_percent": 20, "incidents": 2, "censored": 0, "undated": 1}
    answer = graph.ripple(by="time")
    assert answer.summary == {"shortest": expected, "longest": expected}
    assert [row["at_risk"] for row in answer if row["reading"] == "longest"] == [2, 1]
    early = graph.ripple(by="time", on=date(2023, 1, 15)).summary["longest"]
    assert (early["incidents"], early["censored"], early["undated"]) == (2, 1, 1)
    with pytest.raises(KGError, match="has both days: occurred and disclosed"):
        graph.ripple(by="time", end="disclosed")


def test_a_portfolio_narrows_single_points_and_spread(build):
    graph = build(
        {"t.csv": table("Alder,Birch,,,,", "Oak,Birch,,,,", "Elm,Dune,,,,", "Fir,Dune,,,,", "Gorse,Holly,,,,")}
    )
    (row,) = graph.spof(portfolio=["Gorse"], exposure="potential")
    assert (row["vendor"].label, *tuple(row.values())[1:]) == ("Holly", 1, 1.0, False)
    rows = {row["vendor"].label: row["articulation_potential"] for row in graph.spof(portfolio=["Alder", "Gorse"])}
    assert rows == {"Birch": True, "Holly": False}
    spread = {name: graph.cascade("Birch", portfolio=[name]).summary["potential"] for name in ("Gorse", "Oak")}
    assert {name: (one["expected"], one["largest"]) for name, one in spread.items()} == {"Gorse": (0, 0), "Oak": (1, 1)}


def test_what_if_of_some_sums_up_these_alone(build):
    graph = build(
        {"t.csv": table("Alder,Birch,,,,", "Oak,Birch,,,,", "Elm,Dune,,,,", "Fir,Dune,,,,", "Gorse,Holly,,,,")}
    )

    def summed(**kept):
        (told,) = graph.what_if(breach="Birch", exposure="potential", **kept).summary.values()
        return told["blast_radius"], told["sole_points"], told["expected_spread"]

    assert summed() == ({"Birch": [2, 2]}, [3, 3], [3, 3])
    assert summed(portfolio=["Gorse"]) == ({"Birch": [0, 0]}, [1, 1], [0, 0])
    assert summed(portfolio=["Oak", "Gorse"]) == ({"Birch": [1, 1]}, [2, 2], [1, 1])
    (told,) = graph.what_if(remove="Holly", exposure="potential", portfolio=["Holly", "Gorse"]).summary.values()
    assert (told["blast_radius"], told["sole_points"]) == ({"Holly": [1, 0]}, [1, 0])


def test_what_if(graph):
    answer = graph.what_if(replace={"Birch": "Gorse"}, exposure="potential")
    assert {row["organization"].label for row in answer} == {"Alder", "Oak", "Elm", "Ivy"}
    assert answer.summary["potential"]["blast_radius"] == {"Birch": [4, 0], "Gorse": [1, 5]}
    assert told(graph.replacements("Birch"), "candidate", "shared_potential") == [("Gorse", 0.0), ("Dune", 1.0)]
    assert graph.overlap(["Birch"], ["Dune"]) == pytest.approx(1 / 3)
    with pytest.raises(KGError, match="what if what"):
        graph.what_if()
    with pytest.raises(KGError, match="which service"):
        graph.replacements("Elm")


def test_organizations_of_one_name_are_told_apart(build, tmp_path):
    own, other = "lei:529900T8BM49AURSDO55", "lei:5493001KJTIIGC8Y1R12"
    rows = (f"Customer,Supplier,Supplier LEI\n{who},Birch,{lei[4:]}\n" for who, lei in (("Elm", own), ("Fir", other)))
    graph = build({f"{at}.csv": text for at, text in enumerate(rows)})
    answer = graph.what_if(remove=[own, other], exposure="potential")
    assert answer.summary["potential"]["blast_radius"] == {f"Birch ({own})": [1, 0], f"Birch ({other})": [1, 0]}
    assert answer.parameters["remove"] == [f"Birch ({own})", f"Birch ({other})"]
    assert graph.what_if(replace={own: other}).parameters["replace"] == {f"Birch ({own})": f"Birch ({other})"}
    assert graph.cascade([own, other]).parameters["vendors"] == [f"Birch ({own})", f"Birch ({other})"]
    assert graph.cascade([own]).parameters["vendors"] == ["Birch"]
    listed = tmp_path / "own.csv"
    listed.write_text("Vendor\nBirch\n", "utf-8")
    (row,) = graph.portfolio(listed).table().dicts()
    assert sorted(row["candidates"].split("; ")) == [f"Birch ({own})", f"Birch ({other})"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda g: g.spof("Nobody"), lambda g: g.cascade("Nobody"), lambda g: g.debtrank(["Birch", "Nobody"]),
        lambda g: g.what_if(remove="Nobody"), lambda g: g.concentration(portfolio=["Nobody"]),
    ],
)  # fmt: skip
def test_unknown_names_are_errors(graph, ask):
    with pytest.raises(UnknownNameError, match="not in the graph"):
        ask(graph)


@pytest.mark.parametrize(
    "ask",
    [
        lambda g: g.rank("nonsense"), lambda g: g.rank("pagerank", depth=2), lambda g: g.rank("pagerank", sample=2),
        lambda g: g.rank("blast-radius", depth=0), lambda g: g.concentration(by="colour"), lambda g: g.concentration(k=0),
        lambda g: g.cascade([]), lambda g: g.cascade("Birch", model="x"), lambda g: g.ripple(by="x"),
        lambda g: g.spof("Elm", theta=0.1), lambda g: g.spof("Elm", portfolio=["Elm"]), lambda g: g.spof("Elm", sector="Software"),
        lambda g: g.ripple(on=date(2025, 1, 1)), lambda g: g.ripple(by="sector", on=date(2025, 1, 1)),
        lambda g: g.spof(follow=["parent"]), lambda g: g.rank("pagerank", follow="parent"), lambda g: g.spof(valid_on="2025-06-01"),
        lambda g: g.snapshot(valid_on="2025-06-01"), lambda g: g.breach_proximity(days=9, on="2026-04-30"), lambda g: g.ripple(by="window", on="2026-04-30"),
        lambda g: g.ripple(by="time", exposure="confirmed"), lambda g: g.concentration(sector="Nothing"), lambda g: g.concentration(exposure="sure"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said(graph, ask):
    with pytest.raises(KGError):
        ask(graph)


def test_a_file_gives_the_same_answers_as_its_store(sure, tmp_path):
    export(sure.store, "nquads", tmp_path / "g.nq")
    again = kg.open(tmp_path / "g.nq")
    for ask in (lambda g: g.rank("pagerank"), lambda g: g.spof(), lambda g: g.concentration(valid_on=date(2025, 6, 1))):
        ours, theirs = (json.loads(json.dumps(ask(one).as_dict())) for one in (sure, again))
        assert ours["rows"] == theirs["rows"]


def test_a_measure_reads_as_table_json_and_data_frame(graph):
    answer = graph.spof("Elm")
    assert answer.table().rows[0][-1] == "Elm > Birch > Cloudy"
    assert list(answer.to_pandas()["vendor"]) == ["Cloudy"]
    assert set(answer.as_dict()) == {"measure", "parameters", "summary", "rows"}
    assert "<table>" in answer._repr_html_()


LIST = "name,category,assets,spend\nMeta,x,100000,9\nCloudflare,x,1,1\n"
MEASURES = {
    "concentration": [{"by": by} for by in ("vendor", "sector", "organization")] + [{"count": "functions"}],
    "criticality_screen": [{}],
    "breach_proximity": [{}, {"days": 3000, "on": date(2026, 1, 1)}],
    "spof": [{}, {"organization": "Coop Sweden"}],
    "rank": [{"measure": name} for name in RANKS] + [{"measure": "betweenness", "sample": 5}, {"measure": "blast-radius", "value": {"Meta": 2}}],
    "cascade": [{"vendors": "Kaseya", "model": model, "runs": 50} for model in ("cascade", "threshold")],
    "debtrank": [{}, {"vendors": "Kaseya", "form": 2015}],
    "inoperability": [{"vendors": "Kaseya"}],
    "ripple": [{"by": by} | ({"start": "disclosed"} if by == "time" else {}) for by in BY],
    "what_if": [{"breach": "Okta"}, {"remove": "Okta"}, {"replace": {"Kaseya": "Snowflake"}}],
    "replacements": [{"vendor": "Okta"}],
    "portfolio": [{}],
}  # fmt: skip


def test_the_list_of_measures_is_whole():
    assert MEASURES.keys() == {
        name for name, one in vars(Measures).items() if getattr(one, "__annotations__", {}).get("return") == "Measured"
    }


@pytest.mark.parametrize("name", MEASURES)
def test_an_answer_holds_values_of_python_itself(demo_graph, tmp_path, name):
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    given = {"criticality_screen": {"organizations": path}, "portfolio": {"vendors": path, "peer": path}}.get(name, {})
    for asked in MEASURES[name]:
        for kept in ({}, {"valid_on": date(2025, 6, 1)}):
            answer = getattr(demo_graph, name)(**given, **asked, **kept)
            assert set(kinds((answer.parameters, answer.summary, answer.rows))) <= {
                bool,
                int,
                float,
                str,
                type(None),
                Node,
            }


def kinds(told):
    """The types of all that is told, in lists and by name."""
    if isinstance(told, dict):
        told = [*told, *told.values()]
    if isinstance(told, (list, tuple)):
        for one in told:
            yield from kinds(one)
    else:
        yield type(told)


def test_functions_take_the_graph_that_users_hold(demo_graph):
    graph = demo_graph.to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert reach.blast_radii(graph, 2) == {**reach.blast_radii(demo_graph.snapshot(), 2)}


def test_what_is_no_organization_is_said_to_be_what_it_is(build):
    graph = build({"p.txt": post(prose="Multiple leading AI labs also relied on Birch Annotation.")})
    ((group, *_),) = [[node for node in graph.projection.nodes.values() if node.kind == "group"]]
    for one in (graph, kg.open(graph.store.path)):
        with pytest.raises(UnknownNameError, match="of the kind group"):
            one.exposure(group.iri)
        with pytest.raises(UnknownNameError, match="of the kind incident"):
            one.exposure("Birch Annotation Breached")
        with pytest.raises(UnknownNameError, match="is not in the graph"):
            one.exposure("https://w3id.org/breachkg/id/nothing")


def test_no_depth_is_no_bound(build):
    graph = build({"t.csv": table(*(f"C{at},C{at + 1},,,," for at in range(6)))})
    assert [len(graph.exposure("C0", depth)) for depth in (None, 9, 2)] == [6, 6, 2]
    assert [len(graph.blast_radius("C6", depth)) for depth in (None, 2)] == [6, 2]
    assert len(graph.exposure("C0", None, to="C6", all_paths=True)) == 1
    assert graph.blast_radius("C6", None).as_dict()["depth"] is None


def test_a_portfolio_of_one_name_and_a_sample_that_is_none(build):
    graph = build({"t.csv": table("Alder,Birch,,,,", "Cedar,Birch,,,,")})
    answer = graph.blast_radius("Birch", portfolio="Alder")
    assert [one.node.label for one in answer] == ["Alder"]
    assert graph.breach_proximity(portfolio="Alder").parameters["portfolio"] == ["Alder"]
    for sample in (0, 9):
        with pytest.raises(KGError, match=f"sample is {sample}; there are 3"):
            graph.rank("betweenness", sample=sample)
