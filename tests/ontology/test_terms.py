"""The terms of the ontology and those of the program are the same, in both directions."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg import vocabulary as program

NS = rdflib.Namespace(program.NS)
KINDS = {OWL.Class: program.CLASSES, OWL.ObjectProperty: program.PROPERTIES, OWL.DatatypeProperty: program.PROPERTIES}


def declared(graph: rdflib.Graph, *kinds: rdflib.URIRef) -> set[str]:
    """The names of our terms that a graph declares as one of the kinds."""
    return {str(s).removeprefix(NS) for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(NS)}


def agrees(graph: rdflib.Graph) -> bool:
    """Whether a graph declares exactly the terms of the program."""
    classes = declared(graph, OWL.Class)
    properties = declared(graph, OWL.ObjectProperty, OWL.DatatypeProperty)
    return classes == program.CLASSES and properties == program.PROPERTIES


def test_ontology_and_program_have_the_same_terms(terms: rdflib.Graph) -> None:
    assert declared(terms, OWL.Class) == program.CLASSES
    assert declared(terms, OWL.ObjectProperty, OWL.DatatypeProperty) == program.PROPERTIES
    assert not declared(terms, OWL.ObjectProperty) & declared(terms, OWL.DatatypeProperty)


@pytest.mark.parametrize("name", sorted(program.CLASSES | program.PROPERTIES))
def test_a_term_that_is_dropped_is_missed(terms: rdflib.Graph, name: str) -> None:
    rest = rdflib.Graph()
    rest += [triple for triple in terms if triple[0] != NS[name]]
    assert len(rest) < len(terms)
    assert not agrees(rest)
    assert agrees(terms)


def test_reused_properties_are_declared(terms: rdflib.Graph) -> None:
    known = {RDF.type, RDFS.label, RDFS.comment}
    reused = {rdflib.URIRef(term[1:-1]) for name, term in program.REUSED.items() if not name.startswith("xsd:")}
    assert reused - known <= set(terms.subjects(RDF.type))


def test_where_it_happened_and_who_is_exposed_are_both_affected(terms: rdflib.Graph) -> None:
    assert set(terms.subjects(RDFS.subPropertyOf, NS.affects)) == {NS.breached, NS.affectsDownstream}


def test_a_group_is_no_organization_and_a_vendor_is_one(terms: rdflib.Graph) -> None:
    assert NS.Organization not in terms.transitive_objects(NS.OrganizationGroup, RDFS.subClassOf)
    assert NS.Organization in terms.transitive_objects(NS.Vendor, RDFS.subClassOf)


def test_no_domain_or_range_is_a_date(terms: rdflib.Graph) -> None:
    """HermiT rejects xsd:date; the shapes look after days."""
    assert rdflib.XSD.date not in set(terms.objects(None, RDFS.range))
