"""Through whom the entries of a breach catalogue say that it came; tags in columns of their own."""

from __future__ import annotations

import json

import pytest
from mutants import check

from kg.extract.catalogue.extractor import CatalogueExtractor
from kg.extract.catalogue.names import entity
from kg.extract.vendors import tagged, through
from kg.model import Document, Role


def vendors(summary):
    return [(summary[one.start : one.end], one.hit) for one in through(summary, ["Alder Bank"]) if one.named]


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("Alder Bank was affected by an attack on its payroll provider Brine.", [("Brine", True)]),
        ("Alder Bank says data was exposed through a breach at its print vendor Brine Mailing.", [("Brine Mailing", True)]),
        ("Alder Bank said hackers got in through its vendor, Brine Mailing.", [("Brine Mailing", False)]),
        ("Data stolen from its supplier Brine.", [("Brine", False)]),
        ("An attack on its payroll provider Brine Friday", [("Brine", True)]),
        ("Data stolen via its contractor Brine Crux Dill", [("Brine Crux Dill", False)]),
        ("Data stolen via its contractor Brine LLC", [("Brine LLC", False)]),
        ("Data stolen from its passenger-system supplier Brine.", [("Brine", False)]),
        ("Alder Bank's service provider Brine was hacked.", [("Brine", True)]),
        ("Attack on third-party vendor Brine Mailing exposed customers", [("Brine Mailing", True)]),
        ("Alder Bank hit after an attack on Brine Mailing, its mailing vendor", [("Brine Mailing", True)]),
        ("Hackers came through its vendors Brine, Crux Corp and Dill Inc.", [("Brine", False), ("Crux Corp", False), ("Dill Inc.", False)]),
        ("Data held by its cloud provider Brine's servers", [("Brine", False)]),
        ("Attack on its HR provider, Brine, exposed data", [("Brine", True)]),
        ("Numbers of 1,900 users exposed by a breach at Brine", [("Brine", True)]),
        ("Tools stolen through the Brine Orion update", [("Brine Orion", False)]),
        ("Its marketing vendor Brine was hacked.", [("Brine", True)]),
        ("Its marketing vendor, Brine, was hacked.", [("Brine", True)]),
        ("Its marketing vendor (Brine) was hacked.", [("Brine", True)]),
        ("Brine, its marketing vendor, was hacked.", [("Brine", True)]),
        ("Its vendors Brine and Crux Corp were hacked.", [("Brine", True), ("Crux Corp", True)]),
        ("Data exposed after its vendor Brine was hacked.", [("Brine", True)]),
        ("Data exposed after Brine, its vendor, was hacked.", [("Brine", True)]),
        ("Data stolen through its vendor Brine, which was hacked.", [("Brine", True)]),
        ("Breach of Brine Mailing, its mailing vendor, exposed data.", [("Brine Mailing", True)]),
        ("Alder Bank, attacked via its vendor, Brine, was breached.", [("Brine", False)]),
        ("Its vendor Brine was hit by a cyber attack.", [("Brine", True)]),
        ("Its vendor Brine was hacked, but its own systems were not hacked.", [("Brine", True)]),
        ("Its vendor Brine was hacked but did not tell it.", [("Brine", True)]),
        ("Alder Bank was breached. Data was exposed after its vendor Brine was hacked.", [("Brine", True)]),
        ("Claims of patients were exposed through its vendor Brine, which was hacked.", [("Brine", True)]),
        ("Alder Bank reports that its vendor Brine was hacked.", [("Brine", True)]),
        ("In May 2030, the company said its vendor Brine was hacked.", [("Brine", True)]),
        ("Its vendor Brine was hacked, Alder Bank said.", [("Brine", True)]),
        ("Alder Bank said that data was exposed after its vendor Brine was hacked.", [("Brine", True)]),
        ("Data was exposed after Alder Bank's vendor Brine was hacked.", [("Brine", True)]),
        ("Data was stolen through Alder Bank's vendor Brine, which was hacked.", [("Brine", True)]),
        ("Payroll provider Brine was hit by ransomware, exposing records of Alder Bank.", [("Brine", True)]),
        ("The payroll provider Brine Mailing was breached; its customers include Alder Bank.", [("Brine Mailing", True)]),
        ("A third-party customer service provider, Brine, was compromised, exposing photos.", [("Brine", True)]),
        ("Data was exposed after payroll provider Brine was hacked.", [("Brine", True)]),
        ("Brine Mailing, a third party vendor, was hacked.", [("Brine Mailing", True)]),
        ("They reached the laptop of an engineer at third party provider Brine", [("Brine", False)]),
        ("Hackers of payroll provider Brine were arrested.", [("Brine", False)]),
        ("The breach was traced back to its vendor Brine.", [("Brine", True)]),
        ("The breach was later traced to Brine, its vendor.", [("Brine", True)]),
        ("The breach could not be traced back to its vendor Brine.", [("Brine", False)]),
        ("Alder Bank was breached via a third-party application, Brine Mail.", [("Brine Mail", False)]),
        ("It came of the compromise of a third party service called Brine.", [("Brine", True)]),
        ("It was traced back to a series of attacks against the Brine cloud service.", [("Brine", True)]),
        ("Linked to unauthorised access to Brine cloud services, the breach exposed records.", [("Brine", True)]),
        ("It is not true that Alder Bank's vendor Brine was hacked.", [("Brine", False)]),
        ("Nobody at its vendor Brine was hacked.", [("Brine", False)]),
        ("There was no data breach at its vendor Brine.", [("Brine", False)]),
        ("The leak did not come from an attack on its vendor Brine.", [("Brine", False)]),
        ("It is not known when the breach at its vendor Brine began.", [("Brine", True)]),
        ("Alder Bank said a mailbox at its vendor Brine was hacked.", [("Brine", False)]),
        ("Data was exposed after its vendor Brine suffered a data breach.", [("Brine", True)]),
        ("Data was exposed after Brine, its vendor, had experienced a ransomware attack.", [("Brine", True)]),
        ("It stemmed from its third-party vendor, Brine, which had a security incident.", [("Brine", True)]),
        ("It stemmed from its third-party vendor, Brine, which had a foiled attack.", [("Brine", False)]),
    ],
)  # fmt: skip
def test_a_vendor_that_the_summary_names(summary, found):
    assert vendors(summary) == found


