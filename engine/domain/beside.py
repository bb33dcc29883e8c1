"""Text beside a command: whether it makes the command less than it says (INTERFACE §5.3).

A condition, a negation, a doubt or a question about the matter does; thanks, greetings, plans and
times do not, nor does a reason beside a command that itself says no. Where it is not certain, the
writer is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from engine.domain.blocking import HARMLESS_MARK, without_harmless, words_of
from engine.wording.listed import listed

_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=[a-zæøå]);\s")
_CLAUSE: Final = re.compile(r"[,.;!\n]")
_STEMS: Final = listed("beside", "stems")
"""What a word that takes something back may begin with, whatever its ending."""
_WORDS: Final = frozenset(listed("beside", "words"))
"""Condition, contrast, negation, demand, doubt, question and hearsay, in nb, nn and en."""
_CRITICAL_STEMS: Final = listed("beside", "critical_stems")
_CRITICAL: Final = frozenset(listed("beside", "critical"))
"""Words of blame, lack and demand: reasons, beside a command that itself says no."""
_SAYS_NO: Final = ("trukket", "trekt", "avslutt", "feil", "ikke", "ikkje", "changes")
_SAYS_NO_IN_ENGLISH: Final = ("wrong", "end", "not")
_NOT: Final = frozenset("ikke ikkje aldri ingen inga not never".split())
_NOT_MEANT: Final = listed("beside", "not_meant")
"""What a «not» says beside it of the command itself: undecided, not meant, not of all of it."""
_TO_DO_FIRST: Final = frozenset(listed("beside", "to_do_first"))
_A_TEST: Final = frozenset("test testing tester testar testmelding testmail prøve prøver".split())
"""A sentence of these words alone says that nothing is meant."""
_BIDS: Final = frozenset(listed("beside", "bids"))
_ONLY: Final = frozenset("bare berre kun only".split())
_MERELY: Final = frozenset(listed("beside", "merely"))
"""What «bare» at the head of a sentence may stand before without leaving something out."""
_FIRST: Final = frozenset("om mot idet eller or gjelder gjeld".split())
"""Words that make a condition where a sentence begins with them."""
_INSTEAD: Final = re.compile(
    r"\b(?:i ?sted(?:et)?(?: for)?|istedenfor|isteden|i ?staden|snarere|alternativt"
    r"|foretrekk\w*|føretrekk\w*|passer bedre|passar betre|instead|would rather|would prefer)\b",
    re.IGNORECASE,
)
_RATHER: Final = re.compile(r"\b(?:heller|hellre)\b", re.IGNORECASE)
_NEITHER: Final = re.compile(
    r"\bheller (?:ikk\w+|ing\w+|not)|\b(?:ikk\w+|ing\w+|inkje)(?: \w+){0,4}? heller\W*(?:$|[,;])",
    re.IGNORECASE,
)
_NOTHING: Final = frozenset(listed("beside", "nothing"))
"""Of these words alone consists what stands for nothing behind a command that asks for a text."""
_ENGLISH: Final = frozenset(listed("beside", "english"))
_RUNS: Final = tuple(words_of(run) for run in listed("beside", "runs"))
"""Words that take something back only together."""
_QUESTIONS: Final = frozenset(words_of(run) for run in listed("beside", "questions"))
"""How a question begins that lacks its mark; elsewhere the same words tell («Her er det»)."""
_ASKING: Final = frozenset(listed("beside", "asking"))
"""A sentence that begins with one of these asks, with a mark or without."""
_BEFORE_A_QUESTION: Final = frozenset(listed("beside", "before_a_question"))
_MENDED: Final = frozenset(listed("beside", "mended"))
"""What is said of a thing that «når» and «when» set as a condition; other times are only times."""
_THEM: Final = frozenset(listed("beside", "them"))
_WHEN: Final = frozenset("når when".split())
_HARMLESS: Final = tuple(
    sorted({words_of(run) for run in listed("beside", "harmless")}, key=len, reverse=True)
)
"""Turns of speech with a word of the above that take nothing back."""
_ASKS: Final = re.compile(r"\?(?!\w)|:-?\(|[🤔👎❌😕🙁☹😟🙄😏😒🙃😬🤷😉]|;-?\)")
_TELLS: Final = re.compile(
    r"\b(?:sier|seier|skriver|skriv|says|writes|svarer|svarar)\s*:\W*$"
    r"|^\W*(?:fra|frå|from|avsender|avsendar|sender|sendt|sent|til|to|emne|subject)\W*:"
)
"""Somebody else's words follow."""
_UNDECIDED: Final = re.compile(
    r"\b(?:vurder|drøft|diskuter|beslut|avgj[øe]r|forvent|endring|retting|rettels)"
    r"|\b(?:behandl[ea]s|spørre|spørje|ber om|formelt svar|følger senere|info følg\w*)\b"
    r"|\b(?:sjekke?r?|sjekkar|høre?r?|høyrer?|snakke?r?|check(?:ing)?) (?:det )?(?:med|with)\b"
    r"|\b(?:tar|tek|ta) det opp\b|\b(?:kommer|kjem) (?:tilbake|attende)\b"
    r"|\b(?:svar|\w*melding|bekreftelse|stadfesting|resten) (?:kommer|kjem)\b"
    r"|\b(?:dere|de|du) rett[ea]r\b|\brett[ea]r (?:dere|de|du)\b"
    r"|\b(?:til og med|fram til|frem til|ut året)\b|\b(?:for|i) (?:ett?|eitt?|one) (?:år|year)\b"
    r"|\bfor (?:høy|høg|lav|låg|gam|lang|kort|dårl|upresis)|\bhar (?:noen|nokre|nokon)\W*$"
)
"""What is not settled, holds for a time, or tells what shall be otherwise: beside a command that
says yes it takes something back; beside a receipt and a no it is only told.
"""
_A_PART: Final = re.compile(r"\b(?:kap(?:it\w+)?|modul\w*|del|chapter|module|part)\.? \d")
_PRAISE: Final = re.compile(r"\b(?:bra|god\w*|fint?|flott|best\w*|nyttig\w*|good|great)\b")
_POLITE: Final = re.compile(
    r"\W*(?:(?:hvordan|korleis|hvor) (?:går|står) det(?: til)?|alt (?:vel|bra)|går det bra"
    r"|har du det bra|how are you)[^?]{0,20}\?\W*",
    re.IGNORECASE,
)
_THANKS: Final = re.compile(
    r"\W*(?:(?:mange |tusen |hjertelig |hjarteleg |på forhånd |many )?takk|thanks|thank you"
    r"|god helg"
    r"|god (?:jul|påske|sommer|sommar|ferie|dag|kveld)|ha en (?:fin|god)|ha ei (?:fin|god)|ha det"
    r"|hilsen|helsing|hei|hallo|fint|flott|supert|bra|ok|greit)\b.{0,60}",
    re.IGNORECASE | re.DOTALL,
)


