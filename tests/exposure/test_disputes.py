"""Of what documents of one incident disagree about, the later one holds where it is known to be later; else the party was left alone."""

from __future__ import annotations

import pytest
from documents import breach, graph_of

from kg.competency import run
from kg.exposure.around import Around
from kg.exposure.projection import project
from kg.exposure.structure import happened_at, harms
from kg.model import Certainty, Role

HIT, SPARED = Role.AFFECTED_DOWNSTREAM, Role.CUSTOMER_UNAFFECTED


def said(role, *when, certainty=Certainty.CONFIRMED):
    """A document of the one breach of Birch: what was Oak in it, and the day on which the document tells of it."""
    dates = [("occurred", "2026-02-26"), *when]
    return [breach(("Birch", Role.BREACHED), ("Oak", role), uses=["Oak"], when=dates, certainty=certainty)]


FIRST, SECOND = ("reported", "2026-03-02"), ("disclosed", "2026-03-10")


@pytest.mark.parametrize(
    ("documents", "word"),
    [
        ([said(SPARED, FIRST), said(HIT, SECOND)], "confirmed"),
        ([said(HIT, SECOND), said(SPARED, FIRST)], "confirmed"),
        ([said(HIT, FIRST), said(SPARED, SECOND)], "not affected"),
        ([said(SPARED, FIRST), said(HIT, FIRST)], "not affected"),
        ([said(SPARED, ("reported", "2026-03")), said(HIT, SECOND)], "not affected"),
        ([said(SPARED), said(HIT, SECOND)], "not affected"),
        ([said(SPARED, FIRST), said(HIT)], "not affected"),
        ([said(SPARED, ("disclosed", "2026-03-02")), said(HIT, SECOND)], "not affected"),
        ([said(SPARED, ("disclosed", "2026-02-28"), FIRST), said(HIT, SECOND)], "confirmed"),
        ([said(SPARED, FIRST, ("disclosed", "2026-03-05")), said(HIT, SECOND)], "not affected"),
        ([said(SPARED, FIRST), said(HIT, SECOND), said(SPARED, ("reported", "2026-03-20"))], "not affected"),
        ([said(SPARED, FIRST), said(HIT, SECOND, certainty=Certainty.SUSPECTED)], "potential"),
        ([said(SPARED, FIRST), said(Role.BREACHED, SECOND)], "potential"),
    ],
)
def test_what_the_later_document_says_holds_on_every_surface(documents, word):
    graph = graph_of(*documents)
    projection = project(graph.store)
    assert [row[2] for row in graph.exposure("Oak").table()] == [word]
    blast = {row[1]: row[2] for row in graph.blast_radius("Birch").table()}
    assert blast == {"Oak": word}
    assert len(graph.breach_proximity()) == (word != "not affected")
    (oak,) = [node.iri for node in projection.nodes.values() if node.label == "Oak"]
    told = [
        harm for edge, harm in harms(projection.edges, projection.nodes) if oak in (edge.source, edge.target) and harm
    ]
    assert (word in told) if told else word == "not affected"
    assert bool(happened_at(projection, oak)) == (word != "not affected")
    assert [row["told"] for row in run(graph, "CQ01", {"vendor": "Birch"}).dicts()] == ["disputed"]


@pytest.mark.parametrize(
    ("documents", "later"), [([said(SPARED, FIRST), said(HIT, SECOND)], True), ([said(SPARED), said(HIT)], False)]
)
def test_a_dispute_is_told_with_the_words_of_both_sides(documents, later):
    graph = graph_of(*documents)
    for told in (graph.exposure("Oak"), graph.blast_radius("Birch"), graph.blast_radius("Birch", portfolio=["Oak"])):
        (one,) = told.disputed
        assert (one.party.label, one.incident.label, one.overtaken) == ("Oak", "Birch breached", later)
        (shown,) = told.as_dict()["disputed"]
        assert (shown["organization"]["label"], shown["incident"]["title"]) == ("Oak", "Birch breached")
        assert {quote.document for quote in graph.evidence.quotes(shown["claims"])} == {"0.txt", "1.txt"}
    assert not graph.blast_radius("Birch", portfolio=["Birch"]).disputed
    assert len(graph.why("Birch breached", "Oak")) == 2


@pytest.mark.parametrize(
    "documents", [[said(SPARED, FIRST)], [said(SPARED, FIRST), said(HIT, SECOND, certainty=Certainty.DENIED)]]
)
def test_where_nobody_disagrees_there_is_no_dispute(documents):
    graph = graph_of(*documents)
    assert [row[2] for row in graph.exposure("Oak").table()] == ["not affected"]
    for told in (graph.exposure("Oak"), graph.blast_radius("Birch")):
        assert "disputed" not in told.as_dict()
    assert [row["told"] for row in run(graph, "CQ01", {"vendor": "Birch"}).dicts()] == ["not affected"]


def test_of_one_organization_in_one_role_by_two_names_there_is_one_statement_with_the_claims_of_both():
    graph = graph_of([breach(("Birch", Role.BREACHED), ("AWS", SPARED), ("Amazon Web Services", SPARED))])
    for surroundings in (project(graph.store), Around(graph.store)):
        (incident,) = {edge.source for edge in project(graph.store).edges if edge.type == SPARED}
        (spared,) = surroundings.out(SPARED, incident)
        assert len(spared.claims) == 2
