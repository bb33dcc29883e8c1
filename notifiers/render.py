"""Letters from templates: `templates/LANGUAGE/NAME.txt`, a site's own folders first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import jinja2
import jinja2.meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.domain.licence import is_creative_commons
from engine.errors import NotFoundError, SettingsError
from engine.model import Language
from engine.ports import Envelope
from engine.wording import dates
from notifiers import cleaning, message
from notifiers.answers import Answers, as_answers

_SUBJECT: Final = "Emne: "
_LONGEST_SUBJECT: Final = 160
_LONGEST_TITLE: Final = 90
_NO_NAME: Final[Mapping[Language, str]] = {
    "nb": "«uten navn»",
    "nn": "«utan namn»",
    "en": "«no name yet»",
}
_NUMBERS: Final[Mapping[Language, tuple[str, ...]]] = {
    "nb": tuple("null ett to tre fire fem seks sju åtte ni ti elleve tolv".split()),
    "nn": tuple("null eitt to tre fire fem seks sju åtte ni ti elleve tolv".split()),
    "en": tuple("zero one two three four five six seven eight nine ten eleven twelve".split()),
}

_THE_ANSWER: Final[Mapping[Language, str]] = {"nb": "Svaret", "nn": "Svaret", "en": "The answer"}
_WORD_FIRST: Final = re.compile(r"^([A-ZÆØÅ][A-ZÆØÅ ]+):")
_FAULTS: Final = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a faulty template raises while it is rendered."""


_OF_RENDERING: Final = frozenset(
    ("language", "number", "role", "title", "course", "open_licence", "word", "words", "choices")
)
"""What every text can use though no letter brings it: rendering itself adds it."""


@dataclass(frozen=True, slots=True)
class _Parts:
    subject: jinja2.Template
    body: jinja2.Template


@dataclass(frozen=True, slots=True)
class _Written:
    body: str
    way_out: str | None
    """The template's own last sentence; None where the frame's stands."""
    appendix: str


class TemplateLetters:
    """Renders letters from Jinja2 templates; fulfils `engine.ports.Letters`.

    A template's first line is `Emne: …`, then an empty line, then the text. It may set `way_out`
    (in place of the frame's last sentence) and `appendix` (what stands below the greeting).
    """

    def __init__(
        self, *, sender: str, reply_to: str, site_mark: str, templates: Sequence[Path] = ()
    ) -> None:
        self._sender = message.sender(sender=sender, reply_to=reply_to, site_mark=site_mark)
        self._own = jinja2.FileSystemLoader([str(folder) for folder in templates])
        self._loader = jinja2.ChoiceLoader(
            [self._own, jinja2.PackageLoader("notifiers", "templates")]
        )
        self._environment = _environment(self._loader)
        self._compiled: dict[tuple[Language, str], _Parts] = {}

    def subject(self, envelope: Envelope) -> str:
        """Return the subject line, token included: `… [KD-2026-0001.7K2Q9M4D]`.

        Raises NotFoundError for an unknown template, SettingsError for a faulty one.
        """
        context = _context(envelope, envelope.variables)
        template = self._parts(envelope.language, envelope.template).subject
        text = cleaning.line(_rendered(template, context, envelope.template), _LONGEST_SUBJECT)
        mark = ".".join(part for part in (envelope.number, envelope.token) if part)
        return f"{text} [{mark}]" if mark else text

    def text(self, envelope: Envelope) -> str:
        """Return the letter's text, folded letters and appendices included, with LF line ends.

        Raises NotFoundError for an unknown template, SettingsError for a faulty one.
        """
        context = _context(envelope, envelope.variables)
        letter = self._written(envelope.language, envelope.template, context)
        folded = [
            self._written(envelope.language, also["template"], _folded(envelope, also))
            for also in context.get("also", ())
        ]
        frame = self._environment.get_template(f"{envelope.language}/_frame.txt")
        appendices = dict.fromkeys(one.appendix for one in (letter, *folded) if one.appendix)
        filled = {
            **context,
            "body": letter.body,
            "folded": [one.body for one in folded if one.body],
            "own_way_out": letter.way_out,
            "appendices": list(appendices),
        }
        return _tidy(_rendered(frame, filled, "_frame")) + "\n"

    def render(self, envelope: Envelope) -> bytes:
        """Return the exact bytes of the message, headers and all, with CRLF line ends (RFC 5322).

        Raises as `text`, and DeliveryFailedError when the receiver's address is none.
        """
        return message.write(envelope, self.subject(envelope), self.text(envelope), self._sender)

    def templates(self, language: Language) -> frozenset[str]:
        """Return the names of the letters that exist in `language`, a site's own included."""
        names = self._environment.list_templates(extensions=["txt"])
        found = (
            name.partition("/")[2].removesuffix(".txt")
            for name in names
            if name.startswith(f"{language}/")
        )
        return frozenset(name for name in found if not name.startswith("_") and "/" not in name)

    def uses(self, language: Language, template: str) -> frozenset[str]:
        """Return the variables that a site's own text needs to be given, a kept one as `kept.NAME`.

        None for the program's own texts, which its tests prove. Raises SettingsError for a faulty
        one.
        """
        try:
            source, _, _ = self._own.get_source(self._environment, f"{language}/{template}.txt")
        except jinja2.TemplateNotFound:
            return frozenset()
        self._parts(language, template)
        tree = self._environment.parse(source)
        kept = {
            f"kept.{found.attr}"
            for found in tree.find_all(jinja2.nodes.Getattr)
            if isinstance(found.node, jinja2.nodes.Name) and found.node.name == "kept"
        }
        # What is set in one branch counts as undeclared in the others.
        own = {found.name for found in tree.find_all(jinja2.nodes.Name) if found.ctx == "store"}
        needed = jinja2.meta.find_undeclared_variables(tree) - own - _OF_RENDERING
        return frozenset(needed | kept)

    def _written(self, language: Language, name: str, context: Mapping[str, Any]) -> _Written:
        try:
            module = self._parts(language, name).body.make_module(dict(context))
        except _FAULTS as error:
            raise SettingsError(f"template {language}/{name}.txt: {error}") from error
        way_out = getattr(module, "way_out", None)
        return _Written(
            body=_tidy(str(module)),
            way_out=None if way_out is None else _tidy(str(way_out)),
            appendix=_tidy(str(getattr(module, "appendix", ""))),
        )

    def _parts(self, language: Language, name: str) -> _Parts:
        if (language, name) not in self._compiled:
            self._compiled[language, name] = self._compile(language, name)
        return self._compiled[language, name]

    def _compile(self, language: Language, name: str) -> _Parts:
        if name not in self.templates(language):
            raise NotFoundError(f"there is no letter {name!r} in {language}")
        file = f"{language}/{name}.txt"
        source, _, _ = self._loader.get_source(self._environment, file)
        first, _, body = source.partition("\n")
        if not first.startswith(_SUBJECT):
            raise SettingsError(f"template {file}: the first line must begin with {_SUBJECT!r}")
        try:
            return _Parts(
                self._environment.from_string(first.removeprefix(_SUBJECT)),
                # The body keeps its place in the file, so that an error names the right line.
                self._environment.from_string("\n" + body),
            )
        except jinja2.TemplateSyntaxError as error:
            raise SettingsError(f"template {file}, line {error.lineno}: {error}") from error


