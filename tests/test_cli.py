from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documents import breach, graph_of, post, table

import kg
from kg.cli import main
from kg.errors import KGError
from kg.model import Role
from kg.printing import print_exposure


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


@pytest.mark.parametrize("installed", [True, False])
def test_the_demo_ends_with_a_command_that_can_be_run_as_it_stands(capsys, tmp_path, monkeypatch, installed):
    monkeypatch.setattr("kg.commands.building.which", lambda name: name if installed else None)
    status, out, _ = run(capsys, "demo", "-o", tmp_path / "d")
    told = out.splitlines()[-1].removeprefix("Ask more: ")
    assert (status, told.startswith("kg exposure ")) == (0, installed)
    if not installed:
        done = subprocess.run(
            ["bash", "-c", told], capture_output=True, text=True, encoding="utf-8", check=True, timeout=300
        )
        assert "Kaseya" in done.stdout


def test_a_query_is_read_from_standard_input(capsys, demo_store, monkeypatch):
    def asked(sent):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sent), encoding="latin-1"))
        return run(capsys, "query", "--file", "-", "--format", "csv", "--store", demo_store)

    assert asked('SELECT ("é" AS ?text) {}\n'.encode())[:2] == (0, "text\né\n")
    status, out, err = asked(b"SELECT \xe9")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "stdin: the query cannot be read" in err


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
        ["ontology"],
        ["ontology", "docs"],
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
        ["validate"],
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


@pytest.mark.parametrize(
    ("days", "holds"),
    [(("2026-03-02", "2026-03-10"), "a later one says that it was"), (("", ""), "it counts as not affected")],
)
def test_where_documents_disagree_whether_an_incident_affected_somebody_both_are_quoted(capsys, days, holds):
    graph = graph_of(*(
        [breach(("Birch", Role.BREACHED), ("Oak", role), uses=["Oak"], when=[("reported", day)] if day else [])]
        for role, day in zip((Role.CUSTOMER_UNAFFECTED, Role.AFFECTED_DOWNSTREAM), days, strict=True)
    ))  # fmt: skip
    print_exposure(graph, graph.exposure("Oak"))
    told = capsys.readouterr().out.split("Oak: documents disagree whether it was affected by Birch breached; ")[1]
    assert told.startswith(f"{holds}\n affected:\n")
    assert told.index("1.txt: here") < told.index(" not affected:\n") < told.index("0.txt: here")


def test_exposure_json_has_the_agreed_keys(capsys, demo_store):
    told = json.loads(run(capsys, "exposure", "Meta", "--format", "json", "--store", demo_store)[1])
    assert told.keys() == {"organization", "exposures", "unnamed"}
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


def test_view_says_how_much_the_page_holds_and_what_of_the_portfolio_it_does_not(capsys, demo_store, tmp_path):
    page, ours = tmp_path / "p.html", tmp_path / "ours.csv"
    ours.write_text("vendor,function\nMercor,labelling\nNobody At All Ltd,\n")
    asked = ("view", "-o", page, "--store", demo_store, "--focus", "Meta", "--hops", "1", "--max-nodes", "20")
    status, out, err = run(
        capsys, *asked, "--exposure", "confirmed", "--valid-on", "2026-04-01", "--as-of", "2026-05-01"
    )
    assert (status, err) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(page))}: [1-9]\d* nodes, [1-9]\d* relations\n", out)
    status, _, err = run(capsys, *asked, "--portfolio", ours)
    assert (status, err) == (3, f"{ours}: row 2: 'Nobody At All Ltd' is not in the graph\n")
    assert "row 2: &#39;Nobody At All Ltd&#39; is not in the graph" in page.read_text("utf-8")
    assert (
        run(capsys, "view", "-o", page, "--store", demo_store, "--as-of", "2020-01-01")[1]
        == f"{page}: 0 nodes, 0 relations\n"
    )
    assert "What was known on 2020-01-01." in page.read_text("utf-8")


def test_the_documentation_of_the_ontology_is_written_and_its_first_page_told(capsys, tmp_path):
    index = tmp_path / "new" / "docs" / "index.html"
    assert run(capsys, "ontology", "docs", "-o", index.parent) == (0, f"{index}\n", "")
    assert "usesVendor" in index.read_text("utf-8")
    status, out, err = run(capsys, "ontology", "docs", "-o", index)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"kg: {index}: ")


