from __future__ import annotations

import ast
import dataclasses
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.extract.literal import read_literal
from kg.extract.post.extractor import PostExtractor
from kg.extract.reading import document
from kg.extract.records import as_json
from kg.model import Defect, Evidence, Incident

POSTS = sorted((Path(__file__).parents[2] / "data" / "posts").glob("*.txt"))
HEADER = 'A title\nSome prose.\n"id": "ABC1700000000",\n"linkid": "acme",\n"type": "Breach",\n"date": "4/2026",\n'
DICT = "{'affected_entities': [{'name': 'Acme', 'type': 'Vendor'}, {'name': 'Globex', 'type': 'Company'}], 'title': 'T', 'type': 'Data Breach'}"
EXTRACTOR = PostExtractor()


def extract(text):
    return list(EXTRACTOR.extract(document("post.txt", text.encode("utf-8", "surrogatepass"))))


def incident(text):
    (found,) = [record for record in extract(text) if isinstance(record, Incident)]
    return found


def proofs(value):
    if isinstance(value, Evidence):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from proofs(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from proofs(item)


def assert_quotes_stand_in(text, records):
    for record in records:
        for proof in proofs(record):
            assert proof.span is not None
            assert text[proof.span[0] : proof.span[1]] == proof.quote


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_every_quote_stands_at_its_span(path):
    read = document(path.name, path.read_bytes())
    records = list(EXTRACTOR.extract(read))
    assert sum(1 for record in records for _ in proofs(record)) > 5
    assert_quotes_stand_in(read.text, records)


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_a_cut_post_is_incomplete_and_invents_nothing(path):
    data = path.read_bytes()
    whole = document(path.name, data)
    known = {
        party.name for record in EXTRACTOR.extract(whole) if isinstance(record, Incident) for party in record.parties
    }
    # Every 23rd byte here; the slow test takes each.
    for cut in range(40, len(data.rstrip()), 23):
        try:
            read = document(path.name, data[:cut])
        except UnreadableError:
            continue
        if not EXTRACTOR.recognizes(read):
            continue
        records = list(EXTRACTOR.extract(read))
        assert_quotes_stand_in(read.text, records)
        last = [record for record in records if isinstance(record, Incident)][-1:]
        if "two-posts" not in path.name and cut < max(data.rfind(b"'}"), data.rfind(b"&#x27;}")):
            assert all(record.incomplete for record in last)
        assert {party.name for record in last for party in record.parties} <= known


@pytest.mark.slow
@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_cut_at_every_byte(path):
    data = path.read_bytes()
    for cut in range(1, len(data)):
        try:
            read = document(path.name, data[:cut])
        except UnreadableError:
            continue
        if EXTRACTOR.recognizes(read):
            assert_quotes_stand_in(read.text, list(EXTRACTOR.extract(read)))


HOSTILE = {
    "deep lists": HEADER + "{'a': " + "[" * 200_000,
    "deep dicts": HEADER + "{'a':" * 40_000,
    "deep tuples": HEADER + "{'a': " + "(" * 200_000 + ")" * 200_000 + "}",
    "unary minus": HEADER + "{'a': " + "-" * 200_000 + "1}",
    "long integer": HEADER + "{'a': " + "9" * 5_000 + ", 'title': 'T'}",
    "implicit strings": HEADER + "{'description': " + "'ab '\n" * 50_000 + "}",
    "backslashes": HEADER + "{'description': '" + "\\" * 100_000,
    "long string": HEADER + "{'description': '" + "a" * 2_000_000 + "'}",
    "long prose": "Meta uses Mercor " * 20_000 + "\n" + HEADER + DICT,
    "call": HEADER + "{'title': __import__('os').system('touch /tmp/x')}",
    "f-string": HEADER + "{'title': f'{1+1}'}",
    "bytes": HEADER + "{'title': b'abc', 'type': 'Breach'}",
    "set": HEADER + "{'title': {'a', 'b'}}",
    "complex": HEADER + "{'title': 1+2j}",
    "nan": HEADER + "{'title': nan, 'x': inf}",
    "surrogate": HEADER + "{'title': '\\ud800'}",
    "NUL": HEADER + "{'title': 'a\\x00b'}",
    "adjacent values": HEADER + "{'title': 'T' 5 'b', 'type': 'Breach' 'x': 3}",
    "key without value": HEADER + "{'title':, 'type'}",
    "braces in prose": "{ not a dict } and { more\n" + HEADER + DICT + "\n{ and } more {",
    "quotes only": HEADER + "'" * 100_000,
    "commas": HEADER + "{'data_breach': {'type_of_data_compromised': '" + "names, " * 20_000 + "'}}",
    "ands": HEADER + "{'data_breach': {'type_of_data_compromised': '" + "names and " * 20_000 + "'}}",
    "entities": HEADER + "{'affected_entities': [" + "{'name': 'Acme', 'type': 'Company'}, " * 1_000 + "]}",
    "ampersands": "&amp;" * 100_000 + "\n&quot;id&quot;: &quot;ABC1700000000&quot;",
    "header without end": HEADER + '"x": "' * 20_000,
    "many headers": '"id": "ABC1700000000",\n' * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_posts_end_soon_and_keep_what_is_good(name):
    started = time.process_time()
    read = document("hostile.txt", HOSTILE[name].encode("utf-8"))
    assert EXTRACTOR.recognizes(read)
    records = list(EXTRACTOR.extract(read))
    assert time.process_time() - started < 10
    assert records
    assert_quotes_stand_in(read.text, records)


REFUSED = (
    "call",
    "f-string",
    "bytes",
    "set",
    "complex",
    "nan",
    "surrogate",
    "NUL",
    "key without value",
    "adjacent values",
    "long integer",
)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_reported_with_its_line(name):
    reasons = [record for record in extract(HOSTILE[name]) if isinstance(record, Defect)]
    assert reasons
    assert all("line 7" in defect.place and defect.reason for defect in reasons)


def test_duplicate_keys_are_reported_and_the_first_is_kept():
    text = HEADER + "{'title': 'First',\n'title': 'Second'}"
    assert incident(text).title == "First"
    assert [d for d in extract(text) if isinstance(d, Defect) and "title" in d.reason]


@given(st.text(max_size=300), st.integers(0, 200))
@settings(max_examples=150)
def test_any_text_in_a_post_is_survived(noise, where):
    text = HEADER + DICT[:where] + noise + DICT[where:]
    read = document("fuzzed.txt", ("x" + text).replace("\0", "").encode("utf-8", "replace"))
    assert_quotes_stand_in(read.text, list(EXTRACTOR.extract(read)))


@given(st.data())
@settings(max_examples=100)
def test_mutated_bytes_are_survived(data):
    raw = bytearray(data.draw(st.sampled_from(POSTS)).read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(9, 255))
    try:
        read = document("mutant.txt", bytes(raw))
    except UnreadableError:
        return
    if EXTRACTOR.recognizes(read):
        assert_quotes_stand_in(read.text, list(EXTRACTOR.extract(read)))


STORED = (
    '{"id": "ABC1700000000", "linkid": ["acme"], "title": "Acme breached", "type": ["Breach"], "date": "2026-04-08", "severity": 85, '
    '"incident_details": {"threat_actor": "SafePay", "ransomware": {"ransomware_strain": "SafePay"}, '
    '"mitre_correlation": [{"techniques": [{"technique_id": "T1486"}]}]}, "affected_entities": [{"name": "Acme", "type": "Vendor"}]}'
)


@pytest.mark.parametrize(
    "text",
    [STORED, f"[{STORED}]", repr(json.loads(STORED)), STORED.replace('"', "&quot;")],
    ids=["json", "array", "python", "escaped"],
)
def test_the_stored_form_is_read(text):
    found = as_json("x", incident(text))
    assert (found["incident"], found["title"], found["types"]) == ("ABC1700000000", "Acme breached", ["data-breach"])
    assert [d["edtf"] for d in found["dates"]] == ["2026-04-08"]
    assert (found["threat_actors"], found["techniques"], found["incomplete"]) == (["SafePay"], ["T1486"], False)
    assert found["identifiers"] == {"rankiteo": ["acme"]}
    assert found["assessments"][0]["score"] == 85


def test_json_lines_of_stored_posts():
    found = [r for r in extract(STORED + "\n" + STORED.replace("ABC17", "DEF17")) if isinstance(r, Incident)]
    assert [record.id for record in found] == ["ABC1700000000", "DEF1700000000"]
    assert [record.number for record in found] == [1, 2]


BRACED = '{"id": "ABC1700000000", "linkid": "acme", "type": "Breach", "date": "4/2026", "severity": "85"}\n'
LOOSE = '"id": "ABC1700000000",\n"linkid": "acme",\n"type": "Breach",\n"severity": "85",\n'
PROSE = "T\nSome prose.\n"
LATER_DICT = DICT.replace("{'aff", "{'attack_vector': 'Phishing', 'aff", 1)


@pytest.mark.parametrize("header", [BRACED, BRACED.replace(", ", ",\n  "), LOOSE])
@pytest.mark.parametrize("body", [DICT, LATER_DICT])
@pytest.mark.parametrize("prose", ["", PROSE])
@pytest.mark.parametrize("turned", [False, True])
def test_a_header_in_braces_and_a_dict_before_its_header_are_one_post(header, body, prose, turned):
    text = prose + (body + "\n" + header if turned else header + body + "\n")
    found = incident(text)
    assert (found.id, found.title, found.incomplete) == ("ABC1700000000", "T", False)
    assert [party.name for party in found.parties] == ["Acme", "Globex"]
    assert [one.score for one in found.assessments] == [85]
    assert_quotes_stand_in(text, [found])


@pytest.mark.parametrize("prose", ["", PROSE])
@pytest.mark.parametrize("turned", [False, True])
def test_several_posts_with_headers_in_braces(prose, turned):
    one, other = (f"{DICT}\n{head}" if turned else f"{head}{DICT}\n" for head in (BRACED, BRACED.replace("ABC", "DEF")))
    found = extract(f"{prose}{one}\n{prose}{other}")
    assert [(record.id, len(record.parties)) for record in found] == [("ABC1700000000", 2), ("DEF1700000000", 2)]


@pytest.mark.parametrize("prose", ["", PROSE])
def test_objects_that_have_identifiers_of_their_own_are_posts_of_their_own(prose):
    stored = STORED.replace("ABC17", "DEF17")
    found = [one for one in extract(prose + BRACED + stored + "\n" + BRACED) if isinstance(one, Incident)]
    assert len(found) == 3
    title = json.dumps({"linkid": "acme", "title": "Acme breached"}) + "\n"
    found = [one for one in extract(prose + title + title) if isinstance(one, Incident)]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("more", "repeated"),
    [
        ({"title": "Acme breach"}, {}),
        ({"scores": {"severity": 3}}, {}),
        ({}, {"id": "ABC1700000000"}),
        ({}, {"linkid": "acme"}),
        ({"title": "Acme breach"}, {"id": "ABC1700000000", "linkid": "acme"}),
        ({}, {"ID": "ABC1700000000"}),
    ],
)
@pytest.mark.parametrize("prose", ["", PROSE])
def test_a_header_in_braces_may_have_more_and_its_dict_may_repeat_its_identifiers(more, repeated, prose):
    head = json.dumps({**json.loads(BRACED), **more}, indent=1)
    body = json.dumps({"affected_entities": [{"name": "Acme"}, {"name": "Globex"}], **repeated}, indent=1)
    post = f"{prose}{head}\n{body}\n"
    found = [one for one in extract(post + "\n" + post.replace("ABC17", "DEF17")) if isinstance(one, Incident)]
    assert [one.id for one in found] == ["ABC1700000000", "DEF1700000000"]
    for one in found:
        assert ([party.name for party in one.parties], one.incomplete) == (["Acme", "Globex"], False)
        assert 85 in [score.score for score in one.assessments]


@pytest.mark.parametrize("spelled", [str.upper, str.title])
@pytest.mark.parametrize("prose", ["", PROSE])
def test_a_header_in_braces_is_known_in_every_spelling_of_its_keys(spelled, prose):
    def respelled(value, **more):
        return json.dumps({spelled(key): member for key, member in value.items()} | more)

    head, body = json.loads(BRACED), {"affected_entities": [{"name": "Acme"}, {"name": "Globex"}]}
    found = incident(f"{prose}{respelled(head)}\n{respelled(body, Id='ABC1700000000')}\n")
    assert (found.id, [party.name for party in found.parties]) == ("ABC1700000000", ["Acme", "Globex"])
    if not prose:
        two = extract(f"{respelled(head)}\n{respelled(body, Id='DEF1700000000')}\n")
        assert len([one for one in two if isinstance(one, Incident)]) == 2


def test_a_header_keeps_the_dict_behind_it_whatever_dict_stands_before():
    other = DICT.replace("Acme", "Birch")
    found = extract(f"{DICT}\n{LOOSE}{other}")
    assert [[party.name for party in one.parties] for one in found if isinstance(one, Incident)][-1] == [
        "Birch",
        "Globex",
    ]


SORTED = """{'affected_entities': [{'name': 'CDK Global', 'type': 'Vendor'},
                       {'name': 'Globex', 'type': 'Company'}],
 'description': 'CDK Global was hit by ransomware.',
 'id': 'CDK1706800000',
 'linkid': 'cdk',
 'title': 'CDK hit',
 'type': 'Cyber Attack'}
"""


@pytest.mark.parametrize("before", ["", "Globex said so.\n\n"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_stored_post_whose_members_stand_in_order_of_their_names_keeps_what_stands_before_its_id(before, indent):
    told = SORTED if indent is None else json.dumps(ast.literal_eval(SORTED), indent=indent)
    first, second = extract(before + told + "\n" + told.replace("CDK", "Zellis"))
    assert [record.title for record in (first, second)] == ["CDK hit", "Zellis hit"]
    assert [party.name for party in first.parties] == ["CDK Global", "Globex"]
    assert [party.name for party in second.parties] == ["Zellis Global", "Globex"]
    assert [first.incomplete, second.incomplete] == [False, False]


def test_a_post_behind_one_in_order_of_its_members_keeps_its_own_header():
    _, second = extract(SORTED + "\n" + HEADER + DICT)
    assert (second.id, second.title) == ("ABC1700000000", "T")


def test_a_post_is_known_by_its_affected_entities_alone():
    posts = [{"id": "C1", "title": title, "affected_entities": [{"name": "CDK", "type": "Vendor"}]} for title in "AB"]
    lines = document("posts.jsonl", "".join(f"{json.dumps(post)}\n" for post in posts).encode())
    assert EXTRACTOR.recognizes(lines)
    assert [record.title for record in EXTRACTOR.extract(lines)] == ["A", "B"]


def test_a_stored_post_behind_prose_keeps_its_scores():
    text = PROSE + json.dumps(json.loads(STORED), indent=1)
    found = incident(text)
    assert (found.id, [one.score for one in found.assessments], found.incomplete) == ("ABC1700000000", [85], False)
    cut = incident(text[: text.index('"severity": 85') + 16])
    assert (cut.id, cut.identifiers, [one.score for one in cut.assessments], cut.incomplete) == (
        found.id, found.identifiers, [85], True,
    )  # fmt: skip


def test_a_header_in_braces_without_its_dict_is_incomplete():
    found = incident(PROSE + BRACED)
    assert (found.id, [one.score for one in found.assessments], found.incomplete) == ("ABC1700000000", [85], True)


def test_identifiers_within_an_object_begin_no_post():
    told = {"references": [{"id": 1, "source": "Wired"}], **json.loads(STORED)}
    told |= {key: told.pop(key) for key in ("id", "linkid")}
    found = incident(PROSE + json.dumps(told, indent=1))
    assert (found.id, [one.score for one in found.assessments], found.incomplete) == ("ABC1700000000", [85], False)


def test_a_number_in_what_was_cut_off_begins_no_post():
    told = {**json.loads(STORED), "references": [{"id": 1, "source": "Wired"}, {"source": "BBC", "id": 2}], "x": "cut"}
    text = PROSE + json.dumps(told, indent=1)
    for cut in ('"Wired"', '"BBC"', '"cut"'):
        (found,) = extract(text[: text.index(cut) + 3])
        assert (found.id, found.title, found.incomplete) == ("ABC1700000000", "Acme breached", True)


def test_an_envelope_behind_a_line_of_text():
    posts = [json.loads(STORED), json.loads(STORED.replace("ABC17", "DEF17"))]
    found = extract("Our posts\n" + json.dumps({"posts": posts}, indent=1))
    assert [one.id for one in found if isinstance(one, Incident)] == ["ABC1700000000", "DEF1700000000"]


def test_flat_and_nested_details_give_the_same():
    flat = incident(HEADER + "{'threat_actor': 'SafePay', 'affected_entities': [{'name': 'Acme', 'type': 'Vendor'}]}")
    nested = incident(
        HEADER
        + "{'incident_details': {'threat_actor': 'SafePay'}, 'affected_entities': [{'name': 'Acme', 'type': 'Vendor'}]}"
    )
    assert [(p.name, p.role) for p in flat.parties] == [(p.name, p.role) for p in nested.parties]


@pytest.mark.parametrize(
    "envelope",
    [
        '{"posts": [%s]}',
        '{"status": "ok", "count": 2, "results": [%s]}',
        '{"data": {"items": [%s]}}',
        '{"incidents": [%s], "links": [{"rel": "next"}]}',
    ],
)
def test_posts_in_an_envelope_are_read_each(envelope):
    text = envelope % f"{STORED}, {STORED.replace('ABC17', 'DEF17')}"
    found = extract(text)
    assert [(record.id, record.number) for record in found] == [("ABC1700000000", 1), ("DEF1700000000", 2)]
    assert_quotes_stand_in(text, found)


NESTED_MEMBERS = (
    "'affected_entities': [{'name': 'Acme', 'type': 'Vendor'}, {'name': 'Globex', 'type': 'Company'}], "
    "'data_breach': {'type_of_data_compromised': ['Names']}, 'references': [{'source': 'BBC', 'url': 'https://bbc.example/1'}], "
    "'response': {'containment_measures': ['Suspended its contract with Acme']}"
)


def test_lists_and_responses_are_read_where_they_stand_in_details():
    flat, text = incident(HEADER + f"{{{NESTED_MEMBERS}}}"), HEADER + f"{{'incident_details': {{{NESTED_MEMBERS}}}}}"
    nested = incident(text)

    def facts(found):
        return (
            [(party.name, party.role) for party in found.parties],
            [(link.customer, link.supplier, link.status) for link in found.uses_vendor],
            [(one.text, one.concept) for one in found.data_types],
            [(source.publisher, source.url) for source in found.sources],
            [(one.action, one.actor, one.target) for one in found.responses],
        )

    assert facts(nested) == facts(flat)
    assert all(facts(nested))
    assert nested.uses_vendor[0].status == "suspended"
    assert_quotes_stand_in(text, [nested])


def test_what_stands_in_details_again_is_read_once():
    entity = "'affected_entities': [{'name': 'Acme', 'type': 'Vendor', 'customers_affected': '300 people'}]"
    found = incident(HEADER + f"{{{entity}, 'incident_details': {{{entity}}}}}")
    assert [count.low for count in found.record_counts] == [300]


def test_byte_order_mark_crlf_and_curly_quotes_change_no_fact():
    plain = (HEADER + DICT).replace('"id"', '"id"')
    variants = {
        "bom": "\ufeff" + plain,
        "crlf": plain.replace("\n", "\r\n"),
        "curly": HEADER.replace('"', "”") + DICT,
    }
    wanted = as_json("x", incident(plain))
    for name, text in variants.items():
        got = as_json("x", incident(text))
        for field in ("incident", "title", "types", "identifiers", "uses_vendor"):
            strip = (
                [{k: v for k, v in r.items() if k not in {"span", "quote"}} for r in got[field]]
                if field == "uses_vendor"
                else got[field]
            )
            want = (
                [{k: v for k, v in r.items() if k not in {"span", "quote"}} for r in wanted[field]]
                if field == "uses_vendor"
                else wanted[field]
            )
            assert strip == want, (name, field)


def test_every_field_of_a_post_is_accounted_for():
    text = HEADER + (
        "{'affected_entities': [{'name': 'Acme', 'type': 'Vendor', 'location': 'Basel', 'size': 'Large'}],\n"
        "'lessons_learned': 'Ask first', 'motivation': 'Money', 'data_breach': {'data_encryption': False, 'file_types_exposed': ['pdf', 'docx']},\n"
        "'initial_access_broker': {'entry_point': 'VPN'}, 'date_resolved': '2026-05-01', 'impact': {'customer_complaints': 'Many'}}"
    )
    notes = {note.key: note.value for note in incident(text).notes}
    assert notes == {
        "affected_entities[0].type": "Vendor", "affected_entities[0].location": "Basel", "affected_entities[0].size": "Large",
        "lessons_learned": "Ask first", "motivation": "Money", "data_breach.data_encryption": "False",
        "data_breach.file_types_exposed[0]": "pdf", "data_breach.file_types_exposed[1]": "docx",
        "initial_access_broker.entry_point": "VPN", "date_resolved": "2026-05-01", "impact.customer_complaints": "Many",
    }  # fmt: skip


def test_a_value_that_makes_no_fact_becomes_a_note():
    notes = {
        n.key: n.value
        for n in incident(
            HEADER.replace("4/2026", "soon") + "{'title': 'T', 'data_breach': {'number_of_records_exposed': 'a lot'}}"
        ).notes
    }
    assert notes == {"date": "soon", "data_breach.number_of_records_exposed": "a lot"}


@pytest.mark.parametrize("kind", ["Vendor", "Third-Party Vendor", "Service Provider", "Supplier"])
def test_words_for_a_vendor(kind):
    found = incident(HEADER + DICT.replace("'Vendor'", repr(kind)))
    assert [(r.customer, r.supplier) for r in found.uses_vendor] == [("Globex", "Acme")]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Globex has suspended its collaboration with Acme.", "suspended"),
        ("Globex paused all work with data vendor Acme on Monday.", "suspended"),
        ("Globex terminated its contract with Acme.", "ended"),
        ("Globex relied on Acme for payroll.", "active"),
        ("Globex will end its contract with Acme.", "ended"),
        ("Globex said it would suspend its work with Acme.", "suspended"),
        ("Globex decided to cut ties with Acme.", "ended"),
        ("Globex Ends Use of Acme After Breach", "ended"),
        ("Globex has since discontinued its use of the service of Acme.", "ended"),
        ("Globex ended its help desk contract with Acme.", "ended"),
        ("Globex did not renew its contract with Acme.", "ended"),
        ("Globex ceased using Acme.", "ended"),
        ("Globex cut off Acme’s access to its tickets.", "suspended"),
        ("Globex disabled its integration with Acme.", "suspended"),
        ("The breach forced Globex to pause its work with Acme.", "suspended"),
        ("Globex, which did not comment, has terminated its contract with Acme.", "ended"),
        ("Globex did not only pause but end its contract with Acme.", "ended"),
        ("Globex did not pause but terminated its contract with Acme.", "ended"),
        ("In May 2026 Globex terminated its contract with Acme.", "ended"),
        ("Globex can confirm that it has suspended its work with Acme.", "suspended"),
        ("At the request of regulators Globex terminated its contract with Acme.", "ended"),
        ("A court ordered Globex to suspend its work with Acme.", "suspended"),
        ("Globex used its right to terminate its contract with Acme.", "ended"),
        ("Health plan Globex is ending its contract with Acme.", "ended"),
        ("Health plan Globex decided to end its contract with Acme.", "ended"),
        ("Urgent Care of Globex has been ending its contract with Acme.", "ended"),
        ("Globex let its contract with Acme expire.", "ended"),
        ("Globex said its contract with Acme has lapsed.", "ended"),
        ("Globex said it has stopped sending files to the firm for now.", "suspended"),
    ],
)
def test_the_state_of_a_relation_is_read_from_its_sentence(sentence, status):
    found = incident("A title\n" + sentence + "\n" + HEADER.split("\n", 2)[2] + DICT)
    (relation,) = found.uses_vendor
    assert relation.status == status
    assert any(proof.quote in sentence for proof in relation.evidence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Globex did not suspend its contract with Acme.",
        "Globex blocked the attacker’s access to Acme.",
        "Globex notified several partners of a contract with Acme.",
        "Globex told end customers of its contract with Acme.",
        "Globex hasn’t suspended Acme.",
        "Globex said it has no plans to end its contract with Acme.",
        "Globex denied that it had terminated its contract with Acme.",
        "Globex will keep using Acme and will not cut ties with it.",
        "Globex is considering ending its contract with Acme.",
        "Globex may suspend its work with Acme.",
        "Globex would end its contract with Acme if the audit fails.",
        "Regulators asked Globex to suspend its work with Acme.",
        "Globex has yet to suspend its work with Acme.",
        "Globex has the option to terminate its contract with Acme.",
        "Globex could be forced to cut ties with Acme.",
        "Activists pressed Globex to terminate its contract with Acme.",
        "Activists urged Globex to vote to end its contract with Acme.",
        "Globex may have decided to end its contract with Acme.",
        "Globex let the tokens for its integration with Acme expire.",
        "Globex may let its contract with Acme expire.",
        "Globex hired a law firm and suspended its work with the firm.",
    ],
)
def test_what_is_denied_or_only_wished_ends_no_relation(sentence):
    (relation,) = incident("A title\n" + sentence + "\n" + HEADER.split("\n", 2)[2] + DICT).uses_vendor
    assert relation.status == "active"


