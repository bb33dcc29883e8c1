"""Letters from templates: `templates/LANGUAGE/NAME.txt`, a site's own folders first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import jinja2
import jinja2.meta
from markupsafe import Markup
from msgspec import Struct

from engine.errors import NotFoundError, SettingsError
from engine.model import Language, Reason
from engine.ports import Draft, Envelope
from notifiers import cleaning, html, invitation, marks, message
from notifiers.answers import Answers, Choice, as_answers
from notifiers.attaching import attachments
from notifiers.bounded import spending
from notifiers.context import OF_RENDERING, context_of, folded_context, subject_context
from notifiers.marks import tidy
from notifiers.templating import language_of

_SUBJECT: Final = "Emne: "
_LONGEST_SUBJECT: Final = 160
_PAGE: Final = "_letter.html"
_FAULTS: Final = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a faulty template raises while it is rendered."""


class _Written(Struct, frozen=True):
    body: str
    way_out: str | None
    """The template's own last sentence; None where the frame's stands."""
    appendix: str
    context: Mapping[str, Any]


class _Letter(Struct, frozen=True):
    """A whole letter as marked text, with the letters that are in it."""

    heading: str
    """The subject without its token."""
    subject: str
    marked: str
    parts: Sequence[_Written]


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
        self._environment = language_of(self._loader)
        self._compiled: dict[tuple[Language, str, bool], jinja2.Template] = {}

    def subject(self, envelope: Envelope) -> str:
        """Return the subject line, token included: `… [KD-2026-0001.7K2Q9M4D]`.

        Raises NotFoundError for an unknown template, SettingsError for a faulty one.
        """
        return _with_token(self._heading(envelope, subject_context(envelope)), envelope)

    def text(self, envelope: Envelope) -> str:
        """Return the letter's text, folded letters and appendices included, with LF line ends.

        Raises NotFoundError for an unknown template, SettingsError for a faulty one.
        """
        return marks.plain(self._letter(envelope).marked) + "\n"

    def html(self, envelope: Envelope) -> str:
        """Return the letter as an HTML page, which says what the text says; raises as `text`."""
        return self._page(envelope, self._letter(envelope))

    def render(self, envelope: Envelope) -> bytes:
        """Return the exact bytes of the message, headers and all, with CRLF line ends (RFC 5322).

        Raises as `text`, and DeliveryFailedError when the receiver's address is none.
        """
        return self.draft(envelope).raw

    def draft(self, envelope: Envelope) -> Draft:
        """Return what is kept of the letter when it leaves; raises as `render`."""
        letter = self._letter(envelope)
        # What a letter about several requests tells of none by itself is in no calendar.
        days = invitation.changes(envelope, marks.days(letter.marked)) if envelope.number else ()
        content = message.Content(
            subject=letter.subject,
            text=marks.plain(letter.marked) + "\n",
            html=self._page(envelope, letter),
            attachments=(
                *attachments(
                    envelope,
                    letter.marked,
                    [(part.appendix, part.context) for part in letter.parts],
                ),
                *invitation.files(
                    envelope,
                    letter.subject,
                    about=letter.parts[0].context["title"],
                    organizer=self._sender.reply_to or self._sender.address,
                    days=days,
                ),
            ),
        )
        raw = message.write(envelope, content, self._sender)
        return Draft(raw=raw, subject=letter.subject, entries=days)

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
        self._subject(language, template)
        self._body(language, template)
        tree = self._environment.parse(source)
        kept = {
            f"kept.{found.attr}"
            for found in tree.find_all(jinja2.nodes.Getattr)
            if isinstance(found.node, jinja2.nodes.Name) and found.node.name == "kept"
        }
        # What is set in one branch counts as undeclared in the others.
        own = {found.name for found in tree.find_all(jinja2.nodes.Name) if found.ctx == "store"}
        needed = jinja2.meta.find_undeclared_variables(tree) - own - OF_RENDERING
        return frozenset(needed | kept)

    def _letter(self, envelope: Envelope) -> _Letter:
        context = context_of(envelope)
        heading = self._heading(envelope, context)
        letter = self._written(envelope.language, envelope.template, context)
        folded = [
            self._written(
                also.get("language", envelope.language),
                also["template"],
                folded_context(envelope, also),
            )
            for also in context.get("also", ())
        ]
        frame = self._environment.get_template(f"{envelope.language}/_frame.txt")
        filled = {
            **context,
            "body": letter.body,
            "folded": [*_news(letter.body, zip(context.get("also", ()), folded, strict=True))],
            "own_way_out": letter.way_out,
            "appendices": _each_once(one.appendix for one in (letter, *folded)),
        }
        marked = tidy(_rendered(frame, filled, "_frame"))
        return _Letter(heading, _with_token(heading, envelope), marked, (letter, *folded))

    def _page(self, envelope: Envelope, letter: _Letter) -> str:
        content = html.content(
            letter.marked,
            html.Answering(
                address=self._sender.reply_to or self._sender.address,
                subject=letter.subject,
                language=envelope.language,
                choices=_choices(envelope, letter),
            ),
        )
        page = {
            "language": envelope.language,
            "subject": letter.subject,
            "heading": letter.heading,
            "content": Markup(content),  # noqa: S704 – `html.Html`: data is escaped in it
        }
        return _rendered(self._environment.get_template(_PAGE), page, _PAGE) + "\n"

    def _heading(self, envelope: Envelope, context: Mapping[str, Any]) -> str:
        template = self._subject(envelope.language, envelope.template)
        text = marks.plain(_rendered(template, context, envelope.template))
        return cleaning.line(text, _LONGEST_SUBJECT)

    def _written(self, language: Language, name: str, context: Mapping[str, Any]) -> _Written:
        try:
            with spending():
                module = self._body(language, name).make_module(dict(context))
                body = tidy(str(module))
        except _FAULTS as error:
            raise _fault(f"{language}/{name}.txt", error) from error
        way_out = getattr(module, "way_out", None)
        return _Written(
            body=body,
            way_out=None if way_out is None else tidy(str(way_out)),
            appendix=tidy(str(getattr(module, "appendix", ""))),
            context=context,
        )

    def _subject(self, language: Language, name: str) -> jinja2.Template:
        return self._part(language, name, body=False)

    def _body(self, language: Language, name: str) -> jinja2.Template:
        return self._part(language, name, body=True)

    def _part(self, language: Language, name: str, *, body: bool) -> jinja2.Template:
        if (language, name, body) not in self._compiled:
            self._compiled[language, name, body] = self._compile(language, name, whole=body)
        return self._compiled[language, name, body]

    def _compile(self, language: Language, name: str, *, whole: bool) -> jinja2.Template:
        if name not in self.templates(language):
            raise NotFoundError(f"there is no letter {name!r} in {language}")
        file = f"{language}/{name}.txt"
        source, _, _ = self._loader.get_source(self._environment, file)
        first, _, body = source.partition("\n")
        if not first.startswith(_SUBJECT):
            raise SettingsError(
                f"template {file}: the first line must begin with {_SUBJECT!r}",
                reason=Reason("template_subject", {"place": file}),
            )
        try:
            # The body keeps its place in the file, so that an error names the right line.
            part = "\n" + body if whole else first.removeprefix(_SUBJECT)
            return self._environment.from_string(part)
        except jinja2.TemplateSyntaxError as error:
            raise _fault(file, error, error.lineno) from error
        except RecursionError as error:
            raise _fault(file, error) from error