@pytest.mark.parametrize(
    ("entity", "summary"),
    [
        ("ABC", "After payroll provider Alder Brine Crux was hacked, records were exposed"),
        ("AB&C", "After payroll provider Alder Brine & Crux was hacked, records were exposed"),
        ("Alder & Brine", "After payroll provider AB was hacked, records were exposed"),
        ("Alder", "Payroll provider Brine was hacked"),
        ("Alder", "The payroll provider Brine was hacked; records were exposed"),
        ("Alder", "Brine, a payroll provider, was hacked"),
        ("Alder", "After payroll provider Ultimate Alder Group was hacked, records were exposed"),
        ("Alder", "After payroll provider Brine, now Alder, was hacked, records were exposed"),
        ("Alder", "Payroll provider Brine was hacked; Alder was hacked by others"),
        ("Alder", "Payroll provider Brine was hit by an outage after an attack on Alder"),
    ],
)
def test_what_may_be_the_entity_by_another_name_is_no_vendor(entity, summary):
    assert through(summary, [entity]) == []


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("Payroll provider Brine was hacked", True),
        ("After the payroll provider Brine was hacked, records were exposed", False),
        ("Third-party payroll provider Brine was hacked", False),
        ("Brine, a payroll provider, was hacked and Alder told its staff", False),
    ],
)
def test_what_tells_that_a_vendor_is_another_than_the_entity(summary, told):
    assert [summary[one.start : one.end] for one in through(summary, ["Alder"], told=told)] == ["Brine"]


