from __future__ import annotations

import json

import pytest

from kg.cli import main

ASKED = [
    ["concentration"], ["concentration", "--by", "sector"], ["spof"], ["spof", "Coop Sweden"], ["rank", "pagerank"],
    ["rank", "betweenness", "--sample", "5"], ["cascade", "Kaseya", "--weight", "0.5"], ["debtrank"], ["debtrank", "Kaseya", "--form", "2015"],
    ["debtrank", "Kaseya", "--form", "inoperability"], ["ripple"], ["ripple", "--by", "window"], ["ripple", "--by", "time", "--from", "disclosed"],
    ["exposure", "--all"], ["exposure", "--all", "--days", "3000", "--on", "2026-01-01"], ["ripple", "--by", "receivers", "--share", "0.5"],
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
        (["spof", "Nobody"], "not in the graph"), (["rank", "nonsense"], "there are authority"), (["rank", "blast_radius", "--depth", "2"], "there are authority"),
        (["concentration", "--sector", "Nope"], "sector"), (["concentration", "--as-of", "1990-01-01"], "nothing to share out"),
        (["exposure", "--all", "--as-of", "1990-01-01"], "no organizations"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_fails_in_one_line(capsys, demo_store, arguments, said):
    status, out, err = run(capsys, demo_store, *arguments)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["exposure", "--all", "--days", "999999999"], ["exposure", "--all", "--days", "9", "--on", "0001-01-02"],
        ["ripple", "--by", "window", "--on", "0001-01-01"], ["rank", "betweenness", "--sample", "5", "--seed", "-1"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_days_and_seeds_at_the_end_of_their_range_are_answered(capsys, demo_store, arguments):
    status, out, err = run(capsys, demo_store, *arguments)
    assert (status, bool(out), err) == (0, True, "")


def test_contradicting_changes_are_told_by_name(capsys, demo_store):
    _, _, err = run(capsys, demo_store, "whatif", "--remove", "Kaseya", "--replace", "Kaseya=Snowflake")
    assert err == "kg: Kaseya: cannot be removed and stand in a replacement at once\n"


LIST = "entity,category,assets\nCoop Sweden,shop,30\nMeta,tech,70\nNobody at all,tech,1\n"


def test_a_list_of_values_weighs_and_screens_and_says_what_it_lost(capsys, demo_store, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    status, out, err = run(capsys, demo_store, "blast-radius", "Kaseya", "--values", str(path), "--format", "json")
    told = json.loads(out)
    assert (status, told["value"], told["value_share"], told["without_value"]) == (3, 30, 0.3, 1)
    assert err == f"{path}, row 3: Nobody at all is not in the graph\n"
    assert "value: 30\n" in run(capsys, demo_store, "blast-radius", "Kaseya", "--values", str(path))[1]
    for arguments in (["rank", "blast-radius"], ["debtrank"]):
        status, out, _ = run(capsys, demo_store, *arguments, "--values", str(path), "--format", "json")
        rows = json.loads(out)["rows"]
        told = {row.get("vendor", row.get("organization"))["label"]: row["potential"] for row in rows}
        assert (status, told["Kaseya"]) == (3, 30 if arguments[0] == "rank" else 0.3)
    status, out, _ = run(capsys, demo_store, "concentration", "--screen", str(path), "--format", "json")
    told = json.loads(out)
    assert (status, told["measure"]) == (3, "criticality-screen")
    assert (told["rows"][0]["vendor"]["label"], told["rows"][0]["flagged_confirmed"]) == ("Visma EssCom", True)
    path.write_text("name,value\nMeta,0\n", "utf-8")
    assert "any value" in run(capsys, demo_store, "debtrank", "--values", str(path))[2]
    for line in (["blast-radius", "Kaseya", "--values"], ["concentration", "--screen"]):
        path.write_text("name,category,assets\nMeta,tech,-5\n", "utf-8")
        status, _, err = run(capsys, demo_store, *line, str(path))
        assert (status, err.splitlines()[0]) == (1, f"{path}, row 1: '-5' is no amount")
    path.write_text("name,value\nMeta,1\n", "utf-8")
    assert run(capsys, demo_store, "blast-radius", "Mercor", "--values", str(path))[0] == 0


def test_a_blast_radius_keeps_to_a_sector_and_a_list(capsys, demo_store, tmp_path):
    def reached(*options):
        status, out, err = run(capsys, demo_store, "blast-radius", "Kaseya", "--format", "json", *options)
        return status, [one["organization"]["label"] for one in json.loads(out)["exposed"]], err

    path = tmp_path / "list.csv"
    path.write_text("name\nCoop Sweden\n", "utf-8")
    assert len(reached()[1]) > 1
    assert reached("--portfolio", str(path)) == reached("--sector", "Grocery Retail") == (0, ["Coop Sweden"], "")
    path.write_text("name\nCoop Sweden\nNobody at all\n", "utf-8")
    lost = f"{path}, row 2: 'Nobody at all' is not in the graph\n"
    assert reached("--portfolio", str(path)) == (3, ["Coop Sweden"], lost)


def test_a_table_without_rows_says_so(capsys, demo_store):
    assert "no row" in run(capsys, demo_store, "whatif", "--candidates", "Kaseya")[1]
    assert "no row" in run(capsys, demo_store, "rank", "pagerank", "--as-of", "1990-01-01")[1]


@pytest.mark.parametrize("kind", ["table", "json", "csv"])
def test_rows_of_a_portfolio_that_cannot_be_used_are_told_in_every_format(capsys, demo_store, tmp_path, kind):
    path = tmp_path / "mine.csv"
    path.write_text(
        "name,function,spend\nMercor,training,10\n,payments,990000\nMercor,training,10\nOkta,,abc\n", "utf-8"
    )
    status, _, err = run(capsys, demo_store, "portfolio", str(path), "--format", kind)
    told = ["row 2: names no vendor", "row 3: repeats row 1", "row 4: 'abc' is no amount"]
    assert (status, err.splitlines()) == (3, [f"{path}, {one}" for one in told])
