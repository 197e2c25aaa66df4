from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.date_phrases import _ATOM, _BEGINS
from kg.dates import as_day, date_words, find_dates, parse_edtf, parse_field, time_text
from kg.errors import KGError
from kg.patterns import regex

FIELDS = {
    "4/2026": "2026-04",
    "04/2026": "2026-04",
    "2026-04": "2026-04",
    "2026-4": "2026-04",
    "2026/04": "2026-04",
    "2026-04-08": "2026-04-08",
    "2026-04-08T10:00:00Z": "2026-04-08",
    "2026-04-08T23:30:00+02:00": "2026-04-08",
    "2026-04-08 00:00:00.000000": "2026-04-08",
    "2026/04/08": "2026-04-08",
    "20260408": "2026-04-08",
    "4/8/2026": "2026-04-08",
    "4/25/2026": "2026-04-25",
    "25/4/2026": "2026-04-25",
    "8.4.2026": "2026-04-08",
    "4.25.2026": "2026-04-25",
    "April 2026": "2026-04",
    "april 2026": "2026-04",
    "SEPT 2026": "2026-09",
    "8 April 2026": "2026-04-08",
    "the 8th of April 2026": "2026-04-08",
    "April 8, 2026": "2026-04-08",
    "Wed, 08 Apr 2026 10:00:00 GMT": "2026-04-08",
    "Wednesday, April 8, 2026": "2026-04-08",
    "2026": "2026",
    "2200": "2200",
    "mid-February 2024": "2024-02~",
    "early 2024": "2024~",
    "mid-2024": "2024~",
    "Late 2024": "2024~",
    "the end of May 2024": "2024-05~",
    "about June 2023": "2023-06~",
    "circa 2019": "2019~",
    "Q3 2024": "2024-35",
    "third quarter of 2024": "2024-35",
    "fall 2022": "2022-23",
    "autumn of 2022": "2022-23",
    "between May and October 2025": "2025-05/2025-10",
    "from 21 October 2024 to 13 January 2025": "2024-10-21/2025-01-13",
    "November 12 to January 5, 2025": "2024-11-12/2025-01-05",
    "2019-2020": "2019/2020",
    "2024/2025": "2024/2025",
    "since May 2023": "2023-05/..",
    "until March 2024": "../2024-03",
    "December 23": "XXXX-12-23",
    "2024-03~": "2024-03~",
    "XXXX-07-02": "XXXX-07-02",
    "2024-02-29": "2024-02-29",
}
NO_DATES = [
    "", "  ", "unknown", "N/A", "None", "soon", "31 Feb 2024", "February 30, 2024", "2023-02-29", "2024-13", "13/2024",
    "21/2024", "2024-00-10", "1899", "2201", "0", "20261340", "99999999", "4/2026 and 5/2026", "2024, 2025", "12/2/03",
    "2,020", "May 3 and 5, 2023", "March 2024 to January 2024", "x" * 10_000, "December of that year", "by May 2023",
]  # fmt: skip

