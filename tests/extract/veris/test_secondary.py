"""Secondary victims: people and trades, groups and how many they are, firms with commas in their names, and kin."""

from __future__ import annotations

import json

import pytest

from kg.extract.veris.extractor import VerisExtractor
from kg.model import Document, Incident, Role


def one(*names, amount=None, victim="Quillfern"):
    """An incident at a victim with secondary victims."""
    told = {
        "incident_id": "1", "security_incident": "Confirmed", "actor": {"external": {}}, "action": {"hacking": {}},
        "victim": {"victim_id": victim, "secondary": {"victim_id": list(names), **({} if amount is None else {"amount": amount})}},
    }  # fmt: skip
    (incident,) = VerisExtractor().extract(Document("veris.json", json.dumps(told), "0" * 64))
    assert isinstance(incident, Incident)
    return incident


def listed(incident):
    """The secondary victims with how many they are, and whether they are groups."""
    return [(party.name, party.unnamed_group, party.count) for party in incident.parties[1:]]


def customers(incident):
    return [tie.customer for tie in incident.uses_vendor]


def notes(incident):
    return {note.key: note.value for note in incident.notes}


@pytest.mark.parametrize(
    "name",
    ["Cardholders", "Taxpayers", "Members", "residents", "VOTERS", "Policyholders", "Physicians", "Former Patients", "Employees"],
)  # fmt: skip
def test_people_are_no_customer(name):
    incident = one(name, amount=900)
    assert listed(incident) == [(name, True, None)]
    assert customers(incident) == []
    assert [(count.low, count.unit) for count in incident.record_counts] == [(900, "people")]


@pytest.mark.parametrize("name", ["Merchants", "Franchisees", "Airlines", "Credit Unions"])
def test_a_trade_is_a_group(name):
    incident = one(name, amount=900)
    assert listed(incident) == [(name, True, (900, 900))]
    assert customers(incident) == [name]


@pytest.mark.parametrize("name", ["Travelers", "Friends", "Brothers", "Carters", "Winners", "Merchants Bank"])
def test_a_plural_that_is_a_name(name):
    assert listed(one(name)) == [(name, False, None)]


class TestAmounts:
    def test_a_counted_group_is_counted_once(self):
        incident = one("40 hospitals", "Alder Clinic", amount=41)
        assert listed(incident) == [("40 hospitals", True, (40, 40)), ("Alder Clinic", False, None)]
        assert listed(one("40 hospitals", amount=60))[1] == ("20 other secondary victims", True, (20, 20))

    def test_a_group_without_a_number_is_the_rest(self):
        assert listed(one("Multiple", amount=40)) == [("Multiple", True, (40, 40))]
        assert listed(one("Alder", "various credit unions", amount=40))[1] == ("various credit unions", True, (39, 39))
        assert listed(one("Banks", amount=1)) == [("Banks", True, None)]

    def test_an_amount_of_two_such_groups_is_a_note(self):
        incident = one("Cardholders", "Merchants", amount=900)
        assert [count for *_, count in listed(incident)] == [None, None]
        assert notes(incident)["victim.secondary.amount"] == "900"

    def test_people_are_one_of_a_list_that_is_nearly_whole(self):
        told = listed(one("Alder", "Birch", "support staff", amount=4))
        assert told[2:] == [("support staff", True, None), ("1 other secondary victim", True, (1, 1))]
        assert len(listed(one("Alder", "Birch", "support staff", amount=400))) == 3

    def test_the_victim_is_none_of_its_own(self):
        incident = one("Quillfern", amount=1)
        assert listed(incident) == []
        assert customers(incident) == []

    def test_one_that_is_listed_twice(self):
        assert customers(one("Alder Clinic", "ALDER CLINIC", amount=2)) == ["Alder Clinic"]

    def test_an_amount_in_quotes(self):
        assert listed(one("Alder", amount="3"))[1] == ("2 other secondary victims", True, (2, 2))


