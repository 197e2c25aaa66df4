"""Whose suppliers a sentence above a list speaks of."""

from __future__ import annotations

import pytest

from kg.extract.suppliers.owners import owner, small_owner


def named(sentence):
    found = owner(sentence, lead=True)
    return found and found.name


@pytest.mark.parametrize(
    ("before", "sentence", "name"),
    [
        ("Last updated: March 1, 2025.", "Alder Ltd uses the following sub-processors:", "Alder Ltd"),
        ("Effective 1 May 2025.", "To provide the service, Alder Ltd engages the following sub-processors.", "Alder Ltd"),
        ("Version 3.2.", "Sub-processors used by Alder Ltd:", "Alder Ltd"),
        ("Stand: 01.03.2025.", "Die Alder GmbH setzt folgende Unterauftragnehmer ein:", "Alder GmbH"),
        ("Dernière mise à jour : 1 mars 2025.", "Alder SAS fait appel aux sous-traitants suivants :", "Alder SAS"),
        ("This list is changed often and shows at all times with whom we work.", "Alder uses these sub-processors:", "Alder"),
        ("", "Alder Ltd uses sub-processors. The following sub-processors are used:", "Alder Ltd"),
        ("", "Dr. Alder GmbH nutzt folgende Unterauftragnehmer:", "Dr. Alder GmbH"),
        ("", "Alder Corp. Germany engages the following sub-processors:", "Alder Corp. Germany"),
        ("", "alder! GmbH setzt folgende Unterauftragnehmer ein:", "alder! GmbH"),
        ("", "Alder Ltd engages the following companies. All sub-processors are bound by contract.", "Alder Ltd"),
        ("Version 2.1.", "Alder Ltd works with the following partners. Every subprocessor is bound by contract.", "Alder Ltd"),
        ("", "The OS Group uses the following sub-processors:", "OS Group"),
        ("", "IL Group uses the following sub-processors:", "IL Group"),
        ("", "OS Data uses the following sub-processors:", "OS Data"),
        ("", "Contractor AI uses the following sub-processors:", "Contractor AI"),
        ("", "El Alder utiliza los siguientes subencargados:", "El Alder"),
        ("", "Alder Ltd (Company No. 1234567) uses the providers below:", "Alder Ltd"),
        ("", "These are the third-party services that process data on behalf of Alder Games.", "Alder Games"),
        ("", "This page lists the service providers that may process personal data on behalf of Alder BV. Each is bound by contract.", "Alder BV"),
        ("", "The sub-processors below process personal data on behalf of Alder in the course of the service.", "Alder"),
        ("", "Third parties that process personal data on Alder’s behalf.", "Alder"),
        ("", "Third parties that store data on Alder Games' behalf in the EU", "Alder Games"),
        ("", "Third-party services that process data on behalf of Alder and its customers.", "Alder"),
        ("", "A sub-processor is a third party engaged by Alder to process data on behalf of our customers.", "Alder"),
        ("", "Sub-processors that process data on behalf of Alder, Inc. and its affiliates.", "Alder, Inc."),
        ("", "Third parties that process data on behalf of Alder GmbH & Co. KG", "Alder GmbH & Co. KG"),
        ("", "Third parties that process data on behalf of Alder, PBC.", "Alder, PBC"),
        ("", "Alder engages sub-processors that process data on behalf of School Districts.", "Alder"),
        ("", "Fourth uses the following sub-processors:", "Fourth"),
        ("", "Signature Security uses the following sub-processors:", "Signature Security"),
        ("", "Sub-processors used by Wired:", "Wired"),
        ("", "Company: Vector", "Vector"),
        ("", "Alderflare setzt die folgenden Unterauftragsverarbeiter ein:", "Alderflare"),
        ("", "Les sous-traitants tiers que Alder Cloud utilise pour livrer le service", "Alder Cloud"),
        ("", "Los subencargados que Alder utiliza", "Alder"),
    ],
)  # fmt: skip
def test_a_sentence_names_the_customer_without_the_one_before_it(before, sentence, name):
    assert named(f"{before} {sentence}") == named(sentence) == name


@pytest.mark.parametrize("before", ["", "Stand: 01.03.2025. "])
@pytest.mark.parametrize(
    "sentence",
    [
        "The Service Provider engages the following sub-processors:", "The Contractor uses the following sub-processors:", "We use the following sub-processors:",
        "Der Auftragnehmer setzt folgende Unterauftragnehmer ein:", "Der Dienstleister nutzt folgende Unterauftragnehmer:", "Die Auftragnehmerin nutzt folgende Unterauftragnehmer:",
        "Le Sous-traitant fait appel aux sous-traitants ultérieurs suivants :", "Le Titulaire fait appel aux sous-traitants suivants :",
        "El Encargado utiliza los siguientes subencargados:", "El Encargado del Tratamiento utiliza los siguientes subencargados:", "El Prestador utiliza los siguientes subencargados:",
        "Il Responsabile si avvale dei seguenti sub-responsabili:", "Il Fornitore si avvale dei seguenti sub-responsabili:", "O Operador utiliza os seguintes suboperadores:",
        "A Contratada utiliza os seguintes suboperadores:", "De Verwerker maakt gebruik van de volgende subverwerkers:", "De Opdrachtnemer gebruikt de volgende subverwerkers:",
    ],
)  # fmt: skip
def test_what_contracts_call_their_parties_names_nobody(before, sentence):
    assert named(before + sentence) is None


