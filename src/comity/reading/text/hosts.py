"""Which hosts a page may be read from: those of the public Internet, unless the user allows others.

A link may come from anyone, and a server that runs comity can reach what the sender of the link can't (server-side
request forgery): its own ports, its network, the metadata of its cloud. The name alone does not show this:
`localtest.example` may resolve to 127.0.0.1, and `http://2130706433/` is the same address. So the name is resolved
once, the resulting addresses are checked, and the connection goes to a checked address: a second look-up could return
another one (DNS rebinding).
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from comity.errors import BadDocument

_NAT64 = ip_network("64:ff9b::/96")
_OTHERS = (
    ip_network("168.63.129.16/32"),  # Azure's metadata, on a public address
    ip_network("192.0.0.0/24"),  # reserved for protocols; Oracle's cloud has its metadata there
    ip_network("192.88.99.0/24"),  # relays of 6to4
    ip_network("64:ff9b:1::/48"),  # NAT64 prefix of a local network
)


def resolved(host: str, port: int, *, private: bool = False) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    """The addresses of a host, in the order of the system; if one of them is not public, all are refused.

    With `private` any address is accepted. Raises `BadDocument` when refused, `OSError` when there is no address.
    """
    records = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    places: list[tuple[socket.AddressFamily, tuple[str, int]]] = [
        (family, (str(place[0]), port)) for family, _, _, _, place in records
    ]
    refused = next((place[0] for _, place in places if not public(place[0])), None)
    if refused is not None and not private:
        raise BadDocument(
            f'"{host}" is {refused}, which is no address of the public Internet; '
            "write --allow-private-addresses to read from it all the same",
            offender=host,
        )
    return places


def public(address: str) -> bool:
    """Whether an address is of the public Internet; an IPv6 address with an IPv4 one embedded is judged by the latter.

    >>> [public(each) for each in ("8.8.8.8", "127.0.0.1", "169.254.169.254", "100.64.0.1", "fd00:ec2::254")]
    [True, False, False, False, False]
    >>> [public(each) for each in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "::")]
    [False, False, False, False, False]
    """
    number = ip_address(address)
    inner = _embedded(number) if isinstance(number, IPv6Address) else None
    if inner is not None:
        return public(str(inner))
    if any(number in network for network in _OTHERS if network.version == number.version):
        return False
    if isinstance(number, IPv6Address) and (number.is_site_local or number.teredo):
        return False
    return number.is_global and not (number.is_multicast or number.is_reserved or number.is_unspecified)


def _embedded(number: IPv6Address) -> IPv4Address | None:
    """The IPv4 address embedded in an IPv6 one: mapped, NAT64 or 6to4."""
    if number in _NAT64:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour
