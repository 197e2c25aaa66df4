from __future__ import annotations

from pathlib import Path

import pytest

import kg

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture(scope="session")
def everything(tmp_path_factory):
    """All data at hand in one build; only to be read."""
    return kg.build(DATA, tmp_path_factory.mktemp("all") / "all.kg")
