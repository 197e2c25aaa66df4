from __future__ import annotations

from dataclasses import replace

import pytest

from kg.dates import parse_edtf
from kg.model import (
    Affiliation,
    AffiliationKind,
    DataExposure,
    DateOf,
    Document,
    Evidence,
    Incident,
    IncidentDate,
    InvestigationStatus,
    Listing,
    Note,
    Party,
    RelationshipStatus,
    Role,
    SupplyRelationship,
)
from kg.rdf import LABEL, A, evidence_graph
from kg.rdf.terms import value
from kg.resolve.canonical import RISK, SINGLE, Settler, contribution, facts, loops, projections, referents
from kg.resolve.resolver import JudgedResolver
from kg.resolve.terms import parted, terms
from kg.vocabulary import BKG, REUSED, concept, data_iri

SAID = (Evidence("words", (0, 5), "here"),)


def party(name, role=Role.OTHER, **fields):
    return Party(name, role, evidence=SAID, **fields)


def incident(identifier="D1", number=1, *, status=None, date=None, title="", uses=(), parties=(), **fields):
    dates = (IncidentDate(parse_edtf(date), DateOf.REPORTED, SAID),) if date else ()
    investigation = InvestigationStatus(status) if status else None
    return Incident(
        identifier, "demo", number, title=title, status=investigation, dates=dates, uses_vendor=tuple(uses),
        parties=tuple(parties), **fields,
    )  # fmt: skip


def uses(customer, supplier, status="active", service=""):
    return SupplyRelationship(customer, supplier, service, RelationshipStatus(status), evidence=SAID)


def evidence(*records, name="a"):
    return evidence_graph(Document(name, "", name), "demo", "1", records)


def canonical(*graphs, named=()):
    """The canonical facts of evidence graphs, in whatever order they are given; some have names that tell a day."""
    resolved = JudgedResolver().resolve([mention for graph in graphs for mention in graph.mentions])
    apart = parted(terms(graph, referents(graph, resolved)) for graph in graphs)
    settler, told = Settler(), set()
    for graph in graphs:
        for teller, fact in facts(
            contribution(graph), referents(graph, resolved, apart), dict(named).get(graph.iri, "")
        ):
            if fact[1] in SINGLE:
                settler.add(teller, fact)
            else:
                told |= {fact, *projections(fact)}
    return told | set(settler.settle())


def objects(facts, predicate, subject=None):
    return sorted(o for s, p, o in facts if p == predicate and subject in (None, s))


BIRCH = "<https://w3id.org/breachkg/id/organization/name/birch>"
ALDER = "<https://w3id.org/breachkg/id/organization/name/alder>"
D1 = "<https://w3id.org/breachkg/id/incident/demo/D1>"
PAIR = (party("Birch", Role.BREACHED), party("Alder", Role.AFFECTED_DOWNSTREAM))


def test_projections():
    told = incident(
        parties=PAIR, uses=[uses("Alder", "Birch")], data_types=(DataExposure("names", "names", evidence=SAID),)
    )
    facts = canonical(evidence(told))
    assert (ALDER, BKG["usesVendor"], BIRCH) in facts
    assert (BIRCH, A, BKG["Vendor"]) in facts
    assert (BIRCH, A, BKG["Organization"]) in facts
    assert (ALDER, A, BKG["Vendor"]) not in facts
    assert objects(facts, BKG["affects"], D1) == sorted([ALDER, BIRCH])
    assert objects(facts, BKG["exposedDataType"], D1) == [concept("data-type", "names")]


def test_spans_places_and_notes_stay_in_the_evidence():
    told = incident(parties=PAIR, notes=(Note("size", "large", SAID),), evidence=SAID)
    graph = evidence(told)
    assert [t for t in graph.triples if t[2] == BKG["Note"]]
    facts = canonical(graph)
    stays = {BKG["quoteStart"], BKG["quoteEnd"], BKG["place"], BKG["note"]}
    assert not [t for t in facts if t[1] in stays or t[2] in {BKG["Note"], BKG["note"]}]


