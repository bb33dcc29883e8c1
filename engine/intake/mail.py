"""One message as it came, read whole: the way into intake. Pure, never raises, never hangs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from engine.intake import address, body, form, headers, mime, proof, subject, wrappers
from engine.intake.automatic import bounce, kind
from engine.intake.budget import Budget, SpentError
from engine.intake.files import docx
from engine.intake.headers import HEADER_BYTES, Headers
from engine.intake.mime import Part
from engine.intake.quoting import ownwords, quotes
from engine.intake.quoting.answered import Answered
from engine.intake.reading import Attachment, Bounce, IntakeRules, Reading

HEAD_BYTES = 256_000
"""How much of an oversize message is looked at, to say who sent it."""
MAX_DOCUMENTS = 2
"""How many attached Word documents are looked through for a form."""
_TELLING = (
    "from",
    "date",
    "subject",
    "message-id",
    "to",
    "received",
    "return-path",
    "mime-version",
    "content-type",
)


def read(raw: bytes, rules: IntakeRules) -> Reading:
    """Return what `raw` says, as a Reading; a message that cannot be read is `unreadable`."""
    try:
        if len(raw) > rules.max_bytes:
            return _oversize(raw, rules)
        return _read(raw, rules)
    except SpentError:
        return _unreadable(raw, rules, "too_much_work")
    except Exception as fault:  # noqa: BLE001 - whatever a stranger sends, the next mail must be read
        return _unreadable(raw, rules, f"unreadable:{type(fault).__name__}")


def _unreadable(raw: bytes, rules: IntakeRules, note: str) -> Reading:
    """Of what cannot be read whole, the header fields may still say who wrote and about what."""
    try:
        found, _ = headers.split(mime.with_plain_line_ends(raw[:HEAD_BYTES]))
        return replace(_head(found, rules), kind="unreadable", notes=(note,))
    except Exception:  # noqa: BLE001 - nothing at all can be read of it
        return Reading(kind="unreadable", notes=(note,))


def _read(raw: bytes, rules: IntakeRules) -> Reading:
    budget = Budget()
    root, notes = mime.tree(raw, budget)
    if not any(root.headers.has(name) for name in _TELLING):
        nothing = body.digest(root, "", "", "")
        return Reading(kind="unreadable", notes=("no_headers",), digest=nothing)
    said = body.gather(root)
    whole = bool(root.children) or not root.type.startswith("multipart/")
    budget.spend_on_text(said.text)
    words = ownwords.split(
        wrappers.readable(said.text) if whole else "", Answered(names=rules.own_addresses)
    )
    head = _head(root.headers, rules)
    seen = mime.Evidence(
        headers=root.headers,
        parts=tuple(root.walk()),
        sender=head.sender,
        subject=head.subject,
        text=ownwords.without_banner(said.text),
        raw=raw,
        answers=bool(head.references or head.tokens),
    )
    found = kind.of(seen, rules)
    written = form.fields(words.own, rules.words)
    attached = _attached(said.attachments, written, rules, budget) if found == "person" else {}
    returned = _returned(root, said.text, raw, rules) if found == "bounce" else None
    voted = ("voted",) if not words.own.strip() and subject.is_vote(head.subject) else ()
    return Reading(
        kind=found,
        message_id=head.message_id,
        date=head.date,
        sender=head.sender,
        sender_doubt=head.sender_doubt,
        sender_name=head.sender_name,
        recipients=head.recipients,
        copies=head.copies,
        subject=head.subject,
        references=head.references,
        tokens=head.tokens,
        numbers=head.numbers,
        aligned=head.aligned,
        refuted=head.refuted,
        text=said.text,
        own_text=words.own,
        quoted=words.quoted,
        fields={**attached, **written},
        attached_fields=attached,
        quoted_fields=form.quoted_fields(quotes.unmarked(words.quoted)),
        attachments=said.attachments,
        digest=_digest(root),
        automatic_reply=found == "automatic" and kind.answers_by_itself(seen),
        bounced_message_id=returned.original_message_id if returned is not None else "",
        bounce=returned,
        notes=(*notes, *head.notes, *said.notes, *voted),
        steps_left=budget.left,
    )


def against(
    reading: Reading, letter: str, subject: str, rules: IntakeRules, points: int = 0
) -> Reading:
    """Return `reading` with the sender's own words and the quote told apart by the letter that
    is answered, given by its text and subject, and by how many numbered points it has that may be
    answered one by one (INTERFACE §5.2, §5.3).

    Inside the quote only rows of that letter's form count, where they say something else. What the
    comparison costs is taken off the message's own budget; where it runs out, the message is
    `unreadable`.
    """
    try:
        return _against(reading, letter, subject, rules, points)
    except SpentError:
        nothing: dict[str, str] = {}
        return replace(
            reading,
            kind="unreadable",
            own_text="",
            quoted="",
            fields=nothing,
            attached_fields=nothing,
            quoted_fields=nothing,
            notes=(*reading.notes, "too_much_work"),
        )


def _against(
    reading: Reading, letter: str, subject: str, rules: IntakeRules, points: int
) -> Reading:
    budget = Budget(reading.steps_left)
    budget.spend_on_text(reading.text)
    ours = Answered(letter, subject, rules.own_addresses, budget, points)
    words = ownwords.split(wrappers.readable(reading.text), ours)
    written = form.fields(words.own, rules.words)
    attached = {k: v for k, v in reading.attached_fields.items() if k not in written}
    return replace(
        reading,
        own_text=words.own,
        quoted=words.quoted,
        fields={**attached, **written},
        attached_fields=attached,
        quoted_fields=form.filled_in(words.quoted, ours),
        steps_left=budget.left,
    )


def by_number(reading: Reading, asked: Sequence[str], rules: IntakeRules) -> Reading:
    """Return `reading` with each answer to a numbered fault («1) …», «2: …») as a row of the field
    that stands at its place in `asked` (INTERFACE §5.2).
    """
    own = form.by_number(reading.own_text, asked)
    if own == reading.own_text:
        return reading
    return replace(
        reading, own_text=own, fields={**reading.attached_fields, **form.fields(own, rules.words)}
    )


def _returned(root: Part, text: str, raw: bytes, rules: IntakeRules) -> Bounce:
    return bounce.read(root, text, raw, rules.own_addresses)


def _attached(
    attachments: tuple[Attachment, ...],
    written: Mapping[str, str],
    rules: IntakeRules,
    budget: Budget,
) -> dict[str, str]:
    """What the first attached form says of the points that the text does not speak of."""
    documents = [each for each in attachments if each.type == docx.WORD][:MAX_DOCUMENTS]
    for document in documents:
        found = form.fields(docx.text(document.content, budget), rules.words)
        if found:
            return {name: text for name, text in found.items() if name not in written}
    return {}


def _head(found: Headers, rules: IntakeRules) -> Reading:
    """What the header fields alone say, as a Reading without text."""
    writer = address.sender(found)
    title = subject.without_tags(found.text("subject"))
    vouching = proof.vouching(found, writer.domain, rules)
    ids = [i for value in found.all("message-id") for i in headers.message_ids(value)]
    return Reading(
        kind="person",
        message_id=ids[0] if ids else "",
        date=headers.date(found),
        sender=writer.address,
        sender_doubt=writer.doubt,
        sender_name=writer.name,
        recipients=address.recipients(found),
        copies=address.copies(found),
        subject=title,
        references=headers.references(found),
        tokens=subject.tokens(title),
        numbers=subject.numbers(title),
        aligned=vouching.aligned,
        refuted=vouching.refuted,
        notes=tuple(
            f"header_cut:{name}"
            for name in ("subject", "from", "authentication-results")
            if any(len(value) > HEADER_BYTES for value in found.all(name)[:1])
        ),
    )


def _oversize(raw: bytes, rules: IntakeRules) -> Reading:
    """Too large to take in: only the headers at its start are read, and nothing is believed."""
    root, _ = mime.tree(raw[:HEAD_BYTES])
    head = _head(root.headers, rules)
    return Reading(
        kind="oversize",
        message_id=head.message_id,
        date=head.date,
        sender=head.sender,
        sender_doubt=head.sender_doubt,
        sender_name=head.sender_name,
        recipients=head.recipients,
        subject=head.subject,
        references=head.references,
        tokens=head.tokens,
        numbers=head.numbers,
        digest=_digest(root),
        notes=(f"oversize:{len(raw)}",),
    )


def _digest(root: Part) -> str:
    return body.digest(
        root, root.headers.text("from"), root.headers.text("date"), root.headers.text("subject")
    )
