"""What is made up for a letter that no routine's file names: an answer to a mail, or a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace

from engine.model import Reason
from engine.plan.variables import EMPTY
from engine.ports import Envelope
from engine.report.letter_documents import documents_of
from engine.wording import sentence
from engine.wording.catalogue import say, texts
from engine.wording.names import DUTY_NAMES

LINK: Final = "https://kslaring.example/kurs/4711"
LIKE: Final[Mapping[str, str]] = {
    "delivery_unclear": "network_wanted",
    "network_leader": "network_wanted",
    "network_question": "network_delivered",
    "network_status": "network_delivered",
    "network_task": "network_wanted",
    "network_task_over": "network_wanted",
    "network_words": "network_delivered",
    "rollup_copy": "rollup_sent",
    "rollup_supplement": "rollup_sent",
}
"""Letters about the networks' year, and the one that goes to the same people about the same."""
_TOLD_TO_COORDINATORS: Final = frozenset(("no_contact", "suggestion_unanswered", "morning_answer"))
_ASK_FOR_YES: Final = frozenset(
    (
        "confirm_answer",
        "confirm_opening",
        "delegate",
        "register_confirm",
        "suggestion",
        "opening_for_you",
        "same_course",
    )
)
_ABOUT_NO_REQUEST: Final = frozenset(
    ("confirm_answer", "not_acted", "newcomer", "not_understood", "confirm_opening",
     "forwarded_by_whom", "opening_for_you", "same_course", "which_rule", "delegate_receipt",
     "resale_refused", "contact_point", "contact_point_over",
     "substitute", "register_confirm", "import_confirm", "delivery_unclear")
)  # fmt: skip
_COLLEAGUE: Final = "kollega@sykehus.example"


def beside(letter: Envelope, template: str) -> Envelope:
    """The letter `template` as its receiver would get it in place of `letter`."""
    language, given = letter.language, {**EMPTY, **letter.variables}
    word = next((answer["word"] for answer in given["answers"]), say("example.yes", language))
    if template in _ASK_FOR_YES:
        yes = {"event": "yes", "word": say("example.yes", language), "reason": False, "day": False}
        given["answers"] = [yes]
    elif template in (_ABOUT_NO_REQUEST | _TOLD_TO_COORDINATORS | LIKE.keys()):
        given["answers"] = []
    if template in _TOLD_TO_COORDINATORS:
        given["intended_duty"] = given["receiver_duty"]
        given["receiver_duty"] = DUTY_NAMES["coordinator"][language]
    if template in ("exact_word", "suggestion", "suggestion_unanswered", "remark_kept"):
        given["remark"] = say("example.remark", language)
    if template == "delivery_unclear":
        given["faults"] = [sentence(_which(letter), language)]
    about_none = template in _ABOUT_NO_REQUEST
    if about_none:
        given |= {"state_title": "", "course_name": "", "short_name": ""}
    given["extra"] = {**given["extra"], **_extra(letter, template, word)}
    return replace(
        letter,
        number="" if about_none else letter.number,
        template=template,
        variables=given,
        files=documents_of(template, given, language, letter.date),
    )


def _which(letter: Envelope) -> Reason:
    kind = say("network_kinds.plan", letter.language)
    asked = letter.variables["extra"]["networks"]
    known = ", ".join(f"{each['name']} ({kind} {each['year']})" for each in asked)
    return Reason("which_delivery", {"known": known})


def _extra(letter: Envelope, template: str, word: str) -> dict[str, Any]:
    """What only the letter itself is given."""
    language, given = letter.language, letter.variables
    entries = [say("example.entry", language)]
    own: dict[str, dict[str, Any]] = {
        "answered_by_colleague": {"colleague": _COLLEAGUE, "said": word},
        "corrected": {"was": given["state_title"], "share": ""},
        "delegate": {"colleague": _COLLEAGUE, "said": word},
        "exact_word": {"why": "no"},
        "import_confirm": {"courses": [_course(letter)]},
        "not_understood": {"routines": [given["workflow_title"]]},
        "person_wanted": {"colleague": _COLLEAGUE},
        "register_confirm": {"entries": entries, "aliases": []},
        "rollup_supplement": {"supplement": 1},
        "substitute": {
            "colleague": _COLLEAGUE,
            "since": "2026-12-21",
            "until": "2027-01-04",
            "entries": entries,
        },
        "suggestion": {"word": word},
        "suggestion_unanswered": {"word": word},
        "wait_told": {"until": "2027-01-04"},
        "who_reads": {"text": say("example.remark", language)},
        "words": {"writer": _COLLEAGUE, "text": say("example.remark", language)},
    }
    return own.get(template, {})


def _course(letter: Envelope) -> dict[str, str]:
    form, given = texts("example_form", letter.language), letter.variables
    return {
        "number": letter.number,
        "name": form["full_name"],
        "short_name": form["short_name"],
        "label": given["label"],
        "borrower": given["borrower_name"],
        "since": "2025-08-18",
        "licence": form["licence"],
        "link": LINK,
    }
