from __future__ import annotations

import json

import pytest

import kg
from kg.cli import main
from kg.errors import DocumentError, KGError, UnknownFormatError
from kg.extract import choose
from kg.extract.mapped.extractor import VERSION, MappingExtractor, mapped
from kg.extract.mapped.mapping import load
from kg.model import Defect, Document, Incident


def mapping(tmp_path, text, name="m.toml"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def read(tmp_path, toml, text, name="own.csv"):
    return list(mapped(mapping(tmp_path, toml)).extract(Document(name, text, "0")))


INCIDENTS = """records = "incident"
feed = "ours"
[columns]
id = "Ref"
title = "What happened"
breached = "Firm"
vendors = "Through"
affected = "Customers"
attackers = "By"
occurred = "When"
data_types = "Taken"
count = "How many"
sources = "Link"
types = "Kind"
certainty = "How sure"
breached_lei = "LEI"
industry = "Trade"
[separators]
affected = ";"
[constants]
publisher = "Our register"
certainty = "claimed"
[dates]
occurred = "%d/%m/%Y"
"""
HEADER = "Ref,What happened,Firm,Through,Customers,By,When,Taken,How many,Link,Kind,How sure,LEI,Trade,Remarks\n"


def test_a_row_becomes_an_incident(tmp_path):
    text = (
        HEADER
        + 'A-1,Oak breached,Oak Hosting,,Alder; several banks,Ravens,31/01/2024,"names, passwords",12000 people,https://n.example/1,Ransomware,Suspected,529900T8BM49AURSDO55,Software,seen\n'
    )
    (one,) = read(tmp_path, INCIDENTS, text)
    assert (one.id, one.feed, one.title, one.certainty) == ("A-1", "ours", "Oak breached", "suspected")
    assert [(p.name, p.role, p.unnamed_group, p.industry, p.identifiers) for p in one.parties] == [
        ("Oak Hosting", "breached", False, "Software", ("lei:529900T8BM49AURSDO55",)),
        ("Alder", "affected_downstream", False, "", ()),
        ("several banks", "affected_downstream", True, "", ()),
        ("Ravens", "attacker", False, "", ()),
    ]
    assert [(r.customer, r.supplier) for r in one.uses_vendor] == [
        ("Alder", "Oak Hosting"),
        ("several banks", "Oak Hosting"),
    ]
    assert [(d.text, d.concept) for d in one.data_types] == [("names", "names"), ("passwords", "credentials")]
    assert [(c.low, c.high, c.unit) for c in one.record_counts] == [(12000, 12000, "people")]
    assert [(d.date.edtf, d.what) for d in one.dates] == [("2024-01-31", "occurred")]
    assert [(s.publisher, s.url) for s in one.sources] == [("Our register", "https://n.example/1")]
    assert [(t.concept, t.text) for t in one.types] == [("ransomware", "Ransomware")]
    assert [(n.key, n.value) for n in one.notes] == [("Remarks", "seen")]
    for part in (
        one,
        *one.parties,
        *one.data_types,
        *one.dates,
        *one.sources,
        *one.types,
        *one.notes,
        *one.record_counts,
    ):
        for proof in part.evidence:
            assert text[slice(*proof.span)] == proof.quote
    assert one.parties[1].evidence[0].quote == "Alder"
    assert one.parties[1].evidence[0].place == "row 1, Customers"


def test_whoever_was_breached_through_a_vendor_is_its_customer(tmp_path):
    (one,) = read(tmp_path, INCIDENTS, HEADER + "A-2,,Elm,Oak Hosting,,,,,,,,,,,\n")
    assert [(r.customer, r.supplier) for r in one.uses_vendor] == [("Elm", "Oak Hosting")]
    assert {p.name: str(p.role) for p in one.parties} == {"Elm": "breached", "Oak Hosting": "supplier_only"}


def test_what_makes_no_fact_is_a_note_and_an_empty_row_a_defect(tmp_path):
    one, notice, two = read(
        tmp_path, INCIDENTS, HEADER + "A-3,,Elm,,,,02/2024,,several,,,maybe,,,\n,,,,,,,,,,,,,,only this\n"
    )
    assert {(n.key, n.value) for n in one.notes} == {("occurred", "02/2024"), ("count", "several")}
    assert one.certainty == "suspected"
    assert notice == Defect(
        "row 1, When", "'02/2024' is no date that can be read as '%d/%m/%Y'; the incident is kept without it"
    )
    assert two == Defect("row 2", "tells of nobody, and has neither title nor id")


JSON = """records = "incident"
[columns]
id = "/ref"
breached = "/victim/name"
affected = "/hit/*/n"
reported = "/when"
count = "/victim/n"
"""


@pytest.mark.parametrize("lines", [False, True])
def test_json_records_by_pointers(tmp_path, lines):
    told = [
        {"ref": "x1", "victim": {"name": 'Oak "&" Co', "n": 5}, "hit": [{"n": "Alder"}, {"n": "Birch"}], "when": "2024-05", "more": {"deep": [True]}},
        {"ref": "x2", "when": "2024"},
        {"other": 1},
        {"ref": "x4", "hit": []},
    ]  # fmt: skip
    text = "\n".join(map(json.dumps, told)) if lines else json.dumps({"items": told})
    one, two, three, four = read(tmp_path, JSON, text, "own.json")
    assert [party.name for party in one.parties] == ['Oak "&" Co', "Alder", "Birch"]
    assert [text[slice(*party.evidence[0].span)] for party in one.parties] == ['Oak \\"&\\" Co', "Alder", "Birch"]
    assert [(r.customer, r.supplier) for r in one.uses_vendor] == [("Alder", 'Oak "&" Co'), ("Birch", 'Oak "&" Co')]
    assert [(c.low, c.unit) for c in one.record_counts] == [(5, "records")]
    assert [(n.key, n.value) for n in one.notes] == [("more.deep[0]", "true")]
    assert (two.id, two.parties) == ("x2", ())
    assert isinstance(three, Defect)
    assert three.place == ("line 3" if lines else "/items/2")
    assert four == Defect("line 4" if lines else "/items/3", "is prepared for an incident, and tells of none")


def test_a_listing_in_json(tmp_path):
    toml = '[columns]\nsupplier = "/name"\nservice = "/for"\nuntil = "/end"\n[file_name]\ncustomer = "^(.+)-vendors"\n'
    text = json.dumps(
        [
            {"name": "Oak LLC (Leaf)", "for": "hosting", "end": "2025-10-31", "site": "oak.example"},
            {"name": "Oak LLC (Leaf)"},
        ]
    )
    one, _ = read(tmp_path, toml, text, "in/Alder_Labs-vendors.json")
    assert [(r.customer, r.supplier, r.service, r.valid_until.edtf) for r in one.uses_vendor] == [
        ("Alder Labs", "Oak LLC", "hosting", "2025-10-31"), ("Alder Labs", "Leaf", "hosting", "2025-10-31"),
    ]  # fmt: skip
    assert [(n.key, n.value) for n in one.notes] == [("site", "oak.example")]
    assert one.uses_vendor[0].evidence[0].place == "/0"


def test_a_table_of_one_customer_gets_it_from_a_constant_and_the_other_columns_are_guessed(tmp_path):
    (one,) = read(
        tmp_path, '[constants]\ncustomer = "Alder"\n', "Sub-processor,Purpose,Effective date\nOak,hosting,2024-02\n"
    )
    (told,) = one.uses_vendor
    assert (told.customer, told.supplier, told.service, told.valid_from.edtf) == ("Alder", "Oak", "hosting", "2024-02")


def test_what_headings_tell_holds_for_a_mapping_too(tmp_path):
    table = "\n\n| Company | Purpose | Date |\n|--|--|--|\n| {} | CI | 13/02/2023 |\n\n"
    text = "# Vendors\n" + "".join(
        f"## {title}{table.format(name)}"
        for title, name in (
            ("Active vendors", "Oak"),
            ("Removed vendors", "Elm"),
            ("Upcoming changes", "Fir"),
            ("Alder affiliates", "Ash"),
        )
    )
    found = read(tmp_path, '[constants]\ncustomer = "Alder"\n', text, "own.md")
    assert [(use.supplier, str(use.status), use.valid_until and use.valid_until.edtf) for one in found for use in one.uses_vendor] == [
        ("Oak", "active", None),
        ("Elm", "ended", "2023-02-13"),
        ("Fir", "unknown", None),
    ]  # fmt: skip
    assert [(told.party, told.other) for one in found for told in one.affiliations] == [("Ash", "Alder")]


@pytest.mark.parametrize("inside", [False, True])
def test_the_day_of_a_heading_has_the_order_of_the_table_under_a_mapping_too(tmp_path, inside):
    above, row = ("", "<tr><td colspan=2>Removed on 03/04/2025") if inside else ("<h2>Removed on 03/04/2025</h2>", "")
    text = f"{above}<table><tr><th>Company<th>Since{row}<tr><td>Oak<td>25/03/2020</table>"
    toml = '[constants]\ncustomer = "Alder"\n[columns]\nsupplier = "Company"\nsince = "Since"\n[dates]\nsince = "%d/%m/%Y"\n'
    ((told,),) = (one.uses_vendor for one in read(tmp_path, toml, text, "own.html"))
    assert (told.valid_from.edtf, told.valid_until.edtf) == ("2020-03-25", "2025-04-03")


def test_a_page_without_a_table_is_no_table_with_bars_in_it(tmp_path):
    text = "<title>Our vendors | Alder</title>\n<ul>\n<li>Oak – mail\n</ul>\n"
    own = mapped(mapping(tmp_path, '[constants]\ncustomer = "Alder"\n'))
    assert own.misfit(Document("own.html", text, "0")) == "it holds no table"


def test_a_mapping_goes_before_the_header(tmp_path):
    toml = '[columns]\ncustomer = "User"\nsupplier = "Firm"\nsince = "D"\nsupplier_lei = "LEI"\n[dates]\nsince = "%d.%m.%y"\n'
    (one,) = read(tmp_path, toml, "Firm,User,D,Purpose,LEI\nOak,Alder,03.02.24,mail,529900T8BM49AURSDO55\n")
    (told,) = one.uses_vendor
    assert (told.customer, told.supplier, told.service, told.valid_from.edtf) == ("Alder", "Oak", "mail", "2024-02-03")
    assert one.parties[1].identifiers == ("lei:529900T8BM49AURSDO55",)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("columns = 1", "m.toml: columns is a table of fields"),
        ("[colums]\na = 'b'", "m.toml: colums is no key of a mapping; there are columns, constants, dates, feed, file_name, files, records, separators"),
        ("records = 'thing'", "m.toml: records is incident or listing, not 'thing'"),
        ("records = 'incident'", "m.toml: columns is missing: which column holds which field of an incident"),
        ("[columns]\nsuplier = 'A'", "m.toml: columns.suplier is no field of a listing; there are customer, observed, service, since, status, supplier, until"),
        ("records = 'incident'\n[columns]\nvictim = 'A'", "m.toml: columns.victim is no field of an incident; there are "),
        ("[constants]\nsince = '31.13.2025'", "m.toml: constants.since is no date that can be read: '31.13.2025'"),
        ("[constants]\nsince = '2024'\n[dates]\nsince = '%d.%m.%Y'", "m.toml: constants.since is no date that can be read as '%d.%m.%Y': '2024'"),
        ("records = 'incident'\n[columns]\nid = 'A'\n[constants]\ncount = 'many'", "m.toml: constants.count is no number that can be read: 'many'"),
        ("[columns]\nsupplier = 3", "m.toml: columns.supplier is a text"),
        ("[columns]\nsupplier = ' '", "m.toml: columns.supplier is a text"),
        ("[dates]\nservice = '%Y'", "m.toml: dates.service is no field of a listing; there are disclosed, discovered, observed, occurred, reported, since, until"),
        ("[dates]\nsince = '%d.%m'", "m.toml: dates.since has no year: '%d.%m'"),
        ("[file_name]\ncustomer = '('", "m.toml: file_name.customer is no pattern"),
        ("[file_name]\ncustomer = 'a'", "m.toml: file_name.customer has not exactly one group"),
        ("[separators]\nservice = ''", "m.toml: separators.service is empty"),
        ("files = 'a.csv'", "m.toml: files is a list of file name patterns"),
        ("feed = 'Ours!'", "m.toml: feed is a word of lower-case letters"),
        ("[", "m.toml: the mapping is no TOML"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_and_the_key(tmp_path, toml, message):
    with pytest.raises(DocumentError) as caught:
        load(mapping(tmp_path, toml))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


SURE = 'records = "incident"\n[columns]\nid = "id"\nbreached = "firm"\naffected = "hit"\ncertainty = "state"\n'


@pytest.mark.parametrize(
    ("printed", "certainty", "notes"),
    [
        ("confirmed", "confirmed", []),
        ("Confirmed by the vendor", "confirmed", []),
        ("bestätigt", "confirmed", []),
        ("alleged", "claimed", []),
        ("rumoured", "suspected", []),
        ("unknown", "suspected", []),
        ("Not confirmed", "suspected", []),
        ("confirmed by nobody", "suspected", [("certainty", "confirmed by nobody")]),
        ("Confirmed by rumours", "suspected", []),
        ("confirmed by the vendor not to be hit", "suspected", [("certainty", "confirmed by the vendor not to be hit")]),
        ("confirmed by police as a hoax", "suspected", [("certainty", "confirmed by police as a hoax")]),
        ("bestätigt durch die Angreifer", "claimed", []),
        ("(confirmed?)", "suspected", []),
        ("!confirmed", "suspected", []),
        ("[ ] confirmed", "suspected", []),
        ("n/a", "suspected", []),
        ("denied", "denied", []),
        ("high", "suspected", [("certainty", "high")]),
        ("", "confirmed", []),
        ("—", "confirmed", []),
    ],
)  # fmt: skip
def test_a_word_that_is_not_known_confirms_nothing(tmp_path, printed, certainty, notes):
    (one,) = read(tmp_path, SURE, f"id,firm,hit,state\n1,Oak,,{printed}\n")
    assert one.certainty == certainty
    assert {proof.certainty for proof in one.parties[0].evidence} == {certainty}
    assert [(note.key, note.value) for note in one.notes] == notes


def test_a_column_may_ask_whether_it_is_confirmed(tmp_path):
    toml = SURE.replace('"state"', '"Confirmed?"')
    told = read(tmp_path, toml, "id,firm,hit,Confirmed?\n1,Oak,,yes\n2,Elm,,no\n")
    assert [one.certainty for one in told] == ["confirmed", "suspected"]
    toml = 'records = "incident"\n[columns]\nbreached = "/of"\ncertainty = "/is/alleged"\n'
    text = '[{"of": "Oak", "is": {"alleged": true}}, {"of": "Elm", "is": {"alleged": false}}]'
    told = read(tmp_path, toml, text, "own.json")
    assert [one.certainty for one in told] == ["claimed", "suspected"]


def test_a_constant_is_a_certainty(tmp_path):
    toml = SURE + '[constants]\ncertainty = "sort of"\n'
    with pytest.raises(DocumentError, match=r"m\.toml: constants\.certainty is one of confirmed, suspected, claimed"):
        load(mapping(tmp_path, toml))
    told = read(
        tmp_path, SURE + '[constants]\ncertainty = "alleged"\n', "id,firm,hit,state\n1,Oak,,\n2,Elm,,confirmed\n"
    )
    assert [one.certainty for one in told] == ["claimed", "confirmed"]


def test_what_stands_for_nobody_is_nobody(tmp_path):
    none = ["-", "–", "—", "n/a", "None", "none known", "unknown", "keine", "not yet disclosed", "Elm; —; n/a"]
    rows = "".join(f"{at},Oak,{cell},\n" for at, cell in enumerate(none))
    told = read(tmp_path, SURE + '[separators]\naffected = ";"\n', "id,firm,hit,state\n" + rows)
    assert [[party.name for party in one.parties] for one in told] == [["Oak"]] * 9 + [["Oak", "Elm"]]
    assert not any(one.notes for one in told)


@pytest.mark.parametrize(
    ("first", "second", "since"),
    [
        ("01/03/2022", "15/02/2021", ["2022-03-01", "2021-02-15"]),
        ("01/03/2022", "02/15/2021", ["2022-01-03", "2021-02-15"]),
        ("01/03/2022", "02/03/2021", ["2022-01-03", "2021-02-03"]),
        ("03/04/24", "13/04/24", ["2024-04-03", "2024-04-13"]),
    ],
)
def test_the_day_is_first_where_another_date_of_the_document_shows_it(tmp_path, first, second, since):
    text = f"Firm,Start\nCedar,{first}\nOak,{second}\n"
    told = read(tmp_path, '[columns]\nsupplier = "Firm"\nsince = "Start"\n[constants]\ncustomer = "Mosel"\n', text)
    assert [use.valid_from.edtf for one in told for use in one.uses_vendor] == since
    told = read(tmp_path, 'records = "incident"\n[columns]\nbreached = "Firm"\nreported = "Start"\n', text)
    assert [one.dates[0].date.edtf for one in told] == since


def test_several_words_confirm_only_what_all_of_them_confirm(tmp_path):
    rows = '1,Oak,,"confirmed\nretracted"\n2,Oak,,"confirmed\nalleged"\n3,Oak,,"confirmed\nsee below"\n4,Oak,,"verified\nconfirmed"\n'
    told = read(tmp_path, SURE, "id,firm,hit,state\n" + rows)
    assert [one.certainty for one in told] == ["suspected", "claimed", "suspected", "confirmed"]


def test_what_the_attackers_confirm_is_a_claim(tmp_path):
    toml = SURE + 'attackers = "by"\n'
    told = read(
        tmp_path, toml, "id,firm,hit,state,by\n1,Oak,,confirmed by Ravens,Ravens\n2,Oak,,confirmed by Oak,Ravens\n"
    )
    assert [one.certainty for one in told] == ["claimed", "confirmed"]


def test_a_mark_of_doubt_confirms_nothing_where_the_column_asks(tmp_path):
    toml = SURE.replace('"state"', '"Confirmed"')
    told = read(tmp_path, toml, "id,firm,hit,Confirmed\n1,Oak,,yes?\n2,Oak,,-1\n3,Oak,,1\n")
    assert [one.certainty for one in told] == ["suspected", "suspected", "confirmed"]


LINKED = 'records = "incident"\n[columns]\nbreached = "Firm"\nsources = "Source"\n'


@pytest.mark.parametrize(
    ("cell", "sources", "notes"),
    [
        ("[Herald](https://news.example/k)", [("Herald", "https://news.example/k")], []),
        ("[A](https://a.example/1), [B](https://b.example/2)", [("A", "https://a.example/1"), ("B", "https://b.example/2")], []),
        ("see [A](https://a.example/1)", [("A", "https://a.example/1")], ["see A"]),
        ("<https://news.example/c>", [("", "https://news.example/c")], []),
        ("Herald", [("Herald", "")], []),
        ("[Herald](https://w.example/Target_(firm))", [("Herald", "https://w.example/Target_(firm)")], []),
        ("[Herald](https://w.example/Target_\\(firm\\))", [("Herald", "https://w.example/Target_(firm)")], []),
        ("[Herald](<https://w.example/a(b>)", [("Herald", "https://w.example/a(b")], []),
        ("https://w.example/Target_(firm)", [("", "https://w.example/Target_(firm)")], []),
        ("(https://w.example/a), https://w.example/b.", [("", "https://w.example/a"), ("", "https://w.example/b")], []),
        ("https://w.example/a;https://w.example/b", [("", "https://w.example/a"), ("", "https://w.example/b")], []),
        ("[A](https://a.example/1), https://b.example/2", [("A", "https://a.example/1"), ("", "https://b.example/2")], []),
        ("[https://a.example/1](https://a.example/1)", [("", "https://a.example/1")], []),
        ("[read more](https://a.example/1)", [("", "https://a.example/1")], []),
        ("[![x](x.png)](https://a.example/1)", [("", "https://a.example/1")], []),
        ("[](https://a.example/1)", [("", "https://a.example/1")], []),
        ("Herald: https://a.example/1", [("", "https://a.example/1")], ["Herald: https://a.example/1"]),
        ("https://wiki.intern/a", [("", "https://wiki.intern/a")], []),
    ],
)  # fmt: skip
def test_words_that_link_have_the_address_they_link_to(tmp_path, cell, sources, notes):
    text = f"| Firm | Source |\n|---|---|\n| [Kiln](https://kiln.example) | {cell} |\n"
    (one,) = read(tmp_path, LINKED, text, "own.md")
    assert [(told.publisher, told.url) for told in one.sources] == sources
    assert [note.value for note in one.notes] == notes
    assert all(text[slice(*told.evidence[0].span)] == told.evidence[0].quote for told in one.sources)


def test_links_of_a_page(tmp_path):
    links = (
        '<a class="x" href="https://a.example/1?b=1&amp;c=2" target="_blank">A</a>',
        '<a href="https://b.example/1">B</a>',
    )
    text = f"<table><tr><th>Firm</th><th>Source</th></tr><tr><td><a href='https://kiln.example'>Kiln</a></td><td>{links[0]}</td></tr><tr><td>Oak</td><td>{', '.join(links)}</td></tr></table>"
    one, two = read(tmp_path, LINKED, text, "own.html")
    assert [(told.publisher, told.url) for told in one.sources] == [("A", "https://a.example/1?b=1&c=2")]
    assert [told.evidence[0].quote for told in two.sources] == list(links)


@pytest.mark.parametrize(
    ("cell", "sources"),
    [
        ('<a href="https://b.example/3"><img src="x.png"></a>', [("", "https://b.example/3")]),
        ('<a href="https://b.example/3"></a>', [("", "https://b.example/3")]),
        ('<a href="https://b.example/3"><b>Herald</b></a>', [("Herald", "https://b.example/3")]),
        ('<A HREF="https://b.example/3">The <i>Herald</i></A>', [("The Herald", "https://b.example/3")]),
        ('<a href="https://b.example/3">A &amp; B</a><br>C', [("A & B", "https://b.example/3"), ("C", "")]),
    ],
)
def test_a_link_of_a_page_needs_no_words(tmp_path, cell, sources):
    text = f"<table><tr><th>Firm</th><th>Source</th></tr><tr><td>Kiln</td><td>{cell}</td></tr><tr><td>Oak</td><td>-</td></tr></table>"
    one, two = read(tmp_path, LINKED, text, "own.html")
    assert [(told.publisher, told.url) for told in one.sources] == sources
    assert (one.notes, two.sources) == ((), ())
    assert all(text[slice(*told.evidence[0].span)] == told.evidence[0].quote for told in one.sources)


@pytest.mark.parametrize(
    ("told", "sources", "notes"),
    [
        ([{"url": "https://a.example/1", "title": "Herald"}], [("Herald", "https://a.example/1")], {}),
        ({"title": "Oak hit", "publisher": {"name": "Herald"}, "href": "https://a.example/1", "date": "2024-01-02"}, [("Herald", "https://a.example/1")], {"s.title": "Oak hit", "s.date": "2024-01-02"}),
        ([{"url": "https://a.example/1"}, {"name": "Herald"}, {"seen": "2024"}], [("", "https://a.example/1"), ("Herald", "")], {"s[2].seen": "2024"}),
        (["https://a.example/1", "Herald"], [("", "https://a.example/1"), ("Herald", "")], {}),
        ("[Herald](https://a.example/1)", [("Herald", "https://a.example/1")], {}),
    ],
)  # fmt: skip
def test_sources_in_json_are_one_for_each_object(tmp_path, told, sources, notes):
    toml = 'records = "incident"\n[columns]\nbreached = "/of"\nsources = "/s"\n'
    (one,) = read(tmp_path, toml, json.dumps([{"of": "Oak", "s": told}]), "own.json")
    assert [(source.publisher, source.url) for source in one.sources] == sources
    assert {note.key: note.value for note in one.notes} == notes


def named(found):
    return [
        (use.customer, use.supplier, use.service)
        for one in found
        if not isinstance(one, Defect)
        for use in one.uses_vendor
    ]


LISTED = '[columns]\nsupplier = "/vendor"\ncustomer = "/c"\nservice = "/for"\nsupplier_lei = "/lei"\n'


def test_an_array_of_a_listing_in_json_is_several(tmp_path):
    told = [
        {"vendor": ["Twilio", "SendGrid"], "c": "Alder Labs", "for": ["email", "sms"], "lei": "L1"},
        {"vendor": "Kelp", "c": ["Crab plc", "Lobster plc", None, "-"]},
        {"vendor": [{"name": "Oak", "country": "DE", "id": 7}], "c": ["Elm"], "lei": "529900T8BM49AURSDO55"},
        {"vendor": ["TBD", "Moss"], "c": "Elm"},
        {"vendor": [], "c": "Elm"},
    ]
    found = read(tmp_path, LISTED, text := json.dumps(told), "own.json")
    assert named(found) == [
        ("Alder Labs", "Twilio", "email, sms"), ("Alder Labs", "SendGrid", "email, sms"),
        ("Crab plc", "Kelp", ""), ("Lobster plc", "Kelp", ""),
        ("Elm", "Oak", ""), ("Elm", "Moss", ""),
    ]  # fmt: skip
    assert [(note.key, note.value) for note in found[0].notes] == [("/lei", "L1")]
    assert [(note.key, note.value) for note in found[2].notes] == [("vendor[0].country", "DE"), ("vendor[0].id", "7")]
    assert found[2].parties[1].identifiers == ("lei:529900T8BM49AURSDO55",)
    assert [proof.quote for use in found[1].uses_vendor for proof in use.evidence[1:]] == ["Crab plc", "Lobster plc"]
    assert all(text[slice(*proof.span)] == proof.quote for use in found[1].uses_vendor for proof in use.evidence)
    assert found[4] == Defect("/4", "names no supplier")


def test_the_values_of_an_array_stand_each_where_it_stands(tmp_path):
    toml = 'records = "incident"\n[columns]\nbreached = "/of"\naffected = "/hit"\n'
    text = json.dumps([{"of": {"name": "Oak", "country": "DE"}, "hit": ["Crab plc", "Crab", True, 12]}])
    (one,) = read(tmp_path, toml, text, "own.json")
    assert [party.name for party in one.parties] == ["Oak", "Crab plc", "Crab"]
    assert one.parties[2].evidence[0].span == (text.index('"Crab"') + 1, text.index('"Crab"') + 5)
    assert [(note.key, note.value) for note in one.notes] == [
        ("of.country", "DE"),
        ("hit[2]", "true"),
        ("hit[3]", "12"),
    ]


@pytest.mark.parametrize(
    ("separator", "cell", "customers"),
    [
        ("\\n", "Crab plc\nLobster plc", ["Crab plc", "Lobster plc"]),
        ("/", "Crab plc / Lobster plc / - /", ["Crab plc", "Lobster plc"]),
        (";", "Crab, Lobster & Co., Inc.;", ["Crab, Lobster & Co., Inc."]),
        (";", "Crab plc", ["Crab plc"]),
        (";", "n/a; -", []),
    ],
)
def test_separators_hold_for_a_listing_too(tmp_path, separator, cell, customers):
    toml = f'[columns]\nsupplier = "Firm"\ncustomer = "User"\nservice = "For"\n[separators]\ncustomer = "{separator}"\nservice = "/"\n'
    found = read(tmp_path, toml, text := f'Firm,User,For\nKelp,"{cell}",mail/sms\n')
    assert named(found) == [(name, "Kelp", "mail, sms") for name in customers]
    assert not customers or all(
        text[slice(*p.span)] == p.quote for one in found for use in one.uses_vendor for p in use.evidence
    )


def test_an_identifier_of_several_is_nobodys(tmp_path):
    toml = '[columns]\nsupplier = "Firm"\ncustomer = "User"\ncustomer_lei = "LEI"\n[separators]\ncustomer = ";"\nsupplier = ";"\n'
    (one,) = read(tmp_path, toml, "Firm,User,LEI\nKelp; Moss,Crab; Elm,L1\n")
    assert named([one]) == [("Crab", "Kelp", ""), ("Crab", "Moss", ""), ("Elm", "Kelp", ""), ("Elm", "Moss", "")]
    assert not any(party.identifiers for party in one.parties)
    assert [(note.key, note.value) for note in one.notes] == [("LEI", "L1")]


PREPARED = 'records = "incident"\n[columns]\nid = "No"\naffected = "Firm"\noccurred = "When"\ncount = "People"\nstatus = "State"\ncertainty = "Sure"\n[constants]\nbreached = "Sedge"\n'
NOTE, TOTAL, TO_COME = "is a note of the table", "counts the rows", "is prepared for an incident, and tells of none"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2,,,,,,", TO_COME),
        ("2,n/a,-,,open,claimed,", TO_COME),
        (',Total,,"34,000",,,', TOTAL),
        ('Total affected:,,,"34,000",,,', TOTAL),
        ("Gesamtsumme,,,34.000,,,", TOTAL),
        (',,,"34,000",,,', TOTAL),
        (",* EU only,,,,,", NOTE),
        ("Source: the regulator,,,,,,", NOTE),
        ("Last updated 3 May 2024,,,,,,", NOTE),
        ('"The list holds what the regulator has told us so far, and is not complete.",,,,,,', NOTE),
        ('2,Total,,"34,000",,,', ""),
        (',Total,2024-05-06,"34,000",,,', ""),
        (',Total Wine & More,,"34,000",,,', ""),
        (",Elm,,,,,", ""),
        ("2,,2024-05-06,,,,", ""),
        ("2,,,,,,a lost laptop", ""),
        (",,,,,,some 500 patients", ""),
        (',,2024-05-06,"34,000",,,', ""),
    ],
)  # fmt: skip
def test_rows_that_are_no_incident_are_set_aside(tmp_path, row, reason):
    text = f"No,Firm,When,People,State,Sure,More\n1,Oak plc*,2024-05-06,12,,,\n{row}\n"
    one, two = read(tmp_path, PREPARED, text)
    assert isinstance(one, Incident)
    assert two == Defect("row 2", reason) if reason else isinstance(two, Incident)