class TestFirms:
    @pytest.mark.parametrize("amount", [1, None, 7])
    def test_a_firm_with_commas_is_one(self, amount):
        assert customers(one("Shook, Hardy & Bacon", amount=amount))[0] == "Shook, Hardy & Bacon"

    def test_three_where_the_amount_says_so(self):
        assert customers(one("Alder, Birch & Cedar", amount=3)) == ["Alder", "Birch", "Cedar"]

    def test_lists_are_parted_as_before(self):
        assert customers(one("Alder Inns, Birch Inns, Cedar Lodges")) == ["Alder Inns", "Birch Inns", "Cedar Lodges"]
        assert customers(one("Alder, Birch and Cedar")) == ["Alder", "Birch", "Cedar"]
        assert customers(one("Alder, Birch and Cedar", amount=1)) == ["Alder, Birch and Cedar"]


class TestKin:
    @pytest.mark.parametrize(
        "printed",
        [
            "Holloway Bank, a division of Meridian Group", "Holloway Bank (a subsidiary of Meridian Group)",
            "Holloway Bank (subsidiary of Meridian Group)",
        ],
    )  # fmt: skip
    def test_whose_the_victim_is(self, printed):
        incident = one("Alder", victim=printed)
        assert [(told.party, str(told.kind), told.other) for told in incident.affiliations] == [
            ("Holloway Bank", "subsidiary", "Meridian Group")
        ]
        assert [party.name for party in incident.parties if party.role is Role.OTHER] == ["Meridian Group"]
        assert customers(incident) == ["Alder"]

    @pytest.mark.parametrize("printed", ["Holloway Bank, a division of the company", "Holloway Bank (subsidiary)"])
    def test_what_names_nobody_is_a_note(self, printed):
        incident = one(victim=printed)
        assert incident.affiliations == ()
        assert notes(incident)["victim.victim_id"] == printed

    def test_a_department_is_no_part_of_its_subject(self):
        incident = one(victim="Department of Alder, Division of Public Health")
        assert incident.affiliations == ()


@pytest.mark.parametrize(
    "name",
    ["Individual", "Unknown Individual", "Private citizen", "Redacted", "[redacted]", "Anonymous", "anonymous restaurant",
     "Local restaurant", "a restaurant", "unknown hospital", "Name withheld"],
)  # fmt: skip
def test_a_victim_that_is_nobody(name):
    assert one(victim=name).parties[0].unnamed_group


@pytest.mark.parametrize("name", ["Local Motors", "Private Bank", "Citizen", "Anonymous Content", "Restaurant Depot"])
def test_a_victim_that_only_looks_so(name):
    assert not one(victim=name).parties[0].unnamed_group


class TestOthers:
    @pytest.mark.parametrize(
        ("printed", "parties"),
        [
            (("Target", "etc.", "and others"), [("Target", False, None)]),
            (("Alder Bank and others",), [("Alder Bank", False, None)]),
            (("Alder Bank, etc.",), [("Alder Bank", False, None)]),
            (("Alder, Inc. et al.",), [("Alder, Inc.", False, None)]),
            (("Alder Bank, Birch Bank, and many others",), [("Alder Bank", False, None), ("Birch Bank", False, None), ("many others", True, None)]),
            (("Alder Bank", "and 40 others"), [("Alder Bank", False, None), ("40 others", True, (40, 40))]),
            (("Alder Bank and other banks",), [("Alder Bank", False, None), ("other banks", True, None)]),
            (("Alder", "and Birch"), [("Alder", False, None), ("Birch", False, None)]),
            (("University of Alder, Paris and others",), [("University of Alder, Paris", False, None)]),
        ],
    )  # fmt: skip
    def test_they_are_a_group_or_a_note(self, printed, parties):
        assert listed(one(*printed)) == parties

    def test_what_names_nobody_stays_as_a_note(self):
        assert notes(one("Target", "etc.", "and others"))["victim.secondary.victim_id"] == "etc., and others"
        assert notes(one("Alder Bank and others"))["victim.secondary.victim_id"] == "Alder Bank and others"
        assert "victim.secondary.victim_id" not in notes(one("Alder Bank"))

    def test_an_amount_tells_how_many_they_are(self):
        assert listed(one("Alder, etc.", amount=40))[1] == ("39 other secondary victims", True, (39, 39))

    @pytest.mark.parametrize(
        "name", ["Mothers and Others", "Pets Etc.", "Toys and more", "Linens & More", "& Other Stories", "Brothers Inc"]
    )
    def test_names_that_end_so(self, name):
        assert listed(one(name)) == [(name, False, None)]


