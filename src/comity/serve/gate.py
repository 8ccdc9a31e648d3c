"""Which requests are answered: those to a name of this server and, for POST, not from another site's page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from comity.errors import ComityError
from comity.present.visible import dumps
from comity.serve.problems import MEDIA, STATUSES, Problem

# The theory. A browser lets any web site send requests to 127.0.0.1, and hides the answers from the site unless both
# have one origin. A site can make them one: it has its own name resolve to 127.0.0.1 once its page is loaded (DNS
# rebinding), and then reads all that the server sends. What it can't do is change `Host`: that stays the site's name.
# So a server that answers only to names of its own can't be read by rebinding. An IP address in `Host` was never
# resolved, so the address at which the connection arrived is as safe as a configured name.
#
# A POST has its effect whether or not the answer can be read. A browser states with it from which page it comes: in
# `Origin`, or at least in `Sec-Fetch-Site`, which no script can set. A program sends neither.

LOCAL = ("localhost", "127.0.0.1", "::1")
SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
"""Methods that change nothing: a browser hides their answers from other sites."""
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{0,5}))?")
_PORTS = {"http": 80, "https": 443}
_MISDIRECTED = (
    "This server does not answer to that name. Use the address that it printed when it started; "
    "its operator can add a name with --public-name."
)
_FOREIGN = (
    "A page of another site may not send this. Send it from a page of this server or by a program; behind a proxy, "
    "the operator must give the public address, as in --public-name https://comity.example."
)


@dataclass(frozen=True, slots=True)
class Authority:
    """A host, in lower case or as the shortest form of an IP address, and a port if there is one.

    >>> Authority.parse("LocalHost:8000"), Authority.parse("[0:0::1]")
    (Authority(host='localhost', port=8000), Authority(host='::1', port=None))
    >>> Authority.parse("a@b"), Authority.parse("::1"), Authority.parse("")
    (None, None, None)
    """

    host: str
    port: int | None = None

    @classmethod
    def parse(cls, text: str) -> Authority | None:
        """The authority in a Host header or in a URL; None if there is no host in it."""
        match = _AUTHORITY.fullmatch(text)
        if match is None:
            return None
        host, port = match.groups()
        if "[" in host and ":" not in host:
            return None
        return cls(canonical(host.strip("[]")), int(port) if port else None)


@dataclass(frozen=True, slots=True)
class Origin:
    """A scheme, a host and a port: what browsers call the origin of a site.

    >>> Origin.parse("https://Comity.example") == Origin.parse("https://comity.example:443")
    True
    >>> Origin.parse("null"), Origin.parse("http://a.example/path")
    (None, None)
    """

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Origin | None:
        """The origin in a text; None for `null` and for anything else that is not an origin."""
        scheme, _, rest = text.partition("://")
        authority = Authority.parse(rest)
        if scheme not in _PORTS or authority is None:
            return None
        return cls.of(scheme, authority)

    @classmethod
    def of(cls, scheme: str, authority: Authority) -> Origin:
        """The origin of an authority; without a port, with the scheme's default port."""
        return cls(scheme, authority.host, _PORTS[scheme] if authority.port is None else authority.port)


class HostNames:
    """The names to which a server answers: those of this machine, `hosts`, and public ones.

    A public name with a scheme (`https://comity.example`) is one origin: `Host` must be its host and port, and links
    have its scheme, which behind a proxy is not the connection's. Any other name may come with any port, since a
    tunnel has one of its own. Raises `ComityError` for an invalid public name.

    >>> names = HostNames(public=["https://comity.example"])
    >>> names.scheme(Authority("comity.example"), None), names.scheme(Authority("localhost", 9000), None)
    ('https', 'http')
    >>> names.scheme(Authority("attacker.example"), None) is None
    True
    """

    def __init__(self, hosts: Iterable[str] = (), public: Iterable[str] = ()) -> None:
        self.origins: set[Origin] = set()
        self._hosts = {*LOCAL, *map(canonical, hosts)}
        for name in public:
            self._add(name)

    def scheme(self, authority: Authority, server: str | None) -> str | None:
        """The scheme of links to a host, if it is a name of this server, reached at address `server`; else None."""
        for origin in self.origins:
            if origin == Origin.of(origin.scheme, authority):
                return origin.scheme
        known = authority.host in self._hosts or (server is not None and authority.host == canonical(server))
        return "http" if known else None

    def _add(self, name: str) -> None:
        scheme, mark, rest = name.rpartition("://")
        try:
            authority = Authority.parse(rest.rstrip("/").encode("idna").decode())
        except UnicodeError:
            authority = None
        if authority is None or (mark and scheme not in _PORTS) or (not mark and authority.port is not None):
            raise ComityError(
                f'"{name}" is not a public name; give a host (comity.example) or an origin (https://comity.example)',
                offender=name,
            )
        if mark:
            self.origins.add(Origin.of(scheme, authority))
        else:
            self._hosts.add(authority.host)


class Gate:
    """ASGI middleware that refuses what is not meant for this server (421) or sent by another site's page (403).

    Only the head of a request is read before it is refused. Methods in `safe` need no origin.
    """

    def __init__(self, app: ASGIApp, names: HostNames, safe: Collection[str] = SAFE) -> None:
        self._app, self._names, self._safe = app, names, safe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        authority = Authority.parse(hosts[0]) if len(hosts) == 1 else None
        server = scope["server"][0] if scope.get("server") else None
        scheme = self._names.scheme(authority, server) if authority else None
        if authority is None or scheme is None:
            await _refusal(scope, 421, _MISDIRECTED)(scope, receive, send)
        elif scope["method"] not in self._safe and not self._own(headers, Origin.of(scheme, authority)):
            await _refusal(scope, 403, _FOREIGN)(scope, receive, send)
        else:
            await self._app({**scope, "scheme": scheme}, receive, send)  # links are built from Host and scheme

    def _own(self, headers: Headers, here: Origin) -> bool:
        """Whether a request comes from a page of this server, or from no page at all."""
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return False
        origins = headers.getlist("origin")
        return not origins or (len(origins) == 1 and Origin.parse(origins[0]) in {here, *self._names.origins})


def canonical(host: str) -> str:
    """A host in comparable form: lower case; an IP address without its zone, a mapped IPv4 address as IPv4.

    >>> canonical("::FFFF:127.0.0.1"), canonical("fe80::1%eth0"), canonical("Peru.example")
    ('127.0.0.1', 'fe80::1', 'peru.example')
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host.lower()
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _refusal(scope: Scope, status: int, reason: str) -> Response:
    """A refusal: problem+json under /api, else a sentence. It repeats nothing from the request's head."""
    path = Request(scope).url.path
    if path.startswith("/api/"):
        return Response(dumps(Problem(STATUSES[status], reason).as_json(path), None), status, media_type=MEDIA)
    return PlainTextResponse(f"{reason}\n", status)
