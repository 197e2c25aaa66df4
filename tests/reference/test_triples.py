"""Turtle files as an index: the order of the files, lists that do not end, prefixes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import KGError
from kg.reference.triples import Triples

PREFIXES = """
@prefix bkg: <https://w3id.org/breachkg/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture
def read(tmp_path):
    """A function: texts of Turtle files -> their triples."""

    def found(*texts):
        paths = [tmp_path / f"{at}.ttl" for at in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(PREFIXES + text)
        return Triples(paths)

    return found


def test_answers_keep_the_order_of_the_files_and_tell_nothing_twice(read):
    triples = read(
        'bkg:b a owl:Class ; rdfs:label "two", "one" . bkg:a a owl:Class .',
        'bkg:c a owl:Class . bkg:b a owl:Class ; rdfs:label "three", "one" .',
    )
    assert [iri.rpartition("#")[2] for iri in triples.typed("owl:Class")] == ["b", "a", "c"]
    assert triples.typed("owl:Class") == triples.named()
    subject = ox.NamedNode("https://w3id.org/breachkg/ns#b")
    assert triples.texts(subject, "rdfs:label") == ["two", "one", "three"]
    assert triples.text(subject, "rdfs:label") == "two"
    assert triples.text(subject, "rdfs:comment") == ""
    assert triples.iris(subject, "rdfs:label") == []


@pytest.mark.parametrize(
    ("turtle", "members"),
    [
        ("bkg:s bkg:has ( bkg:a bkg:b ) .", ["a", "b"]),
        ("bkg:s bkg:has () .", []),
        ("bkg:s bkg:has bkg:a .", []),
        ("bkg:s bkg:has [ rdf:first bkg:a ; rdf:rest [ rdf:first bkg:b ] ] .", ["a", "b"]),
        ("bkg:s bkg:has _:l . _:l rdf:first bkg:a ; rdf:rest _:m . _:m rdf:first bkg:b ; rdf:rest _:l .", ["a", "b"]),
    ],
)
def test_lists_are_read_as_far_as_they_go(read, turtle, members):
    triples = read(turtle)
    (head,) = triples.objects(ox.NamedNode("https://w3id.org/breachkg/ns#s"), "bkg:has")
    assert [one.value.rpartition("#")[2] for one in triples.items(head)] == members


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://example.org/a", "wide:a"),
        ("https://example.org/deep#a", "deep:a"),
        ("https://example.org/further/a", "https://example.org/further/a"),
        ("https://example.org/", "https://example.org/"),
        ("https://w3id.org/breachkg/ns#usesVendor", "bkg:usesVendor"),
        ("urn:x", "urn:x"),
    ],
)
def test_the_longest_prefix_that_fits_is_taken(read, iri, short):
    triples = read(
        "@prefix wide: <https://example.org/> . @prefix deep: <https://example.org/deep#> . wide:s a deep:C ."
    )
    assert triples.compact(iri) == short


@pytest.mark.parametrize("text", ["bkg:a bkg:b", "bkg:a nothing:b bkg:c ."])
def test_what_is_no_turtle_is_an_error_of_one_line(read, text):
    with pytest.raises(KGError, match=r"0\.ttl") as told:
        read(text)
    assert "\n" not in str(told.value)


def test_a_file_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(KGError, match=r"gone\.ttl"):
        Triples([tmp_path / "gone.ttl"])
