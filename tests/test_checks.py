"""Arguments of another kind than is asked for: an error of ours that says what was given for what."""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest

import kg
from kg.checks import number, path_of, several, whole_number
from kg.errors import KGError, QueryError
from kg.exposure.portfolio import Portfolio, PortfolioEntry


class Table:
    """What is shown in more than a line, as data frames are."""

    def __repr__(self):
        return "  vendor\n0   Okta"


TABLE = Table()
WRONG = {
    "depth is '2', which is no whole number": [
        lambda g, _: g.exposure("Meta", depth="2"), lambda g, _: g.blast_radius("Mercor", "2"), lambda g, _: g.breach_proximity(depth="2"),
        lambda g, _: g.rank("blast-radius", depth="2"), lambda g, to: g.export("csv", to, focus="Meta", depth="2"),
    ],
    "depth is 1.5": [lambda g, _: g.exposure("Meta", depth=1.5)],
    "days is '3'": [lambda g, _: g.exposure("Meta", days="3"), lambda g, _: g.breach_proximity(days="3")],
    "(runs|seed|k|sample|hops|the limit) is 'x', which is no whole number": [
        lambda g, _: g.cascade("Mercor", runs="x"), lambda g, _: g.cascade("Mercor", seed="x"), lambda g, _: g.concentration(k="x"),
        lambda g, _: g.rank("betweenness", sample="x"), lambda g, _: g.rank("betweenness", sample=1, seed="x"), lambda g, to: g.view(to, "Meta", hops="x"), lambda g, _: g.validate(limit="x"),
    ],
    "(the value of Meta|theta) is 'x', which is no number": [
        lambda g, _: g.debtrank("Mercor", value={"Meta": "x"}), lambda g, _: g.spof(theta="x"),
    ],
    "values are numbers by organization": [lambda g, _: g.debtrank("Mercor", value=["Meta"])],
    "5 is no name": [
        lambda g, _: g.find(5), lambda g, _: g.exposure(5), lambda g, _: g.named(5), lambda g, _: g.cascade(5), lambda g, _: g.spof(5),
        lambda g, _: g.rank("katz", portfolio=5), lambda g, _: g.rank("katz", portfolio=["Meta", 5]), lambda g, _: g.what_if(remove=5),
        lambda g, to: g.export("csv", to, focus=5), lambda g, to: g.view(to, 5), lambda g, _: g.why("Meta", 5),
    ],
    "no certainty is called sure": [lambda g, to: g.export("csv", to, certainty="sure")],
    "sector is 5": [lambda g, _: g.rank("katz", sector=5)],
    "follow: nothing is given": [lambda g, _: g.exposure("Meta", follow=None)],
    "(the file|the store|an input) is (5|None), which is no path": [
        lambda g, _: g.export("csv", None), lambda *_: kg.open(5), lambda _, to: kg.build(5, to), lambda *_: kg.build("x", None),
    ],
    "the list is (5|None), which is no path": [
        lambda g, _: g.portfolio(5), lambda g, _: g.portfolio(None), lambda g, _: g.portfolio(Portfolio((PortfolioEntry(2, "Mercor"),)), peer=5),
    ],
    "<Table>": [
        lambda g, _: g.portfolio(TABLE), lambda g, _: g.rank("katz", valid_on=TABLE), lambda g, _: g.find(TABLE), lambda g, _: g.query(TABLE),
        lambda g, _: g.exposure("Meta", TABLE), lambda g, _: g.debtrank("Mercor", value={"Meta": TABLE}), lambda g, _: g.debtrank("Mercor", value=TABLE),
    ],
    "inputs: (nothing|no file)": [lambda _, to: kg.build([], to), lambda _, to: kg.build(None, to)],
    "'2024-01-01' is no date": [lambda _, to: kg.build("x", to, known_on="2024-01-01")],
}  # fmt: skip


AS_GOOD = [
    lambda g, n: g.blast_radius("Mercor", n(2)), lambda g, n: g.breach_proximity(depth=n(2)), lambda g, n: g.breach_proximity(days=n(9)),
    lambda g, n: g.rank("blast-radius", depth=n(2)), lambda g, n: g.rank("blast-radius", depth=n(2), value={"Meta": 5}),
    lambda g, n: g.rank("betweenness", sample=n(2), seed=n(1)), lambda g, n: g.concentration(k=n(2)),
    lambda g, n: g.cascade("Mercor", runs=n(9), seed=n(1)), lambda g, n: g.what_if(breach="Mercor", seed=n(1)),
    lambda g, n: g.portfolio(Portfolio((PortfolioEntry(2, "Mercor"),)), depth=n(2)),
]  # fmt: skip


