"""Whether a row says that its attack happened."""

from __future__ import annotations

import pytest

from kg.extract.supply_chain.standing import certainty


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Alder and Birch have denied the report.", "suspected"),
        ("The update was changed; Birch denied being affected.", "suspected"),
        ("Birch denied that it had been hacked.", "suspected"),
        ("The report has not been confirmed by anybody else.", "suspected"),
        ("Researchers found it. Unconfirmed.", "suspected"),
        ("The attack remains unconfirmed.", "suspected"),
        ("False alarm: no compromise took place.", "denied"),
        ("Birch first denied the breach, but later confirmed it.", "confirmed"),
        ("Birch denied that passwords were stolen.", "confirmed"),
        ("Birch denied any breach of customer data.", "confirmed"),
        ("Birch denied that the attack had caused damage.", "confirmed"),
        ("Birch disputed the attack was caused by a weak password.", "confirmed"),
        ("Birch denied the attack came from its servers.", "confirmed"),
        ("Cedar denied involvement in the attack.", "confirmed"),
        ("China denied the allegations.", "confirmed"),
        ("The government of Cedar denied the report.", "confirmed"),
        ("Birch denied claims that passwords were stolen.", "confirmed"),
        ("Birch denied reports that it had paid.", "confirmed"),
        ("Birch denied a report of a second attack.", "confirmed"),
        ("Birch rejected the report for weeks.", "confirmed"),
        ("Companies including Cedar denied being affected.", "confirmed"),
        ("It has not been confirmed how many users were hit.", "confirmed"),
        ("The number of victims is unconfirmed.", "confirmed"),
        ("Firms such as Cedar may have been affected.", "confirmed"),
    ],
)
def test_only_doubt_of_all_of_it_counts(text, sure):
    assert certainty(text) == sure
