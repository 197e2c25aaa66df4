from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.amounts import numbers
from kg.counts import (
    ORGANIZATION_NOUNS,
    Count,
    find_counts,
    group_size,
    is_group_name,
    is_whole,
    parse_count,
    same_group,
    whole_number,
)

VALUES = {
    "5.6 million": (5_600_000, 5_600_000, "", "exact"),
    "430,000": (430_000, 430_000, "", "exact"),
    "430000": (430_000, 430_000, "", "exact"),
    "18000.0": (18_000, 18_000, "", "exact"),
    "5,418,866": (5_418_866, 5_418_866, "", "exact"),
    "130.000": (130_000, 130_000, "", "exact"),
    "1.234.567": (1_234_567, 1_234_567, "", "exact"),
    "1.234 million": (1_234_000, 1_234_000, "", "exact"),
    "5,6 million": (5_600_000, 5_600_000, "", "exact"),
    "1'000'000": (1_000_000, 1_000_000, "", "exact"),
    "10 000 users": (10_000, 10_000, "people", "exact"),
    "1,00,000": (100_000, 100_000, "", "exact"),
    "28,000 repositories (claimed)": (28_000, 28_000, "repositories", "exact"),
    "28,000 shipments": (28_000, 28_000, "shipments", "exact"),
    "23,500 employees": (23_500, 23_500, "people", "exact"),
    "About 18,000 dealerships": (18_000, 18_000, "dealerships", "about"),
    "~5,000": (5_000, 5_000, "", "about"),
    "just under 5 million": (5_000_000, 5_000_000, "", "about"),
    "more than 10.5 million": (10_500_000, None, "", "more-than"),
    "over 2,000 organizations": (2_000, None, "organizations", "more-than"),
    "at least 5m": (5_000_000, None, "", "more-than"),
    "10 million+": (10_000_000, None, "", "more-than"),
    "100+ million users": (100_000_000, None, "people", "more-than"),
    "500+K users": (500_000, None, "people", "more-than"),
    "1.5+ billion records": (1_500_000_000, None, "records", "more-than"),
    "10-12+ million": (10_000_000, None, "", "more-than"),
    "100+ medical records": (100, None, "records", "more-than"),
    "5 million or more": (5_000_000, None, "", "more-than"),
    "no fewer than 20": (20, None, "", "more-than"),
    ">10,000": (10_000, None, "", "more-than"),
    "up to 300": (0, 300, "", "up-to"),
    "as many as 70 million shoppers": (0, 70_000_000, "people", "up-to"),
    "fewer than 100 organizations": (0, 100, "organizations", "up-to"),
    "<500": (0, 500, "", "up-to"),
    "10-12 million": (10_000_000, 12_000_000, "", "range"),
    "10 to 12 million": (10_000_000, 12_000_000, "", "range"),
    "1 million - 2 million": (1_000_000, 2_000_000, "", "range"),
    "between 800 and 900": (800, 900, "", "range"),
    "1.4M customers": (1_400_000, 1_400_000, "people", "exact"),
    "366 corporate customers": (366, 366, "customers", "exact"),
    "half a million": (500_000, 500_000, "", "exact"),
    "three hundred thousand": (300_000, 300_000, "", "exact"),
    "a dozen hospitals": (12, 12, "hospitals", "exact"),
    "Three banks": (3, 3, "banks", "exact"),
    "570 GB": (570, 570, "gigabytes", "exact"),
    "1.3TB": (1_300, 1_300, "gigabytes", "exact"),
    "0": (0, 0, "", "exact"),
    "Names of 5 million people": (5_000_000, 5_000_000, "people", "exact"),
}
NO_VALUES = [
    "", "Unknown", "several", "several hundred", "millions", "thousands of GP surgeries", "hundreds of thousands", "5%",
    "94 percent", "$5 million", "US$ 22 million", "22 million dollars", "\u20ac5m", "1.5", "12,34", "0.130", "-5",
    "700Credit", "7-Eleven", "Two Sigma", "4/2026", "2026-04-08", "24/7", "Several US hospitals", "9" * 300,
]  # fmt: skip

