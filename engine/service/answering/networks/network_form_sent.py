"""The form of a plan or a report, once more, to a leader who asks for it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from engine.domain.own_questions import asks_for_form
from engine.domain.words import all_general, general_meaning
from engine.intake.reply import commands
from engine.model import LetterDraft, Request
from engine.plan.letters import with_extra
from engine.plan.reminding import letters_due
from engine.plan.yearly import OWING
from engine.plan.yearly_letters import KINDS, OVERDUE
from engine.service.acts.acting import case_of
from engine.service.answering.networks.network_choice import listed_in
from engine.service.answering.networks.passing_on import LEADERS
from engine.service.mail.verdict import Incoming, Judged
from engine.store.cases.yearly import NETWORKS, requests_of
from engine.store.mail_out.letters import LetterRow


def form_wanted(incoming: Incoming, letter: LetterRow | None, mine: Set[str]) -> Judged | None:
    """The letter that asks for what `mine` owe, with its form, where the mail asks for that
    («SKJEMA», «Kan de sende skjemaet på nytt?»); None for any other, and where nothing is owed.
    """
    own = incoming.reading.own_text
    words = [general_meaning(each.word) for each in commands(own, all_general())]
    if "form" not in words and not asks_for_form(own):
        return None
    owing = [
        request
        for name in KINDS
        for party in sorted(mine)
        for request in requests_of(incoming.tx, name, party)
        if request.state in OWING
    ]
    listed = listed_in(letter)
    owing = [each for each in owing if each.number in listed] or owing
    letters = tuple(
        _one(incoming, [each for each in owing if (each.workflow, each.state) == kind])
        for kind in dict.fromkeys((each.workflow, each.state) for each in owing)
    )
    if not owing or not all(letters):
        return None
    return Judged(
        verdict="answered",
        number=owing[0].number,
        letters=tuple(each for each in letters if each is not None),
    )


def _one(incoming: Incoming, requests: Sequence[Request]) -> LetterDraft | None:
    """One letter about all of them, as it was first asked for; the chaser where it is late."""
    drafts = [
        draft
        for request in requests
        for draft in letters_due(
            case_of(incoming.site, incoming.tx, request.number, incoming.at),
            "send",
            "network_overdue" if request.state == OVERDUE else "network_wanted",
            LEADERS,
            incoming.at,
        )
        if draft.receiver == incoming.reading.sender
    ]
    if not drafts:
        return None
    entries = [each for draft in drafts for each in draft.variables["extra"][NETWORKS]]
    once = {each["number"]: each for each in entries}
    return with_extra(drafts[0], **{NETWORKS: list(once.values())})
