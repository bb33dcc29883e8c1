"""«Produsert av»: name, position, department, hospital, and the hospital is the owner (R42)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.domain.judged import Judged, accepted, faulty
from engine.domain.parties import find_party
from engine.model import Party
from engine.pattern import pattern

PARTS: Final = ("name", "position", "department", "hospital")

_DEPARTMENT = pattern(
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
        return faulty("produced_by_incomplete", parts=_missing(parts, parties))
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


def _missing(parts: list[str], parties: Mapping[str, Party]) -> tuple[str, ...]:
    """A best guess: the hospital is known by the register, the department by its words."""
    has_hospital = find_party(parts[-1], parties) is not None
    present = parts[:-1] if has_hospital else parts
    names = list(PARTS[: len(present)])
    if names and names[-1] != "name" and _DEPARTMENT.search(present[-1]):
        names[-1] = "department"
    if has_hospital:
        names.append("hospital")
    return tuple(name for name in PARTS if name not in names)
