"""Whom the prose clears among the customers that a post lists as affected."""

from __future__ import annotations

import pytest

from kg.extract.post.extractor import PostExtractor
from kg.extract.reading import document
from kg.model import Defect, Incident

POST = """Elm Cloud breached
Elm Cloud, a vendor of Fern Foods, was breached. {said}
"id": "ELM1761350400",
"linkid": "elm-cloud",
"date": "10/2025",
{{'affected_entities': [{{'name': 'Elm Cloud', 'type': 'Vendor'}}, {{'name': 'Fern Foods', 'type': 'Company'}},
{{'name': 'Hazel Media', 'type': 'Company'}}], 'title': 'Elm Cloud breached'}}
"""


def told_of(said):
    """What a post says of Hazel Media, in whose prose this stands."""
    records = PostExtractor().extract(document("elm.txt", POST.format(said=said).encode()))
    (incident,) = [record for record in records if isinstance(record, Incident)]
    parties = {party.name: party for party in incident.parties}
    assert [parties["Elm Cloud"].role, parties["Fern Foods"].role] == ["breached", "affected_downstream"]
    return parties["Hazel Media"]


@pytest.mark.parametrize(
    "said",
    [
        "Hazel Media was not affected.",
        "Hazel Media was not\xa0affected.",
        "Hazel Media said that it was not affected by the breach.",
        "Hazel Media, a customer of Elm Cloud, was not affected.",
        "Hazel Media also uses Elm Cloud but said it was not affected.",
        "Hazel Media uses Elm Cloud for payroll, but was not affected by the breach.",
        "Fern Foods lost names, but Hazel Media wasn't affected.",
        "According to Elm Cloud, Hazel Media was not impacted.",
        "Hazel Media was not affected either.",
        "Hazel Media was spared.",
        "Hazel Media told reporters it was not affected.",
        "A spokeswoman for Hazel Media said that it was not affected.",
        "Hazel Media was not affected, Elm Cloud said.",
        "Hazel Media and Rowan Bank were not affected.",
        "Neither Rowan Bank nor Hazel Media was affected.",
        "Rowan Bank was unaffected, as was Hazel Media.",
        "Other customers, including Hazel Media, were not affected.",
        "Hazel Media said that it was unaffected. Ford said it was hit.",
        "Hazel Media said that it was unaffected. It runs its own software.",
        "Hazel Media remains unaffected. Fern Foods said that its data was stolen.",
    ],
)
def test_a_customer_that_the_prose_clears_was_not_affected(said):
    party = told_of(said)
    assert party.role == "customer_unaffected"
    assert "Hazel Media" in party.evidence[-1].quote
    assert party.evidence[-1].quote in said


@pytest.mark.parametrize(
    "said",
    [
        "Hazel Media may not have been affected.",
        "Hazel Media's own systems were not affected.",
        "Hazel Media was not breached.",
        "Hazel Media was not directly affected.",
        "Customers of Hazel Media were not affected.",
        "Systems of Hazel Media and Rowan Bank were not affected.",
        "Fern Foods told Hazel Media it was not affected.",
        "Hazel Media told Fern Foods it was not affected.",
        "Hazel Media was not affected financially.",
        "Hazel Media was not affected operationally.",
        "Hazel Media was not affected by the earlier attack.",
        "Hazel Media was not hit by last year's attack.",
        "Hazel Media said it was not affected, then admitted that names were stolen.",
        "Hazel Media said it was not affected but later corrected itself.",
        "Hazel Media was not affected at first but was hit later.",
        "Hazel Media uses Elm Cloud, and its data was taken, but was not affected.",
        "Hazel Media was not affected, but its customers were.",
        "It is not true that Hazel Media was not affected.",
        "Hazel Media initially said it was not affected.",
        "Hazel Media denied being affected financially.",
        "Hazel Media denied that its deliveries were affected.",
        "Hazel Media at first denied being affected.",
        "Hazel Media denied being affected, but later confirmed it.",
    ],
)
def test_what_does_not_clear_all_of_a_customer(said):
    assert told_of(said).role == "affected_downstream"


