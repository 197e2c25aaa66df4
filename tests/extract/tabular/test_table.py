from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.tabular import row as rows
from kg.extract.tabular import table as tables
from kg.extract.tabular.links import links
from kg.extract.tabular.table import table
from kg.model import Defect, Document


def read(text):
    return table(Document("t.csv", text, "0"))


def cells(text):
    return [one.reason if isinstance(one, Defect) else list(one.cells) for one in read(text)]


def test_header_rows_and_their_places():
    text = '\ufeff\n Name ,Age\r\n"Ash, ""Ltd""", 4\r\n\r\nBirch\r\n'.removeprefix("\ufeff")
    found = read(text)
    assert found.header == ("Name", "Age")
    first, second = found
    assert (first.number, first.place, first.cells) == (1, "row 1", ['Ash, "Ltd"', " 4"])
    assert text[slice(*first.span)] == first.evidence().quote == '"Ash, ""Ltd""", 4'
    assert [text[slice(*span)] for span in first.spans] == ['Ash, ""Ltd""', "4"]
    proof = first.evidence(1, certainty="claimed")
    assert (proof.quote, proof.place, proof.certainty) == ("4", "row 1, Age", "claimed")
    assert (second.cell(0), second.cell(1), second.cell(None), second.place) == ("Birch", "", "", "row 2")
    assert [second.name(0), second.name(5)] == ["Name", "column 6"]


def test_lines_of_one_cell_above_the_header_are_titles():
    found = read("sep=;\nVendors of Alder;\n\nName;Age\nAsh;4\n")
    assert (tuple(title.text for title in found.titles), found.header) == (
        ("Vendors of Alder", "sep="),
        ("Name", "Age"),
    )
    assert [row.cells for row in found] == [["Ash", "4"]]


@pytest.mark.parametrize("text", ["", "\n\n", "a\nb\n", "x" * 20_000, '"a,b', "a\n" * 50 + "a,b\nc,d"])
def test_no_table_is_a_table_without_header_and_rows(text):
    assert (read(text).header, list(read(text))) == ((), [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x" * 1_100_000, "is longer than 1,000,000 characters"),
        ("x," * 5_500, "has more than 5,000 columns"),
        ('"x",' * 5_500, "has more than 5,000 columns"),
        ("x," + "y" * 300_000, "a cell does not end within 131,072 characters"),
        ('x,"' + "y" * 300_000 + '"', "a cell does not end within 131,072 characters"),
        ('x,"y', "a quotation mark is not closed"),
    ],
    ids=lambda text: text[:12],
)
def test_a_row_over_a_limit_is_refused_and_the_next_is_read(row, reason):
    assert cells(f"a,b\n{row}\n1,2\n") == [reason, ["1", "2"]]


def test_marks_that_are_never_closed_cost_no_more_than_their_lines(monkeypatch):
    looked_at = []
    line = tables._Csv._line
    monkeypatch.setattr(tables._Csv, "_line", lambda self, at: looked_at.append(at) or line(self, at))
    count = 2_000
    assert cells("a,b\n" + 'x,"y\n' * (2 * count + 1))[-1] == "a quotation mark is not closed"
    assert len(looked_at) < 3 * count + tables._MOST_UNCLOSED * tables._MOST_LINES


def test_columns_by_name():
    known = {"name": ("name", "full name"), "age": ("age",), "sub": ("sub processor",)}
    assert rows.columns(("Sub-Processor", "FULL_name", "Agé"), known) == {"name": 1, "sub": 0}


blanks = st.characters(exclude_categories=["Cs", "Cc"])
cell = st.text(st.one_of(blanks, st.sampled_from('", \n')), max_size=8)


