"""What the cells of states' portals tell: of two parties, of dates, of kinds of data, of notices."""

from __future__ import annotations

import pytest

from kg.extract import choose
from kg.extract.portal.cells import listed_dates
from kg.extract.portal.data import flagged, kinds_listed
from kg.extract.portal.extractor import PortalExtractor
from kg.extract.portal.filing import read_filing
from kg.model import Defect, Document


def read(text, name="portal.csv"):
    return list(PortalExtractor().extract(Document(name, text, "0")))


def roles(incident):
    return {party.name: str(party.role) for party in incident.parties}


@pytest.mark.parametrize(
    ("cell", "wanted", "pairs"),
    [
        ("Elm IT, Inc. on behalf of Oak Health", {"Elm IT, Inc.": "breached", "Oak Health": "affected_downstream"}, [("Oak Health", "Elm IT, Inc.")]),
        ("Elm IT o/b/o Oak Health", {"Elm IT": "breached", "Oak Health": "affected_downstream"}, [("Oak Health", "Elm IT")]),
        ("Elm IT (on behalf of Oak Bank, N.A.)", {"Elm IT": "breached", "Oak Bank, N.A.": "affected_downstream"}, [("Oak Bank, N.A.", "Elm IT")]),
        ("Elm IT (as vendor for Oak Bank)", {"Elm IT": "breached", "Oak Bank": "affected_downstream"}, [("Oak Bank", "Elm IT")]),
        ("Elm IT [as vendor for various clients]", {"Elm IT": "breached", "unnamed customers": "affected_downstream"}, [("unnamed customers", "Elm IT")]),
        ("Elm IT (supplier of uniforms)", {"Elm IT (supplier of uniforms)": "breached"}, []),
        ("Elm Vendor of Oak", {"Elm Vendor of Oak": "breached"}, []),
        ("Elm IT obo its customers", {"Elm IT": "breached", "unnamed customers": "affected_downstream"}, [("unnamed customers", "Elm IT")]),
        ("Ash & Yew LLP on behalf of Oak Bank", {"Ash & Yew LLP": "reporter", "Oak Bank": "breached"}, []),
        ("Elm IT on behalf of itself and its affiliates", {"Elm IT": "breached"}, []),
        ("Oak Life (vendor: Elm IT Systems, LLC)", {"Oak Life": "affected_downstream", "Elm IT Systems, LLC": "breached"}, [("Oak Life", "Elm IT Systems, LLC")]),
        ("Oak Life (breach of vendor Elm IT)", {"Oak Life": "affected_downstream", "Elm IT": "breached"}, [("Oak Life", "Elm IT")]),
        ("Oak Life (vendor breach)", {"Oak Life": "breached"}, []),
        ("Oak Life - Vendor: Elm IT, LLC", {"Oak Life": "affected_downstream", "Elm IT, LLC": "breached"}, [("Oak Life", "Elm IT, LLC")]),
        ("Oak Life (Elm vendor breach)", {"Oak Life": "affected_downstream", "Elm": "breached"}, [("Oak Life", "Elm")]),
        ("Elm IT (business associate of Oak Bank)", {"Elm IT": "breached", "Oak Bank": "affected_downstream"}, [("Oak Bank", "Elm IT")]),
        ("Oak Life (the vendor of record)", {"Oak Life (the vendor of record)": "breached"}, []),
        ("Oak Life (Third-party vendor breach)", {"Oak Life": "breached"}, []),
        ("Elm IT, Inc. (notice on behalf of Oak Life)", {"Elm IT, Inc.": "breached", "Oak Life": "affected_downstream"}, [("Oak Life", "Elm IT, Inc.")]),
        ("Elm IT (hit by a breach of its host - filed on behalf of Oak Life)", {"Elm IT": "breached", "Oak Life": "affected_downstream"}, [("Oak Life", "Elm IT")]),
        ("Elm IT LLC and delivering notice on behalf of its clients", {"Elm IT LLC": "breached", "unnamed customers": "affected_downstream"}, [("unnamed customers", "Elm IT LLC")]),
        ("Elm IT on behalf of relevant data owner", {"Elm IT": "breached", "unnamed customers": "affected_downstream"}, [("unnamed customers", "Elm IT")]),
        ("Elm IT on behalf of oakLife bank", {"Elm IT": "breached", "oakLife bank": "affected_downstream"}, [("oakLife bank", "Elm IT")]),
        ("Oak Life (via Elm IT, Inc.)", {"Oak Life": "affected_downstream", "Elm IT, Inc.": "breached"}, [("Oak Life", "Elm IT, Inc.")]),
        ("Oak Life by and through Elm IT LLC", {"Oak Life": "affected_downstream", "Elm IT LLC": "breached"}, [("Oak Life", "Elm IT LLC")]),
        ("Oak Life Inc. by and through Ash & Yew LLP", {"Ash & Yew LLP": "reporter", "Oak Life Inc.": "breached"}, []),
        ("Elm IT LLC for Oak Life Inc.", {"Elm IT LLC": "breached", "Oak Life Inc.": "affected_downstream"}, [("Oak Life Inc.", "Elm IT LLC")]),
        ("Homes for Oak, Inc.", {"Homes for Oak, Inc.": "breached"}, []),
        ("Elm IT Inc for Oak Life Inc", {"Elm IT Inc": "breached", "Oak Life Inc": "affected_downstream"}, [("Oak Life Inc", "Elm IT Inc")]),
        ("Home Care Company for Seniors, Inc.", {"Home Care Company for Seniors, Inc.": "breached"}, []),
        ("Hope through Housing Foundation, Inc.", {"Hope through Housing Foundation, Inc.": "breached"}, []),
        ("Oak Life, through Elm IT LLC", {"Oak Life": "affected_downstream", "Elm IT LLC": "breached"}, [("Oak Life", "Elm IT LLC")]),
        ("Oak Through Elm LLC", {"Oak Through Elm LLC": "breached"}, []),
        ("Elm Corp on behalf of Elm Corp Health Plan", {"Elm Corp on behalf of Elm Corp Health Plan": "breached"}, []),
        ("City of Oak (Health Plan)", {"City of Oak (Health Plan)": "breached"}, []),
    ],
)  # fmt: skip
def test_for_whom_an_entry_was_filed(cell, wanted, pairs):
    (one,) = read(f'Organization Name,Reported Date,Date of Breach\n"{cell}",4/1/2023,2/1/2023\n')
    assert roles(one) == wanted
    assert [(use.customer, use.supplier) for use in one.uses_vendor] == pairs
    assert one.title == cell