PROSE = {
    "theft of about [40 million] card numbers from": (40_000_000, 40_000_000, "cards"),
    "as many as [70 million] shoppers.": (0, 70_000_000, "people"),
    "claims to hold [13 million] support tickets of": (13_000_000, 13_000_000, "tickets"),
    "personal records of [15,000] employees, internal": (15_000, 15_000, "people"),
    "where nearly [11.9 million] of its patients could pay": (11_900_000, 11_900_000, "people"),
    "around [470,000] active, deferred and retired members": (470_000, 470_000, "people"),
    "took data of most of its [1.4 million] American customers": (1_400_000, 1_400_000, "people"),
    "put the number at [8.5 million] devices": (8_500_000, 8_500_000, "devices"),
    "crippled as many as [1,000] servers": (0, 1_000, "devices"),
    "By the final count [147 million] Americans lost": (147_000_000, 147_000_000, "people"),
    "we found [104] API tokens; all": (104, 104, "records"),
    "the PHI of [8,275] individuals' electronic records was": (8_275, 8_275, "records"),
    "the data of [8,275] individuals' health information (": (8_275, 8_275, "people"),
    "the details of [79,404] people's journeys": (79_404, 79_404, "people"),
    "It wrote to its patients, [136,000] in all.": (136_000, 136_000, "people"),
    "The mailboxes, about [5,000] of them, lay with": (5_000, 5_000, "accounts"),
    "The number of patients affected was [2,559].": (2_559, 2_559, "people"),
    "[192.7 million]: that is the latest count of people whose data": (192_700_000, 192_700_000, "people"),
    "copied [570] GB from a server": (570, 570, "gigabytes"),
    "leaked [6.5TB] of data": (6_500, 6_500, "gigabytes"),
    "between [100 and 200] patients": (100, 200, "people"),
    "[10-12 million] records": (10_000_000, 12_000_000, "records"),
    "more than [700] organisations among": (700, None, "organisations"),
    "[Two] laptops were stolen": (2, 2, "devices"),
    "Hit: [4.4 Million] Consumers": (4_400_000, 4_400_000, "people"),
    "some [800] GP surgeries": (800, 800, "surgeries"),
    "[One hundred and six] people": (106, 106, "people"),
    "letters to [thirty-one] customers": (31, 31, "people"),
    "[one million two hundred thousand] accounts": (1_200_000, 1_200_000, "accounts"),
    "[a quarter of a million] users": (250_000, 250_000, "people"),
    "[three quarters of a million] users": (750_000, 750_000, "people"),
    "[two and a half million] files": (2_500_000, 2_500_000, "files"),
    "more than [a million and a half] patients": (1_500_000, None, "people"),
    "[Half a dozen] hospitals": (6, 6, "hospitals"),
    "between [ten and twenty thousand] patients": (10_000, 20_000, "people"),
    "Between [one hundred and two hundred] patients": (100, 200, "people"),
    "five hundred nights and [six hundred] patients": (600, 600, "people"),
    "In all [9,100] of us": (9_100, 9_100, "people"),
    "[one] terabyte of e-mail": (1, 1, "terabytes"),
    "At the office [12] computers were stolen": (12, 12, "devices"),
    "On May 5 in [three] hospitals": (3, 3, "hospitals"),
    "between [500 and 2000] patients": (500, 2_000, "people"),
    "[501]+ individuals": (501, None, "people"),
    "data of [100+ million] customers": (100_000_000, None, "people"),
}
NO_PROSE = [
    "one in three patients", "2 out of 10 patients", "nine in every ten users", "a third of a million users", "one user",
    "three malware families", "100 meters away", "two terminals of the port",
    "$5 million from customers", "$5+ million from customers", "5 percent of customers", "22 million dollars of customers' money", "300 cancelled flights",
    "two months", "Nissan's 7 shops", "In 2020 customers were told", "on July 19 customers could not log in",
    "on July 19, 2024 customers", "19 July customers", "In May 28", "Fortune 500 companies", "version 5 users",
    "now Office 365 users", "CVE-2020-1234 users", "50m away", "hundreds of customers", "millions of users", "24/7 users",
    "between 2019 and 2021 customers", "Windows 7 machines", "Category 2 individuals", "SOC 2 providers",
    "patients of age 5", "ages 5 to 17 students", "Form 1099 records", "Microsoft 365 accounts",
    "one of its own employees", "5-digit numbers", "72 hours", "it raised 5 million.", "the \u00a314 million fine",
]  # fmt: skip

