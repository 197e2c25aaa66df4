"""Vendors that a sentence names as such, and those it only seems to name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.veris.vendor_phrases import own_name, own_names, vendors


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gave the tapes to a storage firm, Granite Records, Inc., for transportation", "Granite Records, Inc."),
        ("sent the drive back to GMX, the contractor that had sold it", "GMX"),
        ("together with its payroll vendor, Birchpay, the company found", "Birchpay"),
        ("Partner is Cedar Data Systems.", "Cedar Data Systems"),
        ("Vendor: Accord Health", "Accord Health"),
        ("The billing was outsourced to MedLedger in 2010.", "MedLedger"),
        ("The files were hosted by Dogwood Web Services and", "Dogwood Web Services"),
        ("Third-party vendor Elm Bar LLC lost a drive", "Elm Bar LLC"),
        ("Their contractor, The Fir Group of Needham, mailed it", "Fir Group of Needham"),
        ("Quillfern is the bank\u2019s email marketing vendor", "Quillfern"),
        ("a mailing vendor called SourceHazel", "SourceHazel"),
        ("business associate (BA), Ivy Mountain, Inc., lost it", "Ivy Mountain, Inc."),
        ("Juniper Billing, a company hired to send statements,", "Juniper Billing"),
    ],
)
def test_a_vendor_that_is_named_as_one(text, name):
    assert [found.name for found in vendors(text)] == [name]
    (found,) = vendors(text)
    assert text[found.start : found.end] == name


@pytest.mark.parametrize(
    "text",
    [
        "An external company with the care of the hotline",
        "The vendor was Unknown",
        "Kestrel, a security firm that found the hole,",
        "Its parent company, Larch Holdings, said",
        "An employee of the contractor lost it in March",
        "a contract scanning company scanned the files",
        "The partner subcontracted the work. None are named.",
        "the vendor of Maple Bank",
        "",
    ],
)
def test_no_vendor_is_named(text):
    assert list(vendors(text, ("Maple Bank",))) == []


def test_those_it_happened_to_are_no_vendors_of_themselves():
    text = "the service provider, Maple Bank of Alder, said; hosted by Maple Bank"
    assert list(vendors(text, ("Maple Bank of Alder",))) == []


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Granite Records", "Granite Records"),
        (" GMX He adds that more drives failed", "GMX"),
        ("Quillfern", "Quillfern"),
        ("Oak Records LLC.", "Oak Records LLC"),
        ("PineServ Inc. handles the mail", "PineServ Inc"),
        ("Cedar - billing vendor", "Cedar"),
        ("Larch-Serbal Company (LSC), insurance services provider", "Larch-Serbal Company"),
        ("Granite Register Company", "Granite Register Company"),
        ("Element Payroll Company", "Element Payroll Company"),
        ("Foundation Software Company", "Foundation Software Company"),
        ("Granite Staffing Agency", "Granite Staffing Agency"),
        ("American Medical Collection Agency", "American Medical Collection Agency"),
        ("eSerbal", "eSerbal"),
        ("pcGranite Systems", "pcGranite Systems"),
        ("serbal.example", "serbal.example"),
        ("[12]3.example", "[12]3.example"),
        ("1st Serbal", "1st Serbal"),
        ("the University of Serbal", "University of Serbal"),
    ],
)
def test_a_note_that_begins_with_a_name(note, name):
    found = own_name(note)
    assert (found.name, note[found.start : found.end]) == (name, name)


@pytest.mark.parametrize(
    "note",
    ["", "Contractor", "third party", "A law firm", "Law firm", "Laptop was stolen", "Employee of partner lost it", "Unknown",
     "The partner subcontracted the work.", "Outsourced billing", "Mailing error by vendor", "March", "Billing Company",
     "Construction Company", "Texas Company", "Employment Agency", "Medical Billing Agency", "Travel Agency", "3rd Party", "iPad", "contractor", "the hospital", "Pest Control Company"],
)  # fmt: skip
def test_a_note_that_begins_with_none(note):
    assert own_name(note) is None


@pytest.mark.parametrize("piece", ["A", "a ", "Ab ", "its x ", "vendor ", "Ab, a ", "Ab of the ", " ", "Ab (the "])
def test_no_text_takes_long(piece):
    started = time.process_time()
    text = piece * (100_000 // len(piece))
    list(vendors(text))
    own_name(text)
    assert time.process_time() - started < 5


@given(
    st.lists(
        st.sampled_from(["vendor", "its", "a", "Alder", "Birch Inc.", ",", "(", "the", "hosted by", "is", "\n", "é"])
    )
)
def test_what_is_found_stands_in_the_text(words):
    text = " ".join(words)
    for found in vendors(text):
        assert text[found.start : found.end] == found.name


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("Siskin Ltd; Larch Ltd", [("Siskin Ltd", False), ("Larch Ltd", False)]),
        ("Siskin Ltd, and Larch, Inc.", [("Siskin Ltd", False), ("Larch, Inc.", False)]),
        ("Siskin & Sons Ltd", [("Siskin & Sons Ltd", False)]),
        ("Siskin Ltd; a printer", [("Siskin Ltd", False)]),
        ("Siskin Ltd; Larch Ltd - lost a laptop", [("Siskin Ltd", False)]),
        ("Siskin Ltd; possibly Larch Ltd", [("Siskin Ltd", False), ("Larch Ltd", True)]),
        ("Possibly Siskin Backup Ltd", [("Siskin Backup Ltd", True)]),
        ("Likely Larch", [("Larch", True)]),
        ("Larch Ltd?", [("Larch Ltd", True)]),
        ("Larch (probably)", [("Larch", True)]),
        ("Believed to be Larch Corp", [("Larch Corp", True)]),
        ("Vendor: Larch Corp", [("Larch Corp", False)]),
        ("Vendor name: Larch", [("Larch", False)]),
        ("Granite Mountain and LarchEx", [("Granite Mountain", False), ("LarchEx", False)]),
        ("Larch and Siskin", []),
        ("Siskin Health and Science Larch", []),
        ("LRX and Sons", []),
        ("Employee of LarchSystems", [("LarchSystems", False)]),
        ("Jane Roe, an employee of Larch", [("Larch", False)]),
        ("Larch & Siskin employee", [("Larch & Siskin", False)]),
        ("A Siskin Health employee left it in a car", [("Siskin Health", False)]),
        ("contractor from Larch", [("Larch", False)]),
        ("Former employee of Larch", []),
        ("Disgruntled employee", []),
        ("Employee of the hospital", []),
        ("Employee of Texas", []),
    ],
)
def test_the_names_of_a_note_and_guesses(note, names):
    found = own_names(note)
    assert [(name.name, name.guessed) for name in found] == names
    assert [note[name.start : name.end] for name in found] == [name for name, _ in names]


@pytest.mark.parametrize(
    "note",
    ["Formerly Larch Data Corp", "Printer", "Auditor", "Courier", "Recycler", "Janitor", "Consultant", "Transcriptionist", "India",
     "Debt Collector", "Call Center", "Auditors", "Billing Service", "Not Larch Ltd", "Siskin or Larch"],
)  # fmt: skip
def test_trades_countries_and_former_names_name_nobody(note):
    assert own_names(note) == []


@pytest.mark.parametrize("note", ["Alder Storage", "Iron Mountain", "Kroger", "UPS Store", "Siskin Auditors LLP"])
def test_names_that_look_like_a_trade(note):
    assert [name.name for name in own_names(note)] == [note]


@pytest.mark.parametrize("piece", ["Possibly ", "A Ltd, ", "A; ", "A and ", "may be ", "A Ltd / "])
def test_no_note_takes_long(piece):
    started = time.process_time()
    own_names(piece * 10_000)
    own_names((piece * 300)[:300])
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "note",
    ["St. Alder Medical", "St. Alder's Billing", "A.J. Birch & Company", "J.P. Cedar Dogwood", "T. Elm Fir", "R.R. Gingko", "D.A. Hazel & Co",
     "U.S. Bank", "U.S. Postal Service", "Mt. Ivy Medical Center", "Wm. Juniper", "Dept. of Larch", "Arthur J. Maple", "L.L. Oak",
     "Bank of Pine", "Quince Bank", "Quince University", "7-Sorbus", "3M", "23andYew", "McAlder's", "Moody's", "Alder.example"],
)  # fmt: skip
def test_a_note_that_is_nothing_but_a_name_is_read_whole(note):
    assert [found.name for found in own_names(note)] == [note]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C.H. Birch lost the package", "C.H. Birch"),
        ("vendor St. Alder Medical, Inc.", "St. Alder Medical, Inc."),
        ("its vendor, J.D. Birch, lost it", "J.D. Birch"),
        ("Outsourced to St. Alder's Billing Ltd. Employees lost it", "St. Alder's Billing Ltd"),
        ("Larch.example contractor Serbal", "Serbal"),
        ("Payroll vendor ADP's portal was abused", "ADP"),
        ("Vendor Moody's lost the tapes", "Moody's"),
        ("IT provider T-Birch misconfigured the server", "T-Birch"),
        ("The partner is 3M.", "3M"),
        ("Birchloitte was hired to conduct an audit", "Birchloitte"),
        ("Alder S3 bucket belonging to Birch", "Birch"),
        ("ADP's portal", "ADP"),
        ("Alder Health's employee lost it", "Alder Health"),
        ("Alder Corp. Birch was the auditor", "Alder Corp"),
    ],
)
def test_what_a_note_calls_the_partner(text, name):
    assert [found.name for found in own_names(text)] == [name]
    assert [text[found.start : found.end] for found in own_names(text)] == [name]


@pytest.mark.parametrize(
    "note",
    ["Alder.example employee", "Vendor is Alder's hosting provider", "hosted by Alder's server", "Hospital's portal", "Human Error", "Yes",
     "Vendor Error", "Contractor Laptop Stolen", "The vendor is HIPAA compliant", "The vendor is Alder-based", "Unfortunately, it was lost",
     "However, it was sent", "Note: lost", "Bank Employee", "Ex-Contractor", "Point of Sale Vendor", "Partner is Company A. Names not given.",
     "Local Bank", "Issuing Bank", "Hacker was hired to do it", "Student was hired to scan it", "Report was retained by them", "handled by HR",
     "In the U.S. Alder Mountain lost it", "Supplier Loses 430,000 Records", "got in by a contractor, AlderNews reported", "Dr. Alder's billing service"],
)  # fmt: skip
def test_notes_that_name_nobody(note):
    assert own_names(note) == []
    assert list(vendors(note)) == []


@pytest.mark.parametrize(
    "piece", ["A. ", "St. ", "Aa B. ", "A's ", "1-", "12ab", "server belonging to A ", "vendor A's "]
)
def test_no_name_takes_long(piece):
    started = time.process_time()
    text = piece * (100_000 // len(piece))
    list(vendors(text))
    own_names(text)
    own_names(text[:300])
    assert time.process_time() - started < 5
