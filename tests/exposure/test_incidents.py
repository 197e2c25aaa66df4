from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from kg.errors import KGError
from kg.exposure.incidents import (
    Ripple,
    days_to_share,
    downstream_multiplier,
    kaplan_meier,
    monitor,
    ripple_statistics,
    ripples,
    sector_lift,
    time_to,
)

INCIDENTS = [
    Ripple("1", ("V",), ("a", "b", "c"), ("d",), 700, None),
    Ripple("2", ("W",), ("a", "b")),
    Ripple("3", ("W",), ("a",), (), 10, 20),
    Ripple("4", (), ("a", "b", "c")),
    Ripple("5", ("X",), ()),
]


def test_a_ripple_has_three_organizations():
    assert [one.incident for one in ripples(INCIDENTS)] == ["1", "2"]
    told = ripple_statistics(INCIDENTS)
    assert (told.events, told.receivers, told.mean, told.median, told.maximum) == (2, 6, 3, 3, 4)
    assert told.receivers_per_generator == 3
    assert ripple_statistics(INCIDENTS, confirmed=True).receivers == 5
    assert ripple_statistics([]).mean is None


def test_the_multiplier_keeps_the_unnamed_beside():
    told = downstream_multiplier(INCIDENTS)
    assert (told.breaches, told.confirmed, told.named) == (3, 2, 7 / 3)
    assert (told.unnamed_low, told.unnamed_high) == (710, None)
    assert downstream_multiplier(INCIDENTS[1:]).unnamed_high == 20
    assert downstream_multiplier([]).named is None


def test_lift_is_observed_over_expected():
    from scipy import stats  # takes half a second

    chance = random.Random(5)
    pairs = [(chance.choice("ABC"), chance.choice("XYZ")) for _ in range(60)]
    names = [sorted({pair[side] for pair in pairs}) for side in (0, 1)]
    observed = np.array([[pairs.count((a, b)) for b in names[1]] for a in names[0]])
    expected = stats.contingency.expected_freq(observed)
    for one in sector_lift(pairs):
        at = names[0].index(one.generator), names[1].index(one.receiver)
        assert (one.observed, one.expected) == (observed[at], pytest.approx(expected[at]))
        assert one.lift == pytest.approx(observed[at] / expected[at])
    assert sector_lift([]) == []


def test_kaplan_meier_of_a_published_trial():
    """Remission under 6-mercaptopurine (Freireich and others 1963), the example of many textbooks."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = kaplan_meier(ended + censored, [True] * 9 + [False] * 12)
    assert [(one.time, round(one.survival, 4)) for one in curve] == [
        (6, 0.8571), (7, 0.8067), (10, 0.7529), (13, 0.6902), (16, 0.6275), (22, 0.5378), (23, 0.4482),
    ]  # fmt: skip
    assert (time_to(0.5, curve), time_to(0.75, curve)) == (23, None)


@pytest.mark.filterwarnings("ignore:The confidence interval")  # scipy has none at the ends
def test_kaplan_meier_is_that_of_scipy():
    from scipy import stats

    for seed in range(200):
        chance = random.Random(seed)
        times = [float(chance.randrange(0, 12)) for _ in range(chance.randrange(1, 25))]
        ended = [chance.random() < 0.6 for _ in times]
        told = stats.ecdf(stats.CensoredData.right_censored(times, [not over for over in ended])).sf
        bounds = told.confidence_interval(method="log-log") if any(ended) and len(times) > 1 else None
        for one in kaplan_meier(times, ended):
            assert one.survival == pytest.approx(told.evaluate(one.time), abs=1e-9)
            assert one.low <= one.survival <= one.high
            if bounds is not None and 0 < one.survival < 1:
                assert one.low == pytest.approx(bounds.low.evaluate(one.time), abs=1e-9)
                assert one.high == pytest.approx(bounds.high.evaluate(one.time), abs=1e-9)


def test_all_ongoing_has_no_curve_and_no_median():
    assert kaplan_meier([3, 4], [False, False]) == []
    assert time_to(0.5, []) is None


def test_days_until_three_quarters_of_the_receivers_were_known():
    days = [date(2025, 1, day) for day in (2, 5, 9, 30)]
    assert days_to_share(date(2025, 1, 1), days) == 8
    assert days_to_share(date(2025, 1, 1), []) is None


def test_windows_have_bounds_where_a_date_is_known_by_month():
    on = date(2025, 3, 31)
    spans = [
        (date(2025, 3, 31), date(2025, 3, 31)),
        (date(2025, 3, 2), date(2025, 3, 2)),
        (date(2025, 3, 1), date(2025, 3, 1)),
        (date(2025, 3, 1), date(2025, 3, 31)),
        (date(2025, 4, 1), date(2025, 4, 1)),
        (date(2024, 1, 1), date(2024, 12, 31)),
    ]
    told = monitor(spans, on)
    assert [(one.days, one.low, one.high) for one in told.windows] == [(30, 2, 3), (60, 4, 4), (90, 4, 4), (180, 4, 5)]
    assert (told.velocity_low, told.velocity_high) == (0, 2)
    assert monitor([], on).windows[0].high == 0


def test_bad_input():
    for call in (
        lambda: kaplan_meier([1], []),
        lambda: kaplan_meier([-1], [True]),
        lambda: kaplan_meier([float("nan")], [True]),
        lambda: kaplan_meier([1], [True], confidence=1),
        lambda: monitor([(date(2025, 1, 2), date(2025, 1, 1))], date(2025, 1, 1)),
        lambda: monitor([], date(2025, 1, 1), [0]),
        lambda: days_to_share(date(2025, 1, 1), [], 0),
    ):
        with pytest.raises(KGError):
            call()
