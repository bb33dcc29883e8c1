"""Every command, and where it stands; what each does is told by the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

WITH_VALUE = frozenset({"--site", "--at", "--lang"})
"""The options before the command that take the next word as their value."""
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "engine.cli.site:init",
        "demo": "engine.cli.site:demo",
        "doctor": "engine.cli.site:doctor",
        "run": "engine.cli.run:run",
        "tick": "engine.cli.tick:tick",
        "mail take": "engine.cli.mail:take",
        "mail list": "engine.cli.mail:list_",
        "mail show": "engine.cli.mail:show",
        "mail retry": "engine.cli.mail:retry",
        "mail attach": "engine.cli.mail:attach",
        "mail discard": "engine.cli.mail:discard",
        "request list": "engine.cli.request:list_",
        "request show": "engine.cli.request:show",
        "request history": "engine.cli.request:history",
        "request why": "engine.cli.request:why",
        "request open": "engine.cli.request_acts:open_",
        "request fire": "engine.cli.request_acts:fire",
        "request undo": "engine.cli.request_acts:undo",
        "request correct": "engine.cli.request_acts:correct",
        "request reopen": "engine.cli.request_acts:reopen",
        "request import": "engine.cli.request_acts:import_",
        "letter list": "engine.cli.letter:list_",
        "letter show": "engine.cli.letter:show",
        "letter preview": "engine.cli.letter:preview",
        "letter send": "engine.cli.letter:send",
        "letter release": "engine.cli.letter:release",
        "letter hold": "engine.cli.letter:hold",
        "letter cancel": "engine.cli.letter:cancel",
        "letter retry": "engine.cli.letter:retry",
        "letter pause": "engine.cli.letter:pause",
        "letter resume": "engine.cli.letter:resume",
        "sweep": "engine.cli.tick:sweep",
        "deadline list": "engine.cli.deadline:list_",
        "simulate": "engine.cli.simulate:simulate",
        "workflow list": "engine.cli.workflow:list_",
        "workflow show": "engine.cli.workflow:show",
        "workflow check": "engine.cli.workflow:check",
        "workflow try": "engine.cli.workflow:try_",
        "cycle open": "engine.cli.cycle:open_",
        "cycle status": "engine.cli.cycle:status",
        "cycle deliver": "engine.cli.cycle:deliver",
        "cycle read": "engine.cli.cycle:read",
        "cycle rollup": "engine.cli.cycle:rollup",
        "network setup": "engine.cli.network:setup",
        "network areas": "engine.cli.network:areas",
        "network list": "engine.cli.network:list_",
        "network show": "engine.cli.network:show",
        "network add": "engine.cli.network:add",
        "network leader": "engine.cli.network:leader",
        "network member": "engine.cli.network:member",
        "network task": "engine.cli.network:task",
        "network done": "engine.cli.network:done",
        "network close": "engine.cli.network:close",
        "network priority": "engine.cli.network:priority",
        "party list": "engine.cli.party:list_",
        "party show": "engine.cli.party:show",
        "party import": "engine.cli.party:import_",
        "party domain": "engine.cli.party:domain",
        "contact list": "engine.cli.contact:list_",
        "contact add": "engine.cli.contact:add",
        "contact import": "engine.cli.contact:import_",
        "contact end": "engine.cli.contact:end",
        "contact away": "engine.cli.contact:away",
        "contact restore": "engine.cli.contact:restore",
        "contact check": "engine.cli.contact:check",
        "agreement add": "engine.cli.agreement:add",
        "agreement list": "engine.cli.agreement:list_",
        "catalogue": "engine.cli.catalogue:catalogue",
        "catalogue search": "engine.cli.catalogue:search",
        "catalogue links": "engine.cli.catalogue:links",
        "key list": "engine.cli.key:list_",
        "key renew": "engine.cli.key:renew",
        "key retire": "engine.cli.key:retire",
        "db upgrade": "engine.cli.db:upgrade",
        "db verify": "engine.cli.db:verify",
        "db backup": "engine.cli.db:backup",
        "db copy": "engine.cli.db:copy",
    }
)
"""By path, as people type it: `module:function`; in the order of a group's help."""

AUDIENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "coordinator": (
            "request list",
            "request show",
            "request why",
            "request fire",
            "mail list",
            "mail attach",
            "letter release",
            "contact add",
        ),
        "coordinator_more": (
            "request",
            "mail",
            "letter",
            "deadline",
            "contact",
            "party",
            "agreement",
            "catalogue",
        ),
        "secretary": ("cycle", "network"),
        "operator": (
            "init",
            "doctor",
            "run",
            "tick",
            "sweep",
            "simulate",
            "workflow",
            "key",
            "db",
            "demo",
        ),
    }
)
"""Who needs what, in the order of the program's own help: what each day asks for first."""


def below(group: str) -> Iterator[str]:
    """The names that may follow a group's, in order; those of the first level for the empty one."""
    start = f"{group} " if group else ""
    names = (path.removeprefix(start).split()[0] for path in COMMANDS if path.startswith(start))
    yield from dict.fromkeys(names)


def help_key(path: str) -> str:
    """Where the catalogue says what a command or a group does."""
    return f"commands.{path.replace(' ', '_')}"
