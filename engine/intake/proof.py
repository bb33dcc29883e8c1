"""Whether a server of the site's own vouches for the domain of From (RFC 8601, RFC 7489)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.frozen import dataclass
from engine.intake.headers import HEADER_BYTES, Headers, plain
from engine.intake.reading import IntakeRules
from engine.pattern import pattern

_HEADER: Final = "authentication-results"
_INSIDE: Final = "x-ms-exchange-organization-authas"
_TOKEN: Final = pattern(r'"((?:[^"\\]|\\.)*)"?|([^\s=;"]+)|(=)')
_SPECIAL: Final = pattern(r'["()\\]')
"""What comments and quotes are made of; most values have none."""
_METHOD: Final = pattern(r"([a-z0-9-]+)(?:/\d+)?")


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result: `dmarc`, `pass`, and the properties that it was reached for."""

    method: str
    result: str
    properties: Mapping[str, str]


def vouched(headers: Headers, domain: str, rules: IntakeRules) -> bool:
    """Whether the site's own servers vouch for `domain`, the one of From, by `rules`."""
    if aligned(headers, domain, rules.trusted_servers):
        return True
    return rules.microsoft365 and _by_microsoft365(headers, domain, rules.tenant_domains)


def _by_microsoft365(headers: Headers, domain: str, tenant: tuple[str, ...]) -> bool:
    """Whether Exchange Online vouches for `domain`, in a mailbox that lies there.

    Its results name no server, so nobody else's may stand above them: they count only on mail
    that it calls anonymous, or says nothing of. Its mark of inside mail is taken off whatever
    comes from outside.
    """
    marks = [plain(value).lower() for value in headers.all(_INSIDE)]
    if marks and marks != ["anonymous"]:
        return marks == ["internal"] and bool(domain) and domain in tenant
    if not domain or any(len(value) > HEADER_BYTES for value in headers.all(_HEADER)[:1]):
        return False
    parts = [_tokens(part) for part in _parts(headers.raw(_HEADER))]
    if not parts or "=" not in parts[0]:
        return False
    found = [result for result in map(_result, parts) if result is not None]
    dmarc = [result for result in found if result.method == "dmarc"]
    return len(dmarc) == 1 and dmarc[0].result == "pass" and _names(dmarc[0], domain)


def _names(result: Result, domain: str) -> bool:
    return result.properties.get("header.from", "") == domain


def aligned(headers: Headers, domain: str, trusted: tuple[str, ...]) -> bool:
    """Whether DMARC passed for `domain`, or DKIM for it or an organisation above it.

    Only the top-most Authentication-Results counts, and only from a trusted server: those below
    may have come with the message (RFC 8601 §7.1). A DMARC failure goes before everything.
    """
    if any(len(value) > HEADER_BYTES for value in headers.all(_HEADER)[:1]):
        return False
    server, results = read(headers.raw(_HEADER))
    if not domain or not server or server not in {name.strip().lower() for name in trusted}:
        return False
    dmarc = [r for r in results if r.method == "dmarc"]
    if any(r.result in {"fail", "permerror"} for r in dmarc):
        return False
    if any(r.result == "pass" and _is_from(r, domain) for r in dmarc):
        return True
    signed = (r for r in results if r.method == "dkim" and r.result == "pass")
    return any(_covers(_signer(r), domain) for r in signed)


def read(value: str) -> tuple[str, tuple[Result, ...]]:
    """Return the authserv-id and the results of one Authentication-Results value.

    Empty where it cannot be read, as when the first part is a result already (Microsoft 365).
    """
    parts = [_tokens(part) for part in _parts(value)]
    if not parts or not parts[0] or "=" in parts[0]:
        return "", ()
    found = (_result(tokens) for tokens in parts[1:])
    return parts[0][0].lower(), tuple(result for result in found if result is not None)


def _is_from(result: Result, domain: str) -> bool:
    return result.properties.get("header.from", domain).rpartition("@")[2] == domain


def _signer(result: Result) -> str:
    """The signing domain: header.d, which an identity in header.i must lie within."""
    signing = result.properties.get("header.d", "")
    identity = result.properties.get("header.i", "").rpartition("@")[2]
    if signing and identity and identity != signing and not identity.endswith("." + signing):
        return ""
    return signing or identity


def _covers(signing: str, domain: str) -> bool:
    if not signing:
        return False
    return signing == domain or ("." in signing and domain.endswith("." + signing))


def _parts(value: str) -> list[str]:
    """The value at its semicolons, without comments; inside quotes both are ordinary letters.

    Comments nest and may hold anything (RFC 5322 §3.2.2).
    """
    if _SPECIAL.search(value) is None:
        return value.split(";")
    parts: list[list[str]] = [[]]
    depth, quoted, escaped = 0, False, False
    for char in value:
        special = "" if escaped else char
        escaped = special == "\\" and bool(quoted or depth)
        if special in {"(", ")"} and not quoted:
            depth = max(0, depth + (1 if char == "(" else -1))
            parts[-1].append(" ")
        elif special == ";" and not quoted and not depth:
            parts.append([])
        elif not depth:
            quoted = quoted ^ (special == '"')
            parts[-1].append(char)
    return ["".join(part) for part in parts]


def _tokens(part: str) -> list[str]:
    return [m[1] if m[1] is not None else m[2] or m[3] for m in _TOKEN.finditer(part)]


def _result(tokens: list[str]) -> Result | None:
    pairs = [
        (tokens[i - 1].lower(), tokens[i + 1].lower())
        for i in range(1, len(tokens) - 1)
        if tokens[i] == "="
    ]
    method = _METHOD.fullmatch(pairs[0][0]) if pairs else None
    if method is None:
        return None
    properties: dict[str, str] = {}
    for name, text in pairs[1:]:
        properties.setdefault(name, text)
    return Result(method[1], pairs[0][1], properties)
