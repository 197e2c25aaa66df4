"""The real supplier table and breach portal: every row accounted for, and what is to be found in them."""

from __future__ import annotations

import csv
import io
import random
import time
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.errors import UnreadableError
from kg.extract import choose
from kg.extract.portal.extractor import PortalExtractor
from kg.extract.reading import document, find, read
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.model import Defect, Incident, Listing
from kg.rdf import evidence_graph
from kg.vocabulary import ontology_dir

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SUPPLIERS = DATA / "subprocessors" / "subprocessors_2025-08.csv"
PORTAL = DATA / "hhs" / "breach_report_500.csv"
FILES = {SUPPLIERS: SupplierTableExtractor(), PORTAL: PortalExtractor()}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not beside this checkout")


def rows(path):
    """The rows of a file as the standard library reads them, without header and empty rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in list(csv.reader(file))[1:] if any(cell.strip() for cell in row)]


def records(path):
    (found,) = find([path])
    text = read(found)
    extractor = choose(text)
    assert extractor.name == FILES[path].name
    return list(extractor.extract(text)), text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_a_record_or_set_aside_and_every_quote_is_in_its_place(path):
    found, text = records(path)
    assert len(found) == len(rows(path))
    numbers = [one.number if not isinstance(one, Defect) else int(one.place.removeprefix("row ")) for one in found]
    assert numbers == list(range(1, len(found) + 1))
    for one in found:
        if isinstance(one, Defect):
            assert one.reason
            continue
        told = [*one.parties, *one.uses_vendor, *one.affiliations, *one.notes]
        told += [*one.data_types, *one.dates, *one.record_counts, *one.types] if isinstance(one, Incident) else []
        for part in told:
            for proof in part.evidence:
                assert text.text[slice(*proof.span)] == proof.quote


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return kg.build([SUPPLIERS, PORTAL], tmp_path_factory.mktemp("tables") / "tables.kg")


def test_the_report_counts_them_all(graph):
    report = graph.report
    assert report.by_kind["suppliers"]["records"] + report.by_kind["suppliers"]["quarantined"] == len(rows(SUPPLIERS))
    assert report.by_kind["portal"]["incidents"] + report.by_kind["portal"]["quarantined"] == len(rows(PORTAL))
    # A loop that only resolution made is told of beside the records.
    assert report.quarantined >= sum(kind["quarantined"] for kind in report.by_kind.values())


def test_repeated_rows_are_set_aside_and_no_other_is(graph):
    told = Counter(tuple(cell.strip() for cell in row) for row in rows(SUPPLIERS))
    repeated = sum(count - 1 for count in told.values())
    reasons = Counter(row["reason"].split()[0] for row in graph.report.quarantine if row["document"] == SUPPLIERS.name)
    loops = sum(row[0].strip().casefold() == row[1].strip().casefold() for row in told)
    assert reasons["repeats"] == repeated
    assert reasons["names"] == loops


def test_the_long_chain_is_found_with_its_rows(graph):
    answer = graph.exposure("Cursor", 5, to="Anthropic", all_paths=True)
    wanted = ["Cursor", "Vercel", "Neon", "Sentry", "Anthropic"]
    chains = [
        [graph.projection.nodes[edge.source].label for edge in found.path] + [found.node.label] for found in answer
    ]
    (chain,) = [
        found for found, path in zip(answer, chains, strict=True) if [name.split(",")[0] for name in path] == wanted
    ]
    for edge in chain.path:
        quotes = graph.evidence.quotes(claim.iri for claim in edge.claims)
        assert any(quote.record.startswith("row ") and quote.document == SUPPLIERS.name for quote in quotes)


def test_two_that_use_each_other_are_both_edges(graph):
    assert "Fireworks AI" in [found.node.label for found in graph.exposure("Vercel", 1)]
    assert "Vercel" in [found.node.label for found in graph.exposure("Fireworks AI", 1)]


def test_nobody_is_their_own_supplier_in_any_row():
    found, _ = records(SUPPLIERS)
    for one in found:
        if isinstance(one, Listing):
            assert all(told.customer.casefold() != told.supplier.casefold() for told in one.uses_vendor)


def test_the_direction_of_portal_rows():
    found, _ = records(PORTAL)
    told = dict(enumerate(rows(PORTAL), 1))
    for one in found:
        if isinstance(one, Defect):
            continue
        roles = {party.name: str(party.role) for party in one.parties}
        if told[one.number][2] == "Business Associate":
            using = {use.customer for use in one.uses_vendor}  # a vendor whose own vendor was breached is one
            assert all(roles[use.supplier] == "breached" or use.supplier in using for use in one.uses_vendor)
            assert "affected_downstream" in roles.values()
        elif told[one.number][7] == "true":
            assert one.uses_vendor
            assert {roles[use.customer] for use in one.uses_vendor} == {"affected_downstream"}


def test_the_number_of_people_is_that_of_the_column():
    found, _ = records(PORTAL)
    for one, row in zip(found, rows(PORTAL), strict=True):
        if isinstance(one, Incident):
            assert [str(count.low) for count in one.record_counts] == ([row[3]] if row[3].isdigit() else [])


@pytest.mark.slow
def test_no_shape_is_violated(graph):
    pyshacl = pytest.importorskip("pyshacl")
    data = rdflib.Graph()
    data.parse(
        io.BytesIO(ox.serialize((quad.triple for quad in graph.store.quads if isinstance(quad.graph_name, ox.DefaultGraph)), format=ox.RdfFormat.N_TRIPLES)),
        format="nt",
    )  # fmt: skip
    shapes = rdflib.Graph()
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        shapes.parse(path)
    _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    severities = Counter(str(one) for one in report.objects(None, rdflib.SH.resultSeverity))
    assert severities[str(rdflib.SH.Violation)] == 0, text[:2000]


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_mutants_of_the_real_files_are_read(path):
    """Nothing crashes or hangs, and nothing is written that cannot be."""
    whole = path.read_bytes()
    head, *rest = whole.splitlines(keepends=True)
    maker = random.Random(5)
    for _ in range(2_000):
        start = maker.randrange(len(rest) - 40)
        data = bytearray(head + b"".join(rest[start : start + 40]))
        for _ in range(maker.randrange(1, 12)):
            at = maker.randrange(len(data))
            what = maker.randrange(4)
            if what == 0:
                data[at] = maker.choice(b'",\r\n\0\xff\\()|<;\t 0aZ')
            elif what == 1:
                del data[at : at + maker.randrange(1, 200)]
            elif what == 2:
                data[at:at] = bytes(maker.choice(b'",\r\n\\()*a') for _ in range(maker.randrange(1, 30)))
            else:
                data[at:at] = data[max(0, at - 300) : at]
        try:
            text = document(path.name, bytes(data))
        except UnreadableError:
            continue
        began = time.monotonic()
        extractor = FILES[path]
        extractor.recognizes(text)
        graph = evidence_graph(text, extractor.name, extractor.version, extractor.extract(text))
        assert all(defect.reason for defect in graph.defects)
        assert time.monotonic() - began < 20
