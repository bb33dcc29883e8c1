"""What a bounce says in words: nb, nn, en, sv and da, of the common mail servers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_ADDRESS: Final = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z][A-Za-z0-9-]{1,30}(?![\w-])"
)
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_REPLY: Final = re.compile(r"(?<![\d.])([45])\d\d(?=[ -]+\S)")
_NOT_A_RECEIVER: Final = re.compile(
    r"(?:mailer-?daemon|postmaster|abuse|helpdesk|support)@", re.IGNORECASE
)
_FAILS: Final = re.compile(
    r"(?:kunne|kan|kunna) (?:ikke|ikkje|inte) (?:bli |verte |vert )?(?:lever|send|n[åa])"
    r"|(?:ikke|ikkje|inte) (?:bli |blitt |vorte )?(?:lever|kom fram)"
    r"|levering\w* .{0,60}(?:mislyk|feil|svikt|utsatt|forsink)|leveringsfeil"
    r"|(?:finnes|finst|eksisterer|finns) (?:ikke|ikkje|inte)|ble avvist|vart avvist|blei avvist"
    r"|(?:could|can|would|was|were)(?: ?not|n['’]t) .{0,30}(?:deliver|reach|sent|send|found)"
    r"|delivery .{0,60}(?:fail|delay|has been suspended)|undeliver|failed recipient"
    r"|permanent (?:fatal )?error|not delivered|wasn['’]t delivered|unable to deliver"
    r"|user unknown|unknown user|does not exist|doesn['’]t exist|mailbox (?:full|unavailable)"
    r"|følgende mottaker|følgjande mottakar|following (?:recipient|address)|rejected",
    re.IGNORECASE,
)
_TRIES_ON: Final = re.compile(
    r"(?:prøver|forsøker|freistar|försöker) .{0,40}(?:igjen|videre|vidare|på nytt|på nytt)"
    r"|(?:forsinket|forseinka|utsatt|utsett|försenad|forsinket)\b"
    r"|will (?:be retried|keep trying|retry|continue)|delayed|not yet been delivered"
    r"|you do not need to resend|trenger ikke (?:å )?sende|treng ikkje (?:å )?sende",
    re.IGNORECASE,
)
_COPY: Final = re.compile(
    r"\W{0,12}(?:below this line is a copy|this is a copy of the message|original message"
    r"|opprinnelig melding|opphavleg melding|included (?:is|below)|message headers? follow"
    r"|opprinnelige meldingshoder|original message headers|the header of the original"
    r"|original-?meldingen|diagnostisk informasjon|ursprungliga meddelandehuvuden)",
    re.IGNORECASE,
)
_NEAR: Final = 6
_MAX_LINES: Final = 400
_MAX_LINE: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the words of a bounce tell."""

    addresses: tuple[str, ...]
    permanent: bool | None
    status: str
    reason: str


def read(text: str, own_addresses: tuple[str, ...]) -> Said:
    """Return whom the words name as failed, whether for good, and the sentence that says so."""
    lines = [line[:_MAX_LINE] for line in text.split("\n")[:_MAX_LINES]]
    cut = next((i for i, line in enumerate(lines) if i and _COPY.match(line)), len(lines))
    above = lines[:cut]
    whole = "\n".join(above)
    failing = [i for i, line in enumerate(above) if _FAILS.search(line)]
    own = {address.lower() for address in own_addresses}
    code = status(whole)
    return Said(
        addresses=tuple(a for a in _named(above, failing) if a not in own),
        permanent=_permanent(whole, code, bool(failing)),
        status=code,
        reason=_reason(above, failing),
    )


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses that stand in `text`, bare and in lower case, in order."""
    found = (match[0].strip(".'").lower() for match in _ADDRESS.finditer(text[:20_000]))
    return tuple(dict.fromkeys(found))


def status(text: str) -> str:
    """Return the first enhanced status code in `text` (RFC 3463); empty where there is none."""
    found = _STATUS.search(text)
    return found[1] if found else ""


def _named(lines: list[str], failing: list[int]) -> list[str]:
    """Those close below or in a line that tells of a failure; else those of all the text."""
    near = sorted({i for start in failing for i in range(start, start + _NEAR) if i < len(lines)})
    close = [a for i in near for a in addresses(lines[i])]
    found = close or [a for line in lines for a in addresses(line)]
    return [a for a in dict.fromkeys(found) if not _NOT_A_RECEIVER.match(a)]


def _permanent(text: str, code: str, fails: bool) -> bool | None:
    if _TRIES_ON.search(text) and not code.startswith("5"):
        return False
    if code:
        return code.startswith("5")
    reply = _REPLY.search(text)
    if reply is not None:
        return reply[1] == "5"
    return True if fails else None


def _reason(lines: list[str], failing: list[int]) -> str:
    """The line with the server's own code, else the first that tells of a failure."""
    coded = [i for i, line in enumerate(lines) if _STATUS.search(line) or _REPLY.search(line)]
    chosen = [*coded, *failing]
    return " ".join(lines[chosen[0]].split()) if chosen else ""
