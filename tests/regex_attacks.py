"""What regular expressions cost on texts that are made to slow them, measured in a process that is killed if it hangs.

For each pattern there are texts of its own letters, words and repeated parts, over and over, with an end that makes it
fail. On the longest of them a linear pattern takes far less than a quadratic one can: what takes less than `_FLOOR` is
not measured further. Of what takes more, the cost at 1, 2 and 4 kB is compared, and what seems to grow faster than the
text is measured again at 4, 8 and 16 kB before it is called slow. What counts is processor time, the least of several
runs, so that a busy machine makes no difference.
"""

from __future__ import annotations

import multiprocessing
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from re import _constants as sre
from re import _parser
from typing import Any

from regex_growth import _REPEATS, _SAMPLES, Fault, _inner
from regexes import Regex

_SIZES = (1000, 2000, 4000)
_SURER = (4000, 8000, 16000)
_FLOOR = 0.0015  # seconds at 4 kB: the cheapest quadratic pattern takes some twice as much there
_GROWTH = 8.0  # times for a text four times as long: 4 is linear, 16 quadratic
_HOPELESS = 1.0  # seconds at 4 kB: no linear pattern takes a hundredth of it
_LONGEST = 5  # seconds of a clock for one pattern on texts of one kind, which take far less on any machine
_ENDS = ("", "\x00", "a ")
_RUNS = 3


@dataclass(frozen=True)
class Slow:
    """A pattern that takes longer and longer, or takes for ever, on a text."""

    regex: Regex
    why: str

    def __str__(self) -> str:
        return f"{self.regex.place} {self.why}: {self.regex.pattern[:200]!r}"


def attacks(pattern: str, flags: int, faults: list[Fault]) -> list[tuple[str, str]]:
    """Beginnings of texts, and what to repeat behind them: of a pattern's own letters and parts."""
    tree = _parser.parse(pattern, flags)
    pumps = dict.fromkeys((fault.prefix, fault.pump) for fault in faults)
    words = list(dict.fromkeys(_words(tree, "")))
    pumps |= dict.fromkeys(words)
    letters = list(dict.fromkeys(letter for _, word in words for letter in word))[:24]
    pumps |= dict.fromkeys(("", letter) for letter in letters)
    pumps |= dict.fromkeys(("", letter + more) for letter in letters[:8] for more in " ,'.-<(\n" if letter != more)
    return [pump for pump in pumps if pump[1]]


def _words(items: Any, before: str) -> Iterator[tuple[str, str]]:
    """For each repeat in a sequence what comes before it, and a text of it, with each of the letters it may have."""
    yield "", _text(items, 0)
    for op, value in items:
        rounds = value[1] if op in _REPEATS else 1
        if rounds is sre.MAXREPEAT or rounds > 3:
            for pick in range(3):
                yield before, _text(value[2], pick)
                yield "", before + _text(value[2], pick)
        for inner, _ in _inner(op, value, 0):
            if op not in (sre.ASSERT, sre.ASSERT_NOT) or value[0] > 0:
                yield from _words(inner, before)
        before += _text([(op, value)], 0)


def _text(items: Any, pick: int) -> str:
    """A text that a sequence matches, but for what it asserts."""
    text = ""
    for op, value in items:
        if op is sre.LITERAL:
            text += chr(value)
        elif op in (sre.IN, sre.ANY, sre.NOT_LITERAL):
            fitting = [letter for letter in _preferred(op, value) if _fits(letter, op, value)]
            text += fitting[pick % len(fitting)] if fitting else ""
        elif op is sre.BRANCH:
            text += _text(value[1][pick % len(value[1])], pick)
        elif op in _REPEATS:
            text += _text(value[2], pick) * max(value[0], 1)
        elif op not in (sre.ASSERT, sre.ASSERT_NOT):
            text += "".join(_text(inner, pick) for inner, _ in _inner(op, value, 0)[:1])
    return text


def _preferred(op: Any, value: Any) -> str:
    named = "".join(chr(held) for kind, held in value if kind is sre.LITERAL) if op is sre.IN else ""
    return f"aA0 {named}{_SAMPLES}"


_FITS: dict[str, Callable[[str], object]] = {}


def _fits(letter: str, op: Any, value: Any) -> bool:
    key = f"{op}{value}"
    if key not in _FITS:
        node = _parser.SubPattern(_parser.State(), [(op, value)])
        _FITS[key] = re._compiler.compile(node, re.UNICODE).match
    return _FITS[key](letter) is not None


def slow(regex: Regex, faults: list[Fault], begin: Callable[[], object] = lambda: None) -> str | None:
    """The text on which a pattern is slow, as words; None when it is on none.

    `begin` is called before each kind of text.
    """
    compiled = re.compile(regex.pattern, regex.flags)
    for prefix, pump in attacks(regex.pattern, regex.flags, faults):
        begin()
        for end in _ENDS:
            cost = _cost(compiled, regex.use, _repeated(prefix, pump, end, _SIZES[-1]))
            if cost > _HOPELESS:
                return f"takes {cost:.1f} s for {_SIZES[-1]} characters of {prefix!r} + {pump!r} × n + {end!r}"
            if cost < _FLOOR:
                continue
            for sizes in (_SIZES, _SURER):
                costs = [_least(compiled, regex.use, _repeated(prefix, pump, end, size)) for size in sizes]
                if costs[2] < max(_GROWTH * costs[0], _FLOOR):
                    break
            else:
                milliseconds = ", ".join(f"{cost * 1000:.1f}" for cost in costs)
                return f"takes {milliseconds} ms for {prefix!r} + {pump!r} × n + {end!r}"
    return None


def _repeated(prefix: str, pump: str, end: str, size: int) -> str:
    return prefix + pump * (size // len(pump)) + end


def _least(compiled: re.Pattern[str], use: str, text: str) -> float:
    return min(_cost(compiled, use, text) for _ in range(_RUNS))


def _cost(compiled: re.Pattern[str], use: str, text: str) -> float:
    begin = time.process_time()
    if use == "fullmatch":
        compiled.fullmatch(text)
    elif use == "match":
        compiled.match(text)
    else:
        compiled.sub("", text)  # looks from every place on, as search and finditer do
    return max(time.process_time() - begin, 1e-9)


def audit(regexes: list[tuple[Regex, list[Fault]]]) -> list[Slow]:
    """The slow ones of patterns; each is tried in a process that is killed when it takes too long."""
    context = multiprocessing.get_context("spawn")
    slow_ones, rest = [], list(regexes)
    while rest:
        ours, theirs = context.Pipe()
        worker = context.Process(target=_work, args=(theirs, rest), daemon=True)
        worker.start()
        theirs.close()
        try:
            while rest:
                answer = ours.recv()
                regex, _ = rest.pop(0)
                if answer is not None:
                    slow_ones.append(Slow(regex, answer))
        except EOFError:
            regex, _ = rest.pop(0)
            slow_ones.append(Slow(regex, f"takes more than {_LONGEST} s"))
        finally:
            worker.kill()
            worker.join()
    return slow_ones


def _work(pipe: Connection, regexes: list[tuple[Regex, list[Fault]]]) -> None:
    """Try patterns one after another; the alarm ends the process where a text takes too long.

    It is a clock's: with a limit on processor time the system counts that in steps too large to measure anything by.
    """
    for regex, faults in regexes:
        pipe.send(slow(regex, faults, lambda: signal.alarm(_LONGEST)))
