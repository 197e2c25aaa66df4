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
    ],
)
def test_dates_of_which_a_verb_tells(text, told):
    assert [(found.date.edtf, what) for found, what in dates_told(text)] == told
