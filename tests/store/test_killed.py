"""Builds that are killed without warning: the store always opens and holds the last finished generation, whole."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from hashlib import sha256
from itertools import product
from multiprocessing import forkserver
from pathlib import Path

import pyoxigraph as ox
import pytest
from documents import lines, post, table
from killed import STEPS, build_killed_at
from sampled import sampled

import kg

TESTS = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A store, and its documents as they look later: one changed, one new, one gone; and what they then give."""
    base = tmp_path_factory.mktemp("changed")
    (base / "in").mkdir()
    for name, text in {"a.txt": post(), "b.txt": post("DEM1700000002"), "c.txt": post("DEM1700000003")}.items():
        (base / "in" / name).write_text(text, "utf-8")
    kg.build(base / "in", base / "s.kg")
    (base / "in" / "a.txt").write_text(post(customers=["Elm"]), "utf-8")
    (base / "in" / "b.txt").unlink()
    (base / "in" / "t.csv").write_text(table("Alder Labs,Cedar,hosting,,,"), "utf-8")
    kg.build(base / "in", base / "after.kg")
    return base, lines(base / "s.kg"), lines(base / "after.kg")


@pytest.fixture(scope="module")
def process():
    """A maker of processes that have the package loaded: hundreds of builds are killed, most of whose time is imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["killed"])
    with pytest.MonkeyPatch.context() as patch:
        # Where this process finds modules the server of forks does not know by itself.
        patch.setenv("PYTHONPATH", str(TESTS))
        forkserver.ensure_running()
    return context.Process


@pytest.mark.parametrize(("rebuild", "moment"), sampled(product((0, 100), ("before", "after")), 3))
@pytest.mark.parametrize("step", STEPS)
def test_a_build_killed_at_any_step(tmp_path, changed, process, step, moment, rebuild):
    base, before, after = changed
    # Each file is linked, synchronized and removed once; of those every 23rd is tried, and the first few.
    number, many = 1, step in {"fsync", "unlink", "link"}
    while True:
        path = tmp_path / f"{number}.kg"
        shutil.copytree(base / "s.kg", path)
        builder = process(target=build_killed_at, args=(step, number, moment, rebuild, base / "in", path))
        builder.start()
        builder.join()
        assert builder.exitcode in {0, -signal.SIGKILL}
        opened = kg.open(path)
        assert lines(opened) == (before if opened.store.generation == 1 else after)
        del opened
        assert lines(kg.build(base / "in", path, prune=True)) == after
        assert not [one for one in (path / "generations").iterdir() if not one.name.isdigit()]
        if builder.exitcode == 0:
            break
        number += 23 if many and number > 2 else 1
    assert number > 1 or (step in {"link", "rmdir", "unlink"})


def variant(number, which):
    """One of many posts, in one of two states."""
    vendors = [f"Vendor {number % 40}"]
    return post(
        f"DEM17{number:08}", vendors=vendors, customers=[f"Customer {number} {which}", f"Customer {number % 7}"]
    )


def become(folder, which, count):
    """Give every one of the documents its state."""
    (folder / "in").mkdir(exist_ok=True)
    for number in range(count):
        (folder / "in" / f"{number:05}.txt").write_text(variant(number, which), "utf-8")


def fingerprint(path):
    """A digest of all that a store's current generation holds."""
    graph = kg.open(path)
    text = ox.serialize(graph.store.quads, format=ox.RdfFormat.N_QUADS)
    return sha256(b"\n".join(sorted(text.splitlines()))).hexdigest()


def killed_often(tmp_path, count, kills):
    """Let a store go from one state to the other and back, each time killed once at a random moment before."""
    source = tmp_path / "in"
    command = [sys.executable, "-m", "kg", "build", str(source), "--store", str(tmp_path / "s.kg"), "--prune"]
    wanted = {}
    for which in "BA":
        become(tmp_path, which, count)
        started = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        took = time.monotonic() - started
        wanted[which] = fingerprint(tmp_path / "s.kg")
    assert wanted["A"] != wanted["B"]
    moments, held, killed, finished = random.Random(4242), "A", 0, 0
    while killed < kills:
        target = "B" if held == "A" else "A"
        become(tmp_path, target, count)
        builder = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.05, took))
        builder.kill()
        ended = builder.wait()
        assert ended in {0, -signal.SIGKILL}
        if ended == 0:
            finished += 1
            took *= 0.6  # it was measured while the machine was busier
            assert finished < 10 * kills
        else:
            killed += 1
        there = fingerprint(tmp_path / "s.kg")
        assert there in (wanted[held], wanted[target])
        subprocess.run(command, check=True, capture_output=True)
        assert fingerprint(tmp_path / "s.kg") == wanted[target]
        held = target


def test_builds_killed_at_random_moments(tmp_path):
    killed_often(tmp_path, 40, 4)


@pytest.mark.slow
def test_fifty_builds_of_two_thousand_posts_killed_at_random_moments(tmp_path):
    killed_often(tmp_path, 2000, 50)


def read_while_building(tmp_path, builds, seconds):
    """Readers in a loop, one that opens anew and one that follows, while builds come one after the other."""
    become(tmp_path, "A", 30)
    path = tmp_path / "s.kg"
    kg.build(tmp_path / "in", path, prune=True)
    over, failures, reads = threading.Event(), [], {"A": 0, "B": 0}

    def seen(graph):
        rows = graph.query(
            'SELECT ?name { ?c a bkg:Organization ; rdfs:label ?name FILTER(STRENDS(?name, " A") || STRENDS(?name, " B")) }'
        )
        return {str(row[0])[-1]: None for row in rows.rows}, len(rows.rows), len(graph.store.edges())

    def read(follow):
        graph = kg.open(path)
        try:
            while not over.is_set():
                graph = graph.refresh() if follow else kg.open(path)
                which, names, edges = seen(graph)
                assert len(which) == 1, f"a mixture: {which}"
                assert (names, edges) == (30, 30 * 5), (names, edges)
                reads[next(iter(which))] += 1
                time.sleep(0.12)  # what the other tests get done meanwhile
        except Exception as error:  # noqa: BLE001 - a thread cannot fail a test by itself
            failures.append(error)

    readers = [threading.Thread(target=read, args=(follow,)) for follow in (True, False)]
    for reader in readers:
        reader.start()
    started, done = time.monotonic(), 0
    while (done < builds or time.monotonic() - started < seconds) and not failures:
        become(tmp_path, "B" if done % 2 == 0 else "A", 30)
        kg.build(tmp_path / "in", path, prune=True)
        done += 1
        time.sleep(0.3)  # as above; builds come one upon the other all the same
    over.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert min(reads.values()) > 3
    assert len(list((path / "generations").iterdir())) <= 5


@pytest.mark.first
def test_readers_never_fail_and_never_see_a_mixture(tmp_path):
    read_while_building(tmp_path, 20, 60)


@pytest.mark.slow
def test_readers_for_ten_minutes(tmp_path):
    read_while_building(tmp_path, 20, 600)


def test_a_graph_follows_new_generations_when_asked(build):
    first = build({"a.txt": post(customers=["Alder"])})
    assert first.refresh() is first
    assert not first.store.outdated
    build({"a.txt": post(customers=["Elm"])})
    assert first.store.outdated
    assert [one.node.label for one in first.refresh().blast_radius("Birch Annotation").exposed] == ["Elm"]
    assert [one.node.label for one in first.blast_radius("Birch Annotation").exposed] == ["Alder"]
