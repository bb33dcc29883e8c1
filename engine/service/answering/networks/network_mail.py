"""What networks deliver by mail: whatever comes counts at its time, and a form is read at once."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from engine.domain.networks.deliveries import unread
from engine.domain.networks.network import ABOUT_NETWORKS, DELIVERERS
from engine.domain.networks.network_form import read
from engine.domain.networks.network_report import Contents, deliveries_of
from engine.domain.words import all_general, all_undo
from engine.intake.reply import commands
from engine.model import Reason, Request
from engine.plan.yearly import (
    CORRECT,
    DELIVER,
    DELIVER_LATE,
    DELIVERED,
    MISSING,
    OWING,
    READ_IN,
    TAKES,
    YEAR,
)
from engine.plan.yearly_letters import FOUSAM, KINDS
from engine.report.letter_documents import COPY
from engine.service.acts.acting import case_of
from engine.service.answering.networks import leader_change
from engine.service.answering.networks.network_acts import acted, refused, said, unclear, which_of
from engine.service.answering.networks.network_choice import (
    chosen_of,
    contents_alone,
    contents_of,
    folded,
    heads_of,
    listed_in,
    named_by_file,
    parts_of,
    request_named,
    texts_of,
    without_our_forms,
)
from engine.service.answering.networks.network_form_sent import form_wanted
from engine.service.answering.networks.network_question import asked, without_pictures
from engine.service.answering.networks.office_mail import networks_of, office_mail
from engine.service.answering.networks.passing_on import passed_on
from engine.service.answering.several_requests import together
from engine.service.mail.routine_named import routine_of
from engine.service.mail.verdict import Incoming, Judged
from engine.store.cases.yearly import requests_of
from engine.store.contacts import networks
from engine.store.mail_out.letters import LetterRow

_THANKED: Final = (
    r"(?:hei|hallo|ok|greitt|greit|fint|flott|supert|bra|den er god|tusen|mange|takk|thanks|thank"
    r"|motteke|mottatt|notert)\b"
)
_THANKS: Final = re.compile(_THANKED, re.IGNORECASE)
_ONLY_THANKS: Final = re.compile(
    rf"(?:(?:{_THANKED}|(?:you|for (?:det|svaret?|hjelpa|hjelpen|no|nå|meldinga|meldingen)"
    r"|skal du ha|så mykje|så mye|god helg|helsing|hilsen|ha (?:ei|en) fin helg)\b)[\W_]*)+",
    re.IGNORECASE,
)
_OF_THE_YEAR: Final = re.compile(
    r"rapport|\b(?:handlings)?plan(?:en|ane|ene)?\b|\bfrist|nettverk|\bavvik|\btiltak|\breports?\b"
    r"|\bdeadline|\bnetwork",
    re.IGNORECASE,
)
RECEIVED: Final = "received"
_ACKNOWLEDGED: Final = 60
"""How long a line that begins with thanks may be, which delivers nothing."""


def network_mail(incoming: Incoming, number: str, letter: LetterRow | None) -> Judged | None:
    """The verdict on a mail by which somebody delivers, or FOUSAM reads in; None for any other."""
    duties = {contact.duty for contact in incoming.contacts}
    if not duties & ABOUT_NETWORKS:
        return None
    incoming = without_our_forms(incoming, letter)
    judged = office_mail(incoming, number, letter) if FOUSAM in duties else None
    judged = judged or _told_or_asked(incoming, letter, duties)
    if judged is not None:
        return judged
    if number and letter is not None and _only_thanks(incoming):
        # Thanks wait for nothing, and tell nobody anything.
        return Judged(verdict="answered", number=number)
    listed = listed_in(letter)
    if len(listed) > 1 and _said(incoming, _event_words(incoming)):
        # A word about several networks would move whichever of them the letter began with.
        return which_of(incoming, sorted(listed))
    if _says_a_word(incoming) or (not number and routine_of(incoming) is not None):
        return None
    return _brought(incoming, number, letter, duties)


def _brought(
    incoming: Incoming, number: str, letter: LetterRow | None, duties: Set[str]
) -> Judged | None:
    judged = None
    if duties & DELIVERERS:
        judged = _delivery(incoming, number, letter, _led(incoming))
        if judged is None and not number and duties <= DELIVERERS:
            judged = _about_the_year(incoming)
    if judged is not None or FOUSAM not in duties:
        return judged
    return _reading(incoming, number, letter) or _for_others(incoming, number, letter)


def _told_or_asked(incoming: Incoming, letter: LetterRow | None, duties: Set[str]) -> Judged | None:
    """What a mail comes to that says who is to lead, or asks for the form; None for any other."""
    if heads_of(incoming) or without_pictures(incoming).reading.attachments:
        return None
    mine = networks_of(incoming) if FOUSAM in duties else _led(incoming)
    judged = leader_change.told(incoming, letter, mine)
    return judged or form_wanted(incoming, letter, _led(incoming))


def _led(incoming: Incoming) -> set[str]:
    return {each.party for each in incoming.contacts if each.duty in DELIVERERS}


def _for_others(incoming: Incoming, number: str, letter: LetterRow | None) -> Judged | None:
    """What FOUSAM delivers for a network, as a form or a document; None where it brings neither."""
    incoming = without_pictures(incoming)
    if not heads_of(incoming) and not incoming.reading.attachments:
        return None
    return _delivery(incoming, number, letter, networks_of(incoming))


def _says_a_word(incoming: Incoming) -> bool:
    """Whether the mail holds a command: then it is answered like any other."""
    return _said(incoming, all_general() | all_undo() | _event_words(incoming))


def _said(incoming: Incoming, words: frozenset[str]) -> bool:
    own = incoming.reading.own_text
    # A form has lines of its own, and «Status: utført» is one of them.
    return read(own, "report") is None and bool(commands(own, words))


def _event_words(incoming: Incoming) -> frozenset[str]:
    return incoming.site.routines.words(*KINDS)


def _delivery(
    incoming: Incoming, number: str, letter: LetterRow | None, mine: Set[str]
) -> Judged | None:
    incoming = without_pictures(incoming)
    requests = [
        request
        for name in KINDS
        for party in sorted(mine)
        for request in requests_of(incoming.tx, name, party)
    ]
    if letter is not None and letter.template == COPY:
        # What is wrong in the roll-up is put right in the report that it was built from.
        year = letter.variables["extra"].get("year")
        requests = [r for r in requests if KINDS[r.workflow] == "report" and r.kept[YEAR] == year]
        number = ""
    if number and all(request.number != number for request in requests):
        return None
    judged = _several(incoming, requests, mine) or _one(incoming, requests, mine, number, letter)
    if judged is None and letter is not None and letter.template == COPY and len(requests) == 1:
        return _passed_to_fousam(incoming, requests[0])
    return judged


def _about_the_year(incoming: Incoming) -> Judged | None:
    """What a leader's own words come to that answer no letter; None where they are about another
    thing than plans and reports.
    """
    reading = incoming.reading
    if not _OF_THE_YEAR.search(f"{reading.subject}\n{reading.own_text}"):
        return None
    mine = _led(incoming)
    requests = [
        r for name in KINDS for party in sorted(mine) for r in requests_of(incoming.tx, name, party)
    ]
    chosen = chosen_of(incoming, requests, None, "", None) or requests
    owing = [each for each in chosen if each.state in OWING] or chosen
    return _passed_to_fousam(incoming, owing[-1]) if owing else None


def _passed_to_fousam(incoming: Incoming, request: Request) -> Judged | None:
    """What a leader's own words come to that deliver nothing: FOUSAM gets them."""
    case = case_of(incoming.site, incoming.tx, request.number, incoming.at)
    passed = passed_on(incoming, case, incoming.reading.own_text)
    if not passed:
        return None
    note = Reason("words_passed_on", {"who": case.facts.bodies.get("fousam", "FOUSAM")})
    letters = (*passed, said(incoming, case, done=(note,)))
    return Judged(verdict="remark", number=request.number, letters=letters)


