from __future__ import annotations

import json

import pytest

from kg.cli import main
from kg.errors import UnreadableError
from kg.resolve.filled import filled_in
from kg.resolve.pairs import match_file
from kg.resolve.reviewing import read

ROWS = [
    ("left", "right", "judgement", "note"),
    ("Café; Söhne", "Cafe Soehne", "same", 'a "b"'),
    ("Alder", "Birch", "", ""),
]


def text(between, end):
    quoted = [
        ['"{}"'.format(cell.replace('"', '""')) if between in cell or '"' in cell else cell for cell in row]
        for row in ROWS
    ]
    return "".join(between.join(row) + end for row in quoted)


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_however_a_spreadsheet_saved_it(between, encoding, tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(text(between, "\r\n").encode(encoding))
    columns, rows = filled_in(path)
    assert columns == ROWS[0]
    assert list(rows) == [(f"row {at}", dict(zip(ROWS[0], row, strict=True))) for at, row in enumerate(ROWS[1:], 1)]
    assert list(read(path)) == [("Café; Söhne", "Cafe Soehne", "same")]
    assert len(list(match_file(path))) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("left;right\nAlder;Birch\n", "r.csv, row 1: there is no judgement"),
        ("left;right;judgement\nAlder;Birch;same\nAlder;Cedar;perhaps\n", "r.csv, row 2: 'perhaps' is not"),
        ('left;right;judgement\nAlder;Birch;same\nAlder;"Cedar;same\n', "r.csv, row 2: a quotation mark"),
        ("", "r.csv: is empty"),
        ("\0\0\0", "r.csv, byte 0: is a binary file"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(text, told, tmp_path):
    (tmp_path / "r.csv").write_text(text, "utf-8")
    with pytest.raises(UnreadableError, match=told):
        list(read(tmp_path / "r.csv"))


def test_an_export_that_a_spreadsheet_saved_is_imported(build, tmp_path, capsys):
    graph = build({"s.csv": "customer,supplier\nMoss,Birch Cloud\nFern,Birch Clouds\n"})
    path = tmp_path / "review.csv"
    path.write_bytes('left;right;judgement;score\r\nBirch Cloud;Birch Clouds;same;"0,8"\r\n'.encode("utf-8-sig"))
    assert main(["review", "--import", str(path), "--store", str(graph.store.path)]) == 0
    capsys.readouterr()
    assert main(["why", "Birch Cloud", "--store", str(graph.store.path), "--format", "json"]) == 0
    assert "Birch Clouds" in json.dumps(json.loads(capsys.readouterr().out))
