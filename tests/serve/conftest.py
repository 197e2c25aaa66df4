from __future__ import annotations

import pytest
from served import SITE, TOKEN, served


@pytest.fixture(scope="session")
def server(demo_store):
    """The packaged examples, served."""
    with served(
        demo_store, "--timeout", "60"
    ) as running:  # a page is drawn below all else, and waits where much else runs
        yield running
    assert running.said == []


@pytest.fixture(scope="session")
def guarded(demo_store):
    """A server with a token, another name, and a web site that may ask."""
    with served(demo_store, "--name", "graph.example", "--allow-origin", SITE, KG_TOKEN=TOKEN) as running:
        yield running
