"""Envelopes with every variable that a letter may rely on, for the tests of letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.model import Language
from engine.ports import Envelope
from notifiers.render import TemplateLetters
from tests.unit.cases import routine
from tests.unit.letter_cases_networks import NETWORK_EXTRA, NETWORK_TEMPLATES
from tests.unit.letter_extras import EXTRA

TEMPLATES = (
    frozenset(
        """opinion_wanted opinion_given request_submitted receipt request_received changes_wanted
    label_wanted request_rejected now_shared request_withdrawn share_ends borrower_stops
    ending_undone ending_confirmed share_ended request_lapsed form_faults answer confirm_opening
    confirm_answer not_acted
    newcomer not_understood help remark_kept remind lapse_warning go_on_without_opinions
    preliminary_answer still_correct escalation no_contact answered_by_colleague delegate
    delegate_receipt substitute register_confirm corrected import_confirm
    order_to_confirm order_not_confirmed ask_to_send
    forwarded_by_whom form_sent opening_for_you same_course
    order_received order_waits owner_wanted order_wanted order_copy order_moved permission_wanted
    permissions_open order_refused information_wanted ordered_course_sent sent_receipt
    course_link_wanted course_ready order_preliminary ordered_share_ends borrowing_submitted
    exact_word person_wanted suggestion suggestion_unanswered held_back on_hold undelivered
    substitute_over morning morning_answer morning_reply morning_taken reminders
    link_wanted link_label_wanted borrowed_from_you link_no_longer_used link_share_ended
    rule_told which_rule resale_refused contact_point contact_point_over told
    words who_reads wait_told condition_set condition_taken condition_declined""".split()
    )
    | {"done_for_you", "insight_wanted", "course_fault_told", "course_fault_decided"}
    | NETWORK_TEMPLATES
)
ABOUT_NO_REQUEST = frozenset(
    """confirm_answer not_acted newcomer not_understood confirm_opening delegate_receipt
    forwarded_by_whom opening_for_you same_course which_rule resale_refused substitute
    register_confirm substitute_over import_confirm morning morning_answer morning_reply
    morning_taken reminders delivery_unclear told contact_point contact_point_over""".split()
)

WORDS: dict[Language, dict[str, str]] = {
    "nb": {
        "acknowledge": "MOTTATT",
        "request_changes": "MANGLER",
        "accept": "GODTATT",
        "accept_on_condition": "GODTATT PÅ VILKÅR",
        "accept_condition": "GODTAR VILKÅRET",
        "decline_condition": "AVVISER VILKÅRET",
        "reject": "AVSLÅTT",
        "give_opinion": "UTTALELSE",
        "confirm_label": "MERKET",
        "withdraw": "TREKK",
        "end_share": "AVSLUTT",
        "confirm_ending": "BEKREFT",
        "resubmit": "SEND",
        "confirm_opening": "JA",
        "yes": "JA",
        "name_owner": "EIER",
        "confirm_order": "BEKREFT",
        "wrong_owner": "FEIL FORETAK",
        "seek_permission": "MOTTATT",
        "grant": "TILLATT",
        "refuse": "AVSLÅTT",
        "give_link": "LENKE",
        "correct_link": "LENKE",
        "lay_link": "LENKE",
        "state_licence": "LISENS",
    },
    "nn": {
        "acknowledge": "MOTTEKE",
        "request_changes": "MANGLAR",
        "accept": "GODTEKE",
        "accept_on_condition": "GODTEKE PÅ VILKÅR",
        "accept_condition": "GODTEK VILKÅRET",
        "decline_condition": "AVVISER VILKÅRET",
        "reject": "AVSLÅTT",
        "give_opinion": "FRÅSEGN",
        "confirm_label": "MERKT",
        "withdraw": "TREKK",
        "end_share": "AVSLUTT",
        "confirm_ending": "STADFEST",
        "resubmit": "SEND",
        "confirm_opening": "JA",
        "yes": "JA",
        "name_owner": "EIGAR",
        "confirm_order": "STADFEST",
        "wrong_owner": "FEIL FØRETAK",
        "seek_permission": "MOTTEKE",
        "grant": "TILLATE",
        "refuse": "AVSLÅTT",
        "give_link": "LENKJE",
        "correct_link": "LENKJE",
        "lay_link": "LENKJE",
        "state_licence": "LISENS",
    },
    "en": {
        "acknowledge": "RECEIVED",
        "request_changes": "CHANGES",
        "accept": "ACCEPTED",
        "accept_on_condition": "ACCEPTED ON CONDITION",
        "accept_condition": "ACCEPT CONDITION",
        "decline_condition": "DECLINE CONDITION",
        "reject": "REJECTED",
        "give_opinion": "OPINION",
        "confirm_label": "LABELLED",
        "withdraw": "WITHDRAW",
        "end_share": "END",
        "confirm_ending": "CONFIRM",
        "resubmit": "SUBMIT",
        "confirm_opening": "YES",
        "yes": "YES",
        "name_owner": "OWNER",
        "confirm_order": "CONFIRM",
        "wrong_owner": "WRONG TRUST",
        "seek_permission": "RECEIVED",
        "grant": "PERMITTED",
        "refuse": "REFUSED",
        "give_link": "LINK",
        "correct_link": "LINK",
        "lay_link": "LINK",
        "state_licence": "LICENCE",
    },
}
OPEN: dict[str, tuple[str, ...]] = {
    "opinion_wanted": ("give_opinion",),
    "opinion_given": ("withdraw",),
    "request_submitted": ("acknowledge", "request_changes", "accept", "reject"),
    "receipt": ("withdraw",),
    "request_received": ("withdraw",),
    "changes_wanted": ("resubmit", "withdraw"),
    "condition_set": ("accept_condition", "decline_condition", "withdraw"),
    "condition_declined": ("accept", "accept_on_condition", "request_changes", "reject"),
    "label_wanted": ("confirm_label", "withdraw"),
    "share_ends": ("confirm_ending",),
    "borrower_stops": ("confirm_ending",),
    "form_faults": ("withdraw",),
    "held_back": ("withdraw",),
    "on_hold": ("withdraw",),
    "confirm_opening": ("confirm_opening",),
    "suggestion": ("yes", "acknowledge", "request_changes", "accept", "reject"),
    "exact_word": ("request_changes", "reject"),
    "confirm_answer": ("confirm_opening",),
    "delegate": ("confirm_opening",),
    "register_confirm": ("confirm_opening",),
    "help": ("acknowledge", "request_changes", "accept", "reject"),
    "remark_kept": ("confirm_label", "withdraw"),
    "remind": ("confirm_label", "withdraw"),
    "lapse_warning": ("withdraw",),
    "go_on_without_opinions": ("withdraw",),
    "preliminary_answer": ("withdraw",),
    "order_received": ("withdraw",),
    "order_waits": ("name_owner", "withdraw"),
    "ask_to_send": ("withdraw",),
    "order_to_confirm": ("confirm_order", "withdraw"),
    "owner_wanted": ("name_owner",),
    "order_wanted": ("wrong_owner", "seek_permission", "grant", "refuse"),
    "order_moved": ("withdraw",),
    "permissions_open": ("grant", "refuse"),
    "ordered_course_sent": ("request_changes", "accept", "give_link"),
    "sent_receipt": ("withdraw",),
    "course_link_wanted": ("correct_link",),
    "order_preliminary": ("withdraw",),
    "borrowing_submitted": ("acknowledge", "state_licence", "request_changes", "accept", "reject"),
    "link_wanted": ("lay_link", "withdraw"),
    "link_label_wanted": ("confirm_label", "withdraw"),
    "borrowed_from_you": ("end_share",),
    "link_no_longer_used": ("confirm_ending",),
    "still_correct": ("end_share",),
}
"""Which events the receiver of each letter may answer with."""

ASKS: dict[str, Mapping[Language, str]] = {
    event.name: event.asks
    for name in ("hf_shares_from_ks", "hf_to_ks", "ks_orders_from_hf")
    for event in routine(name)[0].events.values()
    if event.asks and event.name != "accept"
}
"""What the routines' files say that a word asks for."""
_NAMES: dict[Language, dict[str, str]] = {
    "nb": {
        "course": "Fallforebygging i sykehjem",
        "duty": "e-læringsansvarlig",
        "state": "Godtatt",
    },
    "nn": {
        "course": "Fallførebygging i sjukeheim",
        "duty": "e-læringsansvarleg",
        "state": "Godteken",
    },
    "en": {"course": "Preventing falls", "duty": "e-learning officer", "state": "Accepted"},
}


