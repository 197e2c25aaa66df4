"""Which terms of one customer, supplier and service are relationships of their own, over documents and dated copies."""

from __future__ import annotations

from datetime import date

import pytest
from documents import COLUMNS, table

PAST = "Alder,Birch,mail,2020-01-01,2022-01-01,ended"
NOW = "Alder,Birch,mail,2023-01-01,,active"
OVER = "Alder,Birch,mail,2023-01-01,2025-06-01,ended"
EARLY, LATE = "alder-2024-06-01.csv", "alder-2026-02-01.csv"


def relationships(graph):
    """Since when, until when, in what state and when no longer seen, of every relationship."""
    rows = graph.query(
        """SELECT ?from ?until ?status ?gone { ?r bkg:relationshipStatus ?status
        OPTIONAL { ?r bkg:validFrom ?from } OPTIONAL { ?r bkg:validUntil ?until }
        OPTIONAL { ?r bkg:observedUntil ?gone } }"""
    ).rows
    return sorted(tuple("" if cell is None else str(cell).rsplit("/", 1)[-1] for cell in row) for row in rows)


@pytest.mark.parametrize(
    ("early", "late", "found"),
    [
        ((PAST, NOW), (OVER,), [("2020-01-01", "2022-01-01", "ended", "2026-02-01"), ("2023-01-01", "2025-06-01", "ended", "")]),
        ((NOW,), (OVER, "Alder,Birch,mail,2026-01-01,,"), [("2023-01-01", "2025-06-01", "ended", ""), ("2026-01-01", "", "active", "")]),
        ((PAST, NOW), (NOW,), [("2020-01-01", "2022-01-01", "ended", "2026-02-01"), ("2023-01-01", "", "active", "")]),
        (("Alder,Birch,mail,,2022-01-01,ended", NOW), ("Alder,Birch,mail,,2022-01-01,suspended",),
         [("", "2022-01-01", "suspended", ""), ("2023-01-01", "", "active", "2026-02-01")]),
        # With one term each, the later copy corrects the earlier.
        ((NOW,), ("Alder,Birch,mail,2024-01-01,,",), [("2024-01-01", "", "active", "")]),
    ],
)  # fmt: skip
def test_a_term_is_the_same_in_every_copy(build, early, late, found):
    graph = build({EARLY: table(*early), LATE: table(*late)})
    assert relationships(graph) == found


def test_the_later_word_of_a_term_counts(build):
    graph = build({EARLY: table(PAST, NOW), LATE: table(OVER)})
    ((*_, status, _, _, _),) = graph.exposure("Alder").table().rows
    assert status == "ended, until 2025-06-01"
    assert not list(graph.exposure("Alder", valid_on=date(2025, 9, 1)))


def test_two_documents_that_contradict_each_other_say_so(build):
    graph = build({"one.csv": table(PAST, NOW), "two.csv": table(NOW.replace("active", "suspended"))})
    assert len(relationships(graph)) == 2
    assert len(graph.query("SELECT ?note { ?r bkg:conflict ?note }").rows) == 1


@pytest.mark.parametrize("days", [("2024-06-01", "2025-08-01"), ("2025-08-01", "2024-06-01")], ids="-".join)
def test_the_rows_of_two_days_are_two_copies(build, days):
    first, last = "Alder,Birch,mail,,2027-01-01,active", "Alder,Birch,mail,,2025-07-01,ended"
    rows = (f"{row},{day}" for row, day in zip((first, last), days, strict=True))
    graph = build({"list.csv": table(*rows, columns=f"{COLUMNS},scraped")})
    ((since, until, status, gone),) = relationships(graph)
    assert (since, status, gone) == ("", "ended" if days[0] < days[1] else "active", "")
    assert until == ("2025-07-01" if days[0] < days[1] else "2027-01-01")


def test_the_rows_of_one_day_are_one_copy(build):
    rows = (f"{row},{day}" for row, day in ((PAST, "2024-06-01"), (NOW, "2024-06-01"), (OVER, "2026-02-01")))
    graph = build({"list.csv": table(*rows, columns=f"{COLUMNS},scraped")})
    assert relationships(graph) == [
        ("2020-01-01", "2022-01-01", "ended", "2026-02-01"),
        ("2023-01-01", "2025-06-01", "ended", ""),
    ]