@pytest.mark.parametrize(("said", "ask"), [(said, ask) for said, asked in WRONG.items() for ask in asked])
def test_what_is_of_another_kind_is_told(demo_graph, tmp_path, said, ask):
    with pytest.raises(KGError, match=said) as caught:
        ask(demo_graph, tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "ask", [lambda g: g.query(5), lambda g: g.query(b"ASK {}"), lambda g: g.ask(5), lambda g: g.ask("CQ04", ["a"])]
)
def test_a_query_is_a_text(demo_graph, ask):
    with pytest.raises(QueryError, match="give a text|values by name"):
        ask(demo_graph)


def test_what_is_as_good_is_taken(demo_graph, tmp_path):
    assert demo_graph.exposure("Meta", 2.0).as_dict() == demo_graph.exposure("Meta", 2).as_dict()
    for ask in AS_GOOD:
        # As JSON, in which 2.0 is not 2, and what numpy counts is nothing.
        whole = json.dumps(ask(demo_graph, int).as_dict())
        assert json.dumps(ask(demo_graph, float).as_dict()) == json.dumps(ask(demo_graph, np.int64).as_dict()) == whole
    assert demo_graph.overlap(["Meta"], ["Mercor"], depth=2.0) == demo_graph.overlap(["Meta"], ["Mercor"], depth=2)
    one, other = (demo_graph.view(tmp_path / str(n), max_nodes=n) for n in (20, 20.0))
    assert one.read_bytes() == other.read_bytes()
    told = demo_graph.debtrank(value={"Meta": 5.0}).as_dict()
    assert demo_graph.debtrank(value={"Meta": "5"}).as_dict() == told

    class Series:
        def items(self):
            return [("Meta", np.float64(5))]

    assert demo_graph.debtrank(value=Series()).as_dict() == told
    assert demo_graph.ask("CQ05", {"least": np.int64(3)}) == demo_graph.ask("CQ05", {"least": 3})
    mercor = demo_graph.ask("CQ04", {"vendor": demo_graph.find("Mercor")})
    assert mercor == demo_graph.ask("CQ04")
    assert len({demo_graph.answer("ASK {}"), demo_graph.answer("ASK {}")}) == 1


def test_a_node_stands_for_its_name(demo_graph, tmp_path):
    meta, mercor = demo_graph.find("Meta"), demo_graph.find("Mercor")
    assert demo_graph.find(meta) == meta
    assert demo_graph.named(meta) == ([meta], [])
    assert demo_graph.exposure(meta, to=mercor).as_dict() == demo_graph.exposure("Meta", to="Mercor").as_dict()
    assert demo_graph.blast_radius(mercor).as_dict() == demo_graph.blast_radius("Mercor").as_dict()
    assert (
        demo_graph.why(meta, mercor) == demo_graph.why("Meta", "Mercor") == demo_graph.why(meta, "usesVendor", mercor)
    )
    assert demo_graph.cascade(mercor).rows == demo_graph.cascade(["Mercor"]).rows
    assert (
        demo_graph.rank("katz", portfolio=meta).as_dict()["rows"]
        == demo_graph.rank("katz", portfolio="Meta").as_dict()["rows"]
    )
    one, other = (demo_graph.export("csv", tmp_path / str(type(at)), focus=at) for at in (meta, "Meta"))
    assert one.read_bytes() == other.read_bytes()


def test_a_text_is_one_certainty(demo_graph, tmp_path):
    one, other = (
        demo_graph.export("csv", tmp_path / name, certainty=sure)
        for name, sure in (("a", "confirmed"), ("b", ["confirmed"]))
    )
    assert one.read_bytes() == other.read_bytes()


def test_numbers_and_collections():
    assert (whole_number(np.int64(3), "n"), number(Decimal("0.5"), "n"), number(np.float32(2), "n")) == (3, 0.5, 2.0)
    assert (several("ab", "n"), several(("a", "b"), "n"), several(5, "n")) == (["ab"], ["a", "b"], [5])
    assert path_of("a", "n") == "a"
