"""Many cases of which an ordinary run tries some, and a slow one all."""

from __future__ import annotations

import pytest


def sampled(cases, every):
    """The cases as parameters of a test, tuples as several; all but each n-th, from the first on, are marked slow."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=[] if n % every == 0 else pytest.mark.slow)
        for n, case in enumerate(cases)
    ]
