"""Made-up data for a letter that nobody is sent: invented people, and a course that is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.model import Language

NUMBER: Final = "KD-2026-0001"
TOKEN: Final = "7K2Q9M4D"  # noqa: S105 - a token that opens nothing: it stands in made-up letters
TO: Final = "mottaker@kommune.example"
LINK: Final = "https://kslaring.example/kurs/4711"

FORM: Final[Mapping[Language, Mapping[str, str]]] = {
    "nb": {
        "full_name": "Fallforebygging i sykehjem",
        "short_name": "SI-FALL1",
        "category": "Helse og velferd",
        "start_date": "2027-03-01",
        "home_page": "JA",
        "goal": "Deltakeren kan kartlegge fallrisiko og sette i verk tiltak.",
        "content": "Tre moduler, to kasus og en avsluttende test.",
        "audience": "Ansatte i sykehjem og hjemmetjeneste",
        "summary": "Kurset viser hvordan fall oppstår, og hva som hjelper.",
        "prerequisites": "Ingen",
        "produced_by": "Testperson Alfa, fagsykepleier, Ortopedisk avdeling, Sykehuset Innlandet",
        "time_needed": "45 min",
        "coordinator": "e-læringsansvarlig",
        "licence": "CC BY-NC-SA 4.0",
    },
    "nn": {
        "full_name": "Fallførebygging i sjukeheim",
        "short_name": "ST-FALL1",
        "category": "Helse og velferd",
        "start_date": "2027-03-01",
        "home_page": "JA",
        "goal": "Deltakaren kan kartleggje fallrisiko og setje i verk tiltak.",
        "content": "Tre modular, to kasus og ein avsluttande test.",
        "audience": "Tilsette i sjukeheim og heimeteneste",
        "summary": "Kurset viser korleis fall oppstår, og kva som hjelper.",
        "prerequisites": "Ingen",
        "produced_by": "Testperson Alfa, fagsjukepleiar, Ortopedisk avdeling, Sykehuset Telemark",
        "time_needed": "45 min",
        "coordinator": "e-læringsansvarleg",
        "licence": "CC BY-NC-SA 4.0",
    },
    "en": {
        "full_name": "Preventing falls in nursing homes",
        "short_name": "SI-FALL1",
        "category": "Helse og velferd",
        "start_date": "2027-03-01",
        "home_page": "YES",
        "goal": "Participants can assess the risk of falls and act on it.",
        "content": "Three modules, two cases and a final test.",
        "audience": "Staff of nursing homes and home care",
        "summary": "The course shows why people fall, and what helps.",
        "prerequisites": "None",
        "produced_by": "Testperson Alfa, nurse, Orthopaedic department, Sykehuset Innlandet",
        "time_needed": "45 min",
        "coordinator": "e-learning officer",
        "licence": "CC BY-NC-SA 4.0",
    },
}
"""The course information of the made-up request."""

FAULTY: Final[Mapping[str, str]] = {"short_name": "", "start_date": "2027-02-31", "produced_by": ""}
"""What is wrong with it in a letter that lists faults."""

NOTES: Final[Mapping[Language, str]] = {
    "nb": "Målgruppene mangler, og kapittel 3 må stemme med retningslinjen.",
    "nn": "Målgruppene manglar, og kapittel 3 må stemme med retningslinja.",
    "en": "The target groups are missing, and chapter 3 must agree with the guideline.",
}
"""What somebody has written with the act that a letter tells of."""

OPINIONS: Final[Mapping[Language, str]] = {
    "nb": "Kurset er faglig godt. Vi anbefaler at det deles.",
    "nn": "Kurset er fagleg godt. Vi tilrår at det blir delt.",
    "en": "The course is sound. We recommend that it be shared.",
}

_COLLEAGUE: Final = "kollega@sykehus.example"
_ENTRIES: Final[Mapping[Language, list[str]]] = {
    "nb": ["e-læringsansvarlig ved Sykehuset Innlandet"],
    "nn": ["e-læringsansvarleg ved Sykehuset Telemark"],
    "en": ["e-learning officer at Sykehuset Innlandet"],
}
_REMARKS: Final[Mapping[Language, str]] = {
    "nb": "Dette ser bra ut for oss.",
    "nn": "Dette ser bra ut for oss.",
    "en": "This looks good to us.",
}


def beside(template: str, language: Language, word: str, earlier: str) -> Mapping[str, Any]:
    """Return the variables of a letter that no routine orders, by name.

    `word` is an answer, and `earlier` what an earlier state is called.
    """
    form = FORM[language]
    own: dict[str, dict[str, Any]] = {
        "answered_by_colleague": {"colleague": _COLLEAGUE, "said": word},
        "corrected": {"was": earlier, "share": ""},
        "delegate": {"colleague": _COLLEAGUE, "said": word},
        "import_confirm": {
            "courses": [
                {
                    "number": NUMBER,
                    "name": form["full_name"],
                    "short_name": form["short_name"],
                    "label": "delt til KS Læring",
                    "borrower": "KS Læring",
                    "since": "2025-08-18",
                    "licence": form["licence"],
                    "link": LINK,
                }
            ]
        },
        "register_confirm": {"entries": _ENTRIES[language], "aliases": []},
        "substitute": {
            "colleague": _COLLEAGUE,
            "since": "2026-12-21",
            "until": "2027-01-04",
            "entries": _ENTRIES[language],
        },
        "suggestion": {"word": word},
        "suggestion_unanswered": {"word": word},
    }
    quoting = template in ("suggestion", "suggestion_unanswered", "remark_kept")
    return {
        "extra": own.get(template, {}),
        "remark": _REMARKS[language] if quoting else "",
    }
