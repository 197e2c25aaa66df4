"""A relationship that an incident implies has not outlasted the terms that a list states of it."""

from __future__ import annotations

from datetime import date

import pytest
from documents import lines, post, table

import kg

TOLD = post(date="4/2024", vendors=["Birch"], customers=["Alder"])
BEFORE, AFTER = date(2024, 12, 31), date(2026, 1, 1)


def listed(*rows):
    return table(*(f"Alder,Birch,{row}" for row in rows))


def vendors(graph, day):
    """Whom Alder uses on a day by the exposure engine, which a query of what holds then confirms."""
    found = [one.node.label for one in graph.exposure("Alder", 1, valid_on=day)]
    rows = graph.at(valid_on=day).query('SELECT ?n { ?a rdfs:label "Alder" ; bkg:usesVendor/rdfs:label ?n }').rows
    assert found == [str(row[0]) for row in rows]
    return found


@pytest.mark.parametrize(
    ("rows", "status", "lasting"),
    [
        ([], "active", ["Birch"]),
        (["mail,2020-01-01,2025-01-01,ended"], "ended", []),
        # Of no service either, both are one relationship; its state is the dated word, its end the only one.
        ([",2020-01-01,2025-01-01,ended"], "active", []),
        (["mail,2020-01-01,2025-01-01,ended", "hosting,,2024-06-01,ended"], "ended", []),
        # A contract that was over before the incident did not end what the incident tells of.
        (["mail,2020-01-01,2023-01-01,ended"], "active", ["Birch"]),
        # The month of the incident is not over yet.
        (["mail,2020-01-01,2024-04-30,ended"], "active", ["Birch"]),
        # One of the terms has no end.
        (["mail,2020-01-01,2025-01-01,ended", "hosting,2020-01-01,,active"], "active", ["Birch"]),
        # A list says itself that the customer uses the vendor.
        (["mail,2020-01-01,2025-01-01,ended", ",,,"], "active", ["Birch"]),
    ],
)
def test_what_an_incident_implies_ends_with_the_terms_that_end_after_it(build, rows, status, lasting):
    graph = build({"post.txt": TOLD, "list.csv": listed(*rows)} if rows else {"post.txt": TOLD})
    assert [one.status for one in graph.exposure("Alder", 1)] == [status]
    assert vendors(graph, BEFORE) == ["Birch"]
    assert vendors(graph, AFTER) == lasting


def test_of_several_incidents_the_last_counts(build):
    ended = {"list.csv": listed("mail,2020-01-01,2025-01-01,ended")}
    later = post("DEM1700000002", title="Birch Breached Again", date="6/2025", vendors=["Birch"], customers=["Alder"])
    assert vendors(build({"post.txt": TOLD, **ended}), AFTER) == []
    assert vendors(build({"later.txt": later}), AFTER) == ["Birch"]


def test_an_end_that_copies_of_a_list_show_is_one_too(build):
    copies = {"list-2024-10.csv": listed("mail,,,"), "list-2025-01.csv": table("Alder,Cedar,mail,,,")}
    graph = build({"post.txt": TOLD, **copies})
    assert vendors(graph, AFTER) == ["Cedar"]
    (copy,) = [text for name, text in copies.items() if name.endswith("10.csv")]
    assert vendors(build({"list-2025-03.csv": copy}), AFTER) == ["Birch"]


def test_an_update_equals_a_build_from_scratch(build, tmp_path):
    inside = tmp_path / "documents"
    steps = [
        (listed("mail,2020-01-01,2025-01-01,ended"), "none -> 2025-01-01"),
        (listed("mail,2020-01-01,2025-02-01,ended"), "2025-01-01 -> 2025-02-01"),
        (listed("mail,2020-01-01,2025-02-01,ended", ",,,"), "2025-02-01 -> none"),
        (listed("mail,2020-01-01,2025-02-01,ended"), "none -> 2025-02-01"),
        (table("Elm,Birch,mail,,,"), "2025-02-01 -> none"),
    ]
    before = build({"post.txt": TOLD})
    for number, (text, told) in enumerate(steps):
        graph = build({"list.csv": text})
        assert lines(graph) == lines(kg.build(inside, tmp_path / f"{number}.kg"))
        (change,) = [str(one) for one in graph.changes_since(before).changes if "over by" in str(one)]
        assert change.removesuffix(", by list.csv") == f"Alder usesVendor Birch: over by {told}"
        before = graph