def _one(
    incoming: Incoming,
    requests: Sequence[Request],
    mine: Set[str],
    number: str,
    letter: LetterRow | None,
) -> Judged | None:
    """What a mail that brings one thing comes to; None where it brings nothing."""
    heads = heads_of(incoming)
    if not heads and not _delivers(incoming):
        return None
    taking = [each for each in requests if each.state in TAKES]
    if len(heads) > 1:
        return unclear(incoming, taking, sorted(mine))
    head = next(iter(heads), None)
    if (foreign := _not_theirs(incoming, head, mine)) is not None:
        return foreign
    chosen = chosen_of(incoming, requests, head, number, letter)
    if not heads and not incoming.reading.attachments:
        owing = [each for each in (chosen or requests) if each.state in OWING]
        alone = contents_alone(incoming)
        part = owing and owing == chosen and not any(map(_has_come, owing))
        if alone is None or (part and _is_a_part(alone)):
            return asked(incoming, owing) if owing else None
    if len(chosen) == 1:
        taken = chosen[0].state in TAKES
        return (
            _delivered(incoming, chosen[0])
            if taken
            else unclear(incoming, [], [str(chosen[0].owner)])
        )
    return unclear(incoming, chosen or taking, sorted(mine))


def _is_a_part(contents: Contents) -> bool:
    """Whether a few lines say nothing of what was done, and can be no report by themselves."""
    return not contents.measures and not contents.no_activity