def test_a_note_below_a_listing_is_no_supplier(tmp_path):
    toml = '[columns]\nsupplier = "Firm"\nservice = "For"\n[constants]\ncustomer = "Willow Bank"\n'
    rows = "<tr><td>Zendesk*</td><td>Support</td></tr><tr><td>{}</td><td></td></tr>"
    page = "<table><tr><th>Firm</th><th>For</th></tr>" + rows + "</table>"
    one, two = read(tmp_path, toml, page.format("* EU only"), "own.html")
    assert (named([one]), two) == ([("Willow Bank", "Zendesk", "Support")], Defect("row 2", NOTE))
    assert named(read(tmp_path, toml, page.format("† Oak"), "own.html"))[1:] == [("Willow Bank", "Oak", "")]


LEIS = ("529900T8BM49AURSDO55", "5493000IBP32UQZ0KL24", "213800LBQA1Y9L22JB70")
OWNER = '[constants]\ncustomer = "Mosel Bank AG"\n'


def test_a_constant_fills_the_gaps_of_the_register_only(tmp_path):
    _, first, second = LEIS
    text = (
        "B_05.02.0010;B_05.02.0020;B_05.02.0030;B_05.02.0040;B_05.02.0050;B_05.02.0060;B_05.02.0070\n"
        f"CA-1;S19;{first};LEI;1;;\nCA-1;S17;{second};LEI;2;{first};LEI\nCA-2;S19;{second};LEI;1;Not applicable;\nCA-2;S17;{first};LEI;2;;\n"
    )
    *told, nobody = read(tmp_path, OWNER, text)
    assert [(use.customer, use.supplier) for one in told for use in one.uses_vendor] == [
        ("Mosel Bank AG", first),
        (first, second),
        ("Mosel Bank AG", second),
    ]
    assert told[1].parties[0].identifiers == (f"lei:{first}",)
    assert nobody == Defect("row 4", "names no recipient of what is sub-contracted")


