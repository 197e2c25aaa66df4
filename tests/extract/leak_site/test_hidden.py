"""Asterisks at the ends of titles: they hide words there, while elsewhere they are marks of footnotes."""

from __future__ import annotations

import pytest

from kg.extract.leak_site.hidden import shown
from kg.extract.leak_site.title import read_title


@pytest.mark.parametrize("title", ["*** Technologies", "Alder  ***", "*l***", "*** Bank, Ltd", "** *****"])
def test_a_first_or_last_word_that_is_hidden_hides_the_name(title):
    (victim,) = read_title(title, "mudlark").victims
    assert (victim.name, victim.masked) == (" ".join(title.split()), True)


@pytest.mark.parametrize("title", ["*** ALDER ***", "**ALDER**", "*ALDER", "ALDER*", "*ALDER*", "ALDER **"])
def test_marks_around_a_name_hide_nothing(title):
    (victim,) = read_title(title, "mudlark").victims
    assert (victim.name, victim.masked) == ("ALDER", False)


def test_a_name_is_shown_without_debris():
    assert shown(" “Alder\u200b  Inc.” [1]") == "Alder Inc."