class TestAsides:
    @pytest.mark.parametrize(
        ("printed", "name"),
        [
            ("Alder Health (4 million patients)", "Alder Health"),
            ("Alder (approximately 4 million patients)", "Alder"),
            ("Alder (members)", "Alder"),
            ("Alder County Health (1.2 million)", "Alder County Health"),
            ("Alder [12,000 records]", "Alder"),
            ("Alder - 4 million patients", "Alder"),
        ],
    )
    def test_how_many_one_lost_is_a_note(self, printed, name):
        incident = one(printed)
        assert (listed(incident), customers(incident)) == ([(name, False, None)], [name])
        assert notes(incident)["victim.secondary.victim_id"] == printed
        assert incident.parties[1].evidence[0].quote == name

    @pytest.mark.parametrize(
        "name", ["Alder Mining (3M)", "Alderland (7-Birch)", "Alder (Birch)", "Alder Clinic (Dr. Birch)", "Studio - 54"]
    )
    def test_other_brackets_are_of_the_name(self, name):
        assert listed(one(name)) == [(name, False, None)]

    def test_how_many_a_group_is_stays_with_it(self):
        assert listed(one("Multiple entities (2)"))[0][:2] == ("Multiple entities (2)", True)
        assert listed(one("40 banks (1.2 million cards)")) == [("40 banks (1.2 million cards)", True, (40, 40))]


class TestTwoFirms:
    @pytest.mark.parametrize(
        ("victim", "victims"),
        [
            ("Alder Inc, JBirch Cedar & Co", ["Alder Inc", "JBirch Cedar & Co"]),
            ("Alder Inc., Birch Inc.", ["Alder Inc.", "Birch Inc."]),
            ("Alder Inc. and Birch LLC", ["Alder Inc.", "Birch LLC"]),
            ("Alder Inc., Birch", ["Alder Inc., Birch"]),
            ("Alder Co., Ltd.", ["Alder Co., Ltd."]),
            ("Alder Inc., DBA Birch LLC", ["Alder Inc., DBA Birch LLC"]),
            ("Alder AG & Co KG", ["Alder AG & Co KG"]),
            ("Alder Co & Sons Ltd", ["Alder Co & Sons Ltd"]),
            ("Alder, Birch, Cedar", ["Alder, Birch, Cedar"]),
        ],
    )
    def test_a_victim_is_parted_where_each_part_has_a_legal_form(self, victim, victims):
        assert [party.name for party in one(victim=victim).parties] == victims

    def test_letters_are_no_names(self):
        incident = one(*"Bed, Bath; Barnes")
        assert listed(incident) == []
        assert "victim.secondary.victim_id" in notes(incident)


@pytest.mark.parametrize("note", ["United Alder members", "Homeowner data", "It is not a subsidiary"])
def test_notes_that_tell_of_no_kin(note):
    told = {
        "incident_id": "1", "security_incident": "Confirmed", "actor": {"external": {}}, "action": {"hacking": {}},
        "victim": {"victim_id": "Quillfern", "secondary": {"victim_id": ["Alder"], "notes": note}},
    }  # fmt: skip
    (incident,) = VerisExtractor().extract(Document("veris.json", json.dumps(told), "0" * 64))
    assert isinstance(incident, Incident)
    assert (incident.affiliations, customers(incident)) == ((), ["Alder"])
