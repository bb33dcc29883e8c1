"""The settings of one site, read once from its `kursdeling.toml` into frozen values.

`default.toml` holds every setting with its default and its comment; what it does not name,
is not a setting.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import time
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, cast

from msgspec import Struct

from config import modes, servers, values
from config.keys import KEY_FILE, make_key_file, signing_keys
from config.servers import LOOPBACK, BackupSettings, ImapSettings, LinkSettings, SmtpSettings
from config.values import Value
from engine.domain.register.mail_domains import known_form
from engine.errors import SettingsError
from engine.model import Reason, SecretBytes

FILE = "kursdeling.toml"
_PLACE: Final = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")
LIVE: Final = ("letters.mode", "letters.everything_to")
"""What a running worker reads anew, with the modes of single routines and parties."""


class MailSettings(Struct, frozen=True, kw_only=True):
    """Where mail comes in, and as whom we write; `sender` and `domain` are never empty."""

    addresses: tuple[str, ...]
    mode: Literal["own", "beside"]
    trusted_servers: tuple[str, ...]
    own_hosts: tuple[str, ...]
    """The hosts whose Received headers are ours; empty stands for the trusted servers."""
    strips_results: bool
    """Whether the mail server takes off what bears its name and came with a mail."""
    sender: str
    domain: str
    microsoft365: bool
    tenant_domains: tuple[str, ...]
    check_dkim: bool
    """Whether we check DKIM signatures ourselves, where no trusted server vouches."""
    answers_per_day: int
    """How many mails of one address are answered in a day."""
    openings_per_day: int
    """How many requests one registered address may open by mail in a day."""
    scan_command: str
    """A program that sees each file before it is passed on; empty for none."""
    passed_on_per_day: int
    """How many letters pass one person's own words on in a day."""
    soft_bounces: int
    """After so many letters that did not arrive, an address gets no more for the time being …"""
    soft_bounce_days: int
    """… if they came back within so many days."""
    lmtp: str
    """`host:port` on this machine, the path of a socket, or empty: nobody delivers by LMTP."""


class LetterSettings(Struct, frozen=True, kw_only=True):
    """Whether letters leave, how, and how many minutes they wait so that an act can be undone."""

    mode: Literal["shadow", "hold", "live"]
    transport: Literal["file", "smtp"]
    undo_minutes: int
    digest: time | None
    """When what only tells leaves, gathered, on a working day; None for at once."""
    everything_to: str
    """The one address to which every letter goes in a trial; or empty."""
    brake_per_hour: int
    """More letters than these in an hour stop all sending; 0 for no limit."""
    workflows: Mapping[str, str]
    """How letters of single routines leave, by the routine's name."""
    parties: Mapping[str, str]
    """How letters to single parties leave, by the party's id."""


