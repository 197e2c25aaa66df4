"""Records of JSON documents: the forms they come in, broken ones among them, and the way back to the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.json_in.records import MAX_DEPTH, JsonRecord, first, records
from kg.extract.json_in.spans import extent
from kg.model import Defect, Document


def document(text):
    return Document("feed.json", text, "0" * 64)


def read(text, **options):
    """Records as (number, place, value), defects as (place, reason)."""
    return [
        (item.place, item.reason) if isinstance(item, Defect) else (item.number, item.place, item.value)
        for item in records(document(text), **options)
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('{"a": 1}', ["record 1"]),
        ('[{"a": 1}, {"a": 2}]', ["/0", "/1"]),
        (" \n[ ]", []),
        ('{"made": "2024", "incidents": [{"a": 1}, {"a": 2}], "by": {"x": 1}}', ["/incidents/0", "/incidents/1"]),
        ('{"a/b": [{"a": 1}]}', ["/a~1b/0"]),
        ('{"a": [1, 2]}', ["record 1"]),
        ('{"status": 200, "data": {"page": 1, "rows": [{"a": 1}, {"a": 2}]}}', ["/data/rows/0", "/data/rows/1"]),
        ('{"export": {"of": {"rows": [{"a": 1}]}}}', ["/export/of/rows/0"]),
        ('{"customer": {"suppliers": [{"a": 1}]}, "day": 1}', ["record 1"]),
        ('{"x": {"id": "x", "a": 1}, "y/z": {"id": "y/z"}}', ["/x", "/y~1z"]),
        ('{"x": {"name": "a"}, "y": {"name": "b"}}', ["record 1"]),
        ("{}", ["record 1"]),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', ["record 1"]),
        ('{"a": 1}\n\n{"a": 2}\r\n{"a": 3}\n', ["line 1", "line 3", "line 4"]),
        ('{\n "a": 1\n}\n{\n "a": 2\n}', ["line 1", "line 4"]),
        ('{"a": 1}{"a": 2}', ["line 1", "line 1, character 8"]),
    ],
)
def test_the_forms_a_document_comes_in(text, places):
    assert [item[1] for item in read(text)] == places


def test_an_object_that_is_itself_a_record_is_not_opened():
    text = '{"entity": "Alder", "links": [{"url": "x"}]}'
    assert read(text, whole=lambda value: "entity" in value) == [(1, "record 1", json.loads(text))]
    assert first(document(text), lambda value: "entity" in value) == json.loads(text)
    assert first(document(text)) == {"url": "x"}


def test_of_several_arrays_the_one_with_records_is_read():
    text = '{"a": [{"x": 1}], "b": [{"y": 1}, {"z": 2}], "c": [3], "d": []}'
    assert [item[1] for item in read(text, whole=lambda value: "y" in value)] == ["/b/0", "/b/1"]
    both = '{"a": [{"y": 1}], "b": [{"y": 1}]}'
    assert [item[1] for item in read(both, whole=lambda value: "y" in value)] == ["record 1"]


@pytest.mark.parametrize(
    "broken",
    [
        '{"a": tru}',
        '{"a": NaN}',
        '{"a": -Infinity}',
        '{"a": 1e999}',
        '{"a": 2,}',
        '{"a" 2}',
        '{"a": "x}',
        '{"a": x"}',
        '{"a": "\\ud800"}',
        '{"\\u0000": 2}',
        '{"a": ' + "9" * 5000 + "}",
        '{"a":' * (MAX_DEPTH + 1) + "2" + "}" * (MAX_DEPTH + 1),
        '{"a": {"b": 2}',
        '{"a": [2}',
        "7",
        '"a, ]"',
        "nothing",
    ],
)
def test_a_broken_record_is_a_defect_and_the_others_are_read(broken):
    for before, between, after in (("[", ",\n", "]"), ("", "\n", ""), ('{"incidents": [', ", ", "]}")):
        text = before + between.join(['{"a": 1}', broken, '{"a": 3}']) + after
        items = list(records(document(text)))
        assert [item.value for item in items if isinstance(item, JsonRecord)] == [{"a": 1}, {"a": 3}], text
        assert len(items) == 3, text
        assert isinstance(items[1], Defect), text
        assert items[1].place.endswith(("/1", "line 2")), text
        assert len(items[1].reason) < 100, text


@pytest.mark.parametrize("text", ['[{"a": 1}', '[{"a": 1},', '[{"a": 1}] {"a": 2}', '[{"a": 1}, {"a":', "[" * 5000])
def test_what_ends_too_early_or_goes_on_is_told(text):
    assert isinstance(list(records(document(text)))[-1], Defect)


def test_what_is_no_json_is_one_defect():
    assert read("customer,supplier\n") == [("line 1", "is not JSON")]


def test_too_many_broken_records_end_the_reading(monkeypatch):
    monkeypatch.setattr("kg.extract.json_in.records.MAX_BROKEN", 3)
    told = read("\n".join(['{"a": 1}', *['{"a":'] * 5, '{"a": 2}']))
    assert len(told) == 5
    assert told[-1] == ("line 5", "the rest is not read: more than 3 records before it are broken")


def test_large_records_and_documents(monkeypatch):
    monkeypatch.setattr("kg.extract.json_in.records.MAX_CHARACTERS", 40)
    long = '{"a": "' + "x" * 60 + '"}'
    for text in (f'{{"incidents": [{{"a": 1}}, {long}, {{"a": 3}}]}}', f'[{{"a": 1}}, {long}, {{"a": 3}}]'):
        one, defect, three = records(document(text))
        assert (one.value, three.value) == ({"a": 1}, {"a": 3})
        assert defect.reason == "is broken, or longer than 40 characters"
    monkeypatch.setattr("kg.extract.json_in.records.MAX_VALUES", 2)
    (defect,) = records(document("[[1,2,3,4]]"))
    assert defect.reason == "holds more than 2 values"


def test_a_large_document_of_nothing_but_brackets_is_looked_through_once(monkeypatch):
    seen = []

    def counted(*asked):
        seen.append(asked)
        return extent(*asked)

    monkeypatch.setattr("kg.extract.json_in.records.extent", counted)
    monkeypatch.setattr("kg.extract.json_in.records.MAX_CHARACTERS", 100_000)
    flat, deep = document('{"a": 1, "b": [' + "[]," * 50_000), document("{" * 150_000)
    for _ in range(3):
        assert first(flat) is None
    assert len([one for one in seen if one[2] >= 100_000]) == 1
    with pytest.raises(RecursionError):
        extent(deep.text, 0, len(deep.text), MAX_DEPTH)
    (defect,) = records(deep)
    assert defect.reason == f"is nested deeper than {MAX_DEPTH} levels"


TEXT = r'[{"a": {"b/c~": [1, {"d": "q\u00e9\"z", "e": "", "f": null}]}, "n": -2.50}]'


def test_the_evidence_of_a_member():
    (record,) = records(document(TEXT))
    assert record.evidence().place == "/0"
    assert record.evidence().quote == TEXT[1:-1]
    for path, quote, place in (
        (("a", "b/c~", 0), "1", "/0/a/b~1c~0/0"),
        (("a", "b/c~", 1, "d"), r"q\u00e9\"z", "/0/a/b~1c~0/1/d"),
        (("a", "b/c~", 1, "e"), '""', "/0/a/b~1c~0/1/e"),
        (("n",), "-2.50", "/0/n"),
    ):
        told = record.evidence(*path)
        assert (told.quote, told.place) == (quote, place)
        assert TEXT[slice(*told.span)] == quote
    assert record.evidence("a", "b/c~", 1, "d", start=1, end=3).quote == r"\u00e9\""
    with pytest.raises(KeyError):
        record.evidence("a", "z")


def test_what_nobody_used_becomes_notes():
    (record,) = records(document(TEXT))
    assert [(note.key, note.value) for note in record.notes({("a", "b/c~", 0)})] == [
        ("a.b/c~[1].d", 'qé"z'),
        ("n", "-2.5"),
    ]
    assert list(record.notes({("a",), ("n",)})) == []


def test_repeated_keys_are_told():
    (record,) = records(document('{"a": {"x": 1}, "a": {"x": 2}, "b": true}'))
    assert record.value["a"] == {"x": 2}
    assert [(note.key, note.value) for note in record.notes()] == [
        ("a.x", "2"),
        ("b", "true"),
        ("a (repeated)", '{"x": 1}'),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a,b", None),
        ("", None),
        ("[]", None),
        ('[{"a": tru}, {"a": 2}]', {"a": 2}),
        ('{"x": [{"a": 1}]}', {"a": 1}),
        ('{"a": 1}\n{"a": 2}', {"a": 1}),
        ('{"x": 1, "incidents": [{"a": 1},' + " " * 1_100_000 + '{"a": 2}]}', {"a": 1}),
    ],
)
def test_the_first_record(text, value):
    assert first(document(text)) == value


WORD = st.text('ab "\\/~é\u2028\U0001f600\n{}[],:', max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORD, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(WORD, JSON, max_size=3), max_size=3), st.booleans(), st.sampled_from([None, 1]))
def test_every_member_is_found_again(values, ascii_only, indent):
    text = json.dumps(values, ensure_ascii=ascii_only, indent=indent)
    for number, item in enumerate(records(document(text))):
        assert item.value == values[number]
        for note in item.notes():
            (told,) = note.evidence
            assert told.quote == text[slice(*told.span)]
            value = at(values, told.place)
            printed = f'"{told.quote}"' if isinstance(value, str) else told.quote
            assert json.loads(printed) == value


def at(value, pointer):
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


@given(st.text('{}[],:"\\ntruefalsN1e-\n '))
def test_no_text_makes_it_fail(text):
    for item in records(document(text)):
        assert isinstance(item, JsonRecord | Defect)
    for before, after in (("[", "]"), ('{"a": [{}, ', "]}"), ('{"a": 1}\n', '\n{"a": 2}')):
        list(records(document(before + text + after)))


@pytest.mark.parametrize("key", ["a\\_b", "a\tb", "\\u12", "a\\"])
def test_a_broken_key_of_an_envelope_is_a_defect_and_no_failure(key):
    text = document(f'{{"{key}": [{{"n": 1}}, {{"n": 2}}]')
    assert [found for found in records(text) if isinstance(found, Defect)]
    first(text)


@pytest.mark.parametrize(
    ("text", "places", "reason"),
    [
        ('{"n": 1}\n{"n": 2, \n{"n": 3}', ["line 1", "line 2", "line 3"], "is not JSON: it is cut off"),
        ('{"n": 1}\n{"n": tru}\n{"n": 3}', ["line 1", "line 2", "line 3"], "is not JSON: Expecting value (column 7)"),
        ('{"n": 1}\n{"n":', ["line 1", "line 2"], "is not JSON: it is cut off"),
        ('{"n": 1}\n{"n":\n"b" "c"}', ["line 1", "line 2"], "is not JSON: Expecting ',' delimiter (line 3, column 5)"),
    ],
)
def test_a_broken_line_is_told_by_its_own_number(text, places, reason):
    found = list(records(document(text)))
    assert [one.place for one in found] == places
    assert [one.reason for one in found if isinstance(one, Defect)] == [reason]