@pytest.mark.parametrize(
    ("whom", "customers"),
    [
        ("Oak Hospital, Birch Care, Inc., and Yew Clinic", ["Oak Hospital", "Birch Care, Inc.", "Yew Clinic"]),
        ("Oak Bank, Inc. and Birch Air, Inc.", ["Oak Bank, Inc.", "Birch Air, Inc."]),
        ("Oak Bank, Inc., Birch Air, Inc. and Yew LLC", ["Oak Bank, Inc.", "Birch Air, Inc.", "Yew LLC"]),
        ("Oak Bank, Birch Air and Yew Farm LLC", ["Oak Bank", "Birch Air", "Yew Farm LLC"]),
        ("Oak, Birch, Yew and Ash", ["Oak", "Birch", "Yew", "Ash"]),
        ("Oak, Birch, and Yew and Ash", ["Oak", "Birch", "Yew and Ash"]),
        ("Oak Bank, Inc. and Birch Makers and Yew Makers LLC", ["Oak Bank, Inc.", "Birch Makers and Yew Makers LLC"]),
        ("Oak, Birch and Yew LLC", ["Oak, Birch and Yew LLC"]),
        ("State of Oak, Department of Health and Human Services", ["State of Oak, Department of Health and Human Services"]),
        ("Oak Bank and Birch Air", ["Oak Bank and Birch Air"]),
        ("Oak Bank, Inc. and its affiliates", ["Oak Bank, Inc. and its affiliates"]),
    ],
)  # fmt: skip
def test_names_of_a_list_are_customers_each(whom, customers):
    filing = read_filing(f"Elm IT on behalf of {whom}")
    assert (list(filing.customers), filing.unnamed) == (customers, False)


