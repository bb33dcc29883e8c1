"""Judges forms: each field by its kind, and the 11 points of the course information (R34–R44) by
their own rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from engine.domain import licence
from engine.domain.days import read_day, start_day
from engine.domain.fields import FIELDS, FORMS, Judged, accepted, faulty, is_told
from engine.domain.register import coordinator
from engine.domain.register.duties import ELEARNING
from engine.domain.register.parties import find_party, nearest
from engine.domain.secrecy import has_identity_number, masked
from engine.model import Contact, Facts, Party, Reason, Request
from engine.wording.glossary import SHIPPED

FULL_NAME_MOST: Final = 254
SHORT_NAME_MOST: Final = 100
"""Moodle's limits, in characters (R35, R36)."""
KNOWN_CATEGORIES: Final = ("Helse og velferd", "Skolesektor")
"""The two that R37 gives as examples of an open list."""

_NYNORSK_CATEGORIES: Final = {"helse og velferd": 0, "skolesektor": 1, "skulesektor": 1}
_YES: Final = frozenset({"ja", "yes", "j", "ja takk"})
_NO: Final = frozenset({"nei", "no", "n", "nei takk"})
_NO_TEXT: Final = frozenset(("date", "number", "party", "licence", "link", "yes_no"))
"""Kinds of fields with a form of their own, where nobody writes free text."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NEGATIVE = re.compile(r"\D{0,4}(?<![\w\d])[-−–] ?\d")


class Context(Struct, frozen=True, kw_only=True):
    """What the judgement of a form depends on besides the form."""

    owner: Party | None
    parties: Mapping[str, Party]
    elearning: tuple[Contact, ...]
    """The owner's holders of the duty `elearning`."""
    today: date
    short_name_taken_by: str | None
    """The number of another request whose course holds the short name."""
    required: tuple[str, ...]
    fields: tuple[str, ...] = FORMS["course_information"].fields
    """Those that the form takes, in its order."""


class CourseInformation(Struct, frozen=True, kw_only=True):
    """A judged form: the valid values in normal form, every fault, and what is worth a word."""

    values: dict[str, str]
    faults: tuple[Reason, ...]
    """Each has values["field"]; fields in the order of the routine."""
    warnings: tuple[Reason, ...]


def read(form: Mapping[str, str], context: Context) -> CourseInformation:
    """Return the form judged: only fields that are required or given count (R34–R44).

    A licence line that says «ingen» is in order and gives no value. The same form is judged by a
    guard, for the register and for each letter: the judgement is kept until the next one.
    """
    return _read(tuple(form.items()), _Asked(context))


class _Asked:
    """A context as the key of a judgement that is kept; the register must be the very same one."""

    __slots__ = ("context",)

    def __init__(self, context: Context) -> None:
        self.context = context

    def __hash__(self) -> int:
        return hash((id(self.context.parties), self.context.owner, self.context.today))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Asked):
            return NotImplemented
        return self.context.parties is other.context.parties and self.context == other.context


@lru_cache(maxsize=16)
def _read(written: tuple[tuple[str, str], ...], asked: _Asked) -> CourseInformation:
    form, context = dict(written), asked.context
    given = {name: _tidy(name, text) for name, text in form.items() if is_told(text)}
    values: dict[str, str] = {}
    faults: list[Reason] = []
    warnings: list[Reason] = []
    for name in context.fields:
        if not given.get(name) and name not in context.required:
            continue
        judged = _judge(name, given, context)
        faults += (_about(name, fault) for fault in judged.faults)
        warnings += (_about(name, warning) for warning in judged.warnings)
        warnings += _remarks(name, form.get(name, ""))
        if judged.value and not judged.faults:
            values[name] = judged.value
    return CourseInformation(values=values, faults=tuple(faults), warnings=tuple(warnings))


def _about(name: str, reason: Reason) -> Reason:
    return Reason(reason.code, {"field": name, **reason.values})


def _tidy(name: str, text: str) -> str:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    tidy = "\n".join(lines)
    return tidy if FIELDS[name].kind in _NO_TEXT else masked(tidy)


def _remarks(name: str, text: str) -> list[Reason]:
    if FIELDS[name].kind in _NO_TEXT:
        return []
    codes = {"identity_number": has_identity_number(text), "markup": bool(_TAG.search(text))}
    return [Reason(code, {"field": name}) for code, holds in codes.items() if holds]


def _judge(name: str, given: Mapping[str, str], context: Context) -> Judged:
    text = given.get(name, "")
    if not any(sign.isalnum() for sign in text):
        return _missing(name, given, context)
    if name == "summary" and _repeats_description(text, given):
        return accepted(text, Reason("summary_repeats"))
    judge = _JUDGES.get(name) or _BY_KIND.get(FIELDS[name].kind)
    return accepted(text) if judge is None else judge(text, context)


