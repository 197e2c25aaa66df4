"""Who is the vendor, and whose it is: helpers, vendors of vendors, vendors that columns name, customers of a vendor."""

from __future__ import annotations

import pytest

from kg.extract import choose
from kg.extract.portal.account import called, someones
from kg.extract.portal.data import kinds_listed
from kg.extract.portal.extractor import PortalExtractor
from kg.extract.portal.filing import read_filing
from kg.extract.portal.prose import associates, covered_entities
from kg.extract.portal.standing import former_of
from kg.extract.portal.vendors import read_name, read_vendors
from kg.model import Document

ACCOUNT = "Name of Covered Entity,Covered Entity Type,Individuals Affected,Breach Submission Date,Business Associate Present,Web Description"
COLUMN = "Name of Covered Entity,State,Business Associate Involved,Individuals Affected,Date of Breach,Type of Breach"


def read(text):
    (one,) = PortalExtractor().extract(Document("portal.csv", text, "0"))
    for part in (*one.parties, *one.uses_vendor, *one.affiliations, *one.data_types, *one.dates, *one.record_counts):
        for proof in part.evidence:
            assert text[slice(*proof.span)] == proof.quote
    return one


def told(present, story, *, name="Oak Clinic", kind="Health Plan"):
    return read(f'{ACCOUNT}\n"{name}",{kind},700,1/4/2020,{present},"{story}"\n')


def listed(cell):
    return read(f'{COLUMN}\nOak Clinic,ME,"{cell}",900,1/2/2012,Theft\n')


def roles(incident):
    return {party.name: str(party.role) for party in incident.parties}


def uses(incident):
    return [(use.customer, use.supplier, str(use.status)) for use in incident.uses_vendor]


@pytest.mark.parametrize("present", ["Yes", "No"])
@pytest.mark.parametrize(
    "story",
    [
        "Ransomware encrypted the server of Oak Clinic.  Its business associate, Elm, mailed the notification letters.",
        "A laptop was stolen. A business associate, Elm, which the CE hired after the breach, ran the call center.",
        "A business associate, Elm, which the covered entity (CE), Oak Clinic, hired after the breach, found malware on the CE's server.",
        "Its mail was hacked. The CE's business associate (BA), Elm, provided credit monitoring to the individuals.",
        "A laptop was stolen.  The CE's business associate, Elm, remotely wiped the laptop.",
    ],
)
def test_who_helps_after_a_breach_was_not_breached(present, story):
    assert roles(told(present, story)) == {"Oak Clinic": "breached", "Elm": "supplier_only"}


@pytest.mark.parametrize("present", ["Yes", "No"])
@pytest.mark.parametrize(
    "task",
    [
        "to investigate the hack",
        "by the CE to investigate the hack",
        "by counsel to determine the scope of it",
        "to determine whether PHI was viewed",
        "to mail breach notification letters",
        "to notify individuals",
        "to analyze the malware",
        "as a forensic investigator",
        "for incident response",
        "to identify the affected individuals",
        "to carry out a forensic investigation",
    ],
)
def test_who_is_hired_to_see_to_a_breach_was_not_breached(present, task):
    story = f"Data of the covered entity (CE) were hacked. Its business associate (BA), Elm, was hired {task}."
    assert roles(told(present, story))["Elm"] == "supplier_only"


@pytest.mark.parametrize(
    "story",
    [
        "The breach did not involve the CE's business associate (BA), Elm.",
        "The attack did not reach the CE's business associate (BA), Elm.",
        "The CE's business associate (BA), Elm, found no evidence of access to its systems.",
        "The CE's business associate (BA), Elm, reported no impact on its own systems from the attack on the CE.",
        "Neither the CE's business associate (BA), Elm, nor its systems were involved in the breach.",
        "The CE's business associate (BA), Elm, identified the ransomware and isolated the server.",
        "The CE's business associate (BA), Elm, stopped the attack.",
        "The CE's business associate (BA), Elm, responded to the attack.",
    ],
)
def test_who_is_spared_or_helps_was_not_breached_where_the_portal_says_that_none_had_part(story):
    assert roles(told("No", f"Ransomware encrypted the server of Oak Clinic. {story}")) == {
        "Oak Clinic": "breached",
        "Elm": "supplier_only",
    }


