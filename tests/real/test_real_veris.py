"""The VERIS records beside this checkout: all accounted for, roles and directions right, no shape violated, no mutant fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import mutants

import kg
from kg.extract import extracted
from kg.extract.reading import find, read
from kg.extract.veris.extractor import VerisExtractor
from kg.model import Defect, Document, Incident, Role

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "vcdb"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder shared/data is not beside this checkout")


def documents():
    return [read(found) for found in find([FOLDER])]


def is_record(path):
    """Whether a file holds an incident, counted without the package; the schema's own tests are named so."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except ValueError:
        return False
    return isinstance(value, dict) and "incident_id" in value and not path.name.startswith("veris-")


@pytest.fixture(scope="module")
def incidents():
    found = {}
    for document in documents():
        if VerisExtractor().recognizes(document):
            for item in extracted(VerisExtractor(), document):
                assert isinstance(item, Incident), item
                found[document.name[:8]] = item
    return found


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return kg.build(FOLDER, tmp_path_factory.mktemp("veris") / "v.kg")


def ties(incident):
    return {(tie.customer, tie.supplier) for tie in incident.uses_vendor}


def test_every_record_is_an_incident_and_the_rest_is_skipped(graph):
    report = graph.report
    files = [path for path in FOLDER.iterdir() if path.is_file()]
    records = sum(map(is_record, files))
    assert records > 50
    assert (report.incidents, report.quarantined) == (records, 0)
    assert report.skipped == len(files) - records


def test_the_customers_of_zendesk_are_exposed_through_it(graph, incidents):
    names = {"Twitter", "Tumblr", "Pinterest", "Burger King", "Jeep"}
    assert ties(incidents["A8320814"]) == {(name, "Zendesk") for name in names}
    assert {found.node.label for found in graph.blast_radius("Zendesk")} == names
    (told,) = graph.exposure("Twitter")
    assert (told.node.label, told.exposure) == ("Zendesk", "confirmed")


@pytest.mark.parametrize(
    ("record", "tie"),
    [
        ("56D4AD6E", ("The Bank of New York Mellon Corp", "Archive Systems, Inc.")),
        ("C841D130", ("Department of Veterans Affairs", "GMRI")),
        ("E15A7480", ("Tobacco Haven", "CCR Data Systems")),
        ("2439B555", ("Accumetrics Corporation", "ADP")),
        ("DBAE87C5", ("BKK Health", "unnamed partner of BKK Health")),
        (
            "F2AFC526",
            (
                "United States Department of Veterans Affairs",
                "unnamed partner of United States Department of Veterans Affairs",
            ),
        ),
    ],
)
def test_partners_are_vendors(incidents, record, tie):
    assert ties(incidents[record]) == {tie}


def test_people_are_no_customers(incidents):
    assert ties(incidents["F77B892A"]) == set()
    practices = incidents["6FB8D06D"]
    assert {customer for customer, _ in ties(practices)} == {
        "Hallmark Health Medical Associates", "Main Street Family Practice", "Womens Healthcare Associates",
    }  # fmt: skip
    assert sum(party.role is Role.AFFECTED_DOWNSTREAM for party in practices.parties) == 6


def test_only_records_with_partners_or_secondary_victims_have_relations(incidents):
    with_ties = {name for name, incident in incidents.items() if incident.uses_vendor}
    assert with_ties == {
        "A8320814",
        "6FB8D06D",
        "56D4AD6E",
        "C841D130",
        "E15A7480",
        "2439B555",
        "DBAE87C5",
        "F14F4C68",
        "F2AFC526",
    }


def test_every_address_is_a_source_of_its_own(incidents):
    urls = [source.url for incident in incidents.values() for source in incident.sources]
    assert len(urls) > 60
    assert not [url for url in urls if any(mark in url for mark in " ;\n()") or url.endswith((",", "."))]


@pytest.mark.slow
def test_no_shape_is_violated(graph):
    pyshacl = pytest.importorskip("pyshacl")
    import pyoxigraph as ox
    import rdflib

    from kg.vocabulary import ontology_dir

    data, shapes = rdflib.Graph(), rdflib.Graph()
    data.parse(
        data="\n".join(f"{quad.triple} ." for quad in graph.store.quads if quad.graph_name == ox.DefaultGraph()),
        format="nt",
    )
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        shapes.parse(path)
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    violated = [results.value(node, sh.resultMessage) for node in results.subjects(sh.resultSeverity, sh.Violation)]
    assert violated == []


@pytest.mark.slow
def test_mutants_of_the_real_records_never_make_it_fail():
    texts = [document.text for document in documents() if VerisExtractor().recognizes(document)]
    for mutant in mutants(texts, 2000, seed=11):
        items = list(extracted(VerisExtractor(), Document("mutant.json", mutant, "0" * 64)))
        assert items
        assert not [item for item in items if isinstance(item, Defect) and " failed: " in item.reason]
