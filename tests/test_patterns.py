"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import pickle
import re

import pytest

from kg.patterns import regex


def test_it_does_what_a_pattern_does():
    late = regex(r"(?P<day>\d+) of (\w+)", re.IGNORECASE)
    assert late.search("the 4 OF May")["day"] == "4"
    assert late.sub("-", "4 of May, 5 of June") == "-, -"
    assert [match[2] for match in late.finditer("4 of May, 5 of June")] == ["May", "June"]
    assert (late.groups, late.groupindex["day"], late.pattern) == (2, 1, r"(?P<day>\d+) of (\w+)")
    assert regex(rb"\d").split(b"a1b") == [b"a", b"b"]


def test_it_is_compiled_at_its_first_use_and_once(monkeypatch):
    made = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: made.append(given) or compiled(*given))
    late = regex("a+")
    assert made == []
    assert late.match("aa")
    assert late.match("b") is None
    assert late.search("ba")
    assert made == [("a+", 0)]


def test_it_can_be_sent_to_another_process():
    late = regex("a+", re.IGNORECASE)
    assert late.match("A")
    assert pickle.loads(pickle.dumps(late)).fullmatch("AA")


def test_what_is_wrong_with_it_is_told_at_its_first_use():
    late = regex("(")
    with pytest.raises(re.error):
        late.match("a")