def _fault(file: str, error: Exception, line: int | None = None) -> SettingsError:
    """What is wrong with a template, in the words of what reads it."""
    place = file if line is None else f"{file}, line {line}"
    values = {"place": file, "line": line or "", "text": error}
    return SettingsError(f"template {place}: {error}", reason=Reason("template_fault", values))


def _with_token(heading: str, envelope: Envelope) -> str:
    mark = ".".join(part for part in (envelope.number, envelope.token) if part)
    return f"{heading} [{mark}]" if mark else heading


def _news(body: str, folded: Iterable[tuple[Mapping[str, Any], _Written]]) -> Iterator[str]:
    """The folded letters without the paragraphs that stand above them word for word; whole under a
    heading of their own.
    """
    said = set(body.split("\n\n"))
    for also, other in folded:
        if also.get("heading"):
            yield f"{marks.SUBHEADING}{also['heading']}\n\n{other.body}"
            continue
        new = [part for part in other.body.split("\n\n") if part not in said]
        said.update(new)
        if any(new):
            yield "\n\n".join(new)


def _each_once(appendices: Iterable[str]) -> list[str]:
    """The appendices without repeats; of two that read the same, the one to fill in."""
    found: dict[str, str] = {}
    for appendix in appendices:
        read = marks.plain(appendix)
        if read and marks.FORM not in found.get(read, ""):
            found[read] = appendix
    return list(found.values())


def _choices(envelope: Envelope, letter: _Letter) -> tuple[Choice, ...]:
    open_now = [one for part in letter.parts for one in as_answers(part.context.get("answers"))]
    return Answers(open_now, envelope.language).every()


def _rendered(template: jinja2.Template, context: Mapping[str, Any], name: str) -> str:
    try:
        with spending():
            return template.render(context)
    except _FAULTS as error:
        raise _fault(name, error) from error