def test_only_claims_of_facts_that_carry_risk_are_copied_under_their_own_names():
    graph = evidence(incident(parties=PAIR, uses=[uses("Alder", "Birch")], evidence=SAID))
    facts = canonical(graph)
    copied = {s for s, p, o in facts if p == A and o == BKG["Claim"]}
    assert copied
    assert copied < {s for s, p, o in graph.triples if p == A and o == BKG["Claim"]}
    assert {o for s, p, o in facts if p == REUSED["rdf:predicate"]} <= RISK
    assert objects(facts, REUSED["rdf:object"]).count(BIRCH) == 2  # breached, usesVendor


def test_two_tellings_of_one_incident_are_one_with_everything_below_it():
    data = (DataExposure("Names", "names", evidence=SAID),)
    one = evidence(incident(parties=PAIR, data_types=data, uses=[uses("Alder", "Birch")]), name="a")
    louder = (PAIR[0], party("ALDER", Role.AFFECTED_DOWNSTREAM))
    two = evidence(incident(number=7, parties=louder, data_types=data, uses=[uses("ALDER", "Birch")]), name="b")
    facts = canonical(one, two)
    for name in ("Incident", "DataExposure", "SupplyRelationship"):
        assert len({s for s, p, o in facts if p == A and o == BKG[name]}) == 1, name
    assert len({s for s, p, o in facts if p == A and o == BKG["Claim"]}) == 2 * 4


def test_incidents_without_a_published_identifier_stay_apart():
    records = [Incident("", "", 1, "One"), Incident("", "", 2, "Two")]
    facts = canonical(evidence(*records), evidence(*records, name="b"))
    assert len({s for s, p, o in facts if p == A and o == BKG["Incident"]}) == 4


OLD = {"status": "ongoing", "date": "2026-02"}
NEW = {"status": "closed", "date": "2026-05"}


@pytest.mark.parametrize("swap", [False, True])
def test_the_latest_dated_telling_wins_and_the_other_is_noted(swap):
    graphs = [
        evidence(incident(**OLD), name="x" if swap else "a"),
        evidence(incident(**NEW), name="a" if swap else "x"),
    ]
    for order in (graphs, graphs[::-1]):
        facts = canonical(*order)
        assert objects(facts, BKG["investigationStatus"], D1) == [concept("investigation-status", "closed")]
        assert objects(facts, REUSED["dct:date"], D1) == ['"2026-05"']
        notes = objects(facts, BKG["conflict"], D1)
        assert '"investigationStatus: also reported as ongoing"' in notes
        assert '"date: also reported as 2026-02"' in notes
        assert '"latest: also reported as 2026-02-28"' in notes
        # Both tellings of the date are kept as claims.
        assert len(objects(facts, BKG["reported"], D1)) == 2


def test_it_is_the_record_that_is_dated_not_its_document():
    """A document of several posts: a younger post about something else makes the older one no younger."""
    both = evidence(incident(**OLD), incident("D2", 2, date="2027-01"), name="a")
    facts = canonical(both, evidence(incident(**NEW), name="b"))
    assert objects(facts, BKG["investigationStatus"], D1) == [concept("investigation-status", "closed")]


def test_an_undated_telling_loses_and_equal_dates_are_decided_the_same_in_any_order():
    undated = evidence(incident(status="unknown"), name="z")
    facts = canonical(undated, evidence(incident(**OLD), name="a"))
    assert objects(facts, BKG["investigationStatus"], D1) == [concept("investigation-status", "ongoing")]
    graphs = [
        evidence(incident(status=s, date="2026-02"), name=n)
        for n, s in (("a", "ongoing"), ("b", "closed"), ("c", "unknown"))
    ]
    assert len({frozenset(canonical(*order)) for order in (graphs, graphs[::-1], graphs[1:] + graphs[:1])}) == 1
    assert len(objects(canonical(*graphs), BKG["investigationStatus"], D1)) == 1