_THANKS_FOR: Final = re.compile(
    r"\W*(?:(?:mange|tusen|hjertelig|hjarteleg|many) )?(?:takk|thanks|thank you) for"
    r"(?: [^\s,;:–—]+){1,6}\W*",
    re.IGNORECASE,
)
"""Thanks for something, whatever it is called: «Takk for en god vurdering»."""


def hinders(text: str, commands: Collection[str] = ()) -> bool:
    """Whether `text`, written beside `commands`, holds a condition, negation, doubt or question;
    beside commands that themselves say no, a reason that says no as well does not count.
    """
    sentences = [sentence for sentence in _SENTENCES.split(text) if sentence.strip()]
    return any(_hinders(sentence, commands) for sentence in sentences if not _thanks(sentence))


def _thanks(sentence: str) -> bool:
    return bool(_THANKS_FOR.fullmatch(sentence)) and not set(words_of(sentence)) & _WORDS


def says_instead(text: str, commands: Collection[str] = ()) -> bool:
    """Whether a sentence of `text` wants something else than the command beside it: «… heller
    1. november», «eller MANGLER: bilde».
    """
    words = "|".join(re.escape(each) for each in commands)
    other = re.compile(rf"\b(?:eller|or)\s+(?:{words})\b") if commands else None
    return any(
        _INSTEAD.search(each)
        or (_RATHER.search(each) and not _NEITHER.search(each))
        or (other is not None and other.search(each))
        for each in _SENTENCES.split(text)
    )


