"""The command `kg`: reads the command line, runs one command of `kg.commands`, and says in one line what failed."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from kg.arguments import judging, measuring, parser, sharing  # noqa: F401 - to import a family lists its commands
from kg.errors import KGError

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final


COLLECTING: Final = (200_000, 20, 100)
"""How seldom cycles of objects are looked for: a build makes many that stay and hardly a cycle, and to look as often as by default took a tenth of an update."""


def _open_streams() -> None:
    """Give the streams that were closed (`kg ... >&-`), which are None, an end without anything, in the order of their numbers."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - no pathlib for one name; stays open


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    gc.set_threshold(*COLLECTING)
    # What still lives when the process ends is not searched for cycles once more, which took another tenth.
    atexit.register(gc.freeze)
    _open_streams()
    # The graphs are sparse and the texts short: more threads for linear algebra take longer to start than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = sys.argv[1:] if argv is None else argv
    args = parser(words).parse_args(words)
    # What runs is loaded once the line is understood, so that `kg --help` stays fast.
    from kg.commands import FAILED, RUNS, asking, building, judging, measuring, reading, sharing  # noqa: F401, F811 - the same

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
        _tell(str(error))
        return FAILED
    except BrokenPipeError:
        # The reader went away (`kg ... | head`); there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        if args.debug:
            raise
        _tell(f"{error.filename or 'the answer cannot be written'}: {error.strerror or error}")
        return FAILED
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)
        return 130
    except Exception as error:
        if args.debug:
            raise
        _tell(f"this should not have happened: {type(error).__name__}: {error} (--debug shows where)")
        return FAILED
    return status


def _tell(why: str) -> None:
    """Say what failed; it may be in the words of a document or of a server."""
    from kg.tables import printable

    print(f"kg: {printable(why)}", file=sys.stderr)
