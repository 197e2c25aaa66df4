"""RDF read back: an export gives the same graph again, others' statements are claims like any, and nothing is fetched."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from documents import breach, graph_of, lines, mutants, post, table
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UnreadableError
from kg.export import export
from kg.extract import choose
from kg.extract.rdf_in.extractor import RdfExtractor
from kg.extract.rdf_in.syntax import CONTEXT, syntax
from kg.extract.reading import document, find, read
from kg.extract.records import as_json
from kg.model import Defect, Incident, Listing, Role
from kg.rdf import evidence_graph
from kg.vocabulary import ID, NS, VOCAB

FEEDS = Path(__file__).resolve().parents[3] / "examples" / "feeds"
EXAMPLE = FEEDS / "incidents.ttl"
PREFIXES = f"""@prefix bkg: <{NS}> .
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> .
"""
PAIR = (
    PREFIXES
    + 'ex:a a bkg:Organization ; rdfs:label "Alder" ; bkg:usesVendor ex:b .\nex:b a bkg:Organization ; rdfs:label "Birch" .\n'
)
INCIDENT = (
    PREFIXES
    + 'ex:a a bkg:Organization ; rdfs:label "Alder" .\nex:b a bkg:Organization ; rdfs:label "Birch" .\n'
    + 'ex:i a bkg:Incident ; rdfs:label "Attack" ; bkg:feed "f" ; %s .\n'
)
CLAIM = """[] a bkg:Claim ; bkg:quote "so it is" ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> %s ;
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> %s ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> %s .
"""
SINCE, LATER = "Alder,Birch,mail,2024-01-01,,active", "Alder,Birch,mail,2024-02-01,,active"
TWICE = (
    {"a.csv": [SINCE], "b.csv": [LATER]},
    {"a-2024-05-01.csv": [SINCE], "b-2023-05-01.csv": [LATER]},
    {"a.csv": [SINCE], "b.csv": ["Alder,Birch,mail,,2025-01-01,ended"]},
    {"a.csv": ["Alder,Birch,mail,2020-01-01,2021-01-01,ended", SINCE], "b.csv": [LATER]},
)
"""Documents that give one relationship other days; the last also has one that ended and began again."""


def records(text, name="x.ttl"):
    return list(RdfExtractor().extract(document(name, text.encode())))


def told(text):
    return [found for found in records(text) if not isinstance(found, Defect)]


def reasons(text):
    return [found.reason for found in records(text) if isinstance(found, Defect)]


def canonical(graph):
    """The canonical facts, claims and descriptions of documents apart."""
    kept = {str(quad) for quad in graph.store.quads if quad.graph_name == ox.DefaultGraph()}
    return {line for line in kept if ID in line and "/claim/" not in line and f"{ID}graph/" not in line}


def claims(graph):
    return sorted(
        map(str, graph.query(
            "SELECT ?s ?p ?o ?quote ?certainty ?basis ?confidence { ?c a bkg:Claim ; rdf:subject ?s ; rdf:predicate ?p ;"
            " rdf:object ?o ; bkg:quote ?quote ; bkg:certainty ?certainty ; bkg:basis ?basis ; bkg:confidence ?confidence }"
        ).rows)
    )  # fmt: skip


def quoted(graph):
    """The words that say that Alder uses Cedar, with who says them."""
    return Counter(
        (quote.words, quote.source) for _, quotes in graph.why("Alder", "usesVendor", "Cedar") for quote in quotes
    )


@pytest.fixture(scope="module")
def inputs(examples, tmp_path_factory):
    dated = tmp_path_factory.mktemp("dated") / "dated.csv"
    dated.write_text("customer,supplier,scraped\nMoss,Fern,2025-08-01\nMoss,Fern,2025-09-01\n", "utf-8")
    return [
        *examples,
        dated,
        *(FEEDS / name for name in ("stix-bundle.json", "sub-processors.md", "breach-portal.csv", "veris.json")),
    ]


@pytest.fixture(scope="module")
def graph(inputs, tmp_path_factory):
    return kg.build(inputs, tmp_path_factory.mktemp("first") / "first.kg")


@pytest.fixture(scope="module")
def exported(graph, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    for kind, ending in (("nquads", "nq"), ("trig", "trig"), ("jsonld", "jsonld"), ("turtle", "ttl")):
        export(graph.store, kind, folder / f"all.{ending}")
    return folder


class TestTheWayBack:
    @pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
    def test_an_export_gives_the_same_canonical_graph_and_the_same_claims(self, graph, exported, ending, tmp_path):
        again = kg.build(exported / f"all.{ending}", tmp_path / "again.kg")
        assert again.report.quarantine == []
        assert canonical(again) == canonical(graph)
        assert claims(again) == claims(graph)

    def test_what_was_withdrawn_does_not_come_back(self, build, tmp_path):
        build({"a.csv": "customer,supplier\nAlder,Birch\nAlder,Cedar\n"})
        held = build({"a.csv": "customer,supplier\nAlder,Birch\n"})
        held.export("nquads", tmp_path / "all.nq", with_history=True)
        again = kg.build(tmp_path / "all.nq", tmp_path / "again.kg")
        assert [found.node.label for found in again.exposure("Alder")] == ["Birch"]
        assert claims(again) == claims(held)

    def test_turtle_holds_the_canonical_graph_only_and_that_comes_back(self, graph, exported, tmp_path):
        again = kg.build(exported / "all.ttl", tmp_path / "again.kg")
        assert again.report.quarantine == []
        assert canonical(again) == canonical(graph)
        assert set(claims(again)) == set(claims(graph))
        uses = ([claim for claim in claims(one) if f"{NS}usesVendor" in claim] for one in (again, graph))
        assert next(uses) == next(uses)

    @pytest.mark.parametrize("service", ["hosting", ""])
    @pytest.mark.parametrize(("kind", "ending"), [("nquads", "nq"), ("turtle", "ttl")])
    def test_each_quote_comes_back_once_and_with_its_own_source(self, build, kind, ending, service, tmp_path):
        posts = {f"{name}.txt": post(f"{name}1700000009", vendors=["Cedar"], customers=["Alder"],
                                     references=[{"source": name, "url": f"https://www.{name}.com/story"}]) for name in ("ABC", "DEF")}  # fmt: skip
        lists = {f"{name}.csv": f"customer,supplier,service\nAlder,Cedar,{service}\n" for name in ("one", "two")}
        graph = build(posts | lists)
        path = graph.export(kind, tmp_path / f"all.{ending}")
        before, again = (quoted(one) for one in (graph, kg.build(path, tmp_path / "again.kg")))
        assert len({source for _, source in before}) > 2
        assert again == Counter(
            {(words, path.name if source in lists else source): n for (words, source), n in before.items()}
        )

    def test_the_records_are_the_same_but_for_what_is_listed(self, inputs, exported):
        first = [r for one in find(inputs) for r in choose(read(one)).extract(read(one)) if not isinstance(r, Defect)]
        again = told((exported / "all.nq").read_text("utf-8"))
        assert len(first) == len(again)
        there, back = (Counter(map(plain, found)) for found in (first, again))
        assert (list(there - back)[:1], list(back - there)[:1]) == ([], [])

    def test_quotes_tell_the_document_and_the_characters_they_came_from(self, exported, tmp_path):
        again = kg.build(exported / "all.nq", tmp_path / "again.kg")
        ((_, quotes),) = again.why("Meta", "usesVendor", "Mercor")
        told = {(quote.words, quote.record, quote.document) for quote in quotes}
        assert (
            "Meta Pauses Work With Data Vendor Mercor",
            "MER1775255558.txt: post 1, prose, characters 0-40",
            "all.nq",
        ) in told

    def test_beside_the_documents_themselves_it_adds_no_incident_and_no_organization(
        self, inputs, exported, graph, tmp_path
    ):
        both = kg.build([*inputs, exported / "all.nq"], tmp_path / "both.kg")
        assert canonical(both) == canonical(graph)

    @pytest.mark.parametrize(
        ("documents", "kind", "ending"), [(TWICE[0], "trig", "trig"), *((twice, "nquads", "nq") for twice in TWICE)]
    )
    def test_what_two_documents_say_of_one_relationship_is_no_list_of_two(
        self, build, documents, kind, ending, tmp_path
    ):
        graph = build({name: table(*rows) for name, rows in documents.items()})
        # An export is no copy of a list: when a list with the day in its name named them first does not come back.
        said = {line for line in canonical(graph) if f"<{NS}observedFrom>" not in line}
        again = kg.build(graph.export(kind, tmp_path / f"all.{ending}"), tmp_path / "again.kg")
        third = kg.build(again.export(kind, tmp_path / f"more.{ending}"), tmp_path / "third.kg")
        assert [again.report.quarantine, third.report.quarantine] == [[], []]
        assert canonical(again) == canonical(third) == said

    def test_what_an_export_says_is_weighed_alike_when_more_comes(self, build, tmp_path):
        graph = build({"2024-05-01.csv": table(SINCE), "2023-05-01.csv": table(LATER)})
        inputs = tmp_path / "inputs"
        inputs.mkdir()
        graph.export("nquads", inputs / "all.nq")
        kg.build(inputs, tmp_path / "more.kg")
        (inputs / "2023-09-01.csv").write_text(table(LATER.replace("active", "ended")), "utf-8")
        more = kg.build(inputs, tmp_path / "more.kg")
        assert lines(more) == lines(kg.build(inputs, tmp_path / "anew.kg"))
        (since,) = more.query("SELECT ?day { ?r bkg:validFrom ?day }").rows
        assert str(since[0]) == "2024-01-01"

    @pytest.mark.parametrize(("kind", "ending"), [("nquads", "nq"), ("turtle", "ttl")])
    def test_of_several_dates_the_same_is_the_date_of_the_incident(self, kind, ending, tmp_path):
        told = (("occurred", "2020-11-08"), ("occurred", "2020-10-20"), ("reported", "2020-12"))
        graph = graph_of([breach(("Birch", Role.BREACHED), when=told)])
        again = kg.build(graph.export(kind, tmp_path / f"all.{ending}"), tmp_path / "again.kg")
        assert canonical(again) == canonical(graph)

    def test_another_store_with_history_and_all_layers_of_it(self, exported):
        names = {str(quad.graph_name) for quad in ox.parse(path=exported / "all.nq")}
        assert len(names) > 10
        assert syntax((exported / "all.nq").read_text("utf-8")) == "nquads"


def plain(record):
    """A record as JSON without what RDF does not hold: spans, that days were given as a month, identifiers that a record
    gives without saying whose, and whether a kind of data is an other one or an unknown one.
    """

    def stripped(value):
        if isinstance(value, dict):
            return {key: stripped(inner) for key, inner in value.items() if key not in {"span", "quote", "basis"}}
        if isinstance(value, list):
            return sorted((stripped(inner) for inner in value), key=json.dumps)
        return value

    shown = as_json("", record)
    shown["identifiers"] = {}
    for exposed in shown["data_types"]:
        exposed["concept"] = exposed["concept"] or "other"
    for use, made in zip(shown["uses_vendor"], record.uses_vendor, strict=True):
        since, until = made.valid_from, made.valid_until
        use["valid_from"] = str(since.earliest) if since else None
        use["valid_until"] = str(until.end) if until else None
    return json.dumps(stripped(shown), sort_keys=True)


def test_every_field_of_an_incident_has_a_way_back():
    """A field that is added to the records needs one too, or a line in `plain`."""
    written = {field.name for field in fields(Incident)} - {"identifiers", "number", "origin"}
    assert written == {
        "id", "feed", "title", "certainty", "incomplete", "status", "types", "parties", "uses_vendor", "data_types",
        "record_counts", "dates", "responses", "impacts", "techniques", "assessments", "sources", "notes", "evidence",
        "affiliations",
    }  # fmt: skip
    told = {field.name for field in fields(Listing)} - {"number", "origin"}
    assert told == {"parties", "uses_vendor", "notes", "affiliations", "observed"}


class TestWhatOthersWrite:
    def test_the_example(self):
        found = records(EXAMPLE.read_text("utf-8"))
        incident, listing, left = found
        shown = as_json("", incident)
        assert (shown["incident"], shown["title"], shown["status"]) == (
            "EX-2031-4",
            "Quill Payroll loses a backup",
            "closed",
        )
        assert [(party.name, str(party.role)) for party in incident.parties] == [
            ("Moss Hotels", "affected_downstream"), ("Quill Payroll Ltd", "breached"),
        ]  # fmt: skip
        (use,) = shown["uses_vendor"]
        assert (use["service"], use["status"], use["valid_from"], use["valid_until"]) == (
            "payroll",
            "ended",
            "2028-01-01",
            "2031-07-01",
        )
        assert [(use.customer, use.supplier) for use in listing.uses_vendor] == [("Fern Museum", "Quill Payroll Ltd")]
        assert shown["notes"] == {"https://breaches.example.org/desk": "business"}
        assert left.reason == "1 node of http://xmlns.com/foaf/0.1/Person: it has no term here"

    def test_what_several_did_is_told_of_each_of_them(self):
        (incident,) = told(
            PAIR
            + """ex:i a bkg:Incident ; rdfs:label "Attack" ; bkg:affectsDownstream ex:a, ex:c ; bkg:breached ex:b ; bkg:response ex:r ;
                bkg:supplyRelationship ex:u .
            ex:c a bkg:Organization ; rdfs:label "Cedar" .
            ex:u a bkg:SupplyRelationship ; bkg:customer ex:a ; bkg:supplier ex:b .
            ex:r a bkg:Action ; rdfs:label "stopped" ; bkg:actor ex:a, ex:c ; bkg:targets ex:u ."""
        )
        assert [(done.actor, done.target) for done in incident.responses] == [("Alder", "Birch"), ("Cedar", "")]

    def test_a_statement_without_a_claim_is_its_own_evidence(self):
        (listing,) = told(PAIR)
        (proof,) = listing.uses_vendor[0].evidence
        assert (proof.quote, proof.span) == ("http://example.org/a bkg:usesVendor http://example.org/b", None)

    @pytest.mark.parametrize(
        ("said", "found"),
        [("confirmed", ("confirmed", "confirmed")), ("suspected", ("potential", "suspected")), ("claimed", ("potential", "claimed")),
         ("denied", ("no incident", ""))],
    )  # fmt: skip
    @pytest.mark.parametrize("claimed", [False, True], ids=["no claims", "claims"])
    def test_what_is_said_of_an_incident_is_as_sure_as_it_is(self, build, said, found, claimed):
        harm = f"""ex:i a bkg:Incident ; rdfs:label "Attack" ; bkg:certainty <{VOCAB}certainty/{said}> ;
            bkg:breached ex:b ; bkg:affectsDownstream ex:a ."""
        stated = ["ex:a bkg:usesVendor ex:b", "ex:i bkg:breached ex:b", "ex:i bkg:affectsDownstream ex:a"]
        text = PAIR + harm + "".join(CLAIM % tuple(triple.split()) for triple in stated if claimed)
        ((_, _, exposure, certainty, *_),) = build({"x.ttl": text}).exposure("Alder").table().rows
        assert (exposure, certainty) == found

    def test_what_says_how_sure_it_is_is_so_whatever_the_incident_is(self):
        incident, _ = told(
            PAIR
            + f"""ex:i a bkg:Incident ; rdfs:label "Attack" ; bkg:certainty <{VOCAB}certainty/suspected> ; bkg:breached ex:b ;
            bkg:exposure [ rdfs:label "names" ; bkg:dataType <{VOCAB}data-type/names> ; bkg:certainty <{VOCAB}certainty/denied> ],
                [ rdfs:label "passwords" ; bkg:dataType <{VOCAB}data-type/passwords> ] ;
            bkg:recordCount [ bkg:atLeast 9 ; bkg:certainty <{VOCAB}certainty/confirmed> ], [ bkg:atLeast 7 ] ;
            bkg:involvement [ bkg:party ex:a ; bkg:role <{VOCAB}party-role/reporter> ; bkg:certainty <{VOCAB}certainty/confirmed> ] ."""
        )
        sure = {one.text: (one.certainty, one.evidence[0].certainty) for one in incident.data_types}
        sure |= {one.low: (one.certainty, one.evidence[0].certainty) for one in incident.record_counts}
        assert sure == {name: (word, word) for name, word in
                        [("names", "denied"), ("passwords", "suspected"), (9, "confirmed"), (7, "suspected")]}  # fmt: skip
        assert {party.name: party.evidence[0].certainty for party in incident.parties} == {
            "Alder": "confirmed",
            "Birch": "suspected",
        }

    def test_it_is_built_and_answers(self, build):
        graph = build({"x.ttl": PAIR})
        assert [found.node.label for found in graph.exposure("Alder")] == ["Birch"]

    def test_no_blank_node_of_it_is_in_the_store(self, build):
        graph = build(
            {
                "x.ttl": PREFIXES
                + '[ a bkg:Organization ; rdfs:label "A" ] bkg:usesVendor [ a bkg:Organization ; rdfs:label "B" ] .'
            }
        )
        assert not [line for line in lines(graph) if "_:" in line]

    def test_blank_nodes_give_the_same_bytes_every_time(self, tmp_path):
        first, second = (lines(kg.build(EXAMPLE, tmp_path / f"{n}.kg")) for n in range(2))
        assert first == second

    def test_an_organization_without_a_name_is_left_out_and_counted(self):
        found = records(PAIR + "ex:c a bkg:Organization ; bkg:usesVendor ex:b .\n")
        assert len(found) == 2
        assert found[1].reason.startswith("1 node of bkg:Organization: no incident and no supply relationship between")

    def test_an_incident_that_has_only_its_iri(self):
        (incident,) = told(
            PREFIXES + "ex:i a bkg:Incident ; bkg:breached ex:b . " + 'ex:b a bkg:Organization ; rdfs:label "B" .'
        )
        assert (incident.id, incident.feed, incident.title) == ("http://example.org/i", "", "")

    def test_values_that_mean_nothing_are_not_taken_over(self):
        text = (
            PREFIXES
            + f"""ex:i a bkg:Incident ; bkg:certainty <{VOCAB}certainty/utterly> ; bkg:incidentType <{VOCAB}incident-type/none> ;
            bkg:occurred "not a date" ; bkg:recordCount [ bkg:atLeast "many" ; bkg:unit "people" ] ; bkg:breached ex:b .
            ex:b a bkg:Organization ; rdfs:label "B" ."""
        )
        (incident,) = told(text)
        assert (str(incident.certainty), incident.types, incident.dates) == ("confirmed", (), ())
        assert incident.record_counts[0].low is None

    @pytest.mark.parametrize(
        ("said", "dates"),
        [
            ('dct:date "2025-02"', [("2025-02", "occurred", "implied")]),
            ('dct:date "2025-02-14T09:30:00Z"', [("2025-02-14", "occurred", "implied")]),
            ('dct:date "2025-02" ; bkg:occurred "not a date"', [("2025-02", "occurred", "implied")]),
            ('dct:date "2025-02" ; bkg:reported "2025-02"', [("2025-02", "reported", "stated")]),
            ('dct:date "not a date"', []),
        ],
    )
    def test_an_incident_that_has_a_date_without_more_occurred_then(self, said, dates):
        (incident,) = told(INCIDENT % said)
        found = [(one.date.edtf, str(one.what), str(one.evidence[0].basis)) for one in incident.dates]
        notes = [note.value for note in incident.notes]
        assert (found, notes) == (dates, ["not a date"] * ("not a date" in said))

    def test_a_kind_of_data_that_no_exposure_is_of_is_exposed(self):
        said = f"""bkg:exposedDataType <{VOCAB}data-type/credentials>, <{VOCAB}data-type/names>, <{VOCAB}data-type/none> ;
            bkg:exposure [ rdfs:label "who they are" ; bkg:dataType <{VOCAB}data-type/names> ]"""
        (incident,) = told(INCIDENT % said)
        assert [(one.text, one.concept) for one in incident.data_types] == [
            ("who they are", "names"), ("credentials", "credentials"),
        ]  # fmt: skip
        assert [note.value for note in incident.notes] == [f"{VOCAB}data-type/none"]

    def test_who_is_only_said_to_be_affected_is_downstream_of_who_was_breached(self):
        (incident,) = told(INCIDENT % "bkg:breached ex:b ; bkg:affects ex:a, ex:b")
        roles = {party.name: (str(party.role), str(party.evidence[0].basis)) for party in incident.parties}
        assert roles == {"Alder": ("affected_downstream", "implied"), "Birch": ("breached", "stated")}
        assert incident.notes == ()

    def test_who_is_affected_where_nobody_was_breached_has_no_closer_role(self):
        (incident,) = told(INCIDENT % "bkg:affects ex:a")
        assert [(party.name, str(party.role)) for party in incident.parties] == [("Alder", "other")]
        assert [(note.key, note.value) for note in incident.notes] == [("bkg:affects", "http://example.org/a")]

    @pytest.mark.parametrize(
        ("said", "urls"),
        [
            ("[ schema:url <https://news.example/1> ]", ["https://news.example/1"]),
            ('[ schema:url "https://news.example/1" ]', ["https://news.example/1"]),
            ("<https://news.example/1>", ["https://news.example/1"]),
            ("[ rdfs:label 'nothing' ]", []),
        ],
    )
    def test_the_address_of_a_source_may_be_an_iri(self, said, urls):
        (incident,) = told("@prefix schema: <https://schema.org/> .\n" + INCIDENT % f"dct:source {said}")
        assert [source.url for source in incident.sources] == urls

    @pytest.mark.parametrize(
        ("said", "notes"),
        [
            ('bkg:breached "Alder"', {"bkg:breached": "Alder"}),
            ("bkg:breached ex:nameless", {"bkg:breached": "http://example.org/nameless"}),
            (f"bkg:incidentType <{VOCAB}incident-type/none>", {"bkg:incidentType": f"{VOCAB}incident-type/none"}),
            (f"bkg:certainty <{VOCAB}certainty/utterly>", {"bkg:certainty": f"{VOCAB}certainty/utterly"}),
        ],
    )
    def test_what_has_no_place_in_the_record_is_a_note(self, said, notes):
        (incident,) = told(INCIDENT % said)
        assert {note.key: note.value for note in incident.notes} == notes

    @pytest.mark.parametrize(
        ("said", "notes"),
        [
            ('bkg:validFrom "1 May 2023" ; bkg:validUntil "2024-02-30"', {"bkg:validFrom": "1 May 2023", "bkg:validUntil": "2024-02-30"}),
            ('bkg:validFrom "2023-05-01", "2024-05-01"', {"bkg:validFrom": "2024-05-01"}),
            ('bkg:observed "some day"', {"bkg:observed": "some day"}),
            ("bkg:service ex:nameless", {"bkg:service": "http://example.org/nameless"}),
            ("bkg:supplier ex:gone", {"bkg:customer": "http://example.org/a", "bkg:supplier": "http://example.org/gone"}),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("of_incident", [False, True], ids=["alone", "of an incident"])
    def test_what_has_no_place_in_a_relationship_is_a_note(self, said, notes, of_incident):
        tie = f"ex:r a bkg:SupplyRelationship ; bkg:customer ex:a ; bkg:supplier ex:b ; {said} .\n"
        whose = "bkg:breached ex:b ; bkg:supplyRelationship ex:r" if of_incident else "bkg:breached ex:b"
        found = told(INCIDENT % whose + tie)
        assert [(use.customer, use.supplier) for use in found[-1].uses_vendor] == [("Alder", "Birch")]
        assert {note.key: note.value for note in found[-1].notes} == notes

    @pytest.mark.parametrize(
        ("said", "notes"),
        [
            ('bkg:recordCount [ bkg:atLeast "many" ; bkg:atMost -3 ]', {"bkg:atLeast": "many", "bkg:atMost": "-3"}),
            ('bkg:recordCount [ bkg:atLeast 9 ; ex:more "so" ]', {"http://example.org/more": "so"}),
            (f"bkg:recordCount [ bkg:certainty <{VOCAB}certainty/utterly> ]", {"bkg:certainty": f"{VOCAB}certainty/utterly"}),
            (f"bkg:exposure [ rdfs:label 'names' ; bkg:sensitivity <{VOCAB}sensitivity/severe> ]",
             {"bkg:sensitivity": f"{VOCAB}sensitivity/severe"}),
            ("bkg:exposure [ rdfs:label 'names' ; bkg:dataOwner ex:gone ]", {"bkg:dataOwner": "http://example.org/gone"}),
            ("bkg:impact [ rdfs:label 'shut' ; bkg:impactOn ex:gone ]", {"bkg:impactOn": "http://example.org/gone"}),
            (f"bkg:assessment [ bkg:scale <{VOCAB}rankiteo-severity> ; bkg:score 'high' ]",
             {"bkg:scale": f"{VOCAB}rankiteo-severity", "bkg:score": "high"}),
            ("bkg:technique [ rdfs:label 'phishing' ]", {"rdfs:label": "phishing"}),
            ("dct:source [ rdfs:label 'nothing' ]", {"rdfs:label": "nothing"}),
            ("bkg:firstReportedBy ex:paper", {"bkg:firstReportedBy": "http://example.org/paper"}),
            ("bkg:involvement [ bkg:party ex:gone ]", {"bkg:party": "http://example.org/gone"}),
            ("bkg:response [ rdfs:label 'left' ; bkg:actor ex:gone ; bkg:targets ex:too ]",
             {"bkg:actor": "http://example.org/gone", "bkg:targets": "http://example.org/too"}),
            (f"bkg:investigationStatus <{VOCAB}investigation-status/dormant>",
             {"bkg:investigationStatus": f"{VOCAB}investigation-status/dormant"}),
            ("bkg:incomplete 'maybe'", {"bkg:incomplete": "maybe"}),
            ("bkg:reported '2021' ; dct:date '2020'", {"dct:date": "2020"}),
            ("dct:identifier 'one', 'two'", {"dct:identifier": "two"}),
        ],
    )  # fmt: skip
    def test_what_has_no_place_in_a_part_of_an_incident_is_a_note(self, said, notes):
        (incident,) = told(INCIDENT % said)
        assert {note.key: note.value for note in incident.notes} == notes

    def test_the_day_by_which_a_relationship_was_over_is_a_note_unless_it_follows_from_another(self):
        own = "a bkg:SupplyRelationship ; bkg:customer ex:a ; bkg:supplier ex:b ;"
        until = '"2025-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
        (listing,) = told(PAIR + f"ex:r {own} bkg:observedUntil {until} .")
        assert [note.key for note in listing.notes] == ["bkg:observedUntil"]
        records = told(PAIR + f"ex:r {own} bkg:observedUntil {until} . ex:s {own} bkg:validUntil {until} .")
        assert not [note for listing in records for note in listing.notes]

    @pytest.mark.parametrize(
        ("implied", "listed", "begins"),
        [("", "2020", None), ("", "2021", "2020-01-01"), ("", "2020 mail", None),
         ("mail", "2020 mail", None), ("mail", "2020", "2020-01-01"), ("mail", "2020 hosting", "2020-01-01")],
    )  # fmt: skip
    def test_that_what_an_incident_implies_is_as_old_as_another_follows_from_the_other(self, implied, listed, begins):
        def relationship(node, year, service=""):
            since = f'"{year}-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
            of = f' ; bkg:service ex:{service} . ex:{service} rdfs:label "{service}"' if service else ""
            ends = "bkg:customer ex:a ; bkg:supplier ex:b"
            return f"ex:{node} a bkg:SupplyRelationship ; {ends} ; bkg:validFrom {since}{of} ."

        text = relationship("r", "2020", implied) + relationship("s", *listed.split())
        incident, listing = told(PAIR + "ex:i a bkg:Incident ; bkg:supplyRelationship ex:r ." + text)
        (one,), (other,) = incident.uses_vendor, listing.uses_vendor
        assert (one.valid_from and one.valid_from.edtf, other.valid_from.edtf[:4]) == (begins, listed[:4])

    @pytest.mark.parametrize(
        ("said", "status"),
        [("", "active"), (f"bkg:relationshipStatus <{VOCAB}relationship-status/paused> ;", "unknown"),
         ('bkg:relationshipStatus "on hold" ;', "unknown"), ('bkg:relationshipStatus "Active" ;', "active"), (f"bkg:relationshipStatus <{VOCAB}relationship-status/ended> ;", "ended")],
    )  # fmt: skip
    def test_a_status_that_is_told_in_other_words_is_unknown(self, said, status):
        (listing,) = told(PAIR + f"ex:r {said} a bkg:SupplyRelationship ; bkg:customer ex:a ; bkg:supplier ex:b .")
        assert [str(use.status) for use in listing.uses_vendor] == [status]

    def test_a_relationship_of_several_suppliers_is_one_with_each(self):
        (listing,) = told(
            PAIR.replace(" ; bkg:usesVendor ex:b", "")
            + 'ex:c a bkg:Organization ; rdfs:label "Cedar" .'
            + "ex:r a bkg:SupplyRelationship ; bkg:customer ex:a ; bkg:supplier ex:b, ex:c ."
        )
        assert [(use.customer, use.supplier) for use in listing.uses_vendor] == [("Alder", "Birch"), ("Alder", "Cedar")]

    def test_a_supplier_without_a_name_is_a_note_of_its_customer(self):
        (listing,) = told(PAIR + "ex:a bkg:usesVendor ex:gone .")
        assert [(note.key, note.value) for note in listing.notes] == [
            ("Alder: bkg:usesVendor", "http://example.org/gone")
        ]

    def test_a_relationship_whose_ends_have_no_names_is_counted(self):
        tie = "ex:r a bkg:SupplyRelationship ; bkg:customer ex:a ; bkg:supplier ex:gone ."
        reason = "1 node of bkg:SupplyRelationship: it is not between two that have a name (rdfs:label)"
        assert reasons(PAIR + tie) == [reason]
        refused = r"no supply relationship between two that have a name \(rdfs:label\)"
        for nothing in (tie, "ex:a bkg:usesVendor ex:gone ."):
            with pytest.raises(UnreadableError, match=refused):
                records(PREFIXES + 'ex:a a bkg:Organization ; rdfs:label "Alder" .' + nothing)

    def test_what_one_that_took_part_belongs_to_is_told_where_the_other_did_not(self):
        _, listing = told(INCIDENT % "bkg:breached ex:b" + "ex:b <http://www.w3.org/ns/org#subOrganizationOf> ex:a .")
        assert [(one.party, str(one.kind), one.other) for one in listing.affiliations] == [
            ("Birch", "subsidiary", "Alder")
        ]

    def test_what_a_claim_says_that_cannot_be_read_is_counted(self):
        claim = CLAIM % ("ex:a", "bkg:usesVendor", "ex:b")
        assert reasons(PAIR + claim.replace(" ;", ' ; bkg:confidence "high" ;', 1)) == [
            '1 value of bkg:confidence: no record has a place for "high"'
        ]

    def test_a_confidence_is_between_nothing_and_all(self):
        text = (
            PAIR
            + """[] a bkg:Claim ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> ex:a ;
            <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> bkg:usesVendor ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> ex:b ;
            bkg:quote "so it is" ; bkg:confidence 99.5 ."""
        )
        (listing,) = told(text)
        assert [(str(proof.confidence), proof.quote) for proof in listing.uses_vendor[0].evidence] == [
            ("1", "so it is")
        ]

    def test_claims_of_one_place_stay_apart(self, build):
        claim = """[] a bkg:Claim ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> ex:a ; bkg:place "here" ;
            <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> bkg:usesVendor ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> ex:b ;
            bkg:quote "%s" .\n"""
        graph = build({"x.ttl": PAIR + claim % "one" + claim % "two"})
        ((_, quotes),) = graph.why("Alder", "Birch")
        assert sorted(quote.quote for quote in quotes) == ["one", "two"]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (
                "@prefix f: <http://f/> .\nf:a f:knows f:b , f:c .\n",
                r"says nothing in the vocabulary of breachkg \(2 of http://f/\)",
            ),
            (
                PREFIXES + "ex:b a bkg:Organization .\nex:a bkg:certainty ex:c .",
                "holds no incident and no supply relationship",
            ),
            ("@prefix f: <http://f/> .\n", "no statement"),
        ],
    )
    def test_other_vocabularies_are_refused(self, text, words, tmp_path):
        assert choose(document("x.ttl", text.encode())).name == "rdf"
        with pytest.raises(UnreadableError, match=words):
            records(text)
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "x.ttl").write_text(text, "utf-8")
        (tmp_path / "in" / "y.ttl").write_text(PAIR, "utf-8")
        assert [row["document"] for row in kg.build(tmp_path / "in", tmp_path / "s.kg").report.quarantine] == ["x.ttl"]

    def test_the_ontology_is_no_document(self):
        folder = Path(__file__).resolve().parents[3] / "ontology"
        with pytest.raises(UnreadableError, match="says nothing in the vocabulary"):
            records((folder / "breachkg.ttl").read_text("utf-8"))


class TestNothingIsTrustedBlindly:
    def test_a_document_cannot_speak_in_the_name_of_another(self, build):
        before = build({"s.csv": "customer,supplier\nAlder,Birch\n"})
        victim = next(
            str(quad.graph_name)
            for quad in before.store.quads
            if "/graph/" in str(quad.graph_name) and "/record/" in str(quad.subject)
            if not str(quad.graph_name).endswith("/referents>")
        )
        evidence = [line for line in lines(before) if f" {victim} ." in line]
        forged = "\n".join(line.replace("Birch", "Cedar") for line in lines(before)) + "\n"
        after = build({"z.nq": forged})
        assert [line for line in lines(after) if f" {victim} ." in line] == evidence
        assert [found.node.label for found in after.exposure("Alder", 1)] == ["Birch", "Cedar"]
        ((_, quotes),) = after.why("Alder", "Cedar")
        assert {quote.document for quote in quotes} == {"z.nq"}

    def test_it_decides_nothing_about_who_is_who(self, build):
        same = f"""ex:a bkg:referent <{ID}organization/name/zebra> ; <http://www.w3.org/2002/07/owl#sameAs> ex:b ; a bkg:Vendor ."""
        graph = build({"x.ttl": PAIR + same})
        assert {node.label for node in graph.projection.nodes.values()} == {"Alder", "Birch"}
        assert graph.query("SELECT ?n { ?v a bkg:Vendor ; rdfs:label ?n }").rows == [("Birch",)]

    def test_it_adds_nothing_to_the_vocabulary(self, build):
        more = f'<{VOCAB}data-type/names> rdfs:label "wrong" . bkg:Incident rdfs:label "wrong" .'
        assert not [line for line in lines(build({"x.ttl": PAIR + more}), vocabulary=True) if '"wrong"' in line]


