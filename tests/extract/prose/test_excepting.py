"""Who is taken out of what a text tells of others is told to be unaffected, and no one else is."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from kg.model import Role

HACKED = "Printer Inkwell was hacked on 3 February 2025. "
EXPOSED = {Role.BREACHED, Role.AFFECTED_DOWNSTREAM}


def roles(text, name="report.txt"):
    (incident,) = ProseExtractor().extract(document(name, text.encode()))
    return {party.name: party.role for party in incident.parties}


@pytest.mark.parametrize(
    "text",
    [
        HACKED + "Neither Tern Bank nor Elm Telecom, both customers, lost data.",
        HACKED + "Neither of its biggest customers, Tern Bank and Elm Telecom, had data stolen.",
        HACKED + "None of its customers, among them Tern Bank and Elm Telecom, was affected.",
        HACKED + "No data of Tern Bank, a customer, were taken.",
        HACKED + "All of its customers apart from Tern Bank lost data, among them Ash Media.",
        HACKED + "All of its customers except Tern Bank and Elm Telecom lost data, among them Ash Media.",
        HACKED + "With the exception of Tern Bank, every customer of Inkwell lost data.",
        HACKED + "Everyone but its oldest customer, Tern Bank, was affected. Ash Media lost data.",
        HACKED + "The attack did not reach Tern Bank or Elm Telecom, which use Inkwell too.",
        HACKED + "The incident had no impact on Tern Bank, a customer, the bank said.",
        HACKED + "Ash Media was affected, Tern Bank and Elm Telecom were not.",
        HACKED + "Ash Media lost data. Its other customers, Tern Bank and Elm Telecom, did not.",
        HACKED + "Ash Media lost data. Tern Bank was not hit, nor was Elm Telecom.",
        HACKED + "Not affected were Tern Bank and Elm Telecom, which use Inkwell. Ash Media lost data.",
        HACKED + "Of its customers Tern Bank, Elm Telecom and Ash Media, only Ash Media lost data.",
        HACKED + "Not Tern Bank but Ash Media, another customer, lost data.",
        HACKED + "\n\nWho is affected: Ash Media.\nWho is not affected: Tern Bank; Elm Telecom.",
        HACKED + "\n\nCustomers not affected\n\n- Tern Bank\n- Elm Telecom\n\nAffected customers\n\n- Ash Media\n",
    ],
)
def test_those_taken_out_are_unaffected(text):
    told = roles(text)
    assert told["Inkwell"] is Role.BREACHED
    assert {told.get(name, Role.CUSTOMER_UNAFFECTED) for name in ("Tern Bank", "Elm Telecom")} == {
        Role.CUSTOMER_UNAFFECTED
    }
    assert told.get("Ash Media") in {None, Role.AFFECTED_DOWNSTREAM}


def test_a_group_none_of_which_lost_data_is_unaffected():
    assert roles(HACKED + "None of the 40 clinics that use Inkwell lost data.")["40 clinics"] is (
        Role.CUSTOMER_UNAFFECTED
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("n.md", "# Notice\n\n" + HACKED + "\n\n* *Who is affected*: **Ash Media**\n* *Who is not*: **Tern Bank**, **Elm Telecom**.\n"),
        ("n.md", HACKED + "\n\n## Affected\n\n- Ash Media\n\n## Not affected\n\n- Tern Bank\n- Elm Telecom\n"),
        ("n.html", f"<html><body><article><p>{HACKED}</p><h2>Affected customers</h2><ul><li>Ash Media</li></ul><h2>Customers not affected</h2><ul><li>Tern Bank</li><li>Elm Telecom</li></ul></article></body></html>"),
    ],
)  # fmt: skip
def test_a_label_or_heading_holds_for_the_names_below_it(name, text):
    told = roles(text, name)
    assert EXPOSED.isdisjoint(told.get(name) for name in ("Tern Bank", "Elm Telecom"))
    assert told.get("Ash Media") is not Role.CUSTOMER_UNAFFECTED


@pytest.mark.parametrize(
    "text",
    [
        "Not only Tern Bank but also Ash Media, both customers, lost data.",
        "It was not just Tern Bank that lost data; Ash Media did too.",
        "No company was hit harder than its customer Tern Bank, which lost data of 3,000 clients.",
        "Except for passwords, all data of its customer Tern Bank were taken.",
        "No passwords of Tern Bank, a customer, were taken, but names were.",
        "None of the files of its customer Tern Bank were encrypted; attackers copied them.",
        "Without Inkwell, neither Tern Bank nor Ash Media can print letters.",
        "Neither Tern Bank nor Ash Media, both customers, has said how many of their staff lost data in the theft.",
        "No customer except Tern Bank and Ash Media lost data.",
        "Apart from Tern Bank, Ash Media and Elm Telecom, both customers, lost data too.",
        "The attack did not affect Tern Bank's branches, but names of 300 of its clients were stolen from Inkwell.",
        "Tern Bank and Elm Telecom were affected, Ash Media was too.",
        "Tern Bank and Elm Telecom, both customers, only learned in March that Ash Media had lost data too.",
        "Neither Tern Bank nor Elm Telecom, both customers, was breached, but names of 900 of their staff were stolen from Inkwell.",
    ],
)
def test_near_misses_spare_nobody(text):
    assert roles(HACKED + text)["Tern Bank"] is not Role.CUSTOMER_UNAFFECTED
