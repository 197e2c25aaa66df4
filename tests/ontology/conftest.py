"""The ontology as graphs: the terms, the schemes, the shapes, and every file in a dataset for the lint."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
import rdflib

from kg.vocabulary import ontology_dir

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPE = "https://w3id.org/breachkg/shapes#"
MENTIONS = ox.NamedNode("https://w3id.org/breachkg/lint#mentions")
OURS = "https://w3id.org/breachkg/"
WHOLE_GRAPH = rdflib.URIRef(f"{OURS}ns")


class Finding(NamedTuple):
    """One result of a validation: the shape's name, its severity, and the node at fault.

    Shapes that ask about the whole graph have the ontology as focus node and the node at fault as value.
    """

    shape: str
    severity: str
    node: rdflib.term.Node


@pytest.fixture(scope="session")
def ontology() -> Path:
    return ontology_dir()


@pytest.fixture(scope="session")
def terms(ontology: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(ontology / "breachkg.ttl")


@pytest.fixture(scope="session")
def vocabulary(ontology: Path) -> rdflib.Graph:
    """The ontology and its schemes, as every store has them in its default graph."""
    return _graph(ontology / "breachkg.ttl", *sorted((ontology / "vocab").glob("*.ttl")))


@pytest.fixture(scope="session")
def shapes(ontology: Path) -> rdflib.Graph:
    return _graph(*sorted((ontology / "shapes").glob("*.ttl")))


@pytest.fixture(scope="session")
def validate(shapes: rdflib.Graph, vocabulary: rdflib.Graph):
    """A function: data -> findings, by pyshacl, with every shape."""
    pyshacl = pytest.importorskip("pyshacl")

    def run(data: rdflib.Graph) -> set[Finding]:
        conforms, report, text = pyshacl.validate(data + vocabulary, shacl_graph=shapes, inference="none")
        assert isinstance(report, rdflib.Graph), text
        found = {
            Finding(
                str(report.value(result, SH.sourceShape)).removeprefix(SHAPE),
                str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
                report.value(result, SH.value)
                if report.value(result, SH.focusNode) == WHOLE_GRAPH
                else report.value(result, SH.focusNode),
            )
            for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
        }
        assert conforms == (not found)
        return found

    return run


@pytest.fixture(scope="session")
def files(ontology: Path) -> ox.Store:
    """Every file of the ontology, the good data and what the program mentions, each in a graph called by its path."""
    store = ox.Store()
    for path in [*sorted(ontology.rglob("*.ttl")), *sorted((HERE / "pass").glob("*.ttl"))]:
        store.extend(ox.Quad(*quad.triple, _name(path, ontology)) for quad in ox.parse(path=path))
    for path in [*sorted(ontology.rglob("*.rq")), *sorted((PROJECT / "kg").rglob("*.py"))]:
        graph = _name(path, ontology)
        store.extend(ox.Quad(graph, MENTIONS, ox.NamedNode(iri), graph) for iri in mentioned(path.read_text("utf-8")))
    return store


def mentioned(text: str) -> set[str]:
    """Return the terms and concepts of ours that a query or program names, in full or by a prefix it declares."""
    prefixes = dict(re.findall(r"PREFIX\s+(\w*):\s*<([^>]*)>", text)) or {"bkg": f"{OURS}ns#"}
    body = re.sub(r"PREFIX\s+\w*:\s*<[^>]*>", "", text)
    found = set(re.findall(rf"<({OURS}(?:ns#|vocab/)[\w/-]*\w)>", body))
    for prefix, namespace in prefixes.items():
        if namespace.startswith((f"{OURS}ns#", f"{OURS}vocab/")):
            found |= {
                namespace + name.replace("\\/", "/") for name in re.findall(rf"\b{prefix}:(\w(?:[\w-]|\\/)*)", body)
            }
    return found


def _name(path: Path, ontology: Path) -> ox.NamedNode:
    """The graph of a file: its path from the project, or from the package where the ontology is installed."""
    inside = path.is_relative_to(ontology)
    return ox.NamedNode(
        f"file:ontology/{path.relative_to(ontology)}" if inside else f"file:{path.relative_to(PROJECT)}"
    )


def _graph(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph
