"""A text with its facts marked, on the terminal and as a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import main
from kg.explaining import Fact, as_page, as_text, facts, pieces

REPORT = Path(__file__).parents[1] / "examples" / "prose" / "printer.txt"


def record(**facts):
    empty = {key: [] for key in ("parties", "uses_vendor", "data_types", "record_counts", "dates", "responses")}
    return empty | {"certainty": "confirmed"} | facts


def test_a_character_belongs_to_the_shortest_fact_that_holds_it():
    text = "Alder uses Birch."
    marked = [Fact("relation", "r", 0, 16), Fact("party", "a", 0, 5), Fact("party", "b", 11, 16)]
    assert [(piece, fact and fact.label) for piece, fact in pieces(text, marked)] == [
        ("Alder", "a"), (" uses ", "r"), ("Birch", "b"), (".", None),
    ]  # fmt: skip
    assert list(pieces(text, [])) == [(text, None)]


def test_a_report_is_shown_with_brackets_in_a_pipe(capsys):
    assert main(["extract", "--input-format", "prose", "--explain", str(REPORT)]) == 0
    told = capsys.readouterr().out
    assert "[Kaleva Insurance]" in told
    assert "\x1b" not in told
    assert "relation  Kaleva Insurance uses Nordprint Oy (active)" in told
    assert "customer_unaffected: Sampola" in told


def test_colours_mark_facts_on_a_terminal():
    told = as_text(
        "a", "4 May", [record(dates=[{"what": "occurred", "edtf": "XXXX-05-04", "span": [0, 5]}])], colours=True
    )
    assert "\x1b[32m4 May\x1b[0m" in told
    assert as_text("a", "nothing", [], colours=True).endswith("no facts were found")


@pytest.mark.parametrize("certainty", ["confirmed", "suspected", "denied"])
def test_a_fact_that_is_not_confirmed_says_so(certainty):
    told = record(
        certainty=certainty,
        parties=[{"role": "breached", "name": "Birch", "span": [0, 1]}],
        uses_vendor=[{"customer": "Alder", "supplier": "Birch", "status": "active", "span": [1, 2]}],
        data_types=[{"concept": "passwords", "text": "", "certainty": "suspected", "span": [2, 3]}],
        record_counts=[{"low": 4, "high": 4, "unit": "records", "certainty": "claimed", "span": [3, 4]}],
        dates=[{"what": "occurred", "edtf": "2026-05", "span": [4, 5]}],
        responses=[{"actor": "Birch", "action": "notify", "text": "", "target": None, "span": [5, 6]}],
    )
    doubt = "" if certainty == "confirmed" else f" ({certainty})"
    labels = [
        f"breached: Birch{doubt}", "Alder uses Birch (active)", "passwords (suspected)", "4 records (claimed)",
        "occurred 2026-05", "Birch notify",
    ]  # fmt: skip
    assert [fact.label for fact in facts(told)] == labels
    page, text = as_page([("a", "abcdef", [told])]), as_text("a", "abcdef", [told], colours=False)
    assert all(f'title="{label}"' in page and f" {label}  “" in text for label in labels)


def test_the_page_runs_nothing_and_escapes_all(tmp_path):
    party = {"role": "breached", "name": "<script>alert(1)</script>", "span": [0, 8]}
    page = as_page([("<b>", '<script>"x"</script>\u202e', [record(parties=[party])])])
    assert "<script" not in page
    assert "<main><h1>What was read</h1><section><h2>" in page
    assert "&lt;b&gt;" in page
    assert "\u202e" not in page
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/=]+'", page)


def test_a_page_is_written(tmp_path, capsys):
    page = tmp_path / "page.html"
    assert main(["extract", "--input-format", "prose", "--explain", "-o", str(page), str(REPORT)]) == 0
    assert capsys.readouterr().out == ""
    assert 'title="breached: Nordprint Oy"' in page.read_text("utf-8")


@pytest.mark.parametrize("arguments", [["-o", "x.html"]])
def test_a_page_is_only_for_an_explanation(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["extract", "--input-format", "prose", *arguments, str(REPORT)])
    assert stop.value.code == 2
    assert "--explain" in capsys.readouterr().err
