"""What builds cost, each beside a peer in the same run; `pytest -m bench -s tests/bench/test_builds.py` prints the figures.

The number of posts is that of `BREACHKG_BENCH_POSTS`, 1,000 if it is not set. Only ratios are asserted.
"""

from __future__ import annotations

import os
import shutil

import posts
import pytest
from measured import cost

pytestmark = pytest.mark.bench
COUNT = int(os.environ.get("BREACHKG_BENCH_POSTS", "1000"))
RUN = """
import sys
from kg.cli import main
sys.exit(main(sys.argv[1:]))
"""
BULK = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.flush()
store.optimize()
"""
RDFLIB = """
import sys, rdflib
dataset = rdflib.Dataset(default_union=False)
dataset.parse(sys.argv[1], format="nquads")
dataset.serialize(sys.argv[2], format="nquads")
"""
INTAKE = """
import sys, time
from kg.extract.reading import find
from kg.store.intake import intake
given = list(find([sys.argv[1]]))
started = time.perf_counter()
assert all(taken.error is None for taken in intake(given, None, jobs=int(sys.argv[2])))
print(time.perf_counter() - started)
"""


def build(source, store, *more):
    return cost(RUN, "build", source, "--store", store, *more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The posts, the store built from them, what that cost, and its sorted N-Quads."""
    base = tmp_path_factory.mktemp("bench")
    posts.write(base / "in", COUNT)
    cost(RUN, "formats")  # leaves the bytecode
    whole = build(base / "in", base / "s.kg", "--jobs", "1")
    cost(RUN, "export", "--to", "nquads", "-o", base / "all.nq", "--store", base / "s.kg")
    with (base / "all.nq").open("rb") as file:
        quads = sum(1 for _ in file)
    size = sum(p.stat().st_size for p in (base / "s.kg").rglob("*.sst"))
    print(
        f"\n{COUNT} posts, {quads} quads: whole build {whole.cpu:.1f} s of CPU, {whole.wall:.1f} s, "
        f"{whole.peak / 1e6:.0f} MB at the peak; {size / quads:.0f} bytes a quad on disk"
    )
    return base, whole


def test_a_whole_build_beside_a_bulk_load_of_its_result(folder):
    base, whole = folder
    bulk = cost(BULK, base / "all.nq", base / "bulk")
    print(f"bulk load of the sorted N-Quads: {bulk.cpu:.1f} s of CPU; ratio {whole.cpu / bulk.cpu:.2f}")
    assert whole.cpu <= 3 * bulk.cpu


def test_a_whole_build_beside_rdflib_holding_and_writing_its_result(folder):
    base, whole = folder
    peer = cost(RDFLIB, base / "all.nq", base / "rdflib.nq")
    print(
        f"rdflib Dataset, read and written: {peer.cpu:.1f} s of CPU, {peer.peak / 1e6:.0f} MB; ratio {whole.cpu / peer.cpu:.2f}"
    )
    assert whole.cpu <= peer.cpu


def test_two_processes_beside_one(folder):
    base, _ = folder
    one, two = (min(float(cost(INTAKE, base / "in", jobs).told) for _ in range(3)) for jobs in (1, 2))
    both = build(base / "in", base / "two.kg", "--jobs", "2")
    alone = build(base / "in", base / "one.kg", "--jobs", "1")
    print(
        f"extraction: {one:.1f} s in one process, {two:.1f} s in two, ratio {two / one:.2f}; "
        f"whole build {alone.wall:.1f} s and {both.wall:.1f} s, ratio {both.wall / alone.wall:.2f}"
    )
    if (os.cpu_count() or 1) < 2:
        pytest.skip("one processor")
    assert two <= 0.65 * one


def test_an_update_beside_a_whole_build(folder):
    base, whole = folder
    shutil.copytree(base / "in", base / "later")
    build(base / "later", base / "u.kg")
    for path in sorted((base / "later").iterdir())[:: max(100, 1)]:
        before = path.read_text("utf-8")
        # The sentence about the operations is broken over lines wherever it happens to be long; its end never is.
        path.write_text(before.replace("day'}", "week'}"), "utf-8")
        assert path.read_text("utf-8") != before
    update = build(base / "later", base / "u.kg")
    nothing = build(base / "later", base / "u.kg")
    start = cost(RUN, "formats")
    print(
        f"1 % changed: {update.cpu:.2f} s of CPU, ratio {update.cpu / whole.cpu:.3f} "
        f"(without the start of Python {(update.cpu - start.cpu) / whole.cpu:.3f}); "
        f"nothing changed: {nothing.wall:.2f} s, ratio {nothing.wall / whole.wall:.3f}"
    )
    assert update.cpu - start.cpu <= 0.05 * whole.cpu
    assert nothing.wall <= 0.05 * whole.wall


def test_memory_grows_no_faster_than_the_posts(folder, tmp_path):
    _, whole = folder
    posts.write(tmp_path / "half", COUNT // 2)
    half = build(tmp_path / "half", tmp_path / "half.kg", "--jobs", "1")
    print(f"peak memory: {half.peak / 1e6:.0f} MB for half of the posts, {whole.peak / 1e6:.0f} MB for all")
    assert whole.peak <= 2.1 * half.peak
