"""The tricks of those who would move a request that is not theirs, each a change to a true mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.integration.office import OURS, OWNER, PLATFORM, SERVER

EVIL = "evil@evil.example"
GONE = "sluttet@ks.example"
"""Was with KS Læring until last year."""
OTHER_TRUST = "elaering@ahus.example"
SECRETS = ("Fallforebygging", "SI-FALL1", "Testperson Alfa")
"""What only those may read who have to do with the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mail about to be sent, and what the site's own server will truly say of its sender."""

    senders: tuple[str, ...] = (f"<{PLATFORM}>",)
    truth: str = "dmarc=pass header.from=ks.example"
    subject: str
    references: str = ""
    headers: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    """Headers that came with the mail, below what the server put on top."""
    message_id: str = ""
    words: str = "GODTATT"
    body: str = "{words}"
    type: str = "text/plain; charset=utf-8"

    def raw(self, number: int) -> bytes:
        """The message as it comes to the site."""
        lines = [
            f"Authentication-Results: {SERVER}; {self.truth}",
            "Received: from somewhere by mx.kursdeling.example; Mon, 7 Sep 2026 08:00:00 +0000",
            *self.below,
            *(f"From: {sender}" for sender in self.senders),
            f"To: <{OURS}>",
            f"Subject: {self.subject}",
            f"Message-ID: {self.message_id or f'<forged{number}@evil.example>'}",
            "Date: Mon, 07 Sep 2026 08:00:00 +0000",
            *([f"In-Reply-To: {self.references}"] if self.references else []),
            *self.headers,
            f"Content-Type: {self.type}",
        ]
        text = self.body.replace("{words}", self.words)
        return ("\r\n".join(lines) + "\r\n\r\n" + text + "\r\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the attacker has laid hands on."""

    replayed: str
    """The Message-ID of a true mail that has been taken in."""
    owners_letter: str
    owners_subject: str


Trick = Callable[[Draft, Known], Draft]


def _from(sender: str, truth: str = "dmarc=pass header.from=evil.example") -> Trick:
    return lambda draft, _: replace(draft, senders=(sender,), truth=truth)


def _unproved(draft: Draft) -> Draft:
    """Sent by somebody else in the true sender's name: the server cannot vouch for it."""
    passes = draft.truth.startswith("dmarc=pass header.from=ks")
    return replace(draft, truth="dmarc=fail header.from=ks.example") if passes else draft


def _two_from(draft: Draft, _: Known) -> Draft:
    truth = "dmarc=pass header.from=evil.example"
    return replace(draft, senders=(f"<{EVIL}>", *draft.senders), truth=truth)


def _two_from_turned(draft: Draft, _: Known) -> Draft:
    truth = "dmarc=pass header.from=evil.example"
    return replace(draft, senders=(*draft.senders, f"<{EVIL}>"), truth=truth)


def _reply_to(draft: Draft, _: Known) -> Draft:
    asked = (f"Reply-To: <{PLATFORM}>", f"Sender: <{PLATFORM}>", f"Return-Path: <{PLATFORM}>")
    truth = "dmarc=pass header.from=evil.example"
    return replace(draft, senders=(f"<{EVIL}>",), truth=truth, headers=(*draft.headers, *asked))


def _forged_results(draft: Draft, _: Known) -> Draft:
    results = f"Authentication-Results: {SERVER}; dmarc=pass header.from=ks.example"
    without = replace(_unproved(draft), references="", subject="SV: Ny sak")
    return replace(without, below=(*draft.below, results), subject=_bare(draft.subject))


def _forged_inside_mark(draft: Draft, _: Known) -> Draft:
    marks = ("X-MS-Exchange-Organization-AuthAs: Internal", "X-MS-Exchange-Organization-SCL: -1")
    without = replace(_unproved(draft), references="", subject=_bare(draft.subject))
    return replace(without, below=(*draft.below, *marks))


def _replayed(draft: Draft, known: Known) -> Draft:
    return replace(draft, message_id=known.replayed, words="MOTTATT")


def _anothers_letter(draft: Draft, known: Known) -> Draft:
    return replace(_unproved(draft), references=known.owners_letter, subject=known.owners_subject)


def _guessed_token(draft: Draft, _: Known) -> Draft:
    guessed = _bare(draft.subject) + ".00000000]"
    return replace(_unproved(draft), references="<kd.1.aaaaaaaa@kursdeling.example>",
                   subject=guessed.replace("SV: ", "SV: ["))  # fmt: skip


def _bare(subject: str) -> str:
    """The number alone, which anybody may have heard."""
    return "SV: " + subject.partition("[")[2].partition(".")[0]


def _quoted(draft: Draft, _: Known) -> Draft:
    return replace(
        draft,
        words="Se under.",
        body=f"{draft.body}\r\n\r\nDen 18.11.2026 10:15, skrev KS:\r\n> GODTATT\r\n> TREKK\r\n",
    )


def _below_headers(draft: Draft, _: Known) -> Draft:
    told = "Fra: KS\r\nSendt: 7. september 2026\r\nTil: oss\r\nEmne: Ny sak\r\n\r\nGODTATT"
    return replace(draft, words="Til orientering.", body=f"{draft.body}\r\n\r\n{told}")


def _hidden(style: str) -> Trick:
    def hide(draft: Draft, _: Known) -> Draft:
        html = draft.body if draft.type.startswith("text/html") else f"<div>{draft.body}</div>"
        body = f"{html}<style>.x{{display:none}}</style><p {style}>GODTATT</p>"
        return replace(draft, words="Takk for sist.", body=body, type="text/html; charset=utf-8")

    return hide


def _attached(draft: Draft, _: Known) -> Draft:
    if draft.type.startswith("multipart/"):
        return draft
    body = (
        f"--b\r\nContent-Type: {draft.type}\r\n\r\n{draft.body}\r\n"
        "--b\r\nContent-Type: text/plain; name=svar.txt\r\n"
        "Content-Disposition: attachment\r\n\r\nGODTATT\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"From: <{PLATFORM}>\r\nSubject: SV\r\n\r\nGODTATT\r\n--b--"
    )
    return replace(draft, words="Se vedlegg.", body=body, type="multipart/mixed; boundary=b")


def _automatic(draft: Draft, _: Known) -> Draft:
    return replace(draft, headers=(*draft.headers, "Auto-Submitted: auto-replied"))


def _automatic_by_subject(draft: Draft, _: Known) -> Draft:
    return replace(draft, subject=f"Automatisk svar: {draft.subject.removeprefix('SV: ')}")


def _returned(draft: Draft, _: Known) -> Draft:
    return replace(draft, headers=(*draft.headers, "X-Failed-Recipients: a@b.example"))


TRICKS: dict[str, Trick] = {
    "a name like an address": _from(f"{PLATFORM} <{EVIL}>"),
    "a quoted name like an address": _from(f'"{PLATFORM}" <{EVIL}>'),
    "a comment like an address": _from(f"<{EVIL}> (<{PLATFORM}>)"),
    "two From headers": _two_from,
    "two From headers, turned": _two_from_turned,
    "two addresses in From": _from(f"<{PLATFORM}>, <{EVIL}>"),
    "a group in From": _from(f"KS: <{PLATFORM}>, <{EVIL}>;"),
    "a Cyrillic letter in the name": _from("<ksl\u0430ring@ks.example>", "dmarc=none"),
    "a Cyrillic letter in the domain": _from(
        "<kslaring@ks.ex\u0430mple>", "dmarc=pass header.from=ks.xn--exmple-4nf"
    ),
    "a fullwidth letter": _from("<kslaring@ｋs.example>", "dmarc=pass header.from=ks.example"),
    "a dotted domain": _from(
        "<kslaring@ks.example.evil.example>", "dmarc=pass header.from=ks.example.evil.example"
    ),
    "a plus in the name": _from("<kslaring+x@ks.example>", "dmarc=fail header.from=ks.example"),
    "an encoded name": _from(f"=?utf-8?q?{PLATFORM.replace('@', '=40')}?= <{EVIL}>"),
    "Reply-To and Sender": _reply_to,
    "results below the real ones": _forged_results,
    "the mark of inside mail": _forged_inside_mark,
    "a contact whose time is over": _from(f"<{GONE}>", "dmarc=pass header.from=ks.example"),
    "the right duty at another trust": _from(
        f"<{OTHER_TRUST}>", "dmarc=pass header.from=ahus.example"
    ),
    "the owner, who may not accept": _from(f"<{OWNER}>", "dmarc=pass header.from=si.example"),
    "a true mail once more": _replayed,
    "another receiver's token": _anothers_letter,
    "a guessed token": _guessed_token,
    "a command in the quote": _quoted,
    "a command below headers": _below_headers,
    "hidden by its style": _hidden('style="display:none"'),
    "hidden by a class": _hidden('class="x"'),
    "white on white": _hidden('style="color:#fff"'),
    "too small to see": _hidden('style="font-size:0"'),
    "off the screen": _hidden('style="position:absolute;left:-9999px"'),
    "a command in an attachment": _attached,
    "an automatic answer": _automatic,
    "an automatic subject": _automatic_by_subject,
    "a bounce": _returned,
}  # fmt: skip
VARIANTS = frozenset(
    {
        "a comment like an address",
        "two From headers, turned",
        "a group in From",
        "a fullwidth letter",
        "a dotted domain",
        "a plus in the name",
        "an encoded name",
        "a command below headers",
        "hidden by a class",
        "white on white",
        "too small to see",
        "off the screen",
        "an automatic subject",
    }
)
"""Tricks much like another: each is tried by itself."""
