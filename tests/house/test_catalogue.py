"""The catalogues of translations are whole, and follow from the source."""

import subprocess
import sys

from .checkout import ROOT

COMMAND = [sys.executable, "docs/make_catalogue.py", "--check"]


def test_the_catalogues_are_those_of_the_source():
    done = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr + "run: uv run python docs/make_catalogue.py"
