"""What has happened and what comes, as sentences for people who ask why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from engine.model import Language
from engine.wording.dates import day_and_time
from engine.wording.durations import describe
from engine.wording.names import ROLE_NAMES, all_of

_HAPPENED: Final[Mapping[Language, str]] = {
    "nb": "{when}: {event} av {who} ({cause}). Saken sto da som «{state}».{note}",
    "nn": "{when}: {event} av {who} ({cause}). Saka stod då som «{state}».{note}",
    "en": "{when}: {event} by {who} ({cause}). The request then stood as “{state}”.{note}",
}
_CAUSES: Final[Mapping[str, Mapping[Language, str]]] = {
    "mail": {"nb": "e-post {ref}", "nn": "e-post {ref}", "en": "mail {ref}"},
    "command": {"nb": "kommando", "nn": "kommando", "en": "command"},
    "timer": {"nb": "frist {ref}", "nn": "frist {ref}", "en": "deadline {ref}"},
}
_ESCALATED: Final[Mapping[Language, str]] = {
    "nb": "{when}: saken ble løftet til koordinatoren, for ventetiden er over.",
    "nn": "{when}: saka blei løfta til koordinatoren, for ventetida er over.",
    "en": "{when}: the request was escalated to the coordinator, for the wait is over.",
}
_COMES: Final[Mapping[str, Mapping[Language, str]]] = {
    "remind": {
        "nb": "påminnelse til {who}",
        "nn": "påminning til {who}",
        "en": "reminder to {who}",
    },
    "send": {
        "nb": "brevet {target} til {who}",
        "nn": "brevet {target} til {who}",
        "en": "the letter {target} to {who}",
    },
    "suggestion_unanswered": {
        "nb": "spørsmål til koordinatoren om et ubekreftet svar fra {who}",
        "nn": "spørsmål til koordinatoren om eit ustadfest svar frå {who}",
        "en": "question to the coordinator about an unconfirmed answer from {who}",
    },
    "escalate": {
        "nb": "saken løftes til koordinatoren",
        "nn": "saka blir løfta til koordinatoren",
        "en": "the request is escalated to the coordinator",
    },
    "fire": {
        "nb": "{target} skjer av seg selv",
        "nn": "{target} skjer av seg sjølv",
        "en": "{target} happens by itself",
    },
}


def happened(
    *,
    at: datetime,
    event: str,
    state: str,
    role: str,
    party: str,
    cause: tuple[str, str],
    note: str,
    language: Language,
) -> str:
    """One event of history as a sentence; `at` in the zone that it shall be told in."""
    kind, ref = cause
    names = ROLE_NAMES.get(role)
    who = names[language] if names else role
    return _HAPPENED[language].format(
        when=day_and_time(at, language),
        event=event,
        who=f"{who}, {party}" if party else who,
        cause=_CAUSES[kind][language].format(ref=ref),
        state=state,
        note=f" «{' '.join(note.split())}»" if note.strip() else "",
    )


def escalated(at: datetime, language: Language) -> str:
    """That the wait was taken to the coordinators at `at`, in the zone that it shall be told in."""
    return _ESCALATED[language].format(when=day_and_time(at, language))


def comes(
    action: str,
    target: str,
    roles: Sequence[str],
    rule: str,
    language: Language,
    *,
    days: Mapping[str, str] | None = None,
) -> str:
    """What a timer will do, and by which rule, as a phrase; `days` as for `describe`."""
    names = tuple(ROLE_NAMES[role][language] if role in ROLE_NAMES else role for role in roles)
    told = _COMES.get(target, _COMES[action])
    what = told[language].format(who=all_of(names, language), target=target)
    return f"{what} ({_rule(rule, language, days)})"


def _rule(rule: str, language: Language, days: Mapping[str, str] | None) -> str:
    try:
        return describe(rule, language, days)
    except ValueError:
        # A rule that a file words in another way is still better told than hidden.
        return rule
