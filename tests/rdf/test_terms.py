from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.rdf.terms import day, decimal, integer, literal, value

XSD = "http://www.w3.org/2001/XMLSchema#"
A = ox.NamedNode("urn:a")


def typed(text, kind):
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


def stored(term):
    """What a store gives back for the text of a term."""
    store = ox.Store()
    store.load(f"<urn:a> <urn:a> {term} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    (quad,) = store
    return str(quad.object)


@given(st.text())
@example('tab\t back\b form\f return\r line\n quote" slash\\ bell\x07 delete\x7f unit\x1f')
@example("\ufffe\uffff\u2028\ufeff\U0001f600\\u0041\\n")
def test_a_literal_is_written_as_the_store_writes_it(text):
    assert literal(text) == str(ox.Literal(text)) == stored(literal(text))


@given(st.text())
@example("\\n is no line end, \\\\ is one backslash, \\u0041 is no A")
def test_the_value_of_a_literal_is_its_text(text):
    assert value(literal(text)) == text


def test_a_lone_surrogate_becomes_the_replacement_character():
    assert literal("a\ud800b\udfff") == '"a\ufffdb\ufffd"'


@given(st.integers())
def test_integers(number):
    assert integer(number) == str(typed(str(number), "integer"))
    assert value(integer(number)) == str(number)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
@example(Decimal("1E+3"))
@example(Decimal("-0.00"))
@example(Decimal("0.900"))
@example(Decimal(100))
def test_a_decimal_is_canonical_and_exact(number):
    assert stored(decimal(number)) == decimal(number)
    assert Decimal(value(decimal(number))) == number
    assert "E" not in decimal(number).partition("^^")[0]


def test_days():
    assert day(date(2026, 4, 3)) == str(typed("2026-04-03", "date"))


@pytest.mark.parametrize("term", ["<urn:a>", "<https://w3id.org/breachkg/id/organization/name/meta>"])
def test_the_value_of_an_iri_has_no_brackets(term):
    assert value(term) == term[1:-1]
