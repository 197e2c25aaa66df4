from __future__ import annotations

from datetime import date

import pytest

from kg.exposure.statements import Claim, Edge, Relationship, state_along


def edge(*claims, states=()):
    relationships = tuple(Relationship(f"urn:{n}", state, "", None, None) for n, state in enumerate(states))
    return Edge(
        "urn:a", "usesVendor", "urn:b", tuple(Claim(f"urn:c{n}", *told) for n, told in enumerate(claims)), relationships
    )


def test_an_edge_is_as_certain_as_its_best_claim():
    assert edge(("claimed", "stated"), ("confirmed", "implied"), ("denied", "stated")).certainty == "confirmed"
    assert edge(("denied", "stated"), ("claimed", "stated")).certainty == "claimed"
    assert edge().certainty == ""


def test_an_edge_is_stated_if_any_claim_states_it():
    assert edge(("confirmed", "implied"), ("confirmed", "stated")).basis == "stated"
    assert edge(("confirmed", "implied")).basis == "implied"
    assert edge().basis == "inferred"


@pytest.mark.parametrize(
    ("states", "told"),
    [([], "unknown"), (["active"], "active"), (["active", "suspended"], "suspended"), (["active", "ended"], "ended"),
     (["ended", "suspended"], "suspended"), (["unknown", "active"], "active"), (["unknown"], "unknown")],
)  # fmt: skip
def test_of_several_relationships_the_one_that_departs_from_active_counts(states, told):
    assert edge(states=states).status == told
    assert edge(states=states[::-1]).status == told


def test_that_one_is_part_of_another_is_no_state_of_a_path():
    part = Edge("urn:p", "subOrganizationOf", "urn:a")
    for state in ("active", "suspended", "unknown"):
        assert state_along([part, edge(states=[state])]) == (state, None)
    assert state_along([part]) == ("unknown", None)
    assert state_along([edge(states=["active"]), edge(states=["unknown"])]) == ("unknown", None)


OVER, KEPT = ("ended", "2022-01-01"), ("active", "2030-01-01")


@pytest.mark.parametrize(
    ("relationships", "told"),
    [
        ({"hosting": OVER, "payroll": KEPT}, KEPT),
        ({"hosting": OVER, "payroll": ("ended", "2024-01-01")}, ("ended", "2024-01-01")),
        ({"hosting": OVER, "payroll": KEPT, "mail": ("suspended", "")}, ("suspended", "")),
        ({"hosting": ("active", "2020-01-01"), "payroll": ("ended", "2021-01-01")}, ("ended", "2021-01-01")),
        ({"hosting": ("suspended", "2020-01-01"), "payroll": ("active", "")}, ("active", "")),
        ({"hosting": ("ended", ""), "payroll": KEPT}, KEPT),
        ({"hosting": ("ended", ""), "payroll": ("suspended", "")}, ("suspended", "")),
        # What names no service is of every one.
        ({"hosting": ("active", ""), "": ("ended", "")}, ("ended", "")),
        ({"hosting": ("ended", "2022-01-01"), "": ("active", "")}, ("active", "")),
        ({"hosting": KEPT, "": ("ended", "2021-01-01")}, KEPT),
        ({"hosting": OVER, "payroll": ("ended", "2024-01-01"), "": ("active", "2024-01-01")}, ("ended", "2024-01-01")),
        ({"hosting": OVER, "payroll": ("ended", ""), "": ("active", "2024-01-01")}, ("active", "2024-01-01")),
        # What has ended on a day that nobody tells, of whatever service, ends those that have not.
        ({"hosting": KEPT, "": ("ended", "")}, ("ended", "")),
        ({"hosting": KEPT, "mail": ("active", ""), "": ("ended", "")}, ("ended", "")),
        ({"hosting": OVER, "": ("ended", "")}, OVER),
    ],
)
def test_of_several_services_state_and_day_are_of_the_same(relationships, told):
    behind = [
        Relationship(f"urn:{service}", state, service, None, date.fromisoformat(day) if day else None)
        for service, (state, day) in relationships.items()
    ]
    for order in (behind, behind[::-1]):
        one = Edge("urn:a", "usesVendor", "urn:b", (), tuple(order))
        assert {r.status for r in one.deciding} == {one.status}
        assert (one.status, max(str(r.valid_until or "") for r in one.deciding)) == told


