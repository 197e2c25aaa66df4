"""An OWL reasoner finds the ontology consistent, every class satisfiable, and draws the conclusions it should."""

from __future__ import annotations

import os
import shutil
import warnings
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, XSD

HERE = Path(__file__).resolve().parent
NS = rdflib.Namespace("https://w3id.org/breachkg/ns#")
ID = rdflib.Namespace("https://w3id.org/breachkg/id/")

pytestmark = [
    pytest.mark.java,
    pytest.mark.skipif(
        shutil.which("java") is None and os.environ.get("BREACHKG_REQUIRE_ALL") != "1",
        reason="HermiT needs a Java runtime, and there is none",
    ),
]


@pytest.fixture
def reason(tmp_path: Path):
    """A function: graph -> owlready2 world after HermiT; it raises where the graph is inconsistent."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        owlready2 = pytest.importorskip("owlready2", reason="HermiT comes with owlready2, which is not installed")

    def run(graph: rdflib.Graph):
        path = tmp_path / "ontology.nt"
        graph.serialize(path, format="nt", encoding="utf-8")
        world = owlready2.World()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with world.get_ontology(path.as_uri()).load():
                owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
        return world

    return run


def test_consistent_and_every_class_satisfiable(vocabulary: rdflib.Graph, reason) -> None:
    assert list(reason(vocabulary).inconsistent_classes()) == []


def test_data_are_consistent_and_conclusions_follow(terms: rdflib.Graph, reason) -> None:
    """From the relationship alone: the edge, the type Vendor, and that both parties are affected."""
    data = rdflib.Graph().parse(HERE / "pass" / "canonical.ttl")
    alder, birch = ID["organization/demo/alder"], ID["organization/demo/birch"]
    data.remove((None, NS.usesVendor, None))
    data.remove((None, NS.affects, None))
    data.remove((birch, RDF.type, NS.Vendor))
    for triple in [t for t in data if isinstance(t[2], rdflib.Literal) and t[2].datatype in {XSD.date, XSD.anyURI}]:
        data.remove(triple)
    data.remove((None, RDF.predicate, None))
    world = reason(terms + data)
    incident, customer, supplier = (world[str(iri)] for iri in (ID["incident/demo/BIR1"], alder, birch))
    assert world[str(NS.Vendor)] in supplier.is_a
    assert world[str(NS.Vendor)] not in customer.is_a
    assert supplier in world[str(NS.usesVendor)][customer]
    assert set(incident.INDIRECT_affects) == {customer, supplier}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Incident", "Organization"), ("OrganizationGroup", "Vendor"), ("Claim", "Source"), ("DataType", "DataExposure")],
)
def test_what_is_two_things_is_inconsistent(terms: rdflib.Graph, reason, one: str, other: str) -> None:
    import owlready2

    both = rdflib.Graph()
    for name in (one, other):
        both.add((ID.both, RDF.type, NS[name]))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(terms + both)
