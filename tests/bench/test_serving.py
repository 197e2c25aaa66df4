"""`kg serve` under load: every answer is checked, times and memory are printed.

As many posts as `BREACHKG_BENCH_POSTS` says, 10,000 if it is not set; `BREACHKG_BENCH_SECONDS` for each part, 60.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import posts
import pytest
from attacks import EXHAUSTING, REFUSED
from load import HEADERS, asked, memory, own_memory, pour
from served import served

import kg
from kg.query import Forms, Guard, Limits

pytestmark = pytest.mark.load
COUNT = int(os.environ.get("BREACHKG_BENCH_POSTS", "10000"))
SECONDS = float(os.environ.get("BREACHKG_BENCH_SECONDS", "60"))
CONNECTIONS = 8


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    posts.write(folder / "in", COUNT)
    return kg.build(folder / "in", folder / "s.kg")


@pytest.fixture(scope="module")
def names(graph):
    vendor = graph.query(
        "SELECT ?n { ?c bkg:usesVendor ?v . ?v rdfs:label ?n } GROUP BY ?n ORDER BY DESC(COUNT(?c)) ?n LIMIT 1"
    )
    customer = graph.query(
        f"SELECT ?n {{ ?c a bkg:Organization ; bkg:usesVendor <{graph.find(str(vendor.rows[0][0])).iri}> ; rdfs:label ?n }} ORDER BY ?n LIMIT 1"
    )
    return {"vendor": str(vendor.rows[0][0]), "organization": str(customer.rows[0][0])}


def test_mixed_questions_alone_and_beside_abuse(graph, names):
    with served(graph.store.path, "--timeout", "20") as running:
        wanted = asked(running, graph, names)
        pour(running, wanted, connections=CONNECTIONS, seconds=SECONDS / 6)
        before = own_memory(running.process.pid)
        alone = pour(running, wanted, connections=CONNECTIONS, seconds=SECONDS)
        after, whole = own_memory(running.process.pid), memory(running.process.pid)
        print(f"\n{COUNT} posts, {len(graph.store)} quads, {CONNECTIONS} connections, {SECONDS:g} s")
        print(
            f"alone: {alone}; memory {before / 2**20:.0f} MiB, then {after / 2**20:.0f} MiB,"
            f" with the processes that answer {whole / 2**20:.0f} MiB"
        )
        assert alone.wrong == []
        assert after < 1.25 * before

        abusive = dict.fromkeys((*EXHAUSTING, *REFUSED), ())
        abuse = []
        abuser = threading.Thread(
            target=lambda: abuse.append(
                pour(running, abusive, connections=4, seconds=SECONDS, allowed=(200, 400, 413, 503))
            )
        )
        abuser.start()
        beside = pour(running, wanted, connections=CONNECTIONS, seconds=SECONDS)
        abuser.join()
        last = own_memory(running.process.pid)
        print(f"beside abuse: {beside}; memory {last / 2**20:.0f} MiB")
        print(
            f"p99 {beside.percentile(0.99) / alone.percentile(0.99):.2f} times that alone; of the abusive {abuse[0].wrong}"
        )
        assert beside.wrong == []
        assert abuse[0].wrong == []
        assert beside.percentile(0.99) <= 3 * alone.percentile(0.99)


def test_generations_swap_under_load(graph, names):
    """A build adds one post after another; each answer is that of one of the generations."""
    path, seen, right, ended = graph.store.path, set(), set(), []
    added = path.parent / "added"
    added.mkdir()
    with served(path, "--timeout", "20") as running:
        texts = list(asked(running, graph, names))

        def note(now):
            guard = Guard(now.store)
            right.update((text, guard.written(text, Forms(HEADERS["Accept"], ""), Limits()).text) for text in texts)

        def build():
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                number = len(ended)
                _, text = list(posts.posts(number + 1, seed=99))[number]
                (added / f"{number}.txt").write_text(text, encoding="utf-8")
                words = [sys.executable, "-m", "kg", "build", str(added), "--store", str(path), "--quiet"]
                subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
                note(kg.open(path))
                ended.append(number)

        def noting(text):
            return lambda body: seen.add((text, body)) is None

        note(graph)
        builder = threading.Thread(target=build)
        builder.start()
        poured = pour(running, {text: noting(text) for text in texts}, connections=CONNECTIONS, seconds=SECONDS)
        builder.join()
        print(f"\n{len(ended)} generations: {poured}, {len(seen)} different ones")
        assert poured.wrong == []
        assert seen <= right
        assert asked(running, kg.open(path), names)
        assert running.figure('kg_generation_turns_total{end="done"}') >= 1
        assert running.figure('kg_generation_turns_total{end="failed"}') == 0