@pytest.mark.parametrize(
    ("sentence", "name", "count"),
    [
        ("Several leading banks that also relied on Acme are checking.", "Several leading banks", None),
        ("More than 2,000 hospitals used the company's services.", "2,000 hospitals", (2000, None)),
        ("Fewer than 60 hospitals use Acme software.", "60 hospitals", (0, 60)),
        ("Acme makes a portal that 3,000 hospitals use.", "3,000 hospitals", (3000, 3000)),
    ],
)
def test_unnamed_groups_are_customers_whose_exposure_is_open(sentence, name, count):
    found = incident("A title\n" + sentence + "\n" + HEADER.split("\n", 2)[2] + DICT)
    (group,) = [party for party in found.parties if party.unnamed_group]
    assert (group.name, group.role) == (name, "other")
    assert group.count == count
    assert (name, "Acme") in {(r.customer, r.supplier) for r in found.uses_vendor}


def test_no_supplier_is_no_third_party():
    found = incident(
        "Acme hit\nNo third-party vendor is blamed.\n"
        + HEADER.split("\n", 2)[2]
        + "{'affected_entities': [{'name': 'Acme', 'type': 'Company'}]}"
    )
    assert [(p.name, p.role) for p in found.parties] == [("Acme", "breached")]


def test_a_header_line_without_a_value_costs_only_itself():
    found = incident(HEADER.replace('"type": "Breach",', '"type":') + DICT)
    assert [d.date.edtf for d in found.dates] == ["2026-04"]
    assert [party.name for party in found.parties] == ["Acme", "Globex"]


