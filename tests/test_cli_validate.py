"""`kg validate`: exit status, formats, limits, and every good and faulty graph through the command."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import MissingExtraError

ONTOLOGY = Path(__file__).resolve().parent / "ontology"


def run(capsys, *arguments):
    status = main(["validate", *map(str, arguments)])
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.mark.parametrize("path", sorted((ONTOLOGY / "pass").glob("*.ttl")), ids=lambda path: path.stem)
def test_good_graphs_are_zero(capsys, path):
    status, out, err = run(capsys, path)
    assert status == 0
    assert re.fullmatch(r"(?:quotes of 1 documents were not held against the text,.*\n)?", err)
    assert "\n0 violations, " in f"\n{out}"


@pytest.mark.parametrize("path", sorted((ONTOLOGY / "xfail").glob("*.ttl"))[::9], ids=lambda path: path.stem)
def test_faults_are_told_by_their_shape(capsys, path):
    """One in nine; all are held against their shapes in `ontology/test_shapes.py`."""
    shape = re.match(r"# expects: shape:([\w-]+)", path.read_text("utf-8"))[1]
    status, out, _ = run(capsys, path, "--format", "json")
    told = json.loads(out)
    found = {finding["shape"]: finding["severity"] for finding in told["findings"]}
    assert shape in found
    assert status == (3 if "violation" in found.values() else 0)
    assert (told["violations"] > 0) == (found[shape] == "violation")
    assert all(finding["graph"] == str(path) for finding in told["findings"])


def test_strict_fails_on_warnings(capsys, demo_store):
    assert run(capsys, "--store", demo_store)[0] == 0
    status, out, _ = run(capsys, "--store", demo_store, "--strict")
    assert status == 3
    assert re.search(r"^0 violations, [1-9]\d* warnings$", out, re.MULTILINE)


def test_a_graph_without_any_finding_prints_only_that(capsys, tmp_path):
    (tmp_path / "empty.nt").write_text("")
    assert run(capsys, tmp_path / "empty.nt", "--strict") == (0, "0 violations, 0 warnings\n", "")


def test_what_the_limit_leaves_out_is_counted(capsys, demo_store):
    every = json.loads(run(capsys, "--store", demo_store, "--limit", "0", "--format", "json")[1])
    most = max(shape["count"] for shape in every["shapes"])
    assert len(every["findings"]) == every["warnings"]
    out = run(capsys, "--store", demo_store, "--limit", "1")[1]
    assert f": and {most - 1} more\n" in out
    _, out, err = run(capsys, "--store", demo_store, "--limit", "1", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(every["shapes"])
    assert f": and {most - 1} more\n" in err


def test_several_graphs_are_validated(capsys):
    paths = [ONTOLOGY / "xfail" / "lei-shared.ttl", ONTOLOGY / "pass" / "canonical.ttl"]
    status, out, _ = run(capsys, *paths, "--format", "json")
    told = json.loads(out)
    assert status == 3
    assert {finding["graph"] for finding in told["findings"]} == {str(paths[0])}


def test_documents_that_are_not_at_hand_are_named(capsys, demo_store, tmp_path, examples):
    assert main(["export", "--to", "nquads", "-o", str(tmp_path / "g.nq"), "--store", str(demo_store)]) == 0
    capsys.readouterr()
    status, _, err = run(capsys, tmp_path / "g.nq")
    assert (status, err.count("\n")) == (0, 1)
    assert "quotes of 9 documents were not held against the text" in err
    given = [argument for path in examples for argument in ("--documents", path)]
    assert run(capsys, tmp_path / "g.nq", *given)[2] == ""


def test_an_engine_can_be_named(capsys, demo_store, monkeypatch):
    out = run(capsys, "--store", demo_store, "--engine", "pyshacl", "--format", "json")[1]
    assert json.loads(out)["engine"] == "pyshacl"
    monkeypatch.setattr("kg.validate.engines.find_spec", lambda _name: None)
    status, out, err = run(capsys, "--store", demo_store, "--engine", "shifty")
    assert (status, out) == (1, "")
    assert err == "kg: shifty is not installed (pip install 'breachkg[validate]')\n"
    with pytest.raises(MissingExtraError):
        main(["--debug", "validate", "--store", str(demo_store), "--engine", "shifty"])