def test_two_that_a_vendor_filed_for_have_two_identifiers():
    text = "Organization Name,Reported Date,Date of Breach\nElm IT o/b/o Oak,4/1/2023,2/1/2023\nElm IT o/b/o Ash,4/1/2023,2/1/2023\n"
    first, second = read(text)
    assert first.id != second.id


@pytest.mark.parametrize(
    "remark",
    [
        " - Breach Case#1",
        " - Breach",
        " – Incident 2",
        " (Incident #2)",
        " - Case No. 12-345",
        " - Data Breach Report 3",
        " (third-party breach)",
        " (Supplemental)",
        " [Updated Notice]",
    ],
)
def test_which_report_it_is_stays_out_of_the_name(remark):
    (whole,), (bare,) = (
        read(f'Name of Covered Entity,Individuals Affected,Type of Breach\n"{name}",700,Theft\n')
        for name in (f"Oak Plan, Inc.{remark}", "Oak Plan, Inc.")
    )
    assert roles(whole) == roles(bare) == {"Oak Plan, Inc.": "breached"}
    assert whole.title == f"Oak Plan, Inc.{remark}: Theft"
    assert whole.id != bare.id


@pytest.mark.parametrize(
    "name", ["Oak - Berea", "Oak Case Management", "Breach Candy Hospital", "Oak - Case Western", "Oak, Case"]
)
def test_words_of_remarks_in_names(name):
    (one,) = read(f'Name of Covered Entity,Individuals Affected,Type of Breach\n"{name}",700,Theft\n')
    assert roles(one) == {name: "breached"}


def test_a_row_of_few_cells_is_one_where_it_names_somebody_and_tells_of_a_breach():
    header = "Organization Name,Reported Date,Date of Breach,Number Affected,Information Compromised,Description"
    rows = ["Oak Labs,5/5/2024,,,,", "Ash Labs,,,700,,", "Last updated,5/6/2024,,,,", "Total breaches,,,700,,", "2024,,,12,,", "Note: see above,5/6/2024,,,,", "Yew Labs,soon,,,,", "Total,,,700,,"]  # fmt: skip
    found = read("\n".join([header, *rows, ""]))
    assert [one.title for one in found if not isinstance(one, Defect)] == ["Oak Labs", "Ash Labs"]
    assert len(found) == len(rows)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("January 3, 2024 and February 7, 2024", ["2024-01-03", "2024-02-07"]),
        ("January 3, 2024, February 7, 2024", ["2024-01-03", "2024-02-07"]),
        ("Dec. 28, 2023; Jan. 2, 2024", ["2023-12-28", "2024-01-02"]),
        ("December 28, 2023 to January 2, 2024", ["2023-12-28/2024-01-02"]),
        ("1/3/2024, 2/7/2024 and 3/1/2024", ["2024-01-03", "2024-02-07", "2024-03-01"]),
        ("2019, 2020", ["2019", "2020"]),
        ("1/3/2024, 1/3/2024", ["2024-01-03"]),
        ("01/03/20242/7/2024", ["2024-01-03", "2024-02-07"]),
        ("01/03/2024  02/07/2024", ["2024-01-03", "2024-02-07"]),
        ("01/03/2024 (Supplemental)02/07/2024 (Original)", ["2024-01-03", "2024-02-07"]),
        ("01/03/2024 (approximately)", ["2024-01-03"]),
        ("01/03/2024 (discovered)", []),
        ("2024/01.03", ["2024-01-03"]),
        ("101/03/2024", []),
        ("January 3 and 7, 2024", []),
        ("January 3 and February 7, 2024", []),
    ],
)
def test_lists_of_dates_with_the_names_of_months(cell, wanted):
    assert [date.edtf for date in listed_dates(cell, day_first=False)] == wanted


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            "Name; Username and Password/Security Question Answers; Email Address and Password/Security Question Answers",
            ["Name", "Username", "Password", "Security Question Answers", "Email Address"],
        ),
        ("Names; UNKN", ["Names"]),
        ("Name; Health Insurance Policy or ID Number", ["Name", "Health Insurance Policy or ID Number"]),
        ("Name; Financial Information (e.g. account number, credit or debit card number)", ["Name", "Financial Information (e.g. account number, credit or debit card number)"]),
        ("Financial & Banking Information; Driver's License/State ID (or other)", ["Financial & Banking Information", "Driver's License/State ID (or other)"]),
        ("Bank Account and Routing Numbers; Names and dates", ["Bank Account and Routing Numbers", "Names and dates"]),
    ],
)  # fmt: skip
def test_kinds_of_data_that_are_joined_in_one_item(told, wanted):
    assert [told[start:end] for start, end, *_ in kinds_listed(told)] == wanted


