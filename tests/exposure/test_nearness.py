"""Breach proximity: the nearest breached vendor, in a window, for both bounds; and how soon receivers were known."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest
from documents import breach, graph_of, post, table
from randomized import graphs

from kg.errors import KGError
from kg.exposure import exposed_share, nearest_breached
from kg.model import Certainty, Role


def told(answer, *columns):
    return [tuple(getattr(row[name], "label", row[name]) for name in columns) for row in answer]


def test_the_nearest_is_that_of_networkx():
    met = 0
    for graph in graphs(120):
        breached = sorted(graph)[:: max(1, len(graph) // 3)]
        for depth in (1, 2, None):
            found = nearest_breached(graph, breached, None, depth)
            for node in graph:
                steps = nx.single_source_shortest_path_length(graph, node, depth)
                wanted = min((steps[one] for one in breached if one in steps and one != node), default=None)
                path = found.get(node)
                assert (len(path) - 1 if path else None) == wanted
                if path:
                    assert path[0] == node
                    assert nx.is_path(graph, path)
                    assert path[-1] in breached
                    met += 1
            assert exposed_share(graph, breached, graph, depth) == len(found) / len(graph)
    assert met > 500


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    import kg

    folder = tmp_path_factory.mktemp("near")
    (folder / "t.csv").write_text(table("Ash,Birch,,,,", "Elm,Ash,,,,", "Fir,Elm,,,,", "Gorse,Holly,,,,"), "utf-8")
    (folder / "1.txt").write_text(post("DEM1700000001", vendors=["Birch"], customers=["Oak"], date="4/2026"), "utf-8")
    (folder / "2.txt").write_text(post("DEM1700000002", vendors=["Holly"], customers=[], date="1/2025"), "utf-8")
    return kg.build([folder], into=folder / "g.kg")


def test_tiers_vendor_incident_and_share(graph):
    answer = graph.breach_proximity()
    assert told(answer, "organization", "tier_confirmed", "tier_potential", "vendor") == [
        ("Ash", 1, 1, "Birch"), ("Gorse", 1, 1, "Holly"), ("Oak", 1, 1, "Birch"), ("Elm", 2, 2, "Birch"), ("Fir", 3, 3, "Birch"),
    ]  # fmt: skip
    assert answer.summary["potential"] == {"breached": 2, "organizations": 7, "near": 5, "share": 5 / 7}
    assert [node.label for node in answer.rows[-1][-1]] == ["Fir", "Elm", "Ash", "Birch"]
    assert told(graph.breach_proximity(depth=1, portfolio=["Ash", "Fir"]), "organization") == [("Ash",)]
    assert graph.breach_proximity(depth=1, portfolio=["Ash", "Fir"]).summary["potential"]["share"] == 0.5


def test_a_month_lies_wholly_in_a_window_or_may(graph):
    window = {"days": 20, "on": date(2026, 4, 20)}
    answer = graph.breach_proximity(**window)
    assert told(answer, "organization", "tier_confirmed", "tier_potential")[0] == ("Ash", None, 1)
    assert answer.summary["confirmed"]["near"] == 0
    assert told(graph.breach_proximity(days=30), "organization", "tier_confirmed")[0] == ("Ash", 1)
    assert graph.breach_proximity(days=30).parameters["on"] == "2026-04-30"
    assert not graph.breach_proximity(days=30, on=date(2020, 1, 1))
    assert [one.node.label for one in graph.exposure("Fir", days=30)] == ["Birch"]
    assert [one.node.label for one in graph.exposure("Fir")] == ["Elm", "Ash", "Birch"]
    assert not graph.exposure("Gorse", days=30)


def test_bad_windows_are_said(graph, build):
    for ask in (lambda: graph.breach_proximity(days=0), lambda: graph.exposure("Fir", days=-1)):
        with pytest.raises(KGError, match="at least a day"):
            ask()
    for ask in (graph.breach_proximity, lambda **on: graph.exposure("Fir", **on)):
        with pytest.raises(KGError, match="say how many"):
            ask(on=date(2026, 4, 20))
    with pytest.raises(KGError, match="depth is 0"):
        graph.breach_proximity(depth=0)
    with pytest.raises(KGError, match="has a date"):
        build({"t.csv": table("Ash,Birch,,,,")}).breach_proximity(days=30)
    with pytest.raises(KGError, match="no organizations"):
        graph_of([]).breach_proximity()


def test_what_is_only_suspected_or_denied():
    records = [
        breach((name, Role.BREACHED), certainty=certainty)
        for name, certainty in (("Birch", Certainty.SUSPECTED), ("Holly", Certainty.DENIED))
    ]
    graph = graph_of(*([one] for one in records))
    assert graph.breach_proximity().summary == {
        "confirmed": {"breached": 0, "organizations": 2, "near": 0, "share": 0.0},
        "potential": {"breached": 1, "organizations": 2, "near": 0, "share": 0.0},
    }


def test_what_is_named_is_the_confirmed_one_unless_another_is_nearer():
    claimed = breach(("Birch", Role.BREACHED), certainty=Certainty.CLAIMED, uses=["Alder", "Elm"])
    sure = breach(("Yew", Role.BREACHED), number=2, vendor="Yew", uses=["Alder", "Cedar"])
    other = breach(("Cedar", Role.OTHER), number=3, vendor="Cedar", uses=["Elm"])
    graph = graph_of([claimed], [sure], [other])
    columns = ("organization", "tier_confirmed", "tier_potential", "vendor", "bound")
    answer = graph.breach_proximity()
    assert told(answer, *columns) == [
        ("Alder", 1, 1, "Yew", "confirmed"),
        ("Cedar", 1, 1, "Yew", "confirmed"),
        ("Elm", 2, 1, "Birch", "potential"),
    ]
    assert [[node.label for node in row["path"]] for row in answer][0::2] == [["Alder", "Yew"], ["Elm", "Birch"]]
    assert [len(row["incidents"]) for row in answer] == [1, 1, 1]
    assert told(graph.breach_proximity(exposure="confirmed"), *columns[:2], *columns[3:])[-1] == (
        "Elm", 2, "Yew", "confirmed",
    )  # fmt: skip
    assert told(graph.breach_proximity(exposure="potential"), *columns[2:])[0] == (1, "Birch", "potential")


def test_whoever_was_spared_is_near_by_nothing_else_than_what_did_not_spare_it():
    spared = breach(("Birch", Role.BREACHED), ("Oak", Role.CUSTOMER_UNAFFECTED), uses=["Oak", "Elm"])
    far = breach(("Holly", Role.BREACHED), number=2, vendor="Holly", uses=["Birch"])
    assert told(graph_of([spared]).breach_proximity(), "organization") == [("Elm",)]
    answer = graph_of([spared], [far]).breach_proximity()
    assert told(answer, "organization", "tier_confirmed", "tier_potential", "vendor") == [
        ("Birch", 1, 1, "Holly"), ("Elm", 1, 1, "Birch"), ("Oak", 2, 2, "Holly"),
    ]  # fmt: skip


def test_receivers_are_known_from_the_first_document_that_names_them(build):
    graph = build({
        "1.txt": post("DEM1700000001", vendors=["Birch"], customers=["Alder"], date="2026-04-01"),
        "2.txt": post("DEM1700000001", vendors=["Birch"], customers=["Alder", "Oak", "Elm"], date="2026-04-11"),
        "3.txt": post("DEM1700000001", vendors=["Birch"], customers=["Fir"], date="5/2026"),
    })  # fmt: skip
    columns = ("first", "receivers_potential", "undated_potential", "shortest_potential", "longest_potential")
    assert told(graph.ripple(by="receivers"), *columns) == [("2026-04-01", 4, 0, 10, 10)]
    assert told(graph.ripple(by="receivers", share=0.25), *columns[3:]) == [(0, 0)]
    assert told(graph.ripple(by="receivers", share=1), *columns[3:]) == [(30, 60)]
    with pytest.raises(KGError, match="share is 0"):
        graph.ripple(by="receivers", share=0)
