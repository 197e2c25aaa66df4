from __future__ import annotations

import io
import itertools
import os
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from documents import lines, post, table

import kg
from kg.errors import KGError, LockedStoreError, StoreError
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.printing import print_report

FILES = {
    "a.txt": post("DEM1700000001"),
    "b.txt": post("DEM1700000002", vendors=["Cedar Cloud"], customers=["Alder Labs", "Several banks"]),
    "t.csv": table("Alder Labs,Birch Annotation,labels,,,", "Birch Annotation,Cedar Cloud,hosting,,,"),
}


def written(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_building_again_does_nothing_and_says_so(tmp_path):
    folder = written(tmp_path / "in", FILES)
    first = kg.build(folder, tmp_path / "s.kg")
    again = kg.build(folder, tmp_path / "s.kg")
    assert (first.report.changed, again.report.changed, again.report.unchanged) == (3, 0, 3)
    assert again.store.generation == first.store.generation == 1
    assert lines(first) == lines(again)


def test_a_document_stays_in_the_format_that_was_asked_for_until_another_is(tmp_path):
    folder = written(tmp_path / "in", {"a.txt": post(prose="Oak Bank stopped using Birch Annotation.")})
    store = tmp_path / "s.kg"

    def kinds(place, **options):
        return list(kg.build(place, store, **options).info()["documents"])

    assert kinds(folder, input_format="prose") == ["prose"]
    written(folder, {"a.txt": post(prose="Oak Bank has stopped using Birch Annotation.")})
    assert kinds(folder) == ["prose"]
    assert lines(store) == lines(kg.build(folder, tmp_path / "anew.kg", input_format="prose"))
    assert kinds(tmp_path) == ["prose"]  # under another name, in/a.txt
    assert kinds(folder, input_format="post") == ["post"]
    written(folder, {"a.txt": post(prose="Oak Bank uses Birch Annotation.")})
    assert kinds(folder) == ["post"]


def test_what_is_known_since_a_later_day_does_not_give_way_to_what_is_filled_in(tmp_path, monkeypatch):
    folder, store = tmp_path / "in", tmp_path / "s.kg"
    kg.build(written(folder, {"t.csv": table("Alder Labs,Cedar,,,,")}), store, known_on=date(2026, 11, 1))
    with pytest.raises(KGError, match=r"t\.csv: what it says is known since 2026-11-01, .* on 2026-10-15"):
        kg.build(written(folder, {"t.csv": table("Alder Labs,Fir,,,,")}), store, known_on=date(2026, 10, 15))
    with monkeypatch.context() as patch:  # the same bytes, read by another version
        patch.setattr(SupplierTableExtractor, "version", "new")
        kg.build(written(folder, {"t.csv": table("Alder Labs,Cedar,,,,")}), store, known_on=date(2026, 10, 20), jobs=1)
    (folder / "t.csv").unlink()
    with pytest.raises(KGError, match="2026-11-01"):
        kg.build(folder, store, known_on=date(2026, 10, 15), prune=True)
    kg.build(written(tmp_path / "old", {"o.csv": table("Alder Labs,Oak,,,,")}), store, known_on=date(2026, 10, 15))
    told = kg.open(store, as_of=date(2026, 11, 10)).exposure("Alder Labs")
    assert {found.node.label for found in told.exposed} == {"Cedar", "Oak"}


def test_order_and_hash_seed_change_no_byte(tmp_path):
    folder = written(tmp_path / "in", FILES)
    code = "import sys, kg; kg.build(sys.argv[2:], sys.argv[1])"
    told = []
    for number, (seed, names) in enumerate(zip((0, 1, 4242), itertools.permutations(sorted(FILES)), strict=False)):
        store = tmp_path / f"{number}.kg"
        subprocess.run(
            [sys.executable, "-c", code, str(store), *(str(folder / name) for name in names)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
        )
        told.append(lines(store))
    assert told[0] == told[1] == told[2]


def test_documents_one_by_one_give_what_all_at_once_give(tmp_path):
    folder = written(tmp_path / "in", FILES)
    for name in FILES:
        kg.build(folder / name, tmp_path / "steps.kg")
    assert lines(tmp_path / "steps.kg") == lines(kg.build(folder, tmp_path / "once.kg"))


def test_a_changed_document_replaces_its_old_self(tmp_path):
    folder = written(tmp_path / "in", FILES)
    kg.build(folder, tmp_path / "s.kg")
    written(folder, {"a.txt": post("DEM1700000001", vendors=["Elm Mail"])})
    changed = kg.build(folder, tmp_path / "s.kg")
    assert (changed.report.changed, changed.report.unchanged) == (1, 2)
    assert lines(changed) == lines(kg.build(folder, tmp_path / "fresh.kg"))


def test_prune_retracts_only_what_vanished_below_the_inputs(tmp_path):
    here, there = written(tmp_path / "here", FILES), written(tmp_path / "there", {"x.txt": post("DEM1700000009")})
    kg.build([here, there], tmp_path / "s.kg")
    (here / "b.txt").unlink()
    (there / "x.txt").unlink()
    kept = kg.build(here, tmp_path / "s.kg")
    assert kept.report.removed == 0
    pruned = kg.build(here, tmp_path / "s.kg", prune=True)
    assert (pruned.report.removed, pruned.report.documents) == (1, 3)


def test_one_content_under_two_names_is_one_graph(tmp_path):
    folder = written(tmp_path / "in", {"a.txt": FILES["a.txt"], "b.txt": FILES["a.txt"]})
    graph = kg.build(folder, tmp_path / "s.kg")
    assert graph.report.documents == 2
    assert len(graph.query("SELECT ?g { ?g a bkg:ReportGraph }")) == 1
    assert [row[0] for row in graph.query("SELECT ?n { ?g a bkg:ReportGraph ; rdfs:label ?n } ORDER BY ?n")] == [
        "a.txt",
        "b.txt",
    ]


def test_of_two_tellings_the_latest_dated_counts_and_the_other_is_noted(tmp_path):
    folder = written(tmp_path / "in", {
        "old.txt": post("DEM1700000001", date="4/2026", status="Ongoing"),
        "new.txt": post("DEM1700000001", date="6/2026", status="Closed"),
    })  # fmt: skip
    graph = kg.build(folder, tmp_path / "s.kg")
    ((status,),) = graph.query("SELECT ?s { ?i a bkg:Incident ; bkg:investigationStatus ?s }").rows
    assert status.endswith("/closed")
    assert any("ongoing" in note for (note,) in graph.query("SELECT ?n { ?i bkg:conflict ?n }"))


def test_layers_keep_apart(tmp_path):
    graph = kg.build(written(tmp_path / "in", FILES), tmp_path / "s.kg")
    assert graph.query("ASK { GRAPH ?g { ?s a bkg:Vendor } }").rows == [(False,)]
    assert graph.query("ASK { ?g a bkg:OrganizationGroup , bkg:Organization }").rows == [(False,)]
    evidence = graph.query(
        "SELECT ?s ?g { GRAPH ?g { ?s a ?c } FILTER(!STRENDS(STR(?g), '/provenance') && !STRENDS(STR(?g), '/referents')) }"
    )
    assert len(evidence) > 20
    assert all(subject.startswith(str(where).replace("/graph/", "/document/")) for subject, where in evidence)
    assert not [q for q in graph.store.quads if str(q.subject).startswith("_:") or str(q.object).startswith("_:")]


def test_an_organization_is_not_its_own_supplier(tmp_path):
    graph = kg.build(written(tmp_path / "in", {"t.csv": table("A,A Inc.,,,,", "A,B,,,,")}), tmp_path / "s.kg")
    assert [row["reason"] for row in graph.report.quarantine]
    assert [one.node.label for one in graph.exposure("A")] == ["B"]


def test_a_bad_record_is_set_aside_and_the_rest_is_built(tmp_path):
    graph = kg.build(written(tmp_path / "in", {"t.csv": table("A,,,,,", "A,B,,,,")}), tmp_path / "s.kg")
    (row,) = graph.report.quarantine
    assert (row["document"], row["record"]) == ("t.csv", "row 1")
    assert len(graph.exposure("A")) == 1


def test_a_guessed_encoding_is_told_at_every_build(tmp_path, capsys):
    folder = written(tmp_path / "in", {"u.csv": table("Ärger AG,Birch,,,,")})
    (folder / "w.csv").write_bytes(table("Société Alder,Birch,,,,").encode("cp1252"))
    for _ in range(2):
        report = kg.build(folder, tmp_path / "s.kg").report
        assert report.guessed_encodings == [{"document": "w.csv", "encoding": "Windows-1252"}]
        print_report(report)
        assert capsys.readouterr().err == "read w.csv as Windows-1252: it is not UTF-8\n"


def test_a_second_builder_is_told_who_builds(tmp_path):
    folder = written(tmp_path / "in", FILES)
    kg.build(folder, tmp_path / "s.kg")
    code = "import sys, time\nfrom pathlib import Path\nfrom kg.store.layout import Layout\nwith Layout(Path(sys.argv[1])).locked():\n    print('held', flush=True)\n    time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "s.kg")], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedStoreError, match=f"pid {holder.pid}"):
            kg.build(folder, tmp_path / "s.kg")
        holder.kill()


@pytest.mark.parametrize("pause", [0.05, 0.25, 0.4, 0.55])
def test_a_killed_build_leaves_the_last_generation_whole(tmp_path, pause):
    folder = written(tmp_path / "in", FILES)
    before = lines(kg.build(folder, tmp_path / "s.kg"))
    written(folder, {f"n{i}.txt": post(f"NEW17000000{i:02d}", vendors=[f"Vendor {i}"]) for i in range(60)})
    code = "import sys, kg; kg.build(sys.argv[2], sys.argv[1])"
    builder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "s.kg"), str(folder)])
    time.sleep(pause)
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    after = kg.open(tmp_path / "s.kg")
    assert lines(after) == before or after.store.generation == 2
    assert lines(kg.build(folder, tmp_path / "s.kg")) == lines(kg.build(folder, tmp_path / "fresh.kg"))