PROSE = {
    "On [5 July 2025] it": "2025-07-05",
    "[Feb 6, 2014] - Investigators": "2014-02-06",
    "taken between [Nov. 27 and Dec. 15, 2013].": "2013-11-27/2013-12-15",
    "between [27 January and 6 February 2025]": "2025-01-27/2025-02-06",
    "from [21 October 2024 to 13 January 2025]": "2024-10-21/2025-01-13",
    "Between [January 16 and 21, 2022] they": "2022-01-16/2022-01-21",
    "[12-17 August 2025]": "2025-08-12/2025-08-17",
    "[Aug. 12 \u2013 Sept. 3, 2025]": "2025-08-12/2025-09-03",
    "[March to June 2025]": "2025-03/2025-06",
    "from [12 November 2024 until 5 January]": "2024-11-12/2025-01-05",
    "since [May 2023]": "2023-05/..",
    "since at least [May 2023]": "2023-05/..",
    "since the [spring of 2023]": "2023-21/..",
    "from [2019] onwards": "2019/..",
    "running until [March 2024].": "../2024-03",
    "was not discovered until [March 2024]": "2024-03",
    "since the [May 2023] breach": "2023-05",
    "about [June 2023]": "2023-06~",
    "in or around [June 2023]": "2023-06~",
    "in [early 2021]": "2021~",
    "in [mid-February]": "XXXX-02~",
    "in the [first half of 2024]": "2024~",
    "early on [July 19, 2024]": "2024-07-19",
    "[spring 2025]": "2025-21",
    "the [autumn of 2024]": "2024-23",
    "[third quarter of 2024]": "2024-35",
    "In [December], the carmaker": "XXXX-12",
    "in [2020]": "2020",
    "In [2017] 47 states settled": "2017",
    "since [2019]": "2019/..",
    "a [2020] ransomware attack": "2020",
    "the [2013] Target breach": "2013",
    "the [May] incident": "XXXX-05",
    "Target ([2013])": "2013",
    "between [2019 and 2021]": "2019/2021",
    "during [2019-2020] they": "2019/2020",
    "[Friday, July 19, 2024]": "2024-07-19",
    "On [2020-01-12].": "2020-01-12",
    "In [May] 28 hospitals were hit": "XXXX-05",
    "In [May] 2 million users": "XXXX-05",
    "[May 2023]'s attack": "2023-05",
    "on [1/10/2026]": "2026-01-10",
    "starting in [May 2023], they": "2023-05/..",
    "beginning on [27 May 2023] an outsider": "2023-05-27/..",
    "entered from [April 3, 2024] on, in marketing": "2024-04-03/..",
    "from [April 3, 2024] on the firm's servers": "2024-04-03",
    "in the [last days of January 2023]": "2023-01~",
    "in the [first week of May]": "XXXX-05~",
    "had come in as early as [September] and": "XXXX-09",
    "did not notice the theft until [April].": "XXXX-04",
    "and nobody noticed until [September 15, 2022]": "2022-09-15",
    "let her in on [March 22 and 23, 2019].": "2019-03-22/2019-03-23",
}
NO_PROSE_DATES = [
    "2,020 people", "$2020", "2019 customers were told", "CVE-2020-1234", "v2020.2", "versions 2019.4 HF 5 to 2020.2.1",
    "Theresa May said", "It may contain", "the firm may 5 times", "by April Smith", "DIRECTIVE 21-01", "port 2020",
    "Office 2019", "Windows Server 2019 systems", "in some 2000 cases", "in 2000 cases", "over 2000 breach notices",
    "between 1900 and 2100 records", "https://example.org/2025/07/26/x", "report-2025-07-26-x", "a 2023 survey",
    "two months later, on Thursday", "last week", "the fall of the firm", "ISO 27001:2022", "regulation 2016/679",
    "on February 30, 2023", "between February 30 and March 5, 2023", "ID 2020 1999", "Q2", "2020% more",
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), FIELDS.items())
def test_a_field_keeps_its_precision(text, edtf):
    assert parse_field(text) == parse_edtf(edtf)


