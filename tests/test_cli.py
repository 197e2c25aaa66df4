from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from documents import post, table

from kg.cli import main


def run(capsys, *arguments):
    status = main([str(a) for a in arguments])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return status, told.out, told.err


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n", "is empty"),
        ("binary.dat", b"abc\0def", "binary"),
        ("latin.txt", b"caf\xe9 \xff\xfe bar and more text", "UTF-8"),
        ("prose.txt", b"Nothing that anybody knows.", "no extractor recognizes"),
        ("broken.gz", b"\x1f\x8b\x08\x00broken", "cannot be read"),
    ],
)
def test_a_named_file_that_cannot_be_used_fails_in_one_line(capsys, tmp_path, name, data, said):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    status, out, err = run(capsys, "build", tmp_path / name, "--store", tmp_path / "s.kg")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert name in err
    assert said in err
    assert not (tmp_path / "s.kg").exists()


def test_the_same_files_in_a_folder_are_set_aside(capsys, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.csv").write_text(table("A,B,,,,"))
    (folder / "notes.md").write_text("Some notes.")
    (folder / "binary.dat").write_bytes(b"\0\0")
    status, out, err = run(capsys, "build", folder, "--store", tmp_path / "s.kg", "--report", tmp_path / "r.json")
    assert status == 3
    assert "1 documents" in out
    assert "skipped notes.md" in err
    assert "quarantined binary.dat" in err
    told = json.loads((tmp_path / "r.json").read_text())
    assert (told["documents"], told["skipped"], told["quarantined"]) == (1, 1, 1)
    assert told["quarantine"][0]["document"] == "binary.dat"
    assert told.keys() >= {
        "documents",
        "skipped",
        "incidents",
        "claims",
        "quads",
        "quarantined",
        "seconds",
        "by_kind",
        "quarantine",
    }


@pytest.mark.parametrize("kind", ["folder", "file", "nothing", "newer", "pointer"])
def test_what_is_no_store_is_told_apart(capsys, tmp_path, kind, demo_store):
    path = tmp_path / "x.kg"
    if kind == "folder":
        path.mkdir()
        (path / "a").write_text("x")
    elif kind == "file":
        path.write_text("x")
    elif kind == "newer":
        path.mkdir()
        (path / "store.json").write_text('{"format": 99}')
    elif kind == "pointer":
        (path / "generations").mkdir(parents=True)
        (path / "store.json").write_text('{"format": 1}')
        (path / "CURRENT").write_text("../../etc")
    status, out, err = run(capsys, "exposure", "Meta", "--store", path)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert str(path) in err


def test_wrong_usage_is_two(capsys):
    for arguments in (
        [],
        ["nonsense"],
        ["query"],
        ["exposure"],
        ["export", "--to", "nonsense", "-o", "x"],
        ["exposure", "Meta", "--depth", "x"],
    ):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
        capsys.readouterr()


@pytest.mark.parametrize(
    "arguments",
    [
        ["info"],
        ["formats"],
        ["query", "SELECT ?v { ?i bkg:breached ?v }"],
        ["exposure", "Meta"],
        ["blast-radius", "Mercor"],
        ["why", "Meta", "Mercor"],
    ],
    ids=lambda a: a[0],
)
def test_every_reading_command_speaks_three_formats(capsys, demo_store, arguments):
    store = [] if arguments == ["formats"] else ["--store", demo_store]
    status, table_text, _ = run(capsys, *arguments, *store)
    assert (status, bool(table_text)) == (0, True)
    _, text, _ = run(capsys, *arguments, "--format", "json", *store)
    assert json.loads(text)
    _, text, _ = run(capsys, *arguments, "--format", "csv", *store)
    rows = list(csv.reader(io.StringIO(text)))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 1


def test_exposure_json_has_the_agreed_keys(capsys, demo_store):
    told = json.loads(run(capsys, "exposure", "Meta", "--format", "json", "--store", demo_store)[1])
    assert told.keys() == {"organization", "exposures"}
    for found in told["exposures"]:
        assert found.keys() >= {
            "vendor",
            "tier",
            "path",
            "status",
            "hops",
            "basis",
            "exposure",
            "certainty",
            "incidents",
            "claims",
        }
        assert (found["path"][0], found["path"][-1]) == ("Meta", found["vendor"]["label"])
        assert len(found["path"]) == found["tier"] + 1 == len(found["hops"]) + 1
        for incident in found["incidents"]:
            assert incident.keys() >= {"iri", "title", "earliest", "latest", "data_types"}


def test_extract_prints_json_lines(capsys, tmp_path):
    (tmp_path / "two.txt").write_text(post("DEM1700000001") + "\n" + post("DEM1700000002"))
    (tmp_path / "t.csv").write_text(table("A,B,hosting,2024-01,,"))
    status, out, _ = run(capsys, "extract", tmp_path)
    records = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [r["incident"] for r in records] == [None, "DEM1700000001", "DEM1700000002"]
    assert records[0]["uses_vendor"][0]["supplier"] == "B"


@pytest.mark.parametrize("kind", ["nquads", "trig", "turtle", "jsonld", "graphml"])
def test_exports_are_stable_and_read_back(capsys, demo_store, tmp_path, kind):
    suffix = {"nquads": "nq", "trig": "trig", "turtle": "ttl", "jsonld": "jsonld", "graphml": "graphml"}[kind]
    paths = [tmp_path / f"{n}.{suffix}" for n in (1, 2)]
    for path in paths:
        assert run(capsys, "export", "--to", kind, "-o", path, "--store", demo_store)[0] == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    if kind == "graphml":
        import networkx as nx

        assert nx.read_graphml(paths[0]).number_of_edges() > 100
    else:
        status, out, _ = run(capsys, "exposure", "Meta", "--format", "csv", "--store", paths[0])
        assert (status, "Mercor" in out) == (0, True)


def test_view_writes_a_page(capsys, demo_store, tmp_path):
    assert run(capsys, "view", "-o", tmp_path / "p.html", "--focus", "Mercor", "--store", demo_store)[0] == 0
    assert "Mercor" in (tmp_path / "p.html").read_text("utf-8")
    status, _, err = run(capsys, "view", "-o", tmp_path / "none" / "p.html", "--store", demo_store)
    assert (status, "p.html" in err) == (1, True)


def test_a_reader_that_goes_away_is_no_traceback(demo_store):
    command = f"{sys.executable} -m kg.cli query 'SELECT * {{ ?s ?p ?o }}' --store {demo_store} | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=os.environ, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_why_of_an_unstated_thing_says_so(capsys, demo_store):
    status, out, err = run(capsys, "why", "Meta", "usesVendor", "Okta", "--store", demo_store)
    assert (status, out) == (1, "")
    assert "does not state" in err


def test_no_progress_bar_in_a_pipe(capsys, tmp_path):
    (tmp_path / "t.csv").write_text(table("A,B,,,,"))
    assert run(capsys, "build", tmp_path / "t.csv", "--store", tmp_path / "s.kg")[2] == ""
