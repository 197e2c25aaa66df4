"""What is only said to be possible, and what is denied."""

from __future__ import annotations

import pytest

from kg.extract.doubts import UNTRUE, certainties, hedges, is_denied


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Names may have been stolen.", ["may have"]),
        ("Names were possibly exposed.", ["possibly"]),
        ("The stolen files may include names.", ["may include"]),
        ("Names were stolen.", []),
        ("The attackers may have been in the network since May, and names were stolen.", []),
        ("The data taken may be used for fraud.", []),
    ],
)
def test_which_words_leave_harm_open(sentence, found):
    assert [hedge[0] for hedge in hedges(sentence)] == found


@pytest.mark.parametrize(
    ("listed", "sure"),
    [
        ("names, possibly dates", ["confirmed", "suspected"]),
        ("possibly names and dates", ["suspected", "suspected"]),
        ("names, allegedly dates", ["confirmed", "claimed"]),
        ("names, dates", ["confirmed", "confirmed"]),
        ("visits from May 2030, dates", ["confirmed", "confirmed"]),
    ],
)
def test_a_doubt_in_a_list_holds_up_to_the_next_comma(listed, sure):
    first, last = (0, listed.index("dates") - 1), (listed.index("dates"), len(listed))
    if "," in listed:
        first, last = (0, listed.index(",")), (listed.index(",") + 1, len(listed))
    assert list(certainties(listed, [first, last])) == sure


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Elm denied any breach.", True),
        ("Elm has firmly denied that its systems were hacked.", True),
        ("Elm denied any breach at first.", False),
        ("Elm denied any breach, and later admitted it.", False),
        ("Elm denied liability for the breach.", False),
        ("Elm was breached.", False),
    ],
)
def test_who_denies_all_of_it(text, denied):
    assert is_denied([(text, [len("Elm")])]) is denied


def test_of_its_own_platform_alone_nothing_wide_is_denied():
    told = [("Elm denied that its own systems were breached.", [len("Elm")])]
    assert is_denied(told)
    assert not is_denied(told, wide=False)


@pytest.mark.parametrize(
    ("state", "untrue"),
    [("False alarm", True), ("Closed: report retracted", True), ("Retracted in part; names were stolen", False)],
)
def test_a_state_takes_all_of_it_back(state, untrue):
    assert (UNTRUE.fullmatch(state) is not None) is untrue