def test_a_column_that_flags_cards_need_not_call_them_so():
    assert flagged("Credit Debit Numbers") == "payment-cards"
    assert flagged("Account Number") == "bank-accounts" or flagged("Account Number") != "payment-cards"


@pytest.mark.parametrize(("year", "wanted"), [(2015, "2014-10-03"), (2019, "2019")])
def test_a_day_in_the_account_goes_before_a_year_beside_it(year, wanted):
    head = "Date Made Public,Company,Type of breach,Total Records,Description of incident,Year of Breach"
    (one,) = read(f'{head}\n1/12/2015,Elm,HACK,560,"A hacker entered on October 3, 2014.",{year}\n')
    assert [date.date.edtf for date in one.dates if str(date.what) == "occurred"] == [wanted]
    assert ("Year of Breach" in {note.key for note in one.notes}) == (wanted != "2019")


def test_open_data_with_names_run_together_and_counts_of_all_and_of_residents():
    text = '[{"dateaware":"2023-06-05","datesubmitted":"2023-08-01","databreachcause":"Cyberattack","name":"Oak Fund","washingtoniansaffected":"21"}]'
    assert choose(Document("wa.json", text, "0")).name == "portal"
    (one,) = read(text)
    assert [(str(date.what), date.date.edtf) for date in one.dates] == [
        ("discovered", "2023-06-05"),
        ("reported", "2023-08-01"),
    ]
    both = "org_name,reported_date,breach_type,total_affected,residents_affected\nOak Fund,2023-08-04,HACK,15200,12\n"
    (other,) = read(both)
    assert [(count.low, count.high) for count in other.record_counts] == [(15200, 15200)]
    assert [(note.key, note.value) for note in other.notes] == [("residents_affected", "12")]


@pytest.mark.parametrize(
    "text",
    [
        '<table><tr><th>Organization Name<th>Reported Date<th>Date of Breach<tr><td><a class="x" href="https://ag.example.gov/breach/a.pdf?x=1&amp;y=2">Oak</a><td>3/1/2024<td>2/1/2024</table>',
        "<table><tr><th>Organization Name<th>Reported Date<th>Sample of Notice<tr><td>Oak<td>3/1/2024<td><a href='https://ag.example.gov/breach/a.pdf?x=1&amp;y=2'>View PDF</a></table>",
        "| Organization Name | Reported Date | Date of Breach |\n|---|---|---|\n| [Oak](https://ag.example.gov/breach/a.pdf?x=1&amp;y=2) | 3/1/2024 | 2/1/2024 |\n",
        "Organization Name,Reported Date,Notice Letter\nOak,3/1/2024,https://ag.example.gov/breach/a.pdf?x=1&y=2\n",
        '[{"organization_name": "Oak", "date_reported": "3/1/2024", "breach_date": "2/1/2024", "letter": "https://ag.example.gov/breach/a.pdf?x=1&y=2"}]',
        '[{"organization_name": "Oak", "date_reported": "3/1/2024", "breach_date": "2/1/2024", "letter": "https:\\/\\/ag.example.gov\\/breach\\/a.pdf?x=1&y=2"}]',
        'Organization Name,Reported Date,Date of Breach\n"<a href=""https://ag.example.gov/breach/a.pdf?x=1&amp;y=2"">Oak</a>",3/1/2024,2/1/2024\n',
    ],
)
def test_the_notice_to_which_a_row_links_is_a_source(text):
    (one,) = read(text)
    assert [(source.url, source.type) for source in one.sources] == [
        ("https://ag.example.gov/breach/a.pdf?x=1&y=2", "filing")
    ]
    assert one.notes == ()
    for proof in one.sources[0].evidence:
        assert text[slice(*proof.span)] == proof.quote


