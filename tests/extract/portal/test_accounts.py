"""Who was breached, as the account of a row tells: the entity, its vendor, a vendor of that one."""

from __future__ import annotations

import pytest

from kg.extract.portal.account import struck
from kg.extract.portal.extractor import PortalExtractor
from kg.extract.portal.prose import exposed, speaks_of_associate
from kg.model import Document

HEADER = "Name of Covered Entity,Covered Entity Type,Individuals Affected,Breach Submission Date,Business Associate Present,Web Description"


def read(present, story, *, name="Oak Clinic", kind="Health Plan"):
    text = f'{HEADER}\n"{name}",{kind},700,1/4/2020,{present},"{story}"\n'
    (one,) = PortalExtractor().extract(Document("portal.csv", text, "0"))
    for part in (*one.parties, *one.uses_vendor):
        for proof in part.evidence:
            assert text[slice(*proof.span)] == proof.quote
    return one


def roles(incident):
    return {party.name: str(party.role) for party in incident.parties}


def uses(incident):
    return [(use.customer, use.supplier, str(use.status)) for use in incident.uses_vendor]


@pytest.mark.parametrize(
    ("present", "story", "status"),
    [
        (
            "No",
            "A laptop was stolen. Following the breach, the CE terminated its business associate agreement with its business associate, Elm IT Inc.",
            "ended",
        ),
        (
            "No",
            "An employee of the CE emailed a spreadsheet to a former business associate, Elm IT Inc. All is well.",
            "ended",
        ),
        ("No", "An employee of the CE sent mail to the wrong business associate (BA), Elm IT Inc.", "active"),
        (
            "No",
            "A laptop was stolen. The CE notified its business associate (BA), Elm IT Inc., of the theft.",
            "active",
        ),
        (
            "Yes",
            "Its server was hacked. The CE's business associate (BA), Elm IT Inc., restored the systems from backup.",
            "active",
        ),
        (
            "Yes",
            "The business associate (BA), Elm IT Inc., looked into the attack. The BA's own systems were not affected.",
            "active",
        ),
        (
            "Yes",
            "Its server was hacked. The CE hired its business associate (BA), Elm IT Inc., to investigate the attack.",
            "active",
        ),
        (
            "Yes",
            "The CE's business associate (BA), Elm IT Inc., discovered ransomware on the CE's server.",
            "active",
        ),
    ],
)
def test_an_associate_that_the_breach_was_not_of_only_stands_by(present, story, status):
    one = read(present, story)
    assert roles(one) == {"Oak Clinic": "breached", "Elm IT Inc.": "supplier_only"}
    assert uses(one) == [("Oak Clinic", "Elm IT Inc.", status)]


@pytest.mark.parametrize(
    ("present", "story", "status"),
    [
        (
            "No",
            "A computer server of a former administrator and business associate (BA), Elm IT Inc., was hacked.",
            "ended",
        ),
        ("No", "Two former staff members of the business associate (BA), Elm IT Inc., accessed records.", "active"),
        ("No", "A laptop was stolen from a worker of Elm IT Inc., a business associate (BA) of the CE.", "active"),
        ("Yes", "Following the breach, the CE met its business associate (BA), Elm IT Inc.", "active"),
        ("Yes", "The CE's business associate (BA), Elm IT Inc., restored its systems and hired a firm.", "active"),
        ("Yes", "The business associate (BA), Elm IT Inc., notified affected individuals.", "active"),
        (
            "Yes",
            "The CE engaged its business associate (BA), Elm IT Inc., to mail letters, which showed names.",
            "active",
        ),
        ("Yes", "The CE sent disks to its business associate (BA), Elm IT Inc., which lost them.", "active"),
        (
            "Yes",
            "Its business associate (BA), Elm IT Inc., was hacked. The BA's other clients were not affected.",
            "active",
        ),
    ],
)
def test_an_associate_that_was_breached_is_whatever_the_portal_says(present, story, status):
    one = read(present, story)
    assert roles(one) == {"Oak Clinic": "affected_downstream", "Elm IT Inc.": "breached"}
    assert uses(one) == [("Oak Clinic", "Elm IT Inc.", status)]


