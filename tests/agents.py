"""What tests of the MCP server share: an agent, which asks by the SDK's own client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp.client.client import Client


@dataclass
class Agent:
    """A client in a loop of its own, asked from a test as if it were none."""

    portal: BlockingPortal
    client: Client

    def asks(self, tool: str, **arguments: Any) -> Any:
        """A tool's result, which is no error."""
        done = self.portal.call(partial(self.client.call_tool, tool, arguments))
        assert not done.is_error, done.content
        assert json.loads(done.content[0].text) == done.structured_content
        return done.structured_content

    def refused(self, tool: str, **arguments: Any) -> str:
        """What a tool's error says."""
        done = self.portal.call(partial(self.client.call_tool, tool, arguments))
        assert done.is_error
        assert done.structured_content is None
        return str(done.content[0].text)

    def begins(self, tool: str, **arguments: Any) -> Future[Any]:
        return self.portal.start_task_soon(partial(self.client.call_tool, tool, arguments))

    def reads(self, uri: str) -> Any:
        return json.loads(self.portal.call(self.client.read_resource, uri).contents[0].text)


@contextmanager
def connected(server: Any) -> Iterator[Agent]:
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server)) as client:
        yield Agent(portal, client)
