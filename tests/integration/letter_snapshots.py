"""Every letter as it reads, in a file for each template and language, for people to review.

`make snapshots` writes the files anew; what has changed in them is what a reader will notice.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from config.register import parties
from engine.app import make_site
from engine.app.routine_files import described
from engine.definition.types import Workflow
from engine.model import LANGUAGES, Language
from engine.ports import Envelope
from engine.service.site import Site
from engine.service.trials.preview import partly_made_up, usual_first, written
from engine.store.contacts import register
from engine.store.opening import memory
from tests.unit.html_pages import taken_apart
from tests.unit.letter_cases import envelope, letters
from tests.unit.letter_extras import EXTRA

FOLDER = Path(__file__).parents[1] / "snapshots"
AT = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
BETWEEN = "\n" + "=" * 40 + "\n"
FORM: dict[Language, str] = {
    "nb": "Skjemaet slik det står nå",
    "nn": "Skjemaet slik det står no",
    "en": "The form as it stands now",
}
SENT_BY_MAIL = ("corrected", "import_confirm")
"""Letters whose extras a preview makes up as well."""
BESIDE: dict[Language, dict[str, object]] = {
    "nb": {"remark": "Når bildene er byttet.", "extra": {"word": "GODTATT", "beside": True}},
    "nn": {"remark": "Når bileta er bytte.", "extra": {"word": "GODTEKE", "beside": True}},
    "en": {"remark": "Once the pictures are new.", "extra": {"word": "ACCEPTED", "beside": True}},
}
"""A command that is asked about, for what was written beside it."""
LETTERS = letters()
AREA = described("helse-fonna")


def site() -> Site:
    """A site without anybody in it; its database is closed when the test that made it ends."""
    with TemporaryDirectory() as folder:
        made = make_site(Path(folder) / "site", {})
        made.database.close()
        database = memory()
        with database.transaction() as tx:
            register.upsert_parties(tx, parties())
        return replace(made, database=database, letters=LETTERS)


@cache
def routines() -> tuple[Workflow, ...]:
    """Every routine, the usual one first."""
    return tuple(usual_first(site()))


@cache
def played(language: Language) -> list[Envelope]:
    """Every letter that the routines come to write."""
    there = site()
    return [each for flow in routines() for each in written(there, flow, language, AT, AREA)]


def envelopes(template: str, language: Language) -> Iterator[Envelope]:
    """The letter from every place in the routines that sends it, or as a preview makes it up; the
    tests' own where neither can.
    """
    if template == "told" or (template in EXTRA and template not in SENT_BY_MAIL):
        yield envelope(template, language, date=AT)
        return
    if template == "suggestion":
        yield envelope(template, language, BESIDE[language], date=AT)
    found = [each for each in played(language) if each.template == template]
    other = partly_made_up(template, played(language), routines()[0])
    yield from found or [other]


def snapshot(template: str, language: Language) -> str:
    """Each different letter from the template; the first whole, the others without their forms."""
    first, *others = envelopes(template, language)
    texts = [_whole(first), *(_text(other).partition(FORM[language])[0] for other in others)]
    said = {text.partition(FORM[language])[0].rstrip(): text for text in reversed(texts)}
    return BETWEEN.join(text.rstrip() + "\n" for text in reversed(said.values()))


def _text(sent: Envelope) -> str:
    links = [f"[{text}]" for _, text in taken_apart(LETTERS.html(sent)).all("a")]
    text = f"{LETTERS.subject(sent)}\n\n{LETTERS.text(sent)}"
    before, form, after = text.partition(FORM[sent.language])
    return "\n".join([before.rstrip(), *links]) + (f"\n\n{form}{after}" if form else "\n")


def _whole(sent: Envelope) -> str:
    message = email.message_from_bytes(LETTERS.render(sent), policy=default)
    assert isinstance(message, EmailMessage)
    files = [f"+ {part.get_filename()}" for part in message.iter_attachments()]
    return "\n".join([_text(sent).rstrip(), *files])


def file_of(template: str, language: Language) -> Path:
    """Where the snapshot lies."""
    return FOLDER / language / f"{template}.txt"


def main() -> None:
    """Write every snapshot anew, and remove those of letters that are gone."""
    wanted = {
        file_of(template, language): snapshot(template, language)
        for language in LANGUAGES
        for template in LETTERS.templates(language)
    }
    for file in FOLDER.glob("*/*.txt"):
        if file not in wanted:
            file.unlink()
    for file, text in wanted.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
