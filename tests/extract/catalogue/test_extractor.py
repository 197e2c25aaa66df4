"""Breach catalogues: entities that are names, descriptions, headlines or nobody; actors, tags, months."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutants import check, check_mutants

from kg.extract.catalogue.extractor import CatalogueExtractor
from kg.extract.catalogue.names import actors, entity
from kg.model import Certainty, Defect, Document, Role

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "feeds" / "breach-catalogue.json"
ENTRY = {
    "entity": "Alder Labs",
    "month": 3,
    "year": 2030,
    "summary": "A server was reached",
    "tags": {"actor": "?", "cost-usd": 0, "impacted-user-count": 0, "initial-access": "?", "motive": "?"},
    "links": ["https://news.example.com/alder"],
}


def document(*entries, name="2030.3.Alder%20Labs.json"):
    told = [ENTRY | entry for entry in entries]
    return Document(name, json.dumps(told if len(told) > 1 else told[0], ensure_ascii=False, indent=1), "0" * 64)


def read(*entries):
    return list(CatalogueExtractor().extract(document(*entries)))


def entry(**fields):
    (found,) = read(fields)
    return found


def tagged(**tags):
    return entry(tags={key.replace("_", "-"): value for key, value in tags.items()})


def roles(found):
    return [(party.name, str(party.role)) for party in found.parties]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Alder Labs", ("Alder Labs",)),
        ("Alder Labs ", ("Alder Labs",)),
        ("Alder 202208", ("Alder",)),
        ("Channel 9", ("Channel 9",)),
        ("Alder and birch.com", ("Alder", "birch.com")),
        ("Alder, Birch and Cedar", ("Alder", "Birch", "Cedar")),
        ("Marks and Spencer", ("Marks and Spencer",)),
        ("Alder, Birch and Cedar LLP", ("Alder, Birch and Cedar LLP",)),
        ("Alder.com, Inc.", ("Alder.com, Inc.",)),
        ("X Social Media (ad agency)", ("X Social Media",)),
        ("Adobe - Magento Marketplace", ("Adobe",)),
        ("Breach of Zynga's game 'Words'", ("Zynga",)),
        ("Comodo discussion board and support forums (ITarian Forum)", ("Comodo",)),
        ("First Horizon bank", ("First Horizon bank",)),
        ("German parliament", ("German parliament",)),
        ("Alder and Birch & Cedar", ("Alder", "Birch & Cedar")),
        ("Alder Labs data breach", ("Alder Labs",)),
        ("Alder's hack", ("Alder",)),
        ("Bank of Alder breach", ("Bank of Alder",)),
        ("Alder - data breach", ("Alder",)),
        ("Alder Pipeline ransomware attack", ("Alder Pipeline",)),
        ("Alder supply chain attack", ("Alder",)),
        ("eAlder breach", ("eAlder",)),
        ("Alder group", ("Alder group",)),
        ("AT&T", ("AT&T",)),
    ],
)
def test_the_organizations_of_an_entity(printed, names):
    found = entity(printed)
    assert (found.names, found.unnamed) == (names, False)


@pytest.mark.parametrize(
    ("printed", "name", "number"),
    [
        ("Two hotel chains", "Two hotel chains", (2, 2)),
        ("Three hacking forums", "Three hacking forums", (3, 3)),
        ("Multiple entities (2)", "Multiple entities", (2, 2)),
        ("Multiple credit unions", "Multiple credit unions", None),
        ("European companies", "European companies", None),
        ("Bahraini activists", "Bahraini activists", None),
        ("Ukrainian websites", "Ukrainian websites", None),
        ("Small UK-based TV station", "Small UK-based TV station", None),
        ("Irish haulage company", "Irish haulage company", None),
        ("Ukrainian bank", "Ukrainian bank", None),
        ("Nordic tax form leak", "Nordic tax form leak", None),
        ("Multinational firm", "Multinational firm", None),
        (
            "A natural gas compression facility in the United States",
            "A natural gas compression facility in the United States",
            None,
        ),
        ("Jane Doe 2020100801", "Jane Doe", None),
        ("Jane Does - xz", "Jane Does", None),
        ("Who was breached?", "Who was breached?", None),
    ],
)
def test_entities_that_nobody_names(printed, name, number):
    found = entity(printed)
    assert (found.names, found.unnamed, found.number) == ((name,), True, number)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Alder Confirms Data Breach After Hackers Leak 33M Phone Numbers - SecurityNews", ("Alder",)),
        ("Mudlark 3.0 Claims Attack on Federal Reserve: 33 Terabytes Allegedly Compromised", ("Federal Reserve",)),
        ("Are foreign hackers behind this month’s bank heist involving billions? - North News", ()),
        ("Germany recalls ambassador to Russia in protest over a hacker attack | CTV News", ()),
        ("Hackers Leaked Customer Files Of Alder On A Forum", ()),
        ("Alder Bank Holding Of The West Confirms Data Breach After A Hack", ()),
    ],
)
def test_headlines_are_no_names(printed, names):
    found = entity(printed)
    assert (found.names, found.headline) == (names, True)


@pytest.mark.parametrize(
    ("printed", "names", "suppliers"),
    [
        ("Cyberattack on Alder Land Rover - The Gazette", ("Alder Land Rover",), ()),
        ("Ransomware Attack on Alder Health Disrupts Hospitals | WXYZ TV", ("Alder Health",), ()),
        ("Breach at Alder Was Worse Than Thought | Gazette", ("Alder",), ()),
        ("Attack on Alder Reports", ("Alder Reports",), ()),
        ("Hackers Claim Breach of Cloud Giant Alder - Birch on Security", ("Alder",), ()),
        ("Insurance giant Alder Life says most of its data was stolen | Gazette", ("Alder Life",), ()),
        ("Alder Confirms Breach of Third-Party Vendor Birch - Gazette", ("Alder",), ("Birch",)),
        ("Alder confirms breach of test lab platform by a gang | Gazette", ("Alder",), ()),
        ("City of Alder suffers cyberattack on its network", ("City of Alder",), ()),
        ("FBI confirms hack of Alder Bank", ("Alder Bank",), ()),
        ("Researchers disclose breach of Alder Bank", ("Alder Bank",), ()),
        ("Researchers disclose breach of payroll provider Alder", ("Alder",), ()),
        ("Mayor Confirms Ransomware Attack on City of Alder", ("City of Alder",), ()),
        ("Gang Admits Attack on Alder", ("Alder",), ()),
        ("Ukraine Confirms Cyberattack on Alder Telecom", ("Alder Telecom",), ()),
        ("Alder Confirms Breach of Its Systems", ("Alder",), ()),
        ("Alder Confirms Breach at Payroll Provider Birch", ("Alder",), ("Birch",)),
        ("Alder Suffers Attack on Supplier Birch", ("Alder",), ("Birch",)),
        ("Norway confirms breach at healthcare provider Alder", ("Alder",), ()),
        ("Alder confirms breach at law firm Birch", ("Birch",), ()),
        ("Ransomware attack on software supplier to Alder", ("software supplier to Alder",), ()),
        ("Cyberattack on Alder Cloud Provider Inc.", ("Alder Cloud Provider Inc.",), ()),
        ("Cyberattack on Cloud Provider Group", ("Cloud Provider Group",), ()),
        ("Breach of Green Giant Foods", ("Green Giant Foods",), ()),
        ("Breach of Game Maker Studio", ("Game Maker Studio",), ()),
        ("Breach of Vendor Alder Services", ("Vendor Alder Services",), ()),
        ("Red Giant Alder hacked in cyberattack", ("Red Giant Alder",), ()),
        ("Ransomware attack on chip maker Alder", ("Alder",), ()),
        ("Adobe - Breach of Magento", ("Magento",), ()),
    ],
)
def test_headlines_of_an_event_name_whom_it_befell(printed, names, suppliers):
    found = entity(printed)
    assert (found.names, found.suppliers) == (names, suppliers)


def test_a_headline_of_a_breach_at_a_vendor():
    found = entry(entity="Alder Confirms Breach of Third-Party Vendor Birch - Gazette", summary="Files were posted")
    assert roles(found) == [("Alder", "affected_downstream"), ("Birch", "breached")]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder", "Birch")]


@pytest.mark.parametrize("printed", ["?", "", "unknown", "N/A"])
def test_a_question_mark_is_nobody(printed):
    assert entity(printed).names == ()


def test_whose_customers_they_are():
    found = entry(entity="Alder Connect Secure and Alder Policy Secure customers")
    assert roles(found) == [
        ("Alder Connect Secure and Alder Policy Secure customers", "affected_downstream"),
        ("Alder Connect Secure", "supplier_only"),
        ("Alder Policy Secure", "supplier_only"),
    ]
    assert [tie.supplier for tie in found.uses_vendor] == ["Alder Connect Secure", "Alder Policy Secure"]


@pytest.mark.parametrize(
    ("summary", "role", "vendor"),
    [
        (
            "A ransomware infection at a cloud IT provider has disrupted 60 of them",
            "affected_downstream",
            ("a cloud IT provider", "breached"),
        ),
        ("Files were reached via a third-party vendor flaw", "breached", ("a third-party vendor", "supplier_only")),
    ],
)
def test_an_unnamed_supplier_in_the_summary(summary, role, vendor):
    found = entry(summary=summary)
    assert roles(found) == [("Alder Labs", role), vendor]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder Labs", vendor[0])]


def test_customers_that_are_named_use_the_entity():
    found = entry(
        entity="Alder Labs", summary="A flaw was exploited, data of customers such as Birch and the Bank of Dill stolen"
    )
    assert roles(found) == [
        ("Alder Labs", "breached"),
        ("Birch", "affected_downstream"),
        ("Bank of Dill", "affected_downstream"),
    ]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [
        ("Birch", "Alder Labs"),
        ("Bank of Dill", "Alder Labs"),
    ]
    assert len(entry(summary="Who did it hit firms such as Birch and Dill as well").parties) == 1


def test_customers_of_whom_it_is_not_known_are_suspected_and_use_the_entity():
    found = entry(
        entity="Alder Labs",
        summary="Attackers stole keys of Alder Labs. It is not known whether customers such as Birch were affected.",
    )
    assert [(one.name, str(one.role), str(one.evidence[0].certainty)) for one in found.parties] == [
        ("Alder Labs", "breached", "confirmed"),
        ("Birch", "affected_downstream", "suspected"),
    ]
    assert [str(tie.evidence[0].certainty) for tie in found.uses_vendor] == ["confirmed"]


def test_groups_that_the_entity_serves_use_it():
    found = entry(summary="Alder Labs, which provides software for thousands of auto dealers, was hit")
    assert roles(found) == [("Alder Labs", "breached"), ("thousands of auto dealers", "other")]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("thousands of auto dealers", "Alder Labs")]


@pytest.mark.parametrize(
    "summary",
    [
        "Birch, a pathology services provider for several city hospitals, was hit by ransomware",
        "Birch Global, a company that provides software for thousands of auto dealers, was hacked",
        "Alder Labs said Birch, which provides software for thousands of auto dealers, was hacked",
        "Birch was hacked. It provides software for thousands of auto dealers",
        "Birch, the company that provides software for thousands of auto dealers, was hacked",
        "Claims of several hospitals that use Birch were stolen",
        "Birch, the tool maker that serves thousands of auto dealers, was hacked",
        "Birch, a software vendor that serves thousands of auto dealers, was hacked",
    ],
)
def test_groups_that_somebody_else_serves_are_not_the_entitys(summary):
    assert entry(summary=summary).uses_vendor == ()


@pytest.mark.parametrize(
    "summary",
    [
        "Alder, which provides software for thousands of auto dealers, was hit",
        "Alder Labs was hacked. It provides software for thousands of auto dealers",
        "On Monday, the company that provides software for thousands of auto dealers was hit",
        "Claims of thousands of auto dealers that use Ald",
        "Birch was able to encrypt servers of the company, which serves thousands of auto dealers",
        "The managed services provider for thousands of auto dealers was hit",
        "Orion, the network management product, was trojanized. thousands of auto dealers used it",
        "Birch, which investigated, said the firm provides services to thousands of auto dealers",
        "Birch, which used a flaw, hit the provider of software to thousands of auto dealers",
        "Alder was hacked. Birch was blamed. It provides software for thousands of auto dealers",
    ],
)
def test_groups_that_the_entity_serves_by_another_name(summary):
    assert [tie.customer for tie in entry(summary=summary).uses_vendor] == ["thousands of auto dealers"]


@pytest.mark.parametrize(
    ("printed", "kind", "names"),
    [
        ("Criminal", "Criminal", []),
        ("Nation State:APT41", "Nation State", ["APT41"]),
        ("Nation State: China", "Nation State", []),
        ("Criminal:TA505 and Silence", "Criminal", ["TA505", "Silence"]),
        ("Midnight Blizzard", "", ["Midnight Blizzard"]),
        ("Insider", "Insider", []),
        ("?", "", []),
        ("Criminal:?", "Criminal", []),
        ("", "", []),
    ],
)
def test_actors(printed, kind, names):
    assert actors(printed) == (kind, names)


@pytest.mark.parametrize(
    ("year", "month", "edtf"),
    [
        (2030, 3, "2030-03"),
        ("2030", "03", "2030-03"),
        (2030, "March", "2030-03"),
        (2030, "?", "2030"),
        (2030, None, "2030"),
        (2030, 13, "2030"),
        ("?", 3, None),
        (None, None, None),
        (20300, 1, None),
    ],
)
def test_the_month_is_no_more_exact_than_told(year, month, edtf):
    assert [one.date.edtf for one in entry(year=year, month=month).dates] == ([edtf] if edtf else [])


@pytest.mark.parametrize(
    ("tags", "types"),
    [
        ({"motive": "Money:Ransom"}, ["ransomware"]),
        ({"motive": "Espionage", "actor": "Insider"}, ["espionage", "insider"]),
        ({"motive": "PII:?", "initial_access": "Phishing:Link"}, ["data-breach", "phishing"]),
        ({"motive": "Supply Chain", "initial_access": "Code Change"}, ["supply-chain-attack"]),
        ({"initial_access": "OWASP:A06"}, ["vulnerability"]),
        ({"initial_access": "Compromised Valid Account"}, ["account-takeover"]),
        ({"motive": "?"}, ["cyber-attack"]),
    ],
)
def test_types_of_tags(tags, types):
    assert [one.concept for one in tagged(**tags).types] == types


@pytest.mark.parametrize(
    ("summary", "types"),
    [
        ("Attempted attack repelled, no data accessed", ["cyber-attack"]),
        ("A database with no password exposed patient records", ["data-breach"]),
        ("Email addresses leaked; no financial data was compromised", ["data-breach"]),
        ("Ransomware attack, no ransom was paid and data was leaked", ["ransomware", "data-breach"]),
        ("Ransomware attack, but no customer data was stolen", ["ransomware"]),
        ("Ransomware attack, files were not leaked", ["ransomware"]),
        ("No ransom was paid after hackers leaked data", ["data-breach"]),
        ("No passwords but names and emails leaked in a data breach", ["data-breach"]),
    ],
)
def test_what_was_not_taken_makes_no_breach_of_data(summary, types):
    assert [one.concept for one in entry(entity="Alder", summary=summary).types] == types


@pytest.mark.parametrize(
    ("summary", "types"),
    [
        ("Stolen data was used to extort money", ["extortion", "data-breach"]),
        ("A ransomware gang tried extortion", ["ransomware"]),
        ("A gang used double extortion", ["ransomware"]),
        ("Systems were encrypted, and money was extorted", ["ransomware"]),
        ("Money was extorted for a decryption key", ["ransomware"]),
        ("Systems are offline", ["ransomware"]),
    ],
)
def test_a_ransom_is_extortion_where_the_summary_tells_of_that_alone(summary, types):
    found = entry(summary=summary, tags={"motive": "Money:Ransom"})
    assert [one.concept for one in found.types] == types


def test_counts_costs_and_zeros():
    found = tagged(impacted_user_count=57_000, cost_usd="1,000")
    assert [(one.low, one.high, one.unit) for one in found.record_counts] == [(57_000, 57_000, "people")]
    assert [(one.kind, one.text) for one in found.impacts] == [("financial", "1000 US dollars")]
    assert [note.key for note in found.notes] == ["summary"]
    nothing = entry()
    assert (nothing.record_counts, nothing.impacts) == ((), ())
    assert {(note.key, note.value) for note in nothing.notes} >= {
        ("tags.impacted-user-count", "0"),
        ("tags.cost-usd", "0"),
    }


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("3 million", [(3_000_000, 3_000_000, "people")]),
        ("3M", [(3_000_000, 3_000_000, "people")]),
        ("over 3 million", [(3_000_000, None, "people")]),
        ("2,400,000", [(2_400_000, 2_400_000, "people")]),
        ("3 million records", [(3_000_000, 3_000_000, "records")]),
        ("3 years", []),
        ("many", []),
    ],
)
def test_how_many_were_affected_may_be_told_in_words(said, counts):
    found = tagged(impacted_user_count=said)
    assert [(one.low, one.high, one.unit) for one in found.record_counts] == counts
    assert [note.value for note in found.notes if note.key.startswith("tags.impacted")] == [said] * (not counts)


def test_the_doubt_of_a_summary():
    assert entry(summary="It was allegedly hit").certainty == Certainty.SUSPECTED
    assert (
        entry(entity="Mudlark 3.0 Claims Attack on Federal Reserve: many terabytes are gone").certainty
        == Certainty.CLAIMED
    )
    assert entry().certainty == Certainty.CONFIRMED
    others = "Ransomware hits Oak Bank. Experts warn other companies may be compromised next"
    assert entry(summary=others).certainty == Certainty.CONFIRMED
    denied = entry(summary="The company denied claims of a data breach")
    assert {denied.certainty, *(proof.certainty for one in denied.parties for proof in one.evidence)} == {
        Certainty.DENIED
    }


def test_links_are_cleaned_and_may_be_objects():
    found = entry(
        links=[
            "https://a.example.com/x, https://b.example.com/y",
            {"url": "https://c.example.com/z", "by": "C"},
            7,
            "?",
        ]
    )
    assert [one.url for one in found.sources] == [
        "https://a.example.com/x",
        "https://b.example.com/y",
        "https://c.example.com/z",
    ]
    assert {note.key for note in found.notes} >= {"links[1].by", "links[2]"}


def test_repeats_and_entries_that_say_nothing_are_defects():
    first, again, nothing = read({}, {}, {"entity": "", "summary": None})
    assert (again.place, again.reason) == ("/1", "repeats /0")
    assert isinstance(nothing, Defect)
    assert (first.id, first.feed) == ("2030-03.alder-labs", "catalogue")


def test_the_name_of_the_file_says_nothing():
    one, other = document({}), document({}, name="2019.1.Who+was%20breached%3F.json")
    assert list(CatalogueExtractor().extract(one)) == list(CatalogueExtractor().extract(other))


def test_it_is_known_by_its_fields():
    assert CatalogueExtractor().recognizes(document({}))
    assert CatalogueExtractor().recognizes(document({"links": [{"url": "https://a.example.com"}]}))
    for text in (
        '{"entity": "x"}',
        '{"entity": "x", "year": 2020}',
        '{"year": 2020, "tags": {}}',
        "[]",
        "entity,year\n",
        '{"entity": "x", "year": 2020, "summary": "annual report"}',
        '[{"name": "x", "date": "2020-01-02", "description": "a release", "url": "https://a.example.com"}]',
    ):
        assert not CatalogueExtractor().recognizes(Document("c.json", text, "0"))


def test_roles_of_the_example():
    found = list(CatalogueExtractor().extract(Document("c.json", EXAMPLE.read_text("utf-8"), "0")))
    assert [party.role for party in found[1].parties] == [Role.AFFECTED_DOWNSTREAM, Role.BREACHED]


VALUE = st.none() | st.booleans() | st.integers(-3, 10**6) | st.text("aA '?:-(,&", max_size=20) | st.lists(st.text(max_size=4), max_size=2) | st.dictionaries(st.text(max_size=3), st.text(max_size=4), max_size=2)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from([*ENTRY, "more"]), VALUE, max_size=5),
    st.dictionaries(st.sampled_from(sorted(ENTRY["tags"])), VALUE, max_size=4),
)
def test_any_values_are_read(fields, tags):
    check(CatalogueExtractor(), document({"tags": tags} | fields, {"entity": str(fields.get("entity"))}))


@given(st.text(max_size=80))
def test_any_entity_and_actor_is_read(text):
    check(CatalogueExtractor(), document({"entity": text, "summary": text, "tags": {"actor": text}}))


def test_a_hundred_mutants():
    check_mutants(CatalogueExtractor(), EXAMPLE.name, EXAMPLE.read_bytes(), 100, seed=6)


@pytest.mark.parametrize(
    "text",
    [
        'Entity,Year,Records,Organization type,Method,Sources\nAlder,2015,"2,200,000",financial,hacked,https://a.example/x\n',
        '[{"organisation": "Alder", "year": "2015", "records lost": "2200000", "sector": "financial", "method": "hacked", "source link": "https://a.example/x"}]',
    ],
)
def test_lists_of_breaches_with_records_and_a_method(text):
    assert CatalogueExtractor().recognizes(Document("c", text, "0"))
    (one,) = CatalogueExtractor().extract(Document("c", text, "0"))
    assert [(p.name, str(p.role), p.industry) for p in one.parties] == [("Alder", "breached", "financial")]
    assert [(d.date.edtf, str(d.what)) for d in one.dates] == [("2015", "occurred")]
    assert [(c.low, c.high, c.unit) for c in one.record_counts] == [(2_200_000, 2_200_000, "records")]
    assert ([t.concept for t in one.types], [s.url for s in one.sources], one.notes) == (
        ["cyber-attack"],
        ["https://a.example/x"],
        (),
    )


def test_methods_may_be_a_list_and_records_be_missing():
    text = '[{"entity": "Alder", "year": 2019, "method": ["hacked", "lost / stolen media"], "sources": ["https://a.example/x"]}]'
    assert CatalogueExtractor().recognizes(Document("c.json", text, "0"))
    (one,) = CatalogueExtractor().extract(Document("c.json", text, "0"))
    assert [(t.concept, t.text) for t in one.types] == [
        ("cyber-attack", "hacked"),
        ("data-breach", "lost / stolen media"),
    ]
    assert (one.id, one.notes) == ("2019.alder", ())


def test_two_breaches_of_one_year_are_two_where_their_records_tell_them_apart():
    text = "Entity,Year,Records,Method\nAlder,2019,5 million,hacked\nAlder,2019,unknown,poor security\nAlder,2019,5 million,hacked\n"
    one, two, again = CatalogueExtractor().extract(Document("c.csv", text, "0"))
    assert one.id != two.id
    assert [t.concept for t in two.types] == ["data-breach"]
    assert again.reason == "repeats row 1"


@pytest.mark.parametrize(
    ("year", "edtf"),
    [
        ("2019-2020", ["2019/2020"]),
        ("2014 and 2015", ["2014/2015"]),
        ("2018–2019[5]", ["2018/2019"]),
        ("2012, 2016", ["2012", "2016"]),
        ("2019.0", ["2019"]),
        ("2020-2019", []),
        ("20300", []),
        ("19 years of data", []),
    ],
)
def test_several_years(year, edtf):
    found = entry(year=year, month=None)
    assert [one.date.edtf for one in found.dates] == edtf
    assert ("year" in {note.key for note in found.notes}) == (not edtf)


LISTED = "organisation,alternative name,records lost,year   ,date,story,sector,method,source name,1st source link,2nd source link,ID\n"


def test_a_row_that_explains_the_columns_is_no_breach():
    text = (
        LISTED
        + 'visualisation here: https://bit.example/2,,"(use 3m, 4m to approximate)",year story broke,,,web,poor security,,,,\n'
        + "alder.example,,5,,,,web,hacked,,,,\n"
        + "Birch (https://birch.example),,5,2019,,,web,hacked,,,,\n"
    )
    told, bare, dated = CatalogueExtractor().extract(Document("c.csv", text, "0"))
    assert told == Defect("row 1", "is no entry: an address stands in what should be a name, and it has no date")
    assert [roles(one) for one in (bare, dated)] == [[("alder.example", "breached")], [("Birch", "breached")]]


@pytest.mark.parametrize(
    ("date", "year", "edtf"),
    [
        ("Sept 23", "2023", "2023-09"),
        ("Sept 23", "2031", "2031-09-23"),
        ("December", "2012", "2012-12"),
        ("Sept 2022", "2023", "2022-09"),
        ("Feb 29", "2023", "XXXX-02-29"),
        ("Sept 23", "", "XXXX-09-23"),
    ],
)
def test_a_date_without_a_year_is_one_of_the_year_beside_it(date, year, edtf):
    row = f"Brine,,5,{year},{date},,retail,hacked,,,,\n"
    (one,) = CatalogueExtractor().extract(Document("c.csv", LISTED + row, "0"))
    assert [found.date.edtf for found in one.dates] == [edtf]


def test_two_links_and_whose_they_are():
    row = 'Brine,,"5,000,000",2020,Sep 2020,,retail,hacked,Post,https://post.example/1,{},388\n'
    (one,) = CatalogueExtractor().extract(Document("c.csv", LISTED + row.format("https://post.example/2"), "0"))
    assert [(source.publisher, source.url) for source in one.sources] == [
        ("Post", "https://post.example/1"),
        ("Post", "https://post.example/2"),
    ]
    assert {note.key for note in one.notes} == {"year", "ID"}
    assert [str(date.what) for date in one.dates] == ["reported"]  # when the story broke
    (one,) = CatalogueExtractor().extract(Document("c.csv", LISTED + row.format("https://other.example/2"), "0"))
    assert [source.publisher for source in one.sources] == ["Post", ""]
    spelled = LISTED.replace("1st source link", "first_source_link").replace("2nd source link", "second_source_link")
    (again,) = CatalogueExtractor().extract(Document("c.csv", spelled + row.format("https://other.example/2"), "0"))
    assert [source.url for source in again.sources] == [source.url for source in one.sources]


def test_footnotes_are_no_part_of_a_name_and_years_no_records():
    text = (
        "Entity,Year,Records,Method\nRowan[citation needed][a],2013,19 years of data,hacked\n[redacted],2013,5,hacked\n"
    )
    one, two = CatalogueExtractor().extract(Document("c.csv", text, "0"))
    assert (roles(one), one.record_counts) == ([("Rowan", "breached")], ())
    assert "19 years of data" in {note.value for note in one.notes}
    assert [party.name for party in two.parties] == ["[redacted]"]
