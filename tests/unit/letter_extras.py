"""What single letters are given besides the variables that all of them share, for their tests."""

from __future__ import annotations

from typing import Any

EXTRA: dict[str, dict[str, Any]] = {
    "corrected": {"was": "Utkast", "share": "start", "waiting_on": "KS Læring"},
    "words": {"writer": "Kari", "writer_party": "Sykehuset Innlandet", "text": "OK?"},
    "who_reads": {
        "text": "OK?",
        "withheld": "Jeg er syk.",
        "choices": [
            {"who": "KS Læring", "to": [5], "for": ""},
            {"who": "", "to": [], "for": "coordinator"},
            {"who": "", "to": [], "for": "nobody"},
        ],
    },
    "wait_told": {"until": "2027-01-11", "ends": "2027-01-22"},
    "confirm_answer": {"inbox": 3, "said": "OK, KS Læring."},
    "order_to_confirm": {"forwarded_by": "elaering@hf.example", "wrote": "OK?"},
    "opening_for_you": {"writer": "fag@hf.example", "words": "OK?", "routine": "KS"},
    "same_course": {"asked": "Fall", "found": "Fall i hjem", "owner": "SI", "link": ""},
    "rule_told": {
        "which": "CC",
        "told": [{"answer": "CC BY-SA.", "quotes": ["CC-by-sa", "(HSØ)"], "source": "KS"}],
        "course": "«SI-FALL»: SI.",
    },
    "resale_refused": {"by": "KS", "why": "CC.", "quotes": ["CC", "(HSØ)"], "source": "KS"},
    "contact_point": {
        "side": "KS",
        "party": "KS",
        "since": "2026-11-30",
        "before": "en@ks.example",
        "other": "to@hf.example",
    },
    "contact_point_over": {"side": "KS", "party": "KS", "after": "tre@ks.example"},
    "which_rule": {"which": "CC", "titles": ["CC", "KS"], "routines": ["KS"]},
    "form_sent": {"routine": "", "others": []},
    "forwarded_by_whom": {"inbox": 3, "writer": "kurs@kommune.example"},
    "ask_to_send": {"wrote": "OK?", "send": "SEND"},
    "not_acted": {"when": "30. november 2026 kl. 10.15", "why": "(dmarc=fail)"},
    "undelivered": {
        "address": "fag@hf.example",
        "duty": "fagmiljø",
        "party": "Sykehuset Innlandet",
        "subject": "Uttalelse: Fallforebygging",
        "why": "550 5.1.1",
        "suspended": True,
    },
    "held_back": {"held_back": {"reasons": ["Kortnavn: X."], "labels": ["Mål"], "word": "SEND"}},
    "on_hold": {"agreement": {"alone": True, "word": "SEND"}},
    "morning": {
        "day": "2026-11-30",
        "lines": [
            {"number": 1, "text": "a@b.example, KD-2026-0001: «OK»"},
            {"number": 2, "text": "c@d.example"},
        ],
        "rest": "SI: 2",
        "numbers": [1, 2, 4],
        "came": "",
        "how": ["«1 STOPP».", "«SLIPP 2»."],
        "counted": "loop: 3",
    },
    "morning_answer": {
        "whole": [{"number": 1, "text": "a@b.example: OK"}],
        "lines": [{"number": 4, "text": "SI: 2"}],
        "cases": ["KD-2026-0001 «SI-FALL» (SI)"],
        "numbers": [1, 2, 4],
    },
    "morning_reply": {
        "who": "a@b.example",
        "words": "OK",
        "about": "KD-2026-0001",
        "subject": "SI-FALL",
    },
    "morning_taken": {"who": "a@b.example", "number": 1, "line": "c@d.example"},
    "reminders": {
        "cases": [
            {
                "number": number,
                "course": "«SI-FALL»",
                "state": "SI",
                "lines": lines,
                "answers": [{"word": "OK"}, {"word": "SEND"}],
                "lapses_on": lapses_on,
                "ends_on": "2026-12-31",
            }
            for number, lines, lapses_on in (
                ("KD-2026-0001", ["Mål"], "2027-01-22"),
                ("KD-2026-0002", [], ""),
            )
        ]
    },
    "import_confirm": {
        "courses": [
            {
                "number": "KD-2026-0007",
                "name": "Legemidler",
                "short_name": "SI-LEGE1",
                "label": "delt til KS Læring",
                "borrower": "KS Læring",
                "since": "2022-08-15",
                "licence": "",
                "link": "",
            },
        ],
    },
}
