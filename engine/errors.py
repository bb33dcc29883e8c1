"""Every error that Kursdeling raises on purpose.

* KursdelingError          base: something a person can act on; the message says what and how
  x InputError             a file or a value that somebody gave cannot be taken as it is
  x SettingsError          a setting is missing, misspelt or impossible
    + AddressTakenError    another process listens there already
  x DefinitionError        a workflow file that may not be used; carries every problem
  x RefusedError           an act that the rules do not allow; carries every reason
  x NotFoundError          an id, address or name that the site does not hold
  x StoreError             the database could not do what was asked
    + StaleRequestError    the request changed between reading and writing: read again, plan again
    + ClaimTakenError      a UNIQUE rule across requests was violated: read again, plan again
    + UnwritableError      the database takes nothing more: a full or broken disk, a standby
    + SchemaError          the database is of another version than the program
  x DeliveryError          a letter could not be handed over
    + DeliveryDelayedError for now: try again later
    + DeliveryFailedError  for good: the receiver was refused
  x MailboxError           a mailbox could not be read: nothing is lost, it is tried again
  x SignatureUnknownError  whether a mail is signed cannot be told just now
  x TokenError             no access token could be had: whoever needed one tries again
  x DemoError              the demo's story came to something else than it must
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model import Problem, Reason


class KursdelingError(Exception):
    """Something went wrong that a person can understand and mend.

    `reason` holds the same for every language; None where the message is for those who run the
    site, or is another program's own.
    """

    def __init__(self, *told: object, reason: Reason | None = None, place: str = "") -> None:
        super().__init__(*told)
        self.reason = reason
        self.place = place
        """Where what is wrong stands, such as a file; said before the reason."""

    def at(self, place: str) -> Self:
        """The same error, said of a place."""
        return type(self)(f"{place}: {self}", reason=self.reason, place=place)


class InputError(KursdelingError):
    """What somebody gave cannot be taken: every fault is in `faults`, as (place, reason), or the
    message names it.
    """

    def __init__(
        self,
        *told: object,
        reason: Reason | None = None,
        place: str = "",
        faults: Sequence[tuple[str, Reason]] = (),
    ) -> None:
        listed = "\n".join(f"{where}: {each.code}" for where, each in faults)
        super().__init__(*(told or (listed,)), reason=reason, place=place)
        self.faults = tuple(faults)


class SettingsError(KursdelingError):
    """A setting is missing, misspelt or impossible; the message names file and key."""


class AddressTakenError(SettingsError):
    """Another process listens there already: it may end, and then it is worth trying again."""


class DefinitionError(KursdelingError):
    """A workflow file may not be used; `problems` holds every fault with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class RefusedError(KursdelingError):
    """The rules do not allow the act; `reasons` holds all of them."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(reason.code for reason in reasons))
        self.reasons = tuple(reasons)


class NotFoundError(KursdelingError):
    """The site holds nothing by that id, address or name."""


class StoreError(KursdelingError):
    """The database could not do what was asked."""


class StaleRequestError(StoreError):
    """The request changed after it was read: read again and plan again."""


class ClaimTakenError(StoreError):
    """A rule across requests (a short name, an idempotency key) was violated by another writer."""


class UnwritableError(StoreError):
    """The database takes nothing more, whatever it is: no other row would fare better."""


class SchemaError(StoreError):
    """The database is older or newer than the program, or holds no tables."""


class DeliveryError(KursdelingError):
    """A letter could not be handed over to the transport."""


class DeliveryDelayedError(DeliveryError):
    """The transport could not take the letter now; it is worth trying again."""


class DeliveryFailedError(DeliveryError):
    """The transport refused the letter for good."""


class MailboxError(KursdelingError):
    """A mailbox, or one message in it, could not be read for now."""


class SignatureUnknownError(KursdelingError):
    """Nobody can tell just now whether a mail's signature holds; it is worth asking again."""


class TokenError(KursdelingError):
    """No access token could be had for logging in; it is worth trying again."""


class DemoError(KursdelingError):
    """The demo's story came to something else than it must: the program, or the story, is wrong."""
