"""Mail domains: whose they are, and which of them say nothing about whom somebody works for."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import Final

from engine.plain import composed

PUBLIC: Final = frozenset(
    """gmail.com googlemail.com outlook.com hotmail.com live.com live.no hotmail.no outlook.no
    msn.com icloud.com me.com mac.com yahoo.com yahoo.no online.no start.no getmail.no broadpark.no
    altibox.no proton.me protonmail.com pm.me gmx.com gmx.net mail.com aol.com frisurf.no
    lyse.net""".split()
)
"""Domains at which anybody may have an address: sharing one makes nobody a colleague."""


GUARDED: Final = "kslaring@ks.no"
"""«All kontakt mot KS Læring skjer via kslaring@ks.no» (R24)."""
_ALMOST: Final = 0.9
_CODED: Final = "xn--"


def known_form(address: str) -> str:
    """Return a bare address, or a domain, in the one form that the register has it in.

    A domain may be written in letters, in letters composed otherwise, or in ASCII (RFC 5890). Where
    all are Latin letters it is kept as people write it, else in ASCII, so that no Cyrillic letter
    looks like another's. What is no domain at all is left as it is, in lower case.
    """
    lower = address.strip().lower()
    if _CODED not in lower and lower.isascii():
        return lower
    local, at, domain = composed(lower).rpartition("@")
    return local + at + ".".join(_label(each) for each in domain.split("."))


def is_guarded_like(address: str) -> bool:
    """Return whether an address is another one at ks.no than the guarded one, or that misspelt."""
    if address == GUARDED:
        return False
    theirs = domain_of(address) == domain_of(GUARDED)
    return theirs or bool(get_close_matches(address, [GUARDED], cutoff=_ALMOST))


def in_ascii(domain: str) -> str:
    """Return a domain in ASCII; what cannot be written so is returned as it is."""
    return domain if domain.isascii() else ".".join(_coded(each) for each in domain.split("."))


def _label(label: str) -> str:
    coded = _coded(label)
    if not coded.startswith(_CODED):
        return label
    try:
        letters = coded.encode("ascii").decode("idna")
    except UnicodeError:
        return label
    latin = all(c.isascii() or unicodedata.name(c, "").startswith("LATIN ") for c in letters)
    return letters if latin and _coded(letters) == coded else coded


def _coded(label: str) -> str:
    """In ASCII; a letter that another is put in place of on the way there («ß») is not told."""
    try:
        coded = label.encode("idna").decode("ascii")
        return coded if label.isascii() or coded.encode().decode("idna") == label else label
    except UnicodeError:
        return label


def domain_of(address: str) -> str:
    """Return the domain of a bare address, in lower case; empty where there is none."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def colleagues(first: str, second: str) -> bool:
    """Whether two bare addresses belong to one organisation: the same domain, not a public one."""
    domain = domain_of(first)
    return bool(domain) and domain == domain_of(second) and domain not in PUBLIC