@pytest.mark.parametrize(
    ("summary", "label"),
    [
        ("Hackers got in through its vendor, Alder Bank said", "its vendor"),
        ("Hackers got in through its vendor, Brine said", "its vendor"),
        ("A flaw in its vendor Brine Exchange server let them in", "its vendor"),
        ("An attack on its payroll provider Friday took it offline", "its payroll provider"),
        ("Through its vendor Brine and Crux", "its vendor"),
        ("A flaw in its vendor Brine Systems's Cruxit", "its vendor"),
        ("Leaked by its contractor John Brine", "its contractor"),
        ("Bank Hit By Attack On Its Payroll Provider Brine Exposing Records Of Thousands", "Its Payroll Provider"),
        ("Alder Bank was affected by an attack on an unnamed provider", "an unnamed provider"),
        ("A breach at its supplier in China", "its supplier"),
        ("Data was exposed by its supplier. Brine denies.", "its supplier"),
        ("Data exposed after its marketing vendor was hacked", "its marketing vendor"),
        ("Data stolen via a third-party chat platform", "a third-party chat platform"),
    ],
)
def test_a_vendor_that_it_does_not_name(summary, label):
    (one,) = through(summary, ["Alder Bank"])
    assert (summary[one.start : one.end], one.named) == (label, False)


@pytest.mark.parametrize(
    "summary",
    [
        "Attack on healthcare provider Brine",
        "Attack on internet provider Brine",
        "An attack on payroll provider Alder Bank",
        "An attack on Brine, a vendor of network gear",
        "Brine, a software vendor, was hit",
        "A software vendor was hacked",
        "Data exposed by a breach at Alder Bank",
        "Data exposed in an attack at Chicago",
        "Data exposed after a hack of Brine Mail accounts",
        "Data stolen via a fake Brine update",
        "Numbers exposed in the Brine attack",
        "Its vendor Brine was fired",
        "Found after its security vendor Brine alerted it",
        "Found after Brine, its security vendor, alerted it",
        "Alder Bank, its vendor, was hacked",
        "Alder Bank and its vendor Brine were hacked",
        "There is no evidence that its vendor Brine was hacked",
        "It denied that Brine, its vendor, was hacked",
        "It asks whether its vendor was hacked",
        "It rejects claims its vendor Brine was hacked",
        "Denied reports that its vendor Brine was hacked",
        "Amid reports that its vendor Brine was hacked",
        "A hoax said its vendor Brine was hacked",
        "Rumours said that Brine, its vendor, was hacked",
        "Neither it nor its vendor Brine was hacked.",
        "It is not true that its vendor Brine was hacked.",
        "It could not confirm that its vendor Brine was hacked",
        "The bank suspects that its vendor Brine was hacked",
        "It was feared that its vendor was hacked",
        "Hackers say its vendor Brine was hacked",
        "A lawsuit says Brine, its vendor, was hacked",
        "Media reported that its vendor Brine was hacked",
        "It denied that data was misused after its vendor Brine was hacked.",
        "A gang said data was exposed after its vendor Brine was hacked.",
        "A rival company said data was exposed after its vendor Brine was hacked.",
        "A gang boasts that data was exposed after its vendor Brine was hacked.",
        "Alder Bank was phished a year after its vendor Brine was hacked.",
        "Its vendor Brine was hacked, a gang said.",
        "Its vendor Brine was hacked, according to a gang.",
        "Its vendor Brine was hacked last year.",
        "In a separate incident, its vendor Brine was hacked.",
        "Its vendor Brine was targeted but not breached",
        "Its vendor Brine was attacked but not breached",
        "Its vendor Brine was hit by an outage",
        "Payroll provider Brine was hit by an outage",
        "Payroll provider Brine was hacked last year",
        "Payroll provider Alderbank was hacked",
        "Payroll provider AB was hacked",
        "Payroll provider Brine was breached via Alder Bank",
        "Alder Bank was hacked. Payroll provider Brine was hacked",
        "It denies that payroll provider Brine was hacked",
        "Software vendor Brine was hacked",
        "Internet service provider Brine was hacked",
        "Brine, a payroll provider, was hit by an outage",
        "After payroll provider Brine was hacked, an Alder Bank company",
        "It was linked to a series of attacks on Swedish payment services",
        "It was attributed to an attack against the Kenyan cloud service",
        "Data was not from a breach at third party provider Brine",
        "It was not linked to a series of attacks against the Brine cloud service",
        "It followed a series of attacks against the Brine cloud service",
        "It was linked to attacks on the Brine game platform",
        "Its vendor was hit hard by a strike",
    ],
)
def test_whom_the_entry_is_about_and_others_are_no_vendors(summary):
    assert through(summary, ["Alder Bank"]) == []


