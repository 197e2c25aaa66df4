from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import choose
from kg.extract.portal.extractor import PortalExtractor
from kg.extract.portal.prose import associates, covered_entities, exposed, speaks_of_associate
from kg.model import Defect, Document, Incident

HEADER = "Name of Covered Entity,State,Covered Entity Type,Individuals Affected,Breach Submission Date,Type of Breach,Location of Breached Information,Business Associate Present,Web Description"


def document(text):
    return Document("portal.csv", text, "0")


def rows(*told, header=HEADER):
    out = io.StringIO()
    csv.writer(out).writerows(told)
    return f"{header}\n{out.getvalue()}"


def read(text):
    found = list(PortalExtractor().extract(document(text)))
    for one in found:
        if isinstance(one, Incident):
            for part in (
                one,
                *one.parties,
                *one.data_types,
                *one.dates,
                *one.types,
                *one.impacts,
                *one.notes,
                *one.uses_vendor,
            ):
                for proof in part.evidence:
                    assert text[slice(*proof.span)] == proof.quote
    return found


def row(
    name="Oak Clinic",
    kind="Healthcare Provider",
    present="No",
    story="\\N",
    count="1,200",
    types="Theft",
    date="10/21/2024",
):
    return (name, "ME", kind, count, date, types, "Laptop", present, story)


def roles(incident):
    return {party.name: str(party.role) for party in incident.parties}


def uses(incident):
    return [(use.customer, use.supplier) for use in incident.uses_vendor]


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (HEADER, True),
        ("name_of_covered_entity,state,individuals_affected,type_of_breach", True),
        (
            "Name of Covered Entity,State,Business Associate Involved,Individuals Affected,Date of Breach,Type of Breach",
            True,
        ),
        ("name,state,count,type", False),
        ("customer,supplier", False),
    ],
)
def test_the_table_is_known_by_its_header(header, known):
    assert PortalExtractor().recognizes(document(header + "\n")) is known


def test_a_covered_entity_on_its_own():
    (one,) = read(rows(row(types="Hacking/IT Incident, Theft", story='Names were on "it".')))
    assert (one.title, one.certainty, roles(one), one.uses_vendor) == (
        "Oak Clinic: Hacking/IT Incident, Theft",
        "confirmed",
        {"Oak Clinic": "breached"},
        (),
    )
    assert one.parties[0].industry == "Healthcare Provider"
    assert [(c.low, c.high, c.unit) for c in one.record_counts] == [(1200, 1200, "people")]
    assert [(d.date.edtf, d.what) for d in one.dates] == [("2024-10-21", "reported")]
    assert [(t.concept, t.text) for t in one.types] == [("cyber-attack", "Hacking/IT Incident"), ("data-leak", "Theft")]
    assert [(i.kind, i.text) for i in one.impacts] == [("systems", "Laptop")]
    assert one.parties[0].region == "ME"
    assert [(n.key, n.value) for n in one.notes] == [("State", "ME"), ("Web Description", 'Names were on "it".')]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Name of Covered Entity,State", {"Oak Clinic": "ME"}),
        ("name_of_covered_entity,state", {"Oak Clinic": "ME"}),
        # Where authorities of several states are listed, it is the state of the authority.
        ("Organization Name,State", {"Oak Clinic": ""}),
    ],
)
def test_the_state_is_where_a_covered_entity_is(header, told):
    (one,) = read(f"{header},Individuals Affected,Type of Breach\nOak Clinic,ME,600,Theft\n")
    assert {party.name: party.region for party in one.parties} == told
    assert [note.value for note in one.notes] == ["ME"]


