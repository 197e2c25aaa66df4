"""Rows of a CSV table into listings and incidents, beside the bare reading of the rows by `csv.DictReader`."""

from __future__ import annotations

import csv
import io
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import pytest

from kg.extract.mapped.extractor import MappingExtractor
from kg.extract.mapped.mapping import MappingFile
from kg.extract.portal.extractor import PortalExtractor
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.model import Defect, Document

pytestmark = pytest.mark.bench
COUNT = 20_000
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "hhs" / "breach_report_500.csv"


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


ONE_STORY = (
    "A laptop of the covered entity's (CE) business associate (BA), Fern Mail, Inc., was stolen.  The PHI included names, addresses and diagnoses.",
)
OPENINGS = (
    "A laptop of the covered entity's (CE) business associate (BA), {vendor}, was stolen.",
    "Hackers broke into a server of {vendor}, a business associate (BA) of the covered entity (CE), and encrypted its files.",
    "An employee of the covered entity (CE) fell victim to a phishing scheme that affected {count} individuals.",
    "The covered entity (CE) reported that its business associate (BA), {vendor}, sent {count} letters to old addresses.",
    "A binder was lost from the car of a nurse.  The covered entity (CE) told the police and trained {count} members of its staff anew.",
)
KINDS = (
    "names", "addresses", "diagnoses", "social security numbers", "dates of birth", "medical record numbers", "health insurance information",
    "phone numbers", "email addresses", "treatment information", "credit card numbers", "prescriptions", "lab results", "claims information",
)  # fmt: skip
ENDINGS = (
    "The CE notified HHS, the individuals and the media, and put a notice on its website.",
    "The BA improved its safeguards and trained its workforce.",
    "OCR obtained assurances that the CE did what is listed above.",
)
WORDS = tuple(
    f"{first}{last}"
    for first in ("Fern", "Oak", "Alder", "Birch", "Elm")
    for last in (" Mail", "field Data", "", "wood Health")
)


def stories():
    """200 accounts: other names, numbers and lists of data in each."""
    for n in range(200):
        vendor = (
            f"{WORDS[n % 20]} {('Records', 'Billing', 'Imaging')[n % 3]} {n}, {('Inc.', 'LLC', 'Corp.')[n % 7 % 3]}"
        )
        listed = [KINDS[(n * 5 + step * (n % 3 + 1)) % len(KINDS)] for step in range(n % 4 + 2)]
        opening = OPENINGS[n % 5].format(vendor=vendor, count=500 + 37 * n)
        data = f"The protected health information (PHI) included {', '.join(listed[:-1])} and {listed[-1]}."
        yield f"{opening}  {data}  {ENDINGS[n % 3]}  {ENDINGS[(n + 1) % 3]}"


def portal(accounts):
    header = (
        "name_of_covered_entity",
        "covered_entity_type",
        "individuals_affected",
        "breach_submission_date",
        "type_of_breach",
        "business_associate_present",
        "web_description",
    )
    return written(
        header,
        (
            (f"Clinic {n}", "Healthcare Provider", n, f"20{10 + n % 15}-{n % 12 + 1:02}-06", "Theft", "true", accounts[n % len(accounts)])
            for n in range(COUNT)
        ),
    )  # fmt: skip


def real_portal():
    """The rows of a real portal over and over, each with an entity and an account of its own; "" where the file is not there."""
    if not REAL.is_file():
        return ""
    header, *found = csv.reader(io.StringIO(REAL.read_text("utf-8-sig"), newline=""))
    whole, told = [row for row in found if len(row) == len(header)], header.index("web_description")
    turns = enumerate(islice(cycle(whole), COUNT))
    return written(
        header,
        ([f"{row[0]} {n}", *row[1:told], f"{row[told]} Case {n}.", *row[told + 1 :]] for n, row in turns),
    )


MAPPING = MappingExtractor(
    MappingFile("m.toml", "0" * 64, "incident", columns={"id": "ref", "breached": "firm", "vendors": "through", "occurred": "when", "data_types": "taken", "count": "count"})
)  # fmt: skip


@pytest.mark.parametrize(
    ("extractor", "made"),
    [
        (MAPPING, incidents),
        (SupplierTableExtractor(), suppliers),
        (PortalExtractor(), lambda: portal(ONE_STORY)),
        (PortalExtractor(), lambda: portal(tuple(stories()))),
        (PortalExtractor(), real_portal),
    ],
    ids=["mapping", "suppliers", "portal", "portal, 200 accounts", "portal, real accounts"],
)
def test_rows_a_second(extractor, made, record_property):
    text = made()
    if not text:
        pytest.skip("the folder shared/data is not beside this checkout")
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
