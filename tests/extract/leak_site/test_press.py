"""What leak-site lists tell of the press, and answers whose group stands above the posts."""

from __future__ import annotations

import json

import pytest
from mutants import check, check_mutants

from kg.extract.leak_site.extractor import LeakSiteExtractor
from kg.model import AffiliationKind, Certainty, Defect, Document, Role

POST = {"victim": "Alder Foods", "group": "elk", "discovered": "2025-01-02"}
ATTACK = {
    "added": "2025-05-02",
    "claim_gang": "elk",
    "claim_url": None,
    "country": "ES",
    "date": "2025-05-01",
    "domain": "",
    "link": "https://news.example/x",
    "source": "El Alba",
    "summary": "…",
    "title": "Ciberataque al Ayuntamiento de Alder",
    "victim": "Ayuntamiento de Alder",
}
GROUP = [
    {"meta": "x", "name": "elk", "locations": [], "profile": []},
    [{"post_title": "Alder Foods", "discovered": "2024-03-06 07:32:41.1", "link": None}, 5, {"post_title": "B*** Inc", "discovered": "2024-03-06"}],
]  # fmt: skip


def document(value):
    return Document("p.json", json.dumps(value, ensure_ascii=False), "0" * 64)


def read(value):
    found = document(value)
    assert LeakSiteExtractor().recognizes(found)
    check(LeakSiteExtractor(), found)
    return list(LeakSiteExtractor().extract(found))


def post(**fields):
    (one,) = read([POST | fields])
    return one


@pytest.mark.parametrize(
    ("press", "told"),
    [
        ([{"link": "https://news.example/a", "source": "The Dawn", "date": "2025-03-05"}], [("The Dawn", "https://news.example/a")]),
        ([{"source": "https://news.example/a"}], [("", "https://news.example/a")]),
        (["https://news.example/a", "https://news.example/a", "no address"], [("", "https://news.example/a")]),
        ("https://news.example/a", [("", "https://news.example/a")]),
        ([{"source": "The Dawn"}, 5, None], []),
        (None, []),
    ],
)  # fmt: skip
def test_articles_about_a_post_are_sources(press, told):
    site, *articles = post(press=press).sources
    assert site.type == "leak-site"
    assert [(one.publisher, one.url) for one in articles] == told
    assert {one.type for one in articles} <= {"article"}


@pytest.mark.parametrize("said", ["Not Found", "not found", "nan", "N/D", "Other"])
def test_a_sector_that_was_not_found_is_none(said):
    assert post(activity=said).parties[0].industry == ""


@pytest.mark.parametrize("said", ["nan", "NaN", "<NA>"])
def test_a_name_that_a_program_had_none_for_is_none(said):
    assert isinstance(post(victim=said), Defect)


@pytest.mark.parametrize("said", ["[REDACTED]", "Confidential", "Hidden", "N/A"])
def test_two_that_are_not_named_are_two(said):
    first, second = read([POST | {"victim": said}, POST | {"victim": said, "discovered": "2025-02-03"}])
    assert first.id != second.id
    assert [one.parties[0].unnamed_group for one in (first, second)] == [True, True]


def test_a_former_name_is_told_as_an_affiliation():
    found = post(victim="Orion Care Group (formerly Virgo Care)")
    (told,) = found.affiliations
    assert (told.party, told.kind, told.other) == ("Orion Care Group", AffiliationKind.FORMER_NAME, "Virgo Care")


@pytest.mark.parametrize(
    ("victim", "website", "domains"),
    [
        ("Volt Energy", "www.zoominfo.com", ()),
        ("Lark Homes", "https://www.zoominfo.com/c/lark-homes/123", ()),
        ("Brix Foods", "https://www.linkedin.com/company/brix-foods", ()),
        ("Brix Foods", "https://de.linkedin.com/company/brix-foods", ()),
        ("Brix Foods", "https://sites.google.com/view/brix", ()),
        ("Brix Foods", "brixfoods.blogspot.com.br", ()),
        ("Brix Foods", "https://somelist.example/companies/brix-foods", ()),
        ("Brix Foods", "https://brix.example/brix-foods", ("domain:brix.example",)),
        ("Brix Foods", "https://www.brixfoods.example/about", ("domain:brixfoods.example",)),
        ("Brix Foods", "https://unlike.example/en/home", ("domain:unlike.example",)),
        ("LinkedIn", "linkedin.com", ("domain:linkedin.com",)),
        ("LinkedIn Corporation", "https://www.linkedin.com/", ("domain:linkedin.com",)),
        ("Google LLC", "google.com", ("domain:google.com",)),
        ("Boxwood", "mybox.com", ("domain:mybox.com",)),
    ],
)
def test_a_page_about_the_victim_is_no_domain_of_it(victim, website, domains):
    found = post(victim=victim, website=website)
    assert found.parties[0].identifiers == domains
    assert [note.value for note in found.notes if note.key == "website"] == ([] if domains else [website])


def test_an_attack_that_the_press_tells_of():
    (found,) = read([ATTACK])
    victim, group = found.parties
    assert (victim.name, victim.role, found.certainty) == (ATTACK["victim"], Role.BREACHED, Certainty.CONFIRMED)
    assert (group.role, group.evidence[0].certainty) == (Role.ATTACKER, Certainty.CLAIMED)
    assert [(one.publisher, one.url, one.type) for one in found.sources] == [("El Alba", ATTACK["link"], "article")]
    assert [(str(one.what), one.date.edtf) for one in found.dates] == [("reported", "2025-05-01")]
    (alone,) = read([ATTACK | {"claim_gang": ""}])
    assert len(alone.parties) == 1
    assert isinstance(read([ATTACK | {"victim": ""}])[0], Defect)


def test_posts_behind_their_group():
    first, other, hidden = read(GROUP)
    assert [one.name for one in first.parties] == ["Alder Foods", "elk"]
    assert (other.place, other.reason) == ("/1/1", "is not an object")
    assert hidden.parties[0].unnamed_group
    text = document(GROUP).text
    proofs = [proof for one in (first, hidden) for party in one.parties for proof in party.evidence]
    assert all(text[slice(*proof.span)] == proof.quote for proof in proofs)


@pytest.mark.parametrize(
    "broken", [GROUP[:1], [*GROUP, {}], [{"name": ""}, GROUP[1]], [{"name": "elk"}, [{"title": "x"}]]]
)
def test_other_arrays_are_none(broken):
    assert not LeakSiteExtractor().recognizes(document(broken))


@pytest.mark.parametrize(
    "value", [[ATTACK], GROUP, [POST | {"press": [{"link": "https://news.example/a", "source": "The Dawn"}]}]]
)
def test_mutants(value):
    check_mutants(LeakSiteExtractor(), "p.json", document(value).text.encode(), 60, seed=5)
