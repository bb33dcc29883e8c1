"""What the answer to a coordinator's numbered lines says of each: done, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.model import Language, Reason
from engine.wording.reasons import sentence

_Three = tuple[str, str, str]
_PLACE: Final[Mapping[Language, int]] = {"nb": 0, "nn": 1, "en": 2}
_DONE: Final[Mapping[str, _Three]] = {
    "attached": (
        "e-posten er knyttet til {number}.",
        "e-posten er knytt til {number}.",
        "the mail has been tied to {number}.",
    ),
    "fired": (
        "utført. Saken {number} står nå som «{state}».",
        "utført. Saka {number} står no som «{state}».",
        "done. Request {number} now stands as “{state}”.",
    ),
    "read_in": (
        "lest inn. {network} ({number}), {what}: {count}.{more}",
        "lese inn. {network} ({number}), {what}: {count}.{more}",
        "read in. {network} ({number}), {what}: {count}.{more}",
    ),
    "registered": (
        "{email} er registrert som {duty}.",
        "{email} er registrert som {duty}.",
        "{email} has been registered as {duty}.",
    ),
    "registered_read": (
        "{email} er registrert som {duty}, og e-posten er lest på nytt.",
        "{email} er registrert som {duty}, og e-posten er lesen på nytt.",
        "{email} has been registered as {duty}, and the mail has been read again.",
    ),
    "discarded": (
        "e-posten er lagt bort.",
        "e-posten er lagd bort.",
        "the mail has been laid aside.",
    ),
    "read_again": (
        "e-posten er lest på nytt.",
        "e-posten er lesen på nytt.",
        "the mail has been read again.",
    ),
    "stopped": ("brevet sendes ikke.", "brevet blir ikkje sendt.", "the letter will not leave."),
    "chaser_stopped": (
        "påminnelsen går ikke denne gangen.",
        "påminninga går ikkje denne gongen.",
        "the reminder does not leave this time.",
    ),
    "released": ("sluppet: {n} brev.", "sleppte: {n} brev.", "released letters: {n}."),
    "again": ("brevet prøves på nytt.", "brevet blir prøvd på nytt.", "the letter is tried again."),
}
_NOT_DONE: Final[_Three] = ("ikke gjort. {why}", "ikkje gjort. {why}", "not done. {why}")
_LONGEST: Final = 80


def done(said: str, what: str, values: Mapping[str, str], language: Language) -> str:
    """The sentence on a line that was followed."""
    return f"{_quoted(said, language)}: {_DONE[what][_PLACE[language]].format_map(values)}"


def not_done(said: str, reasons: Sequence[Reason], language: Language) -> str:
    """The sentence on a line that was not followed, with every reason."""
    why = " ".join(sentence(reason, language) for reason in reasons)
    return f"{_quoted(said, language)}: {_NOT_DONE[_PLACE[language]].format(why=why)}"


def _quoted(said: str, language: Language) -> str:
    line = " ".join(said.split()).replace("«", "").replace("»", "")
    short = line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
    return f"“{short}”" if language == "en" else f"«{short}»"
