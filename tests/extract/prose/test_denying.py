"""An incident of which no harm is told outright is denied or suspected."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document


def certainties(text):
    """How sure the incident is, and each of its parties."""
    (incident,) = ProseExtractor().extract(document("report.txt", text.encode()))
    return {incident.certainty.value} | {
        proof.certainty.value for party in incident.parties for proof in party.evidence
    }


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that Inkwell was hacked on 3 February 2025 or that its customer Tern Bank lost data.",
        "The rumour that Inkwell was breached on 3 February 2025 and that data of its customer Tern Bank were stolen is untrue, Inkwell said.",
        "Inkwell and its customer Tern Bank rejected reports of 3 February 2025 that Inkwell had been hacked and data of the bank stolen.",
        "Inkwell denies that it was hacked on 3 February 2025. Tern Bank, a customer, denies that its data were stolen.",
        "Tern Bank dismissed as a hoax a report of 3 February 2025 that its data had been stolen from its printer Inkwell. Inkwell also denied any intrusion.",
        "A report of 3 February 2025 that hackers had stolen data of Tern Bank from Inkwell, its printer, turned out to be wrong and was withdrawn.",
        "Inkwell denied involvement in any theft of data of Tern Bank, a customer, on 3 February 2025.",
        "Inkwell denied claims of a data breach that exposed records of its customer Tern Bank on 3 February 2025.",
        "Police found on 3 February 2025 that the claimed theft of data of Tern Bank from its printer Inkwell had never happened.",
    ],
)
def test_what_is_denied_throughout_is_denied(text):
    assert certainties(text) == {"denied"}


@pytest.mark.parametrize(
    "text",
    [
        "It is unclear whether Inkwell was breached. Tern Bank, its customer, is checking whether data were taken on 3 February 2025.",
        "Nimbuspark may have been breached on 3 February 2025, and data of its customer Orrin Logistics might have been stolen, according to an anonymous post. Neither company has confirmed it.",
        "Tern Bank said on 3 February 2025 that it does not know if or when its printer Inkwell was hacked, nor whether data were stolen.",
        "Inkwell is checking if an alleged attack on 3 February 2025 that a gang boasted of exposed data of its client Tern Bank.",
        "Ringwell was allegedly hacked on 3 May 2025 and may have lost data of its client Marlow Insurance.",
    ],
)
def test_what_is_left_open_throughout_is_suspected(text):
    assert certainties(text) == {"suspected"}


@pytest.mark.parametrize(
    "text",
    [
        "Inkwell was hacked on 3 February 2025. Its customer Tern Bank denied that passwords had been stolen, but said that names were.",
        "Inkwell denied that it had paid a ransom after hackers stole data of its customer Tern Bank on 3 February 2025.",
        "Inkwell first denied that it had been hacked. On 3 February 2025 it confirmed that data of its customer Tern Bank were stolen.",
        "Inkwell denied on 3 February 2025 that it was hacked, but its customer Tern Bank said that data of 3,000 of its clients had been stolen from the printer.",
        "Marlow Insurance denied that it had been breached on 3 May 2025, contradicting its supplier Ringwell, which lost data of the insurer.",
        "Ringwell could not deny that data of its client Marlow Insurance had been stolen on 3 May 2025.",
        "Suspected hackers stole data of Marlow Insurance from its supplier Ringwell on 3 May 2025.",
        "Inkwell denied any wrongdoing over a data breach on 3 February 2025 that exposed 12,000 records of its client Tern Bank.",
        "Inkwell has denied responsibility for a data breach on 3 February 2025 that exposed 12,000 records of its client Tern Bank.",
        "A judge dismissed claims against Inkwell over the theft of data of Tern Bank customers on 3 February 2025.",
        "Claims against Inkwell over a theft of data of its customer Tern Bank on 3 February 2025 were dismissed.",
        "Tern Bank refuted claims that it was to blame for the theft of 12,000 records from its vendor Inkwell on 3 February 2025.",
        "Tern Bank denied that its staff were at fault in a breach of its vendor Inkwell on 3 February 2025.",
        "Claims that no data of Tern Bank were stolen from Inkwell on 3 February 2025 are false, the union said.",
    ],
)
def test_what_is_told_outright_is_confirmed(text):
    assert certainties(text) == {"confirmed"}


@pytest.mark.parametrize(
    "text",
    [
        "Tern Bank may have been affected by the breach of its printer Inkwell on 3 February 2025, the bank said.",
        "If you are a customer of Tern Bank, your data may have been exposed when Inkwell was hacked on 3 February 2025.",
        "A data breach at Inkwell on 3 February 2025 may have exposed names of 4,000 Tern Bank customers, the bank said in letters.",
    ],
)
def test_a_breach_that_is_taken_for_granted_is_confirmed_though_its_reach_is_not(text):
    assert certainties(text) == {"confirmed", "suspected"}


@pytest.mark.parametrize(
    "text",
    [
        "Inkwell is investigating whether customer data was stolen in a ransomware attack that shut down its systems on 3 February 2025. Its client Tern Bank cannot send statements.",
        "Inkwell is investigating whether data of its client Tern Bank was stolen after hackers broke into its systems on 3 February 2025. Tern Bank cannot send statements.",
    ],
)
def test_an_incident_is_sure_though_it_is_asked_what_was_taken(text):
    assert "confirmed" in certainties(text)
