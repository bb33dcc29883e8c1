"""Mail words that every routine understands, whatever state a request is in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.model import Language

GENERAL: Mapping[str, Mapping[Language, tuple[str, ...]]] = {
    "yes": {"nb": ("JA",), "nn": ("JA",), "en": ("YES",)},
    "wait": {
        "nb": ("VENT", "VENT TIL"),
        "nn": ("VENT", "VENT TIL"),
        "en": ("WAIT", "WAIT UNTIL"),
    },
    "status": {"nb": ("STATUS",), "nn": ("STATUS",), "en": ("STATUS",)},
    "help": {"nb": ("HJELP",), "nn": ("HJELP",), "en": ("HELP",)},
    "wrong_person": {
        "nb": ("FEIL PERSON",),
        "nn": ("FEIL PERSON",),
        "en": ("WRONG PERSON",),
    },
    "course_fault": {
        "nb": ("FEIL I KURSET", "FEIL I KURS"),
        "nn": ("FEIL I KURSET", "FEIL I KURS"),
        "en": ("FAULT IN THE COURSE", "ERROR IN THE COURSE"),
    },
    "form": {"nb": ("SKJEMA",), "nn": ("SKJEMA",), "en": ("FORM",)},
    "language": {"nb": ("SPRÅK",), "nn": ("SPRÅK", "MÅLFORM"), "en": ("LANGUAGE",)},
    "letters": {"nb": ("BREV",), "nn": ("BREV",), "en": ("LETTERS",)},
    "absence_over": {
        "nb": ("FRAVÆR AVLYST", "AVLYS FRAVÆR"),
        "nn": ("FRÅVÆR AVLYST", "AVLYS FRÅVÆR", "FRAVÆR AVLYST"),
        "en": ("ABSENCE CANCELLED", "CANCEL ABSENCE", "AWAY CANCELLED"),
    },
    "absence": {"nb": ("FRAVÆR",), "nn": ("FRÅVÆR", "FRAVÆR"), "en": ("ABSENCE", "AWAY")},
}
"""By meaning, then language; a workflow's own word goes first where it is the same."""


LANGUAGE_NAMES: Mapping[str, Language] = {
    "bokmål": "nb",
    "norsk": "nb",
    "nb": "nb",
    "nynorsk": "nn",
    "nn": "nn",
    "english": "en",
    "engelsk": "en",
    "en": "en",
}
"""What people may write after SPRÅK."""
AT_ONCE: Mapping[str, bool] = {
    "straks": True,
    "once": True,
    "samlet": False,
    "samla": False,
    "gathered": False,
}
"""What people may write after BREV."""


def general_meaning(word: str) -> str | None:
    """Which general word `word` is, in any language and case, or None."""
    folded = word.casefold()
    for meaning, words in GENERAL.items():
        if any(folded == known.casefold() for each in words.values() for known in each):
            return meaning
    return None


def first_words(meaning: str) -> Mapping[Language, str]:
    """The word for `meaning` that letters use, by language."""
    return {language: words[0] for language, words in GENERAL[meaning].items()}


def all_general() -> frozenset[str]:
    """Every general word in every language, as written."""
    return frozenset(word for words in GENERAL.values() for each in words.values() for word in each)


def says_yes(text: str) -> bool:
    """Whether a reply to a plain question begins with the word yes: «JA», «Ja, det er vår»."""
    first = re.match(r"[^\W\d_]+", text.strip())
    return first is not None and general_meaning(first[0]) == "yes"


UNDO_WORDS: Mapping[Language, tuple[str, ...]] = {
    "nb": ("ANGRE",),
    "nn": ("ANGRE",),
    "en": ("UNDO",),
}
"""What takes back one's own last act. Not general words: a workflow may use them for an event of
its own, which then goes first where it is open to the writer.
"""


def is_undo(word: str) -> bool:
    """Whether `word`, in any language and case, takes back one's own last act."""
    return word.casefold() in {w.casefold() for words in UNDO_WORDS.values() for w in words}


def all_undo() -> frozenset[str]:
    """Every word of UNDO_WORDS, as written."""
    return frozenset(word for words in UNDO_WORDS.values() for word in words)
