from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from kg.reference import write_docs

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_the_ontology_and_the_examples(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = {
        path.relative_to(ROOT).as_posix()
        for folder in ("kg", "ontology", "examples")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    wanted = {name if name.startswith("kg/") else f"kg/{name}" for name in tracked}
    assert wanted - names == set()
    assert not [name for name in names if not name.startswith(("kg/", "breachkg-"))]


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A function that runs the Python of an environment with the wheel in it."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False)
    packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    inside = next((home / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(inside)
    # The dependencies come from the environment the tests run in; the package from the wheel, which stands first.
    environment = {**os.environ, "PYTHONPATH": f"{inside}{os.pathsep}{packages}"}

    def run(folder, *arguments):
        command = [home / "bin/python", *arguments]
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run(home, "-c", "import kg; print(kg.__file__)").startswith(str(inside))
    return run


def test_the_demo_runs_from_the_installed_wheel(installed, tmp_path):
    assert "Mercor" in installed(tmp_path, "-m", "kg", "demo")
    assert (tmp_path / "breachkg-demo" / "page.html").is_file()


def test_the_ontology_is_documented_from_the_installed_wheel(installed, tmp_path):
    assert installed(tmp_path, "-m", "kg", "ontology", "docs", "-o", "docs") == "docs/index.html\n"
    write_docs(tmp_path / "here")
    here, there = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.html")} for name in ("here", "docs")
    )
    assert here == there
