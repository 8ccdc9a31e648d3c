"""Asks OSV (https://osv.dev) whether an advisory stands against a package of a lock, by means of pip-audit.

    python tools/advisories.py [--lock FILE] [--ignored FILE] [--service URL]

Exits with 0 where none does, 1 where one does, 2 where the lock can't be asked about. Where the service can't be
reached it says so and exits with 0: a machine without a way out can still check all else.

OSV is asked, not the package index: a mirror of the index that has packages alone answers "not found" for each of
them, which pip-audit takes for "nothing known".
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
SERVICE = "https://api.osv.dev/v1/query"
REACH = 5.0
"""Seconds in which the service must answer its first question."""
LIMIT = 60.0
"""Seconds for all the questions: some two hundred, one after the other."""


def main() -> int:
    """0 without an advisory, 1 with, 2 where pip-audit fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements-dev.txt")
    parser.add_argument("--ignored", type=Path, default=ROOT / "advisories.toml")
    parser.add_argument("--service", default=SERVICE)
    options = parser.parse_args()
    if not reachable(options.service):
        print("advisories: skipped, the advisory service cannot be reached")
        return 0
    ignored = standing(options.ignored, date.today())
    try:
        run = subprocess.run(
            audit(options.lock, options.service, ignored), capture_output=True, text=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"advisories: skipped, the advisory service takes longer than {LIMIT:.0f} s")
        return 0
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except json.JSONDecodeError:
        print(f"advisories: pip-audit failed\n{run.stderr}", file=sys.stderr)
        return 2
    return report(packages, ignored)


def reachable(service: str) -> bool:
    """Whether the service answers a question, through whatever proxy the environment names."""
    question = json.dumps({"package": {"name": "pip", "ecosystem": "PyPI"}, "version": "26.0"}).encode()
    try:
        with urlopen(Request(service, question, {"Content-Type": "application/json"}), timeout=REACH) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):  # no such host, no route, refused, too slow, an untrusted certificate, an error
        return False


def standing(file: Path, today: date) -> list[str]:
    """The advisories of the file that are ignored today: each has an `id`, a `reason` and a last day, `until`."""
    entries = tomllib.loads(file.read_text("utf-8")).get("ignored", [])
    return [entry["id"] for entry in entries if entry["reason"] and today <= entry["until"]]


def audit(lock: Path, service: str, ignored: list[str]) -> list[str]:
    """The command that asks about each package of a lock, without installing anything."""
    return [
        *(sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"),
        *("--vulnerability-service", "osv", "--osv-url", service, "--timeout", str(int(REACH))),
        *("--format", "json", "--progress-spinner", "off", "--desc", "on"),
        *(word for name in ignored for word in ("--ignore-vuln", name)),
    ]


def report(packages: list[dict[str, Any]], ignored: list[str]) -> int:
    """Prints the advisories, and says whether there are any; what could not be asked about is no clean package."""
    failed = 0
    for package in packages:
        if "skip_reason" in package:
            print(f"advisories: {package['skip_reason']}")
            failed = 2
    for package in packages:
        for advisory in package.get("vulns", []):
            words = " ".join(advisory["description"].split())
            print(f"advisories: {package['name']} {package['version']}: {advisory['id']}: {words[:200]}")
            failed = 1
    if not failed:
        count = f"{len(packages)} package{'s' if len(packages) != 1 else ''}"
        print(f"advisories: none against {count}{''.join(f', {name} ignored' for name in ignored)}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
