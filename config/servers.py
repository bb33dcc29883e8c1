"""Settings of the servers that a site talks to, by which secret each is reached, and of its backups
and link checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import Struct

from engine.errors import SettingsError
from engine.model import Reason, Secret

PASSWORD_FILE: Final = "{}.password"  # noqa: S105 – the name of a file, not a password
PASSWORD_VARIABLE: Final = "KURSDELING_{}_PASSWORD"  # noqa: S105 – the name of a variable
SECRET_FILE: Final = "{}.secret"  # noqa: S105 – the name of a file, not a secret
SECRET_VARIABLE: Final = "KURSDELING_{}_SECRET"  # noqa: S105 – the name of a variable
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

_NAME: Final = re.compile(r"[^\s/:;,=@\"'()<>\[\]]+")

Security = Literal["none", "starttls", "tls"]


class ServerSettings(Struct, frozen=True, kw_only=True):
    """How a server is reached, and who logs in by what; without a user nobody does."""

    host: str
    port: int
    security: Security
    ca: str
    """The whole path of a file of certificates to trust instead of the machine's; or empty."""
    user: str
    password: Secret
    token_url: str
    """Where access tokens are asked for; empty where the password logs in."""
    client_id: str
    scope: str
    secret: Secret


class SmtpSettings(ServerSettings, frozen=True, kw_only=True):
    """The server that takes our letters."""

    timeout: int
    """Seconds for each step of the dialogue."""
    connections: int
    per_minute: int
    """How many letters may leave in a minute; 0 for no limit."""


class ImapSettings(ServerSettings, frozen=True, kw_only=True):
    """The mailbox that is read; without a host there is none."""

    folder: str
    handled: str
    rejected: str
    look_back_days: int


def is_host(name: str) -> bool:
    """Whether `name` is a bare name, of a host or of a server as it calls itself: no address of a
    page, no port, no blank.
    """
    return _NAME.fullmatch(name) is not None


def no_host(key: str, text: str) -> SettingsError:
    """The error that `key` is set to something else than a bare name."""
    return SettingsError(
        f"{key} must be a bare name, as mx.example.org, not {text!r}",
        reason=Reason("setting_host", {"key": key, "text": text}),
    )


def smtp(site: Path, section: dict[str, Any], environment: Mapping[str, str]) -> SmtpSettings:
    """The `[smtp]` section with its secrets; raises SettingsError."""
    secrets = _secrets(site, environment, "smtp")
    _protected("smtp", section, secrets)
    section = section | {"ca": authority(site, "smtp.ca", section["ca"])}
    return SmtpSettings(**section, **secrets)


def imap(site: Path, section: dict[str, Any], environment: Mapping[str, str]) -> ImapSettings:
    """The `[imap]` section with its secrets; raises SettingsError."""
    secrets = _secrets(site, environment, "imap")
    if section["host"]:
        _protected("imap", section, secrets)
        if not section["user"]:
            raise SettingsError(
                "imap.user must name whose mailbox is read",
                reason=Reason("setting_empty", {"key": "imap.user"}),
            )
    section = section | {"ca": authority(site, "imap.ca", section["ca"])}
    return ImapSettings(**section, **secrets)


def authority(site: Path, key: str, written: str) -> str:
    """The whole path of the certificate file that setting `key` names; empty where it names none.

    SettingsError when there is no such file.
    """
    if written and not (site / written).is_file():
        raise SettingsError(
            f"{key} names no file: {site / written}",
            reason=Reason("setting_file", {"key": key, "text": site / written}),
        )
    return str(site / written) if written else ""


def _protected(name: str, section: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
    if section["host"] not in LOOPBACK and not is_host(section["host"]):
        raise no_host(f"{name}.host", section["host"])
    if section["security"] == "none" and section["host"].lower() not in LOOPBACK:
        raise SettingsError(
            f"{name}.security must be starttls or tls: {section['host']} is another machine",
            reason=Reason("setting_secure", {"key": f"{name}.security", "text": section["host"]}),
        )
    if section["token_url"]:
        _by_token(name, section, secrets["secret"])
    elif section["user"] and not secrets["password"]:
        variable, file = PASSWORD_VARIABLE.format(name.upper()), PASSWORD_FILE.format(name)
        raise SettingsError(
            f"{name}.user needs a password in {variable} or in the file {file}",
            reason=_secret_wanted(f"{name}.user", variable, file),
        )


def _by_token(name: str, section: Mapping[str, Any], secret: str) -> None:
    if not (section["user"] and section["client_id"]):
        empty = "client_id" if section["user"] else "user"
        raise SettingsError(
            f"{name}.token_url needs {name}.user and {name}.client_id too",
            reason=Reason("setting_empty", {"key": f"{name}.{empty}"}),
        )
    if not secret:
        variable, file = SECRET_VARIABLE.format(name.upper()), SECRET_FILE.format(name)
        raise SettingsError(
            f"{name}.token_url needs a secret in {variable} or in the file {file}",
            reason=_secret_wanted(f"{name}.token_url", variable, file),
        )


def _secret_wanted(key: str, variable: str, file: str) -> Reason:
    return Reason("setting_secret", {"key": key, "variable": variable, "text": file})


def _secrets(site: Path, environment: Mapping[str, str], name: str) -> dict[str, Any]:
    return {
        "password": _secret(site / PASSWORD_FILE.format(name), PASSWORD_VARIABLE, environment),
        "secret": _secret(site / SECRET_FILE.format(name), SECRET_VARIABLE, environment),
    }


def _secret(file: Path, variable: str, environment: Mapping[str, str]) -> Secret:
    outside = environment.get(variable.format(file.stem.upper()))
    if outside is not None:
        return Secret(outside)
    try:
        return Secret(file.read_text(encoding="utf-8").strip() if file.exists() else "")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file.name} cannot be read: {error}") from error


class BackupSettings(Struct, frozen=True, kw_only=True):
    """Where the worker keeps backups of the database, and how many."""

    folder: Path | None
    """None: the worker makes none."""
    keep: int


def backup(site: Path, section: Mapping[str, Any]) -> BackupSettings:
    """Return the settings of the section `backup`; a folder's name is seen from the site."""
    if section["keep"] < 1:
        raise SettingsError(f"backup.keep must be 1 or more, not {section['keep']}")
    folder = site / section["folder"] if section["folder"] else None
    return BackupSettings(folder=folder, keep=section["keep"])


class LinkSettings(Struct, frozen=True, kw_only=True):
    """Whether the worker asks for the links of shared courses, and how often."""

    check: bool
    every_days: int
    """So many days lie between two looks at a link that answers."""
