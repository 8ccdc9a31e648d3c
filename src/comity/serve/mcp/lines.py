"""Messages as lines of standard input: each is answered, whatever stands in it, and none is longer than over HTTP.

The SDK passes over a line that it can't read, and its sender waits for ever. Here the line is answered with an error
that bears its id where one can be seen. The id is looked for without reading the line as JSON, which is what failed:
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
"""Characters of a line; of a longer one no more is kept in memory."""
Heard = SessionMessage | Exception
# A string that does not end ends with the text: otherwise each quotation mark in it would be tried as a beginning.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_VALUE = re.compile(r'\s*:\s*(?:(-?\d{1,18})|"([^"\\]{0,200})")\s*[,}]')


@asynccontextmanager
async def lines() -> AsyncIterator[tuple[MemoryObjectReceiveStream[Heard], WriteStream[SessionMessage]]]:
    """The messages of standard input that can be read, and where answers go; the other lines are answered."""
    heard, messages = create_memory_object_stream[Heard]()
    standard = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    async with stdio_server(_Lines(standard)) as (read, write), create_task_group() as group:
        group.start_soon(_pass_on, read, heard, write)
        yield messages, write
        group.cancel_scope.cancel()


async def _pass_on(
    read: ReadStream[Heard], heard: MemoryObjectSendStream[Heard], write: WriteStream[SessionMessage]
) -> None:
    async with heard:
        async for message in read:
            if isinstance(message, Exception):
                await write.send(SessionMessage(refusal(message)))
            else:
                await heard.send(message)


class _Lines(AsyncFile[str]):
    """Lines of which a longer one is cut, so that it can't be read."""

    async def readline(self) -> str:
        """The next line; nothing at the end."""
        return await to_thread.run_sync(self._cut)

    def _cut(self) -> str:
        line = rest = self.wrapped.readline(LONGEST)
        while len(rest) == LONGEST and not rest.endswith("\n"):
            rest = self.wrapped.readline(LONGEST)
        return line


def refusal(error: Exception) -> JSONRPCError:
    """The answer to a line that is no message."""
    line, code, why = None, PARSE_ERROR, "it can't be read"
    if isinstance(error, ValidationError):
        [first, *_] = error.errors(include_url=False)
        line = first["input"]
        if first["type"] == "json_invalid":
            why = str(first["ctx"]["error"])
        else:
            code, why = INVALID_REQUEST, "other JSON"
    sentence = f"not a message of JSON-RPC 2.0 ({why}); send one a line, in UTF-8, of at most {LONGEST:,} characters"
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