@pytest.mark.parametrize(
    ("present", "story"),
    [
        ("No", "Social Security numbers were not involved in the breach at the CE's business associate (BA), Elm."),
        ("No", "The CE's business associate (BA), Elm, discovered that somebody had accessed its server."),
        ("No", "The CE's business associate (BA), Elm, discovered that a laptop was stolen from its office."),
        ("No", "The CE's business associate (BA), Elm, discovered the theft of a laptop from its office."),
        ("No", "An employee of its business associate (BA), Elm, responded to a phishing email."),
        ("No", "The CE's business associate (BA), Elm, stopped encrypting email, and PHI was viewed."),
        ("No", "The CE's business associate (BA), Elm, did not encrypt the laptop, which was stolen."),
        ("No", "Its business associate (BA), Elm, mailed the letters to the wrong addresses."),
        ("Yes", "The CE's business associate (BA), Elm, mailed notification letters that exposed diagnoses."),
        ("Yes", "The CE's business associate (BA), Elm, which the CE hired in 2010 to store tapes, lost a tape."),
        ("No", "The CE's business associate (BA), Elm, notified the CE that it had suffered a ransomware attack."),
    ],
)
def test_whose_error_it_was_is_no_helper(present, story):
    assert roles(told(present, story)) == {"Oak Clinic": "affected_downstream", "Elm": "breached"}


@pytest.mark.parametrize(
    "story",
    [
        "A subcontractor, Fern Data, of the covered entity's (CE) business associate (BA), Elm IT, suffered a ransomware attack.",
        "A laptop was stolen from Fern Data, a subcontractor of the covered entity's (CE) business associate (BA), Elm IT.",
        "A laptop was stolen from Fern Data, a contractor for the covered entity's (CE) business associate (BA), Elm IT.",
        "A business associate (BA), Elm IT, of the covered entity (CE) used a subcontractor, Fern Data, which had placed files on an unsecured FTP server.",
    ],
)
def test_the_vendor_of_a_vendor_was_breached(story):
    one = told("Yes", story)
    assert roles(one) == {
        "Oak Clinic": "affected_downstream",
        "Elm IT": "affected_downstream",
        "Fern Data": "breached",
    }
    assert [use[:2] for use in uses(one)] == [("Oak Clinic", "Elm IT"), ("Elm IT", "Fern Data")]


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Self", {}),
        ("No", {}),
        ("No business associate", {}),
        ("Pending", {}),
        ("See summary", {"unnamed business associate": "breached"}),
        ("Various", {"unnamed business associate": "breached"}),
        ("Yes", {"unnamed business associate": "breached"}),
        ("Oak Clinic", {}),
    ],
)
def test_a_cell_that_names_no_vendor(cell, named):
    one = listed(cell)
    assert roles(one) == {"Oak Clinic": "affected_downstream" if named else "breached", **named}
    assert [note.value for note in one.notes if note.key == "Business Associate Involved"] == ([] if named else [cell])


@pytest.mark.parametrize(
    ("flag", "name"),
    [
        ("Third Party Involved", "Third Party Name"),
        ("Business Associate Present", "Name of Business Associate"),
        ("Vendor Involved", "Vendor Name"),
        ("Vendors Involved", "Names of Vendors"),
        ("Business Associate Involved", "Business Associate"),
        ("Vendor Involved", "Vendor"),
        ("Vendor", "Vendor Name"),
        ("Third-Party Involved?", "Vendor Name"),
    ],
)
@pytest.mark.parametrize(
    ("said", "named", "vendor"),
    [("Yes", "Elm Systems", "Elm Systems"), ("Yes", "", "unnamed business associate"), ("No", "", None)],
)
def test_a_column_that_says_that_a_vendor_had_part_stands_back_behind_the_one_that_names_it(
    flag, name, said, named, vendor
):
    for header, cells in ((f"{flag},{name}", f"{said},{named}"), (f"{name},{flag}", f"{named},{said}")):
        one = read(f"Entity Name,State,Breach Date,Reported Date,{header}\nOak Bank,NJ,1/5/2025,2/1/2025,{cells}\n")
        hit = {"Oak Bank": "affected_downstream", vendor: "breached"} if vendor else {"Oak Bank": "breached"}
        assert roles(one) == hit
        assert {note.key for note in one.notes} == {"State"}


def test_a_no_beside_a_vendor_is_kept():
    one = read("Entity Name,State,Breach Date,Vendor Involved,Vendor Name\nOak Bank,NJ,1/5/2025,No,Elm Systems\n")
    assert roles(one) == {"Oak Bank": "affected_downstream", "Elm Systems": "breached"}
    assert {note.key for note in one.notes} == {"State", "Vendor Involved"}


def test_a_column_of_vendors_beside_one_for_their_names_that_is_blank():
    one = read("Entity Name,State,Breach Date,Vendor,Vendor Name\nOak Bank,NJ,1/5/2025,Elm Systems,\n")
    assert roles(one) == {"Oak Bank": "affected_downstream", "Elm Systems": "breached"}
    assert {note.key for note in one.notes} == {"State"}


