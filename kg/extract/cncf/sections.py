"""The sections of a catalogue page in Markdown: headings in many spellings, and the paragraphs and list items below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.cncf.headings import heading_kind
from kg.extract.tabular.markdown_table import FENCE, lines, plain_text
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_HEADING = 300
_PAGE = regex(r"(?:\A|/)((?:19|20)\d\d/[^/\s#?]+)\.(?:md|markdown)\b", re.IGNORECASE)
_HEADING = regex(r" {0,3}(#{1,6})[ \t]*([^#\s].*?)[ \t#]*\Z")
_BOLD = regex(r" {0,3}(?:\*\*|__)([^*_]{1,100})(?:\*\*|__):?[ \t]*\Z")
_UNDERLINE = regex(r" {0,3}(?:(={2,})|-{2,})[ \t]*\Z")
_FRONT = regex(r"\s*---[ \t]*\r?\n(?:[^\r\n]{0,500}\r?\n){0,60}?---[ \t]*(?:\r?\n|\Z)")
_ITEM = regex(r"[ \t]*+(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTE = regex(r"\A[ \t]*+>[ \t]?")
_BOLD_LEVEL = 7


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or an item of a list: what it says on one line, and its raw characters."""

    text: str
    start: int
    end: int
    item: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading.

    Attributes:
        title: the heading, without what marks it up; "" for what stands above the first.
        kind: "types", "impact", "references", "description"; "" for another.
        level: 1 to 6 for "#" to "######".
        span: the heading's raw characters.
        start: where its text begins.
        end: where the next section begins.
    """

    title: str
    kind: str
    level: int
    span: tuple[int, int]
    start: int
    end: int


SENTENCE = regex(r"(?<=[.!?])(?<![\s.][A-Z]\.)\s+(?=[\"“'(]?[A-Z0-9])")
"""What stands between two sentences; behind an initial there is none ("the U.S. Department")."""


def without_comments(text: str) -> str:
    """Return a text with blanks for its HTML comments and front matter, so that all else stands where it stood."""
    if matter := _FRONT.match(text):
        text = re.sub(r"[^\r\n]", " ", matter[0]) + text[matter.end() :]
    parts, done = [], 0
    while (begin := text.find("<!--", done)) >= 0 and (end := text.find("-->", begin)) >= 0:
        end += len("-->")
        parts += [text[done:begin], re.sub(r"[^\r\n]", " ", text[begin:end])]
        done = end
    return "".join([*parts, text[done:]])


def sections(text: str) -> list[Section]:
    """Return the sections of a page, comments apart; one below a heading that means nothing to us joins the one it is in."""
    found: list[Section] = []
    titled = False
    for title, level, span in [("", 0, (0, 0)), *_headings(text)]:
        kind = heading_kind(title) if titled or level != 1 else ""
        titled = titled or level == 1
        if found and level > found[-1].level and found[-1].kind and not kind:
            continue
        if level == _BOLD_LEVEL and not kind:
            continue
        if found:
            found[-1] = replace(found[-1], end=span[0])
        found.append(Section(title, kind, level, span, span[1], len(text)))
    return found


def _headings(text: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    fence, before = "", ("", 0)
    for start, line in lines(text):
        if mark := FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        elif not fence and (match := _HEADING.match(line[:_LONGEST_HEADING].rstrip())):
            yield plain_text(match[2]), len(match[1]), (start, start + match.end())
        elif not fence and (match := _BOLD.match(line)):
            yield plain_text(match[1]), _BOLD_LEVEL, (start, start + len(line))
        elif not fence and before[0].strip() and (match := _UNDERLINE.match(line)) and not _ITEM.match(before[0]):
            yield plain_text(before[0]), 1 if match[1] else 2, (before[1], start + len(line))
        before = (line if not fence and len(line) <= _LONGEST_HEADING and not _HEADING.match(line) else "", start)


def page_id(name: str) -> str:
    """Return what a page is known by ("2021/codecov") from its address or the name of its document, "" where that has no year."""
    match = _PAGE.search(name)
    return match[1] if match else ""


def is_page(name: str, found: Sequence[Section]) -> bool:
    """Return whether sections are those of a page: one is for the type of compromise, or the year's folder stands in for it."""
    kinds = {section.kind for section in found if section.kind}
    headed = any(section.level == 1 for section in found)
    if "types" in kinds:
        return headed or len(kinds) > 1
    return headed and "impact" in kinds and page_id(name) != ""


def blocks(text: str, start: int, end: int) -> Iterator[Block]:
    """Yield the paragraphs and list items of a part of a text that says something."""
    begun: list[tuple[str, int]] = []
    for at, line in lines(text[start:end]):
        bare = _QUOTE.sub("", line)
        item = _ITEM.match(bare)
        if begun and (item or not bare.strip() or FENCE.match(bare)):
            yield from _block(begun, start)
            begun = []
        if bare.strip() and not FENCE.match(bare):
            begun.append((line, at))
    yield from _block(begun, start)


def _block(begun: list[tuple[str, int]], offset: int) -> Iterator[Block]:
    if not begun:
        return
    first, last = begun[0], begun[-1]
    lead = _QUOTE.match(first[0])
    indent = lead.end() if lead else len(first[0]) - len(first[0].lstrip())
    item = _ITEM.match(first[0], indent)
    indent = item.end() if item else indent
    said = " ".join([first[0][indent:], *(_QUOTE.sub("", line) for line, _ in begun[1:])])
    text = " ".join(plain_text(said).split())
    if text and re.search(r"\w", text):
        yield Block(text, offset + first[1] + indent, offset + last[1] + len(last[0].rstrip()), item is not None)
