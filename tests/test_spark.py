"""Spark gives the records, quads and answers of the local engine; it starts once for all of these tests."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import time
import warnings

import pyoxigraph as ox
import pytest
from documents import graph_of, lines, table

import kg
from kg.errors import DocumentError, KGError
from kg.model import Certainty, Evidence, Incident, Party, Role, SupplyRelationship

MISSING = [
    name
    for name, there in (("pyspark", importlib.util.find_spec("pyspark")), ("Java", shutil.which("java")))
    if not there
]
pytestmark = [
    pytest.mark.java,
    pytest.mark.slow,  # and 450 MB to install
    pytest.mark.skipif(bool(MISSING), reason=f"Spark needs {' and '.join(MISSING)}"),
    # Py4J closes its sockets when it is collected.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    # It looks at the version of pandas, which nothing here goes through.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


@pytest.fixture(scope="module")
def spark():
    from kg.spark import session

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = session("local[2]")
        found.conf.set("spark.sql.shuffle.partitions", "2")
        yield found
        found.stop()


@pytest.fixture(scope="module")
def inputs(examples, tmp_path_factory):
    """The examples, a document that nobody knows, one that is empty, and one with a record that is set aside."""
    folder = tmp_path_factory.mktemp("more")
    (folder / "x.bin").write_bytes(b"\0\1")
    (folder / "empty.csv").write_text("", "utf-8")
    (folder / "unknown.txt").write_text("nothing that is known", "utf-8")
    (folder / "l.csv").write_text(table("Fir,Gum,,,,", "C,,,,,"), "utf-8")
    return [*examples, folder]


@pytest.fixture(scope="module")
def local(inputs, tmp_path_factory):
    return kg.build(inputs, tmp_path_factory.mktemp("local") / "l.kg", jobs=1)


def test_a_build_is_that_of_the_local_engine(spark, inputs, local, tmp_path):
    from kg.spark import build

    graph = build(inputs, tmp_path / "s.kg", spark=spark)
    assert lines(graph, vocabulary=True) == lines(local, vocabulary=True)
    reports = [found.report.as_dict() | {"seconds": 0} for found in (graph, local)]
    assert reports[0] == reports[1]
    assert graph.report.quarantined == 3
    again = build(inputs, tmp_path / "s.kg", spark=spark)
    assert (again.report.changed, again.store.generation) == (0, graph.store.generation)


def test_the_command_builds_with_the_session(spark, inputs, local, tmp_path, capsys):
    from kg.cli import main

    assert main(["build", *map(str, inputs), "--store", str(tmp_path / "s.kg"), "--engine", "spark", "--quiet"]) == 3
    assert lines(tmp_path / "s.kg") == lines(local)


def test_a_named_file_that_cannot_be_read_fails(spark, inputs, tmp_path):
    from kg.spark import build

    with pytest.raises(DocumentError, match="x.bin"):
        build([inputs[-1] / "x.bin"], tmp_path / "s.kg", spark=spark)
    with pytest.raises(DocumentError, match="unknown.txt"):
        build([inputs[-1] / "unknown.txt"], tmp_path / "s.kg", spark=spark)


def test_packed_documents_become_the_evidence_of_the_store(spark, inputs, local, tmp_path, capsys):
    from kg.cli import main
    from kg.spark import extract, pack

    refused = pack(inputs, tmp_path / "packs")
    assert [one["document"] for one in refused] == ["empty.csv", "x.bin"]
    told = extract(spark, tmp_path / "packs", tmp_path / "out").collect()
    shards = sorted(
        line for path in (tmp_path / "out" / "nquads").glob("*.txt") for line in path.read_text("utf-8").splitlines()
    )
    evidence = {row.graph for row in told if row.graph}
    assert shards == sorted(
        f"{quad} ."
        for quad in local.store.quads
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in evidence
    )
    main(["extract", *map(str, inputs)])
    records = sorted(capsys.readouterr().out.splitlines())
    assert sorted(line for row in told for line in (row.records or "").splitlines()) == records
    (error,) = [row.error for row in told if row.error]
    assert error.startswith("no extractor recognizes it")
    assert sum(len(json.loads(row.quarantine)) for row in told if row.quarantine) == 1


def radius(graph, iri, depth):
    answer = graph.blast_radius(iri, depth)
    return {(found.node.iri, found.tier, found.exposure) for found in (*answer.exposed, *answer.unnamed)}


def spread(spark, graph, folder, vendors, depth):
    from kg.spark import blast_radii

    statements = graph.export("parquet", folder / "statements.parquet")
    found: dict[str, set] = {iri: set() for iri in vendors}
    for row in blast_radii(spark, statements, vendors, depth).collect():
        found[row.vendor].add((row.organization, row.tier, row.exposure))
    return found


def test_blast_radii_are_those_of_the_graph(spark, local, tmp_path):
    vendors = sorted(node.iri for node in local.projection.nodes.values() if node.kind == "vendor")
    found = spread(spark, local, tmp_path, vendors, 3)
    assert found == {iri: radius(local, iri, 3) for iri in vendors}
    assert any(tier > 1 for told in found.values() for _, tier, _ in told)
    assert {"confirmed", "potential"} == {exposure for told in found.values() for *_, exposure in told}


def test_who_is_said_to_be_spared_is_left_out(spark, tmp_path):
    proof = (Evidence("words", (0, 5), "here"),)
    roles = {"Birch": Role.BREACHED, "Alder": Role.AFFECTED_DOWNSTREAM, "Oak": Role.CUSTOMER_UNAFFECTED}
    parties = tuple(Party(name, role, evidence=proof) for name, role in roles.items())
    uses = tuple(SupplyRelationship(name, "Birch", evidence=proof) for name in ("Alder", "Oak"))
    graph = graph_of([Incident("D1", "demo", 1, parties=parties, uses_vendor=uses)])
    birch, alder = (graph.find(name).iri for name in ("Birch", "Alder"))
    assert (
        spread(spark, graph, tmp_path, [birch], 2)
        == {birch: {(alder, 1, "confirmed")}}
        == {birch: radius(graph, birch, 2)}
    )


def test_a_relationship_that_is_only_denied_leads_nowhere(spark, tmp_path):
    proof = (Evidence("words", (0, 5), "here"),)
    doubt = (Evidence("words", (0, 5), "here", certainty=Certainty.DENIED),)
    parties = tuple(
        Party(name, role, evidence=proof)
        for name, role in (("Birch", Role.BREACHED), ("Alder", Role.OTHER), ("Oak", Role.OTHER))
    )
    uses = (SupplyRelationship("Alder", "Birch", evidence=proof), SupplyRelationship("Oak", "Birch", evidence=doubt))
    graph = graph_of([Incident("D1", "demo", 1, parties=parties, uses_vendor=uses)])
    birch, alder = (graph.find(name).iri for name in ("Birch", "Alder"))
    assert spread(spark, graph, tmp_path, [birch], 2) == {birch: {(alder, 1, "potential")}}


def test_a_depth_below_the_first_tier(spark, local, tmp_path):
    with pytest.raises(KGError, match="depth is 0"):
        spread(spark, local, tmp_path, [], 0)


@pytest.mark.slow
def test_ten_thousand_posts(spark, tmp_path, monkeypatch):
    """Identical sorted N-Quads, and the throughput of both; the number of posts is that of BREACHKG_BENCH_POSTS."""
    import sys
    from pathlib import Path

    monkeypatch.syspath_prepend(str(Path(__file__).parent / "bench"))
    import posts

    from kg.spark import build, extract, pack

    count = int(os.environ.get("BREACHKG_BENCH_POSTS", "10000"))
    posts.write(tmp_path / "in", count)
    seconds, stores = {}, {}
    for name, run in (
        ("local", lambda into: kg.build(tmp_path / "in", into)),
        ("spark", lambda into: build([tmp_path / "in"], into, spark=spark)),
    ):
        started = time.perf_counter()
        stores[name] = run(tmp_path / f"{name}.kg")
        seconds[f"build, {name}"] = time.perf_counter() - started
        stores[name].export("nquads", tmp_path / f"{name}.nq")
    started = time.perf_counter()
    pack([tmp_path / "in"], tmp_path / "packs")
    seconds["pack"] = time.perf_counter() - started
    started = time.perf_counter()
    told = extract(spark, tmp_path / "packs", tmp_path / "out")
    seconds["extract to Parquet and N-Quads, spark"] = time.perf_counter() - started
    assert told.count() == count
    assert (tmp_path / "local.nq").read_bytes() == (tmp_path / "spark.nq").read_bytes()
    graph = stores["local"]
    vendors = sorted(node.iri for node in graph.projection.nodes.values() if node.kind == "vendor")[::20][:50]
    started = time.perf_counter()
    found = spread(spark, graph, tmp_path, vendors, 3)
    seconds["export of statements and 50 blast radii, spark"] = time.perf_counter() - started
    started = time.perf_counter()
    assert found == {iri: radius(graph, iri, 3) for iri in vendors}
    seconds["50 blast radii, local"] = time.perf_counter() - started
    for name, spent in seconds.items():
        sys.stderr.write(f"{name}: {spent:.1f} s, {count / spent:.0f} posts/s\n")


def test_splink_proposes_the_same_pairs_of_names(spark):
    splink = pytest.importorskip("splink", reason="the extra splink is not installed")
    from kg.resolve.splinked import candidates

    names = [f"Alder F{a}{b}{end}" for a in "aeiou" for b in "bdgl" for end in ("wood", "chon Inc.", " Orchard Works")]
    api = splink.SparkAPI(spark_session=spark, break_lineage_method="persist", num_partitions_on_repartition=2)
    found = list(candidates([*names, "AFO", "Kiteworks", "Accellion"], api))
    assert len(found) > 100
    assert found == list(candidates([*names, "AFO", "Kiteworks", "Accellion"]))
