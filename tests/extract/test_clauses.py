"""How sure a clause is of what it says."""

from __future__ import annotations

import pytest

from kg.extract.clauses import TURN, sureness


@pytest.mark.parametrize(
    ("clause", "sure"),
    [
        ("Data were stolen.", "confirmed"),
        ("Elm denied that data were stolen.", "denied"),
        ("Reports that data were stolen are false.", "denied"),
        ("Claims that no data were stolen are false.", "confirmed"),
        ("Data may have been stolen.", "suspected"),
        ("It is not known whether data were stolen.", "suspected"),
        ("No data were stolen.", None),
    ],
)
def test_how_sure_it_is_of_what_stands_at_a_place(clause, sure):
    assert next(sureness(clause, [clause.index("stolen")])) == sure


def test_a_turn_parts_what_is_told_of_others():
    assert TURN.split("Elm was hit, but Oak was not; Fir is safe") == ["Elm was hit", "Oak was not", " Fir is safe"]