def test_a_reader_that_goes_away_is_no_traceback(demo_store):
    command = f"{sys.executable} -m kg query 'SELECT * {{ ?s ?p ?o }}' --store {demo_store} | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=os.environ, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_stream_that_is_closed_takes_what_is_said(tmp_path, closed):
    (tmp_path / "t.csv").write_text(table("A,B,,,,", "A,,,,,"))

    def run(line, here):
        command = f"{sys.executable} -m kg {line} --store s.kg {here}"
        return subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)

    done = run("build t.csv", closed)
    assert done.returncode == 3, done
    assert ("1 documents" in done.stdout, "quarantined" in done.stderr) == (closed == "2>&-", closed == ">&-")
    assert "should not" not in done.stdout + done.stderr
    assert run("info", closed).returncode == 0
    assert run("exposure Nobody", closed).returncode == 1
    assert run("review", f"<&- {closed}").returncode == 0


def test_why_of_an_unstated_thing_says_so(capsys, demo_store):
    status, out, err = run(capsys, "why", "Meta", "usesVendor", "Okta", "--store", demo_store)
    assert (status, out) == (1, "")
    assert "does not state" in err


def test_a_quote_without_a_place_leaves_none_open(capsys, demo_graph, tmp_path):
    excerpt = demo_graph.export("turtle", tmp_path / "all.ttl")
    status, out, _ = run(capsys, "why", "Meta", "usesVendor", "Mercor", "--store", excerpt)
    assert status == 0
    assert "MER1775255558.txt; source " in out
    assert ": ;" not in out


def test_no_progress_bar_in_a_pipe(capsys, tmp_path):
    (tmp_path / "t.csv").write_text(table("A,B,,,,"))
    assert run(capsys, "build", tmp_path / "t.csv", "--store", tmp_path / "s.kg")[2] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["exposure", ""],
        ["exposure", "Meta", "--to", "Nobody At All Ltd"],
        ["blast-radius", "Nobody At All Ltd"],
        ["why", "Nobody At All Ltd"],
        ["query", ""],
        ["query", "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"],
        ["query", "--file", "missing.rq"],
        ["query", "--file", "."],
        ["view", "-o", "p.html", "--focus", "Nobody At All Ltd"],
        ["view", "-o", "missing/p.html"],
        ["view", "-o", "p.html", "--portfolio", "missing.csv"],
        ["export", "--to", "nquads", "-o", "missing/x.nq"],
        ["export", "--to", "nquads", "-o", ""],
        ["export", "--to", "graphml", "-o", "/dev/full"],
        ["validate", "missing.ttl"],
        ["validate", "--documents", "missing"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_line_and_leaves_no_file(capsys, tmp_path, monkeypatch, demo_store, arguments):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments, "--store", demo_store)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("kg: ")
    assert "should not have happened" not in err
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_the_traceback(tmp_path):
    with pytest.raises(KGError):
        main(["--debug", "info", "--store", str(tmp_path / "missing.kg")])


def test_what_nobody_thought_of_is_one_line_too(capsys, monkeypatch, demo_store):
    def surprise(*_args, **_options):
        raise ZeroDivisionError("a\nsurprise")

    monkeypatch.setattr("kg.opening.open_graph", surprise)
    status, out, err = run(capsys, "info", "--store", demo_store)
    assert (status, out) == (1, "")
    assert err == "kg: this should not have happened: ZeroDivisionError: a surprise (--debug shows where)\n"
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "info", "--store", str(demo_store)])


