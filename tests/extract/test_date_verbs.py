"""What the verb of its clause makes of a date."""

from __future__ import annotations

import pytest

from kg.extract.date_verbs import OTHER, dates_told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("On 4 May 2024 thieves entered.", [("2024-05-04", "occurred")]),
        ("It was found that staff discovered it on 4 May 2024.", [("2024-05-04", "discovered")]),
        ("It became aware on 4 May 2024.", [("2024-05-04", "discovered")]),
        ("It was fined on 4 May 2024.", [("2024-05-04", OTHER)]),
        ("It told customers on 4 May 2024.", []),
        ("It was hacked in early May 2024.", []),
        ("The day was 4 May 2024.", []),
        ("It was hacked in the summer of 2024.", [("2024-22", "occurred")]),
        ("Shares fell on 4 May 2024.", []),
        ("It fell prey to an attack on 4 May 2024.", [("2024-05-04", "occurred")]),
        ("It was not hacked on 4 May 2024.", []),
        ("It denied that it was hacked on 4 May 2024.", []),
        ("The theft was not noticed until 4 May 2024.", [("2024-05-04", "discovered")]),
        ("It has not said how thieves entered on 4 May 2024.", [("2024-05-04", "occurred")]),
        ("A safe was stolen on 4 May 2024.", [("2024-05-04", "occurred")]),
    ],
)
def test_dates_of_which_a_verb_tells(text, told):
    assert [(found.date.edtf, what) for found, what in dates_told(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It was hacked in early May 2024.", ["2024-05~"]),
        ("It was hacked in early 2024.", []),
        ("Thieves stole records from late May 2024.", []),
    ],
)
def test_months_that_are_not_exact_where_they_are_wanted(text, told):
    assert [found.date.edtf for found, _ in dates_told(text, vague=True)] == told
