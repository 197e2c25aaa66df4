"""Statistics of incidents: ripples and sector lift, downstream multiplier, times with Kaplan-Meier, monitor windows.

All of it counts what documents name. A receiver is confirmed only if it is named and the document is sure of it; what an
actor claims alone is not.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import mean, median
from typing import TYPE_CHECKING

from kg.dates import days_before
from kg.errors import KGError
from kg.exposure.intervals import z_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

LEAST_ORGANIZATIONS = 3
"""Organizations from which on an incident with business links is a ripple (Cyentia, "Ripples Across the Risk Surface")."""
WINDOWS = (30, 60, 90, 180)


@dataclass(frozen=True, slots=True)
class Ripple:
    """One incident: where it happened, whom it reached and how surely, and the bounds of the unnamed others."""

    incident: str
    generators: tuple[str, ...]
    confirmed: tuple[str, ...]
    claimed: tuple[str, ...] = ()
    unnamed_low: int = 0
    unnamed_high: int | None = 0

    @property
    def receivers(self) -> tuple[str, ...]:
        """Return all that are named, confirmed or not."""
        return tuple(dict.fromkeys((*self.confirmed, *self.claimed)))


@dataclass(frozen=True, slots=True)
class RippleStatistics:
    """Receivers an event and for each generator; None where there is no event to count."""

    events: int
    receivers: int
    mean: float | None
    median: float | None
    maximum: int | None
    receivers_per_generator: float | None


def ripples(incidents: Iterable[Ripple]) -> list[Ripple]:
    """Return the incidents that are ripples: a generator, a receiver, and at least three organizations in all."""
    return [
        one
        for one in incidents
        if one.generators and one.receivers and len({*one.generators, *one.receivers}) >= LEAST_ORGANIZATIONS
    ]


def ripple_statistics(incidents: Iterable[Ripple], *, confirmed: bool = False) -> RippleStatistics:
    """Return mean, median and maximum of the named receivers of each ripple, of the confirmed ones alone if asked for."""
    found = ripples(incidents)
    counts = [len(one.confirmed if confirmed else one.receivers) for one in found]
    generators = {name for one in found for name in one.generators}
    if not counts:
        return RippleStatistics(0, 0, None, None, None, None)
    ratio = sum(counts) / len(generators)
    return RippleStatistics(len(found), sum(counts), mean(counts), median(counts), max(counts), ratio)


@dataclass(frozen=True, slots=True)
class Lift:
    """How often incidents passed from one sector to another, beside what independence would give; lift is their ratio."""

    generator: str
    receiver: str
    observed: int
    expected: float
    lift: float


def sector_lift(pairs: Iterable[tuple[str, str]]) -> list[Lift]:
    """Return the lift of every pair of sectors that was seen, the highest first; expected = row sum x column sum / total."""
    seen = Counter(pairs)
    rows, columns = Counter[str](), Counter[str]()
    for (generator, receiver), count in seen.items():
        rows[generator] += count
        columns[receiver] += count
    found = []
    for (generator, receiver), count in seen.items():
        expected = rows[generator] * columns[receiver] / seen.total()
        found.append(Lift(generator, receiver, count, expected, count / expected))
    return sorted(found, key=lambda one: (-one.lift, -one.observed, one.generator, one.receiver))


@dataclass(frozen=True, slots=True)
class Multiplier:
    """Receivers for each vendor breach that has any: the confirmed, all that are named, and the unnamed beside.

    `unnamed_high` is None where one of the groups has no printed upper bound.
    """

    breaches: int
    confirmed: float | None
    named: float | None
    unnamed_low: int
    unnamed_high: int | None


def downstream_multiplier(incidents: Iterable[Ripple]) -> Multiplier:
    """Return how many organizations downstream a vendor breach harmed (the count that Black Kite reports each year)."""
    found = [one for one in incidents if one.generators and (one.receivers or one.unnamed_high != 0)]
    highs = [one.unnamed_high for one in found]
    known = [high for high in highs if high is not None]
    return Multiplier(
        len(found),
        mean(len(one.confirmed) for one in found) if found else None,
        mean(len(one.receivers) for one in found) if found else None,
        sum(one.unnamed_low for one in found),
        sum(known) if len(known) == len(highs) else None,
    )


@dataclass(frozen=True, slots=True)
class Survival:
    """One step of a Kaplan-Meier curve: after `time`, the share that has not ended, with its bounds."""

    time: float
    at_risk: int
    events: int
    survival: float
    low: float
    high: float


def kaplan_meier(durations: Sequence[float], ended: Sequence[bool], confidence: float = 0.95) -> list[Survival]:
    """Return the share that lasts longer than each time at which anything ended (Kaplan and Meier 1958).

    Bounds are Greenwood's on the log-log scale (Kalbfleisch and Prentice 1980). What has not ended is censored: it is
    at risk up to its duration and never counted as an end.

    Raises:
        KGError: a duration is negative or not finite, or there are not as many ends as durations.
    """
    if len(durations) != len(ended):
        raise KGError(f"there are {len(durations)} durations and {len(ended)} ends")
    if any(not math.isfinite(one) or one < 0 for one in durations):
        raise KGError("every duration is finite and not negative")
    z, share, spread, curve = z_score(confidence), 1.0, 0.0, []
    for time in sorted({one for one, over in zip(durations, ended, strict=True) if over}):
        at_risk = sum(one >= time for one in durations)
        events = sum(one == time and over for one, over in zip(durations, ended, strict=True))
        share *= 1 - events / at_risk
        if share > 0:
            spread += events / (at_risk * (at_risk - events))
            width = z * math.sqrt(spread) / abs(math.log(share))
            low, high = share ** math.exp(width), share ** math.exp(-width)
        else:
            low = high = 0.0
        curve.append(Survival(time, at_risk, events, max(share, 0.0), low, high))
    return curve


def time_to(share: float, curve: Iterable[Survival]) -> float | None:
    """Return the first time by which a share has ended (0.5: the median), None if the curve does not come that far."""
    return next((one.time for one in curve if 1 - one.survival >= share - 1e-12), None)


def days_to_share(first: date, dates: Iterable[date], share: float = 0.75) -> int | None:
    """Return the days from the first report until a share of the receivers was known; None without any.

    Raises:
        KGError: the share is not above 0 and at most 1.
    """
    return day_of_share(((when - first).days for when in dates), share)


def day_of_share(days: Iterable[int], share: float = 0.75) -> int | None:
    """Return by how many days a share of some receivers was known, from the days that each took; None without any.

    Raises:
        KGError: the share is not above 0 and at most 1.
    """
    if not 0 < share <= 1:
        raise KGError(f"share is {share}; it is above 0 and at most 1")
    known = sorted(days)
    return known[math.ceil(share * len(known) - 1e-9) - 1] if known else None


@dataclass(frozen=True, slots=True)
class Window:
    """Incidents in the days up to one: those that certainly fall into it, and those that may."""

    days: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Monitor:
    """Incidents in each window, and the velocity n(0-30 days) - n(31-60 days), as bounds."""

    windows: tuple[Window, ...]
    velocity_low: int
    velocity_high: int


def monitor(spans: Iterable[tuple[date, date]], on: date, windows: Sequence[int] = WINDOWS) -> Monitor:
    """Return how many incidents lie in the windows that end on a day.

    Args:
        spans: the earliest and the latest day of every incident: a date that is known by month spans the month.
        on: the last day of every window; what is later does not count.
        windows: lengths in days.

    Raises:
        KGError: a window is shorter than a day, or a span ends before it begins.
    """
    told = list(spans)
    if any(begin > end for begin, end in told):
        raise KGError("an incident's latest day is before its earliest")
    if any(days < 1 for days in windows):
        raise KGError("a window is at least a day long")

    def within(newest: int, oldest: int) -> tuple[int, int]:
        low, high = days_before(on, oldest - 1), days_before(on, newest)
        sure = sum(low <= begin and end <= high for begin, end in told)
        return sure, sum(begin <= high and end >= low for begin, end in told)

    late, early = within(0, 30), within(30, 60)
    counted = tuple(Window(days, *within(0, days)) for days in windows)
    return Monitor(counted, late[0] - early[1], late[1] - early[0])
