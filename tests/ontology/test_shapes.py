"""Good data pass every shape; each planted fault is found by the shape meant for it, and by no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import graph_diff, to_isomorphic
from rdflib.namespace import RDF, SKOS

from kg.vocabulary import VOCAB, ontology_dir

HERE = Path(__file__).resolve().parent
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPE = rdflib.Namespace("https://w3id.org/breachkg/shapes#")
ID = "https://w3id.org/breachkg/id/"
PASS = {path.stem: path for path in sorted((HERE / "pass").glob("*.ttl"))}
FAULTS = {path.stem: path for path in sorted((HERE / "xfail").glob("*.ttl"))}
MOST_TRIPLES_OF_A_FAULT = 13  # the largest takes away a claim, which has as many


def expected(name: str) -> str:
    """The shape that a planted fault is meant for."""
    found = re.match(r"# expects: shape:([\w-]+)\n# from: pass/\w+\.ttl\n", FAULTS[name].read_text("utf-8"))
    assert found, f"{name}: the first two lines say what is expected and where it comes from"
    return found[1]


def origin(name: str) -> str:
    """The good graph that a planted fault was made from."""
    return FAULTS[name].read_text("utf-8").split("# from: pass/", 1)[1].split(".ttl", 1)[0]


class Copies:
    """Many graphs in one, kept apart by a number in their IRIs, so that they can be validated together."""

    def __init__(self, paths: dict[str, Path]) -> None:
        self.data, self.names, self.blank = rdflib.Graph(), list(paths), {}
        for number, (name, path) in enumerate(paths.items()):
            text = path.read_text("utf-8").replace(ID, f"{ID}copy{number:03}/")
            # Identifiers of organizations are unique in the world, so every copy has its own.
            graph = rdflib.Graph().parse(data=text.replace('"529900', f'"529{number:03}'), format="turtle")
            self.blank |= {node: name for node in graph.all_nodes() if isinstance(node, rdflib.BNode)}
            self.data += graph

    def name(self, node: rdflib.term.Node) -> str:
        """The graph a node comes from."""
        if isinstance(node, rdflib.BNode):
            return self.blank[node]
        found = re.match(rf"{ID}copy(\d+)/", str(node))
        assert found, f"{node} belongs to no copy"
        return self.names[int(found[1])]


@pytest.fixture(scope="module")
def found(validate) -> dict[str, dict[str, set[str]]]:
    """Name of a graph -> severity -> shapes that found something, over all good and all faulty graphs."""
    copies = Copies(PASS | FAULTS)
    results: dict[str, dict[str, set[str]]] = {name: {"Violation": set(), "Warning": set()} for name in copies.names}
    for finding in validate(copies.data):
        results[copies.name(finding.node)][finding.severity].add(finding.shape)
    return results


@pytest.mark.parametrize("name", PASS)
def test_good_graph_has_no_violation(name: str, found) -> None:
    assert found[name]["Violation"] == set()


def test_full_canonical_graph_has_no_warning(found) -> None:
    assert found["canonical"]["Warning"] == set()


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found_by_its_shape_alone(name: str, found, shapes: rdflib.Graph) -> None:
    shape = expected(name)
    if shapes.value(SHAPE[shape], SH.severity) == SH.Violation:
        assert found[name]["Violation"] == {shape}
    else:
        assert found[name]["Violation"] == set()
        assert found[name]["Warning"] - found[origin(name)]["Warning"] == {shape}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_one_change_of_a_good_graph(name: str) -> None:
    good, bad = (to_isomorphic(rdflib.Graph().parse(path)) for path in (PASS[origin(name)], FAULTS[name]))
    _, gone, new = graph_diff(good, bad)
    assert 0 < len(gone) + len(new) <= MOST_TRIPLES_OF_A_FAULT


def test_every_shape_that_reports_has_a_fault(shapes: rdflib.Graph) -> None:
    reporting = {s.removeprefix(SHAPE) for s in shapes.subjects(SH.message) if isinstance(s, rdflib.URIRef)}
    assert reporting == {expected(name) for name in FAULTS}


def test_a_graph_alone_gives_what_it_gives_among_others(validate, found) -> None:
    for name in ("lei-shared", "claim-span-longer-than-quote", "edge-without-relationship"):
        alone = validate(rdflib.Graph().parse(FAULTS[name]))
        assert {finding.shape for finding in alone} == found[name]["Violation"] | found[name]["Warning"]


def test_severity_goes_with_the_file() -> None:
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        severities = set(rdflib.Graph().parse(path).objects(None, SH.severity))
        assert severities == {SH.Warning if path.stem == "warnings" else SH.Violation}


def test_messages_are_sentences_and_differ(shapes: rdflib.Graph) -> None:
    messages = [str(m) for s, m in shapes.subject_objects(SH.message) if isinstance(s, rdflib.URIRef)]
    assert all(re.fullmatch(r"[A-Z].*[.](?: \(canonical graph only\))?", message) for message in messages)
    assert len(messages) == len(set(messages))


def test_lists_of_concepts_equal_their_schemes(shapes: rdflib.Graph) -> None:
    checked = set()
    for head in shapes.objects(None, SH["in"]):
        values = {str(value) for value in rdflib.collection.Collection(shapes, head)}
        schemes = {value.removeprefix(VOCAB).split("/")[0] for value in values if value.startswith(VOCAB)}
        if schemes:
            (scheme,) = schemes
            graph = rdflib.Graph().parse(ontology_dir() / "vocab" / f"{scheme}.ttl")
            assert values == {str(concept) for concept in graph.subjects(RDF.type, SKOS.Concept)}
            checked.add(scheme)
    assert checked == {
        "action-type", "basis", "certainty", "impact-type", "incident-type", "investigation-status", "party-role",
        "relationship-status", "sensitivity", "source-type",
    }  # fmt: skip