def says_nothing(note: str) -> bool:
    """Whether `note`, which stands behind a command, names nothing: «MANGLER: ingenting»."""
    first = _CLAUSE.split(note.strip(), maxsplit=1)[0]
    return bool(note.strip()) and set(words_of(first)) <= _NOTHING


def says_something(text: str) -> bool:
    """Whether `text` is more than thanks and a greeting."""
    sentences = [sentence for sentence in _SENTENCES.split(text) if words_of(sentence)]
    return any(_hinders(each, ()) or not _THANKS.fullmatch(each.strip()) for each in sentences)


def asks(sentence: str) -> bool:
    """Whether `sentence` is a question, with its mark or without, and no mere politeness."""
    if _ASKS.search(sentence):
        return _POLITE.fullmatch(sentence) is None
    words = words_of(sentence)
    rest = words[_begins(words) :]
    return _is_question(words) or (bool(rest) and rest[0] in _ASKING)


def _hinders(sentence: str, commands: Collection[str]) -> bool:
    if _ASKS.search(sentence):
        return _POLITE.fullmatch(sentence) is None
    told = without_turns(sentence, commands)
    plain = words_of(told)
    words = _without(without_harmless(plain), _HARMLESS)
    if commands and all(_says_no(each) for each in commands):
        if _denies(words, commands):
            return True
        words = tuple(word for word in words if not _is_criticism(word))
    elif _bids(words) or (_says_yes(commands) and _is_unsettled(told)):
        return True
    if _TELLS.search(told) or any(word.startswith(_STEMS) for word in words):
        return True
    said = set(words)
    if any(_blocks(word, said) for word in said):
        return True
    return (
        bool(_FIRST & set(words[:1]))
        or bool(words and set(words) <= _A_TEST)
        or _is_question(words)
        or _leaves_out(words)
        or any(_place(words, run) is not None for run in _RUNS)
        or bool(said & _WHEN and said & (_MENDED | _THEM))
    )


def _says_yes(commands: Collection[str]) -> bool:
    return any(each.casefold() not in _RECEIPTS and not _says_no(each) for each in commands)


def _is_unsettled(told: str) -> bool:
    """Whether `told` leaves something open, or speaks of one part without praising it."""
    return bool(_UNDECIDED.search(told) or (_A_PART.search(told) and not _PRAISE.search(told)))


def _says_no(command: str) -> bool:
    first = words_of(command)[:1]
    return bool(first) and (
        first[0].startswith((*_CRITICAL_STEMS, *_SAYS_NO)) or first[0] in _SAYS_NO_IN_ENGLISH
    )


def _is_criticism(word: str) -> bool:
    return word in _CRITICAL or word.startswith(_CRITICAL_STEMS) or word.endswith("n't")


def _denies(words: tuple[str, ...], commands: Collection[str]) -> bool:
    """Whether a «not» stands against the command itself, or says that nothing is decided."""
    stems = tuple(words_of(each)[0][:5] for each in commands)
    if (
        words[:1]
        and words[0] in _NOT - {"ingen", "inga"}
        and words[1:2] not in (("lenger",), ("i",))
    ):
        return True
    if set(words) & _CRITICAL and set(words) & _TO_DO_FIRST:
        return True
    return any(
        near.startswith(stems) or near.startswith(_NOT_MEANT)
        for place, word in enumerate(words)
        if word in _NOT
        for near in (*words[max(0, place - 2) : place], *words[place + 1 : place + 4])
        if near not in _NOT
    )


