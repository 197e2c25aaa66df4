from __future__ import annotations

import networkx as nx
import pytest
from randomized import graphs

from kg.errors import KGError
from kg.exposure.concentrations import concentration, concentration_of, criticality_screen, hhi_by_group, shares


def test_the_reference():
    told = concentration_of([40, 30, 20, 10])
    assert told.hhi == pytest.approx(3000, abs=1e-9)
    assert told.n_eff == pytest.approx(10 / 3, abs=1e-9)
    assert told.hhi_normalized == pytest.approx(0.2 / 3, abs=1e-9)
    assert told.ratios == pytest.approx((0.4, 0.7, 0.9, 1.0), abs=1e-12)
    assert told.band == "high"


def test_one_vendor_and_equal_vendors():
    assert (concentration_of([7]).hhi, concentration_of([7]).hhi_normalized) == (10_000, 1)
    even = concentration_of([5] * 8)
    assert (even.hhi, even.n_eff, even.hhi_normalized, even.band) == (1250, 8, 0, "unconcentrated")


def test_shares_by_links_and_by_spend_agree_with_counting(engine):
    for number, graph in enumerate(graphs(200, weighted=True)):
        sector = {node: "ABC"[int(node[4:]) % 3] for node in graph if int(node[4:]) % 7}
        spend = {(c, s): 10 * w for c, s, w in graph.edges(data="weight")} if number % 2 else None
        for name, found in hhi_by_group(graph, sector, spend).items():
            by_vendor = {}
            for customer, supplier in graph.edges:
                if sector.get(customer) == name:
                    amount = spend[customer, supplier] if spend else 1
                    by_vendor[supplier] = by_vendor.get(supplier, 0) + amount
            total = sum(by_vendor.values())
            assert found == pytest.approx(sum((100 * v / total) ** 2 for v in by_vendor.values()), abs=1e-9)
            inside = [node for node in graph if sector.get(node) == name]
            assert shares(graph, inside, spend) == pytest.approx({s: v / total for s, v in by_vendor.items() if v})
            assert concentration(graph, inside, spend).hhi == pytest.approx(found, abs=1e-9)


def test_the_criticality_screen_takes_both_shares():
    graph = nx.DiGraph([(f"bank {i}", "cloud") for i in range(2)] + [("bank 2", "niche")])
    graph.add_nodes_from(f"bank {i}" for i in range(10))
    kind = {f"bank {i}": "credit institution" for i in range(10)}
    assets = {f"bank {i}": 10.0 for i in range(10)} | {"bank 2": 1.0}
    told = {one.provider: one for one in criticality_screen(graph, kind, assets)}
    assert (told["cloud"].entities, told["cloud"].flagged) == (0.2, True)
    assert told["cloud"].assets == pytest.approx(20 / 91)
    assert (told["niche"].entities, told["niche"].flagged) == (0.1, False)
    assert [one.provider for one in criticality_screen(graph, kind, assets, {("bank 2", "niche")})] == ["niche"]
    absent = {f"bank {i}": "credit institution" for i in range(10, 20)}
    assert [one.entities for one in criticality_screen(graph, kind | absent, assets)] == [0.1, 0.05]
    (*_, unknown) = criticality_screen(graph, kind, {})
    assert (unknown.assets, unknown.flagged) == (None, False)


@pytest.mark.parametrize("amounts", [[], [0, 0], [-1, 2], [float("nan")], [float("inf"), 1]])
def test_nothing_to_share_out_is_an_error(amounts):
    with pytest.raises(KGError):
        concentration_of(amounts)


def test_the_total_is_that_of_the_amounts():
    graph = nx.DiGraph([("a", "b"), ("a", "c"), ("d", "c")])
    spend = {("a", "b"): 30.0, ("a", "c"): 10.0, ("d", "c"): 5.0}
    assert concentration(graph, ["a"], spend).total == 40
    assert concentration(graph, None, spend).total == 45
    assert concentration(graph, ["a"]).total == 2


def test_amounts_belong_to_links():
    graph = nx.DiGraph([("a", "b")])
    with pytest.raises(KGError, match="no link"):
        shares(graph, None, {("b", "a"): 1.0})
    with pytest.raises(KGError, match="not negative"):
        concentration(graph, None, {("a", "b"): -1.0})
    with pytest.raises(KGError, match="nothing to share"):
        concentration(graph, [])
