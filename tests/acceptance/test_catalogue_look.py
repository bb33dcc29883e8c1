"""The catalogue's page in a real browser: no column is cut at 1280 px, and keys reach its table."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from engine.model import LANGUAGES, Language
from engine.report.catalogue import page
from tests.acceptance.test_letters_look import BROWSER, DESKTOP, PHONE, browser
from tests.unit.test_report_catalogue import Row

assert browser  # the fixture that asks for the browser
ROWS = (
    Row(licence="CC BY-NC-SA"),
    Row(
        request="KD-2026-0002",
        course="Samhandling og pasient- og pårørandeopplæring for tilsette i sjukeheimar",
        short_name="VESTFOLD-PARORANDE1",
        owner="siv",
        condition="Berre for tilsette i kommunar med avtale",
    ),
    Row(request="KD-2026-0003", direction="from_ks", owner="ks-laering", borrower="siv"),
)
LOOK = """<script>
addEventListener("load", () => {
  const box = document.querySelector("[role=region]");
  const table = box.querySelector("table");
  const last = table.querySelector("tr > :last-child").getBoundingClientRect();
  box.focus();
  document.title = [
    box.scrollWidth - box.clientWidth,
    Math.round(last.right) <= innerWidth,
    document.documentElement.scrollWidth <= innerWidth,
    document.activeElement === box,
  ].join(" ");
});
</script>"""


def looked_at(folder: Path, html: str, width: int) -> list[str]:
    """(how much is cut, whether the last column and the page fit, whether the box is reached)."""
    assert BROWSER is not None
    file = folder / "catalogue.html"
    file.write_text(html.replace("</head>", f"{LOOK}</head>"), encoding="utf-8")
    written = subprocess.run(
        [
            *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--user-data-dir={folder / 'browser'}", f"--window-size={width},900"),
            *("--virtual-time-budget=5000", "--dump-dom", file.as_uri()),
        ],
        capture_output=True,
        timeout=100,
        check=True,
    )
    title = re.search(r"<title>(.*?)</title>", written.stdout.decode())
    assert title is not None
    return title[1].split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_is_cut_on_a_desktop(tmp_path: Path, language: Language) -> None:
    html = page(ROWS, {}, date(2026, 3, 6), language, {})
    assert looked_at(tmp_path, html, DESKTOP) == ["0", "true", "true", "true"]


def test_on_a_telephone_the_box_scrolls_and_not_the_page(tmp_path: Path) -> None:
    _, _, fits, reached = looked_at(tmp_path, page(ROWS, {}, date(2026, 3, 6), "nb", {}), PHONE)
    assert (fits, reached) == ("true", "true")
