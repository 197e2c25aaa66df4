"""The citation table: every claim with its quote, source, date of the incident and certainty, as CSV, Markdown or a safe HTML page."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from kg.errors import KGError
from kg.export.rows import services
from kg.query import Table
from kg.view.safe import Cleaner, link, source_hash
from kg.vocabulary import BKG, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.export.selection import Selection

COLUMNS: Final = (
    "subject", "statement", "object", "quote", "source", "url", "incident_date", "certainty", "basis", "confidence", "document",
    "place", "characters", "extractor", "claim",
)  # fmt: skip
_LITERAL: Final = ("occurred", "discovered", "disclosed", "reported", "formerName")
_TEXT: Final = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|~$&!:@"})
_SHOWN: Final = ("Claim", "Quote", "Source", "Date of the incident", "Certainty", "Where")
"""Columns of the page."""
_STYLE: Final = """
*{box-sizing:border-box}
body{font:15px/1.45 system-ui,sans-serif;margin:0;color:#1b1f24;background:#fff}main{padding:1rem 2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .7rem;
border-bottom:1px solid #d5d9de;overflow-wrap:anywhere}th{position:sticky;top:0;background:#fff;overflow-wrap:normal}
th:nth-child(2){width:34%}td:nth-child(5){overflow-wrap:normal}
@media (min-width:761px){td:nth-child(4){white-space:nowrap}}
@media (prefers-color-scheme:dark){body,th{color:#e6e8eb;background:#15181c}th,td,tr{border-color:#3a4048}a{color:#8ab4f8}}
@media (max-width:760px){
main{padding:1rem}table,tbody,tr,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.35rem 0;border-bottom:2px solid #d5d9de}
td{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:0 .5rem;border:0;padding:.2rem 0}
td::before{content:attr(data-column);opacity:.75;font-size:.85em}
td:empty{display:none}
}
"""


def citations(selection: Selection, path: Path) -> str:
    """Return the table in the form that the ending of the file asks for; hidden characters are taken out.

    Raises:
        KGError: the ending is not .csv, .md or .html.
    """
    forms = {".csv": Table.to_csv, ".md": _markdown, ".html": _html}
    form = forms.get(path.suffix.casefold())
    if form is None:
        raise KGError(f"{path}: a table of evidence is written as {', '.join(forms)}")
    return form(Table(COLUMNS, list(_rows(selection))))


def _rows(selection: Selection) -> Iterator[tuple[str, ...]]:
    clean = Cleaner()
    told = sorted(_statements(selection), key=lambda row: (row[0].casefold(), row[1], row[2].casefold(), row[3]))
    for subject, statement, obj, claims in told:
        for quote in selection.quotes(claims):
            characters = f"{quote.span[0]}-{quote.span[1]}" if quote.span else ""
            row = (
                subject, statement, obj, quote.words, quote.source, quote.url, quote.date,
                quote.certainty, quote.basis, quote.confidence, quote.document, quote.record, characters, quote.extractor, quote.iri,
            )  # fmt: skip
            yield tuple(clean(value) for value in row)


def _statements(selection: Selection) -> Iterator[tuple[str, str, str, list[str]]]:
    """Subject, statement and object in words, and the claims behind it: of edges, then of dates, counts and responses."""
    nodes = selection.projection.nodes
    for edge in selection.projection.edges:
        served = f" ({', '.join(services(edge))})" if services(edge) else ""
        yield nodes[edge.source].label, edge.type, nodes[edge.target].label + served, edge.claim_iris
    said = {part: dict(selection.pairs(REUSED[f"rdf:{part}"])) for part in ("subject", "predicate", "object")}
    certainty = dict(selection.pairs(BKG["certainty"]))
    labels = dict(selection.pairs(REUSED["rdfs:label"])) | _counts(selection)
    words = {BKG[name][1:-1]: name for name in (*_LITERAL, "recordCount", "response")}
    for claim, subject in said["subject"].items():
        statement, sure = words.get(said["predicate"].get(claim, "")), certainty.get(claim, "").rsplit("/", 1)[-1]
        if statement and subject in nodes and (selection.certainty is None or sure in selection.certainty):
            value = said["object"].get(claim, "")
            yield nodes[subject].label, statement, value if statement in _LITERAL else labels.get(value, ""), [claim]


def _counts(selection: Selection) -> dict[str, str]:
    """How many of what, in words, for every count."""
    low, high = dict(selection.pairs(BKG["atLeast"])), dict(selection.pairs(BKG["atMost"]))
    words = {}
    for iri, unit in dict(selection.pairs(BKG["unit"])).items():
        bounds = (low.get(iri), high.get(iri))
        number = (
            bounds[0] if bounds[0] == bounds[1]
            else " to ".join(bound for bound in bounds if bound) if all(bounds)
            else f"{'at least' if bounds[0] else 'at most'} {bounds[0] or bounds[1]}"
        )  # fmt: skip
        words[iri] = f"{number or 'an unknown number of'} {unit}"
    return words


def _markdown(table: Table) -> str:
    """A table of GitHub's Markdown: nothing in it is markup, only addresses are links."""
    lines = [f"| {' | '.join(table.columns)} |", f"|{' --- |' * len(table.columns)}"]
    for row in table.rows:
        cells = (
            f"<{url}>" if name == "url" and (url := link(str(value))) else _plain(str(value))
            for name, value in zip(table.columns, row, strict=True)
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "".join(line + "\n" for line in lines)


def _plain(text: str) -> str:
    # "www." makes a link of what follows.
    return re.sub(r"(?i)\b(www)\.", r"\1\\.", " ".join(text.split()).translate(_TEXT))


def _html(table: Table) -> str:
    """A page without scripts that may load nothing; each row is found by the IRI of its claim.

    On a narrow screen each row is a list of its cells; its parts say what they are, for a browser then sees no table.
    """
    policy = f"default-src 'none'; style-src {source_hash(_STYLE)}"
    head = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in _SHOWN)
    rows = "".join(_tr({name: str(value) for name, value in row.items()}) for row in table.dicts())
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evidence</title><style>{_STYLE}</style></head>\n<body>\n<main>\n<h1>Evidence</h1>\n"
        f'<p>{len(table)} claims</p>\n<table role="table">\n<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}</tbody>\n</table>\n</main>\n</body>\n</html>\n'
    )


def _tr(told: dict[str, str]) -> str:
    safe = {name: escape(value) for name, value in told.items()}
    source = safe["source"]
    if link(told["url"]):
        source = f'<a href="{safe["url"]}" rel="noopener noreferrer">{source}</a>'
    where = ", ".join(filter(None, (safe["place"], safe["characters"] and f"characters {safe['characters']}")))
    cells = (
        f"{safe['subject']} <b>{safe['statement']}</b> {safe['object']}",
        f"<q>{safe['quote']}</q>",
        source,
        safe["incident_date"],
        f"{safe['certainty']}, {safe['basis']}, confidence {safe['confidence']}",
        f"{safe['document']}: {where}; {safe['extractor']}",
    )
    shown = "".join(map(_td, _SHOWN, cells))
    return f'<tr role="row" title="{safe["claim"]}">{shown}</tr>\n'


def _td(name: str, cell: str) -> str:
    return f'<td role="cell" data-column="{name}">{cell and f"<div>{cell}</div>"}</td>'