def test_a_template_of_the_register_may_be_told_by_the_name_of_its_file(tmp_path):
    _, first, second = LEIS
    text = f"c0010,c0020,c0030,c0040,c0050,c0060,c0070\nCA-1,eba_TA:S19,{first},LEI,1,,\nCA-1,eba_TA:S17,{second},LEI,2,{first},LEI\n"
    told = read(tmp_path, OWNER, text, "b_05.02.csv")
    assert [use[:2] for use in named(told)] == [("Mosel Bank AG", first), (first, second)]
    assert (
        MappingExtractor(mapped(mapping(tmp_path, OWNER)).mapping).misfit(Document("x.csv", text, "0"))
        == "no column names the supplier (m.toml, columns.supplier)"
    )


def test_a_constant_does_not_stand_for_the_entities_of_the_register(tmp_path):
    bank, first, _ = LEIS
    text = f"B_02.02.0010;B_02.02.0020;B_02.02.0030;B_02.02.0040\nCA-1;{bank};{first};LEI\nCA-2;;{first};LEI\n"
    one, two = read(tmp_path, OWNER, text)
    assert one.parties[0].identifiers == (f"lei:{bank}",)
    assert (one.uses_vendor[0].customer, two.uses_vendor[0].customer) == (bank, "Mosel Bank AG")


