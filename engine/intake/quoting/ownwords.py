"""The sender's own words: what is left between greeting and signature, above the first quote."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from engine.intake.quoting import quotes
from engine.intake.quoting.answered import UNKNOWN, Answered

_GREETING: Final = re.compile(
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
_BANNER: Final = re.compile(
    r"(?:\W{0,6}(?:ekstern|external|caution|advarsel|warning|varsom|obs|forsiktig)\b.{0,300}"
    r"|(?:du (?:får|mottar) (?:vanligvis )?ikke (?:ofte )?e-post|du får ikkje ofte e-post"
    r"|you don'?t often get email|some people who received this message"
    r"|enkelte som har mottatt denne meldingen"
    r"|denne e-?posten? (?:kommer|er sendt|kjem) (?:fra|frå|utenfra)"
    r"|denne meldingen (?:kommer|er sendt)"
    r"|this (?:e-?mail|message) (?:originated|was sent|is) (?:from )?(?:outside|an external))"
    r".{0,300})",
    re.IGNORECASE,
)
_BANNER_MARK: Final = re.compile(
    r"\W{0,6}(?:ekstern|external)\b\W*"
    r"(?:e-?post|e-?mail|mail|email|avsender|avsendar|sender|melding|message|kilde)?\W*",
    re.IGNORECASE,
)
_CALL: Final = re.compile(
    r"\W{0,6}(?:caution|advarsel|warning|obs|viktig|forsiktig)\b\W{0,6}", re.IGNORECASE
)
"""Also how people begin: it belongs to a banner only above one."""
_BANNER_TALK: Final = re.compile(
    r"(?:ikke|ikkje|do not|don'?t|never|aldri) (?:klikk|click|åpne|opne|open|svar|reply)"
    r"|(?:vær|ver) (?:ekstra )?(?:forsiktig|varsam|oppmerksom|merksam)|unless you|med mindre du"
    r"|utan at du|(?:åpner|opnar|klikker|klikkar) (?:på )?(?:lenke|lenkje|vedlegg)"
    r"|(?:or|eller) (?:open|åpne|opne) (?:attachment|vedlegg)|(?:gjenkjenn|kjenner|kjenn) .{0,20}"
    r"avsend|recogni[sz]e|know the (?:content|sender)|(?:innholdet|innhaldet) er tryg"
    r"|aka\.ms|learn why|finn ut (?:hvorfor|kvifor)|exercise caution|be careful"
    r"|(?:utenfor|utanfor|outside) (?:of )?(?:organisasj|virksomh|verksem|the organi|your org)",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"[-=*~#_]{4,200}")
_EARLY_COLON: Final = re.compile(r".{0,25}:(?!//)")
_CLOSING: Final = re.compile(
    r"(?:med (?:hilsen|helsing)"
    r"|(?:med )?(?:vennlig|vennleg|venleg|beste|hjertelig|hjarteleg|kollegial|gode?)"
    r" (?:hilsen|helsing)"
    r"(?:ar|er)?"
    r"|(?:mange |vennlige |beste |gode )?hilsener|hilsen|helsing|mvh|m\.v\.h|vh|vennlegst"
    r"|(?:best|kind|warm|many)? ?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully)"
    r"|all the best|best wishes|cheers|med vänlig hälsning|vänliga hälsningar|hälsningar|hälsning"
    r"|med vänliga hälsningar|(?:bästa|varma) hälsningar|(?:med )?venlig hilsen"
    r"|(?:de )?bedste hilsner"
    r"|(?:med )?venlige hilsner|ystävällisin terveisin|terveisin|mit freundlichen grüßen"
    r"|freundliche grüße|viele grüße)"
    r"(?P<rest>[.,!:]{0,2}(?:\s.{0,60})?)",
    re.IGNORECASE,
)
_NAME_OR_JOINT: Final = re.compile(
    r"(?:[A-ZÆØÅÄÖ][\w.\-’']{0,30}|fra|frå|from|for|på|i|ved|og|and|oss|alle|meg|hos|avd\.?|av|de|von"
    r"|van|[/|&,\-–+()]{1,3})[.,!]{0,2}"
)
_SAYS: Final = frozenset(
    """er var har hadde kan kunne må skal skulle vil ville bør burde ble blei vart blir vert kommer
    kjem får fikk fekk mangler manglar bruker brukar brukes ønsker ønskjer ynskjer trenger treng
    støtter støttar mener meiner tror trur synes synest godtar godtek sier seier skriver skriv
    gjelder gjeld viser ikke ikkje ingen inga aldri deler delar deles anbefaler rår fraråder
    finnes finst står ligger ligg tar tek gir gjev gjer gjør rettes rettast oppdateres virker verkar
    is are was has have had can must should will would do does not needs need uses""".split()
)
"""Words with which a line says something; a signature's line says nothing."""
_SHORT: Final = re.compile(r"(?:vh|cheers|all the best|best wishes|regards)\b", re.IGNORECASE)
_NAMES_IN_SMALL: Final = 2
_SENDER_TALK: Final = re.compile(
    r"avsender|avsendar|sender\b|organi[sz]|utenfor|utanfor|outside|e-?post|e-?mail|melding|message",
    re.IGNORECASE,
)
_STRANGER_TALK: Final = re.compile(
    r"(?:ekstern|external|ukjent|ukjend|unknown).{0,60}(?:avsend|sender|e-?post|e-?mail|melding"
    r"|message|kilde|kjelde)|(?:avsend|sender|e-?post|e-?mail|melding|message|sent|sendt|originat)"
    r".{0,80}(?:utenfor|utanfor|utenfra|utanfrå|outside|ekstern|external)"
    r"|(?:ikke|ikkje|do not) (?:klikk|click)|ofte e-?post|often get",
    re.IGNORECASE,
)
"""What a warning of a mail server is about, and a person's «OBS!» is not."""
MAX_GREETING: Final = 120
MAX_BANNER: Final = 400
MAX_CLOSING: Final = 120
MAX_LINES: Final = 10_000
_CLOSING_WORDS: Final = 5
_DEVICE: Final = (
    r"(?:min |mitt |my |meinem |meiner |mit |en |et |a )?"
    r"(?:apple |samsung |huawei |sony |nokia |xiaomi |google |hp )?"
    r"(?:iphone|ipad|ipod|mobil(?:e|en|telefon(?:en)?)?|smart-?(?:telefon|phone)(?:en)?"
    r"|telefon(?:en)?|phone|handy|galaxy|samsung|huawei|nokia|sony|xperia|xiaomi|pixel|oneplus|lg|htc"
    r"|blackberry|android(?:-?(?:enhet|eining|enhed|device|telefon))?|nettbrett(?:et)?|tablet"
    r"|surfplatta|windows phone|outlook|yahoo|gmail|proton|protonmail|spark|bluemail"
    r"|mail (?:for|til|för)|e-?post (?:for|til|för)|mailapp|hotmail|aol|mac|macbook)\b"
)
_MAX_HEAD: Final = 4_000
"""How far into a text a banner may reach."""
_MOBILE: Final = re.compile(
    r"(?:(?:sendt|send|skickat|sänt|gesendet|sent|lähetetty)"
    rf"\s(?:fra|frå|från|from|via|med|with|von|mit)\s{_DEVICE}|von {_DEVICE} gesendet"
    r"|lähetetty (?:iphone|ipad|android|samsung|galaxy|outlook|puhelim|laitteest|mobiil)"
    r"[\w:-]{0,20}"
    r"|(?:hent|få|get|last ned|skaff deg|skaffa|hämta|hanki|hol(?:en sie)?(?: sich| dir)?|download)"
    r"\s(?:outlook (?:for|til|för|für)|bluemail|spark|yahoo mail)"
    r"|yahoo mail: )[^.?!]{0,80}.{0,120}",
    re.IGNORECASE,
)
_WARNS: Final = re.compile(
    r"\W{0,6}(?:ekstern|external|caution|advarsel|warning|varsom|obs|forsiktig)\b", re.IGNORECASE
)
_SEE_BELOW: Final = re.compile(
    r"(?:se |sjå |see )?(?:(?:mine?|my|vår[et]?|our) )?(?:(?:svar(?:et|ene|a)?|kommentar(?:er|ar)?"
    r"|answers?|comments?) )?(?:(?:står|stands?) )?"
    r"(?:under|nedenfor|nedanfor|i teksten|below|inline|in the text)\s?[.:!]{0,3}",
    re.IGNORECASE,
)
"""Words that only say that the answer stands further down."""
_POINT: Final = re.compile(r"\d{1,2}\) ")
_STOP: Final = re.compile(r"[*_\s]{0,3}stopp[*_\s.!]{0,4}", re.IGNORECASE)


