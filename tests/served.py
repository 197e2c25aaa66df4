"""A graph that is served by a process of its own, for tests that talk to it over the wire."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

TOKEN = "correct-horse-battery-staple"
SITE = "https://dashboard.example"


@dataclass
class Served:
    """A running server: its address, its process, a client that keeps no state, and what it said on standard error."""

    url: str
    process: subprocess.Popen
    client: httpx.Client
    said: list[str]

    @property
    def endpoint(self):
        return f"{self.url}sparql"

    @property
    def place(self):
        parts = urlsplit(self.url)
        return parts.hostname, parts.port

    def ask(self, text, accept="application/sparql-results+json", **options):
        return self.client.post(self.endpoint, data={"query": text}, headers={"Accept": accept}, **options)

    def rows(self, text):
        told = self.ask(text)
        assert told.status_code == 200, told.text
        names = told.json()["head"]["vars"]
        return [tuple(row.get(name, {}).get("value") for name in names) for row in told.json()["results"]["bindings"]]

    def figure(self, name):
        """A figure of /metrics."""
        told = self.client.get(f"{self.url}metrics").text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in told if line.startswith((f"{name} ", f"{name}{{")))


@contextmanager
def served(store, *options: Any, script=None, command="serve", **environment: str):
    """Serve a store at a free port, by a command or by a script, until the block ends; then it has to end well."""
    words = ["-m", "kg", command, "--port", "0", "--store"] if script is None else [str(script)]
    process = subprocess.Popen(
        [sys.executable, *words, str(store), *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    said = []
    reading = threading.Thread(target=lambda: said.extend(process.stderr), daemon=True)
    reading.start()
    try:
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), said
        # A server that is short of room cuts idle connections first; so none is kept, to be used again while it is cut.
        with httpx.Client(timeout=60, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)) as client:
            yield Served(url, process, client, said)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            reading.join()
            process.stderr.close()
    assert process.returncode == 0, said
