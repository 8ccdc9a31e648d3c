"""The kinds of input that bench/fuzz.py tries: each makes inputs from a seed, and runs one."""

from __future__ import annotations

from fuzzed import agents, arguments, documents, ledgers, requests, words
from fuzzed.base import Kind

KINDS: dict[str, type[Kind]] = {
    "documents": documents.Documents,
    "dates": words.Dates,
    "names": words.Names,
    "settings": words.Settings,
    "arguments": arguments.Arguments,
    "http": requests.Requests,
    "ledgers": ledgers.Ledgers,
    "mcp": agents.Agents,
}
