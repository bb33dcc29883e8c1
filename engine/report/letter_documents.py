"""The documents that go with letters: the roll-up as it was locked, and its supplements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from engine.domain.networks.rollup import ROLLUP, from_record
from engine.domain.word_file import TYPE
from engine.model import Language, LetterDraft, Reason
from engine.plain import plain_in
from engine.ports import File
from engine.report.document import Document
from engine.report.rollup import Bodies, document_of, file_name, supplement_of

SENT: Final = "rollup_sent"
SUPPLEMENT: Final = "rollup_supplement"
COPY: Final = "rollup_copy"
"""What SU got, as the networks get it."""
DRAFTS: Final = frozenset({"rollup_draft", "rollup_waits"})
"""The letters that show FOUSAM the roll-up before it is sent."""
SIGNED: Final = frozenset(
    """network_wanted network_reminder network_overdue network_receipt network_approved
    network_returned network_not_counted network_missing rollup_sent rollup_supplement
    rollup_copy""".split()
)
"""The letters that the secretary signs."""


def signed_by(template: str, variables: Mapping[str, Any]) -> str:
    """In whose name a letter of the networks' year goes, as «Testperson Alfa, FOUSAM»; empty for
    one that nobody signs.
    """
    told: Mapping[str, Any] = variables.get("extra", {})
    name = str(told.get("secretary", ""))
    if template not in SIGNED or not name:
        return ""
    return f"{name}, {told.get('bodies', {}).get('fousam', 'FOUSAM')}"


def documents_of(
    template: str, variables: Mapping[str, Any], language: Language, at: datetime
) -> tuple[File, ...]:
    """The files of a letter written at `at`, made of nothing but what stands in it; often none."""
    told: Mapping[str, Any] = variables.get("extra", {})
    if template not in (SENT, SUPPLEMENT, COPY, *DRAFTS) or not told.get(ROLLUP):
        return ()

    document = as_document(told, language, small=template != COPY)
    year, number = told["year"], told.get("supplement", 0)
    name = f"{file_name(year, number, language)}.docx"
    from engine.report.as_docx import docx

    return (File(name=name, type=TYPE, content=docx(document, at)),)


def unwritable(letter: LetterDraft, at: datetime) -> Reason | None:
    """Why the documents of a letter cannot be written; None where they can, or it has none."""
    try:
        documents_of(letter.template, letter.variables, letter.language, at)
    except Exception as error:  # noqa: BLE001 – whatever it is, the letter would be dead
        return Reason("document_unwritable", {"why": f"{type(error).__name__}: {error}"})
    return None


def as_document(told: Mapping[str, Any], language: Language, *, small: bool = True) -> Document:
    """The roll-up or the supplement that `told` holds, as it is printed; without `small` with no
    number of deviations under five.
    """
    told = plain_in(told)  # what came in before it was looked at so
    rollup, bodies = from_record(told), told.get("bodies", {})
    names = Bodies(
        area=told.get("area_name") or rollup.area,
        fousam=bodies.get("fousam", "FOUSAM"),
        su=bodies.get("su", "SU"),
    )
    number = told.get("supplement", 0)
    if number:
        return supplement_of(rollup, number, names, language, small=small)
    return document_of(rollup, names, language, small=small)
