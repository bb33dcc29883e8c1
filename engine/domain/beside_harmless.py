"""Ordinary turns of speech beside a command that hold a blocking word and take nothing back:
excuses for being late, offers to be asked, praise, and the writer's own plans (INTERFACE §5.3).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from engine.domain.blocking import HARMLESS_MARK, words_of
from engine.pattern import pattern

_SORRY: Final = (
    r"^\W*(?:(?:hei|hallo|vi|jeg|eg|me|må|bare|berre|og)\W+)*"
    r"(?:beklag|orsak|unnskyld|sorry|apolog)\w*"
)
_LATE: Final = r"(?:sent|sein\w*|vent[ea]\w*|tid|treg\w*|forsink\w*|late|delay\w*)"
_DAY: Final = (
    r"(?:mandag|måndag|tirsdag|tysdag|onsdag|torsdag|fredag|lørdag|laurdag|søndag|sundag|uk[ea]|vek[ea]"
    r"|neste|jul|nyttår|påske|helg|ferie|sommer|sommar|høst|haust|januar|februar|mars|april|mai"
    r"|juni|juli|august|september|oktober|november|desember|\d+)\w*"
)
_HARMLESS: Final = tuple(
    pattern(each)
    for each in (
        rf"{_SORRY}\b(?:(?!ikk|aldri|må\b)[^,;.–])*\b{_LATE}\b(?:(?!ikk|hvis|viss|dersom)[^,;.–])*",
        rf"{_SORRY} at (?:vi|jeg|eg|me) ikk\w+ (?:har |fikk |fekk )?(?:svart\w*|svara|skrev|skreiv)"
        r"(?: (?:deg|dere|dykk|dokker))?(?: (?:før|tidligere|tidlegare))?",
        r",? men (?:nå|no) (?:er (?:det|alt|den|han|kurset)|har vi) (?:klart|på plass|gjort|ferdig"
        r"|i orden|merket|merkt|ute|lagt inn|løst|løyst)\b",
        r",? men her (?:er|kommer|kjem) (?:det|den|han|svaret)\b",
        r",? men (?:bedre sent|betre seint) enn aldri\b",
        r"\b(?:fint|flott|bra|godt|kjekt|spennende|spennande|interessant|imponerende|imponerande"
        r"|artig|lærerikt|lærerik|liker|likar|great|nice)\b[^,;:–]*?"
        r"\b(?:hvordan|korleis|hva|kva|how|what)\b",
        r"\b(?:tror|trur|think)(?: at)? (?:dette|det|kurset|mange|alle|flere|fleire|kommunene"
        r"|kommunane|this|it)(?: (?:blir|vert|er|vil|bli|kan|være|vere|kjem|kommer|til|å|stor"
        r"|veldig|svært|få|har|will|be|is))*"
        r" (?:nyttig\w*|nytte|bra|fint|flott|glede|glad\w*|populært|etterspurt|great|useful)\b",
        r"\b(?:alle (?:bør|burde)|(?:bør|burde) alle) (?:ta|se|sjå|få)\b",
        r"\b(?:kurs|kurset|noe|noko|opplæring) om (?:dette|det (?:samme|same))(?=\W*$|[,.])",
        r"\bskulle gjerne (?:hatt|sett) (?:flere|fleire|mer|meir)\b",
        r"\bmå (?:innrømme|vedgå)\b|\bikk\w+ (?:verst|dumt)\b",
        r"\baldri (?:har |hatt |sett )+(?:et|eit|noe|noko|en|ein) (?:så (?:bra|fint|god|godt)|bedre"
        r"|betre|finere|finare)",
        r"\b(?:trenger|treng|behøver|behøv) ikk\w+ (?:å )?(?:gjøre noe|gjere noko|svare"
        r"|tenke på)\b",
        r"\b(?:ikk\w+ (?:noe|noko)|ingenting|inkje)(?: mer| meir)? å (?:tilføye|føye til|legge til"
        r"|leggje til)\b",
    )
)
_PLAN: Final = pattern(rf"\b(?:innen|innan|før|først|fyrst)\s+(?:i |på |den |til )*{_DAY}\b")
_OURS: Final = frozenset("vi jeg eg me we".split())
_YOURS: Final = pattern(r"(?:^|\b(?:at|når|så|og) )(?:dere|de|dykk|du)\b")
_RECEIPTS: Final = frozenset("mottatt motteke motteken received".split())
_NOT_READ: Final = pattern(
    r"\bikk\w+ (?:(?:rukket|rokke|fått tid til|hatt tid til) å )?(?:se|sett|sjå|lese|lest|vurdere"
    r"|vurdert|begynt|byrja|tatt stilling|teke stilling) (?:på|det|kurset|gjennom|igjennom|til)\b"
    r"(?:[^,;?]*?, men (?:vi )?(?:ser|kommer|kjem|svarer|svarar|gir|tar|tek)\b)?"
    r"|\b(?:blir|vert) nok\b|\bfør vi (?:får (?:svart|sett|svara)|svarer|svarar|ser|har sett)\b"
)
_OFFER: Final = frozenset(
    """ta gjerne kontakt med bare berre ring ringe si sei fra ifra frå i gi gje beskjed hvis dersom
    viss om når ved det er skulle noe noko dere dykk du de har på til spørsmål lurer lurar trenger
    treng hjelp meg oss igjen å mer meir annet anna eller og så vi jeg eg svarer svarar telefon
    uklart noen nokon flere fleire vil hei hadde spør please contact me us if you have any
    questions let know anything need more call just or there is""".split()
)
"""All that an offer to be asked may consist of."""
_REACHED: Final = frozenset(
    "kontakt ring ringe fra ifra frå beskjed spør contact know call".split()
)
_ABOUT: Final = frozenset(
    "spørsmål lurer lurar noe noko trenger treng uklart hjelp questions anything need".split()
)


def without_turns(sentence: str, commands: Collection[str]) -> str:
    """`sentence` in small letters with a mark in place of each turn of speech that takes nothing
    back from any of `commands`.
    """
    text = " ".join(sentence.casefold().split())
    words = frozenset(words_of(text))
    if words <= _OFFER and words & _REACHED and words & _ABOUT:
        return ""
    used = list(_HARMLESS)
    if commands and all(each.casefold() in _RECEIPTS for each in commands):
        used.append(_NOT_READ)
    stems = tuple(each.casefold()[:5] for each in commands)
    if words & _OURS and not _YOURS.search(text) and not any(w.startswith(stems) for w in words):
        used.append(_PLAN)
    for each in used:
        text = each.sub(f" {HARMLESS_MARK} ", text)
    return text
