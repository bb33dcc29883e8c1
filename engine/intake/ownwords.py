"""The sender's own words: what is left between greeting and signature, above the first quote."""

from __future__ import annotations

import re
from typing import Final

from engine.frozen import dataclass
from engine.intake import quotes
from engine.pattern import pattern

_GREETING: Final = pattern(
    r"(?:hei+|hallo|halla|heisann|hei på|god (?:dag|morgen|morgon|kveld|ettermiddag)|goddag|morn"
    r"|kjære|hi|hello|dear|good (?:morning|afternoon|day)|hej|til)"
    r"(?P<names>,?(?: [\w.\-’'/&]{1,30}){0,5})\s{0,2}[!,.:;]{0,3}(?:\s?[:;]-?[)D])?",
    re.IGNORECASE,
)
_ADDRESSED: Final = frozenset(
    "alle sammen saman dere dykk du deg igjen der på og and all there again team kollega kollegaer"
    " kollegaar i ved the de".split()
)
_NO_NAMES: Final = frozenset(
    "ja nei yes no ok okay takk greit fint bra flott mottatt motteke motteken godtatt godteke"
    " godteken godkjent godkjend merket merkt send trekk avslutt angre bekreft stadfest".split()
)
_BANNER: Final = pattern(
    r"(?:\W{0,6}(?:ekstern|external|caution|advarsel|warning|varsom|obs|forsiktig)\b.{0,300}"
    r"|(?:du (?:får|mottar) (?:vanligvis )?ikke (?:ofte )?e-post|du får ikkje ofte e-post"
    r"|you don'?t often get email|some people who received this message"
    r"|enkelte som har mottatt denne meldingen"
    r"|denne e-?posten? (?:kommer|er sendt|kjem) (?:fra|frå|utenfra)"
    r"|denne meldingen (?:kommer|er sendt)"
    r"|this (?:e-?mail|message) (?:originated|was sent|is) (?:from )?(?:outside|an external))"
    r".{0,300})",
    re.IGNORECASE,
    needs=(
        "ekstern|external|caution|advarsel|warning|varsom|obs|forsiktig|e-post|email"
        "|people who|melding|e-mail|message|denne epost"
    ),
)
_BANNER_MARK: Final = pattern(
    r"\W{0,6}(?:(?:ekstern|external|caution|advarsel|warning|obs)\b\W*"
    r"(?:e-?post|e-?mail|mail|email|avsender|avsendar|sender|melding|message|kilde)?\W*"
    r"|\W*(?:ekstern|external)(?: (?:e-?post|avsender|avsendar|sender|e-?mail|email|mail))?\W*)",
    re.IGNORECASE,
    needs="ekstern|external|caution|advarsel|warning|obs",
)
_BANNER_TALK: Final = pattern(
    r"avsender|avsendar|sender\b|lenk|vedlegg|attachment|link|organi[sz]|klikk|click|utenfor|utanfor"
    r"|outside|ekstern|external|aka\.ms|learn why|finn ut|gjenkjenn|recogni[sz]e|e-?post|email",
    re.IGNORECASE,
)
_RULE: Final = pattern(r"[-=*~#_]{4,200}")
_EARLY_COLON: Final = pattern(r".{0,25}:(?!//)")
_CLOSING: Final = pattern(
    r"(?:med (?:hilsen|helsing)"
    r"|(?:med )?(?:vennlig|venleg|beste|hjertelig|hjarteleg|kollegial|gode?) (?:hilsen|helsing)"
    r"(?:ar|er)?"
    r"|(?:mange |vennlige |beste |gode )?hilsener|hilsen|helsing|mvh|m\.v\.h|vh|vennlegst"
    r"|(?:best|kind|warm|many)? ?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully)"
    r"|all the best|best wishes|cheers|med vänlig hälsning|vänliga hälsningar|med venlig hilsen)"
    r"(?P<rest>[.,!:]{0,2}(?:\s.{0,60})?)",
    re.IGNORECASE,
    needs="hilse|helsing|mvh|m.v.h|vh|vennlegst|regards|sincerely|yours|best|cheers|hälsning",
)
_SENDER_TALK: Final = pattern(
    r"avsender|avsendar|sender\b|organi[sz]|utenfor|utanfor|outside|e-?post|e-?mail|melding|message",
    re.IGNORECASE,
)
MAX_GREETING: Final = 120
MAX_BANNER: Final = 400
MAX_CLOSING: Final = 120
MAX_LINES: Final = 10_000
_CLOSING_WORDS: Final = 5
_MOBILE: Final = pattern(
    r"(?:sendt (?:fra|frå) (?:min|outlook|mobil|e-post|yahoo|samsung)|sendt via outlook|sent from"
    r"|(?:hent|få|get|last ned) (?:outlook for|outlook til|bluemail)"
    r"|sendt fra mail for windows).{0,80}",
    re.IGNORECASE,
    needs="sendt|sent from|outlook|bluemail",
)
_STOP: Final = pattern(r"[*_\s]{0,3}stopp[*_\s.!]{0,4}", re.IGNORECASE, needs="stopp")


