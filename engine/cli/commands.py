"""Every command with its help line; the README's table and `--help` both say just this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from engine.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """One command: where its function stands (`module:name`), and what it does."""

    target: str
    help: str


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that belong together."""

    help: str
    commands: Mapping[str, Leaf]
    alone: Leaf | None = None
    """What the group's own name does where no command of it follows; its help is the group's."""


_MAIL = {
    "take": Leaf(
        "engine.cli.mail:take",
        "stores and handles messages: files, folders, Maildir, `-` (standard input), `--mbox FILE`",
    ),
    "list": Leaf("engine.cli.mail:list_", "lists what came in, with the verdict on each"),
    "show": Leaf("engine.cli.mail_show:show", "shows one message and what became of it"),
    "retry": Leaf("engine.cli.sorting:retry", "judges a stored message anew"),
    "attach": Leaf(
        "engine.cli.sorting:attach", "ties a message to a request, or lets it fire an event there"
    ),
    "discard": Leaf("engine.cli.sorting:discard", "lays a message aside, with the reason"),
}
_REQUEST = {
    "list": Leaf("engine.cli.listing:list_", "lists requests, oldest first"),
    "show": Leaf("engine.cli.request:show", "shows one request"),
    "history": Leaf("engine.cli.request:history", "shows every event of a request"),
    "why": Leaf(
        "engine.cli.request:why",
        "says why a request stands where it stands, and what is possible now",
    ),
    "open": Leaf("engine.cli.acting:open_", "opens a request on somebody's behalf"),
    "fire": Leaf("engine.cli.acting:fire", "lets an event happen on somebody's behalf"),
    "undo": Leaf(
        "engine.cli.mending:undo", "takes back somebody's last act while the letters about it wait"
    ),
    "correct": Leaf(
        "engine.cli.mending:correct", "puts a request into another state, with a reason"
    ),
    "reopen": Leaf("engine.cli.mending:reopen", "opens a closed request again, with a reason"),
    "import": Leaf(
        "engine.cli.importing:import_", "brings in shares that exist already, from a csv file"
    ),
}
_LETTER = {
    "list": Leaf("engine.cli.letter:list_", "lists letters and what became of them"),
    "show": Leaf("engine.cli.letter:show", "shows a letter as its receiver sees it"),
    "preview": Leaf(
        "engine.cli.letter_preview:preview", "shows what a letter looks like, with made-up data"
    ),
    "send": Leaf("engine.cli.letter:send", "hands over what is due to go"),
    "release": Leaf("engine.cli.letter:release", "lets letters go that were held back"),
    "hold": Leaf("engine.cli.letter:hold", "keeps letters back that wait to go"),
    "cancel": Leaf("engine.cli.letter:cancel", "sees to it that letters never leave"),
    "retry": Leaf(
        "engine.cli.letter:retry", "tries letters again that could not be handed over, or came back"
    ),
    "pause": Leaf("engine.cli.letter_pause:pause", "stops all letters of the site"),
    "resume": Leaf("engine.cli.letter_pause:resume", "lets letters leave the site again"),
}
_DEADLINE = {
    "list": Leaf("engine.cli.deadline:list_", "lists what the clock will bring, and by which rule"),
}
_WORKFLOW = {
    "list": Leaf("engine.cli.workflow:list_", "lists the routines"),
    "show": Leaf("engine.cli.workflow:show", "shows a routine's states and events"),
    "check": Leaf("engine.cli.workflow:check", "proves that routines may run, or says why not"),
    "try": Leaf(
        "engine.cli.trying:try_", "plays one request of a routine, and prints every letter"
    ),
}
_PARTY = {
    "list": Leaf("engine.cli.party:list_", "lists the parties of the register"),
    "show": Leaf("engine.cli.party:show", "shows a party and who holds which duty"),
    "import": Leaf("engine.cli.party:import_", "brings parties in from a csv file"),
    "domain": Leaf("engine.cli.party_domain:domain", "says from which mail domains a party writes"),
}
_CONTACT = {
    "list": Leaf("engine.cli.contact:list_", "lists who holds which duty where"),
    "add": Leaf(
        "engine.cli.contact:add",
        "registers a holder of a duty, or whoever wrote a message",
    ),
    "import": Leaf("engine.cli.contact:import_", "registers holders from a csv file"),
    "end": Leaf("engine.cli.contact:end", "ends a holder's duties"),
    "away": Leaf("engine.cli.contact_away:away", "records who is away, and who stands in"),
    "restore": Leaf("engine.cli.contact_restore:restore", "lets letters go to an address again"),
    "check": Leaf("engine.cli.contact_away:check", "says what is wrong with who holds what"),
}
_CYCLE = {
    "open": Leaf(
        "engine.cli.cycle:open_",
        "asks networks for plans, and for reports once the year is over",
    ),
    "status": Leaf(
        "engine.cli.cycle:status", "shows who has delivered, who is late or missing, what comes"
    ),
    "deliver": Leaf("engine.cli.cycle:deliver", "lays in a plan or a report that came another way"),
    "read": Leaf("engine.cli.cycle:read", "says what stands in a document that is no form"),
    "rollup": Leaf(
        "engine.cli.rollup:rollup", "shows the roll-up of a year, or sends it to SU (`--send`)"
    ),
}
_NETWORK = {
    "setup": Leaf("engine.cli.network:setup", "brings in an area of cooperation"),
    "areas": Leaf("engine.cli.network:areas", "lists the site's areas"),
    "list": Leaf("engine.cli.network:list_", "lists networks, who leads them, what is wrong"),
    "show": Leaf("engine.cli.network:show", "shows a network with its members and assignments"),
    "add": Leaf("engine.cli.network:add", "records a network that SU has set up"),
    "leader": Leaf("engine.cli.network:leader", "lets somebody lead a network, or be its deputy"),
    "member": Leaf(
        "engine.cli.network_tasks:member", "records whom a party has named for a network"
    ),
    "task": Leaf("engine.cli.network_tasks:task", "records an assignment from SU, or a work group"),
    "done": Leaf("engine.cli.network_tasks:done", "records that one of these is done"),
    "close": Leaf("engine.cli.network:close", "closes a network"),
    "priority": Leaf("engine.cli.network_tasks:priority", "shows or sets SU's priority areas"),
}
_AGREEMENT = {
    "add": Leaf("engine.cli.agreement:add", "records the pilot agreement for a period"),
    "list": Leaf(
        "engine.cli.agreement:list_", "lists the periods in which an agreement is in force"
    ),
}
_SHARED = Leaf(
    "engine.cli.catalogue:catalogue", "lists what is shared, by whom, to whom and since when"
)
_CATALOGUE = {
    "search": Leaf(
        "engine.cli.catalogue:search",
        "finds known courses by name, shared or not, with their owners",
    ),
    "links": Leaf(
        "engine.cli.catalogue_links:links",
        "lists the links of shared courses, and whether they still lead anywhere",
    ),
}
_KEY = {
    "list": Leaf("engine.cli.key:list_", "lists the keys that sign Message-IDs, the newest last"),
    "renew": Leaf("engine.cli.key:renew", "makes a new key, and keeps those before it"),
    "retire": Leaf("engine.cli.key:retire", "takes an earlier key away for good"),
}
_DB = {
    "upgrade": Leaf("engine.cli.db:upgrade", "brings the tables to this version of the program"),
    "verify": Leaf("engine.cli.db:verify", "proves that what is stored is whole and unchanged"),
    "backup": Leaf(
        "engine.cli.db_backup:backup", "writes the whole database into one file, while others work"
    ),
    "copy": Leaf(
        "engine.cli.db_backup:copy",
        "moves a site's rows into an empty database, SQLite or PostgreSQL, and compares",
    ),
}