def test_the_vendor_of_a_covered_entity_is_not_where_that_is():
    header = "Name of Covered Entity,State,Individuals Affected,Type of Breach,Name of Business Associate"
    (one,) = read(f"{header}\nOak Clinic,ME,600,Theft,Elm Billing\n")
    assert {party.name: party.region for party in one.parties} == {"Oak Clinic": "ME", "Elm Billing": ""}
    for told in (row("Elm Billing on behalf of Oak Clinic"), row("Elm Billing", kind="Business Associate")):
        (one,) = read(rows(told))
        assert {party.region for party in one.parties} == {""}
    assert ("State", "ME") in [(note.key, note.value) for note in one.notes]


def test_a_business_associate_is_the_vendor_of_the_covered_entities():
    story = (
        "An employee of a business associate (BA), Fern Mail, of the covered entity (CE), Elm Health Plan, lost a disk."
    )
    named, unnamed = read(
        rows(row("FERN MAIL", "Business Associate", "Yes", story), row("Fern Mail", "Business Associate", "Yes"))
    )
    assert roles(named) == {"FERN MAIL": "breached", "Elm Health Plan": "affected_downstream"}
    assert uses(named) == [("Elm Health Plan", "FERN MAIL")]
    assert roles(unnamed) == {"Fern Mail": "breached", "unnamed covered entities": "affected_downstream"}
    assert [party.unnamed_group for party in unnamed.parties] == [False, True]
    assert named.parties[0].industry == ""


@pytest.mark.parametrize(
    ("present", "story", "vendor", "role", "own"),
    [
        (
            "Yes",
            "A server of the covered entity's (CE) business associate (BA), Fern Mail, Inc., was hacked.",
            "Fern Mail, Inc.",
            "breached",
            "affected_downstream",
        ),
        (
            "No",
            "A laptop was stolen from a worker of Fern Mail, a business associate (BA) of the covered entity (CE), Oak Clinic.",
            "Fern Mail",
            "breached",
            "affected_downstream",
        ),
        ("Yes", "\\N", "unnamed business associate", "breached", "affected_downstream"),
        (
            "Yes",
            "It enforced its business associate agreement with Fern Mail.  All is well.",
            "Fern Mail",
            "breached",
            "affected_downstream",
        ),
        (
            "No",
            "A disk was stolen from the car of a business associate's (BA) driver.",
            "unnamed business associate",
            "supplier_only",
            "breached",
        ),
    ],
)
def test_the_vendor_of_a_covered_entity(present, story, vendor, role, own):
    (one,) = read(rows(row(present=present, story=story)))
    assert roles(one) == {"Oak Clinic": own, vendor: role}
    assert uses(one) == [("Oak Clinic", vendor)]


def test_agreements_name_nobody_who_took_part():
    story = "A laptop was lost.  The CE later amended its business associate agreement.  It hired a business associate to help."
    (one,) = read(rows(row(story=story)))
    assert roles(one) == {"Oak Clinic": "breached"}


def test_older_files_name_the_business_associate_in_a_column():
    header = "Name of Covered Entity,State,Business Associate Involved,Individuals Affected,Date of Breach,Type of Breach,Summary"
    text = rows(
        ("Oak Clinic", "ME", "Fern Mail; Birch Print", "500", "6/14/2010 - 6/20/2010", "Loss", ""),
        ("Elm", "VT", "", "600", "1/2/2010", "Loss", ""),
        header=header,
    )
    first, second = read(text)
    assert uses(first) == [("Oak Clinic", "Fern Mail"), ("Oak Clinic", "Birch Print")]
    assert [(d.date.edtf, d.what) for d in first.dates] == [("2010-06-14/2010-06-20", "occurred")]
    assert roles(second) == {"Elm": "breached"}