def _bids(words: tuple[str, ...]) -> bool:
    """Whether the sentence tells somebody to do something: «Fjern bildet», «Husk å tekste»."""
    rest = words[_begins(words) :]
    return rest[:1] != () and rest[0] in _BIDS and rest[1:2] not in (("og",), ("etter",), ("over",))


def _leaves_out(words: tuple[str, ...]) -> bool:
    rest = words[_begins(words) :]
    return len(rest) > 1 and rest[0] in _ONLY and rest[1] not in _MERELY | {HARMLESS_MARK}


def _begins(words: tuple[str, ...]) -> int:
    return next((n for n, word in enumerate(words) if word not in _BEFORE_A_QUESTION), 0)


def _is_question(words: tuple[str, ...]) -> bool:
    begins = _begins(words)
    return words[begins : begins + 2] in _QUESTIONS


def _blocks(word: str, said: Iterable[str]) -> bool:
    if word.endswith("n't"):
        return True
    # «No» is «now» in nynorsk.
    return word in _WORDS and (word != "no" or bool(_ENGLISH & set(said)))


def _without(words: tuple[str, ...], runs: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    for run in runs:
        while (place := _place(words, run)) is not None:
            words = (*words[:place], HARMLESS_MARK, *words[place + len(run) :])
    return words


def _place(words: tuple[str, ...], run: tuple[str, ...]) -> int | None:
    if not run or run[0] not in words:
        return None
    places = range(len(words) - len(run) + 1)
    return next((place for place in places if words[place : place + len(run)] == run), None)


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
_TURNS: Final = tuple(
    re.compile(each)
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
_PLAN: Final = re.compile(rf"\b(?:innen|innan|før|først|fyrst)\s+(?:i |på |den |til )*{_DAY}\b")
_OURS: Final = frozenset("vi jeg eg me we".split())
_YOURS: Final = re.compile(r"(?:^|\b(?:at|når|så|og) )(?:dere|de|dykk|du)\b")
_RECEIPTS: Final = frozenset("mottatt motteke motteken received".split())
_NOT_READ: Final = re.compile(
    r"\bikk\w+ (?:(?:rukket|rokke|fått tid til|hatt tid til) å )?(?:se|sett|sjå|lese|lest|vurdere"
    r"|vurdert|begynt|byrja|tatt stilling|teke stilling) (?:på|det|kurset|gjennom|igjennom|til)\b"
    r"(?:[^,;?]*?, men (?:vi )?(?:ser|kommer|kjem|svarer|svarar|gir|tar|tek)\b)?"
    r"|\b(?:blir|vert) nok\b|\bfør vi (?:får (?:svart|sett|svara)|svarer|svarar|ser|har sett)\b"
)
_OFFER: Final = frozenset(listed("beside", "offer"))
"""All that an offer to be asked may consist of."""
_REACHED: Final = frozenset(listed("beside", "reached"))
_ABOUT: Final = frozenset(listed("beside", "about"))


def without_turns(sentence: str, commands: Collection[str]) -> str:
    """`sentence` in small letters with a mark in place of each turn of speech that takes nothing
    back from any of `commands`.
    """
    text = " ".join(sentence.casefold().split())
    words = frozenset(words_of(text))
    if words <= _OFFER and words & _REACHED and words & _ABOUT:
        return ""
    used = list(_TURNS)
    if commands and all(each.casefold() in _RECEIPTS for each in commands):
        used.append(_NOT_READ)
    stems = tuple(each.casefold()[:5] for each in commands)
    if words & _OURS and not _YOURS.search(text) and not any(w.startswith(stems) for w in words):
        used.append(_PLAN)
    for each in used:
        text = each.sub(f" {HARMLESS_MARK} ", text)
    return text
