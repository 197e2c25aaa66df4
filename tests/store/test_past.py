"""Earlier states: what was known on a day is what a build of the documents then known gives."""

from __future__ import annotations

import gc
import json
from datetime import UTC, date, datetime

import pyoxigraph as ox
import pytest
from documents import lines, post, table

import kg
from kg.errors import KGError, StoreError
from kg.resolve.judgements import Judgement
from kg.store.edges import TYPES
from kg.store.history import moment
from kg.store.judged import judge
from kg.store.layout import KEPT_GENERATIONS

DAYS = [date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10), date(2026, 5, 10)]
STATES = [
    {"a.txt": post(customers=["Alder Labs"]), "t.csv": table("Alder Labs,Cedar,mail,,,")},
    {"a.txt": post(customers=["Alder Labs", "ALDER Labs Inc.", "Elm"]), "t.csv": table("Alder Labs,Cedar,mail,,,")},
    {
        "a.txt": post(customers=["Elm"], linkid="birch"),
        "b.txt": post("DEM1700000002", vendors=["Cedar"], date="3/2026"),
    },
    {"b.txt": post("DEM1700000002", vendors=["Cedar"], customers=["Fir"])},
    {"a.txt": post(customers=["Alder Labs"]), "b.txt": post("DEM1700000002", vendors=["Cedar"], customers=["Fir"])},
]


