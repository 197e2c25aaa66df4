"""Suppliers that a page tells of one by one: a heading or a card for each, and below it what is told of it, behind labels.

## Cedar Cloud, Inc.
- **Purpose:** hosting
- **Location:** Ireland
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from kg.extract.markup import PageParser
from kg.extract.places import is_place
from kg.extract.supplier_words import DETAIL, LISTED
from kg.extract.suppliers.columns import columns
from kg.extract.suppliers.glance import may_hold_cards
from kg.extract.suppliers.lists import ASIDE, HEADED, begins_with_name
from kg.extract.suppliers.titles import is_kind, is_label, state
from kg.extract.tabular.front_matter import front_matter
from kg.extract.tabular.html_page import never_ends
from kg.extract.tabular.markdown_table import HEADING, plain_text
from kg.extract.tabular.row import LEAD, LONGEST_LEAD, MOST_TITLES, Row, Table, Text, plain
from kg.model import Defect
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Document, Span

_LONGEST_LINE = 2_000
"""Characters of a line that is looked at."""
_FEWEST = 3
"""Cards of a page."""
_MOST_LABELS = 20
"""Of the cards of a page."""
_FIRST = "Sub-processor"
_PAGE = regex(r"<h[1-6]\b", re.IGNORECASE)
_SUPPLIERS = regex(
    r"(?:list of |our )?(?:third party |critical |key )?(?:suppliers|vendors)(?: list| register| overview)?(?: (?:of|used by|engaged by) .{1,60})?"
)
"""Titles of lists of suppliers; others that speak of vendors may tell what befell them."""
_BULLET = regex(r"[ \t]*(?:[-*+•‣▪]|\d{1,3}[.)])[ \t]++")
_LINE = regex(r"[^\r\n]+")
_TOLD = regex(r"(?P<label>[^\W\d_][^:：?!.]{0,39})\s?[:：]\s*(?P<value>\S.*)?", re.DOTALL)
_ELSE = regex(r"\b(?:how|why|chang\w*|criteria|questions?|faq|änder\w*)\b")
"""Headings of pages that tell of suppliers and do not list them."""
_NOBODY = regex(
    r"\b(?:[Cc]ookies?|[Dd]ata|[Ii]nformation|[Mm]easures?|[Rr]ights?|[Tt]ransfers?|[Pp]rivacy|[Pp]olicy|[Cc]ontact)\Z"
    r"|\A\S{1,40}(?: [a-zß-ÿ]{2,30}){1,8}\Z"
)
"""A heading of something that is told of, and of no company; one in which only the first word has a capital is a phrase."""
_PURPOSE = "Purpose"
_MOST = 4
"""One in so many cards may say nothing of use."""
_MOST_WORDS = 10
"""Of a line that says what a supplier is for."""
_SENTENCE = regex(
    r"[:@?!\d]|\b(?:we|you|your|our|us|is|are|was|were|will|may|must|shall|should|has|have|can|please|click|enter|see|read|here|this|these|that|team|all)\b",
    re.IGNORECASE,
)
"""In a line that tells of something else."""
_PART = regex(
    r"(?:scope|owner|version|definitions?|introduction|overview|background|summary|updates?|contacts?(?: us)?|purpose|effective date|approval|approved by|author|reviewer|changes?"
    r"|history|resources|support|about(?: us)?|privacy|security|legal|company|products?|related .{1,30}|more .{1,30}|notes?|references?)"
)
"""Headings of the parts of a document that names nobody by them."""
_PROSE = regex(r"\b(?:policy|policies|agreement|addendum|terms|procedures?|guides?|guidelines?|handbook|faqs?)\b")
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "br", "section", "article", "main", "tr", "td", "table", "body"}
)


@dataclass(slots=True)
class _Card:
    """A heading, and what is told below it."""

    title: Text
    above: tuple[Text, ...]
    told: dict[str, str] = field(default_factory=dict)
    """Label -> value."""
    end: int = 0
    lines: list[Text] = field(default_factory=list)
    """What is told without a label."""


def supplier_cards(document: Document) -> list[Table]:
    """Return the suppliers that headings below one of suppliers name as tables, a row for each; none of another document.

    At least three such headings have lines with labels below them, one of which says what the supplier is for; or a line that
    says nothing else, where most are so and some of the headings have a legal form.
    """
    if not may_hold_cards(document):
        return []
    text = document.text
    paged = _PAGE.search(text) is not None
    if paged and never_ends(text):
        return []
    cards = _cards(_Page(text).read() if paged else _plain(text))
    told = [card for card in cards if _is_card(card)]
    among = _among(cards, told if len(told) >= _FEWEST else _described(cards))
    return _tables(text, among[1]) if among else []


def _among(cards: Sequence[_Card], told: Sequence[_Card]) -> tuple[list[_Card], list[_Card]] | None:
    """Those of some cards that are of the rank of most, and all of that rank from the first of them to the last; None where there are few."""
    levels = [card.title.level for card in told]
    level = max(set(levels), key=levels.count, default=0)
    told = [card for card in told if card.title.level == level]
    if len(told) < _FEWEST:
        return None
    first, last = cards.index(told[0]), cards.index(told[-1])
    return told, [card for card in cards[first : last + 1] if card.title.level == level]


def _cards(blocks: Iterator[Text]) -> list[_Card]:
    """The headings of a page that have one of suppliers above them, with what is told below each."""
    path: list[Text] = []
    cards: list[_Card] = []
    label = ""
    for block in blocks:
        alone = is_label(block.text.rstrip(" :：")) and bool(cards)
        if 0 < block.level < LEAD and not (alone and block.level > cards[-1].title.level):
            path = path[: next((at for at, one in enumerate(path) if block.level <= one.level < LEAD), len(path))]
            if any(_lists(title.text) for title in path if title.level != LEAD):
                cards.append(_Card(block, tuple(reversed(path)), {}, block.span[1]))
            path.append(block)
            label = ""
        elif not block.level or not cards or cards[-1].title is not path[-1]:
            path += [block] if len(block.text) <= LONGEST_LEAD and len(path) < MOST_TITLES else []
        elif alone:
            label = block.text.rstrip(" :：")
            cards[-1].lines += [block] if len(cards[-1].lines) < _FEWEST else []
        else:
            _tell(cards[-1], label, block)
            label = ""
    return cards


def _lists(title: str) -> bool:
    """Whether a title says that suppliers are told of below it."""
    told = plain(title)
    return (LISTED.search(told) or _SUPPLIERS.fullmatch(told)) is not None and not _ELSE.search(told)


def _tell(card: _Card, label: str, block: Text) -> None:
    """Add a line to a card: behind the label that stood alone above it, or behind its own."""
    value = block.text
    if not label and (match := _TOLD.fullmatch(value)) and match["value"]:
        label, value = match["label"].strip(), match["value"].strip()
        found = columns((_FIRST, label))
        if "customer" in found or not (is_label(label) or len(found) > 1 or DETAIL.search(plain(label))):
            return
    if label:
        card.told.setdefault(label, value)
        card.end = max(card.end, block.span[1])
    elif len(card.lines) < _FEWEST:
        card.lines.append(block)


def _is_card(card: _Card) -> bool:
    """Whether a heading names somebody, and a line below it says what for."""
    return _names_somebody(card.title.text) and any("service" in columns((_FIRST, label)) for label in card.told)


def _names_somebody(name: str) -> bool:
    if not begins_with_name(name) or _NOBODY.search(name) or LISTED.search(plain(name)) or state(name) or is_kind(name):
        return False
    return not is_place(name)


def _described(cards: Sequence[_Card]) -> list[_Card]:
    """The cards of a page that has no labels, if most have a line that says what for, with that under a label."""
    found = _among(cards, list(filter(_purpose, cards)))
    if found is None:
        return []
    told, among = found
    titles = [card.title.text for card in among]
    if _MOST * len(told) < (_MOST - 1) * len(among) or any(_PART.fullmatch(plain(title)) for title in titles):
        return []
    formed = [split_legal_form(title)[0].casefold() for title in titles if split_legal_form(title)[1]]
    above = [title for card in among for title in card.above]
    of_itself = any(name in title.text.casefold() for name in formed for title in above)  # and not of its suppliers
    in_words = any(_PROSE.search(plain(title.text)) for title in above if title.level != LEAD)  # as policies are
    if _MOST * len(formed) < len(titles) or of_itself or in_words:
        return []
    for card in told:
        if line := _purpose(card):
            card.told[_PURPOSE] = line.text
            card.end = max(card.end, line.span[1])
    return told


def _purpose(card: _Card) -> Text | None:
    """The first line below a heading of somebody where it is a few words, and no sentence."""
    if card.told or not card.lines or not _names_somebody(card.title.text):
        return None
    line = next((line for line in card.lines if not is_place(line.text)), card.lines[0])
    words = line.text.split()
    fits = len(words) <= _MOST_WORDS and line.text[0].isupper() and not is_place(line.text)
    return line if fits and not _SENTENCE.search(line.text) else None


def _tables(text: str, cards: Sequence[_Card]) -> list[Table]:
    """A table for the cards below each heading; one without a name or labels is a defect."""
    labels: dict[str, str] = {}
    for card in cards:
        for label in card.told:
            if len(labels) < _MOST_LABELS:
                labels.setdefault(plain(label), label)
    header = (_FIRST, *labels.values())
    found: dict[tuple[Text, ...], list[Row | Defect]] = {}
    for number, card in enumerate(cards, 1):
        place = f"card {number}"
        if not _is_card(card):
            found.setdefault(card.above, []).append(Defect(place, "does not tell of a supplier as the others do"))
            continue
        told = {plain(label): value for label, value in card.told.items()}
        span = (card.title.span[0], card.end)
        cells = [card.title.text, *(told.get(label, "") for label in labels)]
        spans: list[Span] = [card.title.span, *(span for _ in labels)]
        found.setdefault(card.above, []).append(Row(number, place, cells, text, span, header, spans))
    return [Table(header, above, partial(iter, rows)) for above, rows in found.items()]


def _plain(text: str) -> Iterator[Text]:
    """The headings and lines of a text in Markdown; the rank of a line is that of a text which may lead to something."""
    titles, begin = front_matter(text)
    yield from titles
    for match in _LINE.finditer(text, begin):
        line = match[0][:_LONGEST_LINE].rstrip()
        if heading := HEADING.match(line):
            start = match.start() + heading.start(2)
            yield Text(plain_text(heading[2]), (start, start + len(heading[2])), len(heading[1]))
        elif line.strip():
            bullet = _BULLET.match(line)
            start = bullet.end() if bullet else len(line) - len(line.lstrip())
            yield Text(plain_text(line[start:]), (match.start() + start, match.start() + len(line)), LEAD)


class _Page(PageParser):
    """Reads the headings and blocks of text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found: list[Text] = []
        self.parts: list[str] = []
        self.start = self.aside = 0
        self.level = LEAD
        self.end: int | None = None

    def read(self) -> Iterator[Text]:
        self.feed(self.source)
        self.close()
        self._end_block()
        return iter(self.found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in ASIDE:
            self.aside += 1
        if tag in _BLOCKS or HEADED.fullmatch(tag):
            self._end_block()
            self.level = LEAD if tag in _BLOCKS else 0 if tag == "title" else int(tag[1])

    def handle_endtag(self, tag: str) -> None:
        if tag in ASIDE:
            self.aside = max(0, self.aside - 1)
        if tag in _BLOCKS or HEADED.fullmatch(tag):
            self._end_block()
            self.level = LEAD

    def handle_data(self, data: str) -> None:
        if self.aside:
            return
        self.parts.append(data)
        if data.strip():
            start, end = self.span(data)
            self.start, self.end = self.start if self.end is not None else start, end

    def _end_block(self) -> None:
        if self.end is not None and self.end - self.start <= _LONGEST_LINE:
            self.found.append(Text(" ".join("".join(self.parts).split()), (self.start, self.end), self.level))
        self.parts, self.end = [], None