@pytest.mark.parametrize(
    "said",
    [
        "Data of Hazel Media was stolen.",
        "The attack reached Hazel Media.",
        "The thieves stole files of Hazel Media.",
        "In May, it admitted a breach.",
        "However, it later found that names were taken.",
        "But later names of its clients were published.",
        "Ransomware encrypted the servers of Hazel Media.",
        "Hackers deleted files of Hazel Media.",
        "Hazel Media's records were sold on a dark web market.",
        "Hazel Media later admitted that hackers downloaded its files.",
        "The data of both customers, Fern Foods and Hazel Media, was downloaded.",
        "It paid a ransom.",
        "Days later the gang put its data up for sale.",
        "Hazel Media is a customer of Elm Cloud and paid a ransom.",
        "Hackers who robbed Hazel Media used Elm Cloud.",
        "Elm Cloud, which serves Fern Foods and Hazel Media, leaked files of both.",
        "Hazel lost 300 records in the attack.",
        "Hazel's files are for sale.",
    ],
)
def test_nobody_is_cleared_of_whom_other_words_say_that_they_were_hit(said):
    assert told_of(f"Hazel Media was not affected. {said}").role == "affected_downstream"


def test_the_first_word_of_a_name_tells_of_nobody_where_it_begins_anothers():
    text = POST.format(said="Hazel Media was not affected. Hazel Foods lost names.")
    text = text.replace("{'name': 'Hazel Media'", "{'name': 'Hazel Foods', 'type': 'Company'}, {'name': 'Hazel Media'")
    (incident,) = [r for r in PostExtractor().extract(document("elm.txt", text.encode())) if isinstance(r, Incident)]
    roles = {party.name: party.role for party in incident.parties}
    assert [roles["Hazel Media"], roles["Hazel Foods"]] == ["customer_unaffected", "affected_downstream"]


def test_nobody_is_cleared_by_a_sentence_that_names_them_before():
    assert (
        told_of("Hackers dumped files of Hazel Media, but Hazel Media was not affected.").role == "affected_downstream"
    )


@pytest.mark.parametrize(
    "said",
    [
        "Hazel Media is a customer of Elm Cloud.",
        "Hazel Media uses Elm Cloud for payroll.",
        "Hazel uses Elm Cloud for payroll.",
        "It uses Elm Cloud.",
        "Elm Cloud serves Fern Foods and Hazel Media. It paid a ransom.",
        "Elm Cloud, a supplier of payroll software to Hazel Media and Fern Foods, suffered a ransomware attack in May.",
    ],
)
def test_whose_customer_somebody_is_does_not_say_that_they_were_hit(said):
    assert told_of(f"Hazel Media was not affected. {said}").role == "customer_unaffected"


@pytest.mark.parametrize(
    ("said", "told"), [("It paid a ransom.", 1), ("Hazel lost names.", 1), ("Elm Cloud paid a ransom.", 0)]
)
def test_who_stays_listed_though_the_prose_clears_them_is_told(said, told):
    text = POST.format(said=f"Hazel Media was not affected. {said}")
    records = PostExtractor().extract(document("elm.txt", text.encode()))
    reasons = [record.reason for record in records if isinstance(record, Defect)]
    notice = (
        "('Hazel Media was not affected.'), the field affected_entities[2].name says Hazel Media; the field is kept"
    )
    assert reasons == [f"the prose says that Hazel Media was not affected {notice}"] * told


@pytest.mark.parametrize(("status", "told"), [("Ongoing", 1), ("Retracted", 0)])
def test_a_breached_supplier_that_the_prose_spares_is_told_unless_all_is_denied(status, told):
    text = POST.format(said="Elm Cloud said that it was not breached.").replace(
        "'title'", f"'investigation_status': '{status}', 'title'"
    )
    reasons = [r.reason for r in PostExtractor().extract(document("elm.txt", text.encode())) if isinstance(r, Defect)]
    assert len(reasons) == told
    assert all(reason.startswith("the prose says that Elm Cloud was not breached (") for reason in reasons)