@pytest.fixture
def server():
    """A server on this machine that counts what is asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"@context": {"name": "http://example.org/name"}}')

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", asked
    running.shutdown()
    running.server_close()


class TestNothingIsFetched:
    @pytest.mark.parametrize(
        "text",
        [
            '{"@context": "%s/c", "@id": "http://e/x", "name": "A"}',
            '{"@context": ["%s/c", {"p": "http://e/p"}], "@id": "http://e/x"}',
            '{"@context": {"@version": 1.1, "@import": "%s/c"}, "@id": "http://e/x"}',
            '{"@context": {"p": {"@id": "http://e/p", "@context": "%s/c"}}, "@id": "http://e/x", "p": {"name": "A"}}',
            '{"@graph": [{"@id": "http://e/x", "http://e/p": {"@context": "%s/c", "name": "A"}}]}',
        ],
    )
    def test_a_remote_context_is_refused(self, server, text):
        base, asked = server
        with pytest.raises(
            UnreadableError, match=r"names a remote context \(http://127\.0\.0\.1:\d+/c\), which is not fetched"
        ):
            records(text % base)
        assert asked == []

    @pytest.mark.parametrize(
        "text",
        [
            PAIR + "<%s/x> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <%s/o> .",
            PAIR + 'ex:a rdfs:seeAlso <%s/more> ; bkg:note "SERVICE <%s/sparql> { }" .',
            ('<?xml version="1.0"?>\n<?xml-stylesheet href="%s/s.xsl"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
            f' xmlns:b="{NS}" xmlns:l="http://www.w3.org/2000/01/rdf-schema#" xmlns:s="%s/schema"><b:Organization rdf:about="http://e/a" l:label="A">'
            '<b:usesVendor><b:Organization rdf:about="http://e/b" l:label="B"/></b:usesVendor></b:Organization></rdf:RDF>'),
        ],
        ids=["imports", "see also", "xml"],
    )  # fmt: skip
    def test_addresses_are_names(self, server, text):
        base, asked = server
        (listing,) = told(text % (base, base))
        assert len(listing.uses_vendor) == 1
        assert asked == []

    def test_an_external_document_type_is_refused(self, server):
        base, asked = server
        text = f'<!DOCTYPE rdf:RDF SYSTEM "{base}/d.dtd"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
        with pytest.raises(UnreadableError, match="has a document type"):
            records(text)
        assert asked == []

    def test_the_packages_own_context_needs_no_fetching(self):
        text = json.dumps({
            "@context": CONTEXT, "@id": "http://e/a", "@type": "Organization", "label": "A",
            "usesVendor": {"@id": "http://e/b", "@type": "Organization", "label": "B"},
        })  # fmt: skip
        (listing,) = told(text)
        assert [(use.customer, use.supplier) for use in listing.uses_vendor] == [("A", "B")]


class TestHostileText:
    def test_entities_are_not_expanded(self):
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        text = f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"><rdf:Description rdf:about="http://e/x"><e:p>&l11;</e:p></rdf:Description></rdf:RDF>'
        with pytest.raises(UnreadableError, match="has a document type, which may declare entities: none is expanded"):
            records(text)

    @pytest.mark.parametrize(
        "text",
        [
            '{"@id": "http://e/x", "http://e/p": ' * 100_000 + "1" + "}" * 100_000,
            '{"@id": "http://e/x", "http://e/p": ' * 500 + "1" + "}" * 500,
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
            + "<rdf:Description><e:p>" * 50_000,
        ],
        ids=["json", "less", "xml"],
    )
    def test_depth_is_bounded(self, text):
        with pytest.raises(UnreadableError, match="nested deeper|recursion"):
            records(text)

    def test_a_broken_line_of_n_quads_leaves_the_others(self):
        lines_ = [
            f"<http://e/a> <{NS}usesVendor> <http://e/b> .",
            "this is no statement",
            f"<http://e/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Organization> .",
            '<http://e/a> <http://www.w3.org/2000/01/rdf-schema#label> "A" .',
            '<http://e/b> <http://www.w3.org/2000/01/rdf-schema#label> "B .',
            '<http://e/b> <http://www.w3.org/2000/01/rdf-schema#label> "B" .',
        ]  # fmt: skip
        found = records("\n".join(lines_))
        assert [told.place for told in found if isinstance(told, Defect)] == ["line 2", "line 5"]
        assert [use.supplier for told in found if isinstance(told, Listing) for use in told.uses_vendor] == ["B"]

    @pytest.mark.parametrize(
        "text", [PAIR + "ex:a bkg:", PAIR + "<", '{"@id": "http://e/x", "@type": }', PAIR + "ex:a ex:b <http://e/\n> ."]
    )
    def test_a_broken_document_of_another_syntax_is_refused_whole(self, text):
        with pytest.raises(UnreadableError, match="is no "):
            records(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# a comment\n\n@prefix a: <http://a/> .", "trig"),
        ("PREFIX a: <http://a/>\na:b a:c a:d .", "trig"),
        ("BASE <http://a/>\n<b> <c> <d> .", "trig"),
        ("<http://a/b> a <http://a/c> ;\n <http://a/d> 1 .", "trig"),
        ("GRAPH <http://a/g> { }", "trig"),
        ('<http://a/b> <http://a/c> "d" .\n', "nquads"),
        ("_:b <http://a/c> <http://a/d> <http://a/g> . # why\n", "nquads"),
        ('{"@context": {}, "@id": "http://a/b"}', "jsonld"),
        ('[{"@id": "http://a/b"}]', "jsonld"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "rdfxml"),
        ('<?xml version="1.0"?><a xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="x"/>', "rdfxml"),
        ("<html>\n<head><title>RDF</title></head></html>", ""),
        ("<!DOCTYPE html><html><body>@prefix</body></html>", ""),
        ("customer,supplier\nA,B\n", ""),
        ("prefix,base\n<a>,b\n", ""),
        ('{"id": "x", "context": 1}', ""),
        ("Prefix the report with <company> and go on.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_syntax_is_told_by_the_text(text, kind):
    assert syntax(text) == kind


@given(st.text(alphabet='<>"@:. \n_ab/#{}[]', max_size=60))
def test_looking_at_a_text_never_fails(text):
    assert syntax(text) in {"", "trig", "nquads", "jsonld", "rdfxml"}


@pytest.mark.parametrize("name", ["incidents.ttl", "all.nq", "all.jsonld"])
def test_mutants(name, exported):
    text = (EXAMPLE if name == "incidents.ttl" else exported / name).read_text("utf-8")
    if name == "all.nq":  # without the vocabulary, so that the changes meet the records
        text = "\n".join([line for line in text.split("\n") if "/document/" in line][:500])
    for mutant in mutants([text], 10 if name == "all.jsonld" else 100, seed=3):
        try:
            read = document("m", mutant.replace("\0", " ").encode())
            graph = evidence_graph(read, "rdf", "1", RdfExtractor().extract(read))
        except UnreadableError as error:
            assert error.reason
            continue
        assert all("cannot be used" not in defect.reason for defect in graph.defects)