NESTED = {
    "id": "ABC1700000000",
    "linkid": "acme",
    "date": "4/2026",
    "affected_entities": [
        {"name": "Acme", "type": "Vendor", "customers_affected": "52,000 patients"},
        {"name": "Globex", "type": "Company"},
    ],
    "response": {"third_party_assistance": ["Initech"]},
    "references": [{"source": "Wired", "url": "https://wired.example/acme"}],
    "incident_details": {"threat_actor": "Akira"},
    "description": "Acme was breached.",
    "title": "Acme was breached",
}


@pytest.mark.parametrize("written", [json.dumps, repr])
@pytest.mark.parametrize("spread", [False, True])
def test_loose_lines_with_nested_values_say_what_they_say_in_braces(written, spread):
    values = {key: written(value) for key, value in NESTED.items()}
    if spread:
        values = {key: value.replace("[{", "[\n  {").replace(", {", ",\n  {") for key, value in values.items()}
    lines = ",\n".join(f"{written(key)}: {value}" for key, value in values.items())
    loose, braced = (
        without_spans(as_json("post.txt", incident(PROSE + text))) for text in (lines + ",\n", "{" + lines + "}\n")
    )
    assert [party["name"] for party in loose["parties"]] == ["Acme", "Globex", "Akira", "Initech"]
    assert (len(loose["uses_vendor"]), len(loose["record_counts"]), loose["incomplete"]) == (1, 1, False)
    assert loose == braced
    again = lines.replace("ABC17", "DEF17")
    found = [one for one in extract(f"{PROSE}{lines},\n\n{PROSE}{again},\n") if isinstance(one, Incident)]
    assert [(one.id, len(one.parties), one.incomplete) for one in found] == [
        ("ABC1700000000", 4, False), ("DEF1700000000", 4, False),
    ]  # fmt: skip
    cut = incident(PROSE + lines[: lines.index("Globex")])
    assert ([party.name for party in cut.parties], cut.incomplete) == (["Acme"], True)


