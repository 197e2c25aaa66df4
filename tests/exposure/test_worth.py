"""Lists of what organizations are worth: how they are read, and the measures that stand on them."""

from __future__ import annotations

import pytest
from documents import post, table

from kg.errors import DocumentError, KGError
from kg.exposure import blast_radius_value

LINKS = table("Alder,Cloudy,,,,", "Birch,Cloudy,,,,", "Cedar,Niche,,,,", "Dune,Niche,,,,", "Birch,Niche,,,,")


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    import kg

    folder = tmp_path_factory.mktemp("worth")
    (folder / "t.csv").write_text(LINKS, "utf-8")
    return kg.build([folder / "t.csv"], into=folder / "g.kg")


@pytest.fixture
def listed(graph, tmp_path):
    def read(text, name="list.csv"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return read


def told(answer, *columns):
    return [tuple(getattr(row[name], "label", row[name]) for name in columns) for row in answer]


def test_a_list_is_read_by_title_and_by_the_codes_of_the_register(graph, listed):
    plain = graph.worth(
        listed("Entity;Type of entity;Total assets;Currency\nAlder;bank;1.000,5;EUR\nBirch;bank;2k;EUR\n")
    )
    coded = graph.worth(
        listed("c0020,c0040,c0110,c0100\nAlder,bank,1000.5,eba_CU:EUR\nBirch,bank,2000,eba_CU:EUR\n", "B_01.02.csv")
    )
    assert plain == coded
    alder, birch = (graph.find(name).iri for name in ("Alder", "Birch"))
    assert plain.assets == plain.value == {alder: 1000.5, birch: 2000.0}
    assert (plain.category, plain.currency, plain.rows) == ({alder: "bank", birch: "bank"}, "EUR", 2)
    assert (plain.critical, plain.unresolved) == (None, [])


def test_what_is_not_resolved_is_told_and_never_dropped(graph, listed):
    read = graph.worth(listed("name,value\nAldr,5\nQuux,6\nBirch,much\nCedar,-2\n,9\nDune,7\n"))
    assert read.value == {graph.find("Dune").iri: 7.0}
    assert read.unresolved == [
        "row 1: Aldr is not in the graph; did you mean Alder?",
        "row 2: Quux is not in the graph",
        "row 3: 'much' is no amount",
        "row 4: '-2' is no amount",
        "row 5: names no organization",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,value\n", "list is empty"), ("colour,value\nred,1\n", "no column names"),
        ("name,assets,currency\nAlder,1,EUR\nBirch,1,USD\n", "cannot be added up"),
        ("name,assets\nAlder,1\nAlder Inc,2\n", "of Alder two things"), ("name,category,value\nAlder,a,1\nAlder,b,1\n", "category b"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_is_refused(graph, listed, text, said):
    with pytest.raises(DocumentError, match=said):
        graph.worth(listed(text))


def test_a_list_is_one_file_and_a_table(graph, listed, tmp_path):
    listed("name,value\nAlder,1\n", "a.csv")
    listed("value\n1\n", "b.csv")
    for ask in (graph.worth, graph.portfolio):
        with pytest.raises(DocumentError, match="not one file but 2"):
            ask(tmp_path)
    with pytest.raises(DocumentError, match="first line names no two columns"):
        graph.worth(tmp_path / "b.csv")


def test_the_screen_takes_both_shares_of_each_category(graph, listed):
    path = listed("name,category,assets\nAlder,bank,90\nBirch,bank,5\nCedar,bank,5\nDune,insurer,1\nNobody,bank,4\n")
    answer = graph.criticality_screen(path)
    assert told(answer, "category", "vendor", "flagged_potential", "entities_potential", "assets_potential") == [
        ("bank", "Cloudy", True, 0.5, pytest.approx(95 / 104)),
        ("bank", "Niche", False, 0.5, pytest.approx(10 / 104)),
        ("insurer", "Niche", True, 1.0, 1.0),
    ]
    assert answer.summary["categories"] == {"bank": 4, "insurer": 1}
    assert answer.summary["organizations_not_in_graph"] == 1
    assert answer.summary["unresolved"] == ["row 5: Nobody is not in the graph"]
    assert told(graph.criticality_screen(path, portfolio=["Dune"]), "category", "vendor") == [("insurer", "Niche")]


def test_who_is_not_in_the_graph_counts_once_in_the_screen_and_never_bars_the_others(graph, listed):
    head = "entity,lei,category,assets\nAlder,,bank,90\n"
    path = listed(head + "Nobody,529900T8BM49AURSDO55,bank,10\nnobody,,bank,10\nNobody Inc.,,insurer,7\n")
    answer = graph.criticality_screen(path)
    assert told(answer, "vendor", "entities_potential", "assets_potential") == [("Cloudy", 0.5, 0.9)]
    assert answer.summary["organizations_not_in_graph"] == 1
    path = listed(head.replace("90", "EUR 90") + "Nobody,,bank,USD 10\n")
    assert list(graph.worth(path).assets.values()) == [90]
    with pytest.raises(KGError, match="amounts in EUR and USD cannot be added up"):
        graph.criticality_screen(path)


def test_who_is_not_in_the_graph_and_has_another_lei_is_another_whatever_its_name(graph, listed):
    leis = "3TK20IVIUJ8J3ZU0QE75", "7LTWFZYICNSX8D621K86"
    path = listed(
        f"entity,lei,category,assets\nAlder,,bank,90\nElm N.V.,{leis[0]},bank,4\nElm AG,{leis[1]},bank,6\nElm,,bank,4\n"
    )
    answer = graph.criticality_screen(path)
    assert told(answer, "vendor", "entities_potential", "assets_potential") == [("Cloudy", pytest.approx(1 / 3), 0.9)]
    path = listed(
        f"entity,lei,category,assets\nAlder,,bank,90\nElm,,bank,4\nElm AG,{leis[1]},bank,\n,{leis[1]},bank,4\nElm,{leis[0]},bank,6\n"
    )
    assert graph.criticality_screen(path).summary["organizations_not_in_graph"] == 2


def test_what_a_list_says_of_who_is_not_in_the_graph_is_read_and_told_as_of_the_others(graph, listed):
    path = listed(
        "entity,category,assets\nAlder,bank,90 EUR\nElm,bank,n/a\nElm,insurer,10 EUR\nElm,,11 EUR\nAsh,bank,1.200 Mio. EUR\n"
    )
    answer = graph.criticality_screen(path)
    assert told(answer, "vendor", "entities_potential", "assets_potential") == [("Cloudy", pytest.approx(1 / 3), 0.9)]
    assert answer.summary["unresolved"] == [
        "row 2: Elm is not in the graph",
        "row 2: 'n/a' is no amount",
        "row 3: Elm is not in the graph",
        "row 3: says of Elm two things: category insurer; what stands first counts",
        "row 4: Elm is not in the graph",
        "row 4: says of Elm two things: assets 11.0; what stands first counts",
        "row 5: Ash is not in the graph",
        "row 5: '1.200 Mio. EUR' is no amount",
    ]


def test_two_legal_entities_that_the_graph_has_as_one_are_told_apart_by_what_they_are_worth(build, tmp_path):
    graph = build({"t.csv": table("Alder,AWS,,,,", "AWS,Cloudy,,,,")})
    path = tmp_path / "l.csv"
    path.write_text(
        'entity,category,assets\n"Amazon Web Services, Inc.",cloud,60\nAWS Europe,cloud,40\nAWS,,60\n', "utf-8"
    )
    answer = graph.criticality_screen(path)
    assert told(answer, "vendor", "entities_potential", "assets_potential") == [("Cloudy", 0.5, 0.6)]
    assert answer.summary["unresolved"] == [
        "row 2: AWS Europe is told apart from AWS, of which another row says something else"
    ]


def test_what_is_told_apart_is_the_row_that_has_neither_the_lei_nor_the_label_wherever_it_stands(build, tmp_path):
    graph = build({"t.csv": table("Alder,AWS,,,,", "AWS,Cloudy,,,,")})
    path = tmp_path / "l.csv"
    rows = ["AWS Europe,cloud,40", "AWS,cloud,60", "Quux,cloud,"]
    for listed in (rows, [rows[1], rows[0], rows[2]]):
        path.write_text("\n".join(["entity,category,assets", *listed]), "utf-8")
        read = graph.worth(path)
        assert read.assets == {graph.find("AWS").iri: 60.0}
        assert [one.assets for one in read.absent.values()] == [40.0, None]
        assert [one.split(": ")[1] for one in read.unresolved] == [
            "AWS Europe is told apart from AWS, of which another row says something else",
            "Quux is not in the graph",
        ]


@pytest.mark.parametrize("printed", ["n/a", "-", "", "TBD", "pending"])
def test_strangers_without_an_lei_are_several(graph, listed, printed):
    path = listed(f"entity,lei,category,assets\nAlder,,bank,10\nElm,{printed},bank,20\nAsh,{printed},bank,70\n")
    answer = graph.criticality_screen(path)
    assert told(answer, "vendor", "entities_potential", "assets_potential") == [("Cloudy", pytest.approx(1 / 3), 0.1)]
    notices = [f"row {row}: pending is no LEI" for row in (2, 3)] if printed == "pending" else []
    assert [one for one in answer.summary["unresolved"] if "in the graph" not in one] == notices


def test_an_lei_is_one_however_it_is_printed_and_what_is_none_is_told(graph, listed):
    lei = "3TK20IVIUJ8J3ZU0QE75"
    path = listed(f"entity,lei,category\nAlder,,bank\nElm,LEI {lei},bank\nElm N.V.,{lei.lower()},bank\n,3TK20,bank\n")
    read = graph.worth(path)
    assert (list(read.absent), read.rows) == ([lei, "3tk20"], 4)
    assert read.unresolved[-2:] == ["row 4: 3TK20 is no LEI", "row 4: 3TK20 is not in the graph"]


def test_who_counts_nowhere_has_any_currency_and_another_is_told_with_its_row(graph, listed):
    head = "entity,category,assets\nAlder,bank,EUR 90\n"
    assert graph.criticality_screen(listed(head + "Elm,,USD 10\n")).rows
    with pytest.raises(DocumentError, match=r"list\.csv, row 3: amounts in EUR and USD cannot be added up"):
        graph.criticality_screen(listed(head + "Elm,,USD 10\nAsh,bank,USD 10\n"))


def test_the_screen_keeps_to_critical_links_where_the_list_names_them(graph, listed):
    answer = graph.criticality_screen(
        listed(
            "entity,category,assets,provider,critical\nAlder,bank,50,Cloudy,yes\nBirch,bank,50,Cloudy,no\n"
            "Birch,bank,50,Niche,Yes\nCedar,bank,1,Cloudy,yes\nDune,bank,9,Niche,perhaps\n"
        )
    )
    assert told(answer, "vendor", "flagged_potential", "entities_potential") == [
        ("Cloudy", True, 0.25),
        ("Niche", True, 0.25),
    ]
    assert (answer.summary["critical_links"], answer.summary["not_in_graph"]) == (3, ["Cedar > Cloudy"])
    assert answer.summary["unresolved"] == ["row 5: 'perhaps' does not tell whether a function is critical"]


def test_a_screen_takes_categories_and_assets(graph, listed):
    with pytest.raises(KGError, match="no entity has a category"):
        graph.criticality_screen(listed("name,assets\nAlder,1\n"))
    with pytest.raises(KGError, match="any assets"):
        graph.criticality_screen(listed("name,category\nAlder,bank\n"))


def test_a_category_that_the_list_leaves_out_is_the_sector_that_documents_print(build, tmp_path):
    graph = build({"p.txt": post(vendors=["Birch"], customers=["Alder", "Cedar"])})
    (tmp_path / "l.csv").write_text("name,assets\nAlder,3\nCedar,1\n", "utf-8")
    assert told(graph.criticality_screen(tmp_path / "l.csv"), "category", "vendor", "entities_potential") == [
        ("Software", "Birch", 1.0)
    ]


def test_the_value_of_a_blast_radius(graph):
    value = {"Alder": 5, "Birch": 2.5, "Dune": 90}
    answer = graph.blast_radius("Cloudy", value=value)
    assert answer.worth() == {"value": 7.5, "value_share": pytest.approx(7.5 / 97.5), "without_value": 0}
    assert [one["value"] for one in answer.as_dict()["exposed"]] == [5.0, 2.5]
    assert answer.table().columns[-1] == "value"
    by_iri = graph.valued(value)
    worth = {iri: by_iri.get(iri, 0.0) for iri in graph.snapshot().names}
    for row in graph.rank("blast-radius", value=value):
        assert row["potential"] == blast_radius_value(graph.snapshot(), row["organization"].iri, None, worth)
    plain = graph.blast_radius("Niche")
    assert plain.worth() == {}
    assert "value" not in plain.as_dict()
    assert graph.blast_radius("Niche", value={"Dune": 1}).worth()["without_value"] == 2


def test_debtrank_counts_in_values(graph):
    rows = dict(told(graph.debtrank(value={"Alder": 3, "Dune": 1}), "vendor", "potential"))
    assert rows == {"Cloudy": 0.75, "Niche": 0.25}


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf")])
def test_a_value_is_finite_and_not_negative(graph, amount):
    with pytest.raises(KGError, match="not negative"):
        graph.blast_radius("Cloudy", value={"Alder": amount})
    with pytest.raises(KGError, match="belong to blast-radius"):
        graph.rank("pagerank", value={"Alder": 1})