@pytest.mark.parametrize(
    ("relationships", "term"),
    [
        ([], ("", "")),
        ([("active", "2020-01-01", "2022-01-01"), ("active", "2021-01-01", "2025-01-01")], ("2020-01-01", "2025-01-01")),
        ([("active", "2020-01-01", "2022-01-01"), ("active", "", "")], ("", "")),
        ([("ended", "2020-01-01", ""), ("active", "2021-01-01", "2025-01-01")], ("2020-01-01", "2025-01-01")),
        ([("ended", "", "2022-01-01"), ("active", "2021-01-01", "")], ("", "")),
        ([("ended", "2020-01-01", "")], ("2020-01-01", "")),
        ([("ended", "2023-01-01", ""), ("ended", "2020-01-01", "2022-01-01")], ("2020-01-01", "")),
    ],
)  # fmt: skip
def test_a_term_is_open_where_a_relationship_is_that_has_not_ended(relationships, term):
    days = [(state, *(date.fromisoformat(day) if day else None for day in told)) for state, *told in relationships]
    behind = tuple(Relationship(f"urn:{n}", state, "", *told) for n, (state, *told) in enumerate(days))
    assert tuple(str(day or "") for day in Edge("urn:a", "usesVendor", "urn:b", (), behind).term) == term


@pytest.mark.parametrize(
    ("relationships", "spans"),
    [
        ([], []),
        ([("active", "", "")], ["/"]),
        ([("active", "2023-05-01", ""), ("active", "2020-01-01", "2021-01-01")], ["2020-01-01/2021-01-01", "2023-05-01/"]),
        ([("active", "", "2015-01-01"), ("ended", "2020-01-01", "2021-01-01")], ["/2015-01-01", "2020-01-01/2021-01-01"]),
        ([("active", "2020-01-01", "2021-01-01"), ("active", "2021-01-01", "2022-01-01")], ["2020-01-01/2022-01-01"]),
        ([("active", "2020-01-01", "2024-01-01"), ("active", "2021-01-01", "2022-01-01")], ["2020-01-01/2024-01-01"]),
        ([("ended", "2020-01-01", ""), ("active", "2021-01-01", "2022-01-01")], ["2020-01-01/2022-01-01"]),
        ([("ended", "2023-01-01", ""), ("ended", "2020-01-01", "2022-01-01")], ["2020-01-01/2022-01-01", "2023-01-01/"]),
        ([("active", "2022-01-01", "2021-03-01"), ("active", "2019-01-01", "2021-06-01")], ["2019-01-01/2021-06-01"]),
        ([("active", "2022-01-01", "2021-03-01")], ["2022-01-01/2021-03-01"]),
    ],
)  # fmt: skip
def test_times_in_force_have_breaks_where_no_relationship_is(relationships, spans):
    days = [(state, *(date.fromisoformat(day) if day else None for day in told)) for state, *told in relationships]
    behind = [Relationship(f"urn:{n}", state, "", *told) for n, (state, *told) in enumerate(days)]
    for order in (behind, behind[::-1]):
        told = Edge("urn:a", "usesVendor", "urn:b", (), tuple(order)).spans
        assert [f"{begin or ''}/{end or ''}" for begin, end in told] == spans


def test_an_interval_is_half_open_and_open_where_undated():
    def holds(begin, end, when):
        days = (date.fromisoformat(text) if text else None for text in (begin, end, when))
        begin, end, when = days
        return Relationship("urn:r", "active", "", begin, end).holds_on(when)

    assert holds("2024-01-01", "2024-06-01", "2024-01-01")
    assert holds("2024-01-01", "2024-06-01", "2024-05-31")
    assert not holds("2024-01-01", "2024-06-01", "2024-06-01")
    assert not holds("2024-01-01", None, "2023-12-31")
    assert holds(None, "2024-06-01", "1999-01-01")
    assert holds(None, None, "2024-01-01")
