"""The concept schemes: their concepts, their labels as a dictionary of phrases, and their mappings."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
import rdflib
from rdflib.namespace import RDF, SKOS

from kg import model
from kg.vocabulary import VOCAB, concepts, members, ontology_dir, phrases

SCHEMES = sorted(path.stem for path in (ontology_dir() / "vocab").glob("*.ttl"))
REPORTED = [
    "access-tokens", "age", "asset-inventory", "backup-data", "bank-accounts", "biometric-data", "call-records",
    "chat-messages", "configuration-data", "contact-details", "credentials", "criminal-records", "customer-data",
    "dates-of-birth", "device-data", "donation-history", "drivers-licenses", "email-addresses", "email-content",
    "employee-data", "employment-records", "ethnicity", "financial-records", "gender", "genetic-data",
    "health-insurance", "health-records", "identity-documents", "insurance-policies", "internal-documents",
    "ip-addresses", "legal-documents", "location-data", "loyalty-accounts", "names", "national-ids", "order-details",
    "partial-payment-cards", "passport-numbers", "password-vaults", "payment-cards", "payroll-records",
    "pension-records", "personal-information", "phone-numbers", "photos", "physical-addresses", "purchase-history",
    "research-data", "salary", "security-questions", "social-security-numbers", "source-code", "student-records",
    "support-tickets", "survey-data", "tax-records", "trade-secrets", "training-data", "travel-data",
    "usage-metadata", "user-ids", "usernames", "vehicle-data",
]  # fmt: skip
ACTIONS = [
    "arrest", "block-traffic", "declare-bankruptcy", "end-supplier", "engage-forensics", "financial-aid", "fine",
    "halt-operations", "improve-security", "investigate", "issue-guidance", "manual-workaround",
    "notify-law-enforcement", "notify-organizations", "notify-regulator", "notify-victims", "offer-credit-monitoring",
    "offer-reward", "patch", "pay-ransom", "refuse-ransom", "rename-product", "reset-credentials", "restore-systems",
    "revoke-tokens", "rotate-certificate", "settle", "shut-down-systems", "sue", "suspend-access", "suspend-supplier",
    "withdraw-report", "other",
]  # fmt: skip
VERIS = """API key; Bank; Classified; Copyrighted; Credentials; Digital certificate; Internal; Medical; Multi-factor credential;
    Payment; Personal; Sensitive Personal; Secrets; Session key; Source code; System; Virtual currency; Other; Unknown"""
SEEN_HIBP = 83
"""Data classes that stand in records of the service that were read; the rest is marked unverified."""


def scheme(name: str) -> rdflib.Graph:
    """The graph of one scheme file, "external/x" for those of other vocabularies."""
    return rdflib.Graph().parse(ontology_dir() / "vocab" / f"{name}.ttl")


def slug(iri: rdflib.term.Node) -> str:
    """The last part of an IRI."""
    return str(iri).rsplit("/", 1)[1]


def normal(phrase: str) -> str:
    """A phrase without case, punctuation and plural."""
    words = re.sub(r"[^a-z0-9]+", " ", re.sub("['’]", "", phrase.casefold()).replace("é", "e")).split()
    return " ".join(map(singular, words))


def singular(word: str) -> str:
    """A form that singular and plural share; it need not be a word."""
    for plural, one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(plural):
            return word.removesuffix(plural) + one
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


def reported_ancestor(graph: rdflib.Graph, concept: rdflib.term.Node) -> str:
    """The nearest concept above (or the one itself) that extractors report, "" for none."""
    for above in graph.transitive_objects(concept, SKOS.broader):
        if slug(above) in members("data-type", "reported"):
            return slug(above)
    return ""


def test_schemes_are_those_that_are_promised() -> None:
    assert SCHEMES == [
        "action-type", "admiralty-credibility", "admiralty-reliability", "basis", "certainty", "data-type", "impact-type",
        "incident-type", "industry", "investigation-status", "party-role", "rankiteo-impact", "rankiteo-severity",
        "relationship-status", "sensitivity", "source-type",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("party-role", model.Role),
        ("certainty", model.Certainty),
        ("basis", model.Basis),
        ("relationship-status", model.RelationshipStatus),
        ("investigation-status", model.InvestigationStatus),
        ("action-type", ACTIONS),
        ("rankiteo-impact", "12345"),
        ("admiralty-reliability", "abcdef"),
        ("admiralty-credibility", "123456"),
        ("rankiteo-severity", ()),
    ],
)
def test_scheme_has_these_concepts(name: str, values) -> None:
    assert concepts(name) - {name} == set(values)


def test_extractors_report_these_data_types() -> None:
    assert members("data-type", "reported") == set(REPORTED)
    assert len(REPORTED) == 64


@pytest.mark.parametrize("name", SCHEMES)
def test_no_two_concepts_share_a_phrase(name: str) -> None:
    graph = scheme(name)
    owners = defaultdict(set)
    for label in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, text in graph.subject_objects(label):
            if (concept, RDF.type, SKOS.Concept) in graph:
                owners[normal(text)].add(concept)
    assert {phrase: found for phrase, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", SCHEMES)
def test_labels_and_definitions_are_english_texts(name: str) -> None:
    graph = scheme(name)
    for prop in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition):
        for text in graph.objects(None, prop):
            assert text.language == "en"
            assert str(text) == " ".join(str(text).split())
    for concept, text in graph.subject_objects(SKOS.definition):
        assert re.fullmatch(r"[A-Z0-9].*\.", text), concept


@pytest.mark.parametrize(
    ("phrase", "concept"),
    [
        ("telephone numbers", "phone-numbers"), ("SSNs", "social-security-numbers"), ("DOB", "dates-of-birth"),
        ("date of birth", "dates-of-birth"), ("medical information", "health-records"), ("diagnoses", "health-records"),
        ("PHI", "health-records"), ("Electronic health records", "health-records"), ("health insurance details", "health-insurance"),
        ("office locations", "location-data"), ("driver's license numbers", "drivers-licenses"), ("API keys", "access-tokens"),
        ("driving licence numbers", "drivers-licenses"), ("OAuth tokens", "access-tokens"), ("session cookies", "access-tokens"),
        ("hashed passwords", "credentials"), ("login credentials", "credentials"), ("contact data", "contact-details"),
        ("routing numbers", "bank-accounts"), ("credit card numbers", "payment-cards"), ("invoices", "financial-records"),
        ("last four digits of credit card numbers", "partial-payment-cards"), ("payroll", "payroll-records"),
        ("W-2 forms", "tax-records"), ("marketing labels", "customer-data"), ("frequent flyer numbers", "loyalty-accounts"),
        ("status levels", "loyalty-accounts"), ("employee records", "employee-data"), ("HR data", "employment-records"),
        ("proprietary AI training methodologies", "trade-secrets"), ("data selection criteria", "trade-secrets"),
        ("labeling protocols", "trade-secrets"), ("labelling protocols", "trade-secrets"), ("training strategies", "trade-secrets"),
        ("model weights", "trade-secrets"), ("training datasets", "training-data"), ("proprietary source code", "source-code"),
        ("support cases", "support-tickets"), ("service requests", "support-tickets"), ("network diagrams", "configuration-data"),
        ("infrastructure details", "configuration-data"), ("cryptocurrency wallet addresses", "financial-records"),
    ],
)  # fmt: skip
def test_phrase_means_this_data_type(phrase: str, concept: str) -> None:
    dictionary = {normal(text): slug for text, slug in phrases("data-type").items()}
    assert dictionary[normal(phrase)] == concept


@pytest.mark.parametrize(
    ("printed", "concept"),
    [
        ("Breach", "data-breach"), ("Data Exposure", "data-breach"), ("Third-Party Incident", "third-party"), ("Third Party", "third-party"),
        ("Vendor Breach", "third-party"), ("Supply Chain", "supply-chain-attack"), ("Ransomware Attack", "ransomware"),
        ("Cyberattack", "cyber-attack"), ("Hacking/IT Incident", "cyber-attack"), ("Unauthorized Access/Disclosure", "data-breach"),
        ("Typosquatting", "supply-chain-attack"), ("DDoS", "denial-of-service"), ("BEC", "fraud"),
    ],
)  # fmt: skip
def test_printed_type_of_incident_is_known(printed: str, concept: str) -> None:
    assert phrases("incident-type")[printed.casefold()] == concept


@pytest.mark.parametrize(
    ("printed", "concept"),
    [
        ("Insurance", "524"), ("Banking", "5221"), ("Healthcare", "62"), ("Aviation", "481"), ("Software", "5132"), ("Retail", "44-45"),
        ("Financial Technology", "5223"), ("Health IT", "5415"), ("Government", "92"), ("Automotive", "336"), ("IT Distribution", "4234"),
        ("Technology/Social Media", "516"), ("AI Data Services", "518"), ("Health Insurance", "5241"), ("Credit Bureau", "5614"),
        ("Automotive Retail", "441"), ("Apparel", "315"), ("Business Process Services", "561"), ("Procurement Services", "5416"),
    ],
)  # fmt: skip
def test_printed_industry_is_known(printed: str, concept: str) -> None:
    assert phrases("industry")[printed.casefold()] == concept


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("923140", "923"), ("621111", "621"), ("522110", "5221"), ("92", "92"), ("517110", "517"), ("511210", "5132"), ("515120", "516"),
        ("92312", "923"), ("81331", "813"), ("445110", "445"), ("453", "459"), ("6117", "61"), ("519130", "519"), ("327390", "327"),
        ("423430", "4234"), ("3399", "339"), ("44", "44-45"), ("482", "482"), ("541512", "5415"), ("325412", "3254"), ("31", "31-33"),
        ("454110", "44-45"), ("511110", "513"),
    ],
)  # fmt: skip
def test_industry_code_is_found_by_its_longest_prefix(code: str, concept: str) -> None:
    notations = {str(notation): slug(s) for s, notation in scheme("industry").subject_objects(SKOS.notation)}
    assert next(notations[code[:end]] for end in range(len(code), 1, -1) if code[:end] in notations) == concept


def test_industry_slug_is_its_first_notation() -> None:
    graph = scheme("industry")
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert rdflib.Literal(slug(concept)) in set(graph.objects(concept, SKOS.notation))


def test_every_variety_of_veris_is_mapped() -> None:
    notations = {str(n) for n in scheme("external/veris-data-variety").objects(None, SKOS.notation)}
    assert notations == {" ".join(name.split()) for name in VERIS.split(";")}


def test_hibp_classes_that_were_not_seen_say_so() -> None:
    graph = scheme("external/hibp-data-class")
    listed = set(graph.subjects(RDF.type, SKOS.Concept))
    unverified = {s for s, note in graph.subject_objects(SKOS.note) if note.startswith("unverified")}
    assert len(listed) > 150
    assert len(listed - unverified) == SEEN_HIBP


def test_name_of_a_data_class_leads_where_its_mapping_leads() -> None:
    """An extractor may go by the words or by the mapping; it comes to the same concept."""
    graph, external = scheme("data-type"), scheme("external/hibp-data-class")
    dictionary = {normal(text): slug for text, slug in phrases("data-type").items()}
    for match in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch):
        for concept, term in graph.subject_objects(match):
            if str(term).startswith(f"{VOCAB}hibp-data-class/"):
                name = str(external.value(term, SKOS.notation))
                assert dictionary[normal(name)] == reported_ancestor(graph, concept), name
