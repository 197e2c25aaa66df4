"""Every Turtle file: readable by both libraries, tidy, and free of what the house does not want."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF

from kg.vocabulary import ontology_dir

HERE = Path(__file__).resolve().parent
FILES = [*sorted(ontology_dir().rglob("*.ttl")), *sorted(HERE.rglob("*.ttl"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_file_is_read_alike_by_rdflib_and_oxigraph(path: Path) -> None:
    triples = len(list(ox.parse(path=path)))
    assert triples == len(rdflib.Graph().parse(path)) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_prefixes_are_sorted_and_used(path: Path) -> None:
    text = path.read_text("utf-8")
    prefixes = re.findall(r"^@prefix (\w+): <.*> \.$", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    body = re.sub(r'"""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*"|<[^>\n]*>|^(?:#|@prefix).*$', " ", text, flags=re.MULTILINE)
    assert set(prefixes) == set(re.findall(r"(?<![\w-])([a-z]\w*):", body))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_text_is_tidy(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\t" not in text
    assert "\r" not in text
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)


def test_ontology_names_its_version_and_imports_nothing(terms: rdflib.Graph) -> None:
    ontology = rdflib.URIRef("https://w3id.org/breachkg/ns")
    assert (ontology, RDF.type, OWL.Ontology) in terms
    version = str(terms.value(ontology, OWL.versionInfo))
    assert str(terms.value(ontology, OWL.versionIRI)) == f"{ontology}/{version}"
    assert f"\n## {version}\n" in (ontology_dir() / "CHANGELOG.md").read_text("utf-8")
    assert not list(terms.subject_objects(OWL.imports))


def test_every_scheme_names_its_licence(vocabulary: rdflib.Graph) -> None:
    skos, dct = rdflib.SKOS, rdflib.DCTERMS
    schemes = set(vocabulary.subjects(RDF.type, skos.ConceptScheme))
    assert schemes == set(vocabulary.subjects(dct.license)) - {rdflib.URIRef("https://w3id.org/breachkg/ns")}
