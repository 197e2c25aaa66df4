"""The reader of literals: what it reads, what it keeps of damaged text, and that nothing makes it fail."""

from __future__ import annotations

import ast
import json
import pprint
import time
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extract.literal import read_literal
from kg.extract.node import Fault, Kind, Limits, walk

POST = """{'affected_entities': [{'customers_affected': '21,000',
'industry': 'Storage',
'name': 'Harbor & Sons',
'type': 'Vendor'},
{'industry': None,
'name': "Lydia's Bakery",
'size': 12,
'type': 'Company'}],
'data_breach': {'number_of_records_exposed': 430000,
'ratio': 0.25,
'type_of_data_compromised': 'Names, addresses, '
'dates of birth \\u2014 and '
'"notes"'},
'description': 'A caller \\\\ posing as staff copied\\n'
"the bakery's order book.",
'incident_details': {'mitre_correlation': [{'techniques': [{'technique_id': 'T1078'},
{'technique_id': 'T1486'}]}],
'paid': False, 'confirmed': True},
'references': [],
'title': 'Order Book of a Bakery Copied From '
'Storage Firm',
'type': ['Data Breach', 'Third Party']}"""


def to_python(node):
    """The plain Python value of a node."""
    if node.kind is Kind.DICT:
        return {_plain(key): to_python(value) for key, value in node.pairs}
    return [to_python(one) for one in node.elements] if node.kind is Kind.LIST else _plain(node)


def _plain(node):
    return float(node.scalar) if isinstance(node.scalar, Decimal) else node.scalar


def value(text, **options):
    """Python value of a text in which nothing is wrong."""
    reading = read_literal(text, **options)
    assert reading.problems == ()
    assert reading.complete
    return to_python(reading.node)


def salvaged(text, **options):
    """Python value of what was kept, and the kinds of the problems."""
    reading = read_literal(text, **options)
    return None if reading.node is None else to_python(reading.node), [
        problem.kind.value for problem in reading.problems
    ]


def scalars(reading):
    return {} if reading.node is None else dict(walk(reading.node))


# What is read


def test_a_post_is_read_as_python_reads_it():
    assert value(POST) == ast.literal_eval(POST)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", {}),
        ("[]", []),
        ("()", []),
        ("[1, 'a', [2], {'b': (3,)}]", [1, "a", [2], {"b": [3]}]),
        ("('a' 'b')", "ab"),
        ("(('a'))", "a"),
        ("('a',)", ["a"]),
        ("[1, 2,]", [1, 2]),
        ("{'a': 1,}", {"a": 1}),
        ("[true, false, null, True, False, None]", [True, False, None, True, False, None]),
        ("[0, -1, +1, - 2, 1_000, 007, 0x1F, 0b11, 0o17]", [0, -1, 1, -2, 1000, 7, 31, 3, 15]),
        ("[1.5, -.5, 5., 1e5, 1E-2, 1_0.5]", [1.5, -0.5, 5.0, 1e5, 0.01, 10.5]),
        ("{1: 'a', None: 'b', 2.5: 'c'}", {1: "a", None: "b", 2.5: "c"}),
        ("\ufeff\u200b [\xa01\u2028]", [1]),
        ("'a' \"b\"\n\t'c'", "abc"),
        ("'''a\n'b' \"'''", "a\n'b' \""),
        ('"""a""b"""', 'a""b'),
        ("''", ""),
        (r"r'\n' u'é' R'\x' U'\x41'", "\\né\\xA"),
        (r"'\n\t\\\'\"\x41\u00e9\U0001F600\101\N{BULLET}\q'", "\n\t\\'\"Aé😀A•\\q"),
        (r'"\ud83d\ude00 https:\/\/x"', "😀 https://x"),
        ("'a\\\nb'", "ab"),
        ("'‘a’ “b”'", "‘a’ “b”"),
        ("{“a”: “x ‘y’ z”, ‘b’: [‘the firm’s’, “”]}", {"a": "x ‘y’ z", "b": ["the firm’s", ""]}),
    ],
)
def test_values(text, expected):
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_a_float_keeps_its_digits():
    node = read_literal("[0.10, 12345678901234567890.123456789]").node
    assert [element.value for element in node.elements] == [Decimal("0.10"), Decimal("12345678901234567890.123456789")]
    assert [element.kind for element in node.elements] == [Kind.FLOAT, Kind.FLOAT]


