"""What stands in the brackets of a cell."""

from __future__ import annotations

import pytest

from kg.extract.brackets import blotted, brackets, without_brackets


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("Elm IT (mail)", ["mail"], "Elm IT"),
        ("Elm IT [mail] (since 2020)", ["mail", "since 2020"], "Elm IT"),
        ("Elm IT (mail (for staff))", ["mail (for staff)"], "Elm IT"),
        ("Elm IT (mail – plan 2 [pro])", ["mail – plan 2 [pro]"], "Elm IT"),
        ("Elm IT (1)", [], "Elm IT"),
        ("Elm IT（mail）", ["mail"], "Elm IT"),
        ("Elm IT", [], "Elm IT"),
    ],
)
def test_brackets_are_told_from_the_rest(cell, inside, outside):
    assert brackets(cell) == inside
    assert without_brackets(cell) == outside
    assert len(blotted(cell)) == len(cell)


def test_nothing_in_brackets_parts_a_cell():
    assert "," not in blotted("Elm IT (mail, chat)")
