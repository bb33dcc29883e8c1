"""Whether a message returns a letter: by its report, its headers, or what a mail server says."""

from __future__ import annotations

import re
from typing import Final

from engine.intake.automatic import bounce, bounce_text
from engine.intake.automatic.machine_words import (
    AUTO_SUBJECT,
    BOUNCE_SUBJECT,
    REPLY,
    SERVER,
    STATES_FAILURE,
    SUCCESS_SUBJECT,
    SURE_BOUNCE,
)
from engine.intake.mime import Evidence

_HEAD: Final = 4_000
"""How many characters of the text are looked at: a server says it at once."""
_DAEMON: Final = re.compile(r"mailer-?daemon@|mail-?daemon@")
_COPIES: Final = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"})
_CODE: Final = re.compile(r"(?<![\d.])[45]\d\d[ -]+\S|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)")


def is_returned(look: Evidence) -> bool:
    """Whether a message without a delivery report is a bounce all the same.

    From a mail server, its subject, its words or the copy in it are enough; from anybody else the
    subject must say so and the words hold a server's code, or a copy stand below.
    """
    if look.headers.has("x-failed-recipients") or look.headers.has("x-ms-exchange-message-is-ndr"):
        return True
    if _answers(look):
        return False
    if _from_server(look):
        said = _named(look) or _states(look) or _copies(look) or _known(look)
        return said or _only_returns(look)
    return _says_so(look)


def _says_so(look: Evidence) -> bool:
    """Without a server's marks: «SV: Kan ikke leveres» is a person who writes about a bounce."""
    if REPLY.match(look.subject) and not look.subject.rstrip().endswith(")"):
        # Some mail servers put «Re:» in front of the subject of what they return.
        told = _states(look) and (_coded(look) or _copies(look))
        return null_path(look) and (told or _known(look))
    if SURE_BOUNCE.match(look.subject):
        return True
    if not _named(look):
        return False
    return (_states(look) and (_coded(look) or _copies(look))) or _known(look)


def null_path(look: Evidence) -> bool:
    """Whether the message says that nobody is to be told if it cannot be delivered (RFC 5321)."""
    return any(value.strip() == b"<>" for value in look.headers.all("return-path")[:1])


def _answers(look: Evidence) -> bool:
    """An automatic answer may come without a return path too, and tell of what it won't do."""
    replied = look.headers.text("auto-submitted").lower().startswith("auto-replied")
    if _is_daemon(look) or _named(look):
        return False
    return replied or AUTO_SUBJECT.match(look.subject[:300]) is not None


def _is_daemon(look: Evidence) -> bool:
    return SERVER.search(look.headers.raw("from", 1_000)) is not None


def _only_returns(look: Evidence) -> bool:
    """A mailer-daemon writes for nothing else, in whatever language; it answers nobody."""
    local = look.headers.raw("from", 1_000).lower()
    if not _DAEMON.search(local) or REPLY.match(look.subject):
        return False
    return SUCCESS_SUBJECT.match(look.subject) is None


def _from_server(look: Evidence) -> bool:
    # A machine that answers for somebody has no return path either, and «SV:» in front.
    unasked = null_path(look) and not REPLY.match(look.subject)
    return unasked or _is_daemon(look) or _returned_by_daemon(look)


def _returned_by_daemon(look: Evidence) -> bool:
    path = look.headers.raw("return-path", 300)
    return SERVER.search(path.partition("@")[0]) is not None and "bounce" not in path.lower()


def _named(look: Evidence) -> bool:
    return BOUNCE_SUBJECT.match(look.subject[:300]) is not None


def _states(look: Evidence) -> bool:
    return STATES_FAILURE.search(look.text[:_HEAD]) is not None


def _coded(look: Evidence) -> bool:
    return _CODE.search(look.text[:_HEAD]) is not None


def _copies(look: Evidence) -> bool:
    # Imported late, here and below: only what may be a bounce is asked.

    return any(part.type in _COPIES for part in look.parts) or bounce_text.has_copy(look.text)


def _known(look: Evidence) -> bool:

    return any(bounce_text.failures(look.raw))


def only_delivered(look: Evidence) -> bool:
    """Whether a delivery report tells of success alone, so that no letter came back."""

    return bounce.only_delivered(look.parts[0])
