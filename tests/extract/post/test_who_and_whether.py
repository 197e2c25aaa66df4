"""Who was hit, who supplies whom, and whether it happened at all."""

from __future__ import annotations

import pytest

from kg.extract.post.extractor import PostExtractor
from kg.extract.reading import document
from kg.model import Basis, Certainty, Incident

HEADER = '"id": "ACM1741910400",\n"linkid": "acme",\n"type": "Breach",\n"date": "3/2025",\n'


def post(prose, *entities, title="A title", **more):
    listed = [{"name": name, "type": kind, "industry": "Software"} for name, kind in entities]
    listed = {"affected_entities": listed, **more}
    text = f"{title}\n{prose}\n{HEADER}{listed!r}\n"
    (found,) = [
        record
        for record in PostExtractor().extract(document("post.txt", text.encode()))
        if isinstance(record, Incident)
    ]
    return found


def roles(found):
    return {party.name: str(party.role) for party in found.parties}


def used(found):
    return {(link.customer, link.supplier): str(link.status) for link in found.uses_vendor}


def stated(found):
    return {(x.customer, x.supplier) for x in found.uses_vendor if x.evidence[0].basis is Basis.STATED}


def notes(found):
    return {note.key: note.value for note in found.notes}


@pytest.mark.parametrize(
    ("customer", "vendor"), [("Ash, Inc.", "Ash"), ("Ash", "Ash, Inc."), ("Fir Cloud", "FIR CLOUD")]
)
def test_who_is_listed_as_company_and_as_vendor_in_two_spellings_is_one_that_was_breached(customer, vendor):
    found = post("", (customer, "Company"), ("Snowflake Inc.", "Vendor"), (vendor, "Vendor"), ("Bolt Oy", "Company"))
    assert roles(found) == {customer: "breached", "Snowflake Inc.": "breached", "Bolt Oy": "affected_downstream"}
    assert set(used(found)) == {("Bolt Oy", "Snowflake Inc."), ("Bolt Oy", customer)}


@pytest.mark.parametrize(
    "kind",
    ["Healthcare Provider", "Health Care Provider", "Internet Service Provider", "Insurance Provider", "Energy Supplier",
     "Telecommunications Provider", "Mental Health Services Provider", "Defense Contractor",
     "Public Sector", "Public Company", "Public", "Public School District", "Member State", "Consumer Electronics"],
)  # fmt: skip
def test_who_serves_the_public_is_a_victim_beside_a_vendor(kind):
    found = post(
        "A breach at Medscribe hit clients.", ("Medscribe", "Vendor"), ("St. Aldhelm", kind), ("Bolt Oy", "Company")
    )
    assert roles(found) == {
        "Medscribe": "breached",
        "St. Aldhelm": "affected_downstream",
        "Bolt Oy": "affected_downstream",
    }
    assert set(used(found)) == {("St. Aldhelm", "Medscribe"), ("Bolt Oy", "Medscribe")}


@pytest.mark.parametrize(
    "kind",
    ["Service Provider", "Healthcare IT Provider", "Hosting Provider", "Managed Service Provider", "Payroll Provider",
     "MSP", "MSSP", "MSP (IT services)", "Local MSP"],
)  # fmt: skip
def test_who_serves_companies_stays_a_vendor(kind):
    found = post("Medscribe was hit.", ("Medscribe", "Vendor"), ("Coloplex", kind), ("Bolt Oy", "Company"))
    assert set(used(found)) == {("Bolt Oy", "Medscribe"), ("Bolt Oy", "Coloplex")}


@pytest.mark.parametrize(
    "kind",
    ["City Services", "Financial Services", "Managed Care Organization", "Health Services", "Hosting customer",
     "MSP client", "MSSP customer", "IT services company", "Web Hosting Company", "Managed Services", "Outsourcer"],
)  # fmt: skip
def test_who_serves_the_public_or_is_served_or_may_be_one_of_several_victims_is_no_vendor(kind):
    listed = ("Ridge", kind), ("Alder", "Law Firm"), ("Oak", "Law Firm")
    found = post("Alder was hit by ransomware. Ridge helps Alder recover.", *listed)
    assert (roles(found)["Alder"], roles(found)["Oak"], found.uses_vendor) == ("breached", "breached", ())


def test_a_hospital_alone_is_what_was_breached():
    assert roles(post("It was hit.", ("St. Aldhelm", "Healthcare Provider"))) == {"St. Aldhelm": "breached"}


def test_a_network_with_customers_beside_it_is_their_vendor():
    found = post("Telfa was hit.", ("Telfa", "Internet Service Provider"), ("Several banks", "Customers"))
    assert used(found) == {("Several banks", "Telfa"): "active"}


@pytest.mark.parametrize("kind", ["General public", "Public officials", "Patients", "Students and staff"])
def test_people_are_no_organizations(kind):
    assert roles(post("It was hit.", ("Acme", "Company"), ("12,000 people", kind))) == {"Acme": "breached"}


@pytest.mark.parametrize("kind", ["Partner", "Subsidiary", "Parent Company"])
def test_kin_are_nobodys_customers_by_a_list_alone(kind):
    found = post("Zenta was hit.", ("Zenta", "Vendor"), ("Bolt Oy", kind))
    assert not found.uses_vendor
    assert roles(found)["Bolt Oy"] == "affected_downstream"


@pytest.mark.parametrize(
    ("status", "certainty"),
    [
        ("Denied by company", "denied"), ("Denied", "denied"), ("Disputed", "denied"), ("Unconfirmed", "claimed"),
        ("Alleged", "claimed"), ("Ransom denied", "confirmed"), ("Ongoing (company denies negligence)", "confirmed"),
        ("Ongoing; scope unconfirmed", "confirmed"), ("Retracted", "denied"), ("Closed - no breach", "suspected"),
        ("Closed: no breach found", "suspected"), ("False alarm", "denied"), ("Unfounded", "denied"),
        ("Withdrawn", "confirmed"), ("Report was withdrawn", "denied"), ("Closed (claims unfounded)", "denied"),
        ("Completed, no evidence of breach", "suspected"), ("Completed, no evidence of misuse", "confirmed"),
        ("Closed; no evidence of data exfiltration", "confirmed"), ("Closed - no data breach", "confirmed"),
        ("Completed, no evidence of breach of card data", "confirmed"), ("Lawsuit withdrawn", "confirmed"),
        ("Ongoing; no evidence of breach", "confirmed"), ("Servers withdrawn from service", "confirmed"),
        ("Closed, false report", "denied"), ("No breach found", "suspected"), ("Resolved (no breach)", "suspected"),
        ("Investigation closed: report retracted", "denied"), ("Closed. No security incident occurred.", "suspected"),
        ("Misconfiguration fixed; no hack", "confirmed"), ("Secured; no evidence of compromise", "confirmed"),
        ("Settled, all claims withdrawn", "confirmed"), ("Not hacked; third-party vendor breached", "confirmed"),
        ("Credential stuffing, no breach", "confirmed"), ("Human error, no cyberattack", "confirmed"),
        ("No breach; data was scraped", "confirmed"), ("Completed, false alarm ruled out", "confirmed"),
        ("Vulnerability patched, no evidence of attack", "confirmed"), ("Confirmed, listing withdrawn", "confirmed"),
        ("Listing withdrawn", "confirmed"), ("Claims withdrawn", "confirmed"), ("No hack", "confirmed"),
    ],
)  # fmt: skip
def test_a_denied_breach_is_not_confirmed(status, certainty):
    found = post(
        "Acme was in the news.", ("Acme", "Company"), investigation_status=status,
        data_breach={"type_of_data_compromised": "Names"},
    )  # fmt: skip
    assert found.certainty == certainty
    assert found.parties[0].evidence[0].certainty == certainty
    assert found.data_types[0].certainty == certainty
    assert found.status != "unknown" or notes(found)["investigation_status"] == status


@pytest.mark.parametrize("state", ["Closed (no evidence of a breach)", "Closed", "Unconfirmed", "Claimed by a hacker"])
@pytest.mark.parametrize(
    ("prose", "denied"),
    [
        ("Acme has denied claims that it was breached.", True),
        ("Acme denied the breach, but later confirmed that files were stolen.", False),
    ],
)
def test_a_state_that_says_that_nothing_happened_makes_no_surer_what_the_company_denies(state, prose, denied):
    assert (post(prose, ("Acme", "Company"), investigation_status=state).certainty == "denied") is denied


@pytest.mark.parametrize(
    ("kind", "title", "certainty"),
    [("Retraction", "Acme", "denied"), ("Data Breach", "Retraction: Acme", "denied"),
     ("Data Breach", "Retracted paper was stolen from Acme", "confirmed")],
)  # fmt: skip
def test_a_retraction_confirms_nothing(kind, title, certainty):
    found = post("Acme was in the news.", ("Acme", "Company"), type=kind, title=title)
    assert (found.certainty, found.parties[0].evidence[0].certainty) == (certainty, certainty)


@pytest.mark.parametrize(
    ("prose", "certainty"),
    [
        ("Acme has denied that it was breached.", "denied"), ("Acme denies breach after claims by a hacker.", "denied"),
        ("Acme, which denies that its own platform was breached, was in the news.", "denied"),
        ("Acme denied any breach of its systems.", "denied"), ("Acme denied a breach of its duty.", "confirmed"),
        ("Acme denied a breach at first, and later confirmed it.", "confirmed"),
        ("Acme denies breach was its fault.", "confirmed"), ("Acme denies wrongdoing over breach.", "confirmed"),
        ("Acme confirmed a breach but denied that card data was compromised.", "confirmed"),
        ("Access denied. Acme was hacked.", "confirmed"),
    ],
)  # fmt: skip
def test_who_denies_all_of_it_in_the_prose(prose, certainty):
    assert post(prose, ("Acme", "Company")).certainty == certainty


@pytest.mark.parametrize(
    ("said", "certainty"),
    [
        ("Alder disclosed that hackers compromised its provider.", "confirmed"),
        ("Alder confirms massive data breach.", "confirmed"), ("Alder revealed that files were stolen.", "confirmed"),
        ("Alder confirmed that no data was stolen.", "denied"), ("Alder confirmed that it uses Birch.", "denied"),
        ("Alder confirmed that it is investigating reports of a breach.", "denied"),
    ],
)  # fmt: skip
def test_what_a_supplier_denies_happened_where_its_customer_confirms_it(said, certainty):
    found = post(f"{said} Birch denies that it was breached.", ("Alder", "Company"), ("Birch", "Vendor"))
    # Where nobody confirms it, there is nothing that the supplier alone is spared of.
    assert (found.certainty, roles(found)["Birch"]) == (
        certainty,
        "breached" if certainty == "denied" else "supplier_only",
    )


