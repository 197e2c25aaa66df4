"""An ontology of strangers: its texts are shown as they are and do nothing, its circles are not run round in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reference import write_docs
from kg.reference.markup import anchor

HOSTILE = "</title></style></p><script>alert(1)</script><img src=x onerror=alert(1)> \"' & {{ 7 * 7 }} {% raw %}"
HIDDEN = "evil\u202egnp.exe"


def turtle(text):
    """A text as a Turtle literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Path:
    """An ontology whose every text is out to do harm, and whose hierarchy runs in circles."""
    folder = tmp_path_factory.mktemp("hostile")
    text = turtle(HOSTILE)
    prefixes = """
    @prefix bkg: <https://w3id.org/breachkg/ns#> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <https://schema.org/> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix shape: <https://w3id.org/breachkg/shapes#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    """
    all_of = (
        f"rdfs:label {text} ; skos:definition {text} ; skos:example {text} ; skos:note {text} ; skos:prefLabel {text}"
    )
    (folder / "breachkg.ttl").write_text(
        f"""{prefixes}
        <https://w3id.org/breachkg/ns> a owl:Ontology ; {all_of} ; owl:versionInfo {text} ; dct:creator {text} ;
            owl:versionIRI <javascript:alert(1)> ; dct:license <javascript:alert(1)> .
        bkg:Thing a owl:Class ; {all_of} ; rdfs:subClassOf bkg:Thing , <javascript:alert(2)> .
        <https://w3id.org/breachkg/ns#a'(b)&amp=c/../d> a owl:Class ; rdfs:label {turtle(HIDDEN)} .
        bkg:does a owl:ObjectProperty ; {all_of} ; rdfs:domain bkg:Thing ; rdfs:range bkg:Thing ;
            rdfs:subPropertyOf bkg:does .
        bkg:says a owl:DatatypeProperty ; {all_of} ; schema:domainIncludes bkg:Thing ; rdfs:range <data:text/html,x> .
        """,
        encoding="utf-8",
    )
    for name in ("vocab", "shapes", "alignments", "queries"):
        (folder / name).mkdir()
    scheme = "https://w3id.org/breachkg/vocab/../../../evil"
    (folder / "vocab" / "evil.ttl").write_text(
        f"""{prefixes}
        <{scheme}> a skos:ConceptScheme ; {all_of} ; dct:source <javascript:alert(3)> .
        <{scheme}/a> a skos:Concept ; skos:inScheme <{scheme}> ; {all_of} ; skos:altLabel {text} ; skos:hiddenLabel {text} ;
            skos:notation {text} ; skos:broader <{scheme}/b> ; skos:exactMatch <javascript:alert(4)> .
        <{scheme}/b> a skos:Concept ; skos:inScheme <{scheme}> ; skos:broader <{scheme}/a> , <{scheme}/b> .
        <{scheme}#a> a skos:Concept ; skos:inScheme <{scheme}> .
        """,
        encoding="utf-8",
    )
    (folder / "shapes" / "<b>.ttl").write_text(
        f"{prefixes} shape:x a sh:NodeShape ; sh:targetClass bkg:Thing ; sh:message {text} ; "
        f"sh:path ( <javascript:alert(5)> [ sh:inversePath [ sh:zeroOrMorePath bkg:does ] ] ) ; "
        f"sh:sparql [ sh:select {text} ] .",
        encoding="utf-8",
    )
    (folder / "alignments" / "evil.ttl").write_text(
        f"{prefixes} <x:y> a owl:Ontology ; {all_of} . bkg:Thing skos:closeMatch <javascript:alert(6)> , bkg:does .",
        encoding="utf-8",
    )
    (folder / "queries" / "CQ01-evil.rq").write_text(
        f"# CQ01: {HOSTILE}\n# {HOSTILE}\n# param x (text) = {HOSTILE} : {HOSTILE}\nSELECT * WHERE {{\n# bind\n}}\n",
        encoding="utf-8",
    )
    return folder


def test_hostile_texts_are_shown_and_do_nothing(hostile, take, tmp_path):
    written = write_docs(tmp_path / "out", hostile)
    assert all(path.resolve().is_relative_to(tmp_path / "out") for path in written)
    pages = take(tmp_path / "out")
    assert len(pages) == 4
    for name, page in pages.items():
        assert page.harmless(), name
        assert HOSTILE in page.text, name
        assert len(page.ids) == len(set(page.ids)), name
        for href in page.links:
            assert href.startswith(("http://", "https://")) or pages.resolves(name, href), (name, href)
    index = pages["index.html"]
    assert "javascript:alert(2)" in index.articles["Thing"].text
    assert "evilgnp.exe" in index.text
    assert "\u202e" not in index.text
    assert index.articles[anchor("a'(b)&amp=c/../d")]
    assert "javascript:alert(5) / ^bkg:does*" in " ".join(pages["shapes.html"].text.split())
    (evil,) = [page for name, page in pages.items() if name.startswith("vocab/")]
    assert sorted(evil.articles) == sorted(["a", "b", anchor("https://w3id.org/breachkg/vocab/../../../evil#a")])
