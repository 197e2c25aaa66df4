"""Many cases of which an ordinary run tries some, and a slow one all."""

from __future__ import annotations

import pytest


def sampled(cases, every):
    """The cases as parameters of a test, tuples as several; all but each n-th, from the first on, are marked slow."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=[] if n % every == 0 else pytest.mark.slow)
        for n, case in enumerate(cases)
    ]


def alternating(firsts, seconds):
    """Every pair of both; an ordinary run tries each of the firsts with one of the seconds, in turn."""
    turns = len(seconds)
    return sampled(
        [(first, seconds[(n + turn) % turns]) for n, first in enumerate(firsts) for turn in range(turns)], turns
    )
