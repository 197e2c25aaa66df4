"""What was done about an incident, in the words of its documents: no node of its own, but what a reader asks first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.view.palette import in_words
from kg.vocabulary import BKG, REUSED

if TYPE_CHECKING:
    from kg.exposure.projection import Projection
    from kg.store import GraphStore

DONE: Final = "what was done"
"""The name of the property."""


def responses(store: GraphStore, projection: Projection) -> dict[str, list[tuple[str, str]]]:
    """Return, for each incident (an IRI) that has responses, a property for each: who did it, and what, in words.

    Raises:
        StoreError: the database is damaged.
    """
    told = sorted(store.pairs(BKG["response"][1:-1]))
    terms = (REUSED["rdfs:label"], BKG["actor"], BKG["actionType"]) if told else ()
    words, actors, kinds = (dict(store.pairs(term[1:-1])) for term in terms) if told else ({}, {}, {})
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for incident, response in told:
        what = words.get(response) or in_words(kinds.get(response, "").rsplit("/", 1)[-1])
        who = projection.nodes.get(actors.get(response, ""))
        found[incident].append((DONE, f"{who.label}: {what}" if who else what))
    return {incident: sorted(set(all_of_it)) for incident, all_of_it in found.items()}