def test_a_constant_goes_before_what_is_guessed(tmp_path):
    (one,) = read(tmp_path, OWNER, "Customer,Sub-processor,Purpose\nretail clients,Oak,mail\n")
    assert one.uses_vendor[0].customer == "Mosel Bank AG"


def test_a_mapping_that_is_not_there():
    with pytest.raises(DocumentError, match=r"nowhere\.toml: the mapping cannot be read: No such file"):
        load("nowhere.toml")


@pytest.mark.parametrize(
    ("toml", "text", "reason"),
    [
        ('[columns]\nsupplier = "Firm"', "Company,Sub-processor\nA,B\n", "it has no column 'Firm' (m.toml, columns.supplier); there are 'Company', 'Sub-processor'"),
        ('[columns]\nservice = "Use"', "Use,Where\nA,B\n", "no column names the supplier (m.toml, columns.supplier)"),
        ('files = ["x*.csv"]', "Sub-processor,Use\nA,B\n", "its name is none of x*.csv (m.toml, files)"),
        ('[columns]\nsupplier = "name"', '{"name": "Oak"}', "'name' is no JSON pointer: it begins with a slash (m.toml, columns.supplier)"),
        ('[columns]\nsupplier = "/nom"', '{"name": "Oak"}', "its first record has nothing at any pointer of m.toml (columns)"),
    ],
)  # fmt: skip
def test_a_document_that_does_not_fit_says_why(tmp_path, toml, text, reason):
    extractor, document = mapped(mapping(tmp_path, toml)), Document("own", text, "0")
    assert not extractor.recognizes(document)
    assert extractor.misfit(document) == reason
    with pytest.raises(UnknownFormatError, match="does not fit the mapping"):
        choose(document, None, extractor, named=True)
    with pytest.raises(DocumentError, match="does not fit the mapping"):
        list(choose(document, "mapping", extractor).extract(document))


