"""Gives comity inputs that nobody would send, of many kinds: no traceback, no silence, no hang.

    python bench/fuzz.py [--inputs N] [--kind NAME …] [--seed N] [--jobs N] [--only INDEX]

100,000 inputs by default, shared among the kinds as SHARES says. An input depends on the seed, its kind and its number
alone, so that `--kind dates --only 123` gives the one again that failed.

How an input fails: an exception that comity does not raise on purpose; a traceback, or a panic of a library, on the
error stream; an exit code that means nothing, or a refusal without a word; a status above 499 other than "busy"; more
than ten seconds. Ten seconds of processor time, that is, since other programs of the machine are no fault of comity's;
what waits without computing is ended after three, and what waits for a server's answer after ten seconds.

Each kind runs in processes of their own, that this one watches: a process that dies or stays silent is a failure of the
input that it had, and another goes on with the next.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from types import TracebackType

from fuzzed import KINDS, base

SHARES = {
    "documents": 30_000, "dates": 28_000, "names": 15_000, "settings": 2_000, "arguments": 10_000, "http": 10_000,
    "ledgers": 4_000, "mcp": 1_000,
}  # fmt: skip
"""How many of 100,000 inputs are of each kind: what takes long gets fewer."""
LIMIT = 10.0
"""Seconds of processor time for an input."""
SILENCE = 180.0
"""Seconds after which an input that neither ends nor computes is a hang."""
BEGINNING = 180.0
"""Seconds in which a process must be ready: the first to load the reader's model, or to start a server."""
SHOWN = 25
"""How many different failures are shown in full."""


class Hang(BaseException):
    """More processor time than an input may take. No `except Exception` of comity's takes it for its own."""


@dataclass
class Result:
    """What became of the inputs of one kind."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    """By the place where it went wrong: the number of each input, the input, and the report."""
    seconds: float = 0.0

    def failed(self, key: str, index: int, made: str, report: str) -> None:
        self.outcomes["hangs" if key.startswith("hang") else "tracebacks"] += 1
        self.failures.setdefault(key, []).append((index, made, report))


class Watched(AbstractContextManager["Watched"]):
    """Keeps whatever is raised within it, apart from the end of the program."""

    error: BaseException | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return not isinstance(error, KeyboardInterrupt)


def work(name: str, seed: int, indices: range, sending: Connection) -> None:
    """Runs the inputs of one kind and sends, for each, `begin` and how it ended."""
    os.setsid()  # so that what this process started ends with it
    signal.signal(signal.SIGPROF, _hang)
    with _complaints() as errors, KINDS[name]() as kind:
        sending.send(("ready", 0, "", ""))
        for index in indices:
            made = kind.make(Random(f"{seed} {name} {index}"))
            sending.send(("begin", index, _shown(made), ""))
            at = os.fstat(errors).st_size
            outcome = ""
            with Watched() as watched:
                signal.setitimer(signal.ITIMER_PROF, LIMIT)
                try:
                    outcome = kind.run(made)
                finally:
                    signal.setitimer(signal.ITIMER_PROF, 0)
            if watched.error is not None:
                sending.send(("failed", index, *_reported(watched.error)))
            elif b"Traceback" in (complaints := os.pread(errors, 1 << 20, at)) or b"panicked" in complaints:
                words = complaints.decode("utf-8", "replace")
                sending.send(
                    ("failed", index, f"on the error stream: {words.strip().splitlines()[-1][:80]}", words[-1500:])
                )
            else:
                sending.send((outcome, index, "", ""))
    sending.send(("end", 0, "", ""))


def _hang(number: int, frame: object) -> None:
    raise Hang(f"more than {LIMIT:.0f} s of processor time")


@contextmanager
def _complaints() -> Iterator[int]:
    """The error stream of this process, whoever writes to it, goes to a file; its standard output nowhere."""
    with tempfile.TemporaryFile() as file, open(os.devnull, "wb") as nowhere:
        os.dup2(file.fileno(), 2)
        os.dup2(nowhere.fileno(), 1)
        yield file.fileno()


def _reported(error: BaseException) -> tuple[str, str]:
    """Where an error came from, the same for each of its like, and its traceback's last lines."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/comity/" in frame.filename] or frames
    place = f"{ours[-1].filename.partition('/src/')[2] or Path(ours[-1].filename).name}:{ours[-1].lineno}"
    words = str(error).strip().splitlines() or [""]
    hang = "hang: " if isinstance(error, Hang | TimeoutError) else ""
    deep = f": {words[-1][:60]}" if "bench/fuzzed" in ours[-1].filename else ""
    return f"{hang}{type(error).__name__} at {place}{deep}", "".join(traceback.format_exception(error))[-1500:]


def _shown(made: object) -> str:
    words = repr(made)
    return words if len(words) <= 600 else f"{words[:400]} … {words[-150:]} ({len(words):,} characters)"


