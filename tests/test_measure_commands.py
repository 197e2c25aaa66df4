from __future__ import annotations

import json

import pytest

from kg.cli import main

ASKED = [
    ["concentration"], ["concentration", "--by", "sector"], ["spof"], ["spof", "Coop Sweden"], ["rank", "pagerank"],
    ["rank", "betweenness", "--sample", "5"], ["cascade", "Kaseya", "--weight", "0.5"], ["debtrank"], ["debtrank", "Kaseya", "--form", "2015"],
    ["debtrank", "Kaseya", "--form", "inoperability"], ["ripple"], ["ripple", "--by", "window"], ["ripple", "--by", "time", "--from", "disclosed"],
    ["whatif", "--remove", "Kaseya"], ["whatif", "--replace", "Kaseya=Snowflake", "--exposure", "potential"],
]  # fmt: skip


def run(capsys, store, *arguments):
    status = main([*arguments, "--store", str(store)])
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_every_measure_has_a_command_that_prints_all_formats(capsys, demo_store, arguments):
    status, out, err = run(capsys, demo_store, *arguments, "--format", "json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert set(told) == {"measure", "parameters", "summary", "rows"}
    assert told["rows"]
    status, out, _ = run(capsys, demo_store, *arguments, "--format", "csv")
    assert len(out.splitlines()) == len(told["rows"]) + 1
    assert run(capsys, demo_store, *arguments)[1].count("\n") > len(told["rows"])
    assert "NaN" not in out
    assert "nan" not in out.split(",")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["spof", "Nobody"], "not in the graph"), (["rank", "nonsense"], "there are authority"), (["whatif"], "what if what"),
        (["whatif", "--replace", "Kaseya"], "OLD=NEW"), (["debtrank", "--form", "inoperability"], "say which"),
        (["whatif", "--candidates", "Kaseya", "--remove", "Zellis"], "its own"), (["concentration", "--sector", "Nope"], "sector"),
        (["spof", "--theta", "nan"], "theta"), (["cascade", "Kaseya", "--runs", "1"], "at least 2"), (["concentration", "--top", "0"], "CR_1"),
        (["concentration", "--as-of", "1990-01-01"], "nothing to share out"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_fails_in_one_line(capsys, demo_store, arguments, said):
    status, out, err = run(capsys, demo_store, *arguments)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert said in err


def test_a_table_without_rows_says_so(capsys, demo_store):
    assert "no row" in run(capsys, demo_store, "whatif", "--candidates", "Kaseya")[1]
    assert "no row" in run(capsys, demo_store, "rank", "pagerank", "--as-of", "1990-01-01")[1]
