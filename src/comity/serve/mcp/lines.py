"""Messages as lines of standard input: each is answered, whatever it contains, and none is longer than over HTTP.

The SDK ignores a line that it can't read, and its sender waits for ever. Here the line is answered with an error
with its id where one can be found. The id is looked for without parsing the line as JSON, since that failed:
the line is cut into strings and brackets, and the id is the value of "id" within one bracket alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import TextIOWrapper

from anyio import AsyncFile, create_memory_object_stream, create_task_group, to_thread
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import DEFAULT_MAX_REQUEST_BODY_SIZE
from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import SessionMessage
from mcp_types import INVALID_REQUEST, PARSE_ERROR, ErrorData, JSONRPCError
from pydantic import ValidationError

LONGEST = DEFAULT_MAX_REQUEST_BODY_SIZE
"""Characters of a line; the rest of a longer line is discarded."""
Incoming = SessionMessage | Exception
# An unterminated string ends with the text: otherwise each quotation mark in it would be tried as a beginning.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\[\s\S]?)*+"?|[{}\[\]]')
_VALUE = re.compile(r'\s*:\s*(?:(-?\d{1,18})|"([^"\\]{0,200})")\s*[,}]')


@asynccontextmanager
async def lines() -> AsyncIterator[tuple[MemoryObjectReceiveStream[Incoming], WriteStream[SessionMessage]]]:
    """The messages of standard input that can be read, and where answers go; the other lines are answered."""
    inbox, messages = create_memory_object_stream[Incoming]()
    standard = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    async with stdio_server(_InputLines(standard)) as (read, write), create_task_group() as group:
        group.start_soon(_pass_on, read, inbox, write)
        yield messages, write
        group.cancel_scope.cancel()


async def _pass_on(
    read: ReadStream[Incoming], inbox: MemoryObjectSendStream[Incoming], write: WriteStream[SessionMessage]
) -> None:
    async with inbox:
        async for message in read:
            if isinstance(message, Exception):
                await write.send(SessionMessage(refusal(message)))
            else:
                await inbox.send(message)


class _InputLines(AsyncFile[str]):
    """Lines; one that is too long is truncated, and so becomes invalid."""

    async def readline(self) -> str:
        """The next line; an empty string at the end."""
        return await to_thread.run_sync(self._cut)

    def _cut(self) -> str:
        line = rest = self.wrapped.readline(LONGEST)
        while len(rest) == LONGEST and not rest.endswith("\n"):
            rest = self.wrapped.readline(LONGEST)
        return line


def refusal(error: Exception) -> JSONRPCError:
    """The answer to a line that is not a message."""
    line, code, reason = None, PARSE_ERROR, "unreadable"
    if isinstance(error, ValidationError):
        [first, *_] = error.errors(include_url=False)
        line = first["input"]
        if first["type"] == "json_invalid":
            reason = str(first["ctx"]["error"])
        else:
            code, reason = INVALID_REQUEST, "other JSON"
    sentence = f"not a message of JSON-RPC 2.0 ({reason}); send one a line, in UTF-8, of at most {LONGEST:,} characters"
    return JSONRPCError(jsonrpc="2.0", id=_id(line), error=ErrorData(code=code, message=sentence))


def _id(line: object) -> int | str | None:
    """The id of a message that can't be read as one.

    >>> _id('{"params": {"id": 3, "name": "id"}, "id": 7, "x": "\\\\ud800"}'), _id('["id"'), _id({"id": "a"})
    (7, None, 'a')
    """
    if isinstance(line, dict):
        known = line.get("id")
        return known if isinstance(known, int | str) and not isinstance(known, bool) else None
    if not isinstance(line, str):
        return None
    depth = 0
    for token in _TOKEN.finditer(line):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
        elif depth == 1 and token[0] == '"id"' and (value := _VALUE.match(line, token.end())):
            return int(value[1]) if value[1] else value[2]
    return None