@pytest.mark.parametrize(
    ("cell", "wanted", "tied"),
    [
        ("Oak Inc. d/b/a Leaf", {"Oak Inc.": "breached", "Leaf": "other"}, [("Leaf", "product", "Oak Inc.")]),
        ("Oak, a subsidiary of Elm", {"Oak": "breached", "Elm": "other"}, [("Oak", "subsidiary", "Elm")]),
        ("Oak Inc. (formerly known as Acorn)", {"Oak Inc.": "breached"}, [("Oak Inc.", "former_name", "Acorn")]),
        ("Oak Inc. (now known as ", {"Oak Inc.": "breached"}, []),
        ("Oak Corporation (OA", {"Oak Corporation": "breached"}, []),
        ("Oak, Inc.; Elm Hospital", {"Oak, Inc.": "breached", "Elm Hospital": "breached"}, []),
        ("City of Oak, ME (Health Plan)", {"City of Oak, ME (Health Plan)": "breached"}, []),
    ],
)
def test_what_the_name_of_an_entity_tells(cell, wanted, tied):
    (one,) = read(rows(row(cell)))
    assert {name: role for name, role in roles(one).items()} == wanted  # noqa: C416 - said in full
    assert [(a.party, str(a.kind), a.other) for a in one.affiliations] == tied


def test_nulls_junk_and_repeats():
    text = rows(row(count="\\N", types="\\N", date=""), ("\\",), row("\\N"), row(), row()) + "\\\n"
    first, junk, nameless, _, repeated, last = read(text)
    assert (first.title, first.record_counts, first.types, first.dates) == ("Oak Clinic", (), (), ())
    assert junk == Defect("row 2", "is no row of the portal: 0 of 9 cells tell anything")
    assert nameless == Defect("row 3", "names no covered entity")
    assert repeated == Defect("row 5", "repeats row 4")
    assert last.reason == "is no row of the portal: 0 of 9 cells tell anything"


def test_what_cannot_be_read_is_a_note():
    (one,) = read(rows(row(count="many", date="last spring")))
    assert {("Individuals Affected", "many"), ("Breach Submission Date", "last spring")} <= {
        (n.key, n.value) for n in one.notes
    }


def test_the_same_row_of_another_copy_has_the_same_identifier():
    new = read(rows(row()))[0]
    old = read(
        'x,name_of_covered_entity,individuals_affected,breach_submission_date,type_of_breach,location_of_breached_information\n1,OAK Clinic,"1,200",2024-10-21,Theft,Laptop\n'
    )[0]
    assert (new.id, new.feed) == (old.id, old.feed)
    assert new.id != read(rows(row(count="1300")))[0].id


def test_read_by_force_another_table_is_a_defect():
    assert read("a,b\n1,2\n") == [Defect("line 1", "the header names no column for the covered entity")]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("the CE's business associate (BA), Fern Mail Corp., lost", ["Fern Mail Corp."]),
        ("of the business associates (BAs) Fern-Mail (FM) and Birch-P, improperly", ["Fern-Mail", "Birch-P"]),
        ("by Fern Mail, the software vendor and business associate (BA) for the plan", ["Fern Mail"]),
        ("a former business associate (BA) and third party administrator, Fern Mail, Inc., was", ["Fern Mail, Inc."]),
        ("the CE's business associate (BA), St. Fern Mail of the North. The CE", ["St. Fern Mail of the North"]),
        ("its business associate's IT system", []),
        ("on March 2, 2012, as a business associate (BA), stating", []),
        ("the business associate (BA) lost it", []),
        ("stolen from the business associate (BA), Fern Corporation.  The CE", ["Fern Corporation"]),
        ("stolen from the business associate (BA), Fern LLC.", ["Fern LLC"]),
    ],
)
def test_business_associates_in_accounts(story, found):
    assert [name for name, _ in associates(story, involved=False)] == found
    assert all(story[slice(*span)].startswith(name) for name, span in associates(story, involved=False))


def test_covered_entities_and_unnamed_associates_in_accounts():
    assert [n for n, _ in covered_entities("lost by the covered entity (CE), Elm Health Plan, in")[0]] == [
        "Elm Health Plan"
    ]
    assert [n for n, _ in covered_entities("of Elm Plan's business associate (BA), Fern,")[0]] == ["Elm Plan"]
    assert speaks_of_associate("One. Two of a business associate (BA). Three.")
    assert speaks_of_associate("One. Two. Three of a business associate (BA).") is None
    assert speaks_of_associate("") is None


