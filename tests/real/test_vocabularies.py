"""Every term of the outside vocabularies, as their publishers' own files list them, has a concept here."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.vocabulary import PREFIXES, VOCAB, ontology_dir

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
MATCHES = {PREFIXES["skos"] + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not beside this checkout")


def unmapped(scheme, terms):
    """The terms (as printed) that no concept of data-type is matched with."""
    listed = {
        quad.object.value: quad.subject
        for quad in ox.parse(path=ontology_dir() / "vocab" / "external" / f"{scheme}.ttl")
        if quad.predicate.value == PREFIXES["skos"] + "notation"
    }
    quads = list(ox.parse(path=ontology_dir() / "vocab" / "data-type.ttl"))
    matched = {
        quad.object for quad in quads if quad.predicate.value in MATCHES and quad.subject.value.startswith(VOCAB)
    }
    return sorted(term for term in terms if listed.get(term) not in matched)


def test_every_hibp_data_class_has_a_concept():
    terms = {name for path in (DATA / "hibp").glob("*.json") for name in classes(json.loads(path.read_text("utf-8")))}
    assert len(terms) > 80
    assert unmapped("hibp-data-class", terms) == []


def classes(told):
    """The data classes anywhere in a HIBP file."""
    if isinstance(told, dict):
        yield from told.get("DataClasses", [])
        for value in told.values():
            yield from classes(value)
    elif isinstance(told, list):
        for value in told:
            yield from classes(value)


def test_every_veris_variety_of_data_has_a_concept():
    schema = json.loads((DATA / "vcdb" / "verisc-merged.json").read_text("utf-8"))
    data = schema["properties"]["attribute"]["properties"]["confidentiality"]["properties"]["data"]
    terms = data["items"]["properties"]["variety"]["enum"]
    assert len(terms) > 15
    assert unmapped("veris-data-variety", terms) == []
