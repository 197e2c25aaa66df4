"""What is counted of a served graph, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Counts:
    """The figures of one server.

    Attributes:
        requests: HTTP requests by route and status.
        seconds: how long queries took, without waiting, by how they ended (answered, cut, refused, stopped, busy, gone).
        running: queries that are being answered.
        waiting: queries that wait.
        generation: the generation of the store that is read.
        turns: changes to a new generation, by whether they succeeded.
    """

    def __init__(self) -> None:
        self._all = every = CollectorRegistry()
        ProcessCollector(registry=every)
        self.requests = Counter("kg_requests", "HTTP requests.", ["route", "status"], registry=every)
        self.seconds = Histogram(
            "kg_query_seconds", "Time to answer a query.", ["end"], registry=every, buckets=_SECONDS
        )
        self.running = Gauge("kg_queries_running", "Queries that are being answered.", registry=every)
        self.waiting = Gauge("kg_queries_waiting", "Queries that wait.", registry=every)
        self.generation = Gauge("kg_generation", "Generation of the store that is read.", registry=every)
        self.turns = Counter("kg_generation_turns", "Turns to a new generation.", ["end"], registry=every)

    def text(self) -> bytes:
        """Return the figures in the text format of Prometheus."""
        return generate_latest(self._all)
