"""What the lines between two rules at the head of a text, which programs that make pages of it read, tell of the page."""

from __future__ import annotations

import re

from kg.extract.tabular.row import LEAD, LONGEST_LEAD, Text
from kg.patterns import regex

_FRONT = regex(
    r"---[ \t]*(?:\r\n|\r|\n)(?=[A-Za-z][\w -]{0,40}:)(?P<told>(?:(?!---|\.\.\.|\||##|[ \t]*[\r\n]+(?![A-Za-z][\w -]{0,40}:|---|\.\.\.|\s))[^\r\n]{0,1000}(?:\r\n|\r|\n)){1,100}+)(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)"
)
"""Behind a blank line are no headings and items, as there are between rules that part what a page says."""
_LINE = regex(
    r"(?:\A|(?<=[\r\n]))(?:(?P<title>title)|description|(?P<who>company|organi[sz]ation|customer|client|controller)):[ \t]+(?P<told>\S[^\r\n]*)",
    re.IGNORECASE,
)
_AROUND = " \t\"'"


def front_matter(text: str) -> tuple[list[Text], int]:
    """Return the titles that the front matter of a text gives its page, as if they stood above it, and where it ends; none, and 0, without one.

    The title is that of the page; its description, and whose it is, are texts that may lead to what it lists.
    """
    found = _FRONT.match(text)
    if found is None:
        return [], 0
    told = [_told(line, found.start("told")) for line in _LINE.finditer(found["told"]) if line["told"].strip(_AROUND)]
    return sorted(told, key=lambda one: one.level != LEAD), found.end()


def blanked(text: str) -> str:
    """Return a text of the same length and lines whose front matter says nothing."""
    end = front_matter(text)[1]
    return _SAID.sub(" ", text[:end]) + text[end:]


_SAID = regex(r"[^\r\n]")


def _told(line: re.Match[str], start: int) -> Text:
    value = line["told"].strip(_AROUND)[:LONGEST_LEAD]
    at = start + line.start("told") + line["told"].index(value)
    label = f"{line['who']}: " if line["who"] else ""
    return Text(label + value, (at, at + len(value)), 0 if line["title"] else LEAD)
