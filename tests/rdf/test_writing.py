from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kg.dates import PartialDate, parse_edtf
from kg.model import (
    Action,
    Affiliation,
    AffiliationKind,
    Assessment,
    Certainty,
    DataExposure,
    DateOf,
    Defect,
    Document,
    Evidence,
    Impact,
    Incident,
    IncidentDate,
    IncidentType,
    InvestigationStatus,
    Listing,
    Note,
    Party,
    RecordCount,
    RelationshipStatus,
    Role,
    Source,
    SupplyRelationship,
    Technique,
)
from kg.rdf import LABEL, A, evidence_graph
from kg.rdf.graph import from_triples
from kg.rdf.terms import literal
from kg.vocabulary import BKG, REUSED, concept

DOCUMENT = Document("demo.txt", "text", "0" * 64)
SAID = Evidence("the words", (3, 12), "post 1, prose", Certainty.SUSPECTED, confidence=Decimal("0.90"))
ALSO = Evidence("other words", (20, 31), "post 1, title")


def parties(*more):
    return (
        Party("Birch", Role.BREACHED, identifiers=("rankiteo:birch",), industry="AI Data Services", evidence=(SAID,)),
        Party("Alder", Role.AFFECTED_DOWNSTREAM, evidence=(SAID,)),
        *more,
    )


def incident(**fields):
    given = {"id": "D1", "feed": "rankiteo", "number": 1, "title": "Birch breached", "parties": parties()} | fields
    return Incident(**given)


def written(*items, document=DOCUMENT):
    return evidence_graph(document, "demo", "1", items)


def triples(graph, predicate):
    return [(s, o) for s, p, o in graph.triples if p == predicate]


def of_class(graph, name):
    return [s for s, p, o in graph.triples if p == A and o == BKG[name]]


USES = SupplyRelationship("Alder", "Birch", "labels", RelationshipStatus.SUSPENDED, evidence=(SAID, ALSO))


def full():
    return incident(
        status=InvestigationStatus.ONGOING,
        types=(IncidentType("data-breach", "Breach", (SAID,)),),
        parties=parties(
            Party("several labs", Role.OTHER, unnamed_group=True, count=(2, None), evidence=(ALSO,)),
            Party("Gang", Role.ATTACKER, evidence=(ALSO,)),
        ),
        uses_vendor=(USES,),
        data_types=(DataExposure("Names", "names", Certainty.SUSPECTED, "high", "Alder", (SAID, ALSO)),),
        record_counts=(RecordCount(10, None, "people", evidence=(SAID,)),),
        dates=(IncidentDate(parse_edtf("2026-04"), DateOf.REPORTED, (SAID,)),),
        responses=(Action("Paused", "suspend-supplier", "containment_measures", "Alder", "Birch", (SAID,)),),
        impacts=(Impact("Halted", "operational", "Alder", (SAID,)),),
        techniques=(Technique("T1078", "Valid Accounts", (SAID,)),),
        assessments=(Assessment("rankiteo-impact", Decimal(5), "Rankiteo", "bad", (SAID,)),),
        sources=(
            Source("Wired", first=True, evidence=(SAID,)),
            Source("", "https://example.org/a", "article", evidence=(ALSO,)),
            Source("", "https://example.org/r", "rating", "Birch", evidence=(ALSO,)),
        ),
        notes=(Note("size", "large", (SAID,)),),
        evidence=(SAID, ALSO),
    )


def test_every_node_is_under_its_document_and_none_is_blank():
    graph = written(full())
    for s, _, o in graph.triples:
        assert s.startswith("<" + graph.root + "/")
        if o.startswith("<https://w3id.org/breachkg/id/"):
            assert o == graph.iri or o.startswith("<" + graph.root + "/"), o
        assert not s.startswith("_:")
        assert not o.startswith("_:")


def test_the_same_record_gives_the_same_text_and_each_triple_once():
    graph = written(full())
    assert graph.triples == written(full()).triples
    assert len(graph.triples) == len(set(graph.triples))
    assert (graph.records, graph.incidents, graph.defects) == (1, 1, [])


