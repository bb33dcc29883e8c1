"""How a site writes letters and hands them over."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property, partial
from pathlib import Path

from config.settings import LetterSettings, Settings
from config.values import suggestion
from engine.app.logging_in import tokens_for
from engine.errors import SettingsError
from engine.model import Language, Reason
from engine.plan.modes import starting_state
from engine.ports import Draft, Envelope, Letters, Notifier
from engine.service.site import Pace, as_written
from notifiers.file import FileNotifier
from notifiers.redirect import redirected

OUTBOX = "outbox"
"""The folder of a site into which the file transport writes letters."""


class LazyLetters:
    """The letters of a site; the template engine is loaded when the first one is written."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _letters(self) -> Letters:
        return letters_of(self._settings)

    def subject(self, envelope: Envelope) -> str:
        """The subject line, token included."""
        return self._letters.subject(envelope)

    def text(self, envelope: Envelope) -> str:
        """The letter's text."""
        return self._letters.text(envelope)

    def render(self, envelope: Envelope) -> bytes:
        """The exact bytes of the message."""
        return self._letters.render(envelope)

    def draft(self, envelope: Envelope) -> Draft:
        """What is kept of the letter when it leaves."""
        return self._letters.draft(envelope)

    def templates(self, language: Language) -> frozenset[str]:
        """The names of the templates that exist in `language`."""
        return self._letters.templates(language)

    def uses(self, language: Language, template: str) -> frozenset[str]:
        """The variables that a site's own text needs to be given."""
        return self._letters.uses(language, template)


def letters_of(settings: Settings) -> Letters:
    """The renderer of letters, a site's own templates going first."""
    sender = settings.mail.sender
    return _letters(settings.site, f"Kursdeling <{sender}>", sender, settings.mail.domain)


def templates_of(folder: Path) -> Letters:
    """The letters that workflow files checked in `folder` may name; it need not be a site."""
    nobody = "nobody@kursdeling.example"
    return _letters(folder, nobody, nobody, "")


def _letters(folder: Path, sender: str, reply_to: str, site_mark: str) -> Letters:
    from notifiers.render import TemplateLetters

    own = folder / "templates"
    return TemplateLetters(
        sender=sender,
        reply_to=reply_to,
        site_mark=site_mark,
        templates=[own] if own.is_dir() else [],
    )


def notifier(settings: Settings) -> Notifier:
    """The transport that the settings name."""
    if settings.letters.transport == "file":
        return FileNotifier(settings.site / OUTBOX)
    from notifiers.smtp import SmtpNotifier, SmtpSettings

    smtp = settings.smtp
    return SmtpNotifier(
        SmtpSettings(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            user=smtp.user,
            password=smtp.password,
            token=tokens_for(smtp),
            ca=smtp.ca,
            sender=settings.mail.sender,
            timeout=smtp.timeout,
            connections=smtp.connections,
        )
    )


def pace(settings: Settings) -> Pace:
    """How fast letters may leave."""
    return Pace(
        per_minute=settings.smtp.per_minute if settings.letters.transport == "smtp" else 0,
        brake_per_hour=settings.letters.brake_per_hour,
    )


def carrier(settings: Settings) -> Callable[[str, bytes], tuple[str, bytes]]:
    """(receiver, bytes) → where a letter really goes and what then stands in it."""
    address = settings.letters.everything_to
    if not address:
        return as_written

    def carried(receiver: str, raw: bytes) -> tuple[str, bytes]:
        return address, redirected(raw, receiver, address)

    return carried


def letter_state(
    settings: LetterSettings, workflows: Collection[str], parties: Callable[[], Collection[str]]
) -> Callable[[str, str], str]:
    """(workflow, party) → the state in which a new letter starts.

    SettingsError where the settings name a routine or a party that there is not: the one that was
    meant would be written to.
    """
    _refuse_unknown("letters.workflows", settings.workflows, workflows)
    if settings.parties:
        _refuse_unknown("letters.parties", settings.parties, parties())
    return partial(
        starting_state,
        site=settings.mode,
        workflows=settings.workflows,
        parties=settings.parties,
    )


def _refuse_unknown(table: str, named: Collection[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            near = suggestion(name, tuple(known))
            raise SettingsError(
                f"{table}.{name}: there is nothing of that name{near}",
                reason=Reason("setting_mode_name", {"key": table, "text": name}),
            )
