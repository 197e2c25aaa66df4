from __future__ import annotations

import pytest
from served import served


@pytest.fixture(scope="session")
def server(demo_store):
    """The packaged examples, served."""
    with served(demo_store, "--timeout", "20") as running:
        yield running
    assert running.said == []
