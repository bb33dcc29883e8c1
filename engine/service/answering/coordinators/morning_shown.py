"""What the receiver of a morning letter asks to see: a whole line, the rest, the open cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import intake
from engine.calendar import oslo_day, oslo_time
from engine.domain.networks.network_report import deliveries_of
from engine.domain.secrecy import masked
from engine.intake.subject import without_tokens
from engine.model import Language
from engine.service.acts.acting import case_of
from engine.service.answering.coordinators.morning_mail_lines import MAIL
from engine.service.answering.general_words import status_of
from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import Incoming, language_of
from engine.service.morning.items import repeatable
from engine.service.morning.letter import shared_out
from engine.service.morning.network_items import NETWORK
from engine.service.morning.numbers import Line, told
from engine.service.morning.receivers import area_of
from engine.service.requests.show import one_in
from engine.store.cases import timers
from engine.store.cases.requests import load_request
from engine.store.mail_in import attachments, inbox
from engine.store.mail_out import letters, mornings
from engine.store.mail_out.letters import LetterRow
from engine.store.mail_out.mornings import ItemRow
from engine.wording import dates
from engine.wording.catalogue import say
from engine.wording.names import HOLDER_NAMES, all_of

LONGEST: Final = 8_000
"""How many characters of a mail or a letter are shown."""
MOST: Final = 200
"""How many cases are listed."""


def lines_of(incoming: Incoming) -> list[Line]:
    """What waits for the writer now, the most urgent first."""
    day = oslo_day(incoming.at)
    theirs = shared_out(incoming.site, incoming.tx, day, incoming.at, unhurried=True)
    return [
        line
        for contact, lines in theirs
        if contact.has_address(incoming.reading.sender)
        for line in lines
    ]


def rest_of(incoming: Incoming, letter: LetterRow) -> list[Line]:
    """What waits for the writer and has no line in `letter`."""
    shown = {line["number"] for line in letter.variables["extra"].get("lines", ())}
    return [line for line in lines_of(incoming) if line.number not in shown]


def whole(incoming: Incoming, item: ItemRow) -> str:
    """All that there is to a line: the mail or the letter itself, or where its request stands."""
    language = language_of(incoming)
    if item.kind in MAIL:
        return _mail(incoming, int(item.subject), language)
    if item.kind in ("held", "dead"):
        row = letters.get(incoming.tx, int(item.subject))
        return _cut(incoming.site.letters.text(envelope_of(row)))
    number = _request(incoming, item)
    if not number:
        now = (line for line in lines_of(incoming) if line.number == item.number)
        return "".join(told(line, language) for line in now)
    case = case_of(incoming.site, incoming.tx, number, incoming.at)
    parts = [status_of(incoming, case, language)]
    if item.kind == NETWORK:
        mails = [each.source.partition(":") for each in deliveries_of(case.request.kept)[-1:]]
        parts += [_mail(incoming, int(n), language) for kind, _, n in mails if kind == "mail"]
    return "\n\n".join(parts)


def _request(incoming: Incoming, item: ItemRow) -> str:
    """The number of the request that the line is about; empty where it is about none."""
    if item.kind == "chaser":
        timer = int(item.subject.partition(":")[0])
        armed = timers.armed(incoming.tx)
        return next((each.request for each in armed if each.id == timer), "")
    known = load_request(incoming.tx, item.subject)
    return known.number if known else ""


def _mail(incoming: Incoming, mail: int, language: Language) -> str:
    row, raw = inbox.get(incoming.tx, mail), inbox.raw_of(incoming.tx, mail)
    texts = ["", row.subject, ""]
    if raw is not None:
        reading = intake.read(raw, incoming.site.intake)
        texts = [reading.own_text, row.subject, reading.quoted]
    text, subject, quoted = repeatable(incoming.tx, row, texts, language)
    head = say(
        "morning_shown.mail",
        language,
        sender=row.sender or say("morning.nobody", language),
        when=dates.day_and_time(oslo_time(row.received_at), language),
        subject=subject,
        files=", ".join(each.name or each.type for each in attachments.of_mail(incoming.tx, mail)),
    )
    parts = (head, text.strip(), quoted.strip())
    return _cut("\n\n".join(part for part in parts if part))


def _cut(text: str) -> str:
    bare = masked(without_tokens(text))
    return bare if len(bare) <= LONGEST else f"{bare[:LONGEST].rstrip()}…"


def open_cases(incoming: Incoming, language: Language) -> list[str]:
    """Each open case of the writer's area: where it stands, and who is waited for since when."""
    areas = [area_of(incoming.tx, contact.party) for contact in incoming.contacts]
    ours = None if None in areas else frozenset[str]().union(*(each for each in areas if each))
    found = (
        standing.number
        for standing in mornings.standing(incoming.tx)
        if ours is None or ours & set(standing.parties.values())
    )
    return [text for _, text in zip(range(MOST), _told(incoming, found, language), strict=False)]


def _told(incoming: Incoming, found: Iterator[str], language: Language) -> Iterator[str]:
    for number in found:
        view = one_in(incoming.site, incoming.tx, number)
        name = view.course_document().get("full_name", "")
        duties = dict.fromkeys(HOLDER_NAMES[each.duty][language] for each in view.owed)
        yield say(
            "morning_shown.case",
            language,
            number=number,
            course=f"«{name}»" if name else "",
            state=view.state_title(language),
            who=all_of(tuple(duties), language),
            since=dates.short_day(oslo_day(view.request.since), language),
        )
