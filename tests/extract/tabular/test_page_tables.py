from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.extract.tabular import html_table
from kg.extract.tabular.html_page import is_html
from kg.extract.tabular.markdown_table import is_markdown, plain_text
from kg.extract.tabular.table import tables
from kg.model import Defect, Document


def document(text):
    return Document("t", text, "0")


def read(text):
    return list(tables(document(text)))


def cells(text):
    return [[one.reason if isinstance(one, Defect) else list(one.cells) for one in found] for found in read(text)]


class TestMarkdown:
    def test_a_table_with_its_headings(self):
        text = "# Alder | legal\n\nSub-processors\n---\n\n| Name | Use |\n|:-----|----:|\n| Ash \\| Co | logs |\n|Birch||\n\nafter | it\n"
        (found,) = read(text)
        assert [title.text for title in found.titles] == ["Sub-processors", "Alder | legal"]
        assert [text[slice(*title.span)] for title in found.titles] == ["Sub-processors", "Alder | legal"]
        assert found.header == ("Name", "Use")
        first, second = found
        assert (first.cells, second.cells, second.place, second.number) == (
            ["Ash | Co", "logs"],
            ["Birch", ""],
            "row 2",
            2,
        )
        assert first.evidence().quote == "| Ash \\| Co | logs |"
        assert [text[slice(*span)] for span in first.spans] == ["Ash \\| Co", "logs"]

    def test_bars_at_the_ends_may_be_left_out(self):
        assert cells("a | b\n--- | ---\n1 | 2\n3\n\n4 | 5") == [[["1", "2"]]]

    def test_several_tables_count_their_rows_in_one_go(self):
        found = read("|a|b|\n|-|-|\n|1|2|\n\n## Next\n|c|d|\n|-|-|\n|3|4|\n|5|6|\n")
        assert [[(row.number, row.place) for row in table] for table in found] == [
            [(1, "table 1, row 1")],
            [(2, "table 2, row 1"), (3, "table 2, row 2")],
        ]
        assert [title.text for title in found[1].titles] == ["Next"]

    @pytest.mark.parametrize(
        "text", ["```\n|a|b|\n|-|-|\n|1|2|\n```\n", "a | b\nc | d", "---\n|a|\n", "a,b\n1,2", "|-|-|", ""]
    )
    def test_code_and_other_texts_hold_none(self, text):
        assert not is_markdown(document(text))

    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            ("**Ash** Co", "Ash Co"),
            ("[Ash](https://ash.example/a_b) `v2`", "Ash v2"),
            ("Ash**", "Ash**"),
            ("snake_case_name", "snake_case_name"),
            ("Ash &amp; Co[^1]", "Ash & Co[1]"),
            ("Ash<br/>1 Road", "Ash\n1 Road"),
            ("~~Ash~~ \\*", "Ash *"),
            ("E*TRADE and F*", "E*TRADE and F*"),
            ("<https://ash.example>", "https://ash.example"),
        ],
    )
    def test_marks_go(self, raw, told):
        assert plain_text(raw) == told

    def test_a_row_over_a_limit_is_refused(self):
        wide, long = "|x" * 5_500, "|" + "x" * 1_100_000 + "|"
        assert cells(f"|a|b|\n|-|-|\n{wide}\n{long}\n|1|2|\n") == [
            ["has more than 5,000 columns", "is longer than 1,000,000 characters", ["1", "2"]]
        ]

    @given(st.text(st.sampled_from("a|-\n\\ `*#["), max_size=60))
    def test_any_text_is_read_and_spans_hold(self, text):
        whole = "|a|b|\n|-|-|\n" + text
        for found in read(whole):
            for row in found:
                assert whole[slice(*row.span)] == row.evidence().quote
                assert all(row.span[0] <= start <= end <= row.span[1] for start, end in row.spans)


PAGE = """<!DOCTYPE html>
<html><head><title>Alder &amp; Sons</title><style>td { color: red }</style></head>
<body><h2>Sub&#8209;processors</h2>
<table><caption>As of May</caption>
<thead><tr><th>Name<th>Use <sup>1</sup></tr></thead>
<tr><td colspan=2>Hosting</td></tr>
<tr><td rowspan="2"><a href="https://ash.example">Ash &amp; Co</a><sup>2</sup><br>1 Road</td><td>logs<!-- all --></td></tr>
<tr><td>&nbsp;files
  too </td></tr>
<tr><td>Birch<td>
</table>
</body></html>
"""


