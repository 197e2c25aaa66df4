"""Extractors of other packages: found, chosen, refused, and what becomes of those that fail."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from documents import table

import kg
from kg.cli import main
from kg.errors import AmbiguousFormatError, KGError, RecordError, UnknownFormatError
from kg.extract import GROUP, Extractor, choose, extractors
from kg.extract.reading import document

PLUGIN = """
from kg.model import Evidence, Listing, Party, Role, SupplyRelationship


class Arrows:
    name = "arrows"
    version = "1"
    description = "Lines of customer -> supplier."

    def recognizes(self, document):
        return " -> " in document.text

    def extract(self, document):
        at = 0
        for number, line in enumerate(document.text.splitlines(keepends=True), 1):
            customer, _, supplier = (part.strip() for part in line.partition(" -> "))
            proof = (Evidence(line.strip(), (at, at + len(line.strip())), f"line {number}"),)
            parties = tuple(Party(name, Role.OTHER, evidence=proof) for name in (customer, supplier))
            yield Listing(number, parties, (SupplyRelationship(customer, supplier, evidence=proof),))
            at += len(line)


class Greedy(Arrows):
    name = "greedy"


class Twin(Arrows):
    pass


class Nosy(Arrows):
    name = "nosy"

    def recognizes(self, document):
        raise RuntimeError("no such luck\\nat all")


class Tired(Arrows):
    name = "tired"

    def extract(self, document):
        for record in super().extract(document):
            if "stop" in record.uses_vendor[0].customer:
                raise ValueError("tired\\nof it")
            yield record


class Careless(Arrows):
    name = "careless"

    def extract(self, document):
        first, *others = super().extract(document)
        yield from (first, None, "words", *others)


class Loose(Arrows):
    name = "loose"

    def extract(self, document):
        yield from super().extract(document)
        proof = (Evidence("x", (0, 1), "line 9"),)
        yield Listing(9, (), (SupplyRelationship("nobody", "no one", evidence=proof),))


class Stump:
    name = "stump"


def broken():
    raise OSError("cannot start")
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install extractors of the module above, as a package of somebody else's would."""

    def installed(**entries):
        home = tmp_path / "site"
        info = home / "arrows-1.0.dist-info"
        info.mkdir(parents=True)
        (home / "arrows_plugin.py").write_text(PLUGIN, "utf-8")
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: arrows\nVersion: 1.0\n", "utf-8")
        lines = "".join(f"{name} = arrows_plugin:{thing}\n" for name, thing in entries.items())
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}", "utf-8")
        monkeypatch.syspath_prepend(home)
        extractors.cache_clear()

    yield installed
    extractors.cache_clear()
    monkeypatch.undo()
    extractors.cache_clear()


def written(tmp_path, **texts):
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def arrows(text="Alder -> Birch\n"):
    return document("arrows.txt", text.encode())


def test_the_packages_own_extractors_come_through_the_same_door():
    own = {entry.name for entry in entry_points(group=GROUP) if entry.value.startswith("kg.")}
    assert own >= {
        "catalogue", "cncf", "hibp", "leak-site", "mapping", "portal", "post", "prose", "rdf", "stix", "suppliers", "supply-chain", "veris"
    }  # fmt: skip
    assert set(extractors()) >= own
    for name, extractor in extractors().items():
        assert isinstance(extractor, Extractor)
        assert (extractor.name, bool(extractor.version), "\n" in extractor.description) == (name, True, False)


