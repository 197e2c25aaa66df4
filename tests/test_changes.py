from __future__ import annotations

import pytest
from documents import post, table

from kg.changes import compare


@pytest.fixture
def told(build):
    """What changed from one set of documents to another, as lines."""

    def changes(before, after):
        first = build(before)
        second = build(after, prune=True)
        return [str(change) for change in second.changes_since(first).changes]

    return changes


def test_nothing_changed(build):
    graph = build({"a.txt": post()})
    assert compare(graph.store, graph.store).changes == ()


def test_a_status_that_changed_is_told_with_the_document(told):
    assert told({"t.csv": table("Meta,Mercor,data,,,")}, {"t.csv": table("Meta,Mercor,data,,,suspended")}) == [
        "Meta usesVendor Mercor: status active -> suspended, by t.csv"
    ]


def test_what_is_new_and_what_is_gone(told):
    found = told({"t.csv": table("Alder,Birch,mail,,,")}, {"t.csv": table("Alder,Cedar,mail,,2026-01-01,")})
    assert found == [
        "removed: Alder usesVendor Birch, by t.csv",
        "added: Alder usesVendor Cedar, by t.csv",
        "removed: Birch is an organization, by t.csv",
        "added: Cedar is an organization, by t.csv",
    ]


def test_an_incident_that_is_told_otherwise(told):
    found = told(
        {"a.txt": post(status="Ongoing", customers=["Alder"])},
        {"a.txt": post(status="Closed", customers=["Alder", "Elm"], data="names and passwords and addresses")},
    )
    assert "Birch Annotation Breached: investigation ongoing -> closed, by a.txt" in found
    assert "added: Birch Annotation Breached affectsDownstream Elm, by a.txt" in found
    assert "added: Elm usesVendor Birch Annotation, by a.txt" in found
    assert not [line for line in found if "Alder" in line]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("5.6 million", "6.1 million", {"removed: 5,600,000 records", "added: 6,100,000 records"}),
        ("more than 900", "up to 1,200", {"removed: at least 900 records", "added: at most 1,200 records"}),
        ("900", "between 900 and 1,200", {"removed: 900 records", "added: 900 to 1,200 records"}),
    ],
)
def test_a_number_that_is_told_otherwise(told, before, after, shown):
    exposed = ({"type_of_data_compromised": "names", "number_of_records_exposed": number} for number in (before, after))
    found = told(*({"a.txt": post(data_breach=breach)} for breach in exposed))
    assert {
        line.replace("Birch Annotation Breached recordCount ", "").removesuffix(", by a.txt") for line in found
    } == shown


def test_an_attacker_that_is_named_later(told):
    found = told({"a.txt": post()}, {"a.txt": post(threat_actor="Night Heron")})
    assert "added: Birch Annotation Breached involvement Night Heron (attacker), by a.txt" in found


def test_a_dictionary_and_a_table_say_the_same(build):
    first = build({"t.csv": table("Alder,Birch,mail,,,")})
    difference = build({"t.csv": table("Alder,Birch,mail,,2026-02-01,")}).changes_since(first)
    (change,) = difference.changes
    assert difference.as_dict()["changes"][0]["after"] == "2026-02-01"
    assert difference.table().rows == [
        ("changed", "Alder usesVendor Birch", "valid until", "", "", "2026-02-01", "t.csv")
    ]
    assert (difference.old, difference.new, change.documents) == (1, 2, ("t.csv",))


MAIL = "Alder,Birch,mail,2020-01-01,2030-01-01,"
PAYROLL = "Alder,Birch,payroll,2021-01-01,,ended"


def test_a_relationship_beside_another_of_the_same_two_comes_and_goes(told):
    one, both = {"t.csv": table(MAIL)}, {"t.csv": table(MAIL, PAYROLL)}
    terms = "Alder usesVendor Birch (payroll, from 2021-01-01, ended), by t.csv"
    assert told(one, both) == [f"added: {terms}"]
    assert told(both, one) == [f"removed: {terms}"]


def test_a_term_that_stays_is_not_told_when_another_comes(told):
    first, second = "Alder,Birch,mail,2020-01-01,2021-01-01,ended", "Alder,Birch,mail,2021-01-01,,active"
    one, both = {"t.csv": table(first)}, {"t.csv": table(first, second)}
    terms = "Alder usesVendor Birch (mail, from 2021-01-01, active), by t.csv"
    assert told(one, both) == [f"added: {terms}"]
    assert told(both, one) == [f"removed: {terms}"]


@pytest.mark.parametrize(
    ("goes", "told"),
    [
        ("two.csv", []),
        ("one.csv", ["removed: Alder usesVendor Birch (mail, from 2020-01-01, until 2021-01-01, ended), by one.csv"]),
    ],
)
def test_a_term_that_another_document_still_states_is_not_told(build, tmp_path, goes, told):
    first, second = "Alder,Birch,mail,2020-01-01,2021-01-01,ended", "Alder,Birch,mail,2023-01-01,,active"
    before = build({"one.csv": table(first, second), "two.csv": table(second)})
    (tmp_path / "documents" / goes).unlink()
    assert [str(change) for change in build({}, prune=True).changes_since(before).changes] == told


def test_another_service_is_another_relationship(told):
    assert told({"t.csv": table(MAIL)}, {"t.csv": table(MAIL.replace("mail", "backup"))}) == [
        "added: Alder usesVendor Birch (backup, from 2020-01-01, until 2030-01-01, active), by t.csv",
        "removed: Alder usesVendor Birch (mail, from 2020-01-01, until 2030-01-01, active), by t.csv",
    ]
