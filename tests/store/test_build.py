from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time

import pytest
from documents import lines, post, table

import kg
from kg.errors import KGError, LockedStoreError, StoreError

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