@pytest.mark.parametrize(
    "attack",
    [
        "Ransomware hit the hospital.",
        "Ransomware hit Alder Bank.",
        "Hackers encrypted its servers.",
        "Alder Bank was hacked.",
        "The bank suffered a ransomware attack.",
        "An employee stole patient files.",
        "An email account was phished; data was exposed.",
    ],
)
@pytest.mark.parametrize(
    "vendor",
    [
        "Its vendor Brine was",
        "Brine, its vendor, was",
        "Earlier, its vendor Brine was",
        "Its vendor was",
        "It said its vendor Brine was",
    ],
)
def test_a_vendor_that_was_hit_as_well_is_not_through_whom_it_came(attack, vendor):
    assert through(f"{attack} {vendor} hacked.", ["Alder Bank"]) == []


@pytest.mark.parametrize(
    "summary",
    [
        "One of its IT providers was hacked and passenger data was stolen.",
        "The airline disclosed that its IT provider was breached.",
        "Its IT provider was breached in January 2024.",
        "On May 3, its IT vendor was hacked.",
        "Passenger data may have been stolen after its IT provider was hacked.",
        "Alder Air told customers its cloud provider was breached.",
        "The airline announced a breach after its IT provider was hacked.",
        "Supply chain attack; its software vendor was compromised.",
        "Personal data stolen as its IT provider was hacked.",
        "Their IT provider was hacked, the airline said.",
    ],
)
def test_a_vendor_is_told_to_be_hit_in_plain_words(summary):
    assert [one.hit for one in through(summary, ["Alder Air"])] == [True]


def test_the_words_of_an_attacker_are_not_the_entitys():
    assert through("Elk said its vendor Brine was hacked.", ["Alder Bank"], ["Elk"]) == []


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("A marketing vendor was hacked and data was exposed", [("A marketing vendor", True)]),
        ("Numbers exposed through the Brine phishing attack", [("Brine", True)]),
        ("Numbers exposed in the DDoS attack", []),
        ("A healthcare provider was hacked", []),
    ],
)
def test_more_is_a_vendor_where_it_is_told_that_there_was_one(summary, found):
    told = through(summary, ["Alder Bank"], told=True)
    assert [(summary[one.start : one.end], one.hit) for one in told] == found


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("Supply Chain:Brine Mailing", "Brine Mailing"),
        ("Third Party: Brine", "Brine"),
        ("Supply Chain", None),
        ("Supply Chain:Code Change", None),
        ("Supply Chain:Software Update", None),
        ("Third Party:Compromised Account", None),
        ("Third Party:?", None),
        ("Phishing:Link", None),
    ],
)
def test_a_vendor_in_the_tag_for_the_way_in(tag, name):
    found = tagged(tag)
    assert (tag[slice(*found)] if found else None) == name


def entry(**fields):
    member = {"entity": "Alder Bank", "year": 2030, "month": 3, "summary": "x", "tags": {}, "links": []} | fields
    found = Document("c.json", json.dumps(member), "0")
    check(CatalogueExtractor(), found)
    (one,) = CatalogueExtractor().extract(found)
    return one


