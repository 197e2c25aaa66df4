"""Whose vendor one is, and whether the attack was on it, as sentences say it."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from kg.extract.veris.vendor_phrases import NamedVendor
from kg.extract.veris.whose import began_at, is_victims, went_on


@pytest.mark.parametrize(
    "text",
    [
        "The attack on Larch exposed them.",
        "Larch's systems were hacked in May.",
        "Larch, its payroll vendor, suffered a ransomware attack.",
        "Somebody came into the network of Larch.",
        "Its payroll provider was hit.",
        "The vendor was breached.",
        "It came to light by the Larch breach.",
    ],
)
def test_it_began_at_the_vendor(text):
    assert began_at([text], "Larch")


@pytest.mark.parametrize(
    "text",
    [
        "The cloud provider was hacked.",
        "Larch experienced delays.",
        "Larch was never hacked.",
        "A flaw affecting Larch was known.",
        "Larch's network intrusion detection saw it.",
        "Larch was hacked, and from there they moved into the systems of the shop.",
        "They breached Larch, and used its VPN.",
        "There was an incident involving an unauthorized third party.",
    ],
)
def test_it_is_not_said_to_have(text):
    assert not began_at([text], "Larch")


@pytest.mark.parametrize(
    "piece", ["a ", "its ", "via ", "Larch, ", "Larch's a ", "a vendor ", "in ", "the x-", ", a b"]
)
def test_no_text_takes_long(piece):
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    began_at([text], "Larch")
    went_on([text], "Larch")
    is_victims(text, NamedVendor("Larch", 50_000, 50_005, Decimal(1)), ["Siskin"])
    assert time.process_time() - started < 5
