"""Files that came along with a mail: they go with the letters that the mail causes where they were
asked for or are spoken of, and are named otherwise (INTERFACE §5.5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from engine.definition.types import Workflow
from engine.domain.own_words import says
from engine.intake.files import passable
from engine.intake.reading import Attachment
from engine.model import Language, LetterDraft, Plan, Proof, Reason
from engine.plan.letters import with_extra
from engine.plan.understanding import is_opinion
from engine.plan.words_letters import WORDS
from engine.service.answering.reading_back import told_too
from engine.service.mail.verdict import Incoming, Judged, language_of
from engine.service.morning.items import MUST_NOT_WAIT
from engine.store.cases.requests import load_request
from engine.wording.catalogue import say
from engine.wording.names import all_of

PHRASES: Final = "speaks_of_files"
"""The phrases by which somebody asks for files, or says that they send some."""
_OF_A_SIGNATURE: Final = re.compile(r"(?:image\d{3}|outlook-\w+|logo|signatur\w*)\.", re.IGNORECASE)


class _Files(Struct, frozen=True, kw_only=True):
    along: tuple[dict[str, str], ...]
    """Name, type and digest of what goes along."""
    named: tuple[str, ...]
    stopped: tuple[str, ...]
    """What the site's own scanner would not let pass."""


def with_files(incoming: Incoming, judged: Judged) -> Judged:
    """`judged`, its letters to those who read what the writer sends holding the files that may go
    along and naming the others, and its answer saying which is which.
    """
    found = _of_the_writer(incoming.reading.attachments, incoming)
    if not found or not incoming.contacts or _proof(incoming) < Proof.REPLY:
        return judged
    workflow = _workflow(incoming, judged)
    if workflow is None or workflow.opens_with.by_time:
        return judged
    to = _readers(incoming, workflow, judged.plans)
    if not to and all(each.template != WORDS for each in judged.letters):
        return judged
    files = _sorted(incoming, found, wanted=_wanted(incoming, workflow, judged))
    more = {"files": list(files.along), "files_named": [*files.named, *files.stopped]}

    def told_of(letters: Sequence[LetterDraft]) -> tuple[LetterDraft, ...]:
        return tuple(
            with_extra(each, **more) if each in to or each.template == WORDS else each
            for each in letters
        )

    told = replace(
        judged,
        plans=tuple(replace(each, letters=told_of(each.letters)) for each in judged.plans),
        letters=told_of(judged.letters),
    )
    if files.stopped:
        stopped = Reason(MUST_NOT_WAIT, {"kind": "scanned"})
        told = replace(told, reasons=(*told.reasons, stopped))
    return _answered(incoming, told, files)


def _proof(incoming: Incoming) -> Proof:
    """As the stations find it: an answer to one's own letter proves its writer."""
    letter = incoming.letter
    theirs = letter is not None and any(c.has_address(letter.receiver) for c in incoming.contacts)
    return max(incoming.proof, Proof.REPLY) if theirs else incoming.proof


def _of_the_writer(found: Sequence[Attachment], incoming: Incoming) -> list[Attachment]:
    """The attachments without a form that has been read, and pictures of a signature or quote."""
    read = bool(incoming.reading.attached_fields)
    return [
        each
        for each in found
        if not (each.shown or _OF_A_SIGNATURE.match(each.name))
        and not (read and passable.ending(each.name) == "docx")
    ]


def _workflow(incoming: Incoming, judged: Judged) -> Workflow | None:
    request = judged.plans[0].after if judged.plans else load_request(incoming.tx, judged.number)
    if request is None:
        return None
    return incoming.site.routines.version(incoming.tx, request.workflow, request.version).workflow


def _readers(
    incoming: Incoming, workflow: Workflow, plans: Sequence[Plan]
) -> tuple[LetterDraft, ...]:
    """The letters to the other side of what the writer did; an opinion's alone, to their own."""
    ours = {contact.party for contact in incoming.contacts}
    opinions = [plan for plan in plans if _is_opinion(workflow, plan)]
    return tuple(
        each
        for plan in opinions or plans
        for each in plan.letters
        if each.role in workflow.roles
        and each.receiver != incoming.reading.sender
        and (each.party in ours) == bool(opinions)
    )


def _is_opinion(workflow: Workflow, plan: Plan) -> bool:
    event = workflow.events.get(plan.act.event)
    return event is not None and is_opinion(event)


def _wanted(incoming: Incoming, workflow: Workflow, judged: Judged) -> bool:
    """Whether a standing MANGLER asked for files, or the writer's own words speak of them."""
    phrases = incoming.site.rules.phrases().get(PHRASES, ())
    befores = [plan.before for plan in judged.plans if plan.before is not None]
    asked = (
        str(before.kept.get(keep.name, ""))
        for before in befores
        for event in workflow.events.values()
        if event.to == before.state and "reason" in event.needs
        for keep in event.keeps
        if keep.kind == "text"
    )
    said = incoming.reading.own_text
    named = any(each.name.casefold() in said.casefold() for each in incoming.reading.attachments)
    return named or any(says(text.replace("?", "."), phrases) for text in (said, *asked))


def _sorted(incoming: Incoming, found: Sequence[Attachment], *, wanted: bool) -> _Files:
    along: list[dict[str, str]] = []
    named: list[str] = []
    stopped: list[str] = []
    left = passable.MOST
    for each in found:
        name = passable.plain_name(each.name)
        kind = passable.passable(each.name, each.content)
        goes = wanted and kind and passable.ending(each.name) in passable.BY_THEMSELVES
        if not goes or each.size > left:
            named.append(name)
        elif not incoming.site.may_pass(each.content):
            stopped.append(name)
        else:
            left -= each.size
            along.append({"name": name, "type": kind, "sha256": each.sha256})
    return _Files(along=tuple(along), named=tuple(named), stopped=tuple(stopped))


def _answered(incoming: Incoming, judged: Judged, files: _Files) -> Judged:
    """`judged`, its answer to the writer saying which files went along."""
    language = judged.answer.language if judged.answer else language_of(incoming)
    told = tuple(_told(files, language))
    if judged.answer is not None:
        return told_too(judged, *told)
    sender = incoming.reading.sender
    answer = next((e for e in judged.letters if e.receiver == sender and e.template != WORDS), None)
    if answer is None:
        return judged
    texts: dict[str, Any] = {**answer.variables, "done": [*answer.variables["done"], *told]}
    after = replace(answer, variables=texts)
    letters = tuple(after if each is answer else each for each in judged.letters)
    return replace(judged, letters=letters)


def _told(files: _Files, language: Language) -> list[str]:
    found = {
        "along": tuple(each["name"] for each in files.along),
        "named": files.named,
        "stopped": files.stopped,
    }
    return [
        say(f"files.{key}", language, names=all_of(names, language))
        for key, names in found.items()
        if names
    ]
