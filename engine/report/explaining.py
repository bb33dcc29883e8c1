"""What has happened and what comes, as sentences for people who ask why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.model import Language
from engine.wording.catalogue import say, texts
from engine.wording.dates import day_and_time
from engine.wording.durations import describe
from engine.wording.names import ROLE_NAMES, all_of


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
    known = known if known in texts("explaining_acts", language) else "other"
    who = who_acted(role, party, language)
    return say(
        "explaining.happened",
        language,
        when=day_and_time(at, language),
        what=say(f"explaining_acts.{known}", language, who=who, word=word),
        cause=say(f"explaining_causes.{kind}", language, ref=ref),
        state=state,
        note=" ".join(note.split()),
    )


def who_acted(role: str, party: str, language: Language) -> str:
    """The role as a reader calls it, with the name of its party."""
    names = ROLE_NAMES.get(role)
    who = names[language] if names else role
    return f"{who} ({party})" if party and party != who else who


def escalated(at: datetime, language: Language) -> str:
    """That the wait was taken to the coordinators at `at`, in the zone that it shall be told in."""
    return say("explaining.escalated", language, when=day_and_time(at, language))


def moves_into(state: str, language: Language) -> str:
    """That the request moves into the state of that title, as a clause: «… før saken går …»."""
    return say("explaining.moves_into", language, state=state)


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
    what = coming(action, target, roles, language, into=into)
    return f"{what} ({_rule(rule, language, days)})"


def coming(
    action: str, target: str, roles: Sequence[str], language: Language, *, into: str = ""
) -> str:
    """What a timer will do, as a phrase without its rule."""
    names = tuple(ROLE_NAMES[role][language] if role in ROLE_NAMES else role for role in roles)
    key = target if target in texts("explaining_comes", language) else action
    return say(f"explaining_comes.{key}", language, who=all_of(names, language), into=into)


def _rule(rule: str, language: Language, days: Mapping[str, str] | None) -> str:
    try:
        return describe(rule, language, days)
    except ValueError:
        # A rule that a file words in another way is still better told than hidden.
        return rule
