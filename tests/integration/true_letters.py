"""What a letter says, held against what the database knew at the moment at which it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from engine import intake
from engine.calendar import is_working_day, oslo_day
from engine.domain.fields import COURSE_INFORMATION, FIELDS, field_by_label, is_told
from engine.plan.variables import FORM_AT_LEAST
from engine.service.letters.posting import envelope_of
from engine.service.site import Site
from engine.store.cases import queries
from engine.store.cases.queries import HistoryRow
from engine.store.contacts import register
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow

THANKS = ("Takk for skjemaet", "Thank you for the form")
ALL_ANSWERED = (
    "Alle som ble spurt", "Alle som blei spurde", "Everybody who was asked",
    "Nå har alle svart", "No har alle svart", "Everybody has answered now",
)  # fmt: skip
NO_NAME = re.compile(r"kurset i sak|course in case")
DONE = re.compile(r"(?:Svaret|The answer) «([^»]+)»: (?:utført|utfør|done)")
ASKED = re.compile(r"(?:med ett ord|med eitt ord|with one word): ([A-ZÆØÅ ]+)")
SENDING = frozenset({"submit", "submit_with_opinions", "resubmit"})
SENT = ("er sendt til KS Læring", "er send til KS Læring", "has been sent to KS Læring")
ACCEPTED = re.compile(r"(?:^|[.] )KS Læring (?:har godtatt|har godteke|has accepted)", re.MULTILINE)
STANDS = re.compile(r"(?:stått som|står som|has stood as|stands as): ([^\n.]+)")
NO_AGREEMENT = re.compile(r"^\d+\. (?:Ingen avtale|No agreement)", re.MULTILINE)
MOST_LINES = 5


def untruths(site: Site) -> list[str]:
    """Every statement in any letter about a course that was not true when it was written."""
    with site.database.reading() as tx:
        rows = [row for row in letters.listed(tx) if row.request and row.receiver]
        history = {row.request: queries.history(tx, row.request) for row in rows}
        periods = register.agreements(tx)
        mails = {
            row.inbox: _fields_of(site, inbox.raw_of(tx, row.inbox)) for row in rows if row.inbox
        }
    found = []
    for row in rows:
        if row.workflow.startswith(("network", "su_")):
            continue
        past = [each for each in history[row.request] if each.at <= row.written_at]
        text = site.letters.text(envelope_of(row))
        agreed = any(each.since <= oslo_day(row.written_at) < each.to for each in periods)
        said = [
            *_about_the_form(row, text, mails.get(row.inbox)),
            *_about_the_past(site, row, text, past),
            *_about_days(site, row),
            *([] if agreed or not NO_AGREEMENT.search(text) else ["the agreement is a fault"]),
        ]
        found += [f"{row.id} {row.template} ({row.language}) {each}\n{text}" for each in said]
    return found


def _fields_of(site: Site, raw: bytes | None) -> int | None:
    if raw is None:
        return None
    reading = intake.read(raw, site.intake)
    return len({**reading.fields, **reading.quoted_fields, **reading.attached_fields})


def _about_the_form(row: LetterRow, text: str, came: int | None) -> Iterator[str]:
    told = row.variables
    form = {field_by_label(each["label"]): each["value"] for each in told.get("form", ())}
    empty = {name for name, value in form.items() if name and not is_told(value)}
    if any(each in text for each in THANKS) and came is not None and came < FORM_AT_LEAST:
        yield f"thanks for a form of {came} fields"
    if NO_NAME.search(text) and form.get("full_name"):
        yield "the course has a name"
    if row.template == "form_faults":
        wrong = {field_by_label(label) for label in told["fault_labels"]} | empty
        asked = wrong & _asked(told["total"])
        if told["fine"] > told["total"] - len(asked & form.keys()):
            yield f"{told['fine']} of {told['total']} cannot be in order beside {asked}"
        if told["fine"] == told["total"] and re.search("skjemaet må rettes", text, re.IGNORECASE):
            yield "all is in order and to be corrected"
        if not told["faults"]:
            yield "nothing is wrong"
    labels = [field.labels[row.language] for field in FIELDS.values()]
    named = [
        label
        for label in labels
        if len(re.findall(rf"^{re.escape(label)}:", text, re.MULTILINE)) > 1
    ]
    if len(named) > MOST_LINES:
        yield f"the same {len(named)} lines more than once"


def _asked(total: int) -> set[str]:
    few = {1: {"full_name"}, 3: {"full_name", "owner", "link"}}
    return few.get(total, set(COURSE_INFORMATION))


def _about_the_past(site: Site, row: LetterRow, text: str, past: list[HistoryRow]) -> Iterator[str]:
    happened = {each.event for each in past}
    again = set(DONE.findall(text)) & {word.strip() for word in ASKED.findall(text)}
    if again:
        yield f"done and asked for: {again}"
    if any(each in text for each in ALL_ANSWERED):
        answered = {each.role for each in past if each.event == "give_opinion"}
        named = "name_owner" in happened
        if not named and answered != {"experts", "liaison"}:
            yield f"only {answered} have answered"
    if any(each in text for each in SENT) and not happened & SENDING:
        yield "it was not sent"
    if ACCEPTED.search(text) and not happened & {"accept", "accept_condition"}:
        yield "it was not accepted"
    states = site.routines.named(row.workflow).workflow.states
    here = {states[each.to_state].titles[row.language] for each in past if _counts(each, past)}
    for title in STANDS.findall(text):
        if title.strip(" .") not in here:
            yield f"it stood as {here}, not {title}"


def _counts(each: HistoryRow, past: list[HistoryRow]) -> bool:
    """Whether the request stood so at the last instant; one mail may move it more than once."""
    return each.at == past[-1].at


def _about_days(site: Site, row: LetterRow) -> Iterator[str]:
    for name in ("due", "lapses_on"):
        day = row.variables.get(name)
        if day and not is_working_day(site.rules.calendar, date.fromisoformat(day)):
            yield f"{name} is {day}, when nobody works"