def test_that_a_breached_company_denies_it_of_its_systems_contradicts_nothing():
    text = (
        POST.format(said="Elm Cloud's systems were not breached.")
        .replace("Vendor", "Company")
        .replace(", a vendor of Fern Foods,", "")
    )
    assert not [r for r in PostExtractor().extract(document("elm.txt", text.encode())) if isinstance(r, Defect)]


@pytest.mark.parametrize(
    "said",
    [
        "Hazel Media, too, was not affected.",
        "Hazel Media escaped unscathed.",
        "Hazel Media said it was not impacted by the breach at Elm Cloud.",
        "Hazel Media, another client, was not affected, a spokesperson told reporters.",
        "Hazel Media is not among the victims.",
        "Hazel Media reported no unauthorized access.",
        "Hazel Media said none of its data was taken.",
        "None of Hazel Media's data was taken.",
        "Hazel Media said an internal review found no sign that its records had been touched.",
        "Hazel Media's data was not affected.",
        "Hazel Media is checking whether it was affected.",
        "It is not known whether Hazel Media was affected.",
        "Hazel Media denied being affected.",
        "Hazel Media has denied that it was affected by the breach at Elm Cloud.",
        "Hazel Media, another client, has paid its bill. Hazel Media was not affected.",
    ],
)
def test_nobody_is_sure_of_a_customer_of_whom_the_prose_denies_it_or_leaves_it_open(said):
    party = told_of(said)
    assert party.role == "affected_downstream"
    assert {proof.certainty for proof in party.evidence} == {"suspected"}
    assert "Hazel Media" in party.evidence[-1].quote
    assert party.evidence[-1].quote in said


@pytest.mark.parametrize(
    "said",
    [
        "Hazel Media's own systems were not affected.",
        "Hazel Media was not directly affected.",
        "Hazel Media's website was not affected.",
        "Hazel Media said that payment data was not affected.",
        "Hazel Media said its deliveries were not affected.",
        "Hazel Media said no passwords were taken.",
        "Hazel Media found no unauthorized access to its internal systems.",
        "Hazel Media did not say how many people were affected.",
        "Hazel Media was not affected financially.",
        "Hazel Media was not affected, but some of its clients were.",
        "Hazel Media initially said it was not affected.",
        "Hazel Media was not the only company affected.",
        "Customers of Hazel Media were not affected.",
        "Unlike Hazel Media, Rowan Bank was not affected.",
        "Hazel Media lost names; Fern Foods Labs was not affected.",
        "Hazel Media, whose supplier Elm Cloud was not affected by the first attack, paid.",
        "Hazel Media was not hit as hard as Fern Foods.",
        "Hazel Media was not hit by ransomware, but its data was stolen.",
        "Hazel Media was spared a fine.",
        "Hazel Media users can check whether their data was stolen.",
        "Neither Hazel Media nor Elm Cloud has disclosed what data was affected.",
        "It is unclear whether Hazel Media paid a ransom after it was hit.",
        "Hazel Media notified its clients and found no evidence that any payment information was accessed.",
    ],
)
def test_what_is_said_of_a_part_or_of_others_leaves_a_customer_sure(said):
    party = told_of(said)
    assert (party.role, {proof.certainty for proof in party.evidence}) == ("affected_downstream", {"confirmed"})


@pytest.mark.parametrize(
    "said", ["The remaining 117 customers were not affected.", "The other 117 customers were not hit."]
)
def test_a_group_is_cleared_by_its_number(said):
    text = POST.format(said=said).replace("Hazel Media", "117 other customers")
    (incident,) = [r for r in PostExtractor().extract(document("elm.txt", text.encode())) if isinstance(r, Incident)]
    party = next(party for party in incident.parties if party.unnamed_group)
    assert (party.name, party.role) == ("117 other customers", "customer_unaffected")
    assert party.evidence[-1].quote in said


