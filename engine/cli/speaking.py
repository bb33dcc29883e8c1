"""The command line in the reader's language: our help, and click's own words."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from engine.cli.commands import WITH_VALUE
from engine.model import Language
from engine.wording.catalogue import say, texts

LANGUAGES: Final = ("nb", "nn", "en")
_NAMED: Final[Mapping[str, Language]] = {"nb": "nb", "nn": "nn", "en": "en"}
LONGEST: Final = 200_000
"""How much of a file of settings is looked at, in characters."""
MODULES: Final = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""The modules of click that say something, each by a `gettext` of its own."""
_language: Language = "nb"


def speak(language: Language) -> None:
    """Let click say what it says in the language from now on."""
    global _language  # noqa: PLW0603 – click has one set of words for the whole process
    _language = language
    for name in MODULES:
        module = importlib.import_module(f"click.{name}")
        for gettext, ours in (("_", translated), ("ngettext", _one_or_many)):
            if hasattr(module, gettext):
                setattr(module, gettext, ours)


def spoken() -> Language:
    """The language that the command line speaks now."""
    return _language


def helped(key: str) -> str:
    """A text about commands (`options.dry_run`) in the language that is spoken."""
    return say(key, _language)


def translated(text: str) -> str:
    """What click says, in the language that is spoken; itself where nobody has put it so."""
    key = _click_keys().get(text)
    return texts("click", _language)[key] if key else text


@cache
def _click_keys() -> Mapping[str, str]:
    return {words: key for key, words in texts("click", "en").items()}


def _one_or_many(one: str, many: str, count: int) -> str:
    return translated(one if count == 1 else many)


def language_of(arguments: Sequence[str], site: str | None) -> Language:
    """The language that the words before the command ask for, else that of the site they name;
    `site` is the one that the environment names.
    """
    given = dict(_before_the_command(arguments))
    wanted = given.get("--lang", "")
    return _NAMED.get(wanted) or _neutral(Path(given.get("--site") or site or "."))


def _before_the_command(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each option before the command with its value, however wrong the rest is."""
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            return
        option, equals, value = argument.partition("=")
        if option in WITH_VALUE:
            yield option, value if equals else next(rest, "")


def _neutral(site: Path) -> Language:
    """The written standard that the site's settings name; bokmål where they name none.

    Only looked for in the text: settings that cannot be read are told of in this language, too.
    """
    try:
        with (site / "kursdeling.toml").open(encoding="utf-8", errors="replace") as file:
            text = file.read(LONGEST)
    except OSError:
        return "nb"
    return "nn" if re.search(r'(?m)^neutral\s*=\s*["\']nn["\']', text) else "nb"