@pytest.mark.parametrize(
    ("told", "certainty"),
    [
        ("Hackers stole names of 8,000 children from Alder.", "confirmed"), ("Alder was hacked.", "confirmed"),
        ("Hackers stole photos from the Alder nursery chain.", "confirmed"),
        ("Alder suffered a data breach.", "confirmed"), ("Names of customers of Alder were stolen.", "confirmed"),
        ("Hackers claim to have stolen data from Alder.", "denied"), ("Data allegedly stolen from Alder is around.", "denied"),
        ("A hacker says he stole data from Alder.", "denied"), ("Data of Alder was put up for sale.", "denied"),
        ("Alder was not hacked.", "denied"), ("Alder uses Birch.", "denied"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("title", [False, True])
def test_a_supplier_denies_nothing_of_what_is_told_of_its_customer(told, certainty, title):
    listed = ("Alder", "Nursery Chain"), ("Birch", "Vendor")
    denial = "Birch denied that it was breached."
    found = post(denial, *listed, title=told) if title else post(f"{told} {denial}", *listed)
    spared = ("breached", "supplier_only") if certainty == "confirmed" else ("affected_downstream", "breached")
    assert (found.certainty, *roles(found).values()) == (certainty, *spared)


def test_a_supplier_that_denies_what_the_prose_lays_to_it_is_not_spared():
    prose = "Alder confirmed that files were stolen. Hackers broke into Birch. Birch denied that it was breached."
    found = post(prose, ("Alder", "Company"), ("Birch", "Vendor"))
    assert (found.certainty, roles(found)["Birch"]) == ("confirmed", "breached")


CHAIN = (("St. Aldhelm", "Company"), ("Medscribe", "Vendor"), ("Coloplex", "Vendor"))


@pytest.mark.parametrize(
    "prose",
    [
        "Data were copied from servers of Coloplex, the hosting provider used by Medscribe.",
        "Medscribe said that servers of Coloplex, the hosting provider used by Medscribe, were entered.",
        "Medscribe uses Coloplex for hosting.", "Coloplex, a supplier of Medscribe, was the way in.",
        "Medscribe's hosting provider Coloplex was breached.", "Medscribe is hosted by Coloplex.",
     "Medscribe’s outsourcer Coloplex was breached.", "Coloplex, an outsourcer for Medscribe, was the way in.",
    ],
)  # fmt: skip
def test_customers_are_tied_to_the_nearer_vendor_only(prose):
    found = post(prose, *CHAIN)
    assert set(used(found)) == {("St. Aldhelm", "Medscribe"), ("Medscribe", "Coloplex")}
    assert stated(found) == {("Medscribe", "Coloplex")}


@pytest.mark.parametrize(
    "prose",
    ["Attackers breached Medscribe using Coloplex credentials.", "Medscribe bought Coloplex in 2020.",
     "Coloplex, a rival of Medscribe, was breached.", "Medscribe does not use Coloplex.",
     "Medscribe's former supplier Coloplex was hit.", "Medscribe provided notice to Coloplex on May 3."],
)  # fmt: skip
def test_what_does_not_say_who_supplies_whom(prose):
    assert set(used(post(prose, *CHAIN))) == {("St. Aldhelm", "Medscribe"), ("St. Aldhelm", "Coloplex")}


@pytest.mark.parametrize(
    ("said", "tied"),
    [
        ("Alder, which provides payroll services to Clinic, was breached.", True), ("Alder was hit. Alder processes claims for Clinic.", True),
        ("Both were hit. Alder provided notice to Clinic on May 3.", False),
        ("Both were hit. Alder provided its findings to Clinic.", False),
        ("Alder was hit. Alder provides no services to Clinic.", False),
    ],
)  # fmt: skip
def test_who_provides_something_is_a_vendor_where_it_was_hit_itself(said, tied):
    found = post(said, ("Alder", "Company"), ("Clinic", "Company"))
    assert set(used(found)) == ({("Clinic", "Alder")} if tied else set())
    assert roles(found) == {"Alder": "breached", "Clinic": "affected_downstream" if tied else "breached"}


def test_a_vendor_that_was_only_reached_through_its_own_is_downstream():
    found = post("Coloplex was breached. Medscribe uses Coloplex. Medscribe's own network wasn't touched.", *CHAIN)
    assert roles(found)["Medscribe"] == "affected_downstream"
    found = post("Coloplex was breached. Medscribe uses Coloplex. Medscribe was hacked as well.", *CHAIN)
    assert roles(found)["Medscribe"] == "breached"


MAIN = (("Aldhelm", "Company"), ("Medscribe", "Vendor"))


@pytest.mark.parametrize(
    ("prose", "others", "pairs"),
    [
        ("It was hit.", (), {("Aldhelm", "Medscribe"), ("Medscribe", "Coloplex")}),
        ("Aldhelm uses Coloplex.", (), {("Aldhelm", "Medscribe"), ("Aldhelm", "Coloplex")}),
        ("Elm uses Coloplex.", ("Elm",), {("Aldhelm", "Medscribe"), ("Aldhelm", "Elm"), ("Elm", "Coloplex")}),
        ("It was hit.", ("Elm",), {("Aldhelm", "Medscribe"), ("Aldhelm", "Elm")}),
    ],
)
def test_a_subcontractor_is_the_only_vendors_and_not_the_customers(prose, others, pairs):
    found = post(prose, *MAIN, ("Coloplex", "Subcontractor"), *((name, "Vendor") for name in others))
    assert set(used(found)) == pairs
    assert used(post("It was hit.", MAIN[0], ("Coloplex", "Subcontractor"))) == {("Aldhelm", "Coloplex"): "active"}


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("Coloplex, a subcontractor of Aldhelm's transcription vendor Medscribe, was the way in.", False),
        ("Coloplex works for Aldhelm's partner, Medscribe.", False),
        ("Coloplex manages Aldhelm's vendor payments.", True),
        ("Coloplex, a subcontractor of Aldhelm, was the way in.", True),
    ],
)
def test_who_works_for_the_vendor_of_a_customer_is_not_said_to_work_for_the_customer(said, states):
    assert (("Aldhelm", "Coloplex") in stated(post(said, *MAIN, ("Coloplex", "Vendor")))) is states


CHANGE = (("Lloyd", "Company"), ("Tata", "Vendor"), ("Fujisu", "Vendor"), ("Bolt Oy", "Company"))


@pytest.mark.parametrize(
    "prose",
    ["Lloyd has replaced Tata with Fujisu as operator of its service desk.", "Lloyd switched from Tata to Fujisu.",
     "Lloyd moved its service desk from Tata to Fujisu.", "Lloyd switched away from Tata to its rival Fujisu.",
     "Lloyd was forced to move quickly and replaced Tata with Fujisu.",
     "Lloyd swapped its long-time supplier Tata for Fujisu.", "Lloyd dropped Tata in favour of Fujisu.",
     "Lloyd said that Tata has been replaced by Fujisu.", "Lloyd did not say when Tata was replaced by Fujisu.",
     "At Lloyd, Fujisu has replaced Tata as operator of its service desk.", "At Lloyd, Fujisu succeeded Tata as a supplier.",
     "Lloyd said that Fujisu took over from Tata as its supplier."],
)  # fmt: skip
def test_who_took_the_place_of_the_breached_vendor_was_not_breached(prose):
    found = post(prose, *CHANGE)
    assert roles(found)["Fujisu"] == "supplier_only"
    assert used(found) == {("Lloyd", "Tata"): "ended", ("Lloyd", "Fujisu"): "active", ("Bolt Oy", "Tata"): "active"}


@pytest.mark.parametrize(
    "prose",
    ["Lloyd plans to replace Tata with Fujisu.", "Lloyd is replacing Tata with Fujisu.",
     "Lloyd says Fujisu will replace Tata as its supplier.", "Lloyd will move its service desk from Tata to Fujisu."],
)  # fmt: skip
def test_a_change_that_is_to_come_ends_nothing_yet(prose):
    found = post(prose, *CHANGE)
    assert used(found) == {("Lloyd", "Tata"): "active", ("Bolt Oy", "Tata"): "active"}


@pytest.mark.parametrize(
    "prose",
    ["Fujisu has replaced Tata as operator of the service desk.", "Fujisu succeeded Tata as supplier of Lloyd.",
     "Fujisu will replace Tata as supplier of Lloyd.", "Tata has been replaced by Fujisu."],
)  # fmt: skip
def test_who_took_the_place_of_a_vendor_of_nobody_knows_whom_was_not_breached(prose):
    found = post(prose, *CHANGE)
    assert (roles(found)["Fujisu"], roles(found)["Tata"]) == ("supplier_only", "breached")


def test_who_took_the_place_of_a_vendor_is_one_whatever_its_type():
    lloyd, tata, _, other = CHANGE
    found = post("Lloyd has replaced Tata with Fujisu.", lloyd, tata, ("Fujisu", "Company"), other)
    assert roles(found)["Fujisu"] == "supplier_only"
    assert used(found) == {("Lloyd", "Tata"): "ended", ("Lloyd", "Fujisu"): "active", ("Bolt Oy", "Tata"): "active"}


@pytest.mark.parametrize(
    ("prose", "left", "new"),
    [
        ("Lloyd has replaced Tata as its payroll provider.", {"Lloyd"}, False),
        ("Lloyd replaced Tata as operator of its service desk.", {"Lloyd"}, False),
        ("Fujisu replaced Tata as its payroll provider.", {"Fujisu"}, False),
        ("Lloyd said that Fujisu has replaced Tata as its payroll provider.", {"Lloyd"}, True),
        ("Fujisu has replaced Tata as Lloyd's payroll provider.", {"Lloyd"}, True),
        ("Lloyd will replace Tata as its payroll provider.", set(), False),
    ],
)
def test_who_replaces_a_vendor_as_its_own_is_the_customer_that_left_it(prose, left, new):
    found = post(prose, ("Lloyd", "Company"), ("Tata", "Vendor"), ("Fujisu", "Company"))
    assert roles(found)["Fujisu"] == ("supplier_only" if new else "affected_downstream")
    assert roles(found)["Lloyd"] == "affected_downstream"
    assert {customer for (customer, _), status in used(found).items() if status == "ended"} == left


@pytest.mark.parametrize(
    "prose",
    ["Attackers moved from Tata to Fujisu.", "Lloyd has not replaced Tata with Fujisu.",
     "Lloyd dropped Tata for Fujisu, which was hacked as well.",
     "Lloyd replaced Tata with Fujisu. Hackers stole 2 TB of files from Fujisu."],
)  # fmt: skip
def test_a_new_vendor_that_was_hit_and_one_that_is_not_new(prose):
    assert roles(post(prose, *CHANGE))["Fujisu"] == "breached"


@pytest.mark.parametrize(
    "said",
    ["Hackers stole a laptop that Lloyd had bought from Fujisu.", "The files stolen were those which Lloyd had from Fujisu.",
     "Data was stolen of clients who had moved from Fujisu."],
)  # fmt: skip
def test_nothing_is_stolen_from_whom_a_clause_on_what_was_stolen_names(said):
    assert roles(post(f"Lloyd replaced Tata with Fujisu. {said}", *CHANGE))["Fujisu"] == "supplier_only"


def test_only_the_clause_that_ties_two_states_that_one_uses_the_other():
    prose = (
        "Old Vicar said 1,180 buyers had been affected, Playhouse put its figure at 640; the charity Shelter Now, whose "
        "raffle runs on Eventria, is still counting."
    )
    names = ("Old Vicar", "Playhouse", "Shelter Now")
    found = post(prose, *((name, "Company") for name in names), ("Eventria", "Vendor"))
    assert set(used(found)) == {(name, "Eventria") for name in names}
    assert stated(found) == {("Shelter Now", "Eventria")}
    prose = (
        "Attackers stole customer support data from their Salesforce instances by means of tokens taken from Salesloop."
    )
    assert not stated(post(prose, ("Salesforce", "Company"), ("Salesloop", "Vendor")))
    found = post(
        "Old Vicar, Playhouse and Shelter Now relied on Eventria.",
        *((n, "Company") for n in names),
        ("Eventria", "Vendor"),
    )
    assert len(stated(found)) == 3


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("Names, email addresses; no passport or credit card details", "names email-addresses"),
        ("Names, emails, but not passwords", "names email-addresses"), ("No payment data", ""),
        ("Names and emails (no financial data)", "names email-addresses"),
        ("Names, addresses, without card numbers", "names physical-addresses"),
        ("Contact data excluding Social Security numbers", "contact-details"),
        ("Names, addresses. Passwords were not affected", "names physical-addresses"), ("Under investigation", ""),
        ("Names, including but not limited to emails, DOB", "names email-addresses dates-of-birth"),
        ("Names accessed without authorization", "names"), ("Account No and names", "customer-data names"),
        ("Internal emails", "email-content"),
        ("Names, emails; passwords not included", "names email-addresses"),
        ("Names, Social Security numbers (not affected), emails", "names email-addresses"),
        ("Names (passwords not included)", "names"), ("Names, passwords not affected by the breach", "names"),
        ("Names and passwords not included", ""), ("Names accessed and not stolen", "names"),
    ],
)  # fmt: skip
def test_what_was_not_taken_is_not_recorded(told, kinds):
    found = post("It was hit.", ("Acme", "Company"), data_breach={"type_of_data_compromised": told})
    assert " ".join(exposed.concept for exposed in found.data_types) == kinds
    spared = told.startswith("Under") or any(f" {word} " in f" {told}" for word in ("no", "not", "No", "excluding"))
    assert (
        not spared
        or "limited" in told
        or "Account" in told
        or notes(found)["data_breach.type_of_data_compromised"] == told
    )