def answers(language: Language, template: str) -> list[dict[str, Any]]:
    """The answers open to the receiver of `template`."""
    return [
        {
            "word": WORDS[language][event],
            "event": event,
            "reason": event in ("request_changes", "reject", "give_opinion"),
            "day": event == "end_share",
            **({"text": ASKS[event][language]} if event in ASKS else {}),
        }
        for event in OPEN.get(template, ())
    ]


def _also(language: Language) -> list[dict[str, Any]]:
    """What one letter holds that tells of several requests."""
    return [
        {
            "heading": f"{place}. KD-2026-000{place} – «SI-FALL» [KD-2026-000{place}.7K2Q9M4D]",
            "number": f"KD-2026-000{place}",
            "role": "owner",
            "language": language,
            "template": template,
            "variables": {**variables(language, template), "answers": []},
        }
        for place, template in enumerate(("request_received", "now_shared"), start=1)
    ]


def variables(language: Language, template: str) -> dict[str, Any]:
    """Every variable, with a plausible value in the receiver's language."""
    names = _NAMES[language]
    return {
        "course_name": names["course"],
        "short_name": "SI-FALL1",
        "label": "delt til KS Læring",
        "licence": "CC BY-NC-SA 4.0",
        "link": "https://kurs.example/fall",
        "owner_name": "Sykehuset Innlandet HF",
        "borrower_name": "KS Læring",
        "requester_name": "Kongsvinger",
        "workflow_title": "Kurs til KS Læring",
        "state_title": names["state"],
        "event": "submit",
        "note": "Kapittel 2 og 3.",
        "acted_for": "Sykehuset Innlandet HF",
        "acted_as": names["duty"],
        "receiver_duty": names["duty"],
        "answers": answers(language, template),
        "due": "2026-11-30",
        "lapses_on": "2027-01-22" if template in ("form_faults", "changes_wanted") else "",
        "warned_on": "2027-01-12",
        "ends_on": "2026-12-31" if "end" in template else "",
        "kept": {"ends_on": "2026-12-31"},
        "opinions": [{"who": "fagmiljø", "text": "Bra.\nDel det."}],
        "parts_open": ["A", "B"],
        "similar": [
            {"course": "Fall i hjemmet", "short_name": "SI-FALL2", "owner": "Sykehuset Innlandet"},
            {"course": "Fallkurs", "short_name": "", "owner": "Sykehuset Telemark"},
        ],
        "faults": ["Kortnavn: SI-FALL er brukt.", "Dato: 31.02.2027.", "Lenke: http://x."],
        "fault_labels": ["Kortnavn", "Dato", "Lenke"] if template == "form_faults" else [],
        "fault_fields": ["short_name", "start_date", "link"] if template == "form_faults" else [],
        "form": [
            {"label": "Fullt navn på kurset", "value": names["course"]},
            {"label": "Mål", "value": "Én.\n\nTo."},
            {"label": "Kursets kortnavn", "value": ""},
        ],
        "fine": 8,
        "total": 11,
        "unfilled": 0,
        "warnings": [],
        "done": [],
        "not_done": [],
        "possible": [],
        "undo": "",
        "also": _also(language) if template == "told" else [],
        "intended_duty": names["duty"],
        "remark": "Hei.\nHva er dette?",
        "extra": EXTRA.get(template, {}) | NETWORK_EXTRA.get(template, {}),
    }


def letters(**settings: Any) -> TemplateLetters:
    """The program's own letters, from one sender."""
    return TemplateLetters(
        **{
            "sender": "Kursdeling <deling@site.example>",
            "reply_to": "deling@site.example",
            "site_mark": "site.example",
            **settings,
        }
    )


def envelope(
    template: str, language: Language = "nb", changes: dict[str, Any] | None = None, **fields: Any
) -> Envelope:
    """A letter from `template`; `changes` replace variables, `fields` parts of the envelope."""
    about_nothing = template in ABOUT_NO_REQUEST
    given: dict[str, Any] = {
        "letter": 7,
        "number": "" if about_nothing else "KD-2026-0001",
        "token": "7K2Q9M4D",
        "to": "elaering@hf.example",
        "role": "owner",
        "language": language,
        "template": template,
        "variables": {**variables(language, template), **(changes or {})},
        "message_id": "<7.7k2q9m4d@site.example>",
        "in_reply_to": "",
        "references": (),
        "date": datetime(2026, 11, 23, 9, 15, tzinfo=UTC),
    }
    return Envelope(**{**given, **fields})
