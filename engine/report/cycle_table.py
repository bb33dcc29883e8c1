"""A year of the networks as text: one line a network, then what comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from engine.calendar import oslo_time
from engine.model import Language
from engine.report.table import table
from engine.wording.catalogue import say, texts
from engine.wording.dates import day, until

COLUMNS: Final = ("name", "state", "status", "delivered", "remarks")


def members_told(named: Sequence[str], missing: Sequence[str], language: Language) -> str:
    """Who takes part, and which parties have named nobody, where anybody has been recorded."""
    if not named:
        return say("cycle.not_known", language, count=len(missing))
    lacking = say("cycle.nobody", language, parties=", ".join(missing)) if missing else ""
    return ". ".join(each for each in (", ".join(named), lacking) if each)


def opening(workflow: str, language: Language) -> str:
    """That requests of the routine are opened, in words."""
    return texts("cycle_opened", language).get(workflow, workflow)


def later(year: int, coming: Sequence[tuple[str, date]], language: Language, *, new: bool) -> str:
    """What `cycle open` says below what it has opened: what is opened later, line by line."""
    lines = [] if new else [say("cycle.nothing_new", language, year=year)]
    lines += [f"{day(when, language)}: {opening(name, language)}" for name, when in coming]
    return "".join(f"{line}\n" for line in lines)


def told(found: Mapping[str, Any], language: Language, titles: Mapping[str, str]) -> str:
    """The year as `cycle status` prints it; `titles` says what each request's state is called."""
    return "\n".join(_lines(found, language, titles))


def _lines(
    found: Mapping[str, Any], language: Language, titles: Mapping[str, str]
) -> Iterator[str]:
    decided = " · ".join(found["priority_areas"]) or say("cycle_titles.none", language)
    yield f"{say('cycle_titles.areas', language)} {found['year']}: {decided}"
    for name in ("plans", "reports"):
        yield ""
        counts = found["counts"][name].items()
        said = ", ".join(f"{_word(status, language)} {number}" for status, number in counts)
        yield f"{say(f'cycle_titles.{name}', language)} {found['year']}: {said or '–'}"
        if any(each["status"] != "not_open" for each in found[name]):
            yield table([_row(each, language, titles) for each in found[name]], COLUMNS, language)
    rollup = found["rollup"]
    state = say("cycle_titles.not_open", language)
    if rollup:
        state = f"{titles.get(rollup['request'], rollup['state'])} ({rollup['request']})"
    yield ""
    yield f"{say('cycle_titles.rollup', language)} {found['year']}: {state}"
    if found["next"]:
        yield ""
        yield say("cycle_titles.next", language)
    for each in found["next"]:
        yield f"  {until(_oslo(each['at']), language)}  {each['what']}"


def _row(line: Mapping[str, Any], language: Language, titles: Mapping[str, str]) -> dict[str, Any]:
    marks = []
    if line["closed_on"]:
        marks.append(f"{say('cycle_titles.closed', language)} {line['closed_on']}")
    marks += [
        say(f"cycle_titles.{name}", language) for name in ("unread", "no_activity") if line[name]
    ]
    if line["version"] > 1:
        marks.append(f"{say('cycle_titles.version', language)} {line['version']}")
    return {
        "name": line["name"],
        "state": titles.get(line["request"] or "", "–"),
        "status": _word(line["status"], language),
        "delivered": _oslo(line["delivered_at"]).date().isoformat() if line["delivered_at"] else "",
        "remarks": " ".join([", ".join(marks), *line["faults"], *line["warnings"]]).strip(),
    }


def _word(status: str, language: Language) -> str:
    if status == "not_open":
        return say("cycle_titles.not_open", language)
    return say(f"punctuality.{status}", language)


def _oslo(text: str) -> datetime:
    return oslo_time(datetime.fromisoformat(text))
