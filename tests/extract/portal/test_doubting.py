"""What an account says may have been in reach is suspected, and the rest of its list is not."""

from __future__ import annotations

import pytest

from kg.extract.portal.extractor import PortalExtractor
from kg.extract.portal.prose import exposed
from kg.model import Document


@pytest.mark.parametrize(
    ("story", "doubted"),
    [
        ("It was stolen.  The PHI may have included names, and possibly diagnoses.", {"names", "diagnoses"}),
        ("The PHI included names, addresses, and possibly diagnoses.", {"diagnoses"}),
        ("The PHI included names, possibly diagnoses, and addresses.", {"diagnoses"}),
        ("The PHI included names; the PHI may also have included diagnoses.", {"diagnoses"}),
        ("The PHI potentially involved in the breach included names and diagnoses.", {"names", "diagnoses"}),
        ("A laptop possibly containing names and diagnoses was stolen.", {"names", "diagnoses"}),
        ("The server was hacked, potentially exposing the names and diagnoses of 700 people.", {"names", "diagnoses"}),
        ("The emails containing names and diagnoses may have been viewed.", {"names", "diagnoses"}),
        ("The emails, which contained names and diagnoses, may have been viewed.", {"names", "diagnoses"}),
        ("The laptop may have contained information including names and diagnoses.", {"names", "diagnoses"}),
        ("A suspected thief stole a laptop containing names and diagnoses.", set()),
        ("The laptop, possibly stolen by a thief, contained names and diagnoses.", {"names", "diagnoses"}),
        ("It contained records including names, dates of birth, which may have been encrypted, and diagnoses.", set()),
        ("The PHI may have included names. The PHI included names and diagnoses.", set()),
        ("The laptop contained names and diagnoses, potentially affecting 700 people.", set()),
        ("The files contained names and diagnoses, and the CE told all who may have been affected.", set()),
        ("The files contained names, dates of service from May 2030 to June 2030, and diagnoses.", set()),
    ],
)
def test_what_may_have_been_in_reach_is_suspected(story, doubted):
    found = {words: str(certainty) for words, _, _, certainty in exposed(story)}
    assert {"names", "diagnoses"} & found.keys() == found.keys() & {"names", "diagnoses"} != set()
    assert {words for words, certainty in found.items() if certainty == "suspected"} == doubted
    assert set(found.values()) <= {"suspected", "confirmed"}


@pytest.mark.parametrize(
    "hedge",
    [
        "may have", "might have", "could have", "may also have", "possibly", "potentially", "perhaps", "probably", "likely", "allegedly",
        "purportedly", "is believed to have", "is thought to have", "is suspected to have",
    ],
)  # fmt: skip
def test_no_hedge_is_overlooked(hedge):
    told = exposed(f"The PHI {hedge} included names.")
    assert [str(certainty) for *_, certainty in told] in (["suspected"], ["claimed"])


def test_a_column_and_an_account_tell_their_doubt_to_fact_and_evidence():
    header = "Entity Name,Date Reported,Individuals Affected,Information Affected,Description"
    text = f'{header}\nOak,2030-01-03,12,"names, possibly SSN","The files may have included diagnoses."\n'
    (one,) = PortalExtractor().extract(Document("portal.csv", text, "0"))
    told = [
        (data.text, str(data.certainty), [str(proof.certainty) for proof in data.evidence]) for data in one.data_types
    ]
    assert told == [
        ("names", "confirmed", ["confirmed"]),
        ("SSN", "suspected", ["suspected"]),
        ("diagnoses", "suspected", ["suspected"]),
    ]
