"""The demo's site: made in place of an earlier one, peopled, and left so that it can be used on."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from config.demo import contacts
from engine.app import make_site
from engine.calendar import oslo_day
from engine.demo.mails import SERVER
from engine.demo.receiver import LOOPBACK
from engine.errors import SettingsError
from engine.model import Language
from engine.service.site import Site
from engine.store.contacts import register
from engine.wording.catalogue import say

MARKER: Final = "kursdeling-demo.txt"
"""The file by which a demo site is known again; without it, a folder is left alone."""
SETTINGS: Final = "kursdeling.toml"
ADDRESS: Final = "deling@kursdeling.example"
RECEIVED: Final = "received"
"""The folder of the site in which all letters lie as their receivers got them."""
_NYNORSK: Final = "sthf"
"""The trust whose people are written to in nynorsk."""
_BEFORE: Final = timedelta(days=365)
_AGREED_YEARS: Final = 2


def clear(folder: Path) -> None:
    """Empty `folder` if an earlier demo made it.

    SettingsError when it holds anything else: only what is known to be a demo is ever deleted.
    """
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f"{folder} is a file: name a folder for the demo's site")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not (folder / MARKER).is_file():
        raise SettingsError(
            f"{folder} holds something that no demo has made; it is left as it is. "
            "Name an empty or a new folder"
        )
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name == MARKER):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def make(folder: Path, port: int, at: datetime) -> Site:
    """A site in `folder` whose letters leave by SMTP to `port` on this machine, with people in it.

    `at` is when the story ends; duties and agreement hold well before and after it.
    """
    site = make_site(
        folder,
        {
            "mail.addresses": ADDRESS,
            "mail.trusted_servers": SERVER,
            "letters.mode": "live",
            "letters.transport": "smtp",
            "letters.undo_minutes": "0",
            "letters.digest": "",
            "smtp.host": LOOPBACK,
            "smtp.port": str(port),
        },
    )
    _people(site, oslo_day(at))
    return site


def mark(folder: Path, language: Language) -> None:
    """Let `folder` be known as a demo's, which the next demo may empty."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(f"{say('demo.notice', language)}\n", encoding="utf-8")


def letters_to_files(folder: Path) -> None:
    """Let the site write its letters to files from now on: the demo's mail server is gone."""
    file = folder / SETTINGS
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('transport = "smtp"', 'transport = "file"'), encoding="utf-8")


def _people(site: Site, today: date) -> None:
    first = date((today - _BEFORE).year, 1, 1)
    with site.database.transaction() as tx:
        register.add_agreement(
            tx,
            first,
            date(today.year + _AGREED_YEARS, 1, 1),
            recorded_at=site.clock.now(),
        )
        for row in contacts():
            register.add_contact(
                tx,
                party_id=row["party"],
                duty=row["duty"],
                email=row["email"],
                name=row["name"],
                valid_from=first,
                aliases=[alias for alias in row["aliases"].split(";") if alias],
                language="nn" if row["party"] == _NYNORSK else None,
            )