def test_dates_as_spreadsheets_print_them():
    for text in ("46120", "46120.75", "8-Apr-26", "08-APR-26", "4/8/2026"):
        assert parse_field(text).edtf == "2026-04-08"
    assert parse_field("4/8/2026-4/9/2026").edtf == "2026-04-08/2026-04-09"
    assert parse_field("8-Apr-97").edtf == "1997-04-08"
    assert [parse_field(text) for text in ("19999", "60000", "461200", "46120x")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("30.06.25", "2025-06-30"), ("01.02.19 08:30", "2019-02-01"), ("1.2.69", "2069-02-01"), ("9.2.08", "2008-02-09"),
        ("25/06/21", "2021-06-25"), ("06/25/21", "2021-06-25"), ("06/06/21", "2021-06-06"),
        ("1.2.70", None), ("31.12.99", None), ("24.05.01", None), ("24/05/01", None), ("25/03/31", None), ("25.03.31", "2031-03-25"), ("31/03/31", "2031-03-31"), ("03/25/31", "2031-03-25"), ("01/06/21", None), ("25-06-21", None),
        ("31.13.25", None), ("06/25", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("day_first", [True, False])
def test_a_year_of_two_digits_is_read_where_it_is_asked_for_and_can_be_but_one_date(text, edtf, day_first):
    found = parse_field(text, day_first=day_first, short_years=True)
    assert (found and found.edtf) == edtf
    assert parse_field(text, day_first=day_first) is None


@pytest.mark.parametrize(
    ("text", "day_first", "edtf"),
    [
        ("01/06/21", True, "2021-06-01"), ("01/06/21", False, "2021-01-06"), ("06/25/21", True, "2021-06-25"),
        ("24/05/01", True, None), ("25/03/31", True, None), ("01/06/99", True, None),
    ],
)  # fmt: skip
def test_a_year_of_two_digits_is_read_where_other_dates_show_the_order(text, day_first, edtf):
    found = parse_field(text, day_first=day_first, short_years=True, ordered=True)
    assert (found and found.edtf) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Q2/2025", "2025-34"), ("2025-Q2", "2025-34"), ("2025 Q2", "2025-34"), ("Ende 2025", "2025~"),
        ("Ende Juni 2025", "2025-06~"), ("Anfang 2025", "2025~"), ("end 2025", "2025~"), ("fin 2025", "2025~"),
        ("30. Jun. 2025", "2025-06-30"), ("1. Mrz. 2025", "2025-03-01"), ("31-Dez-25", "2025-12-31"),
        ("2025 Jun 04 12:00:00 AM", "2025-06-04"), ("2025-Jun-4", "2025-06-04"), ("2025 Juni 4", "2025-06-04"), ("2025 June 4 to 6", None), ("2025 and 4", None),
        ("31. Dez. 25", "2025-12-31"), ("31.Dez.25", "2025-12-31"), ("31.Dec.2025", "2025-12-31"), ("31.com.2025", None), ("Ende 30. Juni 2025", None), ("Mai 25", None), ("Ende", None), ("Q5/2025", None),
    ],
)  # fmt: skip
def test_parts_of_years_and_short_months_as_contracts_print_them(text, edtf):
    found = parse_field(text)
    assert (found and found.edtf) == edtf


def test_a_publisher_may_print_the_day_first():
    for text, edtf in (
        ("12/9/2017", "2017-09-12"),
        ("12/9/2017 - 1/10/2017", "2017-09-12/2017-10-01"),
        ("9/13/2017", "2017-09-13"),
    ):
        assert parse_field(text, day_first=True).edtf == edtf
    assert parse_field("2017-12-09", day_first=True).edtf == "2017-12-09"
    assert parse_field("12-Sep-17", day_first=True).edtf == "2017-09-12"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1. Mai 2018", "2018-05-01"),
        ("Oktober 2021", "2021-10"),
        ("März 2021", "2021-03"),
        ("1er mars 2019", "2019-03-01"),
        ("15 février 2021", "2021-02-15"),
        ("le 3 août 2022", "2022-08-03"),
        ("10 de enero de 2019", "2019-01-10"),
        ("enero de 2019", "2019-01"),
        ("1 mei 2018", "2018-05-01"),
        ("4 de dezembro de 2020", "2020-12-04"),
        ("1. Dez. 2020", "2020-12-01"),
        ("3 września 2020", "2020-09-03"),
    ],
)
def test_a_field_may_print_its_month_in_another_language(text, edtf):
    assert parse_field(text).edtf == edtf
    prose = {found.date.edtf for found in find_dates(f"Es begann am {text}.")}
    assert edtf not in prose  # in running text it is none


@pytest.mark.parametrize("text", ["31. Februar 2020", "Level 2020", "Seite 5 Mai 20", "mai", "0 mai 2020"])
def test_what_looks_like_a_month_of_another_language_is_no_date(text):
    assert parse_field(text) is None


