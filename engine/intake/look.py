"""Everything about a message that its kind is judged by."""

from __future__ import annotations

from msgspec import Struct

from engine.intake.headers import Headers
from engine.intake.mime import Part


class Look(Struct, frozen=True, kw_only=True):
    """A message as its kind is judged by: its headers, parts, sender, subject and words.

    Subject and words are without what our own mail gateway has put in front of them.
    """

    headers: Headers
    parts: tuple[Part, ...]
    """The whole message first, then every part inside it."""
    sender: str
    subject: str
    text: str
    raw: bytes
    answers: bool
    """Whether it answers some message, or names a letter of ours."""