@pytest.mark.parametrize(
    "told", ["Names, while passwords were not affected", "Names (while passwords were not affected)"]
)
def test_the_word_that_begins_a_denial_is_no_kind_of_data(told):
    found = post("It was hit.", ("Acme", "Company"), data_breach={"type_of_data_compromised": told})
    assert [exposed.text for exposed in found.data_types] == ["Names"]


@pytest.mark.parametrize("told", ["None, according to the company", "None (according to Acme).", "no, per Acme"])
def test_whoever_says_that_nothing_was_taken_names_no_kind_of_data(told):
    found = post("It was hit.", ("Acme", "Company"), data_breach={"type_of_data_compromised": told})
    assert found.data_types == ()
    assert notes(found)["data_breach.type_of_data_compromised"] == told


def test_the_owner_of_data_is_the_party_that_is_named_behind_them():
    taken = "internal source code; names and e-mail addresses of Birch Motors customers; phone numbers of Cedar clients"
    listed = ("Alder", "Vendor"), ("Birch Motors", "Company"), ("Cedar Bank", "Company")
    found = post("Alder was hit.", *listed, data_breach={"type_of_data_compromised": taken})
    assert {exposed.text: exposed.owner for exposed in found.data_types} == {
        "internal source code": "", "names": "Birch Motors", "e-mail addresses": "Birch Motors",
        "phone numbers": "Cedar Bank",
    }  # fmt: skip
    taken = "names of Birch Motors customers; names of Cedar Bank clients"
    found = post("Alder was hit.", *listed, data_breach={"type_of_data_compromised": taken})
    assert [(exposed.text, exposed.owner) for exposed in found.data_types] == [("names", "")]


def test_what_may_have_been_taken_is_suspected():
    told = "Names, possibly Social Security numbers and passports, dates of birth, salaries (alleged)"
    found = post("It was hit.", ("Acme", "Company"), data_breach={"type_of_data_compromised": told})
    assert {exposed.concept: str(exposed.certainty) for exposed in found.data_types} == {
        "names": "confirmed", "social-security-numbers": "suspected", "identity-documents": "suspected",
        "dates-of-birth": "confirmed", "salary": "claimed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("prose", "service"),
    [
        ("Zenta, which provides payroll services to councils, was hit.", "payroll services"),
        ("Zenta offers booking software for hotels.", "booking software"),
        ("Zenta denies breach after hacker offers six million records for sale.", ""),
        ("Zenta, a contractor that provides checks has been compromised, according to two people.", ""),
        ("Zenta provides credit monitoring to those affected.", ""),
        ("Zenta offers refunds to customers.", ""),
        ("Zenta provided no further details to reporters.", ""),
    ],
)
def test_a_service_is_what_a_vendor_does_for_its_customers(prose, service):
    (link,) = post(prose, ("Zenta", "Vendor"), ("Bolt Oy", "Company")).uses_vendor
    assert link.service == service


def test_a_former_name_and_a_remark_are_no_part_of_a_name():
    found = post(
        "Bolt Oy suspended its contract with Perkr.", ("Perkr (formerly Points4You)", "Vendor"), ("Bolt Oy", "Company"),
        threat_actor="Scattered Spider (suspected)",
    )  # fmt: skip
    assert used(found) == {("Bolt Oy", "Perkr"): "suspended"}
    assert [(a.party, str(a.kind), a.other) for a in found.affiliations] == [("Perkr", "former_name", "Points4You")]
    (attacker,) = [party for party in found.parties if str(party.role) == "attacker"]
    assert attacker.name == "Scattered Spider"
    assert attacker.evidence[0].certainty is Certainty.SUSPECTED


@pytest.mark.parametrize("kind", ["Regulatory Action", "Regulatory Fine", "Legal Action"])
def test_an_abbreviation_inside_a_word_is_no_type(kind):
    found = post("It was fined.", ("Acme", "Company"), type=kind)
    assert [told.concept for told in found.types] == ["data-breach", "other"]


def test_regulators_that_were_told_are_a_response():
    told = {"regulatory_notifications": ["ICO", "CNIL", "Pending"]}
    found = post("It was hit.", ("Acme", "Company"), regulatory_compliance=told)
    assert [(action.action, action.text) for action in found.responses] == [
        ("notify-regulator", "ICO"),
        ("notify-regulator", "CNIL"),
    ]
    assert notes(found)["regulatory_compliance.regulatory_notifications[2]"] == "Pending"


@pytest.mark.parametrize(
    ("told", "counts", "noted"),
    [
        ("62.4 million students and 9.5 million teachers", [62_400_000, 9_500_000], False),
        ("62.4 million students; 9.5 million teachers", [62_400_000, 9_500_000], False),
        ("5,000 customers, of whom 300 children", [5_000], True),
        ("3,000-4,000 patients", [3_000], False),
    ],
)
def test_two_groups_in_one_value_are_both_counted(told, counts, noted):
    found = post("It was hit.", ("Acme", "Company"), data_breach={"number_of_records_exposed": told})
    assert [count.low for count in found.record_counts] == counts
    assert ("data_breach.number_of_records_exposed" in notes(found)) is noted


@pytest.mark.parametrize(
    ("prose", "status"),
    [
        ("Alder has suspended its partnership with payroll vendor Birch Pay after a breach at Birch Pay exposed data.", "suspended"),
        ("Birch Pay, which provides payroll services to Alder, suffered a data breach.", "active"),
        ("Alder uses Birch Pay. Birch Pay was hacked in May.", "active"),
        ("Hackers stole data of Alder from its payroll provider Birch Pay. Birch Pay was breached in May.", "active"),
        ("Alder, which uses Birch Pay for its wages, was affected by a data breach at Birch Pay.", "active"),
        ("Alder said that data was stolen in a breach at its vendor Birch Pay.", "active"),
    ],
)  # fmt: skip
def test_a_vendor_is_one_whatever_its_type_says(prose, status):
    found = post(prose, ("Alder", "Company"), ("Birch Pay", "Company"))
    assert roles(found) == {"Alder": "affected_downstream", "Birch Pay": "breached"}
    assert used(found) == {("Alder", "Birch Pay"): status}


def test_of_two_companies_neither_of_which_supplies_the_other_both_were_breached():
    found = post("Alder and Birch were hacked by the same group.", ("Alder", "Company"), ("Birch", "Company"))
    assert (roles(found), used(found)) == ({"Alder": "breached", "Birch": "breached"}, {})


@pytest.mark.parametrize(
    "prose",
    [
        "Hackers stole data from Alder Health. The ransomware disrupted the healthcare provider's systems for weeks.",
        "Alder Health confirmed a breach. The technology company said hackers stole customer data.",
        "Alder Health shut down its systems. The government underwrote a loan to support the company's suppliers.",
        "Hackers broke into systems operated by Alder Health.",
        "Alder Health was hacked. It is its third major incident, following a 2022 breach of its vendor Birch.",
        "Alder Health detected unauthorized activity on certain of its information technology systems.",
        "Alder Health has disclosed a breach. It follows a 2022 breach linked to the compromise of its vendor Birch.",
    ],
)
def test_a_provider_that_is_the_company_itself_or_of_another_breach_makes_no_customer_of_it(prose):
    assert roles(post(prose, ("Alder Health", "Company"))) == {"Alder Health": "breached"}


