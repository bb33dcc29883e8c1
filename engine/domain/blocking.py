"""Words that keep a sentence in people's own words from being understood: not, perhaps, if, who,
but; in whichever language they stand.
"""

from __future__ import annotations

import re
from typing import Final

BLOCKING: Final = frozenset(
    """ikke aldri ingen inga intet ingenting nei neppe knapt verken hverken uten men derimot
    dog imidlertid likevel bortsett unntatt utenom foruten utover unntak bare kun hvis dersom
    såfremt forutsatt betinget vilkår vilkårlig mindre tilfelle ifall gitt inntil innen før
    etter når hvorvidt lenge dess kanskje muligens mulig trolig sannsynligvis antakelig
    antagelig formodentlig visstnok angivelig sikkert tvil tviler nok vel visst tror trodde
    antar regner håper gjetter skal skulle vil ville bør burde må måtte kunne kan får kommer
    blir snart straks senere siden morgen neste snarest venter vent vente avventer pause
    mandag tirsdag onsdag torsdag fredag lørdag søndag uka uken høsten våren foreløpig
    midlertidig delvis nesten halve halvveis prinsippet prinsipielt utgangspunktet del deler
    utkast noen fortsatt fremdeles ennå enda igjen atter gang ganger trenger behøver savner
    spør lurer uenig dessverre forslag innspill endring endringer galt gal feil beskjed hvem
    hva hvor hvordan hvorfor hvilken hvilket hvilke eller enten sier sa sies skriver skrev
    hevder påstår ifølge hørte hører fortalte sagt spurte andre annet annen forrige tidligere
    fjor gamle sist hun han hen fagmiljøet ledelsen leder lederen sjef sjefen direktør
    direktøren kollega kollegaen kommunen sykehuset foretaket samhandlingsenheten juristen
    avdelingen andres vedlegg vedlagt under nedenfor liksom særlig jaha javel jada joda neida
    jøss tull spøk ironisk ironi haha hehe lol jo tydeligvis åpenbart maser mas overraskende
    husk rett fjern fiks sjekk ring oppdater endre bytt send pass ikkje inkje korkje utan
    unnateke utanom berre minus viss såframt føresett innan moglegvis mogleg truleg
    sannsynlegvis trur trudde antek reknar vonar håpar gissar kjem vert seinare sidan morgon
    ventar avventar måndag tysdag laurdag sundag hausten veka førebels mellombels halvvegs
    delar nokon framleis enno gong gonger treng saknar lurar ueinig diverre framlegg innspel
    endringar gale kven kva kvar kor korleis kvifor anten seier skriv skreiv hevdar ifølgje
    høyrde høyrer fortalde spurde anna annan førre tidlegare ho leiinga leiar leiaren
    sjukehuset føretaket samhandlingseininga avdelinga nedanfor tydelegvis openbert masar
    overraskande hugs byt not never none nothing nobody neither nor without cannot can't don't
    doesn't didn't isn't aren't wasn't haven't hasn't won't wouldn't shouldn't couldn't but
    however except only although though unless if when whether until till after before once
    provided providing pending depending maybe perhaps possibly probably might may can could
    would should will shall must need needs think guess hope hopefully assume suppose expect
    partly partially almost nearly later soon tomorrow next wait waiting hold yet still again
    missing wrong unclear unsure who what where how why which or either says said told heard
    apparently allegedly he she they their other another previous earlier attached attachment
    below sarcasm remember fix remove update change check call surprising""".split()
)
"""Negation, contrast, condition, doubt, future, question, hearsay, other people, and irony; the
English «no» is «now» in nynorsk.
"""

TAKING_BACK: Final = frozenset(
    """men likevel ikke ikkje nei ingen hvis dersom viss såfremt såframt når forbehold atterhald
    vent vente ventar venter først angre angrer stopp stans hold feil mangler manglar unntatt
    but not never if unless when wait hold stop except however""".split()
)
"""The few words that take a plain JA back when they stand beside it, in whoever's signature."""

