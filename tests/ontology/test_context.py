"""The JSON-LD context names every term, and data written with it come back the same."""

from __future__ import annotations

import json
from pathlib import Path

import rdflib
from rdflib.compare import isomorphic, to_isomorphic

from kg import vocabulary as program

HERE = Path(__file__).resolve().parent


def context() -> dict[str, object]:
    """The context as a mapping from names to definitions."""
    return json.loads((program.ontology_dir() / "context.jsonld").read_text("utf-8"))["@context"]


def test_context_names_every_term() -> None:
    named = {
        definition if isinstance(definition, str) else definition.get("@id")
        for definition in context().values()
        if isinstance(definition, (str, dict))
    }
    assert named >= {f"bkg:{name}" for name in program.CLASSES | program.PROPERTIES}
    reused = {name for name in program.REUSED if not name.startswith("xsd:")} - {"rdf:type"}
    assert named >= reused


def test_context_has_the_prefixes_of_the_program() -> None:
    prefixes = {n: d["@id"] for n, d in context().items() if isinstance(d, dict) and d.get("@prefix")}
    assert prefixes.items() >= {n: iri for n, iri in program.PREFIXES.items() if n != "owl"}.items()


def test_data_come_back_the_same() -> None:
    data = rdflib.Graph().parse(HERE / "pass" / "canonical.ttl")
    text = data.serialize(format="json-ld", context=context(), auto_compact=False)
    assert '"usesVendor"' in text
    assert "ns#" not in json.dumps(json.loads(text)["@graph"])
    again = rdflib.Graph().parse(data=text, format="json-ld")
    assert isomorphic(to_isomorphic(data), to_isomorphic(again))
