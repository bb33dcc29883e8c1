"""What the templates of letters are written in: Jinja2 inside a bounded sandbox, our marks."""

from __future__ import annotations

from datetime import date

import jinja2

from engine.wording import dates
from notifiers import marks
from notifiers.bounded import Sandbox
from notifiers.context import spelled


def language_of(loader: jinja2.BaseLoader) -> Sandbox:
    """Return what the templates of `loader` are read and rendered by."""
    environment = Sandbox(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        # Plain text is not escaped: «Ås & Oslo» would arrive as «Ås &amp; Oslo».
        autoescape=jinja2.select_autoescape(["html"], default=False, default_for_string=False),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["day"] = _day
    environment.filters["quoted"] = quoted
    environment.filters["compact"] = compact
    environment.filters["spelled"] = _spelled
    environment.filters["answer"] = marks.answer
    environment.filters["row"] = marks.row
    environment.filters["heading"] = marks.HEADING.__add__
    environment.filters["subheading"] = marks.SUBHEADING.__add__
    environment.globals.update(REST=marks.REST, FORM=marks.FORM, CLOSING=marks.CLOSING)
    return environment


@jinja2.pass_context
def _day(context: jinja2.runtime.Context, value: str, kind: str = "") -> str:
    if not value:
        return ""
    return marks.day(value, kind, dates.day(date.fromisoformat(value), context["language"]))


@jinja2.pass_context
def _spelled(context: jinja2.runtime.Context, value: int) -> str:
    return spelled(value, context["language"])


def quoted(text: str) -> str:
    """Return `text` with `> ` before each line, as mail quotes another's words."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def compact(text: str) -> str:
    """Return `text` without empty lines: in a quoted form, an empty line ends a value."""
    return "\n".join(line for line in text.split("\n") if line.strip())