def _missing(name: str, given: Mapping[str, str], context: Context) -> Judged:
    if name == "short_name":
        example = _short_name_example(given.get("full_name", ""), context.owner)
        return faulty("short_name_missing", example=example)
    if name == "start_date":
        unread = start_day("", context.today)
        example = unread.values["example"] if isinstance(unread, Reason) else ""
        return faulty("start_date_missing", example=example)
    if name in SHIPPED.fields:
        return faulty(f"{name}_missing")
    return faulty("field_missing", hint=FIELDS[name].hint)


def _short_name_example(full_name: str, owner: Party | None) -> str:
    """Like SI-FALL1 for «Fallforebygging i sykehjem» at Sykehuset Innlandet."""
    word = next(iter(re.findall(r"[^\W\d_]{4,}", full_name)), "kurs")[:4].upper()
    return f"{owner.id.upper()}-{word}1" if owner else f"{word}1"


def _repeats_description(text: str, given: Mapping[str, str]) -> bool:
    parts = [given.get(part, "") for part in FIELDS["description"].parts]
    whole = " ".join(" ".join(parts).split()).casefold()
    return " ".join(text.split()).casefold() in {whole, *(part.casefold() for part in parts[:2])}


def _full_name(text: str, _: Context) -> Judged:
    name = " ".join(text.split())
    if len(name) > FULL_NAME_MOST:
        return faulty("full_name_too_long", length=len(name), most=FULL_NAME_MOST)
    return accepted(name)


def _short_name(text: str, context: Context) -> Judged:
    faults = []
    if len(text.split()) > 1:
        faults.append(
            Reason("short_name_spaces", {"text": text, "example": "-".join(text.split())})
        )
    if len(text) > SHORT_NAME_MOST:
        faults.append(Reason("short_name_too_long", {"length": len(text), "most": SHORT_NAME_MOST}))
    if context.short_name_taken_by is not None:
        values = {"short_name": text, "request": context.short_name_taken_by}
        faults.append(Reason("short_name_taken", values))
    return Judged(value=text, faults=tuple(faults))


def _category(text: str, _: Context) -> Judged:
    known = _NYNORSK_CATEGORIES.get(" ".join(text.split()).casefold())
    if known is None:
        return accepted(text, Reason("category_unknown", {"text": text}))
    return accepted(KNOWN_CATEGORIES[known])


def with_years(values: Mapping[str, str], today: date) -> tuple[dict[str, str], dict[str, date]]:
    """(the fields with the year of the next such day where one of a date has none, those days):
    read once, so that it does not become another day as time goes by.
    """
    found = {
        name: day
        for name, text in values.items()
        if FIELDS[name].kind == "date" and read_day(text) is None
        if (day := read_day(text, today)) is not None
    }
    return {**values, **{name: f"{day:%d.%m.%Y}" for name, day in found.items()}}, found


def _start_date(text: str, context: Context) -> Judged:
    found = start_day(text, context.today)
    return Judged(faults=(found,)) if isinstance(found, Reason) else accepted(found.isoformat())


def _home_page(text: str, _: Context) -> Judged:
    said = text.casefold().strip(" .!")
    return accepted("JA") if said in _YES else faulty("home_page_not_yes", text=text)


def _yes_no(text: str, _: Context) -> Judged:
    said = text.casefold().strip(" .!")
    if said in _YES | _NO:
        return accepted("JA" if said in _YES else "NEI")
    return faulty("yes_or_no", text=text)


def _number(text: str, _: Context) -> Judged:
    bare = "".join(text.split())
    return accepted(bare) if bare.isdecimal() else faulty("number_unreadable", text=text)


def _party(text: str, context: Context) -> Judged:
    party = find_party(text, context.parties)
    if party is None:
        return faulty("unknown_party", text=text, nearest=nearest(text, context.parties))
    return accepted(party.id)


def _produced_by(text: str, context: Context) -> Judged:
    return judge(text, context.owner, context.parties)


def _time_needed(text: str, _: Context) -> Judged:
    tidy = " ".join(text.split())
    numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(tidy)]
    if _NEGATIVE.match(tidy) or (numbers and not any(numbers)):
        return faulty("time_needed_not_positive", text=tidy)
    return accepted(f"{tidy} min" if _NUMBER.fullmatch(tidy) else tidy)


def _coordinator(text: str, context: Context) -> Judged:
    return coordinator.judge(text, context.owner, context.parties, context.elearning)


def _owner(text: str, context: Context) -> Judged:
    found = _party(text, context)
    if context.owner is not None and found.value not in ("", context.owner.id):
        given = context.parties[found.value].name
        return faulty("owner_differs", given=given, owner=context.owner.name)
    return found


