"""A short load; the long one is tests/bench/test_serving.py."""

from __future__ import annotations

from load import asked, pour
from served import served


def test_many_at_once_get_what_they_asked_for(demo_store, demo_graph):
    with served(demo_store, "--timeout", "20") as running:
        wanted = asked(running, demo_graph)
        poured = pour(running, wanted, connections=8, seconds=1.5)
        assert poured.wrong == []
        assert len(poured.seconds) > len(wanted)
        assert running.figure('kg_query_seconds_count{end="answered"}') == len(poured.seconds) + len(wanted)
