"""The measures beside plain networkx in the same run, as ratios of processor time; prints a table for each size.

Companies have eight vendors each, drawn by Zipf's law; the hundredth part that is used most depends on its betters only,
so that supply has roots. `BREACHKG_BENCH_COMPANIES` says how many companies ("10000,100000" for two sizes; 10,000 if it
is not set). What takes networkx too long is scaled from a sample: the reach of all vendors from 500 drawn at random, the
cascade from 50 runs; the interval of the first is that of 1,000 bootstraps.
"""

from __future__ import annotations

import gc
import os
import random
import time
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from measured import cost

from kg.exposure import cascade, centrality, concentrations, contagion, kernels, reach, spof
from kg.exposure.snapshot import from_pairs
from kg.store.columns import Texts
from kg.store.edges import KINDS

pytestmark = pytest.mark.bench
SIZES = [int(size) for size in os.environ.get("BREACHKG_BENCH_COMPANIES", "10000").split(",")]
SAMPLE, RUNS, BASE_RUNS = 500, 1000, 50
WANTED = {
    "one vendor, depth 3": 50, "all vendors, depth 3": 40, "unbounded, all vendors": 1000, "articulation points": 15,
    "dominators": 50, "HHI of sectors": 100, "cascade": 40, "DebtRank": 100, "PageRank": 30,
}  # fmt: skip


