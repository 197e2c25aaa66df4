"""The documentation tells everything the files say, links to what is there, and is the same each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kg.errors import KGError
from kg.reference import write_docs
from kg.reference.markup import anchor
from kg.vocabulary import NS, VOCAB

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = rdflib.Namespace("https://schema.org/")


# ---- everything is told


def declared(terms, *kinds):
    """The names of the terms of ours that are of some kinds."""
    found = [str(one) for kind in kinds for one in terms.subjects(RDF.type, kind)]
    return sorted(one.removeprefix(NS) for one in found if one.startswith(NS))


def test_every_class_and_property_has_an_entry(pages, terms):
    names = declared(terms, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert sorted(pages["index.html"].articles) == names
    for name in names:
        entry = pages["index.html"].articles[name]
        subject = rdflib.URIRef(NS + name)
        told = [
            str(value)
            for relation in (RDFS.label, SKOS.definition, SKOS.example)
            for value in terms.objects(subject, relation)
        ]
        assert len(told) >= 3
        assert [text for text in (NS + name, *told) if text not in entry.text] == [], name
        near = [
            str(value).removeprefix(NS)
            for relation in (RDFS.domain, RDFS.range, SCHEMA.domainIncludes, SCHEMA.rangeIncludes, RDFS.subClassOf)
            for value in terms.objects(subject, relation)
            if str(value).startswith(NS)
        ]
        assert {f"index.html#{other}" for other in near} <= set(entry.links), name


def test_a_class_tells_its_properties_and_whose_value_it_is(pages):
    index = pages["index.html"].articles
    assert {"index.html#customer", "index.html#validFrom"} <= set(index["SupplyRelationship"].links)
    assert "index.html#supplyRelationship" in index["SupplyRelationship"].links
    assert "Subproperty of" in index["breached"].text
    assert {"index.html#breached", "index.html#affectsDownstream"} <= set(index["affects"].links)
    assert "index.html#Vendor" in index["Organization"].links


def test_axioms_are_spelt_out(pages):
    index = pages["index.html"].articles
    assert (
        "bkg:Vendor ≡ bkg:Organization and (inverse bkg:supplier some bkg:SupplyRelationship)" in index["Vendor"].text
    )
    assert "inverse bkg:customer o bkg:supplier → bkg:usesVendor" in index["usesVendor"].text
    assert "at most one value" in index["customer"].text
    assert "No node is two of these: Action, Assessment" in pages["index.html"].text


def test_version_licence_and_counts_are_on_the_first_page(pages, terms):
    ontology = rdflib.URIRef(NS.removesuffix("#"))
    text = pages["index.html"].text
    for relation in (RDFS.label, SKOS.definition, OWL.versionInfo, OWL.versionIRI, DCTERMS.creator):
        assert str(terms.value(ontology, relation)) in text
    assert str(terms.value(ontology, DCTERMS.license)) in pages["index.html"].links
    classes, objects, data = (
        len(declared(terms, kind)) for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    )
    assert f"{classes} classes, {objects} object properties, {data} data properties" in text


def test_every_scheme_has_a_page_and_every_concept_an_entry(pages, vocabularies):
    schemes = set(vocabularies.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) >= 19
    told = 0
    for scheme in schemes:
        page = pages[f"vocab/{str(scheme).removeprefix(VOCAB)}.html"]
        assert f"vocab/{str(scheme).removeprefix(VOCAB)}.html" in pages["index.html"].links
        assert str(vocabularies.value(scheme, SKOS.prefLabel)) in page.text
        assert str(vocabularies.value(scheme, SKOS.definition) or "") in page.text
        concepts = set(vocabularies.subjects(SKOS.inScheme, scheme))
        assert {anchor(str(one).removeprefix(f"{scheme}/")) for one in concepts} == page.articles.keys()
        for concept in concepts:
            entry = page.articles[anchor(str(concept).removeprefix(f"{scheme}/"))]
            for relation in (
                SKOS.prefLabel,
                SKOS.altLabel,
                SKOS.hiddenLabel,
                SKOS.definition,
                SKOS.note,
                SKOS.notation,
            ):
                for value in vocabularies.objects(concept, relation):
                    assert str(value) in entry.text
            told += 1
    assert told > 500


def test_hierarchy_is_told_both_ways(pages, vocabularies):
    links = 0
    for concept, above in vocabularies.subject_objects(SKOS.broader):
        scheme, _, slug = str(concept).rpartition("/")
        page = f"vocab/{scheme.removeprefix(VOCAB)}.html"
        up = f"../{page}#{anchor(str(above).removeprefix(f'{scheme}/'))}"
        assert up in pages[page].articles[anchor(slug)].links
        assert f"../{page}#{anchor(slug)}" in pages[page].articles[anchor(str(above).removeprefix(f"{scheme}/"))].links
        links += 1
    assert links > 200


def test_the_tree_nests_as_the_concepts_do(folder):
    text = (folder / "vocab" / "data-type.html").read_text("utf-8")
    tree = text.partition('<div class="tree">')[2].partition("</div>")[0]
    path = []
    for tag, slug in re.findall(r'(<ul>|</ul>)|<a href="#([^"]+)"', tree):
        if tag == "<ul>":
            path.append(None)
        elif tag:
            path.pop()
        else:
            path[-1] = slug
            if slug == "trade-secrets":
                assert path == ["proprietary-data", "intellectual-property", "trade-secrets"]
                break
    else:
        pytest.fail("trade-secrets is not in the tree")


def test_matches_are_told_from_both_ends(pages):
    ours = pages["vocab/data-type.html"].articles["names"]
    assert "../vocab/hibp-data-class.html#names" in ours.links
    assert "narrower match (HIBP data classes): Salutations, Company names" in ours.text
    theirs = pages["vocab/hibp-data-class.html"].articles["salutations"]
    assert "broader match (Data types): Names" in theirs.text
    assert "https://w3id.org/dpv/risk#DataBreach" in pages["vocab/incident-type.html"].articles["data-breach"].links
    assert "close match (breachkg to DPV 2.3): risk:Incident" in pages["index.html"].articles["Incident"].text


def test_every_match_is_told(pages, vocabularies):
    found = 0
    entries = {}
    for page, taken in pages.items():
        entries |= {(page, name): article for name, article in taken.articles.items()}
    for relation in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        for subject, value in vocabularies.subject_objects(relation):
            scheme, _, slug = str(subject).rpartition("/")
            if str(subject).startswith(NS):
                entry = entries["index.html", str(subject).removeprefix(NS)]
            elif str(subject).startswith(VOCAB) and scheme != VOCAB.rstrip("/"):
                entry = entries[f"vocab/{scheme.removeprefix(VOCAB)}.html", anchor(slug)]
            else:
                continue
            name = str(value).rpartition("/")[2].rpartition("#")[2]
            assert any(href == str(value) or href.endswith(f"#{anchor(name)}") for href in entry.links), (
                subject,
                value,
            )
            found += 1
    assert found > 300


def test_every_shape_is_told_with_its_message(pages, shapes):
    named = {one for one in shapes.subjects(SH.message) if isinstance(one, rdflib.URIRef)}
    assert {str(one).partition("#")[2] for one in named} == pages["shapes.html"].articles.keys()
    for shape in named:
        entry = pages["shapes.html"].articles[str(shape).partition("#")[2]]
        assert str(shapes.value(shape, SH.message)) in entry.text
        assert str(shapes.value(shape, SH.severity)).partition("#")[2].lower() in entry.text


def test_terms_tell_the_shapes_that_constrain_them(pages, shapes):
    index = pages["index.html"].articles
    checked = 0
    for shape, path in shapes.subject_objects(SH.path):
        message = shapes.value(shape, SH.message)
        if message and isinstance(shape, rdflib.URIRef) and str(path).startswith(NS):
            assert str(message) in index[str(path).removeprefix(NS)].text
            for holder in shapes.subjects(SH.property, shape):
                for target in shapes.objects(holder, SH.targetClass):
                    assert str(message) in index[str(target).removeprefix(NS)].text
            checked += 1
    assert checked > 50
    span = "The span of a claim is as long as its quote."
    assert all(span in index[name].text for name in ("quote", "quoteStart", "quoteEnd"))
    assert span not in index["place"].text
    assert "An impact is on an organization or a group." not in index["Organization"].text


def test_every_question_is_told_in_full(pages, ontology):
    files = sorted((ontology / "queries").glob("*.rq"))
    assert len(files) >= 20
    for path in files:
        text = path.read_text("utf-8")
        entry = pages["questions.html"].articles[path.stem[:4]]
        assert text.strip() in entry.text
        assert re.match(r"# CQ\d\d: (.*)", text)[1] in entry.text
        for name in re.findall(r"^# param (\w+)", text, re.MULTILINE):
            assert name in entry.text
    assert "questions.html#CQ01" in pages["index.html"].articles["usesVendor"].links


# ---- nothing leads nowhere, nothing comes from outside


def test_links_inside_lead_somewhere(pages):
    links = 0
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for href in page.links:
            if not href.startswith(("https://", "http://")):
                assert pages.resolves(name, href), (name, href)
                links += 1
    assert links > 2000


def test_every_page_is_reached_from_the_first(pages):
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = waiting.pop()
        for href in pages[page].links:
            target = pages.target(page, href)
            if target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert reached == pages.keys()


def test_pages_are_harmless_and_their_policy_lets_only_their_style_in(pages):
    for page in pages.values():
        assert page.harmless()
        (policy,) = [one["content"] for tag, one in page.elements if tag == "meta" and "http-equiv" in one]
        digest = b64encode(sha256(page.style.encode()).digest()).decode()
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


# ---- the same each time; errors


def test_bytes_do_not_depend_on_the_process(folder, tmp_path):
    code = "import sys; from pathlib import Path; from kg.reference import write_docs; write_docs(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env={**os.environ, "PYTHONHASHSEED": "7"}, check=True)
    ours = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.html")}
    assert ours == {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.html")}
    assert not any(b"\r" in content for content in ours.values())


def test_files_written_are_told_and_others_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "index.html").write_text("old")
    written = write_docs(tmp_path)
    assert written[0] == tmp_path / "index.html"
    assert set(written) == {path for path in tmp_path.rglob("*") if path.is_file()} - {tmp_path / "notes.txt"}
    assert (tmp_path / "index.html").read_text("utf-8") != "old"
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KGError, match="file"):
        write_docs(tmp_path / "file")
    with pytest.raises(KGError, match="vocab"):
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "vocab").write_text("")
        write_docs(tmp_path / "out")


def test_an_ontology_that_is_missing_or_broken_is_an_error(tmp_path):
    with pytest.raises(KGError, match=r"no breachkg\.ttl"):
        write_docs(tmp_path / "out", tmp_path)
    (tmp_path / "breachkg.ttl").write_text("@prefix bkg: <https://w3id.org/breachkg/ns#> .\nbkg:A a bkg:B .\nbkg: : .")
    with pytest.raises(KGError, match=r"breachkg\.ttl") as told:
        write_docs(tmp_path / "out", tmp_path)
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()
