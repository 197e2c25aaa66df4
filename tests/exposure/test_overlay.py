from __future__ import annotations

from datetime import date

import pytest
from documents import breach, graph_of, post, table

from kg.cli import main
from kg.errors import KGError
from kg.exposure.portfolio import read_portfolio
from kg.model import Certainty, Role

LIST = """Vendor,Function,Critical,Spend
Alder,Payroll,yes,EUR 300
Fir,Mail,no,EUR 100
Gorse,Mail,no,
Alderr,Tills,yes,
Nobody At All,Post,,
"""


@pytest.fixture
def graph(build):
    return build({
        "p.txt": post(vendors=["Birch"], customers=["Alder"]),
        "t.csv": table("Fir,Birch,,,,", "Gorse,Dune,,,,", "Dune,Cloudy,,,,"),
    })  # fmt: skip


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_every_row_is_answered_and_says_which_function_stands_on_what(graph, own):
    answer = graph.portfolio(own)
    told = {row["vendor"]: row for row in answer}
    assert {name: row["outcome"] for name, row in told.items()} == {
        "Alder": "resolved", "Fir": "resolved", "Gorse": "resolved", "Alderr": "review", "Nobody At All": "unknown",
    }  # fmt: skip
    assert [node.label for node in told["Alderr"]["candidates"]] == ["Alder"]
    alder, fir = told["Alder"], told["Fir"]
    assert (alder["function"], alder["tier"], alder["breached"].label, alder["exposure"]) == (
        "Payroll",
        2,
        "Birch",
        "confirmed",
    )
    assert (fir["tier"], fir["exposure"], [node.label for node in fir["path"]]) == (2, "potential", ["Fir", "Birch"])
    assert [node.label for node in alder["stands_on"]] == ["Alder", "Birch"]
    assert fir["stands_on"] == told["Gorse"]["stands_on"] == ()
    assert told["Gorse"]["breached"] is None
    assert (answer.summary["rows"], answer.summary["resolved"], answer.summary["spend_hhi"]) == (5, 3, 6250)
    for customer, supplier in zip(fir["path"], fir["path"][1:], strict=False):
        assert graph.why(customer.iri, "usesVendor", supplier.iri)