@dataclass
class Runner:
    """A process at work on inputs of one kind, and what it last said."""

    name: str
    seed: int
    indices: range
    result: Result
    index: int | None = None
    made: str = ""
    since: float = 0.0

    def start(self) -> None:
        self.receiving, sending = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.Process(target=work, args=(self.name, self.seed, self.indices, sending))
        self.process.start()
        sending.close()
        self.index, self.since = None, time.monotonic()

    def hears(self) -> bool:
        """Takes in one message; False when there is nothing more to do."""
        try:
            what, index, key, report = self.receiving.recv()
        except EOFError:
            self.process.join()
            self.end()
            return self._lost(f"the process died ({self.process.exitcode})")
        self.since = time.monotonic()
        match what:
            case "ready":
                pass
            case "begin":
                self.index, self.made = index, key
            case "end":
                self.process.join()
                return False
            case "failed":
                self.result.failed(key, index, self.made, report)
            case _:
                self.result.outcomes[what] += 1
        return True

    def overdue(self) -> bool:
        return time.monotonic() - self.since > (BEGINNING if self.index is None else SILENCE)

    def end(self) -> None:
        """Ends the process and whatever it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()

    def ended(self) -> bool:
        """Ends a process that hangs; False when there is nothing more to do."""
        self.end()
        return self._lost(f"hang: nothing for {SILENCE:.0f} s")

    def _lost(self, why: str) -> bool:
        """The input at hand has failed; the next process goes on after it."""
        if self.index is None:
            self.result.failed(f"{why} before the first input", -1, "", "")
            return False
        self.result.failed(why, self.index, self.made, "")
        self.indices = self.indices[self.indices.index(self.index) + 1 :]
        if not self.indices:
            return False
        self.start()
        return True


def fuzz(name: str, seed: int, indices: range, jobs: int) -> Result:
    """Runs the inputs of one kind by some processes."""
    result, began = Result(), time.monotonic()
    runners = [Runner(name, seed, part, result) for first in range(jobs) if (part := indices[first::jobs])]
    for runner in runners:
        runner.start()
    at_work = runners
    try:
        while at_work:
            heard = {id(ready) for ready in wait([runner.receiving for runner in at_work], timeout=1)}
            at_work = [
                runner
                for runner in at_work
                if (runner.hears() if id(runner.receiving) in heard else not runner.overdue() or runner.ended())
            ]
    finally:
        for runner in at_work:
            runner.end()
    result.seconds = time.monotonic() - began
    return result


def main() -> int:
    """1 when an input failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000, help="in all, shared among the kinds (default: 100,000)")
    parser.add_argument("--kind", action="append", choices=list(SHARES), help="only these kinds, with their shares")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one a core)")
    parser.add_argument(
        "--patience", type=float, default=10, help="seconds to wait for a server's answer (default: 10)"
    )
    parser.add_argument("--only", type=int, metavar="INDEX", help="one input of one --kind")
    options = parser.parse_args()
    multiprocessing.set_start_method("fork")  # the kinds are loaded once, and take over what is set here
    base.PATIENCE = options.patience
    with tempfile.TemporaryDirectory(prefix="comity-fuzz-") as folder:  # also of processes that are killed
        tempfile.tempdir = folder
        return report(options)


def report(options: argparse.Namespace) -> int:
    """Runs the kinds and prints their counts and failures; 1 when there are any."""
    results: dict[str, Result] = {}
    for name in options.kind or SHARES:
        count = max(1, round(SHARES[name] * options.inputs / sum(SHARES.values())))
        indices = range(count) if options.only is None else range(options.only, options.only + 1)
        result = results[name] = fuzz(name, options.seed, indices, options.jobs)
        print(line(name, len(indices), result), flush=True)
        for key, examples in list(result.failures.items())[:SHOWN]:
            index, made, trace = min(examples, key=lambda example: len(example[1]))
            again = f"--kind {name} --seed {options.seed} --only {index}"
            print(f"\n  {key} ({len(examples)} inputs; {again})\n  input: {made}")
            print("".join(f"    {words}\n" for words in trace.splitlines()[-14:]), flush=True)
    tried = sum(sum(result.outcomes.values()) for result in results.values())
    count = {kind: sum(result.outcomes[kind] for result in results.values()) for kind in ("tracebacks", "hangs")}
    print(f"{tried:,} inputs, seed {options.seed}: {count['tracebacks']} tracebacks, {count['hangs']} hangs")
    return int(any(count.values()))


def line(name: str, count: int, result: Result) -> str:
    """The counts of a kind."""
    shown = ", ".join(f"{result.outcomes[what]:,} {what}" for what in ("answered", "refused", "tracebacks", "hangs"))
    return f"{name}: {count:,} inputs: {shown}; {result.seconds:,.0f} s"


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
