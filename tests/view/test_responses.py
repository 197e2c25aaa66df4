"""What the page says was done about an incident: by whom, in words or by its kind; nothing where nothing is told."""

from __future__ import annotations

import pytest
from documents import graph_of

import kg.model
from kg.view.responses import DONE, responses


def told(graph):
    return {node.label: [value for name, value in node.properties if name == DONE] for node in graph.page().nodes}


def test_an_incident_tells_what_was_done_about_it_and_by_whom(demo_graph):
    found = told(demo_graph)
    (incident,) = [label for label in found if label.startswith("Meta Pauses Work")]
    assert found[incident] == ["Meta: Paused all work with Mercor"]
    assert sum(map(bool, found.values())) > 1


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (kg.model.Action("Changed all keys", "reset-credentials", actor="Birch"), "Birch: Changed all keys"),
        (kg.model.Action("", "reset-credentials", actor="Birch"), "Birch: reset credentials"),
        (kg.model.Action("", "reset-credentials"), "reset credentials"),
    ],
)
def test_words_kind_and_actor_as_far_as_they_are_told(response, words):
    party = kg.model.Party("Birch", kg.model.Role.BREACHED)
    graph = graph_of([kg.model.Incident("i", "Alder loses keys", 1, parties=(party,), responses=(response,))])
    assert [value for values in told(graph).values() for value in values] == [words]


def test_without_responses_nothing_is_read():
    party = kg.model.Party("Birch", kg.model.Role.BREACHED)
    graph = graph_of([kg.model.Incident("i", "Alder loses keys", 1, parties=(party,))])
    assert responses(graph.store, graph.projection) == {}