def test_a_status_of_a_relationship_is_settled_too():
    post = evidence(incident(date="2026-04", parties=PAIR, uses=[uses("Alder", "Birch", "suspended")]), name="p")
    listed = evidence(Listing(1, (party("Alder"), party("Birch")), (uses("Alder", "Birch"),)), name="t")
    facts = canonical(post, listed)
    assert objects(facts, BKG["relationshipStatus"]) == [concept("relationship-status", "suspended")]
    assert objects(facts, BKG["conflict"]) == ['"relationshipStatus: also reported as active"']
    assert objects(facts, BKG["usesVendor"], ALDER) == [BIRCH]


def test_services_tell_relationships_apart():
    rows = [
        Listing(n, (party("Alder"), party("Birch")), (uses("Alder", "Birch", service=s),))
        for n, s in ((1, "Mail"), (2, "mail"), (3, "backup"))
    ]
    facts = canonical(evidence(*rows))
    assert len({s for s, p, o in facts if p == A and o == BKG["SupplyRelationship"]}) == 2
    assert objects(facts, BKG["usesVendor"], ALDER) == [BIRCH]


def test_the_latest_spelling_is_the_label_and_the_others_are_aliases():
    graphs = [
        evidence(incident("D1", date="2026-01", parties=(party("BIRCH Inc."),)), name="a"),
        evidence(incident("D2", date="2026-03", parties=(party("Birch"),)), name="b"),
    ]
    facts = canonical(*graphs)
    assert objects(facts, LABEL, BIRCH) == ['"Birch"']
    assert objects(facts, REUSED["skos:altLabel"], BIRCH) == ['"BIRCH Inc."']


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (("aws", "AWS"), "AWS"),
        (("Github", "GitHub", "github"), "GitHub"),
        (("OKTA", "Okta", "okta"), "Okta"),
        (("DataDog", "Datadog"), "Datadog"),
    ],
)
def test_of_spellings_of_one_length_that_of_the_table_is_the_label(names, label):
    for told in (names, names[::-1]):
        found = canonical(evidence(incident(parties=tuple(map(party, told)))))
        labels = {value(o) for _, p, o in found if p == LABEL}
        assert label in labels
        assert not labels & ({*names} - {label})


@pytest.mark.parametrize("days", [("2026-01", "2026-03"), ("2026-03", "2026-01"), (None, None)])
def test_a_code_is_the_label_of_what_nobody_names_only(days):
    code, vat = "549300MLUDYVRQOOXS22", "DE123456789"
    ids = {"identifiers": (f"lei:{code}", f"vat:{vat}")}
    graphs = [
        evidence(incident(f"D{day}{name}", date=day, parties=(party(name, **ids),)), name=name)
        for day, name in zip((days[0], days[0], days[1]), (code, vat, "Cloudy SE"), strict=True)
    ]
    node = f"<{data_iri('organization', 'lei', code)}>"
    assert objects(canonical(*graphs), LABEL, node) == ['"Cloudy SE"']
    assert objects(canonical(graphs[0]), LABEL, node) == [f'"{code}"']


def test_every_single_valued_property_has_one_value():
    graphs = [evidence(incident(**OLD, title="One", parties=PAIR, uses=[uses("Alder", "Birch", "ended")]), name="a"),
              evidence(incident(**NEW, title="Two", parties=PAIR, uses=[uses("Alder", "Birch")]), name="b")]  # fmt: skip
    facts = canonical(*graphs)
    seen = [(s, p) for s, p, _ in facts if p in SINGLE]
    assert len(seen) == len(set(seen))