def written(folder, files):
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store that went through the states, one on each day."""
    folder = tmp_path_factory.mktemp("past")
    for day, files in zip(DAYS, STATES, strict=True):
        kg.build(written(folder / "in", files), folder / "s.kg", prune=True, known_on=day)
    return folder / "s.kg"


@pytest.mark.parametrize("number", range(len(DAYS)))
def test_what_was_known_is_what_a_build_then_gave(store, tmp_path, number):
    then = kg.build(written(tmp_path / "in", STATES[number]), tmp_path / "then.kg")
    told = kg.open(store, as_of=DAYS[number])
    assert lines(told) == lines(then)
    tables = [{path.name: path.read_bytes() for path in (g.store.folder / "edges").iterdir()} for g in (told, then)]
    assert tables[0] == tables[1]
    assert told.info()["documents"] == then.info()["documents"]
    assert told.exposure("Elm").as_dict() == then.exposure("Elm").as_dict() if number in (1, 2) else True


def test_a_day_is_over_at_its_end_and_before_the_first_nothing_was_known(store):
    before = kg.open(store, as_of=date(2026, 1, 9))
    assert lines(before) == []
    assert [len(lines(kg.open(store, as_of=date(2026, 1, day)))) > 0 for day in (9, 10, 11)] == [False, True, True]
    assert lines(kg.open(store, as_of=date(2100, 1, 1))) == lines(store)
    assert lines(kg.open(store, as_of=date.max)) == lines(store)


def test_a_state_has_its_edge_table_and_goes_when_it_is_closed(store):
    then = kg.open(store, as_of=DAYS[0])
    folder = then.store.folder
    assert folder.is_dir()
    assert len(then.store.edges()) == sum(edge.type in TYPES for edge in then.projection.edges) > 0
    del then
    gc.collect()
    assert not folder.exists()
    assert list((store / "past").iterdir()) == []


def test_evidence_of_the_past_is_never_rewritten(tmp_path):
    folder = tmp_path / "in"
    kg.build(written(folder, STATES[0]), tmp_path / "s.kg", known_on=DAYS[0])
    kg.build(written(folder, STATES[1]), tmp_path / "s.kg", known_on=DAYS[1])
    (kept,) = (tmp_path / "s.kg" / "history").iterdir()
    data, state = kept.read_bytes(), kept.stat()
    for files in (STATES[0], STATES[1], {"t.csv": STATES[0]["t.csv"]}):
        kg.build(written(folder, files), tmp_path / "s.kg", prune=True)
    assert (kept.read_bytes(), kept.stat().st_ino) == (data, state.st_ino)


def test_a_damaged_history_is_one_line(store, tmp_path):
    import shutil

    copy = tmp_path / "copy.kg"
    # Without the states of the past that other tests still have open.
    shutil.copytree(store, copy, ignore=shutil.ignore_patterns("past"))
    for path in (copy / "history").iterdir():
        path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(StoreError, match="the history cannot be read") as caught:
        kg.open(copy, as_of=DAYS[1])
    assert "\n" not in str(caught.value)
    assert list((copy / "past").glob("*")) == []
    assert kg.open(copy).info()["quads"] > 0


@pytest.mark.parametrize("name", ["as_of", "valid_on"])
def test_a_text_is_no_day(store, name):
    with pytest.raises(KGError, match="'2022-06-29' is no date"):
        kg.open(store).at(**{name: "2022-06-29"})


def test_a_file_has_no_history(store, tmp_path):
    from kg.export import export

    export(kg.open(store).store, "nquads", tmp_path / "x.nq")
    graph = kg.open(tmp_path / "x.nq")
    with pytest.raises(StoreError, match="no history"):
        graph.at(as_of=DAYS[0])
    with pytest.raises(StoreError, match="no generations"):
        kg.open(tmp_path / "x.nq", 1)


def test_a_store_that_may_not_be_written_is_still_asked_about_its_past(store, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    then = kg.open(store, as_of=DAYS[0])
    assert then.store.folder.parent == tmp_path
    assert lines(then)


TERMS = [
    "Alder,Birch,mail,,2026-01-31,",
    "Alder,Cedar,mail,2026-01-31,,",
    "Alder,Dogwood,mail,2026-01,2026-02,suspended",
    "Alder,Birch,hosting,2026-03-01,,",
    "Elm,Alder,,,,",
]


@pytest.mark.parametrize(
    ("day", "vendors"),
    [
        ("2025-12-31", ["Birch"]),
        ("2026-01-30", ["Birch", "Dogwood"]),
        ("2026-01-31", ["Cedar", "Dogwood"]),
        ("2026-03-01", ["Birch", "Cedar"]),
    ],
)
def test_what_was_in_force_on_a_day(build, day, vendors):
    graph = build({"t.csv": table(*TERMS)})
    on = graph.at(valid_on=date.fromisoformat(day))
    rows = on.query(
        'SELECT ?name { ?a rdfs:label "Alder" ; bkg:usesVendor ?v . ?v rdfs:label ?name } ORDER BY ?name'
    ).rows
    assert [str(row[0]) for row in rows] == vendors
    # A relationship counts for the measure exactly where it counts for the query.
    listed = sorted(one.node.label for one in graph.exposure("Alder", 1, valid_on=date.fromisoformat(day)))
    assert listed == vendors
    dangling = "SELECT ?s ?o { ?s ?p ?o FILTER(STRSTARTS(STR(?o), STR(id:)) && !EXISTS { ?o ?q ?r }) }"
    gone = {quad.subject for quad in graph.store.quads} - {quad.subject for quad in on.store.quads}
    left = {quad.object for quad in on.store.quads if quad.graph_name == ox.DefaultGraph()}
    assert gone
    assert not gone & left, dangling


def test_a_moment_is_the_day_that_it_is_of(build, store):
    graph = build({"t.csv": table(*TERMS)})
    assert lines(graph.at(valid_on=datetime(2026, 3, 1, 12, tzinfo=UTC))) == lines(graph.at(valid_on=date(2026, 3, 1)))
    assert lines(kg.open(store, as_of=datetime(2026, 2, 10, 12, tzinfo=UTC))) == lines(kg.open(store, as_of=DAYS[1]))


def test_a_state_stays_one_of_its_days_when_a_build_has_ended(build):
    graph = build({"t.csv": table(*TERMS)}, known_on=date(2026, 1, 10))
    day = date(2026, 1, 31)
    valid, known = kg.open(graph.store.path, valid_on=day), kg.open(graph.store.path, as_of=day)
    assert (valid.refresh(), known.refresh()) == (valid, known)
    assert repr(valid) == f"<KnowledgeGraph {graph.store.path} generation 1, valid_on 2026-01-31>"
    build({"u.csv": table("Fir,Cedar,mail,,,", "Fir,Birch,mail,2026-02-01,,")}, known_on=date(2026, 3, 1))
    now = graph.refresh()
    assert lines(valid.refresh()) == lines(now.at(valid_on=day)) != lines(now)
    assert lines(known.refresh()) == lines(graph) == lines(known)
    assert repr(known.refresh()) == f"<KnowledgeGraph {graph.store.path} generation 2, as_of 2026-01-31>"


def test_of_a_state_the_day_is_exchanged_that_is_given(build):
    build({"t.csv": table(*TERMS)}, known_on=date(2026, 1, 10))
    graph = build({"u.csv": table("Fir,Cedar,mail,,2026-02-01,")}, known_on=date(2026, 3, 1))
    early, late, known = date(2025, 12, 31), date(2026, 3, 1), date(2026, 2, 1)
    assert lines(graph.at(valid_on=late).at(valid_on=early)) == lines(graph.at(valid_on=early))
    both = lines(graph.at(as_of=known, valid_on=early))
    assert lines(graph.at(as_of=known).at(valid_on=early)) == lines(graph.at(valid_on=early).at(as_of=known)) == both
    then = graph.at(as_of=known)
    assert then.at(as_of=date(2026, 4, 1)) is then is then.at()


def test_incidents_that_were_judged_to_be_one_meanwhile_are_one_in_earlier_states_of_what_is_open(tmp_path):
    files = {"a.txt": post(customers=["Alder Labs"]), "b.txt": post("DEM1700000002", customers=["Elm"])}
    files |= {f"{number}.csv": table(f"Fir,Oak {number},,,,") for number in range(5)}
    kg.build(written(tmp_path / "in", files), tmp_path / "s.kg", known_on=DAYS[0])
    graph = kg.build(written(tmp_path / "in", files | {"t.csv": STATES[0]["t.csv"]}), tmp_path / "s.kg")
    one, other = (iri for (iri,) in graph.query("SELECT ?i { ?i a bkg:Incident } ORDER BY ?i").rows)
    now = moment(DAYS[1])
    judge(tmp_path / "s.kg", [Judgement(one, other, "same", 0.5, (), "somebody", now)], now=now)
    assert lines(graph.at(as_of=DAYS[0])) == lines(kg.open(tmp_path / "s.kg", as_of=DAYS[0]))


def test_generations_stay_a_while(store):
    numbers = [told["generation"] for told in kg.open(store).store.generations()]
    assert numbers == list(range(len(DAYS) - KEPT_GENERATIONS + 1, len(DAYS) + 1))
    assert kg.open(store, numbers[0]).store.generation == numbers[0]
    with pytest.raises(StoreError, match=f"there is no generation 1; there are {numbers[0]}, "):
        kg.open(store, 1)


def test_an_export_tells_the_history_only_when_asked(store, tmp_path):
    from kg.export import export

    opened = kg.open(store).store
    told = {}
    for name, with_history in (("plain", False), ("all", True)):
        export(opened, "nquads", tmp_path / f"{name}.nq", with_history=with_history)
        told[name] = set((tmp_path / f"{name}.nq").read_text("utf-8").splitlines())
    assert 'generatedAtTime> "' not in "\n".join(told["plain"])
    more = "\n".join(sorted(told["all"] - told["plain"]))
    assert told["plain"] < told["all"]
    kept = {f"graph/{path.name.removesuffix('.nq.gz')}" for path in (store / "history").iterdir()}
    current = {entry["graph"] for entry in opened.manifest["documents"].values()}
    for name in kept:
        held = any(iri.endswith(name) for iri in current)
        assert (
            "invalidatedAtTime" in "\n".join(line for line in more.splitlines() if f"{name}> <http://www.w3" in line)
        ) != held
    assert '"2026-01-10T00:00:00+00:00"' in more
    with pytest.raises(kg.KGError, match="turtle cannot hold the history"):
        export(opened, "turtle", tmp_path / "x.ttl", with_history=True)


def test_the_manifest_alone_has_the_clock(store):
    manifest = json.loads((store / "generations" / "000005" / "manifest.json").read_text("utf-8"))
    assert {entry["added"][:10] for entry in manifest["documents"].values()} == {"2026-04-10", "2026-05-10"}
    assert all(entry["added"] < entry["invalidated"] for entry in manifest["history"])
    assert "2026-05-10" not in "".join(lines(store))


def test_a_lost_file_of_the_history_is_told_and_never_made_up(tmp_path):
    folder, path = tmp_path / "in", tmp_path / "s.kg"
    for files, day in zip(STATES[:2], DAYS, strict=False):
        kg.build(written(folder, files), path, known_on=day)
    (lost,) = (path / "history").iterdir()
    lost.unlink()
    kg.build(written(folder, STATES[1] | {"more.csv": table("Elm,Fir,,,,")}), path)
    assert not lost.exists()
    with pytest.raises(StoreError, match="the history cannot be read"):
        kg.open(path, as_of=DAYS[0])
