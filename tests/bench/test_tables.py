"""Rows of a CSV table into listings and incidents, beside the bare reading of the rows by `csv.DictReader`."""

from __future__ import annotations

import csv
import io
import sys
import time

import pytest

from kg.extract.mapped import MappingExtractor
from kg.extract.mapping import MappingFile
from kg.extract.portal import PortalExtractor
from kg.extract.suppliers import SupplierTableExtractor
from kg.model import Defect, Document

pytestmark = pytest.mark.bench
COUNT = 20_000


def written(header, rows):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def incidents():
    header = ("ref", "firm", "through", "when", "taken", "count", "more")
    return written(
        header,
        (
            (f"R{n}", f"Firm {n} Ltd", f"Vendor {n % 500}", "2024-05-06", "names, passwords", n + 7, "x")
            for n in range(COUNT)
        ),
    )


def suppliers():
    header = ("customer", "supplier", "service")
    return written(
        header,
        ((f"Customer {n % 700}", f"Supplier {n}, Inc. (Product {n})", f"hosting of {n % 50}") for n in range(COUNT)),
    )


def portal():
    header = (
        "name_of_covered_entity",
        "covered_entity_type",
        "individuals_affected",
        "breach_submission_date",
        "type_of_breach",
        "business_associate_present",
        "web_description",
    )
    story = "A laptop of the covered entity's (CE) business associate (BA), Fern Mail, Inc., was stolen.  The PHI included names, addresses and diagnoses."
    return written(
        header, ((f"Clinic {n}", "Healthcare Provider", n, "2024-05-06", "Theft", "true", story) for n in range(COUNT))
    )


MAPPING = MappingExtractor(
    MappingFile("m.toml", "0" * 64, "incident", columns={"id": "ref", "breached": "firm", "vendors": "through", "occurred": "when", "data_types": "taken", "count": "count"})
)  # fmt: skip


@pytest.mark.parametrize(
    ("extractor", "text"),
    [(MAPPING, incidents()), (SupplierTableExtractor(), suppliers()), (PortalExtractor(), portal())],
    ids=["mapping", "suppliers", "portal"],
)
def test_rows_a_second(extractor, text, record_property):
    document = Document("t.csv", text, "0")
    began = time.process_time()
    assert sum(1 for _ in csv.DictReader(io.StringIO(text))) == COUNT
    bare = time.process_time() - began
    began = time.process_time()
    assert sum(not isinstance(one, Defect) for one in extractor.extract(document)) == COUNT
    spent = time.process_time() - began
    record_property("rows a second", round(COUNT / spent))
    sys.stdout.write(
        f"\n{extractor.name}: {COUNT / spent:,.0f} rows a second, {spent / bare:.0f} times csv.DictReader\n"
    )
    assert spent < 1_000 * bare