def test_a_group_stays_under_its_incident_and_is_no_vendor():
    group = party("several labs", unnamed_group=True)
    told = (uses("several labs", "Birch"), uses("Birch", "several labs"))
    one = evidence(incident("D1", parties=(*PAIR, group), uses=told), name="a")
    two = evidence(incident("D2", parties=(*PAIR, group), uses=told), name="b")
    facts = canonical(one, two)
    groups = {s for s, p, o in facts if p == A and o == BKG["OrganizationGroup"]}
    assert len(groups) == 2
    assert all(group.startswith("<https://w3id.org/breachkg/id/incident/demo/D") for group in groups)
    for group in groups:
        assert {o for s, p, o in facts if s == group and p == A} == {BKG["OrganizationGroup"]}


class TestLoop:
    """Two names turn out to be one organization, and one is listed as the other's supplier."""

    one = evidence(
        incident("D1", parties=(party("Facebook", identifiers=("demo:meta",)), party("Birch", Role.BREACHED))), name="a"
    )
    two = evidence(
        incident(
            "D2",
            parties=(party("Facebook"), party("Meta", identifiers=("demo:meta",))),
            uses=[uses("Facebook", "Meta")],
        ),
        name="b",
    )

    def test_nothing_is_said_of_it_in_the_canonical_graph(self):
        facts = canonical(self.one, self.two)
        assert objects(facts, BKG["usesVendor"]) == []
        assert not [t for t in facts if t[2] in {BKG["SupplyRelationship"], BKG["Vendor"], BKG["usesVendor"]}]
        assert objects(facts, BKG["supplyRelationship"]) == []

    def test_it_is_told_apart(self):
        resolved = JudgedResolver().resolve(self.one.mentions + self.two.mentions)
        (tie,) = loops(self.two, referents(self.two, resolved))
        assert tie == self.two.ties[0]
        assert loops(self.one, referents(self.one, resolved)) == []

    def test_the_evidence_keeps_it(self):
        assert [t for t in self.two.triples if t[1] == BKG["usesVendor"]]

    def test_alone_it_is_a_relationship(self):
        assert objects(canonical(self.two), BKG["usesVendor"]) != []


class TestAffiliation:
    """Organizations that belong together, and two names of one of them."""

    meta = ("demo:meta",)
    told = evidence(
        Listing(
            1,
            (party("Facebook"), party("Meta", identifiers=meta), party("Giphy")),
            (),
            (),
            (
                Affiliation("Giphy", AffiliationKind.SUBSIDIARY, "Meta", SAID),
                Affiliation("Facebook", AffiliationKind.SUBSIDIARY, "Meta", SAID),
                Affiliation("Facebook", AffiliationKind.PRODUCT, "Meta", SAID),
                Affiliation("Meta", AffiliationKind.LINKED, "Facebook", SAID),
                Affiliation("Meta", AffiliationKind.FORMER_NAME, "Facebook", SAID),
            ),
        ),
        name="a",
    )
    joined = evidence(incident("D1", parties=(party("Facebook", identifiers=meta),)), name="b")
    kinds = (REUSED["org:subOrganizationOf"], BKG["productOf"], REUSED["org:linkedTo"])
    meta_iri = "<https://w3id.org/breachkg/id/organization/demo/meta>"
    giphy_iri = "<https://w3id.org/breachkg/id/organization/name/giphy>"

    def test_each_is_a_fact_of_its_own_with_its_claim(self):
        facts = canonical(self.told)
        facebook = "<https://w3id.org/breachkg/id/organization/name/facebook>"
        for predicate, ends in {
            REUSED["org:subOrganizationOf"]: {(self.giphy_iri, self.meta_iri), (facebook, self.meta_iri)},
            BKG["productOf"]: {(facebook, self.meta_iri)},
            REUSED["org:linkedTo"]: {(self.meta_iri, facebook)},
            BKG["formerName"]: {(self.meta_iri, '"Facebook"')},
        }.items():
            assert {(s, o) for s, p, o in facts if p == predicate} == ends
            assert predicate in RISK
            assert objects(facts, REUSED["rdf:predicate"]).count(predicate) == len(ends)
        assert objects(facts, A).count(BKG["Organization"]) == 3
        assert not {BKG["usesVendor"], BKG["affects"]} & {p for _, p, _ in facts}

    def test_between_two_names_of_one_organization_nothing_is_said(self):
        facts = canonical(self.told, self.joined)
        assert [(s, o) for s, p, o in facts if p in self.kinds] == [(self.giphy_iri, self.meta_iri)]
        claimed = [o for o in objects(facts, REUSED["rdf:predicate"]) if o in self.kinds]
        assert claimed == [REUSED["org:subOrganizationOf"]]
        assert objects(facts, BKG["formerName"]) == ['"Facebook"']

    def test_the_evidence_keeps_it(self):
        assert len([t for t in self.told.triples if t[1] in self.kinds]) == 4


