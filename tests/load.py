"""A bounded load on a served graph: every answer is checked."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from kg.competency import bound, questions
from kg.query import run

HEADERS = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}


@dataclass
class Poured:
    """What came back: seconds of every answer, and answers that were not as they should be."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[object] = field(default_factory=list)

    def percentile(self, share):
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    def __str__(self):
        p50, p99 = self.percentile(0.5) * 1000, self.percentile(0.99) * 1000
        return f"{len(self.seconds)} answers, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {len(self.wrong)} wrong"


def asked(running, graph, params=None):
    """Return text -> bytes of the answer of every competency question, checked against the graph at hand."""
    told = {}
    for one in questions():
        if one.state_at is None:
            given = {p.name: params[p.kind] for p in one.parameters if params and p.kind in params}
            text = bound(graph, one, given)
            answer = running.ask(text)
            local = run(graph.store, text)
            rows = answer.json()["results"]["bindings"]
            assert [[row.get(n, {}).get("value") for n in local.columns] for row in rows] == [
                [getattr(term, "value", None) for term in row] for row in local.terms
            ]
            told[text] = answer.content
    return told


def pour(running, wanted, *, connections, seconds, allowed=()):
    """Ask from several connections at once; `wanted` is text -> the right answer, or what tells; `allowed` other statuses."""
    poured, end = Poured(), time.monotonic() + seconds

    def ask(number):
        texts = list(wanted)
        connection = http.client.HTTPConnection(*running.place, timeout=120)
        while time.monotonic() < end:
            text = texts[number % len(texts)]
            number += 7
            begun = time.perf_counter()
            try:
                connection.request("POST", "/sparql", text.encode(), HEADERS)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException) as error:
                poured.wrong.append(repr(error))
                connection.close()
                continue
            if answer.status in allowed:
                continue
            poured.seconds.append(time.perf_counter() - begun)
            right = wanted[text]
            if answer.status != 200 or not (right(body) if callable(right) else body == right):
                poured.wrong.append((answer.status, text[:80], body[:200]))
        connection.close()

    threads = [threading.Thread(target=ask, args=(number * 3,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return poured


def own_memory(pid):
    """Bytes that a process holds in memory, its children left out, of whom there are now more, now fewer."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


def memory(pid):
    """Bytes that a process and its children hold in memory."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if pid in (int(folder.name), int(fields[1])):
                total += int((folder / "statm").read_text().split()[1]) * 4096
        except (OSError, IndexError):
            continue
    return total
