"""The house: imports point upstream only, no cycles, no junk drawers, everything public documented."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

KG = Path(__file__).resolve().parent.parent / "kg"
ROWS = (
    {"errors", "patterns", "version"},
    {"addresses", "checks"},
    {"dates", "date_phrases", "counts", "units", "amounts", "nouns", "names", "legal_forms"},
    {"model", "vocabulary", "client"},
    {"extract"},
    {"rdf"},
    {"resolve"},
    {"store"},
    {"query", "evidence"},
    {"remote"},
    {"dataset", "exposure", "tables", "changes"},
    {"competency", "view", "export"},
    {"reference", "serve"},
    {"validate"},
    {"graph"},
    {"opening"},
    {"spark", "mcp"},
    {"printing", "explaining"},
    {"arguments"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
"""Rooms from the source of the stream down; a room may import from rows above its own, and from itself."""
ROW = {room: number for number, rooms in enumerate(ROWS) for room in rooms}
MODULES = sorted(KG.rglob("*.py"))


def room(path):
    return path.relative_to(KG).parts[0].removesuffix(".py")


def imports(path):
    """Names of the modules of this package that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg":
            parts = (node.module or "").split(".")
            yield from ([parts[1]] if len(parts) > 1 else [alias.name for alias in node.names])
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kg."))


def test_every_module_has_a_room():
    assert {room(path) for path in MODULES} - {"__init__"} <= ROW.keys()


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p != KG / "__init__.py"], ids=lambda p: p.relative_to(KG).as_posix()
)
def test_imports_point_upstream(path):
    own = room(path)
    downstream = sorted(name for name in imports(path) if name != own and ROW[name] > ROW[own])
    assert downstream == []


def dotted(path):
    return ".".join(("kg", *path.relative_to(KG).with_suffix("").parts)).removesuffix(".__init__")


def test_no_module_is_in_a_cycle():
    """Imports at run time, module by module; those for type checking only do not count."""
    names = {dotted(path): path for path in MODULES}
    graph = {name: set(run_time_imports(path, names)) - {name} for name, path in names.items() if name != "kg"}
    done: set[str] = set()
    while free := [name for name, needs in graph.items() if name not in done and not (needs & graph.keys()) - done]:
        done.update(free)
    assert sorted(graph.keys() - done) == []


def run_time_imports(path, names):
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in names else node.module


EXTRACT = KG / "extract"
SHARED = {"json_in", "tabular", "llm"}
"""Packages that are no readers of a kind of document: what readers of several read with."""
READERS = {path.parent.name for path in EXTRACT.glob("*/__init__.py")} - SHARED
READ_AS = {
    ("mapped", "suppliers"): "a mapping tells the columns of a supplier table, which is read as any other",
    ("portal", "suppliers"): "the vendors of a portal stand in cells as the suppliers of a supplier table do",
    ("prose", "post"): "a post is read by its fields first, and its prose adds to them",
    ("unknown", "suppliers"): "what no reader recognizes is told by what it lacks for each",
    ("unknown", "supply_chain"): "the same",
    ("unknown", "veris"): "the same",
    ("__init__", "mapped"): "the reader that is found by a mapping file, and by no entry point",
}
"""(who, whom) -> why documents of one kind are read with the reader of another; all else that readers share stands beside them."""


def readers_imported(path):
    """(who, whom) for every package of a reader that a module of the extractors imports from, wherever in it, and is not in."""
    own = path.relative_to(EXTRACT).parts[0].removesuffix(".py")
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg.extract"):
            inner = (node.module or "").split(".")[2:3] or [alias.name for alias in node.names]
            yield from ((own, name) for name in inner if name in READERS and name != own)


def test_readers_of_one_kind_of_document_need_none_of_another():
    found = {pair for path in EXTRACT.rglob("*.py") for pair in readers_imported(path)}
    assert sorted(found - READ_AS.keys()) == []
    assert sorted(READ_AS.keys() - found) == [], "no longer so"


def test_no_junk_drawers_and_nothing_left_to_do():
    drawers = {"utils", "util", "helpers", "common", "base", "misc"}
    assert [path.name for path in MODULES if path.stem in drawers] == []
    marks = [path.name for path in MODULES if re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text("utf-8"))]
    assert marks == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(KG).as_posix())
def test_everything_public_is_documented_and_typed(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module"
    missing = [name for name, node in public(tree) if not ast.get_docstring(node)]
    assert missing == []


def public(node, prefix=""):
    for child in node.body:
        if isinstance(child, (ast.FunctionDef, ast.ClassDef)) and not child.name.startswith("_"):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{child.name}.")


def test_functions_stay_short():
    lengths = sorted(
        (node.end_lineno - node.lineno + 1, f"{path.name} {node.name}")
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[int(len(lengths) * 0.9)][0] <= 22
    assert lengths[-1][0] <= 80, lengths[-3:]


def test_modules_stay_readable():
    assert [path.name for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400] == []
