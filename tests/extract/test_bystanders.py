"""Who had no part in a breach, as the sentence says that names them."""

from __future__ import annotations

import pytest

from kg.extract.bystanders import MISDEED, came_after, helped, is_spared


def around(sentence, name="Elm"):
    """What stands before and behind the name in a sentence."""
    before, _, behind = sentence.partition(name)
    return before, behind


@pytest.mark.parametrize(
    ("sentence", "spared"),
    [
        ("Elm was not affected.", True),
        ("Elm, which hosts its mail, was not breached.", True),
        ("Elm said that its systems were unaffected.", True),
        ("Elm had no part in it.", True),
        ("The attack did not reach Elm.", True),
        ("Neither Birch nor Elm was involved.", True),
        ("There is no evidence that Elm was in reach.", True),
        ("There is no evidence that data were stolen from Elm.", False),
        ("Elm was affected.", False),
        ("Elm found no virus, and its data were stolen.", False),
        ("The attack reached Elm.", False),
    ],
)
def test_who_is_spared(sentence, spared):
    start = sentence.index("Elm")
    assert is_spared(sentence, start, start + len("Elm")) is spared


@pytest.mark.parametrize(
    ("sentence", "helper", "afterwards"),
    [
        ("Elm mailed notification letters.", True, True),
        ("Elm (BA) ran a call center.", True, True),
        ("Elm was engaged after the breach.", True, True),
        ("Elm helped the bank.", True, False),
        ("The bank hired Elm to investigate.", True, False),
        ("The bank hired Elm to store tapes.", False, False),
        ("Elm mailed notification letters to the wrong homes.", False, False),
        ("Elm lost a tape.", False, False),
    ],
)
def test_who_came_to_help(sentence, helper, afterwards):
    before, behind = around(sentence)
    assert (helped(before, behind), came_after(behind)) == (helper, afterwards)


@pytest.mark.parametrize(
    ("words", "done"),
    [("lost a tape", True), ("posted a list", True), ("moved its offices", False), ("answered the phone", False)],
)
def test_what_should_not_be_done_to_data(words, done):
    assert (MISDEED.match(words) is not None) is done