@pytest.mark.parametrize("text", NO_DATES)
def test_a_field_that_is_no_possible_date_is_none(text):
    assert parse_field(text) is None


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "precision"),
    [
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024-02~", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024~", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-33", date(2024, 1, 1), date(2024, 3, 31), "quarter"),
        ("2024-36", date(2024, 10, 1), date(2024, 12, 31), "quarter"),
        ("2024-22", date(2024, 6, 1), date(2024, 9, 23), "season"),
        ("2024-24", date(2023, 12, 1), date(2025, 3, 21), "season"),
        ("2024-10-21/2025-01", date(2024, 10, 21), date(2025, 1, 31), "interval"),
        ("2023-05/..", date(2023, 5, 1), None, "interval"),
        ("../2024-02", None, date(2024, 2, 29), "interval"),
        ("XXXX-07-02", None, None, "day"),
        ("XXXX-02-29", None, None, "day"),
        ("XXXX-07", None, None, "month"),
        ("XXXX-09-28/XXXX-10-17", None, None, "interval"),
        ("XXXX", None, None, "unknown"),
    ],
)
def test_bounds_and_precision(edtf, earliest, latest, precision):
    found = parse_edtf(edtf)
    assert (found.edtf, found.earliest, found.latest, found.precision) == (edtf, earliest, latest, precision)


NO_EDTF = [
    "", "2024-13", "2024-20", "2024-25", "2024-37", "2024-00", "XXXX-02-30", "2024-2", "24", "1899", "2201-01", "2024-01-32",
    "../..", "2024/2023", "2024/", "a/b/c", "2024-01~~", "\u0662\u0660\u0662\u0664", "2024 ", "2024-05/2024-04-30",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_EDTF)
def test_edtf_is_read_strictly(text):
    with pytest.raises(ValueError):
        parse_edtf(text)


@pytest.mark.parametrize(("marked", "edtf"), PROSE.items())
def test_a_date_in_prose_has_its_span(marked, edtf):
    text = marked.replace("[", "").replace("]", "")
    start, end = marked.index("["), marked.index("]") - 1
    assert [(found.start, found.end, found.date.edtf) for found in find_dates(text)] == [(start, end, edtf)]


@pytest.mark.parametrize("text", NO_PROSE_DATES)
def test_numbers_and_words_that_are_no_dates(text):
    assert find_dates(text) == []


def dates(text):
    return [found.date.edtf for found in find_dates(text)]


def test_two_days_of_a_list_are_two_dates_with_one_span():
    found = find_dates("seen on May 3 and 5, 2023")
    assert [value.date.edtf for value in found] == ["2023-05-03", "2023-05-05"]
    assert {(value.start, value.end) for value in found} == {(8, 25)}


def test_a_missing_year_is_that_of_the_date_beside_it():
    assert dates("Detected on December 16, 2020; told on December 23.") == ["2020-12-16", "2020-12-23"]
    assert dates("It spoke on May 5, 2021, and again in June.") == ["2021-05-05", "2021-06"]


def test_a_missing_year_is_the_latest_the_text_prints():
    assert dates("In August it began.\nKeys were cut from March to June 2025.") == ["2025-08", "2025-03/2025-06"]
    assert dates("In 2019 it grew.\nIn August it began.") == ["2019", "2019-08"]
    assert dates("It grew.\nIn August it began, in 2019 it ended.") == ["XXXX-08", "2019"]


def test_a_year_is_that_beside_it_where_the_months_lie_far_apart():
    assert dates("January 20, 2025. The theft of December 22 was found.") == ["2025-01-20", "2024-12-22"]
    assert dates("It began on December 28, 2021. The city was told in January.") == ["2021-12-28", "2022-01"]
    assert dates("It was told on December 28, 2021. Entered in March.") == ["2021-12-28", "2021-03"]
    assert dates("As of May 2021 it said that spring was calm in February.") == ["2021-05", "2021-02"]


