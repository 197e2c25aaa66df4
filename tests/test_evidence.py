from __future__ import annotations

import json

import pytest
from documents import post, table

from kg.evidence import Evidence, Quote
from kg.vocabulary import BKG, TABLE_GRAPH


def quote(**fields):
    given = {
        "iri": "urn:c", "quote": "", "document": "d", "span": None, "record": "", "source": "", "url": "",
        "extractor": "", "certainty": "confirmed", "basis": "stated", "confidence": "1",
    }  # fmt: skip
    return Quote(**(given | fields))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("plain", "plain"),
        ("over\r\n  two\tlines", "over two lines"),
        ("'Proprietary AI training '\n 'methodologies'", "'Proprietary AI training methodologies'"),
        ('a "\r\n\t"seam', "a seam"),
        ("it''s no seam: no line end", "it''s no seam: no line end"),
    ],
)
def test_the_words_are_read_without_the_seams_of_printing(raw, words):
    assert quote(quote=raw).words == words


def test_a_quote_as_json():
    told = quote(span=(3, 9)).as_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["span"] == [3, 9]
    assert quote().as_dict()["span"] is None


def test_every_canonical_claim_has_its_words_at_its_place(demo_graph, examples):
    texts = {path.name: path.read_text("utf-8") for path in [*examples[0].glob("*.txt"), examples[1]]}
    stated = demo_graph.store.find(None, BKG["statedIn"][1:-1])
    claims = {q.subject.value for q in stated if str(q.object) != TABLE_GRAPH}
    quotes = demo_graph.evidence.quotes(claims)
    assert len(quotes) == len(claims) > 100
    for one in quotes:
        assert one.quote
        assert one.document in texts
        assert one.certainty in {"confirmed", "suspected", "claimed", "denied"}
        assert one.basis in {"stated", "implied"}
        assert 0 < float(one.confidence) <= 1
        assert one.extractor.split()[0] in {"post", "suppliers"}
        assert one.source
        assert one.record
        if one.span:
            assert texts[one.document][slice(*one.span)] == one.quote


def test_what_is_stated_comes_before_what_is_implied(demo_graph):
    claims = {q.subject.value for q in demo_graph.store.find(None, BKG["statedIn"][1:-1])}
    ranks = [("stated", "implied", "inferred").index(one.basis) for one in demo_graph.evidence.quotes(claims)]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_the_order_of_claims_does_not_matter(demo_graph):
    claims = sorted(q.subject.value for q in demo_graph.store.find(None, BKG["statedIn"][1:-1]))
    quotes = demo_graph.evidence.quotes(claims)
    assert quotes == demo_graph.evidence.quotes(reversed(claims))


def test_an_unknown_claim_is_left_out(demo_graph):
    assert demo_graph.evidence.quotes(["urn:nothing"]) == []


def test_the_source_is_the_article_else_the_document(build):
    cited = post("DEM1700000001", prose="Source: https://news.example/a")
    graph = build({"a.txt": cited, "t.csv": table("Alder Labs,Birch Annotation,x,,,")})
    ((_, quotes),) = graph.why("Alder Labs", "usesVendor", "Birch Annotation")
    assert {(one.document, one.source, one.url) for one in quotes} == {
        ("a.txt", "https://news.example/a", "https://news.example/a"), ("t.csv", "t.csv", ""),
    }  # fmt: skip


def test_a_date_is_that_of_the_incident_which_the_record_tells_of_though_its_claim_is_about_another(build):
    graph = build({"a.txt": post("DEM1700000001"), "t.csv": table("Alder Labs,Birch Annotation,x,,,")})
    (incident,) = (node for node in graph.projection.nodes.values() if node.kind == "incident")
    ahead = Evidence(graph.store)
    edges = graph.projection.edges
    ahead.read_ahead({claim.iri: (one.source, claim.certainty, claim.basis) for one in edges for claim in one.claims})
    dates = {"a.txt": incident.printed("date"), "t.csv": ""}
    assert dates["a.txt"]
    for found in (graph.evidence, ahead):
        quotes = [quote for edge in edges for quote in found.quotes(edge.claim_iris)]
        assert {quote.document for quote in quotes} == dates.keys()
        assert all(quote.date == dates[quote.document] for quote in quotes)


def test_two_names_of_one_content_are_told_by_the_first(build):
    text = table("Alder Labs,Birch Annotation,x,,,")
    graph = build({"z.csv": text, "b.csv": text})
    ((_, quotes),) = graph.why("Alder Labs", "Birch Annotation")
    assert [one.document for one in quotes] == ["b.csv"]
    assert isinstance(graph.evidence, Evidence)
