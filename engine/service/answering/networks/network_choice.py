"""Which network and year a mail is about, and what stands in the form that came with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.domain.networks.deliveries import emptiness
from engine.domain.networks.network_form import from_head, names_in, read, sections, written
from engine.domain.networks.network_report import Contents, Kind
from engine.intake.files.documents import text_of
from engine.intake.reading import Attachment
from engine.model import Request
from engine.plan.yearly import OWING, TAKES, YEAR
from engine.plan.yearly_letters import KINDS
from engine.service.mail.verdict import Incoming
from engine.store.cases.yearly import NETWORKS
from engine.store.contacts import networks
from engine.store.mail_out.letters import LetterRow

_KIND_WORDS: Final = {
    "report": re.compile(r"\b(?:års)?rapport(?:en|ar|er|ane|ene)?\b|\breports?\b"),
    "plan": re.compile(r"\b(?:handlings)?plan(?:en|ar|er|ane|ene)?\b|\bplans\b"),
}
_QUOTED: Final = re.compile(r"^(?:\s?>)+\s?", re.MULTILINE)


class Text(Struct, frozen=True):
    """One piece of a mail that a form may stand in."""

    text: str
    is_document: bool
    """Whether it is an attached document, and no words in the mail."""
    is_quoted: bool = False
    """Whether it stands in what the mail quotes, which is ours until somebody fills it in."""


def texts_of(incoming: Incoming) -> Iterator[Text]:
    """Where a form may stand: attached documents, the writer's own words, our quoted forms.

    Forms for several networks that stand below each other are told apart.
    """
    reading = incoming.reading
    for attachment in reading.attachments:
        yield from _forms(_text(attachment) or "", is_document=True)
    yield from _forms(reading.own_text)
    yield from _forms(_QUOTED.sub("", reading.quoted), is_quoted=True)


def without_our_forms(incoming: Incoming, letter: LetterRow | None) -> Incoming:
    """The mail without the quoted forms that stand as our letter held them: nobody filled them in
    (INTERFACE §5.2), however much was known already when they went out.
    """
    entries = letter.variables.get("extra", {}).get(NETWORKS, ()) if letter else ()
    held = {_plainly("\n".join(": ".join(row) for row in each.get("form", ()))) for each in entries}
    parts = map(from_head, sections(_QUOTED.sub("", incoming.reading.quoted)))
    quoted = "\n".join(part for part in parts if _plainly(part) not in held)
    return replace(incoming, reading=replace(incoming.reading, quoted=quoted))


def _plainly(form: str) -> str:
    """What a form says, in the same words however its lines are broken."""
    said = read(form, "report")
    if said is None:
        return ""
    as_read = written(said.kind, said.network, said.year or 0, said.measures, "nb", said=said)
    return " ".join(as_read.split())


def _forms(text: str, *, is_document: bool = False, is_quoted: bool = False) -> Iterator[Text]:
    for part in sections(text):
        if part.strip():
            yield Text(part, is_document=is_document, is_quoted=is_quoted)


def heads_of(incoming: Incoming) -> tuple[Contents, ...]:
    """What the forms that came in name as network, kind and year: the filled ones, else the first
    that is no quoted one of ours.
    """
    found = [
        (text, head) for text in texts_of(incoming) if (head := names_in(text.text)) is not None
    ]
    filled = [head for text, head in found if _is_filled(text, head.kind)]
    if filled:
        once = {(head.network, head.kind, head.year): head for head in filled}
        return tuple(once.values())
    return tuple(head for text, head in found if not text.is_quoted)[:1]


def parts_of(incoming: Incoming) -> tuple[tuple[Incoming, Contents | None], ...]:
    """The mail as one part for each filled-in form in it, with the head of the form, and for each
    document whose file's name alone tells its network; none where it brings one thing only.
    """
    parts: dict[tuple[str, str, int | None], tuple[Incoming, Contents | None]] = {}
    for text in texts_of(incoming):
        head = names_in(text.text)
        if head is not None and _is_filled(text, head.kind):
            parts.setdefault(
                (folded(head.network), head.kind, head.year), (_part(incoming, text.text), head)
            )
    for attachment in incoming.reading.attachments:
        said = _text(attachment)
        headless = said is not None and names_in(said) is None
        if said is None or (headless and _is_filled(Text(said, is_document=True), "report")):
            parts[attachment.name, "", None] = (_part(incoming, "", attachment), None)
    found = list(parts.values()) if len(parts) > 1 else []
    return tuple(
        (replace(part, part=str(place)), head) for place, (part, head) in enumerate(found, start=1)
    )


def _part(incoming: Incoming, text: str, *attachments: Attachment) -> Incoming:
    reading = replace(
        incoming.reading, subject="", own_text=text, quoted="", attachments=attachments
    )
    return replace(incoming, reading=reading)


def _text(attachment: Attachment) -> str | None:
    return text_of(attachment.name, attachment.type, attachment.content)


def _is_filled(text: Text, kind: Kind) -> bool:
    contents = read(text.text, kind)
    return contents is not None and not emptiness(contents)


def chosen_of(
    incoming: Incoming,
    requests: Sequence[Request],
    head: Contents | None,
    number: str,
    letter: LetterRow | None,
) -> list[Request]:
    """The requests that the mail can be about: one, where that is clear."""
    found = list(requests)
    if head is not None:
        found = _by_head(incoming, found, head)
    elif _is_inactive(incoming):
        found = [r for r in found if KINDS[r.workflow] == "report" and r.state in OWING] or found
    # What a reply names itself goes before the letter that it happens to answer.
    named = _named(incoming, [r for r in found if r.state in TAKES], of_its_own=bool(number))
    if number and head is None and not named:
        listed = listed_in(letter) or {number}
        found = [request for request in found if request.number in listed] or found
    taking = [request for request in found if request.state in TAKES]
    of_kind = _of_the_kind(incoming, taking, of_its_own=bool(number))
    for narrower in (named, of_kind, [r for r in taking if r.state in OWING]):
        both = [request for request in taking if request in narrower]
        taking = both if len(taking) > 1 and both else taking
    return taking or (found if len(found) == 1 else [])


def contents_alone(incoming: Incoming) -> Contents | None:
    """What the mail's words say as a report, where they are one without any form."""
    found = ((text, read(text.text, "report")) for text in texts_of(incoming))
    return next((c for t, c in found if c and not (t.is_quoted and emptiness(c))), None)