def test_without_a_mapping_the_format_asks_for_one():
    document = Document("own.csv", "a,b\n1,2\n", "0")
    assert not MappingExtractor().recognizes(document)
    with pytest.raises(DocumentError, match=r"own\.csv: the format mapping reads by a mapping file"):
        list(choose(document, "mapping").extract(document))


def test_other_documents_go_their_own_way(tmp_path):
    extractor = mapped(mapping(tmp_path, 'files = ["own*"]\n[constants]\ncustomer = "Alder"'))
    table = "Company,Sub-processor\nOak,Elm\n"
    assert choose(Document("their.csv", table, "0"), None, extractor).name == "suppliers"
    assert choose(Document("own.csv", table, "0"), None, extractor).name == "mapping"
    with pytest.raises(KGError, match="a mapping file is for the format mapping, not suppliers"):
        choose(Document("own.csv", table, "0"), "suppliers", extractor)


BREACHES = "Organization Name,Date(s) of Breach,Reported Date\nOak Eye Institute,12/03/2025,02/02/2026\n"
POST = 'Vendor,Firm\n"id": "OAK1770400000",\n"linkid": "oak",\n{\'title\': \'Oak, breached\'}\n'


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Sub-processor,Purpose\nOak,mail\n", "mapping"),
        ("b_05.01.0010,b_05.01.0020,b_05.01.0050\nDE123456789,VAT,Oak GmbH\n", "mapping"),
        (BREACHES, "portal"),
        (POST, "post"),
    ],
)
def test_a_mapping_that_names_nothing_is_for_supplier_lists(tmp_path, text, own):
    document = Document("own.csv", text, "0")
    told, columned, filed = (
        mapped(mapping(tmp_path, toml + OWNER, f"{n}.toml"))
        for n, toml in enumerate(("", '[columns]\nsupplier = "Organization Name"\n', 'files = ["own.*"]\n'))
    )
    for named in (False, True):
        assert choose(document, None, told, named=named).name == own
        assert choose(document, None, filed, named=named).name == "mapping"
    assert choose(document, "mapping", told).name == "mapping"
    assert columned.recognizes(document) is (text == BREACHES)


def test_a_mapping_that_names_nothing_reads_a_table_that_is_named_and_of_no_other_format(tmp_path):
    told = mapped(mapping(tmp_path, OWNER))
    table = Document("own.csv", "Company,Purpose\nOak,mail\n", "0")
    assert choose(table, None, told, named=True).name == "mapping"
    with pytest.raises(UnknownFormatError, match="no extractor recognizes it"):
        choose(table, None, told)
    lists = Document("own.csv", "Vendor,Service\nOak,mail\n", "0")
    assert choose(lists, None, told).name == "mapping"
    prose = Document("own.txt", "Vendor, Firm, as of now.\n\nOak was hit.\n", "0")
    with pytest.raises(UnknownFormatError, match="does not fit the mapping: it holds no table"):
        choose(prose, None, told, named=True)


def test_another_mapping_reads_a_document_anew(tmp_path):
    (tmp_path / "own.csv").write_text("Sub-processor,Use\nElm,mail\n", "utf-8")
    first, second = (
        mapping(tmp_path, f'[constants]\ncustomer = "{name}"', f"{name}.toml") for name in ("Alder", "Birch")
    )
    store = tmp_path / "s.kg"
    graph = kg.build(tmp_path / "own.csv", store, mapping=first)
    assert [found.node.label for found in graph.blast_radius("Elm").exposed] == ["Alder"]
    assert kg.build(tmp_path / "own.csv", store, mapping=first).report.unchanged == 1
    graph = kg.build(tmp_path / "own.csv", store, mapping=second)
    assert graph.report.changed == 1
    assert [found.node.label for found in graph.blast_radius("Elm").exposed] == ["Birch"]
    ((_, quotes),) = graph.why("Birch", "usesVendor", "Elm")
    assert [quote.quote for quote in quotes] == ["Elm,mail"]
    assert quotes[0].extractor.startswith(f"mapping {VERSION}-")


