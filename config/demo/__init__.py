"""What the demo plays with: mails as people's programs write them, and who holds which duty."""

from __future__ import annotations

import csv
from importlib.resources import files


def mail(name: str) -> bytes:
    """Return the mail `name` as it lies in `mails/`, with `{{…}}` where only a run knows more."""
    return files("config.demo").joinpath("mails", f"{name}.eml").read_bytes()


def contacts() -> tuple[dict[str, str], ...]:
    """Return the rows of `contacts.csv`: duties at `.example` addresses, no real persons."""
    return _rows("contacts.csv")


def story() -> tuple[dict[str, str], ...]:
    """Return the rows of `story.csv`: who writes what, when, and what must come of it."""
    return _rows("story.csv")


def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("config.demo").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
