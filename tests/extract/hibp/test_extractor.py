"""Breach lists of Have I Been Pwned: flags, domains, data classes, dates as far as they are known, raw quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutants import check, check_mutants

from kg.extract.hibp import HibpExtractor
from kg.model import Certainty, Defect, Document, Role

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "feeds" / "breach-list.json"
BREACH = {
    "Name": "Alder",
    "Title": "Alder",
    "Domain": "alder.com",
    "BreachDate": "2030-03-01",
    "AddedDate": "2031-01-05T10:00:00Z",
    "ModifiedDate": "2031-01-05T10:00:00Z",
    "PwnCount": 4821,
    "Description": "In March 2030, Alder lost it all.",
    "DataClasses": ["Email addresses", "Passwords"],
    "IsVerified": True,
    "IsFabricated": False,
    "IsSensitive": False,
    "IsActive": True,
    "IsRetired": False,
    "IsSpamList": False,
    "LogoType": "png",
}


def document(*breaches):
    return Document("list.json", json.dumps([BREACH | one for one in breaches], ensure_ascii=False, indent=1), "0" * 64)


def read(*breaches):
    return list(HibpExtractor().extract(document(*breaches)))


def breach(**fields):
    (found,) = read(fields)
    return found


def test_a_breach_in_the_older_fields():
    found = breach()
    (party,) = found.parties
    assert (party.name, party.role, party.identifiers) == ("Alder", Role.BREACHED, ("domain:alder.com",))
    assert (found.id, found.feed, found.certainty) == ("Alder", "hibp", Certainty.CONFIRMED)
    assert [(one.low, one.high, one.unit) for one in found.record_counts] == [(4821, 4821, "accounts")]
    assert [(one.text, one.concept) for one in found.data_types] == [
        ("Email addresses", "email-addresses"),
        ("Passwords", "credentials"),
    ]
    assert [(one.date.edtf, str(one.what)) for one in found.dates] == [
        ("2030-03-01", "occurred"),
        ("2031-01-05", "reported"),
    ]
    assert {note.key for note in found.notes} == {"Description", "ModifiedDate", "LogoType"}


def test_a_list_in_the_current_envelope_and_fields():
    first, logs, made_up = HibpExtractor().extract(Document("l.json", EXAMPLE.read_text("utf-8"), "0"))
    assert [one.concept for one in logs.types] == ["malware"]
    assert logs.parties == ()
    assert first.parties[0].name == "Fern Dental"
    assert {one.sensitivity for one in first.data_types} == {"high"}
    assert made_up.certainty == Certainty.DENIED
    assert [one.concept for one in made_up.data_types] == ["email-addresses", ""]
    assert first.evidence[0].place == "/breaches/0/Name"


@pytest.mark.parametrize(
    ("flags", "certainty"),
    [
        ({}, Certainty.CONFIRMED),
        ({"IsVerified": False}, Certainty.SUSPECTED),
        ({"IsVerified": False, "IsFabricated": True}, Certainty.DENIED),
    ],
)
def test_how_sure_the_list_is(flags, certainty):
    found = breach(**flags)
    assert found.certainty == certainty
    told = [*found.parties, *found.data_types, *found.record_counts]
    assert {proof.certainty for one in told for proof in one.evidence} == {certainty}


@pytest.mark.parametrize(
    ("fields", "types"),
    [
        ({"IsSpamList": True}, ["data-leak"]),
        ({"IsStealerLog": True}, ["malware"]),
        ({"IsMalware": True}, ["malware"]),
        ({"Title": "Alder Stealer Logs"}, ["malware"]),
        ({"Title": "Alder Scraped Data (2031)"}, ["data-leak"]),
        ({}, ["data-breach"]),
    ],
)
def test_what_is_no_ordinary_breach(fields, types):
    assert [one.concept for one in breach(**fields).types] == types


def test_flags_that_differ_from_the_usual_are_told():
    found = breach(IsSensitive=True, IsRetired=True, IsSpamList=True, IsActive=False)
    told = {note.key: note.value for note in found.notes}
    assert told == told | {"IsSensitive": "true", "IsRetired": "true", "IsSpamList": "true", "IsActive": "false"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Alder (2014 breach)", "Alder"),
        ("Alder (unverified)", "Alder"),
        ("Alder Scraped Data (2021)", "Alder"),
        ("alder.ru Dump", "alder.ru"),
        ("AKP Emails", "AKP"),
        ("Alder Spam List", "Alder"),
        ("Guns and Robots", "Guns and Robots"),
        ("Collection", "Collection"),
    ],
)
def test_the_name_without_what_is_said_of_the_list(title, name):
    assert [party.name for party in breach(Title=title).parties] == [name]


def test_two_breaches_of_one_domain_are_of_one_organization(build):
    graph = build(
        {"l.json": document({"Title": "Alder (2014 breach)"}, {"Title": "Alder (2017 breach)", "Name": "Alder2"}).text}
    )
    told = graph.query("SELECT (COUNT(DISTINCT ?o) AS ?n) (COUNT(DISTINCT ?i) AS ?m) { ?i bkg:breached ?o }").rows
    assert [tuple(map(int, map(str, row))) for row in told] == [(1, 2)]


@pytest.mark.parametrize(
    ("title", "description", "names"),
    [
        ("Alder Combo List", "A huge combo list of the forum Alder was found.", []),
        ("2,844 Separate Data Breaches", "A collection of data breaches was found.", []),
        ("Exposed Numbers", "An unsecured database was found.", []),
        ("Alder / Birch", "A file with data hacked from Alder was sold, and more data from Birch.", ["Alder", "Birch"]),
        ("Alder", "In 2030, Alder suffered a data breach.", ["Alder"]),
        ("Alder", "In 2030, the group Elk listed Alder on its site.", ["Alder"]),
        ("Alder", "In 2030, the firm Alder was the target of a campaign.", ["Alder"]),
        ("Alder", "In 2030, the firm Alder was named as a victim.", ["Alder"]),
        ("Alder", "In 2030, the firm Alder confirmed a breach.", ["Alder"]),
        ("Alder", 'In 2030, the police shut it down and called it "Alder".', []),
    ],
)
def test_without_a_domain_only_what_the_description_names_was_breached(title, description, names):
    found = breach(Title=title, Domain="", Description=description)
    assert [(party.name, party.identifiers) for party in found.parties] == [(name, ()) for name in names]


@pytest.mark.parametrize(
    ("description", "vendor", "unnamed"),
    [
        ("<a href='https://a.example'>Data was taken in a data breach of their logistics provider, Brine</a>.", "Brine", False),
        ("Alder attributed it to an incident at a third-party vendor (it was not named).", "a third-party vendor", True),
        ("Alder told of it after a cyber attack on a third-party chat platform.", "a third-party chat platform", True),
        ("Alder disclosed a breach which was traced back to its vendor Brine.", "Brine", False),
        ("The breach was traced back to a series of attacks against the Brine cloud service.", "Brine", False),
    ],
)  # fmt: skip
def test_a_breach_at_a_supplier(description, vendor, unnamed):
    found = breach(Description=description)
    assert [(one.name, one.role, one.unnamed_group) for one in found.parties] == [
        ("Alder", Role.AFFECTED_DOWNSTREAM, False),
        (vendor, Role.BREACHED, unnamed),
    ]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder", vendor)]
    assert found.parties[1].evidence[0].quote == vendor


@pytest.mark.parametrize(
    "description",
    [
        "Alder suffered a breach via a third-party application, Brine.",
        "Alder disclosed a breach due to a compromised account at their email provider Brine.",
    ],
)
def test_a_breach_by_what_a_supplier_has_leaves_it_unbreached(description):
    found = breach(Description=description)
    assert [(one.name, one.role) for one in found.parties] == [("Alder", Role.BREACHED), ("Brine", Role.SUPPLIER_ONLY)]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder", "Brine")]


@pytest.mark.parametrize(
    "description",
    [
        "Alder was breached. It later moved its mail to the cloud provider Brine.",
        "Alder was breached. Notices were sent through its mailing vendor Brine.",
        "It was found by the security provider Brine, and by Alder's provider.",
        "In May, a breach of a web hosting provider was found.",
        "There was an attack on the hosting provider Alder.",
    ],
)
def test_who_found_a_breach_and_who_was_breached_are_no_suppliers(description):
    (party,) = breach(Description=description).parties
    assert party.role is Role.BREACHED


@pytest.mark.parametrize(
    ("date", "description", "edtf"),
    [
        ("2030-03-01", "In approximately March 2030, it was breached.", "2030-03~"),
        ("2030-01-01", "In approximately 2030, it was breached.", "2030~"),
        ("2030-03-01", "In March 2030, it was breached.", "2030-03-01"),
        ("2030-03-07", "In approximately March 2030, it was breached.", "2030-03-07"),
        ("2030-03-01", "In approximately May 2029, another was.", "2030-03-01"),
        ("2030-07-01", "In approximately 2030, it was breached.", "2030~"),
        ("2030-07-01", "In mid-2030, it was breached.", "2030~"),
        ("2030-07-18", "In mid-2030, it was breached.", "2030-07-18"),
        ("2030-07-01", "Sometime in 2030, it was breached.", "2030-07-01"),
        ("2030-01-01", "In early 2032, it was sold. It was taken sometime in 2030.", "2030-01-01"),
    ],
)
def test_the_first_of_a_month_may_stand_for_about_that_month(date, description, edtf):
    assert breach(BreachDate=date, Description=description).dates[0].date.edtf == edtf


def test_links_are_sources_and_the_site_of_the_breached_is_none():
    text = document(
        {
            "Description": '<a href="https://www.alder.com/">Alder</a> &quot;lost&quot; it, <a href="https://news.example.com/a?b=1&amp;c=2" rel="x">they say</a> in <a href="https://alder.com/notice/1">a notice</a>.',
            "DisclosureUrl": "https://alder.com/sorry",
        }
    )
    (found,) = check(HibpExtractor(), text)
    assert [(one.url, one.type) for one in found.sources] == [
        ("https://alder.com/sorry", "statement"),
        ("https://news.example.com/a?b=1&c=2", "article"),
        ("https://alder.com/notice/1", "statement"),
    ]
    note = next(note for note in found.notes if note.key == "Description")
    assert note.value == 'Alder "lost" it, they say in a notice.'
    assert note.evidence[0].quote.startswith('<a href=\\"https://www.alder.com/')


def test_repeated_and_nameless_entries_are_defects():
    first, again, nameless = read({}, {}, {"Name": None, "Title": ""})
    assert (again.place, again.reason) == ("/1", "repeats /0")
    assert isinstance(nameless, Defect)
    assert first.number == 1


@pytest.mark.parametrize("count", [0, -1, None, True, "many", 1.5, [1]])
def test_a_number_of_accounts_that_is_none_makes_no_count(count):
    assert breach(PwnCount=count).record_counts == ()


@pytest.mark.parametrize(
    ("count", "number"),
    [("164,611,595", 164611595), ("1e+05", 100000), ("1.2E6", 1200000), ("1234567.0", 1234567), ("1.234.567", 1234567), (100000.0, 100000)],
)  # fmt: skip
def test_a_number_is_read_as_tables_print_it(count, number):
    (told,) = breach(PwnCount=count).record_counts
    assert (told.low, told.high) == (number, number)


@pytest.mark.parametrize("count", ["12,34", "1.234", "1e99", "-5", "nan", "1.5e0"])
def test_a_number_that_is_not_whole_or_sure_makes_none(count):
    assert breach(PwnCount=count).record_counts == ()


def test_it_is_known_by_its_fields():
    assert HibpExtractor().recognizes(document({}))
    for text in ('[{"Name": "x", "PwnCount": 1}]', "[]", "{}", "Name,PwnCount,Classes\n"):
        assert not HibpExtractor().recognizes(Document("l.json", text, "0"))


VALUE = (
    st.none()
    | st.booleans()
    | st.integers(-3, 10**9)
    | st.text('a<">&; (/)', max_size=20)
    | st.lists(st.text(max_size=4), max_size=3)
)


@given(st.dictionaries(st.sampled_from(sorted(BREACH)), VALUE, max_size=6))
def test_any_values_are_read(fields):
    check(HibpExtractor(), document(fields, {}))


def test_a_hundred_mutants():
    check_mutants(HibpExtractor(), EXAMPLE.name, EXAMPLE.read_bytes(), 100, seed=4)


PRINTED = '''Name,Title,Domain,BreachDate,PwnCount,DataClasses,IsVerified,IsSensitive
Alder,"Alder ""Games""",alder.example,2020-01-02,55,"Email addresses;Passwords",false,TRUE
Birch,Birch,,2020-01-02,,"['Names', 'Email addresses']",true,
Alder,Alder,,2020-01-02,1,,,
'''


def test_a_table_is_read_like_json():
    one, two, again = HibpExtractor().extract(Document("l.csv", PRINTED, "0"))
    assert (one.id, one.title, one.certainty) == ("Alder", 'Alder "Games"', "suspected")
    assert [(p.name, p.identifiers) for p in one.parties] == [('Alder "Games"', ("domain:alder.example",))]
    assert [(c.low, c.unit) for c in one.record_counts] == [(55, "accounts")]
    assert [(d.text, d.sensitivity, d.evidence[0].quote) for d in one.data_types] == [
        ("Email addresses", "high", "Email addresses"),
        ("Passwords", "high", "Passwords"),
    ]
    assert [d.text for d in two.data_types] == ["Names", "Email addresses"]
    assert (again.place, again.reason) == ("row 3", "repeats row 1")
    for told in (*one.data_types, *one.parties, *one.dates, *two.data_types):
        assert all(PRINTED[slice(*proof.span)] == proof.quote for proof in told.evidence)


def test_keys_may_be_written_otherwise_and_a_list_may_be_an_object_by_name():
    text = json.dumps(
        {
            "status": 200,
            "data": {"breaches": [{"name": "Elm", "pwnCount": 3, "dataClasses": ["Names"], "isVerified": False}]},
        }
    )
    (one,) = HibpExtractor().extract(Document("l.json", text, "0"))
    assert (one.id, one.certainty, one.record_counts[0].low, one.notes) == ("Elm", "suspected", 3, ())
    by_name = json.dumps({name: {"Name": name, "PwnCount": 1, "DataClasses": []} for name in ("Elm", "Oak")})
    assert HibpExtractor().recognizes(Document("l.json", by_name, "0"))
    found = list(HibpExtractor().extract(Document("l.json", by_name, "0")))
    assert [(one.id, one.evidence[0].place) for one in found] == [("Elm", "/Elm/Name"), ("Oak", "/Oak/Name")]


def test_a_spambot_is_nobody_who_was_breached():
    told = {
        "Name": "ElmSpambot", "Title": "Elm Spambot", "Domain": "", "BreachDate": "2017-08-28", "AddedDate": "2017-08-29T19:25:56Z", "PwnCount": 7,
        "Description": "In August 2017, a spambot by the name of Elm Spambot was identified.", "DataClasses": ["Passwords"], "IsVerified": True,
        "IsFabricated": False, "IsSpamList": True,
    }  # fmt: skip
    (found,) = HibpExtractor().extract(Document("b.json", json.dumps([told]), "0"))
    assert found.parties == ()


def test_a_list_may_have_titles_and_no_names():
    text = json.dumps(
        [
            {"Title": f"Alder ({year} breach)", "Domain": "alder.com", "PwnCount": 3, "DataClasses": ["Names"]}
            for year in (2030, 2031)
        ]
    )
    found = check(HibpExtractor(), Document("l.json", text, "0"))
    assert HibpExtractor().recognizes(Document("l.json", text, "0"))
    assert [(one.id, one.feed, one.parties[0].name) for one in found] == [
        ("alder-2030-breach", "", "Alder"),
        ("alder-2031-breach", "", "Alder"),
    ]


OTHER = {
    "breachID": "AlderMail",
    "breachedDate": "2030-03-01T00:00:00+00:00",
    "addedDate": "2030-05-04T07:41:36+00:00",
    "domain": "alder.com",
    "industry": "Transport",
    "sensitive": False,
    "verified": True,
    "exposedData": ["Email addresses", "Names", ""],
    "exposedRecords": 837,
    "exposureDescription": "Alder Mail (AM), a provider, was breached by the BrineHunters group in March 2030.",
    "referenceURL": "https://news.example.com/alder",
}


def other(**fields):
    text = json.dumps({"status": "success", "message": None, "exposedBreaches": [OTHER | fields]})
    assert HibpExtractor().recognizes(Document("l.json", text, "0"))
    (found,) = check(HibpExtractor(), Document("l.json", text, "0"))
    return found


def test_another_list_calls_its_fields_otherwise():
    found = other()
    assert (found.id, found.feed, found.title, found.certainty) == ("AlderMail", "", "Alder Mail", "confirmed")
    assert [(one.name, one.identifiers) for one in found.parties] == [
        ("Alder Mail", ("domain:alder.com",)),
        ("BrineHunters", ()),
    ]
    assert [(one.date.edtf, str(one.what)) for one in found.dates] == [
        ("2030-03", "occurred"),
        ("2030-05-04", "reported"),
    ]
    assert [(one.low, one.unit) for one in found.record_counts] == [(837, "accounts")]
    assert [one.concept for one in found.data_types] == ["email-addresses", "names"]
    assert [one.url for one in found.sources] == ["https://news.example.com/alder"]
    assert {note.key for note in found.notes} == {"Description", "industry"}
    assert other(verified=False).certainty == "suspected"


@pytest.mark.parametrize("description", ["", "Birch was breached.", "Alder Mailing was breached."])
def test_a_name_that_its_description_does_not_begin_with_stays_as_it_is(description):
    assert other(exposureDescription=description).title == "AlderMail"


def test_a_list_with_some_of_these_fields_is_another():
    members = {key: value for key, value in OTHER.items() if key != "domain"}
    assert not HibpExtractor().recognizes(Document("l.json", json.dumps([members]), "0"))
