"""What a server's answer means for a link."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from engine.ports import LinkAnswer

MOVED: Final = frozenset({301, 302, 303, 307, 308})
WANTS_MORE: Final = frozenset({401, 403, 405, 406, 407})
"""The page is there, for somebody who logs in or asks otherwise than a program does."""
ASK_LATER: Final = frozenset({408, 425, 429})
"""The server has not looked for the page at all."""


class UnansweredError(Exception):
    """Why there is no answer, and what that says of the link."""

    def __init__(self, answer: LinkAnswer) -> None:
        super().__init__(answer.why)
        self.answer = answer


class NotAskedError(UnansweredError):
    """A link that must not be asked, or that nobody can tell anything of just now."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(LinkAnswer(state="unknown", why=why, detail=detail))


class DeadError(UnansweredError):
    """A link that leads nowhere."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(LinkAnswer(state="failing", why=why, detail=detail))


def meaning(status: int) -> LinkAnswer:
    """What the HTTP status (RFC 9110 §15) of the page that a link leads to says of the link."""
    if status in ASK_LATER:
        return LinkAnswer(state="unknown", why="link_busy", detail=str(status))
    if status in WANTS_MORE:
        return LinkAnswer(state="alive", why="link_closed", detail=str(status))
    if status >= HTTPStatus.BAD_REQUEST:
        return LinkAnswer(state="failing", why="link_status", detail=str(status))
    return LinkAnswer(state="alive", why="link_answered", detail=str(status))