def test_two_files_of_equal_bytes_are_told_apart_by_what_their_names_say(tmp_path):
    for name in ("Alder-suppliers.csv", "Birch-suppliers.csv"):
        (tmp_path / name).write_text("Sub-processor,Purpose\nOak,mail\n")
    told = mapping(tmp_path, '[file_name]\ncustomer = "(.+)-suppliers"\n')
    graph = kg.build(tmp_path.glob("*.csv"), tmp_path / "s.kg", mapping=told)
    assert [one.node.label for one in graph.blast_radius("Oak").exposed] == ["Alder", "Birch"]
    assert kg.build(tmp_path.glob("*.csv"), tmp_path / "s.kg", mapping=told).report.unchanged == 2


def test_the_command_line(tmp_path, capsys):
    (tmp_path / "own.csv").write_text("Sub-processor,Use\nElm,mail\n", "utf-8")
    path = mapping(tmp_path, '[constants]\ncustomer = "Alder"')
    assert main(["extract", str(tmp_path / "own.csv"), "--map", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["uses_vendor"][0]["customer"] == "Alder"
    store = str(tmp_path / "s.kg")
    assert main(["build", str(tmp_path / "own.csv"), "--map", str(path), "--store", store]) == 0
    assert main(["build", str(tmp_path / "own.csv"), "--map", str(tmp_path / "no.toml"), "--store", store]) == 1
    assert "no.toml: the mapping cannot be read" in capsys.readouterr().err


def test_an_incident_that_is_mapped_is_written(tmp_path):
    (tmp_path / "own.csv").write_text(
        HEADER + "A-1,Oak breached,Oak,,Alder,,31/01/2024,names,7,,Ransomware,confirmed,,,\n", "utf-8"
    )
    graph = kg.build(tmp_path / "own.csv", tmp_path / "s.kg", mapping=mapping(tmp_path, INCIDENTS))
    assert (graph.report.incidents, graph.report.quarantined) == (1, 0)
    (found,) = graph.exposure("Alder")
    assert (found.node.label, found.exposure) == ("Oak", "confirmed")
    assert isinstance(read(tmp_path, INCIDENTS, (tmp_path / "own.csv").read_text("utf-8"))[0], Incident)


@pytest.mark.parametrize(
    ("firm", "start", "since"), [("Lieferant", "Seit", "2022-03-01"), ("Supplier", "Since", "2022-01-03")]
)
def test_the_day_is_first_in_a_language_whose_publishers_print_it_so(tmp_path, firm, start, since):
    mapping = f'[columns]\nsupplier = "{firm}"\nsince = "{start}"\n[constants]\ncustomer = "Mosel"\n'
    told = read(tmp_path, mapping, f"{firm},{start}\nCedar,01/03/2022\n")
    assert [use.valid_from.edtf for one in told for use in one.uses_vendor] == [since]


@pytest.mark.parametrize("form", ["", '[dates]\nuntil = "%d.%m.%Y"\n'])
def test_the_cell_of_an_end_that_gives_no_date_is_told(tmp_path, form):
    toml = f'[columns]\ncustomer = "User"\nsupplier = "Firm"\nuntil = "Out"\n{form}'
    text = "User;Firm;Out\nAlder;Oak;31.13.2025\nAlder;Elm;unbefristet\nAlder;Fir;30.06.2025\n"
    oak, notice, elm, fir = read(tmp_path, toml, text)
    reason = "the end '31.13.2025' is no date that can be read; the relationship is kept without it"
    assert notice == Defect("row 1, Out", reason)
    ends = [one.uses_vendor[0].valid_until for one in (oak, elm, fir)]
    assert [end and end.edtf for end in ends] == [None, None, "2025-06-30"]


@pytest.mark.parametrize("value", ["unbefristet", "until further notice", "unknown", "n/a", "03/04/25", ""])
def test_a_constant_that_says_no_day_or_may_be_two_is_no_mistake(tmp_path, value):
    toml = f'[columns]\nsupplier = "Firm"\nuntil = "Out"\n[constants]\ncustomer = "Alder"\nuntil = "{value}"\n'
    one, *_ = read(tmp_path, toml, "Firm;Out\nBirch;\n")
    assert [(use.supplier, use.valid_until) for use in one.uses_vendor] == [("Birch", None)]
    count = (
        f'records = "incident"\n[columns]\nbreached = "Firm"\n[constants]\ncount = "unknown"\noccurred = "{value}"\n'
    )
    one, *_ = read(tmp_path, count, "Firm;Out\nBirch;\n")
    assert (one.record_counts, one.dates) == ((), ())


def test_a_member_that_gives_no_date_is_told(tmp_path):
    toml = '[columns]\ncustomer = "/user"\nsupplier = "/firm"\nsince = "/in"\n'
    _, notice = read(tmp_path, toml, json.dumps([{"user": "Alder", "firm": "Oak", "in": "31.13.2025"}]), "own.json")
    assert notice.reason.startswith("the begin '31.13.2025' is no date")


IDENTIFIED = '[columns]\ncustomer = "User"\nsupplier = "Firm"\nsupplier_lei = "LEI"\nsupplier_domain = "Site"\nsupplier_wikidata = "Item"\n'
BREACHED = 'records = "incident"\n[columns]\nbreached = "Firm"\nbreached_lei = "LEI"\nbreached_domain = "Site"\n'


def test_identifiers_are_normal_and_placeholders_are_none(tmp_path):
    text = (
        "User,Firm,LEI,Site,Item\n"
        "Nordbank,SAP SE,529900D6BF99LW9R2E68,sap.com,Q552581\n"
        "Westbank,SAP SE,LEI 529900d6bf99lw9r2e68,https://www.SAP.com/,https://www.wikidata.org/wiki/Q552581\n"
        "Westbank,Birch,n/a,-,unknown\n"
    )
    one, two, three = read(tmp_path, IDENTIFIED, text)
    told = ("lei:529900D6BF99LW9R2E68", "domain:sap.com", "wikidata:Q552581")
    assert one.parties[1].identifiers == two.parties[1].identifiers == told
    assert three.parties[1].identifiers == ()


def test_what_is_no_identifier_is_a_note_and_a_notice(tmp_path):
    listed, *notices = read(tmp_path, IDENTIFIED, "User,Firm,LEI,Site,Item\nWestbank,Elm,HRB 12,gmail.com,SAP\n")
    assert listed.parties[1].identifiers == ()
    assert [(note.key, note.value) for note in listed.notes] == [
        ("LEI", "HRB 12"),
        ("Site", "gmail.com"),
        ("Item", "SAP"),
    ]
    assert [(told.place, told.reason) for told in notices] == [
        ("row 1, LEI", "'HRB 12' is no identifier of Elm (lei); it is kept as a note"),
        ("row 1, Site", "'gmail.com' is no identifier of Elm (domain); it is kept as a note"),
        ("row 1, Item", "'SAP' is no identifier of Elm (wikidata); it is kept as a note"),
    ]  # fmt: skip


def test_the_identifiers_of_an_incident_are_read_alike(tmp_path):
    text = "Firm,LEI,Site\nElm,LEI: 529900d6bf99lw9r2e68,www.elm.example/imprint\nBirch,HRB 12,-\n"
    one, two = read(tmp_path, BREACHED, text)
    assert one.parties[0].identifiers == ("lei:529900D6BF99LW9R2E68", "domain:elm.example")
    assert two.parties[0].identifiers == ()
    assert [(note.key, note.value) for note in two.notes] == [("breached_lei", "HRB 12")]


def test_a_constant_that_is_no_identifier_is_a_note(tmp_path):
    toml = '[columns]\nsupplier = "Firm"\n[constants]\ncustomer = "Crab"\ncustomer_lei = "HRB 12"\n'
    listed, notice = read(tmp_path, toml, "Firm,LEI\nElm,\n")
    assert [(note.key, note.value) for note in listed.notes] == [("customer_lei", "HRB 12")]
    assert notice.place == "row 1, customer_lei"


PARTIES = 'records = "incident"\n[columns]\nid = "Ref"\nbreached = "Firm"\naffected = "Hit"\ndata_types = "Data"\n'


def register(tmp_path, *rows):
    """The incidents of a register with the columns Firm, Hit and Data."""
    text = "".join(f"{number};{row}\n" for number, row in enumerate(rows, 1))
    return read(tmp_path, PARTIES, "Ref;Firm;Hit;Data\n" + text)


@pytest.mark.parametrize(
    "cell",
    [
        "Ahorn Bank AG (not affected)", "Ahorn Bank AG (nicht betroffen)", "Ahorn Bank AG - not affected", "Ahorn Bank AG: nicht betroffen",
        "Ahorn Bank AG was not affected", "Not affected: Ahorn Bank AG", "not Ahorn Bank AG", "Ahorn Bank AG (unaffected)", '"Ahorn Bank AG\nnot affected"',
        "except Ahorn Bank AG",
    ],
)  # fmt: skip
def test_a_customer_that_was_spared_is_one_that_was_not_affected(tmp_path, cell):
    (one,) = register(tmp_path, f"Buche Cloud GmbH;{cell};")
    assert [(party.name, party.role) for party in one.parties] == [
        ("Buche Cloud GmbH", "breached"),
        ("Ahorn Bank AG", "customer_unaffected"),
    ]
    assert [(told.customer, told.supplier) for told in one.uses_vendor] == [("Ahorn Bank AG", "Buche Cloud GmbH")]
    assert {note.key for note in one.notes} == {"affected"}


@pytest.mark.parametrize(
    "cell",
    [
        "No customers affected", "keine Kunden betroffen", "No", "nein", "yes", "ja", "nobody", "niemand", "in Prüfung", "noch offen", "under investigation",
        "intern", "internal", "N/A - internal", "siehe Ticket", "see ticket 123", "No Vendor Involved", "kein Dienstleister", "keine", "0", "not affected",
        "aucun client touché", "None of the customers were affected", "Yes (Alder)", "N/A (in-house)", "(suspected)",
    ],
)  # fmt: skip
def test_an_answer_and_what_says_that_there_was_nobody_is_no_party(tmp_path, cell):
    breached, affected = register(tmp_path, f"{cell};Elm AG;", f"Buche GmbH;{cell};")
    assert [(party.name, party.role) for party in breached.parties] == [("Elm AG", "affected_downstream")]
    assert [(party.name, party.role) for party in affected.parties] == [("Buche GmbH", "breached")]
    assert {note.value for note in affected.notes} <= {cell}


@pytest.mark.parametrize(
    "name",
    ["No Limits Ltd", "See Tickets", "NoName Foods", "Deutsche Bank (Schweiz) AG", "Oui SA", "Internal Medicine Associates", "Nichts GmbH", "Not-for-Profit Alliance", "X",
     "Minot State University", "The Knot Worldwide", "All clients except Birch Bank", "Deutsche Bank (excluding Postbank)", "Sparkasse (Köln)", "Microsoft (Azure)", "DNB (NO)",
     "Birch Bank (nicht betroffen), Cedar Bank", "Alder Ltd (UK) & Birch Ltd (UK)"],
)  # fmt: skip
def test_names_that_hold_answers_or_brackets_stay_as_they_are_printed(tmp_path, name):
    (one,) = register(tmp_path, f"Buche GmbH;{name};")
    assert [party.name for party in one.parties] == ["Buche GmbH", name]
    assert not one.notes


@pytest.mark.parametrize("name", ["Alder Bank, N.A.", "University of California, San Diego", "Alder, Birch & Co."])
@pytest.mark.parametrize(
    "remark", ["not affected", "confirmed not affected", "not affected, per statement", "not affected by the incident"]
)
def test_a_name_with_a_comma_is_spared_whatever_else_the_remark_says(tmp_path, name, remark):
    (one,) = register(tmp_path, f'Buche GmbH;"{name} ({remark})";')
    assert (one.parties[1].name, one.parties[1].role) == (name, "customer_unaffected")


def test_what_spares_somebody_and_not_the_one_before_it_spares_nobody(tmp_path):
    cells = [
        "Birch Bank (not affected) | Cedar Bank (affected)",
        "Birch Bank, Inc. (UK) (not affected)",
        "Not affected: Birch, Cedar",
    ]
    told = [
        [(party.name, party.role) for party in one.parties[1:]]
        for one in register(tmp_path, *(f"Buche GmbH;{cell};" for cell in cells))
    ]
    assert told == [
        [(cells[0], "affected_downstream")],
        [("Birch Bank, Inc. (UK)", "customer_unaffected")],
        [("Birch, Cedar", "customer_unaffected")],
    ]


def test_an_identifier_is_of_the_one_party_of_its_cell(tmp_path):
    toml = 'records = "incident"\n[columns]\nbreached = "Firm"\nbreached_lei = "LEI"\n'
    (one,) = read(tmp_path, toml, "Firm,LEI\nAlder Ltd (UK) & Birch Ltd (UK),529900D6BF99LW9R2E68\n")
    assert [(party.name, party.identifiers) for party in one.parties] == [
        ("Alder Ltd (UK) & Birch Ltd (UK)", ("lei:529900D6BF99LW9R2E68",))
    ]


def test_brackets_that_say_what_befell_come_off_names_and_may_tell_how_sure_they_are(tmp_path):
    one, two = register(tmp_path, "Buche Cloud GmbH (suspected);Ahorn Bank AG (teilweise);", "Buche;Ahorn (claimed);")
    told = [(party.name, party.role, party.evidence[0].certainty) for party in (*one.parties, *two.parties)]
    assert told == [
        ("Buche Cloud GmbH", "breached", "suspected"),
        ("Ahorn Bank AG", "affected_downstream", "confirmed"),
        ("Buche", "breached", "confirmed"),
        ("Ahorn", "affected_downstream", "claimed"),
    ]
    assert [(note.key, note.value) for note in one.notes] == [
        ("breached", "Buche Cloud GmbH (suspected)"),
        ("affected", "Ahorn Bank AG (teilweise)"),
    ]


@pytest.mark.parametrize(
    "cell", ["alle Kunden", "mehrere Kunden", "3 Kunden", "5 Millionen Kunden", "Privatkunden", "plusieurs clients"]
)
def test_many_whom_nobody_names_are_unnamed_in_other_languages_too(tmp_path, cell):
    (one,) = register(tmp_path, f"Buche GmbH;{cell};")
    assert [(party.name, party.unnamed_group) for party in one.parties] == [("Buche GmbH", False), (cell, True)]


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("No personal data", []), ("PII: no", []), ("keine personenbezogenen Daten", []), ("none", []), ("no", []), ("yes", []), ("in Prüfung", []),
        ("no customer data", []), ("kein Datenabfluss", []), ("names (no passwords)", ["names"]), ("Names, phone numbers, no financial data", ["Names", "phone numbers"]),
        ("Medical records, no SSNs, dates of birth", ["Medical records", "dates of birth"]), ("no SSNs, emails or names", []), ("Names, emails (no passwords, payment data)", ["Names", "emails"]),
        ("Names. No SSNs, bank accounts", ["Names"]), ("geen namen, wachtwoorden of e-mails", []), ("Not believed to include passwords, SSNs", []),
        ("not hashed passwords, names", ["not hashed passwords", "names"]), ("No evidence that passwords, names", []), ("Names, financial data: not affected", ["Names"]),
        ("No financial data, such as card numbers, was affected", []),
        ("except passwords", []), ("names, PII: no", ["names"]), ("notes of patients", ["notes of patients"]),
    ],
)  # fmt: skip
def test_data_that_was_not_taken_is_no_data_of_an_incident(tmp_path, cell, kinds):
    (one,) = register(tmp_path, f"Buche GmbH;Elm AG;{cell}")
    assert [kind.text for kind in one.data_types] == kinds
    assert {(note.key, note.value) for note in one.notes} <= {("data_types", cell)}
    with_separator = read(
        tmp_path, PARTIES + '[separators]\ndata_types = "|"\n', f"Ref;Firm;Hit;Data\n1;Buche;;{cell}|emails\n"
    )
    assert with_separator[0].data_types[-1].text == "emails"
    assert len(with_separator[0].data_types) == 1 + bool(kinds)


