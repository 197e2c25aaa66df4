"""The command `kg`: each command reads its arguments, makes one call, prints the answer.

Everything heavier than argparse is imported by the command that needs it.
"""

from __future__ import annotations

import argparse
import os
import sys

from kg.errors import KGError
from kg.printing import emit, print_exposure, print_quote, print_report, print_set_aside, progress

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from kg.graph import KnowledgeGraph

DONE, FAILED, FINDINGS = 0, 1, 3
"""Exit statuses; argparse exits with 2 when the command is misused."""
DEMO_FOCUS = "Meta"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no "é" gets an escape, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status: int = args.run(args)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Who is exposed through a breached vendor, to what, along which path, and how do we know?",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    demo = _command(commands, "demo", _demo, "build the packaged examples, show one company's exposure, write its page")
    demo.add_argument(
        "-o",
        "--output",
        default="breachkg-demo",
        metavar="FOLDER",
        help="folder for the store and the page (default: %(default)s)",
    )

    build = _command(commands, "build", _build, "read documents into the store")
    _inputs(build)
    _store(build)
    build.add_argument("--report", metavar="R.json", help="write the report as JSON to this file")
    build.add_argument(
        "--prune", action="store_true", help="retract documents under the inputs that are no longer there"
    )

    extract = _command(commands, "extract", _extract, "print the records of documents as JSON Lines, without a store")
    _inputs(extract)

    for name, run, text in (
        ("info", _info, "what is in the store"),
        ("formats", _formats, "the formats that can be read"),
    ):
        command = _command(commands, name, run, text)
        _format(command)
        if name == "info":
            _store(command)

    _questions(commands)
    return parser


def _questions(commands: Any) -> None:
    """The commands that ask a store and change nothing."""
    query = _command(commands, "query", _query, "ask in SPARQL")
    asked = query.add_mutually_exclusive_group(required=True)
    asked.add_argument("text", nargs="?", metavar="TEXT", help="the query")
    asked.add_argument("--file", metavar="F", help="a file with the query")
    asked.add_argument("--named", metavar="CQ04", help="a question of the ontology (see --list)")
    asked.add_argument("--list", action="store_true", help="the named questions and their parameters")
    query.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter of a named question"
    )
    _format(query)
    _store(query)

    exposure = _command(commands, "exposure", _exposure, "whom an organization depends on, and what happened there")
    exposure.add_argument("organization", metavar="ORG", help="name, alias, identifier or IRI")
    _measure(exposure)
    exposure.add_argument("--to", metavar="VENDOR", help="only the way to this vendor")
    exposure.add_argument("--all-paths", action="store_true", help="with --to: every path, not only a shortest")

    blast = _command(commands, "blast-radius", _blast_radius, "who is exposed through a vendor")
    blast.add_argument("vendor", metavar="VENDOR", help="name, alias, identifier or IRI")
    _measure(blast)

    why = _command(commands, "why", _why, "the quotes behind a statement")
    why.add_argument(
        "terms",
        nargs="+",
        metavar="SUBJECT [PREDICATE] OBJECT",
        help="names, identifiers or IRIs; the predicate may be left out",
    )
    _format(why)
    _store(why)

    view = _command(commands, "view", _view, "write an HTML page")
    view.add_argument("-o", "--output", required=True, metavar="PAGE.html")
    view.add_argument("--focus", metavar="NAME", help="what stands in the middle")
    view.add_argument(
        "--hops", type=int, default=2, metavar="N", help="how far around the focus (default: %(default)s)"
    )
    view.add_argument("--title", metavar="TEXT")
    _store(view)

    export = _command(commands, "export", _export, "write the graph for other tools")
    export.add_argument(
        "--to",
        required=True,
        choices=("nquads", "trig", "turtle", "jsonld", "graphml"),
        metavar="FORMAT",
        help="nquads, trig, turtle, jsonld or graphml",
    )
    export.add_argument("-o", "--output", required=True, metavar="FILE")
    _store(export)


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + "."
    )
    command.set_defaults(run=run)
    return command


def _inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, a folder, a pattern, or - for standard input"
    )
    command.add_argument("--input-format", metavar="F", help="read every input as this format (see `kg formats`)")


def _store(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store",
        default=os.environ.get("KG_STORE", "breaches.kg"),
        metavar="PATH",
        help="the store (default: $KG_STORE, else breaches.kg)",
    )


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="how to print (default: %(default)s)"
    )


def _measure(command: argparse.ArgumentParser) -> None:
    command.add_argument("--depth", type=int, default=3, metavar="N", help="the deepest tier (default: %(default)s)")
    command.add_argument("--exposure", choices=("confirmed", "potential"), help="only this kind")
    command.add_argument(
        "--valid-on", type=_day, metavar="D", help="only relationships in force on this day (YYYY-MM-DD)"
    )
    _format(command)
    _store(command)


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day (YYYY-MM-DD)") from error


def _open(args: argparse.Namespace) -> KnowledgeGraph:
    from kg.graph import open_graph

    return open_graph(args.store)


def _demo(args: argparse.Namespace) -> int:
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


def _build(args: argparse.Namespace) -> int:
    from kg.store import Options, build

    options = Options(input_format=args.input_format, prune=args.prune)
    report = build(args.inputs, args.store, options, progress=progress())
    if args.report:
        import json
        from pathlib import Path

        from kg.store.durable import failures, write_atomically

        with failures(Path(args.report)):
            write_atomically(Path(args.report), json.dumps(report.as_dict(), indent=1, ensure_ascii=False) + "\n")
    print_report(report)
    return FINDINGS if report.quarantined else DONE


def _extract(args: argparse.Namespace) -> int:
    import json

    from kg.errors import DocumentError, UnknownFormatError
    from kg.extract import choose, extracted
    from kg.extract.reading import find, read
    from kg.extract.records import as_json
    from kg.model import Defect

    status = DONE
    for found in find(args.inputs):
        try:
            document = read(found)
            extractor = choose(document, args.input_format)
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


def _info(args: argparse.Namespace) -> int:
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


def _formats(args: argparse.Namespace) -> int:
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


def _query(args: argparse.Namespace) -> int:
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


def _questions_listed(args: argparse.Namespace) -> int:
    from kg.competency import questions
    from kg.query import Table

    rows: list[tuple[Any, ...]] = [
        (q.id, q.title, ", ".join(f"{p.name}={p.default or ''}" for p in q.parameters), q.description)
        for q in questions()
    ]
    columns = ("question", "title", "parameters", "description")
    emit(args.format, Table(columns, rows), [dict(zip(columns, row, strict=True)) for row in rows])
    return DONE


def _exposure(args: argparse.Namespace) -> int:
    graph = _open(args)
    answer = graph.exposure(
        args.organization, args.depth, only=args.exposure, valid_on=args.valid_on, to=args.to, all_paths=args.all_paths
    )
    if args.format == "table":
        print_exposure(graph, args.organization, answer=answer)
    else:
        emit(args.format, answer.table(), answer.as_dict())
    return DONE


def _blast_radius(args: argparse.Namespace) -> int:
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


def _why(args: argparse.Namespace) -> int:
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


def _view(args: argparse.Namespace) -> int:
    from pathlib import Path

    if args.hops < 0:
        raise KGError(f"hops is {args.hops}; it cannot be negative")
    print(_open(args).view(Path(args.output), args.focus, hops=args.hops, title=args.title))
    return DONE


def _export(args: argparse.Namespace) -> int:
    from pathlib import Path

    from kg.export import export

    export(_open(args).store, args.to, Path(args.output))
    print(args.output)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