def test_what_goes_on_over_new_year_goes_on_into_the_next():
    text = "Seen in November 2022. It was locked on 26 December. The clerks were told in January."
    assert dates(text) == ["2022-11", "2022-12-26", "2023-01"]
    assert dates("Told in May 2023. Seen in April; open since November.") == ["2023-05", "2023-04", "2023-11/.."]


def test_a_year_is_that_of_the_latest_month_or_one_beside_it():
    assert dates("Statement, 7 January 2020\n\nOn 31 December we found it.") == ["2020-01-07", "2019-12-31"]
    assert dates("Entered in December 2022.\nThe clerks were told in January.") == ["2022-12", "2023-01"]
    assert dates("Told in spring 2022.\nOn 31 December we found it.") == ["2022-21", "2022-12-31"]


def test_a_timeline_goes_on_from_line_to_line():
    text = "November 2022 - It begins.\n- 23 December - Seen.\n* 3 January - Told.\n7 March 2024 - All is counted.\nDecember: nothing."
    assert dates(text) == ["2022-11", "2022-12-23", "2023-01-03", "2024-03-07", "2024-12"]
    assert dates("23 May - Seen.\n7 March 2024 - All is counted.") == ["2024-05-23", "2024-03-07"]


def test_a_year_is_not_taken_where_it_may_be_another():
    assert dates("On May 5, 2021 it said that last December was calm.") == ["2021-05-05", "XXXX-12"]


def test_that_year_is_the_year_before_it():
    assert dates("Updates went out in 2020 and it said so in December of that year.") == ["2020", "2020-12"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Look back at 2018, and the raids. In April of that year it began.", ["2018-04"]),
        ("Told on April 15, 2025: inside since August 3 of the year before.", ["2025-04-15", "2024-08-03/.."]),
        ("Hit in December 2012, it wrote only in March of the next year.", ["2012-12", "2013-03"]),
        ("In May of the previous year it began.", ["XXXX-05"]),
        ("In October and December 2024 somebody came in.", ["2024-10", "2024-12"]),
        ("Open from March 2024 to June. Found on 5 July.", ["2024-03/2024-06", "2024-07-05"]),
        # Months that follow each other are one interval.
        ("The theft was in September and October 2016.", ["2016-09/2016-10"]),
        ("The thefts of December and January 2016.", ["2015-12/2016-01"]),
        ("In May 2023 and June 2023 it rained.", ["2023-05", "2023-06"]),
        ("Open from September 27, 2022 until the early morning of September 29.", ["2022-09-27/2022-09-29"]),
    ],
)
def test_a_year_is_named_by_another_or_shared_in_a_list(text, told):
    assert dates(text) == told


def test_two_intervals_and_a_dateline_stay_apart():
    text = "LONDON, July 19, 2024 - In May 2023 and from 3 June to 5 July 2023, then on August 2."
    assert dates(text) == ["2024-07-19", "2023-05", "2023-06-03/2023-07-05", "2023-08-02"]


WORDS = [
    "in", "since", "until", "between", "and", "from", "to", "the", "about", "early", "mid-", "late", "May", "March",
    "5", "31", "2024", "2020,", "12-17", "Aug.", "Q3", "third", "quarter", "of", "spring", "that", "year", "last",
    "4/2026", "2023-05-01", "1/10/2026", "\u2013", "-", ".", ",", "(", ")", "attack", "million",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
)


@given(TEXTS)
def test_a_field_never_raises_and_round_trips(text):
    if found := parse_field(text):
        assert parse_field(found.edtf) == parse_edtf(found.edtf) == found


@given(TEXTS)
def test_spans_lie_in_the_text_and_parse_again(text):
    found = find_dates(text)
    assert [value.start for value in found] == sorted(value.start for value in found)
    spans = [(value.start, value.end) for value in found]
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        quote = text[start:end]
        listed, relative = spans.count((start, end)) > 1, "year" in quote
        assert listed or relative or parse_field(quote) or parse_field(f"between {quote}") or find_dates(f"on {quote}")


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
@settings(max_examples=50)
def test_every_day_is_found_however_it_is_written(day):
    for text in (
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day:%Y-%m-%d}",
    ):
        (found,) = find_dates(f"told on {text}, it said")
        assert (found.date.earliest, found.date.latest, found.date.precision) == (day, day, "day")
        assert parse_field(text) == found.date