@pytest.mark.parametrize(
    "story", ["There was no business associate involvement.", "It happened without any business associate."]
)
def test_an_associate_that_is_denied_had_no_part(story):
    assert speaks_of_associate(f"A laptop was stolen. {story}") is None
    assert roles(read("No", f"A laptop was stolen. {story}")) == {"Oak Clinic": "breached"}


def test_a_subcontractor_that_was_breached_stands_at_the_end_of_the_chain():
    story = "The business associate (BA), Elm IT Inc., of the covered entity (CE), Oak Clinic, reported that its subcontractor, Fern Host LLC, was hacked."
    one = read("Yes", story)
    assert roles(one) == {
        "Oak Clinic": "affected_downstream",
        "Elm IT Inc.": "affected_downstream",
        "Fern Host LLC": "breached",
    }
    assert [use[:2] for use in uses(one)] == [("Oak Clinic", "Elm IT Inc."), ("Elm IT Inc.", "Fern Host LLC")]


def test_a_subcontractor_of_the_business_associate_whose_row_it_is():
    story = "Fern Agency, a subcontractor of the business associate (BA), Elm IT Inc., reported that its web payment page was hacked."
    one = read("Yes", story, name="Elm IT Inc.", kind="Business Associate")
    assert roles(one) == {
        "Elm IT Inc.": "affected_downstream",
        "Fern Agency": "breached",
        "unnamed covered entities": "affected_downstream",
    }
    assert ("Elm IT Inc.", "Fern Agency", "active") in uses(one)


def test_a_subcontractor_whom_nobody_names_is_a_party_all_the_same():
    story = "A sub-contractor of Oak Clinic's business associate (BA), Elm IT Inc., mailed letters with names in sight."
    one = read("Yes", story)
    assert roles(one) == {
        "Oak Clinic": "affected_downstream",
        "Elm IT Inc.": "affected_downstream",
        "unnamed subcontractor": "breached",
    }


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("Its vendor, Fern Print LLC, was hacked.", ["Fern Print LLC"]),
        ("Its third-party service provider, Fern Print LLC, experienced a ransomware attack.", ["Fern Print LLC"]),
        ("The CE's record vendor, Fern EMR Inc., was the victim of an attack.", ["Fern EMR Inc."]),
        ("Our vendor Fern informed us on May 3 that it had experienced a data security incident.", ["Fern"]),
        ("Fern Mail, Inc. (Fern), a vendor that prints letters for us, mistakenly sent them.", ["Fern Mail, Inc."]),
        ("The data breach at its vendor, Fern Print LLC, exposed names.", ["Fern Print LLC"]),
        ("Fern Cloud, LLC, a subcontractor of its vendor, Elm IT Inc., suffered a cyberattack.", ["Fern Cloud, LLC"]),
        ("Its security vendor, Fern LLC, discovered unauthorized access to its email.", []),
        ("Its vendor, Fern LLC, reported that the CE's server was hacked.", []),
        ("Its vendor, Fern LLC, reported that its customer's server was hacked.", []),
        ("Its vendor, Fern LLC, was not breached.", []),
        ("There is no evidence that its vendor, Fern LLC, was hacked.", []),
        ("Its vendor, Fern LLC, suffered delays and lost its contract.", []),
        ("Fern, a vendor, notified the CE that the CE's server was hacked.", []),
    ],
)
def test_vendors_to_which_something_happened(story, found):
    assert [one.name for one in struck(story)] == found
    assert all(story[slice(*one.span)] == one.name for one in struck(story))


def test_a_vendor_need_not_be_called_a_business_associate():
    text = 'Organization,Reported Date,Date of Breach,Description\nOak Bank,9/1/2023,5/1/2023,"Its vendor, Fern Print LLC, was hacked."\n'
    (one,) = PortalExtractor().extract(Document("portal.csv", text, "0"))
    assert roles(one) == {"Oak Bank": "affected_downstream", "Fern Print LLC": "breached"}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "clinical, demographic, and financial information.",
            {
                "clinical": "health-records",
                "demographic": "personal-information",
                "financial information": "financial-records",
            },
        ),
        (
            "names, financial and clinical information.",
            {
                "names": "names",
                "financial": "financial-records",
                "financial and clinical information": "health-records",
            },
        ),
        ("names, treatment dates, and insurance cards.", {"names": "names"}),
    ],
)
def test_kinds_of_data_share_the_noun_at_the_end_of_a_list(told, found):
    kinds = {words: concept for words, concept, *_ in exposed(f"The PHI included {told}")}
    assert found.items() <= kinds.items()
    assert "dates" not in kinds