@pytest.mark.parametrize("name", ["open", "fsync", "rename", "replace"])
def test_a_full_disk_is_one_line_and_leaves_the_old_generation(tmp_path, monkeypatch, name):
    import errno
    from pathlib import Path

    folder = written(tmp_path / "in", FILES)
    before = lines(kg.build(folder, tmp_path / "s.kg"))
    written(folder, {"c.txt": post("DEM1700000003")})

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    if name == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    elif name == "open":
        monkeypatch.setattr(Path, "write_text", full)
    else:
        monkeypatch.setattr(Path, name, full)
    with pytest.raises(StoreError, match="disk is full") as caught:
        kg.build(folder, tmp_path / "s.kg")
    assert "\n" not in str(caught.value)
    monkeypatch.undo()
    assert lines(tmp_path / "s.kg") == before
    assert kg.build(folder, tmp_path / "s.kg").report.changed == 1


def test_a_store_below_a_file_cannot_be_made(tmp_path):
    written(tmp_path / "in", FILES)
    (tmp_path / "file").write_text("x")
    with pytest.raises(KGError):
        kg.build(tmp_path / "in", tmp_path / "file" / "s.kg")


def test_prune_knows_patterns_and_leaves_what_is_still_there(tmp_path):
    folder = written(tmp_path / "in", {**FILES, "deep.csv": table("X,Y,,,,")})
    below = written(folder / "sub", {"c.txt": post("DEM1700000003")})
    kg.build(folder, tmp_path / "s.kg")
    (folder / "a.txt").unlink()
    (folder / "t.csv").unlink()
    (below / "c.txt").unlink()
    pruned = kg.build(str(folder / "*.txt"), tmp_path / "s.kg", prune=True)
    held = {entry["name"] for entry in pruned.store.manifest["documents"].values()}
    # t.csv and sub/c.txt have gone too, but the pattern never stood for them.
    assert (pruned.report.removed, held) == (1, {"b.txt", "t.csv", "deep.csv", "sub/c.txt"})
    assert kg.build(str(folder / "**" / "*.txt"), tmp_path / "s.kg", prune=True).report.removed == 1


