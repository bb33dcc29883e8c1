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

from config.calendars import norwegian
from config.register import parties
from engine.app.routines import read_routines
from engine.model import LANGUAGES, Language
from engine.plan.case import Rules
from engine.ports import Envelope
from engine.service.site import Routine
from engine.service.trials.example import places_of
from engine.service.trials.preview import previewed
from tests.unit.html_pages import taken_apart
from tests.unit.letter_cases import envelope, letters
from tests.unit.letter_extras import EXTRA
from workflows.guards import GUARDS

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
PARTIES = {party.id: party for party in parties()}
RULES = Rules(guards=GUARDS, calendar=norwegian())


@cache
def routines() -> dict[str, Routine]:
    """The routines that the program ships."""
    return read_routines(FOLDER)


def envelopes(template: str, language: Language) -> Iterator[Envelope]:
    """The letter from every place in the routines that sends it; the tests' own where none can.

    What routines tell that time opens is not made up by a preview.
    """
    if template in EXTRA and template not in SENT_BY_MAIL:
        yield envelope(template, language, date=AT)
        return
    if template == "suggestion":
        yield envelope(template, language, BESIDE[language], date=AT)
    for place in places_of(routines().values(), template):
        yield previewed(
            template,
            language,
            AT,
            routines=routines(),
            parties=PARTIES,
            rules=RULES,
            place=place,
        )


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
