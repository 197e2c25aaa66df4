"""Cells that print several things: varieties with amounts, and the objects of a data frame."""

from __future__ import annotations

import time

import pytest

from kg.extract.veris.cells import objects, varieties


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Personal:880, Medical:20", [("Personal", 880), ("Medical", 20)]),
        ("Bank; Payment", [("Bank", -1), ("Payment", -1)]),
        ("Personal: 1,200,Medical", [("Personal", 1200), ("Medical", -1)]),
        ("Personal:unknown|Bank:", [("Personal", -1), ("Bank", -1)]),
        ("Odd:thing", [("Odd:thing", -1)]),
        ("Personal:880.0, Medical:20", [("Personal", 880), ("Medical", 20)]),
        ("S - Web application", [("S - Web application", -1)]),
        (" , ", []),
    ],
)
def test_varieties(cell, told):
    found = list(varieties(cell))
    assert [(one.variety, one.amount) for one in found] == told
    assert [cell[slice(*one.span)] for one in found] == [variety for variety, _ in told]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("[{'variety': 'Medical', 'amount': 1200}]", [{"variety": "Medical", "amount": "1200"}]),
        ('[{"variety": "O\'Neil", "amount": null}, {"amount": 2.0}]', [{"variety": "O'Neil"}, {"amount": "2.0"}]),
        ('[{"a": NaN, "b": 1}, {"b": NA, "a": "c"}]', [{"b": "1"}, {"a": "c"}]),
        ("[{'a': NULL, 'b': unknown}, {'b': 'c\nd'}]", [{}, {"b": "c\nd"}]),
        ("[{'a': 'b', 'c': TBD}]", [{"a": "b"}]),
        ("[{'a': ['b']}]", None),
        ("[{'a': 'b'}] and more", None),
        ("[{'a': 'b'", None),
        ("['a']", None),
    ],
)
def test_objects(cell, told):
    found = objects(cell)
    shown = found and [{key: cell[node.start : node.end] for key, node in one.items()} for one in found]
    assert shown == told


@pytest.mark.parametrize("piece", ["[{'a': 'b'}, ", "{", "'a", "[{'a': ", "a ", "1,", "a:1,", " "])
def test_no_cell_takes_long(piece):
    started = time.process_time()
    list(varieties(piece * 20_000))
    objects("[{" + piece * 20_000)
    assert time.process_time() - started < 2