GROUPS = [
    "About 18,000 dealerships", "Over 2,000 organizations", "Over 2,000", "More than 600 organisations", "Up to 300 hospitals",
    "13,000 customers", "47 states", "Three banks", "two hotel chains", "10 government agencies", "A dozen hospitals",
    "325 of them", "Several US hospitals", "Several Hospitals", "Multiple leading AI labs", "Various companies", "Many boards",
    "Hundreds of schools", "thousands of GP surgeries", "A number of banks", "Most of its customers", "One of its suppliers",
    "Unnamed third-party provider", "Undisclosed vendor", "an undisclosed vendor", "a payroll provider", "Third-party vendor",
    "Unknown company", "Unknown", "Undisclosed", "N/A", "", "?", "Several", "Customers", "Customers of Salesforce",
    "Users in Germany", "European companies", "Hosting customers", "US hospitals", "Other customers", "Banks",
    "Various organizations (unnamed)", "Multiple - unnamed",
]  # fmt: skip
NAMES = [
    "700Credit", "1Password", "7-Eleven", "23andMe", "3M", "Two Sigma", "Five Guys", "Six Flags", "Three", "Three UK", "One",
    "First Data", "Four Seasons", "24 Hour Fitness", "99 Ranch Market", "1-800-Flowers", "365 Retail Markets", "100 Thieves",
    "Multiple Sclerosis Society", "Unknown Worlds Entertainment", "Anonymous", "About You", "Over the Air Inc", "All Nippon Airways",
    "Doctors Without Borders", "Veterans of Foreign Wars", "Bank of America", "Universities Superannuation Scheme", "Citizens",
    "Partners HealthCare", "Customers Bank", "Farmers Insurance", "Cisco Systems", "American Airlines", "A Small Orange",
    "The Home Depot", "Ford Motor Company", "First Horizon bank", "Two Men and a Truck", "Seven & i Holdings", "Meta", "X",
    "Amazon Web Services", "Community Health Systems", "Reserve Bank of New Zealand", "Booz Allen",
    "3M Company", "3M Hospital", "3M Canada Company", "1K Agency",
]  # fmt: skip


@pytest.mark.parametrize(("value", "parts"), VALUES.items())
def test_a_value_is_a_count_with_bounds(value, parts):
    assert parse_count(value) == Count(*parts)


@pytest.mark.parametrize("value", NO_VALUES)
def test_a_value_without_a_whole_number_is_none(value):
    assert parse_count(value) is None


@pytest.mark.parametrize(
    ("value", "number"),
    {
        "300 Tsd. Kunden": 300_000, "300Tsd": 300_000, "3 Tausend": 3_000, "3 mila": 3_000, "3 mille": 3_000, "10 duizend": 10_000, "2,5 Millionen": 2_500_000,
        "5 Millionen Datensätze": 5_000_000, "5 Mill.": 5_000_000, "5 milioni": 5_000_000, "5 millones": 5_000_000, "5 miljoen": 5_000_000,
        "2 Mrd.": 2 * 10**9, "2 Milliarden": 2 * 10**9, "2 mil millones": 2 * 10**9, "3 billion": 3 * 10**9, "7 Mill Street": 7,
    }.items(),
)  # fmt: skip
def test_scale_words_of_other_languages_count_in_a_value(value, number):
    found = parse_count(value)
    assert found
    assert (found.low, found.high) == (number, number)


@pytest.mark.parametrize("value", ["3 mil", "3 mil clientes", "2 Billionen", "2 billones", "2 biljoen", "110+ mil"])
def test_a_scale_word_that_is_another_number_in_another_language_gives_none(value):
    assert parse_count(value) is None


@pytest.mark.parametrize(
    ("value", "number"), [("110+ Mio.", 110_000_000), ("110+ Millionen", 110_000_000), ("110+ Tsd. Kunden", 110_000)]
)
def test_a_plus_before_a_scale_word_of_any_language_bounds_from_below(value, number):
    found = parse_count(value)
    assert found
    assert (found.low, found.high) == (number, None)


@pytest.mark.parametrize(
    "value", ["5 milioni di euro", "5 Mio. Euro", "300 Tsd. Franken", "5 millones de dólares", "5 millions d'euros"]
)
def test_money_is_no_count_in_other_languages_either(value):
    assert parse_count(value) is None


def test_integers_are_exact_and_truth_values_are_no_counts():
    assert parse_count(430_000) == Count(430_000, 430_000, "", "exact")
    assert parse_count(-1) is None
    assert parse_count(True) is None


