"""Commands that read documents and write stores."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from shutil import which

from kg.commands import DONE, FINDINGS, command, opened
from kg.commands.options import given, refuse
from kg.errors import KGError
from kg.printing import print_exposure, print_report, print_set_aside, progress

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from kg.extract import Extractor
    from kg.extract.mapped.extractor import MappingExtractor
    from kg.model import Document

DEMO_FOCUS = "Meta"


@command("demo")
def _demo(args: Namespace) -> int:
    from kg.opening import build
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
    print_exposure(graph, graph.exposure(DEMO_FOCUS))
    page = graph.view(folder / "page.html", DEMO_FOCUS, hops=3)
    print(f"\nThe page: {page.resolve().as_uri()}")
    kg = "kg" if which("kg") else f"{quote(sys.executable)} -m kg"
    print(f"Ask more: {kg} exposure 'Coop Sweden' --store {quote(str(folder / 'breaches.kg'))}")
    return DONE


@command("build")
def _build(args: Namespace) -> int:
    from kg.store.build import Options, build

    _ask_model(args)
    if args.engine == "spark":
        refuse(args, "belongs to --engine local", "jobs")
    told = given(args, "input_format", "prune", "jobs", "known_on", "wait") | {"mapping": _mapping(args)}
    if args.engine == "spark":
        from kg.spark import engine, session

        told["engine"] = engine(session())
    report = build(args.inputs, args.store, Options(**told), progress=None if args.quiet else progress())
    if args.report:
        import json

        _write(args.report, json.dumps(report.as_dict(), indent=1, ensure_ascii=False) + "\n")
    print_report(report, quiet=args.quiet)
    if report.removed and not report.documents:
        print(f"kg: no document is left, of {report.removed:,}; the history keeps what was told", file=sys.stderr)
    return FINDINGS if report.quarantined else DONE


def _mapping(args: Namespace) -> MappingExtractor | None:
    """The extractor of the mapping file, where one is given."""
    if args.map is None:
        return None
    from kg.extract.mapped.extractor import mapped

    return mapped(args.map)


def _ask_model(args: Namespace) -> None:
    """Name the model of the arguments to the extractors, which may run in other processes and look into the environment."""
    import os

    from kg.extract.llm.asked import ENDPOINT, MODEL

    told = {ENDPOINT: args.llm_endpoint, MODEL: args.llm_model}
    if any(told.values()) and args.input_format != "prose":
        args.misused("--llm-endpoint and --llm-model are for --input-format prose")
    os.environ.update({name: value for name, value in told.items() if value})
    if args.input_format == "prose":
        from kg.extract.llm.service import service

        service()  # what is wrong with it is told before anything is read


@command("extract")
def _extract(args: Namespace) -> int:
    import json

    from kg.errors import DocumentError, UnknownFormatError
    from kg.extract import check_format, choose
    from kg.extract.reading import find, read

    _ask_model(args)
    if args.output and not args.explain:
        args.misused("-o is for --explain; the records go to standard output")
    status, mapping, explained = DONE, _mapping(args), []
    check_format(args.input_format, mapping)
    for found in find(args.inputs):
        try:
            document = read(found)
            records, whole = _records(choose(document, args.input_format, mapping, named=found.named), document)
        except DocumentError as error:
            if found.named:
                raise
            unknown = isinstance(error, UnknownFormatError)
            print(f"{'skipped' if unknown else 'quarantined'} {error}", file=sys.stderr)
            status = status if unknown else FINDINGS
            continue
        status = status if whole else FINDINGS
        if args.explain:
            explained.append((document.name, document.text, list(records)))
        else:
            for record in records:
                print(json.dumps(record, ensure_ascii=False))
    if args.explain:
        _explain(explained, args.output)
    return status


def _records(extractor: Extractor, document: Document) -> tuple[list[dict[str, Any]], bool]:
    """The records of a document, and whether none was set aside; those that were are told on standard error."""
    from kg.extract import extracted
    from kg.extract.records import as_json
    from kg.model import Defect

    records, whole = [], True
    for record in extracted(extractor, document):
        if isinstance(record, Defect):
            print_set_aside(document.name, record.place, record.reason)
            whole = False
            continue
        try:
            records.append(as_json(document.name, record))
        except Exception as error:  # noqa: BLE001 - records come from any extractor that is installed
            print_set_aside(
                document.name, f"record {record.number}", f"cannot be used: {type(error).__name__}: {error}"
            )
            whole = False
    return records, whole


def _explain(documents: list[tuple[str, str, list[dict[str, Any]]]], output: str | None) -> None:
    """Show documents with their facts, on the terminal or as a page."""
    from kg.explaining import as_page, as_text

    if output:
        _write(output, as_page(documents))
        return
    for document in documents:
        print(as_text(*document, colours=sys.stdout.isatty()), end="\n\n")


def _write(name: str, text: str) -> None:
    from kg.store.durable import failures, write_atomically

    with failures(Path(name)):
        write_atomically(Path(name), text)


@command("compact")
def _compact(args: Namespace) -> int:
    from kg.store.compacting import compact

    before, after = compact(args.store, wait=args.wait)
    print(f"{args.store}: {before:,} bytes before, {after:,} after")
    if read := [f"{one['generation']}" for one in opened(args).store.generations()[:-1]]:
        some = f"generation {read[0]} is" if len(read) == 1 else f"generations {', '.join(read)} are"
        print(f"kg: {some} still read by somebody, and will go with a later build", file=sys.stderr)
    return DONE
