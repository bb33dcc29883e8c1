"""What a bounce says in words: nb, nn, en, sv and da, of the common mail servers."""

from __future__ import annotations

import re
from email import message_from_string
from typing import Final

from msgspec import Struct

from engine.intake.automatic.machine_words import STATES_FAILURE
from engine.quiet import silence

_ADDRESS: Final = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z][A-Za-z0-9-]{1,30}(?![\w-])"
)
_STATUS: Final = re.compile(r"(?<![\w.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_FAILING: Final = re.compile(r"(?<![\w.])([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_REPLY: Final = re.compile(r"(?<![\w.-])([45])\d\d(?=\s+\S|-[45]\.)")
_NOT_A_RECEIVER: Final = re.compile(
    r"(?:mailer-?daemon|postmaster|abuse|helpdesk|support)@", re.IGNORECASE
)
_FAILS: Final = re.compile(
    STATES_FAILURE.pattern
    + r"|(?:finnes|finst|eksisterer|finns) (?:ikke|ikkje|inte)|does(?: not|n['’]t) exist"
    r"|følgende mottaker|følgjande mottakar|desse mottakar|disse (?:mottaker|modtager)"
    r"|following (?:recipient|address|e-?mail)|rejected|ikke oppført|not listed",
    re.IGNORECASE,
)
_TRIES_ON: Final = re.compile(
    r"(?:prøver|forsøker|freistar|försöker) .{0,40}(?:igjen|videre|vidare|på nytt|igen)"
    r"|(?:forsinket|forseinka|utsatt|utsett|försenad)\b|nye leverings?forsøk"
    r"|will (?:be retried|keep trying|retry|continue)|delayed|not yet been delivered|postponed"
    r"|delivery attempts will continue|(?:continue|keep) (?:to try|trying|to attempt)"
    r"|you do not need to resend|trenger ikke (?:å )?sende|treng ikkje (?:å )?sende",
    re.IGNORECASE,
)
_COPY: Final = re.compile(
    r"\W{0,12}(?:below this line is a copy|this is a copy of the message|original message"
    r"|opprinnelig melding|opphavleg melding|included (?:is|below)|message headers? follow"
    r"|opprinnelige meldingshoder|original message headers|the header of the original"
    r"|original-?meldingen|returned mail\W|the header and top|old message:|header of the source"
    r"|ursprungliga meddelandehuvuden)",
    re.IGNORECASE,
)
_NEAR: Final = 6
_MAX_LINES: Final = 400
_MAX_LINE: Final = 1_000


class Said(Struct, frozen=True, kw_only=True):
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
    coded = _FAILING.search(whole)
    code = coded[1] if coded else ""
    return Said(
        addresses=tuple(a for a in _named(above, failing) if a not in own),
        permanent=_permanent(whole, code, bool(failing)),
        status=code,
        reason=_reason(above, failing),
    )


def has_copy(text: str) -> bool:
    """Whether the text goes over into a copy of the letter that came back."""
    return any(_COPY.match(line[:_MAX_LINE]) for line in text.split("\n")[:_MAX_LINES])


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
    coded = [i for i, line in enumerate(lines) if _FAILING.search(line) or _REPLY.search(line)]
    chosen = [*coded, *failing]
    return " ".join(lines[chosen[0]].split()) if chosen else ""


MAX_BYTES: Final = 40_000
MAX_LINES: Final = 600
MAX_LINE: Final = 250
"""Its patterns take quadratic time on long lines, which no bounce's own words have."""


def failures(raw: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses that failed for now and those that failed for good, in lower case.

    Both are empty where the library knows no such bounce, or cannot cope with the message.
    """
    # It takes longer to import than most messages take to read, and few are bounces.
    from flufl.bounce import all_failures

    silence("flufl.bounce")
    lines = raw[:MAX_BYTES].replace(b"\r\n", b"\n").split(b"\n")[:MAX_LINES]
    whole = b"\n".join(line[:MAX_LINE] for line in lines)
    # A header with other letters becomes an object that it cannot read; addresses have none.
    plain = whole.decode("ascii", errors="replace").replace("\ufffd", "?")
    try:
        temporary, permanent = all_failures(message_from_string(plain))
    except Exception:  # noqa: BLE001 - whatever breaks it, our own reading is left
        return (), ()
    return _plain(temporary), _plain(permanent)


def _plain(found: frozenset[bytes] | set[bytes]) -> tuple[str, ...]:
    texts = (each.decode("ascii", errors="replace").strip(" <>'\"").lower() for each in found)
    return tuple(sorted(text for text in texts if "@" in text and " " not in text))
