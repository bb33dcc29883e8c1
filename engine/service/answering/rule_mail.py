"""Questions that the agreement answers: told at once, word for word and with the source, or asked
about where it is not certain which rule is meant (INTERFACE §7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Workflow
from engine.domain import rules
from engine.domain.fields import FIELDS
from engine.domain.networks.network import ABOUT_NETWORKS
from engine.domain.own_words import is_courtesy, without_name
from engine.domain.words import all_general, all_undo
from engine.intake.course_named import PREFIX
from engine.intake.reply import commands, remainder
from engine.model import LANGUAGES, Contact, Language, LetterDraft, Party, Proof, Reason, Request
from engine.plan.keeping import parties_in_form
from engine.service.answering.openings.instead_of_opening import only_in_copy
from engine.service.letters.posting import RESALE_REFUSED, RULE_TOLD, WHICH_RULE
from engine.service.mail.routine_named import openable, routine_of
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.cases.requests import load_request
from engine.store.contacts.register import all_parties, contacts
from engine.store.mail_out.letters import LetterRow
from engine.wording import sentence
from engine.wording.catalogue import say
from engine.wording.names import all_of, one_of

BESIDE: Final = frozenset(
    "opened fired already_done refused suggested remark delegate unclear".split()
)
"""The verdicts on a mail that says more than a question: that is answered beside the rest."""
_BY_EMPLOYER: Final = {
    ("support", "municipal"): "support_municipal",
    ("support", "trust"): "support_trust",
    ("contact", "municipal"): "contact_municipal",
}
"""The answers that are others for an asker of that side; each else is by the rule's name."""
OF_A_COURSE: Final = frozenset({"resale", "ownership", "licence", "change"})
"""The rules whose answer is plainer with what is known of the case's own course."""


def about_a_rule(incoming: Incoming) -> Incoming | Judged:
    """The rule, where a mail about no case asks about one and opens nothing; a form's words and
    commands are read as such first.
    """
    settled = incoming.number and incoming.proof >= Proof.REPLY
    if settled or incoming.reading.fields.keys() & FIELDS.keys() or _commands(incoming):
        return incoming
    text = without_name(incoming.reading.own_text)
    names, left = rules.asked_about(text, alone=True), rules.besides(text, alone=True)
    rest = replace(incoming, reading=replace(incoming.reading, own_text=left))
    if not names or (left and _delivers(incoming)) or routine_of(rest) is not None:
        return incoming
    return told(incoming, names, text)


def perhaps_a_rule(incoming: Incoming) -> Judged | None:
    """What a mail is told or asked that is about no routine, but perhaps about a rule, in its text
    or its subject; None for any other.
    """
    reading = incoming.reading
    # The subject of an answer is that of our letter, and not the writer's.
    subject = "" if incoming.letter else PREFIX.sub("", reading.subject)
    text = f"{subject}\n{without_name(reading.own_text)}"
    if names := rules.asked_about(text, alone=True):
        return told(incoming, names, text)
    names = rules.perhaps_about(text)
    if not names or only_in_copy(incoming):
        return None
    language = language_of(incoming)
    words = [each.opens_with.subject[language][0] for each in openable(incoming)]
    titles = tuple(say(f"rules.{name}", language) for name in names)
    extra = {
        "inbox": incoming.inbox,
        "rules": list(names),
        "titles": list(titles),
        "which": one_of(titles, language),
        "routines": words,
    }
    letter = plain_letter(incoming, WHICH_RULE, language, {"extra": extra})
    return Judged(verdict="unclear", reasons=(_reason("which_rule", names),), letters=(letter,))


def answered_by_rule(incoming: Incoming, request: Request, text: str) -> Judged | None:
    """The rule, where own words about a case ask about one and say nothing else; else None."""
    said = without_name(text)
    names = rules.asked_about(said, _for_people(incoming, request, said))
    if not names or rules.besides(said):
        return None
    return told(incoming, names, said, request)


def told(
    incoming: Incoming, names: Sequence[str], text: str, request: Request | None = None
) -> Judged:
    """The answer with the rules `names`, to what `text` asks."""
    letter = _letter(incoming, names, text, request)
    number = request.number if request else ""
    reasons = (_reason("rule_answered", names),)
    return Judged(verdict="answered", number=number, reasons=reasons, letters=(letter,))


def with_rules(incoming: Incoming, judged: Judged) -> Judged:
    """`judged`, with the rules as a letter of their own where the mail asks about them beside what
    else it says.
    """
    asked = any(each.template in (RULE_TOLD, WHICH_RULE) for each in judged.letters)
    if asked or judged.verdict not in BESIDE or not incoming.contacts:
        return judged
    reading = incoming.reading
    said = remainder(reading.own_text, _commands(incoming), reading.fields)
    request = load_request(incoming.tx, judged.number) if judged.number else None
    but = _for_people(incoming, request, said) if request else ()
    names = rules.asked_about(said, but, alone=request is None)
    if not names:
        return judged
    letter = _letter(incoming, names, said, request)
    return replace(judged, letters=(*judged.letters, letter))