class Split(Struct, frozen=True):
    """The sender's own words and the quoted text; what stands between them is neither."""

    own: str
    quoted: str


def split(text: str, letter: Answered = UNKNOWN) -> Split:
    """Return the sender's own words and what they answer, as INTERFACE's reply rules say; `letter`
    is the one that is answered.
    """
    lines = text.split("\n")[:MAX_LINES]
    quote = quotes.begins(lines, letter)
    own = _ended(lines[:quote])
    quoted = lines[quote:]
    if letter.text and quoted and not any(_STOP.fullmatch(line) for line in lines[:quote]):
        own, end = _with_below(own, quoted, letter)
        quoted = quoted[:end]
    return Split(own="\n".join(own).strip("\n"), quoted="\n".join(quoted).strip("\n"))


def _ended(lines: list[str]) -> list[str]:
    """Without what opens a mail, up to its signature."""
    end = next((i for i, line in enumerate(lines) if ends_reading(line)), len(lines))
    return _without_opening(lines[:end])


def _with_below(own: list[str], quoted: list[str], letter: Answered) -> tuple[list[str], int]:
    """The own words, and how many lines are quoted: many people answer below the letter, or between
    its lines. Where something stands above, only what answers a numbered point is read below.
    """
    words = "\n".join(own).strip()
    if words and not letter.points and not _SEE_BELOW.fullmatch(words):
        return own, len(quoted)
    said, end = quotes.between(quoted, letter)
    below = _ended(list(quotes.above(said, letter)))
    if not words or _SEE_BELOW.fullmatch(words):
        return below if "".join(below).strip() else own, end
    kept = [line for line in below if _POINT.match(line)]
    return [*own, *kept], end if kept else len(quoted)


