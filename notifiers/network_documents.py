"""The forms of networks' plans and reports as Word files, one for each network of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.domain import word_file
from engine.ports import Envelope
from engine.wording.catalogue import say
from notifiers import form_document
from notifiers.message import Attachment

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def network_forms(
    envelope: Envelope, parts: Sequence[tuple[str, Mapping[str, Any]]]
) -> Iterator[Attachment]:
    """Yield a form, filled in with what is known, for each network that the letter asks.

    `parts` are appendices with their contexts: a letter that asks has the forms below it too.
    """
    for appendix, context in parts:
        for each in context["extra"].get("networks", ()) if appendix else ():
            about = f"{each['name']}, {each['year']}"
            rows = [{"label": label, "value": value} for label, value in each["form"]]
            yield Attachment(
                name=form_document.file_name(_slug(about), envelope.language),
                type=word_file.TYPE,
                content=form_document.course_form(
                    rows,
                    about,
                    envelope.language,
                    envelope.date,
                    say("network.no_patients", envelope.language),
                ),
            )


def _slug(text: str) -> str:
    plain = text.casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