def test_a_tagged_vendor_is_a_supplier():
    found = entry(tags={"initial-access": "Supply Chain:Brine Mailing"})
    assert [(p.name, p.role) for p in found.parties] == [
        ("Alder Bank", Role.BREACHED),
        ("Brine Mailing", Role.SUPPLIER_ONLY),
    ]
    (tie,) = found.uses_vendor
    assert (tie.customer, tie.supplier, tie.evidence[0].quote) == ("Alder Bank", "Brine Mailing", "Brine Mailing")


def test_whose_named_vendor_was_hacked_is_its_customer():
    found = entry(summary="Its marketing vendor Brine was hacked.")
    assert [(p.name, p.role) for p in found.parties] == [
        ("Alder Bank", Role.AFFECTED_DOWNSTREAM),
        ("Brine", Role.BREACHED),
    ]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder Bank", "Brine")]


def test_who_tells_of_another_incident_first_is_the_breached_one():
    found = entry(summary="An employee stole patient files. Its vendor Brine was hacked in 2019.")
    assert [(p.name, p.role) for p in found.parties] == [("Alder Bank", Role.BREACHED)]


def test_a_vendor_that_summary_and_tag_name_is_one():
    found = entry(
        summary="A breach at its print vendor Brine Mailing.", tags={"initial-access": "Supply Chain:Brine Mailing"}
    )
    assert [(p.name, p.role) for p in found.parties] == [
        ("Alder Bank", Role.AFFECTED_DOWNSTREAM),
        ("Brine Mailing", Role.BREACHED),
    ]
    assert len(found.uses_vendor) == 1


def test_the_entity_may_tell_of_the_vendor():
    found = entry(entity="Alder Bank (via Brine)")
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder Bank", "Brine")]
    assert entity("Alder Bank (via email)").suppliers == ()


@pytest.mark.parametrize(
    ("printed", "name", "unnamed", "number"),
    [
        ("Alder Mobile (2)", "Alder Mobile", False, None),
        ("Alderbook (2)", "Alderbook", False, None),
        ("Multiple hospitals (3)", "Multiple hospitals", True, (3, 3)),
    ],
)
def test_a_running_number_makes_no_group(printed, name, unnamed, number):
    found = entity(printed)
    assert (found.names, found.unnamed, found.number) == ((name,), unnamed, number)


@pytest.mark.parametrize("prefix", ["", "tags."])
def test_tags_may_be_columns(prefix):
    names = [f"{prefix}{name}" for name in ("actor", "motive", "initial-access", "impacted-user-count", "cost-usd")]
    text = (
        f"year,month,entity,summary,{','.join(names)},links\n"
        '2030,3,Alder Bank,Outage,Criminal:Elk,Money:Ransom,Phishing,"12,000",50000,https://news.example/1\n'
    )
    (one,) = CatalogueExtractor().extract(Document("c.csv", text, "0"))
    assert [(p.name, p.role) for p in one.parties] == [("Alder Bank", Role.BREACHED), ("Elk", Role.ATTACKER)]
    assert [t.concept for t in one.types] == ["ransomware", "phishing"]
    assert [(c.low, c.unit) for c in one.record_counts] == [(12000, "people")]
    assert [i.text for i in one.impacts] == ["50000 US dollars"]


@pytest.mark.parametrize(
    "summary",
    ["Third-party vendor Kronos, which Alder Bank bought, was hacked.", "Third-party vendor Kronos, which Alder owns, was hacked.",
     "Third-party vendor Kronos, renamed Alder Bank, was hacked."],
)  # fmt: skip
def test_what_the_entity_bought_or_was_called_is_no_vendor_of_it(summary):
    assert vendors(summary) == []


def test_what_the_entity_uses_is():
    assert vendors("Third-party vendor Brine, which Alder Bank uses, was hacked.") == [("Brine", True)]