def test_the_value_begins_at_the_offset_and_ends_before_the_rest():
    reading = read_literal("see {as is}: {'a': 1}} and more", 12)
    assert (to_python(reading.node), reading.end, reading.complete) == ({"a": 1}, 21, True)


def test_end_bounds_the_text():
    text = "{'a': 'x', 'b': 'y'}"
    reading = read_literal(text, end=12)
    assert (to_python(reading.node), reading.complete) == ({"a": "x"}, False)


def test_a_string_before_a_colon_is_no_value():
    header = '"type":\n"date": "8/2025"\n"severity": 85'
    assert read_literal(header, 7).node is None
    reading = read_literal(header, 15)
    assert (to_python(reading.node), reading.end) == ("8/2025", 24)
    assert [problem.kind for problem in reading.problems] == [Fault.MISSING_COMMA]


# Where it stands


def test_places():
    text = "{'a': ['bc' \n 'd', -12, None], \"e\": {}}"
    node = read_literal(text).node
    listed, empty = node.get("a"), node.get("e")
    assert text[node.start : node.end] == text
    assert text[listed.start : listed.end] == "['bc' \n 'd', -12, None]"
    assert [text[n.start : n.end] for n in listed.elements] == ["bc' \n 'd", "-12", "None"]
    assert text[empty.start : empty.end] == "{}"
    assert [text[key.start : key.end] for key, _ in node.pairs] == ["a", "e"]


def test_a_string_knows_the_place_of_each_character():
    text = r"{'k': 'a\n' 'b\u00e9c'}"
    passage = read_literal(text).node.get("k").passage
    assert passage.text == "a\nbéc"
    assert [text[slice(*passage.span(i, i + 1))] for i in range(5)] == ["a", r"\n", "b", r"\u00e9", "c"]
    assert text[slice(*passage.span(1, 3))] == r"\n' 'b"


def test_accessors():
    node = read_literal("{'a': 1, 'b': ['x', {'c': None}], 'd': {}}").node
    assert [(key, child.kind) for key, child in node.items()] == [("a", Kind.INT), ("b", Kind.LIST), ("d", Kind.DICT)]
    assert (node.get("a").scalar, node.get("nothing"), node.elements) == (1, None, ())
    assert [element.kind for element in node.get("b").elements] == [Kind.STR, Kind.DICT]
    assert (node.get("b").pairs, node.get("b").get("c"), node.get("b").scalar) == ((), None, None)
    assert [(path, child.scalar) for path, child in walk(node)] == [("a", 1), ("b[0]", "x"), ("b[1].c", None)]
    assert [path for path, _ in walk(node.get("b"), "b")] == ["b[0]", "b[1].c"]


# What is tolerated


