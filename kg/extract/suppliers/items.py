"""Items of lists, and the lists of texts in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.suppliers.leads import NOTHING, leads, led_by, titles_above
from kg.extract.tabular.front_matter import front_matter
from kg.extract.tabular.markdown_table import plain_text
from kg.extract.tabular.row import MOST_TITLES, Text
from kg.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_MARKED_HEAD = regex(r"((?:\[[^\]\[]{1,100}\]\([^()\s]{0,2000}\)|\*\*[^*]{1,100}\*\*))\.[ \t]+(?=[A-ZÀ-Þ])")
"""A link or bold name with a full stop behind it, and what is told of the named ("[Cedar](https://cedar.example). Hosting.")."""

_LONGEST_LINE = 10_000
"""Characters of a line of Markdown that are looked at."""

_ITEM = regex(r"([ \t]*)(?:[-*+•‣▪]|\d{1,3}[.)])[ \t]++(\S.*)")

_HEADING = regex(
    r"(?: {0,3}(?P<marks>#{1,6})[ \t]++|\*\*(?=[^*]{1,200}\*\*:?(?: ?\([^()]{0,100}\))?:?\Z)|__(?=[^_]{1,200}__:?\Z))(?P<told>\S.*)"
)

_BOLD_LEVEL = 6
"""The rank of a line in bold: below all headings."""

_LINE = regex(r"[^\r\n]*")


class Item:
    """An item being read: what it says, its characters, and whether there is a list in it."""

    def __init__(self, start: int) -> None:
        self.parts: list[str] = []
        self.start, self.end, self.holds_list = start, start, False
        self.marked = False
        """Whether all that it says so far is a link, or in bold."""

    def text(self) -> Text:
        """Return what it says, and where."""
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return Text("\n".join(filter(None, lines)), (self.start, self.end))


Found = tuple[list[Text], list[Item]]
"""A list with the titles above it, the nearest first."""


def plain_lists(source: str) -> Iterator[Found]:
    """Yield the lists of a text in Markdown."""
    headings, begin = front_matter(source)
    items: list[Item] = []
    lead = led = NOTHING
    indent = ended = 0
    for match in _LINE.finditer(source, begin):
        line = match[0][:_LONGEST_LINE].rstrip()
        if not line:
            continue
        if (found := _ITEM.match(line)) and (not items or len(found[1].expandtabs(4)) <= indent):
            indent = len(found[1].expandtabs(4))
            items.append(_item(found, match.start()))
        elif found:
            items[-1].holds_list, items[-1].end = True, match.start() + len(line)
        elif items and line[:1].isspace():
            items[-1].parts.append(f" {plain_text(line)}")
            items[-1].end = match.start() + len(line)
        else:
            if items:
                yield titles_above(lead, headings), items
                led = lead if leads(lead) else led
                items, lead = [], NOTHING
            if heading := _HEADING.match(line):
                above = [text for text in (led, lead) if leads(text)]
                headings += above if len(headings) < MOST_TITLES else []
                headings.append(_heading(heading, match.start()))
                lead = led = NOTHING
            else:
                goes_on = lead.text and source.count("\n", ended, match.start()) < _TWO
                lead = led_by(lead if goes_on else NOTHING, line, match.start()) if "|" not in line else NOTHING
        ended = match.end()
    if items:
        yield titles_above(lead, headings), items


_TWO = 2
"""Ends of lines between paragraphs."""


def _heading(found: re.Match[str], start: int) -> Text:
    told = found["told"].rstrip(" \t#*_")
    start += found.start("told")
    text = plain_text(told).replace("**", "") if found["marks"] is None else plain_text(told)
    return Text(text, (start, start + len(told)), len(found["marks"] or "") or _BOLD_LEVEL)


def _item(found: re.Match[str], start: int) -> Item:
    item = Item(start + found.start(2))
    item.end = start + found.end(2)
    head = _MARKED_HEAD.match(found[2])
    item.parts += [plain_text(head[1]), "\n", plain_text(found[2][head.end() :])] if head else [plain_text(found[2])]
    return item
