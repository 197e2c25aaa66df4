"""Clients of ill will below HTTP: slow ones, endless ones, those that read nothing, those that go away."""

from __future__ import annotations

import re
import select
import socket
import time
from contextlib import ExitStack, suppress

import pytest
from served import served

from kg.serve.running import _listening

HEAD = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TOLERANCE = 10


def connect(running, data=""):
    connection = socket.create_connection(running.place, timeout=30)
    connection.sendall(data.encode())
    return connection


def answer(connection):
    """The status line that comes; "" for a connection that is closed without one."""
    with suppress(ConnectionError):
        return connection.recv(4096).partition(b"\r\n")[0].decode()
    return ""


def answers(running):
    return running.ask("ASK {}").status_code == 200


@pytest.fixture(scope="module")
def impatient(demo_store, tmp_path_factory):
    """A server that waits a second for a request, and has little room for long queries."""
    script = tmp_path_factory.mktemp("impatient") / "run.py"
    script.write_text(
        "import sys\nfrom kg.query import Limits\nfrom kg.serve import Settings, serve\n"
        "settings = Settings(limits=Limits(seconds=60), patience=1, concurrent=2)\n"
        "serve(sys.argv[1], port=0, settings=settings, ready=lambda url: print(url, flush=True))\n"
    )
    with served(demo_store, script=script) as running:
        yield running


def test_slow_heads_and_slow_bodies_are_cut(impatient):
    begun = time.monotonic()
    with ExitStack() as stack:
        silent = [stack.enter_context(connect(impatient)) for _ in range(20)]
        heads = [stack.enter_context(connect(impatient, "GET /sparql?query=ASK{} HT")) for _ in range(20)]
        bodies = [stack.enter_context(connect(impatient, f"{HEAD}Content-Length: 100\r\n\r\nASK")) for _ in range(20)]
        chunks = [
            stack.enter_context(connect(impatient, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n"))
            for _ in range(20)
        ]
        assert answers(impatient)
        assert {answer(one) for one in (*silent, *heads)} == {""}
        assert {answer(one) for one in (*bodies, *chunks)} == {"HTTP/1.1 408 Request Timeout"}
    assert time.monotonic() - begun < 1 + TOLERANCE
    assert answers(impatient)


def test_a_head_that_drips_is_cut(impatient):
    begun = time.monotonic()
    with connect(impatient, "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: localhost\r\n") as slow:
        with suppress(ConnectionError):
            while time.monotonic() - begun < TOLERANCE:
                slow.sendall(b"X: y\r\n")
                time.sleep(0.1)
        assert time.monotonic() - begun < TOLERANCE
    assert answers(impatient)


def test_more_connections_than_there_is_room_for(impatient):
    with ExitStack() as stack:
        for _ in range(400):
            stack.enter_context(connect(impatient, "GET / HTTP/1.1\r\n"))
        assert answers(impatient)


@pytest.mark.parametrize(
    "head",
    [
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: localhost\r\nX: " + "y" * 200_000 + "\r\n\r\n",
        "GET /sparql?query=ASK{} HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n" * 50_000 + "\r\n",
        f"GET /sparql?query={'x' * 200_000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "x" * 200_000,
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        f"{HEAD}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        f"{HEAD}Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        f"{HEAD}Content-Length: -1\r\n\r\n",
        f"{HEAD}Content-Length: 99999999999999999999\r\n\r\n",
        "\0\x01\x02\r\n\r\n",
    ],
    ids=lambda head: re.sub(r"\W+", "-", head[-60:]),
)
def test_heads_that_are_too_long_or_make_no_sense(impatient, head):
    with connect(impatient) as connection:
        with suppress(ConnectionError):
            connection.sendall(head.encode())
        assert re.fullmatch(r"(HTTP/1.1 4\d\d .*)?", answer(connection))
    assert answers(impatient)


def test_a_body_without_end_is_cut(impatient):
    with connect(impatient, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n") as connection:
        sent = 0
        with suppress(ConnectionError):
            while sent < 50_000_000:
                connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                sent += 65536
        assert sent < 50_000_000
    assert answers(impatient)


def test_a_query_ends_when_its_client_goes(impatient):
    before = impatient.figure("kg_query_seconds_count")
    with connect(impatient, f"{HEAD}Content-Length: {len(LONG)}\r\n\r\n{LONG}"):
        until(lambda: impatient.figure("kg_queries_running") == 1)
    begun = time.monotonic()
    until(lambda: impatient.figure("kg_queries_running") == 0)
    assert time.monotonic() - begun < 6
    assert impatient.figure("kg_query_seconds_count") == before + 1


def until(true):
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError


def test_long_queries_leave_room_for_quick_ones(impatient):
    """Two places, and room for eight that take long or wait for that: the ninth such is stopped, and quick ones go on."""
    sent = f"{HEAD}Content-Length: {len(LONG)}\r\n\r\n{LONG}"
    with ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(connect(impatient, sent))
            assert answers(impatient)
        until(lambda: impatient.figure("kg_queries_running") == 8)
        ninth = stack.enter_context(connect(impatient, sent))
        assert answers(impatient)
        told = ninth.recv(4096).decode().lower()
        assert told.startswith("http/1.1 503")
        assert "retry-after: 10\r\n" in told
        assert answers(impatient)


def test_too_many_that_wait_are_sent_away(impatient):
    """Two are answered, sixteen wait; the others are told to come again, and the server has time for other things."""
    sent = f"{HEAD}Content-Length: {len(LONG)}\r\n\r\n{LONG}"
    with ExitStack() as stack:
        crowd = [stack.enter_context(connect(impatient, sent)) for _ in range(30)]
        assert impatient.client.get(f"{impatient.url}healthz").status_code == 200
        told = []
        while len(told) < 6:
            ready, _, _ = select.select([one for one in crowd if one.fileno() >= 0], [], [], 20)
            assert ready
            for one in ready:
                told.append(one.recv(4096).decode().lower())
                one.close()
    assert {one[:12] for one in told} == {"http/1.1 503"}
    assert "retry-after: 1\r\n" in told[0]
    until(lambda: impatient.figure("kg_queries_running") == 0)
    assert answers(impatient)


def test_who_reads_nothing_keeps_nobody_waiting(impatient):
    text = "SELECT * { ?s ?p ?o }"
    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(connect(impatient, f"{HEAD}Content-Length: {len(text)}\r\n\r\n{text}"))
        for _ in range(3):
            assert answers(impatient)
    assert answers(impatient)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_no_answer_waits_for_the_client_to_acknowledge_its_head(host):
    with (
        _listening(host, 0) as listener,
        socket.create_connection(listener.getsockname()[:2], timeout=30),
        listener.accept()[0] as taken,
    ):
        assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