@pytest.mark.parametrize(
    ("text", "kept", "kinds"),
    [
        # a missing comma
        ("[1 2 'a' [3] {'b': 4}]", [1, 2, "a", [3], {"b": 4}], ["missing-comma"] * 4),
        ("{'a': 'x' 'b': 'y'}", {"a": "x", "b": "y"}, ["missing-comma"]),
        ("{'a': 'x'\n'z' 'b': 1}", {"a": "xz", "b": 1}, ["missing-comma"]),
        ("{'a': 1 'b': 2}", {"a": 1, "b": 2}, ["missing-comma"]),
        ("{'a': {} 'b': 2}", {"a": {}, "b": 2}, ["missing-comma"]),
        # a missing value
        ("{'a':, 'b': 1}", {"b": 1}, ["missing-value"]),
        ("{'a':}", {}, ["missing-value"]),
        ("{'a', 'b': 1}", {"b": 1}, ["missing-value"]),
        ("{'a':\n'b': 1}", {"b": 1}, ["missing-value", "missing-comma"]),
        ("[1,,2]", [1, 2], ["missing-value"]),
        ("{,'a': 1}", {"a": 1}, ["missing-value"]),
        ("{: 1, 'a': 2}", {"a": 2}, ["bad-token"]),
        ("['a': 1]", ["a", 1], ["bad-token", "missing-comma"]),
        # closers
        ("{'a': 1]}", {"a": 1}, ["unbalanced"]),
        ("{'a': [1, 2}", {"a": [1, 2]}, ["unbalanced"]),
        ("{'a': (1, 2], 'b': 3}", {"a": [1, 2], "b": 3}, ["unbalanced"]),
        ("{'a': [{'c': 1}, 'b': 3}", {"a": [{"c": 1}], "b": 3}, ["unbalanced", "missing-comma"]),
        ("[{'a': 1, {'b': 2}]", [{"a": 1}, {"b": 2}], ["unbalanced"]),
        ("[{'a': 1 {'b': 2}]", [{"a": 1}, {"b": 2}], ["unbalanced"]),
        # quotes
        ("{'a': 'one\ntwo', 'b': 1}", {"a": "one\ntwo", "b": 1}, ["raw-newline"]),
        ('{"a": "one\n\ntwo \\" three", "b": 1}', {"a": 'one\n\ntwo " three', "b": 1}, ["raw-newline"]),
        ("{'a': 'one\n'b': 1}", {"a": "one", "b": 1}, ["unterminated-string", "missing-comma"]),
        ("{'a': 'one \n'two',\n'b': 1}", {"a": "one two", "b": 1}, ["unterminated-string"]),
        ("{'a': 'one\ntwo\n}", {"a": "one\ntwo"}, ["unterminated-string"]),
        ("[{'a': 'one}],\n'b']", [{"a": "one"}], ["unterminated-string"]),
        ("{'a': ['one],\n'b': 'two,\n'c': 1}", {"a": ["one"], "b": "two", "c": 1}, ["unterminated-string"] * 2),
        ("['one\n, 2]", ["one\n, 2]"], ["truncated"]),
        ("{'a': 'It's here', 'b': 'don't.'}", {"a": "It's here", "b": "don't."}, ["bad-token", "bad-token"]),
        ("{'a': 'The 'firm' said', 'b': 1}", {"a": "The ", "b": 1}, ["forbidden", "missing-comma"]),
        (r"['\x4']", [r"\x4"], ["bad-token"]),
        # characters between values
        ("{'a': 1; 'b': 2}", {"a": 1, "b": 2}, ["bad-token", "missing-comma"]),
        ("{'a': 'x', ...}", {"a": "x"}, ["bad-token"]),
    ],
)
def test_what_can_be_read_is_kept(text, kept, kinds):
    assert salvaged(text) == (kept, kinds)


def test_an_unclosed_string_is_not_complete():
    reading = read_literal("{'a': ['one\n], 'b': ['two']}")
    assert (reading.complete, reading.node.complete, reading.node.get("a").complete) == (False, False, False)
    assert reading.node.get("b").complete


def test_of_a_key_given_twice_the_first_stays():
    reading = read_literal("{'a': 1, 'b': 2, 'a': 3}")
    assert to_python(reading.node) == {"a": 1, "b": 2}
    (problem,) = reading.problems
    assert (problem.kind, problem.offset, problem.earlier) == (Fault.DUPLICATE_KEY, 18, 2)
    assert "'a'" in problem.message


def test_a_key_whose_first_value_was_refused_may_come_again():
    assert salvaged("{'a': nan, 'a': 3}") == ({"a": 3}, ["forbidden"])


# What is refused


@pytest.mark.parametrize(
    "bad",
    [
        "b'x'",
        "rb'x'",
        "'x' b'y'",
        "f'{1 + 1}'",
        "t'x'",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "-Infinity",
        "1e999",
        "1e-99999999999999999999",
        "3j",
        "3+4j",
        "1 + 2",
        "1 - 2",
        "1 -2",
        "--1",
        "not 1",
        "foo",
        "foo.bar",
        "foo('x').y(z=[1], *a)",
        "__import__('os').system('x')",
        "'x'.upper()",
        "'x' % 'y'",
        "[1] * 9",
        "{1, 2}",
        "{'x', 'y'}",
        "{foo}",
        "(foo)",
        "12px",
        "0xZZ",
        "1__0",
        "lambda: 0",
        "Decimal('1.5')",
        "~1",
        "*a",
        "'\\ud800'",
        "'\\ude00\\ud83d'",
        "'\\0'",
        "'\\x00'",
        "'a\x00b'",
        f"'{chr(0xD800)}'",
        "yes",
        "undefined",
        "x if y else z",
    ],
)
def test_what_is_no_literal_is_absent_and_reading_goes_on(bad):
    kept, kinds = salvaged(f"{{'a': 1, 'bad': {bad}, 'b': [2, {bad}, 3]}}")
    assert kept == {"a": 1, "b": [2, 3]}
    assert kinds.count("forbidden") >= 2
    assert read_literal(f"{{'bad': {bad}, 'c': 1}}").complete


