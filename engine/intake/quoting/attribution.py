"""Who wrote what is quoted, and when, as the common programs say it above a quote: nb, nn, sv, da,
fi, en, de and some more. A sentence that only looks so is the writer's own (INTERFACE §5.3).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from engine.intake.quoting.answered import Answered

MARKED: Final = re.compile(r"\s{0,3}>")
MAX_LINES: Final = 4
MAX_LENGTH: Final = 500
_WROTE: Final = re.compile(
    r"\b(?:skrev|skreiv|wrote|writes|schrieb|har skrevet|har skrive|a écrit|escribió|ha scritto"
    r"|schreef|kirjoitti|napisał(?:\(?a\)?)?|escreveu|написал\w*|napsal(?:\(?a\)?)?|skrifaði)(?!\w)"
    r"|^\W{0,3}(?:sitat|siterer|citat|citerar|citerer|quoting|quote|zitat|lainaus|en réponse à)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"[<(\[](?:mailto:)?\s?[^\s<>@()\[\]]{1,80}@[^\s<>@()\[\]]{1,80}\s?[>)\]]"
)
_YEAR: Final = r"(?:19|20)\d\d"
_WHEN: Final = re.compile(rf"\b{_YEAR}\b|\b\d{{1,2}}[:.]\d\d\b|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2}}")
_CLOCK: Final = re.compile(
    r"(?:\b(?:kl\.?|klo|kello|um|at|,)\s?|\d\s|\d,\s)\d{1,2}[:.]\d\d(?![./]?\d)", re.IGNORECASE
)
_DAY: Final = (
    r"(?:(?:mån|man|mon|ma|tir|tis|tue|ti|ons|wed|ke|on|tor|tors|thu|to|fre|fri|pe|lør|laur|lau|lör"
    r"|sat|la|søn|sun|sön|su|di|mi|do|fr|sa|so|mo)[a-zæøåöä]{0,8}\.?,?\s{1,2})"
)
_MONTH: Final = (
    r"(?:jan|feb|mar|mär|apr|mai|maj|may|jun|jul|aug|sep|okt|oct|nov|des|dec|dez|dets|helmi|maalis"
    r"|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|tammi)[a-zäøåé]{0,8}\.?"
)
_DATE: Final = (
    rf"(?:\d{{1,2}}\.?\s{_MONTH},?(?:\s{_YEAR})?|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s{_YEAR})?"
    rf"|\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2,4}}|{_YEAR}-\d\d-\d\d)"
)
_BEGINS: Final = re.compile(
    rf"\W{{0,3}}(?:(?:den|på|on|am|le|el|il|op|em|dne|em)\s{{1,2}})?{_DAY}?(?:(?:den|d\.|the)\s)?"
    rf"{_DATE}",
    re.IGNORECASE,
)
"""How an attribution that says first when it was begins."""
_NAMED_FIRST: Final = re.compile(r"[^<>@:]{0,120}<[^<>\s]{1,120}@[^<>\s]{1,120}>")
_NAME: Final = r"[\w.\-’'/&(),\"“”]{1,40}"
_WHOLE: Final = re.compile(
    rf"(?:[^:]|\d:\d\d|utc:|gmt:){{0,160}}\b(?:skrev|skreiv|wrote|schrieb|kirjoitti)"
    rf"(?:\s(?:følgende|følgjande|följande|the following))?(?:\s{_NAME}){{0,8}}\s?:",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    r"\W{0,4}(?:fra|frå|from|från|von|de|da|van|lähettäjä|od|от)\W{0,3}:(?P<who>.{0,300})",
    re.IGNORECASE,
)
_OTHERS: Final = tuple(
    re.compile(rf"\W{{0,4}}(?:{labels})\W{{0,3}}:(?P<what>.{{0,300}})", re.IGNORECASE)
    for labels in (
        "sendt|send|sent|dato|date|skickat|datum|gesendet|envoyé|enviado|inviato|verzonden"
        "|lähetetty|päivämäärä|päiväys|wysłano|отправлено|дата|data|fecha",
        "til|to|till|an|à|para|a|aan|vastaanottaja|do|кому",
        "emne|subject|ämne|betreff|objet|asunto|oggetto|onderwerp|aihe|temat|assunto|тема",
        "kopi|cc|kopia|kopio",
    )
)
_SENT: Final = re.compile(
    r"\W{0,4}(?:sendt|sent|skickat|gesendet|lähetetty)\W{0,3}:", re.IGNORECASE
)
_LOTUS_DATE: Final = re.compile(
    r"(?:den )?\d{1,2}[./-]\d{1,2}[./-]\d{2,4},?\s{1,3}(?:kl\.?\s)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[ap]m)?(?:\s(?:ze|cet|cest))?",
    re.IGNORECASE,
)
_LOTUS_LABELS: Final = (re.compile(r"(?:til|to)", re.IGNORECASE),
                        re.compile(r"(?:emne|subject)", re.IGNORECASE))  # fmt: skip
_LABELS_OF_A_BLOCK: Final = 2
_LABELS_OF_A_WHOLE_BLOCK: Final = 3


def ends(line: str) -> bool:
    """Whether an attribution may end with this line: in a colon."""
    return line.rstrip("* _").endswith(":")


def introduces(line: str) -> bool:
    """Whether the line alone says that somebody wrote what follows: «KS Læring skrev:»."""
    return len(line) <= MAX_LENGTH and ends(line) and _WROTE.search(line) is not None


def stands_at(lines: list[str], index: int, letter: Answered) -> bool:
    """Whether «Den 12. jan. 2017 kl. 10:15 skrev …:» begins here, broken over some lines at the
    most, and what tells that it is no sentence of the writer's.

    It begins as late as it can, so that a command right above it stays the sender's own.
    """
    span: list[str] = []
    for line in lines[index : index + MAX_LINES]:
        span.append(line.strip()[:MAX_LENGTH])
        if not span[-1]:
            return False
        if ends(span[-1]):
            break
    if not span or not ends(span[-1]):
        return False
    return index == _first(lines, index, len(span)) and _proved(
        " ".join(span), lines, index + len(span) - 1, letter
    )


def _first(lines: list[str], index: int, length: int) -> int:
    """The line on which the attribution that ends `length` lines from `index` begins."""
    last = index + length - 1
    for start in range(last, max(-1, last - MAX_LINES), -1):
        if not lines[start].strip():
            break
        whole = " ".join(line.strip()[:MAX_LENGTH] for line in lines[start : last + 1])
        if _WROTE.search(whole) and not _is_torn(lines, start, whole):
            return start
    return index


def _is_torn(lines: list[str], start: int, whole: str) -> bool:
    """Whether the attribution has its beginning on the line above."""
    above = lines[start - 1].strip()[:MAX_LENGTH] if start else ""
    if not above or ends(above):
        return False
    if whole.count(">") > whole.count("<") or whole.lstrip().startswith(("<", "[mailto")):
        return True
    begun = _BEGINS.match(above) is not None and above[-1] not in "!?"
    if begun and _BEGINS.match(whole) is None:
        return above[-1] != "." or _BEGINS.fullmatch(above) is not None
    return begun and _BEGINS.fullmatch(above) is not None


def _proved(whole: str, lines: list[str], last: int, letter: Answered) -> bool:
    """By marks or our letter below it, our address in it, or the whole form of a program."""
    if len(whole) > MAX_LENGTH or not _WROTE.search(whole):
        return False
    below = next((line for line in lines[last + 1 : last + 6] if line.strip()), "")
    if MARKED.match(below) or letter.follows(lines, last):
        return True
    address = _ADDRESS.search(whole) is not None
    if address and (_WHEN.search(whole) or letter.names_us(whole)):
        return True
    if letter.names_us(whole) and _WHEN.search(whole):
        return _BEGINS.match(whole) is not None or not letter.text
    return not letter.text and (
        _BEGINS.match(whole) is not None
        and _CLOCK.search(whole) is not None
        and _WHOLE.fullmatch(whole) is not None
    )


def is_header_block(lines: list[str], index: int, letter: Answered) -> bool:
    """Whether the headers of what is answered are repeated here, as Outlook does it.

    A memo's own «Fra:», «Til:» and «Emne:» hold neither address, time of the day nor our name.
    """
    sender = _FROM.match(lines[index])
    if sender is None:
        return False
    close = [line[:MAX_LENGTH] for line in lines[index + 1 : index + 8]]
    close = list(takewhile(lambda line: not (_FROM.match(line) or line.startswith("__")), close))
    found = [next((m for line in close if (m := other.match(line))), None) for other in _OTHERS]
    if sum(each is not None for each in found) < (
        1 if letter.names_us(sender["who"]) else _LABELS_OF_A_BLOCK
    ):
        return False
    if found[0] is None and found[2] is None:
        return False
    sent, title = found[0], found[2]
    return (
        letter.names_us(sender["who"])
        or "@" in sender["who"]
        or (sent is not None and _CLOCK.search(" " + sent["what"]) is not None)
        or (title is not None and letter.is_about(title["what"]))
        or (sum(map(bool, found)) >= _LABELS_OF_A_WHOLE_BLOCK and any(map(_SENT.match, close)))
        or letter.follows(lines, index + sum(map(bool, found)))
    )


def is_lotus_block(lines: list[str], index: int) -> bool:
    """Whether Notes writes here who, when, and then Til, Kopi and Emne on lines of their own,
    values below.
    """
    following = [line.strip() for line in lines[index + 1 : index + 3]]
    at = next((i for i, line in enumerate(following) if line), None)
    if at is None or not _LOTUS_DATE.fullmatch(following[at][:60]):
        return False
    close = [line.strip() for line in lines[index + 2 : index + 18]]
    return all(any(label.fullmatch(line) for line in close) for label in _LOTUS_LABELS)