@pytest.mark.parametrize("form", ["table", "lines"])
def test_what_was_opened_behind_a_row_belongs_to_it(form):
    story = "The covered entity's business associate, Elm &amp; Ash, Inc., left a server unsecured."
    inner = {
        "table": f"<table><tr><td>Business Associate Present:</td><td>Yes</td></tr><tr><td>Web Description:</td><td>{story}</td></tr></table>",
        "lines": f"<div><b>Business Associate Present:</b> Yes<br/><b>Web Description:</b> {story}</div>",
    }[form]
    head = "".join(f"<th>{name}</th>" for name in HEADER.split(",")[:4])
    row = "<tr><td>{}</td><td>Health Plan</td><td>70</td><td>1/4/2020</td></tr>"
    text = f"<table><tr>{head}</tr>{row.format('Oak')}<tr><td colspan=4>{inner}</td></tr>{row.format('Birch')}</table>"
    first, second = PortalExtractor().extract(Document("portal.html", text, "0"))
    assert roles(first) == {"Oak": "affected_downstream", "Elm & Ash, Inc.": "breached"}
    assert [(note.key, note.value[:18]) for note in first.notes] == [("Web Description", "The covered entity")]
    assert roles(second) == {"Birch": "breached"}


PORTAL = f"{HEADER},Type of Breach"


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ("On May 4, 2019, the CE was notified by its BA, Elm IT, of a ransomware attack.", "Elm IT"),
        ("A server maintained by the covered entity's (CE) BA, eElm Care, was misconfigured.", "eElm Care"),
        ("Records fell off a truck operated by Elm Waste, a vendor of the covered entity (CE).", "Elm Waste"),
        ("A laptop was stolen from Elm IC, LLC, the covered entity's (CE) transportation vendor, in May.", "Elm IC, LLC"),
        ("The covered entity (CE) reported that Elm, LLC, its billing company, employed a clerk who copied data.", "Elm, LLC"),
        ("Elm notified the CE, Oak, on May 4 that somebody gained access to files in Elm's transfer tool.", "Elm"),
        ("The CE contracted with Elm Rx to manage benefits.  An Elm Rx website error showed claims.", "Elm Rx"),
        ("Hackers used a vendor's password.  The vendor was Elm Records.", "Elm Records"),
        ("The CE contracted with Elm Help to offer credit monitoring.", "unnamed business associate"),
        ("Oak Police notified the CE, Oak Clinic, that papers were found in a car.", "unnamed business associate"),
    ],
)  # fmt: skip
def test_a_vendor_by_whatever_it_is_called(story, name):
    assert roles(read("Yes", story)) == {"Oak Clinic": "affected_downstream", name: "breached"}