@pytest.mark.parametrize("bad", ["nan", "b'x'", "3j", "-nan", "{1}", "'\\ud800'", "f'x'", "$"])
def test_a_refused_value_at_the_top_is_no_node(bad):
    reading = read_literal(bad)
    assert reading.node is None
    assert reading.problems


@pytest.mark.parametrize("key", ["foo", "b'x'", "(1, 2)", "[1]", "{'x': 1}", "foo('x')", "nan", "9" * 16])
def test_a_refused_key_takes_its_value_with_it(key):
    kept, kinds = salvaged(f"{{'a': 1, {key}: [2, 3], 'b': 4}}")
    assert (kept, kinds) == ({"a": 1, "b": 4}, ["forbidden"])


def test_braces_in_prose_are_no_dict():
    text = "provided {as is} without {any} warranty {}"
    assert read_literal(text, text.index("{as")).node is None
    assert read_literal(text, text.index("{any")).node is None


# Truncation


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("{'a': 1, 'b': ", {"a": 1}),
        ("{'a': 1, 'b'", {"a": 1}),
        ("{'a': 1, 'b", {"a": 1}),
        ("{'a': 1, 'b': 2", {"a": 1}),
        ("{'a': 1, 'b': Tru", {"a": 1}),
        ("{'a': 1, 'b': -", {"a": 1}),
        ("{'a': 1, 'b': 'xy", {"a": 1, "b": "xy"}),
        ("{'a': 1, 'b': 'xy\\u00e", {"a": 1, "b": "xy"}),
        ("{'a': 1, 'b': 'xy' ", {"a": 1, "b": "xy"}),
        ("{'a': [1, {'b': ['x', 'y', ", {"a": [1, {"b": ["x", "y"]}]}),
        ("('abc '\n 'de", "abc de"),
    ],
)
def test_what_stands_before_the_cut_is_kept(text, kept):
    reading = read_literal(text)
    assert to_python(reading.node) == kept
    assert not reading.complete
    assert not reading.node.complete
    assert Fault.TRUNCATED in {problem.kind for problem in reading.problems}


def test_a_key_that_lost_its_value_is_reported_not_guessed():
    reading = read_literal("{'title': 'x', 'investigation_status': ")
    assert reading.node.get("investigation_status") is None
    assert [(p.kind, p.offset) for p in reading.problems] == [(Fault.TRUNCATED, 16), (Fault.TRUNCATED, 39)]
    assert "'investigation_status'" in reading.problems[0].message


def test_a_string_that_might_go_on_is_not_complete():
    assert not read_literal("{'a': 'Proprietary training '\n").node.get("a").complete
    assert read_literal("{'a': 'x', ").node.get("a").complete
    assert read_literal("'x'").complete


@pytest.mark.parametrize("text", ["", "  \n", "'abc", "[", "(("])
def test_nothing_whole_at_the_top(text):
    reading = read_literal(text)
    assert not reading.complete
    assert [problem.kind for problem in reading.problems] == [Fault.TRUNCATED]


@pytest.mark.parametrize(
    ("cut", "kept"),
    [
        ("{'a': 'x',\n'status': ", {"a": "x"}),
        ("{'a': 'x',\n'status'", {"a": "x"}),
        ("{'a': 'x',\n'status': 'Ongo", {"a": "x", "status": "Ongo"}),
        ("{'a': 'x',\n'n': [1,", {"a": "x", "n": [1]}),
    ],
)
@pytest.mark.parametrize(
    "title", ["Bakery Loses Its Order Book", "700 Bakeries Lose Their Order Books", "3Bake: Books of 5 Shops Gone"]
)
def test_a_cut_value_does_not_swallow_the_next_record(cut, kept, title):
    reading = read_literal(f"{cut}\n\n{title}\nIt says so.\n\"id\": \"BAK1\",\n{{'a': 'z'}}")
    assert to_python(reading.node) == kept
    assert not reading.complete
    assert reading.end <= len(cut) + 2


def test_every_cut_gives_a_part_of_the_whole():
    whole = {path: node.value for path, node in walk(read_literal(POST).node)}
    counts = []
    for cut in range(1, len(POST)):
        reading = read_literal(POST[:cut])
        assert not reading.complete, cut
        assert not reading.node.complete, cut
        found = scalars(reading)
        for path, node in found.items():
            if node.complete:
                assert node.value == whole[path], (cut, path)
            else:
                assert node.passage is None or whole[path].startswith(node.value), (cut, path)
        counts.append(sum(node.complete for node in found.values()))
    assert counts == sorted(counts)
    assert counts[-1] == len(whole)


