"""What the engine asks of the world; adapters outside the engine fulfil these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any, Literal, Protocol

from msgspec import Struct

from engine.errors import MailboxError
from engine.model import Language, Reason, Situation

UNPROVED = "mbox:"
"""What the sources begin with of messages that prove nothing: anybody may have parted them."""


class Guard(Struct, frozen=True, kw_only=True):
    """A named condition of a workflow file: which facts it needs, and every reason why it does not
    hold.
    """

    name: str
    needs: frozenset[str]
    """Of what `store.facts.Wanted.needs` names; a guard may look at no other fact."""
    check: Callable[[Situation], tuple[Reason, ...]]


class File(Struct, frozen=True, kw_only=True):
    """A file that goes with a letter."""

    name: str
    type: str
    content: bytes


class Entry(Struct, frozen=True, kw_only=True):
    """A day in the calendar of a letter's receiver: put in by the letter, or taken out again."""

    kind: str
    """`due`, `lapse` or another kind that the renderer knows; one day of each for a request."""
    day: date
    stands: bool = True
    """False for one that is taken out."""


class Draft(Struct, frozen=True, kw_only=True):
    """A letter that is written: what of it is kept when it leaves."""

    raw: bytes
    """The exact bytes of the message, headers and all, with CRLF line ends (RFC 5322)."""
    subject: str
    entries: tuple[Entry, ...] = ()


class Envelope(Struct, frozen=True, kw_only=True):
    """One letter ready for rendering: who it is for, and everything that its headers and text
    need.
    """

    letter: int
    number: str
    """The request's number, or empty for a letter about no request."""
    token: str
    to: str
    role: str
    language: Language
    template: str
    variables: Mapping[str, Any]
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    date: datetime
    sender_name: str = ""
    """In whose name the letter goes, beside the site's own address; empty for the site's own."""
    files: tuple[File, ...] = ()
    """Documents that the letter is about; forms and days are the renderer's own to add."""
    entries: tuple[Entry, ...] = ()
    """What earlier letters about the request have put into the receiver's calendar."""


class Letters(Protocol):
    """Renders letters; knows every template in every language."""

    def subject(self, envelope: Envelope) -> str:
        """The subject line, token included."""

    def text(self, envelope: Envelope) -> str:
        """The letter's text."""

    def render(self, envelope: Envelope) -> bytes:
        """The exact bytes of the message, headers and all, with CRLF line ends (RFC 5322)."""

    def draft(self, envelope: Envelope) -> Draft:
        """What is kept of the letter when it leaves: `render` and `subject` at once."""

    def templates(self, language: Language) -> frozenset[str]:
        """The names of the templates that exist in `language`."""

    def uses(self, language: Language, template: str) -> frozenset[str]:
        """The variables that a site's own text needs to be given, a kept one as `kept.NAME`; none
        for the program's own texts.

        SettingsError for a template that cannot be read.
        """


class Delivery(Struct, frozen=True, kw_only=True):
    """What became of one hand-over: `code` and `text` are the transport's own words."""

    state: Literal["sent", "retry", "dead"]
    code: int
    text: str
    reached: bool = True
    """False when the transport itself could not be reached: no other letter can leave now."""


Message = tuple[int, str, bytes]
"""A letter's id, its receiver, and its exact bytes."""


class Notifier(Protocol):
    """Hands finished messages over to a transport."""

    def send(self, messages: Iterable[Message]) -> Iterable[Sequence[tuple[int, Delivery]]]:
        """Hand messages over, yielding (letter id, outcome) in groups as they are known.

        A message is taken when there is room for it. Whoever asks for the next group has recorded
        the last one: only then may what carried those letters carry others.
        """

    def reached(self) -> str:
        """Where messages are handed over, in words for people, after trying whether that works.

        DeliveryError when it does not.
        """


class Mark(Struct, frozen=True, kw_only=True):
    """How far a mailbox has been read: the number of the last message, and of the numbering."""

    validity: int
    last: int


class Arrived(Struct, frozen=True, kw_only=True):
    """One message as it lies in a mailbox, or why it could not be read."""

    source: str
    """Names this message for ever, and no other one."""
    raw: bytes | MailboxError
    mark: Mark


class Mailbox(Protocol):
    """Messages that wait somewhere, read in a `with` block; each is acknowledged only after its
    verdict is committed. MailboxError when it cannot be read.
    """

    name: str
    beside: bool
    """Whether people read it too: then nothing is moved or marked."""

    def __enter__(self) -> Mailbox:
        """Open the mailbox."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave it."""

    @property
    def mark(self) -> Mark:
        """Everything that lay there when the mailbox was opened."""

    def messages(self, read: Mark | None, since: datetime) -> Iterable[Arrived]:
        """Every message that waits; beside people, those after `read`, or from `since` on."""

    def judged(self, source: str, verdict: str) -> None:
        """Told after the verdict on the message from `source` is committed."""


class Clock(Protocol):
    """Tells the wall time; business time is always an argument."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC, in whole seconds."""


class LinkAnswer(Struct, frozen=True, kw_only=True):
    """What asking for a link came to."""

    state: Literal["alive", "failing", "unknown"]
    """`unknown`: it was not asked, or nobody can tell from the answer."""
    why: str
    """A code with words in every language (engine.wording.findings)."""
    detail: str = ""
    """The status, or the host, that the words speak of."""


LinkCheck = Callable[[str], LinkAnswer]
"""Asks for the page that a link leads to, and tells what it was; never longer than some seconds,
but for the look-up of its name.
"""