def without_spans(value):
    if isinstance(value, dict):
        return {key: without_spans(one) for key, one in value.items() if key != "span"}
    return [without_spans(one) for one in value] if isinstance(value, list) else value


def test_a_header_line_that_is_there_twice_is_reported_and_the_first_kept():
    records = extract(HEADER + '"date": "5/2026",\n' + DICT)
    assert [r.dates[0].date.edtf for r in records if isinstance(r, Incident)] == ["2026-04"]
    assert [r for r in records if isinstance(r, Defect) and "'date'" in r.reason]


def test_a_post_whose_dict_was_never_closed_does_not_swallow_the_next():
    second = HEADER.replace("ABC17", "DEF17")
    found = [r for r in extract(HEADER + DICT[:-1] + "\n\n" + second + DICT) if isinstance(r, Incident)]
    assert [(r.id, r.incomplete) for r in found] == [("ABC1700000000", True), ("DEF1700000000", False)]


def characters_read(text, monkeypatch):
    """How many characters of values are looked at while a text is read."""
    looked = []

    def counting(text, start=0, **limits):
        reading = read_literal(text, start, **limits)
        looked.append(reading.end - start)
        return reading

    monkeypatch.setattr("kg.extract.post.extractor.read_literal", counting)
    extract(text)
    return sum(looked)