CONTRACTS = """[columns]
customer = "/customer"
supplier = "/vendor"
service = "/contracts/*/service"
until = "/contracts/*/end"
"""


def uses(found):
    return [
        (use.customer, use.supplier, use.service, use.valid_until and use.valid_until.edtf)
        for one in found
        for use in one.uses_vendor
    ]


def test_each_of_several_contracts_of_a_record_has_its_own_end(tmp_path):
    contracts = [
        {"service": "IaaS", "end": None, "price": 1}, {"service": "Backup", "end": "2025-06-01", "price": 2}, {"service": "Mail"},
        {"service": "Fax", "end": ""}, {"service": "Fax", "end": "", "price": 3},
    ]  # fmt: skip
    told = [{"customer": "Elm AG", "vendor": "Oak Ltd", "site": "x", "contracts": contracts}]
    told += [{"customer": "Ash AG", "vendor": "Oak Ltd", "contracts": []}]
    text = json.dumps(told)
    found = read(tmp_path, CONTRACTS, text, "own.json")
    assert uses(found) == [
        ("Elm AG", "Oak Ltd", "IaaS", None),
        ("Elm AG", "Oak Ltd", "Backup", "2025-06-01"),
        ("Elm AG", "Oak Ltd", "Mail", None),
        ("Elm AG", "Oak Ltd", "Fax", None),
        ("Elm AG", "Oak Ltd", "Fax", None),
        ("Ash AG", "Oak Ltd", "", None),
    ]
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]
    assert [(note.key, note.value) for note in found[1].notes] == [("site", "x"), ("contracts[1].price", "2")]
    assert found[1].uses_vendor[0].evidence[0].place == "/0/contracts/1"
    for one in found:
        for proof in one.uses_vendor[0].evidence:
            assert text[slice(*proof.span)] == proof.quote


