"""Mail domains: whose they are, and which of them say nothing about whom somebody works for."""

from __future__ import annotations

from typing import Final

PUBLIC: Final = frozenset(
    """gmail.com googlemail.com outlook.com hotmail.com live.com live.no hotmail.no outlook.no
    msn.com icloud.com me.com mac.com yahoo.com yahoo.no online.no start.no getmail.no broadpark.no
    altibox.no proton.me protonmail.com pm.me gmx.com gmx.net mail.com aol.com frisurf.no
    lyse.net""".split()
)
"""Domains at which anybody may have an address: sharing one makes nobody a colleague."""


def domain_of(address: str) -> str:
    """Return the domain of a bare address, in lower case; empty where there is none."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def colleagues(first: str, second: str) -> bool:
    """Whether two bare addresses belong to one organisation: the same domain, not a public one."""
    domain = domain_of(first)
    return bool(domain) and domain == domain_of(second) and domain not in PUBLIC