def test_an_interrupt_is_no_traceback(capsys, monkeypatch, demo_store):
    def interrupt(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.opening.open_graph", interrupt)
    assert run(capsys, "info", "--store", demo_store) == (130, "", "kg: interrupted\n")


@pytest.mark.parametrize("name", ["CURRENT", "generations/000001/manifest.json", "generations/000001/quads/CURRENT"])
def test_a_corrupted_store_is_one_line_for_readers_and_builders(capsys, demo_store, tmp_path, examples, name):
    store = tmp_path / "c.kg"
    shutil.copytree(demo_store, store)
    (store / name).write_bytes(b"\xff\0garbage")
    (tmp_path / "more.txt").write_text(post("NEW1700000001"), "utf-8")
    for command in (["info"], ["exposure", "Meta"], ["build", tmp_path / "more.txt"]):
        status, out, err = run(capsys, *command, "--store", store)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert str(store) in err


def test_a_store_of_a_newer_version_is_not_built_into(capsys, tmp_path, demo_store):
    store = tmp_path / "n.kg"
    shutil.copytree(demo_store, store)
    (store / "store.json").write_text('{"format": 99}', "utf-8")
    (tmp_path / "more.txt").write_text(post("NEW1700000001"), "utf-8")
    status, _, err = run(capsys, "build", tmp_path / "more.txt", "--store", store)
    assert (status, err.count("\n")) == (1, 1)
    assert "newer version" in err
    assert (store / "CURRENT").read_text("utf-8") == "000001\n"


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_nothing_is_built_into_what_is_no_store(capsys, tmp_path, kind):
    store = tmp_path / "mine"
    if kind == "file":
        store.write_text("mine", "utf-8")
    else:
        store.mkdir()
        (store / "letter.txt").write_text("mine", "utf-8")
    (tmp_path / "t.csv").write_text(table("A,B,,,,"), "utf-8")
    status, out, err = run(capsys, "build", tmp_path / "t.csv", "--store", store)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert (store if kind == "file" else store / "letter.txt").read_text("utf-8") == "mine"
    assert kind == "file" or [path.name for path in store.iterdir()] == ["letter.txt"]


def test_building_again_says_that_there_was_nothing_to_do(capsys, tmp_path):
    (tmp_path / "t.csv").write_text(table("A,B,,,,"), "utf-8")
    for words in ("1 read, 0 unchanged", "nothing changed, nothing to do"):
        status, out, err = run(capsys, "build", tmp_path / "t.csv", "--store", tmp_path / "s.kg")
        assert (status, err) == (0, "")
        assert words in out


def test_building_the_folder_that_the_store_is_in(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", "s.kg")
    (tmp_path / "t.csv").write_text(table("A,B,,,,"), "utf-8")
    for words in ("1 read", "nothing to do"):
        status, out, err = run(capsys, "build", ".")
        assert (status, err, words in out) == (0, "", True)


def test_a_format_that_is_not_there(capsys, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.csv").write_text(table("A,B,,,,"), "utf-8")
    for command in (["build", "--store", tmp_path / "s.kg"], ["extract"]):
        for given in ("in", "in/t.csv"):
            status, out, err = run(capsys, *command, tmp_path / given, "--input-format", "nonsense")
            assert (status, out) == (1, "")
            assert re.fullmatch(r"kg: no format 'nonsense'; there are .*\bpost\b.*, suppliers\b.*\n", err)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_the_day_of_documents_that_are_filled_in_later_is_told_as_such(capsys, tmp_path):
    (tmp_path / "t.csv").write_text(table("A,B,,,,"), "utf-8")
    store = ["--store", tmp_path / "s.kg"]
    run(capsys, "build", tmp_path / "t.csv", *store, "--known-on", "2020-05-01")
    told = run(capsys, "info", *store)[1]
    assert "known on 2020-05-01T00:00:00+00:00, 1 documents" in told
    assert "written" not in told
    (generation,) = json.loads(run(capsys, "info", *store, "--format", "json")[1])["generations"]
    assert generation["known_on"].startswith("2020-05-01")


def test_a_document_that_cannot_be_read_any_more_is_told_with_what_is_kept_of_it(capsys, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "in" / name).write_text(table(f"Alder,Birch,{name},,,"), "utf-8")
    build = ["build", tmp_path / "in", "--store", tmp_path / "s.kg", "--prune", "--report", tmp_path / "r.json"]
    assert run(capsys, *build)[0] == 0
    (tmp_path / "in" / "a.csv").write_text("just words\n", "utf-8")
    (tmp_path / "in" / "never.csv").write_text("just words\n", "utf-8")
    status, out, err = run(capsys, *build)
    assert (status, "2 documents (nothing changed" in out) == (3, True)
    assert re.search(r"^quarantined a\.csv: .*; its earlier reading is kept$", err, re.MULTILINE)
    assert re.search(r"^skipped never\.csv: (?!.*kept)", err, re.MULTILINE)
    (row,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["quarantine"]
    assert (row["document"], row["reason"].endswith("; its earlier reading is kept")) == ("a.csv", True)


def test_standard_input_and_a_terminal_without_letters(tmp_path):
    command = [sys.executable, "-m", "kg"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "KG_STORE": str(tmp_path / "s.kg")}
    text = table("Zürich,東京,,,,").encode()
    built = subprocess.run([*command, "build", "-"], input=text, env=environment, capture_output=True, check=False)
    assert (built.returncode, built.stderr) == (0, b"")
    asked = subprocess.run(
        [*command, "exposure", "Zürich"], env=environment, capture_output=True, text=True, check=False
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "Z\\xfcrich > \\u6771\\u4eac" in asked.stdout


def test_a_full_disk_behind_standard_output(demo_store):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "info", "--store", str(demo_store)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "kg: the answer cannot be written: No space left on device\n")


def test_a_file_name_that_is_no_text(capsys, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9\n.csv")).write_text(table("A,B,,,,", "A,,,,,"), "utf-8")
    status, _, err = run(capsys, "build", folder, "--store", tmp_path / "s.kg", "--report", tmp_path / "r.json")
    assert status == 3
    assert err == "quarantined caf\ufffd\ufffd.csv, row 2: names no supplier\n"
    status, out, _ = run(capsys, "extract", folder)
    assert (status, json.loads(out)["document"]) == (3, "caf\ufffd\ufffd.csv")


def test_extract_reads_on_past_a_document_that_proves_unusable_only_while_it_is_read(capsys, tmp_path):
    other = tmp_path / "a.ttl"
    other.write_text('<https://a.example/> <http://purl.org/dc/terms/title> "A" .\n', "utf-8")
    (tmp_path / "b.csv").write_text(table("A,B,,,,"), "utf-8")
    status, out, err = run(capsys, "extract", tmp_path)
    assert (status, json.loads(out)["document"]) == (3, "b.csv")
    assert err.startswith("quarantined a.ttl: says nothing in the vocabulary of breachkg")
    status, out, err = run(capsys, "extract", other)
    assert (status, out) == (1, "")
    assert err.startswith("kg: a.ttl: says nothing")


# Generations and time


@pytest.fixture
def moved(tmp_path, capsys):
    """A store of two generations, a month apart."""
    folder, store = tmp_path / "in", tmp_path / "s.kg"
    folder.mkdir()
    (folder / "t.csv").write_text(table("Alder,Birch,mail,2025-01-01,2026-03-01,", "Alder,Cedar,mail,,,"))
    run(capsys, "build", folder, "--store", store, "--known-on", "2026-01-01")
    (folder / "t.csv").write_text(table("Alder,Birch,mail,2025-01-01,2026-03-01,", "Elm,Birch,mail,,,"))
    run(capsys, "build", folder, "--store", store, "--known-on", "2026-02-01", "--jobs", "1")
    return store


def test_earlier_states_on_the_command_line(capsys, moved):
    names = "SELECT ?n { ?a bkg:usesVendor ?v . ?v rdfs:label ?n } ORDER BY ?n"

    def vendors(*options):
        status, out, err = run(capsys, "query", names, "--format", "csv", "--store", moved, *options)
        assert (status, err) == (0, "")
        return out.split()[1:]

    assert vendors() == ["Birch", "Birch"]
    assert vendors("--as-of", "2026-01-15") == vendors("--generation", "1") == ["Birch", "Cedar"]
    assert vendors("--as-of", "2025-12-31") == []
    assert vendors("--valid-on", "2026-03-01") == ["Birch"]
    assert vendors("--valid-on", "2026-03-01", "--as-of", "2026-01-15") == ["Cedar"]
    for command, *more in (("exposure", "Alder"), ("blast-radius", "Cedar")):
        status, out, _ = run(capsys, command, *more, "--store", moved, "--as-of", "2026-01-15", "--format", "csv")
        assert status == 0
        assert out.count("\n") == (3 if command == "exposure" else 2)
    status, _, err = run(capsys, "blast-radius", "Cedar", "--store", moved)
    assert (status, err.count("\n")) == (1, 1)


def test_what_an_earlier_state_shows_can_be_traced(capsys, moved):
    def why(*words):
        return run(capsys, "why", "Alder", *words, "--store", moved)

    status, out, _ = why("Cedar", "--as-of", "2026-01-15")
    assert (status, out.splitlines()[0], "Cedar" in out.splitlines()[1]) == (0, "Alder usesVendor Cedar", True)
    assert why("Cedar")[0] == 1
    assert why("Birch", "--valid-on", "2026-02-28") == why("Birch")
    status, out, err = why("Birch", "--valid-on", "2026-03-01")
    assert (status, out, "on 2026-03-01" in err) == (1, "", True)
    assert run(capsys, "why", "Cedar", "--store", moved, "--as-of", "2026-01-15")[1].startswith("1 mention is Cedar")


def test_a_vendor_that_is_not_named_is_known(capsys, tmp_path):
    (tmp_path / "p.txt").write_text(post(vendors=["Unnamed third-party provider"], customers=["Alder"]))
    (tmp_path / "t.csv").write_text(table("Oak,Elm,,,,"))
    store = tmp_path / "s.kg"
    kg.build([tmp_path / "p.txt", tmp_path / "t.csv"], store)
    status, out, _ = run(capsys, "exposure", "Alder", "--store", store)
    assert (status, out.count("Unnamed third-party provider (unnamed group)  confirmed")) == (0, 1)
    assert '\nAlder > Unnamed third-party provider\n  "' in out
    assert "p.txt: post 1" in out
    for name, options in (("Alder", ["--exposure", "potential"]), ("Alder", ["--to", "Elm"]), ("Elm", [])):
        _, out, _ = run(capsys, "exposure", name, *options, "--store", store)
        more = " for what was kept to" if options else ""
        assert out == f"{name}: no vendor is known to the graph{more}\n"
    for options, more in ([], ""), (["--exposure", "confirmed"], " for what was kept to"):
        _, out, _ = run(capsys, "blast-radius", "Oak", *options, "--store", store)
        assert out == f"Oak: no customer is known to the graph{more}\n"


def test_differences_on_the_command_line(capsys, moved):
    _, out, _ = run(capsys, "diff", "--store", moved)
    assert out.splitlines()[0] == "removed: Alder usesVendor Cedar, by t.csv"
    assert run(capsys, "diff", 1, 2, "--store", moved)[1] == run(capsys, "diff", 1, "--store", moved)[1] == out
    assert run(capsys, "diff", 2, 2, "--store", moved)[1] == "no fact changed from generation 2 to 2\n"
    told = json.loads(run(capsys, "diff", 2, 1, "--store", moved, "--format", "json")[1])
    assert (told["from"], told["to"]) == (2, 1)
    assert {"added", "removed"} == {change["change"] for change in told["changes"]}
    for wrong in ([9], [0]):
        status, out, err = run(capsys, "diff", *wrong, "--store", moved)
        assert (status, out, err.count("\n")) == (1, "", 1)


def test_a_first_generation_has_none_before(capsys, demo_store):
    status, _, err = run(capsys, "diff", "--store", demo_store)
    assert status == 1
    assert "there is no generation before 1" in err


def test_compacting_and_information(capsys, moved):
    told = json.loads(run(capsys, "info", "--format", "json", "--store", moved)[1])
    assert [g["generation"] for g in told["generations"]] == [1, 2]
    assert told["generations"][1]["retired"] == 1
    assert told["bytes"] > 100_000
    reader = kg.open(moved)
    reader_of_the_first = kg.open(moved, generation=1)
    status, out, err = run(capsys, "compact", "--store", moved)
    assert status == 0
    assert "bytes before" in out
    assert err == "kg: generations 1, 2 are still read by somebody, and will go with a later build\n"
    del reader, reader_of_the_first
    status, out, err = run(capsys, "compact", "--store", moved)
    assert (status, err) == (0, "")
    after = json.loads(run(capsys, "info", "--format", "json", "--store", moved)[1])
    assert [g["generation"] for g in after["generations"]] == [4]
    assert after["classes"] == told["classes"]
    assert after["bytes"] < told["bytes"]
    _, table_of, _ = run(capsys, "info", "--store", moved)
    assert "generation 4" in table_of
    assert "bytes on disk" in table_of


def test_what_an_export_leaves_out_is_told_by_its_status(capsys, tmp_path):
    (tmp_path / "p.csv").write_text(
        "Name of Covered Entity,State,Individuals Affected,Type of Breach\nElm Clinic,MO,600,Theft\n"
    )
    run(capsys, "build", tmp_path / "p.csv", "--store", tmp_path / "s.kg")
    status, out, err = run(capsys, "export", "--to", "veris", "-o", tmp_path / "v.json", "--store", tmp_path / "s.kg")
    assert (status, out) == (3, f"{tmp_path / 'v.json'}\n")
    assert err == "kg: left out 1 incident without a year, which VERIS demands\n"
    status, _, err = run(capsys, "export", "--to", "csv", "-o", tmp_path / "v.csv", "--store", tmp_path / "s.kg")
    assert (status, err) == (0, "")


def test_an_input_that_is_empty_of_a_sudden_is_told(capsys, tmp_path, moved):
    (tmp_path / "in" / "t.csv").unlink()
    status, _, err = run(capsys, "build", tmp_path / "in", "--store", moved, "--prune", "--quiet")
    assert (status, err) == (0, "kg: no document is left, of 1; the history keeps what was told\n")


def test_waiting_for_another_build(tmp_path, moved):
    code = "import sys\nfrom pathlib import Path\nfrom kg.store.layout import Layout\nwith Layout(Path(sys.argv[1])).locked():\n    print('held', flush=True)\n    sys.stdin.read()"
    more = tmp_path / "more.csv"
    more.write_text(table("Fir,Birch,,,,"))
    command = [sys.executable, "-m", "kg", "build", str(more), "--store", str(moved)]
    hold = [sys.executable, "-c", code, str(moved)]
    with subprocess.Popen(hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        at_once = subprocess.run(command, capture_output=True, text=True, check=False)
        with subprocess.Popen([*command, "--wait"], stderr=subprocess.PIPE, text=True) as later:
            with pytest.raises(subprocess.TimeoutExpired):
                later.wait(1)
            holder.stdin.close()
            told = later.stderr.read()
    assert at_once.returncode == 1
    assert (
        at_once.stderr
        == f"kg: {moved}: locked by pid {holder.pid}, which is building (--wait, in Python wait=True, waits for it)\n"
    )
    assert later.returncode == 0, told


@pytest.mark.parametrize("wrong", [["--jobs", "0"], ["--jobs", "-1"], ["--jobs", "two"], ["--known-on", "May"]])
def test_arguments_of_a_build_that_mean_nothing(capsys, tmp_path, wrong):
    with pytest.raises(SystemExit) as caught:
        main(["build", str(tmp_path), *wrong])
    assert caught.value.code == 2
    assert wrong[1] in capsys.readouterr().err


def test_words_that_several_claims_rest_on_are_printed_once(capsys, tmp_path):
    store = tmp_path / "s.kg"
    kg.build(Path(__file__).parent.parent / "examples" / "feeds" / "veris.json", store)
    graph = kg.open(store)
    found = next(row for row in graph.blast_radius("Quillfern").exposed if row.node.label == "Cedar Bank")
    assert len({quote.span for quote in graph.evidence.quotes(found.claims)}) < len(found.claims)
    text = run(capsys, "blast-radius", "Quillfern", "--store", store)[1]
    assert text.count('  "Cedar Bank"\n') == 1


def test_what_documents_say_is_harmless_on_a_terminal(capsys, build, monkeypatch):
    title, told = "Birch\x1b]0;x\x07 Breached", "Birch]0;x Breached"
    build({"p.txt": post(title="Birch\x1b]0;x\x07 Robbed")})
    store = build({"p.txt": post(title=title)}).store.path
    for line in (["diff"], ["why", title, "Birch Annotation"]):
        status, out, _ = run(capsys, *line, "--store", store)
        assert (status, told in out, "\x1b" in out) == (0, True, False)
    line = ["diff", "--format", "csv", "--store", store]
    assert title in run(capsys, *line)[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out = run(capsys, *line)[1]
    assert (told in out, out.replace("\n", "").isprintable(), out.endswith("p.txt\n")) == (True, True, True)