def test_only_a_vendor_that_a_document_names_is_harmed_for_certain(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("Vendor\nBirch\nOak\nElm\n", "utf-8")
    parties = (("Birch", Role.BREACHED), ("Oak", Role.CUSTOMER_UNAFFECTED), ("Elm", Role.AFFECTED_DOWNSTREAM))
    told = {one["vendor"]: one for one in graph_of([breach(*parties, uses=["Oak", "Elm"])]).portfolio(path)}
    assert {name: (one["tier"], one["exposure"], one["certainty"]) for name, one in told.items()} == {
        "Birch": (1, "potential", "confirmed"), "Oak": (None, "", ""), "Elm": (2, "confirmed", "confirmed"),
    }  # fmt: skip


def test_the_lower_bound_takes_breaches_that_are_confirmed(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("Vendor\nBirch\n", "utf-8")
    graph = graph_of([breach(("Birch", Role.BREACHED), certainty=Certainty.SUSPECTED)])
    found = {word: [one["breached"] for one in graph.portfolio(path, exposure=word)] for word in ("confirmed", None)}
    assert found == {"confirmed": [None], None: [graph.find("Birch")]}


def test_a_function_stands_on_a_day_on_the_vendors_that_are_used_then(graph, tmp_path):
    path, peer = tmp_path / "own.csv", tmp_path / "peer.csv"
    path.write_text("Vendor,Function,Contract end,Status\nFir,mail,,\nAlder,mail,2020-12-31,terminated\n", "utf-8")
    peer.write_text("Vendor,Contract end\nAlder,2021\n", "utf-8")
    then, now = (graph.portfolio(path, peer=peer, valid_on=day) for day in (date(2020, 12, 30), date(2026, 11, 23)))
    assert [[node.label for node in one["stands_on"]] for one in then] == [["Birch"], ["Birch"]]
    told = {one["vendor"]: (one["outcome"], one["tier"], [node.label for node in one["stands_on"]]) for one in now}
    assert told == {"Fir": ("resolved", 2, ["Fir", "Birch"]), "Alder": ("not in force", None, [])}
    assert (now.summary["rows"], now.summary["resolved"], now.summary["not_in_force"]) == (2, 1, 1)
    assert (then.summary["overlap"], now.summary["overlap"]) == (pytest.approx(2 / 3), 0)
    assert list(graph.portfolio(path)) == list(then)
    with_all_gone = graph.portfolio(peer, valid_on=date(2026, 11, 23))
    assert [one["outcome"] for one in with_all_gone] == ["not in force"]


def test_depth_and_overlap_with_a_peer(graph, own, tmp_path):
    peer = tmp_path / "peer.csv"
    peer.write_text("Vendor\nAlder\nCloudy\n", "utf-8")
    assert graph.portfolio(own, peer=peer).summary["overlap"] == pytest.approx(3 / 6)
    assert graph.portfolio(own, peer=peer, depth=1).summary["overlap"] == pytest.approx(1 / 4)
    assert {row["breached"] for row in graph.portfolio(own, depth=1)} == {None}


def test_an_empty_list_and_a_bad_depth_are_errors(graph, own, tmp_path):
    empty = tmp_path / "none.csv"
    empty.write_text("Vendor,Function\n,\n", "utf-8")
    with pytest.raises(KGError):
        graph.portfolio(empty)
    with pytest.raises(KGError, match="first tier is 1"):
        graph.portfolio(own, depth=0)


def test_measures_go_on_without_the_rows_that_name_nobody(graph, own, tmp_path, capsys):
    store = str(graph.store.path)
    for command in (
        ["exposure", "--all"],
        ["spof"],
        ["concentration"],
        ["cascade", "Fir"],
        ["whatif", "--breach", "Fir"],
    ):
        assert main([*command, "--portfolio", str(own), "--store", store]) == 3, command
        told = capsys.readouterr()
        assert "'Nobody At All' is not in the graph" in told.err
        assert told.out
    strangers = tmp_path / "strangers.csv"
    strangers.write_text("Vendor\nNobody At All\n", "utf-8")
    assert main(["spof", "--portfolio", str(strangers), "--store", store]) == 1
    assert "names no organization of the graph" in capsys.readouterr().err


def test_the_command_says_by_its_status_that_rows_are_left_over(graph, own, tmp_path, capsys):
    store = str(graph.store.path)
    assert main(["portfolio", str(own), "--store", store]) == 3
    assert "Fir > Birch" in capsys.readouterr().out
    short = tmp_path / "short.csv"
    short.write_text("Vendor\nAlder\nFir\n", "utf-8")
    assert main(["portfolio", str(short), "--store", store]) == 0
    assert main(["concentration", "--portfolio", str(short), "--store", store]) == 0
    assert "Birch" in capsys.readouterr().out.splitlines()[-3]


def test_a_file_with_one_column_is_a_list_of_vendors(graph, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text('\ufeffVendor Name\nAlder\n"Fir"\nGorse, Inc.\nAlder\n', "utf-8")
    told = read_portfolio(path)
    assert [(one.row, one.name) for one in told.entries] == [(1, "Alder"), (2, "Fir"), (3, "Gorse, Inc.")]
    assert [(one.place, one.reason) for one in told.defects] == [("row 4", "repeats row 1")]
    assert graph.portfolio(path).summary["resolved"] == 3


@pytest.mark.parametrize(
    ("amounts", "hhi", "defects"),
    [
        (("100 EUR", "100"), 5000, []),
        (("100 EUR", "100 USD"), None, ["amounts in EUR and USD cannot be added up"]),
    ],
)
def test_spend_in_several_currencies_is_told_and_none_is_the_currency_of_the_others(
    graph, tmp_path, amounts, hhi, defects
):
    path = tmp_path / "own.csv"
    path.write_text("Vendor,Spend\n" + "".join(map("{},{}\n".format, ("Alder", "Fir"), amounts)), "utf-8")
    summary = graph.portfolio(path).summary
    assert (summary["spend_hhi"], summary.get("defects", [])) == (hhi, defects)


@pytest.mark.parametrize(
    ("printed", "outcome", "labels"),
    [
        ("Birch Cloud Platform (BCP)", "resolved", ["Birch Cloud Platform"]),
        ("Gorse (effective May 30, 2025)", "resolved", ["Gorse"]),
        ("Gorse, Inc. & Gorse Ltd.", "resolved", ["Gorse"]),
        ("Gorse Ltd. (Nowhere Else)", "review", ["Gorse"]),  # which may be another
        ("Gorse Ltd. (Fir)", "review", ["Gorse", "Fir"]),
        ("Fir / Gorse", "review", ["Fir", "Gorse"]),
        ("Zyxwvut Ltd. (Fir)", "review", ["Fir"]),
        ("Zyxwvut (ZYX)", "unknown", []),
    ],
)
def test_a_vendor_is_read_as_lists_of_suppliers_print_it(build, tmp_path, printed, outcome, labels):
    graph = build({"t.csv": table("Alder,Birch Cloud Platform,,,,", "Alder,Gorse,,,,", "Alder,Fir,,,,")})
    path = tmp_path / "own.csv"
    path.write_text(f'Vendor,Function\n"{printed}",Mail\n', "utf-8")
    (row,) = graph.portfolio(path)
    found = row["candidates"] or ([row["organization"]] if row["organization"] else [])
    assert (row["outcome"], [node.label for node in found]) == (outcome, labels)


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("Slack (Salesforce)", ["Slack Technologies", "Salesforce, Inc."]),
        ("Salesforce (Slack)", ["Salesforce, Inc.", "Slack Technologies"]),
        ("Salesforce / Slack", ["Salesforce, Inc.", "Slack Technologies"]),
        ("Gorse Cloud / Okta", ["Gorse Cloud Networks", "Okta"]),
        ("Gorse Cluod / Okata", ["Gorse Cloud Networks", "Okta"]),
        ("Salesforce (CRM)", []),
    ],
)
def test_each_of_two_vendors_in_a_row_is_asked_about(build, tmp_path, printed, labels):
    suppliers = ("Salesforce, Inc.", "Slack Technologies", "Okta", "Gorse Cloud Networks")
    graph = build({"t.csv": table(*(f'Alder,"{supplier}",,,,' for supplier in suppliers))})
    path = tmp_path / "own.csv"
    path.write_text(f'Vendor\n"{printed}"\n', "utf-8")
    (row,) = graph.portfolio(path)
    assert (row["outcome"], [node.label for node in row["candidates"]]) == ("review" if labels else "resolved", labels)
