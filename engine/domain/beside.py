"""Text beside a command: whether it makes the command less than it says (INTERFACE §5.3).

A condition, a negation, a doubt or a question about the matter does; thanks, greetings, plans and
times do not. Where it is not certain, the writer is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from engine.domain.blocking import HARMLESS_MARK, without_harmless, words_of
from engine.pattern import pattern

_SENTENCES: Final = pattern(r"(?<=[.!?…])\s+|\n+|(?<=[a-zæøå]);\s")
_STEMS: Final = tuple(
    """forbehold forbehald atterhald forutset forutsat føreset betinget betinga vilkår avheng
    avvent utsett utset mangl mangel avslå avslag avsl avvis nekt trekk stans stopp angr
    fraråd innvend bekymr usikker uklar uviss tvil skepti krev utdater betenk uegn ueign
    foreløpig førebels midlertid mellombels condition provid tentativ reject refus withdraw
    declin object unsure unclear uncertain pending outdated""".split()
)
"""What a word that takes something back may begin with, whatever its ending."""
_WORDS: Final = frozenset(
    """hvis dersom viss såfremt såframt ifall unntatt unnateke utenom utanom unntak likevel
    derimot imidlertid imens unntak bortsett men ikke ikkje inte ej aldri ingen inga ingenting
    inkje nei neppe knapt verken korkje utan uten mangler manglar feil galt gale må bør burde
    måste ska kanskje muligens mogleg moglegvis kanhende tror trur antar antek lurer lurar
    vent vente venter ventar hold først før fyrst innen innan inntil delvis nesten nok hvorfor
    kvifor hvordan korleis hvem kven hvilken hvilket hvilke kva hva skulle spørsmål if
    unless except however although though but not no never none nothing without cannot until
    before first once must should needs need maybe perhaps possibly probably might think guess
    wait hold almost partly why how who which what""".split()
)
"""Condition, contrast, negation, demand, doubt and question, in nb, nn and en."""
_ENGLISH: Final = frozenset("we the is are it of to have has our from and this that".split())
_RUNS: Final = tuple(
    words_of(run)
    for run in """så lenge|så lengje|så sant|så fremt|så framt|så snart|med mindre|gitt at|gjeve at
    bare hvis|bare dersom|berre dersom|berre om|bare om|kun om|om dere|om de|om du|om vi
    om det|om den|om dei|om dette|om kapittel|om alt|as long|only when|so long|subject to
    vet ikke|veit ikkje|i utgangspunktet|etter at|with the exception""".replace("\n", "|").split(
        "|"
    )
)
"""Words that take something back only together."""
_QUESTIONS: Final = frozenset(
    words_of(run)
    for run in """har dere|har de|har du|kan dere|kan de|kan du|kunne dere|kunne de|kunne du
    vil dere|vil de|er det|er dere|er de|skal vi|skal eg|skal jeg|må vi|må eg|må jeg|can you
    could you|do you|will you|are you|is it|should we""".replace("\n", "|").split("|")
)
"""How a question begins that lacks its mark; elsewhere the same words tell («Her er det»)."""
_BEFORE_A_QUESTION: Final = frozenset("hei hallo ja jo ok men og så and but so hi hello".split())
_MENDED: Final = frozenset(
    """rettet retta rettes rettast byttet bytta byttes oppdatert oppdaterte fikset fiksa ordnet
    ordna plass klart klar klare ferdig ferdige tekstet teksta endret endra fjernet fjerna
    løst løyst godkjent godkjend sendt lagt gjort kommet komme svart lest inne ute ok signert
    fått lov fixed updated done ready approved corrected removed replaced signed""".split()
)
"""What is said of a thing that «når» and «when» set as a condition; other times are only times."""
_THEM: Final = frozenset(
    "dere de dykk du dei you they kurset kapittel bildene lenken lenkja".split()
)
_WHEN: Final = frozenset("når when".split())
_HARMLESS: Final = tuple(
    sorted(
        {
            words_of(run)
            for run in """ikke noe mer|ikkje noko meir|ingen hast|det haster ikke|det hastar ikkje
            haster ikke|hastar ikkje|ikke tenk på det|ingen årsak|bare å spørre|ikke nøl|ikkje nøl
            nøl ikke|ikke noe problem|ikke noe annet|ikkje noko anna|ingenting annet|nothing else
            no hurry|no rush|no worries|not urgent|do not hesitate|don't hesitate|må bare takke
            må berre takke|må få takke|må si|må seie|først og fremst|først og framst|not only
            ikke bare|ikkje berre|tror dette blir bra|trur dette blir bra|tror dette blir fint
            før jul|før ferien|før helga|før helgen|før påske|før sommeren|før sommaren|god nok
            godt nok|ikke minst|ikkje minst|uten problemer|utan problem|hva som helst
            når som helst|når det gjelder|når det gjeld|hvem som helst|om det er noe|om det er noko
            si ifra om det er noe|bare spør|berre spør|mandag først|no longer needed
            er ikke lenger i bruk|er ikkje lenger i bruk|brukes ikke lenger|å vente på
            """.replace("\n", "|").split("|")
            if words_of(run)
        },
        key=len,
        reverse=True,
    )
)
"""Turns of speech with a word of the above that take nothing back."""
_ASKS: Final = pattern(r"\?(?!\w)|🤔|👎|❌")
_POLITE: Final = pattern(
    r"\W*(?:(?:hvordan|korleis|hvor) (?:går|står) det(?: til)?|alt (?:vel|bra)|går det bra"
    r"|har du det bra|how are you)[^?]{0,20}\?\W*",
    re.IGNORECASE,
)
_THANKS: Final = pattern(
    r"\W*(?:(?:mange |tusen |hjertelig |hjarteleg |på forhånd |many )?takk|thanks|thank you"
    r"|god helg"
    r"|god (?:jul|påske|sommer|sommar|ferie|dag|kveld)|ha en (?:fin|god)|ha ei (?:fin|god)|ha det"
    r"|hilsen|helsing|hei|hallo|fint|flott|supert|bra|ok|greit)\b.{0,60}",
    re.IGNORECASE | re.DOTALL,
)


def hinders(text: str) -> bool:
    """Whether `text`, written beside a command, holds a condition, negation, doubt or question."""
    return any(_hinders(sentence) for sentence in _SENTENCES.split(text) if sentence.strip())


def says_something(text: str) -> bool:
    """Whether `text` is more than thanks and a greeting."""
    sentences = [sentence for sentence in _SENTENCES.split(text) if words_of(sentence)]
    return any(_hinders(each) or not _THANKS.fullmatch(each.strip()) for each in sentences)


def _hinders(sentence: str) -> bool:
    if _ASKS.search(sentence):
        return _POLITE.fullmatch(sentence) is None
    words = _without(without_harmless(words_of(sentence)), _HARMLESS)
    if any(word.startswith(_STEMS) for word in words):
        return True
    said = set(words)
    if any(_blocks(word, said) for word in said):
        return True
    return (
        words[:1] == ("om",)
        or _is_question(words)
        or any(_place(words, run) is not None for run in _RUNS)
        or bool(said & _WHEN and said & (_MENDED | _THEM))
    )


def _is_question(words: tuple[str, ...]) -> bool:
    begins = next((n for n, word in enumerate(words) if word not in _BEFORE_A_QUESTION), 0)
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
