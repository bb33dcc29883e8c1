"""Request numbers and tokens in a subject line."""

from __future__ import annotations

import re
from typing import Final

from engine.intake.automatic.machine_words import REPLY

_BRACKETS: Final = re.compile(r"\[([^\[\]]{8,60})\]")
_TOKEN: Final = re.compile(r"(KD-\d{4}-\d{4,9})\.([0-9A-Z]{6,16})")
_SECRET: Final = re.compile(r"\[(?:(KD-\d{4}-\d{4,9})\.)?[0-9A-HJKMNP-TV-Z]{8}\]", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<![A-Z0-9])KD ?- ?(\d{4}) ?- ?(\d{4,9})(?!\d)", re.IGNORECASE)
_GATEWAY: Final = (
    r"(?:(?:caution|advarsel|warning|obs|nb|viktig)\W{1,3})?(?:ekstern|external|extern|ext|utenfra)"
    r"(?:[ -](?:e-?post|e-?mail|mail|avsender|avsendar|sender|melding|message|kilde))?"
)
_TAG: Final = re.compile(
    rf"\W{{0,4}}[\[({{<]\W{{0,4}}{_GATEWAY}\W{{0,4}}[\])}}>][\s:|-]{{0,3}}"
    rf"|\W{{0,3}}\*{{1,4}} ?{_GATEWAY} ?\*{{1,4}}[\s:|-]{{0,3}}"
    r"|\W{0,3}(?-i:EKSTERN|EXTERNAL|EXTERN)(?: (?:E-?POST|E-?MAIL|MAIL|AVSENDER|SENDER))?"
    r"\s?[:|]\s{0,3}",
    re.IGNORECASE,
)
"""What our own mail gateway has put in front of what comes from outside."""
_TAGS: Final = 4
_VOTE: Final = re.compile(
    r"\s{0,3}(?:approved?|reject|yes|no|maybe|godkjenn|godkjend|godta|avvis|ja|nei|kanskje"
    r"|godkänn|avvisa|nej|kanske|godkend|afvis|måske)\s?:\s{0,3}\S",
    re.IGNORECASE,
)
"""What Outlook's voting buttons put before the subject; the vote itself stands only in TNEF."""


def without_tags(subject: str) -> str:
    """Return `subject` without our own gateway's tags, at its start and behind «SV:»."""
    rest, replies = subject, ""
    for _ in range(_TAGS):
        tag = _TAG.match(rest)
        if tag is not None:
            rest = rest[tag.end() :]
            continue
        reply = REPLY.match(rest)
        if reply is None or _TAG.match(rest, reply.end()) is None:
            break
        replies += reply[0].strip() + " "
        rest = rest[reply.end() :]
    return replies + rest if rest != subject else subject


def tokens(subject: str) -> tuple[tuple[str, str], ...]:
    """Return the (number, token) pairs in `subject`, whatever its case and folding blanks."""
    bare = ("".join(found[1].split()).upper() for found in _BRACKETS.finditer(subject))
    pairs = (_TOKEN.fullmatch(text) for text in bare)
    return tuple(dict.fromkeys((p[1], p[2]) for p in pairs if p is not None))


def without_tokens(text: str) -> str:
    """Return `text` with the number alone for a letter's token, which is its receiver's."""
    return _SECRET.sub(lambda found: found[1] or "", text)


def numbers(subject: str) -> tuple[str, ...]:
    """Return the request numbers in `subject`, with or without a token."""
    found = [f"KD-{m[1]}-{m[2]}" for m in _NUMBER.finditer(subject)]
    return tuple(dict.fromkeys([*found, *(number for number, _ in tokens(subject))]))


def is_vote(subject: str) -> bool:
    """Return whether Outlook's voting buttons have written the start of `subject`."""
    return _VOTE.match(subject) is not None