def _environment(loader: jinja2.BaseLoader) -> ImmutableSandboxedEnvironment:
    # Plain text is not escaped: «Ås & Oslo» would arrive as «Ås &amp; Oslo».
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["day"] = _day
    environment.filters["quoted"] = quoted
    environment.filters["compact"] = compact
    environment.filters["spelled"] = _spelled
    return environment


def _context(envelope: Envelope, variables: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = cleaning.value(variables)
    answers = Answers(as_answers(values.get("answers")), envelope.language)
    name, short_name = values.get("course_name", ""), values.get("short_name", "")
    title = f"«{name}»" if name else _NO_NAME[envelope.language]
    return {
        **values,
        "language": envelope.language,
        "number": envelope.number,
        "role": envelope.role,
        "title": f"«{cleaning.line(name, _LONGEST_TITLE)}»" if name else title,
        "course": f"{title} ({short_name})" if short_name else title,
        "open_licence": is_creative_commons(values.get("licence", "")),
        "done": [_spoken(one, envelope.language) for one in values.get("done", ())],
        "not_done": [_spoken(one, envelope.language) for one in values.get("not_done", ())],
        "word": answers.word,
        "words": answers.words,
        "choices": answers.choices,
    }


def _folded(envelope: Envelope, also: Mapping[str, Any]) -> dict[str, Any]:
    return _context(envelope, {**envelope.variables, **also["variables"]})


def _spoken(sentence: str, language: Language) -> str:
    # «GODTATT: utført.» at the start of a line would itself read as a command when it is sent back.
    return _WORD_FIRST.sub(rf"{_THE_ANSWER[language]} «\1»:", sentence)


def _rendered(template: jinja2.Template, context: Mapping[str, Any], name: str) -> str:
    try:
        return template.render(context)
    except _FAULTS as error:
        raise SettingsError(f"template {name}: {error}") from error


def _tidy(text: str) -> str:
    """At most one empty line in a row, and no blanks at the end of a line."""
    kept: list[str] = []
    for line in (one.rstrip() for one in text.strip().split("\n")):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept)


@jinja2.pass_context
def _day(context: jinja2.runtime.Context, value: str) -> str:
    return dates.day(date.fromisoformat(value), context["language"]) if value else ""


@jinja2.pass_context
def _spelled(context: jinja2.runtime.Context, value: int) -> str:
    numbers = _NUMBERS[context["language"]]
    return numbers[value] if 0 <= value < len(numbers) else str(value)


def quoted(text: str) -> str:
    """Return `text` with `> ` before each line, as mail quotes another's words."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def compact(text: str) -> str:
    """Return `text` without empty lines: in a quoted form, an empty line ends a value."""
    return "\n".join(line for line in text.split("\n") if line.strip())
