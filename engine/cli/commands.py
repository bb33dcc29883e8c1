"""Every command, and where it stands; what each does is told by the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

WITH_VALUE = frozenset({"--site", "--at", "--lang"})
"""The options before the command that take the next word as their value."""
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "engine.cli.groups.site:init",
        "demo": "engine.cli.groups.site:demo",
        "doctor": "engine.cli.groups.site:doctor",
        "run": "engine.cli.groups.run:run",
        "tick": "engine.cli.groups.tick:tick",
        "mail take": "engine.cli.groups.mail:take",
        "mail list": "engine.cli.groups.mail:list_",
        "mail show": "engine.cli.groups.mail:show",
        "mail retry": "engine.cli.groups.mail:retry",
        "mail learn": "engine.cli.groups.mail:learn",
        "mail attach": "engine.cli.groups.mail:attach",
        "mail discard": "engine.cli.groups.mail:discard",
        "request list": "engine.cli.groups.request:list_",
        "request show": "engine.cli.groups.request:show",
        "request history": "engine.cli.groups.request:history",
        "request why": "engine.cli.groups.request:why",
        "request open": "engine.cli.groups.request_acts:open_",
        "request fire": "engine.cli.groups.request_acts:fire",
        "request undo": "engine.cli.groups.request_acts:undo",
        "request correct": "engine.cli.groups.request_acts:correct",
        "request reopen": "engine.cli.groups.request_acts:reopen",
        "request import": "engine.cli.groups.request_acts:import_",
        "letter list": "engine.cli.groups.letter:list_",
        "letter show": "engine.cli.groups.letter:show",
        "letter preview": "engine.cli.groups.letter:preview",
        "letter send": "engine.cli.groups.letter:send",
        "letter release": "engine.cli.groups.letter:release",
        "letter hold": "engine.cli.groups.letter:hold",
        "letter cancel": "engine.cli.groups.letter:cancel",
        "letter retry": "engine.cli.groups.letter:retry",
        "letter pause": "engine.cli.groups.letter:pause",
        "letter resume": "engine.cli.groups.letter:resume",
        "sweep": "engine.cli.groups.tick:sweep",
        "deadline list": "engine.cli.groups.deadline:list_",
        "simulate": "engine.cli.groups.simulate:simulate",
        "workflow list": "engine.cli.groups.workflow:list_",
        "workflow show": "engine.cli.groups.workflow:show",
        "workflow check": "engine.cli.groups.workflow:check",
        "workflow migrate": "engine.cli.groups.workflow:migrate",
        "workflow try": "engine.cli.groups.workflow:try_",
        "cycle open": "engine.cli.groups.cycle:open_",
        "cycle status": "engine.cli.groups.cycle:status",
        "cycle deliver": "engine.cli.groups.cycle:deliver",
        "cycle read": "engine.cli.groups.cycle:read",
        "cycle rollup": "engine.cli.groups.cycle:rollup",
        "network setup": "engine.cli.groups.network:setup",
        "network areas": "engine.cli.groups.network:areas",
        "network list": "engine.cli.groups.network:list_",
        "network show": "engine.cli.groups.network:show",
        "network add": "engine.cli.groups.network:add",
        "network leader": "engine.cli.groups.network:leader",
        "network member": "engine.cli.groups.network:member",
        "network task": "engine.cli.groups.network:task",
        "network done": "engine.cli.groups.network:done",
        "network close": "engine.cli.groups.network:close",
        "network priority": "engine.cli.groups.network:priority",
        "party list": "engine.cli.groups.party:list_",
        "party show": "engine.cli.groups.party:show",
        "party import": "engine.cli.groups.party:import_",
        "party domain": "engine.cli.groups.party:domain",
        "contact list": "engine.cli.groups.contact:list_",
        "contact add": "engine.cli.groups.contact:add",
        "contact import": "engine.cli.groups.contact:import_",
        "contact end": "engine.cli.groups.contact:end",
        "contact away": "engine.cli.groups.contact:away",
        "contact restore": "engine.cli.groups.contact:restore",
        "contact check": "engine.cli.groups.contact:check",
        "agreement add": "engine.cli.groups.agreement:add",
        "agreement list": "engine.cli.groups.agreement:list_",
        "catalogue": "engine.cli.groups.catalogue:catalogue",
        "catalogue search": "engine.cli.groups.catalogue:search",
        "catalogue links": "engine.cli.groups.catalogue:links",
        "course may-sell": "engine.cli.groups.catalogue:may_sell",
        "key list": "engine.cli.groups.key:list_",
        "key renew": "engine.cli.groups.key:renew",
        "key retire": "engine.cli.groups.key:retire",
        "db upgrade": "engine.cli.groups.db:upgrade",
        "db verify": "engine.cli.groups.db:verify",
        "db backup": "engine.cli.groups.db:backup",
        "db copy": "engine.cli.groups.db:copy",
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
            "course",
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
    return f"commands.{path.replace(' ', '_').replace('-', '_')}"