def rule_meant(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """The rule that the answer names, by its number or in words; nothing more where it only thanks;
    None for anything else.
    """
    text, offered = without_name(incoming.reading.own_text), letter.variables["extra"]["rules"]
    number = text.strip(" .)\n")
    if number.isdecimal() and 0 < int(number) <= len(offered):
        return told(incoming, [offered[int(number) - 1]], text)
    if is_courtesy(text):
        return Judged(verdict="answered", number=incoming.number)
    if incoming.number or _commands(incoming):
        return None
    names = rules.asked_about(text, alone=True) or _named(text, offered)
    return told(incoming, names, text) if names else None


def copies_of_refusal(
    incoming: Incoming, workflow: Workflow, values: Mapping[str, str], reasons: Sequence[Reason]
) -> tuple[LetterDraft, ...]:
    """The letters to the owner of a course that somebody wanted to sell on, which was refused with
    `reasons`; none for another refusal, or where the owner is not known or is who asked (R9).
    """
    refused = next((each for each in reasons if each.code.startswith("resale_")), None)
    parties = all_parties(incoming.tx)
    owner = parties_in_form(workflow, values, parties).get("owner")
    asker = incoming.on_behalf or incoming.contacts
    if refused is None or owner is None or any(each.party == owner.id for each in asker):
        return ()
    duties = next(each.duties for each in workflow.roles.values() if each.of == "owner")
    today = contacts(incoming.tx, oslo_day(incoming.at))
    return tuple(
        _copy(incoming, each, parties[asker[0].party], values, refused)
        for each in today
        if each.party == owner.id and each.duty in duties
    )


def _copy(
    incoming: Incoming, holder: Contact, asker: Party, values: Mapping[str, str], refused: Reason
) -> LetterDraft:
    meant = replace(incoming, contacts=(holder,))
    language = language_of(meant)
    row = _row(rules.RESALE, "both", language)
    extra = {"by": asker.name.removesuffix(" HF"), "why": sentence(refused, language), **row}
    texts = {"course_name": values.get("full_name", ""), "extra": extra}
    letter = plain_letter(meant, RESALE_REFUSED, language, texts)
    return replace(letter, receiver=holder.email)


def _named(text: str, offered: Sequence[str]) -> tuple[str, ...]:
    """Which of the rules that we asked about a word or two name: «Lisens»."""
    found = rules.perhaps_about(f"{text.strip(' .!')}?")
    return tuple(name for name in found if name in offered)


def _reason(code: str, names: Sequence[str]) -> Reason:
    titles = {
        each: all_of(tuple(say(f"rules.{name}", each) for name in names), each)
        for each in LANGUAGES
    }
    return Reason(code, {"rules": titles, "names": list(names)})


def _commands(incoming: Incoming) -> tuple[Any, ...]:
    routines = incoming.site.routines
    known = routines.words(*routines.current) | all_general() | all_undo()
    return commands(incoming.reading.own_text, known)


def _delivers(incoming: Incoming) -> bool:
    """Whether what the mail says besides may be a plan or report, or what a document is about."""
    reading = incoming.reading
    return bool(reading.attachments) or any(c.duty in ABOUT_NETWORKS for c in incoming.contacts)


def _for_people(incoming: Incoming, request: Request, text: str) -> frozenset[str]:
    """What a question about this very case asks of people: what we do not know of its course, whom
    to write to, unless that is KS Læring, and what its owner may change.
    """
    found = {"contact"} if " ks" not in f" {text.casefold()}" else set()
    if request.owner is None:
        found.add("ownership")
    if any(each.party == request.owner for each in incoming.contacts):
        found.add("change")
    if not request.form.get("licence"):
        found.add("licence")
    return frozenset(found)


def _letter(
    incoming: Incoming, names: Sequence[str], text: str, request: Request | None
) -> LetterDraft:
    language, parties = language_of(incoming), all_parties(incoming.tx)
    sides = {parties[each.party].side for each in incoming.contacts} & {"trust", "municipal"}
    side = sides.pop() if len(sides) == 1 else "both"
    about = request is not None and OF_A_COURSE & set(names) and request.form.get("full_name")
    extra = {
        "inbox": incoming.inbox,
        "rules": list(names),
        "which": all_of(tuple(say(f"rules.{name}", language) for name in names), language),
        "told": [_row(name, side, language) for name in names],
        "course": _course(incoming, request, language) if request is not None and about else "",
    }
    return plain_letter(incoming, RULE_TOLD, language, {"remark": text.strip(), "extra": extra})


def _row(name: str, side: str, language: Language) -> dict[str, Any]:
    quotes = rules.quoted(name, {side})
    return {
        "answer": say(f"rules_told.{_BY_EMPLOYER.get((name, side), name)}", language),
        "quotes": [each.words for each in quotes],
        "source": all_of(tuple(dict.fromkeys(each.source for each in quotes)), language),
    }


def _course(incoming: Incoming, request: Request, language: Language) -> str:
    owner = all_parties(incoming.tx)[request.owner or ""].name.removesuffix(" HF")
    course, licence = request.form.get("full_name", ""), request.form.get("licence", "")
    return say("rules.of_course", language, course=course, owner=owner, licence=licence)
