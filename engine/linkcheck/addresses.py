"""Which network addresses a link may lead to: those of the public internet alone."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

PUBLIC: Final = IPv6Network("2000::/3")
"""All that is given out of IPv6 (RFC 4291); what looks public outside it is for special uses."""
SPECIAL: Final = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890; older tables know a part of it
    IPv4Network("192.88.99.0/24"),  # relays to 6to4
    IPv6Network("2001::/23"),  # Teredo, which carries another address inside, and its neighbours
    IPv6Network("2002::/16"),  # 6to4, which does so too
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)
"""What Python's own table does not know everywhere, or takes for public."""
TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last 32 bits are the IPv4 address that is really reached."""


def is_public(address: str) -> bool:
    """Whether `address`, as the resolver wrote it, is one of the public internet.

    Loopback, private, link-local, shared, multicast, reserved and documentation addresses are none,
    nor are those that only wrap one of them. What is no address at all is none either.
    """
    try:
        found = _inner(ip_address(address))
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (found not in PUBLIC or found.scope_id is not None):
        return False
    if any(found in network for network in SPECIAL):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that is reached by one that wraps it; any other address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
