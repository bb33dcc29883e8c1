"""What of a mail only Outlook can read is told as such, in the answer to whoever wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.office import OWNER, PLATFORM, Office, new_office

TOLD = {
    "nb": {
        "winmail": "Vedlegget winmail.dat kan vi ikke lese. Send svaret som ren tekst.",
        "voted": "Stemmeknappene i Outlook kan vi ikke lese. Send svaret som ren tekst.",
    },
    "nn": {
        "winmail": "Vedlegget winmail.dat kan vi ikkje lese. Send svaret som rein tekst.",
        "voted": "Røysteknappane i Outlook kan vi ikkje lese. Send svaret som rein tekst.",
    },
    "en": {
        "winmail": "We cannot read the attachment winmail.dat. Send the answer as plain text.",
        "voted": "We cannot read the voting buttons of Outlook. Send the answer as plain text.",
    },
}
WINMAIL = (
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n--b\r\n"
    "Content-Type: application/ms-tnef; name=winmail.dat\r\n"
    "Content-Disposition: attachment; filename=winmail.dat\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\neJ8+IgAA\r\n--b--\r\n"
)
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def with_winmail(office: Office, text: str, subject: str) -> bytes:
    raw = office.raw(PLATFORM, subject, WINMAIL.format(text))
    assert PLAIN in raw
    return raw.replace(PLAIN, MIXED, 1)


def answered_in(office: Office, language: str) -> str:
    """The subject of a letter that asks the platform, who is written to in `language`."""
    office.open()
    office.mail(PLATFORM, "Språk", f"SPRÅK: {language}")
    return next(each.subject or "" for each in office.letters(PLATFORM) if each.request)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("text", ["", "Kan dere se på vedlegget?"])
def test_winmail_dat_is_told_as_such(office: Office, language: str, text: str) -> None:
    subject = answered_in(office, language)
    outcome = office.take(with_winmail(office, text, f"SV: {subject}"))
    assert "winmail" in [each.code for each in outcome.reasons]
    assert TOLD[language]["winmail"] in " ".join(office.text(PLATFORM).split())


def test_winmail_dat_beside_a_command_is_told_too(office: Office) -> None:
    subject = answered_in(office, "nb")
    outcome = office.take(with_winmail(office, "GODTATT", f"SV: {subject}"))
    assert outcome.verdict == "fired"
    assert TOLD["nb"]["winmail"] in " ".join(office.text(PLATFORM).split())


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("vote", ["Godkjenn", "Approve", "Avvis", "Yes"])
def test_a_vote_by_outlooks_buttons_is_told_as_such(
    office: Office, language: str, vote: str
) -> None:
    subject = answered_in(office, language)
    outcome = office.mail(PLATFORM, f"{vote}: {subject}", "")
    assert (outcome.verdict, outcome.events) == ("unclear", ())
    assert "voted" in [each.code for each in outcome.reasons]
    assert TOLD[language]["voted"] in " ".join(office.text(PLATFORM).split())


def test_words_in_the_mail_count_whatever_its_subject_begins_with(office: Office) -> None:
    subject = answered_in(office, "nb")
    outcome = office.mail(PLATFORM, f"Ja: {subject}", "GODTATT")
    assert (outcome.verdict, outcome.reasons) == ("fired", ())


def test_nobody_else_is_told(office: Office) -> None:
    number = office.open()
    office.take(with_winmail(office, "", f"SV: {office.last(PLATFORM).subject}"))
    assert office.state(number) == "submitted"
    assert TOLD["nb"]["winmail"] not in " ".join(office.text(OWNER).split())
