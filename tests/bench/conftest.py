from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from kg.cli import COLLECTING

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def as_the_command_runs():
    """Look for cycles of objects as seldom as the command does."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTING)
    yield
    gc.set_threshold(*before)
