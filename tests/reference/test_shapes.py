"""Shapes as a reader looks them up: paths as in SPARQL, what they look at, and the words of their queries."""

from __future__ import annotations

import pytest

from kg.reference.shapes import shapes
from kg.reference.triples import Triples
from kg.vocabulary import NS

PREFIXES = """
@prefix bkg: <https://w3id.org/breachkg/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


@pytest.fixture
def read(tmp_path):
    """A function: Turtle -> its shapes by IRI."""

    def found(turtle):
        (tmp_path / "one.ttl").write_text(PREFIXES + turtle)
        return {shape.iri: shape for shape in shapes(Triples([tmp_path / "one.ttl"]))}

    return found


@pytest.mark.parametrize(
    ("turtle", "sparql"),
    [
        ("bkg:breached", "bkg:breached"),
        ("[ sh:alternativePath ( bkg:breached bkg:affects ) ]", "bkg:breached | bkg:affects"),
        ("( [ sh:inversePath bkg:customer ] bkg:supplier )", "^bkg:customer / bkg:supplier"),
        ("( bkg:a [ sh:alternativePath ( bkg:b bkg:c ) ] )", "bkg:a / (bkg:b | bkg:c)"),
        ("[ sh:inversePath ( bkg:a bkg:b ) ]", "^(bkg:a / bkg:b)"),
        ("[ sh:inversePath [ sh:zeroOrMorePath bkg:a ] ]", "^bkg:a*"),
        ("[ sh:zeroOrMorePath [ sh:inversePath bkg:a ] ]", "(^bkg:a)*"),
        ("[ sh:oneOrMorePath [ sh:zeroOrOnePath bkg:a ] ]", "(bkg:a?)+"),
        ("[ sh:nonsense bkg:a ]", "(a path that is not spelt out here)"),
    ],
)
def test_paths_are_spelt_as_in_sparql(read, turtle, sparql):
    shape = read(f"<urn:one> sh:path {turtle} ; sh:message 'Wrong.' ; sh:targetObjectsOf bkg:a .")["urn:one"]
    assert shape.path == sparql
    assert shape.targets == (("each value of", f"{NS}a"),)
    assert shape.severity == "violation"


def test_a_property_shape_looks_at_what_its_node_shapes_do(read):
    found = read("""
    <urn:node> sh:targetClass bkg:A , bkg:B ; sh:property <urn:part> .
    <urn:part> sh:path bkg:p ; sh:class bkg:C ; sh:severity sh:Warning ; sh:message "Weak." .
    """)
    assert list(found) == ["urn:part"]
    part = found["urn:part"]
    assert part.targets == (("each", f"{NS}A"), ("each", f"{NS}B"))
    assert part.terms == (f"{NS}A", f"{NS}B", f"{NS}p", f"{NS}C")
    assert (part.severity, part.message) == ("warning", "Weak.")


def test_terms_inside_unnamed_nodes_and_queries_are_found_and_the_query_is_told(read):
    found = read('''
    <urn:one> sh:targetNode <urn:graph> ; sh:message "Wrong." ; sh:or ( [ sh:not [ sh:class bkg:C ] ] ) ;
        sh:sparql [ sh:select """
            SELECT $this WHERE {
                $this bkg:inside ?other
            }
        """ ] .
    ''')["urn:one"]
    assert found.terms == (f"{NS}C", f"{NS}inside")
    assert found.query == "SELECT $this WHERE {\n    $this bkg:inside ?other\n}"
    assert found.targets == (("the whole graph", "urn:graph"),)