@pytest.mark.parametrize(
    ("story", "wanted", "pairs"),
    [
        ("The covered entity (CE) reported that its business associate (BA), Elm, Inc., was hacked.", {"Oak Clinic": "affected_downstream", "Elm, Inc.": "breached"}, [("Oak Clinic", "Elm, Inc.")]),
        ("The covered entity (CE), Ash Plan, reported that its business associate (BA), Elm, Inc., was hacked.", {"Oak Clinic": "affected_downstream", "Elm, Inc.": "breached", "Ash Plan": "affected_downstream"}, [("Ash Plan", "Elm, Inc.")]),
        ("The covered entity (CE), Ash Plan, reported that its business associate (BA), Oak, was hacked.", {"Oak Clinic": "breached", "Ash Plan": "affected_downstream"}, [("Ash Plan", "Oak Clinic")]),
        ("The business associate (BA), Oak Clinic, reported that its vendor, Elm Bureau, Inc. d/b/a Ash Agency (AA), had its web payment page hacked, with data of patients of the covered entity (CE), Fern Labs.", {"Oak Clinic": "affected_downstream", "Elm Bureau, Inc.": "breached", "Ash Agency": "other", "Fern Labs": "affected_downstream"}, [("Oak Clinic", "Elm Bureau, Inc."), ("Fern Labs", "Oak Clinic")]),
        ("Oak Clinic, a business associate (BA) of Elm360, which in turn is a BA of the covered entity (CE), Ash Labs, was hacked.", {"Oak Clinic": "breached", "Elm360": "affected_downstream", "Ash Labs": "affected_downstream"}, [("Elm360", "Oak Clinic"), ("Ash Labs", "Elm360")]),
    ],
)  # fmt: skip
def test_the_row_of_a_business_associate_tells_who_was_breached(story, wanted, pairs):
    one = read("Yes", story, kind="Business Associate")
    assert roles(one) == wanted
    assert [use[:2] for use in uses(one)] == pairs


@pytest.mark.parametrize(
    "told",
    [
        "was hacked.  Affected covered entities included Elm and Ash Group.",
        "was hacked.  Covered entities affected include Elm and Ash Group.",
        "was hacked.  The covered entities affected by the breach were Elm and Ash Group.",
    ],
)
def test_covered_entities_that_were_affected(told):
    one = read("Yes", f"The business associate (BA) {told}", name="Oak IT", kind="Business Associate")
    assert {"Elm", "Ash Group"} <= roles(one).keys()


def test_the_one_covered_entity_of_an_associate():
    for told in (
        "the business associate (BA) of the covered entity (CE), the Elm Department.",
        "the business associate (BA), with data of its covered entity (CE) client, the Elm Department.",
        "Oak IT, a business associate (BA) that sells to the Elm Department, the covered entity (CE).",
    ):
        one = read("Yes", f"Computers were stolen from {told}", name="Oak IT", kind="Business Associate")
        assert roles(one) == {"Oak IT": "breached", "Elm Department": "affected_downstream"}


def test_who_ended_a_relationship():
    story = "The business associate (BA), Oak IT, was hacked.  The covered entities affected included Elm Plan and Ash Care.  Ash Care terminated its contract with the BA."
    one = read("Yes", story, name="Oak IT", kind="Business Associate")
    assert {use[0]: use[2] for use in uses(one)} == {"Elm Plan": "active", "Ash Care": "ended", "unnamed covered entities": "active"}  # fmt: skip
    for end, status in (
        ("The CE terminated its contract with the vendor.", "ended"),
        ("The CE no longer uses the BA.", "ended"),
        ("The CE replaced the BA.", "ended"),
        ("The CE replaced the BA's server.", "active"),
        ("The CE will no longer use the BA.", "active"),
    ):
        assert uses(read("Yes", f"Tapes of the vendor, Elm Tapes, were stolen.  {end}")) == [("Oak Clinic", "Elm Tapes", status)]  # fmt: skip