@given(st.lists(st.lists(cell, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_cells_and_spans_are_those_of_the_csv_module(written, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("a", "b"), *written])
    text = out.getvalue()
    found = list(read(text))
    assert [row.cells for row in found] == [row for row in written if any(map(str.strip, row))]
    for row in found:
        quotes = [text[slice(*span)] for span in row.spans]
        assert [quote.replace('""', '"') for quote in quotes if '"' in quote] == [
            value.strip() for value in row.cells if '"' in value
        ]
        assert [quote for quote in quotes if '"' not in quote] == [v.strip() for v in row.cells if '"' not in v]


@given(st.text(st.sampled_from('a",\n\r x\t;'), max_size=60))
def test_any_text_is_read_as_the_csv_module_reads_it_and_spans_hold(text):
    for row in read("a,b\n" + text):
        if not isinstance(row, Defect):
            assert row.cells == next(csv.reader(io.StringIO(row.evidence().quote, newline="")))
            assert len(row.spans) == len(row.cells)


def test_a_part_of_a_cell_is_found_in_its_raw_text():
    text = 'a,b\n"say ""Ash"" twice, ""Ash""", plain \n'
    (row,) = read(text)
    at = row.cell(0).rindex("Ash")
    assert row.part(0, at, at + 3).span == (text.rindex("Ash"), text.rindex("Ash") + 3)
    assert row.part(0, at - 1, at + 3).quote == '""Ash'
    assert row.part(1, 0, 2, certainty="claimed").quote == "pl"


def test_a_header_that_stands_again_among_the_rows_is_no_row():
    pasted = "a,b\n1,2\na, b\n3,4\n"
    found = list(next(iter(tables.tables(Document("t.csv", pasted, "0")))))
    assert [(row.place, row.told) for row in found] == [("row 1", ["1", "2"]), ("row 2", ["3", "4"])]
    page = "<table><thead><tr><th>a<th>b</thead><tr><td>1<td>2<tfoot><tr><th>a<th> b</tfoot></table>"
    found = list(next(iter(tables.tables(Document("t.html", page, "0")))))
    assert [(row.place, row.told) for row in found] == [("row 1", ["1", "2"])]


def test_a_row_tells_the_addresses_to_which_its_cells_link():
    page = (
        "<table><tr><th>a<th>b<th>c<tr><td><a name=x></a><a\nhref='https://a.example/1?x&amp;y'>one</a>, <A HREF=http://b.example/2>two</A>"
        '<td>https://c.example<td><a href="https://d.example/3"><img></a></table>'
    )
    marked = "| a | b |\n|---|---|\n| [one](https://a.example/1?x&amp;y) | <https://c.example> |\n"
    (row,) = next(iter(tables.tables(Document("t.html", page, "0"))))
    (line,) = next(iter(tables.tables(Document("t.md", marked, "0"))))
    assert [[link.url for link in links(row, at)] for at in range(3)] == [
        ["https://a.example/1?x&y", "http://b.example/2"],
        [],
        ["https://d.example/3"],
    ]
    assert [[link.url for link in links(line, at)] for at in range(2)] == [["https://a.example/1?x&y"], []]
    for one, text in ((row, page), (line, marked)):
        assert one.links_somewhere
        for link in links(one, 0):
            assert text[slice(*link.address)].replace("&amp;", "&") == link.url
            assert link.address[0] > link.span[0]
            assert link.address[1] < link.span[1]
    plain_page = "<table><tr><th>a<th>b<tr><td>1<td>2</table>"
    (bare,) = next(iter(tables.tables(Document("t.html", plain_page, "0"))))
    assert not bare.links_somewhere
    assert links(bare, 0) == []


def test_formulas_that_make_a_cell_a_text_are_what_they_say():
    text = 'Name,="Code"\n"=""Ash """"Ltd""""""",="00123"\n=A1,="a"&"b"\n'
    found = read(text)
    first, second = found
    assert found.header == ("Name", "Code")
    assert (first.told, second.told) == (['Ash "Ltd"', "00123"], ["=A1", '="a"&"b"'])
    assert first.evidence(1).quote == '="00123"'
    assert first.part(1, 2, 5).quote == '="00123"'