@pytest.mark.parametrize(
    "prose",
    [
        "A ransomware attack on check-in software supplied by Birch Aerospace disrupted Alder Airport.",
        "Alder Airport said that data was stolen from the systems of a payroll provider.",
        "Data of Alder Airport was stolen following a May 2025 breach at its payroll vendor.",
        "Alder Airport disclosed a breach at Birch. The payroll provider said that hackers took files.",
    ],
)
def test_what_happened_at_a_supplier_makes_a_customer_of_it(prose):
    assert roles(post(prose, ("Alder Airport", "Airport"))) == {"Alder Airport": "affected_downstream"}


@pytest.mark.parametrize(
    ("prose", "certainty"),
    [
        ("Data of employees was stolen. The stolen data could potentially be used for phishing after the breach.", "confirmed"),
        ("Data was stolen. Access is believed to have begun on June 24.", "confirmed"),
        ("Data was stolen. Alder Labs could face a possible class action over the breach.", "confirmed"),
        ("Police arrested a suspected hacker who stole data.", "confirmed"),
        ("The intruders may have accessed names and passwords.", "suspected"),
        ("Names were potentially exposed.", "suspected"),
        ("Attackers may have used stolen credentials to access names.", "suspected"),
        ("A flaw may have given hackers access to names.", "suspected"),
        ("A breach of names may have occurred.", "suspected"),
        ("Names could potentially have been exposed.", "suspected"),
        ("Names may possibly have been stolen.", "suspected"),
        ("Alder Labs May Be Affected by Breach", "suspected"),
        ("Names of patients might also be exposed after the breach.", "suspected"),
        ("Names Could Be at Risk After Breach", "suspected"),
        ("Names were stolen. Customers may be at risk of fraud after the breach.", "confirmed"),
        ("Names were stolen. Deliveries may be affected for days.", "confirmed"),
        ("Customers who placed orders of names may be affected.", "suspected"),
        ("Names were stolen in a breach that hit 500 companies that may be affected.", "confirmed"),
        ("Names were stolen. Experts warn other banks may be affected.", "confirmed"),
        ("Names were stolen. Police said “other health care providers may have been breached.”", "confirmed"),
        ("Names were stolen. Experts warn other companies may be compromised next.", "confirmed"),
        ("Alder Labs and other companies may be affected.", "suspected"),
        ("Names of other customers may have been exposed.", "suspected"),
        ("Names and other data may be exposed.", "suspected"),
        ("The exposed data may include names.", "suspected"), ("Files that were stolen may include names.", "suspected"),
        ("Names were stolen. Remedies for the exposed clients may include names of lawyers.", "confirmed"),
        ("Names were stolen. Bank details were not believed to have been exposed.", "confirmed"),
        ("Names were stolen. No passwords are believed to have been stolen.", "confirmed"),
        ("No passwords were taken but names are believed to have been stolen.", "suspected"),
        ("It is not known which names may have been stolen.", "suspected"),
        ("Names were stolen. The breach could potentially have been used to make money.", "confirmed"),
    ],
)  # fmt: skip
def test_only_a_doubt_of_the_harm_itself_makes_it_suspected(prose, certainty):
    found = post(prose, ("Alder Labs", "Company"), data_breach={"type_of_data_compromised": "names"})
    assert {kind.certainty.value for kind in found.data_types} == {certainty}


def test_a_title_that_hedges_is_heard_where_there_is_no_prose():
    stored = '{"id": "ACM1741910400", "linkid": "acme", "title": "Acme May Be Affected by Breach of Birch", "affected_entities": [{"name": "Acme", "type": "Company"}], "data_breach": {"type_of_data_compromised": ["Names"]}}'
    (found,) = PostExtractor().extract(document("post.json", stored.encode()))
    assert [kind.certainty for kind in found.data_types] == [Certainty.SUSPECTED]


def test_a_vendor_that_the_prose_spares_was_not_breached():
    prose = (
        "Alder confirmed that data was stolen from its Cedar CRM instance through stolen Birch Chat tokens. "
        "The Cedar CRM platform itself was not compromised."
    )
    found = post(prose, ("Alder", "Company"), ("Birch Chat", "Vendor"), ("Cedar CRM", "Vendor"))
    assert roles(found) == {"Alder": "affected_downstream", "Birch Chat": "breached", "Cedar CRM": "supplier_only"}

    found = post(
        "Data was stolen through Birch Chat. Cedar CRM said that its platform was not compromised.",
        ("Alder", "Company"), ("Birch Chat", "Vendor"), ("Cedar CRM", "Vendor"),
    )  # fmt: skip
    assert roles(found) == {"Alder": "affected_downstream", "Birch Chat": "breached", "Cedar CRM": "supplier_only"}


INSTANCE = (("Alder", "Company"), ("Cedar CRM", "Vendor"))


@pytest.mark.parametrize(
    "prose",
    [
        "Alder said that callers tricked staff into connecting an app to its Cedar CRM instance. Cedar CRM itself was not breached.",
        "Alder lost data held in Cedar CRM. Cedar CRM said that its platform was not compromised.",
        "Alder lost data held in Cedar CRM. Cedar CRM was not affected.",
        "Alder was breached. Its vendor Cedar CRM was not breached.",
        "Alder was breached. The cloud provider Cedar CRM has not been hacked, it said.",
        "Hackers entered Alder's Cedar CRM instance with malware. Cedar CRM's own systems were not breached.",
        "Alder was breached, but Cedar CRM, which hosts its data, said it was not compromised.",
        "Alder was breached. Cedar CRM (CC), which hosts its data, said that none of its systems or users were compromised.",
        "Alder was breached. Cedar CRM said it found no evidence that the activity was caused by a breach of its platform.",
        "Alder disclosed a breach. Cedar CRM denied that its own platform was breached and attributed it to stolen logins.",
        "Alder confirms breach. Cedar CRM, which denies that its platform was breached, blamed stolen logins.",
        "Data were stolen from a Cedar CRM account of Alder. Cedar CRM said that its platform was not breached.",
        "Data of Alder were stolen. There had been no breach of Cedar CRM. Cedar CRM was not breached.",
        "Cedar CRM was not breached. Alder confirmed that it is responding to an attack.",
    ],
)  # fmt: skip
def test_the_only_vendor_that_the_prose_spares_leaves_the_company_as_the_breached_one(prose):
    found = post(prose, *INSTANCE)
    assert roles(found) == {"Alder": "breached", "Cedar CRM": "supplier_only"}
    assert set(used(found)) == {("Alder", "Cedar CRM")}
    assert found.parties[1].evidence[-1].quote.startswith("Cedar CRM")
    assert {proof.certainty for party in found.parties for proof in party.evidence} == {Certainty.CONFIRMED}


@pytest.mark.parametrize(
    "told",
    ["Data were stolen from Cedar CRM.", "It lost data of Alder.", "The company lost names.", "Later it said that names were stolen.",
     "After a breach of Cedar CRM, Alder lost names.", "There was no attack on Alder but a breach of Cedar CRM."],
)  # fmt: skip
def test_a_vendor_that_is_accused_as_well_is_not_spared(told):
    found = post(f"Alder was in the news. Cedar CRM was not breached. {told}", *INSTANCE)
    assert roles(found) == {"Alder": "affected_downstream", "Cedar CRM": "breached"}


def test_a_spared_vendor_beside_a_breach_elsewhere_or_a_customer():
    spared = "Cedar CRM itself was not breached."
    found = post(f"Data was stolen from a payroll provider of Alder. {spared}", *INSTANCE)
    assert roles(found) == {"Alder": "affected_downstream", "Cedar CRM": "supplier_only"}
    found = post(f"Otter Bank lost data. {spared}", ("Cedar CRM", "Company"), OTTER)
    assert roles(found) == {"Cedar CRM": "supplier_only", "Otter Bank": "breached"}
    assert set(used(found)) == {("Otter Bank", "Cedar CRM")}


@pytest.mark.parametrize(
    ("prose", "listed"),
    [
        ("Cedar CRM was breached, Alder said. Cedar CRM said that it was not compromised.", INSTANCE),
        ("Alder was hit by the Cedar CRM attacks. Cedar CRM said that its platform was not compromised.", INSTANCE),
        ("Thieves broke into Cedar CRM. Cedar CRM itself was not breached.", INSTANCE),
        ("Cedar CRM confirmed unauthorized access to a server. Cedar CRM said it was not hacked.", INSTANCE),
        ("Files were copied from a server at Cedar CRM. Cedar CRM said its platform was not compromised.", INSTANCE),
        ("Alder data was taken from Cedar CRM, a seller says. Cedar CRM said that it was not breached.", INSTANCE),
        ("Cedar CRM told clients of an incident. It found malware. Cedar CRM itself was not breached.", INSTANCE),
        ("Data was sold. Cedar CRM was not breached.", INSTANCE[1:]),
        ("Data was sold. Cedar CRM was not breached.", (*INSTANCE[1:], ("Several banks", "Customers"))),
    ],
)  # fmt: skip
def test_a_vendor_that_the_prose_spares_and_accuses_or_that_is_alone_is_only_suspected(prose, listed):
    (found,) = [party for party in post(prose, *listed).parties if party.name == "Cedar CRM"]
    assert str(found.role) == "breached"
    assert {proof.certainty for proof in found.evidence} == {Certainty.SUSPECTED}


@pytest.mark.parametrize(
    "prose",
    [
        "Alder confirmed a data breach. Alder said its services were not affected.",
        "Intruders stole records of Alder. Alder's systems were not affected.",
        "Attackers logged in to Alder accounts. Alder's own systems were not breached.",
        "Data was sold. Alder said that it was not breached.",
    ],
)
@pytest.mark.parametrize("entity", [("Alder", "Company"), ("Alder", "Hospital")])
def test_a_company_that_spares_its_own_systems_is_breached_all_the_same(prose, entity):
    (party,) = post(prose, entity).parties
    assert (str(party.role), {proof.certainty for proof in party.evidence}) == ("breached", {Certainty.CONFIRMED})


@pytest.mark.parametrize(
    "said",
    [
        "Cedar CRM said its services were not affected.", "Cedar CRM's systems were not affected.",
        "Cedar CRM's platform remained untouched.", "Cedar CRM's service was not compromised.",
    ],
)  # fmt: skip
def test_a_vendor_whose_services_run_on_is_not_spared(said):
    found = post(f"Hackers copied client files held by Cedar CRM, Alder said. {said}", *INSTANCE)
    assert roles(found) == {"Alder": "affected_downstream", "Cedar CRM": "breached"}
    assert {proof.certainty for party in found.parties for proof in party.evidence} == {Certainty.CONFIRMED}