def _is_inactive(incoming: Incoming) -> bool:
    """Whether the writer's own words are a report of no activity."""
    said = read(incoming.reading.own_text, "report")
    return said is not None and said.no_activity


def _by_head(incoming: Incoming, found: list[Request], head: Contents) -> list[Request]:
    if head.network:
        named = [r for r in found if folded(name_of(incoming, r)) == folded(head.network)]
        found = named or found
    of_kind = [request for request in found if KINDS[request.workflow] == head.kind]
    of_year = [request for request in of_kind if request.kept[YEAR] == head.year]
    if of_year or head.year is None:
        return of_year or of_kind
    # A form for a year that nobody waits for is refused where it would have belonged.
    return [r for r in of_kind if r.state in OWING][-1:] or of_kind[-1:]


def listed_in(letter: LetterRow | None) -> set[str]:
    """The requests that the answered letter was about."""
    entries = letter.variables.get("extra", {}).get(NETWORKS, ()) if letter else ()
    return {str(each["number"]) for each in entries if each["number"]}


def named_by_file(incoming: Incoming, requests: Sequence[Request]) -> list[Request]:
    """Those that something is waited for from, and that the mail's documents are named after."""
    return _named(incoming, [r for r in requests if r.state in OWING], of_its_own=False)


def _named(incoming: Incoming, found: Sequence[Request], *, of_its_own: bool) -> list[Request]:
    """Those whose network the mail names in its words, a file's name or a subject of its own."""
    said = _said(incoming, of_its_own=of_its_own)
    names = {str(request.owner): folded(name_of(incoming, request)) for request in found}
    whole = [request for request in found if names[str(request.owner)] in said]
    if whole:
        return whole
    # «Rapport demens.pdf» is about «Fagleg nettverk for demens», where no other of them is.
    own = {
        owner: set(name.split()).difference(*(o.split() for k, o in names.items() if k != owner))
        for owner, name in names.items()
    }
    heard = set(said.split())
    partly = [request for request in found if own[str(request.owner)] & heard]
    several = len(names) > 1 and len({request.owner for request in partly}) == 1
    return partly if several else []


def _of_the_kind(
    incoming: Incoming, found: Sequence[Request], *, of_its_own: bool
) -> list[Request]:
    """Those of the one kind that the mail speaks of: «Årsrapport 2026», «handlingsplan.pdf»."""
    said = _said(incoming, of_its_own=of_its_own)
    kinds = [kind for kind, words in _KIND_WORDS.items() if words.search(said)]
    return [request for request in found if [KINDS[request.workflow]] == kinds]


def _said(incoming: Incoming, *, of_its_own: bool) -> str:
    """The mail's words, its files' names, and a subject of its own, as names are compared."""
    reading = incoming.reading
    subject = "" if of_its_own else reading.subject
    files = " ".join(attachment.name for attachment in reading.attachments)
    return folded(f"{subject} {reading.own_text} {files}".replace("_", " "))


def request_named(incoming: Incoming, requests: Sequence[Request]) -> Request | None:
    """The one of `requests` that the form in the mail is about: by the network, the kind and the
    year in its head, or the only one; None where that is not certain.
    """
    head = next(iter(heads_of(incoming)), None)
    if head is None or not (head.network or head.year):
        return requests[0] if len(requests) == 1 else None
    fitting = [request for request in requests if _fits(incoming, request, head)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(incoming: Incoming, request: Request, head: Contents) -> bool:
    named = not head.network or folded(head.network) == folded(name_of(incoming, request))
    return (
        named
        and (head.year in (None, request.kept[YEAR]))
        and (head.year is None or head.kind == KINDS[request.workflow])
    )


def name_of(incoming: Incoming, request: Request) -> str:
    """What the request's network is called."""
    return networks.network(incoming.tx, str(request.owner)).name


def folded(text: str) -> str:
    """A name as it is compared: in small letters, without marks."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def contents_of(incoming: Incoming, request: Request) -> Contents | None:
    """What stands in the form that came; an empty form only where nothing else came along."""
    kind, name = KINDS[request.workflow], name_of(incoming, request)
    texts = list(texts_of(incoming))
    forms = [(text, said) for text in texts if (said := read(text.text, kind)) is not None]
    ours = [
        (text, said)
        for text, said in forms
        if not said.network or folded(said.network) == folded(name)
    ]
    forms = ours or forms
    filled = [said for _, said in forms if not emptiness(said)]
    if filled:
        return filled[0]
    others = len(incoming.reading.attachments) > sum(text.is_document for text, _ in forms)
    # A document with a heading like a line of the form is none, and for FOUSAM to read.
    own = [s for t, s in forms if not (t.is_quoted or (t.is_document and names_in(t.text) is None))]
    return None if others or not own else own[0]
