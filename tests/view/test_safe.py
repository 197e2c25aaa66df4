from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.safe import Cleaner, link, script_json, visible_id


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "http://example.com",
        "HTTPS://Example.com/a?b=c#d",
        "https://пример.example/",
        "http://[::1]:8/",
    ],
)
def test_an_address_of_the_web_is_a_link(url):
    assert link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " https://example.com",
        "https://example.com\n",
        "https://exa mple.com",
        "\x01https://example.com",
        "data:text/html,hi",
        "file:///etc/passwd",
        "//example.com",
        "https://",
        "https:///path",
        "https:example.com",
        "http://[oops/",
        'https://example.com/" onclick="x',
        "https://example.com/<script>",
        "https:\\\\example.com",
        "vbscript:x",
        "blob:https://example.com/1",
    ],
)
def test_anything_else_is_not(url):
    assert link(url) == ""


def test_hidden_characters_go_and_are_counted():
    clean = Cleaner()
    assert clean("a\u202eb\u200fc\x00d\ud800e\x85f\ufeffg\rh") == "abcdefgh"
    assert clean.removed == 7
    assert clean("one\r\ntwo\tthree") == "one\ntwo\tthree"
    assert clean.removed == 7


def test_ids_that_differ_stay_different():
    assert visible_id("a\u202eb") == "a%E2%80%AEb"
    assert visible_id("a\x00") != visible_id("a")
    assert visible_id("a\ud800").isascii()


@given(st.text())
def test_what_is_shown_can_always_be_written(text):
    Cleaner()(text).encode("utf-8")
    visible_id(text).encode("utf-8")


@given(st.text())
def test_json_cannot_leave_its_script(text):
    written = script_json({text: [text]})
    assert written.isascii()
    assert not set(written) & set("<>&")
    assert json.loads(written) == {text: [text]}


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_json_has_no_nan(number):
    with pytest.raises(ValueError, match="JSON"):
        script_json(number)
