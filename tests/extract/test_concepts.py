from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.concepts import data_concept, incident_type, split_data_types
from kg.vocabulary import concepts, members, phrases

POSTS = Path(__file__).parent.parent / "data" / "posts"
TOLD = sorted(
    {
        (kind["text"], kind["concept"])
        for path in POSTS.glob("*.expected.json")
        for post in json.loads(path.read_text("utf-8"))["posts"]
        for kind in post["data_types"]
        if kind["concept"]
    }
)


def split(text):
    return [text[start:end] for start, end, _ in split_data_types(text)]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Stolen Laptops", "data-leak"),
        ("Lost in Transit", "data-leak"),
        ("Data Theft by Employee or Contractor", "insider"),
        ("Data Theft", "data-breach"),
    ],
)
def test_the_kinds_of_breach_of_states(words, slug):
    assert incident_type(words) == slug


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("diagnostic reports", "health-records"),
        ("dates of admission", "health-records"),
        ("annual reports", "internal-documents"),
    ],
)
def test_reports_on_patients_are_of_their_health(words, concept):
    assert data_concept(words) == concept


@pytest.mark.parametrize(("text", "concept"), TOLD, ids=[text for text, _ in TOLD])
def test_the_words_of_posts(text, concept):
    assert data_concept(text) == concept


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Proprietary AI training methodologies, data selection criteria, labeling protocols, and training strategies",
            [
                "Proprietary AI training methodologies",
                "data selection criteria",
                "labeling protocols",
                "training strategies",
            ],
        ),
        ("names, e-mail addresses and passwords", ["names", "e-mail addresses", "passwords"]),
        ("Names; home addresses;call logs.", ["Names", "home addresses", "call logs"]),
        (
            "names\n\u2022 phone numbers\n\u2022 Social Security numbers",
            ["names", "phone numbers", "Social Security numbers"],
        ),
        ("Personal data (names, phone numbers)", ["names", "phone numbers"]),
        ("personal information such as names and passports", ["names", "passports"]),
        ("research and development plans", ["research and development plans"]),
        ("sales and marketing records", ["sales and marketing records"]),
        ("names", ["names"]),
        ("", []),
        (" ,; \n", []),
    ],
)
def test_a_printed_list_is_taken_apart_where_each_part_means_something(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("treatment codes", "health-records"),
        ("CPT codes", "health-records"),
        ("facility codes", ""),
        ("source codes", "source-code"),
        ("patient zip codes", "physical-addresses"),
        ("contract numbers", "user-ids"),
        ("group health plan identification numbers", "health-insurance"),
        ("Medi-Cal identification numbers", "health-insurance"),
        ("medication names", "health-records"),
        ("name of the health insurer", "health-insurance"),
        ("names of drug users", "names"),
        ("name of the project manager", "names"),
        ("customer and product names", "names"),
        ("file names", ""),
        ("names of products", ""),
        ("energy consumption data", "usage-metadata"),
        ("payer names", "health-insurance"),
        ("location of service", "health-records"),
    ],
)
def test_what_codes_numbers_and_names_are_of(text, concept):
    assert data_concept(text) == concept


def test_the_owner_that_follows_is_told_apart():
    text = "addresses of Nissan customers"
    ((start, end, owner),) = split_data_types(text)
    assert (text[start:end], text[owner:]) == ("addresses", "Nissan customers")
    assert [owner for _, _, owner in split_data_types("names of the victims")] == [0]


def test_a_sentence_stays_whole():
    text = "names and " + "x" * 400
    assert split(text) == [text]


@given(st.text(max_size=120))
def test_parts_are_in_the_text_in_order_and_do_not_overlap(text):
    last = 0
    for start, end, owner in split_data_types(text):
        assert last <= start < end <= len(text)
        assert owner == 0 or owner >= end
        last = end


@given(st.text(max_size=60))
def test_only_reported_concepts_are_answered(text):
    assert data_concept(text) in {"", *members("data-type", "reported")}
    assert members("data-type", "reported") <= concepts("data-type")


@pytest.mark.parametrize("slug", sorted(members("data-type", "reported")))
def test_every_label_of_a_reported_concept_finds_it(slug):
    own = [phrase for phrase, of in phrases("data-type").items() if of == slug]
    assert own
    assert [phrase for phrase in own if data_concept(phrase) != slug] == []


@pytest.mark.parametrize(
    "text", ["( " * 20_000, ", and " * 20_000, "names and " * 5_000, "(names, " * 5_000, "a, (" * 20_000]
)
def test_no_list_takes_long(text):
    begin = time.process_time()
    list(split_data_types(text))
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    ("phrase", "slug"),
    {
        "E-Mail-Adressen": "email-addresses", "adresse e-mail": "email-addresses", "adresses e-mail": "email-addresses", "indirizzi e-mail": "email-addresses",
        "e-mail-adressen": "email-addresses", "e-mail-adres": "email-addresses", "email id": "email-addresses", "email IDs": "email-addresses", "E-Mail-Passwörter": "credentials",
        "E-Mail": "email-content", "emails of staff": "email-content", "e-mail archive": "email-content",
    }.items(),
)  # fmt: skip
def test_mail_beside_words_of_other_languages_is_what_they_say(phrase, slug):
    assert data_concept(phrase) == slug
