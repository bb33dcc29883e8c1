"""What events keep on a request: corrections, opinions, days, texts, links, parties and parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Event, Keep, Span, Workflow
from engine.domain.beside import says_something
from engine.domain.blocking import words_of
from engine.domain.course_information import is_https, with_https
from engine.domain.days import latest_day, looks_like_day, read_day
from engine.domain.fields import FIELDS
from engine.domain.networks import deliveries, network_report, rollup
from engine.domain.register.parties import find_party, nearest
from engine.model import LANGUAGES, Act, Language, Party, Reason, Request
from engine.plan.case import Case
from engine.plan.timing import WAITS_FROM
from engine.wording.listed import listed
from engine.wording.names import one_of

FOLLOWED = frozenset({"form", "opinion", "party", "parts", "settled"})
"""After an event that keeps one of these, what was missing may be complete."""
_LINK = re.compile(r"https://\S*[^\s.,;:!?)>\]»\"']")
NO_REMARKS = frozenset({"ingen merknader", "ingen merknadar", "no remarks"})
"""The words by which somebody who is asked for an opinion says that they have none."""
_NAME = re.compile(r"[A-ZÆØÅ][\w.-]+(?:\x20[A-ZÆØÅ][\w.-]+){0,3}")
_JOINTS = re.compile(r"[,;\n]|\.\s|\s(?:og|and|&|men|but)\s")
_ALL_PARTS = frozenset(listed("parts", "every"))
_NO_PART = frozenset(listed("parts", "denied"))
_BESIDE_PARTS = frozenset(listed("parts", "beside"))
"""Words that a list of parts may hold beside them."""


FORM_THEN = "form_then"
"""Under this name a request keeps its form as it was when something was asked for."""


def kept_after(case: Case, event: Event, act: Act, role: str, at: datetime) -> Request:
    """The request after the event has kept what it keeps; nothing else has changed on it."""
    request = _with_form_then(case.request, event)
    for keep in event.keeps:
        match keep.kind:
            case "form":
                request = _corrected(case, request, act, role)
            case "party":
                request = _with_party(request, keep.name, party_of(case, keep, act))
            case "link" | "text":
                is_link = keep.kind == "link"
                text = link_of(keep, act, request) if is_link else text_of(keep, act)
                request = _with_text(request, keep, text)
            case "settled":
                kept = {name: each for name, each in request.kept.items() if name != keep.name}
                request = replace(request, kept={**kept, WAITS_FROM: at.isoformat()})
            case "rollup":
                name = rollup.ROLLUP
                rolled_up = case.facts.rollup.get(name, {})
                request = replace(request, kept={**request.kept, name: rolled_up})
            case "delivery" | "reading" | "voiding":
                versions = deliveries.delivered(
                    request.kept, keep.kind, act, at, case.facts.earlier
                )
                name = network_report.DELIVERIES
                request = replace(request, kept={**request.kept, name: versions})
            case _:
                kept = {**request.kept, **_kept(keep, act, role, request, at)}
                request = replace(request, kept=kept)
    return request


def is_followed(event: Event | None) -> bool:
    """Whether the `on_open` events are tried after the event, since it may complete something."""
    return event is not None and any(keep.kind in FOLLOWED for keep in event.keeps)


def _kept(keep: Keep, act: Act, role: str, request: Request, at: datetime) -> Mapping[str, Any]:
    match keep.kind:
        case "opinion":
            # What a colleague has said is not unsaid by «ingen merknader», only by their ANGRE; who
            # was asked whether it stands in place of their own gives the value itself.
            given = request.kept.get("opinions", {})
            before = "" if keep.name in act.values else given.get(role, "")
            return {"opinions": {**given, role: opinion_of(act) or before}}
        case "confirmed" | "opinions_passed_on":
            return {keep.name: role}
        case "day":
            day = _day(keep, act, at).isoformat()
            return {keep.name: day, "ended_by": sorted(act.actor.parties)}
        case _:
            return {keep.name: _parts(keep, act, request)}


def opinion_of(act: Act) -> str:
    """What the act says as an opinion: the text with the word and beside it; empty for thanks and
    a name, and where the text only repeats the words that there are no remarks.
    """
    note = act.note.strip()
    said = "" if note.strip(" .!").casefold() in NO_REMARKS else note
    lines = [line for line in act.beside.splitlines() if not _NAME.fullmatch(line.strip())]
    beside = act.beside.strip() if says_something("\n".join(lines)) else ""
    return "\n\n".join(text for text in (said, beside) if text)


def fields_of(act: Act) -> dict[str, str]:
    """The fields of a form that came with the act."""
    return {name: text for name, text in act.values.items() if name in FIELDS}


def text_of(keep: Keep, act: Act) -> str:
    """What the act says for `keep`: the value of that name, else the text after the word, unless
    that belongs to a word of its own.
    """
    return act.values.get(keep.name, "" if keep.says else act.note).strip()


def values_behind(event: Event, word: str, text: str) -> dict[str, str] | None:
    """What `text` behind `word` gives, where the event keeps a text for that word alone: it is that
    and nothing else, as «TILLATT PÅ VILKÅR: hva» names no part of the permission. Else None.
    """
    for keep in event.keeps:
        if any(word in words for words in keep.says.values()):
            return {each.name: "" for each in event.keeps} | {keep.name: text}
    return None


def _corrected(case: Case, request: Request, act: Act, role: str) -> Request:
    """The form with the corrections; who opened may also correct whom the form names."""
    given = fields_of(act)
    request = replace(request, form={**request.form, **given})
    if role != case.workflow.opens_with.by:
        return request
    for relation, party in parties_in_form(case.workflow, given, case.facts.parties).items():
        if party is not None:
            request = _with_party(request, relation, party)
    return request


def parties_in_form(
    workflow: Workflow, form: Mapping[str, str], parties: Mapping[str, Party]
) -> dict[str, Party | None]:
    """By relation that the opening takes from the form and that the form speaks of: the party
    meant.
    """
    return {
        relation: find_party(form[relation], parties)
        for relation, source in workflow.opens_with.parties.items()
        if source == "form" and form.get(relation, "").strip()
    }


def party_of(case: Case, keep: Keep, act: Act) -> Party | None:
    """The party that the act names for `keep`, or None where it names none that is known."""
    text = _first_line(text_of(keep, act)).strip(" .!")
    return find_party(text, case.facts.parties) if text else None


def _with_party(request: Request, relation: str, party: Party | None) -> Request:
    earlier = request.party_of(relation)
    named = None if party is None else party.id
    if earlier is not None and earlier != named:
        name = f"earlier_{relation}"
        before = request.kept.get(name, [])
        request = replace(request, kept={**request.kept, name: [*before, earlier]})
    # The form goes on to others, who must not read there whom the order named by mistake.
    form = {name: text for name, text in request.form.items() if name != relation}
    request = replace(request, form=form | ({relation: party.name} if party else {}))
    match relation:
        case "owner":
            return replace(request, owner=named)
        case "borrower":
            return replace(request, borrower=named)
        case _:
            return replace(request, requester=named)


def link_of(keep: Keep, act: Act, request: Request) -> str:
    """The link that the act gives, else for a link that must be there the form's own."""
    text = text_of(keep, act)
    found = _LINK.search(text)
    if found is not None:
        return found[0]
    if keep.optional:
        return ""
    return with_https(_first_line(text) or request.form.get(keep.name, "").strip())


