"""Whether a server of the site's own vouches for the domain of From (RFC 8601, RFC 7489)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from engine.domain.register.mail_domains import known_form
from engine.intake.headers import HEADER_BYTES, Headers, plain, split, untouched
from engine.intake.reading import IntakeRules

MOST: Final = 20
"""How many Authentication-Results are looked at: one's own servers write a few, at the top."""
_HEADER: Final = "authentication-results"
_INSIDE: Final = "x-ms-exchange-organization-authas"
_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)"?|([^\s=;"]+)|(=)')
_SPECIAL: Final = re.compile(r'["()\\]')
"""What comments and quotes are made of; most values have none."""
_FOLD: Final = re.compile(rb"\n[ \t]")
_SERVER: Final = re.compile(rb"[ \t]*([!#-'*-<>-\[\]-~]{1,255})(?:[ \t]+\d{1,9})?[ \t]*")
_INVISIBLE: Final = re.compile(r"[^\t -~]")
_BY: Final = re.compile(r"(?:^|\s)[bB][yY]\s+([!#-'*-:<-~]{1,255})(?=\s|$)")
FAIL: Final = frozenset({"fail"})
FAILURES: Final = frozenset({"fail", "permerror"})
"""Of DMARC: after these a server vouches for nobody, whatever DKIM says."""
LONG: Final = 65_536
"""Bytes of a header in which a failure is looked for."""
_METHOD: Final = re.compile(r"([a-z0-9-]+)(?:/\d+)?")


class Result(Struct, frozen=True):
    """One method's result: `dmarc`, `pass`, and the properties that it was reached for."""

    method: str
    result: str
    properties: Mapping[str, str]


class Vouching(Struct, frozen=True):
    """What the site's own servers say of the sender of a message."""

    aligned: bool
    """Whether one vouches for the domain of From."""
    refuted: bool
    """Whether one says that From is not who wrote (RFC 7489 §6.6): nothing else proves it then."""


def vouching(headers: Headers, domain: str, rules: IntakeRules) -> Vouching:
    """Return what the site's own servers say, by `rules`, of `domain`, the one of From."""
    if failed(headers, rules, FAIL):
        return Vouching(aligned=False, refuted=True)
    own = aligned(headers, domain, rules)
    by_microsoft365 = rules.microsoft365 and not own
    if by_microsoft365:
        own = _by_microsoft365(headers, domain, rules.tenant_domains)
    return Vouching(aligned=own, refuted=False)


def failed(headers: Headers, rules: IntakeRules, wanted: frozenset[str] = FAILURES) -> bool:
    """Whether the site's own servers give one of `wanted` for DMARC, in the top-most of their
    headers that speaks of it: a server may write one header for each method.

    A message has one From, so whatever domain the result names, it is about that one.
    """
    own, ours = _written_here(headers, rules), _bare(rules.trusted_servers)
    said = [value for value in own if server_of(value) in ours]
    if rules.microsoft365 and _marks(headers) in ([], ["anonymous"]):
        said += headers.all(_HEADER)[:1]
    # Nobody gains by a failure in their own mail, so a name with a comment may tell of one.
    nearly = [value for value in own if renamed(value) in ours]
    return _fails(said, wanted) or _fails(nearly, wanted)


def _fails(values: list[bytes], wanted: frozenset[str]) -> bool:
    """Whether the first of `values` that speaks of DMARC gives one of `wanted`."""
    for value in values:
        found = [each.result for each in results(value[:LONG]) if each.method == "dmarc"]
        if found:
            return not wanted.isdisjoint(found)
    return False


def _of_ours(headers: Headers, rules: IntakeRules) -> list[tuple[str, bytes]]:
    """(server of ours, value) of each Authentication-Results that was written on the site's side;
    the server is empty where it is none of ours.
    """
    trusted = _bare(rules.trusted_servers)
    named = ((server_of(value), value) for value in _written_here(headers, rules))
    return [(server if server in trusted else "", value) for server, value in named]


def _written_here(headers: Headers, rules: IntakeRules) -> list[bytes]:
    """The Authentication-Results above every Received by anybody else, whoever they name."""
    hosts = _bare(rules.own_hosts or rules.trusted_servers)
    found: list[bytes] = []
    for name, value in headers.rows:
        if name == "received" and _written_by(value) not in hosts:
            break
        if len(found) >= MOST:
            break
        if name == _HEADER:
            found.append(value)
    return found