def _licence(text: str, context: Context) -> Judged:
    found = licence.parse(text)
    if found is None:
        return faulty("licence_unclear", text=text)
    of_trust = context.owner is not None and context.owner.side == "trust"
    if not of_trust or found.code != licence.SHARE_ALIKE:
        return accepted(str(found))
    if not found.decided:
        return faulty("licence_needs_decision", licence=str(found))
    return accepted(str(found), Reason("licence_decided", {"licence": str(found)}))


def _link(text: str, _: Context) -> Judged:
    link = with_https(text)
    return accepted(link) if is_https(link) else faulty("link_not_https", link=text)


def with_https(link: str) -> str:
    """`link`, with https:// before one that people wrote without: «kslaring.no/kurs/12»."""
    return f"https://{link}" if _BARE_LINK.fullmatch(link) else link


_BARE_LINK: Final = re.compile(
    r"(?:[a-zæøå0-9-]+\.)+[a-z]{2,10}(?::\d{2,5})?(?:/\S*)?", re.IGNORECASE
)


def is_https(link: str) -> bool:
    """Whether `link` is one whole https address of a host with a dot and no password (R32)."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = len(link.split()) == 1 and "@" not in parts.netloc
    return parts.scheme == "https" and plain and "." in host.strip(".")


_JUDGES: Final[Mapping[str, Callable[[str, Context], Judged]]] = {
    "full_name": _full_name,
    "short_name": _short_name,
    "category": _category,
    "home_page": _home_page,
    "produced_by": _produced_by,
    "time_needed": _time_needed,
    "coordinator": _coordinator,
    "owner": _owner,
}
"""The fields with rules of their own …"""
_BY_KIND: Final[Mapping[str, Callable[[str, Context], Judged]]] = {
    "date": _start_date,
    "link": _link,
    "licence": _licence,
    "party": _party,
    "yes_no": _yes_no,
    "number": _number,
}
"""… and the kinds that have some; every other field only has to be there."""


def information_of(
    request: Request, facts: Facts, today: date, form: str, *, unique: bool = True
) -> CourseInformation:
    """Return the request's form judged for its owner by the named form's rules.

    An order's own words about the owner are not judged: the order may name the wrong one and move
    on to the right one (INTERFACE §4). Unless `unique`, nobody asks whether the short name is free.
    An unknown form raises KeyError.
    """
    ordered = request.requester is not None
    given = {name: text for name, text in request.form.items() if not (ordered and name == "owner")}
    context = Context(
        owner=facts.parties.get(request.owner or ""),
        parties=facts.parties,
        elearning=facts.holders(request.owner, ELEARNING) if request.owner else (),
        today=today,
        short_name_taken_by=facts.short_name_taken_by if unique else None,
        required=FORMS[form].required,
        fields=FORMS[form].fields,
    )
    return read(given, context)


PARTS: Final = ("name", "position", "department", "hospital")

_DEPARTMENT = re.compile(
    r"\b(avd\b|\w*avdeling|\w*klinik|\w*seksjon|\w*einin?g|\w*enhet|\w*team|\w*mottak|\w*senter"
    r"|\w*tjenest|\w*tenest|hr\b|stab\b|department|unit\b)",
    re.IGNORECASE,
)


def judge(text: str, owner: Party | None, parties: Mapping[str, Party]) -> Judged:
    """Return the four parts joined by commas, or which of them are missing or wrong.

    A comma inside the department gives more than four parts, which is fine when the last one is
    the owner. Without a known owner any hospital will do.
    """
    parts = _split(text)
    blank = tuple(name for name, part in zip(PARTS, parts, strict=False) if not part)
    if len(parts) < len(PARTS):
        return faulty("produced_by_incomplete", parts=_producer_missing(parts, parties))
    if blank:
        return faulty("produced_by_incomplete", parts=blank)
    hospital = parts[-1]
    if owner is not None and find_party(hospital, parties) != owner:
        return faulty("produced_by_other_hospital", hospital=hospital, owner=owner.name)
    name, position, *department = parts[:-1]
    return accepted(", ".join((name, position, ", ".join(department), hospital)))


def _split(text: str) -> list[str]:
    """At commas; where there are too few, semicolons and line ends count too."""
    enough = len(PARTS) - 1
    separators = r"," if text.count(",") >= enough else r"[,;\n]"
    return [" ".join(part.split()) for part in re.split(separators, text.strip(" \n,;."))]


def _producer_missing(parts: list[str], parties: Mapping[str, Party]) -> tuple[str, ...]:
    """A best guess: the hospital is known by the register, the department by its words."""
    has_hospital = find_party(parts[-1], parties) is not None
    present = parts[:-1] if has_hospital else parts
    names = list(PARTS[: len(present)])
    if names and names[-1] != "name" and _DEPARTMENT.search(present[-1]):
        names[-1] = "department"
    if has_hospital:
        names.append("hospital")
    return tuple(name for name in PARTS if name not in names)
