"""Leak-site posts: claims about named, hidden, cut-off victims, and posts that name nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutants import check, check_mutants

from kg.extract.leak_site.extractor import LeakSiteExtractor
from kg.extract.leak_site.title import read_title
from kg.model import AffiliationKind, Certainty, Defect, Document, Role

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "feeds" / "leak-posts.json"


def document(*posts):
    told = [{"group_name": "mudlark", "discovered": "2031-01-02 03:04:05.000006"} | post for post in posts]
    return Document("posts.json", json.dumps(told, ensure_ascii=False, indent=1), "0" * 64)


def read(*posts):
    return list(LeakSiteExtractor().extract(document(*posts)))


def post(title, **fields):
    (found,) = read({"post_title": title, **fields})
    return found


def named(title, group="mudlark"):
    return [(one.name, one.domain) for one in read_title(title, group).victims]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Alder Labs", ["Alder Labs"]),
        ("Leaks Company Alder Labs inc.", ["Alder Labs inc."]),
        ("Security breach of ALDER network", ["ALDER"]),
        ("LEAK Post ALDER", ["ALDER"]),
        ("New Leak AlderLabs", ["AlderLabs"]),
        ("Official appeal to ALDER LABS", ["ALDER LABS"]),
        ("Alder Announce – Hello World !", ["Alder"]),
        ("Alder Labs has been hacked!", ["Alder Labs"]),
        ("Alder Labs database leaked", ["Alder Labs"]),
        ("Alder Holding / Alder Insaat", ["Alder Holding", "Alder Insaat"]),
        ("Alder/Birch", ["Alder/Birch"]),
        ("ALDER - Norwegian IT company allowed leak of its own clients.", ["ALDER"]),
        ("Alder, Birch & Cedar LLP", ["Alder, Birch & Cedar LLP"]),
        ("7-Eleven", ["7-Eleven"]),
        ("Yahoo!", ["Yahoo!"]),
        ("E*TRADE", ["E*TRADE"]),
        ("ABC Co.Ltd", ["ABC Co.Ltd"]),
        ("A.B.C. S.p.A.", ["A.B.C. S.p.A."]),
        ("Node.js Foundation", ["Node.js Foundation"]),
        ("The Free Press", ["The Free Press"]),
        ("Contact Energy", ["Contact Energy"]),
        ("News Corp", ["News Corp"]),
        ("About You GmbH", ["About You GmbH"]),
        ("Public Storage", ["Public Storage"]),
        ("Target Corporation", ["Target Corporation"]),
        ("Sold Out Ltd", ["Sold Out Ltd"]),
        ("株式会社テスト", ["株式会社テスト"]),
    ],
)
def test_the_name_is_what_is_left_of_a_title(title, names):
    assert [name for name, _ in named(title)] == names


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("alder.com", [("alder.com", "alder.com")]),
        ("www.Alder.com", [("Alder.com", "alder.com")]),
        ("https://www.alder.com/about", [("alder.com", "alder.com")]),
        ("alder.group", [("alder.group", "alder.group")]),
        ("Alder Labs (alderlabs.com)", [("Alder Labs", "alderlabs.com")]),
        ("Alder Jean Rozé - alder-roze.fr", [("Alder Jean Rozé", "alder-roze.fr")]),
        ("alder.co.uk Alder Ltd", [("Alder Ltd", "alder.co.uk")]),
        ("Alder Ltd alder.co.uk", [("Alder Ltd", "alder.co.uk")]),
        ("Leaked: alder.com", [("alder.com", "alder.com")]),
        ("www.alder.com, www.birch.org", [("alder.com", "alder.com"), ("birch.org", "birch.org")]),
        ("alder.com part 2", [("alder.com", "alder.com")]),
    ],
)
def test_names_and_domains_in_one_string(title, found):
    assert named(title) == found


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("Alder Group(Unpay-Full public)", ("status", "Unpay-Full public")),
        ("Alder Group [SOLD]", ("status", "SOLD")),
        ("Alder Group - FULL LEAK 100%", ("status", "FULL LEAK 100%")),
        ("Alder Group — 12GB leaked", ("status", "12GB leaked")),
        ("[UPDATE] Alder Group", ("status", "UPDATE")),
        ("Alder Group Part 2", ("status", "Part 2")),
        ("Alder Group (USA)", ("place", "USA")),
        ("Alder Group | Germany", ("place", "Germany")),
    ],
)
def test_a_state_and_a_place_are_no_part_of_the_name(title, note):
    told = read_title(title, "mudlark")
    assert [one.name for one in told.victims] == ["Alder Group"]
    assert note in told.notes


@pytest.mark.parametrize(
    "title",
    [
        "Mudlark is officially online!",
        'Mud_Team Announce of Potential "WallofShamer"',
        "Announcement: FTP",
        "We are hiring!",
        "Coming soon...",
        "Rules",
        "Contact us",
        "New victim soon",
        "Press Release",
        "Happy New Year!",
        "Unknown company",
        "Data for sale",
        "Who's next??",
        "***IMPORTANT***",
        "   ",
    ],
)
def test_a_post_that_names_nobody_is_set_aside_with_its_reason(title):
    found = post(title)
    assert isinstance(found, Defect)
    assert found.place == "/0"
    assert "names no victim" in found.reason or "title" in found.reason


def test_it_is_claimed_and_never_confirmed():
    found = post("Alder Labs (alderlabs.com)")
    assert found.certainty == Certainty.CLAIMED
    everything = [
        proof for part in (*found.parties, *found.types, *found.dates, *found.sources) for proof in part.evidence
    ]
    assert {proof.certainty for proof in everything} == {Certainty.CLAIMED}
    victim, group = found.parties
    assert (victim.name, victim.role, victim.identifiers) == ("Alder Labs", Role.BREACHED, ("domain:alderlabs.com",))
    assert (group.name, group.role) == ("mudlark", Role.ATTACKER)
    assert [(date.date.edtf, str(date.what)) for date in found.dates] == [("2031-01-02", "reported")]
    assert [source.type for source in found.sources] == ["leak-site"]


@pytest.mark.parametrize(
    "title", ["N**** ***", "F??????? ?????s", "*** ******", "c*****.com", "█████ Bank", "XXXXX", "N**** *** and *c***"]
)
def test_hidden_names_are_nobodys(title):
    found = post(title)
    victim = found.parties[0]
    assert (victim.name, victim.unnamed_group, victim.identifiers) == (title, True, ())
    assert not found.incomplete


@pytest.mark.parametrize("title", ["alderassociat...", "hammer-alder.p...", "Alder Holding Gr…"])
def test_cut_off_names_are_incomplete_and_nobodys(title):
    found = post(title)
    assert found.incomplete
    victim = found.parties[0]
    assert (victim.name, victim.unnamed_group, victim.count) == (title, True, (1, 1))


def test_a_cut_off_domain_beside_a_name_leaves_the_name_whole():
    found = post("Alder Labs - alderla...")
    assert [(one.name, one.unnamed_group) for one in found.parties[:1]] == [("Alder Labs", False)]


@pytest.mark.parametrize("title", ["Fern &amp; Sons", "Fern &amp;amp; Sons", "Fern &amp;amp;amp;#38; Sons"])
def test_entities_are_decoded_as_often_as_needed_and_quoted_as_they_stand(title):
    text = document({"post_title": title})
    (found,) = LeakSiteExtractor().extract(text)
    victim = found.parties[0]
    assert victim.name == "Fern & Sons"
    assert victim.evidence[0].quote == title
    check(LeakSiteExtractor(), text)


def test_whose_company_it_is():
    found = post("Birch's company - Alder Labs")
    assert [(one.name, one.role) for one in found.parties[:2]] == [("Alder Labs", Role.BREACHED), ("Birch", Role.OTHER)]
    (told,) = found.affiliations
    assert (told.party, told.kind, told.other) == ("Alder Labs", AffiliationKind.SUBSIDIARY, "Birch")


def test_repeats_are_set_aside_and_a_later_post_is_the_same_incident():
    same = {"post_title": "Alder Labs"}
    first, again, later, hidden, other = read(
        same,
        same,
        same | {"discovered": "2031-02-01"},
        {"post_title": "***"},
        {"post_title": "***", "discovered": "2031-02-01"},
    )
    assert (again.place, again.reason) == ("/1", "repeats /0")
    assert first.id == later.id
    assert hidden.id != other.id


def test_other_fields_are_told():
    found = post(
        "Alder Labs",
        website="https://www.alder.com/",
        activity="Healthcare",
        country="NO",
        published="2031-01-01 00:00:00.000000",
        post_url="http://abcdef.onion/alder",
        description="<p>They did not pay</p>",
    )
    victim = found.parties[0]
    assert (victim.industry, victim.identifiers) == ("Healthcare", ("domain:alder.com",))
    assert [date.date.edtf for date in found.dates] == ["2031-01-01", "2031-01-02"]
    assert {note.key for note in found.notes} == {"country", "description"}


@pytest.mark.parametrize(
    "broken",
    [{"post_title": None}, {"post_title": ["a"]}, {"post_title": "Alder", "group_name": ""}, {"post_title": True}],
)
def test_a_post_without_title_or_group_is_a_defect(broken):
    (found,) = read(broken)
    assert found.reason.startswith("has no ")


def test_what_a_post_lacks_is_called_as_the_list_calls_it():
    table = "group,victim,published\nGull,Alder,2031-05-01\nGull,,2031-05-02\n,Birch,2031-05-03\n"
    _, first, second = LeakSiteExtractor().extract(Document("a.csv", table, "0" * 64))
    assert (first.reason, second.reason) == ("has no victim", "has no group")


def test_it_is_known_by_its_fields():
    assert LeakSiteExtractor().recognizes(document({"post_title": "x"}))
    for text in ('{"group_name": "x"}', "[]", "post_title,name\n", '[{"title": "x", "group": "y"}]'):
        assert not LeakSiteExtractor().recognizes(Document("p.json", text, "0"))


@given(st.text(max_size=60))
def test_any_title_is_read(title):
    check(LeakSiteExtractor(), document({"post_title": title}, {"post_title": f"{title} - {title}", "website": title}))


def test_a_hundred_mutants():
    check_mutants(LeakSiteExtractor(), EXAMPLE.name, EXAMPLE.read_bytes(), 100, seed=3)


@pytest.mark.parametrize(
    ("members", "known"),
    [
        ({"victim": "Alder", "group": "elk"}, True),
        ({"company": "Alder", "gang": "elk"}, True),
        ({"Victim Name": "Alder", "Ransomware Group": "elk"}, True),
        ({"company": "Alder", "group": "elk"}, False),
        ({"name": "Alder", "group_name": "elk"}, False),
    ],
)
def test_other_lists_spell_the_victim_and_the_group_otherwise(members, known):
    for text in (json.dumps([members]), ",".join(members) + "\n" + ",".join(members.values()) + "\n"):
        found = Document("p", text, "0")
        assert LeakSiteExtractor().recognizes(found) is known
        if known:
            (one,) = LeakSiteExtractor().extract(found)
            assert {(p.name, str(p.role)) for p in one.parties} == {("Alder", "breached"), ("elk", "attacker")}


def test_a_table_keeps_the_way_back_to_its_cells():
    text = 'victim,group,date,website,country\n"Alder ""Foods"" &amp; Co",elk,2025-01-02,alder.example,NO\n'
    (one,) = LeakSiteExtractor().extract(Document("p.csv", text, "0"))
    assert [(p.name, p.identifiers) for p in one.parties] == [
        ('Alder "Foods" & Co', ("domain:alder.example",)),
        ("elk", ()),
    ]
    assert [(str(d.what), d.date.edtf) for d in one.dates] == [("reported", "2025-01-02")]
    assert [(n.key, n.value) for n in one.notes] == [("country", "NO")]
    for told in (*one.parties, *one.dates, *one.notes):
        assert all(text[slice(*proof.span)] == proof.quote for proof in told.evidence)
    assert one.parties[0].evidence[0].quote == 'Alder ""Foods"" &amp; Co'


class TestPostsUnderTheirGroup:
    TEXT = json.dumps(
        {
            "updated": "2025-01-03",
            "groups": {
                "elk": [{"post_title": "Alder Foods", "discovered": "2025-01-02"}, 5, {"post_title": "B*** Inc", "discovered": "2025-01-02"}],
                'moo"se': [{"victim": "Alder Foods", "published": "2025-01-02"}],
                "hare": [],
            },
        }
    )  # fmt: skip

    def test_the_key_is_the_group(self):
        found = Document("p.json", self.TEXT, "0")
        assert LeakSiteExtractor().recognizes(found)
        *posts, other = sorted(LeakSiteExtractor().extract(found), key=lambda one: isinstance(one, Defect))
        assert (other.place, other.reason) == ("/groups/elk/1", "is not an object")
        assert [(one.number, one.parties[-1].name, one.parties[0].name) for one in posts] == [
            (1, "elk", "Alder Foods"),
            (3, "elk", "B*** Inc"),
            (4, 'moo"se', "Alder Foods"),
        ]
        proofs = [proof for one in posts for party in one.parties for proof in party.evidence]
        assert all(self.TEXT[slice(*proof.span)] == proof.quote for proof in proofs)
        assert [one.parties[-1].evidence[0].quote for one in posts] == ["elk", "elk", r"moo\"se"]

    @pytest.mark.parametrize(
        "text",
        [
            '{"posts": [{"victim": "Alder", "published": "2025-01-02"}]}',
            '{"elk": [{"name": "Alder", "published": "2025-01-02"}]}',
            '{"elk": [{"victim": "Alder"}]}',
            '{"elk": [{"victim": "Alder", "published": "2025-01-02"}], "other": {"a": 1}}',
            '{"elk": [{"victim": "Alder", "published": "2025-01-02"}]} {}',
        ],
    )
    def test_a_key_that_says_what_is_listed_is_none(self, text):
        assert not LeakSiteExtractor().recognizes(Document("p.json", text, "0"))


def test_the_escapes_of_addresses_are_decoded_and_quoted_as_they_stand():
    found = post("Alder%20%26 Söhne%20GmbH")
    assert (found.title, found.parties[0].name) == ("Alder & Söhne GmbH (claimed by mudlark)", "Alder & Söhne GmbH")
    assert found.parties[0].evidence[0].quote == "Alder%20%26 Söhne%20GmbH"
    assert post("100% Alder").parties[0].name == "100% Alder"


def test_a_hidden_name_is_known_by_its_day_wherever_it_stands():
    posts = [{"victim": name, "group": "elk", "attackdate": "2031-01-02"} for name in ("Alder", "B*** Inc")]
    ids = []
    for told in (posts, posts[1:]):
        *_, last = LeakSiteExtractor().extract(Document("p.json", json.dumps(told), "0"))
        ids.append(last.id)
    assert ids[0] == ids[1]
    assert ids[0].endswith("/2031-01-02")


def test_two_hidden_names_of_two_days_are_two_posts():
    posts = [{"victim": "?????", "group": "elk", "attackdate": f"2031-01-0{day}"} for day in (2, 3)]
    one, two = LeakSiteExtractor().extract(Document("p.json", json.dumps(posts), "0"))
    assert one.id != two.id


@pytest.mark.parametrize(
    ("key", "day", "known"),
    [
        ("domain", "first_seen", True),
        ("victim_website", "published", True),
        ("domain", "updated", False),
        ("website", "first_seen", False),
        ("site", "first_seen", False),
    ],
)
def test_a_list_may_tell_who_is_posted_by_the_domain_alone(key, day, known):
    told = {"id": "7", key: "alder.example", "ransomware_group": "elk", day: "2031-01-02 03:04:05 UTC"}
    found = Document("p.json", json.dumps({"entities": [told], "total_count": 1}), "0")
    assert LeakSiteExtractor().recognizes(found) is known
    for one in LeakSiteExtractor().extract(found) if known else ():
        assert one.parties[0].identifiers == ("domain:alder.example",)
        assert [(str(date.what), date.date.edtf) for date in one.dates] == [("reported", "2031-01-02")]


def test_a_site_is_the_website():
    found = post("Alder Foods", site="www.alderfoods.example")
    assert found.parties[0].identifiers == ("domain:alderfoods.example",)
    assert post("Alder Foods", site="goods.https").parties[0].identifiers == ()


def test_posts_may_stand_in_one_of_several_arrays():
    text = json.dumps(
        {
            "meta": {"status": "ok", "candidates": [{"mode": "x"}]},
            "top": [{"name": "elk", "count": 7}],
            "days": [{"date": "2031-01-02", "count": 1}],
            "victims": [{"victim": "Alder", "group": "elk", "discovered": "2031-01-02"}],
        }
    )
    found = Document("p.json", text, "0")
    assert LeakSiteExtractor().recognizes(found)
    (one,) = LeakSiteExtractor().extract(found)
    assert (one.parties[0].name, one.evidence[0].place) == ("Alder", "/victims/0/victim")
