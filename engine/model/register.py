"""Who there is: parties, contacts, the agreement, and how surely somebody is known."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Literal

from msgspec import Struct

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
Side = Literal["trust", "municipal", "joint"]
"""`joint` is for what both sides set up together: networks, and the areas that they serve."""
PLATFORM = "ks-laering"
"""The party id of KS Læring: the platform on which a short name is unique."""


class Proof(IntEnum):
    """How surely we know who acts; a higher proof includes the lower ones."""

    NONE = 0
    REPLY = 1
    """Our signed Message-ID or subject token is answered, and From is that letter's receiver."""
    ALIGNED = 2
    """A DMARC or DKIM pass was reported by a configured server of the site's own."""
    SITE = 3
    """Access to the site itself: a command, a timer, or the engine's own follow-up."""


class Party(Struct, frozen=True, kw_only=True):
    """An organisation on exactly one side of the sharing (R1), or a body that both sides set up."""

    id: str
    kind: str
    side: Side
    name: str
    written_standard: str
    """`nb`, `nn` or `neutral` (språkvedtaksforskrifta)."""
    organisation_number: str = ""


class Contact(Struct, frozen=True, kw_only=True):
    """One holder of one duty at one party, valid from a day up to and including another."""

    id: int
    party: str
    duty: str
    email: str
    name: str = ""
    valid_from: date
    valid_until: date | None = None
    aliases: tuple[str, ...] = ()
    language: Language | None = None
    """The holder's own choice of written standard; goes before the party's."""
    main: bool = False
    """Whether the address gets the duty's letters alone."""
    at_once: bool = False
    """Whether the holder wants nothing gathered (BREV: straks)."""

    def has_address(self, address: str) -> bool:
        """Whether `address` (bare, lower case) is this contact's own or an alias of it."""
        return address == self.email or address in self.aliases


class Agreement(Struct, frozen=True, kw_only=True):
    """The pilot agreement for a half-open period (R4): `to` is the first day that it no longer
    covers.
    """

    id: int
    since: date
    to: date
