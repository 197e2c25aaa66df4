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
    table = Table(tuple("abcdefgh"), [("0123456789",) * 8])
    assert "0123456…" in render(table, 20)


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