@pytest.mark.parametrize("short", ["vorm.", "ehem.", "inkl.", "incl.", "resp.", "insbes.", "prof.", "assoc."])
@pytest.mark.parametrize(
    "name", ["Alder GmbH ({} Birch AG)", "Alder GmbH {} Birch AG", "Alder GmbH (since 2020. {} Birch AG)"]
)
def test_no_sentence_ends_at_an_abbreviation_or_in_a_bracket(short, name):
    found = named(f"{name.format(short)} setzt folgende Unterauftragsverarbeiter ein:")
    assert found is None or found.startswith("Alder GmbH")
    assert named(f"Stand: 01.03.2025. {name.format(short)} setzt folgende Unterauftragsverarbeiter ein:") == found


@pytest.mark.parametrize(
    "sentence",
    [
        "These are the services that process data on behalf of our customers.",
        "These are the third parties that process data on our behalf.",
        "The sub-processors process Personal Data on behalf of the Customer.",
        "Sub-processors process data on behalf of Controller as told below.",
        "Third-party services that process student data on behalf of Schools.",
        "Sub-processors process data on behalf of Alder Customers.",
        "Vendors used by Human Resources:",
        "Folgende Unterauftragsverarbeiter setzt die Firma ein:",
        "Les sous-traitants que nous utilisons",
    ],
)
def test_those_whom_nobody_names_are_no_customers(sentence):
    assert named(sentence) is None


@pytest.mark.parametrize(
    "title",
    [
        "Unterauftragsverarbeiter / Sub-processors",
        "Sous-traitants / Subprocessors",
        "Sous-traitants (Data Processors)",
        "NDA-required vendors",
        "Pre-approved suppliers",
        "Non-critical vendors",
        "On-Premises Subprocessors",
        "Self-Hosted Subprocessors",
        "Conditional sub-processors",
        "Critical Vendors",
        "Banned Vendors",
        "Identity & Access Subprocessors",
        "Speech-to-Text Subprocessors",
        "Server-side Subprocessors",
        "Session Replay Subprocessors",
        "Level 2 Suppliers",
        "Service-Specific Subprocessors",
        "Customer-Selected Sub-processors",
        "Evaluated Subprocessors",
        "Trusted Subprocessors",
        "Transcription Sub-processors",
        "Advertising Vendors",
        "SOC 2 Vendors",
        "Phase 1 Subprocessors",
        "Aktive Unterauftragsverarbeiter",
        "Eingesetzte Dienstleister",
        "Wesentliche Auftragsverarbeiter",
        "Alle Dienstleister",
        "Actieve subverwerkers",
        "Ingeschakelde subverwerkers",
        "Principaux sous-traitants",
        "Otros proveedores",
        "Altri fornitori",
    ],
)
def test_words_of_what_kind_suppliers_are_name_nobody(title):
    assert owner(title, lead=False) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Alderflare Subprocessors", "Alderflare"),
        ("Alderseed Subprocessors", "Alderseed"),
        ("Code-Red Subprocessors", "Code-Red"),
        ("Eingesetzte Unterauftragsverarbeiter der Alder GmbH", "Alder GmbH"),
        ("Subprocesadores / Subprocessors | Alder", "Alder"),
        ("Sub-Auftragsbearbeiter – Alder", "Alder"),
        ("Sub-Auftragsverarbeiter der Alder AG", "Alder AG"),
        ("Alder Travel Vendors", "Alder Travel"),
        ("Alder (UK) Sub-processors", "Alder (UK)"),
        ("On-Alder, Inc. Sub-processors", "On-Alder, Inc."),
        ("Fourth’s sub-processors", "Fourth"),
        ("People.ai Subprocessors", "People.ai"),
        ("Signature Group Subprocessors", "Signature Group"),
        ("Subverwerkers van Alderflare", "Alderflare"),
        ("Aldergate Unterauftragsverarbeiter", "Aldergate"),
        ("Alderstone Dienstleister", "Alderstone"),
        ("Alderender Unterauftragsverarbeiter", "Alderender"),
        ("Commercial Travel GmbH Unterauftragsverarbeiter", "Commercial Travel GmbH"),
    ],
)
def test_a_title_names_the_customer(title, name):
    assert owner(title, lead=False).name == name


@pytest.mark.parametrize(
    ("title", "page", "name"),
    [
        ("alder sub-processors", "Write to legal@alder.example.", "alder"),
        ("alder Sub-processors list", "See https://docs.alder.co.uk/legal", "alder"),
        ("Sub-processors of alder", "<https://alder.io>", "alder"),
        ("List of sub-processors used by alder.io", "see https://alder.io/", "alder.io"),
        ("alder's subprocessors", "privacy@alder.example", "alder"),
        ("Fourth Sub-processors", "Write to legal@fourth.example.", "Fourth"),
        ("Sub-processors | Social Finance", "https://www.socialfinance.example/legal", "Social Finance"),
        ("Fourth Sub-processors", "Write to legal@birch.example.", ""),
        ("alder sub-processors", "Write to legal@birch.example.", ""),
        ("app sub-processors", "https://app.alder.example", ""),
        ("platform sub-processors", "https://platform.example", ""),
        ("security sub-processors", "/security.txt security@alder.example", ""),
        ("alder services", "legal@alder.example", ""),
    ],
)
def test_a_word_in_small_letters_or_of_what_kind_suppliers_are_is_a_name_where_the_page_has_an_address_of_it(
    title, page, name
):
    assert small_owner(title, page) == name