@pytest.mark.parametrize(
    "broken", ['"id": "X{}",\n"linkid": "l",\n{{"name": "n", "tags": [1],\n', '"id": "X{}", {{"tags": "b", "z": "q\n']
)
def test_dicts_that_are_never_closed_are_read_in_time_that_grows_as_the_text_does(broken, monkeypatch):
    short, long = ("Acme was breached.\n" + "".join(map(broken.format, range(count))) for count in (100, 800))
    assert characters_read(long, monkeypatch) < 3 * len(long)
    assert characters_read(long, monkeypatch) < 9 * characters_read(short, monkeypatch)


def test_a_line_like_a_header_inside_a_dict_ends_no_post():
    (told,) = extract(
        "Acme was breached.\n\"linkid\": \"acme\",\n{'affected_entities': [{'name': 'Acme',\n'id': 'A1'}]}\n"
    )
    assert "Acme" in [party.name for party in told.parties]


def test_a_post_without_a_dict_is_incomplete():
    found = incident("Acme breached\n" + HEADER.split("\n", 2)[2])
    assert (found.id, found.incomplete, found.title) == ("ABC1700000000", True, "Acme breached")


LONE = "{'affected_entities': [{'name': 'Acme', 'type': 'Company'}]}"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Acme hired third-party forensic experts to look into it.", "breached"),
        ("With the help of an outside firm Acme restored its servers.", "breached"),
        ("Acme engaged a third party cybersecurity company.", "breached"),
        ("There is no sign that a vendor was involved.", "breached"),
        ("The attack did not reach a system of its payroll vendor.", "breached"),
        ("Thieves came in. Its cloud provider, which hosts the site, played no role.", "breached"),
        ("What was not affected is safe; Acme was hit through its payroll vendor.", "affected_downstream"),
        ("The data sat on a third-party platform that Acme uses.", "affected_downstream"),
        ("Somebody entered a system of one of its suppliers.", "affected_downstream"),
        ("The records were stolen from an external provider.", "affected_downstream"),
        ("Acme was hit through its payroll vendor.", "affected_downstream"),
        ("The thieves came in through a contractor's network.", "affected_downstream"),
        ("Acme blames a service provider for the loss.", "affected_downstream"),
        ("Thieves encrypted the servers of Acme.", "breached"),
        ("Acme could not deliver after its fulfilment partner was hit by ransomware.", "affected_downstream"),
        ("Acme could not deliver after its fulfilment partner was hit by a strike.", "breached"),
        ("Acme is down, but not because its hosting provider was hacked.", "breached"),
        ("Acme was hit by ransomware days after its fulfilment partner was hacked.", "breached"),
        ("Letters were stolen in an attack on the society's print and mail supplier, Alder.", "affected_downstream"),
        ("There was no breach of its payment provider.", "breached"),
        ("An attack on its partner Alder was unrelated.", "breached"),
        ("It did not happen at Acme itself but at Alder, the firm that prints its letters.", "affected_downstream"),
        ("The attack on Acme, a firm that prints its letters at home, was short.", "breached"),
        ("Acme was hacked, said Alder, a firm that tracks gangs and their leaks.", "breached"),
        ("Acme was hacked. It lost the trust of its partner, Alder.", "breached"),
    ],
)
def test_a_lone_company_is_downstream_only_where_the_breach_was_elsewhere(sentence, role):
    found = incident("Acme in trouble\n" + sentence + "\n" + HEADER.split("\n", 2)[2] + LONE)
    assert [(party.name, str(party.role)) for party in found.parties] == [("Acme", role)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The ransomware group Blackwood claimed the attack.", ["Blackwood"]),
        ("A gang calling itself Grey Tide published the stolen data.", ["Grey Tide"]),
        ("ShinyHunters has claimed responsibility.", ["ShinyHunters"]),
        ("The Allianz group lost data; insurance group Allianz says so.", []),
        ("Experts attributed the theft to ShinyHunters, and Acme was attributed to nobody.", []),
        ("The attack was attributed to ShinyHunters.", ["ShinyHunters"]),
        ("The breach has been linked to Salesforce tenants.", []),
        ("Acme published data of its own on the matter.", []),
        ("Nobody has claimed responsibility.", []),
        ("The Akira gang claimed the attack.", ["Akira"]),
        ("The LockBit ransomware group said so.", ["LockBit"]),
        ("The Qilin group published the data of Acme.", ["Qilin"]),
        ("The Qilin group was behind the attack.", ["Qilin"]),
        ("The Royal group of hospitals was affected. The Everest group, a consultancy, said so.", []),
        ("The Qilin group listed Acme on its site.", ["Qilin"]),
        ("The Qilin group added Acme to its list.", ["Qilin"]),
        ("The Akira group said that it stole files.", ["Akira"]),
        ("The Akira group took 2 TB of files.", ["Akira"]),
        ("The Medusa group has taken credit.", ["Medusa"]),
        ("The Everest group encrypted servers of Acme.", ["Everest"]),
        ("The Royal group took its systems offline. The Everest group added that no data was lost.", []),
        ("The Lufthansa crew checked in by hand. The Snowflake gang met.", []),
        ("Indian Cyber Force claimed responsibility.", ["Indian Cyber Force"]),
        ("The Times group was told. The Snowflake hackers were never caught.", []),
    ],
)
def test_attackers_are_named_only_where_somebody_is_blamed(sentence, names):
    found = incident("Acme in trouble\n" + sentence + "\n" + HEADER.split("\n", 2)[2] + LONE)
    assert [party.name for party in found.parties if party.role == "attacker"] == names