@pytest.mark.parametrize(
    "prose",
    [
        "Cedar CRM's payment systems were not affected.", "Cedar CRM was not breached in 2023.",
        "It is not known whether Cedar CRM was not affected.", "Clients of Cedar CRM were not affected.",
        "Cedar CRM first said that it was not breached.", "Cedar CRM was not compromised until May.",
        "Alder, a customer of Cedar CRM, was not affected.", "Card data of Cedar CRM was not compromised.",
        "Cedar CRM was not breached by accident.",
    ],
)  # fmt: skip
def test_what_does_not_spare_all_of_a_vendor(prose):
    found = post(prose, ("Cedar CRM", "Vendor"), ("Birch", "Company"))
    assert roles(found) == {"Cedar CRM": "breached", "Birch": "affected_downstream"}
    assert {proof.certainty for party in found.parties for proof in party.evidence} == {Certainty.CONFIRMED}


OTTER = ("Otter Bank", "Customer")


@pytest.mark.parametrize(
    ("prose", "kind"),
    [
        ("Hackers broke into Cedar CRM and stole files of Alder.", "Vendor (source code not accessed)"),
        (
            "A former employee of Cedar CRM copied the files of Alder. Cedar CRM said its systems were not hacked.",
            "Vendor",
        ),
        ("Cedar CRM left a bucket with files of Alder open to the internet. Cedar CRM was not hacked.", "Vendor"),
    ],
)
def test_a_vendor_by_whom_data_were_lost_is_not_spared(prose, kind):
    assert roles(post(prose, ("Alder", "Company"), ("Cedar CRM", kind)))["Cedar CRM"] == "breached"


def test_a_customer_without_an_industry_may_be_a_person():
    people = [{"name": "Birch", "type": "Company", "industry": "Software"}, {"name": "Jane Doe", "type": "Client"}]
    assert not post("Birch was breached.", affected_entities=people).uses_vendor


@pytest.mark.parametrize("kind", ["Customer (also breached)", "Client (ransomware victim)", "Customer, also attacked"])
def test_a_customer_that_its_type_says_was_hit_itself_uses_nobody(kind):
    found = post("Both were hit.", ("Birch", "Company"), ("Otter Bank", kind))
    assert (roles(found)["Otter Bank"], used(found)) == ("breached", {})


@pytest.mark.parametrize("kind", ["Customer", "Client", "Business Customer", "Affected Customer", "Customer (Bank)"])
def test_a_customer_beside_the_only_other_company_uses_it(kind):
    found = post("Birch was breached. Otter Bank lost data.", ("Birch", "Company"), ("Otter Bank", kind))
    assert roles(found) == {"Birch": "breached", "Otter Bank": "affected_downstream"}
    (link,) = found.uses_vendor
    assert (link.customer, link.supplier, str(link.evidence[0].basis)) == ("Otter Bank", "Birch", "implied")
    assert roles(post("It was hit.", ("Otter Bank", kind))) == {"Otter Bank": "breached"}
    assert roles(post("It was hit.", ("Otter Bank", kind), ("Some firms", "Companies")))["Otter Bank"] == "breached"


def test_where_several_companies_may_have_the_customers_none_is_said_to_have_them():
    found = post("They were hit.", ("Acme Inc.", "Company"), ("Birch", "Company"), OTTER)
    assert roles(found) == {"Acme Inc.": "breached", "Birch": "breached", "Otter Bank": "affected_downstream"}
    assert used(found) == {}
    found = post("They were hit.", ("Ash", "Company"), ("Birch", "Parent Company"), OTTER)
    assert set(used(found)) == {("Otter Bank", "Ash")}


@pytest.mark.parametrize(
    ("prose", "role"),
    [
        ("Otter Bank was breached by hackers who also hit Birch.", "breached"),
        ("Otter Bank itself was hacked.", "breached"), ("Hackers breached Otter Bank and Birch.", "breached"),
        ("Otter Bank suffered a ransomware attack in May.", "breached"),
        ("A supplier of Otter Bank was breached.", "affected_downstream"),
        ("Hackers breached the Otter Bank account at Birch.", "affected_downstream"),
        ("Otter Bank was breached through Birch.", "affected_downstream"),
        ("A breach at Birch hit Otter Bank.", "affected_downstream"),
        ("It is not known whether Otter Bank was breached.", "affected_downstream"),
        ("Otter Bank was hit.", "affected_downstream"),
    ],
)  # fmt: skip
def test_a_customer_that_was_attacked_itself_is_breached(prose, role):
    found = post(prose, ("Birch", "Company"), OTTER)
    assert roles(found)["Otter Bank"] == role


@pytest.mark.parametrize(
    "name",
    ["Pet owners", "Parents of pupils", "Military Families", "Expectant Mothers", "Car Owners", "Small online shops"],
)
def test_people_and_whom_nobody_names_are_no_customers_that_are_organizations(name):
    assert not used(post("Birch was breached.", ("Birch", "Company"), (name, "Customer")))
    assert set(used(post("Birch was breached.", ("Birch", "Company"), ("eBay", "Customer")))) == {("eBay", "Birch")}


def test_a_supplier_that_was_not_hit_is_that_of_the_only_company_that_was():
    spared, alder = ("Cedar CRM", "Vendor (unaffected)"), ("Alder", "Company")
    assert set(used(post("Alder was breached.", alder, spared))) == {("Alder", "Cedar CRM")}
    assert used(post("Both were breached.", alder, spared, ("Fern Air", "Airline"))) == {}
    with_kin = post("Alder was breached.", alder, spared, ("Fern", "Partner"))
    assert set(used(with_kin)) == {("Alder", "Cedar CRM")}
    with_people = post("Alder was breached.", alder, spared, ("4,000 customers", "Customers"))
    assert set(used(with_people)) == {("Alder", "Cedar CRM")}
    assert used(post("They were breached.", spared, ("Several banks", "Banks"))) == {}


@pytest.mark.parametrize(
    ("name", "kind", "links"),
    [
        ("Several credit unions", "Customers", 1), ("two US hospitals", "Clients", 1), ("12 million customers", "Customers", 0),
        ("Up to 900 clients", "Clients", 0), ("Shoppers", "Customers", 0), ("12,000 customers of two banks", "Customers", 0),
        ("Several banks", "Business Partners", 0), ("Retail Customers", "Customers", 0),
    ],
)  # fmt: skip
def test_a_group_of_customers_uses_the_company_where_it_is_surely_one_of_organizations(name, kind, links):
    found = post("Birch was breached.", ("Birch", "Company"), (name, kind))
    assert list(used(found)) == [(name, "Birch")][:links]
    assert roles(found)["Birch"] == "breached"
    with_another = post("Birch was breached.", ("Birch", "Company"), OTTER, (name, kind))
    assert set(used(with_another)) == {("Otter Bank", "Birch"), *used(found)}
    assert roles(with_another)[name] == roles(found)[name]


def test_a_customer_that_its_type_spares_keeps_its_vendor():
    for kind in ("Vendor", "Company"):
        found = post("Birch was hit.", ("Birch", kind), OTTER, ("Kestrel Bank", "Customer (not affected)"))
        assert roles(found)["Kestrel Bank"] == "customer_unaffected"
        assert set(used(found)) == {("Otter Bank", "Birch"), ("Kestrel Bank", "Birch")}


@pytest.mark.parametrize(
    "kind",
    ["Vendor (not affected)", "Vendor (not breached)", "Unaffected vendor", "Supplier (not hacked)",
     "Platform provider (not itself compromised)"],
)  # fmt: skip
def test_a_vendor_that_its_type_spares_keeps_its_customers(kind):
    found = post("Alder lost data.", ("Alder", "Company"), ("Cedar CRM", kind))
    assert roles(found) == {"Alder": "breached", "Cedar CRM": "supplier_only"}
    assert set(used(found)) == {("Alder", "Cedar CRM")}
    found = post("Data was stolen at a payroll vendor.", ("Alder", "Company"), ("Cedar CRM", kind))
    assert roles(found)["Alder"] == "affected_downstream"
    found = post("Birch was hit.", ("Alder", "Company"), ("Birch", "Vendor"), ("Cedar CRM", kind))
    assert [str(link.evidence[0].confidence) for link in found.uses_vendor] == ["0.9", "0.5"]


@pytest.mark.parametrize(
    "kind", ["Customer (not breached)", "Company (not hacked itself)", "Bank (not directly affected)"]
)
def test_whose_own_systems_were_not_hit_may_be_affected_all_the_same(kind):
    found = post("Birch was hit.", ("Birch", "Company"), ("Otter Bank", kind))
    assert roles(found) == {"Birch": "breached", "Otter Bank": "affected_downstream"}


def test_who_made_what_a_vendor_used_is_the_vendors_vendor():
    prose = "Alder said that data was exposed through its vendor Birch Research, which used the Transfer application made by Cedar Software."
    found = post(prose, ("Alder", "Company"), ("Birch Research", "Vendor"), ("Cedar Software", "Vendor"))
    assert used(found) == {("Alder", "Birch Research"): "active", ("Birch Research", "Cedar Software"): "active"}


def test_a_claimed_number_of_customers_is_a_claim():
    listed = [{"name": "Alder", "customers_affected": "1.2 million (claimed)"}]
    found = post("Alder was breached.", affected_entities=listed)
    assert [(count.low, count.certainty.value) for count in found.record_counts] == [(1_200_000, "claimed")]


@pytest.mark.parametrize(
    ("prose", "number", "certainties"),
    [
        ("Data was stolen.", "90,000", ["confirmed"]),
        ("Data was stolen.", "Potentially 90,000", ["suspected"]),
        ("Data was stolen.", "Up to 90,000 (potential)", ["suspected"]),
        ("Data was stolen.", "5,000 employees, potentially 90,000 customers", ["confirmed", "suspected"]),
        ("Data was stolen.", "90,000 (as of May 2026)", ["confirmed"]),
        ("Data was stolen.", "At least 90,000, possibly more", ["confirmed"]),
        ("Data was stolen.", "At least 90,000; could exceed 100,000", ["confirmed"]),
        ("Data was stolen.", "90,000 (likely including 3,000 minors)", ["confirmed"]),
        ("Data was stolen.", "90,000 (likely)", ["suspected"]),
        ("Data was stolen.", "Could reach 90,000 people", ["suspected"]),
        ("Data was stolen.", "Possibly more than 90,000", ["suspected"]),
        ("Data may have been accessed.", "90,000", ["suspected"]),
        ("Data may have been accessed.", "90,000 (claimed)", ["claimed"]),
        ("Data was stolen.", "90,000, according to the hackers", ["claimed"]),
        ("Alder denied that it was breached.", "90,000 (claimed)", ["denied"]),
    ],
)
def test_a_count_is_as_sure_as_its_words_and_the_text(prose, number, certainties):
    listed = [{"name": "Alder", "customers_affected": number}]
    found = post(prose, affected_entities=listed, data_breach={"number_of_records_exposed": number})
    assert [str(count.certainty) for count in found.record_counts] == 2 * certainties
    assert all(count.evidence[0].certainty is count.certainty for count in found.record_counts)