@pytest.mark.parametrize(
    "said", ["No*", "Unk", "Yes*", "Yes (Elm Systems)", "Yes - Elm Systems", "Both", "Absent", "Not Present"]
)
def test_what_stands_in_place_of_yes_and_no_names_no_vendor(said):
    one = read(
        "Entity Name,State,Breach Submission Date,Type of Breach,Business Associate Present\n"
        f"Oak Clinic,ME,1/5/2025,Hacking/IT Incident,{said}\n"
    )
    assert roles(one) == {"Oak Clinic": "breached"}
    assert ("Business Associate Present", said) in {(note.key, note.value) for note in one.notes}


def test_a_vendor_that_is_named_where_yes_or_no_is_asked_is_one():
    one = read(
        "Entity Name,State,Breach Submission Date,Type of Breach,Business Associate Present\n"
        'Oak Clinic,ME,1/5/2025,Hacking/IT Incident,"Elm Systems, Inc."\n'
    )
    assert roles(one) == {"Oak Clinic": "affected_downstream", "Elm Systems, Inc.": "breached"}


@pytest.mark.parametrize(
    "answer", ["Suspected", "Likely", "Partially", "Unconfirmed", "Claimed by hackers", "1.0", "Yes/No", "EHR vendor"]
)
@pytest.mark.parametrize("name", ["", ",Business Associate Name"])
def test_an_answer_where_yes_or_no_is_asked_is_no_vendor(answer, name):
    one = read(
        f"Entity Name,State,Breach Submission Date,Type of Breach,Business Associate Present{name}\n"
        f"Oak Clinic,ME,1/5/2025,Hacking/IT Incident,{answer}{name and ','}\n"
    )
    assert roles(one) == {"Oak Clinic": "breached"}
    assert ("Business Associate Present", answer) in {(note.key, note.value) for note in one.notes}


@pytest.mark.parametrize(
    ("said", "unnamed", "noted"),
    [
        ("No*", False, True),
        ("Unk", False, True),
        ("No (in-house)", False, True),
        ("Yes*", True, False),
        ("Law firm", True, False),
        ("Former employee", False, True),
        ("Yes (Elm Systems)", True, True),
        ("Yes - see summary", True, True),
    ],
)
@pytest.mark.parametrize("name", ["", ",Vendor Name"])
def test_an_answer_in_a_column_of_vendors_is_no_name(said, unnamed, noted, name):
    one = read(f"Entity Name,State,Breach Date,Vendor{name}\nOak Bank,NJ,1/5/2025,{said}{name and ','}\n")
    if unnamed:
        assert roles(one) == {"Oak Bank": "affected_downstream", "unnamed business associate": "breached"}
    else:
        assert roles(one) == {"Oak Bank": "breached"}
    assert ("Vendor" in {note.key for note in one.notes}) is noted


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Yes - Elm, Inc.", ["Elm, Inc."]),
        ("Yes - Phishing", []),
        ("Elm, Ash", ["Elm", "Ash"]),
        ("Payroll provider", []),
    ],
)
def test_whom_a_cell_of_vendors_names(cell, names):
    assert [vendor.name for vendor in read_vendors(cell).named] == names


@pytest.mark.parametrize("column", ["Comments", "Description of Breach", "Description of the Breach"])
@pytest.mark.parametrize(
    ("told", "vendor"),
    [
        ("Breach of vendor, Elm Practice Software", "Elm Practice Software"),
        ("Vendor: Elm", "Elm"),
        ("Third-party vendor breach (Elm Solutions)", "Elm Solutions"),
        ("External system breach (hacking) of a third-party vendor (Elm Solutions)", "Elm Solutions"),
        ("Breach occurred at vendor Elm Consulting", "Elm Consulting"),
        ("Vendor: None", ""),
        ("Vendor breach (Hacking)", ""),
        ("Breach of Vendor Portal", ""),
        ("Unauthorized disclosure to vendor Elm", ""),
    ],
)
def test_remarks_tell_whose_breach_it_was(column, told, vendor):
    one = read(f'Entity Name,State,Breach Date,Reported Date,{column}\nOak Bank,NJ,1/5/2025,2/1/2025,"{told}"\n')
    wanted = {"Oak Bank": "affected_downstream", vendor: "breached"} if vendor else {"Oak Bank": "breached"}
    assert roles(one) == wanted


