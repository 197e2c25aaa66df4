from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import kg.resolve.table as module
from kg.resolve.readings import read
from kg.resolve.table import NAMING, RELATIONS, UNVERIFIED, Fact, Table, table

FACTS_HELD = table().facts


def test_the_table_holds_organizations_enough():
    assert len({fact.organization for fact in FACTS_HELD}) >= 300
    assert {fact.fact for fact in FACTS_HELD} == NAMING | RELATIONS.keys() | {"domain"}


def test_every_line_is_whole_and_stands_once():
    with (Path(module.__file__).parent / "organizations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["organization", "fact", "value", "source"]
    assert [row for row in rows if len(row) != 4 or not all(cell.strip() == cell != "" for cell in row)] == []
    assert [row for row, count in Counter(tuple(row[:3]) for row in rows).items() if count > 1] == []


def test_a_verified_line_has_the_address_that_was_opened():
    assert [f for f in FACTS_HELD if f.verified and not f.source.startswith(("https://", "http://"))] == []
    assert sum(fact.verified for fact in FACTS_HELD) > 100


def test_no_name_stands_for_two_organizations():
    borne: dict[str, set[str]] = {}
    for fact in FACTS_HELD:
        if fact.fact in NAMING:
            borne.setdefault(read(fact.value).plain, set()).add(fact.organization)
    assert {name: found for name, found in borne.items() if len(found) > 1} == {}


def test_every_organization_is_listed_under_its_own_name():
    assert [f for f in FACTS_HELD if f.fact == "name" and f.value != f.organization] == []
    named = {f.organization for f in FACTS_HELD if f.fact == "name"}
    assert {f.organization for f in FACTS_HELD} == named


def test_nothing_is_part_of_itself_or_of_its_own_part():
    owned = set()
    for fact in FACTS_HELD:
        if fact.fact in module.RELATIONS:
            pair = (fact.organization, table().find(fact.value).organization)
            owned.add(pair if fact.fact == "product" else pair[::-1])
    assert [pair for pair in owned if pair[0] == pair[1] or pair[::-1] in owned] == []


def test_domains_are_of_one_organization():
    domains = Counter(f.value for f in FACTS_HELD if f.fact == "domain")
    assert [name for name, count in domains.items() if count > 1] == []
    assert [name for name in domains if "." not in name or name != name.lower() or "/" in name] == []


def small(*facts):
    return Table(Fact(*fact) for fact in facts)


def test_names_are_found_by_every_spelling_and_by_their_owner():
    found = small(
        ("Birch", "name", "Birch", "book"),
        ("Birch", "alias", "Birch Annotation", "book"),
        ("Birch", "product", "Cedar", "book"),
        ("Birch", "product", "Fir", UNVERIFIED),
    ).find
    assert found("BIRCH ANNOTATION, INC.").organization == "Birch"
    for name in ("Cedar", "Cedar by Birch Inc.", "Birch (Cedar)", "Cedar (a Birch company)", "Birch Cedar"):
        assert (found(name).organization, found(name).verified) == ("Cedar", True), name
    assert (found("Birch Fir").organization, found("Birch Fir").verified) == ("Fir", False)
    assert found("Alder by Birch") is None
    assert found("Alder") is None


def test_a_name_that_tells_an_owner_says_so_unless_the_product_is_known_by_such_a_name():
    facts = [
        ("Birch", "name", "Birch", "book"),
        ("Birch", "product", "Cedar", "book"),
        ("Cedar", "name", "Cedar", "book"),
    ]
    found = small(*facts).find
    assert [found(name).owner for name in ("Cedar", "Birch Cedar", "Cedar by Birch", "Birch Inc. (Cedar)")] == [
        "", "Birch", "Birch", "Birch",
    ]  # fmt: skip
    told = small(*facts, ("Cedar", "alias", "Birch Cedar Works", "book")).find
    assert [told(name).owner for name in ("Cedar", "Birch Cedar", "Cedar by Birch")] == ["", "", ""]
    doubted = small(*facts, ("Cedar", "alias", "Birch Cedar Works", UNVERIFIED)).find
    assert doubted("Birch Cedar").owner == "Birch"


@pytest.mark.parametrize("name", ["FIR", "Fir"])
def test_a_short_name_in_capitals_is_an_abbreviation_unless_it_is_listed_so(name):
    assert (small(("Fir", "name", "Fir", "book")).find(name) is None) == name.isupper()
    assert small(("FIR", "name", "FIR", "book")).find("FIR").organization == "FIR"
