"""A relation whose supplier is called a customer of its customer is turned."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from kg.model import Role


def read(text):
    (incident,) = ProseExtractor().extract(document("report.txt", text.encode()))
    return incident


@pytest.mark.parametrize(
    "text",
    [
        "Nimbuspark said on 3 February 2025 that it had not been breached. The records came from its customer Orrin Logistics, whose account had been taken over.",
        "Nimbuspark said on 3 February 2025 that it had not been breached; the leaked customer records came from its customer Orrin Logistics, whose account had been taken over.",
        "The break-in at Orrin Logistics on 3 February 2025 did not touch Nimbuspark, which lists Orrin Logistics among its customers.",
        "Nimbuspark's customer Orrin Logistics was hacked on 3 February 2025. Nimbuspark said that its platform had worked as intended.",
    ],
)
def test_who_is_called_a_customer_uses_the_other(text):
    incident = read(text)
    assert [(one.customer, one.supplier) for one in incident.uses_vendor] == [("Orrin Logistics", "Nimbuspark")]
    assert {party.name: party.role for party in incident.parties} == {
        "Orrin Logistics": Role.BREACHED,
        "Nimbuspark": Role.SUPPLIER_ONLY,
    }


def test_who_speaks_of_our_client_supplies_it():
    incident = read(
        "A notice to customers of Rheinpay AG. On 14 March 2025 we discovered that an intruder had copied files of our client Merkbank. "
        "The files contain names of 48,200 card holders."
    )
    assert [(one.customer, one.supplier) for one in incident.uses_vendor] == [("Merkbank", "Rheinpay AG")]
    assert {party.name: party.role for party in incident.parties} == {
        "Rheinpay AG": Role.BREACHED,
        "Merkbank": Role.AFFECTED_DOWNSTREAM,
    }


def test_the_customer_of_a_customer_is_left_as_it_is():
    incident = read(
        "On 3 May 2025 Torres Freight was hacked. Its customer Olin Stores lost order data. Olin Stores told its customers."
    )
    assert [(one.customer, one.supplier) for one in incident.uses_vendor] == [("Olin Stores", "Torres Freight")]
