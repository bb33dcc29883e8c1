"""The story that the demo plays: what is sent and done, when, and what must come of it."""

from __future__ import annotations

from functools import cache

import msgspec
from msgspec import Struct

from config import demo


class Mail(Struct, frozen=True, kw_only=True):
    """Somebody writes: the mail file `name`, `days` before the story's end, at a clock time."""

    days: int
    clock: str
    name: str
    verdict: str
    case: str = ""
    """A nickname of the request; with one, the newest letter about it is what is answered."""
    state: str = ""
    """Where the request must stand afterwards; empty: the mail is about none."""
    aligned: bool = True
    """Whether the sender's mail server vouches for the address."""
    again: bool = False
    """The very same mail as before, by another route."""


class Command(Struct, frozen=True, kw_only=True):
    """A coordinator lets an event happen on somebody's behalf, who phoned."""

    days: int
    clock: str
    event: str
    by: str
    note: str
    case: str
    state: str


Step = Mail | Command


@cache
def story() -> tuple[Step, ...]:
    """Every step of `config/demo/story.csv`, in the order of time."""
    steps = [_step({name: text for name, text in row.items() if text}) for row in demo.story()]
    return tuple(sorted(steps, key=lambda step: (-step.days, step.clock)))


def _step(given: dict[str, str]) -> Step:
    kind: type[Step] = Command if "event" in given else Mail
    return msgspec.convert(given, kind, strict=False)


ENDS: dict[str, str] = {
    "ahus": "shared",
    "siv": "shared",
    "sthf": "ended",
    "ous": "rejected",
    "vv": "shared",
    "vinje": "shared",
    "larvik": "ended",
    "ks": "refused",
    "si-lån": "shared",
    "sthf-lån": "ended",
    "si": "consulting",
    "sunnaas": "draft",
}
"""Where each request must stand when the story is over."""
