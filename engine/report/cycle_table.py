"""A year of the networks as text: one line a network, then what comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from engine.model import Language
from engine.plan.punctuality import WORDS
from engine.report.table import table
from engine.wording.dates import day, until

_TITLES: Final[Mapping[str, Mapping[Language, str]]] = {
    "plans": {"nb": "Handlingsplaner", "nn": "Handlingsplanar", "en": "Action plans"},
    "reports": {"nb": "Årsrapporter", "nn": "Årsrapportar", "en": "Annual reports"},
    "rollup": {"nb": "Samlerapport", "nn": "Samlerapport", "en": "Roll-up"},
    "next": {"nb": "Det neste som skjer:", "nn": "Det neste som skjer:", "en": "What comes next:"},
    "areas": {"nb": "Satsingsområder", "nn": "Satsingsområde", "en": "Priority areas"},
    "unread": {"nb": "ulest", "nn": "ulese", "en": "unread"},
    "no_activity": {"nb": "ingen aktivitet", "nn": "ingen aktivitet", "en": "no activity"},
    "not_open": {"nb": "ikke åpnet", "nn": "ikkje opna", "en": "not open"},
    "none": {"nb": "ingen vedtatt", "nn": "ingen vedtekne", "en": "none decided"},
    "version": {"nb": "versjon", "nn": "versjon", "en": "version"},
    "closed": {"nb": "avviklet", "nn": "avvikla", "en": "closed"},
}
_OPENED: Final[Mapping[str, Mapping[Language, str]]] = {
    "network_plan": {
        "nb": "handlingsplanene åpnes",
        "nn": "handlingsplanane blir opna",
        "en": "the action plans are opened",
    },
    "network_report": {
        "nb": "årsrapportene åpnes",
        "nn": "årsrapportane blir opna",
        "en": "the annual reports are opened",
    },
    "su_rollup": {
        "nb": "samlerapporten åpnes",
        "nn": "samlerapporten blir opna",
        "en": "the roll-up is opened",
    },
}
_NOTHING_NEW: Final[Mapping[Language, str]] = {
    "nb": "Ingenting nytt: det som kan åpnes for {year}, er åpnet.",
    "nn": "Ingenting nytt: det som kan opnast for {year}, er opna.",
    "en": "Nothing new: what can be opened for {year} is open.",
}
COLUMNS: Final = ("name", "state", "status", "delivered", "remarks")


_NOBODY: Final[Mapping[Language, str]] = {
    "nb": "Ingen oppnevnt fra {parties}",
    "nn": "Ingen peika ut frå {parties}",
    "en": "Nobody named by {parties}",
}
_NOT_KNOWN: Final[Mapping[Language, str]] = {
    "nb": "Det er ikke registrert hvem som er med fra de {count} partene",
    "nn": "Det er ikkje registrert kven som er med frå dei {count} partane",
    "en": "Nobody has recorded who takes part for the {count} parties",
}


def members_told(named: Sequence[str], missing: Sequence[str], language: Language) -> str:
    """Who takes part, and which parties have named nobody, where anybody has been recorded."""
    if not named:
        return _NOT_KNOWN[language].format(count=len(missing))
    lacking = _NOBODY[language].format(parties=", ".join(missing)) if missing else ""
    return ". ".join(each for each in (", ".join(named), lacking) if each)


def opening(workflow: str, language: Language) -> str:
    """That requests of the routine are opened, in words."""
    return _OPENED.get(workflow, {}).get(language, workflow)


def later(year: int, coming: Sequence[tuple[str, date]], language: Language, *, new: bool) -> str:
    """What `cycle open` says below what it has opened: what is opened later, line by line."""
    lines = [] if new else [_NOTHING_NEW[language].format(year=year)]
    lines += [f"{day(when, language)}: {opening(name, language)}" for name, when in coming]
    return "".join(f"{line}\n" for line in lines)


def told(found: Mapping[str, Any], language: Language, titles: Mapping[str, str]) -> str:
    """The year as `cycle status` prints it; `titles` says what each request's state is called."""
    return "\n".join(_lines(found, language, titles))


def _lines(
    found: Mapping[str, Any], language: Language, titles: Mapping[str, str]
) -> Iterator[str]:
    decided = " · ".join(found["priority_areas"]) or _TITLES["none"][language]
    yield f"{_TITLES['areas'][language]} {found['year']}: {decided}"
    for name in ("plans", "reports"):
        yield ""
        counts = found["counts"][name].items()
        said = ", ".join(f"{_word(status, language)} {number}" for status, number in counts)
        yield f"{_TITLES[name][language]} {found['year']}: {said or '–'}"
        if any(each["status"] != "not_open" for each in found[name]):
            yield table([_row(each, language, titles) for each in found[name]], COLUMNS, language)
    rollup = found["rollup"]
    state = _TITLES["not_open"][language]
    if rollup:
        state = f"{titles.get(rollup['request'], rollup['state'])} ({rollup['request']})"
    yield ""
    yield f"{_TITLES['rollup'][language]} {found['year']}: {state}"
    if found["next"]:
        yield ""
        yield _TITLES["next"][language]
    for each in found["next"]:
        yield f"  {until(_oslo(each['at']), language)}  {each['what']}"


def _row(line: Mapping[str, Any], language: Language, titles: Mapping[str, str]) -> dict[str, Any]:
    marks = []
    if line["closed_on"]:
        marks.append(f"{_TITLES['closed'][language]} {line['closed_on']}")
    marks += [_TITLES[name][language] for name in ("unread", "no_activity") if line[name]]
    if line["version"] > 1:
        marks.append(f"{_TITLES['version'][language]} {line['version']}")
    return {
        "name": line["name"],
        "state": titles.get(line["request"] or "", "–"),
        "status": _word(line["status"], language),
        "delivered": _oslo(line["delivered_at"]).date().isoformat() if line["delivered_at"] else "",
        "remarks": " ".join([", ".join(marks), *line["faults"], *line["warnings"]]).strip(),
    }


def _word(status: str, language: Language) -> str:
    if status == "not_open":
        return _TITLES["not_open"][language]
    return next(words[language] for name, words in WORDS.items() if name == status)


def _oslo(text: str) -> datetime:
    from engine.calendar import oslo_time

    return oslo_time(datetime.fromisoformat(text))
