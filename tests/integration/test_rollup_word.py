"""The roll-up's Word file as an office program shows it: every number of the sheet made by hand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.domain.rollup import rolled_up
from engine.report.as_docx import docx
from engine.report.rollup import Bodies, document_of
from tests.unit.rollup_year import BY_HAND, year

REQUIRED = "libreoffice" in os.environ.get("KURSDELING_REQUIRE", "").split(",")
OFFICE, TO_TEXT = shutil.which("soffice"), shutil.which("pdftotext")
COLUMNS = ("done", "partly", "not_done", "unknown", "total")
LINES = {"Nettverk for barn i tide": "4 3", "Nettverk for kreft": "0 0", "Nettverk for rus": "– –"}
"""What a line on delivery ends with: its measures and its deviations; unknown is never 0."""


def pages(folder: Path, content: bytes) -> str:
    """The words on the file's pages, as they are laid out."""
    assert OFFICE is not None
    assert TO_TEXT is not None
    file = folder / "samlerapport.docx"
    file.write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", folder, file],
        capture_output=True,
        timeout=60,
        check=True,
    )
    written = subprocess.run(
        [TO_TEXT, "-layout", file.with_suffix(".pdf"), "-"],
        capture_output=True,
        timeout=20,
        check=True,
    )
    return re.sub(r"[ \t]+", " ", written.stdout.decode())


@pytest.fixture(autouse=True)
def programs() -> None:
    """An office program is there; without one, the test is left out unless it is required."""
    if OFFICE is None or TO_TEXT is None:
        if REQUIRED:
            pytest.fail("libreoffice and poppler are required and not installed")
        pytest.skip("libreoffice or poppler is not installed")


def test_an_office_program_shows_every_number_of_the_sheet_made_by_hand(tmp_path: Path) -> None:
    bodies = Bodies(area="Helse Fonna", fousam="FOUSAM", su="SU")
    at = datetime(2027, 2, 22, 12, 0, tzinfo=UTC)
    text = pages(tmp_path, docx(document_of(rolled_up(year()), bodies, "nn"), at))
    said, rows = " ".join(text.split()), [row.strip() for row in text.split("\n")]
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
        numbers = " ".join(str(area[name]) for name in COLUMNS)
        # A long name goes on below its numbers.
        begins = (area["name"] or "Utanfor satsingsområda")[:7]
        assert [row for row in rows if row.startswith(begins) and row.endswith(numbers)], area
    assert f"Nettverka har oppgitt {sheet['deviations']} avvik i alt." in said
    assert f"Talet manglar frå: {', '.join(sheet['deviations_unknown'])}." in said
    for proposal in sheet["proposals"]:
        assert f"{proposal['network']}: {proposal['text']}" in said
    for begins, numbers in LINES.items():
        assert [row for row in rows if row.startswith(begins) and row.endswith(numbers)], begins
    assert said.count("manglar –") == 1
    assert "Testesen" not in said
