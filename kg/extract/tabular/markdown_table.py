"""Tables in Markdown, as GitHub draws them: a header, a line of hyphens, rows with a bar between cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.entities import unescape
from kg.extract.tabular.front_matter import front_matter
from kg.extract.tabular.row import LEAD, LONGEST_LEAD, MAX_CHARACTERS, MOST_LEADS, MOST_TITLES, Drawn, Text, numbered
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.tabular.row import Table
    from kg.model import Document, Span

_LONGEST_RULE = 10_000
_RULE = regex(r"[ \t]*+(?=[^\r\n]*\|)\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\Z")
_ANY_RULE = regex(r"^[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\||[\r\n]|\Z)", re.MULTILINE)
_LINE = regex(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
FENCE = regex(r" {0,3}(```|~~~)")
"""The line that a block of code begins or ends with."""
HEADING = regex(r" {0,3}(#{1,6})[ \t]++(\S.*?)[ \t#]*\Z")
_UNDERLINE = regex(r" {0,3}(?:={2,}|-{2,})[ \t]*\Z")
_BAR = regex(r"(?:[^|\\]|\\.)*+")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")

_MARKS = (
    (regex(r"!\[[^\]]{0,200}\]\([^)]{0,2000}\)"), ""),
    (regex(r"(?<!!)\[([^\]\[]{1,500})\]\((?:(?:[^()]|\([^()]{0,300}\)){0,2000}+\)|[^)]{0,2000}\))"), r"\1"),
    (regex(r"\[\^([^\]]{1,20})\]"), r"[\1]"),
    (regex(r"<(https?://[^<>\s]{1,2000})>"), r"\1"),
    (regex(r"<sup>\s?\(?(\d{1,3}|[a-z])\)?\s?</sup>", re.IGNORECASE), r"[\1]"),
    (regex(r"<sup>\s?([*†‡]{1,3})\s?</sup>", re.IGNORECASE), r"\1"),
    (regex(r"<br\s*/?>|<sup>|</?(?:p|div|li)>", re.IGNORECASE), "\n"),
    (regex(r"</?[A-Za-z][^<>]{0,500}>"), ""),
    (regex(r"(?<![\w*])(\*\*\*|\*\*|\*)(?=\S)([^*]{1,500}?)(?<=\S)\1(?!\*)"), r"\2"),
    (regex(r"(?<![\w_])(__|_)(?=\S)([^_]{1,500}?)(?<=\S)\1(?!\w)"), r"\2"),
    (regex(r"~~(?=\S)([^~]{1,500}?)~~"), r"\1"),
    (regex(r"`([^`]{1,500})`"), r"\1"),
)
"""What marks text up, and what is left of it."""


def is_markdown(document: Document) -> bool:
    """Return whether a document has a line that parts the header of a Markdown table from its rows."""
    return next(markdown_tables(document), None) is not None


def markdown_tables(document: Document) -> Iterator[Table]:
    """Yield the tables of a Markdown text; headings above a table are its titles. Code blocks hold none."""
    if "|" in document.text and _ANY_RULE.search(document.text):
        yield from numbered(document.text, list(_drawn(document.text)))


def _drawn(text: str) -> Iterator[Drawn]:
    titles, begin = front_matter(text)
    leads: list[Text] = []
    fenced = ""
    rows: list[tuple[Span, list[Text]]] = []
    before: tuple[Span, str] = ((0, 0), "")
    for at, whole in lines(text, begin):
        # A line over the limit is told as empty but for its characters.
        span, line = (at, at + len(whole)), whole if len(whole) <= MAX_CHARACTERS else "|"
        if fence := FENCE.match(line):
            fenced = "" if fenced == fence[1] else fenced or fence[1]
        told = "" if fenced or fence else line
        if rows and "|" in told:
            rows.append((span, _cells(told, span[0])))
            continue
        if rows:
            yield _drawn_below(leads, titles, rows)
            rows, leads = [], []
        if heading := HEADING.match(told):
            start = span[0] + heading.start(2)
            titles += _told(leads) if len(titles) < MOST_TITLES else []
            titles.append(Text(plain_text(heading[2]), (start, start + len(heading[2])), len(heading[1])))
            leads = []
        elif len(told) < _LONGEST_RULE and "|" in before[1] and _RULE.match(told):
            rows = [(before[0], _cells(before[1], before[0][0]))]
        elif before[1].strip() and "|" not in before[1] and _UNDERLINE.match(told):
            titles.append(Text(plain_text(before[1]), before[0], 1 if "=" in told else 2))
            leads = []
        elif 0 < len(told) <= LONGEST_LEAD and "|" not in told and not told.isspace():
            leads = [*leads[1 - MOST_LEADS :], Text(told, span, LEAD)]
        before = (span, told)
    if rows:
        yield _drawn_below(leads, titles, rows)


def _drawn_below(leads: list[Text], titles: list[Text], rows: list[tuple[Span, list[Text]]]) -> Drawn:
    """A table below titles, and below texts that stand between these and it."""
    return Drawn((*reversed(_told(leads)), *reversed(titles)), rows)


def _told(leads: list[Text]) -> list[Text]:
    return [lead._replace(text=plain_text(lead.text)) for lead in leads]


def lines(text: str, at: int = 0) -> Iterator[tuple[int, str]]:
    """Yield where each line of a text begins, from the one at a place on, and the line without its end."""
    while at < len(text):
        found = _LINE.match(text, at)
        assert found is not None  # matches anything
        yield at, found[0].rstrip("\r\n")
        at = found.end()


def _cells(line: str, start: int) -> list[Text]:
    """The cells of a row; the bars at its ends part nothing."""
    begin = len(line) - len(line.lstrip())
    begin += line.startswith("|", begin)
    line = line.rstrip()
    cells: list[Text] = []
    while begin <= len(line):
        found = _BAR.match(line, begin)
        end = max(found.end() if found else begin, begin)
        raw = line[begin:end]
        if end >= len(line) and not raw.strip() and cells:
            break
        at = start + begin + len(raw) - len(raw.lstrip())
        cells.append(Text(plain_text(raw), (at, at + len(raw.strip()))))
        begin = end + 1 + (end < len(line) and line[end] == "\\")
    return cells


def plain_text(raw: str) -> str:
    """Return what a piece of Markdown says, without what marks it up."""
    text = raw.strip()
    if any(mark in text for mark in "[<*_~`"):
        for pattern, left in _MARKS:
            text = pattern.sub(left, text)
    return unescape(_ESCAPE.sub(r"\1", text)).strip()
