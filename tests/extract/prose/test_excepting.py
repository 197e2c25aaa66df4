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
        HACKED + "All customers but Tern Bank lost data, among them Ash Media.",
        HACKED + "The hack affected all customers except Tern Bank on Friday. Ash Media lost data.",
        HACKED + "The hack affected all customers but Tern Bank, the company said. Ash Media lost data.",
        HACKED + "Ash Media lost data in the hack, Inkwell said. Its customer Tern Bank did not.",
        HACKED + "The attack did not reach Tern Bank, but hit Ash Media, another customer.",
        HACKED + "Ash Media, but not Tern Bank or Elm Telecom, lost data.",
        HACKED + "Data of Ash Media, and not of Tern Bank, were stolen.",
        HACKED + "Ash Media was hit, but not Tern Bank.",
        HACKED + "Ash Media had data stolen; Tern Bank, luckily, did not.",
        HACKED + "\n\nWho is affected: Ash Media.\nWho is not affected: Tern Bank; Elm Telecom.",
        HACKED + "\n\nCustomers not affected\n\n- Tern Bank\n- Elm Telecom\n\nAffected customers\n\n- Ash Media\n",
        HACKED + "\n\nBanks that are not affected:\n\n- Tern Bank\n- Elm Telecom\n",
        HACKED
        + "Ash Media lost names. The following customers of the firm have confirmed to us that they are not affected: Tern Bank and Elm Telecom.",
        HACKED
        + "Ash Media lost names. In its statement of Friday the following banks are NOT affected: Tern Bank, Elm Telecom.",
        HACKED + "Ash Media lost names. Among those not affected are Tern Bank and Elm Telecom.",
        HACKED + "Ash Media lost names. Among the shops that were not affected are Tern Bank and Elm Telecom.",
        HACKED + "Ash Media lost names. The banks not affected are Tern Bank and Elm Telecom.",
    ],
)
def test_those_taken_out_are_unaffected(text):
    told = roles(text)
    assert told["Inkwell"] is Role.BREACHED
    assert {told.get(name, Role.CUSTOMER_UNAFFECTED) for name in ("Tern Bank", "Elm Telecom")} == {
        Role.CUSTOMER_UNAFFECTED
    }
    assert told.get("Ash Media") in {None, Role.OTHER, Role.AFFECTED_DOWNSTREAM}


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


def test_a_heading_holds_for_its_own_list_alone():
    told = roles(
        HACKED + "\n\nUnaffected:\n\n- Ash Media\n- Birch Foods\n\nStill offline:\n\n- Tern Bank\n- Elm Telecom\n"
    )
    assert Role.CUSTOMER_UNAFFECTED not in {told.get("Tern Bank"), told.get("Elm Telecom")}
    told = roles(HACKED + "\n\nUnaffected\n1. Ash Media\n2. Birch Foods\n\nDown\n1. Tern Bank\n2. Elm Telecom\n")
    assert Role.CUSTOMER_UNAFFECTED not in {told.get("Tern Bank"), told.get("Elm Telecom")}


@pytest.mark.parametrize(
    ("hit", "not_hit"),
    [
        ("Banks that lost files:", "Banks that are not affected:"),
        ("Affected customers:", "Customers not affected:"),
    ],
)
def test_a_heading_of_harm_and_one_of_the_spared_each_hold_for_their_own(hit, not_hit):
    told = roles(f"{HACKED}\n\n{hit}\n\n- Ash Media\n- Harz Hospital\n\n{not_hit}\n\n- Tern Bank\n- Elm Telecom\n")
    assert {told["Ash Media"], told["Harz Hospital"]} == {Role.AFFECTED_DOWNSTREAM}
    assert {told["Tern Bank"], told["Elm Telecom"]} == {Role.CUSTOMER_UNAFFECTED}


def test_an_item_that_reads_like_a_heading_heads_nothing():
    told = roles(HACKED + "\n\nCustomers whose data were stolen:\n\n- Safe Harbor Bank\n- Tern Bank\n")
    assert Role.CUSTOMER_UNAFFECTED not in told.values()