@pytest.mark.parametrize("within", ["{{{}}}", "{{'incident_details': {{{}}}}}"])
@pytest.mark.parametrize(
    ("told", "prose", "names"),
    [
        ("'attribution': {'threat_actor': 'Akira'}", "", ["Akira"]),
        ("'attribution': {'threat_actors': [{'name': 'Akira'}]}, 'threat_actor': 'Akira'", "", ["Akira"]),
        ("'attribution': {'threat_actor': 'Unknown'}", "", []),
        ("'ransomware': {'ransomware_strain': 'Akira'}", "Akira ransomware was found.", []),
        ("'ransomware': {'ransomware_strain': 'Akira'}", "The Akira gang claimed the attack.", ["Akira"]),
    ],
)
def test_a_strain_of_ransomware_is_nobody_unless_the_prose_blames_a_group_of_that_name(within, told, prose, names):
    found = incident(f"Acme in trouble\n{prose}\n" + HEADER.split("\n", 2)[2] + within.format(told))
    assert [party.name for party in found.parties if party.role == "attacker"] == names
    assert [note.value for note in found.notes if note.key.endswith("strain")] == ["Akira"] * told.count("strain")


@pytest.mark.parametrize(
    ("severity", "impact", "scores", "noted"),
    [
        ("100", "5", [100, 5], set()), ("0", "7", [0, 7], set()), ("100.5", "0", [], {"severity", "impact"}),
        ("-1", "grave", [], {"severity", "impact"}), ("Infinity", "Infinity", [], {"severity", "impact"}),
    ],
)  # fmt: skip
def test_a_score_that_its_scale_does_not_have_is_a_note(severity, impact, scores, noted):
    found = incident(f'{HEADER}"severity": "{severity}",\n"impact": "{impact}",\n{DICT}')
    assert [given.score for given in found.assessments] == scores
    assert {note.key for note in found.notes} & {"severity", "impact"} == noted


@pytest.mark.parametrize(
    ("linkid", "slugs"),
    [
        ('"acme, globex-2"', ["acme", "globex-2"]), ('"acme,globex-2"', ["acme", "globex-2"]),
        ('["acme", "globex-2"]', ["acme", "globex-2"]), ('"acme co., globex"', ["acme co., globex"]), ('" "', []),
    ],
)  # fmt: skip
def test_slugs_that_commas_part_are_of_several_organizations(linkid, slugs):
    found = incident(HEADER.replace('"acme"', linkid) + DICT.replace("Globex", "Globex 2"))
    assert as_json("x", found)["identifiers"].get("rankiteo", []) == slugs
    if len(slugs) > 1:
        identified = {party.name: party.identifiers for party in found.parties}
        assert identified == {"Acme": ("rankiteo:acme",), "Globex 2": ("rankiteo:globex-2",)}