def _first_line(text: str) -> str:
    """A name or a link ends with its line: what stands below is a signature."""
    return text.split("\n", 1)[0].strip()


def _with_text(request: Request, keep: Keep, text: str) -> Request:
    if not text:
        return request
    # What the form asks for too is corrected there, so that the course bears it.
    form = {**request.form, keep.name: text} if keep.name in FIELDS else request.form
    return replace(request, form=form, kept={**request.kept, keep.name: text})


def parts_named(keep: Keep, text: str) -> tuple[tuple[str, ...], str]:
    """(the parts that `text` names, the first piece of it that names none); all for no text, and
    for «alle». A part that is denied («ingen tredjeparter») is not given, and no fault.
    """
    if text.strip(" .!*_").casefold() in {"", *_ALL_PARTS}:
        return tuple(keep.parts), ""
    by_word = {
        word.casefold(): part
        for part, words in keep.parts.items()
        for each in words.values()
        for word in each
    }
    known = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, by_word), key=len)[::-1])})\b")
    named: list[str] = []
    for piece in (each.strip(" .!*_").casefold() for each in _JOINTS.split(text)):
        beside, here = set(words_of(known.sub("", piece))), known.findall(piece)
        if piece and not (here and beside <= _BESIDE_PARTS | _NO_PART):
            return tuple(dict.fromkeys(named)), piece
        if not beside & _NO_PART:
            named += (by_word[each] for each in here)
    return tuple(dict.fromkeys(named)), "" if named else text.strip()


