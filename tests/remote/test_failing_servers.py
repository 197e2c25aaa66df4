"""Servers that fail, are slow, answer nonsense, or want to know who asks."""

from __future__ import annotations

import base64
import socket
import socketserver
import threading
import time
from contextlib import contextmanager, suppress

import httpcore
import pytest
from scripted import scripted

import kg
from kg.cli import main
from kg.client import Client
from kg.errors import KGError, LimitError, MissingExtraError, StoreError
from kg.query import Limits
from kg.remote.asking import RemoteGuard

YES = b'{"head": {}, "boolean": true}'
JSON = "application/sparql-results+json"
ASK = "ASK { ?s ?p ?o }"


@pytest.fixture
def server(monkeypatch):
    # Other tests of this room say who they are, to a server that wants to know.
    for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    with scripted(lambda _: (200, {"Content-Type": JSON}, YES)) as running:
        yield running


def ask(server, **limits):
    return RemoteGuard(Client(server.url)).answer(ASK, Limits(**limits))


@pytest.mark.parametrize(
    ("status", "headers", "body", "told"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>", "no SPARQL endpoint"),
        (200, {}, b"", "no SPARQL endpoint"),
        (200, {"Content-Type": JSON}, b"<html>", "cannot be read"),
        (200, {"Content-Type": JSON}, b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a"', "cannot be read"),
        (200, {"Content-Type": "text/turtle"}, b"nonsense", "cannot be read"),
        (400, {}, b"no such\nprefix", "status 400: no such prefix"),
        (500, {}, b"x" * 5000, "status 500: xxx"),
        (404, {}, b"", "status 404"),
        (503, {"Retry-After": "3"}, b"busy", "status 503: busy"),
        (302, {"Location": "https://elsewhere.example/"}, b"", "has moved to https://elsewhere.example/"),
        (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"", "wants to know who asks"),
    ],
)
def test_what_a_server_answers_wrongly_is_one_line(server, status, headers, body, told):
    server.answer = lambda _: (status, headers, body)
    with pytest.raises(KGError, match=told) as caught:
        ask(server)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 600
    assert str(caught.value).startswith(server.url)


def test_a_server_that_is_slow_or_answers_without_end(server):
    server.answer = lambda _: time.sleep(2) or (200, {"Content-Type": JSON}, YES)
    with pytest.raises(LimitError, match=r"no answer within 0.3 s"):
        ask(server, seconds=0.3)
    server.answer = lambda _: (200, {"Content-Type": JSON}, b" " * 2_000_000 + YES)
    with pytest.raises(LimitError, match="more than 1,000,000 bytes"):
        ask(server, size=1_000_000)

    def dripping(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            handler.close_connection = True
        return 200, {}, b""

    server.answer = dripping
    begun = time.monotonic()
    with pytest.raises(LimitError, match=r"no whole answer within 0.4 s"):
        ask(server, seconds=0.4)
    assert time.monotonic() - begun < 4


@contextmanager
def listening(handler, scheme="http"):
    """The address of a server that does what a handler of connections does."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield f"{scheme}://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()


@pytest.mark.parametrize(
    ("scheme", "head"),
    [("http", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 60), ("https", b"\x16\x03\x03\x10\x00" + b"\0" * 60)],
    ids=["headers", "encryption"],
)
def test_a_server_that_begins_slowly(scheme, head, capsys):
    """Each byte comes soon enough, of the headers and of what comes before them."""

    class Slow(socketserver.BaseRequestHandler):
        def handle(self):
            try:
                for byte in head:
                    self.request.sendall(bytes([byte]))
                    time.sleep(0.1)
            except OSError:
                left.set()

    left = threading.Event()
    with listening(Slow, scheme) as address:
        begun = time.monotonic()
        assert main(["query", ASK, "--store", address, "--timeout", "0.5"]) == 1
        assert time.monotonic() - begun < 4
        assert capsys.readouterr().err == f"kg: {address}: no answer within 0.5 s\n"
        assert left.wait(10), "the connection is closed"


def test_requests_are_independent_of_each_other(server):
    """One that is slow neither holds up another nor takes it along."""
    server.answer = lambda handler: (
        time.sleep(float(handler.headers["Seconds"]))
        or (200, {"Content-Type": JSON}, handler.headers["Seconds"].encode())
    )
    client, found = Client(server.url), []

    def send(asleep, seconds):
        try:
            found.append(client.send("POST", headers={"Seconds": asleep}, seconds=seconds).body)
        except LimitError:
            found.append(None)

    threads = [threading.Thread(target=send, args=told) for told in (("3", 0.5), ("1", 60), ("0", 60))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"0", None, b"1"]


def test_a_server_that_takes_a_request_slowly():
    class Slow(socketserver.BaseRequestHandler):
        def handle(self):
            with suppress(OSError):
                while self.request.recv(500_000):
                    time.sleep(0.1)

    with listening(Slow) as address:
        begun = time.monotonic()
        with pytest.raises(LimitError, match=r"no answer within 0.5 s"):
            Client(address).send("POST", body=b" " * 2**26, seconds=0.5)
        assert time.monotonic() - begun < 4


def test_all_addresses_of_a_server_have_one_time(monkeypatch):
    def nobody(_self, host, port, timeout, *_, **__):
        tried.append((host, port))
        time.sleep(min(timeout, 0.3))
        raise httpcore.ConnectTimeout

    tried = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"192.0.2.{last}", 80)) for last in range(9)]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", nobody)
    with pytest.raises(LimitError, match=r"no answer within 0.5 s"):
        Client("http://many.example/").send("GET", seconds=0.5)
    assert tried == [("192.0.2.0", 80), ("192.0.2.1", 80)]


def test_an_address_that_holds_for_one_network_is_asked_there(monkeypatch):
    def nobody(_self, host, *_, **__):
        tried.append(host)
        raise httpcore.ConnectError("refused")

    tried = []
    found = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1", 80, 0, 1))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", nobody)
    with pytest.raises(StoreError, match="refused"):
        Client("http://near.example/").send("GET", seconds=5)
    assert tried == [f"fe80::1%{socket.if_indextoname(1)}"]


@pytest.mark.parametrize("path", ["drip", "big"])
def test_opening_keeps_to_the_limits_of_a_query(server, path, capsys):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        try:
            for _ in range(60):
                handler.wfile.write(b" " * (1 if path == "drip" else 1_000_000))
                time.sleep(0.1 if path == "drip" else 0)
        except OSError:
            handler.close_connection = True
        return 200, {}, b""

    server.answer = endless
    begun = time.monotonic()
    assert main(["query", ASK, "--store", server.url, "--timeout", "0.5" if path == "drip" else "20"]) == 1
    assert ("within 0.5 s" if path == "drip" else "more than 33,554,432 bytes") in capsys.readouterr().err
    assert time.monotonic() - begun < 5


def test_a_page_and_a_reply_to_a_push_have_a_bound(server, monkeypatch):
    monkeypatch.setattr("kg.remote.holding.EVERYTHING", Limits(size=1000))
    store = kg.open(server.url).store
    server.answer = lambda _: (200, {"Content-Type": JSON}, b" " * 2000 + YES)
    with pytest.raises(LimitError, match="more than 1,000 bytes"):
        store.find("x:a")
    server.answer = lambda _: (200, {}, b" " * (2**25 + 1))
    with pytest.raises(LimitError, match="more than 33,554,432 bytes"):
        Client(server.url).send("POST")


def test_a_value_that_the_engine_cannot_read(server):
    told = b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "%s"}}]}}'
    server.answer = lambda _: (200, {"Content-Type": JSON}, told % (b"x" * 2**24))
    with pytest.raises(StoreError, match="cannot be read: a value in it, or a row of values, has more than 16 MiB"):
        ask(server)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (500, {}, "{} and \x1b]0;x\x07"),
        (302, {"Location": "http://else.example/?{}"}, ""),
        (200, {"Content-Type": "\x1b]0\x07{}"}, ""),
        (200, {"Content-Type": JSON}, '{{"head": "\x1b]0;x\x07{}'),
    ],
)
@pytest.mark.parametrize("secret", ["pass word", "dTpwYXNzIHdvcmQ=", "correct-horse"])
def test_what_a_server_says_is_harmless_and_tells_no_secret(server, status, headers, body, secret, monkeypatch, capsys):
    monkeypatch.setenv("KG_USER", "u")
    monkeypatch.setenv("KG_PASSWORD", "pass word")
    monkeypatch.setenv("KG_TOKEN", "correct-horse")
    filled = {name: value.format(secret) for name, value in headers.items()}
    server.answer = lambda _: (status, filled, body.format(secret).encode())
    assert main(["query", ASK, "--store", server.url]) == 1
    told = capsys.readouterr().err
    assert told.rstrip("\n").isprintable()
    assert secret.lower() not in told.lower()


def test_why_an_answer_is_cut_is_harmless(server, capsys):
    rows = b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}'
    headers = {"Content-Type": JSON, "Kg-Cut": "more\x1b]0;x\x07 rows"}
    server.answer = lambda _: (200, headers, rows if len(server.seen) > 1 else YES)
    assert main(["query", "SELECT ?a {}", "--store", server.url]) == 3
    assert capsys.readouterr().err == "kg: the answer has more]0;x rows; the rest is left out\n"


def test_nobody_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(StoreError, match=r"127\.0\.0\.1.*refused"):
            kg.open(f"http://127.0.0.1:{taken.getsockname()[1]}/sparql")


@pytest.mark.parametrize("wrong", ["http://", "https:///x", "http://a b/", "http://a..b/", "HTTP://127.0.0.1:1/x"])
def test_what_is_no_address(wrong, capsys):
    with pytest.raises(StoreError):
        kg.open(wrong)
    assert main(["info", "--store", wrong]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_user_and_password_are_told_but_not_shown(server, monkeypatch):
    told = "Basic " + base64.b64encode(b"me:pass word").decode()

    def locked(handler):
        if handler.headers.get("Authorization") != told:
            return 401, {"WWW-Authenticate": 'Basic realm="x"'}, b""
        return 200, {"Content-Type": JSON}, YES

    server.answer = locked
    address = server.url.replace("//", "//me:pass%20word@")
    client = Client(address)
    assert "pass" not in client.shown
    assert RemoteGuard(client).answer(ASK).boolean is True
    monkeypatch.setenv("KG_USER", "me")
    monkeypatch.setenv("KG_PASSWORD", "pass word")
    assert ask(server).boolean is True
    # Nothing is told before it is asked for.
    assert "Authorization" not in server.seen[0][0]


@pytest.mark.parametrize("mark", ["/", "?", "#"])
def test_a_password_that_looks_like_the_end_of_an_address_is_not_shown(mark, capsys):
    assert main(["info", "--store", f"http://me:pa@ss.invalid{mark}word@127.0.0.1:1/"]) == 1
    assert capsys.readouterr().err.startswith("kg: http://…@127.0.0.1:1/: ")


def test_a_token_is_told(server, monkeypatch):
    monkeypatch.setenv("KG_TOKEN", "t" * 20)
    ask(server)
    assert server.seen[0][0]["Authorization"] == f"Bearer {'t' * 20}"


def test_a_server_that_gives_a_part_only(held, monkeypatch):
    """Servers give so many rows at most, and some do not say so."""
    graph = kg.open(held("oxigraph").store.name)
    whole = RemoteGuard.asked

    def partly(self, text, limits, default=""):
        answer = whole(self, text, limits, default)
        return type(answer)(answer.columns, answer.terms[:40], boolean=answer.boolean)

    monkeypatch.setattr(RemoteGuard, "asked", partly)
    with pytest.raises(StoreError, match=r"gives 40 of \d+ rows"):
        _ = graph.projection


def test_pages_are_put_together(held, demo_graph, monkeypatch):
    monkeypatch.setattr("kg.remote.holding._PAGE", 37)
    graph = kg.open(held("oxigraph").store.name)
    assert graph.projection.edges == demo_graph.projection.edges


def test_without_the_extra(monkeypatch):
    monkeypatch.setattr("kg.remote.asking.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"breachkg\[remote\]"):
        kg.open("http://127.0.0.1:1/")