@pytest.mark.parametrize(
    ("told", "unit"),
    [
        ("218 repositories", "repositories"), ("3,000 servers", "devices"), ("1.3 million email addresses", "records"),
        ("4,000 accounts", "accounts"), ("4,000", "people"), ("4,000 patients", "people"), ("4,000 farms", "people"),
        ("4,000 householders", "people"), ("80-200 law firms", "organizations"), ("4,000 users (12 servers)", "people"),
    ],
)  # fmt: skip
def test_whom_or_what_a_company_counts_as_affected(told, unit):
    found = post("Alder was hit.", affected_entities=[{"name": "Alder", "customers_affected": told}])
    assert [count.unit for count in found.record_counts] == [unit]


@pytest.mark.parametrize(
    ("number", "told", "counts", "noted"),
    [
        ("", "61,204 records", [(61_204, "records", "confirmed")], False),
        ("", "Names, potentially 61,204 records", [(61_204, "records", "suspected")], False),
        ("Unknown", "Over 6 TB of data; 2 million files", [(6, "terabytes", "confirmed"), (2_000_000, "files", "confirmed")], False),
        ("61,204", "61,204 records (claimed)", [(61_204, "records", "confirmed")], False),
        ("90,000", "61,204 accounts", [(90_000, "records", "confirmed")], True),
        ("", "61,204", [(61_204, "records", "confirmed")], False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["data_breach.type_of_data_compromised", "impact.data_compromised"])
def test_a_count_among_the_kinds_of_data_is_no_kind(field, number, told, counts, noted):
    group, key = field.split(".")
    more = {"data_breach": {"number_of_records_exposed": number}}
    more.setdefault(group, {})[key] = told
    found = post("Data was stolen.", ("Acme", "Company"), **more)
    assert [kind.text for kind in found.data_types] == (["Names"] if "Names" in told else [])
    assert [(count.low, count.unit, str(count.certainty)) for count in found.record_counts] == counts
    assert (field in notes(found)) is noted


@pytest.mark.parametrize(
    "kind", ["2 million patient records", "61,204 records of patients", "300 GB of source code", "Records", "3 documents on Alder"]
)  # fmt: skip
def test_a_kind_of_data_may_be_counted(kind):
    found = post("Data was stolen.", ("Acme", "Company"), impact={"data_compromised": kind})
    assert [told.text for told in found.data_types] == [kind]
    assert not found.record_counts


@pytest.mark.parametrize(
    ("told", "kinds", "noted"),
    [
        ("Names, Social Security numbers", ["Names", "Social Security numbers"], False),
        ("Names (first and last)", ["Names (first and last)"], False),
        ("Yes (names, addresses)", ["names", "addresses"], False),
        ("Yes, including names and passport numbers", ["names", "passport numbers"], False),
        ("Names, no Social Security numbers", ["Names"], True),
        ("Unclear whether names were taken", [], True),
        ("Yes (potentially names)", [], True),
        ("Yes (names, SSNs under investigation)", ["names"], True),
        ("Yes, names; SSNs unknown", ["names"], True),
        ("Yes (names; whether SSNs too is unclear)", ["names"], True),
        ("names, claimed by hackers", [], True),
        ("Names, SSNs pending review", ["Names"], True),
        ("Names and emails, SSNs unknown, addresses", ["Names", "emails"], True),
        ("Yes (names, unconfirmed addresses)", ["names"], True),
        ("It is unclear whether names, SSNs and addresses were taken", [], True),
        ("Acme is investigating whether names, emails and addresses were accessed", [], True),
        ("Acme is investigating the loss of names, emails", [], True),
        ("Still under investigation: names, SSNs, addresses", [], True),
        ("Extent unknown (names, addresses, dates of birth)", [], True),
        ("Names (under review), addresses", [], True),
        ("Names, addresses and SSNs under investigation", [], True),
        ("Names, addresses, SSNs (under investigation)", [], True),
        ("Names, addresses, SSNs - under investigation", [], True),
        ("Names, SSNs; scope under investigation", [], True),
        ("Names and addresses, pending confirmation", [], True),
        ("Names, SSNs unknown (all under review)", [], True),
        ("Hackers claimed names, SSNs and addresses", [], True),
        ("Exposure alleged: names, SSNs, addresses", [], True),
        ("Names, addresses, SSNs (claimed by attackers)", [], True),
        ("According to the hackers: names, addresses", [], True),
        ("Yes (names, possibly addresses)", ["names", "addresses"], False),
        ("Yes (names of children under 18)", ["names of children under 18"], False),
        ("Yes (names; emails (hashed))", ["names", "emails (hashed)"], False),
        ("Yes", [], True),
        ("True", [], True),
        ("No", [], True),
        ("Exposed", [], True),
    ],
)
def test_personal_information_that_is_named_is_a_kind_of_data(told, kinds, noted):
    found = post("Data was stolen.", ("Acme", "Company"), data_breach={"personally_identifiable_information": told})
    assert [kind.text for kind in found.data_types] == kinds
    assert [kind.evidence[0].quote for kind in found.data_types] == kinds
    assert ("data_breach.personally_identifiable_information" in notes(found)) is noted


@pytest.mark.parametrize("kind", ["401k", "401K", "403b", "401(k)", "401k accounts", "10K"])
def test_a_kind_of_data_may_be_called_by_a_number(kind):
    found = post("Data was stolen.", ("Acme", "Company"), data_breach={"type_of_data_compromised": ["Names", kind]})
    assert [told.text for told in found.data_types] == ["Names", kind]
    assert not found.record_counts


@pytest.mark.parametrize("listed", ["About 18,000 dealerships", "Up to 18,000 dealerships", "18,000 dealerships"])
@pytest.mark.parametrize("number", ["18,000", "up to 18,000", "more than 18,000"])
def test_a_group_of_the_prose_that_is_listed_already_is_no_other(listed, number):
    found = post(f"Birch, whose software {number} dealerships use, was hacked.", (listed, "Customers"), ("Birch", "Vendor"))  # fmt: skip
    assert roles(found).keys() == {listed, "Birch"}


def dates(found):
    return {(date.date.edtf, date.what.value) for date in found.dates}


@pytest.mark.parametrize(
    ("prose", "told"),
    [
        ("Alder was breached. The intrusion began on January 14, 2025 and was discovered on February 26, 2025.",
         {("2025-01-14", "occurred"), ("2025-02-26", "discovered")}),
        ("Attackers gained access to Alder in February 2025.", {("2025-02", "occurred")}),
        ("The attack took place in early February 2025.", {("2025-02~", "occurred")}),
        ("The attack took place in early February 2025. Thieves entered on February 4, 2025.", {("2025-02-04", "occurred")}),
        ("Alder was breached. An investigation began on January 14, 2025.", set()),
        ("Alder was breached. It follows a 2022 breach in which data were stolen in May 2022.", set()),
        ("Hackers will be sentenced; they stole data of Alder on June 1, 2025.", set()),
    ],
)  # fmt: skip
def test_when_it_happened_is_told_by_the_prose_where_no_field_does(prose, told):
    found = post(prose, ("Alder", "Company"))
    assert dates(found) == {("2025-03", "reported"), *told}
    assert all(proof.quote in prose for date in found.dates for proof in date.evidence if date.what.value != "reported")


def test_a_field_goes_before_the_dates_of_the_prose():
    found = post("Alder was hacked on January 14, 2025.", ("Alder", "Company"), date_occurred="2025-01-12")
    assert dates(found) == {("2025-03", "reported"), ("2025-01-12", "occurred")}


def test_its_vendor_is_that_of_whom_the_sentence_is_about():
    prose = "Birch Benefits Holdings, which serves health plans including Alder, has disclosed an attack on its file transfer vendor Cedar."
    found = post(prose, ("Alder", "Company"), ("Birch Benefits", "Vendor"), ("Cedar", "Vendor"))
    assert used(found) == {("Alder", "Birch Benefits"): "active", ("Birch Benefits", "Cedar"): "active"}


def test_a_group_that_is_called_the_customers_of_a_company_uses_that_one():
    found = post("Alder confirmed a breach at Birch, a contractor of Alder.", ("Alder", "Company"), ("Birch", "Vendor"), ("Up to 366 Alder customers", "Customers"))  # fmt: skip
    assert used(found) == {("Alder", "Birch"): "active", ("Up to 366 Alder customers", "Alder"): "active"}


def test_who_stopped_using_something_is_no_target_of_it():
    found = post("Birch was breached. It serves Alder.", ("Alder", "Company"), ("Birch", "Vendor"), response={"containment_measures": "Birch stopped using the transfer software"})  # fmt: skip
    assert used(found) == {("Alder", "Birch"): "active"}
    assert [(act.action, act.actor, act.target) for act in found.responses] == [("end-supplier", "Birch", "")]


@pytest.mark.parametrize(
    ("said", "status"),
    [("Ended the contract with the vendor", "ended"), ("Revoked the vendor's access to its tickets", "suspended"),
     ("Discontinued use of Birch Pay", "ended"), ("Vendor suspended its service", "active"), ("Suspended accounts", "active")],
)  # fmt: skip
def test_what_the_only_customer_did_about_its_only_vendor_tells_whether_it_is_one(said, status):
    found = post(
        "Alder was hit.", ("Birch Pay", "Vendor"), ("Alder", "Company"), response={"containment_measures": said}
    )
    assert used(found) == {("Alder", "Birch Pay"): status}


def test_two_who_reported_first_are_two_sources_where_the_post_refers_to_one_of_them():
    found = post(
        "It was first disclosed by Google and Mandiant.", ("Alder", "Company"), references=[{"source": "Mandiant"}]
    )
    assert {source.publisher: source.first for source in found.sources} == {"Google": True, "Mandiant": True}
    assert roles(found) == {"Alder": "breached", "Google": "reporter", "Mandiant": "reporter"}
    found = post("It was first reported by the Post and Courier.", ("Alder", "Company"))
    assert roles(found)["Post and Courier"] == "reporter"
    found = post("It was first disclosed by Marks and Spencer.", ("Marks and Spencer", "Company"))
    assert roles(found) == {"Marks and Spencer": "breached"}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("It is gone, according to the Financial Times, which first reported the breach.", "Financial Times"),
        ("Bloomberg News, which was first to report the incident, cited two people.", "Bloomberg News"),
        ("Troy Hunt, who had first reported the leak, was thanked.", "Troy Hunt"),
    ],
)
def test_who_reported_first_may_be_told_in_a_relative_clause(said, name):
    found = post(said, ("Alder", "Company"))
    assert roles(found) == {"Alder": "breached", name: "reporter"}
    assert [source.publisher for source in found.sources if source.first] == [name]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("The breach was first reported by Corriere della Sera.", ["Corriere della Sera"]),
        ("O Povo first reported the breach.", ["O Povo"]),
        ("The theft was first reported by Le Journal de Montréal.", ["Le Journal de Montréal"]),
        ("The breach was first reported by SC Media and The Record.", ["SC Media", "The Record"]),
        ("The Sunday Times had first reported the theft.", ["The Sunday Times"]),
        ("Reuters first reported last week that hackers had broken in.", ["Reuters"]),
        ("Reuters first reported the extortion.", ["Reuters"]),
        ("Reuters first reported the end of the contract.", []),
        ("The fine, first reported by Reuters, is a record.", []),
        ("Reuters first reported that Alder was for sale.", []),
        ("Alder first reported the breach to the ICO.", []),
        ("Customers first reported the outage.", []),
    ],
)
def test_who_first_reported_the_incident_is_told_by_the_whole_name(said, names):
    found = post(f"Alder was hit. {said}", ("Alder", "Company"))
    assert [source.publisher for source in found.sources if source.first] == names


