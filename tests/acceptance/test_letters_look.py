"""Letters in a real browser: none is wider than the telephone or desktop that it is read on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.model import LANGUAGES
from tests.unit.letter_cases import TEMPLATES, envelope, letters

REQUIRED = "chromium" in os.environ.get("KURSDELING_REQUIRE", "").split(",")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
LETTERS = letters()
PHONE = 390
"""The width of a common telephone, in CSS pixels."""
DESKTOP = 1280
LONG = "Samhandlingskompetanseutviklingsprogram" * 4
MEASURE = """
addEventListener("load", () => {
  const letters = [...document.querySelectorAll(".letter")];
  const wide = letters.filter((each) => each.scrollWidth > each.clientWidth);
  document.title = `${letters.length}: ` + wide.map((each) => each.title).join(" ");
});
"""


def pages() -> dict[str, str]:
    """Every letter in every language, and words that are longer than any telephone is wide."""
    found = {
        f"{language}/{template}": LETTERS.html(envelope(template, language))
        for language in LANGUAGES
        for template in TEMPLATES
    }
    long = {"course_name": LONG, "short_name": LONG, "note": LONG, "form": []}
    return {**found, "long": LETTERS.html(envelope("changes_wanted", "nb", long))}


def too_wide(folder: Path, shown: dict[str, str], width: int) -> tuple[int, list[str]]:
    """(how many pages were shown, the names of those that overflow) at a width in CSS pixels."""
    assert BROWSER is not None
    letters = "\n".join(_alone(name, page, width) for name, page in shown.items())
    file = folder / "letters.html"
    file.write_text(f"<!DOCTYPE html><meta charset=utf-8><script>{MEASURE}</script>{letters}")
    written = subprocess.run(
        [
            *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--user-data-dir={folder / 'browser'}", "--virtual-time-budget=20000"),
            *("--dump-dom", file.as_uri()),
        ],
        capture_output=True,
        timeout=100,
        check=True,
    )
    title = re.search(r"<title>(\d+): (.*?)</title>", written.stdout.decode())
    assert title is not None
    return int(title[1]), title[2].split()


def _alone(name: str, page: str, width: int) -> str:
    """The page in a shadow of its own, as 200 frames take a browser half a minute."""
    sheet = page.partition("<style>")[2].partition("</style>")[0].replace("body {", ":host {")
    body = page.partition("<body>")[2].partition("</body>")[0]
    return (
        f'<div style="width: {width}px"><div class="letter" title="{name}">'
        f'<template shadowrootmode="open"><style>:host {{ display: block }} {sheet}</style>{body}'
        "</template></div></div>"
    )


@pytest.fixture(autouse=True)
def browser() -> None:
    """A browser is there; without one, the tests are left out unless it is required."""
    if BROWSER is None:
        if REQUIRED:
            pytest.fail("chromium is required and not installed")
        pytest.skip("chromium is not installed")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_letter_is_wider_than_what_it_is_read_on(width: int, tmp_path: Path) -> None:
    shown = pages()
    assert too_wide(tmp_path, shown, width) == (len(shown), [])


def test_a_letter_that_is_too_wide_would_be_seen(tmp_path: Path) -> None:
    page = LETTERS.html(envelope("receipt")).replace("<h1>", '<h1 style="width: 500px">')
    assert too_wide(tmp_path, {"wide": page}, PHONE) == (1, ["wide"])