class TestHtml:
    def test_a_page(self):
        assert is_html(document(PAGE))
        (found,) = read(PAGE)
        assert [title.text for title in found.titles] == ["As of May", "Sub\u2011processors", "Alder & Sons"]
        assert found.header == ("Name", "Use [1]")
        rows = list(found)
        assert [row.cells for row in rows] == [
            ["Ash & Co[2]\n1 Road", "logs"], ["Ash & Co[2]\n1 Road", "files too"], ["Birch", ""],
        ]  # fmt: skip
        assert {row.section for row in rows} == {"Hosting"}
        quotes = [[PAGE[slice(*span)] for span in row.spans] for row in rows]
        assert quotes[0] == ["Ash &amp; Co</a><sup>2</sup><br>1 Road", "logs"]
        assert quotes[1] == [quotes[0][0], "&nbsp;files\n  too"]
        assert rows[2].evidence().quote == "<tr><td>Birch<td>"
        assert PAGE[slice(*found.titles[1].span)] == "Sub&#8209;processors"

    def test_a_table_inside_a_cell_is_a_table_of_its_own(self):
        text = "<table><tr><td>a<td>b<tr><td>1<table><tr><td>c<td>d<tr><td>3<td>4</table><td>2</table>"
        assert cells(text) == [[["1", "2"]], [["3", "4"]]]
        assert [found.header for found in read(text)] == [("a", "b"), ("c", "d")]

    @pytest.mark.parametrize(
        ("rows", "wanted"),
        [
            ("<tr><td rowspan=0>1<td>2<tr><td>3", [["1", "2"], ["1", "3"]]),
            ("<tr><td rowspan=x colspan=-1>1<td>2", [["1", "2"]]),
            ("<tr><td colspan=99999999>1<tr><td>2<td>3", [["2", "3"]]),
            ("<tr><td rowspan=2>1<td rowspan=2>2<tr><tr><td>3<td>4", [["1", "2"], ["1", "2"], ["3", "4"]]),
            ("<tr><td><script>if (a<b) '<td>'</script>1<td>2</tr>", [["1", "2"]]),
            ("<tr><td>1<td>2</tr></td></td></tr></table></table><p>3", [["1", "2"]]),
            ("<td>1<td>2", [["1", "2"]]),
        ],
    )
    def test_spans_and_slips(self, rows, wanted):
        assert cells(f"<table><tr><th>a<th>b</tr>{rows}") == [wanted]

    def test_pages_without_a_table_and_other_texts_are_none(self):
        for text in ("<html><p>no table", "customer,supplier\n<table>,b", ""):
            assert not is_html(document(text))

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("<table>" + "<a " * 2_000, "more than 1,000 tags or comments that never end"),
            ("<table>" + "<!-- >" * 2_000, "more than 1,000 tags or comments that never end"),
            ("<table>" + "x" * 20_000_001, "a page of more than 20,000,000 characters"),
            ("<table><tr>" + "<td colspan=1000>x" * 1_100, "tables of more than 1,000,000 cells"),
        ],
        ids=["tags", "comments", "characters", "cells"],
    )
    def test_what_would_take_too_long_is_refused(self, text, reason):
        with pytest.raises(UnreadableError, match=reason):
            read(text)

    def test_tables_deep_inside_one_another_are_given_up(self):
        assert len(read("<table><tr><td>a<td>" * (html_table._DEEPEST * 4))) == html_table._DEEPEST

    @given(st.lists(st.sampled_from(
        ["<table>", "</table>", "<tr>", "<td>", "<td colspan=3>", "<th rowspan=2>", "</td>", "<br>", "a", "&amp;", " ", "<h2>", "</h2>", "<!--", "-->", "<caption>", "<sup>", "</sup>", "\n", "<", "1", "<li>", "</li>", "<p>", "<s>", "</s>", "<del>"]
    ), max_size=40))  # fmt: skip
    def test_any_page_is_read_and_spans_hold(self, pieces):
        text = "<table><tr><td>a<td>b<tr>" + "".join(pieces)
        for found in read(text):
            for row in found:
                assert text[slice(*row.span)] == row.evidence().quote
                assert all(0 <= start <= end <= len(text) for start, end in row.spans)


def test_a_cell_may_be_made_of_list_items():
    rows = "<tr><td><ul><li>a<br>b<li>c</ul><td><p>a</p><p><a href='x'>b</a></p><td>x <p>a</p><p>b</p><td><p>a</p>"
    (row,) = read(f"<html><table><tr><th>1<th>2<th>3<th>4{rows}</table>")[0]
    assert [row.list_items(at) for at in range(5)] == [("a b", "c"), (), (), (), ()]
    assert [row.under(("5",)).list_items(0), row.links_somewhere] == [("a b", "c"), True]


def test_struck_text_is_said_only_where_a_cell_says_nothing_else():
    text = "<html><table><tr><th>1<th>2<th>3<tr><td><del>a</del> b<td><s>a<br>c</s><td>b <strike>a</table>"
    (row,) = read(text)[0]
    assert (list(row.cells), [text[slice(*span)] for span in row.spans]) == (
        ["b", "a\nc", "b"],
        ["b", "a<br>c", "b"],
    )
