"""What the look at a link came to, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.model import Language

LINK_WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "link_answered": ("svarer", "svarar", "answers"),
    "link_closed": (
        "svarer, men krever innlogging ({detail})",
        "svarar, men krev innlogging ({detail})",
        "answers, but wants a login ({detail})",
    ),
    "link_status": (
        "serveren svarer {detail}",
        "serveren svarar {detail}",
        "the server answers {detail}",
    ),
    "link_busy": (
        "serveren ba oss vente ({detail})",
        "serveren bad oss vente ({detail})",
        "the server asked us to wait ({detail})",
    ),
    "link_round": (
        "viser videre mer enn {detail} ganger",
        "viser vidare meir enn {detail} gonger",
        "points on more than {detail} times",
    ),
    "link_no_host": (
        "{detail} finnes ikke",
        "{detail} finst ikkje",
        "there is no {detail}",
    ),
    "link_no_answer_on_name": (
        "vi får ikke slått opp {detail} nå",
        "vi får ikkje slått opp {detail} no",
        "we cannot look up {detail} just now",
    ),
    "link_no_network": (
        "vi har ikke nett nå",
        "vi har ikkje nett no",
        "we have no network just now",
    ),
    "link_inside": (
        "{detail} er på et lukket nett, og spørres ikke",
        "{detail} er på eit lukka nett, og blir ikkje spurd",
        "{detail} is on a closed network, and is not asked",
    ),
    "link_unreached": (
        "{detail} tar ikke imot",
        "{detail} tek ikkje imot",
        "{detail} takes no connection",
    ),
    "link_silent": (
        "{detail} svarer ikke i tide",
        "{detail} svarar ikkje i tide",
        "{detail} does not answer in time",
    ),
    "link_certificate": (
        "sertifikatet til {detail} holder ikke",
        "sertifikatet til {detail} held ikkje",
        "the certificate of {detail} does not hold",
    ),
    "link_garbled": (
        "{detail} svarer uforståelig",
        "{detail} svarar uforståeleg",
        "{detail} answers what nobody understands",
    ),
    "link_scheme": (
        "«{detail}» er ikke http eller https, og spørres ikke",
        "«{detail}» er ikkje http eller https, og blir ikkje spurd",
        "“{detail}” is not http or https, and is not asked",
    ),
    "link_user": (
        "adressen har brukernavn i seg, og spørres ikke",
        "adressa har brukarnamn i seg, og blir ikkje spurd",
        "the address holds a user name, and is not asked",
    ),
    "link_port": (
        "port {detail} spørres ikke",
        "port {detail} blir ikkje spurd",
        "port {detail} is not asked",
    ),
    "link_unreadable": (
        "adressen kan ikke leses",
        "adressa kan ikkje lesast",
        "the address cannot be read",
    ),
    "link_fault": (
        "kunne ikke spørres ({detail})",
        "kunne ikkje spørjast ({detail})",
        "could not be asked ({detail})",
    ),
    "link_not_yet": ("ikke spurt ennå", "ikkje spurd enno", "not asked yet"),
}
"""Code → the words in nb, nn and en, as a phrase without a capital."""
_STATES: Final[Mapping[str, tuple[str, str, str]]] = {
    "alive": ("i orden", "i orden", "fine"),
    "failing": ("feiler", "feilar", "failing"),
    "broken": ("virker ikke", "verkar ikkje", "dead"),
    "unknown": ("uvisst", "uvisst", "not known"),
}
_PLACE: Final[Mapping[Language, int]] = {"nb": 0, "nn": 1, "en": 2}


def why(code: str, detail: str, language: Language) -> str:
    """What the look at a link came to, as a phrase; KeyError for an unknown code."""
    return LINK_WORDS[code][_PLACE[language]].format(detail=detail)


def state(name: str, language: Language) -> str:
    """How a link stands, in a word or two."""
    return _STATES[name][_PLACE[language]]
