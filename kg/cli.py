"""The command `kg`: each command makes one call and prints the answer; `kg.arguments` says what each takes.

Everything heavier than argparse is imported by the command that needs it.
"""

from __future__ import annotations

import os
import sys

from kg.arguments import parser
from kg.errors import KGError
from kg.printing import emit, print_exposure, print_quote, print_report, print_set_aside, progress

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from typing import Any

    from kg.extract.mapped import MappingExtractor
    from kg.graph import KnowledgeGraph

    Run = Callable[[Namespace], int]

DONE, FAILED, FINDINGS = 0, 1, 3
"""Exit statuses; argparse exits with 2 when the command is misused."""
DEMO_FOCUS = "Meta"
RUNS: dict[str, Run] = {}
"""Name of a command -> the function that runs it and returns the exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no "é" gets an escape, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = RUNS[args.command](args)
        sys.stdout.flush()
    except KGError as error:
        if args.debug:
            raise
        print(f"kg: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader went away (`kg ... | head`); there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        if args.debug:
            raise
        print(f"kg: {error.filename or 'the answer cannot be written'}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)
        return 130
    except Exception as error:
        if args.debug:
            raise
        told = " ".join(f"{type(error).__name__}: {error}".split())
        print(f"kg: this should not have happened: {told} (--debug shows where)", file=sys.stderr)
        return FAILED
    return status


def _command(name: str) -> Callable[[Run], Run]:
    """A decorator that makes a function run a command."""

    def listed(run: Run) -> Run:
        RUNS[name] = run
        return run

    return listed


def _open(args: Namespace) -> KnowledgeGraph:
    from kg.graph import open_graph

    return open_graph(args.store)


@_command("demo")
def _demo(args: Namespace) -> int:
    from pathlib import Path

    from kg.graph import build
    from kg.vocabulary import examples_dir

    folder = Path(args.output)
    examples = examples_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KGError(f"{folder}: cannot be made: {error.strerror}") from error
    graph = build([examples / "posts", examples / "suppliers.csv"], folder / "breaches.kg", progress=progress())
    if graph.report is not None:
        print_report(graph.report)
    print(f"\nWhat {DEMO_FOCUS} depends on, and what happened there:\n")
    print_exposure(graph, DEMO_FOCUS, depth=3)
    page = graph.view(folder / "page.html", DEMO_FOCUS, hops=3)
    print(f"\nThe page: {page.resolve().as_uri()}")
    print(f"Ask more: kg exposure 'Coop Sweden' --store {folder / 'breaches.kg'}")
    return DONE


@_command("build")
def _build(args: Namespace) -> int:
    from kg.store import build

    report = build(
        args.inputs,
        args.store,
        input_format=args.input_format,
        mapping=_mapping(args),
        prune=args.prune,
        progress=None if args.quiet else progress(),
    )
    if args.report:
        import json
        from pathlib import Path

        from kg.store.layout import failures, write_atomically

        with failures(Path(args.report)):
            write_atomically(Path(args.report), json.dumps(report.as_dict(), indent=1, ensure_ascii=False) + "\n")
    print_report(report, quiet=args.quiet)
    return FINDINGS if report.quarantined else DONE


def _mapping(args: Namespace) -> MappingExtractor | None:
    """The extractor of the mapping file, where one is given."""
    if args.map is None:
        return None
    from kg.extract.mapped import mapped

    return mapped(args.map)


@_command("extract")
def _extract(args: Namespace) -> int:
    import json

    from kg.errors import DocumentError, UnknownFormatError
    from kg.extract import choose, extracted
    from kg.extract.reading import find, read
    from kg.extract.records import as_json
    from kg.model import Defect

    status, mapping = DONE, _mapping(args)
    for found in find(args.inputs):
        try:
            document = read(found)
            extractor = choose(document, args.input_format, mapping, named=found.named)
        except DocumentError as error:
            if found.named:
                raise
            unknown = isinstance(error, UnknownFormatError)
            print(f"{'skipped' if unknown else 'quarantined'} {error}", file=sys.stderr)
            status = status if unknown else FINDINGS
            continue
        for record in extracted(extractor, document):
            if isinstance(record, Defect):
                print_set_aside(document.name, record.place, record.reason)
                status = FINDINGS
            else:
                print(json.dumps(as_json(document.name, record), ensure_ascii=False))
    return status


@_command("info")
def _info(args: Namespace) -> int:
    from kg.query import Table

    told = _open(args).info()
    rows: list[tuple[Any, ...]] = [
        ("store", told["store"]),
        ("generation", told["generation"]),
        ("quads", told["quads"]),
    ]
    rows += [(f"documents: {kind}", count) for kind, count in told["documents"].items()]
    rows += [(name, count) for name, count in told["classes"].items()]
    emit(args.format, Table(("what", "value"), rows), told)
    return DONE


@_command("formats")
def _formats(args: Namespace) -> int:
    from kg.extract import extractors
    from kg.query import Table

    found = extractors().values()
    rows: list[tuple[Any, ...]] = [(e.name, e.version, e.description) for e in found]
    emit(
        args.format,
        Table(("format", "version", "reads"), rows),
        [dict(zip(("format", "version", "reads"), row, strict=True)) for row in rows],
    )
    return DONE


@_command("query")
def _query(args: Namespace) -> int:
    if args.list:
        return _questions_listed(args)
    if args.param and not args.named:
        raise KGError("--param belongs to --named")
    graph = _open(args)
    if args.named:
        answer = graph.ask(args.named, dict(map(_parameter, args.param)))
    else:
        answer = graph.answer(_query_file(args.file) if args.file else args.text)
    if args.format == "json":
        print(answer.to_json(), end="")
    elif answer.table is None:
        print(answer.to_turtle(), end="")
    else:
        emit(args.format, answer.table, None)
    return DONE


def _query_file(name: str) -> str:
    from pathlib import Path

    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KGError(f"{name}: the query cannot be read: {error}") from error


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise KGError(f"--param takes NAME=VALUE, not {text!r}")
    return name.strip(), value


def _questions_listed(args: Namespace) -> int:
    from kg.competency import questions
    from kg.query import Table

    rows: list[tuple[Any, ...]] = [
        (q.id, q.title, ", ".join(f"{p.name}={p.default or ''}" for p in q.parameters), q.description)
        for q in questions()
    ]
    columns = ("question", "title", "parameters", "description")
    emit(args.format, Table(columns, rows), [dict(zip(columns, row, strict=True)) for row in rows])
    return DONE


@_command("exposure")
def _exposure(args: Namespace) -> int:
    graph = _open(args)
    answer = graph.exposure(
        args.organization, args.depth, only=args.exposure, valid_on=args.valid_on, to=args.to, all_paths=args.all_paths
    )
    if args.format == "table":
        print_exposure(graph, args.organization, answer=answer)
    else:
        emit(args.format, answer.table(), answer.as_dict())
    return DONE


@_command("blast-radius")
def _blast_radius(args: Namespace) -> int:
    graph = _open(args)
    answer = graph.blast_radius(args.vendor, args.depth, only=args.exposure, valid_on=args.valid_on)
    if args.format == "table" and not (answer.exposed or answer.unnamed or answer.unaffected):
        print(f"{answer.vendor.label}: no customer is known to the graph within this depth")
    else:
        emit(args.format, answer.table(), answer.as_dict())
    if args.format == "table":
        for found in (*answer.exposed, *answer.unnamed):
            print(f"\n{found.node.label}")
            for quote in graph.evidence.quotes(found.claims):
                print_quote(quote)
    return DONE


@_command("why")
def _why(args: Namespace) -> int:
    from kg.query import Table
    from kg.vocabulary import compact

    if len(args.terms) not in (2, 3):
        raise KGError("why takes SUBJECT [PREDICATE] OBJECT; put quotation marks around a name of several words")
    graph = _open(args)
    predicate = args.terms[1] if len(args.terms) == 3 else None  # noqa: PLR2004 - subject, predicate, object
    found = graph.why(args.terms[0], predicate, args.terms[-1])
    nodes = graph.projection.nodes
    if args.format == "table":
        for (subject, kind, obj), quotes in found:
            print(f"{nodes[subject].label} {kind} {nodes[obj].label}")
            for quote in quotes:
                print_quote(quote)
        return DONE
    told = [
        {"subject": s, "predicate": p, "object": o, "claims": [q.as_dict() for q in quotes]}
        for (s, p, o), quotes in found
    ]
    columns = (
        "subject",
        "predicate",
        "object",
        "quote",
        "document",
        "record",
        "source",
        "certainty",
        "basis",
        "confidence",
        "extractor",
        "iri",
    )
    rows: list[tuple[Any, ...]] = [
        (nodes[s].label, compact(p), nodes[o].label, q.quote, q.document, q.record, q.source, q.certainty, q.basis, q.confidence, q.extractor, q.iri)
        for (s, p, o), quotes in found for q in quotes
    ]  # fmt: skip
    emit(args.format, Table(columns, rows), told[0] if len(told) == 1 else told)
    return DONE


@_command("view")
def _view(args: Namespace) -> int:
    from pathlib import Path

    if args.hops < 0:
        raise KGError(f"hops is {args.hops}; it cannot be negative")
    print(_open(args).view(Path(args.output), args.focus, hops=args.hops, title=args.title))
    return DONE


@_command("export")
def _export(args: Namespace) -> int:
    from pathlib import Path

    from kg.export import export

    export(_open(args).store, args.to, Path(args.output))
    print(args.output)
    return DONE


@_command("ontology docs")
def _ontology_docs(args: Namespace) -> int:
    from pathlib import Path

    from kg.reference import write_docs

    print(write_docs(Path(args.output))[0])
    return DONE


if __name__ == "__main__":
    sys.exit(main())
