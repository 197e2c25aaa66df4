"""Two dated copies of one supplier list give the time in which each relationship was seen, and what changed."""

from __future__ import annotations

from datetime import date

from documents import lines, table

import kg

EARLY = table("Alder,Birch,mail,,,", "Alder,Cedar,hosting,,,", "Elm,Birch,mail,,,")
LATE = table("Alder,Birch,mail,,,", "Alder,Dogwood,hosting,,,")


def sightings(graph):
    rows = graph.query(
        """SELECT ?customer ?supplier ?from ?until {
        ?r bkg:customer/rdfs:label ?customer ; bkg:supplier/rdfs:label ?supplier ; bkg:observedFrom ?from
        OPTIONAL { ?r bkg:observedUntil ?until } } ORDER BY ?customer ?supplier"""
    ).rows
    return [tuple(None if cell is None else str(cell) for cell in row) for row in rows]


BOTH = [
    ("Alder", "Birch", "2025-08-31", None),
    ("Alder", "Cedar", "2025-08-31", "2025-10-31"),
    ("Alder", "Dogwood", "2025-10-31", None),
    # The later copy does not speak of Elm at all.
    ("Elm", "Birch", "2025-08-31", None),
]


def test_what_went_and_what_is_new(build):
    graph = build({"suppliers_2025-08.csv": EARLY, "suppliers_2025-10.csv": LATE})
    assert sightings(graph) == BOTH
    assert not graph.query("SELECT ?r { ?r bkg:validFrom|bkg:validUntil ?day }").rows


def test_an_update_equals_a_build_from_scratch(build, tmp_path):
    first = build({"suppliers_2025-08.csv": EARLY})
    assert [row[3] for row in sightings(first)] == [None, None, None]
    second = build({"suppliers_2025-10.csv": LATE})
    assert sightings(second) == BOTH
    assert lines(second) == lines(kg.build(tmp_path / "documents", tmp_path / "fresh.kg"))
    told = [str(change) for change in second.changes_since(first).changes]
    assert "Alder usesVendor Cedar: over by none -> 2025-10-31" in told
    (tmp_path / "documents" / "suppliers_2025-10.csv").unlink()
    third = build({}, prune=True)
    assert lines(third) == lines(first)


def test_a_list_that_did_not_change_is_seen_on_both_days(build):
    graph = build({"suppliers_2025-08.csv": EARLY, "suppliers_2025-10.csv": EARLY})
    assert {row[2:] for row in sightings(graph)} == {("2025-08-31", None)}


def test_what_was_gone_is_not_in_force(build):
    graph = build({"suppliers_2025-08.csv": EARLY, "suppliers_2025-10.csv": LATE})

    def vendors(day):
        found = graph.exposure("Alder", 1, valid_on=date.fromisoformat(day))
        rows = graph.at(valid_on=date.fromisoformat(day)).query(
            'SELECT ?n { ?a rdfs:label "Alder" ; bkg:usesVendor/rdfs:label ?n } ORDER BY ?n'
        )
        names = [one.node.label for one in found]
        assert names == [str(row[0]) for row in rows.rows]
        return names

    assert vendors("2025-10-30") == ["Birch", "Cedar", "Dogwood"]
    assert vendors("2025-10-31") == ["Birch", "Dogwood"]


def test_a_stated_end_goes_before_one_that_was_seen(build):
    stated = EARLY.replace("Alder,Cedar,hosting,,,", "Alder,Cedar,hosting,,2026-01-01,")
    graph = build({"suppliers_2025-08.csv": stated, "suppliers_2025-10.csv": LATE})
    assert "Cedar" in [one.node.label for one in graph.exposure("Alder", 1, valid_on=date(2025, 12, 1))]
    assert "Cedar" not in [one.node.label for one in graph.exposure("Alder", 1, valid_on=date(2026, 1, 1))]


def test_what_was_believed_then_knows_no_later_copy(build):
    build({"suppliers_2025-08.csv": EARLY}, known_on=date(2025, 9, 1))
    graph = build({"suppliers_2025-10.csv": LATE}, known_on=date(2025, 11, 1))
    assert {row[3] for row in sightings(graph.at(as_of=date(2025, 9, 15)))} == {None}
    assert sightings(graph.at(as_of=date(2025, 11, 1))) == BOTH


def test_what_an_organization_has_with_itself_is_not_in_the_graph_and_so_was_never_seen(build):
    early = table("Meta,Meta Platforms,hosting,,,", "Meta,Birch,mail,,,")
    graph = build({"suppliers_2025-08.csv": early, "suppliers_2025-10.csv": table("Meta,Birch,mail,,,")})
    seen = graph.query("SELECT DISTINCT ?r { ?r bkg:observedFrom|bkg:observedUntil ?day }").rows
    told = graph.query("SELECT ?r { ?r a bkg:SupplyRelationship ; bkg:observedFrom ?day }").rows
    assert len(told) == 1
    assert list(seen) == list(told)
