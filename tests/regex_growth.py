"""Whether a regular expression takes time that grows faster than the text: judged from its structure alone.

Theory. Python matches by trying one way after another. Its time on a text that fails in the end is the number of ways
in which beginnings of the text can be read. A pattern is an automaton whose states are the places of its characters,
and the number of ways grows

- exponentially, when one loop can read a word in two ways: `(a+)+`, `(?:a|a)*`;
- with a power of the length, when a word can be read in a first loop, in a second, and from the first to the second:
  `a*a*`. Looking for a match from every place on is a first loop that reads anything: `\\s+$` is `.*\\s+$`, and
  therefore quadratic on spaces (Weideman et al., "Analyzing matching time behavior of backtracking regular expression
  matchers by using ambiguity of NFA", 2016).

Neither does harm where a second loop can't fail: `a*` at the end of a pattern is left with success, whatever follows;
and where each round of it passes a place at which the pattern may end, its failure goes back to the last of them only.

The automaton is that of Glushkov, with edges counted as often as they arise. Characters are put into classes that the
pattern can't tell apart. Assertions of one character (`\\b`, `(?<!\\w)`, `^`) are kept exactly, as the pairs of
characters between which an edge may be taken: they are what makes a search linear. So is the end of a possessive
repeat of one class: it is left only where the class ends. Whatever else is asserted is taken to hold, and other atomic
groups are taken to be left in one way only: the judgement may be too strict, not too mild. A bounded repeat is written
out; one of more than `_UNROLLED`, or of more than `_ROUNDS` rounds that loop themselves, counts as unbounded.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from re import _compiler, _parser
from re import _constants as sre
from typing import Any

_UNROLLED = 128
_ROUNDS = 4
_WAYS = 3  # of passing over a part: more are not told apart
_SAMPLES = (
    "aébzAZÉß㐀0159²٣_ \t\n\r\f\x0b\x1c\x85\xa0\u2028\x00\x1f\x7f!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~’“”«»–—…€𐐀\ue000"
)

Guard = tuple[int, ...]
"""For each class of the character before, the classes of the character behind that may follow, as bits."""


@dataclass(frozen=True)
class Fault:
    """A way to make a pattern slow: `prefix`, then `pump` many times, then what makes it fail."""

    kind: str
    prefix: str
    pump: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.prefix!r} + {self.pump!r} × n"


@dataclass
class _Part:
    """A part of a pattern: how it is passed over without a character, begun and ended."""

    nulls: list[Guard] = field(default_factory=list)
    first: list[tuple[int, Guard]] = field(default_factory=list)
    last: list[tuple[int, Guard]] = field(default_factory=list)


class Automaton:
    """The automaton of a pattern; state 0 is where the search stands."""

    def __init__(self, pattern: str, flags: int, use: str) -> None:
        tree = _parser.parse(pattern, flags)
        self._flags = tree.state.flags
        self._tree = tree
        self._matches: dict[tuple[str, int], frozenset[str]] = {}
        self.letters = self._alphabet()
        self.any = (1 << len(self.letters)) - 2  # class 0 is no character: the beginning or end of the text
        self.free: Guard = ((1 << len(self.letters)) - 1,) * len(self.letters)
        self.masks = [self.any]
        self.edges: list[list[tuple[int, Guard]]] = [[]]
        self.atoms: list[frozenset[int]] = [frozenset()]
        self._groups: dict[int, tuple[Any, int]] = {}
        self._inside: frozenset[int] = frozenset()
        self._atomic = 0
        whole = self._sequence(tree, self._flags)
        self.accepts: list[list[Guard]] = [[] for _ in self.masks]
        end = self._behind(1) if use == "fullmatch" else self.free
        for state, guard in whole.last:
            self.accepts[state].append(self._both(guard, end))
        self.edges[0] = [(state, guard) for state, guard in whole.first]
        if use == "search":
            self.edges[0].append((0, self.free))

    # --- characters

    def _alphabet(self) -> list[str]:
        """One character of each class that the pattern tells apart, after an empty one for the text's ends."""
        nodes = list(dict.fromkeys(self._nodes(self._tree, self._flags)))
        letters = set(_SAMPLES)
        for op, value, _ in nodes:
            letters |= set(_mentioned(op, value))
        letters |= {case for letter in letters for case in (letter.lower(), letter.upper()) if len(case) == 1}
        self._letters = sorted(letters, key=lambda letter: (letter not in _SAMPLES, letter))
        word, digit = re.compile(r"\w"), re.compile(r"\d")
        classes: dict[tuple[bool, ...], str] = {}
        sets = [self._matching(*node) for node in nodes]
        for letter in self._letters:
            told = (bool(word.match(letter)), bool(digit.match(letter)), letter.isspace(), letter == "\n")
            classes.setdefault((*told, *(letter in each for each in sets)), letter)
        return ["", *classes.values()]

    def _matching(self, op: Any, value: Any, flags: int) -> frozenset[str]:
        """The letters that a node of one character matches, as `re` itself sees it."""
        key = (f"{op}{value}", flags)
        if key not in self._matches:
            node = _parser.SubPattern(_parser.State(), [(op, value)])
            match = _compiler.compile(node, flags & ~re.DEBUG).match
            self._matches[key] = frozenset(letter for letter in self._letters if match(letter))
        return self._matches[key]

    def _mask(self, op: Any, value: Any, flags: int) -> int:
        matching = self._matching(op, value, flags)
        return sum(1 << number for number, letter in enumerate(self.letters) if letter in matching)

    def _nodes(self, items: Iterable[Any], flags: int) -> Iterator[tuple[Any, Any, int]]:
        for op, value in items:
            if op in _SINGLE:
                yield op, tuple(value) if isinstance(value, list) else value, flags
            for inner, changed in _inner(op, value, flags):
                yield from self._nodes(inner, changed)

    # --- building

    def _state(self, mask: int) -> int:
        self.masks.append(mask)
        self.edges.append([])
        self.atoms.append(self._inside)
        return len(self.masks) - 1

    def _sequence(self, items: Iterable[Any], flags: int) -> _Part:
        part = _Part([self.free])
        for op, value in items:
            part = self._joined(part, self._part(op, value, flags))
        return part

    def _joined(self, left: _Part, right: _Part) -> _Part:
        for state, out in left.last:
            self._link(state, out, right.first)
        first = left.first + [
            (q, both) for null in left.nulls for q, into in right.first if (both := self._both(null, into))
        ]
        last = right.last + [
            (p, both) for null in right.nulls for p, out in left.last if (both := self._both(out, null))
        ]
        nulls = [both for null in left.nulls for more in right.nulls if (both := self._both(null, more))]
        return _Part(nulls[:_WAYS], first, last)

    def _link(self, state: int, out: Guard, first: list[tuple[int, Guard]]) -> None:
        self.edges[state] += [(q, both) for q, into in first if (both := self._both(out, into))]

    def _part(self, op: Any, value: Any, flags: int) -> _Part:
        if op in _SINGLE:
            mask = self._mask(op, tuple(value) if isinstance(value, list) else value, flags)
            state = self._state(mask)
            return _Part([], [(state, self.free)], [(state, self.free)])
        if op is sre.SUBPATTERN:
            [(inner, changed)] = _inner(op, value, flags)
            if value[0] is not None:
                self._groups[value[0]] = (inner, changed)
            return self._sequence(inner, changed)
        if op is sre.BRANCH:
            return self._either([self._sequence(branch, flags) for branch in value[1]])
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self._repeat(*value, flags)
        if op is sre.POSSESSIVE_REPEAT:
            return self._possessive(*value, flags)
        if op is sre.ATOMIC_GROUP:
            return self._atom(value, flags)
        if op is sre.AT:
            return _Part([self._at(value, flags)])
        if op in (sre.ASSERT, sre.ASSERT_NOT):
            return self._assertion(op is sre.ASSERT, *value, flags)
        if op is sre.GROUPREF:
            return self._sequence(*self._groups[value])
        if op is sre.GROUPREF_EXISTS:
            return self._either([self._sequence(branch or (), flags) for branch in value[1:]])
        if op is sre.FAILURE:
            return _Part()
        raise NotImplementedError(f"no judgement of {op}")

    def _either(self, parts: list[_Part]) -> _Part:
        nulls = [null for part in parts for null in part.nulls][:_WAYS]
        return _Part(nulls, [f for part in parts for f in part.first], [x for part in parts for x in part.last])

    def _repeat(self, least: int, most: Any, inner: Any, flags: int) -> _Part:
        unbounded = most is sre.MAXREPEAT or most > (_ROUNDS if _loops(inner) else _UNROLLED)
        part = _Part([self.free])
        if unbounded:
            loop = self._sequence(inner, flags)
            for state, out in loop.last:
                self._link(state, out, loop.first)
            part = loop if least else _Part([self.free], loop.first, loop.last)
            least, most = min(max(least - 1, 0), _UNROLLED), 0
        for _ in range(0 if unbounded else most - least):
            part = self._joined(self._sequence(inner, flags), part)
            part.nulls = [self.free]
        for _ in range(least):
            part = self._joined(self._sequence(inner, flags), part)
        return part

    def _possessive(self, least: int, most: Any, inner: Any, flags: int) -> _Part:
        single = _single(inner)
        if single is None or single[0] not in _SINGLE:
            return self._atom([(sre.MAX_REPEAT, (least, most, inner))], flags)
        part = self._repeat(least, most, inner, flags)
        left = self._ahead(self.any & ~self._mask_of(single, flags) | 1)
        full = 0 if most is sre.MAXREPEAT or most > _UNROLLED else max((p for p, _ in part.last), default=0)
        last = [(p, guard if p == full else self._both(guard, left)) for p, guard in part.last]
        return _Part([self._both(null, left) for null in part.nulls], part.first, last)

    def _mask_of(self, node: tuple[Any, Any], flags: int) -> int:
        op, value = node
        return self._mask(op, tuple(value) if isinstance(value, list) else value, flags)

    def _atom(self, inner: Any, flags: int) -> _Part:
        node = _single(inner)
        if node is not None and node[0] in _REPEATS:
            body = _single(node[1][2])
            if body is not None and body[0] in _SINGLE:
                return self._possessive(*node[1], flags)
        outer = self._inside
        self._atomic += 1
        self._inside = outer | {self._atomic}
        part = self._sequence(inner, flags)
        self._inside = outer
        return part

    def _both(self, one: Guard, more: Guard) -> Guard:
        """What two guards allow together: nothing is an empty guard, which is false."""
        if one is self.free or more is self.free:
            return more if one is self.free else one
        both = tuple(first & second for first, second in zip(one, more, strict=True))
        return both if any(both) else ()

    # --- assertions

    def _ahead(self, mask: int) -> Guard:
        return (mask,) * len(self.letters)

    def _behind(self, mask: int) -> Guard:
        """What follows is of the mask: bit 0 is the end of the text."""
        return self._ahead(mask)

    def _before(self, mask: int) -> Guard:
        return tuple(self.free[0] if mask >> number & 1 else 0 for number in range(len(self.letters)))

    def _at(self, code: Any, flags: int) -> Guard:
        line = self._class("\n")
        if code in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return self._before(1 | line if code is sre.AT_BEGINNING and flags & re.MULTILINE else 1)
        if code in (sre.AT_END, sre.AT_END_STRING):
            return self._ahead(1 if code is sre.AT_END_STRING else 1 | line)
        words = sum(1 << n for n, letter in enumerate(self.letters) if letter and re.match(r"\w", letter))
        rest = self.free[0] & ~words
        inside = tuple(words if words >> number & 1 else rest for number in range(len(self.letters)))
        if code is sre.AT_NON_BOUNDARY:
            return inside
        return tuple(self.free[0] & ~mask for mask in inside)

    def _class(self, letter: str) -> int:
        return 1 << self.letters.index(letter)

    def _assertion(self, holds: bool, direction: int, inner: Any, flags: int) -> _Part:
        exact, rough = self._told(direction, inner, flags)
        if not holds:
            return _Part([tuple(self.free[0] & ~mask for mask in exact)])
        either = tuple(one | more for one, more in zip(exact, rough, strict=True))
        if direction < 0:
            return _Part([either])
        trial = self._sequence(inner, flags)  # it may loop itself, and leads no further
        return _Part([either], [(q, both) for q, into in trial.first if (both := self._both(self.free, into))], [])

    def _told(self, direction: int, inner: Any, flags: int) -> tuple[Guard, Guard]:
        """What an assertion of one character allows, exactly; and what one of more allows, at most."""
        nothing = (0,) * len(self.letters)
        exact = rough = nothing
        for items, changed in _alternatives(inner, flags):
            node = _single(items)
            if node is None or node[0] in _REPEATS:
                states = len(self.masks)
                part = self._sequence(items, changed)
                ends = part.first if direction > 0 else part.last
                mask = 0
                for state, _ in ends:
                    mask |= self.masks[state]
                guard = self.free if part.nulls else self._ahead(mask) if direction > 0 else self._before(mask)
                rough = tuple(one | more for one, more in zip(rough, guard, strict=True))
                del self.masks[states:], self.edges[states:], self.atoms[states:]
                continue
            if node[0] is sre.AT:
                guard = self._at(node[1], changed)
            else:
                mask = self._mask_of(node, changed)
                guard = self._ahead(mask) if direction > 0 else self._before(mask)
            exact = tuple(one | more for one, more in zip(exact, guard, strict=True))
        return exact, rough


_SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY)
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def _single(items: Any) -> tuple[Any, Any] | None:
    """The one node of a sequence, without the brackets around it, if it matches a character, a repeat or a place."""
    items = list(items)
    while len(items) == 1 and items[0][0] is sre.SUBPATTERN and not items[0][1][1] and not items[0][1][2]:
        items = list(items[0][1][3])
    return items[0] if len(items) == 1 and items[0][0] in (*_SINGLE, *_REPEATS, sre.AT) else None


def _alternatives(items: Any, flags: int) -> Iterator[tuple[Any, int]]:
    items = list(items)
    if len(items) == 1 and items[0][0] is sre.BRANCH:
        for branch in items[0][1][1]:
            yield from _alternatives(branch, flags)
    elif len(items) == 1 and items[0][0] is sre.SUBPATTERN:
        [(inner, changed)] = _inner(*items[0], flags)
        yield from _alternatives(inner, changed)
    else:
        yield items, flags


def _inner(op: Any, value: Any, flags: int) -> list[tuple[Any, int]]:
    """The sequences within a node, each with its flags."""
    if op is sre.SUBPATTERN:
        _, more, fewer, inner = value
        return [(inner, (flags | more) & ~fewer)]
    if op is sre.BRANCH:
        return [(branch, flags) for branch in value[1]]
    if op in _REPEATS:
        return [(value[2], flags)]
    if op is sre.ATOMIC_GROUP:
        return [(value, flags)]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [(value[1], flags)]
    if op is sre.GROUPREF_EXISTS:
        return [(branch, flags) for branch in value[1:] if branch is not None]
    return []


