"""Groups of organizations that a text counts or describes: which words are one."""

from __future__ import annotations

import pytest

from kg.extract.tokens import tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was hacked on 3 February 2025 and in 2025 several hospitals lost data.", ["several hospitals"]),
        ("On 3 February 2025 banks and hospitals lost data.", []),
        ("On 14 May three banks lost data.", ["three banks"]),
        ("On May 14 several banks lost data.", ["several banks"]),
        ("In June 2024 nearly all dealers came back.", []),
        ("It was hacked. In 2024 hospitals that use it lost data.", []),
        ("Data were stolen since 2019 hospitals say.", []),
        ("By 2023 two dozen banks had left.", ["two dozen banks"]),
        ("It is used in 2024 hospitals.", ["2024 hospitals"]),
        ("It was used by 2000 banks.", ["2000 banks"]),
    ],
)
def test_a_date_counts_nobody(text, found):
    assert [text[slice(*span)] for span in tokens(text).groups] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Three of its 120 customers lost data.", ["Three of its 120 customers"]),
        ("Eleven of the more than 20 schools lost data.", ["Eleven of the more than 20 schools"]),
        ("Two of 40 banks lost data.", ["Two of 40 banks"]),
        ("Some of its 120 customers lost data.", ["Some of its 120 customers"]),
        ("One of its 120 customers lost data.", ["One of its 120 customers"]),
        ("We were one of 890 schools.", ["890 schools"]),
        ("Most of its 800 stores closed.", ["800 stores"]),
    ],
)
def test_some_of_many_are_not_all_of_them(text, found):
    assert [text[slice(*span)] for span in tokens(text).groups] == found