def test_what_a_label_like_sentence_goes_on_to_tell_spares_nobody():
    told = roles(HACKED + "Customers of its rivals were not affected: Tern Bank had its names stolen from Inkwell.")
    assert told.get("Tern Bank") is not Role.CUSTOMER_UNAFFECTED


def test_who_shares_a_name_with_another_is_not_spared_with_it():
    told = roles(
        "Maersk was hit on 27 June 2017 by malware from Intellect Service. "
        "Maersk Line and Damco were affected; Maersk Oil and Svitzer were not."
    )
    assert told.get("Maersk Line") is not Role.CUSTOMER_UNAFFECTED


@pytest.mark.parametrize(
    "text",
    [
        "All of its customers were affected, but Tern Bank lost the most: 2 million records.",
        "All of its customers were affected by the hack, but Tern Bank and Elm Telecom have restored their systems.",
        "The hack hit every customer in the country, but Tern Bank and Elm Telecom could still send letters by hand.",
        "The whole archive was stolen, but Tern Bank, a customer, said that passwords were encrypted.",
        "Elm Telecom restored all services within a day, but Tern Bank was still affected.",
        "Its clients, except for Tern Bank, have all been told that they were affected; Tern Bank learned of its stolen data from the press.",
        "Customers affected by the theft, all but Tern Bank, have changed passwords. Tern Bank lost 40 records.",
        "All clients were affected and, except for Tern Bank, have sued.",
        "The hack affected all customers but Tern Bank lost most.",
        "Of its customers Tern Bank and Elm Telecom only Elm Telecom got its stolen data back.",
        "Hackers stole records of Tern Bank, only Elm Telecom lost more.",
    ],
)
def test_what_is_told_of_others_beside_excepts_nobody(text):
    assert roles(HACKED + text)["Tern Bank"] is not Role.CUSTOMER_UNAFFECTED


@pytest.mark.parametrize(
    "text",
    [
        "Both Elm Telecom and Tern Bank were affected. Elm Telecom has recovered; Tern Bank has not.",
        "Elm Telecom and Tern Bank were affected. Elm Telecom has apologised, Tern Bank has not.",
        "Its clients Tern Bank and Elm Telecom lost data. Elm Telecom has sued; Tern Bank has not.",
        "Data of Tern Bank and Elm Telecom were stolen. Elm Telecom paid for credit monitoring, Tern Bank did not.",
        "Records of Tern Bank and Elm Mutual were stolen. The passwords of Elm Mutual were hashed, those of Tern Bank were not.",
        "Tern Bank and Elm Telecom lost records; Elm Telecom told its customers at once but Tern Bank did not.",
        "It affected Elm Telecom and Tern Bank. While Elm Telecom was warned that it was affected, Tern Bank was not.",
    ],
)
def test_a_verb_left_out_is_that_of_the_clause_before(text):
    assert roles(HACKED + text).get("Tern Bank") is not Role.CUSTOMER_UNAFFECTED


@pytest.mark.parametrize(
    "text",
    [
        "The attack did not affect Tern Bank customers in Britain, but 12,000 in Ireland had their names stolen, the bank said.",
        "The attack did not affect Tern Bank employees, only its customers: 12,000 of them lost their names.",
        "The outage did not affect Tern Bank branches, but its online service was down all day.",
        "The attack did not affect Tern Bank until Friday, when its data were published.",
        "The attack did not harm Tern Bank, but it did expose 12,000 of its clients.",
        "No records of Tern Bank were lost for good, but 12,000 were copied by the intruders.",
        "No customer of Tern Bank lost money, though names of 12,000 of them were stolen.",
        "No customers besides Tern Bank and Elm Telecom were affected.",
        "No clients outside Tern Bank and Elm Telecom were affected.",
        "No organisation as large as Tern Bank was affected by the hack, yet three smaller clients lost data.",
        "The hackers struck without sparing Tern Bank or Elm Telecom, whose statements were stolen.",
        "Neither Tern Bank nor Elm Telecom is among the plaintiffs; both lost records.",
        "Elm Telecom was hit, though not as badly as Tern Bank.",
    ],
)
def test_a_denial_of_a_part_or_of_others_spares_nobody(text):
    assert roles(HACKED + text).get("Tern Bank") is not Role.CUSTOMER_UNAFFECTED


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
