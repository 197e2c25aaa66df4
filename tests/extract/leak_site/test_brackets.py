"""Titles of leak-site posts: what in brackets belongs to a name, whose part a victim is, and words of names that announce elsewhere."""

from __future__ import annotations

import json

import pytest
from mutants import check

from kg.extract.leak_site.extractor import LeakSiteExtractor
from kg.extract.leak_site.title import read_title
from kg.model import AffiliationKind, Document, Role


def told(title):
    found = read_title(title, "mudlark")
    return [one.name for one in found.victims], found.notes


@pytest.mark.parametrize(
    "name",
    [
        "Alder (India) Pvt. Ltd.",
        "Alder (Hong Kong) Limited",
        "Alder (Thailand) Co., Ltd.",
        "Alder (China) Investment Co., Ltd",
        "Alder (UK) Limited",
        "Alder (M) Sdn Bhd",
        "Alder Services (Singapore) Pte Ltd",
        "Bank of Alder (Hong Kong)",
        "Alder (UK)",
    ],
)
def test_a_country_inside_a_name_or_behind_a_bare_one_is_part_of_it(name):
    assert told(name) == ([name], [])


@pytest.mark.parametrize(
    ("title", "name", "place"),
    [
        ("Alder S.p.A. (Italy)", "Alder S.p.A.", "Italy"),
        ("Alder Group (USA)", "Alder Group", "USA"),
        ("Hospital do Alder (Portugal)", "Hospital do Alder", "Portugal"),
        ("Alder Inc. (USA) - alder.com", "Alder Inc.", "USA"),
        ("Alder Inc. (USA) full data", "Alder Inc. full data", "USA"),
        ("(USA) Alder Mills", "Alder Mills", "USA"),
        ("Alder Mills - (USA)", "Alder Mills", "USA"),
    ],
)
def test_a_country_beside_a_whole_name_is_a_note(title, name, place):
    names, notes = told(title)
    assert names == [name]
    assert ("place", place) in notes


@pytest.mark.parametrize(
    ("title", "name", "remark"),
    [
        ("Alder Corp. (NASDAQ: ALD)", "Alder Corp.", "NASDAQ: ALD"),
        ("Alder Corp. (NYSE: ALD) Holdings", "Alder Corp. Holdings", "NYSE: ALD"),
        ("Alder Corp (revenue: $5M)", "Alder Corp", "revenue: $5M"),
        ("Quince Ltd (client of Alder)", "Quince Ltd", "client of Alder"),
        ("Alder Industries [The company producing explosives]", "Alder Industries", "The company producing explosives"),
        ("ALDER.COM (MAGNET)", "ALDER.COM", "MAGNET"),
    ],
)
def test_what_a_bracket_tells_is_a_remark(title, name, remark):
    assert told(title) == ([name], [("remark", remark)])


@pytest.mark.parametrize("name", ["ООО «Ромашка»", "Groupe «Delta» SA", "Alder [ALD] Inc", "Alder (The Bar of Rome)"])
def test_quotation_marks_and_other_brackets_stay(name):
    assert told(name) == ([name], [])


def test_a_mark_of_quotation_may_part_a_name_from_its_domain():
    assert [(one.name, one.domain) for one in read_title("Alder » alder.com", "x").victims] == [("Alder", "alder.com")]


@pytest.mark.parametrize(
    "name",
    [
        "Leak Testing Specialists, Inc.",
        "Leak Detection Services",
        "Data Leak Prevention GmbH",
        "Full Leak Solutions",
        "Leaks Direct Ltd",
        "Leaked Films",
        "Hacked Off Films",
        "Data for Progress",
        "Volume 2 Publishing",
        "Announce Media",
        "Announcements Plus",
        "Welcome Home Realty",
        "News-Press",
        "Links of Alder",
        "Link for Alder",
        "File for Alder LLC",
    ],
)
def test_words_that_announce_are_words_of_names_too(name):
    assert told(name) == ([name], [])


@pytest.mark.parametrize(
    "title",
    [
        "LEAKED: Alder Corp",
        "Leaked - Alder Corp",
        "Leak Post Alder Corp",
        "Leaks Company Alder Corp",
        "New Leak Alder Corp",
        "Leaked data of Alder Corp",
        "Data of Alder Corp",
        "Full data of Alder Corp",
        "The entire data of Alder Corp (alder.k12.us) 120GB",
        "Letter to Alder Corp",
        "NEW Links for Alder Corp",
        "Alder Corp LEAK POST",
    ],
)
def test_what_announces_a_name_is_none_of_it(title):
    assert told(title)[0] == ["Alder Corp"]


@pytest.mark.parametrize(
    "title", ["Announcement FTP", "Hello Friends", "Full data publishing", "Publishing soon", "Announcement - rules"]
)
def test_announcements_still_name_nobody(title):
    assert told(title)[0] == []


