"""What the dates of a sentence on a compromise date."""

from __future__ import annotations

import pytest

from kg.extract.cncf.dating import dated


def dates(sentence):
    return [(found.date.edtf, str(what)) for found, what in dated(sentence)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Some archives from 2020 and earlier may have been stolen, as it learned in August 2022.",
            [("2022-08", "discovered")],
        ),
        ("The flaw affects versions released before May 2019.", []),
        ("Attackers exploited versions older than May 2019.", []),
        ("The package, first published in 2015, was hijacked on May 2, 2031.", [("2031-05-02", "occurred")]),
        ("The attack resembles the one of December 2020.", []),
        ("Like the attack in December 2020, it stole keys in May 2031.", [("2031-05", "occurred")]),
        ("It followed an earlier breach in December 2020.", []),
        ("This is much like a previous data leak in July 2020, which an identified actor caused.", []),
    ],
)
def test_the_age_of_a_thing_and_the_date_of_another_event_date_nothing(sentence, found):
    assert dates(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "The malicious package, first published on May 2, 2031, stole keys.",
        "Version 1.3, first released on May 2, 2031, had a backdoor.",
        "Version 1.3, released on May 2, 2031, had a backdoor.",
        "The package was first published on May 2, 2031.",
        "Malicious versions released before May 2, 2031 were removed.",
        "Alder 0.7.29, first published on May 2, 2031, contained a miner.",
        "Alder, first published on May 2, 2031, contained a miner.",
        "It was compromised on May 2, 2031 and earlier versions were removed.",
        "What was uploaded on May 2, 2031 and before it was removed had 300 downloads.",
    ],
)
def test_what_does_harm_does_so_from_the_day_of_its_release(sentence):
    assert dates(sentence) == [("2031-05-02", "occurred")]


def test_the_date_of_an_article_is_when_it_told():
    assert dates("Elm News released an article from May 2 2031 on it.") == [("2031-05-02", "disclosed")]