class Settings(Struct, frozen=True, kw_only=True):
    """Everything that one site can set."""

    site: Path
    database: str
    """A `postgresql://` URL, or the whole path of an SQLite file."""
    mail: MailSettings
    letters: LetterSettings
    neutral_language: Literal["nb", "nn"]
    smtp: SmtpSettings
    imap: ImapSettings
    backup: BackupSettings
    links: LinkSettings
    weekend_grace: bool
    """Whether a yearly deadline on a weekend is late only after the next working day."""
    signing_keys: tuple[SecretBytes, ...]
    """The newest last: it signs, and all of them verify."""
    lasting: str = ""
    """The digest of every setting that a worker keeps until it ends."""

    @classmethod
    def load(cls, site: Path, environment: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings of `site`; raises SettingsError naming file and key."""
        site = site.resolve()
        read = _read(site / FILE)
        try:
            return cls(
                site=site,
                database=_database(site, str(read["database"])),
                mail=_mail(_section(read, "mail")),
                letters=_letters(_section(read, "letters")),
                neutral_language=cast("Literal['nb', 'nn']", read["language.neutral"]),
                smtp=servers.smtp(site, _section(read, "smtp"), environment),
                imap=servers.imap(site, _section(read, "imap"), environment),
                backup=servers.backup(site, _section(read, "backup")),
                links=LinkSettings(**_section(read, "links")),
                weekend_grace=cast("bool", read["cycle.weekend_grace"]),
                signing_keys=signing_keys(site / KEY_FILE),
                lasting=_digest(read),
            )
        except SettingsError as error:
            raise error.at(str(site / FILE)) from error


def write_default(site: Path, overrides: Mapping[str, str]) -> None:
    """Write every setting, commented, and a new signing key into `site`, an existing folder.

    `overrides` are texts by key (`letters.mode`: `live`; lists comma-separated). Raises
    SettingsError for an unknown key, an impossible value, or a folder that already is a site or
    cannot be written. A signing key that lies there already stays: old letters are signed with it.
    """
    text = _template(overrides)
    if (site / FILE).exists():
        raise SettingsError(
            f"{site / FILE} exists already: this folder is a site",
            reason=Reason("site_exists", {"text": site / FILE}),
        )
    try:
        if not (site / KEY_FILE).exists():
            make_key_file(site / KEY_FILE)
        (site / FILE).write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{site}: a site cannot be made here: {error}") from error


def _digest(read: Mapping[str, Value]) -> str:
    lasting = [each for each in read.items() if each[0] not in LIVE and not modes.is_mode(each[0])]
    return sha256(repr(sorted(lasting)).encode()).hexdigest()


def defaults() -> Mapping[str, Value]:
    """Return every setting's default by its dotted key."""
    parsed = tomllib.loads(_default_text())
    return {key: _frozen(value) for key, value in _flat(parsed).items()}


def _default_text() -> str:
    return files("config").joinpath("default.toml").read_text(encoding="utf-8")


def _frozen(value: Any) -> Value:
    frozen: Value = tuple(value) if isinstance(value, list) else value
    return frozen


def _flat(parsed: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in parsed.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _toml_fault(error: tomllib.TOMLDecodeError) -> Reason:
    """What is wrong with the file, in words of ours: the reader's own are English."""
    place = _PLACE.search(str(error))
    if place is None:
        return Reason("settings_unended")
    twice = str(error).startswith(("Cannot declare", "Cannot overwrite"))
    return Reason("settings_twice" if twice else "settings_broken", place.groupdict())


def _read(file: Path) -> dict[str, Value]:
    """Return every setting by its dotted key, the file's going before the defaults."""
    try:
        written = _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise SettingsError(
            f"{file} does not exist: `kursdeling init` makes a site",
            reason=Reason("settings_missing"),
            place=str(file),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file}: cannot be read: {error}", reason=_toml_fault(error), place=str(file)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}: cannot be read: {error}",
            reason=Reason("settings_unreadable", {"why": error}),
            place=str(file),
        ) from error
    known = defaults()
    try:
        _refuse_unknown(written, known)
        own = {key: modes.judged(key, text) for key, text in written.items() if modes.is_mode(key)}
        return own | {
            key: values.from_toml(key, written[key], default) if key in written else default
            for key, default in known.items()
        }
    except SettingsError as error:
        raise error.at(str(file)) from error


def _refuse_unknown(given: Mapping[str, object], known: Mapping[str, Value]) -> None:
    for key in given:
        if key not in known and not modes.is_mode(key):
            told = {"key": key, "nearest": values.near(key, tuple(known))}
            raise SettingsError(
                f"unknown setting {key}{values.suggestion(key, tuple(known))}",
                reason=Reason("setting_unknown", told),
            )


def _section(read: Mapping[str, Value], name: str) -> dict[str, Any]:
    prefix = f"{name}."
    return {key.removeprefix(prefix): v for key, v in read.items() if key.startswith(prefix)}


def _database(site: Path, written: str) -> str:
    if not written:
        raise SettingsError(
            "database must name a file or a postgresql:// URL",
            reason=Reason("setting_empty", {"key": "database"}),
        )
    if "://" not in written:
        return str(site / written)
    if not written.startswith(("postgresql://", "postgres://")):
        raise SettingsError(
            f"database must be a file or postgresql://…, not {written!r}",
            reason=Reason("setting_database", {"text": written}),
        )
    return written


def _letters(section: dict[str, Any]) -> LetterSettings:
    own: dict[str, Any] = modes.taken_from(section)
    _bare("letters.everything_to", section["everything_to"] or "a@b")
    section["digest"] = values.time_of_day(section["digest"])
    return LetterSettings(**section, **own)


def _bare(key: str, address: str) -> None:
    if address.count("@") != 1 or address.strip("@") != address or " " in address:
        raise SettingsError(
            f"{key} must be bare addresses, not {address!r}",
            reason=Reason("setting_address", {"key": key, "text": address}),
        )


def _mail(section: dict[str, Any]) -> MailSettings:
    addresses = tuple(known_form(address) for address in section["addresses"])
    sender = section["sender"] or next(iter(addresses), "kursdeling@kursdeling.example")
    for key, group in (("mail.addresses", addresses), ("mail.sender", (sender,))):
        for address in group:
            _bare(key, address)
    return MailSettings(
        addresses=addresses,
        mode=section["mode"],
        trusted_servers=_hosts("mail.trusted_servers", section["trusted_servers"]),
        own_hosts=_hosts("mail.own_hosts", section["own_hosts"]),
        strips_results=section["strips_results"],
        sender=sender,
        domain=_hosts("mail.domain", [section["domain"] or sender.partition("@")[2]])[0],
        microsoft365=section["microsoft365"],
        tenant_domains=_hosts("mail.tenant_domains", section["tenant_domains"]),
        check_dkim=section["check_dkim"],
        answers_per_day=section["answers_per_day"],
        openings_per_day=section["openings_per_day"],
        scan_command=section["scan_command"],
        passed_on_per_day=section["passed_on_per_day"],
        soft_bounces=section["soft_bounces"],
        soft_bounce_days=section["soft_bounce_days"],
        lmtp=_on_this_machine(section["lmtp"]),
    )


def _hosts(key: str, names: Iterable[str]) -> tuple[str, ...]:
    for name in names:
        if not servers.is_host(name):
            raise servers.no_host(key, name)
    return tuple(name.lower() for name in names)


def _on_this_machine(where: str) -> str:
    host, _, port = where.rpartition(":")
    if where and not where.startswith("/") and not (host.lower() in LOOPBACK and port.isdecimal()):
        raise SettingsError(
            f"mail.lmtp must be 127.0.0.1:PORT or the whole path of a socket, not {where!r}",
            reason=Reason("setting_lmtp", {"text": where}),
        )
    return where


def _template(overrides: Mapping[str, str]) -> str:
    """Return default.toml's text with `overrides` in place of its values."""
    known = defaults()
    _refuse_unknown(overrides, known)
    own = {
        key: modes.judged(key, text.strip()) for key, text in overrides.items() if key not in known
    }
    wanted = {
        key: values.from_text(key, text, known[key])
        for key, text in overrides.items()
        if key in known
    }
    lines, section = [], ""
    for line in _default_text().splitlines():
        name, equals, _ = line.partition(" = ")
        if line.startswith("["):
            section = line.strip("[]") + "."
        given = equals and section + name in wanted
        lines.append(f"{name} = {values.to_toml(wanted[section + name])}" if given else line)
        lines += modes.lines(line, own)
    return "\n".join(lines) + "\n"