def test_links_that_tell_of_no_notice_are_no_sources():
    row = '<td><a href="https://oak.example/">Oak</a><td>3/1/2024<td><a href="/a.pdf">a</a> <a href="mailto:a@b.example">b</a>'
    (one,) = read(f"<table><tr><th>Organization Name<th>Reported Date<th>Notice Letter<tr>{row}</table>")
    assert one.sources == ()


def test_who_trades_under_another_name_and_files_for_kin_and_for_another():
    (one,) = read('Organization Name,Reported Date,Date of Breach\n"Oak Health, Inc., doing business as Elm Plan, and its affiliates",4/1/2023,2/1/2023\n')  # fmt: skip
    assert roles(one) == {"Oak Health, Inc.": "breached", "Elm Plan": "other"}
    filing = read_filing("Oak Health Inc. on behalf of Oak Health Plan & as contractor for Elm Group Inc.")
    assert filing[:2] == ("Oak Health Inc.", ("Elm Group Inc.",))


def test_choices_with_commas_in_brackets_and_types_of_attack_in_a_column_of_their_own():
    (one,) = read('Entity Name,Date Breach Discovered,Description of the Breach\nOak,4/1/2023,"Loss of device (laptop, tape, etc.), Phishing"\n')  # fmt: skip
    assert [(kind.concept, kind.text) for kind in one.types] == [("data-leak", "Loss of device (laptop, tape, etc.)"), ("phishing", "Phishing")]  # fmt: skip
    rows = list(read("DateAware,DateSubmitted,DataBreachCause,Name,CyberattackType\n1/1/2020,2/1/2020,Cyberattack,Oak,Ransomware\n1/1/2020,2/1/2020,Cyberattack,Elm,Other\n"))  # fmt: skip
    assert [[kind.concept for kind in one.types] for one in rows] == [["cyber-attack", "ransomware"], ["cyber-attack"]]
    assert [note.value for note in rows[1].notes] == ["Other"]


@pytest.mark.parametrize(
    ("cell", "occurred", "vendor"),
    [
        ("Oak Bank, N.A. (Elm IT, LLC)", "No", "Elm IT, LLC"),
        ("Oak Bank, N.A. (Elm IT)", "No", "unnamed third party"),
        ("Oak Bank, N.A. (DBA Elm IT, LLC)", "No", "unnamed third party"),
        ("Oak Bank, N.A. (Elm IT, LLC)", "Yes", None),
        ("Oak Health (Oak Health Services, Inc.)", "No", "unnamed third party"),
        ("Oak Bank (Parent: First Bancorp, Inc.)", "No", "unnamed third party"),
        ("Oak Bank (AKA Elm Bank, Inc.)", "No", "unnamed third party"),
        ("Oak Bank (Incident at Fiserv, Inc.)", "No", "unnamed third party"),
        ("Oak Bank (OB Financial, Inc.)", "No", "unnamed third party"),
        ("Oak Bank (OB, Inc.)", "No", "unnamed third party"),
    ],
)
def test_a_company_in_brackets_is_where_it_happened_that_did_not_at_the_entity(cell, occurred, vendor):
    header = "Organization Name,Reported Date,Date of Breach,Did Breach Occur at the Reporting Entity?"
    (one,) = read(f'{header}\n"{cell}",4/1/2023,2/1/2023,{occurred}\n')
    assert [name for name, role in roles(one).items() if role == "breached"] == [vendor or cell]


def test_filings_in_filings_end():
    cell = "Elm (Elm on behalf of " * 2000
    assert read_filing(cell) is None
    (one,) = read(f"Organization Name,Reported Date,Date of Breach\n{cell},4/1/2023,2/1/2023\n")
    assert not one.uses_vendor