def vendor_of(said):
    """What a post says of the vendor of a company that was breached, in whose prose this stands."""
    text = POST.replace("Elm Cloud, a vendor of Fern Foods, was breached.", "Files of Fern Foods were stolen.")
    text = text.replace("Elm Cloud breached", "Fern Foods breached").format(said=said)
    records = PostExtractor().extract(document("elm.txt", text.encode()))
    (incident,) = [record for record in records if isinstance(record, Incident)]
    return next(party.role for party in incident.parties if party.name == "Elm Cloud")


@pytest.mark.parametrize(
    "said",
    [
        "Elm Cloud's systems were not compromised.",
        "Elm Cloud, its cloud provider, was not breached.",
        "Reports had pointed to Elm Cloud, but Fern Foods said that a stolen password was used and that Elm Cloud's environment was not compromised.",
        "There is no evidence that Elm Cloud was breached.",
        "Elm Cloud said there was no evidence that its platform had been breached.",
        "A stolen password was used; Elm Cloud's platform was not compromised.",
        "A zero-day in Elm Cloud Files was used to steal data. Elm Cloud's own corporate network was not breached, the vendor said.",
    ],
)
def test_a_supplier_that_a_post_plainly_clears_was_not_breached(said):
    assert vendor_of(said) == "supplier_only"


@pytest.mark.parametrize(
    "said",
    [
        "The theft was not caused by a flaw in Elm Cloud's platform but by a password of one of its engineers.",
        "Elm Cloud said the theft did not stem from a vulnerability in its systems and that a stolen password was used.",
        "The attack was not due to a flaw in Elm Cloud.",
        "There is no evidence that Elm Cloud was breached before May.",
        "Elm Cloud, which was hacked in May, said that its platform was not compromised.",
        "Elm Cloud, whose help desk was hacked, said that its platform was not compromised.",
        "Elm Cloud was hacked, but Elm Cloud's core platform was not compromised.",
        "Intruders took data from Elm Cloud, but Elm Cloud's own network was not breached.",
        "Elm Cloud was breached. There is no evidence that Elm Cloud was hacked.",
        "It is not known if there is any evidence that Elm Cloud was breached.",
        "A flaw in Elm Cloud's portal was used to steal data. Elm Cloud's corporate network was not breached.",
    ],
)
def test_a_supplier_from_which_something_may_have_come_was_breached(said):
    assert vendor_of(said) == "breached"


@pytest.mark.parametrize(
    ("said", "linked"),
    [
        ("Hazel Media said it does not use Elm Cloud.", False),
        ("Hazel Media, a rival, has never been a customer of Elm Cloud.", False),
        ("Hazel Media denied being a customer of Elm Cloud.", False),
        ("Hazel Media does not use Elm Cloud for payments.", True),
        ("Hazel Media is not the only customer of Elm Cloud.", True),
        ("Hazel Media did not say whether it does not use Elm Cloud.", True),
    ],
)
def test_who_is_no_customer_of_the_supplier_is_not_tied_to_it(said, linked):
    records = PostExtractor().extract(document("elm.txt", POST.format(said=said).encode()))
    (incident,) = [record for record in records if isinstance(record, Incident)]
    assert ("Hazel Media" in {link.customer for link in incident.uses_vendor}) == linked
    assert [p.evidence[-1].certainty for p in incident.parties if p.name == "Hazel Media"] == [
        "confirmed" if linked else "suspected"
    ]


def test_those_who_were_hit_are_customers_of_the_only_supplier_that_has_to_deny_it():
    prose = POST.replace(
        "Elm Cloud, a vendor of Fern Foods, was breached.", "Files of Fern Foods and Hazel Media were stolen."
    )
    prose = prose.replace("Elm Cloud breached", "Fern Foods breached")
    text = prose.format(said="Elm Cloud's corporate network was not breached, the vendor said.")
    (incident,) = [r for r in PostExtractor().extract(document("elm.txt", text.encode())) if isinstance(r, Incident)]
    assert {party.name: str(party.role) for party in incident.parties}["Elm Cloud"] == "supplier_only"
    assert {(link.customer, link.supplier) for link in incident.uses_vendor} >= {
        ("Fern Foods", "Elm Cloud"),
        ("Hazel Media", "Elm Cloud"),
    }