STEMS: Final = tuple(
    """forbehold forbehald atterhald forutset føreset reservasj avvent utsett utset
    mangl mangel avslå avslag avsl avvis nekt trekk trukk trekt avslutt opphev stans stopp angr
    merknad kommentar innvend feil problem bekymr klage spørsmål spørsmal usikker uklar uviss
    tvil vurdere midlertid videresend vidaresend videreform vidareform sarkas
    avheng betingels krav krev svak dårlig dårleg elendig kjedelig kjedeleg uegn ueign ufullst
    utdater utgått skuff uheldig betenk skeptisk skepsis uaktuel umulig umogle dumt trist halvpart
    ueni uein behold testmilj slett fjern
    condition tentativ reject refus withdraw declin denied deny cancel forward comment remark
    question problem issue concern mistake error reserv""".split()
)
"""What a blocking word may begin with, whatever its ending."""

RUNS: Final = tuple(
    """ja ja|legg til|legg ved|legg inn|ta kontakt|ta bort|gi oss|gje oss
    om dere|om de|om du|om vi|om jeg|om eg|om det|om dette|om den|om dei|om alt|om noe|om noko
    om en|om ein|om et|om eit|om ei|om to|om tre|om litt|om kort|om kurset er|om kurset blir
    om kurset har|om kurset vert|om at|som om|på nytt|så langt|så fremt|så framt|så snart
    gitt at|i ferd|holder på|held på|enda en|nok en|merket oss|merka oss|merkt oss|merket meg
    merka meg|merket at|merka at|merkt at|merket dere|merket dykk|lagt merke|til høsten
    subject to|so far|as if|as long|nå får|har du|har dere|har de|er du|er dere|er de
    av dere|av dykk|av dei|av dem|by them|by you""".replace("\n", "|").split("|")
)
"""Words that block only together: «om» alone may mean «about»."""

