"""What nobody would send brings no traceback and no hang: a small part of bench/fuzz.py's 100,000 inputs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FUZZ = Path(__file__).resolve().parents[2] / "bench" / "fuzz.py"
TRIED = 300


def test_no_input_of_any_kind_brings_a_traceback_or_a_hang() -> None:
    command = [sys.executable, str(FUZZ), "--inputs", str(TRIED), "--jobs", "1", "--patience", "60"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.splitlines()[-1] == f"{TRIED} inputs, seed 1: 0 tracebacks, 0 hangs"
    assert len(re.findall(r"^\w+: \d+ inputs: \d+ answered, \d+ refused, 0 tracebacks, 0 hangs", run.stdout, re.M)) == 8
