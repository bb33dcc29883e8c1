"""Links as mail programs and filters leave them in text, back as the sender wrote them."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import Error
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

_URL: Final = re.compile(r"https?://[^\s<>\"\]]{1,4000}", re.IGNORECASE)
_TARGET: Final = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_BY_QUERY: Final = (
    (".safelinks.protection.outlook.com", "", "url"),
    (".office.net", "/evergreen-assets/safelinks/", "url"),
    ("linkprotect.cudasvc.com", "/url", "a"),
    ("urldefense.proofpoint.com", "/v1/url", "u"),
    ("protect2.fireeye.com", "/", "u"),
    (".fireeye.com", "/v", "u"),
    ("clicktime.symantec.com", "/", "u"),
    (".trendmicro.com", "/wis/", "url"),
    ("www.google.com", "/url", "q"),
)
"""The end of the host, the start of the path, and the parameter that holds the real address."""
_PROOFPOINT_3: Final = re.compile(
    r"https?://urldefense\.(?:com|us|proofpoint\.com)/v3/(?>__(\S{1,2000}?)__;)([\w-]{0,400})=*!\S{0,300}",
    re.IGNORECASE,
)
_RUN: Final = re.compile(r"\*(?:\*([A-Za-z0-9_-]))?")
_RUNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BETWEEN_LINES: Final = re.compile(
    r"https?://(?:url\.avanan\.click|protect\.checkpoint\.com)/v2/[^\s<>\"]{0,40}?___"
    r"(https?://[^\s<>\"]{1,2000}?)___[^\s<>\"]{0,500}",
    re.IGNORECASE,
)
_MAILTO: Final = re.compile(
    r"([^\s<>\[\]@]{1,64}@[^\s<>\[\]@]{1,254})\s?[<\[]mailto:[^\s<>\[\]]{1,300}[>\]]"
)
_MEANT: Final = re.compile(r"\s?<(https?://[^\s<>]{1,2000})>")
_LONGEST: Final = 2_000


def mended(text: str) -> str:
    """Return `text` with the links of Safe Links, Proofpoint, Barracuda and their like unwrapped,
    and links that stand twice written once.
    """
    if "http" not in text.lower() and "mailto:" not in text:
        return text
    plain = _PROOFPOINT_3.sub(_proofpoint_3, text)
    plain = _BETWEEN_LINES.sub(lambda found: _safe(found[1], found[0]), plain)
    plain = _URL.sub(_unwrapped, plain)
    return _MAILTO.sub(r"\1", _MEANT.sub(_once, plain))


def _unwrapped(found: re.Match[str]) -> str:
    try:
        parts = urlsplit(found[0])
        host, path = (parts.hostname or "").lower(), parts.path
        for end, start, name in _BY_QUERY:
            if ("." + host).endswith("." + end.lstrip(".")) and path.startswith(start):
                target = parse_qs(parts.query, max_num_fields=50).get(name, [""])[0]
                return _safe(target, found[0])
        if host == "urldefense.proofpoint.com" and path == "/v2/url":
            hidden = parse_qs(parts.query, max_num_fields=50).get("u", [""])[0]
            return _safe(unquote(hidden.replace("-", "%").replace("_", "/")), found[0])
        if host == "secure-web.cisco.com":
            return _safe(unquote(path.rpartition("/")[2]), found[0])
    except ValueError:
        return found[0]
    return found[0]


def _proofpoint_3(found: re.Match[str]) -> str:
    """Letters that a link may not hold stand as `*`, and one after another at its end (base64);
    `**X` stands for a run of two and more.
    """
    coded = found[2]
    try:
        left = iter(urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-8"))
    except (Error, ValueError):
        return found[0]

    def put_back(mark: re.Match[str]) -> str:
        count = 1 if mark[1] is None else _RUNS.index(mark[1]) + 2
        return "".join(next(left, "") for _ in range(count))

    return _safe(_RUN.sub(put_back, found[1]), found[0])


def _safe(target: str, otherwise: str) -> str:
    return target if _TARGET.fullmatch(target) else otherwise


def _once(found: re.Match[str]) -> str:
    """The same link shown and meant; where they differ, both stay for a person to see."""
    before = found.string[max(0, found.start() - _LONGEST) : found.start()]
    word = before[max(before.rfind(mark) for mark in " \n\t<>") + 1 :]
    shown = word[word.find("http") :] if "http" in word else ""
    return "" if shown.rstrip("/") == found[1].rstrip("/") else found[0]
