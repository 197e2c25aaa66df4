from __future__ import annotations

import pytest

from kg.rdf import Mention
from kg.resolve import affiliations as module
from kg.resolve.affiliations import affiliations, end_keys, listed, listed_key, related, standing
from kg.resolve.judgements import Judgement
from kg.resolve.resolver import JudgedResolver
from kg.resolve.table import UNVERIFIED, Fact, Table
from kg.vocabulary import BKG, REUSED, TABLE_GRAPH

BIRCH, CEDAR, OTHER, FIR = (f"<urn:{name}>" for name in ("birch", "cedar", "other", "fir"))
PART, PRODUCT, FORMER = REUSED["org:subOrganizationOf"], BKG["productOf"], BKG["formerName"]


@pytest.fixture
def known(monkeypatch):
    told = Table(
        Fact(*row)
        for row in [
            ("Birch", "name", "Birch", "https://example.org/birch"),
            ("Birch", "product", "Cedar", "https://example.org/birch"),
            ("Birch", "product", "Elm", UNVERIFIED),
            ("Birch", "parent", "Fir", "the book of trees"),
            ("Birch", "former", "Alder", "https://example.org/birch"),
            ("Birch", "former", "Hazel", UNVERIFIED),
            ("Birch", "domain", "birch.example", "https://example.org/birch"),
        ]
    )
    monkeypatch.setattr(module, "table", lambda: told)


def facts(nodes):
    return {(s, p, o) for s, p, o in affiliations(nodes) if p in {PART, PRODUCT, FORMER}}


def test_what_is_verified_of_two_that_are_mentioned_is_stated(known):
    nodes = {"Birch": {BIRCH}, "Cedar": {CEDAR, OTHER}, "Elm": {"<urn:elm>"}, "Fir": {FIR}}
    assert facts(nodes) == {
        (CEDAR, PRODUCT, BIRCH), (OTHER, PRODUCT, BIRCH), (BIRCH, PART, FIR), (BIRCH, FORMER, '"Alder"'),
    }  # fmt: skip
    assert related() == {"Birch", "Cedar", "Fir"}


def test_nothing_is_stated_of_who_is_not_mentioned_nor_of_one_node(known):
    assert affiliations({}) == []
    assert affiliations({"Cedar": {CEDAR}, "Fir": {FIR}}) == []
    assert facts({"Cedar": {BIRCH}, "Birch": {BIRCH}}) == {(BIRCH, FORMER, '"Alder"')}


def test_a_claim_quotes_its_row_and_cites_the_source_of_the_row(known):
    told = affiliations({"Birch": {BIRCH}, "Cedar": {CEDAR}, "Fir": {FIR}})
    claims = {s for s, p, o in told if o == BKG["Claim"]}
    assert len(claims) == 3
    said = {p: o for s, p, o in told if s == next(s for s, p, o in told if o == PRODUCT)}
    source = said[REUSED["dct:source"]]
    assert said == {
        REUSED["rdf:type"]: BKG["Claim"],
        REUSED["rdf:subject"]: CEDAR,
        REUSED["rdf:predicate"]: PRODUCT,
        REUSED["rdf:object"]: BIRCH,
        BKG["quote"]: '"Birch,product,Cedar"',
        BKG["place"]: '"line 3"',
        BKG["certainty"]: "<https://w3id.org/breachkg/vocab/certainty/confirmed>",
        BKG["basis"]: "<https://w3id.org/breachkg/vocab/basis/inferred>",
        BKG["confidence"]: f'"0.9"^^{REUSED["xsd:decimal"]}',
        BKG["statedIn"]: TABLE_GRAPH,
        REUSED["dct:source"]: source,
    }
    address = f'"https://example.org/birch"^^{REUSED["xsd:anyURI"]}'
    assert {(p, o) for s, p, o in told if s == source} == {
        (REUSED["rdf:type"], BKG["Source"]), (REUSED["schema:url"], address),
    }  # fmt: skip
    assert '"the book of trees"' in {o for s, p, o in told if p == BKG["publisher"]}


@pytest.mark.parametrize(
    ("name", "identifiers", "organizations"),
    [
        ("Birch, Inc.", (), {"Birch"}),
        ("Birch Cedar", (), {"Cedar"}),
        ("Alder", (), set()),  # a former name may be somebody else's now
        ("Elm", (), set()),
        ("Hornbeam", ("domain:birch.example", "feed:cedar"), {"Birch"}),
    ],
)
def test_a_mention_stands_for_what_the_table_lists_it_as(known, name, identifiers, organizations):
    mention = Mention(OTHER, "party", name, identifiers)
    assert listed(mention) == organizations
    assert standing([mention], {OTHER: CEDAR}) == {organization: {CEDAR} for organization in organizations}
    assert listed(Mention(OTHER, "threat-actor", name, identifiers)) == set()


def test_mentions_are_found_by_the_key_of_what_they_stand_for():
    for name in ("GitHub", "Microsoft GitHub", "GitHub, Inc."):
        assert listed_key("GitHub") in JudgedResolver().keys(Mention(OTHER, "party", name))


def test_a_relation_that_is_judged_of_a_listed_name_holds_for_the_other_names_of_its_organization():
    told = Judgement("Amazon Web Services, Inc.", "Fir Works", "part-of", 0.5, (), "somebody", "2026-01-01")
    mentions = {name: Mention(node, "party", name) for name, node in (("Amazon AWS", CEDAR), ("Fir Works", FIR))}
    nodes = standing(mentions.values(), {CEDAR: CEDAR, FIR: FIR}, [told])
    assert (CEDAR, PART, FIR) in affiliations(nodes, [told])
    assert all(end_keys([told]) & JudgedResolver().keys(mention) for mention in mentions.values())
