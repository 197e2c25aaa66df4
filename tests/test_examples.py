from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.extract import choose
from kg.extract.reading import find, read
from kg.model import Defect, Incident, Listing

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return kg.build([EXAMPLES / "posts", EXAMPLES / "suppliers.csv"], tmp_path_factory.mktemp("examples") / "e.kg")


@pytest.mark.parametrize("path", sorted((EXAMPLES / "posts").glob("*.txt")), ids=lambda path: path.stem)
def test_every_post_is_one_whole_incident_with_a_relation(path):
    (found,) = find([path])
    document = read(found)
    (incident,) = choose(document).extract(document)
    assert isinstance(incident, Incident)
    assert incident.id == path.stem
    assert not incident.incomplete
    assert incident.uses_vendor


def test_every_row_of_the_supplier_table_is_a_listing():
    (found,) = find([EXAMPLES / "suppliers.csv"])
    document = read(found)
    records = list(choose(document).extract(document))
    assert not [record for record in records if isinstance(record, Defect)]
    assert all(isinstance(record, Listing) for record in records)
    assert len(records) == len(document.text.splitlines()) - 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_every_script_runs(path, tmp_path):
    done = subprocess.run([sys.executable, str(path), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Mercor" in done.stdout
    assert (tmp_path / "page.html").is_file()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.name)
def test_every_notebook_runs(path, tmp_path):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    notebook = nbformat.read(path, as_version=4)
    assert all(cell.get("outputs", []) == [] for cell in notebook.cells), "results are not kept in the file"
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert {picture.name for picture in tmp_path.glob("*.svg")} == {"boots.svg", "lorenz.svg", "spread.svg"}
    shown = "".join(str(out) for cell in notebook.cells for out in cell.get("outputs", []))
    assert "Progress Software" in shown


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.rq")), ids=lambda path: path.name)
def test_every_query_has_an_answer(path, graph):
    assert len(graph.query(path.read_text("utf-8"))) > 3


def test_a_second_tier_exists(graph):
    assert {found.tier for found in graph.exposure("Meta")} >= {1, 2}
    kaseya = next(found for found in graph.exposure("Coop Sweden") if found.node.label == "Kaseya")
    assert (kaseya.tier, kaseya.exposure) == (2, "confirmed")


def test_an_organization_that_was_spared_is_not_among_the_exposed(graph):
    reach = graph.blast_radius("Salesloft", 1)
    named = {found.node.label for found in reach}
    assert {"Cloudflare", "Zscaler", "Palo Alto Networks"} <= named
    assert [found.node.label for found in reach.unnamed] == ["More than 700 organizations"]