@pytest.mark.parametrize("column", ["Breach of Vendor", "Third Party Breach", "Vendor Breach?"])
def test_a_breach_of_a_vendor_that_nobody_names_was_not_the_entitys(column):
    table = f"Entity Name,State,Breach Date,Reported Date,{column}\nOak Bank,NJ,1/5/2025,2/1/2025,%s\n"
    assert roles(read(table % "Yes")) == {"Oak Bank": "affected_downstream", "unnamed business associate": "breached"}
    assert roles(read(table % "No")) == {"Oak Bank": "breached"}


def test_a_name_that_begins_as_an_answer_does():
    assert [vendor.name for vendor in read_vendors("Yes Health, Inc.").named] == ["Yes Health, Inc."]


def test_what_a_column_of_yes_and_no_says_besides_is_a_note():
    table = "Entity Name,State,Breach Date,Reported Date,Vendor Involved,Vendor Name\nOak Bank,NJ,1/5/2025,2/1/2025,Unclear,Elm\n"
    assert ("Vendor Involved", "Unclear") in {(note.key, note.value) for note in read(table).notes}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Elm Imaging, Inc. and Fern Courier", ["Elm Imaging, Inc.", "Fern Courier"]),
        ("Elm & Ash, Inc. and Fern Courier, Inc.", ["Elm & Ash, Inc.", "Fern Courier, Inc."]),
        ("Elm LLC, Ash Corp., and Fern Inc.", ["Elm LLC", "Ash Corp.", "Fern Inc."]),
        ("Elm Partners / Fern Records", ["Elm Partners", "Fern Records"]),
        ("Elm Mail, Inc. (mailing vendor)", ["Elm Mail, Inc."]),
        ("Elm Mail (print vendor) and Fern's", ["Elm Mail", "Fern's"]),
        ("Elm Program and Systems, Inc. (EPSI)", ["Elm Program and Systems, Inc."]),
        ("Elm, Waters & Co., Inc.", ["Elm, Waters & Co., Inc."]),
        ("Elm and Fern", ["Elm and Fern"]),
        ("The Elm Group", ["The Elm Group"]),
        ("Self Regional IT", ["Self Regional IT"]),
        ("Various Media Inc.", ["Various Media Inc."]),
    ],
)
def test_several_vendors_in_a_cell(cell, names):
    assert [vendor.name for vendor in read_vendors(cell).named] == names


def test_what_a_cell_tells_of_a_vendor():
    assert uses(listed("Former BA: Elm Systems")) == [("Oak Clinic", "Elm Systems", "ended")]
    assert uses(listed("Elm Systems (former business associate)")) == [("Oak Clinic", "Elm Systems", "ended")]
    chain = listed("Fern Corp (subcontractor of Elm Inc.)")
    assert roles(chain) == {"Oak Clinic": "affected_downstream", "Elm Inc.": "affected_downstream", "Fern Corp": "breached"}  # fmt: skip
    assert {use[:2] for use in uses(chain)} == {("Oak Clinic", "Elm Inc."), ("Elm Inc.", "Fern Corp")}
    assert [(a.party, a.kind, a.other) for a in listed("Elm IT d/b/a Fern Services").affiliations] == [("Fern Services", "product", "Elm IT")]  # fmt: skip
    assert [(a.party, a.kind, a.other) for a in listed("ELM, a Fern Company").affiliations] == [("ELM", "subsidiary", "Fern")]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "name", "owner"),
    [
        ("Oak Computer Services, Inc.  (OCS, Inc.) A Fern Company", "Oak Computer Services, Inc.", "Fern"),
        ("OCS, Oak Computer Services, Inc., A Fern Company", "Oak Computer Services, Inc.", "Fern"),
        ("Oak Computer Services, Inc. (OCS)", "Oak Computer Services, Inc.", ""),
        ("Oak Consulting Inc. (OCI, Inc.)", "Oak Consulting Inc.", ""),
        ("OCL, Oak Computers LLC", "Oak Computers LLC", ""),
        ("OCTX, Oak Care of Texas", "Oak Care of Texas", ""),
        ("FERN, Oak Computers LLC", "FERN, Oak Computers LLC", ""),
    ],
)
def test_initials_and_owners_are_not_part_of_a_name(cell, name, owner):
    found, affiliations = read_name(cell)
    assert (found, [other for _, _, other in affiliations]) == (name, [owner] if owner else [])


