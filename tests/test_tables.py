from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kg.query import Iri, Table
from kg.tables import columns, printable, render


def test_columns_are_aligned_and_lines_have_no_blanks_at_their_end():
    table = Table(("tier", "name"), [(1, "Mercor"), (None, "東京"), (12, "e\u0301")])
    assert render(table, None) == "TIER  NAME\n1     Mercor\n      東京\n12    e\u0301\n"


def test_wide_cells_are_cut_with_an_ellipsis_and_the_row_fits():
    table = Table(("a", "b"), [("x" * 100, "short"), ("y" * 30, "z" * 50)])
    text = render(table, 40)
    assert all(columns(line) <= 40 for line in text.splitlines())
    assert "…" in text
    assert "short" in text


def test_a_cell_of_thousands_of_names_does_not_make_every_row_as_long():
    names, wide = "; ".join(["Alder"] * 10_000), "東京" * 5_000
    first, second = render(Table(("a", "b"), [(names, "end"), (wide, "end")]), None).splitlines()[1:]
    assert columns(first) == columns(second) == 1000 + len("  end")
    assert first.endswith("…  end")
    assert second.rstrip(" end").endswith("東…")


def test_no_column_is_squeezed_below_what_can_be_read():
    table = Table(tuple("abcdefgh"), [("abcdefghij",) * 8])
    assert "abcdefg…" in render(table, 20)


def test_headings_are_broken_before_texts_are_cut_into_as_few_lines_as_will_do():
    names = ("organization", "breached_tier_before", "breached_tier_after", "sole")
    table = Table(names, [("Alder Manufacturing", 1, 2, "Birch")])
    assert render(table, 70).splitlines()[0] == "ORGANIZATION         BREACHED_TIER_BEFORE  BREACHED_TIER_AFTER  SOLE"
    assert render(table, 60) == (
        "ORGANIZATION         BREACHED     BREACHED    SOLE\n"
        "                     TIER_BEFORE  TIER_AFTER\n"
        "Alder Manufacturing  1            2           Birch\n"
    )
    assert render(table, 46) == (
        "ORGANIZATION         BREACHED  BREACHED  SOLE\n"
        "                     TIER      TIER\n"
        "                     BEFORE    AFTER\n"
        "Alder Manufacturing  1         2         Birch\n"
    )


def test_long_texts_give_way_to_names_states_numbers_and_dates():
    row = (1, "Nordhafen Clinical Laboratories", "ended, until 2022-12-31", "2026-04-08", "A title. " * 9, 0.0238095)
    table = Table(("tier", "vendor", "status", "date", "titles", "share"), [row])
    line = render(table, 100).splitlines()[1]
    assert (
        line == "1     Nordhafen Clinical Labo…  ended, until 2022-12-31  2026-04-08  A title. A title. A…  0.0238095"
    )
    line = render(table, 84).splitlines()[1]
    assert line == "1     Nordhafen Clini…  ended, until 2022-12-31  2026-04-08  A title. A …  0.0238095"
    assert "2026-04-08  A title…  0.0238095" in render(table, 70)


def test_words_of_headings_give_way_to_names_and_never_make_two_columns_look_alike():
    names = ("vendor", "articulation_confirmed", "articulation_potential")
    table = Table(names, [("Nordhafen Clinical", False, False), ("Nordhafen Surgical", True, True)])
    assert render(table, 38) == (
        "VENDOR            ARTICULA…  ARTICULA…\n"
        "                  CONFIRMED  POTENTIAL\n"
        "Nordhafen Clini…  false      false\n"
        "Nordhafen Surgi…  true       true\n"
    )


def test_a_date_is_cut_only_where_the_row_then_fits():
    dates = ("2026-04-08",) * 2
    assert render(Table(("a", "b"), [dates]), 20).splitlines()[1] == "2026-04-…  2026-04-…"
    assert render(Table(("a", "b"), [dates]), 12).splitlines()[1] == "2026-04-08  2026-04-08"


def test_iris_are_short_and_empty_tables_have_their_head():
    assert render(Table(("p",), [(Iri("https://w3id.org/breachkg/ns#usesVendor"),)]), None) == "P\nbkg:usesVendor\n"
    assert render(Table(("a", "b"), []), 80) == "A  B\n"
    assert render(Table((), [()]), 80) == "\n\n"


def test_nothing_in_a_cell_can_move_the_cursor_or_turn_the_text():
    assert printable("a\x1b[31mred\x07\r\n\u202egnp\u200b.exe\u2066") == "a[31mred gnp.exe"


@given(st.text(max_size=60))
def test_what_is_printed_is_one_harmless_line(text):
    shown = printable(text)
    assert not {"Cc", "Cf"} & {unicodedata.category(char) for char in shown}
    assert len(shown.splitlines()) <= 1


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=4), st.integers(20, 100))
def test_every_row_fits(rows, width):
    text = render(Table(("a", "b"), rows), width)
    lines = text.split("\n")
    assert len(lines) == len(rows) + 2
    assert all(columns(line) <= width for line in lines)