def test_who_first_reported_what_a_post_is_about_did_so_whatever_that_is():
    found = post("Reuters first reported the pause.", ("Alder", "Company"), title="Alder pauses its work with Birch")
    assert [source.publisher for source in found.sources if source.first] == ["Reuters"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Alder denied that the Akira gang was behind the attack.", []),
        ("Alder said it was not hit by the Akira gang.", []),
        ("The Akira gang had nothing to do with it. It was not linked to the Lynx gang.", []),
        ("Alder denied the claims of the Akira gang.", [("Akira", "claimed")]),
        ("Alder would not say whether the Akira gang was behind it.", [("Akira", "suspected")]),
        ("Alder has not recovered from the attack by the Akira gang.", [("Akira", "confirmed")]),
        ("Fir was hit by the Akira gang in 2024.", []),
        ("It comes a year after the ransomware group DragonForce attacked Marks & Spencer.", []),
        ("Qilin has claimed responsibility for an attack on Fir, a rival of Alder.", []),
        ("Alder had already been attacked by the Akira gang in 2021.", []),
        ("Alder was hit by the Akira gang, which attacked Fir in 2024.", [("Akira", "confirmed")]),
        ("The Akira gang listed Fir, Alder and Elm on its site.", [("Akira", "confirmed")]),
        ("The Akira gang attacked Fir, its payroll provider.", [("Akira", "confirmed")]),
        ("Fir Pay was hit by the Akira gang.", [("Akira", "confirmed")]),
        ("The Akira gang attacked Salesforce customers on Monday.", [("Akira", "confirmed")]),
        ("Qilin claimed the attack on Telegram.", [("Qilin", "confirmed")]),
        ("It was first attributed to LockBit, but Alder says Qilin is responsible.", []),
    ],
)  # fmt: skip
def test_attackers_of_others_and_groups_that_were_not_behind_it_are_none(said, told):
    title = "Customers of Fir Pay exposed" if "Fir Pay" in said else "A title"
    found = post(f"Alder was hit. {said}", ("Alder", "Company"), title=title)
    groups = [party for party in found.parties if party.role == "attacker"]
    assert [(group.name, group.evidence[0].certainty) for group in groups] == told


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("Fir Health was hacked on 21 February 2024.", []),
        ("Fir, another provider, was breached on 3 May 2024.", []),
        ("The attack on Fir began on 3 May 2024.", []),
        ("Alder had already been attacked in May 2021.", []),
        ("Alder was not hacked in April 2024, contrary to reports.", []),
        ("A year after Fir was hacked on 3 May 2023, Alder was attacked on 4 May 2024.", ["2024-05-04"]),
        ("Fir, its payroll provider, was hacked on 3 May 2024.", ["2024-05-03"]),
        ("The Ministry was breached on 3 May 2024.", ["2024-05-03"]),
        ("Plants in Germany were hit on 3 May 2024.", ["2024-05-03"]),
        ("ABC was hacked on 3 May 2024.", ["2024-05-03"]),
    ],
)
def test_when_others_were_hit_is_not_when_it_happened(said, when):
    found = post(f"It is grave. {said}", ("Alder", "Company"), ("Ash Birch Cedar", "Company"))
    assert [date.date.edtf for date in found.dates if date.what == "occurred"] == when


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ("The intruder had access between June 24 and November 8, 2024.", ["2024-06-24/2024-11-08"]),
        ("The attackers had access from April 2 until May 30, 2024.", ["2024-04-02/2024-05-30"]),
        ("Hackers were in its network from June 24 to July 8, 2024, and took data.", ["2024-06-24/2024-07-08"]),
        ("An unauthorized party maintained access to its systems from June 24 to July 8, 2024.", ["2024-06-24/2024-07-08"]),
        ("The attackers had no access from June 24 to November 8, 2024.", []),
        ("The attackers had access to its systems from April 2 until May 30, 2024.", ["2024-04-02/2024-05-30"]),
        ("Customers had access to their accounts from June 24 to November 8, 2024.", []),
        ("Attackers had access to the network of Alder from April 2 until May 30, 2024.", ["2024-04-02/2024-05-30"]),
        ("The attackers had access to data in systems from June 24 to November 8, 2024.", []),
        ("The attackers had access to files of Alder from June 24 to November 8, 2024.", []),
        ("The attackers had access to files dated from June 24 to November 8, 2024.", []),
        ("The hackers had access to a database of visits from June 24 to November 8, 2024.", []),
        ("The thieves had access to records of employees from 2018 to 2024.", []),
        ("The gang's portal was down from June 24 to November 8, 2024.", []),
        ("The hackers were sentenced between June 24 and November 8, 2024.", []),
    ],
)  # fmt: skip
def test_how_long_intruders_were_inside_tells_when_it_happened(said, dates):
    found = post(f"Alder was hit. {said}", ("Alder", "Company"))
    assert [date.date.edtf for date in found.dates if date.what == "occurred"] == dates


@pytest.mark.parametrize("linkid", ["acme", "chs"])
def test_the_rated_company_is_the_one_listed_with_its_initials(linkid):
    url = f"https://www.rankiteo.com/company/{linkid}"
    line = f"Community Health Systems cybersecurity rating report: {url}"
    found = post(f"It was hit.\n{line}", ("Community Health Systems (CHS)", "Company"), ("Fir", "Company"))
    identifiers = {party.name: party.identifiers for party in found.parties}
    assert identifiers == {"Community Health Systems (CHS)": (f"rankiteo:{linkid}",), "Fir": ()}


@pytest.mark.parametrize(
    ("paid", "demanded", "action"),
    [("$22 million", "", "pay-ransom"), ("Yes (undisclosed amount)", "", "pay-ransom"), ("True", "", "pay-ransom"),
     ("No", "$50 million", "refuse-ransom"), ("No (refused)", "Tens of millions", "refuse-ransom"),
     ("No", "", ""), ("No", "No", ""), ("Unknown", "$50 million", ""), ("Yes (unconfirmed)", "", ""), ("$0", "", ""),
     ("No information", "$50 million", ""), ("Not disclosed", "$50 million", ""), ("$22 million demanded, not paid", "", ""),
     ("$5 million (refused)", "", ""), ("Paid: No", "", "")],
)  # fmt: skip
def test_whether_a_ransom_was_paid_is_a_response_where_it_is_known(paid, demanded, action):
    ransom = {"ransom_paid": paid, "ransom_demanded": demanded}
    found = post("It was hit.", ("Alder", "Company"), ransomware=ransom)
    assert [done.action for done in found.responses] == ([action] if action else [])
    assert ("ransomware.ransom_paid" in notes(found)) == (not action)


def test_semicolons_part_what_was_done():
    found = post(
        "It was hit.", ("Alder", "Company"), response={"containment_measures": "Revoked all tokens; took Fir offline;"}
    )
    assert [(done.action, done.text, done.evidence[0].quote) for done in found.responses] == [
        ("revoke-tokens", "Revoked all tokens", "Revoked all tokens"),
        ("shut-down-systems", "took Fir offline", "took Fir offline"),
    ]


@pytest.mark.parametrize(
    ("key", "said", "texts"),
    [("law_enforcement_notified", "Yes (FBI; Secret Service)", ["Yes (FBI; Secret Service)"]),
     ("containment_measures", "Restored from backups (clean copies; offline)", ["Restored from backups (clean copies; offline)"]),
     ("law_enforcement_notified", "FBI notified; no arrests so far", ["FBI notified; no arrests so far"])],
)  # fmt: skip
def test_semicolons_in_brackets_and_in_what_a_field_tells_part_nothing(key, said, texts):
    found = post("It was hit.", ("Alder", "Company"), response={key: said})
    assert [done.text for done in found.responses] == texts


def test_how_long_intruders_were_in_is_not_when_that_was_found():
    found = post("Alder identified unauthorized access between May 3, 2024 and May 5, 2024.", ("Alder", "Company"))
    assert [(day.what, day.date.edtf) for day in found.dates if day.what != "reported"] == [
        ("occurred", "2024-05-03/2024-05-05")
    ]


STORES = ("Hitme Stores", "Company"), ("Vendo Cloud", "Vendor")


