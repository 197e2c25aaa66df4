"""Judgements and their withdrawal in any order give, byte for byte, what a rebuild with those that hold gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from documents import LISTING, lines, post, register, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import ContradictionError, NotAStoreError
from kg.printing import print_report
from kg.resolve.judgements import GIVEN, Judgement, read_judgements
from kg.store.judged import judge, resolver_of, there_of
from kg.validate import validate
from kg.vocabulary import JUDGEMENT_GRAPH

NOW = "2026-05-01T00:00:00+00:00"
NAMES = ("Alder Labs", "Birch Annotation", "Birch", "Cedar", "Dogwood", "GitHub", "Microsoft")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    (folder / "a").write_text(post(vendors=["Birch Annotation"], customers=["Alder Labs", "Cedar"]), "utf-8")
    (folder / "b").write_text(
        post("DEM1700000002", title="Cedar breached", vendors=["Birch"], customers=["Dogwood"]), "utf-8"
    )
    (folder / "c").write_text(
        table(
            "Alder Labs,Birch,labels,,,",
            "Cedar,Dogwood,,,,",
            "Birch Annotation,Cedar,mail,,,",
            "Dogwood,GitHub,code,,,",
            "Cedar,Microsoft,mail,,,",
        ),
        "utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def built(inputs, tmp_path_factory):
    path = tmp_path_factory.mktemp("built") / "s.kg"
    kg.build(inputs, path)
    return path


def judgement(left, right, said="same", number=0, supersedes=""):
    return Judgement(left, right, said, 0.5, (), "somebody", f"2026-05-01T00:00:{number:02}+00:00", supersedes)


steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(GIVEN)),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(steps)
def test_any_order_of_judgements_and_withdrawals_equals_a_rebuild(tmp_path_factory, inputs, built, sequence):
    folder = tmp_path_factory.mktemp("any")
    shutil.copytree(built, folder / "s.kg")
    log = folder / "s.kg" / "judgements.jsonl"
    for number, step in enumerate(sequence):
        if isinstance(step, int):
            holding = read_judgements(log).holding
            if not holding:
                continue
            old = holding[step % len(holding)]
            new = judgement(old.left, old.right, "withdrawn", number, old.id)
        else:
            new = judgement(*step, number)
        try:
            judge(folder / "s.kg", [new], now=NOW)
        except ContradictionError:
            continue
    fresh = folder / "fresh.kg"
    kg.build(inputs, fresh)
    for old in read_judgements(log).holding:
        judge(fresh, [old], now=NOW)
    assert lines(folder / "s.kg") == lines(fresh)
    kg.build(inputs, folder / "s.kg")
    assert lines(folder / "s.kg") == lines(fresh)


def test_everything_taken_back_is_as_if_nothing_had_been_judged(built, tmp_path):
    shutil.copytree(built, tmp_path / "s.kg")
    before = lines(built)
    one, other = judgement("Birch", "Birch Annotation"), judgement("Cedar", "Dogwood", number=1)
    assert judge(tmp_path / "s.kg", [one, other], now=NOW)
    assert lines(tmp_path / "s.kg") != before
    for old in (one, other):
        assert judge(tmp_path / "s.kg", [judgement(old.left, old.right, "withdrawn", 2, old.id)], now=NOW)
    assert lines(tmp_path / "s.kg") == before


def test_what_is_judged_is_in_a_graph_of_its_own(built, tmp_path):
    path, text = tmp_path / "s.kg", f"SELECT ?s FROM {JUDGEMENT_GRAPH} {{ ?j rdf:value ?s }} ORDER BY ?s"
    shutil.copytree(built, path)
    one, other = judgement("Birch", "Birch Annotation"), judgement("Cedar", "Dogwood", "product-of", 1)
    judge(path, [one, judgement("Cedar", "GitHub", "unsure", 3)], now=NOW)
    before = lines(path)
    judge(path, [other], now=NOW)
    graph = kg.open(path)
    assert graph.query(text).rows == [("product-of",), ("same",)]
    assert graph.store.manifest["quads"] == len(graph.store.quads)
    found = validate(graph.store)
    assert [finding for finding in found.findings if finding.severity == "violation"] == []
    assert found.unchecked == ()
    judge(path, [judgement("Cedar", "Dogwood", "withdrawn", 2, other.id)], now=NOW)
    assert lines(path) == before
    judge(path, [judgement("Birch", "Birch Annotation", "withdrawn", 2, one.id)], now=NOW)
    assert JUDGEMENT_GRAPH not in set(map(str, kg.open(path).store.quads.named_graphs()))


def test_a_judgement_that_somebody_else_makes_too_is_in_the_graph(built, tmp_path):
    shutil.copytree(built, tmp_path / "s.kg")
    for number in range(2):
        assert judge(tmp_path / "s.kg", [judgement("Birch", "Birch Annotation", number=number)], now=NOW)
    found = kg.open(tmp_path / "s.kg").query(f"SELECT ?j {{ GRAPH {JUDGEMENT_GRAPH} {{ ?j rdf:value 'same' }} }}")
    assert len(found.rows) == 2


def test_an_export_is_read_as_if_nothing_had_been_judged_in_its_store(built, tmp_path):
    shutil.copytree(built, tmp_path / "s.kg")
    judge(tmp_path / "s.kg", [judgement("Cedar", "Dogwood", "different")], now=NOW)
    defects = []
    for number, path in enumerate((built, tmp_path / "s.kg")):
        kg.open(path).export("nquads", tmp_path / f"{number}.nq")
        graph = kg.build(tmp_path / f"{number}.nq", tmp_path / f"{number}.kg")
        (entry,) = graph.store.manifest["documents"].values()
        defects.append((entry["records"], entry["quarantine"]))
    assert f"{JUDGEMENT_GRAPH} ." in (tmp_path / "1.nq").read_text("utf-8")
    assert defects[0] == defects[1]


def test_a_judgement_that_changes_nothing_writes_no_generation(built, tmp_path):
    shutil.copytree(built, tmp_path / "s.kg")
    assert not judge(tmp_path / "s.kg", [judgement("Birch", "Cedar", "unsure")], now=NOW)
    assert kg.open(tmp_path / "s.kg").store.generation == kg.open(built).store.generation


def test_a_build_notices_that_the_log_has_changed(built, inputs, tmp_path):
    shutil.copytree(built, tmp_path / "s.kg")
    (tmp_path / "s.kg" / "judgements.jsonl").write_text(judgement("Birch", "Birch Annotation").line(), "utf-8")
    graph = kg.build(inputs, tmp_path / "s.kg")
    assert graph.find("Birch").iri == graph.find("Birch Annotation").iri
    assert kg.build(inputs, tmp_path / "s.kg").store.generation == graph.store.generation


def test_past_states_and_compaction_keep_to_the_judgements(built, tmp_path):
    from kg.store.compacting import compact

    shutil.copytree(built, tmp_path / "s.kg")
    judge(tmp_path / "s.kg", [judgement("Birch", "Birch Annotation")], now=NOW)
    before = lines(tmp_path / "s.kg")
    compact(tmp_path / "s.kg")
    assert lines(tmp_path / "s.kg") == before


def test_a_store_is_needed_and_a_bad_log_is_told(built, tmp_path):
    with pytest.raises(NotAStoreError):
        judge(tmp_path / "none.kg", [], now=NOW)
    shutil.copytree(built, tmp_path / "s.kg")
    Path(tmp_path / "s.kg" / "judgements.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(kg.KGError, match="line 1: not a judgement"):
        judge(tmp_path / "s.kg", [judgement("Birch", "Cedar")], now=NOW)


def test_what_identifiers_keep_apart_is_not_judged_the_same(tmp_path):
    (tmp_path / "B_05.01.csv").write_text(
        register("529900T8BM49AURSDO55,Elm Cloud AG", "5493001KJTIIGC8Y1R12,Oak Systems SA"), "utf-8"
    )
    (tmp_path / "m.toml").write_text(LISTING, "utf-8")
    path = tmp_path / "s.kg"
    kg.build(tmp_path / "B_05.01.csv", path, mapping=tmp_path / "m.toml")
    both = "lei:529900T8BM49AURSDO55 and lei:5493001KJTIIGC8Y1R12 identify two organizations"
    refused = [
        [judgement("elm cloud", "Oak Systems")],
        [judgement("lei:529900T8BM49AURSDO55", "lei:5493001KJTIIGC8Y1R12")],
        [judgement("Elm Cloud", "Fir"), judgement("Fir", "Oak Systems", number=1)],
    ]
    for judgements in refused:
        with pytest.raises(ContradictionError, match=both):
            judge(path, judgements, now=NOW)
    judge(path, [judgement("Elm Cloud", "Fig"), judgement("Fir", "Oak Systems", number=1)], now=NOW)
    with pytest.raises(ContradictionError, match=both):
        judge(path, [judgement("Fig", "Fir", number=2)], now=NOW)
    assert judge(path, [judgement("Elm Cloud", "Oak Systems", "different", number=3)], now=NOW)
    assert len(read_judgements(path / "judgements.jsonl").lines) == 3


def test_a_part_that_has_the_name_of_the_whole_is_a_node_of_its_own(tmp_path):
    (tmp_path / "t").write_text(table("Cedar,Fir,,,,", "Birch,Fir GmbH,,,,"), "utf-8")
    path = tmp_path / "s.kg"
    kg.build(tmp_path / "t", path)
    before = lines(path)
    told = judgement("fir gmbh", "Fir", "part-of")
    judge(path, [told], now=NOW)
    graph = kg.open(path)
    part, whole = graph.find("Fir GmbH").iri, graph.find("Fir").iri
    assert part != whole
    assert graph.query("SELECT ?a ?b { ?a org:subOrganizationOf ?b }").rows == [(part, whole)]
    judge(path, [judgement("fir gmbh", "Fir", "withdrawn", 1, told.id)], now=NOW)
    assert lines(path) == before


def test_a_build_tells_which_judgements_contradict_and_which_have_lost_an_incident(tmp_path, capsys):
    folder, path = tmp_path / "in", tmp_path / "s.kg"
    folder.mkdir()
    (folder / "a").write_text(post(vendors=["Fir"], customers=["Cedar"]), "utf-8")
    (folder / "b").write_text(post("DEM1700000002", vendors=["Fir"], customers=["Oak"]), "utf-8")
    kg.build(folder, path)
    one, other = sorted(iri for (iri,) in kg.open(path).query("SELECT ?i { ?i a bkg:Incident }").rows)
    judge(path, [judgement(one, other)], now=NOW)
    assert kg.build(folder, path).report.judgements == []
    assert there_of(kg.open(path).store.folder, [one, other, f"{one}1"], resolver_of(path)) == {one, other}
    for gone, lost in (("a", one), ("b", other)):
        there = (folder / gone).read_text("utf-8")
        (folder / gone).unlink()
        (told,) = kg.build(folder, path, prune=True).report.judgements
        assert told == f"judgement {judgement(one, other).id} names an incident that is not there: {lost}"
        (folder / gone).write_text(there, "utf-8")
    kg.build(folder, path)
    with (path / "judgements.jsonl").open("a", encoding="utf-8") as log:
        log.write(judgement("Fir", "Oak").line() + judgement("Oak", "fir", "different").line())
    report = kg.build(folder, path).report
    (told,) = report.judgements
    assert told.startswith("judgements contradict each other: Oak is not fir (")
    print_report(report)
    print_report(kg.build(folder, path).report)
    first, second = capsys.readouterr().out.splitlines()
    assert "(no document changed, organizations resolved anew)" in first
    assert "(nothing changed, nothing to do)" in second


def test_a_log_of_judgements_can_be_built_into(built, inputs, tmp_path):
    log = judgement("Birch", "Birch Annotation").line()
    (tmp_path / "s.kg").mkdir()
    (tmp_path / "s.kg" / "judgements.jsonl").write_text(log, "utf-8")
    graph = kg.build(inputs, tmp_path / "s.kg")
    assert graph.find("Birch").iri == graph.find("Birch Annotation").iri
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("", "utf-8")
    with pytest.raises(NotAStoreError):
        kg.build(inputs, tmp_path / "other")
