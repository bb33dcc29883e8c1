"""The fields of a form that a mail corrects (INTERFACE §5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.calendar import oslo_day
from engine.domain.course_information import with_years
from engine.domain.fields import FIELDS
from engine.intake.reply import Command
from engine.intake.reply import fields as own_fields
from engine.model import Actor
from engine.plan.case import Case
from engine.plan.opening import ASK_TO_SEND
from engine.plan.possible import correction_for
from engine.service.letters.posting import FORM_SENT
from engine.service.mail.verdict import Incoming, Wish
from engine.store.mail_out.letters import LetterRow

CORRECTED_IN_QUOTE = frozenset(
    f"{ASK_TO_SEND} {FORM_SENT} form_faults changes_wanted remind lapse_warning information_wanted"
    " held_back".split()
)
"""Letters that hold a form which the receiver may fill in inside the quote."""


def corrections(
    incoming: Incoming, case: Case, letter: LetterRow | None, found: Sequence[Command]
) -> Iterator[Wish]:
    """The fields that the writer corrects: above the quote, inside our own quoted form, or in an
    attached one.
    """
    actor = Actor(name=incoming.reading.sender, contacts=incoming.contacts)
    read = own_fields(incoming.reading.own_text, tuple(found))
    fields = {name: text for name, text in read.items() if name in FIELDS}
    if letter is not None and letter.template in CORRECTED_IN_QUOTE:
        fields = _filled_in(incoming.reading.quoted_fields, case.request.form) | fields
    # A document that says what we know already may only have come along.
    fields = _filled_in(incoming.reading.attached_fields, case.request.form) | fields
    fields, _ = with_years(fields, oslo_day(incoming.at))
    event = correction_for(case, actor)
    if fields and event is not None:
        yield Wish(word="", event=event.name, values=fields)


def _filled_in(quoted: Mapping[str, str], form: Mapping[str, str]) -> dict[str, str]:
    def folded(text: str) -> str:
        return " ".join(text.split())

    return {
        name: text
        for name, text in quoted.items()
        if name in FIELDS and text.strip() and folded(text) != folded(form.get(name, ""))
    }