@pytest.mark.parametrize(
    ("present", "story", "vendor"),
    [
        ("No", "The breach occurred at Oak Clinic's third-party vendor, Fern Info, LLC, in May.", "Fern Info, LLC"),
        ("No", "The breach at Oak Clinic occurred through its vendor Fern Info, LLC, which used a tool.", "Fern Info, LLC"),
        ("No", "The clinic's booking service provider, Fern Inc., informed it that an unauthorized party had copied its database.", "Fern Inc."),
        ("Yes", "The covered entity's (CE) mailing vendor, Fern Inc., sent letters to the wrong addresses.", "Fern Inc."),
        ("Yes", "Due to a programming error by its mailing vendor, Fern, the covered entity (CE), Oak Clinic, sent letters.", "Fern"),
        ("Yes", "The CE's pharmacy benefit manager, Fern Rx, mailed cards to the wrong members.", "Fern Rx"),
        ("Yes", "An employee of the CE's billing vendor, Fern Records, stole paper records.", "Fern Records"),
        ("Yes", "A server was accessed. The vendor, Fern Corp, notified the CE.", "Fern Corp"),
    ],
)  # fmt: skip
def test_a_vendor_that_is_not_called_a_business_associate(present, story, vendor):
    one = told(present, story)
    assert roles(one) == {"Oak Clinic": "affected_downstream", vendor: "breached"}
    assert uses(one) == [("Oak Clinic", vendor, "active")]


@pytest.mark.parametrize(
    "story",
    [
        "The CE notified its vendor, Fern Corp, of the theft.",
        "The CE hired a new vendor, Fern Corp, to mail its letters.",
        "Following the breach, the vendor, Fern Corp, was trained.",
        "A laptop was lost. A box was lost. A disk was lost. Its vendor, Fern Corp, encrypts disks now.",
        "Its vendor, Fern Corp, was not at fault.",
    ],
)
def test_vendors_that_had_no_part_are_not_called_in(story):
    assert "Fern Corp" not in roles(told("No", story))
    assert called(story) == [] or "not" in story


@pytest.mark.parametrize(
    "story",
    [
        "A laptop was stolen. The vendor, Fern Locks, installed new locks.",
        "An employee of the CE's business associate sent a list to the wrong vendor, Fern Mail.",
        "A box was lost by the courier service, Fern, on its way from the BA.",
        "A laptop was stolen from the BA. The CE provided letters through its vendor, Fern Mail.",
    ],
)
def test_a_vendor_beside_the_business_associate_is_not_it(story):
    assert roles(told("Yes", story)) == {"Oak Clinic": "affected_downstream", "unnamed business associate": "breached"}


def test_the_vendor_whose_subcontractor_nobody_names():
    story = "A mailing vendor printed wrong names. The vendor is a subcontractor of the CE's pharmacy benefit manager, Fern Rx."
    assert roles(told("Yes", story)) == {"Oak Clinic": "affected_downstream", "Fern Rx": "affected_downstream", "unnamed subcontractor": "breached"}  # fmt: skip


@pytest.mark.parametrize(
    "story",
    [
        "The stolen laptop was purchased from Fern PC, a supplier of the CE.",
        "Records were stolen from John Fern, M.D., a contractor of the covered entity (CE).",
        "An email was sent by Ann Fern, a contractor for the CE, to her home.",
        "The police recovered the laptop stolen from Fern Pawn, a vendor of used goods.",
    ],
)
def test_who_is_met_on_the_way_was_not_breached(story):
    assert roles(told("No", story)) == {"Oak Clinic": "breached"}


def test_a_vendor_whom_nobody_names_was_breached_all_the_same():
    story = "A box of records was discarded by a waste disposal contractor of the covered entity (CE), Oak Clinic."
    assert roles(told("No", story)) == {"Oak Clinic": "affected_downstream", "unnamed third party": "breached"}
    assert someones("The CE hired a contractor of the covered entity (CE), Oak Clinic.") is None
    assert someones("Nothing was stolen from a contractor of the covered entity (CE).") is None


@pytest.mark.parametrize(
    "story",
    [
        "The covered entity's (CE) business associate (BA), {}, mailed letters.",
        "An employee of the CE's business associate (BA), {}, lost a laptop.",
        "{}, the covered entity's (CE) business associate (BA), mailed letters.",
        "{}, the CE's business associate (BA), mailed letters.",
        "The letters were mailed by {}, the CE's business associate.",
        "{}, a business associate (BA) of the covered entity (CE), mailed letters.",
        "The BA, {}, sent letters to the wrong addresses.",
    ],
)
@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Fern Group", "Fern Group"),
        ("The Fern Group, Inc.", "Fern Group, Inc."),
        ("the Fern Board Company", "Fern Board Company"),
        ("inFern", "inFern"),
        ("fernHealth, Inc.", "fernHealth, Inc."),
        ("fernhealth, Inc.", "fernhealth, Inc."),
        ("pFN", "pFN"),
    ],
)
def test_a_name_with_an_article_or_in_small_letters(story, told, name):
    story = story.format(told)
    ((found, span),) = associates(story, involved=True)
    assert (found, story[slice(*span)]) == (name, name)


