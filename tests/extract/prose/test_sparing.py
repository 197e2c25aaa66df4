"""A denial behind a name spares the one of whom it is said, and no other that the sentence names."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from kg.model import Role

HACKED = "Printer Inkwell said on 3 February 2025 that intruders had copied files from its servers. "


def roles(text, name="report.txt"):
    (incident,) = ProseExtractor().extract(document(name, text.encode()))
    return {party.name: party.role for party in incident.parties}


@pytest.mark.parametrize(
    "text",
    [
        "Its customer Tern Bank lost names; Elm Telecom said it was not affected.",
        "Its customer Tern Bank was affected; Elm Telecom, which uses it too, was not hit.",
        "Its customer Tern Bank was affected, but Elm Telecom said it was not affected.",
        "Its customers Tern Bank and Ash Media were affected, while Elm Telecom said it was not affected.",
        "Its customer Tern Bank confirmed that names were taken - Elm Telecom said it was not affected.",
        "Its customer Tern Bank was hit, though its shops were not affected.",
    ],
)
def test_the_denial_of_another_party_or_clause_spares_nobody(text):
    told = roles(HACKED + text)
    assert Role.CUSTOMER_UNAFFECTED not in {told.get("Tern Bank"), told.get("Ash Media")}


@pytest.mark.parametrize(
    "text",
    [
        "Tern Bank, which uses Inkwell too, said that although Inkwell was hit, it was not affected.",
        "Tern Bank, while a customer of Inkwell, was not affected.",
        "Tern Bank, like its rival Elm Telecom a customer, said it was not affected.",
    ],
)
def test_a_denial_behind_what_is_put_in_still_spares(text):
    assert roles(HACKED + text)["Tern Bank"] is Role.CUSTOMER_UNAFFECTED


@pytest.mark.parametrize(
    "text",
    [
        "Ash Media lost names; the other three - Tern Bank, Elm Telecom and Harz Hospital - were not compromised.",
        "Ash Media lost names. Banco Tern denied that it was hit: it uses Inkwell for tests only.",
        "Ash Media lost names. Royal Bank of Tern said it had found no indication that its documents were exposed.",
    ],
)
def test_a_plain_denial_spares_all_of_the_list_before_it(text):
    told = roles(HACKED + text)
    assert told.pop("Ash Media") is Role.AFFECTED_DOWNSTREAM
    assert set(told.values()) == {Role.BREACHED, Role.CUSTOMER_UNAFFECTED}


def test_no_sign_that_a_part_was_taken_spares_nobody():
    told = roles(HACKED + "Its customer Tern Bank lost names but saw no sign that its passwords were taken.")
    assert told["Tern Bank"] is not Role.CUSTOMER_UNAFFECTED


@pytest.mark.parametrize(
    "text",
    [
        "Most of its customers were not affected: Tern Bank lost names.",
        "Passwords of customers were not affected: Tern Bank and Ash Media lost only names.",
        "Its other customers were not affected - Tern Bank and Ash Media lost names.",
    ],
)
def test_who_lost_something_behind_a_denial_is_no_item_of_its_list(text):
    assert Role.CUSTOMER_UNAFFECTED not in roles(HACKED + text).values()


@pytest.mark.parametrize(
    "text",
    [
        "Inkwell said its other customers were not affected.",
        "Inkwell said it was confident that its other customers were not affected.",
        "Inkwell said that most banks are NOT affected.",
        "Inkwell, whose other customers were not affected, paid nothing.",
    ],
)
def test_what_was_breached_is_not_spared_by_what_it_says_of_its_customers(text):
    told = roles(f"Hackers stole files from Inkwell Ltd on 3 March 2024. {text} Tern Bank, a customer, lost names.")
    assert (told["Inkwell Ltd"], told["Tern Bank"]) == (Role.BREACHED, Role.AFFECTED_DOWNSTREAM)


@pytest.mark.parametrize(
    "denied", ["taken three weeks to tell its employees", "leaked any passwords", "viewed the files"]
)
def test_who_denies_a_deed_does_not_deny_harm(denied):
    told = roles(
        f"{HACKED}Bank details of 4,000 employees of its customer Tern Bank were stolen. Tern Bank denied having {denied}."
    )
    assert told["Tern Bank"] in {Role.AFFECTED_DOWNSTREAM, Role.BREACHED}


def test_who_may_be_spared_and_denies_something_is_a_customer_whose_exposure_is_open():
    told = roles(
        HACKED
        + "Ash Media lost names of subscribers. Inkwell prints for Tern Bank and Elm Telecom, too. Tern Bank said that"
        " what it gets from Inkwell had arrived on time, and that no files of its are with the printer."
    )
    assert (told["Ash Media"], told["Tern Bank"]) == (Role.AFFECTED_DOWNSTREAM, Role.OTHER)


@pytest.mark.parametrize(
    "later",
    [
        "A week later the vendor confirmed the intrusion.",
        "The statement was withdrawn two days later.",
        "That was wrong, as a report by Mandiant shows: intruders had administrator rights on its servers.",
    ],
)
def test_who_denies_what_others_tell_of_it_was_breached(later):
    told = roles(
        "Harbor Mutual has notified customers of a data security incident at its vendor Corvane. On February 9, 2026, Corvane"
        " discovered suspicious activity on its network. Files of the insurer had been copied. Corvane said that its systems were"
        f" not breached. {later} Harbor Mutual offers two years of credit monitoring to those concerned."
    )
    assert (told["Harbor Mutual"], told["Corvane"]) == (Role.AFFECTED_DOWNSTREAM, Role.BREACHED)