def with_another_name(raw: bytes, rules: IntakeRules) -> str:
    """What a message that begins with `raw` calls a server of ours in results that count only
    against a sender: its name with a comment, quotes or letters that nobody sees. Empty where
    there are none.
    """
    found, trusted = _head_of(raw), _bare(rules.trusted_servers)
    for value in _written_here(found, rules):
        if renamed(value) in trusted:
            return plain(value[:HEADER_BYTES].partition(b";")[0])
    return ""


def _head_of(raw: bytes) -> Headers:
    return split(raw.replace(b"\r\n", b"\n").lstrip(b"\n"))[0]


def below_others(raw: bytes, rules: IntakeRules) -> tuple[bool, str]:
    """Whether any results of ours count in a message that begins with `raw`; and the host whose
    Received stands above some that do not. Empty where there are none.
    """
    found = _head_of(raw)
    trusted = _bare(rules.trusted_servers)
    counting = _of_ours(found, rules)
    hidden = [value for value in found.all(_HEADER)[len(counting) :] if server_of(value) in trusted]
    hosts = _bare(rules.own_hosts or rules.trusted_servers)
    others = (_written_by(value) for value in found.all("received"))
    above = next((host for host in others if host not in hosts), "")
    return any(name for name, _ in counting), above if hidden else ""


def _bare(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in names)


def server_of(value: bytes) -> str:
    """Return the authserv-id at the start of an Authentication-Results value, in lower case; empty
    where it is anything but a bare name and a version (RFC 8601 §2.2).

    Compared as it stands: a letter that nobody sees, a quote or a comment makes another name.
    """
    first = _FOLD.sub(b" ", value[:HEADER_BYTES]).partition(b";")[0]
    name = _SERVER.fullmatch(first)
    return name[1].lower().decode("ascii") if name else ""


def renamed(value: bytes) -> str:
    """Return the server that an Authentication-Results value names in any but its bare form, in
    lower case: without comments, quotes and letters that nobody sees. Empty where the bare form
    stands there. It proves nothing (`server_of`).
    """
    if server_of(value):
        return ""
    first = _parts(untouched(value[:HEADER_BYTES]))[0]
    words = _INVISIBLE.sub("", first).replace('"', " ").split()
    return words[0].lower() if words else ""


def _written_by(value: bytes) -> str:
    """The host that wrote a Received header; empty where it does not say (RFC 5321 §4.4)."""
    text = "".join(_parts(untouched(value[:HEADER_BYTES]))[:1])
    found = _BY.search(text)
    return found[1].lower() if found else ""


def _by_microsoft365(headers: Headers, domain: str, tenant: tuple[str, ...]) -> bool:
    """Whether Exchange Online vouches for `domain`, in a mailbox that lies there.

    Its results name no server, so nobody else's may stand above them: they count only on mail
    that it calls anonymous, or says nothing of. Its mark of inside mail is taken off whatever
    comes from outside.
    """
    marks = _marks(headers)
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


def _marks(headers: Headers) -> list[str]:
    return [plain(value).lower() for value in headers.all(_INSIDE)]


def _names(result: Result, domain: str) -> bool:
    return result.properties.get("header.from", "") == domain


def aligned(headers: Headers, domain: str, rules: IntakeRules) -> bool:
    """Whether DMARC passed for `domain`, or DKIM for it or an organisation above it.

    Only the top-most Authentication-Results counts, and only from a trusted server: those below
    may have come with the message (RFC 8601 §7.1). A DMARC failure goes before everything.
    """
    server, value = next(iter(_of_ours(headers, rules)), ("", b""))
    if not domain or not server or len(value) > HEADER_BYTES or failed(headers, rules):
        return False
    found = results(value)
    if any(r.result == "pass" and _is_from(r, domain) for r in found if r.method == "dmarc"):
        return True
    signed = (r for r in found if r.method == "dkim" and r.result == "pass")
    return any(_covers(_signer(r), domain) for r in signed)


def results(value: bytes) -> tuple[Result, ...]:
    """Return the results of one Authentication-Results value."""
    found = (_result(_tokens(part)) for part in _parts(untouched(value)))
    return tuple(result for result in found if result is not None)


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
        properties.setdefault(name, known_form(text))
    return Result(method[1], pairs[0][1], properties)