def test_a_day_that_is_given_is_a_date_and_a_moment_its_date():
    assert as_day(None) is None
    assert as_day(date(2026, 4, 8)) == date(2026, 4, 8)
    told = as_day(datetime(2026, 4, 8, 23, 30, tzinfo=UTC))
    assert (told, type(told)) == (date(2026, 4, 8), date)
    for wrong in ("2026-04-08", 2026):
        with pytest.raises(KGError, match=f"{wrong!r} is no date: give a datetime.date"):
            as_day(wrong)


def test_a_missing_date_is_none():
    pandas = pytest.importorskip("pandas", reason="pandas is optional")
    assert isinstance(pandas.NaT, date)
    with pytest.raises(KGError, match="NaT is no date"):
        as_day(pandas.NaT)
    assert as_day(pandas.Timestamp("2026-04-08 23:30")) == date(2026, 4, 8)


HOSTILE = [
    "1", "1 ", "between ", "between May and ", "May ", "in 2020 ", ",", "1/", "2020-", "May 5 to ", "early ", "(2020)",
    "since May 5\n", "May 1 \n", "5 and 5 ", "Monday, ", "2020 a b c d ", " ", "\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_finding_is_linear_in_hostile_text(unit):
    # A quarter of a second at most where it was measured; a reader that is not linear takes minutes.
    long = (unit * 150_000)[:150_000]
    start = time.perf_counter()
    find_dates(long)
    parse_field(long)
    assert time.perf_counter() - start < 8


def test_a_time_is_open_where_no_day_is():
    first, last = date(2020, 1, 1), date(2021, 5, 3)
    assert [time_text(*ends) for ends in ((first, last), (first, None), (None, last), (None, None))] == [
        "2020-01-01/2021-05-03", "2020-01-01/..", "../2021-05-03", "",
    ]  # fmt: skip


def test_no_word_that_begins_a_date_is_passed_over():
    anywhere = regex(_ATOM.pattern.replace(_BEGINS, ""), _ATOM.flags)
    texts = Path(__file__).parent / "quality" / "texts"
    told = "\n".join(path.read_text("utf-8") for path in sorted(texts.glob("*.jsonl"))[:8])
    found = [match.span() for match in _ATOM.finditer(told)]
    assert len({told[first : first + 3].lower() for first, _ in found}) > 100
    assert found == [match.span() for match in anywhere.finditer(told)]


def test_a_month_takes_the_year_of_a_season_or_a_quarter_as_it_is():
    for text, edtf in (("It began in Q4 2024. In March", "2024-03"), ("Since spring 2024. In December", "2024-12")):
        assert find_dates(text)[-1].date.edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Frühjahr 2024", "2024-21"), ("im Sommer 2024", "2024-22"), ("automne 2024", "2024-23"), ("im März 2025", "2025-03"),
        ("5. Sommer 2024", None),
    ],
)  # fmt: skip
def test_seasons_may_be_printed_in_other_languages(text, edtf):
    found = parse_field(text)
    assert (found and found.edtf) == edtf


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("2025-33", "Q1 2025"), ("2025-36", "Q4 2025"), ("2025-21", "spring 2025"), ("2025-24", "winter 2025"),
     ("2025-33~", "Q1 2025~"), ("2024-36/2025-33", "Q4 2024/Q1 2025"), ("2025-33/..", "Q1 2025/.."),
     *((same, same) for same in ("2025", "2025-03", "2025-03-21", "2025-03~", "XXXX-03-21", "", "item 2025-33", "2025-33-01"))],
)  # fmt: skip
def test_quarters_and_seasons_are_words_for_people(edtf, words):
    assert date_words(edtf) == words
