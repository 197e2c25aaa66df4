from __future__ import annotations

import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

import kg
from kg import exposure

HEAVY = ("rdflib", "networkx", "pyvis", "IPython", "pyoxigraph", "jinja2", "numpy", "scipy", "numba", "matplotlib")


def test_public_names_are_sorted_importable_and_documented():
    assert kg.__all__ == sorted(kg.__all__)
    for name in kg.__all__:
        thing = getattr(kg, name)
        assert inspect.getdoc(thing), name
        assert name in dir(kg)


def test_type_checkers_know_the_measures_that_are_loaded_when_used():
    read = ast.parse(Path(exposure.__file__).read_text())
    blocks = [one for one in read.body if isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING"]
    imports = [one for block in blocks for one in block.body if isinstance(one, ast.ImportFrom)]
    seen = {name.name: one.module for one in imports for name in one.names if one.module != "typing"}
    assert seen == {name: f"kg.exposure.{family}" for name, family in exposure._WHERE.items()}
    (listed,) = [one.value for one in read.body if isinstance(one, ast.Assign) and one.targets[0].id == "__all__"]
    assert ast.literal_eval(listed) == exposure.__all__ == sorted(exposure.__all__)
    assert seen.keys() <= set(exposure.__all__)


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(kg, "nonsense")


def loaded(code):
    """Which heavy modules a fresh interpreter has loaded after some code."""
    told = f"import sys\n{code}\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    return (
        subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
        .stdout.split("\n")[-2]
        .split()
    )


def test_importing_the_package_loads_nothing_heavy():
    assert loaded("import kg") == []


def test_help_loads_nothing_heavy():
    assert loaded("from kg.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass") == []


def cost(command):
    """Processor seconds of a command; user and system time, which are told apart by chance only."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def test_help_costs_at_most_four_bare_interpreters():
    """Each in turn, for the speed of a machine changes; the median of the ratios, for that of a moment does too."""
    pairs = [(cost([sys.executable, "-c", "pass"]), cost([sys.executable, "-m", "kg", "--help"])) for _ in range(11)]
    if min(bare for bare, _ in pairs) < 0.002:
        pytest.skip("this system counts processor time in steps too coarse to compare")
    assert median(helped / bare for bare, helped in pairs) <= 4