@pytest.mark.parametrize(
    ("title", "name", "owner"),
    [
        ("Rowan Dental (a subsidiary of Spruce Holdings)", "Rowan Dental", "Spruce Holdings"),
        ("Omicron (part of Pi Group)", "Omicron", "Pi Group"),
        ("Nu - a division of Xi Corp", "Nu", "Xi Corp"),
        ("Nu, a division of Xi Corp", "Nu", "Xi Corp"),
        ("Omicron (acquired by Pi Group in 2020)", "Omicron", "Pi Group"),
        ("Omicron (part of Cruxit attack)", "Omicron (part of Cruxit attack)", ""),
        ("Omicron (part of Fortune 500)", "Omicron (part of Fortune 500)", ""),
        ("Omicron (part of Data)", "Omicron", ""),
        ("Omicron (part of the company)", "Omicron (part of the company)", ""),
        ("Alder Law Group, A Professional Corporation", "Alder Law Group, A Professional Corporation", ""),
    ],
)
def test_whose_part_a_victim_is(title, name, owner):
    assert [(one.name, one.owner) for one in read_title(title, "mudlark").victims] == [(name, owner)]


def test_whose_part_a_victim_is_makes_an_affiliation():
    text = json.dumps([{"post_title": "Omicron (part of Pi Group)", "group_name": "elk", "discovered": "2025-01-02"}])
    (found,) = LeakSiteExtractor().extract(Document("p.json", text, "0"))
    assert [(one.name, one.role) for one in found.parties[:2]] == [("Omicron", Role.BREACHED), ("Pi Group", Role.OTHER)]
    assert [(one.kind, one.other) for one in found.affiliations] == [(AffiliationKind.SUBSIDIARY, "Pi Group")]


@pytest.mark.parametrize(
    "header",
    ["Victim,Threat Actor,Date", "victim,threat_actor,published", "Victim,Actor,Date", "Victim,Threat Group,Date"],
)
def test_lists_that_tell_only_who_did_it_do_not_tell_of_ransomware(header):
    found = Document("p.csv", f"{header}\nAlder Foods,Elk,2025-01-02\n", "0")
    assert LeakSiteExtractor().recognizes(found)
    check(LeakSiteExtractor(), found)
    (one,) = LeakSiteExtractor().extract(found)
    assert [(p.name, p.role) for p in one.parties] == [("Alder Foods", Role.BREACHED), ("Elk", Role.ATTACKER)]
    assert ([t.concept for t in one.types], one.sources, str(one.certainty)) == (["cyber-attack"], (), "claimed")


@pytest.mark.parametrize(
    "header",
    ["Victim,Threat Actor,Date,Vector", "Victim,Actor", "Company,Threat Actor,Date", "Victim,Actor,Date,Vendor"],
)
def test_lists_of_attacks_that_tell_more_are_others(header):
    row = ",".join(["Alder Foods"] * (header.count(",") + 1))
    assert not LeakSiteExtractor().recognizes(Document("p.csv", f"{header}\n{row}\n", "0"))


def test_posts_behind_a_group_without_its_name():
    group = {"meta": "x", "profile": [], "locations": [{"fqdn": "x.onion"}], "captcha": False, "parser": True}
    posts = [{"post_title": "Alder Foods", "discovered": "2025-01-02"}]
    found = Document("p.json", json.dumps([group, posts]), "0")
    assert LeakSiteExtractor().recognizes(found)
    check(LeakSiteExtractor(), found)
    (one,) = LeakSiteExtractor().extract(found)
    assert [(p.name, p.role) for p in one.parties] == [("Alder Foods", Role.BREACHED)]
    assert (one.title, [t.concept for t in one.types]) == ("Alder Foods (claimed)", ["ransomware"])
    assert one.id.endswith("2025-01-02")


@pytest.mark.parametrize("headline", ["Alder denies a breach", "Possible attack on Alder", "Alder dementiert Angriff"])
def test_a_headline_that_leaves_it_open_is_no_certain_attack(headline):
    member = {
        "victim": "Alder",
        "claim_gang": "",
        "title": headline,
        "url": "https://news.example/x",
        "date": "2025-05-01",
    }
    (one,) = LeakSiteExtractor().extract(Document("p.json", json.dumps([member]), "0"))
    assert str(one.certainty) == "suspected"
    assert [source.url for source in one.sources] == ["https://news.example/x"]


@pytest.mark.parametrize(
    ("title", "found", "notes"),
    [
        ("Alder Foods (alder.local)", [("Alder Foods", "")], [("remark", "alder.local")]),
        ("alder.com, birch.com, elm.local", [("alder.com", "alder.com"), ("birch.com", "birch.com")], [("address", "elm.local")]),
        ("elm.local, oak.lan", [("elm.local", ""), ("oak.lan", "")], []),
        ("elm.local", [("elm.local", "")], []),
    ],
)  # fmt: skip
def test_a_host_of_an_inner_network_is_nobodys_domain(title, found, notes):
    told = read_title(title, "elk")
    assert ([(one.name, one.domain) for one in told.victims], told.notes) == (found, notes)


@pytest.mark.parametrize(
    ("title", "found", "remark"),
    [
        ("Alder Inc www.alder.com serviced by an IT company Bri...", [("Alder Inc", "alder.com")], "serviced by an IT company Bri..."),
        ("Alder Ltd / Birch Group https://alder.com/ has been hit", [("Alder Ltd", ""), ("Birch Group", "")], "has been hit"),
        ("Alder www.alder.com www.birch.com", [("Alder www.alder.com", "birch.com")], None),
        ("Alder Inc www.alder.com", [("Alder Inc", "alder.com")], None),
    ],
)  # fmt: skip
def test_what_stands_behind_an_address_is_no_part_of_the_name(title, found, remark):
    told = read_title(title, "elk")
    assert [(one.name, one.domain) for one in told.victims] == found
    assert dict(told.notes).get("remark") == remark
