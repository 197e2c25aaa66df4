from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.accepting import best

JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv"
OFFERED = [JSON, XML, CSV]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("  ", JSON),
        ("*/*", JSON),
        (CSV, CSV),
        ("TEXT/CSV", CSV),
        ("text/*", CSV),
        ("application/*", JSON),
        (f"{XML}, {CSV}", XML),
        (f"{XML};q=0.5, {CSV}", CSV),
        (f"{XML};q=0.5,{CSV};q=0.501", CSV),
        (f"{XML} ; Q=0.5 , {CSV} ;q=0.4", XML),
        (f"{JSON};q=0, */*", XML),
        (f"*/*;q=0.1, {CSV};q=0.2", CSV),
        (f"*/*, {JSON};q=0.9", XML),
        ("application/*;q=0.9, text/csv;q=0.3, */*;q=0.1", JSON),
        (f"{CSV};header=absent", CSV),
        (f'{CSV};x="a,b;q=0";q=0.5, {XML};q=0.4', CSV),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        ("text/html", ""),
        ("*/*;q=0", ""),
        (f"{CSV};q=0.000", ""),
        ("nonsense", ""),
        (f"nonsense, {CSV}", CSV),
        (f",, ,{CSV},", CSV),
        ("image/png, */csv", ""),
    ],
)
def test_what_is_wanted_most(accept, chosen):
    assert best(accept, OFFERED) == chosen


@given(st.text(max_size=80))
def test_any_header_gets_an_answer(text):
    assert best(text, OFFERED) in {*OFFERED, ""}


RANGES = st.sampled_from(["*/*", "text/*", "application/*", JSON, XML, CSV, "image/png"])


@given(st.dictionaries(RANGES, st.integers(0, 1000), min_size=1))
def test_the_order_of_ranges_means_nothing(ranges):
    told = [f"{name};q={quality / 1000:.3f}" for name, quality in ranges.items()]
    assert best(", ".join(told), OFFERED) == best(", ".join(reversed(told)), OFFERED)


def test_a_long_header_costs_little():
    assert best("a/b;" * 1_000_000, OFFERED) == ""
    assert best('a/b;c="' * 100_000, OFFERED) == ""