def test_kinds_of_data_in_accounts():
    story = "The laptop held PHI of 4,200 individuals and included names, dates of birth, and treatment histories.  The files were moved."
    assert [(words, concept) for words, concept, *_ in exposed(story)] == [
        ("names", "names"), ("dates of birth", "dates-of-birth"), ("treatment histories", "health-records"),
    ]  # fmt: skip
    assert all(story[slice(*span)] == words for words, _, span, _ in exposed(story))


words = st.sampled_from(
    ["business associate", "(BA)", ",", ".", "Oak", "Inc.", "the covered entity", "(CE)", "'s", "The PHI included", "names", "agreement with", "a", "\n", '"', "A.", "of"]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=120), st.lists(words, max_size=40).map(" ".join)), st.sampled_from(["Yes", "No", "\\N"])
)
def test_any_account_is_read_and_quotes_hold(story, present):
    story = story.replace("\0", " ").encode("utf-8", "replace").decode()
    for one in read(rows(row(present=present, story=story))):
        assert isinstance(one, (Incident, Defect))


STATES = {
    "Organization Name,Date(s) of Breach (if known),Reported Date": True,
    "DateAware,DateSubmitted,DataBreachCause,DateStart,DateEnd,Name,WashingtoniansAffected,IndustryType": True,
    "Entity or Individual Name,Type(s) of Information Affected,Number of Texans Affected,Date Published at OAG Website": True,
    "Breach Number,Date Reported To OCA,Organization Name,Breach Type Description,MA Residents Affected,SSN Breached": True,
    "Business Name,Notification Documents,Start of Breach,End of Breach,Date Reported,Montanans Affected": True,
    "Date Notified,Case Number,Breached Entity Name,Breach Type,Hawaii Residents Impacted,Link to Letter": True,
    "Date Made Public,Company,City,State,Type of breach,Type of organization,Total Records,Description of incident": True,
    "Matter: Other Party: Name,Breach Notification Date,Date of Breach,Indiana Affected,Total Affected": True,
    "Name of Business or Government Entity,City,Type(s) of Information Affected,Number of Texans Affected": True,
    "Respondent,Notification Sent,Breach Occurred,IN Affected,Total Affected": True,
    "Case Title,Date Received,No. of MD Residents,How Breach Occurred,Information Breached": True,
    "Organization,Breach Date,Vendor,Residents Affected": True,
    "Date Reported,Organization Name": True,
    "Business Name,Date(s) of Breach,Number of North Dakotans Affected,Date Reported to Attorney General": True,
    "Date Notice Received,Case Title,No. of MD Residents,Total breach size,How breach occurred": True,
    "Company,CIK,Form,Item,Filing Date,Incident Date,Description,Link": True,
    "Incident ID,Date of incident,Sector,Affected entity,Supplier involved,Type of incident,Number of affected users": True,
    "Business Name,Date of Notice,NH Residents Affected": True,
    "Company,Date of Notice,SC Residents Affected,Total Affected": True,
    "Company,Date of Notice,Systems Affected": False,
    "Facility,Date of Report,Number of Residents": False,
    "Company,SC Residents Affected": False,
    "Date Reported,Name": False,
    "Date Reported,Company,Severity,Assignee": False,
    "Company,Report Date,Revenue": False,
    "Incident,Company,Filing Date": False,
    "Name,Title,Domain,BreachDate,AddedDate,PwnCount,DataClasses": False,
    "Name,Start Date,End Date,Total Affected": False,
    "Company,Contract breach,Penalty": False,
    "Company,Vendor,Data Breach Notification (hours)": False,
    "Customer,Vendor,Service,Breach Notification (hours)": False,
}


