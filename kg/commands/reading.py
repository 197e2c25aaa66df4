"""Commands that show, check and hand on what is in a store."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.commands import DONE, FINDINGS, command, opened
from kg.commands.options import given, refuse
from kg.errors import KGError
from kg.printing import emit, emit_rows, print_validation
from kg.tables import printable

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date
    from typing import Any

    from kg.graph import KnowledgeGraph


@command("info")
def _info(args: Namespace) -> int:
    from kg.query import Table

    told = opened(args).info()
    # A server tells neither its generation nor what it takes on disk, and a file has no generations.
    rows: list[tuple[Any, ...]] = [
        (name, told[key])
        for name, key in (
            ("store", "store"),
            ("generation", "generation"),
            ("quads", "quads"),
            ("bytes on disk", "bytes"),
        )
        if told[key] or key == "quads"
    ]
    rows += [
        (f"generation {g['generation']}", f"known on {g['known_on']}, {g['documents']} documents, {g['quads']} quads")
        for g in told["generations"]
    ]
    rows += [(f"documents: {kind}", count) for kind, count in told["documents"].items()]
    if told["documents"]:
        rows += [(f"{name} told by documents", count) for name, count in told["told"].items()]
    rows += [(name, count) for name, count in told["classes"].items()]
    emit(args.format, Table(("what", "value"), rows), told)
    return DONE


@command("diff")
def _diff(args: Namespace) -> int:
    from kg.opening import open_graph

    given = args.generations
    if len(given) > 2:  # noqa: PLR2004 - from one to the other
        args.misused("diff takes two generations or days, from one to the other")

    def state(told: int | date | None = None) -> KnowledgeGraph:
        number, day = (told, None) if told is None or isinstance(told, int) else (None, told)
        return open_graph(args.store, number, as_of=day)

    new = state(*given[1:])
    if not given:
        before = [g["generation"] for g in new.store.generations() if g["generation"] < new.store.generation]
        if not before:
            latest = new.store.generation
            none = f"there is no generation before {latest}" if latest else "only the folder of a store has generations"
            raise KGError(f"{args.store}: {none}{'; a day may be given instead (YYYY-MM-DD)' if latest > 1 else ''}")
        given = before[-1:]
    found = new.changes_since(state(given[0]))
    if args.format == "table":
        days = not (isinstance(found.old, int) and isinstance(found.new, int))
        ends = " to ".join(f"generation {end}" if isinstance(end, int) else end for end in (found.old, found.new))
        ends = ends if days else f"generation {found.old} to {found.new}"
        if days and found.changes:
            print(f"from {ends}:")
        print("\n".join(printable(str(change)) for change in found.changes) or f"no fact changed from {ends}")
    else:
        emit(args.format, found.table(), found.as_dict())
    return DONE


@command("formats")
def _formats(args: Namespace) -> int:
    from kg.extract import extractors

    rows: list[tuple[Any, ...]] = [(e.name, e.version, e.description) for e in extractors().values()]
    emit_rows(args.format, ("format", "version", "reads"), rows)
    return DONE


@command("validate")
def _validate(args: Namespace) -> int:
    from kg.opening import open_graph
    from kg.validate import joined

    told = joined(
        open_graph(path).validate(documents=args.documents, limit=args.limit or None, engine=args.engine)
        for path in args.paths or [args.store]
    )
    if args.format != "table" or told.findings:
        emit(args.format, told.table(), told.as_dict())
    print_validation(told, sys.stdout if args.format == "table" else sys.stderr)
    return DONE if told.conforms(strict=args.strict) else FINDINGS


@command("view")
def _view(args: Namespace) -> int:
    from kg.view import write

    if args.site is not None:
        return _site(args)
    if args.focus is None:
        refuse(args, "belongs to --focus", "hops")
    graph = opened(args)
    marks = graph.marks(args.portfolio) if args.portfolio else None
    wanted = given(args, "as_of", "valid_on", "exposure", "title", "hops", "max_nodes")
    page = graph.page(args.focus, portfolio=marks, **wanted)
    write(page, Path(args.output))
    print(f"{args.output}: {len(page.nodes)} nodes, {len(page.edges)} relations")
    lost = marks.lost if marks else ()
    for told in lost:
        print(f"{args.portfolio}: {told}", file=sys.stderr)
    return FINDINGS if lost else DONE


def _site(args: Namespace) -> int:
    why = "goes with -o PAGE.html: a site shows everything"
    refuse(args, why, "focus", "hops", "max-nodes", "portfolio", "exposure", "valid-on")
    print(opened(args).site(Path(args.site), **given(args, "title", "as_of")))
    return DONE


@command("ontology docs")
def _ontology_docs(args: Namespace) -> int:
    from kg.reference import write_docs

    print(write_docs(Path(args.output))[0])
    return DONE