def test_prune_retracts_what_came_from_standard_input_before_where_it_is_an_input(tmp_path, monkeypatch):
    folder = written(tmp_path / "in", {"-": post("DEM1700000009"), **FILES})

    def piped(text, *inputs, **more):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return kg.build(["-", *inputs], tmp_path / "s.kg", **more)

    first, second, third = (table(f"Alder,{name},,,,") for name in ("Birch", "Cedar", "Dune"))
    kg.build(folder, tmp_path / "s.kg")
    assert piped(first).report.documents == 5
    assert piped(second).report.documents == 6
    assert kg.build(folder, tmp_path / "s.kg", prune=True).report.removed == 0
    replaced = piped(third, prune=True)
    assert (replaced.report.removed, replaced.report.documents) == (2, 5)
    assert [one.node.label for one in replaced.exposure("Alder", 1)] == ["Dune"]
    again = piped(third, folder, prune=True)
    assert (again.report.removed, again.report.unchanged) == (0, 5)
    with pytest.raises(KGError, match="empty"):
        piped("", prune=True)
    assert [one.node.label for one in kg.open(tmp_path / "s.kg").exposure("Alder", 1)] == ["Dune"]


def test_prune_may_empty_a_store(tmp_path):
    folder = written(tmp_path / "in", {"a.txt": FILES["a.txt"]})
    kg.build(folder, tmp_path / "s.kg")
    (folder / "a.txt").unlink()
    emptied = kg.build(folder, tmp_path / "s.kg", prune=True)
    assert (emptied.report.documents, emptied.report.removed) == (0, 1)
    assert lines(emptied) == []
    assert emptied.query("ASK { ?i a bkg:Incident }").rows == [(False,)]