def test_the_graph_depends_on_bytes_extractor_and_version_not_on_the_name():
    first = written(full())
    renamed = written(full(), document=Document("elsewhere/copy.txt", "text", "0" * 64))
    assert renamed.lines() == first.lines()
    assert written(full(), document=Document("demo.txt", "text", "1" * 64)).iri != first.iri
    assert evidence_graph(DOCUMENT, "demo", "2", [full()]).iri != first.iri
    assert evidence_graph(DOCUMENT, "other", "1", [full()]).iri != first.iri


def test_an_incident_without_identifier_is_known_by_its_number_and_nobody_claims_that():
    graph = written(incident(id="", feed="a-feed", number=3))
    told = [(s, o) for s, p, o in graph.triples if p == REUSED["dct:identifier"] and "/party/" not in s]
    assert [o for s, o in told if s in {anchor.iri for anchor in graph.anchors}] == [literal("record 3")]
    claimed = {o for _, p, o in graph.triples if p == REUSED["rdf:predicate"]}
    assert REUSED["dct:identifier"] not in claimed
    assert [one.identifier for one in graph.anchors] == [""]
    assert from_triples(graph.iri[1:-1], graph.triples).anchors == graph.anchors


def test_a_claim_for_every_place_with_quote_span_and_standing():
    graph = written(full())
    claims = [s for s, o in triples(graph, REUSED["rdf:predicate"]) if o == BKG["usesVendor"]]
    assert len(claims) == 2
    told = {claim: {p: o for s, p, o in graph.triples if s == claim} for claim in claims}
    first = next(one for one in told.values() if one[BKG["quote"]] == literal("the words"))
    assert first[BKG["quoteStart"]].startswith('"3"')
    assert first[BKG["quoteEnd"]].startswith('"12"')
    assert first[BKG["place"]] == literal("post 1, prose")
    assert first[BKG["certainty"]] == concept("certainty", "suspected")
    assert first[BKG["basis"]] == concept("basis", "stated")
    assert first[BKG["confidence"]].startswith('"0.9"')
    assert first[BKG["statedIn"]] == graph.iri
    assert graph.claims == len(of_class(graph, "Claim"))


def test_what_an_article_says_is_the_articles_word_else_the_documents():
    graph = written(full())
    (article,) = [s for s, o in triples(graph, BKG["sourceType"]) if o == concept("source-type", "article")]
    cited = {o for s, o in triples(graph, REUSED["dct:source"]) if "/claim/" in s}
    assert cited == {article}
    bare = written(incident(uses_vendor=(USES,)))
    assert {o for s, o in triples(bare, REUSED["dct:source"]) if "/claim/" in s} == {bare.iri}


def test_vendor_is_never_asserted_and_a_group_is_no_organization():
    graph = written(full())
    assert of_class(graph, "Vendor") == []
    (group,) = of_class(graph, "OrganizationGroup")
    assert group not in of_class(graph, "Organization")
    assert len(of_class(graph, "Organization")) == 2
    assert [o for s, o in triples(graph, BKG["atLeast"]) if s == group] == [f'"2"^^{REUSED["xsd:integer"]}']
    assert [o for s, o in triples(graph, BKG["atMost"]) if s == group] == []


def test_data_told_in_two_places_is_one_exposure_with_two_claims():
    graph = written(full())
    (exposure,) = of_class(graph, "DataExposure")
    claims = [s for s, o in triples(graph, BKG["exposure"]) if o == exposure and "/claim/" in s]
    assert len(claims) == 2
    assert triples(graph, BKG["exposedDataType"]) == []  # projected in the canonical graph only


def test_the_action_targets_the_relationship():
    graph = written(full())
    (action,) = of_class(graph, "Action")
    (relationship,) = of_class(graph, "SupplyRelationship")
    assert triples(graph, BKG["targets"]) == [(action, relationship)]


