"""Processes for work on uploaded documents: each piece of work has a limit of time and of memory.

A thread can't be stopped from outside, and a regular expression or a parser in C that is stuck holds up every other
thread of its process as well. So such work is done in processes: they are started when first needed, prepared once,
kept for the next piece of work, and killed when one exceeds a limit or its client disconnects. Each has a
pipe of its own. Pools whose processes share one (`concurrent.futures`, pebble) are lost as a whole when a process is
killed in the midst of an answer.

A process ends when its pipe is closed. One that is stuck does not look at its pipe: the system ends it with the server
(on Linux), and an alarm of its own soon after its time limit (where the system has alarms). Both work without
the interpreter, which a stuck expression never lets run.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from anyio import CancelScope, CapacityLimiter, create_task_group, move_on_after, to_thread

from comity.errors import Busy, ClientGone, ComityError, LimitExceeded
from comity.serve.limits import MEMORY, SECONDS

T = TypeVar("T")
_PROCESSES = 2
_WAITING = 4  # pieces of work that may wait for a process
_PREPARING = 120  # seconds after which a process that is not ready is abandoned, even on a slow machine
_GRACE = 2  # seconds beyond its time after which the alarm ends a process that nobody has killed
_OUT_OF_MEMORY = 77  # the exit code of a process that ran out of memory
_PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)


class Workers:
    """A bounded pool of processes; each calls `prepare` once before its first work. One event loop at a time uses it.

    Functions and their arguments are sent by pickle: functions of modules, and plain data.
    """

    def __init__(self, prepare: Callable[[], object], seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds, self._memory, self._prepare = seconds, memory, prepare
        self._idle: list[_Worker] = []
        self._turns = CapacityLimiter(_PROCESSES)
        self._threads = CapacityLimiter(
            2 * _PROCESSES
        )  # these threads only wait for pipes; some for a process just killed

    async def run(
        self, work: Callable[..., T], *arguments: object, gone: Callable[[], Awaitable[object]] | None = None
    ) -> T:
        """The result of `work`; when this is cancelled, or `gone` returns, the process is killed.

        Raises the errors of comity that `work` raises; `Busy` at once when the queue is full; `LimitExceeded` when the
        work exceeds its time or memory; `ClientGone` when `gone` returns first.
        """
        if self._turns.statistics().tasks_waiting >= _WAITING:
            raise Busy("too many documents are being read; try again soon", seconds=round(self.seconds) or 1)
        answer: tuple[bool, Any] | None = None
        # The answer may be an error; it is raised outside the group, which would wrap it.
        async with create_task_group() as group:
            if gone is not None:
                group.start_soon(_cancel_after, gone, group.cancel_scope)
            async with self._turns:
                answer = await self._answer(pickle.dumps((work, arguments)))
            group.cancel_scope.cancel()
        if answer is None:
            self.start()
            raise ClientGone("the client disconnected before the document was read")
        succeeded, value = answer
        if not succeeded:
            raise value
        result: T = value
        return result

    async def _answer(self, message: bytes) -> tuple[bool, Any]:
        """Whether the work succeeded, and its result or error. Its time begins when the process starts on it."""
        worker = self._ready()
        answered = False
        try:
            with move_on_after(_PREPARING) as preparing:
                await self._wait(worker.begin, message)
            if preparing.cancelled_caught:
                raise RuntimeError(f"a process to read documents was not ready after {_PREPARING} seconds")
            with move_on_after(self.seconds):
                answer = await self._wait(worker.answer)
                answered = True
                return answer
            failure: Exception = LimitExceeded(
                f"reading took longer than {self.seconds:g} seconds; send a smaller part", offender=self.seconds
            )
        except (EOFError, OSError):
            failure = self._why_ended(worker)
        finally:
            if answered:
                self._idle.append(worker)
            else:
                worker.kill()
        self.start()
        return False, failure

    def start(self) -> None:
        """Start a process unless one is idle, so that the next piece of work need not wait for its preparation."""
        self._idle = [worker for worker in self._idle if worker.process.is_alive()] or [self._new()]

    def _ready(self) -> _Worker:
        """The idle process that was used last; otherwise a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
        return self._new()

    def _new(self) -> _Worker:
        """A new process, started in the event loop's thread: on Linux it ends with the thread that started it."""
        return _Worker(self._prepare, self.seconds, self._memory)

    async def _wait(self, call: Callable[..., T], *arguments: object) -> T:
        return await to_thread.run_sync(call, *arguments, abandon_on_cancel=True, limiter=self._threads)

    def _why_ended(self, worker: _Worker) -> Exception:
        """Why a process ended without an answer: the system ends one that takes too much by a signal."""
        worker.process.join(1)
        code = worker.process.exitcode
        if code is not None and (code == _OUT_OF_MEMORY or code < 0):
            return LimitExceeded("reading needed too much memory; send a smaller part", offender=self._memory)
        return RuntimeError(f"a process that read a document failed with exit code {code}; its traceback is above")


async def _cancel_after(gone: Callable[[], Awaitable[object]], scope: CancelScope) -> None:
    await gone()
    scope.cancel()


class _Worker:
    """A process, and this end of its pipe."""

    def __init__(self, prepare: Callable[[], object], seconds: float, memory: int) -> None:
        spawning = get_context("spawn")  # a fork of a process with threads may find a lock locked for ever
        self._pipe, theirs = spawning.Pipe()
        self.process = spawning.Process(
            target=_serve, args=(theirs, prepare, seconds, memory), name="comity reader", daemon=True
        )
        self.process.start()
        theirs.close()  # so that the pipe ends with the process

    def begin(self, message: bytes) -> None:
        """Send the work, and wait until the process starts on it."""
        self._pipe.send_bytes(message)
        self._pipe.recv_bytes()

    def answer(self) -> tuple[bool, Any]:
        """Wait for the answer."""
        succeeded, value = pickle.loads(self._pipe.recv_bytes())
        return succeeded, value

    def kill(self) -> None:
        """End it at once. The pipe stays open for a thread that may still read it, which then meets its end."""
        self.process.kill()
        self.process.join(1)


def _serve(pipe: Connection, prepare: Callable[[], object], seconds: float, memory: int) -> None:
    """The main function of a process: it does the work that its pipe brings, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the server, which ends the others
    _end_with_parent()
    with suppress(ComityError):  # what is unavailable now is reported by the work that needs it
        prepare()
    _limit(memory)
    while True:
        try:
            message = pipe.recv_bytes()
        except EOFError:
            return
        work, arguments = pickle.loads(message)
        pipe.send_bytes(b"")
        _alarm(seconds + _GRACE)
        answer = _outcome(work, arguments)
        _alarm(0)
        try:
            pipe.send_bytes(answer)
        except BrokenPipeError:
            return


def _outcome(work: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    """The result or error of the work, pickled. An unexpected error ends the process, its traceback in the log."""
    try:
        return pickle.dumps((True, work(*arguments)))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # without allocating any more
    except ComityError as error:
        if isinstance(error.__cause__, MemoryError):  # a reader ran out of memory
            os._exit(_OUT_OF_MEMORY)
        return pickle.dumps((False, error))


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)


def _limit(memory: int) -> None:
    """Limit the memory of this process, where the system has such a limit."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _alarm(seconds: float) -> None:
    """Let the system end this process after some seconds; 0 cancels that."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
