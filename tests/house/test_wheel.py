"""The wheel has every module and data file of the rooms and nothing else, and works on its own."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from .checkout import ROOT, files, shipped, text

BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
"""What a build front end asks of the back end; run in the environment of the tests, so no index is needed."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Build the wheel from a copy, so that nothing that lies about in the checkout gets into it."""
    folder = tmp_path_factory.mktemp("wheel")
    source, out = folder / "source", folder / "out"
    for path in files():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, source / path)
    built = subprocess.run(
        [sys.executable, "-P", "-c", BUILD, str(out)], cwd=source, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return ZipFile(out / built.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def installed(wheel: ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel, as an installer does."""
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def read(wheel: ZipFile, name: str) -> str:
    """Return a file of the wheel's `.dist-info`."""
    path = next(path for path in wheel.namelist() if path.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode()


def test_every_file_of_the_rooms_is_in_it_and_nothing_else(wheel: ZipFile):
    inside = {path.removeprefix("concurrency_tui/") for path in wheel.namelist() if ".dist-info/" not in path}
    assert inside == set(shipped())


def test_its_files_are_those_of_the_checkout(wheel: ZipFile):
    for path in shipped():
        assert wheel.read(f"concurrency_tui/{path}") == (ROOT / path).read_bytes(), path


def test_its_metadata_says_what_pyproject_says(wheel: ZipFile):
    project = tomllib.loads(text("pyproject.toml"))["project"]
    metadata = Parser().parsestr(read(wheel, "METADATA"))
    assert metadata["Name"] == project["name"]
    assert metadata["Requires-Python"] == project["requires-python"]
    assert metadata["License-Expression"] == project["license"]
    assert metadata.get_all("Requires-Dist") == project["dependencies"]
    assert metadata.get_payload() == text("README.md")
    assert read(wheel, "licenses/LICENSE") == text("LICENSE")


def test_it_brings_the_command(wheel: ZipFile):
    scripts = ConfigParser()
    scripts.read_string(read(wheel, "entry_points.txt"))
    assert dict(scripts["console_scripts"]) == {"concurrency-tui": "concurrency_tui.tui.cli:main"}


def test_it_is_pure_python(wheel: ZipFile):
    assert "Root-Is-Purelib: true" in read(wheel, "WHEEL")


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the unpacked wheel's command line away from the checkout."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "concurrency_tui", *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_unpacked_it_has_every_lesson_of_the_checkout(installed: Path):
    listed = run(installed, "list", "--json")
    assert listed.returncode == 0, listed.stderr
    names = {lesson["name"] for lesson in json.loads(listed.stdout)}
    folders = {
        path.split("/")[1] for path in files() if path.startswith("scenarios/") and path.endswith("/lesson.toml")
    }
    assert names == folders


def test_unpacked_it_runs_a_lesson_from_its_own_files(installed: Path, tmp_path: Path):
    trace = tmp_path / "run.jsonl"
    ran = run(installed, "run", "traffic-light", "--json", "--trace", str(trace))
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["outcome"] == "finished"
    assert str(ROOT) not in trace.read_text(encoding="utf-8")