def test_a_grade_only_where_the_scale_has_one():
    graph = written(full())
    assert [o for _, o in triples(graph, BKG["grade"])] == [concept("rankiteo-impact", "5")]
    odd = written(incident(assessments=(Assessment("rankiteo-severity", Decimal("61.5"), "Rankiteo"),)))
    assert triples(odd, BKG["grade"]) == []
    assert [o.partition("^^")[0] for _, o in triples(odd, BKG["score"])] == ['"61.5"']


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ([("2026-04", DateOf.REPORTED), ("2026-02-03", DateOf.OCCURRED)], "2026-02-03"),
        ([("2026-04", DateOf.REPORTED), ("2026-03", DateOf.DISCLOSED)], "2026-03"),
        ([("2026-04", DateOf.DISCOVERED), ("2026-03", DateOf.DISCLOSED)], "2026-04"),
        ([("2026", DateOf.REPORTED)], "2026"),
    ],
)
def test_the_date_of_an_incident_is_when_it_occurred_where_that_is_told(dates, wanted):
    told = tuple(IncidentDate(parse_edtf(text), what) for text, what in dates)
    graph = written(incident(dates=told))
    assert [o for _, o in triples(graph, REUSED["dct:date"])] == [literal(wanted)]
    assert [o[1:11] for _, o in triples(graph, BKG["latest"])] == [parse_edtf(wanted).latest.isoformat()]


@pytest.mark.parametrize(
    ("days", "date", "earliest", "latest"),
    [
        (["2023-06-03", "2023-05-29", "2023-07"], "2023-05-29", ["2023-05-29"], ["2023-07-31"]),
        (["2023-06-03", "2023"], "2023-06-03", ["2023-06-03"], ["2023-06-03"]),
        (["2023", "2023-06", "2023-06-03", "2023-06-03"], "2023-06-03", ["2023-06-03"], ["2023-06-03"]),
        (["2023-06-03", "2023-06-01/2023-06-30"], "2023-06-01/2023-06-30", ["2023-06-01"], ["2023-06-30"]),
        (["XXXX-07-02", "2023-06-03"], "2023-06-03", ["2023-06-03"], ["2023-06-03"]),
        (["2023-06-03", "../2023-05"], "../2023-05", [], ["2023-06-03"]),
        (["2023-06-03", "2023-05/.."], "2023-05/..", ["2023-05-01"], []),
    ],
)
def test_an_incident_of_several_days_may_be_on_any_from_the_first_to_the_last(days, date, earliest, latest):
    told = (*(IncidentDate(parse_edtf(day), DateOf.OCCURRED) for day in days),
            IncidentDate(parse_edtf("2024"), DateOf.REPORTED))  # fmt: skip
    graph = written(incident(dates=told))
    assert [o for _, o in triples(graph, REUSED["dct:date"])] == [literal(date)]
    assert [o[1:11] for _, o in triples(graph, BKG["earliest"])] == earliest
    assert [o[1:11] for _, o in triples(graph, BKG["latest"])] == latest


def test_a_date_without_a_year_has_no_bounds():
    graph = written(incident(dates=(IncidentDate(PartialDate("XXXX-07-02", None, None), DateOf.OCCURRED),)))
    assert [o for _, o in triples(graph, REUSED["dct:date"])] == [literal("XXXX-07-02")]
    assert triples(graph, BKG["earliest"]) == triples(graph, BKG["latest"]) == []


def test_an_incident_without_title_and_id_has_a_label_that_no_file_name_is_part_of():
    graph = written(Incident("", "", 2))
    assert triples(graph, LABEL) == [(f"<{graph.root}/record/2>", literal("untitled incident 2"))]
    assert [o for _, o in triples(graph, REUSED["dct:identifier"])] == [literal("record 2")]
    assert [anchor.identifier for anchor in graph.anchors] == [""]


AFFILIATED = (
    Affiliation("Alder", AffiliationKind.SUBSIDIARY, "Birch", (SAID,)),
    Affiliation("Alder", AffiliationKind.PRODUCT, "Birch", (SAID, ALSO)),
    Affiliation("Birch", AffiliationKind.LINKED, "Alder", (SAID,)),
    Affiliation("Birch", AffiliationKind.FORMER_NAME, "Elder", (SAID,)),
)


