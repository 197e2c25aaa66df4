"""What `kg extract --explain` shows: the text of a document with its facts marked, on a terminal or as a page.

A character is marked for the shortest fact that holds it, so that names stay visible inside the sentence that relates
them; every fact stands below the text too, with its words. The page has no script, and says so to the browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from kg.model import Certainty
from kg.view.safe import Cleaner, source_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_COLOURS: Final = {"party": 36, "data": 35, "count": 33, "date": 32, "response": 34, "relation": 4}
"""Kind of fact -> number of its style on a terminal."""
_TITLE: Final = "What was read"
_STYLE: Final = """
body{font:16px/1.6 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
mark{color:inherit;border-radius:3px;padding:0 2px}
.party{background:#cfe8ff}.data{background:#f3d9fa}.count{background:#fff3bf}.date{background:#d3f9d8}
.response{background:#dbe4ff}.relation{background:none;text-decoration:underline;text-underline-offset:4px}
li{margin:.2rem 0}q{color:#495057}
@media (prefers-color-scheme:dark){body{background:#1a1b1e;color:#e9ecef}mark{color:#1b1b1f}.relation{color:inherit}q{color:#adb5bd}}
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a record: its kind, what it says, and the characters that say it."""

    kind: str
    label: str
    start: int
    end: int


def facts(*records: dict[str, Any]) -> list[Fact]:
    """Return the facts of records of `kg extract` that have a place in the text, in its order."""
    told = [Fact(kind, label, *span) for record in records for kind, label, span in _told(record) if span]
    return sorted(dict.fromkeys(told), key=lambda fact: (fact.start, -fact.end, fact.kind, fact.label))


def _told(record: dict[str, Any]) -> Iterator[tuple[str, str, list[int] | None]]:
    # Who took part is as certain as the incident; who uses whom, what was done and when do not hang on that.
    sure = record["certainty"]
    for party in record["parties"]:
        yield "party", _doubted(f"{party['role']}: {party['name']}", sure), party["span"]
    for row in record["uses_vendor"]:
        yield "relation", f"{row['customer']} uses {row['supplier']} ({row['status']})", row["span"]
    for kind in record["data_types"]:
        yield "data", _doubted(kind["concept"] or kind["text"], kind["certainty"]), kind["span"]
    for count in record["record_counts"]:
        bounds = dict.fromkeys("…" if bound is None else f"{bound:,}" for bound in (count["low"], count["high"]))
        label = f"{' to '.join(bounds)} {count['unit']}".strip()
        yield "count", _doubted(label, count["certainty"]), count["span"]
    for date in record["dates"]:
        yield "date", f"{date['what']} {date['edtf']}", date["span"]
    for action in record["responses"]:
        label = " ".join(filter(None, (action["actor"], action["action"] or action["text"], action["target"])))
        yield "response", label, action["span"]


def _doubted(label: str, certainty: str) -> str:
    """A fact in words, with its certainty where it is not confirmed."""
    return label if certainty == Certainty.CONFIRMED else f"{label} ({certainty})"


def pieces(text: str, marked: Sequence[Fact]) -> Iterator[tuple[str, Fact | None]]:
    """Yield the text in pieces, each with the shortest fact that holds it, or None."""
    edges = sorted({0, len(text), *(edge for fact in marked for edge in (fact.start, fact.end))})
    owner: dict[int, Fact] = {}
    place = {edge: number for number, edge in enumerate(edges)}
    for fact in sorted(marked, key=lambda fact: fact.start - fact.end):
        for number in range(place[fact.start], place[fact.end]):
            owner[number] = fact
    for number, (start, end) in enumerate(pairwise(edges)):
        yield text[start:end], owner.get(number)


def as_text(name: str, text: str, records: Iterable[dict[str, Any]], *, colours: bool) -> str:
    """Return a document with its facts for a terminal; without colours, marks are square brackets."""
    clean, marked = Cleaner(), facts(*records)
    lines = [f"{clean(name)}:", ""]
    shown = []
    for piece, fact in pieces(text, marked):
        words = clean(piece)
        if fact is not None and words.strip():
            words = f"\x1b[{_COLOURS[fact.kind]}m{words}\x1b[0m" if colours else f"[{words}]"
        shown.append(words)
    lines += ["".join(shown).rstrip(), ""]
    for fact in marked:
        quote = " ".join(clean(text[fact.start : fact.end]).split())
        lines.append(f"{fact.kind:<9} {clean(fact.label)}  “{quote}”")
    return "\n".join(lines if marked else [*lines, "no facts were found"])


def as_page(documents: Iterable[tuple[str, str, Sequence[dict[str, Any]]]]) -> str:
    """Return a page with documents and their facts, each given as name, text and records."""
    policy = f"default-src 'none'; style-src {source_hash(_STYLE)}; base-uri 'none'; form-action 'none'"
    body = "".join(_section(name, text, records) for name, text, records in documents)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{_TITLE}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{_TITLE}</h1>{body}</main></body></html>\n"
    )


def _section(name: str, text: str, records: Sequence[dict[str, Any]]) -> str:
    clean, marked = Cleaner(), facts(*records)
    shown = []
    for piece, fact in pieces(text, marked):
        words = escape(clean(piece))
        title = escape(clean(fact.label)) if fact else ""
        shown.append(f'<mark class="{fact.kind}" title="{title}">{words}</mark>' if fact else words)
    rows = "".join(
        f'<li><mark class="{fact.kind}">{fact.kind}</mark> {escape(clean(fact.label))} '
        f"<q>{escape(' '.join(clean(text[fact.start : fact.end]).split()))}</q></li>"
        for fact in marked
    )
    listed = f"<h3>Facts</h3><ul>{rows}</ul>" if rows else "<p>No facts were found.</p>"
    return f"<section><h2>{escape(clean(name))}</h2><pre>{''.join(shown)}</pre>{listed}</section>"