def test_keys_that_were_taken_from_a_vendor_open_the_way_to_its_customer():
    one = read("No", "The hackers used credentials stolen from Elm Air, a contractor of Oak Clinic, to get in.")
    assert roles(one) == {"Oak Clinic": "breached", "Elm Air": "breached"}


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("A laptop was stolen on May 4, 2019.  The CE discovered the theft on May 6, 2019.", [("occurred", "2019-05-04"), ("discovered", "2019-05-06")]),
        ("Between May 4 and May 9, 2019, a hacker accessed a server.", [("occurred", "2019-05-04/2019-05-09")]),
        ("The breach occurred prior to the May 4, 2019, compliance date.", []),
        ("A laptop was stolen on May 4, 2021.", []),
        ("A worker resigned on May 4, 2019.", []),
        ("Following the breach, a copier was stolen on May 4, 2019.", []),
        ("On May 6, 2019, the covered entity (CE), Oak Clinic, discovered the theft.", [("discovered", "2019-05-06")]),
        ("A laptop was stolen from the covered entity's (CE) office on May 4, 2019.", [("occurred", "2019-05-04")]),
        ("A laptop was lost on May 4, 2019.", [("occurred", "2019-05-04")]),
        ("The CE lost its appeal on May 4, 2019.", []),
        ("It experienced a ransomware attack on May 4, 2019.", [("occurred", "2019-05-04")]),
        ("It was the victim of a data breach on May 4, 2019.", [("occurred", "2019-05-04")]),
        ("It experienced growth on May 4, 2019.", []),
        ("The CE learned of the breach on May 6, 2019.", [("discovered", "2019-05-06")]),
        ("Thieves placed a skimmer in it on May 4, 2019.", [("occurred", "2019-05-04")]),
        ("The nurse was placed on leave on May 4, 2019.", []),
    ],
)  # fmt: skip
def test_dates_by_the_verb_of_their_clause(story, found):
    told = [(str(date.what), date.date.edtf) for date in read("No", story).dates]
    assert told == [("reported", "2020-01-04"), *found]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("The CE's network was infected with ransomware.", ["ransomware"]),
        ("Mail was read as a result of a phishing attack.", ["phishing"]),
        ("There was no ransomware on it.", []),
        ("Mail was read.  Following the incident, it bought ransomware insurance.", []),
        ("Mail was read.  Staff had phishing e-mail training.", []),
    ],
)
def test_what_the_account_calls_the_attack(story, found):
    text = f'{PORTAL}\nOak,Health Plan,700,1/4/2020,No,"{story}",Hacking/IT Incident\n'
    (one,) = PortalExtractor().extract(Document("portal.csv", text, "0"))
    assert [kind.concept for kind in one.types] == ["cyber-attack", *found]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("The labels contained names and diagnoses.", {"names": "names", "diagnoses": "health-records"}),
        ("A box containing names was lost.", {"names": "names"}),
        ("A box was lost.  It shall encrypt mail containing diagnoses.", {}),
        ("The policies contained policies and procedures.", {}),
        ("The PHI included names, and in some instances social security numbers.", {"names": "names", "social security numbers": "social-security-numbers"}),
        ("The PHI included the last four digits of social security numbers.", {"last four digits of social security numbers": "social-security-numbers"}),
        ("Tapes containing the ePHI of 80 people were lost by an associate, Elm Archive Data.", {"ePHI": "health-records"}),
        ("It reported a data breach involving the Elm payment website.", {}),
        ("The PHI included phone numbers, emails, and gender.", {"phone numbers": "phone-numbers", "emails": "email-addresses", "gender": "gender"}),
        ("The data included names, but there were no diagnoses, addresses, or dates of birth.", {"names": "names"}),
        ("The PHI included names and diagnoses but did not include addresses or dates of birth.", {"names": "names", "diagnoses": "health-records"}),
        ("The PHI included names, but not addresses or dates of birth.", {"names": "names"}),
        *((f"The PHI included names, {denied}.", {"names": "names"}) for denied in (
            "although no diagnoses were involved", "though no diagnoses", "however no addresses or diagnoses", "no addresses or diagnoses",
            "and neither diagnoses, addresses, nor emails", "while diagnoses were not involved", "but addresses, emails and diagnoses were not affected",
            "whereas diagnoses weren't involved", "however, diagnoses did not appear", "yet diagnoses have never been there",
        )),
        ("The PHI included names, although diagnoses were not encrypted.", {"names": "names", "although diagnoses": "health-records"}),
        ("The PHI included names, while in some cases diagnoses, and did not include addresses.", {"names": "names", "while in some cases diagnoses": "health-records"}),
        *((f"The PHI included names, {listed}diagnoses.", {"names": "names", "diagnoses": "health-records"}) for listed in (
            "no addresses, and ", "no financial information, ", "no addresses, emails or dates of birth, and ", "without addresses, and ", "never addresses, ",
            "neither addresses, emails, nor dates of birth, and ", "no addresses or emails, and ",
        )),
        ("The PHI included no diagnoses or addresses.", {}),
        ("The PHI included names, no more than the last four digits of Social Security numbers, and diagnoses.", {
            "names": "names", "no more than the last four digits of Social Security numbers": "social-security-numbers", "diagnoses": "health-records",
        }),
        ("The PHI included names and no fewer than two addresses.", {"names": "names", "no fewer than two addresses": "physical-addresses"}),
        ("The PHI was lost, not including names.", {}),
        ("The PHI included names, and although not in all cases, diagnoses.", {"names": "names", "diagnoses": "health-records"}),
        ("None of the records contained names.", {}),
        ("The PHI included but was not limited to names. The PHI included, not limited to addresses.", {}),
        ("The disk contained the PHI of 1,000 members of the covered entity (CE), Elm Country Health Plan.", {"PHI": "health-records"}),
        ("The disk contained data of 2,840 current and former employees and their dependents.", {}),
        ("The breach affected 1,000 people and included names.", {"names": "names"}),
        ("A server was hacked, exposing names.", {"names": "names"}),
        ("A hacker got in, exposing one email account.", {}),
        ("A box was lost.  It has rules on disclosing diagnoses.", {}),
        ("The PHI included financial information (e.g., account numbers, diagnoses) and names.", {"financial information (e.g., account numbers, diagnoses)": "financial-records", "names": "names"}),
        ("The laptop included names, dates of birth, and insurance information including diagnosis codes.", {"names": "names", "dates of birth": "dates-of-birth", "diagnosis codes": "health-records"}),
        ("The laptop contained a file that included names and diagnoses.", {"names": "names", "diagnoses": "health-records"}),
        *((f"A theft was found.  The {holder} included names and diagnoses.", {"names": "names", "diagnoses": "health-records"}) for holder in ("accounts", "email", "e-mails", "spreadsheet", "mailings", "list")),
        ("A theft was found.  It shall encrypt emails containing diagnoses, and review lists that include names.", {}),
        ("None of the emails included names.", {}),
        *((f"A theft was found.  {told} names and diagnoses.", {}) for told in (
            "Neither the emails nor the spreadsheet included", "It is unlikely that the emails included", "OCR could not verify that the files included",
            "It is not known if the list included", "There is no evidence that the emails included", "It notified patients by emails that included",
            "The list of corrective actions included", "A phishing email included",
        )),
        ("The policy requires that mailings including names be checked.  All is well.", {}),
        *((f"A theft was found.  {told} names.", {"names": "names"}) for told in (
            "The laptop was neither locked nor encrypted and contained", "It is unlikely that anybody read the emails that included",
            "It notified patients that thieves with laptops took files that included", "Although it could not find the disk, the list included",
        )),
        ("It sent a mailing including names.  All is well.", {"names": "names"}),
        ("The data included type of service (i.e. medical or dental), diagnoses, etc., and names.", {"type of service (i.e. medical or dental)": "health-records", "diagnoses": "health-records", "names": "names"}),
        ("The data included type of service (e.g. lab and x-ray), and diagnoses, etc.  Letters told of names.", {"type of service (e.g. lab and x-ray)": "health-records", "diagnoses": "health-records"}),
    ],
)  # fmt: skip
def test_what_held_data(story, found):
    assert {words: concept for words, concept, *_ in exposed(story)} == found


@pytest.mark.parametrize("present", ["Yes", "No"])
@pytest.mark.parametrize(
    ("after", "status"),
    [
        ("The CE terminated its relationship with the BA.", "ended"),
        ("The CE considered whether it should terminate its relationship with the BA.", "active"),
        ("The CE retrained its staff.", "active"),
    ],
)
def test_a_vendor_whom_nobody_names_may_be_none_any_more(present, after, status):
    one = read(present, f"The business associate (BA) left a web page open.  {after}")
    assert uses(one) == [("Oak Clinic", "unnamed business associate", status)]


def test_reports_of_breaches_hold_no_data():
    story = "A parcel was damaged.  It contained names.  OCR received two breach reports from the CE which involved similar patterns as the incident report."
    assert [words for words, *_ in exposed(story)] == ["names"]
    assert [words for words, *_ in exposed("Pathology reports were lost which involved diagnoses.")] == ["diagnoses"]