@pytest.mark.parametrize(
    "story",
    [
        "The CE told its business associate, the Secret Service, and the media.",
        "The CE told its business associate, the FBI, and the media.",
        "The CE told its business associate (BA), the Oak Department of Health, HHS and the media.",
        "After a server migration by Oak, the CE's business associate left files on the web.",
        "After a move by Oak, the covered entity's (CE) business associate (BA) left files on the web.",
        "The Company, its business associate, lost a laptop.",
        "Between May and June 2012, the CE's business associate (BA) mailed letters.",
        "In Austin, Texas, the covered entity's (CE) business associate (BA) mailed letters.",
        "The CE's business associate (BA), located in PA, mailed letters.",
        "Oak Clinic, the covered entity, told its business associate of it.",
    ],
)
def test_what_stands_where_a_name_would(story):
    assert associates(story, involved=True) == []


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ("Its vendor, the Fern Board Company, was hacked.", "Fern Board Company"),
        ("fernHealth, Inc., a vendor of the CE, was hacked.", "fernHealth, Inc."),
        ("The Fern Group, a subcontractor of the CE, was hacked.", "Fern Group"),
        ("The CE's mailing vendor, inFern, sent letters to the wrong addresses.", "inFern"),
        ("inFern, the CE's mailing vendor, sent letters to the wrong addresses.", "inFern"),
    ],
)
def test_a_vendor_with_an_article_or_a_small_letter(story, name):
    assert roles(told("Yes", story)) == {"Oak Clinic": "affected_downstream", name: "breached"}


@pytest.mark.parametrize(
    ("story", "names", "more"),
    [
        ("a business associate (BA) of Oak's Hospital, Elm Clinic, and the Fern Surgery Center.", ["Oak's Hospital", "Elm Clinic", "Fern Surgery Center"], False),
        ("services to the covered entities (CEs) Oak Anesthesia and Elm Surgical Center, said", ["Oak Anesthesia", "Elm Surgical Center"], False),
        ("BA of 14 covered entities (CEs), including Oak Health and Elm Dental, was", ["Oak Health", "Elm Dental"], True),
        ("a business associate of Oak Clinic, Ohio, lost it", ["Oak Clinic"], False),
        ("a business associate (BA) for Women and Infants Hospital, lost", ["Women and Infants Hospital"], False),
        ("a business associate (BA) for Oak Clinic and Elm Hospital, lost", ["Oak Clinic", "Elm Hospital"], False),
        ("of the covered entity (CE), Oak Plan, lost", ["Oak Plan"], False),
        ("patients of the covered entity (CE), The Oak Hospital.", ["Oak Hospital"], False),
        ("of the covered entities (CEs): The Oak Hospital and inElm", ["Oak Hospital", "inElm"], False),
        ("The BA posted it. The CE, Oak Beth Medical Center, provided notice.", ["Oak Beth Medical Center"], False),
        ("The BA told the CE, State Police, and others.", [], False),
        ("BA of the covered entities (CEs), Oak Health and Elm Dental, said", ["Oak Health", "Elm Dental"], False),
        ("a tape in transit to the CE, Oak Family Medicine.", ["Oak Family Medicine"], False),
        ("services to two covered entities, Oak Hospital, Inc. and Elm Clinic, LLC.  A laptop", ["Oak Hospital, Inc.", "Elm Clinic, LLC"], False),
        ("on behalf of the covered entities, Oak Hospital and the Elm Clinic, that", ["Oak Hospital", "Elm Clinic"], False),
        ("for three covered entities, Oak Hospital, Elm Clinic, and Fern Plan, that", ["Oak Hospital", "Elm Clinic", "Fern Plan"], False),
        ("After it told the covered entities, Oak Data improved its safeguards.", [], False),
        ("It told the covered entities, HHS, and the media.", [], False),
        ("The BA notified all covered entities, Oakfax, Elm, and Fern.", [], False),
        ("The BA notified two covered entities, Oakfax, Elm, and Fern.", [], False),
        ("The covered entity's (CE) iPad was stolen", [], False),
        ("The covered entity eFaxed forms", [], False),
        ("of the covered entity (CE), eOak Health, after it", ["eOak Health"], False),
        ("several covered entities (CEs). Oak Hospital was told.", [], False),
        ("of the covered entity (CE), Oak, Inc. d/b/a Elm grupo Leaf, after it", ["Oak, Inc. d/b/a Elm grupo Leaf"], False),
    ],
)  # fmt: skip
def test_the_customers_that_a_vendor_names(story, names, more):
    found, others = covered_entities(story)
    assert ([name for name, _ in found], others) == (names, more)
    assert all(story[slice(*span)] == name for name, span in found)


