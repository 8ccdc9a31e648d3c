"""How quick REST is under load: one server process, 16 clients in another, over this machine's own address.

    python bench/serve.py [--requests N]

Prints, of one run: the throughput of an empty route of the same app and of a brief that is kept (as JSON, packed as a
browser asks for it and plain; and as a 304), each with its ratio to the empty route's, median, 99th percentile and
their ratio; the same of briefs that are made anew, of other pairs and days; and the server's memory before and after.
Ratios of one run hold on a busy machine; the figures themselves do not.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

CLIENTS = 16
EMPTY = "/api/v1/empty"
BRIEF = "/api/v1/pairs/peru/united-states/brief"
OTHERS = ("chile", "bolivia", "brazil", "france", "japan", "mexico", "spain", "cuba", "haiti", "ecuador")


def serve() -> None:
    """The application with an empty route, until its standard input ends or it is interrupted."""
    from fastapi import Response

    from comity.serve.app import create_app
    from comity.serve.listen import listen

    async def empty() -> Response:
        return Response()

    app = create_app()
    app.router.routes.insert(0, _route(EMPTY, empty))
    listen(app, "127.0.0.1", 0, lambda url, _: print(url, flush=True))


def _route(path: str, endpoint: object) -> object:
    from fastapi.routing import APIRoute

    return APIRoute(path, endpoint, methods=["GET"])  # type: ignore[arg-type]


async def load(port: int, asked: Iterator[bytes]) -> tuple[float, list[float]]:
    """Requests by 16 clients, each with a connection of its own: seconds in all, and those of each answer."""
    spent: list[float] = []
    begun = time.perf_counter()
    await asyncio.gather(*(_client(port, asked, spent) for _ in range(CLIENTS)))
    return time.perf_counter() - begun, spent


async def _client(port: int, asked: Iterator[bytes], spent: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    for request in asked:
        begun = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        status, length = head[9:12], head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length or 0))
        spent.append(time.perf_counter() - begun)
        assert status in (b"200", b"304"), head
    writer.close()


def request(path: str, *headers: str) -> bytes:
    return "\r\n".join((f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", "")).encode()


def days() -> Iterator[bytes]:
    """Briefs of which none is kept: each of another pair or day."""
    for year, other in itertools.product(range(1830, 2020, 3), OTHERS):
        yield request(f"/api/v1/pairs/united-states/{other}/brief?as_of={year}-06-01", "Accept-Encoding: gzip")


def told(name: str, port: int, asked: Iterable[bytes], base: float | None = None) -> float:
    """Put a load on the server, print what came of it, and give the answers in a second."""
    seconds, spent = asyncio.run(load(port, iter(asked)))
    rate, middle = len(spent) / seconds, statistics.median(spent)
    late = statistics.quantiles(spent, n=100)[98]
    ratio = f"{rate / base:5.2f} of empty" if base else " " * 13
    times = f"median {middle * 1e3:7.1f} ms, p99 {late * 1e3:7.1f} ms = {late / middle:4.1f} x median"
    print(f"{name:24} {len(spent):6} requests {rate:8.0f}/s {ratio}; {times}", flush=True)
    return rate


def etag(port: int) -> str:
    async def ask() -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        writer.write(request(BRIEF, "Connection: close"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        await reader.read()
        writer.close()
        return next(line[6:] for line in head.split("\r\n") if line.lower().startswith("etag: "))

    return asyncio.run(ask())


def memory(process: int) -> float:
    """Resident megabytes."""
    held = Path(f"/proc/{process}/status").read_text()
    return int(held.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--server", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.server:
        serve()
        return
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as home:
        environment = {**os.environ, "COMITY_HOME": home}
        command = [sys.executable, __file__, "--server"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
            assert server.stdout is not None
            measure(server, int(server.stdout.readline().rstrip("/\n").rpartition(":")[2]), given.requests)
            server.terminate()


def measure(server: subprocess.Popen[str], port: int, many: int) -> None:
    packed, plain = request(BRIEF, "Accept-Encoding: gzip"), request(BRIEF)
    held = request(BRIEF, f"If-None-Match: {etag(port)}")
    for asked in (request(EMPTY), packed, plain):  # warm
        asyncio.run(load(port, itertools.repeat(asked, 500)))
    before = memory(server.pid)
    empty = told("empty route", port, itertools.repeat(request(EMPTY), many))
    told("kept brief, gzip", port, itertools.repeat(packed, many), empty)
    told("kept brief, plain", port, itertools.repeat(plain, many), empty)
    told("kept brief, 304", port, itertools.repeat(held, many), empty)
    told("empty route again", port, itertools.repeat(request(EMPTY), many), empty)
    after = memory(server.pid)
    print(f"memory: {before:.0f} MB before, {after:.0f} MB after {5 * many:,} requests")
    told("briefs made anew", port, itertools.islice(days(), 300))
    once = memory(server.pid)
    told("briefs made anew", port, itertools.islice(days(), 300, 600))
    print(f"memory: {once:.0f} MB after 300 briefs made anew, {memory(server.pid):.0f} MB after 300 more")


if __name__ == "__main__":
    main()
