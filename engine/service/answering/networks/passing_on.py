"""Own words about a network's plan or report: the leader's go to FOUSAM, an answer back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace

from engine.domain.networks.network import DELIVERERS
from engine.domain.private_words import is_private
from engine.domain.secrecy import has_identity_number
from engine.model import LetterDraft
from engine.plan.case import Case
from engine.plan.letters import with_extra
from engine.plan.reminding import letters_due
from engine.plan.yearly_letters import FOUSAM, KINDS
from engine.service.mail.verdict import Incoming, Judged

PASSED: Final = "network_words"
"""The letter that passes words on; its `extra` holds them, and who wrote them."""
LEADERS: Final = ("leader", "deputy")
MOST_WORDS: Final = 1_500
"""How many characters of what was written a letter repeats."""


def told_of(incoming: Incoming, words: str) -> Mapping[str, Any]:
    """What a letter that passes the writer's words on holds of them."""
    private = is_private(words) or has_identity_number(words)
    return {
        "writer": incoming.reading.sender,
        "private": private,
        "words": "" if private else words.strip()[:MOST_WORDS],
    }


def passed_on(
    incoming: Incoming, case: Case, words: str, *, back_to: str = ""
) -> tuple[LetterDraft, ...]:
    """The letter with the writer's words: a leader's to FOUSAM, FOUSAM's answer to the leader or
    deputy at `back_to`; none about anything but a network's plan or report.
    """
    if case.workflow.name not in KINDS or not words.strip():
        return ()
    if back_to:
        drafts = letters_due(case, "send", PASSED, LEADERS, incoming.at)
        drafts = tuple(each for each in drafts if each.receiver == back_to)
    elif _leads(incoming, case):
        drafts = letters_due(case, "send", PASSED, (FOUSAM,), incoming.at)
    else:
        return ()
    return tuple(
        with_extra(replace(each, at_once=True), **told_of(incoming, words))
        for each in drafts
        if each.template == PASSED
    )


def _leads(incoming: Incoming, case: Case) -> bool:
    return any(
        contact.party == case.request.owner and contact.duty in DELIVERERS
        for contact in incoming.contacts
    )


def of_a_network(incoming: Incoming, case: Case, text: str, receipt: LetterDraft) -> Judged:
    """The verdict on own words about a network's plan or report, which FOUSAM reads; `receipt`
    tells their writer.
    """
    letters, told = passed_on(incoming, case, text), {**receipt.variables, "remark": text}
    if letters:
        to = case.facts.bodies.get(FOUSAM, "FOUSAM")
        told["extra"] = {"passed_to": to, "private": is_private(text), "networks": []}
    kept = replace(receipt, variables=told)
    return Judged(verdict="remark", number=case.request.number, letters=(*letters, kept))
