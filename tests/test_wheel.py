from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

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


def test_the_demo_runs_from_the_installed_wheel(wheel, tmp_path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    inside = next((home / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(inside)
    # The dependencies come from the environment the tests run in; the package from the wheel, which stands first.
    environment = {**os.environ, "PYTHONPATH": f"{inside}{os.pathsep}{packages}"}
    told = subprocess.run(
        [home / "bin/python", "-c", "import kg; print(kg.__file__)"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith(str(inside))
    done = subprocess.run(
        [home / "bin/python", "-m", "kg.cli", "demo"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Mercor" in done.stdout
    assert (tmp_path / "breachkg-demo" / "page.html").is_file()