# Limits


@pytest.mark.parametrize(
    ("text", "limits", "kept", "kind"),
    [
        ("{'a': 1, 'b': [[[2]]]}", Limits(max_depth=3), {"a": 1, "b": [[]]}, "too-deep"),
        ("[1, 2, 3, 4, 5]", Limits(max_nodes=3), [1, 2, 3], "too-large"),
        ("{'a': 1, 'b': 123456, 'c': 2}", Limits(max_digits=5), {"a": 1}, "too-large"),
        ("{'a': 'xyz', 'b': 'abc' 'def', 'c': 2}", Limits(max_string=5), {"a": "xyz"}, "too-large"),
        ("{'a': 'x', 'b': 'abcdef'}", Limits(max_chars=18), {"a": "x", "b": "a"}, "too-large"),
        ("['a' 'b' 'c' 'd']", Limits(max_pieces=3), [], "too-large"),
        ("[1, 2, 3, 4, 5]", Limits(max_tokens=4), [1, 2], "too-large"),
    ],
)
def test_over_a_limit_reading_stops_with_what_it_has(text, limits, kept, kind):
    reading = read_literal(text, limits=limits)
    assert to_python(reading.node) == kept
    assert not reading.complete
    assert kind in [problem.kind for problem in reading.problems]


def test_depth_up_to_the_limit_is_read():
    text = "[" * 64 + "]" * 64
    assert value(text) == ast.literal_eval(text)


HOSTILE = {
    "brackets": "[" * 200_000,
    "braces": "{" * 200_000,
    "parentheses": "(" * 200_000,
    "minus signs": "-" * 200_000 + "1",
    "minus signs in a list": "[" + "-" * 200_000 + "1]",
    "dicts": "{'a': " * 40_000,
    "digits": "{'a': " + "9" * 5_000 + ", 'b': 1}",
    "underscores": "[" + "1_" * 250_000 + "]",
    "implicit strings": "{'a': " + "'x' " * 60_000 + "}",
    "implicit strings with escapes": "{'a': " + "'x\\n'\n" * 60_000 + "}",
    "backslashes": "{'a': '" + "\\" * 100_000,
    "backslashes, odd": "{'a': '" + "\\" * 100_001,
    "escaped quotes": "{'a': '" + "\\'" * 100_000,
    "two megabytes": "{'a': '" + "x" * 2_000_000 + "'}",
    "escapes": "{'a': '" + "\\n" * 250_000 + "'}",
    "line breaks in a string": "{'a': '" + "x\n" * 250_000,
    "empty lines in a string": "{'a': '" + "\n" * 250_000,
    "strings nobody closed": "[" + "\"a\n'b\n" * 200_000,
    "quotes after stray escapes": "[" + '\\"x\n' * 200_000 + '"y',
    "call": "{'a': __import__('os').system('x'), 'b': 1}",
    "f-string": "{'a': f'{1 + 1}', 'b': 1}",
    "nan": "{'a': nan, 'b': 1}",
    "commas": "[" + "," * 500_000,
    "closers": "[" + "})" * 250_000,
    "colons": "{" + ":" * 250_000,
    "no commas": "[" + "1 " * 150_000 + "]",
    "words": "[" + "a " * 250_000,
    "prose": "[" + "\nab cd" * 100_000,
    "attributes": "[" + ".a" * 250_000,
    "white space": "[" + " \n" * 250_000 + "-",
    "sums": "[" + "1 + " * 100_000,
    "quotes": "'" * 250_000,
    "apostrophes": "['" + "a's " * 100_000,
    "typographic quotes": "[" + "“" * 250_000,
    "colliding keys": "{" + ",".join(f"{k * (2**61 - 1)}: 1" for k in range(50_000)) + "}",
    "one key": "{" + '"k": 1,' * 49_000 + "}",
    "NUL": "['" + "\0" * 250_000 + "'",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon(name):
    start = time.process_time()
    reading = read_literal(HOSTILE[name])
    if reading.node is not None:
        to_python(reading.node)
        assert sum(1 for _ in walk(reading.node)) <= Limits().max_nodes + 1
    assert time.process_time() - start < 10


@pytest.mark.parametrize("size", [2_000_000, 4_000_000 - 8])
def test_a_text_within_the_limit_of_characters_is_read_to_its_end(size):
    text = "['" + "x" * 900_000 + "',\n" + " " * (size - 900_000) + "1]"
    assert len(value(text)) == 2


# Any value, any text


def texts(**options):
    return st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), **options)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**300), 10**300)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts()
    | texts(min_size=40, max_size=120)
    | st.text("ab '\"\\\n", max_size=60)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts(max_size=12), inner, max_size=5),
    max_leaves=15,
)


