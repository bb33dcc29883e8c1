"""Where a reply ends and what it answers begins: nb, nn, en, sv and da, of the common programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.pattern import pattern

_MARKED: Final = pattern(r"\s{0,3}>")
_MARKS: Final = pattern(r"^(?:\s{0,3}>)+ ?")
_WROTE: Final = pattern(
    r"\b(?:skrev|skreiv|wrote|writes|schrieb|har skrevet|har skrive|a écrit|escribió|ha scritto"
    r"|schreef|kirjoitti|napisał(?:\(?a\)?)?|escreveu|написал\w*|napsal(?:\(?a\)?)?|skrifaði)(?!\w)",
    re.IGNORECASE,
)
_WHEN_OR_WHO: Final = pattern(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}|[^\s@]@[^\s@]"
)
_FROM: Final = pattern(
    r"\W{0,4}(?:fra|frå|from|från|von|de|da|van|lähettäjä|od|от)\W{0,3}:", re.IGNORECASE
)
_OTHERS: Final = tuple(
    pattern(rf"\W{{0,4}}(?:{labels})\W{{0,3}}:", re.IGNORECASE)
    for labels in (
        "sendt|send|sent|dato|date|skickat|datum|gesendet|envoyé|enviado|inviato|verzonden"
        "|lähetetty|wysłano|отправлено|дата|data|fecha",
        "til|to|till|an|à|para|a|aan|vastaanottaja|do|кому",
        "emne|subject|ämne|betreff|objet|asunto|oggetto|onderwerp|aihe|temat|assunto|тема",
        "kopi|cc|kopia",
    )
)
_SEPARATOR: Final = pattern(
    r"-{2,}\s{0,3}(?:opprinnelig melding|opphavleg melding|opprinneleg melding|original message"
    r"|original appointment|videresendt melding|vidaresend melding|vidaresendt melding"
    r"|forwarded message|ursprungligt meddelande|oprindelig meddelelse|vidarebefordrat meddelande"
    r"|videresendt meddelelse|opprinnelig avtale)\s{0,3}-{2,}|_{20,}"
    r"|(?:videresendt melding|vidaresend melding|begin forwarded message"
    r"|start på videresendt melding|start på vidaresend melding|ved videresendt melding)\s{0,3}:"
    r"|-{3,}\s{0,3}(?:videresendt|vidaresendt?|forwarded|vidarebefordrat) (?:av|by) .{1,300}"
    r"|-{3,}.{1,300}\b(?:skrev|skreiv|wrote)\s?:\s?-{3,}|\|-{5,}[+>|-]{1,200}",
    re.IGNORECASE,
    needs="--|__|melding|message",
)
_LOTUS_DATE: Final = pattern(
    r"(?:den )?\d{1,2}[./-]\d{1,2}[./-]\d{2,4},?\s{1,3}(?:kl\.?\s)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[ap]m)?(?:\s(?:ze|cet|cest))?",
    re.IGNORECASE,
)
_LOTUS_BEGINS: Final = pattern(r"^[^\S\n]*(?:den )?\d{1,2}[./-]\d", re.IGNORECASE | re.MULTILINE)
"""How the line with the date begins; few texts have one."""
_LOTUS_LABELS: Final = (pattern(r"(?:til|to)", re.IGNORECASE),
                        pattern(r"(?:emne|subject)", re.IGNORECASE))  # fmt: skip
MAX_SEPARATOR: Final = 400
MAX_LINES_OF_ATTRIBUTION: Final = 4
MAX_ATTRIBUTION: Final = 500
_LABELS_OF_A_BLOCK: Final = 2


def begins(lines: list[str]) -> int:
    """Return the index of the first line that is a quote or introduces one; len(lines) if none."""
    return sum(1 for _ in above(lines))


def above(lines: list[str]) -> Iterator[str]:
    """Yield the lines above the first that is a quote or introduces one."""
    dated = _LOTUS_BEGINS.search("\n".join(lines)) is not None
    # An attribution ends in a colon, which few lines do.
    ended = [_ends_attribution(line.strip()[:MAX_ATTRIBUTION]) for line in lines]
    for index, line in enumerate(lines):
        if line and not line.isspace():
            if _is_marked(line) or (_FROM.match(line) and _is_header_block(lines, index)):
                return
            if any(ended[index : index + MAX_LINES_OF_ATTRIBUTION]) and (
                _is_attribution(lines, index)
            ):
                return
            if dated and _is_lotus_block(lines, index):
                return
        yield line


def unmarked(text: str) -> str:
    """Return quoted text without the marks at the start of its lines."""
    return "\n".join(_MARKS.sub("", line[:20_000]) for line in text.split("\n"))


def _is_marked(line: str) -> bool:
    bare = line.strip(" *_\t") or line.strip()
    return bool(_MARKED.match(line) or _SEPARATOR.fullmatch(bare[:MAX_SEPARATOR]))


def _is_header_block(lines: list[str], index: int) -> bool:
    """Outlook repeats the headers of what it answers: at least two more stand close below."""
    close = lines[index + 1 : index + 8]
    found = [any(other.match(line) for line in close) for other in _OTHERS]
    return sum(found) >= _LABELS_OF_A_BLOCK and (found[0] or found[2])


def _is_lotus_block(lines: list[str], index: int) -> bool:
    """Notes writes who, when, and then Til, Kopi and Emne on lines of their own, values below."""
    following = [line.strip() for line in lines[index + 1 : index + 3]]
    at = next((i for i, line in enumerate(following) if line), None)
    if at is None or not _LOTUS_DATE.fullmatch(following[at][:60]):
        return False
    close = [line.strip() for line in lines[index + 2 : index + 18]]
    return all(any(label.fullmatch(line) for line in close) for label in _LOTUS_LABELS)


def _is_attribution(lines: list[str], index: int) -> bool:
    """«Den 12. jan. 2017 kl. 10:15 skrev …:», broken over some lines at the most.

    It begins as late as it can, so that a command right above it stays the sender's own.
    """
    span: list[str] = []
    for line in lines[index : index + MAX_LINES_OF_ATTRIBUTION]:
        span.append(line.strip()[:MAX_ATTRIBUTION])
        if not span[-1]:
            return False
        if _ends_attribution(span[-1]):
            later = any(_reads_as_attribution(" ".join(span[i:])) for i in range(1, len(span)))
            whole = " ".join(span)
            return not later and (
                _reads_as_attribution(whole) or _stands_before_quote(span, lines, index)
            )
    return False


def _ends_attribution(line: str) -> bool:
    return line.rstrip("* _").endswith(":")


def _reads_as_attribution(text: str) -> bool:
    if len(text) > MAX_ATTRIBUTION:
        return False
    return bool(_WROTE.search(text) and _WHEN_OR_WHO.search(text))


def _stands_before_quote(span: list[str], lines: list[str], index: int) -> bool:
    """«KS Læring skrev:» has neither day nor address, but what follows is marked as a quote."""
    if len(span) > 1 or not _WROTE.search(span[0]):
        return False
    following = [line for line in lines[index + 1 : index + 5] if line.strip()]
    return bool(following) and _MARKED.match(following[0]) is not None