def test_a_missing_input_is_never_taken_for_a_vanished_one(tmp_path):
    folder = written(tmp_path / "in", FILES)
    before = lines(kg.build(folder, tmp_path / "s.kg"))
    folder.rename(tmp_path / "unmounted")
    with pytest.raises(KGError, match="no such file"):
        kg.build(folder, tmp_path / "s.kg", prune=True)
    assert lines(tmp_path / "s.kg") == before


def test_a_document_that_can_no_longer_be_read_is_kept_and_reported(tmp_path):
    folder = written(tmp_path / "in", FILES)
    before = lines(kg.build(folder, tmp_path / "s.kg"))
    (folder / "a.txt").write_bytes(b"\0")
    again = kg.build(folder, tmp_path / "s.kg", prune=True)
    assert [row["document"] for row in again.report.quarantine] == ["a.txt"]
    assert lines(again) == before


def test_of_copies_each_is_told_to_have_a_supplier_that_is_its_customer_whichever_came_first(build):
    own = table("Meta,Meta Platforms,mail,,,", "Meta,Birch,mail,,,")
    assert [row["document"] for row in build({"b.csv": own}).report.quarantine] == ["b.csv"]
    assert [row["document"] for row in build({"a.csv": own}).report.quarantine] == ["a.csv", "b.csv"]


def test_a_document_under_a_new_name_is_the_same_graph(tmp_path):
    folder = written(tmp_path / "in", FILES)
    kg.build(folder, tmp_path / "s.kg")
    (folder / "a.txt").rename(folder / "z.txt")
    moved = kg.build(folder, tmp_path / "s.kg", prune=True)
    assert (moved.report.changed, moved.report.removed, moved.report.documents) == (1, 1, 3)
    assert lines(moved) == lines(kg.build(folder, tmp_path / "fresh.kg"))


def test_a_new_version_of_an_extractor_reads_again(tmp_path, monkeypatch):
    from kg.extract.suppliers.extractor import SupplierTableExtractor

    folder = written(tmp_path / "in", FILES)
    kg.build(folder, tmp_path / "s.kg")
    monkeypatch.setattr(SupplierTableExtractor, "version", "999")
    again = kg.build(folder, tmp_path / "s.kg")
    assert (again.report.changed, again.report.unchanged) == (1, 2)
    assert again.query("ASK { ?g bkg:extractorVersion '999' }").rows == [(True,)]
    assert lines(again) == lines(kg.build(folder, tmp_path / "fresh.kg"))


def test_nasty_text_survives_going_through_the_store(tmp_path):
    """What is read back from the last generation must be equal, text for text, to what was written."""
    nasty = 'Tab\there, bell\x07, \x7f, quote " slash \\ and \ufffe \U0001f600'
    files = {
        "a.txt": post("DEM1700000001", vendors=[nasty]),
        "b.txt": post("DEM1700000002", vendors=[nasty], customers=["Oak"]),
    }
    folder = written(tmp_path / "in", files)
    for name in files:
        steps = kg.build(folder / name, tmp_path / "steps.kg")
    assert lines(steps) == lines(kg.build(folder, tmp_path / "once.kg"))
    assert steps.query("ASK { ?v a bkg:Vendor ; skos:altLabel ?other }").rows == [(False,)]


def test_the_report_counts_what_the_store_holds(tmp_path):
    folder = written(tmp_path / "in", {**FILES, "bad.csv": table("A,,,,,", "A,B,,,,"), "notes.md": "notes"})
    told = kg.build(folder, tmp_path / "s.kg").report.as_dict()
    assert (told["documents"], told["skipped"], told["quarantined"], told["incidents"]) == (4, 1, 1, 2)
    assert told["by_kind"]["suppliers"] == {"documents": 2, "records": 3, "incidents": 0, "claims": 3, "quarantined": 1}
    assert told["quarantine"] == [{"document": "bad.csv", "record": "row 1", "reason": "names no supplier"}]
    assert told["claims"] == sum(kind["claims"] for kind in told["by_kind"].values())
    assert told["quads"] == len(kg.open(tmp_path / "s.kg").store)
    assert told["seconds"] >= 0
    unchanged = kg.build(folder, tmp_path / "s.kg").report.as_dict()
    assert {**unchanged, "seconds": 0, "changed": 4, "unchanged": 0} == {**told, "seconds": 0}