@pytest.mark.parametrize("record", [incident(affiliations=AFFILIATED), Listing(1, parties(), (), (), AFFILIATED)])
def test_who_belongs_together_is_told_with_claims_and_stays_two(record):
    graph = written(record)
    birch, alder = (mention.iri for mention in graph.mentions)
    facts = {
        REUSED["org:subOrganizationOf"]: (alder, birch),
        BKG["productOf"]: (alder, birch),
        REUSED["org:linkedTo"]: (birch, alder),
        BKG["formerName"]: (birch, literal("Elder")),
    }
    for predicate, ends in facts.items():
        assert triples(graph, predicate) == [ends]
        claims = [s for s, o in triples(graph, REUSED["rdf:predicate"]) if o == predicate]
        assert len(claims) == (2 if predicate == BKG["productOf"] else 1)
        for claim in claims:
            assert (claim, REUSED["rdf:subject"], ends[0]) in graph.triples
            assert (claim, REUSED["rdf:object"], ends[1]) in graph.triples
    assert [mention.name for mention in graph.mentions] == ["Birch", "Alder"]
    assert triples(graph, BKG["usesVendor"]) == graph.ties == []


def test_a_listing_is_a_relationship_without_an_incident():
    since, until = parse_edtf("2025-01"), parse_edtf("2025-11-03")
    told = SupplyRelationship("Alder", "Birch", "labels", valid_from=since, valid_until=until, evidence=(SAID,))
    graph = written(Listing(1, parties(), (told,), (Note("region", "EU", (SAID,)),)))
    assert of_class(graph, "Incident") == []
    (relationship,) = of_class(graph, "SupplyRelationship")
    assert [o[1:11] for _, o in triples(graph, BKG["validFrom"])] == [date(2025, 1, 1).isoformat()]
    assert [o[1:11] for _, o in triples(graph, BKG["validUntil"])] == [date(2025, 11, 3).isoformat()]
    assert [s for s, _ in triples(graph, BKG["note"])] == [relationship]


@pytest.mark.parametrize(
    "broken",
    [
        incident(number=2, uses_vendor=(SupplyRelationship("Alder", "Nobody", evidence=(SAID,)),)),
        incident(number=2, types=(IncidentType("no-such-type", "?", (SAID,)),)),
        incident(number=2, data_types=(DataExposure("x", "no-such-data"),)),
        incident(number=2, parties=(None,)),
        incident(number=2, affiliations=(Affiliation("Alder", AffiliationKind.LINKED, "Nobody"),)),
        incident(number=2, affiliations=(Affiliation("Alder", AffiliationKind.FORMER_NAME, " "),)),
        Listing(
            2, parties(Party("labs", Role.OTHER, unnamed_group=True)), (), (),
            (Affiliation("labs", AffiliationKind.SUBSIDIARY, "Alder"),),
        ),
    ],
    ids=[
        "unknown party", "unknown type", "unknown data", "no party at all", "unknown affiliate", "empty former name",
        "affiliated group",
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_written_is_a_defect_and_leaves_nothing(broken):
    alone = written(incident())
    graph = written(incident(), broken, Defect("post 3", "cut off"))
    assert graph.triples == alone.triples
    assert graph.mentions == alone.mentions
    assert [defect.place for defect in graph.defects] == ["record 2", "post 3"]
    assert "\n" not in graph.defects[0].reason
    assert (graph.records, graph.incidents, graph.claims) == (alone.records, alone.incidents, alone.claims)


@pytest.mark.parametrize("identifier", ["birch", ":birch", "rankiteo:"])
def test_a_record_with_an_identifier_of_no_scheme_is_set_aside(identifier):
    bad = incident(parties=(Party("Birch", Role.BREACHED, identifiers=(identifier,), evidence=(SAID,)),))
    graph = written(bad, incident(id="D2", number=2))
    (defect,) = graph.defects
    assert (graph.records, defect.place) == (1, "record 1")
    assert f"the identifier '{identifier}' of 'Birch' is not of the form scheme:value" in defect.reason