@pytest.mark.parametrize(
    ("prose", "certainty", "vendor"),
    [
        ("Hitme Stores confirmed the data breach. Vendo Cloud denied that its platform was breached and blamed customers.", "confirmed", "supplier_only"),
        ("Hitme Stores announced a breach. Vendo Cloud denied that its platform was breached.", "confirmed", "breached"),
        ("Hitme Stores revealed that it is looking into a possible breach. Vendo Cloud denied any breach.", "denied", "breached"),
        ("Hitme Stores confirmed that it was unaffected by any breach. Vendo Cloud denied any breach.", "denied", "breached"),
        ("Hitme Stores confirmed that names were stolen. Vendo Cloud denied the breach, but later confirmed it.", "confirmed", "breached"),
        ("Hitme Stores disclosed that hackers stole names. Vendo Cloud denied any breach.", "confirmed", "supplier_only"),
    ],
)  # fmt: skip
def test_a_denial_beside_what_a_customer_says(prose, certainty, vendor):
    found = post(prose, *STORES)
    assert (found.certainty, roles(found)["Vendo Cloud"]) == (certainty, vendor)


def test_what_the_data_may_include_doubts_the_data_alone():
    found = post("Alder was breached. 5,000 people were hit. The stolen data may include names.", ("Alder", "Company"), data_breach={"type_of_data_compromised": "Names", "number_of_records_exposed": "5,000"})  # fmt: skip
    assert {count.evidence[0].certainty for count in found.record_counts} == {"confirmed"}
    assert {data.evidence[0].certainty for data in found.data_types} == {"suspected"}
    assert {party.evidence[0].certainty for party in found.parties} == {"confirmed"}


def test_who_did_the_first_of_several_things_did_the_others():
    done = "Alder isolated the servers; reset passwords; the police arrested a suspect"
    found = post("It was hit.", ("Alder", "Company"), response={"containment_measures": done})
    assert [(one.action, one.actor) for one in found.responses] == [
        ("shut-down-systems", "Alder"), ("reset-credentials", "Alder"), ("arrest", "")]  # fmt: skip


def test_who_denies_confirms_nothing():
    assert (
        post("Acme denied any breach. Acme disclosed a data breach in 2021.", ("Acme", "Company")).certainty == "denied"
    )


def test_a_response_tells_of_the_customer_that_it_begins_with():
    done = "Fir shut down its systems; Alder cut its connections to Fir"
    vendor, customers = ("Fir", "Vendor"), (("Alder", "Company"), ("Bolt Oy", "Company"))
    found = post("Fir was hit.", vendor, *customers, response={"containment_measures": done})
    assert used(found) == {("Alder", "Fir"): "suspended", ("Bolt Oy", "Fir"): "active"}
    assert [done.actor for done in found.responses if done.action == "suspend-supplier"] == ["Alder"]


@pytest.mark.parametrize(
    ("told", "attackers"),
    [("North Korean hackers hit it.", []), ("Chinese hackers hit it.", []), ("Lazarus hackers hit it.", ["Lazarus"]),
     ("The Russian hacking group Midnight Blizzard hit it.", ["Midnight Blizzard"])],
)  # fmt: skip
def test_where_attackers_are_from_is_no_name_of_them(told, attackers):
    assert [party.name for party in post(told, ("Alder", "Company")).parties if party.role == "attacker"] == attackers


@pytest.mark.parametrize(
    "said",
    [
        "Birch Hosting is a sub-processor of Alder Pay.",
        "Birch Hosting, a subprocessor for Alder Pay, left it open.",
        "Alder Pay's sub-processor Birch Hosting left it open for weeks.",
        "Alder Pay had outsourced the storage of payslips to Birch Hosting.",
        "Alder Pay outsources hosting to Birch Hosting.",
    ],
)
@pytest.mark.parametrize("kind", ["Vendor", "Company"])
def test_a_vendor_between_a_sub_processor_and_the_customers_is_downstream_of_it(kind, said):
    entities = ("Birch Hosting", "Vendor"), ("Alder Pay", kind), ("Fern Foods", "Company")
    found = post(
        f"Birch Hosting left a storage bucket open. Fern Foods uses Alder Pay for its payroll. {said}", *entities
    )
    assert used(found) == {("Alder Pay", "Birch Hosting"): "active", ("Fern Foods", "Alder Pay"): "active"}
    told = {"Birch Hosting": "breached", "Alder Pay": "affected_downstream", "Fern Foods": "affected_downstream"}
    assert roles(found) == told


@pytest.mark.parametrize(
    "said",
    [
        "Alder Pay and Birch Hosting both serve Fern Foods.",
        "Alder Pay had not outsourced its storage to Birch Hosting.",
        "Birch Hosting is a sub-processor of Alder Pay. Alder Pay was breached too.",
        "Birch Hosting is a sub-processor of Alder Pay. Hackers breached Alder Pay.",
    ],
)
def test_of_two_vendors_both_were_breached_where_nothing_says_that_one_was_only_reached_through_the_other(said):
    entities = ("Birch Hosting", "Vendor"), ("Alder Pay", "Vendor"), ("Fern Foods", "Company")
    found = post(f"Birch Hosting left a storage bucket open. {said}", *entities)
    assert [roles(found)[name] for name in ("Birch Hosting", "Alder Pay")] == ["breached", "breached"]


@pytest.mark.parametrize(
    "kind", ["Dienstleister", "IT-Dienstleister", "Prestataire", "Sous-traitant", "Fornecedor", "Proveedor (TI)"]
)
def test_a_vendor_is_one_in_other_languages(kind):
    found = post("Birch was hit.", ("Birch", kind), ("Fern Foods", "Unternehmen"))
    assert used(found) == {("Fern Foods", "Birch"): "active"}


@pytest.mark.parametrize("kind", ["Proveedor de salud", "Anbieter von Telefonie", "Energieversorger", "Kunde"])
def test_who_serves_the_public_in_other_languages_is_a_victim(kind):
    assert not used(post("Birch was hit.", ("Birch", kind), ("Fern Foods", "Unternehmen")))


PARTNER_HIT = [
    "Attackers used a stolen API key of its analytics partner Birch to download data, Fern Foods said.",
    "Birch, an analytics partner of Fern Foods, was breached.",
    "Attackers entered through its IT partner Birch, Fern Foods said.",
    "Fern Foods said that a breach at its marketing partner Birch exposed names.",
    "Data of Fern Foods was stolen via its logistics partner Birch.",
]


@pytest.mark.parametrize("kind", ["Company", "Partner", "Business Partner", "Technology Partner"])
@pytest.mark.parametrize("said", PARTNER_HIT)
def test_a_partner_at_which_it_happened_is_a_vendor(kind, said):
    found = post(said, ("Fern Foods", "Company"), ("Birch", kind))
    assert roles(found) == {"Fern Foods": "affected_downstream", "Birch": "breached"}
    assert used(found) == {("Fern Foods", "Birch"): "active"}


@pytest.mark.parametrize(
    "said",
    [
        "Fern Foods and Birch were hacked.",
        "Both Fern Foods and Birch were hit by ransomware.",
        "Intruders stole data from Fern Foods. Birch was hacked by the same group.",
        "Hackers broke into the network of Fern Foods. Birch halted deliveries after the attack.",
    ],
)
def test_a_partner_by_its_type_is_no_vendor_where_the_other_company_was_hit_as_well(said):
    assert not used(post(said, ("Fern Foods", "Company"), ("Birch", "Business Partner")))
    assert roles(post(said, ("Fern Foods", "Company"), ("Birch", "Business Partner")))["Fern Foods"] == "breached"


@pytest.mark.parametrize("kind", ["Company", "Partner"])
@pytest.mark.parametrize(
    "said",
    [
        "Fern Foods was breached. Data of its partner Birch was exposed.",
        "A breach at Fern Foods exposed data of its partner Birch.",
        "Fern Foods and its marketing partner Birch were hit by ransomware.",
        "Fern Foods notified customers of the breach via its partner Birch.",
        "Fern Foods was hacked. Birch, a partner of Fern Foods, was breached too.",
        "Data of Fern Foods was stolen. Birch is a partner of Fern Foods.",
    ],
)
def test_a_partner_at_which_nothing_happened_before_is_no_vendor(kind, said):
    found = post(said, ("Fern Foods", "Company"), ("Birch", kind))
    assert not used(found)
    assert roles(found)["Fern Foods"] == "breached"


@pytest.mark.parametrize(
    "said",
    [
        "Hackers broke into Birch Hosting, the hosting provider of Alder Pay, and then into Alder Pay itself.",
        "Alder Pay and Birch Hosting both confirmed that they were hacked. Alder Pay uses Birch Hosting.",
        "The hackers used access to Birch Hosting to breach Alder Pay, which uses Birch Hosting.",
    ],
)
def test_what_a_sentence_tells_of_two_vendors_may_have_befallen_both(said):
    entities = ("Birch Hosting", "Vendor"), ("Alder Pay", "Vendor"), ("Fern Foods", "Company")
    found = roles(post(f"{said} Fern Foods was affected.", *entities))
    assert [found[name] for name in ("Birch Hosting", "Alder Pay")] == ["breached", "breached"]


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("Oak Desk said it had engaged Mandiant and that Alder had cut it off.", False),
        ("Oak Desk has hired Mandiant and notified Alder.", False),
        ("Oak Desk, which relies on Birch, told Alder.", False),
        ("Oak Desk engaged Alder as a consultant.", False),
        ("Alder said it had hired lawyers and that Oak Desk had apologised.", False),
        ("Alder hired Mandiant to look into Oak Desk.", False),
        ("Alder agreed to buy Oak Desk.", False),
        ("Alder, which bought Oak Desk in 2024, said so.", False),
        ("Alder hired the payroll firm Oak Desk.", True),
        ("Alder buys its software from Oak Desk.", True),
        ("Alder bought Oak Desk's products for years.", True),
        ("Oak Desk, hired in 2019 by Alder, said so.", True),
        ("Oak Desk software used at Alder was hit.", True),
    ],
)
def test_whom_a_supplier_hires_or_who_buys_it_says_nothing_of_its_customers(said, tells):
    found = post(f"Oak Desk was breached. {said}", ("Oak Desk", "Vendor"), ("Alder", "Company"))
    assert (used(found), stated(found)) == (
        {("Alder", "Oak Desk"): "active"},
        {("Alder", "Oak Desk")} if tells else set(),
    )


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Elm now has a new payroll provider.", "breached"),
        ("Elm is building a payroll system.", "breached"),
        ("Elm said it had found another payroll provider.", "breached"),
        ("The thieves came in through a new payroll provider.", "affected_downstream"),
        ("Elm said that a new payroll provider was hacked.", "affected_downstream"),
        ("A payroll system was breached.", "affected_downstream"),
    ],
)
def test_a_provider_that_somebody_has_since_then_is_not_where_it_happened(said, role):
    found = post(f"Alder was breached in March. {said}", ("Alder", "Company"), ("Elm", "Company"))
    assert roles(found) == {"Alder": role, "Elm": role}