@pytest.mark.parametrize(("marked", "parts"), PROSE.items())
def test_a_count_in_prose_has_its_span_and_unit(marked, parts):
    text = marked.replace("[", "").replace("]", "")
    start, end = marked.index("["), marked.index("]") - 1
    if text[start:end].endswith("TB"):  # the span is the number; its unit is the noun
        end -= 2
    found = find_counts(text)
    assert [(value.start, value.end) for value in found] == [(start, end)]
    assert (found[0].count.low, found[0].count.high, found[0].count.unit) == parts


@pytest.mark.parametrize("plan", ["401k", "401K", "401(k)", "401 (k)", "403b", "403(b)", "457b", "401a"])
def test_a_plan_for_retirement_is_no_number(plan):
    assert find_counts(f"It lost the {plan} records of employees, and {plan} accounts.") == []
    assert parse_count(plan) is None


@pytest.mark.parametrize("text", NO_PROSE)
def test_numbers_that_count_nothing_we_count(text):
    assert find_counts(text) == []


def test_a_number_without_a_noun_has_that_of_the_count_before():
    found = find_counts("It lost data of 2.9 million members. In November the figure rose to 4.2 million, nearly all.")
    assert [(value.count.low, value.count.unit) for value in found] == [(2_900_000, "people"), (4_200_000, "people")]
    found = find_counts(
        "7.7 million patients were hit; for about 200,000 of them the card was seen, and 300 of them cards too."
    )
    assert [(value.count.low, value.count.unit) for value in found] == [
        (7_700_000, "people"),
        (200_000, "people"),
        (300, "cards"),
    ]
    found = find_counts(
        "It opened 44 customer accounts, of which 38 had lists; 5.7 million users, of whom more than four million"
    )
    assert [(value.count.low, value.count.unit) for value in found] == [
        (44, "accounts"),
        (38, "accounts"),
        (5_700_000, "people"),
        (4_000_000, "people"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Alder counts 17,655 patients, Birch Clinic about 30,000.", ["17,655", "30,000"]),
        ("It told 12,000 patients; Birch, which left long ago, told 8,700.", ["12,000", "8,700"]),
        ("Some 8,200 customers of Alder and 3,000 at Birch Bank are affected.", ["8,200", "3,000"]),
        ("It named 1,200 patients. The total had risen from 1.07 million to 2.65 million.", ["1,200", "1.07 million", "2.65 million"]),
        ("Alder told 12,000 patients and was fined $50,000, and Birch sold 20,000 shares.", ["12,000"]),
        ("Alder told 12,000 patients. In 2,019 it grew.", ["12,000"]),
        ("Birch, which left long ago, told 8,700.", []),
    ],
)  # fmt: skip
def test_a_number_alone_is_a_count_of_people_where_people_were_counted(text, found):
    assert [text[one.start : one.end] for one in find_counts(text, elliptic=True)] == found
    assert {one.count.unit for one in find_counts(text, elliptic=True)} <= {"people"}


def test_a_change_is_two_counts_and_no_range():
    found = find_counts("The figure rose from 2.9 million members to 4.2 million members, up from 3 to 5 users.")
    assert [(value.count.low, value.count.high) for value in found] == [(2_900_000,) * 2, (4_200_000,) * 2, (5, 5)]


def test_organizations_keep_their_noun():
    (found,) = find_counts("It works for over 600 organisations that run schemes.")
    assert found.count == Count(600, None, "organisations", "more-than")
    assert found.count.unit in ORGANIZATION_NOUNS


@pytest.mark.parametrize("name", GROUPS)
def test_an_unnamed_group_is_one(name):
    assert is_group_name(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_group(name):
    assert not is_group_name(name)


WORDS = [
    "5", "5,000", "5 million", "1.3", "TB", "up to", "more than", "at least", "between", "and", "-", "to", "users",
    "records", "customers'", "of them", "its figure stood at", "two", "dozen", "half a", "K", "$", "%", ",", ".", "(",
    "About", "Three", "banks", "several", "Unnamed", "of", "the", "\n", "card numbers", "May", "2020", "million",
    "or more", "'", "\u2013",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
)


@given(TEXTS)
def test_spans_lie_in_the_text_and_parse_again(text):
    end = 0
    for found in find_counts(text):
        assert end <= found.start < found.end <= len(text)
        end, quote = found.end, text[found.start : found.end]
        assert parse_count(quote) or parse_count(f"between {quote}") or parse_count(f"{quote} TB")
        low, high = found.count.low, found.count.high
        assert low is None or high is None or 0 <= low <= high


@given(TEXTS | TEXTS.map(str.upper))
def test_numbers_in_digits_are_found_whether_or_not_words_are_looked_for(text):
    # With a letter that is no ASCII, numbers in words are always looked for.
    found = list(numbers(f"{text} | \u00df"))
    assert list(numbers(f"{text} | s")) == found


@given(TEXTS | st.integers())
def test_reading_a_value_never_raises(value):
    count = parse_count(value)
    assert count is None or count.low is not None or count.high is not None
    assert is_group_name(str(value)) in {True, False}


@given(st.integers(0, 10**12))
def test_an_integer_is_read_however_it_is_grouped(number):
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", "\u202f"), f"{number:,}".replace(",", "'")):
        assert parse_count(text) == Count(number, number, "", "exact")


SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number, joint):
    """A number in words; `joint` stands behind the hundreds."""
    for scale, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if number >= scale:
            rest = f" {spelled(number % scale, joint)}" if number % scale else ""
            return f"{spelled(number // scale, joint)} {word}{rest}"
    if number >= 100:
        rest = f"{joint}{spelled(number % 100, joint)}" if number % 100 else ""
        return f"{SMALL[number // 100]} hundred{rest}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@given(st.integers(2, 10**12 - 1), st.sampled_from([" ", " and "]))
