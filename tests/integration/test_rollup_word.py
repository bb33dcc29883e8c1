"""The roll-up's Word file as an office program shows it: every number of the sheet made by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from engine.domain.networks.rollup import rolled_up
from engine.report.as_docx import docx
from engine.report.rollup import Bodies, document_of
from tests.unit.rollup_year import BY_HAND, year

REQUIRED = "libreoffice" in os.environ.get("KURSDELING_REQUIRE", "").split(",")
OFFICE = shutil.which("soffice")
COLUMNS = ("done", "partly", "not_done", "unknown", "total")
LINES = (
    ("Nettverk for barn", "i tide", "20. januar 2027", "4", "3"),
    ("Nettverk for kreft", "i tide, ingen aktivitet", "15. januar 2027", "0", "0"),
    ("Nettverk for rus", "i tide, levert, ikkje lesen inn", "1. februar 2027", "–", "–"),
)
"""Lines on delivery, with measures and deviations; unknown is never 0."""


def shown(folder: Path, content: bytes) -> tuple[str, list[tuple[str, ...]]]:
    """The file's words, and its tables' rows cell by cell, however it is laid out."""
    assert OFFICE is not None
    file = folder / "samlerapport.docx"
    file.write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, home, "--headless", "--convert-to", "html", "--outdir", folder, file],
        capture_output=True,
        timeout=300,
        check=True,
    )
    page = lxml.html.parse(str(file.with_suffix(".html"))).getroot()
    rows = [tuple(tidy(cell.text_content()) for cell in row) for row in page.iter("tr")]
    return tidy(page.text_content()), rows


def tidy(text: str) -> str:
    """The text with one blank where any white space stood."""
    return " ".join(text.split())


@pytest.fixture(autouse=True)
def programs() -> None:
    """An office program is there; without one, the test is left out unless it is required."""
    if OFFICE is None:
        if REQUIRED:
            pytest.fail("libreoffice is required and not installed")
        pytest.skip("libreoffice is not installed")


def test_an_office_program_shows_every_number_of_the_sheet_made_by_hand(tmp_path: Path) -> None:
    bodies = Bodies(area="Helse Fonna", fousam="FOUSAM", su="SU")
    at = datetime(2027, 2, 22, 12, 0, tzinfo=UTC)
    said, rows = shown(tmp_path, docx(document_of(rolled_up(year()), bodies, "nn"), at))
    sheet: dict[str, Any] = BY_HAND
    assert (
        f"{sheet['networks']} nettverk var aktive 31. desember 2026: {sheet['in_time']} leverte i "
        f"tide, {sheet['late']} leverte for seint, og {sheet['missing']} manglar."
    ) in said
    total = sheet["measures"]
    assert (
        f"Tiltak i alt: {total['total']}. Utført: {total['done']}. Delvis utført: "
        f"{total['partly']}. Ikkje utført: {total['not_done']}. Ikkje opplyst: {total['unknown']}."
    ) in said
    for area in (*sheet["priority_areas"], {"name": "i alt", **total}):
        name = area["name"] or "Utanfor satsingsområda"
        assert (name, *(str(area[column]) for column in COLUMNS)) in rows, area
    assert f"Nettverka har oppgitt {sheet['deviations']} avvik i alt." in said
    assert f"Talet manglar frå: {', '.join(sheet['deviations_unknown'])}." in said
    for proposal in sheet["proposals"]:
        assert f"{proposal['network']}: {proposal['text']}" in said
    assert set(LINES) <= set(rows)
    assert said.count("manglar –") == 1
    assert "Testesen" not in said