class TestTerms:
    """Since when and until when one uses another for the same."""

    FIRST, SECOND, OPEN = ("2020-01-01", "2021-01-01"), ("2023-01-01", "2025-01-01"), ("2023-01-01", "")

    @staticmethod
    def row(number, since, until):
        told = uses("Alder", "Birch", service="mail")
        begin, end = (parse_edtf(day) if day else None for day in (since, until))
        return Listing(number, (party("Alder"), party("Birch")), (replace(told, valid_from=begin, valid_until=end),))

    def listed(self, *terms, name="a"):
        return evidence(*(self.row(number, *term) for number, term in enumerate(terms, 1)), name=name)

    @staticmethod
    def terms(facts):
        """The term of every relationship, each with its node."""
        nodes = sorted(s for s, p, o in facts if p == A and o == BKG["SupplyRelationship"])
        days = (BKG["validFrom"], BKG["validUntil"])
        return {n: tuple("".join(value(o) for s, p, o in facts if (s, p) == (n, day)) for day in days) for n in nodes}

    @pytest.mark.parametrize("second", [SECOND, OPEN, ("2021-01-01", "2022-01-01"), ("2020-06-01", "")], ids="-".join)
    def test_each_of_several_is_a_relationship(self, second):
        facts = canonical(self.listed(self.FIRST, second))
        assert sorted(self.terms(facts).values()) == [self.FIRST, second]
        assert objects(facts, BKG["conflict"]) == []
        assert objects(facts, BKG["usesVendor"], ALDER) == [BIRCH]

    def test_one_without_a_beginning_is_known_by_its_end(self):
        terms = [("", "2021-01-01"), ("2021-01-01", "")]
        assert sorted(self.terms(canonical(self.listed(*terms))).values()) == terms

    def test_one_alone_needs_no_beginning_to_be_known(self):
        alone = self.terms(canonical(self.listed(("", ""))))
        for told in ([self.FIRST], [self.FIRST, self.FIRST], [self.FIRST, ("2020-01-01", "")], [self.FIRST, ("", "")]):
            assert self.terms(canonical(self.listed(*told))).keys() == alone.keys()
        assert len(self.terms(canonical(self.listed(self.FIRST, self.SECOND, ("2024-01-01", ""), ("", ""))))) == 4

    def test_the_terms_of_one_record_stay_apart_too(self):
        told = [self.row(1, *term).uses_vendor[0] for term in (self.FIRST, self.SECOND)]
        facts = canonical(evidence(incident(parties=PAIR, uses=told)))
        assert sorted(self.terms(facts).values()) == [self.FIRST, self.SECOND]

    @pytest.mark.parametrize("later", [SECOND, OPEN], ids="-".join)
    def test_a_document_takes_no_end_from_one_that_begins_earlier(self, later):
        old, new = self.listed(self.FIRST), self.listed(later, name="b")
        for order in ([old, new], [new, old]):
            facts = canonical(*order, named={new.iri: "2024-05-01"})
            assert list(self.terms(facts).values()) == [later]
            assert '"validUntil: also reported as 2021-01-01"' in objects(facts, BKG["conflict"])
            assert '"validFrom: also reported as 2020-01-01"' in objects(facts, BKG["conflict"])