HARMLESS: Final = tuple(
    """ingen merknader|ingen merknad|ingen innvendinger|ingen innvending|ingen kommentarer
    ingen spørsmål|ingen feil|ingen mangler|ingen problem|ingen problemer|ingen forbehold
    ingen endringer|ingen ting å utsette|ingenting å utsette|ikke noe å utsette|intet å utsette
    ingenting å bemerke|ikke noe å bemerke|intet å bemerke|ikke noe å innvende
    ingenting å innvende|ikke noe å merke|ikke merknader|ikke innvendinger|ikke kommentarer
    ikke noen merknader|ikke noen innvendinger|ikke noen kommentarer|ikke noe imot
    ingenting imot|intet imot|uten merknader|uten merknad|uten innvendinger|uten forbehold
    uten kommentarer|uten endringer|uten tvil|uten videre
    ingen merknadar|ingen innvendingar|ingen kommentarar|ingen spørsmål|ingen manglar
    ingen atterhald|ingen endringar|inkje å merke|inkje å seie|ikkje noko å utsetje
    ikkje noko å utsette|ikkje noko å merke|ikkje noko å innvende|ingenting å utsetje
    ingenting å merke|ikkje merknader|ikkje merknadar|ikkje innvendingar|ikkje innvendinger
    ikkje kommentarar|ikkje nokon merknader|ikkje nokon merknadar|ikkje nokon innvendingar
    ikkje noko imot|utan merknader|utan merknadar|utan innvendingar|utan atterhald
    utan kommentarar|utan endringar|utan tvil|utan vidare
    no remarks|no comments|no objections|no objection|no concerns|no reservations|no problem
    without remarks|without comments|without reservations|without objections|nothing to add
    kan bekrefte|kan stadfeste|kan med dette bekrefte|kan med dette stadfeste|kan herved bekrefte
    kan godta|kan godkjenne|kan godkjennes|kan godkjennast|kan godtas|kan godtakast|kan deles
    kan delast|vil anbefale|vil tilrå|vil gjerne bekrefte|vil bare bekrefte|vil berre stadfeste
    can confirm|can be shared|can accept|can approve|will recommend
    god morgen|god morgon|vel mottatt|vel motteke|vel motteken|bra nok|godt nok
    bare bra|berre bra|bare fint|berre fint|bare hyggelig|berre hyggeleg|bare å|berre å
    etter gjennomgang|etter en gjennomgang|etter ein gjennomgang|etter gjennomlesing
    etter grundig gjennomgang|etter en grundig gjennomgang|etter ein grundig gjennomgang
    etter gjennomlesning|etter vurdering|etter en vurdering|etter ei vurdering|etter avtale
    når det gjelder|når det gjeld|med vedlegg|i etterkant
    feilene er rettet|feilen er rettet|feil er rettet|feila er retta|feilen er retta
    feil er retta|manglene er rettet|manglene er på plass|manglene er ordnet|manglane er retta
    manglane er på plass|manglane er ordna|det som manglet|det som mangla|rettet feilene
    rettet feilen|retta feila|retta feilen|rettet manglene|retta manglane
    nyttig for andre|nyttig også for andre
    nyttig òg for andre|andre kommuner|andre kommunar|sees again|thanks again|takk igjen
    takk skal dere ha|takk skal du ha|takk skal de ha|i gang|sier ja|seier ja
    takk for beskjed|takk for beskjeden
    bare å kjøre|berre å køyre|får takke|vil takke|bekrefter avslutningen|stadfestar avslutninga
    stadfester avslutninga
    at delingen avsluttes|at delinga blir avslutta|at delinga vert avslutta
    inn på nytt|kan vi bekrefte|kan vi stadfeste
    kan jeg bekrefte|kan eg stadfeste|kan vi godta|kan vi godkjenne|kan vi herved bekrefte
    at kurset blir delt|at det blir delt|at kurset vert delt|at det vert delt""".replace(
        "\n", "|"
    ).split("|")
)
"""Turns of speech that hold a blocking word and take nothing back."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
_MARKS = re.compile(
    r"\?|…|\.\s?\.|[“”„\"‘]|[;:]-?[(/\\|DPp](?!\w)|;-?\)|^\s*>|[🙄😏😒😉😂🤣🤔🙃😬😅👎❌]|(?<!\w)/s\b",
    re.MULTILINE,
)
HARMLESS_MARK: Final = "·"
"""Stands for a harmless turn of speech once it has been read."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, small letters, without marks."""
    return tuple(word.replace("’", "'") for word in _WORD.findall(text.casefold()))


def takes_back(text: str) -> bool:
    """Whether `text`, written beside a JA, makes it less than one."""
    return "?" in text or bool(TAKING_BACK & set(words_of(text)))


def blocks(text: str, but: frozenset[str] = frozenset()) -> bool:
    """Whether anything in `text`, the words `but` left out, keeps it from being understood."""
    if _MARKS.search(text):
        return True
    rest = tuple(word for word in without_harmless(words_of(text)) if word not in but)
    if any(_place(rest, run) is not None for run in _RUNS):
        return True
    return any(word in BLOCKING or word.startswith(STEMS) for word in rest)


def without_harmless(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` with a mark in place of each harmless turn of speech, the longest first."""
    rest = words
    for run in _HARMLESS:
        while (place := _place(rest, run)) is not None:
            rest = (*rest[:place], HARMLESS_MARK, *rest[place + len(run) :])
    return rest


def _place(words: tuple[str, ...], run: tuple[str, ...]) -> int | None:
    if run[0] not in words:
        return None
    length = len(run)
    places = range(len(words) - length + 1)
    return next((place for place in places if words[place : place + length] == run), None)


_RUNS: Final = tuple(dict.fromkeys(words_of(run) for run in RUNS))
_HARMLESS: Final = tuple(sorted({words_of(run) for run in HARMLESS}, key=len, reverse=True))