def test_what_stands_in_one_element_of_an_array_belongs_together_however_deep(tmp_path):
    toml = '[columns]\ncustomer = "/name"\nsupplier = "/vendors/*/name"\nservice = "/vendors/*/uses/*/for"\nuntil = "/vendors/*/uses/*/end"\n'
    vendors = [
        {"name": "Oak", "uses": [{"for": "mail", "end": "2024"}, {"for": "web"}]},
        {"name": "Fir", "uses": [{"for": "mail"}, {"for": "mail"}]},
        {"name": "Yew"},
    ]
    found = read(tmp_path, toml, json.dumps([{"name": "Elm", "vendors": vendors}]), "own.json")
    assert uses(found) == [
        ("Elm", "Oak", "mail", "2024"), ("Elm", "Oak", "web", None), ("Elm", "Fir", "mail", None), ("Elm", "Yew", "", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("element", "notes"), [(None, []), ({}, []), ({"note": "draft"}, [("k[1].note", "draft")])])
def test_an_element_without_what_is_asked_for_is_no_relationship_beside_others(tmp_path, element, notes):
    toml = '[columns]\ncustomer = "/c"\nsupplier = "/name"\nservice = "/k/*/s"\nuntil = "/k/*/e"\n'
    text = json.dumps([{"c": "Alder", "name": "Birch", "k": [{"s": "Hosting", "e": "2024-01-01"}, element]}])
    (one,) = read(tmp_path, toml, text, "own.json")
    assert [use.valid_until.edtf for use in one.uses_vendor] == ["2024-01-01"]
    assert [(note.key, note.value) for note in one.notes] == notes
    nested = '[columns]\ncustomer = "/c"\nsupplier = "/v/*/name"\nservice = "/v/*/k/*/s"\nuntil = "/v/*/k/*/e"\n'
    told = [{"name": "Elm", "k": [element, {"s": "CRM", "e": "2024-01-01"}]}, {"name": "Oak", "k": [element]}, element]
    found = read(tmp_path, nested, json.dumps([{"c": "Alder", "v": [*told, {"k": [element]}]}]), "own.json")
    assert named(found) == [("Alder", "Elm", "CRM"), ("Alder", "Oak", "")]


def test_a_document_that_does_not_fit_is_told_of_its_nearest_table(tmp_path):
    text = "| A |\n|--|\n| 1 |\n\ntext\n\n| Vendor | Purpose | Who |\n|--|--|--|\n| Oak | mail | Elm |\n"
    toml = '[columns]\nsupplier = "Vendor"\nservice = "Purpose"\ncustomer = "Customer"\n'
    reason = mapped(mapping(tmp_path, toml)).misfit(Document("own.md", text, "0"))
    assert reason == "it has no column 'Customer' (m.toml, columns.customer); there are 'Vendor', 'Purpose', 'Who'"


@pytest.mark.parametrize(
    ("when", "count", "told"),
    [
        ("03.02.2024", "", [("row 1, When", "'03.02.2024' is no date that can be read as '%d/%m/%Y'; the incident is kept without it")]),
        ("03/02/2024", "sporadisch 3000", [("row 1, Count", "'sporadisch 3000' is no number that can be read; the incident is kept without it")]),
        ("not known yet", "several", []),
        ("", "n/a", []),
    ],
)  # fmt: skip
def test_dates_and_counts_of_an_incident_that_cannot_be_read_are_told(tmp_path, when, count, told):
    toml = 'records = "incident"\n[columns]\nbreached = "Firm"\noccurred = "When"\ncount = "Count"\n[dates]\noccurred = "%d/%m/%Y"\n'
    one, *notices = read(tmp_path, toml, f"Firm,When,Count\nOak,{when},{count}\n")
    assert [(notice.place, notice.reason) for notice in notices] == told
    assert isinstance(one, Incident)


@pytest.mark.parametrize("supplier", ["Vendor", "Name", "Vendor Name"])
@pytest.mark.parametrize("service", ["", 'service = "Service"\n'])
def test_a_second_row_of_a_header_is_no_supplier(tmp_path, supplier, service):
    text = (
        '<table><thead><tr><th rowspan="2">Customer</th><th colspan="2">Vendor</th></tr><tr><th>Name</th><th>Service</th></tr></thead>'
        "<tbody><tr><td>Ahorn Bank AG</td><td>Buche Cloud GmbH</td><td>Hosting</td></tr></tbody></table>"
    )
    found = read(tmp_path, f'[columns]\nsupplier = "{supplier}"\n{service}', text, "own.html")
    assert uses(found) == [("Ahorn Bank AG", "Buche Cloud GmbH", "Hosting", None)]


@pytest.mark.parametrize(
    ("status", "told", "notes"),
    [
        ("Under investigation", "ongoing", []),
        ("laufend", "ongoing", []),
        ("abgeschlossen", "closed", []),
        ("Red", "unknown", [("status", "Red")]),
    ],
)
def test_the_state_of_an_investigation_is_read_in_several_languages(tmp_path, status, told, notes):
    toml = 'records = "incident"\n[columns]\nbreached = "Firm"\nstatus = "Status"\n'
    (one,) = read(tmp_path, toml, f"Firm,Status\nOak,{status}\n")
    assert (one.status, [(note.key, note.value) for note in one.notes]) == (told, notes)