def drawn(companies):
    """Customers and suppliers, 8 each where it can be; number 0 is used most."""
    chance = np.random.default_rng(companies)
    popularity = 1 / np.arange(1, companies + 1)
    bounds = np.cumsum(popularity / popularity.sum())
    customers = np.repeat(np.arange(companies, dtype=np.int32), 8)
    suppliers = np.minimum(np.searchsorted(bounds, chance.random(len(customers))), companies - 1).astype(np.int32)
    stay = (customers != suppliers) & ((customers >= companies // 100) | (suppliers < customers))
    return customers[stay], suppliers[stay]


def spent(work, times=3):
    """The least processor time of a few tries, and the last answer; a try is as many rounds as take 20 ms."""
    best, rounds = float("inf"), 1
    for _ in range(times):
        started = time.process_time()
        for _ in range(rounds):
            answer = work()
        took = time.process_time() - started
        best = min(best, took / rounds)
        rounds = max(1, int(rounds * 0.02 / max(took, 1e-6)))
    return best, answer


def every_vendor(companies):
    """Names and depths of the measures of all vendors; unbounded it would take networkx an hour for a sample of the largest graph."""
    yield "all vendors, depth 3", 3
    if companies <= 100_000:
        yield "unbounded, all vendors", None


def sampled(graph, vendors, depth):
    """Seconds that networkx takes for all vendors, scaled from a sample, with the interval of that, and the counts."""
    back = graph.reverse(copy=False)
    chance = random.Random(1)
    chosen = chance.sample(vendors, min(SAMPLE, len(vendors)))
    seconds, counts = [], {}
    for vendor in chosen:
        started = time.process_time()
        counts[vendor] = len(nx.single_source_shortest_path_length(back, vendor, depth)) - 1
        seconds.append(time.process_time() - started)
    means = sorted(sum(chance.choices(seconds, k=len(seconds))) / len(seconds) for _ in range(1000))
    return tuple(len(vendors) * one for one in (sum(seconds) / len(seconds), means[25], means[974])), counts


def cascade_by_hand(graph, start, runs):
    chance = random.Random(3)
    total = 0
    for _ in range(runs):
        seen, waiting = {start}, [start]
        while waiting:
            for customer in graph.pred[waiting.pop()]:
                if customer not in seen and chance.random() < 0.05:
                    seen.add(customer)
                    waiting.append(customer)
        total += len(seen)
    return total / runs


def debtrank_by_hand(graph, start):
    level, passed, active = dict.fromkeys(graph, 0.0), set(), [start]
    level[start] = 1.0
    while active:
        passed.update(active)
        added = {}
        for vendor in active:
            for customer, told in graph.pred[vendor].items():
                added[customer] = added.get(customer, 0.0) + told["weight"] * level[vendor]
        for customer, harm in added.items():
            level[customer] = min(1.0, level[customer] + harm)
        active = [node for node, harm in level.items() if harm > 0 and node not in passed]
    return level


def hhi_by_hand(graph):
    found = {}
    for customer, vendor in graph.edges:
        counts = found.setdefault(graph.nodes[customer]["sector"], {})
        counts[vendor] = counts.get(vendor, 0) + 1
    return {name: 1e4 * sum(n * n for n in c.values()) / sum(c.values()) ** 2 for name, c in found.items()}


def measured(companies):
    """Name -> (seconds of networkx, ours); every answer is checked against the other."""
    customers, suppliers = drawn(companies)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(companies))
    graph.add_edges_from(zip(customers.tolist(), suppliers.tolist(), strict=True), weight=0.05)
    snapshot = from_pairs(customers, suppliers, list(graph), np.full(len(customers), 0.05))
    back, either = graph.reverse(), graph.to_undirected()
    gc.freeze()  # else whatever allocates pays for the collector to walk through the millions of objects of networkx
    vendors = [node for node in graph if graph.in_degree(node)]
    told, start = {}, 0
    theirs, wanted = spent(lambda: nx.single_source_shortest_path_length(back, start, 3))
    ours, got = spent(lambda: reach.exposed(snapshot, start, 3))
    bare, size = spent(lambda: reach.blast_radius_value(snapshot, start, 3))
    assert got == {node: tier for node, tier in wanted.items() if tier}
    assert size == len(got)
    told["one vendor, depth 3"], told["one vendor, depth 3, as dict"] = (theirs, bare), (theirs, ours)
    for name, depth in every_vendor(companies):
        (theirs, low, high), counts = sampled(graph, vendors, depth)
        ours, got = spent(lambda depth=depth: reach.blast_radii(snapshot, depth), 1)
        assert all(got[vendor] == count for vendor, count in counts.items())
        told[name], told[f"{name}, interval"] = (theirs, ours), ((low, ours), (high, ours))
    theirs, wanted = spent(lambda: set(nx.articulation_points(either)), 1)
    ours, got = spent(lambda: set(spof.articulation_points(snapshot)))
    assert got == wanted
    told["articulation points"] = theirs, ours
    back.add_edges_from(("all", node) for node in graph if not graph.out_degree(node))
    theirs, wanted = spent(lambda: nx.immediate_dominators(back, "all"), 1)
    ours, got = spent(lambda: spof.immediate_dominators(snapshot))
    assert all(got[n] == (None if above == "all" else above) for n, above in wanted.items() if n != "all")
    told["dominators"] = theirs, ours
    nx.set_node_attributes(graph, {node: f"sector {node % 20}" for node in graph}, "sector")
    theirs, wanted = spent(lambda: hhi_by_hand(graph), 1)
    number = np.arange(companies, dtype=np.int32) % 20
    ours, (total, squares) = spent(lambda: concentrations.group_sums(snapshot, number, 20, None))
    assert [wanted[f"sector {at}"] for at in range(20)] == pytest.approx((1e4 * squares / total**2).tolist())
    told["HHI of sectors"] = theirs, ours
    theirs, mean = spent(lambda: cascade_by_hand(graph, start, BASE_RUNS), 1)
    ours, got = spent(lambda: cascade.independent_cascade(snapshot, [start], RUNS), 1)
    assert mean == pytest.approx(got.expected.value, rel=0.5)
    told["cascade"] = theirs * RUNS / BASE_RUNS, ours
    theirs, wanted = spent(lambda: debtrank_by_hand(graph, start), 1)
    ours, got = spent(lambda: contagion.debtrank(snapshot, start))
    assert got.distress == pytest.approx(wanted, abs=1e-9)
    bare, losses = spent(lambda: contagion.debtrank_losses(snapshot, [start]))
    assert losses[start] == pytest.approx((sum(wanted.values()) - 1) / companies, abs=1e-9)
    told["DebtRank"], told["DebtRank, as dict"] = (theirs, bare), (theirs, ours)
    theirs, wanted = spent(lambda: nx.pagerank(graph), 1)
    ours, got = spent(lambda: centrality.pagerank(snapshot))
    assert got == pytest.approx(wanted, abs=1e-9)
    told["PageRank"] = theirs, ours
    told["bytes an edge"] = snapshot.nbytes / snapshot.edges
    return told


def shown(companies, told):
    print(f"\n{companies} companies, {told['bytes an edge']:.1f} bytes an edge; seconds of CPU")
    for name, value in told.items():
        if name.endswith("interval"):
            low, high = value
            print(f"  interval of the ratio {low[0] / low[1]:.0f}x to {high[0] / high[1]:.0f}x")
        elif name != "bytes an edge":
            wanted = f"   wanted {WANTED[name]}x" if name in WANTED else ""
            print(f"{name:32} networkx {value[0]:12.3f}   here {value[1]:9.4f}   {value[0] / value[1]:9.0f}x{wanted}")


def test_compiled_beside_networkx():
    if not kernels.COMPILED:
        pytest.skip("numba is not installed")
    measured(1000)  # compiles
    before = None
    for companies in SIZES:
        told = measured(companies)
        shown(companies, told)
        if before is not None:
            doublings = np.log2(companies / before[0])
            growth = {
                name: (told[name][1] / before[1][name][1]) ** (1 / doublings)
                for name in WANTED
                if name in told and name in before[1]
            }
            print("growth a doubling: " + ", ".join(f"{name} {times:.2f}" for name, times in growth.items()))
        before = companies, told
        assert told["bytes an edge"] <= 20
        if companies >= 100_000:
            short = {
                name: told[name][0] / told[name][1]
                for name, times in WANTED.items()
                if name in told
                and 2 * told[name][0] / told[name][1] < times  # half of what is wanted: the machine may be shared
            }
            assert short == {}


def test_without_numba_beside_networkx(monkeypatch):
    monkeypatch.setattr(kernels, "COMPILED", False)
    for companies in SIZES:
        customers, suppliers = drawn(companies)
        snapshot = from_pairs(customers, suppliers, range(companies))
        graph = nx.DiGraph(zip(customers.tolist(), suppliers.tolist(), strict=True))
        vendors = [node for node in graph if graph.in_degree(node)]
        (theirs, low, high), counts = sampled(graph, vendors, 3)
        ours, got = spent(lambda snapshot=snapshot: reach.blast_radii(snapshot, 3), 1)
        assert all(got[vendor] == count for vendor, count in counts.items())
        print(
            f"\n{companies} companies without numba: all vendors {theirs / ours:.0f}x ({low / ours:.0f}x to {high / ours:.0f}x)"
        )
        back, start = graph.reverse(), 0
        theirs, _ = spent(lambda back=back, start=start: nx.single_source_shortest_path_length(back, start, 3))
        ours_one, _ = spent(lambda snapshot=snapshot, start=start: reach.blast_radius_value(snapshot, start, 3))
        print(f"one vendor {theirs / ours_one:.0f}x")


NAMED = """
import sys
from pathlib import Path
from kg.exposure import reach, snapshot
from kg.store.edges import read_edges
graph = snapshot.from_table(read_edges(Path(sys.argv[1])).arrays())
print(len(reach.exposed(graph, graph.find("Company 00000150"), 3)), graph.edges)
"""


def test_a_blast_radius_by_name_from_process_start(tmp_path):
    """Edge table and labels; the database is not asked."""
    companies = max(SIZES)
    customers, suppliers = drawn(companies)
    write_table(tmp_path, customers, suppliers, companies)
    cost(NAMED, tmp_path)
    told = min((cost(NAMED, tmp_path) for _ in range(3)), key=lambda one: one.wall)
    print(
        f"\nblast radius by name, {companies} companies: {told.wall:.2f} s wall, {told.cpu:.2f} s CPU, {told.peak >> 20} MiB; {told.told.strip()}"
    )
    assert int(told.told.split()[0]) > 0
    assert told.wall < 15


def write_table(folder, customers, suppliers, companies):
    """An edge table of generated companies, column by column."""
    edges = folder / "edges"
    edges.mkdir()
    told = len(customers)
    columns = {
        "source": customers, "target": suppliers, "type": np.zeros(told, np.uint8), "status": np.zeros(told, np.uint8),
        "certainty": np.zeros(told, np.uint8), "basis": np.zeros(told, np.uint8), "weight": np.ones(told, np.float32),
        "valid_from": np.full(told, -(2**31), np.int32), "valid_until": np.full(told, 2**31 - 1, np.int32),
        "claims_end": np.zeros(told, np.int64), "kind": np.full(companies, KINDS.index("vendor"), np.uint8),
    }  # fmt: skip
    for name, start in (("iri", "https://example.org/id/organization/"), ("label", "Company "), ("claim", None)):
        words = [] if start is None else [f"{start}{at:08}".encode() for at in range(companies)]
        texts = Texts(
            np.frombuffer(b"".join(words), np.uint8), np.cumsum([len(word) for word in words], dtype=np.int64)
        )
        columns |= {f"{name}.bytes": texts.bytes, f"{name}.ends": texts.ends}
    for name, values in columns.items():
        np.save(edges / f"{name}.npy", values)
    assert all(a <= b for a, b in pairwise(customers[:100].tolist()))