def test_a_number_in_words_is_read_whole(number, joint):
    words = spelled(number, joint)
    (found,) = find_counts(f"Some {words} patients were told.")
    assert (found.count.low, found.end - found.start) == (number, len(words))


HOSTILE = [
    "one hundred and ", "a million and a half ", "two thousand three hundred ", "between two and ", "half a million ",
    "1", "1 ", "1,", "1,234,", "5 million ", "five ", "a ", "between 5 and ", "5-", "5 to ", "5 of its ", "5 of them ", "1'",
    "5 users of ", "It stood at 5,000. ", "hundred ", "1.", "half a ", "5 (AB) ", "5 users' ", "up to 5 users. ", ",", " ",
    "Of the 5 users, 3 ", "Number of users: 5\n", "5 of the 6 ", "5 (a b) ", "5,000 of them ", "5 former and ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_finding_is_linear_in_hostile_text(unit):
    # A tenth of a second at most where it was measured; a reader that is not linear takes minutes.
    long = (unit * 50_000)[:50_000]
    start = time.process_time()
    find_counts(long)
    parse_count(long)
    is_group_name(long)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "group", "size"),
    [
        ("It said that more than 2,000 hospitals use it.", "2,000 hospitals", (2_000, None)),
        ("At least two dozen banks use it.", "two dozen banks", (24, None)),
        ("Up to 300 hospitals rely on it.", "300 hospitals", (0, 300)),
        ("Fewer than 60 hospitals use it.", "60 hospitals", (0, 60)),
        ("Between 10 and 20 banks use it.", "20 banks", (10, 20)),
        ("More than 40 schools and 300 hospitals use it.", "300 hospitals", (300, 300)),
        ("At least 20 of its 300 customers were hit.", "20 of its 300 customers", (20, None)),
        ("More than 2,000 hospitals use it.", "More than 2,000 hospitals", (2_000, None)),
        ("About 300 banks use it.", "300 banks", (300, 300)),
        ("Several banks use it.", "Several banks", None),
        ("Three of its 120 customers were hit.", "Three of its 120 customers", (3, 3)),
        ("Up to ten of our roughly 2,000 clients were hit.", "ten of our roughly 2,000 clients", (0, 10)),
        ("Two of 40 banks were hit.", "Two of 40 banks", (2, 2)),
        ("Several of its more than 500 clients were hit.", "Several of its more than 500 clients", None),
        ("We were one of 890 schools.", "890 schools", (890, 890)),
    ],
)
def test_how_many_a_group_is_stands_before_its_words_too(text, group, size):
    start = text.index(group)
    assert group_size(text, start, start + len(group)) == size


@pytest.mark.parametrize(
    "part", ["12 of ", "3% of its ", "Twelve out of the ", "most of ", "a number of its over ", "5 of Elm's "]
)
def test_the_number_of_a_whole_has_its_part_before_it(part):
    assert is_whole(f"{part}300 customers", len(part))


@pytest.mark.parametrize("before", ["", "data of ", "all of its ", "a number of ", "12 firms and "])
def test_a_number_that_no_part_stands_before_is_no_whole(before):
    assert not is_whole(f"{before}300 customers", len(before))