CONTRADICTED = """Elm Pay: card data copied
Elm Pay noticed the theft on 25 October 2025. {said} In July 2025 thieves copied records of Elm Pay.
"id": "ELM1761350400",
"linkid": "elm-pay",
"date": "10/2025",
{{'affected_entities': [{{'customers_affected': '{customers}', 'name': 'Elm Pay', 'type': 'Vendor'}}],
'date_detected': '{detected}',
'date_of_breach': '{breach}',
'title': 'Elm Pay: card data copied'}}
"""


@pytest.mark.parametrize(
    ("said", "customers", "detected", "breach", "words"),
    [
        ("At least 5.6 million people were affected.", "4.1 million", "2025-09-03", "2024-03", ["was discovered 2025-10-25", "happened 2025-07", "affected 5,600,000 people"]),
        ("At least 5.6 million people were affected.", "5.6 million", "2025-10-25", "July 2025", []),
        ("Data of 3,000 employees were among them.", "4.1 million", "10/2025", "2025-06", []),
        ("It has 9 million customers.", "4.1 million", "2025-10", "2025", []),
        ("A gang claimed to have stolen data of 5.6 million people, which Elm Pay disputes.", "4.1 million", "2025-10", "2025", []),
        ("Only 12 of its 300 customers were affected.", "12 of 300", "2025-10", "2025", []),
    ],
)  # fmt: skip
def test_where_prose_contradicts_a_field_it_is_said_and_the_field_is_kept(said, customers, detected, breach, words):
    text = CONTRADICTED.format(said=said, customers=customers, detected=detected, breach=breach)
    incident, *defects = PostExtractor().extract(document("elm.txt", text.encode()))
    assert [word for word in words if not any(word in defect.reason for defect in defects)] == []
    assert len(defects) == len(words)
    assert all(defect.place == "post 1" and "the field is kept" in defect.reason for defect in defects)
    assert any(date.what == "discovered" for date in incident.dates)


ABOUT = "{'affected_entities': [{'name': 'Acme Group', 'type': 'Company'}], 'title': 'T'}"


@pytest.mark.parametrize(
    ("prose", "role"),
    [
        # It is the provider itself.
        ("Acme Group, a managed service provider, was breached.", "breached"),
        ("Attackers entered the mail server of Acme Group, a payroll provider.", "breached"),
        ("Acme, one of the largest cloud providers of the north, was hacked.", "breached"),
        ("The payroll provider Acme Group was breached.", "breached"),
        ("A breach at healthcare provider Acme Group exposed data of patients.", "breached"),
        ("Acme Group was hacked. It is a payroll provider. Files were taken from the provider.", "breached"),
        # It was spared.
        ("Attackers breached the mail server of Acme Group. Its cloud provider was not affected.", "breached"),
        ("Acme Group said its payroll provider Dotterel was not compromised.", "breached"),
        ("Acme Group found no evidence that the systems of its cloud provider were affected.", "breached"),
        ("None of its vendors were involved.", "breached"),
        # It looks after the people concerned.
        ("The company is offering credit monitoring through a third-party provider.", "breached"),
        ("Customers are being contacted through a third-party provider.", "breached"),
        # It is the intruder.
        ("An unauthorized third party gained access to systems of Acme Group.", "breached"),
        ("Files were acquired by a third party.", "breached"),
        ("Hackers claim to have sold data to third parties.", "breached"),
        # It was the provider's system.
        ("Data stolen from Dotterel, a third-party vendor, includes names.", "affected_downstream"),
        ("Acme Group, an airline, says a third-party vendor was hacked.", "affected_downstream"),
        ("Acme Group, a customer of the cloud provider Dotterel, was hit.", "affected_downstream"),
        ("Dotterel was hacked. It is a payroll provider of Acme Group.", "affected_downstream"),
        ("A third-party vendor that was not named was breached.", "affected_downstream"),
        ("A service provider was breached and its own systems were not affected.", "affected_downstream"),
        ("There is no evidence that data stolen from its vendor has been misused.", "affected_downstream"),
        ("It offers credit monitoring to those whose data was exposed in a breach at its vendor.", "affected_downstream"),
        ("Acme Group informed people that their data had been taken through its vendor.", "affected_downstream"),
        ("A third party that hosts data for Acme Group was breached.", "affected_downstream"),
    ],
)  # fmt: skip
def test_a_provider_in_the_prose_is_not_always_where_it_happened(prose, role):
    found = incident("A quiet day\n" + prose + "\n" + HEADER.split("\n", 2)[2] + ABOUT)
    assert [(party.name, str(party.role)) for party in found.parties] == [("Acme Group", role)]


def cast_of(entities, prose="Some prose."):
    """Roles by name, and who used whom, of a post with these (name, type) entities."""
    listed = [{"name": name, "type": kind} for name, kind in entities]
    head = HEADER.replace("Some prose.", prose).replace('"acme"', '"tessel"')
    told = incident(head + repr({"affected_entities": listed, "title": "T"}))
    return {party.name: str(party.role) for party in told.parties}, [
        (use.customer, use.supplier) for use in told.uses_vendor
    ]


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("Regulator", "regulator"),
        ("Regulatory Body", "regulator"),
        ("Data Protection Authority", "regulator"),
        ("Incident Response Firm", "investigator"),
        ("Security Researcher", "other"),
    ],
)
def test_who_looked_into_it_is_no_victim(kind, role):
    roles, uses = cast_of([("Globex", "Company"), ("Tessel", "Vendor"), ("Osprey Office", kind)])
    assert roles == {"Globex": "affected_downstream", "Tessel": "breached", "Osprey Office": role}
    assert uses == [("Globex", "Tessel")]


@pytest.mark.parametrize(
    "prose", ["The Osprey Office was also affected.", "Data of the Osprey Office was among it, after the breach of the Osprey Office."]
)  # fmt: skip
def test_a_regulator_that_was_hit_is_a_victim(prose):
    roles, _ = cast_of([("Globex", "Company"), ("Tessel", "Vendor"), ("Osprey Office", "Regulator")], prose)
    assert roles["Osprey Office"] == "affected_downstream"
    assert cast_of([("Osprey Office", "Regulatory Body")])[0] == {"Osprey Office": "breached"}


@pytest.mark.parametrize(
    ("others", "prose", "role"),
    [
        ([], "", "breached"),
        ([("Globex", "Company")], "", "other"),
        ([("Globex", "Company")], "Globex has notified the Heron Police.", "investigator"),
        ([("Globex", "Company"), ("Tessel", "Vendor")], "The Heron Police is investigating.", "investigator"),
        ([("Globex", "Company"), ("Tessel", "Vendor")], "", "affected_downstream"),
    ],
)
def test_a_police_force_is_a_victim_or_not_by_what_else_is_there(others, prose, role):
    roles, _ = cast_of([*others, ("Heron Police", "Law Enforcement")], prose)
    assert roles["Heron Police"] == role