def test_the_vendor_of_a_business_associate_whom_nobody_names():
    story = "A hosting provider used by its business associate (BA), Elm Software, Inc., was the victim of an attack."
    assert roles(told("Yes", story)) == {
        "Oak Clinic": "affected_downstream",
        "Elm Software, Inc.": "affected_downstream",
        "unnamed subcontractor": "breached",
    }
    helper = (
        "A forensic company hired by its business associate (BA), Elm Software, Inc., found that a server was hacked."
    )
    assert "unnamed subcontractor" not in roles(told("Yes", helper))


def test_the_customers_of_a_vendor_that_reports():
    story = "A server of Elm IT, BA of 14 covered entities (CEs), including Oak Health and Ash Dental, was hacked."
    one = told("Yes", story, name="Elm IT", kind="Business Associate")
    assert [use[:2] for use in uses(one)] == [("Oak Health", "Elm IT"), ("Ash Dental", "Elm IT"), ("unnamed covered entities", "Elm IT")]  # fmt: skip
    story = "A laptop of the covered entity (CE), Oak, Inc. d/b/a Leaf Health, was lost."
    one = told("Yes", story, name="Elm IT", kind="Business Associate")
    assert [use[:2] for use in uses(one)] == [("Oak, Inc.", "Elm IT")]
    assert [(a.party, a.other) for a in one.affiliations] == [("Leaf Health", "Oak, Inc.")]


def test_relationships_that_have_ended():
    story = "The server of the CE's former business associate (BA), ELM Risk, was hacked, with data of the covered entity (CE), Oak."
    one = told("Yes", story, name="Elm Risk, Inc.", kind="Business Associate")
    assert uses(one) == [("Oak", "Elm Risk, Inc.", "ended")]
    for end, status in (
        ("The CE terminated its agreement with Elm IT, Inc. on May 1, 2017.", "ended"),
        ("The CE terminated its contract with the BA.", "ended"),
        ("The CE did not terminate its contract with the BA.", "active"),
        ("The BA terminated the employee.", "active"),
        ("The CE did not renew its contract with the BA.", "ended"),
        ("The CE renewed its contract with the BA.", "active"),
        ("The CE discontinued use of the BA's file transfer service.", "ended"),
    ):
        one = told("Yes", f"The business associate (BA), Elm IT, Inc., left a server open. {end}")
        assert uses(one) == [("Oak Clinic", "Elm IT, Inc.", status)]
    assert former_of("A former nurse of Elm IT took records.", "Elm IT") is None


def test_what_stands_with_a_name():
    assert read_filing("Elm Health, Inc. as BA for Oak Schools Health Plan")[:2] == ("Elm Health, Inc.", ("Oak Schools Health Plan",))  # fmt: skip
    assert read_filing("Oak Group; c/o Ash Law") == ("Oak Group", (), False, (), "Ash Law")
    assert read_filing("Oak Community Care of New Mexico, Inc") is None
    assert read_filing("Oak Clinic as of May") is None


ACCOUNTS = "Financial Account Number or Credit/Debit Card Number (in combination with security code, access code, password or PIN for the account)"
CARD = ACCOUNTS.partition(" or ")[2]
LICENSE = "Driver's License Number or Non-Driver Identification Card Number"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (ACCOUNTS, {"Financial Account Number": "bank-accounts", CARD: "payment-cards"}),
        (LICENSE, {"Driver's License Number": "drivers-licenses", "Non-Driver Identification Card Number": "national-ids"}),
        (f"Social Security Number\n{LICENSE}", {"Social Security Number": "social-security-numbers", "Driver's License Number": "drivers-licenses", "Non-Driver Identification Card Number": "national-ids"}),
        ("Name or other personal identifier in combination with: Social Security Number; Passport Number", {"Social Security Number": "social-security-numbers", "Passport Number": "passport-numbers"}),
        ("Contact details (names, addresses)", {"names": "names", "addresses": "physical-addresses"}),
    ],
)  # fmt: skip
def test_choices_of_a_form(cell, found):
    assert {cell[start:end]: concept for start, end, concept, _ in kinds_listed(cell)} == found


def test_whose_the_listed_data_are():
    header = "org_name,reported_date,incident_details,breach_type,information_affected"
    one = read(f'{header}\nOak,2023-08-10,Hacked.,HACK,"Names of Oak members, addresses, passports of Elm members"\n')
    assert [(kind.text, kind.owner) for kind in one.data_types] == [("Names", "Oak"), ("addresses", ""), ("passports", "")]  # fmt: skip
    one = read(f'{header}\nOak,2023-08-10,Hacked.,HACK,"Names of Oak members, names of Elm members, names"\n')
    assert [(kind.text, kind.owner) for kind in one.data_types] == [("Names", "")]