@dataclass(frozen=True, slots=True)
class Split:
    """The sender's own words and the quoted text; what stands between them is neither."""

    own: str
    quoted: str


def split(text: str) -> Split:
    """Return the sender's own words and what they answer, as INTERFACE's reply rules say."""
    lines = text.split("\n")[:MAX_LINES]
    quote = quotes.begins(lines)
    own = lines[:quote]
    end = next((i for i, line in enumerate(own) if ends_reading(line)), len(own))
    return Split(
        own="\n".join(_without_opening(own[:end])).strip("\n"),
        quoted="\n".join(lines[quote:]).strip("\n"),
    )


def ends_reading(line: str) -> bool:
    """Whether the sender's words end at this line: a signature, a phone's line, or STOPP."""
    bare = line.strip(" \t*_")
    if line.rstrip() in {"--", "—", "–"} or _STOP.fullmatch(line):
        return True
    if not bare or len(bare) > MAX_CLOSING:
        return False
    closing = _CLOSING.fullmatch(bare)
    if closing is not None and len(closing["rest"].split()) <= _CLOSING_WORDS:
        return not closing["rest"].rstrip().endswith("?")
    return _MOBILE.fullmatch(bare) is not None


def is_greeting(line: str) -> bool:
    """Whether the line greets and says nothing more: «Hei, Kari!»."""
    found = _GREETING.fullmatch(line.strip(" \t*_")) if len(line) <= MAX_GREETING else None
    if found is None:
        return False
    names = found["names"].strip(" ,").split()
    to_someone = found[0][:3].lower() != "til" or any(name[0].isupper() for name in names)
    return to_someone and all(_is_name(name.strip(".,")) for name in names)


def _is_name(word: str) -> bool:
    lower = word.lower()
    return lower in _ADDRESSED or (word[:1].isupper() and lower not in _NO_NAMES)


def _without_opening(lines: list[str]) -> list[str]:
    """Banners and greetings go as long as nothing else has been said."""
    index, in_banner = 0, False
    while index < len(lines):
        line = lines[index].strip()
        if not line:
            in_banner = False
        elif _is_banner(line) or (in_banner and _goes_on(line)):
            in_banner = True
        elif not (is_greeting(line) or _frames_banner(lines, index)):
            break
        index += 1
    return lines[index:]


def _frames_banner(lines: list[str], index: int) -> bool:
    """A rule above a banner or below it; anywhere else it is the sender's."""
    if not _RULE.fullmatch(lines[index].strip()):
        return False
    beside = [line.strip() for line in (*lines[max(0, index - 1) : index], *lines[index + 1 :][:1])]
    return any(_is_banner(line) for line in beside if line)


def _goes_on(line: str) -> bool:
    """A banner's further lines talk of the same; a command or a field has its colon early."""
    return bool(_BANNER_TALK.search(line)) and not _EARLY_COLON.match(line)


def _is_banner(line: str) -> bool:
    bare = line.strip(" \t*_|>[]")
    if _BANNER_MARK.fullmatch(bare):
        return True
    if len(bare) > MAX_BANNER or _BANNER.fullmatch(bare) is None:
        return False
    return _SENDER_TALK.search(bare, 3) is not None