def ends_reading(line: str) -> bool:
    """Whether the sender's words end at this line: a signature, a phone's line, or STOPP."""
    bare = line.strip(" \t*_")
    if line.rstrip() in {"--", "—", "–"} or _STOP.fullmatch(line):
        return True
    if not bare or len(bare) > MAX_CLOSING:
        return False
    closing = _CLOSING.fullmatch(bare)
    if closing is not None and len(closing["rest"].split()) <= _CLOSING_WORDS:
        return _is_signed(bare, closing["rest"].rstrip())
    return _MOBILE.fullmatch(bare) is not None and not _SAYS & set(bare.casefold().split())


def _is_signed(line: str, rest: str) -> bool:
    """Whether what stands beside the closing word is who writes, and nothing that they say."""
    words = rest.lstrip(".,!: ").split()
    if rest.endswith("?") or _SAYS & {word.strip(".,!").casefold() for word in words}:
        return False
    if not _SHORT.match(line) or all(_NAME_OR_JOINT.fullmatch(word) for word in words):
        return True
    return len(words) <= _NAMES_IN_SMALL and line == line.lower()


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


def without_banner(text: str) -> str:
    """Return `text` without what our own mail gateway has written above the sender's words."""
    head, rest = text[:_MAX_HEAD], text[_MAX_HEAD:]
    lines = head.split("\n")
    return "\n".join(_without_opening(lines, greetings=False)) + rest


def _without_opening(lines: list[str], *, greetings: bool = True) -> list[str]:
    """Banners and greetings go as long as nothing else has been said."""
    index, in_banner = 0, False
    while index < len(lines):
        line = lines[index].strip()
        if not line:
            in_banner = False
        elif _is_banner(line) or _calls(lines, index) or (in_banner and _goes_on(line)):
            in_banner = True
        elif not ((greetings and is_greeting(line)) or _frames_banner(lines, index)):
            break
        index += 1
    return lines[index:]


def _calls(lines: list[str], index: int) -> bool:
    """«OBS!» alone, with a banner right below it."""
    below = next((line for line in lines[index + 1 : index + 3] if line.strip()), "")
    return bool(_CALL.fullmatch(lines[index].strip()) and _is_banner(below.strip()))


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
    if _WARNS.match(bare):
        return _STRANGER_TALK.search(bare) is not None
    return _SENDER_TALK.search(bare, 3) is not None