def _has_come(request: Request) -> bool:
    return bool(deliveries_of(request.kept))


def _several(incoming: Incoming, requests: Sequence[Request], mine: Set[str]) -> Judged | None:
    """What a mail with forms and documents for several requests comes to, each by itself; None for
    one that is about one alone, or does not say which each is about.
    """
    judged: dict[str, Judged] = {}
    for part, head in parts_of(incoming):
        foreign = _not_theirs(part, head, mine)
        if foreign is not None and head is not None:
            judged[head.network] = foreign
            continue
        chosen = named_by_file(part, requests)
        if head is not None:
            chosen = [r for r in chosen_of(part, requests, head, "", None) if r.state in TAKES]
        if len(chosen) != 1 or chosen[0].number in judged:
            if head is not None:
                return None
            # A picture or an annex beside what is delivered.
            continue
        delivered = _delivered(part, chosen[0])
        if delivered is not None:
            judged[chosen[0].number] = delivered
    if len(judged) <= 1:
        return None
    told = sorted(((each.number, each) for each in judged.values()), key=lambda pair: not pair[0])
    return together(told)


def _not_theirs(incoming: Incoming, head: Contents | None, mine: Set[str]) -> Judged | None:
    """The refusal of a form that names a network which the writer does not lead."""
    if head is None or not head.network:
        return None
    named = [
        each for each in networks.networks(incoming.tx) if folded(each.name) == folded(head.network)
    ]
    if not named or any(each.id in mine for each in named):
        return None
    return refused(incoming, None, (Reason("not_your_network", {"network": named[0].name}),))


def _delivers(incoming: Incoming) -> bool:
    """Whether the mail brings anything: a document, or more than a question or thanks."""
    if incoming.reading.attachments or contents_alone(incoming) is not None:
        return True
    own = " ".join(incoming.reading.own_text.split())
    return bool(own) and not own.endswith("?") and not _thanks(own)


def _only_thanks(incoming: Incoming) -> bool:
    own = " ".join(incoming.reading.own_text.split())
    return not incoming.reading.attachments and bool(_ONLY_THANKS.fullmatch(own))


def _thanks(own: str) -> bool:
    return len(own) <= _ACKNOWLEDGED and bool(_THANKS.match(own))


def _delivered(incoming: Incoming, request: Request) -> Judged | None:
    contents = contents_of(incoming, request)
    correction = request.state not in OWING
    if correction and contents is None and not incoming.reading.attachments:
        # A few words after the delivery are no new version of it.
        return None
    late = request.state == MISSING and contents is not None
    event = DELIVER_LATE if late else CORRECT if request.state == RECEIVED else DELIVER
    routine = incoming.site.routines.version(incoming.tx, request.workflow, request.version)
    if event not in routine.workflow.events:
        # An earlier version of the routine, under which FOUSAM gets what was written instead.
        return None
    return acted(incoming, request, event, contents)


def _reading(incoming: Incoming, number: str, letter: LetterRow | None) -> Judged | None:
    """What FOUSAM's mail with filled-in forms comes to; None where no form came, or nothing waits
    to be read in.
    """
    waiting = [
        request
        for name in KINDS
        for request in requests_of(incoming.tx, name)
        if request.state in (DELIVERED, RECEIVED) and unread(request.kept)
    ]
    if not waiting or not any(read(text.text, "report") for text in texts_of(incoming)):
        return None
    found = [
        (part, request_named(part, waiting))
        for part, head in parts_of(incoming)
        if head is not None
    ]
    if len(found) <= 1:
        return _read_one(incoming, waiting, number, letter)
    if len({request.number for _, request in found if request is not None}) < len(found):
        return unclear(incoming, waiting, ())
    judged = (
        (request.number, acted(part, request, READ_IN, contents_of(part, request)))
        for part, request in found
        if request is not None
    )
    return together(list(judged))


def _read_one(
    incoming: Incoming, waiting: Sequence[Request], number: str, letter: LetterRow | None
) -> Judged | None:
    """What one form of FOUSAM's comes to: for the network that it names, else for the one that the
    answered letter is about.
    """
    listed = listed_in(letter) or {number}
    about = [request for request in waiting if request.number in listed]
    named = any(head.network for head in heads_of(incoming))
    request = request_named(incoming, waiting if named else about)
    if request is None:
        return unclear(incoming, about, ()) if about else None
    contents = contents_of(incoming, request)
    return None if contents is None else acted(incoming, request, READ_IN, contents)
