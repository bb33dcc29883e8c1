"""What a letter would look like."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import click

from engine.cli.call import Call, command
from engine.cli.printing import document
from engine.cli.program import option
from engine.model import Language
from engine.ports import Envelope
from engine.service.trials.preview import previewed
from engine.store.contacts import register


@command("letter preview")
@click.argument("template")
@option(
    "--lang",
    "language",
    type=click.Choice(["nb", "nn", "en"]),
    help="lang",
)
@option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="html",
)
@option(
    "--eml",
    "message",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="eml",
)
def preview(
    call: Call, template: str, language: Language | None, page: Path | None, message: Path | None
) -> None:
    """Print a letter about a request that is made up; nothing is stored or sent."""
    site = call.site()
    with site.database.reading() as tx:
        parties = register.parties(tx)
    envelope = previewed(
        template,
        language or call.language,
        call.at,
        routines=site.routines.current,
        parties=parties,
        rules=site.rules,
    )
    subject, text = site.letters.subject(envelope), site.letters.text(envelope)
    raw = site.letters.render(envelope)
    if page is not None:
        page.write_text(_page(raw), encoding="utf-8")
    if message is not None:
        message.write_bytes(raw)
    document(call, _document(envelope, subject, text), f"Subject: {subject}\n\n{text}")


def _document(envelope: Envelope, subject: str, text: str) -> dict[str, str]:
    return {
        "template": envelope.template,
        "language": envelope.language,
        "subject": subject,
        "text": text,
    }


def _page(raw: bytes) -> str:
    part = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")