@pytest.mark.parametrize("header", STATES)
def test_portals_of_states_are_known_by_their_headers(header):
    assert PortalExtractor().recognizes(document(header + "\n")) is STATES[header]


def test_a_supplier_that_was_involved_is_where_it_happened():
    (one,) = read(
        "Affected entity,Supplier involved,Date of incident,Number of affected users\nOak,Fern IT,2025-03,12\n"
    )
    assert roles(one) == {"Oak": "affected_downstream", "Fern IT": "breached"}
    assert [(use.customer, use.supplier) for use in one.uses_vendor] == [("Oak", "Fern IT")]
    assert told(one)["counts"] == [(12, 12, "people")]


def test_a_list_of_breaches_with_a_column_of_vendors_is_no_supplier_list():
    listed = "Organization,Breach Date,Vendor,Residents Affected\nOak,2024-01-03,Fern IT,23\nElm,2024-01-05,,40\n"
    register = "Customer,Vendor,Service,Breach Notification (hours)\nOak,Fern IT,claims,72\n"
    assert choose(document(listed)).name == "portal"
    assert [roles(one) for one in read(listed)] == [
        {"Oak": "affected_downstream", "Fern IT": "breached"},
        {"Elm": "breached"},
    ]
    assert choose(document(register)).name == "suppliers"


def test_kinds_of_breach_that_mean_one_are_told_once():
    (one,) = read(rows(row(types="Loss, Theft, Hacking/IT Incident")))
    found = [(kind.concept, kind.text) for kind in one.types]
    assert found == [("data-leak", "Loss, Theft"), ("cyber-attack", "Hacking/IT Incident")]


def test_data_that_were_breached_are_told_in_one_column_whatever_it_is_called():
    header = "Case Title,Date Received,No. of MD Residents,How Breach Occurred,Information Breached"
    (one,) = read(rows(("Oak Fuel", "07/03/2023", "1,200", "Phishing", "SSN, name"), header=header))
    assert told(one)["data"] == [("SSN", "social-security-numbers"), ("name", "names")]
    assert told(one)["counts"] == [(1200, None, "people")]
    assert told(one)["notes"] == []


def told(incident):
    return {
        "dates": [(str(date.what), date.date.edtf) for date in incident.dates],
        "counts": [(count.low, count.high, count.unit) for count in incident.record_counts],
        "data": [(exposed.text, exposed.concept) for exposed in incident.data_types],
        "types": [kind.concept for kind in incident.types],
        "notes": [(note.key, note.value) for note in incident.notes],
        "sources": [source.url for source in incident.sources],
    }


def test_a_count_of_residents_is_a_least_number_of_people():
    header = "Organization,Date(s) of Breach,Reported Date,Number of Affected Delaware Residents,Notification Documents"
    text = rows(("Oak Fuel", "3/1/25 - 3/4/25", "4/1/25", "1,204", "https://a.example/n.pdf"), header=header)
    (one,) = read(text)
    assert told(one) == {
        "dates": [("occurred", "2025-03-01/2025-03-04"), ("reported", "2025-04-01")],
        "counts": [(1204, None, "people")],
        "data": [],
        "types": ["data-breach"],
        "notes": [],
        "sources": ["https://a.example/n.pdf"],
    }


def test_a_count_of_all_goes_before_that_of_residents_and_a_breach_lasts_from_its_start_to_its_end():
    header = "Name,DateStart,DateEnd,DateAware,DataBreachCause,Total Affected,WashingtoniansAffected"
    text = rows(
        ("Elm Foods", "2024-01-15T00:00:00.000", "2024-02-01", "2024-02-03", "Ransomware", "900", "17"), header=header
    )
    assert told(*read(text)) == {
        "dates": [("occurred", "2024-01-15/2024-02-01"), ("discovered", "2024-02-03")],
        "counts": [(900, 900, "people")],
        "data": [],
        "types": ["ransomware"],
        "notes": [("WashingtoniansAffected", "17")],
        "sources": [],
    }