def test_what_was_not_affected_used_nobody_here():
    roles, uses = cast_of([("Tessel", "Vendor"), ("Globex", "Company"), ("Initech", "Company (not affected)")])
    assert roles["Initech"] == "customer_unaffected"
    assert uses == [("Globex", "Tessel")]


@pytest.mark.parametrize(
    ("name", "kind", "names"),
    [
        ("Wren Bank, Finch Bank, Rook Airlines", "Companies", ["Wren Bank", "Finch Bank", "Rook Airlines"]),
        ("Wren Bank, Finch Bank, and Rook Airlines", "Banks", ["Wren Bank", "Finch Bank", "Rook Airlines"]),
        ("Wren Bank, Finch Bank and Rook Airlines", "Customers", ["Wren Bank", "Finch Bank", "Rook Airlines"]),
        ("Wren Bank, Marks and Spencer", "Retailers", ["Wren Bank", "Marks and Spencer"]),
        ("Wren Bank, Inc.", "Companies", ["Wren Bank, Inc."]),
        ("Wren, Finch and Rook LLP, Ltd", "Companies", ["Wren, Finch and Rook LLP, Ltd"]),
        ("Wren, Finch and Rook", "Law Firm", ["Wren, Finch and Rook"]),
        ("About 18,000 Dealerships", "Customers", ["About 18,000 Dealerships"]),
    ],
)
def test_several_names_in_one_value_are_several_companies(name, kind, names):
    roles, uses = cast_of([("Tessel", "Vendor"), (name, kind)])
    assert list(roles) == ["Tessel", *names]
    assert uses == [(one, "Tessel") for one in names]


def test_an_empty_value_makes_no_claim():
    text = HEADER + (
        "{'affected_entities': [{'name': 'Acme', 'type': '', 'industry': '', 'customers_affected': ''}, {'name': ''}],\n"
        " 'references': [{'source': 'BBC', 'url': ''}], 'description': '', 'title': '', 'type': '', 'date_detected': '',\n"
        " 'response': {'containment_measures': ''}, 'impact': {'downtime': ''}, 'threat_actor': '', 'lessons': ['', ' ']}"
    )
    records = extract(text)
    assert_quotes_stand_in(text, records)
    assert all(proof.span[0] < proof.span[1] for record in records for proof in proofs(record))
    assert [source.publisher for source in incident(text).sources] == ["BBC"]


def roles_of(prose, entities):
    found = incident(f"Elm Motors hit\n{prose}\n{HEADER.split(chr(10), 2)[2]}{{'affected_entities': [{entities}]}}")
    return {party.name: str(party.role) for party in found.parties}


ELM = "{'name': 'Elm Motors', 'type': 'Company'}"


@pytest.mark.parametrize(
    ("prose", "role"),
    [
        ("Elm Motors shut down its IT systems after a cyberattack.", "breached"),
        ("Elm Motors was hacked. Its suppliers were affected by the outage.", "breached"),
        ("Elm Motors was hacked. It has notified its suppliers and vendors.", "breached"),
        ("Attackers entered Elm Motors' payroll system.", "breached"),
        ("Data of Elm Motors were stolen from its suppliers.", "affected_downstream"),
        ("Data of Elm Motors were stolen through a third-party CRM system.", "affected_downstream"),
    ],
)
def test_own_systems_and_suppliers_that_suffer_are_not_where_it_happened(prose, role):
    assert roles_of(prose, ELM) == {"Elm Motors": role}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Elm Motors suppliers", "Suppliers"),
        ("Customers of Elm Motors", "Customers"),
        ("Dealers", "Business Partners"),
    ],
)
def test_those_around_the_company_are_a_group_that_is_affected(name, kind):
    found = roles_of("Elm Motors was hacked.", f"{ELM}, {{'name': '{name}', 'type': '{kind}'}}")
    assert found == {"Elm Motors": "breached", name: "affected_downstream"}


def test_a_count_of_organizations_is_none_of_people():
    found = incident(
        f"Elm hit\nElm was hacked.\n{HEADER.split(chr(10), 2)[2]}"
        "{'affected_entities': [{'name': 'Elm', 'type': 'Vendor', 'customers_affected': '200 municipalities'}]}"
    )
    assert [(count.low, count.unit) for count in found.record_counts] == [(200, "organizations")]


@pytest.mark.parametrize(
    "spelled",
    [
        lambda key: re.sub(r"_(\w)", lambda match: match[1].upper(), key),
        lambda key: key.replace("_", " ").title(), lambda key: key.replace("_", " ").title().replace(" ", ""),
        lambda key: key.replace("_", "-"), str.upper,
    ],
    ids=lambda spelled: spelled("affected_entities"),
)  # fmt: skip
def test_keys_are_read_in_every_spelling_and_told_as_they_stand(spelled):
    def respelled(value):
        if isinstance(value, dict):
            return {spelled(key): respelled(member) for key, member in value.items()}
        return [respelled(member) for member in value] if isinstance(value, list) else value

    details = {
        "affected_entities": [{"name": "Fir", "type": "Vendor", "industry": "Software"},
                              {"name": "Alder", "type": "Company", "customers_affected": "4,000"}],
        "data_breach": {"type_of_data_compromised": ["Names"], "number_of_records_exposed": "4,000"},
        "investigation_status": "Ongoing", "title": "Fir was hit", "response": {"containment_measures": "Alder suspended its contract with Fir"},
    }  # fmt: skip
    other = next(EXTRACTOR.extract(document("post.txt", f"{HEADER}{respelled(details)!r}\n".encode())))
    assert [(party.name, party.role) for party in other.parties] == [
        ("Fir", "breached"),
        ("Alder", "affected_downstream"),
    ]
    assert [(link.customer, link.supplier, link.status) for link in other.uses_vendor] == [
        ("Alder", "Fir", "suspended")
    ]
    assert [(done.action, done.key) for done in other.responses] == [("suspend-supplier", "containment_measures")]
    assert ([kind.concept for kind in other.data_types], [count.low for count in other.record_counts]) == (
        ["names"],
        [4000, 4000],
    )
    assert (other.title, other.status) == ("Fir was hit", "ongoing")
    assert other.parties[0].evidence[0].place == f"post 1, {spelled('affected_entities')}[0].{spelled('name')}"
