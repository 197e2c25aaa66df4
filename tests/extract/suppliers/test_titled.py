"""Whose suppliers are listed, as the titles above a table tell."""

from __future__ import annotations

import pytest

from kg.extract.suppliers.titled import titled_customer
from kg.extract.tabular.row import LEAD, Text


@pytest.mark.parametrize(
    ("title", "customer"),
    [
        ("Alder's Sub-processors", "Alder"),
        ("List of Sub-processors of Alder Labs, Inc.", "Alder Labs, Inc."),
        ("Sub-processors | Alder Trust Center", "Alder"),
        ("Subprocessor List - Alder Help Center", "Alder"),
        ("Legal | Sub-processors | Alder", "Alder"),
        ("Alder uses the following sub-processors", "Alder"),
        ("Third-party sub-processors engaged by Alder", "Alder"),
        ("Subprocessors for Alder products", "Alder"),
        ("Alder Labs: list of authorized sub-processors", "Alder Labs"),
        ("Alder AI Subprocessors (August 2025)", "Alder AI"),
        ("Who are Alder's subprocessors?", "Alder"),
        ("Vendors of Alder", "Alder"),
        ("Unterauftragsverarbeiter der Alder Software GmbH", "Alder Software GmbH"),
        ("Anlage 2: Genehmigte Unterauftragsverhältnisse der Alder Software GmbH", "Alder Software GmbH"),
        ("Sous-traitants ultérieurs de Alder", "Alder"),
        ("Subencargados de Alder", "Alder"),
        ("Subencargados del tratamiento de Alder", "Alder"),
        ("Elenco dei sub-responsabili del trattamento di Alder", "Alder"),
        ("Lista de subencargados del tratamiento", None),
        ("Liste der Unterauftragsverarbeiter", None),
        ("Liste des sous-traitants", None),
        ("Sub-processors", None),
        ("Our current sub-processors", None),
        ("Infrastructure Subprocessors", None),
        ("Annex III: List of Sub-processors", None),
        ("Sub-processors as of August 2025", None),
        ("Sub-processors for EU customers", None),
        ("Customer Data Sub-processors", None),
        ("Cookies of Alder", None),
        ("Sub-processors of Alder Health NHS Trust", "Alder Health NHS Trust"),
        ("Alder Trust | Sub-processors", "Alder Trust"),
        ("Sub-processors of Alder Cancer Center", "Alder Cancer Center"),
        ("Sub-processors of Alder Security", "Alder Security"),
        ("Sub-processors | Alder Security", "Alder"),
        ("Sub-processors of the Alder Help Centre", "Alder"),
        ("Genalys' sub-processors", "Genalys"),
        ("Sub-processors of Alder Mutual plc", "Alder Mutual plc"),
        ("Elenco dei sub-responsabili dell'Università di Ontano", "Università di Ontano"),
        ("Sous-traitants de l'Université d'Aulne", "Université d'Aulne"),
        ("Liste des sous-traitants d'Aulne Business", "Aulne Business"),
        ("Liste des sous-traitants du Centre hospitalier d'Aulne", "Centre hospitalier d'Aulne"),
        ("Sous-traitants de La Poste", "La Poste"),
        ("Subverwerkers van het Els MC", "Els MC"),
        ("Subverwerkers van De Elsbank", "De Elsbank"),
        (
            "Sub-processors of Alder, Birch and Cedar University Hospitals NHS Foundation Trust",
            "Alder, Birch and Cedar University Hospitals NHS Foundation Trust",
        ),
        ("Sub-processors Engaged In The Processing Of Personal Data", None),
        ("Suppliers of Goods and Services", None),
        ("Sub-processors For All Of Our Customers In Europe And Asia", None),
        ("Sub-processors as of 2025-01-10", None),
        ("Third party register - export 31.03.2026", None),
        ("Auslagerungsregister - Druckdatum 31.03.2026", None),
        ("Vendor register - Snapshot March 2026", None),
        ("Vendor register - Release 3", None),
        ("Vendor register - Export 2026-03", None),
        ("Sub-processors | Studio 54", "Studio 54"),
        ("Sub-processors | Alder 2026", "Alder 2026"),
        ("Alder vendor register - export 31.03.2026", "Alder"),
        ("Third-party sub-processors as of 2025-01-10", None),
        ("Subprocessors - 2025-01-10", None),
        ("2025-01-10 Sub-processors", None),
        ("10-Jan-2025 Sub-processors", None),
        ("Removed on 1 June 2025 sub-processors", None),
        ("Alder sub-processors as of 2025-01-10", "Alder"),
        ("V2.1 Sub-processors", None),
        ("Version 3.2 - Sub-processors", None),
        ("Exhibit C - Subprocessors", None),
        ("Anlage 2 - Unterauftragsverarbeiter", None),
        ("Alder DPA Exhibit B: Sub-processors", "Alder"),
        ("V7 Sub-processors", "V7"),
        ("Version 1 Software Sub-processors", "Version 1 Software"),
        ("37signals Sub-processors", "37signals"),
    ],
)
def test_titles_that_name_a_customer(title, customer):
    told = titled_customer([Text(title, (0, len(title)))])
    assert (told and told[0]) == customer


@pytest.mark.parametrize(
    ("lead", "customer"),
    [
        ("Die Erlenbank setzt folgende Unterauftragnehmer ein:", "Erlenbank"),
        ("De Hogeschool Els maakt gebruik van de volgende subverwerkers:", "Hogeschool Els"),
        ("L'Université d'Aulne fait appel aux sous-traitants suivants :", "Université d'Aulne"),
        ("La Poste fait appel aux sous-traitants suivants :", "La Poste"),
        ("Caisse nationale d'Aulne uses the following sub-processors:", "Caisse nationale d'Aulne"),
        ("Auftragnehmer: Erlen Software GmbH, Hafenstraße 12, 20457 Hamburg", "Erlen Software GmbH"),
        ("Alder Trust uses the following companies to process personal data on its behalf.", "Alder Trust"),
        ("This guide uses the following vendors", None),
    ],
)
def test_texts_that_name_a_customer(lead, customer):
    told = titled_customer([Text(lead, (0, len(lead)), LEAD)])
    assert (told and told[0]) == customer


def test_words_that_can_mean_nothing_else_go_first():
    titles = [Text(title, (0, 0)) for title in ("Firewall vendors", "Vendors used by Alder")]
    assert titled_customer(titles) == ("Alder", titles[1])


def test_the_nearest_title_that_tells_is_taken():
    titles = [Text(title, (0, 0)) for title in ("As of May", "Birch's sub-processors", "Sub-processors | Alder")]
    assert titled_customer(titles) == ("Birch", titles[1])
    assert titled_customer([]) is None