def test_the_end_of_a_breach_that_makes_no_fact_is_a_note():
    header = "Name,DateStart,DateEnd,DateAware,DataBreachCause,Total Affected"
    same, late, alone = (
        rows(("Elm Foods", start, end, "2024-02-03", "Ransomware", "900"), header=header)
        for start, end in (("2024-01-15", "2024-01-15"), ("2024-01-15", "2024-01-02"), ("", "2024-02-01"))
    )
    (incident,) = read(same)
    assert [proof.place for proof in incident.dates[0].evidence] == ["row 1, DateStart", "row 1, DateEnd"]
    assert incident.notes == ()
    assert told(*read(late))["notes"] == [("DateEnd", "2024-01-02")]
    assert told(*read(alone))["dates"] == [("discovered", "2024-02-03")]
    assert told(*read(alone))["notes"] == [("DateEnd", "2024-02-01")]


def test_kinds_of_data_stand_in_a_list_or_in_columns_of_their_own():
    header = (
        "Organization Name,Breach Type,MA Residents Affected,Information Affected,SSN Breached,Account Number Breached"
    )
    text = rows(("Elm Bank", "Paper", "3", "Name of individual;Medical Information", "Yes", ""), header=header)
    assert told(*read(text))["data"] == [
        ("Name of individual", "names"),
        ("Medical Information", "health-records"),
        ("SSN", "social-security-numbers"),
    ]


def test_a_breach_that_was_not_at_the_reporting_entity_was_at_a_third_party():
    header = "Organization Name,Breach Type,MA Residents Affected,Breach Occur at the Reporting Entity?"
    elsewhere, here = read(rows(("Elm", "Paper", "3", "No"), ("Oak", "Paper", "4", "Yes"), header=header))
    assert (roles(elsewhere), uses(elsewhere)) == (
        {"Elm": "affected_downstream", "unnamed third party": "breached"},
        [("Elm", "unnamed third party")],
    )
    assert (roles(here), uses(here)) == ({"Oak": "breached"}, [])


def test_several_dates_sums_titles_above_and_days_first():
    text = (
        "Report of breaches,,\n\nOrganization Name,Dates of Breach,Reported Date\n"
        + rows(("Elm", "13/02/2025, 3/2/2025", "4/2/2025"), ("Total", "2", "x"), ("Oak", "n/a", ""), header="").lstrip()
    )
    elm, total, oak = read(text)
    assert told(elm)["dates"] == [("occurred", "2025-02-13"), ("occurred", "2025-02-03"), ("reported", "2025-02-04")]
    assert total.reason == "is a sum of others and no breach: 'Total'"
    assert (oak.title, told(oak)["dates"]) == ("Oak", [])


@pytest.mark.parametrize(
    "text",
    [
        "<html><h1>Breaches</h1><table><tr><th>Organization<th>Date of Breach<th>Reported Date<tr><td>Elm &amp; Oak<td>3/2/2025<td>4/2/2025</table></html>",
        '{"data": [{"organization": "Elm & Oak", "dateOfBreach": "2025-03-02", "reported_date": "2025-04-02"}]}',
    ],
)
def test_a_page_and_json_are_read_like_a_table(text):
    assert PortalExtractor().recognizes(document(text))
    (one,) = PortalExtractor().extract(document(text))
    assert (roles(one), told(one)["dates"]) == (
        {"Elm & Oak": "breached"},
        [("occurred", "2025-03-02"), ("reported", "2025-04-02")],
    )


@pytest.mark.parametrize(
    "vendors", ["Vendor Name", "Vendor Names", "Names of Vendors", "Supplier Names", "Third-Party Names"]
)
def test_a_list_of_vendors_that_speaks_of_breaches_is_no_portal(vendors):
    told = f"Company,{vendors},Purpose,Breach notification clause\nAlder,Okta,Identity,Yes\n"
    assert choose(document(told)).name == "suppliers"
