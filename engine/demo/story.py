"""The story that the demo plays: what is sent and done, when, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass

KS_LAERING = "kslaring@ks.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A coordinator lets an event happen on somebody's behalf, who phoned."""

    days: int
    clock: str
    event: str
    by: str
    note: str
    case: str
    state: str


Step = Mail | Command

# Akershus: everything is there at once, and KS Læring answers step by step.
AHUS: tuple[Step, ...] = (
    Mail(days=152, clock="09.12", name="ahus-skjema", case="ahus", verdict="opened",
         state="submitted"),
    Mail(days=149, clock="10.40", name="ks-mottatt", case="ahus", verdict="fired",
         state="received"),
    Mail(days=149, clock="10.52", name="ks-mottatt", case="ahus", verdict="repeated",
         state="received", again=True),
    Mail(days=144, clock="13.05", name="ks-godtatt", case="ahus", verdict="fired",
         state="accepted"),
    Mail(days=143, clock="08.31", name="ahus-merket", case="ahus", verdict="fired",
         state="shared"),
    Mail(days=61, clock="14.20", name="ahus-status", case="ahus", verdict="answered",
         state="shared"),
)  # fmt: skip

# Vestfold: three faults, corrected in a reply; opinions; two commands in one mail; a reminder.
SIV: tuple[Step, ...] = (
    Mail(days=146, clock="11.15", name="siv-skjema", case="siv", verdict="opened", state="draft"),
    Mail(days=142, clock="09.50", name="siv-rettet", case="siv", verdict="fired",
         state="consulting"),
    Mail(days=142, clock="09.58", name="siv-autosvar", case="siv", verdict="automatic"),
    Mail(days=138, clock="12.02", name="siv-uttalelse", case="siv", verdict="fired",
         state="consulting"),
    Mail(days=137, clock="15.44", name="siv-ingen-merknader", case="siv", verdict="fired",
         state="submitted"),
    Mail(days=134, clock="09.03", name="ks-mottatt-og-godtatt", case="siv", verdict="fired",
         state="accepted"),
    Mail(days=114, clock="10.10", name="siv-merket", case="siv", verdict="fired", state="shared"),
)  # fmt: skip

# Telemark: in nynorsk, filled in inside our quoted form; sent back once; later ended.
STHF: tuple[Step, ...] = (
    Mail(days=141, clock="10.25", name="sthf-skjema", case="sthf", verdict="opened",
         state="draft"),
    Mail(days=139, clock="08.55", name="sthf-utfylt", case="sthf", verdict="fired",
         state="submitted"),
    Mail(days=136, clock="11.30", name="ks-mangler", case="sthf", verdict="fired",
         state="incomplete"),
    Mail(days=132, clock="12.12", name="sthf-retta", case="sthf", verdict="fired",
         state="submitted"),
    Mail(days=129, clock="09.20", name="ks-godtatt", case="sthf", verdict="fired",
         state="accepted"),
    Mail(days=128, clock="10.05", name="sthf-merkt", case="sthf", verdict="fired",
         state="shared"),
    Mail(days=70, clock="09.30", name="sthf-avslutt", case="sthf", verdict="fired",
         state="ending"),
    Mail(days=66, clock="13.15", name="ks-bekreft", case="sthf", verdict="fired",
         state="ending"),
)  # fmt: skip

# Oslo: turned down, with the reason.
OUS: tuple[Step, ...] = (
    Mail(days=120, clock="14.48", name="ous-skjema", case="ous", verdict="opened",
         state="submitted"),
    Mail(days=117, clock="09.45", name="ks-avslag", case="ous", verdict="fired",
         state="rejected"),
)  # fmt: skip

# Nobody that we know.
STRANGERS: tuple[Step, ...] = (
    Mail(days=108, clock="19.22", name="fremmed-legesenter", verdict="newcomer"),
    Mail(days=107, clock="03.14", name="fremmed-uten-bevis", verdict="unknown_sender",
         aligned=False),
)  # fmt: skip

# Vestre Viken: the mail server vouches for nothing, so we ask; later somebody phones.
VV: tuple[Step, ...] = (
    Mail(days=101, clock="10.00", name="vv-skjema", verdict="unconfirmed", aligned=False),
    Mail(days=100, clock="08.20", name="vv-ja", case="vv", verdict="opened", state="submitted"),
    Command(days=97, clock="11.00", case="vv", event="accept", by=KS_LAERING,
            note="KS Læring ringte og godtok kurset.", state="accepted"),
    Mail(days=94, clock="09.15", name="vv-merket", case="vv", verdict="fired", state="shared"),
)  # fmt: skip

# What is left open, for whoever tries the program next.
OPEN: tuple[Step, ...] = (
    Mail(days=5, clock="09.40", name="si-skjema", case="si", verdict="opened",
         state="consulting"),
    Mail(days=3, clock="13.30", name="si-uttalelse", case="si", verdict="fired",
         state="consulting"),
    Mail(days=2, clock="10.18", name="sunnaas-skjema", case="sunnaas", verdict="opened",
         state="draft"),
)  # fmt: skip

STORY: tuple[Step, ...] = tuple(
    sorted(
        (*AHUS, *SIV, *STHF, *OUS, *STRANGERS, *VV, *OPEN),
        key=lambda step: (-step.days, step.clock),
    )
)
"""Every step in the order of time."""

ENDS: dict[str, str] = {
    "ahus": "shared",
    "siv": "shared",
    "sthf": "ended",
    "ous": "rejected",
    "vv": "shared",
    "si": "consulting",
    "sunnaas": "draft",
}
"""Where each request must stand when the story is over."""
