"""Words of somebody's own illness, leave or absence, which are nobody else's to read."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+")
_CLAUSE: Final = re.compile(r",?\s+(?:men|but)\s+", re.IGNORECASE)
_ALWAYS: Final = re.compile(
    r"\b(?:sjuk|syk|(?:sjuke?|syke?|egen|eigen)meld\w*|sykefrav\w*|sjukefråv\w*"
    r"|(?:på grunn av|pga\.?|grunna|grunnet) (?:\w+ )?(?:sjuk|syk)dom"
    r"|\w*permisjon\w*|(?:i|pappa|mamma|foreldre|fødsels|barsel)[ -]?perm|fråver\w*|fravær\w*"
    r"|(?:hos|til) legen?|legetime\w*|legeerklæring\w*"
    r"|(?:på|har|tar|tek|hatt|ut i) ferie\w*|ferie (?:til|fra|frå)|avspaser\w*|bortreist"
    r"|borte (?:til|i dag|i morg[eo]n|i uke|denne|neste|hele|heile)"
    r"|borte (?:fra|frå) (?:kontoret|jobb|arbeid)"
    r"|ikk(?:e|je) (?:\w+ )?på (?:jobb|arbeid)|ute av kontoret"
    r"|(?:har|tar|tek) fri (?:til|fra|frå|i|på|hele|heile|denne|neste)"
    r"|ill|sick|on leave|(?:parental|maternity|paternity) leave|on (?:holiday|vacation)"
    r"|out of (?:the )?office|away (?:until|next))\b",
    re.IGNORECASE,
)
"""Said of nothing but people."""
_OF_A_PERSON: Final = re.compile(
    r"\b(?:(?:er|var|blir|vert) (?:\w+ )?(?:borte|vekke)|operer\w*|operasjon\w*|innlag[td]"
    r"|diagnosen?|influensa|forkj[øo]l\w*|feber\w*|omgangss\w+|migrene\w*|brukket|brote|kreft\w*"
    r"|depresjon\w*|deprimert|utbren[td]|angst\w*|gravid|fødsel\w*|dødsfall\w*|døde?"
    r"|begravelse\w*|gravferd\w*|frisk(?:meldt|meld)?|surgery|pregnan\w*|funeral|fever|cancer|flu)\b",
    re.IGNORECASE,
)
"""Said of courses too: only beside somebody does it tell of them."""
_PERSON: Final = re.compile(
    r"\b(?:jeg|eg|meg|min|mi|mitt|mine|hun|ho|han|ham|hen|sønn\w*|datter\w*|dotter\w*"
    r"|my|she|his|wife|husband)\b",
    re.IGNORECASE,
)


def is_private(words: str) -> bool:
    """Whether the words tell of somebody's own illness, leave or absence."""
    return bool(of_somebodys_own(words)[1])


def of_somebodys_own(text: str, names: Collection[str] = ()) -> tuple[str, str]:
    """(the rest of `text`, its sentences of somebody's own illness, leave or absence); what is
    called by one of `names`, as a course, tells of nobody.
    """
    kept: list[str] = []
    private: list[str] = []
    for line in text.split("\n"):
        said = _SENTENCE.split(line)
        kept.append(" ".join(each for each in said if not _is_private(each, names)))
        private += [each.strip() for each in said if _is_private(each, names)]
    return "\n".join(kept).strip(), " ".join(private)


def without_own(text: str, names: Collection[str] = ()) -> tuple[str, str]:
    """As `of_somebodys_own`, but keeping of a sentence that goes on with «men …» what tells of
    something else: for what its writer is asked about before anybody reads it.
    """
    private = of_somebodys_own(text, names)[1]
    if not private:
        return text, ""
    kept: list[str] = []
    told: list[str] = []
    for line in text.split("\n"):
        clauses = [
            _CLAUSE.split(e) if _is_private(e, names) else [e] for e in _SENTENCE.split(line)
        ]
        for first, *others in clauses:
            said = [first, *(each[:1].upper() + each[1:] for each in others)]
            kept += [each for each in said if not _is_private(each, names)]
            told += [each.strip() for each in said if _is_private(each, names)]
        kept.append("\n")
    joined = " ".join(kept).replace(" \n ", "\n").strip()
    return joined, " ".join(told)


def names_somebody(text: str) -> bool:
    """Whether the text speaks of the writer or somebody near to them."""
    return bool(_PERSON.search(text))


def _is_private(sentence: str, names: Collection[str]) -> bool:
    for name in filter(None, names):
        sentence = re.sub(re.escape(name), " ", sentence, flags=re.IGNORECASE)
    if _ALWAYS.search(sentence):
        return True
    return bool(_OF_A_PERSON.search(sentence) and _PERSON.search(sentence))
