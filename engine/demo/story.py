"""The story that the demo plays: what is sent and done, when, and what must come of it."""

from __future__ import annotations

from msgspec import Struct

KS_LAERING = "kslaring@ks.example"


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

# Vestfold: three faults, corrected in a reply; an opinion with text, so the owner says SEND; two
# commands in one mail; a reminder.
SIV: tuple[Step, ...] = (
    Mail(days=146, clock="11.15", name="siv-skjema", case="siv", verdict="opened", state="draft"),
    Mail(days=142, clock="09.50", name="siv-rettet", case="siv", verdict="fired",
         state="consulting"),
    Mail(days=142, clock="09.58", name="siv-autosvar", case="siv", verdict="automatic"),
    Mail(days=138, clock="12.02", name="siv-uttalelse", case="siv", verdict="fired",
         state="consulting"),
    Mail(days=137, clock="15.44", name="siv-ingen-merknader", case="siv", verdict="fired",
         state="consulting"),
    Mail(days=136, clock="08.35", name="siv-send", case="siv", verdict="fired",
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
    # The coordinator answers the morning letter, line by line.
    Mail(days=105, clock="09.10", name="koordinator-forkast", verdict="answered"),
)  # fmt: skip

# Vestre Viken: the mail server vouches for nothing, so we ask; later somebody phones.
VV: tuple[Step, ...] = (
    Mail(days=101, clock="10.00", name="vv-skjema", verdict="unconfirmed", aligned=False),
    Mail(days=100, clock="08.20", name="vv-ja", case="vv", verdict="opened", state="submitted"),
    Command(days=97, clock="11.00", case="vv", event="accept", by=KS_LAERING,
            note="KS Læring ringte og godtok kurset.", state="accepted"),
    Mail(days=94, clock="09.15", name="vv-merket", case="vv", verdict="fired", state="shared"),
)  # fmt: skip

# Vinje: orders in nynorsk, from the wrong trust; permissions one by one; told where the course is.
VINJE: tuple[Step, ...] = (
    Mail(days=126, clock="09.05", name="vinje-tinging", case="vinje", verdict="opened",
         state="received"),
    Mail(days=125, clock="12.41", name="si-feil-foretak", case="vinje", verdict="fired",
         state="received"),
    Mail(days=123, clock="10.30", name="sthf-motteke", case="vinje", verdict="fired",
         state="seeking_permission"),
    Mail(days=118, clock="09.10", name="sthf-to-loyve", case="vinje", verdict="fired",
         state="seeking_permission"),
    Mail(days=114, clock="13.20", name="sthf-siste-loyve", case="vinje", verdict="fired",
         state="permitted"),
    Mail(days=111, clock="10.02", name="sthf-kursinformasjon", case="vinje", verdict="fired",
         state="sent_to_ks"),
    Mail(days=109, clock="11.15", name="ks-godtatt-lenke", case="vinje", verdict="fired",
         state="accepted"),
    Mail(days=108, clock="08.50", name="sthf-merkt", case="vinje", verdict="fired",
         state="shared"),
)  # fmt: skip

# Porsgrunn: orders what Vinje has got already, and is told where it is; nothing is opened.
PORSGRUNN: tuple[Step, ...] = (
    Mail(days=83, clock="10.12", name="porsgrunn-bestilling", verdict="refused"),
)

# Larvik: knows no owner, so KS Læring names it; shared without a link at first; later ended.
LARVIK: tuple[Step, ...] = (
    Mail(days=119, clock="14.05", name="larvik-bestilling", case="larvik", verdict="opened",
         state="ordered"),
    Mail(days=116, clock="09.33", name="ks-eier", case="larvik", verdict="fired",
         state="received"),
    Mail(days=112, clock="11.48", name="siv-tillatt", case="larvik", verdict="fired",
         state="sent_to_ks"),
    Mail(days=110, clock="09.25", name="ks-godtatt", case="larvik", verdict="fired",
         state="accepted"),
    Mail(days=106, clock="12.30", name="siv-merket", case="larvik", verdict="fired",
         state="shared"),
    Mail(days=105, clock="08.40", name="ks-lenke", case="larvik", verdict="fired",
         state="shared"),
    Mail(days=56, clock="10.10", name="siv-avslutt", case="larvik", verdict="fired",
         state="ending"),
    Mail(days=52, clock="14.00", name="ks-bekreft", case="larvik", verdict="fired",
         state="ending"),
)  # fmt: skip

# KS Læring orders for several municipalities; the answer is no, with the reason.
KS: tuple[Step, ...] = (
    Mail(days=104, clock="13.10", name="ks-bestilling", case="ks", verdict="opened",
         state="received"),
    Mail(days=98, clock="10.20", name="ous-avslag", case="ks", verdict="fired",
         state="refused"),
)  # fmt: skip

# Innlandet borrows from Lillehammer: both opinions, SEND, the licence, the link, the label.
BORROWED: tuple[Step, ...] = (
    Mail(days=96, clock="09.00", name="si-deling-fra-ks", case="si-lån", verdict="opened",
         state="consulting"),
    Mail(days=94, clock="14.30", name="si-uttalelse-barn", case="si-lån", verdict="fired",
         state="consulting"),
    Mail(days=93, clock="16.05", name="si-ingen-merknader", case="si-lån", verdict="fired",
         state="consulting"),
    Mail(days=92, clock="08.50", name="si-send", case="si-lån", verdict="fired",
         state="submitted"),
    Mail(days=91, clock="10.35", name="ks-mottatt", case="si-lån", verdict="fired",
         state="received"),
    Mail(days=88, clock="11.20", name="ks-lisens-godtatt", case="si-lån", verdict="fired",
         state="accepted"),
    Mail(days=86, clock="09.45", name="si-lenke", case="si-lån", verdict="fired",
         state="linked"),
    Mail(days=85, clock="08.15", name="si-merket", case="si-lån", verdict="fired",
         state="shared"),
)  # fmt: skip

# Telemark borrows from Vinje, by the owner's consent; later it has no more use for the course.
RETURNED: tuple[Step, ...] = (
    Mail(days=103, clock="10.50", name="sthf-deling-fra-ks", case="sthf-lån", verdict="opened",
         state="consulting"),
    Mail(days=101, clock="13.00", name="palliativt-frasegn", case="sthf-lån", verdict="fired",
         state="consulting"),
    Mail(days=100, clock="15.10", name="sthf-ingen-merknader", case="sthf-lån", verdict="fired",
         state="consulting"),
    Mail(days=99, clock="09.05", name="sthf-send", case="sthf-lån", verdict="fired",
         state="submitted"),
    Mail(days=97, clock="09.55", name="ks-samtykke", case="sthf-lån", verdict="fired",
         state="accepted"),
    Mail(days=95, clock="12.15", name="sthf-lenkje", case="sthf-lån", verdict="fired",
         state="linked"),
    Mail(days=94, clock="10.40", name="sthf-merkt", case="sthf-lån", verdict="fired",
         state="shared"),
    Mail(days=49, clock="09.20", name="sthf-ikkje-i-bruk", case="sthf-lån", verdict="fired",
         state="ending"),
    Mail(days=47, clock="11.05", name="vinje-stadfest", case="sthf-lån", verdict="fired",
         state="ending"),
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

CASES = (
    AHUS, SIV, STHF, OUS, STRANGERS, VV, VINJE, PORSGRUNN, LARVIK, KS, BORROWED, RETURNED, OPEN,
)  # fmt: skip

STORY: tuple[Step, ...] = tuple(
    sorted(
        (step for steps in CASES for step in steps),
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
    "vinje": "shared",
    "larvik": "ended",
    "ks": "refused",
    "si-lån": "shared",
    "sthf-lån": "ended",
    "si": "consulting",
    "sunnaas": "draft",
}
"""Where each request must stand when the story is over."""
