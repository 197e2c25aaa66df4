"""What the words on the impact of a compromise tell: that there was none, or of one."""

from __future__ import annotations

import pytest

from kg.extract.cncf.impacts import tells_of_none


@pytest.mark.parametrize(
    "text",
    [
        "Alder has found no evidence of access to its services or customer data.",
        "There was no impact to any customers. No action is required by them.",
        "The commits were reverted before a release. No users were affected.",
        "Alder could not find evidence of intrusion of its environments.",
        "Unknown. The U.S. Department of Birch was investigating whether agencies had been affected.",
        "Unknown at the time of the writing, yet no signs of compromise are available.",
        "No customers, including Birch and Cedar, were affected.",
        "Birch was not affected, nor were its users infected.",
        "Alder stated that no malicious change had been merged and that users need not do anything.",
    ],
)
def test_no_impact_is_told_of_none(text):
    assert tells_of_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "The code had keys and a few thousand names. No passwords were accessed.",
        "Over 13 million downloads could have been affected. Copies elsewhere were not affected.",
        "The impact is unknown, however one user claimed to have lost $7000.",
        "No passwords were stolen, but names were.",
        "Customers could not access their files for days.",
        "The package is no longer available: it stole tokens.",
        "40 packages were removed.",
        "Users could have been served tampered packages. There is no known exploitation.",
        "Data were stolen; none of it has been leaked.",
        "Users who did not update were infected.",
        "None of the users who installed it escaped.",
        "Users did not notice that their keys were stolen.",
        "Users that had no lock file got the malicious version.",
        "Birch was not impacted, Cedar machines were infected.",
        "It is not known how many systems were infected.",
        "Unknown number of users downloaded the malicious version.",
        "Over 1,000 users, none of whom were warned, were infected.",
    ],
)
def test_what_may_tell_of_an_impact_is_one(text):
    assert not tells_of_none(text)
