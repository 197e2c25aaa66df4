"""VERIS incidents: roles and directions, certainty, data, counts, dates, sources, and that nothing is lost."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from documents import mutants
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import choose, extracted
from kg.extract.reading import find
from kg.extract.reading import read as read_document
from kg.extract.veris.extractor import VerisExtractor
from kg.model import AffiliationKind, Basis, Certainty, Defect, Document, Incident, Role

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "feeds" / "veris.json"


def document(text, name="veris.json"):
    return Document(name, text if isinstance(text, str) else json.dumps(text, ensure_ascii=False, indent=1), "0" * 64)


def record(victim="Quillfern", **fields):
    """A minimal incident at a victim, given by name or whole."""
    told = {
        "incident_id": "1",
        "source_id": "vcdb",
        "security_incident": "Confirmed",
        "victim": {"victim_id": victim} if isinstance(victim, str) else victim,
        "actor": {"external": {"variety": ["Unknown"]}},
        "action": {"hacking": {"variety": ["Unknown"]}},
        "timeline": {"incident": {"year": 2020}},
    }
    return {**told, **fields}


def read(*records):
    return list(VerisExtractor().extract(document(records[0] if len(records) == 1 else list(records))))


def one(victim="Quillfern", **fields):
    (incident,) = read(record(victim, **fields))
    assert isinstance(incident, Incident)
    return incident


def secondary(*names, amount=None, notes=None, **fields):
    """An incident at Quillfern with secondary victims."""
    listed = {"victim_id": list(names), "amount": amount, "notes": notes}
    inside = {key: value for key, value in listed.items() if value is not None}
    return one({"victim_id": "Quillfern", "secondary": inside}, **fields)


def partner(partner, **fields):
    """An incident at Quillfern that a partner alone is to blame for."""
    return one(**{"actor": {"partner": partner}, **fields})


def ties(incident):
    return [(tie.customer, tie.supplier) for tie in incident.uses_vendor]


def roles(incident):
    return {party.name: party.role for party in incident.parties}


def party(incident, name):
    return next(party for party in incident.parties if party.name == name)


def notes(incident):
    return {note.key: note.value for note in incident.notes}


class TestRecognizing:
    @pytest.mark.parametrize(
        "text",
        [
            json.dumps(record()),
            json.dumps([record(), record()]),
            json.dumps(record()) + "\n" + json.dumps(record()),
            json.dumps({"exported": "2024", "incidents": [record()]}),
            "[{broken}, " + json.dumps(record()) + "]",
            json.dumps({k: v for k, v in record().items() if k not in ("victim", "incident_id")}),
        ],
    )
    def test_incidents_in_every_form(self, text):
        assert choose(document(text)).name == "veris"

    @pytest.mark.parametrize(
        "value",
        [
            {"properties": {"actor": {}, "action": {}}, "incident_id": "x", "actor": {}, "action": {}},
            {"actor": {"external": {}}, "action": {"hacking": {}}, "security_incident": {"Confirmed": "x"}},
            {"actor": {"external": {}}, "action": {"hacking": {}}, "security_incident": ["Confirmed"]},
            {"incident_id": "1", "title": "x"},
            {"Name": "x", "Domain": "x.example", "DataClasses": ["Names"]},
            {"type": "bundle", "objects": [{"type": "incident", "id": "incident--1"}]},
            [1, 2],
            {},
        ],
    )
    def test_schemas_and_other_json_are_left_aside(self, value):
        assert not VerisExtractor().recognizes(document(value))

    def test_the_test_records_of_the_schema_are_left_aside(self):
        text = json.dumps(record())
        assert not VerisExtractor().recognizes(document(text, "tests/veris-1_4_1-test1.JSON"))
        assert VerisExtractor().recognizes(document(text, "tests/my-veris-test1.json"))

    @pytest.mark.parametrize("text", ["", "customer,supplier\nA,B\n", "[", "{", "[[]]", "null", "\ufffd"])
    def test_other_text(self, text):
        assert not VerisExtractor().recognizes(document(text))


class TestVictims:
    def test_the_victim_was_breached(self):
        incident = one({"victim_id": "Quillfern", "industry": "513210"})
        assert roles(incident) == {"Quillfern": Role.BREACHED}
        assert incident.parties[0].industry == "513210"
        assert incident.title == "Quillfern, hacking, 2020"
        assert (incident.id, incident.feed) == ("1", "vcdb")

    @pytest.mark.parametrize(
        "victim", [{}, {"victim_id": ""}, {"victim_id": "Unknown"}, {"victim_id": None, "industry": "922"}]
    )
    def test_a_victim_without_a_name_is_a_party_without_one(self, victim):
        (told,) = one(victim=victim).parties
        assert (told.role, told.unnamed_group, told.count) == (Role.BREACHED, True, (1, 1))
        assert told.industry == victim.get("industry", "")

    def test_no_victim_at_all(self):
        assert one(victim=None).parties == ()

    @pytest.mark.parametrize("code", ["00", "000", "000000", "Unknown", "99", None])
    def test_an_unknown_industry_is_none(self, code):
        assert one(victim={"victim_id": "Q", "industry": code}).parties[0].industry == ""

    @pytest.mark.parametrize(("said", "industry"), [("Healthcare", "Healthcare"), ("industry", ""), ("-", "")])
    def test_an_industry_in_words_is_told_as_it_is(self, said, industry):
        incident = one(victim={"victim_id": "Quillfern", "industry": said})
        assert incident.parties[0].industry == industry
        assert ("victim.industry" in notes(incident)) == (said == "industry")

    def test_what_a_template_left_is_no_name(self):
        incident = one(victim={"victim_id": "victim_id", "industry": "62"}, reference="reference")
        assert roles(incident) == {"unnamed organization": Role.BREACHED}
        assert notes(incident)["victim.victim_id"] == "victim_id"

    def test_a_domain_is_an_identifier(self):
        assert one("www.Quillfern.example").parties[0].identifiers == ("domain:quillfern.example",)

    def test_names_are_not_parted_at_commas(self):
        assert list(roles(one("Alder, Birch, Cedar"))) == ["Alder, Birch, Cedar"]

    @pytest.mark.parametrize(
        "victim", ["Quillfern", ["Quillfern"], [{"victim_id": "Quillfern"}], {"victim_id": ["Quillfern"]}]
    )
    def test_odd_layouts(self, victim):
        (incident,) = read({**record(), "victim": victim})
        assert roles(incident) == {"Quillfern": Role.BREACHED}


class TestSecondaryVictims:
    def test_they_are_customers_of_the_victim(self):
        incident = secondary("Alder;541715", "Birch", amount=2)
        assert ties(incident) == [("Alder", "Quillfern"), ("Birch", "Quillfern")]
        assert roles(incident) == {
            "Quillfern": Role.BREACHED,
            "Alder": Role.AFFECTED_DOWNSTREAM,
            "Birch": Role.AFFECTED_DOWNSTREAM,
        }
        assert party(incident, "Alder").industry == "541715"
        (proof,) = incident.uses_vendor[0].evidence
        assert (proof.quote, proof.place, proof.basis) == ("Alder", "/victim/secondary/victim_id/0", Basis.IMPLIED)
        assert proof.confidence < 1

    def test_what_the_summary_says_of_one_stands_behind_the_list(self):
        summary = "It was bad. Alder is a customer of Quillfern and said so."
        incident = secondary("Alder", "Birch", summary=summary)
        listed, said = incident.uses_vendor[0].evidence
        assert (listed.basis, said.basis, said.place) == (Basis.IMPLIED, Basis.STATED, "/summary")
        assert said.quote == "Alder is a customer of Quillfern"
        assert len(incident.uses_vendor[1].evidence) == 1

    def test_several_in_one_element_and_debris_of_commas(self):
        incident = secondary("Alder, Birch, Cedar", " Dogwood Foods", "Inc. ", "Elm\nFir")
        assert [customer for customer, _ in ties(incident)] == [
            "Alder",
            "Birch",
            "Cedar",
            "Dogwood Foods, Inc.",
            "Elm",
            "Fir",
        ]

    def test_two_in_one_element_where_the_amount_says_so(self):
        assert [customer for customer, _ in ties(secondary("Alder, Birch", amount=2))] == ["Alder", "Birch"]
        assert ties(secondary("Alder, Birch", amount=1)) == [("Alder, Birch", "Quillfern")]

    def test_people_are_no_customers(self):
        incident = secondary("Alder Plan enrollees.", amount=4305)
        told = party(incident, "Alder Plan enrollees")
        assert (told.role, told.unnamed_group, ties(incident)) == (Role.AFFECTED_DOWNSTREAM, True, [])
        assert [(count.low, count.unit) for count in incident.record_counts] == [(4305, "people")]
        assert ties(secondary("Jane Roe, MD ", "Alder Clinic")) == [("Alder Clinic", "Quillfern")]

    def test_parents_and_subsidiaries_are_affiliated(self):
        incident = secondary(
            "Alder Holdings",
            "Quillfern Air",
            "Birch Pay (subsidiary)",
            "Cedar",
            summary="Alder Holdings owns Quillfern.",
        )
        assert [(a.party, a.kind, a.other) for a in incident.affiliations] == [
            ("Quillfern", AffiliationKind.SUBSIDIARY, "Alder Holdings"),
            ("Quillfern Air", AffiliationKind.LINKED, "Quillfern"),
            ("Birch Pay", AffiliationKind.SUBSIDIARY, "Quillfern"),
        ]
        assert ties(incident) == [("Cedar", "Quillfern")]
        assert incident.affiliations[0].evidence[0].quote == "Alder Holdings owns"
        assert {roles(incident)[name] for name in ("Alder Holdings", "Quillfern Air", "Birch Pay")} == {Role.OTHER}

    def test_a_note_on_the_only_one(self):
        incident = secondary("Alder", notes="Parent company")
        assert [(a.party, a.kind, a.other) for a in incident.affiliations] == [
            ("Quillfern", AffiliationKind.SUBSIDIARY, "Alder")
        ]
        assert ties(secondary("Alder", "Birch", notes="Parent company")) != []

    def test_a_pair_the_other_way_round(self):
        incident = secondary("Alder", summary="Thieves came in through its payment processor, Alder.")
        assert ties(incident) == [("Quillfern", "Alder")]
        assert roles(incident)["Alder"] is Role.SUPPLIER_ONLY

    @pytest.mark.parametrize(
        ("names", "amount", "group", "count"),
        [
            ((), 3, "3 secondary victims", (3, 3)),
            (("Alder",), 4, "3 other secondary victims", (3, 3)),
            (("Unknown",), 1, "1 secondary victim", (1, 1)),
        ],
    )
    def test_those_that_are_not_named_are_a_group_of_customers(self, names, amount, group, count):
        incident = secondary(*names, amount=amount)
        told = party(incident, group)
        assert (told.unnamed_group, told.count, told.evidence[0].quote) == (True, count, str(amount))
        assert (group, "Quillfern") in ties(incident)

    def test_a_described_group_is_a_customer_without_a_name(self):
        incident = secondary("Several hospitals")
        assert party(incident, "Several hospitals").unnamed_group
        assert ties(incident) == [("Several hospitals", "Quillfern")]

    @pytest.mark.parametrize("names", [("Quillfern",), ("Alder", "ALDER"), ("", " ", None, 5, {"a": 1})])
    def test_nobody_is_listed_twice_or_its_own_customer(self, names):
        customers = [customer for customer, _ in ties(secondary(*names))]
        assert "Quillfern" not in customers
        assert len(customers) == len(set(customers)) <= 1


class TestPartners:
    @pytest.mark.parametrize(
        ("told", "fields", "vendor", "place"),
        [
            ({"name": ["Granite"]}, {}, "Granite", "/actor/partner/name/0"),
            ({"name": "Granite"}, {}, "Granite", "/actor/partner/name"),
            ({"notes": "Granite Records. It lost the tapes."}, {}, "Granite Records", "/actor/partner/notes"),
            ({"notes": "The vendor was called Granite"}, {}, "Granite", "/actor/partner/notes"),
            ({}, {"summary": "Lost by a storage firm, Granite, Inc., in May"}, "Granite, Inc.", "/summary"),
            ({}, {"notes": "Partner: Granite"}, "Granite", "/notes"),
        ],
    )
    def test_the_victim_uses_the_partner(self, told, fields, vendor, place):
        incident = partner({"industry": "493", **told}, **fields)
        assert ties(incident) == [("Quillfern", vendor)]
        assert roles(incident) == {"Quillfern": Role.AFFECTED_DOWNSTREAM, vendor: Role.BREACHED}
        assert party(incident, vendor).industry == "493"
        (proof,) = incident.uses_vendor[0].evidence
        assert (proof.quote, proof.place) == (vendor, place)
        assert "third-party" in [kind.concept for kind in incident.types]

    def test_several_partners(self):
        wanted = [("Quillfern", "Granite"), ("Quillfern", "Basalt")]
        assert ties(partner({"name": ["Granite", "Basalt"]})) == wanted
        listed = partner([{"name": "Granite"}, {"name": "Basalt"}])
        assert ties(listed) == wanted
        assert "third-party" in [kind.concept for kind in listed.types]

    @pytest.mark.parametrize(
        "summary",
        [
            "A disk was lost. The cloud provider Granite Services was not at fault.",
            "A disk was lost. Its vendor, Granite, played no role in that.",
            "A disk was lost. The breach did not involve the vendor Granite.",
            "A disk was lost. The vendor Granite said that its own systems were not breached.",
            "Neither Quillfern nor its vendor Granite was breached; a courier lost the disk.",
            "A disk was lost. The vendor Granite mailed the notices.",
            "Quillfern hired the vendor Granite to investigate how a contractor lost a disk.",
            "A disk was lost. The vendor Granite was not affected, but helped with the search for it.",
            "A disk was lost. The vendor Granite was not at fault, but a courier lost it.",
            "A disk was lost. The vendor Granite assisted with the forensic analysis.",
        ],
    )
    def test_who_is_spared_or_helped_is_not_the_partner(self, summary):
        assert ties(partner({"notes": "contractor"}, summary=summary)) == [
            ("Quillfern", "unnamed partner of Quillfern")
        ]

    @pytest.mark.parametrize(
        "summary",
        [
            "Its own servers were not affected by the attack on its vendor Granite.",
            "The breach, which did not involve its own systems, took place at its vendor Granite.",
            "The attack did not hit Quillfern but its vendor Granite.",
            "The vendor Granite did not encrypt the disk, which was lost.",
            "The vendor Granite mailed the notices of others to it by error.",
            "The vendor Granite was hired to shred files and lost some.",
            "A contractor, Granite, was hired to review claims and lost a thumb drive.",
            "Vendor Granite helps hospitals collect debts. It left a server open.",
            "Quillfern hired a vendor, Granite, to help with its website; the vendor exposed data.",
            "Its vendor Granite, which assists it with mailing, exposed SSNs.",
            "The vendor Granite was hired in 2012 and left data on a public server.",
            "The vendor Granite restored a backup to a public server.",
            "Its vendor Granite was not hacked, but exposed data by mistake.",
            "Its vendor Granite was not breached; rather an employee of it mailed the file.",
            "Its vendor Granite was not hacked; instead, an employee emailed a file to somebody else.",
            "Its vendor Granite was not affected at first, but later was hacked.",
        ],
    )
    def test_what_else_is_denied_spares_no_partner(self, summary):
        assert ties(partner({}, summary=summary)) == [("Quillfern", "Granite")]

    @pytest.mark.parametrize("told", [{}, {"motive": ["NA"]}, {"notes": "None are named."}, {"name": ["Unknown"]}])
    def test_a_partner_that_is_not_named(self, told):
        incident = partner(told, victim={"victim_id": "Quillfern"})
        assert ties(incident) == [("Quillfern", "unnamed partner of Quillfern")]
        group = party(incident, "unnamed partner of Quillfern")
        assert (group.role, group.unnamed_group, group.count) == (Role.BREACHED, True, (1, None))

    def test_where_others_acted_too_the_victim_was_breached(self):
        incident = one(actor={"external": {}, "partner": {"name": ["Granite"]}})
        assert roles(incident) == {"Quillfern": Role.BREACHED, "Granite": Role.BREACHED}

    @pytest.mark.parametrize(
        "fields",
        [
            {"summary": "Files were among those copied in the ransomware attack on Granite."},
            {"summary": "It was exposed when Granite, the vendor used by it to send mail, was breached."},
            {"summary": "The payroll vendor Granite said that its hosted environment was compromised."},
            {"summary": "A hole in the network of Granite let them in."},
            {"summary": "Data was taken by hacking into a server of a third-party vendor."},
            {"asset": {"governance": ["3rd party hosted"]}},
        ],
    )
    def test_an_attack_on_the_partner(self, fields):
        incident = one(actor={"external": {"variety": ["Unknown"]}, "partner": {"notes": "Granite"}}, **fields)
        assert roles(incident) == {"Quillfern": Role.AFFECTED_DOWNSTREAM, "Granite": Role.BREACHED}

    @pytest.mark.parametrize(
        "text",
        [
            "Criminals came into Quillfern's network using credentials stolen from Granite.",
            "Granite was hacked; with the tokens stolen there they read the mail of Quillfern.",
            "They hacked Granite and went from there into the systems of the shops.",
            "Granite was not hacked.",
            "Granite helped.",
        ],
    )
    def test_an_attack_through_the_partner(self, text):
        for asset in ({}, {"governance": ["3rd party hosted"]} if "not" not in text and "helped" not in text else {}):
            told = {"external": {"variety": ["Unknown"]}, "partner": {"notes": "Granite"}}
            assert roles(one(actor=told, summary=text, asset=asset))["Quillfern"] == Role.BREACHED

    def test_nobody_is_its_own_partner(self):
        assert ties(partner({"notes": "Quillfern Records"})) == [("Quillfern", "unnamed partner of Quillfern")]

    @pytest.mark.parametrize("told", [{"notes": "Quillfern"}, {"notes": "Quillfern."}, {"name": ["Quillfern"]}])
    def test_a_partner_that_is_the_victim_is_where_it_began(self, told):
        incident = partner(told)
        assert (roles(incident), ties(incident)) == ({"Quillfern": Role.BREACHED}, [])
        incident = partner(told, victim=[{"victim_id": "Quillfern"}, {"victim_id": "Alder"}])
        assert roles(incident) == {"Quillfern": Role.BREACHED, "Alder": Role.AFFECTED_DOWNSTREAM}
        assert ties(incident) == [("Alder", "Quillfern")]

    def test_a_vendor_that_took_no_part(self):
        incident = one(notes="Partner is Granite Systems.")
        assert (ties(incident), roles(incident)["Granite Systems"]) == (
            [("Quillfern", "Granite Systems")],
            Role.SUPPLIER_ONLY,
        )
        text = "with the payroll vendor, Granite, it found"
        for run in ({"governance": ["3rd party hosted"]}, {"cloud": ["External Cloud Asset(s)"]}):
            assert ties(one(asset=run, summary=text)) == [("Quillfern", "Granite")]
        assert ties(one(summary=text)) == []

    @pytest.mark.parametrize(
        ("text", "role"),
        [
            ("Quillfern was told by its payroll vendor Granite of a loss.", Role.SUPPLIER_ONLY),
            ("A copy of Quillfern's files on Granite, a third-party cloud platform, was made.", Role.SUPPLIER_ONLY),
            ("The event hit Granite, a vendor used by Quillfern for mail.", Role.BREACHED),
            ("A third party vendor, Granite, was hacked.", Role.BREACHED),
        ],
    )
    def test_a_summary_that_says_whose_vendor_it_is(self, text, role):
        incident = one(summary=text)
        assert (ties(incident), roles(incident)["Granite"]) == ([("Quillfern", "Granite")], role)
        hit = Role.AFFECTED_DOWNSTREAM if role is Role.BREACHED else Role.BREACHED
        assert roles(incident)["Quillfern"] == hit

    @pytest.mark.parametrize(
        "text",
        [
            "A flaw in a product by vendor Granite was used.",
            "Its vendor Granite is helping with the investigation.",
            "It was offered to a third-party vendor, Granite.",
            "Granite, a vendor used by Alder, knew of it.",
        ],
    )
    def test_a_summary_that_does_not(self, text):
        assert ties(one(summary=text)) == []

    @pytest.mark.parametrize(
        "text",
        [
            "It was sold to a third-party vendor, Granite.",
            "Malware was found by a third-party vendor, Granite, in May.",
        ],
    )
    def test_who_buys_or_finds_what_was_stolen_is_no_vendor(self, text):
        assert ties(one(asset={"governance": ["3rd party hosted"]}, summary=text)) == []

    @pytest.mark.parametrize("note", ["Third party: Granite", "Data was stored on Granite Web Services", "Files are kept with Granite"])  # fmt: skip
    def test_notes_that_name_a_vendor(self, note):
        for fields in ({"notes": note}, {"asset": {"notes": note}}):
            assert [customer for customer, _ in ties(one(**fields))] == ["Quillfern"]

    def test_notes_that_do_not_say_that_it_is_one(self):
        for note in ("Breach occurred at Granite", "Granite breach", "Data was stored on DVD"):
            assert ties(one(notes=note)) == []
        assert ties(secondary("Granite", notes="Vendor: Granite")) == [("Granite", "Quillfern")]

    @pytest.mark.parametrize(
        ("asset", "names"),
        [
            ({"ownership": ["Partner"]}, ["Quillfern", "unnamed partner of Quillfern"]),
            ({"governance": ["3rd party hosted", "3rd party owned"]}, ["Quillfern", "unnamed partner of Quillfern"]),
            ({"ownership": ["Partner", "Victim"]}, ["Quillfern"]),
            ({"hosting": ["External"], "ownership": ["Unknown"]}, ["Quillfern"]),
        ],
    )
    def test_the_owner_of_what_was_harmed_is_a_vendor_without_a_name(self, asset, names):
        incident = one(asset=asset, actor={"external": {"variety": ["Unknown"]}})
        assert [told.name for told in incident.parties] == names
        if len(names) > 1:
            assert list(roles(incident).values()) == [Role.AFFECTED_DOWNSTREAM, Role.BREACHED]
            assert party(incident, names[1]).evidence[0].quote in {"Partner", "3rd party owned"}
        insider = one(asset=asset, actor={"internal": {"variety": ["Unknown"]}})
        assert list(roles(insider).values()) == [Role.BREACHED, Role.SUPPLIER_ONLY][: len(names)]
        assert ties(insider) == ties(incident) == [("Quillfern", name) for name in names[1:]]
        assert ties(one(asset=asset, notes="Partner: Granite")) == [("Quillfern", "Granite")]

    def test_a_chain(self):
        incident = read(
            record(
                actor={"partner": {"name": ["Granite"]}},
                victim={"victim_id": "Quillfern", "secondary": {"victim_id": ["Alder"]}},
            )
        )[0]
        assert ties(incident) == [("Alder", "Quillfern"), ("Quillfern", "Granite")]


class TestAttackers:
    @pytest.mark.parametrize(
        ("external", "names"),
        [
            ({"name": "Copper Finch"}, ["Copper Finch"]),
            ({"name": ["Copper Finch", "Tin Owl"]}, ["Copper Finch", "Tin Owl"]),
            ({"notes": "Copper Finch"}, ["Copper Finch"]),
            ({"notes": "They called it Romanian."}, []),
            ({"name": ["Unknown"]}, []),
            ("Copper Finch", []),
            ({"name": ["Finch ransomware group", "Tin Owl hacking gang"]}, ["Finch", "Tin Owl"]),
            ({"name": ["Copper Group"]}, ["Copper Group"]),
            ({"name": ["Ruritanian hacking group"]}, ["Ruritanian hacking group"]),
        ],
    )
    def test_those_that_are_named(self, external, names):
        incident = one(actor={"external": external})
        attackers = [told for told in incident.parties if told.role is Role.ATTACKER]
        assert [told.name for told in attackers] == names
        assert [told.evidence[0].quote for told in attackers] == names


class TestCertainty:
    @pytest.mark.parametrize(
        ("security_incident", "confidence", "certainty"),
        [
            ("Confirmed", None, Certainty.CONFIRMED),
            ("Confirmed", "High", Certainty.CONFIRMED),
            ("Confirmed", "Low", Certainty.SUSPECTED),
            ("Confirmed", "None", Certainty.SUSPECTED),
            ("Suspected", "High", Certainty.SUSPECTED),
            ("Near miss", None, Certainty.DENIED),
            ("False positive", "Low", Certainty.DENIED),
            ("Something", None, Certainty.CONFIRMED),
        ],
    )
    def test_by_the_coder(self, security_incident, confidence, certainty):
        incident = one(security_incident=security_incident, confidence=confidence)
        assert incident.certainty is certainty
        assert incident.parties[0].evidence[0].certainty is certainty
        assert notes(incident)["security_incident"] == security_incident

    def test_what_did_not_happen_breached_nobody_and_exposed_nothing(self):
        data = {"confidentiality": {"data_disclosure": "Yes", "data_total": 5, "data": [{"variety": "Bank"}]}}
        incident = secondary("Alder", security_incident="False positive", attribute=data)
        assert set(roles(incident).values()) == {Role.OTHER}
        assert (incident.data_types, incident.record_counts) == ((), ())
        assert ties(incident) == [("Alder", "Quillfern")]
        assert notes(incident)["attribute.confidentiality.data[0].variety"] == "Bank"


class TestData:
    @pytest.mark.parametrize(
        ("disclosure", "certainty"),
        [
            ("Yes", Certainty.CONFIRMED),
            ("Potentially", Certainty.SUSPECTED),
            ("Unknown", Certainty.SUSPECTED),
            (None, Certainty.CONFIRMED),
        ],
    )
    def test_kinds_as_sure_as_their_disclosure(self, disclosure, certainty):
        data = [{"variety": "Medical", "amount": 3}, {"variety": "Secrets"}, {"variety": "medical"}]
        incident = one(attribute={"confidentiality": {"data_disclosure": disclosure, "data": data}})
        assert [(told.text, told.concept, told.certainty) for told in incident.data_types] == [
            ("Medical", "health-records", certainty),
            ("Secrets", "trade-secrets", certainty),
        ]

    def test_the_field_says_that_it_is_data(self):
        told = [{"variety": "Financial"}, {"variety": "attribute.confidentiality.data.variety"}, {"variety": "Sundry"}]
        incident = one(attribute={"confidentiality": {"data_disclosure": "Yes", "data": told}})
        kinds = [(told.text, told.concept) for told in incident.data_types]
        assert kinds == [("Financial", "financial-records"), ("Sundry", "")]
        assert notes(incident)["attribute.confidentiality.data[1].variety"] == told[1]["variety"]

    def test_data_that_were_not_disclosed_become_notes(self):
        told = {"data_disclosure": "No", "data": [{"variety": "Medical", "amount": 3}], "data_total": 3}
        incident = one(attribute={"confidentiality": told})
        assert (incident.data_types, incident.record_counts) == ((), ())
        assert notes(incident)["attribute.confidentiality.data[0].variety"] == "Medical"
        assert "data-breach" not in [kind.concept for kind in incident.types]

    @pytest.mark.parametrize(
        ("told", "counts"),
        [
            ({"data_total": 17}, [17]),
            ({"data_total": 17, "data": [{"variety": "Bank", "amount": 17}]}, [17]),
            ({"data_total": 17, "data": [{"variety": "Bank", "amount": 9}, {"variety": "Medical", "amount": 8}]}, [17]),
            ({"data": [{"variety": "Bank", "amount": 9}, {"variety": "Medical", "amount": 8}]}, [9, 8]),
            ({"data_total": "1,200"}, [1200]),
            ({"data_total": "48.000"}, [48000]),
            ({"data_total": "5 million"}, [5000000]),
            ({"data_total": "1e+05"}, [100000]),
            ({"data_total": 3.0}, [3]),
            ({"data_total": -1}, []),
            ({"data_total": 0}, []),
            ({"data": [{"variety": "Bank", "amount": 0}]}, []),
            ({"data_total": 0, "data": [{"variety": "Bank", "amount": 9}]}, [9]),
            ({"data_total": True}, []),
            ({"data_total": "many"}, []),
            ({"data": "Bank"}, []),
            ({"data": ["Bank", None, {}]}, []),
        ],
    )
    def test_counts(self, told, counts):
        incident = one(attribute={"confidentiality": told})
        assert [(count.low, count.high, count.unit) for count in incident.record_counts] == [
            (count, count, "records") for count in counts
        ]

    def test_a_kind_of_which_there_are_none_or_nobody_knows_is_suspected(self):
        data = [{"variety": "Medical", "amount": 3}, {"variety": "Bank", "amount": 0}, {"variety": "Secrets"}]
        incident = one(attribute={"confidentiality": {"data_disclosure": "Yes", "data": data, "data_total": 0}})
        assert [(told.text, told.certainty) for told in incident.data_types] == [
            ("Medical", Certainty.CONFIRMED),
            ("Bank", Certainty.SUSPECTED),
            ("Secrets", Certainty.CONFIRMED),
        ]
        assert {one.certainty for one in incident.data_types[1].evidence} == {Certainty.SUSPECTED}
        assert notes(incident)["attribute.confidentiality.data[1].amount"] == "0"
        assert notes(incident)["attribute.confidentiality.data_total"] == "0"

    def test_the_amounts_that_are_no_total_stay_as_notes(self):
        told = {"data_total": 17, "data": [{"variety": "Bank", "amount": 9}]}
        assert notes(one(attribute={"confidentiality": told}))["attribute.confidentiality.data[0].amount"] == "9"


class TestKinds:
    @pytest.mark.parametrize(
        ("action", "kinds"),
        [
            ({"hacking": {"variety": ["Unknown"]}}, ["cyber-attack"]),
            ({"hacking": {"variety": ["Exploit vuln", "Backdoor"]}}, ["cyber-attack"]),
            ({"malware": {"variety": ["Backdoor"]}}, ["malware"]),
            ({"malware": {"variety": ["Ransomware", "Backdoor or C2"]}}, ["ransomware"]),
            ({"malware": {"variety": "Ransomware"}}, ["ransomware"]),
            ({"social": {"variety": ["Phishing"]}, "hacking": {"variety": ["DoS"]}}, ["phishing", "denial-of-service"]),
            ({"misuse": {}}, ["insider"]),
            ({"error": {"variety": ["Misdelivery", "Disposal error"]}}, ["data-leak"]),
            ({"error": {"variety": ["Malfunction"]}}, ["outage"]),
            ({"physical": {"variety": ["Theft"]}}, ["data-leak"]),
            ({"environmental": {}}, ["other"]),
            ({"physical": {"variety": ["Skimmer"]}}, ["other"]),
            ({"social": {"variety": ["Bribery"]}}, ["other"]),
            ({"social": {"variety": ["Unknown"]}}, ["other"]),
            ({"social": {}}, ["other"]),
            ({"social": {"variety": ["Spam", "Pretexting"]}}, ["phishing"]),
            ({"social": {"variety": ["Elicitation"]}}, ["phishing"]),
            ({"error": {"variety": ["Data entry error"]}}, ["other"]),
            ({"error": {"variety": ["Physical accidents", "Misconfiguration"]}}, ["misconfiguration"]),
            ({"environmental": {}, "error": {}}, ["misconfiguration"]),
            ({"unknown": {}}, []),
            ("hacking", []),
        ],
    )
    def test_actions(self, action, kinds):
        assert [kind.concept for kind in one(action=action).types] == kinds

    @pytest.mark.parametrize(
        ("variety", "attribute", "kinds"),
        [
            ("Theft", {"availability": {"variety": ["Loss"]}}, ["other"]),
            ("Loss", {"confidentiality": {"data_disclosure": "No"}}, ["other"]),
            ("Misdelivery", {"confidentiality": {"data_disclosure": "No"}}, ["other"]),
            ("Theft", {"confidentiality": {"data_disclosure": "Potentially"}}, ["data-leak", "data-breach"]),
            ("Theft", {"confidentiality": {"data_disclosure": "Unknown"}}, ["data-leak"]),
            ("Misdelivery", {"availability": {"variety": ["Loss"]}}, ["data-leak"]),
        ],
    )
    def test_what_was_lost_leaked_only_where_data_may_have_been_disclosed(self, variety, attribute, kinds):
        found = one(action={"error": {"variety": [variety]}}, attribute=attribute)
        assert [kind.concept for kind in found.types] == kinds

    def test_motive_outage_and_disclosure(self):
        incident = one(
            actor={"external": {"motive": ["Espionage"]}},
            attribute={
                "availability": {"variety": ["Interruption"]},
                "confidentiality": {"data_disclosure": "Potentially"},
            },
        )
        kinds = {kind.concept: kind.evidence[0].certainty for kind in incident.types}
        assert kinds == {
            "cyber-attack": Certainty.CONFIRMED,
            "data-breach": Certainty.SUSPECTED,
            "outage": Certainty.CONFIRMED,
            "espionage": Certainty.CONFIRMED,
        }


class TestDatesAndSources:
    @pytest.mark.parametrize(
        ("told", "edtf", "left"),
        [
            ({"year": 2013, "month": 2, "day": 16}, "2013-02-16", {}),
            ({"year": 2013, "month": 2}, "2013-02", {}),
            ({"year": "2013", "month": "02"}, "2013-02", {}),
            ({"year": 2013, "month": 13, "day": 1}, "2013", {"month": "13", "day": "1"}),
            ({"year": 2013, "month": 2, "day": 30}, "2013-02", {"day": "30"}),
            ({"year": 2013, "day": 3}, "2013", {"day": "3"}),
            ({"month": 2}, None, {"month": "2"}),
            ({"year": 9999}, None, {"year": "9999"}),
        ],
    )
    def test_the_incident_is_dated_as_precisely_as_it_is(self, told, edtf, left):
        incident = one(timeline={"incident": told})
        assert [date.date.edtf for date in incident.dates] == ([edtf] if edtf else [])
        found = {key.rsplit(".", 1)[1]: value for key, value in notes(incident).items() if key.startswith("timeline")}
        assert found == left

    def test_the_notification_is_the_disclosure(self):
        incident = one(plus={"timeline": {"notification": {"year": 2014, "month": 5}}})
        assert [(date.date.edtf, str(date.what)) for date in incident.dates] == [
            ("2020", "occurred"),
            ("2014-05", "disclosed"),
        ]

    def test_references_are_sources_and_the_rest_is_a_note(self):
        incident = one(reference="http://a.example/x (20130822); http://b.example, see the annual report")
        assert [(source.url, source.type) for source in incident.sources] == [
            ("http://a.example/x", "article"),
            ("http://b.example", "article"),
        ]
        assert notes(incident)["reference.seen"] == "2013-08-22 http://a.example/x"
        assert notes(incident)["reference"] == "see the annual report"
        assert notes(one(reference="TEST"))["reference"] == "TEST"

    def test_references_may_be_a_list(self):
        incident = one(reference=["http://a.example/1", "http://b.example/2 (20190304)", "see the annual report", 7])
        assert [(source.url, source.evidence[0].place) for source in incident.sources] == [
            ("http://a.example/1", "/reference/0"),
            ("http://b.example/2", "/reference/1"),
        ]
        assert [(note.key, note.value) for note in incident.notes if note.key.startswith("reference")] == [
            ("reference.seen", "2019-03-04 http://b.example/2"),
            ("reference", "see the annual report"),
            ("reference", "7"),
        ]

    def test_losses_and_the_offer_of_monitoring(self):
        loss = [
            {"variety": "Brand damage", "rating": "Minor"},
            {"variety": "Business disruption", "rating": "Major", "amount": 12},
            {"variety": "Asset and fraud", "amount": 1682205},
            {"variety": "Legal and regulatory", "rating": "Unknown"},
            "odd",
        ]
        incident = one(
            impact={"loss": loss, "iso_currency_code": "ZAR"},
            plus={"attribute": {"confidentiality": {"credit_monitoring": "Y"}}},
        )
        assert [(told.text, told.kind, told.on) for told in incident.impacts] == [
            ("Brand damage: minor", "reputation", "Quillfern"),
            ("Business disruption: major, 12 ZAR", "operational", "Quillfern"),
            ("Asset and fraud: 1,682,205 ZAR", "financial", "Quillfern"),
        ]
        assert [(told.action, told.actor) for told in incident.responses] == [("offer-credit-monitoring", "Quillfern")]

    def test_what_has_no_term_is_a_note(self):
        incident = one(
            campaign_id="c-1",
            victim={
                "victim_id": "Q",
                "region": ["019021", "142145"],
                "revenue": {"amount": 5, "iso_currency_code": "USD"},
            },
            plus={"master_id": "M", "deep": [{"x": [True, None, "Unknown", ""]}]},
        )
        told = notes(incident)
        assert told["campaign_id"] == "c-1"
        assert told["victim.region"] == "019021, 142145"
        assert (told["victim.revenue.amount"], told["plus"]) == ("5", "master_id: M; deep[0].x[0]: true")
        assert not any(value in {"", "Unknown", "null"} for value in told.values())


class TestDocuments:
    def test_bad_records_and_repeats_are_defects(self):
        good, other = record(), record("Alder")
        text = json.dumps([good, {"title": "x"}, good, other])
        told = list(VerisExtractor().extract(document(text.replace('{"title": "x"}', '{"title": "x"}, {"a": NaN}'))))
        assert [item if isinstance(item, Defect) else item.number for item in told] == [
            1,
            Defect("/1", "is not a VERIS incident"),
            Defect("/2", "holds NaN, which is not JSON"),
            Defect("/3", "repeats /0"),
            5,
        ]

    def test_arrays_lines_and_archives_give_the_same_incidents(self, tmp_path):
        values = json.loads(EXAMPLE.read_text("utf-8"))
        with zipfile.ZipFile(tmp_path / "one-by-one.zip", "w") as archive:
            for number, value in enumerate(values):
                archive.writestr(f"vcdb/{number}.json", json.dumps(value))
        (tmp_path / "lines.jsonl").write_text("".join(f"{json.dumps(value)}\n" for value in values), "utf-8")
        told = {}
        for found in find([tmp_path, EXAMPLE]):
            for incident in VerisExtractor().extract(read_document(found)):
                kind = found.name.split("/")[0]
                told.setdefault(kind, []).append((incident.id, incident.title, ties(incident), len(incident.notes)))
        assert told["one-by-one.zip"] == told["lines.jsonl"] == told["veris.json"]
        assert len(told) == 3

    def test_every_quote_stands_at_its_span(self):
        text = EXAMPLE.read_text("utf-8")
        count = 0
        for incident in VerisExtractor().extract(document(text)):
            for proof in proofs(incident):
                count += 1
                assert proof.quote == text[slice(*proof.span)] != ""
        assert count > 80

    def test_the_example(self):
        incidents = list(VerisExtractor().extract(document(EXAMPLE.read_text("utf-8"))))
        assert [str(incident.certainty) for incident in incidents] == ["confirmed", "confirmed", "suspected", "denied"]
        assert [len(incident.uses_vendor) for incident in incidents] == [6, 1, 1, 0]


def proofs(value):
    """Every evidence in a record."""
    for name in value.__slots__:
        told = getattr(value, name)
        for item in told if isinstance(told, tuple) else ():
            if hasattr(item, "quote"):
                yield item
            elif hasattr(item, "__slots__"):
                yield from proofs(item)


def accounted(text):
    """Items of a document, none of them a failure of the extractor."""
    items = list(extracted(VerisExtractor(), document(text)))
    assert not [item for item in items if isinstance(item, Defect) and "failed" in item.reason]
    for item in items:
        if isinstance(item, Incident):
            names = {party.name for party in item.parties}
            assert all({tie.customer, tie.supplier} <= names for tie in item.uses_vendor)
            assert len(names) == len(item.parties)
            for proof in proofs(item):
                assert proof.quote == text[slice(*proof.span)] != ""
    return items


def test_damaged_bytes_never_make_it_fail():
    for mutant in mutants([EXAMPLE.read_text("utf-8")], 100, seed=5):
        assert accounted(mutant)


LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text('Ab ,;.\n"(é', max_size=12)
)
ODD = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab/~", max_size=3), inner, max_size=3),
    max_leaves=4,
)


@given(st.data())
def test_no_value_at_any_place_makes_it_fail(data):
    (told,) = json.loads(f"[{json.dumps(record())}]")
    first, *_ = json.loads(EXAMPLE.read_text("utf-8"))
    told |= first
    for _ in range(data.draw(st.integers(1, 4))):
        place = told
        while isinstance(place, dict) and place:
            key = data.draw(st.sampled_from(sorted(place)))
            if not isinstance(place[key], dict) or data.draw(st.booleans()):
                place[key] = data.draw(ODD)
                break
            place = place[key]
    assert accounted(json.dumps(told))


def test_kin_of_somebody_else_is_a_customer():
    incident = secondary(
        "Alder, a subsidiary of Quillfern", "Birch, a subsidiary of Cedar", "Quillfern's parent Elm Holdings"
    )
    assert ties(incident) == [("Birch", "Quillfern")]
    assert [(str(told.kind), told.party, told.other) for told in incident.affiliations] == [
        ("subsidiary", "Alder", "Quillfern"),
        ("subsidiary", "Birch", "Cedar"),
        ("subsidiary", "Quillfern", "Elm Holdings"),
    ]
    assert roles(incident)["Cedar"] is Role.OTHER


def test_a_vendor_that_is_guessed_is_suspected():
    (proof,) = party(partner({"notes": "Possibly Siskin Backup Ltd"}), "Siskin Backup Ltd").evidence
    assert (proof.quote, proof.certainty) == ("Siskin Backup Ltd", Certainty.SUSPECTED)
    (proof,) = party(partner({"notes": "Siskin Backup Ltd"}), "Siskin Backup Ltd").evidence
    assert proof.certainty is Certainty.CONFIRMED


def test_the_whole_loss_and_losses_with_bounds():
    told = {
        "iso_currency_code": "EUR", "overall_amount": 250000,
        "loss": [
            {"variety": "Brand damage", "min_amount": 1000, "max_amount": 2000.5},
            {"variety": "Operating costs", "max_amount": 5},
            {"variety": "Asset and fraud", "rating": "Unknown", "notes": "see the report"},
        ],
    }  # fmt: skip
    incident = one(impact=told)
    assert [(impact.kind, impact.text) for impact in incident.impacts] == [
        ("reputation", "Brand damage: 1,000 to 2,000.5 EUR"),
        ("financial", "Operating costs: up to 5 EUR"),
        ("financial", "Overall: 250,000 EUR"),
    ]
    assert "impact.overall_amount" not in notes(incident)
    assert notes(incident)["impact.loss[2].notes"] == "see the report"
    assert one(impact={"overall_amount": 0}).impacts == ()


@pytest.mark.parametrize(
    ("action", "vector", "concept"),
    [
        ("malware", "Software update", "supply-chain-attack"),
        ("malware", "Partner", "third-party"),
        ("hacking", "Partner", "third-party"),
    ],
)
def test_vectors_through_somebody_else(action, vector, concept):
    incident = one(action={action: {"variety": ["Unknown"], "vector": [vector]}})
    assert concept in [told.concept for told in incident.types]


def test_other_vectors_are_no_kind_of_incident():
    incident = one(action={"social": {"variety": ["Phishing"], "vector": ["Partner"]}})
    assert [told.concept for told in incident.types] == ["phishing"]
