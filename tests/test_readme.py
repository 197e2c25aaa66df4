"""Every block of the README is run; `python tests/test_readme.py` writes the real output into it."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind):
    return [match[2] for match in BLOCK.finditer(README.read_text("utf-8")) if match[1] == kind]


@pytest.fixture
def desk(tmp_path):
    """A folder like a checkout, as far as the README's lines go, with `kg` on the path."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def environment():
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
    }


def played(block, folder):
    """The console block with the output that its commands really print."""
    out = []
    for line in (line for line in block.splitlines() if line.startswith("$ ")):
        done = subprocess.run(
            ["bash", "-c", line[2:]],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        out += [line + "\n", done.stdout]
    return "".join(out)


def test_console_blocks_and_python_sessions_print_what_is_shown(desk, monkeypatch):
    """All in one test: a reader meets them in order, and each stands on the stores that those before it built."""
    check = doctest.OutputChecker()
    for block in blocks("console"):
        got = played(block, desk)
        assert check.check_output(block, got, doctest.ELLIPSIS), f"wanted:\n{block}\ngot:\n{got}"
    monkeypatch.chdir(desk)
    for block in blocks("pycon"):
        test = doctest.DocTestParser().get_doctest(block, {}, "README", str(README), 0)
        report = []
        failed, tried = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
        assert tried
        assert not failed, "".join(report)


def test_python_blocks_work():
    for block in blocks("python"):
        space = {}
        exec(compile(block, "README", "exec"), space)
        extractor = space["LineExtractor"]()
        from kg.extract import Extractor
        from kg.extract.reading import document

        read = document("x.txt", b"breached: Acme\nbreached: Globex\n")
        assert isinstance(extractor, Extractor)
        assert extractor.recognizes(read)
        assert [record.parties[0].name for record in extractor.extract(read)] == ["Acme", "Globex"]


def test_every_command_is_documented():
    from kg.arguments import COMMANDS

    text = README.read_text("utf-8")
    assert [name for name in COMMANDS if f"`kg {name}" not in text] == []


def test_pictures_are_there():
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README.read_text("utf-8")):
        assert (ROOT / path).is_file(), path


def rewrite():
    """Put the real output under every command of the README; numbers that vary stay as `...`."""
    import tempfile

    text = README.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        for block in blocks("console"):
            real = played(block, folder)
            real = re.sub(r"\d+ claims, \d+ quads in [\d.]+ s", "... claims, ... quads in ... s", real)
            text = text.replace(block, real)
        os.chdir(folder)
        for block in blocks("pycon"):
            text = text.replace(block, session(block))
    README.write_text(text, "utf-8")


def session(block):
    """The session with the answers that Python gives."""
    import contextlib
    import io

    space, out = {}, []
    for example in doctest.DocTestParser().get_examples(block):
        lines = example.source.splitlines()
        out += [f">>> {lines[0]}", *(f"... {line}" for line in lines[1:])]
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(example.source, "<session>", "single"), space)
        except Exception as error:  # noqa: BLE001 - whatever the README shows
            told = f"{type(error).__module__}.{type(error).__name__}: {error}"
            printed.write(f"Traceback (most recent call last):\n{told}\n")
        out += printed.getvalue().splitlines()
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    rewrite()
