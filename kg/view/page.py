"""The model of a page: what it shows, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MAX_NODES: Final = 150
"""Nodes that can be read, and redrawn at once, in one drawing."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One claim behind an edge: the words, where they stand, who says so.

    Attributes:
        text: the quoted words, verbatim.
        document: the name of the document that holds them.
        place: where in the document ("line 2", "characters 92-198").
        span: character offsets of the quote in the document's text, start and end.
        source: who says so (a publisher, a rating page).
        url: the source's address; shown as a link only when it is http or https.
        date: a date, with the words that say of what ("incident of 2024-06"); it is shown right behind the source.
        certainty: the source's word: confirmed, suspected, claimed, denied.
        basis: stated, implied or inferred.
        extractor: name and version of what read the document.
        confidence: how sure the extractor is, as printed (0 to 1).
        claim: the IRI of the claim.
    """

    text: str
    document: str
    place: str
    span: tuple[int, int] | None
    source: str
    url: str
    date: str
    certainty: str
    basis: str
    extractor: str
    confidence: str
    claim: str


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the page.

    Attributes:
        id: its IRI, unique on the page.
        label: the name to show.
        kind: organization, vendor, group, incident, data-type, source, threat-actor, service or any other word.
        aliases: other names the search finds it by.
        properties: pairs of a name and a value, shown in this order.
        url: an address about it.
        tier: steps from the focus in the supply chain, when known; places the node on that ring.
        sector: its industry in words; organizations of one sector can be drawn as one.
        sole_for: how many organizations depend on it with no way around it (a single point of failure).
        portfolio: what the reader's own portfolio uses it for ("payments"), "" when it is not in there.
        since: the first day it can have happened, YYYY-MM-DD; "" when it has no date.
        until: the last day it can have happened, YYYY-MM-DD; "" when it has no date or no end.
        left_alone_by: the ids of vendors whose incidents are said not to have affected it; it is not exposed through them.
    """

    id: str
    label: str
    kind: str
    aliases: tuple[str, ...]
    properties: tuple[tuple[str, str], ...]
    url: str = ""
    tier: int | None = None
    sector: str = ""
    sole_for: int = 0
    portfolio: str = ""
    since: str = ""
    until: str = ""
    left_alone_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One directed relation between two nodes of the page; parallel edges are kept apart.

    Attributes:
        id: unique on the page.
        source: the id of the node it starts from.
        target: the id of the node it points to.
        kind: the property (usesVendor, breached, affectsDownstream, exposedDataType or any other word).
        label: the relation in words ("uses vendor").
        certainty: the strongest certainty among its claims.
        basis: the strongest basis among its claims.
        exposure: "confirmed", "potential" or ""; with the certainty, it decides how the line is drawn.
        status: the relationship's status ("suspended").
        date: when it held or happened, as printed.
        quotes: the claims behind it.
        since: the first day it can have held or happened, YYYY-MM-DD; "" when it has no date or no beginning.
        until: the last day it can have held or happened, YYYY-MM-DD; "" when it has no date or no end.
        spans: where it held with breaks, the first and the last day of each time it did; "" where one has none.
        disputed: where documents disagree about it, that they do and what holds, in words; else "".
    """

    id: str
    source: str
    target: str
    kind: str
    label: str
    certainty: str
    basis: str
    exposure: str
    status: str
    date: str
    quotes: tuple[Quote, ...]
    since: str = ""
    until: str = ""
    spans: tuple[tuple[str, str], ...] = ()
    disputed: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything one page shows.

    Attributes:
        title: the heading.
        nodes: the nodes, in any order.
        edges: the edges, in any order; both ends are nodes of the page.
        focus: the id of the node in the middle, or "".
        generated_from: names of the documents behind the page.
        note: a sentence of plain text for the reader.
        max_nodes: how many nodes are drawn at once; the others are found by search, lists and tables.
        part: whether relations that are known are left out: its numbers are then of what it shows alone, and it says so.
    """

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    focus: str
    generated_from: tuple[str, ...]
    note: str = ""
    max_nodes: int = MAX_NODES
    part: bool = False