COMMANDS: Mapping[str, Leaf | Group] = MappingProxyType(
    {
        "init": Leaf("engine.cli.init:init", "makes a site: settings, key, tables, register"),
        "demo": Leaf(
            "engine.cli.demo:demo",
            "plays real mails through the program, with letters over SMTP to a receiver on this "
            "machine",
        ),
        "doctor": Leaf(
            "engine.cli.doctor:doctor",
            "says what is wrong with a site, and how to mend it",
        ),
        "run": Leaf(
            "engine.cli.run:run",
            "the worker: takes mail, lets deadlines act, sends letters, until told to stop",
        ),
        "tick": Leaf("engine.cli.tick:tick", "one pass for cron: mail in, deadlines, mail out"),
        "mail": Group("mail that came in", _MAIL),
        "request": Group("requests: where they stand, and acting on them", _REQUEST),
        "letter": Group("letters: written, held back, sent", _LETTER),
        "sweep": Leaf("engine.cli.tick:sweep", "lets due deadlines act"),
        "deadline": Group("deadlines ahead", _DEADLINE),
        "simulate": Leaf(
            "engine.cli.simulate:simulate",
            "tells what would happen until a day if nobody answers, or by a script of answers",
        ),
        "workflow": Group("the routines that requests follow", _WORKFLOW),
        "cycle": Group("the year of the networks: plans, reports, the roll-up", _CYCLE),
        "network": Group("professional networks and their areas", _NETWORK),
        "party": Group("the organisations that take part", _PARTY),
        "contact": Group("who holds which duty where", _CONTACT),
        "agreement": Group("the pilot agreement", _AGREEMENT),
        "catalogue": Group(_SHARED.help, _CATALOGUE, alone=_SHARED),
        "key": Group("the keys that sign Message-IDs and subject tokens", _KEY),
        "db": Group("the site's database", _DB),
    }
)
"""The command line as people see it, in the order of `--help`."""


def leaves() -> Iterator[tuple[str, Leaf]]:
    """Every command by its path (`mail take`), in order."""
    for name, entry in COMMANDS.items():
        if isinstance(entry, Leaf):
            yield name, entry
            continue
        if entry.alone is not None:
            yield name, entry.alone
        yield from ((f"{name} {inner}", command) for inner, command in entry.commands.items())


def leaf(path: str) -> Leaf:
    """The command at `path`; a path without one raises KeyError."""
    return dict(leaves())[path]
