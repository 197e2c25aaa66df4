"""STIX bundles: who was harmed, by whom, through whom; and an end for every object."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import ClassVar

import pytest
from documents import mutants
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import UnreadableError
from kg.extract import choose
from kg.extract.reading import document
from kg.extract.records import as_json
from kg.extract.stix.extractor import StixExtractor
from kg.extract.stix.objects import Objects
from kg.model import Certainty, Defect, Incident, Listing, Role
from kg.rdf import evidence_graph
from kg.vocabulary import concepts

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "feeds" / "stix-bundle.json"
CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
WHEN = "2026-02-03T09:00:00.000Z"


def ref(kind, name):
    return f"{kind}--{uuid.uuid5(uuid.NAMESPACE_URL, kind + name)}"


def thing(kind, name, **more):
    told = {"type": kind, "spec_version": "2.1", "id": ref(kind, name), "created": WHEN, "modified": WHEN}
    return told | ({"name": name} if kind not in {"relationship", "sighting"} else {}) | more


def firm(name, **more):
    return thing("identity", name, **{"identity_class": "organization", **more})


def tie(source, kind, target, **more):
    return thing("relationship", f"{source} {kind} {target}", relationship_type=kind, source_ref=source, target_ref=target, **more)  # fmt: skip


def attack(name="Attack", **more):
    core = more.pop("core", None)
    extensions = {"extensions": {CORE: {"extension_type": "property-extension", **core}}} if core is not None else {}
    return thing("incident", name, **extensions, **more)


ATTACK, BIRCH, ALDER = ref("incident", "Attack"), ref("identity", "Birch"), ref("identity", "Alder")


def bundle(*objects, **more):
    return {"type": "bundle", "id": ref("bundle", "b"), "objects": list(objects), **more}


def read(*objects):
    """The records and defects of a bundle, or of a text."""
    text = objects[0] if objects and isinstance(objects[0], str) else json.dumps(bundle(*objects))
    return list(StixExtractor().extract(document("b.json", text.encode())))


def one(*objects):
    (told,) = [found for found in read(*objects) if isinstance(found, Incident)]
    return told


def roles(told):
    return {party.name: str(party.role) for party in told.parties}


def notes(told):
    return {note.key: note.value for note in told.notes}


def reasons(found):
    return {defect.place: defect.reason for defect in found if isinstance(defect, Defect)}


@pytest.fixture(scope="module")
def example():
    return list(StixExtractor().extract(document(EXAMPLE.name, EXAMPLE.read_bytes())))


class TestTheExample:
    def test_who_was_harmed_through_whom(self, example):
        told = next(found for found in example if isinstance(found, Incident))
        assert roles(told) == {
            "Lantern Ledger GmbH": "breached",
            "Tidewater Freight": "affected_downstream",
            "Grey Gull": "attacker",
            "11 other customer organizations": "affected_downstream",
            "Harbour CERT": "reporter",
        }
        assert [(use.customer, use.supplier) for use in told.uses_vendor] == [
            ("Tidewater Freight", "Lantern Ledger GmbH"),
            ("11 other customer organizations", "Lantern Ledger GmbH"),
        ]
        assert told.uses_vendor[0].valid_from.edtf == "2021-05-01"

    def test_a_supplier_outside_the_incident_is_a_listing(self, example):
        (told,) = [found for found in example if isinstance(found, Listing)]
        assert [(use.customer, use.supplier) for use in told.uses_vendor] == [
            ("Plum Bakery Group", "Lantern Ledger GmbH")
        ]

    def test_what_the_extension_says(self, example):
        told = as_json("b", next(found for found in example if isinstance(found, Incident)))
        assert (told["types"], told["status"], told["certainty"]) == (["data-breach"], "ongoing", "confirmed")
        assert [(data["concept"], data["certainty"]) for data in told["data_types"]] == [
            ("personal-information", "confirmed")
        ]
        assert {(count["low"], count["high"], count["unit"]) for count in told["record_counts"]} == {
            (48000, 48000, "people"), (48000, 48000, "records"),
        }  # fmt: skip
        assert [(date["edtf"], date["what"]) for date in told["dates"]] == [
            ("2026-01", "occurred"),
            ("2026-02-10", "reported"),
        ]
        assert [response["action"] for response in told["responses"]] == ["notify-victims"]
        assert told["techniques"] == ["T1078"]
        assert [source["url"] for source in told["sources"]] == [
            None, "https://cert.example.org/2026/014", "https://cert.example.org/monthly/2026-01",
        ]  # fmt: skip
        assert told["notes"]["vulnerability"] == "CVE-2099-10001"
        assert told["notes"]["marking"] == "TLP:CLEAR"
        assert told["notes"][f"extensions.{CORE}.criticality"] == "70"

    def test_every_quote_stands_where_it_says(self, example):
        text = EXAMPLE.read_text("utf-8")
        proofs = list(evidence_of(example))
        assert len(proofs) > 40
        for proof in proofs:
            assert text[slice(*proof.span)] == proof.quote
            assert proof.place.startswith("/objects/")

    def test_the_custom_object_is_kept_and_counted(self, example):
        told = next(found for found in example if isinstance(found, Incident))
        assert notes(told)["related-to"] == "HC-2026-014"
        assert reasons(example)["/objects/11"] == "is of the custom type x-harbour-ticket, which is not mapped"

    def test_it_builds_and_answers(self, tmp_path):
        graph = kg.build(EXAMPLE, tmp_path / "s.kg")
        assert [found.node.label for found in graph.blast_radius("Lantern Ledger GmbH").exposed] == [
            "Plum Bakery Group", "Tidewater Freight",
        ]  # fmt: skip
        ((_, quotes),) = graph.why("Plum Bakery Group", "usesVendor", "Lantern Ledger GmbH")
        assert quotes[0].record == "/objects/20"
        assert graph.report.by_kind["stix"]["quarantined"] == 6


def evidence_of(found):
    for told in found:
        if isinstance(told, Defect):
            continue
        parts = [*told.parties, *told.uses_vendor, *told.affiliations, *told.notes]
        if isinstance(told, Incident):
            parts += [*told.types, *told.data_types, *told.record_counts, *told.dates, *told.responses, *told.impacts]
            parts += [*told.techniques, *told.sources, told]
        for part in parts:
            yield from part.evidence


class TestCertainty:
    @pytest.mark.parametrize(
        ("more", "wanted"),
        [
            ({}, "confirmed"),
            ({"confidence": 85}, "confirmed"),
            ({"confidence": 69}, "suspected"),
            ({"confidence": 0}, "suspected"),
            ({"core": {"determination": "suspected"}}, "suspected"),
            ({"core": {"determination": "confirmed"}, "confidence": 90}, "confirmed"),
            ({"core": {"determination": "false-positive"}}, "denied"),
            ({"labels": ["leak-site"]}, "claimed"),
            ({"labels": ["leak-site"], "core": {"determination": "confirmed"}}, "confirmed"),
        ],
    )
    def test_of_the_incident(self, more, wanted):
        assert str(one(attack(**more)).certainty) == wanted

    def test_of_a_relationship_is_that_of_what_it_says(self):
        told = one(attack(), firm("Birch"), tie(ATTACK, "targets", BIRCH, confidence=30))
        assert told.certainty is Certainty.CONFIRMED
        assert {str(proof.certainty) for proof in told.parties[0].evidence} == {"suspected"}

    def test_a_label_of_others_does_not_say_it(self):
        cited = [{"source_name": "the press", "external_id": "https://example.org/claim"}]
        told = one(
            attack(), firm("Birch"),
            tie(ATTACK, "targets", BIRCH, confidence=30, labels=["claimed"], external_references=cited),
        )  # fmt: skip
        assert {str(proof.certainty) for proof in told.parties[0].evidence} == {"suspected"}
        assert "claimed" in notes(told).values()

    def test_a_relationship_is_no_surer_than_its_incident(self):
        told = one(attack(confidence=10), firm("Birch"), tie(ATTACK, "targets", BIRCH, confidence=100))
        assert {str(proof.certainty) for proof in told.parties[0].evidence} == {"suspected"}

    @pytest.mark.parametrize("determination", ["blocked", "failed-attempt", "false-positive"])
    def test_an_attempt_harms_nobody(self, determination):
        told = one(attack(core={"determination": determination}), firm("Birch"), tie(ATTACK, "targets", BIRCH))
        assert roles(told) == {"Birch": "other"}

    def test_an_attempt_that_was_blocked_says_so_in_a_note(self):
        assert notes(one(attack(core={"determination": "blocked"})))[f"extensions.{CORE}.determination"] == "blocked"


class TestSupplyChains:
    @pytest.mark.parametrize(
        ("source", "kind", "target"),
        [(ALDER, "uses", BIRCH), (ALDER, "customer_of", BIRCH), (ALDER, "x-outsources-to", BIRCH), (BIRCH, "supplies", ALDER),
         (BIRCH, "vendor-of", ALDER), (BIRCH, "provides services to", ALDER)],
    )  # fmt: skip
    def test_both_directions(self, source, kind, target):
        (told,) = read(firm("Alder"), firm("Birch"), tie(source, kind, target))
        assert [(use.customer, use.supplier) for use in told.uses_vendor] == [("Alder", "Birch")]

    def test_its_time(self):
        (told,) = read(firm("Alder"), firm("Birch"), tie(ALDER, "uses", BIRCH, start_time=WHEN, stop_time="2026-03-01T00:00:00Z"))  # fmt: skip
        (use,) = told.uses_vendor
        assert (use.valid_from.edtf, use.valid_until.edtf) == ("2026-02-03", "2026-03-01")

    def test_an_end_on_the_day_it_began_is_a_note(self):
        found = read(firm("Alder"), firm("Birch"), tie(ALDER, "uses", BIRCH, start_time=WHEN, stop_time="2026-02-03T10:00:00Z"))  # fmt: skip
        assert found[0].uses_vendor[0].valid_from is None
        assert {"uses: start_time", "uses: stop_time"} <= notes(found[0]).keys()

    def test_nobody_supplies_itself(self):
        found = read(firm("Alder"), tie(ALDER, "uses", ALDER))
        assert sorted(reasons(found)) == ["/objects/0", "/objects/1"]

    def test_a_person_is_no_customer(self):
        found = read(firm("Alder", identity_class="individual"), firm("Birch"), tie(ALDER, "uses", BIRCH))
        assert len(reasons(found)) == 3

    def test_two_that_were_hit_and_one_supplies_the_other(self):
        told = one(attack(), firm("Alder"), firm("Birch"), tie(ATTACK, "targets", ALDER), tie(ATTACK, "targets", BIRCH),
                   tie(BIRCH, "supplies", ALDER))  # fmt: skip
        assert roles(told) == {"Alder": "affected_downstream", "Birch": "breached"}

    def test_two_that_supply_each_other_stay_as_they_are_told(self):
        told = one(attack(), firm("Alder"), firm("Birch"), tie(ATTACK, "targets", ALDER), tie(ATTACK, "targets", BIRCH),
                   tie(BIRCH, "supplies", ALDER), tie(ALDER, "supplies", BIRCH))  # fmt: skip
        assert roles(told) == {"Alder": "breached", "Birch": "breached"}
        assert len(told.uses_vendor) == 2

    def test_a_victim_that_was_hit_through_a_vendor_nobody_names(self):
        told = one(
            attack(core={"incident_types": ["supply-chain-customer"]}), firm("Alder"), tie(ATTACK, "targets", ALDER)
        )
        assert roles(told) == {"Alder": "affected_downstream", "unnamed vendor of Alder": "breached"}
        assert [(use.customer, use.supplier) for use in told.uses_vendor] == [("Alder", "unnamed vendor of Alder")]
        assert told.parties[-1].unnamed_group
        assert [kind.concept for kind in told.types] == ["third-party"]

    def test_such_a_vendor_is_no_surer_hit_than_the_incident_took_place(self):
        told = one(
            attack(core={"incident_types": ["supply-chain-customer"]}, confidence=20), firm("Alder"), tie(ATTACK, "targets", ALDER)
        )  # fmt: skip
        assert {proof.certainty for party in told.parties for proof in party.evidence} == {Certainty.SUSPECTED}

    @pytest.mark.parametrize("word", ["supply-chain-attack", "Data-Breach"])
    def test_a_type_may_be_the_word_of_the_scheme(self, word):
        assert [kind.concept for kind in one(attack(labels=[word])).types] == [word.casefold()]

    def test_a_domain_is_an_identifier_and_other_words_are_none(self):
        names = ("https://www.birch.example.com/", "corporate")
        said = [{"source_name": "domain", "external_id": name} for name in names]
        told = one(attack(), firm("Birch", external_references=said), tie(ATTACK, "targets", BIRCH))
        assert told.parties[0].identifiers == ("domain:birch.example.com",)
        assert notes(told)["Birch: external_references[1].external_id"] == "corporate"

    @pytest.mark.parametrize(
        ("value", "kind", "wanted"),
        [("birch.example.com", "belongs-to", ("domain:birch.example.com",)), ("birch.example.com", "related-to", ()),
         ("linkedin.com", "belongs-to", ())],
    )  # fmt: skip
    def test_a_domain_that_belongs_to_it_is_one(self, value, kind, wanted):
        domain = {"type": "domain-name", "spec_version": "2.1", "id": ref("domain-name", value), "value": value}
        found = read(attack(), firm("Birch"), tie(ATTACK, "targets", BIRCH), domain, tie(domain["id"], kind, BIRCH))
        (told,) = [told for told in found if isinstance(told, Incident)]
        assert told.parties[0].identifiers == wanted
        assert ("Birch: domain-name" in notes(told), len(reasons(found))) == ((True, 0) if wanted else (False, 2))

    def test_the_first_sector_is_the_industry_and_others_are_notes(self):
        told = one(attack(), firm("Birch", sectors=["retail", "energy"]), tie(ATTACK, "targets", BIRCH))
        assert told.parties[0].industry == "retail"
        assert {key: value for key, value in notes(told).items() if "sectors" in key} == {"Birch: sectors[1]": "energy"}

    def test_a_vendor_that_was_hit_so_as_to_reach_others(self):
        told = one(
            attack(core={"incident_types": ["supply-chain-vendor"]}), firm("Birch"), tie(ATTACK, "targets", BIRCH)
        )
        assert roles(told) == {"Birch": "breached"}
        assert [kind.concept for kind in told.types] == ["supply-chain-attack"]

    @pytest.mark.parametrize(
        ("kind", "source", "target", "wanted"),
        [("subsidiary-of", ALDER, BIRCH, ("Alder", "subsidiary", "Birch")), ("owns", ALDER, BIRCH, ("Birch", "subsidiary", "Alder")),
         ("brand-of", ALDER, BIRCH, ("Alder", "product", "Birch")), ("affiliated-with", ALDER, BIRCH, ("Alder", "linked", "Birch"))],
    )  # fmt: skip
    def test_ownership_is_no_supply(self, kind, source, target, wanted):
        (told,) = read(firm("Alder"), firm("Birch"), tie(source, kind, target))
        assert told.uses_vendor == ()
        assert [(a.party, str(a.kind), a.other) for a in told.affiliations] == [wanted]


SECTOR = {"extensions": {"extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba": {"type": "Sector"}}}


def report(name="Heron has published a new victim: Birch", **more):
    listed = [
        BIRCH,
        ref("intrusion-set", "Heron"),
        ref("relationship", f"{ref('intrusion-set', 'Heron')} targets {BIRCH}"),
    ]
    told = thing("report", name, published=WHEN, object_refs=listed, **{"report_types": ["threat-report"], **more})
    return firm("Birch"), thing("intrusion-set", "Heron"), tie(listed[1], "targets", BIRCH), told


class TestLeakClaims:
    @pytest.mark.parametrize(
        "more",
        [
            {},
            {"name": "New victim: Birch"},
            {"name": "Birch", "created_by_ref": ref("identity", "Ransomware.Live")},
            {"name": "Birch", "external_references": [{"source_name": "x", "url": "https://www.ransomware.live/id/1"}]},
        ],
    )
    def test_what_extortionists_publish_is_a_claim(self, more):
        told = one(firm("Ransomware.Live"), *report(**more))
        assert told.certainty is Certainty.CLAIMED

    def test_a_report_of_ransomware_is_of_that_type(self):
        told = one(*report(report_types=["Ransomware-report"]))
        assert [found.concept for found in told.types] == ["ransomware"]
        assert one(*report(report_types=["Incident-report"])).types == ()

    @pytest.mark.parametrize(
        "more",
        [
            {"name": "Birch names new victims assistance officer"},
            {"name": "Ransomware at Birch", "created_by_ref": ref("identity", "Alder")},
            {"name": "Birch", "created_by_ref": ref("identity", "Alder"),
             "external_references": [{"source_name": "ransomware.live", "url": "https://www.ransomware.live/id/1"}]},
        ],
    )  # fmt: skip
    def test_another_report_is_none(self, more):
        assert one(firm("Alder"), *report(**more)).certainty is not Certainty.CLAIMED


class TestSectors:
    @pytest.mark.parametrize("located", ["located-at", "located-in"])
    def test_the_sector_of_a_victim_is_its_industry_and_no_victim(self, located):
        sector, place = firm("Widget making", **{**SECTOR, "identity_class": "class"}), thing("location", "Lower Town")
        found = read(
            attack(), firm("Birch"), sector, place,
            tie(ATTACK, "targets", BIRCH), tie(ATTACK, "targets", sector["id"]),
            tie(BIRCH, "part-of", sector["id"]), tie(BIRCH, located, place["id"]),
        )  # fmt: skip
        (told,) = found
        assert [(party.name, str(party.role), party.industry) for party in told.parties] == [
            ("Birch", "breached", "Widget making")
        ]
        assert notes(told) == {
            "sector": "Widget making",
            "Birch: sector": "Widget making",
            f"Birch: {located}": "Lower Town",
        }

    def test_what_says_the_sector_of_a_victim_makes_its_breach_no_surer(self):
        sector = firm("Retail", identity_class="class")
        told = one(
            attack(), firm("Birch"), sector,
            tie(ATTACK, "targets", BIRCH, confidence=20), tie(BIRCH, "part-of", sector["id"]),
        )  # fmt: skip
        (party,) = told.parties
        assert (party.industry, {proof.certainty for proof in party.evidence}) == ("Retail", {Certainty.SUSPECTED})

    @pytest.mark.parametrize("turned", [False, True])
    def test_nor_does_another_part_that_it_had(self, turned):
        ties = [tie(ATTACK, "targets", BIRCH, confidence=20), tie(ATTACK, "reported-by", BIRCH)]
        (party,) = one(attack(), firm("Birch"), *(ties[::-1] if turned else ties)).parties
        assert party.role == Role.BREACHED
        assert {proof.certainty for proof in party.evidence} == {Certainty.SUSPECTED}

    def test_files_of_opencti_say_it_beside_the_class(self):
        sector = firm("Widget making", identity_class="class", x_opencti_type="Sector")
        told = one(attack(), firm("Birch"), sector, tie(ATTACK, "targets", BIRCH), tie(ATTACK, "targets", sector["id"]))
        assert (roles(told), notes(told)["sector"]) == ({"Birch": "breached"}, "Widget making")

    def test_a_sector_owns_nobody(self):
        sector = firm("Widget making", **SECTOR)
        assert not one(attack(), firm("Birch"), sector, tie(ATTACK, "targets", BIRCH), tie(BIRCH, "part-of", sector["id"])).affiliations  # fmt: skip

    def test_a_class_of_victims_stays_a_group(self):
        group = firm("Customers of Birch", identity_class="class")
        told = one(attack(), group, tie(ATTACK, "targets", group["id"]))
        assert [(party.name, party.unnamed_group) for party in told.parties] == [("Customers of Birch", True)]


class TestImpactedParties:
    def impact(self, *refs, **more):
        return thing("impact", "I", impacted_refs=list(refs), **{"impact_category": "confidentiality", "extensions": {
            "confidentiality": {"loss_type": "confirmed-loss", "information_type": "phi", "record_count": 53000}}, **more})  # fmt: skip

    def test_whom_an_impact_fell_on_is_affected(self):
        impact = self.impact(ALDER, ref("infrastructure", "Mail"))
        event = attack(core={"impact_refs": [impact["id"]]})
        found = read(
            event, impact, firm("Birch"), firm("Alder"), thing("infrastructure", "Mail"), tie(ATTACK, "targets", BIRCH)
        )
        (told,) = found
        assert roles(told) == {"Birch": "breached", "Alder": "affected_downstream"}
        assert [count.low for count in told.record_counts] == [53000]
        assert notes(told)["infrastructure"] == "Mail"

    def test_alone_it_was_breached(self):
        impact = self.impact(ALDER)
        assert roles(one(attack(core={"impact_refs": [impact["id"]]}), impact, firm("Alder"))) == {"Alder": "breached"}

    def test_an_impact_that_did_no_harm_makes_no_victim(self):
        impact = self.impact(ALDER, extensions={"confidentiality": {"loss_type": "none", "information_type": "phi"}})
        told = one(attack(core={"impact_refs": [impact["id"]]}), impact, firm("Alder"))
        assert roles(told) == {"Alder": "other"}

    def test_one_that_is_not_there_stays_a_note(self):
        impact = self.impact(ALDER)
        assert notes(one(attack(core={"impact_refs": [impact["id"]]}), impact))["impacted"] == ALDER


@pytest.mark.parametrize("key", ["type", "activity_type"])
def test_activities_of_version_1_date_the_incident(key):
    core = {
        "attacker_activities": [
            {"type": "first-recorded", "start_time": "2025-02-05T00:00:00Z", "end_time": "2025-02-09T00:00:00Z"},
            {"type": "x", "start_time": "2025-02-03T00:00:00Z"},
        ],
        "defender_activities": [{key: "detected", "start_time": "2025-02-10T00:00:00Z"}],
    }
    told = one(attack(core=core), firm("Birch"), tie(ATTACK, "targets", BIRCH))
    dates = {str(date.what): date.date.edtf for date in told.dates}
    assert (dates["occurred"], dates["discovered"]) == ("2025-02-03/2025-02-09", "2025-02-10")
    assert not any("time" in key for key in notes(told))


class TestEnds:
    SPAN: ClassVar = {"start_time": "2025-02-03T00:00:00Z", "end_time": "2025-02-05T00:00:00Z"}

    @pytest.mark.parametrize("kind", ["impact", "event"])
    def test_an_end_makes_it_an_interval(self, kind):
        part = thing(kind, "Theft", **({"impact_category": "availability"} if kind == "impact" else {}), **self.SPAN)
        core = {"impact_refs": [part["id"]]} if kind == "impact" else {"events": [{"event_ref": part["id"]}]}
        told = one(attack(core=core), part, firm("Birch"), tie(ATTACK, "targets", BIRCH))
        assert [date.date.edtf for date in told.dates if date.what == "occurred"] == ["2025-02-03/2025-02-05"]

    def test_from_the_first_start_to_the_last_end(self):
        parts = [thing("event", "Theft", **self.SPAN), thing("event", "Sale", start_time="2025-03-01T00:00:00Z"),
                 thing("event", "Theft again", start_time="2025-02-04T00:00:00Z", end_time="2025-02-09T00:00:00Z")]  # fmt: skip
        core = {"events": [{"event_ref": part["id"]} for part in parts]}
        told = one(attack(core=core), *parts, firm("Birch"), tie(ATTACK, "targets", BIRCH))
        assert [date.date.edtf for date in told.dates if date.what == "occurred"] == ["2025-02-03/2025-02-09"]


class TestCountedCustomers:
    @pytest.mark.parametrize(
        ("count", "groups"), [(1, []), (2, ["1 other customer organization"]), (9, ["8 other customer organizations"])]
    )
    def test_those_that_are_named_are_not_counted_again(self, count, groups):
        told = one(
            attack(core={"impacted_entity_counts": {"customer-organization": count}}), firm("Birch"), firm("Alder"),
            tie(ATTACK, "targets", BIRCH), tie(ATTACK, "impacts", ALDER), tie(ALDER, "uses", BIRCH),
        )  # fmt: skip
        assert [party.name for party in told.parties if party.unnamed_group] == groups
        assert ("customer organizations" in notes(told)) == (not groups)

    def test_nor_those_of_whom_it_is_not_told_who_is_whose_customer(self):
        told = one(attack(core={"impacted_entity_counts": {"customer-organization": 1}}), firm("Birch"), firm("Alder"),
                   tie(ATTACK, "targets", BIRCH), tie(ATTACK, "impacts", ALDER))  # fmt: skip
        assert not any(party.unnamed_group for party in told.parties)


@pytest.mark.parametrize(
    ("named", "sources"),
    [
        ("Serbal Labs", [("Heron", None), ("Serbal Labs", "https://serbal.example/ink"), ("Heron", None)]),
        ("Heron", [("Heron", None), ("Heron", "https://serbal.example/ink")]),
        ("", [("Heron", None), ("Heron", "https://serbal.example/ink")]),
    ],
)
def test_what_a_report_cites_is_published_by_its_source(named, sources):
    maker = firm("Heron")
    cited = [{"source_name": named, "url": "https://serbal.example/ink"}]
    report = thing("report", "Ink", published="2026-03-01T00:00:00Z", created_by_ref=maker["id"], object_refs=[ATTACK], external_references=cited)  # fmt: skip
    told = one(attack(created_by_ref=maker["id"]), firm("Birch"), maker, tie(ATTACK, "targets", BIRCH), report)
    assert [(source.publisher, source.url or None) for source in told.sources] == sources


def test_what_refers_to_a_revoked_object_says_so():
    found = read(attack(revoked=True), firm("Birch"), tie(ATTACK, "targets", BIRCH))
    assert f"refers to {ATTACK}, which was revoked" in reasons(found).values()


class TestOtherEvents:
    GULL, INK = ref("intrusion-set", "Gull"), ref("campaign", "Ink")

    def test_a_campaign_that_aims_at_an_organization_is_a_suspicion(self):
        told = one(thing("campaign", "Ink", first_seen=WHEN), firm("Birch"), thing("intrusion-set", "Gull"),
                   tie(self.INK, "targets", BIRCH), tie(self.INK, "attributed-to", self.GULL))  # fmt: skip
        assert roles(told) == {"Birch": "breached", "Gull": "attacker"}
        assert {str(proof.certainty) for proof in told.parties[0].evidence} == {"suspected"}
        assert [date.date.edtf for date in told.dates if date.what == "occurred"] == ["2026-02-03"]

    @pytest.mark.parametrize(
        ("name", "more", "wanted"),
        [("Healthcare", {}, []), ("Healthcare", {"identity_class": "unknown"}, []), ("Birch Industries", {}, ["Birch Industries"]),
         ("Healthcare", {"identity_class": "organization"}, ["Healthcare"])],
    )  # fmt: skip
    def test_a_sector_of_which_it_is_not_said_that_it_is_a_class_is_no_victim(self, name, more, wanted):
        ink, aim = thing("campaign", "Ink"), thing("identity", name, **more)
        found = read(ink, aim, tie(ink["id"], "targets", aim["id"]))
        assert [party.name for told in found if isinstance(told, Incident) for party in told.parties] == wanted

    def test_a_campaign_against_a_whole_sector_is_no_incident(self):
        found = read(thing("campaign", "Ink"), firm("Banks", identity_class="class"), tie(self.INK, "targets", ref("identity", "Banks")))  # fmt: skip
        assert all(isinstance(told, Defect) for told in found)
        assert len(found) == 3

    def test_a_report_that_says_who_was_hit(self):
        target = tie(self.GULL, "targets", BIRCH)
        told = one(
            thing("report", "Gull claims Birch", published="2026-03-01T00:00:00Z", report_types=["threat-report"],
                  object_refs=[self.GULL, BIRCH, target["id"]]),
            thing("intrusion-set", "Gull"), firm("Birch"), target,
        )  # fmt: skip
        assert (told.title, str(told.certainty)) == ("Gull claims Birch", "claimed")
        assert roles(told) == {"Gull": "attacker", "Birch": "breached"}
        assert [(date.date.edtf, str(date.what)) for date in told.dates] == [("2026-03-01", "reported")]

    @pytest.mark.parametrize(
        ("created", "labels", "told"),
        [
            (WHEN, [], ["2026-02-03"]),
            (WHEN, ["reported:2025-12"], ["2025-12"]),
            (WHEN, ["reported:unknown"], []),
            (WHEN, ["reported:soon", 7], ["2026-02-03"]),
            (WHEN, "reported:unknown", ["2026-02-03"]),
            ("1970-01-01T00:00:00Z", [], []),
            ("1970-01-01T00:00:00.000Z", ["data-breach"], []),
        ],
    )
    def test_an_object_is_made_on_the_day_of_the_report_unless_it_says_otherwise(self, created, labels, told):
        found = one(attack(created=created, labels=labels), firm("Birch"), tie(ATTACK, "targets", BIRCH))
        assert [date.date.edtf for date in found.dates] == told

    def test_one_of_many_reports_on_an_actor_asks_of_its_own_victim_alone(self, monkeypatch):
        """A collector of claims has a report for each victim; what is asked of all of them for each grows with the square."""
        gull, asked = thing("intrusion-set", "Gull"), []
        harmed = Objects.harmed
        monkeypatch.setattr(Objects, "harmed", lambda objects, link: asked.append(link) or harmed(objects, link))
        said = [gull]
        for at in range(20):
            victim = firm(f"Birch {at}")
            harm = tie(gull["id"], "targets", victim["id"])
            refs = [victim["id"], gull["id"], harm["id"]]
            said += [victim, harm, thing("report", f"Gull at Birch {at}", published=WHEN, object_refs=refs)]
        assert [roles(told) for told in read(*said)] == [{"Gull": "attacker", f"Birch {at}": "breached"} for at in range(20)]  # fmt: skip
        assert len(asked) < 20 * 4

    def test_a_report_on_an_incident_is_its_source_and_no_second_incident(self):
        target = tie(ATTACK, "targets", BIRCH)
        told = one(attack(), firm("Birch"), target,
                   thing("report", "Quarterly", published="2026-03-01T00:00:00Z", object_refs=[ATTACK, BIRCH, target["id"]]))  # fmt: skip
        assert [(source.publisher, source.type) for source in told.sources] == [("Quarterly", "report")]

    def test_an_incident_of_a_campaign_has_its_attackers(self):
        told = one(attack(), thing("campaign", "Ink"), thing("intrusion-set", "Gull"),
                   tie(self.INK, "associated-with", ATTACK), tie(self.INK, "attributed-to", self.GULL, confidence=50))  # fmt: skip
        (gull,) = told.parties
        assert (gull.role, str(gull.evidence[0].basis), str(gull.evidence[0].certainty)) == (
            Role.ATTACKER,
            "implied",
            "suspected",
        )
        assert notes(told)["campaign"] == "Ink"

    def test_who_saw_a_sighting_is_no_victim(self):
        sighting = thing("sighting", "s", sighting_of_ref=ATTACK, where_sighted_refs=[BIRCH], count=4)
        told = one(attack(), firm("Birch"), sighting)
        assert roles(told) == {"Birch": "other"}
        assert notes(told)["sighted Birch: count"] == "4"

    def test_the_first_version_of_the_suite(self):
        core = {
            "investigation_status": "closed",
            "incident_types": ["equipment-loss", "ransomware"],
            "confidentiality_impacts": [
                {"information_type": "phi", "loss_type": "suspected-loss", "record_count": 7},
                {"information_type": "payment", "loss_type": "none"},
            ],
        }
        told = one(attack(core=core))
        assert [(data.concept, str(data.certainty)) for data in told.data_types] == [
            ("health-records", "suspected"), ("payment-cards", "denied"),
        ]  # fmt: skip
        assert [(count.low, count.unit, str(count.certainty)) for count in told.record_counts] == [
            (7, "records", "suspected")
        ]
        assert [kind.concept for kind in told.types] == ["ransomware"]
        assert notes(told)[f"extensions.{CORE}.incident_types[0]"] == "equipment-loss"

    def test_impacts_events_and_tasks(self):
        impact = thing("impact", "i", impact_category="monetary", extensions={"monetary": {"variety": "ransom-demand", "max_amount": 5}})  # fmt: skip
        physical = thing("impact", "p", impact_category="physical", extensions={"physical": {"impact_type": "none"}})
        event = thing(
            "event", "e", status="occurred", event_types=["denial-of-service"], start_time="2026-01-05T00:00:00Z"
        )
        tasks = [thing("task", "Found it", outcome="successful", task_types=["detected"], start_time="2026-01-06T00:00:00Z"),
                 thing("task", "Pay", outcome="cancelled", task_types=["ransom-payment"])]  # fmt: skip
        core = {
            "impact_refs": [impact["id"], physical["id"]],
            "events": [{"event_ref": event["id"]}],
            "tasks": [{"task_ref": task["id"]} for task in tasks],
        }
        told = one(attack(core=core), impact, physical, event, *tasks)
        assert [(found.kind, found.text) for found in told.impacts] == [("financial", "monetary: ransom-demand, 5")]
        assert [kind.concept for kind in told.types] == ["denial-of-service"]
        assert [(date.date.edtf, str(date.what)) for date in told.dates][:2] == [("2026-01-05", "occurred"), ("2026-01-06", "discovered")]  # fmt: skip
        assert [response.text for response in told.responses] == ["Found it"]
        assert {"no physical impact", "event", "task cancelled"} <= notes(told).keys()
        assert notes(one(attack(core=core), event | {"name": ""}))["event"] == "denial-of-service"


@pytest.mark.parametrize("birch", [firm("Birch"), thing("identity", "Birch")], ids=["2.0", "2.1 that does not say so"])
def test_stix_2_0_is_read_as_2_1_is(birch):
    """Its objects do not say of which version they are; the bundle does."""
    gull = thing("intrusion-set", "Gull")
    listed = thing("report", "Gull at Birch", published=WHEN, labels=["ransomware"], object_refs=[BIRCH, gull["id"]])
    said = [birch, gull, tie(gull["id"], "targets", BIRCH), listed]
    plain = [{key: value for key, value in told.items() if key != "spec_version"} for told in said]
    text = json.dumps(bundle(*plain, spec_version="2.0"))
    assert choose(document("b.json", text.encode())).name == "stix"
    (told,) = read(text)
    assert roles(told) == {"Birch": "breached", "Gull": "attacker"}
    assert [kind.concept for kind in told.types] == ["ransomware"]


def test_the_suite_as_tools_write_it_with_lists_of_references_alone():
    event = thing("event", "Theft", status="occurred", start_time="2026-01-05T00:00:00Z")
    task = thing("task", "Found it", outcome="successful", task_types=["detected"], start_time="2026-01-06T00:00:00Z")
    counts = [{"individual": 10, "organization": 1}]
    core = {"event_refs": [event["id"]], "task_refs": [task["id"]], "impacted_entity_counts": counts}
    (told,) = read(attack(core=core), event, task)
    assert [(date.date.edtf, str(date.what)) for date in told.dates][:2] == [("2026-01-05", "occurred"), ("2026-01-06", "discovered")]  # fmt: skip
    assert [(count.low, count.unit) for count in told.record_counts] == [(10, "people"), (1, "organizations")]
    assert notes(told) == {"event": "Theft"}


def test_opencti_before_version_4():
    """It had types and ids of its own in STIX 2.0, and countries are organizations there by their class."""
    birch = firm("Birch", id=ref("organization", "Birch"), x_opencti_identity_type="organization")
    land, trade = firm("Lowland", x_opencti_identity_type="country"), firm("Weaving", x_opencti_identity_type="sector")
    ink = thing("campaign", "Ink")
    said = [attack(type="x-opencti-incident"), birch, land, trade, ink, tie(ATTACK, "targets", birch["id"]),
            tie(ATTACK, "targets", land["id"]), tie(ATTACK, "targets", trade["id"]), tie(ink["id"], "targets", land["id"])]  # fmt: skip
    plain = [{key: value for key, value in told.items() if key != "spec_version"} for told in said]
    text = json.dumps(bundle(*plain, spec_version="2.0"))
    assert choose(document("b.json", text.encode())).name == "stix"
    (told,) = [told for told in read(text) if isinstance(told, Incident)]
    assert roles(told) == {"Birch": "breached"}
    assert notes(told)["identity"] == "Lowland"
    assert notes(told)["sector"] == "Weaving"


class TestObjectsThatAreSetAside:
    def test_an_older_version_and_a_repetition(self):
        newer = attack(modified="2026-05-01T00:00:00Z", description="later")
        found = read(attack(), newer, newer, firm("Birch"), tie(ATTACK, "targets", BIRCH))
        assert reasons(found) == {
            "/objects/0": "is an earlier version of /objects/1",
            "/objects/2": "repeats /objects/1",
        }
        (told,) = [told for told in found if isinstance(told, Incident)]
        assert notes(told)["description"] == "later"

    def test_a_copy_with_the_id_of_another_is_no_repetition(self):
        gull = thing("threat-actor", "Gull")
        harm = tie(ATTACK, "targets", BIRCH)
        copies = [
            harm | {"relationship_type": kind, "target_ref": end}
            for kind, end in (("attributed-to", gull["id"]), ("affects", ALDER))
        ]
        found = read(
            attack(), firm("Birch"), firm("Alder"), gull, harm, *copies, copies[0], firm("Birch", description="x")
        )
        (told,) = [told for told in found if isinstance(told, Incident)]
        assert roles(told) == {"Birch": "breached", "Gull": "attacker", "Alder": "breached"}
        assert reasons(found) == {"/objects/8": "has the id and the time of /objects/1, and says something else"}

    def test_what_is_remarked_on_an_incident_is_a_note_of_it(self):
        found = read(
            attack(), firm("Birch"), tie(ATTACK, "targets", BIRCH),
            thing("note", "n", abstract="Scope", content="All shops.", object_refs=[ATTACK]),
            thing("opinion", "o", opinion="agree", object_refs=[ATTACK]),
            thing("opinion", "p", opinion="disagree", object_refs=[BIRCH]),
        )  # fmt: skip
        told = next(told for told in found if isinstance(told, Incident))
        assert {key: text for key, text in notes(told).items() if ": name" not in key} == {
            "note: abstract": "Scope", "note: content": "All shops.", "opinion: opinion": "agree",
        }  # fmt: skip
        assert reasons(found) == {"/objects/5": "opinion: no incident or supply relationship refers to it"}

    def test_what_a_report_only_lists_has_a_reason_of_its_own(self):
        gull = thing("threat-actor", "Gull")
        listed = thing("report", "Report", published=WHEN, object_refs=[ATTACK, BIRCH, gull["id"]])
        found = read(attack(), firm("Birch"), gull, listed)
        told = "a report lists it, but nothing says what part it had in an incident"
        assert reasons(found) == {"/objects/1": f"identity: {told}", "/objects/2": f"threat-actor: {told}"}

    def test_what_was_revoked_is_not_said(self):
        found = read(attack(), firm("Birch"), tie(ATTACK, "targets", BIRCH, revoked=True))
        assert found[0].reason == "is a revoked relationship"
        assert next(told for told in found if isinstance(told, Incident)).parties == ()

    def test_another_version_says_so(self):
        assert reasons(read(firm("Birch", spec_version="3.0"))) == {
            "/objects/0": "is of STIX 3.0; only STIX 2.0 and 2.1 are read"
        }

    def test_what_the_library_finds_wrong(self):
        (found,) = read({key: value for key, value in firm("Birch").items() if key != "name"})
        assert found.reason.startswith("is no valid identity: No values for required properties")

    def test_an_id_of_no_variant_of_uuids_is_one(self):
        name = "incident--1b75ee8f-44d6-819a-d729-09ab52c91fdb"
        assert roles(one(attack(id=name), firm("Birch"), tie(name, "targets", BIRCH))) == {"Birch": "breached"}

    def test_an_object_that_is_not_there(self):
        told = one(attack(created_by_ref=BIRCH), tie(ATTACK, "targets", ALDER))
        assert notes(told) == {"targets": ALDER, "created_by_ref": BIRCH}

    def test_things_that_are_no_objects(self):
        found = read(json.dumps(bundle(7, {"type": "identity"}, attack())))
        assert set(reasons(found)) == {"/objects/0", "/objects/1"}
        assert sum(isinstance(told, Incident) for told in found) == 1

    def test_a_broken_object_leaves_the_others(self):
        text = json.dumps(bundle(attack("One"), attack("Two"))).replace('"name": "One"', '"name": One"')
        found = read(text)
        assert [told.title for told in found if isinstance(told, Incident)] == ["Two"]
        assert list(reasons(found)) == ["/objects/0"]

    def test_a_bundle_of_nothing_is_nothing(self):
        text = json.dumps({"type": "bundle", "id": ref("bundle", "b")})
        assert StixExtractor().recognizes(document("b.json", text.encode()))
        assert read(text) == []

    def test_what_a_bundle_has_elsewhere_than_in_its_objects_is_said(self):
        """As drafts of STIX 2.0 have it."""
        lists = {"identities": [firm("Birch")], "campaigns": [thing("campaign", "Ink")]}
        found = read(json.dumps({"type": "bundle", "id": ref("bundle", "b"), **lists}))
        said = 'is not read: the objects of a bundle stand in "objects"'
        assert reasons(found) == {"/identities": said, "/campaigns": said}

    def test_an_empty_bundle(self):
        assert [told.reason for told in read(json.dumps(bundle()))] == ["is a bundle without objects"]


class TestLayouts:
    @pytest.mark.parametrize(
        ("layout", "places"),
        [
            (lambda a, b: json.dumps([bundle(a), bundle(b)]), ("/0/objects/0", "/1/objects/0")),
            (
                lambda a, b: f"{json.dumps(bundle(a))}\n{json.dumps(bundle(b))}\n",
                ("line 1/objects/0", "line 2/objects/0"),
            ),
            (lambda a, b: f"{json.dumps(a)}\n{json.dumps(b)}\n", ("line 1", "line 2")),
            (lambda a, b: json.dumps({"more": False, "objects": [a, b]}), ("/objects/0", "/objects/1")),
            (lambda a, b: json.dumps(bundle(a, b, x_tags=["t"])), ("/objects/0", "/objects/1")),
        ],
        ids=["array", "lines of bundles", "lines of objects", "envelope", "custom list"],
    )
    def test_several_bundles_in_a_document_are_one_graph(self, layout, places):
        text = layout(attack(), tie(ATTACK, "attributed-to", ref("threat-actor", "Gull")))
        assert choose(document("b.json", text.encode())).name == "stix"
        (told,) = read(text)
        assert told.evidence[0].place == f"{places[0]}/id"
        assert told.notes[0].evidence[0].place == places[1]

    def test_an_object_alone_with_a_list_of_objects_in_it(self):
        text = json.dumps(attack(external_references=[{"source_name": "x", "url": "https://example.org/a"}]))
        (told,) = read(text)
        assert [source.url for source in told.sources] == ["https://example.org/a"]

    @pytest.mark.parametrize(
        "text", ['{"a": 1}', "[]", "{", '{"type": "identity", "id": "7"}', "type: bundle", '[{"objects": []}]']
    )
    def test_other_documents_are_not_taken(self, text):
        assert not StixExtractor().recognizes(document("x.json", text.encode()))


class TestTheLibrary:
    def test_without_it_the_document_is_set_aside(self, monkeypatch, tmp_path):
        monkeypatch.setitem(sys.modules, "stix2", None)
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "b.json").write_bytes(EXAMPLE.read_bytes())
        (folder / "s.csv").write_text("customer,supplier\nA,B\n", "utf-8")
        graph = kg.build(folder, tmp_path / "s.kg")
        assert [row["reason"] for row in graph.report.quarantine] == [
            "STIX needs the library stix2: pip install 'breachkg[stix]'"
        ]
        with pytest.raises(UnreadableError, match=r"b\.json: STIX needs"):
            kg.build(folder / "b.json", tmp_path / "t.kg")
        monkeypatch.delitem(sys.modules, "stix2")
        assert kg.build(folder, tmp_path / "s.kg").report.by_kind["stix"]["incidents"] == 1

    def test_it_is_loaded_for_a_document_only(self):
        code = "import sys, kg.extract as e; e.extractors(); sys.exit('stix2' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_kind_of_data_is_read_by_its_slug():
    slugs = sorted(concepts("data-type"))
    lost_data = [
        {"information_type": slug, "loss_type": "confirmed-loss", "description": f"the {slug}"} for slug in slugs
    ]
    told = one(attack(core={"confidentiality_impacts": lost_data}))
    assert [(data.text, data.concept) for data in told.data_types] == [(f"the {slug}", slug) for slug in slugs]
    assert {data.evidence[0].quote for data in told.data_types} == {f"the {slug}" for slug in slugs}
    assert [key for key in notes(told) if "confidentiality" in key] == []


def test_labels_say_what_a_relationship_has_no_member_for():
    labels = ["status:ended", "basis:implied", "service:mail", "service:", "status:odd", "no service:x"]
    (told,) = [found for found in read(firm("Alder"), firm("Birch"), tie(ALDER, "uses", BIRCH, labels=labels)) if isinstance(found, Listing)]  # fmt: skip
    assert [(uses.service, str(uses.status), str(uses.evidence[0].basis)) for uses in told.uses_vendor] == [
        ("mail", "ended", "implied")
    ]
    assert [note.value for note in told.notes] == labels[3:]


def test_a_source_of_no_address_is_one_where_we_wrote_it():
    mark = {"source_name": "breachkg", "external_id": "A1"}
    cited = [{"source_name": "Wired", "description": "first report"}, {"source_name": "BBC", "description": "source"},
             {"source_name": "NVD", "description": "advisory"}]  # fmt: skip
    told = one(attack(external_references=[mark, *cited]))
    assert [(source.publisher, source.first) for source in told.sources] == [("Wired", True), ("BBC", False)]
    assert one(attack(external_references=cited)).sources == ()


def test_the_number_that_a_feed_gave_is_the_one_that_our_mark_has():
    mark, feed, other = (
        {"source_name": name, "external_id": number} for name, number in (("breachkg", "A1"), ("tide", "A1"), ("NVD", "B2"))
    )  # fmt: skip
    told = [
        one(attack(external_references=cited)) for cited in ([mark, other, feed], [feed, mark], [mark, other], [feed])
    ]
    assert [(found.id, found.feed) for found in told] == [
        ("A1", "tide"),
        ("A1", "tide"),
        (ATTACK, "stix"),
        (ATTACK, "stix"),
    ]


def test_what_a_collector_of_claims_is_cited_for_is_claimed():
    maker = firm("ransomware2stix", identity_class="system")
    assert one(attack(created_by_ref=maker["id"]), maker).certainty is Certainty.CLAIMED
    cited = [{"source_name": "ransomware.live", "url": "https://tide.example/x"}]
    assert one(attack(external_references=cited)).certainty is Certainty.CLAIMED
    assert (
        one(attack(external_references=[*cited, {"source_name": "Tide", "description": "x"}])).certainty
        is Certainty.CONFIRMED
    )


@pytest.mark.parametrize(("key", "words"), [("statement", "Not for the public"), ("tlp", "red"), ("TLP", "TLP:RED")])
def test_for_whom_it_is_marked_is_what_the_definition_says(key, words):
    marking = {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": ref("marking-definition", "m"),
        "created": WHEN,
    }
    marking |= {"definition_type": key, "definition": {key: words}}
    assert notes(one(attack(object_marking_refs=[marking["id"]]), marking))["marking"] == words


def lost(count, found):
    """Which of so many objects neither a record quotes nor a defect names."""
    told = {proof.place for proof in evidence_of(found)} | set(reasons(found))
    quoted = {"/".join(place.split("/")[:3]) for place in told}
    return sorted({f"/objects/{at}" for at in range(count)} - quoted)


def test_every_object_has_an_end(example):
    assert lost(len(json.loads(EXAMPLE.read_text("utf-8"))["objects"]), example) == []


def test_an_impact_that_tells_nothing_of_the_data_stays_a_note():
    told = json.loads(EXAMPLE.read_text("utf-8"))
    at, impact = next((at, one) for at, one in enumerate(told["objects"]) if one["type"] == "impact")
    impact |= {"start_time": None, "extensions": None}
    found = list(StixExtractor().extract(document("m.json", json.dumps(told).encode())))
    assert lost(len(told["objects"]), found) == []
    notes = [note for one in found if isinstance(one, Incident) for note in one.notes]
    assert [note.key for note in notes if note.evidence[0].place == f"/objects/{at}"] == ["confidentiality impact"]


def test_a_hundred_mutants():
    for mutant in mutants([EXAMPLE.read_text("utf-8")], 100, seed=11):
        text = document("m.json", mutant.replace("\0", " ").encode())
        StixExtractor().recognizes(text)
        graph = evidence_graph(text, "stix", "1", StixExtractor().extract(text))
        assert all("cannot be used" not in defect.reason for defect in graph.defects)


LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**12)
    | st.text('Ab-"é', max_size=6)
    | st.sampled_from([ATTACK, BIRCH])
)
ODD = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab/~", max_size=3), inner, max_size=3), max_leaves=4)  # fmt: skip


@settings(max_examples=60)
@given(st.data())
def test_no_value_at_any_place_makes_it_fail(data):
    told = json.loads(EXAMPLE.read_text("utf-8"))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from(told["objects"]))
        while place:
            key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else list(range(len(place)))))
            if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
                place = place[key]
                continue
            place[key] = data.draw(ODD)
            break
    text = document("m.json", json.dumps(told).encode("utf-8", "replace"))
    found = list(StixExtractor().extract(text))
    assert lost(len(told["objects"]), found) == []
    assert [d for d in evidence_graph(text, "stix", "1", found).defects if "cannot be used" in d.reason] == []


def test_whom_an_incident_is_said_to_have_both_harmed_and_spared_it_left_alone():
    ties = [tie(ATTACK, kind, ALDER) for kind in ("affects-downstream", "spares")]
    for told in (ties, ties[::-1]):
        found = one(attack(), firm("Birch"), firm("Alder"), tie(ATTACK, "breached", BIRCH), *told)
        assert roles(found) == {"Birch": "breached", "Alder": "customer_unaffected"}


def test_a_report_that_lists_a_victim_by_its_role_is_an_incident_with_it():
    victim, author = firm("Birch", roles=["victim"]), firm("Circl", roles=["csirt"])
    listed_ids = [victim["id"], author["id"]]
    told = one(
        victim, author, thing("report", "Ransomware at Birch", published="2025-01-13T09:00:00Z", object_refs=listed_ids)
    )
    assert roles(told) == {"Birch": "breached"}
    assert told.parties[0].evidence[1].quote == "victim"


@pytest.mark.parametrize("more", [{"identity_class": "individual"}, {"identity_class": "class"}, {"roles": ["client"]}])
def test_a_role_of_somebody_else_makes_no_incident(more):
    victim = firm("Birch", **{"roles": ["victim"], **more})
    found = read(victim, thing("report", "Ransomware", published="2025-01-13T09:00:00Z", object_refs=[victim["id"]]))
    assert all(isinstance(told, Defect) for told in found)


@pytest.mark.parametrize(
    "members",
    [
        {"type": "software", "name": "Alder Writer", "version": "2002", "vendor": "Alder"},
        {"type": "software", "name": "Alder Writer", "vendor": "Alder"},
        {"type": "identity", "name": "Alder", "subprocessors": ["Birch", "Cedar"]},
        {"type": "x-breach", "company": "Alder", "records_affected": 7, "type_of_breach": "hacking"},
        {"type": "x-post", "post_title": "Alder", "group_name": "mudlark"},
    ],
)
def test_objects_are_no_table_and_no_list_whatever_their_members_are_called(members):
    item = members | {"id": ref(members["type"], "Alder")}
    for told in (bundle(item), [item], item):
        assert choose(document("b.json", json.dumps(told).encode())).name == "stix"