def test_a_document_is_known_without_what_reads_any_format():
    post = Path(__file__).resolve().parents[2] / "examples" / "posts" / "CDK1719878400.txt"
    code = f"""
import sys
from kg.extract import choose
from kg.extract.reading import find, read
print(*(choose(read(found)).name for found in find([{str(post)!r}])))
print(*sorted(name for name in sys.modules if name.startswith("kg.extract.") and name.endswith(".reading")))
print(*sorted({{"difflib", "html.parser", "pyexpat", "tarfile", "tomllib"}} & sys.modules.keys()))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "post\nkg.extract.reading\n\n"


def test_a_plug_in_is_found_chosen_and_built(install, tmp_path, capsys):
    install(arrows="Arrows")
    assert list(extractors()) == sorted(extractors())
    assert choose(arrows()).name == "arrows"
    graph = kg.build(written(tmp_path, a="Alder -> Birch\nBirch -> Cedar\n"), tmp_path / "s.kg")
    assert graph.report.by_kind["arrows"]["records"] == 2
    assert [found.node.label for found in graph.exposure("Alder")] == ["Birch", "Cedar"]
    ((_, quotes),) = graph.why("Birch", "usesVendor", "Cedar")
    assert [(quote.quote, quote.span, quote.extractor) for quote in quotes] == [
        ("Birch -> Cedar", (15, 29), "arrows 1")
    ]
    assert main(["formats", "--format", "json"]) == 0
    assert "arrows" in {row["format"] for row in json.loads(capsys.readouterr().out)}


def test_a_document_that_nobody_knows():
    with pytest.raises(UnknownFormatError, match=r"arrows\.txt: no extractor recognizes it"):
        choose(arrows())


def test_a_format_that_nobody_reads():
    with pytest.raises(KGError, match=r"^no format 'nonsense'; there are .*\bpost\b"):
        choose(arrows(), "nonsense")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "Shade,Height\nred,3\n", r"it by Shade, Height \(a mapping file can"),
        ("a.json", '[{"shade": "red", "in": {"x": 1}}]', r"it by shade \(a mapping file can"),
        ("a.csv", ",".join(f"c{at}" for at in range(20)) + "\n", r"c6, c7, \.\.\. \(a mapping"),
        ("a.md", "Shade, Height\nred, 3\n", r"recognizes it \(see"),
        ("a.csv", "nothing\n", r"recognizes it \(see"),
    ],
)
def test_of_an_unknown_table_its_columns_are_told(name, text, told):
    with pytest.raises(UnknownFormatError, match=told):
        choose(document(name, text.encode()))


def test_a_format_by_name_needs_no_recognition(install):
    install(arrows="Arrows", greedy="Greedy")
    assert choose(arrows(), "greedy").name == "greedy"
    assert choose(document("t", b"whatever"), "suppliers").name == "suppliers"


@pytest.mark.parametrize("name", ["README.md", "docs/Read_me.markdown", "readme"])
def test_the_table_of_a_readme_is_no_supplier_list_unless_it_is_asked_for(name):
    found = document(name, b"| vendor | customer |\n|---|---|\n| Oak | Elm, Fir |\n")
    with pytest.raises(UnknownFormatError, match="is a README"):
        choose(found)
    assert choose(found, named=True).name == choose(found, "suppliers").name == "suppliers"
    assert choose(document(f"{name}/list.md", found.text.encode())).name == "suppliers"


class TestTwoThatClaimOneFile:
    def test_choosing_names_both(self, install):
        install(arrows="Arrows", greedy="Greedy")
        with pytest.raises(
            AmbiguousFormatError, match="recognized by arrows and greedy; choose one with --input-format"
        ):
            choose(arrows())

    def test_a_named_file_fails(self, install, tmp_path, capsys):
        install(arrows="Arrows", greedy="Greedy")
        path = written(tmp_path, a="A -> B") / "a.txt"
        assert main(["build", str(path), "--store", str(tmp_path / "s.kg")]) == 1
        told = capsys.readouterr()
        assert told.err == "kg: a.txt: recognized by arrows and greedy; choose one with --input-format\n"
        assert not (tmp_path / "s.kg").exists()

    def test_in_a_folder_it_is_quarantined(self, install, tmp_path, capsys):
        install(arrows="Arrows", greedy="Greedy")
        folder = written(tmp_path, a="A -> B")
        (folder / "t.csv").write_text(table("C,D,,,,"), "utf-8")
        for command in (["build", "--store", str(tmp_path / "s.kg")], ["extract"]):
            assert main([*command, str(folder)]) == 3
            assert "quarantined a.txt: recognized by arrows and greedy" in capsys.readouterr().err

    def test_a_format_decides(self, install, tmp_path):
        install(arrows="Arrows", greedy="Greedy")
        graph = kg.build(written(tmp_path, a="A -> B"), tmp_path / "s.kg", input_format="greedy")
        assert list(graph.report.by_kind) == ["greedy"]


class TestOneThatFails:
    def test_while_looking_it_is_the_document_that_is_set_aside(self, install, tmp_path, capsys):
        install(nosy="Nosy")
        with pytest.raises(RecordError, match=r"the extractor 'nosy' failed: RuntimeError: no such luck at all$"):
            choose(arrows())
        folder = written(tmp_path, a="A -> B")
        assert main(["build", str(folder), "--store", str(tmp_path / "s.kg")]) == 1
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert "nosy" in told

    def test_while_reading_what_came_before_is_kept(self, install, tmp_path):
        install(tired="Tired")
        folder = written(tmp_path, a="A -> B\nstop -> C\nD -> E\n", b="F -> G\n")
        graph = kg.build(folder, tmp_path / "s.kg")
        (row,) = graph.report.quarantine
        assert row == {
            "document": "a.txt",
            "record": "after record 1",
            "reason": "the extractor 'tired' failed: ValueError: tired of it",
        }
        assert len(graph.query("SELECT * { ?c bkg:usesVendor ?v }")) == 2

    def test_a_record_that_cannot_be_written_is_set_aside(self, install, tmp_path):
        install(loose="Loose")
        graph = kg.build(written(tmp_path, a="A -> B\n"), tmp_path / "s.kg")
        (row,) = graph.report.quarantine
        assert (row["document"], row["record"]) == ("a.txt", "record 9")
        assert len(graph.query("SELECT * { ?c bkg:usesVendor ?v }")) == 1

    def test_a_record_that_cannot_be_told_is_set_aside_by_the_command(self, install, tmp_path, capsys, monkeypatch):
        install(loose="Loose")
        path = written(tmp_path, a="A -> B\n") / "a.txt"
        monkeypatch.setattr("kg.extract.records.as_json", lambda *_: 1 / 0)
        assert main(["extract", str(path)]) == 3
        told = capsys.readouterr()
        assert (told.out, told.err.count("cannot be used: ZeroDivisionError")) == ("", 2)

    def test_what_is_no_record_is_set_aside(self, install, tmp_path, capsys):
        install(careless="Careless")
        path = written(tmp_path, a="A -> B\nC -> D\n") / "a.txt"
        graph = kg.build(path, tmp_path / "s.kg")
        reason = "the extractor 'careless' gave {}, which is no Incident, Listing or Defect"
        assert [(row["record"], row["reason"]) for row in graph.report.quarantine] == [
            ("record 2", reason.format("NoneType")),
            ("record 3", reason.format("str")),
        ]
        assert len(graph.query("SELECT * { ?c bkg:usesVendor ?v }")) == 2
        assert main(["extract", str(path)]) == 3
        told = capsys.readouterr()
        assert len(told.out.splitlines()) == 2
        assert told.err.splitlines()[0] == f"quarantined a.txt, record 2: {reason.format('NoneType')}"

    def test_so_says_extract_too(self, install, tmp_path, capsys):
        install(tired="Tired")
        assert main(["extract", str(written(tmp_path, a="A -> B\nstop -> C\n") / "a.txt")]) == 3
        told = capsys.readouterr()
        assert len(told.out.splitlines()) == 1
        assert told.err == "quarantined a.txt, after record 1: the extractor 'tired' failed: ValueError: tired of it\n"


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"arrows": "Arrows", "more": "Twin"}, "two installed extractors are named 'arrows'"),
        ({"stump": "Stump"}, "is not an extractor"),
        ({"broken": "broken"}, "'broken' .* cannot be loaded: cannot start"),
        ({"gone": "Gone"}, "'gone' .* cannot be loaded"),
    ],
)
def test_an_installation_that_cannot_work_says_so(install, capsys, entries, words):
    install(**entries)
    with pytest.raises(KGError, match=words):
        extractors()
    assert main(["formats"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