def _loops(items: Iterable[Any]) -> bool:
    """Whether a sequence has a repeat without bounds."""
    return any(
        (op in _REPEATS and value[1] is sre.MAXREPEAT) or any(_loops(inner) for inner, _ in _inner(op, value, 0))
        for op, value in items
    )


def _mentioned(op: Any, value: Any) -> str:
    """The characters that a node names, and those beside the ranges that it names."""
    if op in (sre.LITERAL, sre.NOT_LITERAL):
        return chr(value)
    if op is not sre.IN:
        return ""
    ends = [code for kind, held in value if kind is sre.RANGE for code in (held[0] - 1, *held, held[1] + 1)]
    codes = ends + [held for kind, held in value if kind is sre.LITERAL]
    return "".join(chr(code) for code in codes if 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF)


# --- judging


def faults(pattern: str, flags: int = 0, use: str = "search") -> list[Fault]:
    """What makes a pattern slow; nothing of one that is linear.

    >>> [str(fault) for fault in faults(r"(a+)+b")], faults(r"(?<!a)a++b")
    (["exponential: 'a' + 'a' × n"], [])
    """
    return _Judge(Automaton(pattern, flags, use)).faults()


class _Judge:
    def __init__(self, automaton: Automaton) -> None:
        self._of = automaton
        self._moves: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._loops = self._components()
        self._safe = self._sure()

    def faults(self) -> list[Fault]:
        exponential = [fault for loop in self._loops for fault in self._twice(loop)]
        if exponential:
            return exponential
        found = []
        for number, second in enumerate(self._loops):
            for first in [frozenset({0}), *(loop for n, loop in enumerate(self._loops) if n != number)]:
                found += self._one_after(first, second)
        return found

    def _after(self, state: int, letter: int) -> list[tuple[int, int]]:
        """The states to which an edge leads behind a letter, each with the letters that it may take there."""
        key = (state, letter)
        if key not in self._moves:
            of = self._of
            moves = ((to, of.masks[to] & guard[letter]) for to, guard in of.edges[state])
            self._moves[key] = [(to, mask) for to, mask in moves if mask]
        return self._moves[key]

    def _components(self) -> list[frozenset[int]]:
        """The sets of states that lead to one another."""
        edges = self._of.edges
        index: dict[int, int] = {}
        low: dict[int, int] = {}
        path: list[int] = []
        standing: set[int] = set()
        components = []
        for root in range(1, len(edges)):
            if root in index:
                continue
            work = [(root, iter(edges[root]))]
            index[root] = low[root] = len(index)
            path.append(root)
            standing.add(root)
            while work:
                state, rest = work[-1]
                for to, _ in rest:
                    if to not in index:
                        index[to] = low[to] = len(index)
                        path.append(to)
                        standing.add(to)
                        work.append((to, iter(edges[to])))
                        break
                    if to in standing:
                        low[state] = min(low[state], index[to])
                else:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[state])
                    if low[state] == index[state]:
                        component = set()
                        while state not in component:
                            component.add(path.pop())
                        standing -= component
                        if len(component) > 1 or any(to == state for to, _ in edges[state]):
                            components.append(frozenset(component))
        return components

    def _sure(self) -> set[tuple[int, int]]:
        """The states, each behind a letter, from which every text leads to a match."""
        of = self._of
        behind = self._reached(frozenset(state for loop in self._loops for state in loop), of.edges)
        sure = {(state, letter) for state in behind for letter in _bits(of.masks[state])}
        before: dict[int, set[int]] = {}
        for state in behind:
            for to, _ in of.edges[state]:
                before.setdefault(to, set()).add(state)
        work = sorted(behind)
        while work:
            state = work.pop()
            lost = [
                (state, c) for c in _bits(of.masks[state]) if (state, c) in sure and not self._is_sure(state, c, sure)
            ]
            sure.difference_update(lost)
            work += before.get(state, ()) if lost else ()
        return sure

    def _is_sure(self, state: int, letter: int, sure: set[tuple[int, int]]) -> bool:
        open_ = self._of.free[0]
        for guard in self._of.accepts[state]:
            open_ &= ~guard[letter]
        if open_ & 1:
            return False  # the text may end here
        for to, mask in self._after(state, letter):
            open_ &= ~sum(1 << c for c in _bits(mask & open_) if (to, c) in sure)
        return not open_

    def _twice(self, loop: frozenset[int]) -> Iterator[Fault]:
        """A word that one loop reads in two ways."""
        of = self._of
        starts = [(s, s, c) for s in loop for c in _bits(of.masks[s]) if (s, c) not in self._safe]
        came: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        parted: set[tuple[int, int, int]] = set()
        queue: deque[tuple[int, int, int]] = deque()
        for s, _, c in starts:
            moves = [(to, mask) for to, mask in self._after(s, c) if to in loop]
            for number, (to, mask) in enumerate(moves):
                for also, more in moves[number + 1 :]:
                    for letter in _bits(mask & more):
                        node = (min(to, also), max(to, also), letter)
                        if to == also:
                            yield self._fault("exponential", (s, c), [letter])
                            return
                        if node not in parted:
                            parted.add(node)
                            came[node] = (s, s, c)
                            queue.append(node)
        while queue:
            one, more, letter = node = queue.popleft()
            for to, mask in self._after(one, letter):
                for also, other in self._after(more, letter):
                    if to in loop and also in loop:
                        for c in _bits(mask & other):
                            following = (min(to, also), max(to, also), c)
                            if to == also:
                                word, start = self._word(came, node)
                                back = self._way(to, c, start, loop)
                                if back is not None:
                                    yield self._fault("exponential", start, [*word, c, *back])
                                    return
                            elif following not in came:
                                came[following] = node
                                queue.append(following)

    def _word(
        self, came: dict[tuple[int, int, int], tuple[int, int, int]], node: tuple[int, int, int]
    ) -> tuple[list[int], tuple[int, int]]:
        word = []
        while node in came:
            word.append(node[2])
            node = came[node]
        return word[::-1], (node[0], node[2])

    def _way(self, state: int, letter: int, goal: tuple[int, int], within: frozenset[int]) -> list[int] | None:
        """The letters that lead from a state to another, within some states."""
        came: dict[tuple[int, int], tuple[int, int] | None] = {(state, letter): None}
        queue = deque([(state, letter)])
        while queue:
            node = queue.popleft()
            if node == goal:
                word = []
                here: tuple[int, int] | None = node
                while here is not None and came[here] is not None:
                    word.append(here[1])
                    here = came[here]
                return word[::-1]
            for to, mask in self._after(*node):
                if to in within:
                    for c in _bits(mask):
                        if (to, c) not in came:
                            came[to, c] = node
                            queue.append((to, c))
        return None

    def _one_after(self, first: frozenset[int], second: frozenset[int]) -> Iterator[Fault]:
        """A word that a first loop reads, and a second, and that leads from the first to the second."""
        between = self._between(first, second)
        if not between:
            return
        atoms = self._of.atoms
        for p in sorted(first):
            for q in sorted(second):
                if atoms[p] <= atoms[q]:  # an atomic group is left in one way only
                    for c in _bits(self._of.masks[p] & self._of.masks[q]):
                        word = None if (q, c) in self._safe else self._pump(p, q, c, first, second, between)
                        if word is not None:
                            yield self._fault("polynomial", (p, c), word)
                            return

    def _pump(
        self, p: int, q: int, c: int, first: frozenset[int], second: frozenset[int], between: frozenset[int]
    ) -> list[int] | None:
        start, goal = (p, p, q, c), (p, q, q, c)
        came: dict[tuple[int, int, int, int], tuple[int, int, int, int]] = {}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            a, x, b, letter = node
            for to_b, mask_b in self._after(b, letter):
                mask_b &= ~self._ends(b, letter)
                if to_b not in second or not mask_b:
                    continue
                for to_a, mask_a in self._after(a, letter):
                    if to_a not in first or not mask_a & mask_b:
                        continue
                    for to_x, mask_x in self._after(x, letter):
                        if to_x in between:
                            for each in _bits(mask_a & mask_b & mask_x):
                                following = (to_a, to_x, to_b, each)
                                if following not in came:
                                    came[following] = node
                                    queue.append(following)
                                if following == goal:
                                    word = [each]
                                    while node != start:
                                        word.append(node[3])
                                        node = came[node]
                                    return word[::-1]
        return None

    def _ends(self, state: int, letter: int) -> int:
        """The letters before which the pattern may end in a state, behind a letter."""
        ends = 0
        for guard in self._of.accepts[state]:
            ends |= guard[letter]
        return ends

    def _between(self, first: frozenset[int], second: frozenset[int]) -> frozenset[int]:
        """The states on the ways from a first loop to a second."""
        ahead = self._reached(first, self._of.edges)
        if not ahead & second:
            return frozenset()
        back: list[list[tuple[int, Guard]]] = [[] for _ in self._of.edges]
        for state, edges in enumerate(self._of.edges):
            for to, guard in edges:
                back[to].append((state, guard))
        return ahead & self._reached(second, back)

    def _reached(self, states: frozenset[int], edges: list[list[tuple[int, Guard]]]) -> frozenset[int]:
        seen, work = set(states), list(states)
        while work:
            for to, _ in edges[work.pop()]:
                if to not in seen:
                    seen.add(to)
                    work.append(to)
        return frozenset(seen)

    def _fault(self, kind: str, start: tuple[int, int], word: list[int]) -> Fault:
        everywhere = frozenset(range(len(self._of.masks)))
        prefix = [] if start[0] == 0 else self._way(0, 0, start, everywhere) or []
        return Fault(kind, self._text(prefix), self._text(word))

    def _text(self, word: list[int]) -> str:
        return "".join(self._of.letters[c] for c in word)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