def test_sizes_that_differ_in_what_qualifies_them_only_are_one():
    same = lambda one, other: same_group("300 hospitals", one, "hospitals in Ohio", other)  # noqa: E731
    assert all(same((300, 300), other) for other in [(300, 300), (0, 300), (300, None)])
    assert same((0, 300), (300, None))
    assert same((100, 300), (100, 300))
    assert not any(same((0, 300), other) for other in [(0, 500), (60, 60), (60, None), None])
    assert not any(same((300, 300), other) for other in [(100, 300), (300, 400)])
    assert not same(None, None)


def test_groups_of_one_size_but_of_others_are_two():
    assert not same_group("300 hospitals", (300, 300), "Up to 300 banks", (0, 300))
    assert same_group("300 dealerships", (300, 300), "300 car dealers", (300, 300))
    assert same_group("300 hospitals", (300, 300), "More than 300 customers", (300, None))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("car dealers", "dealerships"), ("brokers", "online brokerages"), ("start-ups", "startups"), ("labs", "laboratories"),
        ("UK organisations", "organizations"), ("counties", "Ohio counties"),
    ],
)  # fmt: skip
def test_nouns_for_the_same_make_one_group(one, other):
    assert same_group(f"12 {one}", (12, 12), f"12 {other}", (12, 12))


@pytest.mark.parametrize(
    ("one", "other"), [("counties", "countries"), ("start-ups", "counties"), ("labs", "labels and banks")]
)
def test_nouns_that_begin_alike_make_two_groups(one, other):
    assert not same_group(f"12 {one}", (12, 12), f"12 {other}", (12, 12))


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("mindestens 3.500", 3500, None), ("über 3.500 Kunden", 3500, None), ("Mehr als 1,2 Mio.", 1_200_000, None),
        ("rund 3.500", 3500, 3500), ("etwa 300 Tsd.", 300_000, 300_000), ("bis zu 3.500", 0, 3500), ("weniger als 40", 0, 40),
        ("plus de 300", 300, None), ("hasta 300", 0, 300), ("3.500 bis 4.000", 3500, 4000),
    ],
)  # fmt: skip
def test_words_that_bound_a_number_may_be_of_another_language(value, low, high):
    found = parse_count(value)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("value", ["über 3.500 Euro", "mehr als 12 %", "Über uns 3"])
def test_bounds_of_another_language_make_no_count_of_what_is_none(value):
    assert parse_count(value) is None


@pytest.mark.parametrize(
    "text",
    [
        "weniger als 1 Prozent",
        "über 10 Prozent",
        "plus de 10 pour cent",
        "über 24 Stunden",
        "mehr als 3 Tage",
        "plus de 2 jours",
        "plus de 3 ans",
        "oltre 2 mesi",
        "meer dan 4 jaar",
        "über 30 Std.",
        "über 5 Prozentpunkte",
        "über 500 CHF",
        "über 15 Mio. €",
        "über 2 Millionen US-Dollar",
        "mais de 3 anos",
        "über 20 Sekunden",
        "oltre 10 secondi",
    ],
)
def test_a_bounded_share_or_time_in_another_language_is_no_bounded_count(text):
    found = parse_count(text)
    assert found is None or found.qualifier == "exact"


def test_words_that_begin_like_a_time_are_none():
    assert parse_count("über 300 Messages").low == 300
    assert parse_count("mehr als 20 Oracle-Kunden").qualifier == "more-than"


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("A total of 120 hospitals", (120, 120)), ("Group of 12 universities", (12, 12)), ("All of its 40 clients", (40, 40)),
        ("Upwards of 300 clients", (300, None)), ("In excess of 40 customers", (40, None)),
        ("Three of its 120 customers", (3, 3)), ("Most of its 800 stores", None), ("Half of 120 customers", None),
    ],
)  # fmt: skip
def test_a_group_is_as_large_as_its_words_say_and_not_as_all_those_of_whom_it_is_a_part(words, size):
    assert group_size(words, 0, len(words)) == size


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0), (430000, 430000), ("164,611,595", 164611595), ("164 611 595", 164611595), ("1e+05", 100000), (12.0, 12), ("12.0", 12),
        ("1.5e+05", 150_000), (1.5, None), (-1, None), (True, None), (None, None), ("several", None),
        ("2 weeks", None), ("500 rubles", None), ("50 million customers", None), ("3 or 4", None), ("48.000", None), ("48.210", None),
    ],
)  # fmt: skip
def test_the_whole_number_that_a_value_of_a_record_stands_for(value, number):
    assert whole_number(value) == number
