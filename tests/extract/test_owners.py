"""Whose data a list names."""

from __future__ import annotations

import pytest

from kg.extract.owners import Owners, kinds_and_owners
from kg.model import Party, Role


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("names and addresses of Birch customers", [("names", "Birch customers"), ("addresses", "Birch customers")]),
        ("tokens, names of Birch, Cedar and Elm customers", [("tokens", ""), ("names", "Birch, Cedar and Elm customers"), ("Cedar and Elm customers", "")]),
        ("names of Birch customers, addresses", [("names", "Birch customers, "), ("addresses", "")]),
        ("names of Birch staff and addresses of Cedar staff", [("names", "Birch staff and "), ("addresses", "Cedar staff")]),
        ("names from Birch", [("names", "")]),
        ("", []),
    ],
)  # fmt: skip
def test_the_words_for_the_owner_of_each_kind(text, told):
    assert [(text[start:end], owner) for start, end, owner in kinds_and_owners(text) if end] == told


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("Cedar Bank", "Cedar Bank"),
        ("the Cedar Bank's clients", "Cedar Bank"),
        ("Nissan customers", "Nissan Motor"),
        ("Nissan Fukuoka customers", ""),  # a dealer, as it is
        ("Cedar Bank Foundation donors", ""),
        ("Nissan residents", ""),
        ("Johnson & Johnson staff", "Johnson & Johnson"),
        ("Birch customers", ""),  # two begin so
        ("Birch Motors customers", "Birch Motors"),
        ("Cedar Hospital", ""),
        ("Cedar and Nissan customers", ""),
        ("Cedar Bank and of the Nissan Motor Company", ""),
        ("Nissan as well as Cedar Bank customers", ""),
        ("Cedar Bank and Renault customers", ""),  # of whom nobody else tells
        ("Nissan staff in Chile, Spain and Uruguay and Canadian customers", "Nissan Motor"),
        ("Cedar Bank's vendor Nissan", ""),
        ("Cedar Bank's payroll provider", ""),
        ("Cedar Bank's customers and vendors", "Cedar Bank"),
        ("California residents", ""),
        ("German citizens", ""),
        ("United passengers", ""),
        ("Elm Hackers", ""),
        ("clients of Cedar Bank", ""),
        ("", ""),
    ],
)
def test_the_party_that_the_words_begin_with(words, owner):
    names = (
        "Cedar Bank", "Nissan Motor", "Johnson & Johnson", "Birch Motors", "Birch Labs", "California Water",
        "German Post", "United Parcels",
    )  # fmt: skip
    parties = [*(Party(name, Role.AFFECTED_DOWNSTREAM) for name in names), Party("Elm Hackers", Role.ATTACKER)]
    assert Owners(parties).named(words) == owner


@pytest.mark.parametrize(
    ("told", "owner"),
    [
        (["Cedar Bank"], "Cedar Bank"),
        (["Cedar Bank", "Cedar clients"], "Cedar Bank"),
        (["Cedar Bank", "Elm"], ""),
        ([], ""),
    ],
)
def test_the_owner_of_a_kind_that_is_told_several_times(told, owner):
    assert Owners([Party("Cedar Bank", Role.BREACHED), Party("Elm", Role.BREACHED)]).of(told) == owner