@pytest.mark.parametrize("mark", ['""', '""""'])
def test_a_record_of_all_categories_of_data_tells_which_were_affected(mark):
    record = (
        "{'Encryption Status': 'Unencrypted', 'Categories Affected': {'Personal Identifiers': {'Affected': 'Yes', 'Examples': ['names', 'account number(s)']},"
        " 'Biometric Information': {'Affected': 'No', 'Examples': []}, 'Geolocation Data': {'Affected': 'UNKN', 'Examples': []},"
        " 'Education Information': {'Affected': 'Yes', 'Examples': []}}}"
    ).replace("'", mark)
    one = read(f'org_name,reported_date,breach_type,information_affected\nOak,2023-08-10,HACK,"{record}"\n')
    assert [kind.text for kind in one.data_types] == ["names", "account number(s)", "Education Information"]
    assert [note.key for note in one.notes] == ["information_affected"]  # what was not affected is told there


def test_nobody_is_a_number_that_is_not_known():
    one = read(
        "Organization Name,Date Reported,Breach Type,Residents Affected\nOak,1/2/2012,Theft,0 (to be determined)\n"
    )
    assert (one.record_counts, [note.key for note in one.notes]) == ((), ["Residents Affected"])
    one = read("Date Made Public,Company,State,Type of breach,Total Records,Description of incident\n1/2/2012,Oak,ME,HACK,0,Lost.\n")  # fmt: skip
    assert (one.record_counts, [note.value for note in one.notes if note.key == "Total Records"]) == ((), ["0"])


def test_the_end_of_a_breach_beside_the_day_that_it_began():
    header = "org_name,reported_date,breach_date,end_breach_date,incident_details,breach_type,total_affected"
    one = read(f"{header}\nOak,2023-08-10,2023-05-28,2023-05-31,Hacked.,HACK,24\n")
    assert [(str(d.what), d.date.edtf) for d in one.dates] == [("occurred", "2023-05-28/2023-05-31"), ("reported", "2023-08-10")]  # fmt: skip
    assert [note.key for note in one.notes] == ["incident_details"]
    one = read(f'{header}\nOak,2023-08-10,"2023-05-28, 2023-06-02",2023-05-31,Hacked.,HACK,24\n')
    assert [d.date.edtf for d in one.dates if d.what == "occurred"] == ["2023-05-28", "2023-06-02"]


def test_a_day_that_two_columns_tell_is_told_once():
    one = read(
        "Name of Covered Entity,Individuals Affected,Type of Breach,Date of Breach,breach_start\nOak,700,Theft,10/12/2009,2009-10-12\n"
    )
    ((day, proofs),) = [(told.date.edtf, told.evidence) for told in one.dates]
    assert (day, [proof.quote for proof in proofs]) == ("2009-10-12", ["2009-10-12", "10/12/2009"])


def test_a_list_of_breaches_by_year_counts_records():
    text = 'Year,Company Name,Type of Breach,Records Compromised\n2019,Oak Bank,Hacking,"1,200"\n'
    assert choose(Document("list.csv", text, "0")).name == "portal"
    one = read(text)
    assert [(str(d.what), d.date.edtf) for d in one.dates] == [("occurred", "2019")]
    assert [(c.low, c.unit) for c in one.record_counts] == [(1200, "records")]


@pytest.mark.parametrize(
    "done",
    ["had a scan run after the server was hacked", "had an engineer disable the compromised account",
     "had its staff rebuild the infected server", "had a replacement for the stolen laptop delivered"],
)  # fmt: skip
def test_a_vendor_that_did_something_about_it_was_not_breached(done):
    one = told("No", f"The covered entity's (CE) server was infected. Its IT vendor, Oak Tech, {done}.")
    assert {party.name: party.role for party in one.parties}["Oak Clinic"] == "breached"
    assert "Oak Tech" not in {party.name for party in one.parties if party.role == "breached"}


@pytest.mark.parametrize(
    "how", ["between May 1 and May 5, 2021", "due to a phishing attack", "using stolen credentials"]
)
def test_a_vendor_that_had_its_network_breached_was(how):
    one = told("No", f"The covered entity (CE) reported that its vendor, Oak Systems, had its network breached {how}.")
    roles = {party.name: party.role for party in one.parties}
    assert (roles["Oak Systems"], roles["Oak Clinic"]) == ("breached", "affected_downstream")
