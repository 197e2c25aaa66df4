"""What the tools read in the graph, as JSON values; runs in the process of `kg.mcp.reader`, which can be ended."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.competency import questions
from kg.errors import KGError, StoreError
from kg.opening import open_graph
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.exposure.statements import Node
    from kg.exposure.structure import Exposed
    from kg.graph import KnowledgeGraph

Told = dict[str, Any]
_log = logging.getLogger("kg.mcp")


def main(path: str) -> None:
    """Answer requests on stdin, a line each, until there are no more: [tool, arguments] with {"told"} or {"error"}."""
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    graph: KnowledgeGraph | None = None
    for line in sys.stdin.buffer:
        tool, arguments = json.loads(line)
        try:
            graph = open_graph(path) if graph is None else following(graph)
            told: Told = {"told": _TOOLS[tool](graph, **arguments)}
        except KGError as error:
            told = {"error": str(error)}
        answers.write(json.dumps(told, default=str).encode() + b"\n")
        answers.flush()


def following(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Return the graph of the current generation; where that cannot be opened, the one before."""
    try:
        return graph.refresh()
    except StoreError as error:
        _log.warning("generation %d is served on: %s", graph.store.generation, error)
        return graph


def _info(graph: KnowledgeGraph) -> Told:
    told = graph.info()
    return {name: told[name] for name in ("generation", "documents", "classes", "quads")} | {
        "prefixes": dict(PREFIXES),
        "questions": [
            {
                "id": one.id,
                "title": one.title,
                "parameters": [
                    {"name": p.name, "kind": p.kind, "default": p.default, "meaning": p.meaning} for p in one.parameters
                ],
            }
            for one in questions()
            if one.state_at is None
        ],
    }


def _find(graph: KnowledgeGraph, *, name: str) -> Told:
    found, near = graph.named(name)
    return {"name": name, "found": list(map(_node, found)), "near": list(map(_node, near))}


def _exposure(graph: KnowledgeGraph, *, organization: str, depth: int, only: Any, day: str | None, limit: int) -> Told:
    answer = graph.exposure(organization, depth, only=only, valid_on=_day(day))
    told = answer.as_dict()
    apart = _apart(answer, told["exposures"], "confirmed", "potential", "unaffected", "no_incident")
    apart["unnamed"] = told["unnamed"]
    return {"organization": told["organization"], "depth": depth} | _first(apart, limit)


def _blast_radius(graph: KnowledgeGraph, *, vendor: str, depth: int, only: Any, day: str | None, limit: int) -> Told:
    answer = graph.blast_radius(vendor, depth, only=only, valid_on=_day(day))
    told = answer.as_dict()
    apart = _apart(answer, told["exposed"], "confirmed", "potential", "no_incident")
    apart |= {"unnamed": told["unnamed"], "unaffected": told["unaffected"]}
    return {"vendor": told["vendor"], "depth": depth} | _first(apart, limit)


def _apart(answer: Iterable[Exposed], told: list[Told], *lists: str) -> dict[str, list[Told]]:
    """What is told of each result, in the list of its kind."""
    apart: dict[str, list[Told]] = {name: [] for name in lists}
    for found, one in zip(answer, told, strict=True):
        del one["exposure"]
        apart[{"not affected": "unaffected", "no incident": "no_incident"}.get(found.word, found.word)].append(one)
    return apart


def _why(graph: KnowledgeGraph, *, subject: str, predicate: str | None, object: str, limit: int) -> Told:  # noqa: A002 - the word of RDF, which assistants know
    found = graph.why(subject, predicate, object) if predicate else graph.why(subject, object)
    nodes = graph.around.nodes
    return {
        "statements": [
            {
                "subject": _node(nodes[start]),
                "predicate": kind,
                "object": _node(nodes[end]),
                "count": len(quotes),
                "quotes": [quote.as_dict() for quote in quotes[:limit]],
            }
            for (start, kind, end), quotes in found
        ]
    }


_TOOLS: dict[str, Callable[..., Told]] = {
    "info": _info,
    "find": _find,
    "exposure": _exposure,
    "blast_radius": _blast_radius,
    "why": _why,
}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _node(node: Node) -> Told:
    told = {"iri": node.iri, "kind": node.kind, "label": node.label}
    more = {"aliases": node.aliases, "former_names": node.former_names, "identifiers": node.identifiers}
    return told | {name: list(values) for name, values in more.items() if values}


def _first(lists: dict[str, list[Told]], limit: int) -> Told:
    """The beginning of each list, and how long each is."""
    counts = {name: len(entries) for name, entries in lists.items()}
    return {"counts": counts} | {name: _brief(entries[:limit]) for name, entries in lists.items()}


def _brief(told: Any) -> Any:
    """An answer with the number of claims in place of their IRIs, which would be most of what there is to read."""
    if isinstance(told, list):
        return [_brief(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {name: len(value) if name == "claims" else _brief(value) for name, value in told.items()}