def part_word(keep: Keep, part: str, language: Language) -> str:
    """What a letter in `language` calls the part."""
    return keep.parts[part][language][0]


def _parts(keep: Keep, act: Act, request: Request) -> Mapping[str, Any]:
    """The parts given so far, and the words for those that are not, which guards can tell of."""
    named, _ = parts_named(keep, text_of(keep, act))
    given = {*request.kept.get(keep.name, {}).get("given", ()), *named}
    return {
        "given": [part for part in keep.parts if part in given],
        "missing": [
            {language: part_word(keep, part, language) for language in LANGUAGES}
            for part in keep.parts
            if part not in given
        ],
    }


def day_text(keep: Keep, act: Act) -> str:
    """The day as written; a note that is no day at all is a reason, and the day is then today."""
    given = act.values.get(keep.name, "").strip()
    note = act.note.strip()
    return given or (note if looks_like_day(note) else "")


def _day(keep: Keep, act: Act, at: datetime) -> date:
    text, today = day_text(keep, act), oslo_day(at)
    return (read_day(text, today) if text else None) or today


def kept_faults(case: Case, event: Event, act: Act, at: datetime) -> tuple[Reason, ...]:
    """Every fault in what `act` brings for the event to keep; none when it can be kept. That the
    text lacks is said once, by an event that needs one for itself.
    """
    faults = (fault for keep in event.keeps for fault in _faults(case, keep, act, at))
    return tuple(f for f in faults if not (event.needs and f.code == "text_not_given"))


def _faults(case: Case, keep: Keep, act: Act, at: datetime) -> tuple[Reason, ...]:
    match keep.kind:
        case "day":
            return _day_faults(keep, act, at)
        case "link":
            return _link_faults(keep, act, case.request)
        case "party":
            return _party_faults(case, keep, act)
        case "parts":
            return _parts_faults(keep, act)
        case _:
            return _absent(keep, act)


def _with_form_then(request: Request, event: Event) -> Request:
    """Where the event asks for more: with the form as it was then."""
    if "reason" not in event.needs or all(keep.kind != "text" for keep in event.keeps):
        return request
    return replace(request, kept={**request.kept, FORM_THEN: request.form})


def _absent(keep: Keep, act: Act) -> tuple[Reason, ...]:
    left_out = keep.optional and not (keep.says and keep.name in act.values)
    if keep.kind == "text" and not (left_out or text_of(keep, act)):
        return (Reason("text_not_given"),)
    if keep.kind == "form" and not fields_of(act):
        return (Reason("nothing_to_fill_in", {}),)
    return ()


def _day_faults(keep: Keep, act: Act, at: datetime) -> tuple[Reason, ...]:
    text, today = day_text(keep, act), oslo_day(at)
    if not text:
        return ()
    day = read_day(text, today)
    if day is None:
        return (Reason("day_unreadable", {"text": text}),)
    if day < today:
        return (Reason("day_past", {"day": day}),)
    latest = latest_day(today, keep.within or Span(1, "years"))
    return (Reason("day_too_far", {"day": day, "latest": latest}),) if day > latest else ()


def _link_faults(keep: Keep, act: Act, request: Request) -> tuple[Reason, ...]:
    link = link_of(keep, act, request)
    if is_https(link) or (keep.optional and not link):
        return ()
    return (Reason("link_not_https", {"link": link}),) if link else (Reason("link_not_given"),)


def _party_faults(case: Case, keep: Keep, act: Act) -> tuple[Reason, ...]:
    text = text_of(keep, act)
    if not text:
        return () if keep.optional else (Reason("party_not_named", {"field": keep.name}),)
    party = party_of(case, keep, act)
    if party is None:
        near = nearest(text, case.facts.parties)
        values = {"text": text, "nearest": near, "field": keep.name}
        return (Reason("unknown_party", values),)
    sides = {role.side for role in case.workflow.roles.values() if role.of == keep.name}
    if party.side not in sides:
        return (Reason("party_of_other_side", {"field": keep.name, "party": party.name}),)
    if party.id == case.request.party_of(keep.name):
        return (Reason("party_already_named", {"field": keep.name, "party": party.name}),)
    return ()


def _parts_faults(keep: Keep, act: Act) -> tuple[Reason, ...]:
    _, unknown = parts_named(keep, text_of(keep, act))
    if not unknown:
        return ()
    possible = {
        language: one_of(tuple(part_word(keep, part, language) for part in keep.parts), language)
        for language in LANGUAGES
    }
    return (Reason("unknown_part", {"text": unknown, "possible": possible}),)
