"""Queries of ill will, and harmless ones that look like them.

URL stands for the address of a server that counts what it is asked (ESCAPED: with an escape in it), FILE for that of a
file, <GRAPH> for a graph of the store.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "the-canary-sings"


class Counting(ThreadingHTTPServer):
    """Counts connections; it answers as a SPARQL server and as a file of RDF."""

    hits = 0

    def get_request(self):
        self.hits += 1
        return super().get_request()


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = f'{{"head": {{"vars": ["s"]}}, "results": {{"bindings": [{{"s": {{"type": "literal", "value": "{SECRET}"}}}}]}}}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    do_POST = do_GET  # noqa: N815 - the server looks for these names

    def log_message(self, *_):
        pass


@contextmanager
def counting():
    """A server that counts what it is asked."""
    with Counting(("127.0.0.1", 0), Answering) as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


def write_canary(folder):
    """Write a file that no query may read."""
    path = folder / "canary.nt"
    path.write_text(f'<a:canary> <a:says> "{SECRET}" .\n', encoding="utf-8")
    return path


def filling(server, canary, graph):
    """Return what puts the addresses of a run into a query, and a graph of its store."""
    url = f"http://127.0.0.1:{server.server_port}/"
    ((name,),) = graph.query("SELECT ?g { GRAPH ?g { ?i bkg:breached ?v } } ORDER BY ?g LIMIT 1").rows

    def fill(text):
        told = text.replace("ESCAPED", url.replace("h", "\\u0068", 1)).replace("URL", url)
        return told.replace("<FILE>", f"<{canary.as_uri()}>").replace("<GRAPH>", f"<{name}>")

    return fill


def watching(server, canary, store):
    """Return what checks that nothing was asked, read or changed by what a surface was given."""
    before = digests(store), canary.read_bytes()
    server.hits = 0

    def check(told=""):
        assert server.hits == 0
        assert SECRET not in told
        assert (digests(store), canary.read_bytes()) == before

    return check


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def short(text):
    return text if len(text) < 80 else f"{text[:60]}...{len(text)}"


_GROUP = "{ ?s ?p ?o }"
_CALL = f"SERVICE <URL> {_GROUP}"
_SILENT = f"SERVICE SILENT <URL> {_GROUP}"

REFUSED = (
    # SERVICE as it comes, in every case and spacing.
    f"SELECT * {{ {_CALL} }}",
    f"SELECT * {{ {_SILENT} }}",
    f"SELECT * {{ service <URL> {_GROUP} }}",
    f"SELECT * {{ SeRvIcE sIlEnT <URL> {_GROUP} }}",
    f"SELECT*{{SERVICE<URL>{_GROUP}}}",
    f"SELECT * {{ SERVICESILENT<URL> {_GROUP} }}",
    f"SELECT * {{\rSERVICE\t<URL>\r\n{_GROUP} }}",
    f"SELECT * {{ ?a ?b ?c.SERVICE<URL> {_GROUP} }}",
    f"SELECT * {{ {{}} ?a ?b trueSERVICE <URL> {_GROUP} }}",
    f"SELECT * {{ SERVICE <FILE> {_GROUP} }}",
    f"SELECT * {{ SERVICE <ESCAPED> {_GROUP} }}",
    # Behind comments, and what only looks like one.
    f"SELECT * {{ SERVICE # here\n <URL> {_GROUP} }}",
    f"SELECT * {{ SERVICE #\n SILENT #\n <URL> {_GROUP} }}",
    f"SELECT * #\n{{ #'\n SERVICE #'\n <URL> {_GROUP} }}",
    f"SELECT * {{ # to the end of the line\r {_CALL} }}",
    f"SELECT * {{ ?s ?p '#' . {_CALL} }}",
    f"SELECT * {{ ?s <http://example.org/#> ?o . {_CALL} }}",
    f"SELECT * {{ ?s <http://example.org/\\u0041#> ?o . {_CALL} }}",
    # Between marks that one reading takes for a string and another does not.
    f"SELECT ('\\u0022' AS ?x) {{ {_CALL} FILTER(?z = \"a\") }}",
    f"SELECT * {{ ?a ?b ?c FILTER(?a<'>') {_CALL} FILTER(?b = 'x') }}",
    f"BASE <http://a/> SELECT * {{ ?x <it's> ?y {_CALL} FILTER(?a = 's') }}",
    f"SELECT * {{ ?s ?p '''it's''' . {_CALL} ?s ?p 'x' }}",
    f"SELECT * {{ ?s ?p '\\\\' . {_CALL} ?s ?p '' }}",
    f'SELECT * {{ ?s ?p """\\"""" . {_CALL} ?s ?p "" }}',
    # Named by a variable, a prefix, a base.
    f"SELECT * {{ VALUES ?x {{ <URL> }} SERVICE ?x {_GROUP} }}",
    f"SELECT * {{ BIND(<URL> AS ?x) SERVICE SILENT $x {_GROUP} }}",
    f"SELECT * {{ BIND(IRI(CONCAT('URL', '')) AS ?x) SERVICE ?x {_GROUP} }}",
    f"PREFIX a: <URL> SELECT * {{ SERVICE a: {_GROUP} }}",
    f"PREFIX : <URL> SELECT * {{ SERVICE:x {_GROUP} }}",
    f"PREFIX service: <URL> SELECT * {{ ?s service:p ?o . SERVICE service:x {_GROUP} }}",
    f"PREFIX service: <URL> PREFIX from: <URL> SELECT * {{ ?a ?b ?c . service service:from {_GROUP} }}",
    f"BASE <URL> SELECT * {{ SERVICE <sparql> {_GROUP} }}",
    # In every kind of query, and below everything that nests.
    f"ASK {{ {_CALL} }}",
    f"ASK {{ {_SILENT} }}",
    f"DESCRIBE ?s {{ {_CALL} }}",
    f"CONSTRUCT {_GROUP} WHERE {{ {_CALL} }}",
    f"SELECT * {{ OPTIONAL {{ {_CALL} }} }}",
    f"SELECT * {{ {_GROUP} UNION {{ {_SILENT} }} }}",
    f"SELECT * {{ ?s ?p ?o MINUS {{ {_CALL} }} }}",
    f"SELECT * {{ GRAPH ?g {{ {_CALL} }} }}",
    f"SELECT * {{ SERVICE <URL> {{ {_SILENT} }} }}",
    f"SELECT * {{ {{ SELECT * {{ {_CALL} }} }} }}",
    f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ ?s ?p ?o MINUS {{ {_SILENT} }} }} }} }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {_CALL} }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {_SILENT} }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER(!EXISTS {{ {{ SELECT * {{ {_CALL} }} }} }}) }}",
    f"SELECT (EXISTS {{ {_CALL} }} AS ?x) {{}}",
    f"SELECT * {{ BIND(IF(EXISTS {{ {_CALL} }}, 1, 2) AS ?x) }}",
    f"SELECT * {{ BIND(COALESCE(?u, EXISTS {{ {_SILENT} }}) AS ?x) }}",
    f"SELECT ?s {{ ?s ?p ?o }} GROUP BY ?s HAVING(EXISTS {{ {_CALL} }})",
    f"SELECT * {{ ?s ?p ?o }} ORDER BY (EXISTS {{ {_CALL} }})",
    f"SELECT * {{ ?s ?p ?o }} GROUP BY (EXISTS {{ {_CALL} }} AS ?x)",
    f"SELECT * {{ ?s ?p ?o LATERAL {{ {_CALL} }} }}",
    "SELECT * { " + "{ " * 50 + _CALL + " }" * 50 + " }",
    f"SELECT * {{ ?s ?p ?o }} LIMIT 1 VALUES ?x {{ 1 }} # \n{_CALL}",
    # In other letters.
    f"SELECT * {{ S\\u0045RVICE <URL> {_GROUP} }}",
    f"SELECT * {{ \\U00000053ERVICE <URL> {_GROUP} }}",
    f"SELECT * {{ SER\u200bVICE <URL> {_GROUP} }}",
    f"SELECT * {{ \u017fERVICE <URL> {_GROUP} }}",
    f"SELECT * {{ SERV\u0130CE <URL> {_GROUP} }}",
    f"SELECT * {{ {_CALL} }} # servzce servqce servxce servjce servkce servvce servwce",
    # FROM outside the store.
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <FILE> { ?s ?p ?o }",
    "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <FILE> FROM NAMED <URL> { ?s ?p ?o }",
    "SELECT * FROM <GRAPH> FROM NAMED <FILE> { ?s ?p ?o }",
    "SELECT * FROM # a\n NAMED # b\n <URL> { ?s ?p ?o }",
    "SELECT * from<URL>WHERE{ ?s ?p ?o }",
    "PREFIX a: <URL> SELECT * FROM a: { ?s ?p ?o }",
    "PREFIX from: <URL> SELECT * FROM from:from { ?from from:p 'FROM <GRAPH>' }",
    "BASE <URL> SELECT * FROM <x> { ?s ?p ?o }",
    "ASK FROM <URL> { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <URL> WHERE { ?s ?p ?o }",
    "CONSTRUCT FROM <URL> WHERE { ?s ?p ?o }",
    "DESCRIBE <URL> FROM <URL>",
    "SELECT * FR\\u004fM <URL> { ?s ?p ?o }",
    f"SELECT * FROM <URL> {{ {_CALL} }}",
    # Updates.
    "LOAD <URL>",
    "LOAD <FILE>",
    "load silent <URL>",
    "LOAD <URL> INTO GRAPH <GRAPH>",
    "LOAD SILENT <FILE> INTO GRAPH <http://example.org/new>",
    "# a comment\nPREFIX a: <URL>\nLOAD a:",
    "L\\u004fAD <URL>",
    "INSERT DATA { <a:b> <a:c> <a:d> }",
    "DELETE DATA { <a:b> <a:c> <a:d> }",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    f"INSERT {_GROUP} WHERE {{ {_CALL} }}",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } USING <URL> WHERE { ?s ?p ?o }",
    "WITH <GRAPH> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "BASE <http://a/> CLEAR ALL",
    "PREFIX a: <a:> DROP SILENT ALL",
    "CREATE GRAPH <http://example.org/new>",
    "COPY DEFAULT TO <http://example.org/new>",
    "MOVE <GRAPH> TO DEFAULT",
    "ADD <GRAPH> TO DEFAULT",
    "SELECT * { ?s ?p ?o } ; LOAD <URL>",
    "LOAD <URL> ; INSERT DATA { <a:b> <a:c> <a:d> }",
)
"""What reaches outside or writes: an error on every surface."""

EXHAUSTING = (
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g ?j",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?d && ?d = ?i && ?b = 1) }",
    "SELECT DISTINCT ?x { ?s (!<a:b>)* ?x . ?x (!<a:b>|^!<a:c>)+ ?y }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT ?x { ?s ?p ?o . ?t ?q ?r FILTER(REGEX(CONCAT(STR(?s), STR(?t)), '^(([a-z:/.]+)+)+$')) } ORDER BY ?x",
    f"SELECT * {{ FILTER(REGEX('{'a' * 5000}!', '^(a+)+$')) }}",
    f"SELECT * {{ FILTER(REGEX('a', '{'(' * 500}a{'{1,1000}){1,1000}' * 500}')) }}",
    "SELECT * { BIND('xxxxxxxxxxxxxxxx' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
    + " }",
    "SELECT * { " + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(10)))} }}" for n in range(12)) + " }",
    "ASK { " + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(9)))} }}" for n in range(12)) + " FILTER(?v0 > 9) }",
    "SELECT * { " + "{" * 100_000 + "}" * 100_000 + " }",
    f"SELECT ({'(' * 50_000}1{')' * 50_000} AS ?x) {{}}",
    f"SELECT * {{ FILTER({'!' * 200_000}true) }}",
    f"SELECT * {{ {'OPTIONAL { ' * 5_000}{'}' * 5_000} }}",
    f"SELECT * {{ VALUES ?x {{ {' '.join(f'<http://example.org/{n}>' for n in range(40_000))} }} }}",
    f"SELECT * {{ ?s ?p '{'x' * 1_000_000}' }}",
    f"SELECT * {{ ?s ?p ?o }} #{' SERVICE FROM' * 80_000}",
    f"SELECT * {{ {'?s ?p ?o . ' * 20_000} }}",
    f"PREFIX a: <a:>{' ' * 1_000_000}SELECT * {{}}",
    f"{'PREFIX a: <a:> ' * 50_000}x",
    f"SELECT * FROM <FILE> {{ ?s ?p '{' from' * 50_000}' }}",
    f"SELECT * {{ SERVICE <URL> {{ ?s ?p '{'service ' * 50_000}' }} }}",
)
"""What would take all the time, memory or stack: it ends within its limit of time, with an error or without."""

HARMLESS = (
    'SELECT * { ?s rdfs:label "SERVICE" }',
    "SELECT * { ?s rdfs:label '''LOAD\n'DROP' SERVICE <http://a/> { ''' }",
    "SELECT ('\\u0022 SERVICE' AS ?x) {}",
    "SELECT ('''it's a \"SERVICE\" ''' AS ?x) {}",
    "SELECT ?service ?from { ?service bkg:usesVendor ?from } ORDER BY ?service ?from",
    "SELECT * { ?a bkg:breached $SERVICE } ORDER BY ?SERVICE",
    "SELECT (COUNT(*) AS ?from) { ?s ?p ?o } # SERVICE <URL> { } FROM <URL>",
    "#LOAD <URL>\nSELECT (COUNT(*) AS ?n) { ?s ?p ?o } # DROP ALL",
    "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    "SELECT * { ?s <http://example.org/#SERVICE> ?o . ?o <URL> 'FROM' }",
    "PREFIX load: <a:> SELECT * { ?s load:from ?o ; bkg:service ?x }",
    "PREFIX service: <http://a/> SELECT * { ?s service:from/service:SERVICE ?o }",
    "PREFIX from: <http://a/> SELECT (from:service AS ?x) { }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { _:service ?p ?o . ?o ?from _:from } LIMIT 0",
    "ASK { FILTER('SERVICE'<'FROM') } # FROM <x>",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?s < ?o && ?o > ?s) }",
    "SELECT * { VALUES ?v {'''a'} SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } VALUES ?w {'b'''} }",
    "SELECT ?s (COUNT(?o) AS ?n) { { SELECT DISTINCT ?s ?o { ?s bkg:usesVendor ?o } } } GROUP BY ?s ORDER BY ?s",
    "SELECT DISTINCT ?v { ?c bkg:usesVendor+ ?v } ORDER BY ?v",
    "SELECT DISTINCT ?n { ?i (bkg:breached|^bkg:usesVendor)/rdfs:label ?n } ORDER BY ?n",
    "SELECT (COUNT(*) AS ?n) FROM <GRAPH> { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM # the word\n NAMED <GRAPH> { GRAPH ?g { ?s ?p ?o } FILTER('from' != 'FROM') }",
    "SELECT (COUNT(*) AS ?n) { GRAPH <GRAPH> { ?s ?p ?from } }",
    "CONSTRUCT { ?s bkg:usesVendor ?o } FROM <GRAPH> WHERE { ?s bkg:usesVendor ?o }",
    "DESCRIBE <http://example.org/service>",
)
"""What must be answered."""