@given(VALUES, st.integers(1, 120))
@settings(max_examples=150)
def test_what_pprint_prints_is_read_back(expected, width):
    assert value(pprint.pformat(expected, width=width)) == expected


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
@settings(max_examples=150)
def test_json_is_read_back(expected, ascii_only, indent):
    assert value(json.dumps(expected, ensure_ascii=ascii_only, indent=indent)) == expected
    assert value(repr(expected)) == expected


@given(st.dictionaries(texts(max_size=9), texts(max_size=80), max_size=4), st.integers(10, 80))
@settings(max_examples=100)
def test_decoding_what_stands_at_a_characters_place_gives_the_character(strings, width):
    text = pprint.pformat(strings, width=width)
    for _, node in walk(read_literal(text).node):
        assert node.passage.text == node.value
        assert node.start <= node.end
        for i, character in enumerate(node.value):
            start, end = node.passage.span(i, i + 1)
            assert node.start <= start < end <= node.end
            raw = text[start:end]
            assert raw == character or ast.literal_eval(f'"""{raw}"""') == character


def assert_sound(text, start=0):
    """Whatever the text: no exception, every place in the text, every parent around its children."""
    reading = read_literal(text, start)
    assert start <= reading.end <= max(start, len(text))
    assert all(0 <= problem.offset <= len(text) for problem in reading.problems)
    todo = [] if reading.node is None else [(reading.node, start, len(text))]
    while todo:
        node, low, high = todo.pop()
        assert low <= node.start <= node.end <= high
        if node.passage is not None:
            assert node.passage.text == node.value
            span = node.passage.span(0, len(node.passage))
            assert node.start <= span[0] <= span[1] <= node.end
        children = [*node.elements, *(part for pair in node.pairs for part in pair)]
        assert not node.complete or all(child.complete for child in children)
        todo += [(child, node.start, node.end) for child in children]
    if reading.node is not None:
        assert not reading.complete or reading.node.complete
        json.dumps(to_python(reading.node)).encode()


@given(st.text())
def test_any_text_is_survived(text):
    assert_sound(text)


TOKENS = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    ":",
    "'",
    '"',
    "'''",
    "\n",
    " ",
    "\\",
    "'a'",
    "'b': ",
    "1",
    "-",
    "+",
    "1e9",
    "True",
    "nul",
    "f",
    "r",
    "b",
]
TOKENS += [
    "\r\n",
    "\n\n",
    "‘",
    "’",
    "“",
    "”",
    "\\u00",
    "\\ud83d",
    "\\x",
    "\0",
    ".",
    "...",
    "word ",
    "\nThree plain words",
    "'s ",
    "\ufeff",
    "0x",
    "_",
    "j",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join), st.integers(0, 3))
@settings(max_examples=400)
@example("{'a': ('x' 'b': 1}", 0)
@example("[(1, 'a': 2]", 0)
@example("{'a' + 'b': 1}", 0)
def test_any_row_of_tokens_is_survived(text, start):
    assert_sound(text, min(start, len(text)))


@given(
    st.lists(
        st.tuples(st.integers(0, len(POST)), st.integers(0, 4), st.sampled_from(["", *TOKENS])), min_size=1, max_size=4
    )
)
@settings(max_examples=300)
def test_any_damage_to_a_post_is_survived(edits):
    text = POST
    for at, size, new in edits:
        text = text[:at] + new + text[at + size :]
    assert_sound(text)


def test_one_lost_character_loses_little():
    whole = Counter(str(node.value) for node in scalars(read_literal(POST)).values())
    for at in range(1, len(POST)):
        if POST[at] not in "'\"{[:":
            kept = Counter(str(node.value) for node in scalars(read_literal(POST[:at] + POST[at + 1 :])).values())
            assert (whole - kept).total() <= 2, at
