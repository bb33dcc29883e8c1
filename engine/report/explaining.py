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
    "nb": "{when}: {what} ({cause}). Saken sto da som «{state}».{note}",
    "nn": "{when}: {what} ({cause}). Saka stod då som «{state}».{note}",
    "en": "{when}: {what} ({cause}). The request then stood as “{state}”.{note}",
}
_ACTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "open": {
        "nb": "{who} åpnet saken",
        "nn": "{who} opna saka",
        "en": "{who} opened the request",
    },
    "imported": {
        "nb": "{who} la inn delingen",
        "nn": "{who} la inn delinga",
        "en": "{who} brought in the share",
    },
    "undo": {
        "nb": "{who} angret det siste",
        "nn": "{who} angra det siste",
        "en": "{who} took back the last act",
    },
    "correct": {
        "nb": "{who} rettet tilstanden",
        "nn": "{who} retta tilstanden",
        "en": "{who} corrected the state",
    },
    "reopen": {
        "nb": "{who} åpnet saken igjen",
        "nn": "{who} opna saka igjen",
        "en": "{who} reopened the request",
    },
    "on_hold": {
        "nb": "ingen avtale gjaldt, så ventetiden telles på nytt",
        "nn": "ingen avtale gjaldt, så ventetida blir talt på nytt",
        "en": "no agreement was in force, so the wait is counted anew",
    },
    "word": {
        "nb": "{who} svarte {word}",
        "nn": "{who} svarte {word}",
        "en": "{who} answered {word}",
    },
    "form": {
        "nb": "{who} rettet skjemaet",
        "nn": "{who} retta skjemaet",
        "en": "{who} corrected the form",
    },
    "other": {
        "nb": "{who} førte saken videre",
        "nn": "{who} førte saka vidare",
        "en": "{who} took the request on",
    },
    "system": {
        "nb": "saken gikk videre av seg selv",
        "nn": "saka gjekk vidare av seg sjølv",
        "en": "the request moved on by itself",
    },
    "time": {
        "nb": "tiden var inne, og saken gikk videre av seg selv",
        "nn": "tida var inne, og saka gjekk vidare av seg sjølv",
        "en": "the time had come, and the request moved on by itself",
    },
}
"""What was done, by the event that every routine has, else by how it came about."""
_CAUSES: Final[Mapping[str, Mapping[Language, str]]] = {
    "mail": {"nb": "e-post {ref}", "nn": "e-post {ref}", "en": "mail {ref}"},
    "command": {"nb": "kommando", "nn": "kommando", "en": "command"},
    "timer": {"nb": "frist {ref}", "nn": "frist {ref}", "en": "deadline {ref}"},
}
_MOVES_INTO: Final[Mapping[Language, str]] = {
    "nb": "saken går over til «{state}»",
    "nn": "saka går over til «{state}»",
    "en": "the request goes over to “{state}”",
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
        "nb": "brev til {who}",
        "nn": "brev til {who}",
        "en": "letter to {who}",
    },
    "network_reminder": {
        "nb": "påminnelse til {who}",
        "nn": "påminning til {who}",
        "en": "reminder to {who}",
    },
    "network_overdue": {
        "nb": "purring til {who}",
        "nn": "purring til {who}",
        "en": "chaser to {who}",
    },
    "network_batch": {
        "nb": "neste purring vises {who} på forhånd",
        "nn": "neste purring blir vist {who} på førehand",
        "en": "the next chasers are shown to {who} beforehand",
    },
    "network_escalated": {
        "nb": "siste melding til {who} om dem som mangler",
        "nn": "siste melding til {who} om dei som manglar",
        "en": "a last word to {who} about who is missing",
    },
    "preliminary_answer": {
        "nb": "foreløpig svar til {who}",
        "nn": "førebels svar til {who}",
        "en": "preliminary answer to {who}",
    },
    "order_preliminary": {
        "nb": "foreløpig svar til {who}",
        "nn": "førebels svar til {who}",
        "en": "preliminary answer to {who}",
    },
    "go_on_without_opinions": {
        "nb": "spørsmål til {who} om å gå videre uten uttalelser",
        "nn": "spørsmål til {who} om å gå vidare utan fråsegner",
        "en": "question to {who} about going on without opinions",
    },
    "lapse_warning": {
        "nb": "varsel til {who} om at saken lukkes",
        "nn": "varsel til {who} om at saka blir lukka",
        "en": "warning to {who} that the request will be closed",
    },
    "still_correct": {
        "nb": "spørsmål til {who} om delingen fortsatt stemmer",
        "nn": "spørsmål til {who} om delinga framleis stemmer",
        "en": "question to {who} whether what is shared still holds",
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
        "nb": "saken går videre av seg selv[ og står da som «{into}»]",
        "nn": "saka går vidare av seg sjølv[ og står då som «{into}»]",
        "en": "the request moves on by itself[ and then stands as “{into}”]",
    },
}
"""By the letter of the timer where it is known, else by what the timer does; what stands in
brackets only where it is known.
"""


def happened(
    *,
    at: datetime,
    act: str,
    word: str = "",
    state: str,
    role: str,
    party: str,
    cause: tuple[str, str],
    note: str,
    language: Language,
) -> str:
    """One event of history as a sentence; `at` in the zone that it shall be told in.

    `act` is one of `open`, `imported`, `undo`, `correct`, `reopen`, `on_hold`, `word`, `form`, and
    anything else for an event that no word names; `word` is the mail word, `party` a name.
    """
    kind, ref = cause
    by_itself = role in ("system", "time") and act != "on_hold"
    known = role if by_itself else act
    what = _ACTS.get(known, _ACTS["other"])[language]
    return _HAPPENED[language].format(
        when=day_and_time(at, language),
        what=what.format(who=_who(role, party, language), word=word),
        cause=_CAUSES[kind][language].format(ref=ref),
        state=state,
        note=f" «{' '.join(note.split())}»" if note.strip() else "",
    )


def _who(role: str, party: str, language: Language) -> str:
    names = ROLE_NAMES.get(role)
    who = names[language] if names else role
    return f"{who} ({party})" if party and party != who else who


def escalated(at: datetime, language: Language) -> str:
    """That the wait was taken to the coordinators at `at`, in the zone that it shall be told in."""
    return _ESCALATED[language].format(when=day_and_time(at, language))


def moves_into(state: str, language: Language) -> str:
    """That the request moves into the state of that title, as a clause: «… før saken går …»."""
    return _MOVES_INTO[language].format(state=state)


def comes(
    action: str,
    target: str,
    roles: Sequence[str],
    rule: str,
    language: Language,
    *,
    days: Mapping[str, str] | None = None,
    into: str = "",
) -> str:
    """What a timer will do, and by which rule, as a phrase; `days` as for `describe`, `into` the
    title of the state that it leads to, where it is known.
    """
    names = tuple(ROLE_NAMES[role][language] if role in ROLE_NAMES else role for role in roles)
    told = _COMES.get(target, _COMES[action])
    pattern, _, rest = told[language].partition("[")
    pattern += rest.removesuffix("]") if into else ""
    what = pattern.format(who=all_of(names, language), into=into)
    return f"{what} ({_rule(rule, language, days)})"


def _rule(rule: str, language: Language, days: Mapping[str, str] | None) -> str:
    try:
        return describe(rule, language, days)
    except ValueError:
        # A rule that a file words in another way is still better told than hidden.
        return rule
