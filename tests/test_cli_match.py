from __future__ import annotations

import csv
import io
import json

import pytest

from kg.cli import main


def test_two_names_give_one_object(capsys):
    assert main(["match", "Birch, Inc.", "birch"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "left": "Birch, Inc.",
        "right": "birch",
        "score": 0.98,
        "decision": "same",
        "evidence": ["same core name, legal form differs"],
    }


def test_a_file_of_pairs_keeps_its_order_and_other_columns(tmp_path, capsys):
    path = tmp_path / "pairs.csv"
    path.write_text('note,right,left\nfirst,"Birch, Inc.",Birch\n,Google Cloud,Google\n', "utf-8")
    assert main(["match", "--pairs", str(path)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == ["left", "right", "score", "decision", "evidence", "note"]
    assert [(row["left"], row["right"], row["decision"], row["note"]) for row in rows] == [
        ("Birch", "Birch, Inc.", "same", "first"),
        ("Google", "Google Cloud", "different", ""),
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(["Birch"], "match takes LEFT RIGHT"), (["Birch", "Alder", "--pairs", "x.csv"], "not both")],
)
def test_misuse_is_told_by_its_status(arguments, reason, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["match", *arguments])
    assert stop.value.code == 2
    assert reason in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told_in_one_line(capsys):
    assert main(["match", "--pairs", "nowhere.csv"]) == 1
    assert "nowhere.csv: cannot be read" in capsys.readouterr().err


def test_a_file_without_the_columns_is_refused(tmp_path, capsys):
    (tmp_path / "p.csv").write_text("one,two\na,b\n", "utf-8")
    assert main(["match", "--pairs", str(tmp_path / "p.csv")]) == 1
    assert "has no columns left and right" in capsys.readouterr().err
