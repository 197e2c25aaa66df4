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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Data were taken from a third-party vendor.", ["third-party vendor"]),
        ("The bank blamed its payroll provider for the loss.", ["payroll provider"]),
        ("The file lay on an external platform of the agency.", ["external platform"]),
        ("Somebody entered a third party in May.", ["third party"]),
        ("The host told some of its clients and a small number of banks.", ["some of its clients", "small number of banks"]),
        ("One county in Ohio closed its counters, and so did another regional lender.", ["One county", "another regional lender"]),
        ("Twelve hospitals use it; eight of them lost files.", ["Twelve hospitals", "eight of them"]),
        ("Lists were taken from a marketing firm that it uses.", ["marketing firm"]),
        ("They came in through programs of outside providers and a third-party domain registrar.", ["outside providers", "third-party domain registrar"]),
        ("Several townships and 40 public bodies closed their pages.", ["Several townships", "40 public bodies"]),
        ("It hired a forensics firm; Pelham, a marketing firm, was hit, and so was a marketing firm called Larch.", []),
        ("Hackers broke into its payroll provider, Birch Systems.", []),
        ("Hackers broke into its payroll provider Birch Systems.", []),
        ("Cedar Foods, another client, was not affected.", []),
    ],
)  # fmt: skip
def test_groups_and_unnamed_ones_are_seen(text, found):
    words = tokens(text)
    assert [text[start:end] for start, end in words.groups] == found
