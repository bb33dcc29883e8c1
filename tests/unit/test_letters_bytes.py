"""The bytes of a letter: headers, threads, and what hostile data cannot do to them."""

from __future__ import annotations

import email
from email.header import decode_header, make_header
from email.message import Message
from email.policy import default
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DeliveryFailedError, SettingsError
from engine.model import LANGUAGES, Language
from tests.rows import each_of
from tests.unit.letter_cases import TEMPLATES, envelope, letters

LETTERS = letters()


def parsed(content: bytes) -> Message:
    return email.message_from_bytes(content)


def decoded(value: str | None) -> str:
    return str(make_header(decode_header((value or "").replace("\r\n", ""))))


def body(message: Message, kind: str = "text/plain") -> str:
    (part,) = (part for part in message.walk() if part.get_content_type() == kind)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8").replace("\r\n", "\n")


def test_the_headers_are_those_of_an_automatic_letter() -> None:
    message = parsed(LETTERS.render(envelope("label_wanted", "nn")))
    assert dict(message.items()) == {
        "From": '"Kursdeling" <deling@site.example>',
        "To": "elaering@hf.example",
        "Reply-To": "deling@site.example",
        "Date": "Mon, 23 Nov 2026 09:15:00 +0000",
        "Message-ID": "<7.7k2q9m4d@site.example>",
        "References": "<kd-2026-0001@site.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "x-ms-reactions": "disallow",
        "X-Kursdeling-Site": "site.example",
        "Subject": message["Subject"],
        "Content-Language": "nn",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }


@each_of(product(sorted(TEMPLATES), LANGUAGES))
def test_every_letter_parses_back_to_its_subject_and_text(
    template: str, language: Language
) -> None:
    sent = envelope(template, language)
    content = LETTERS.render(sent)
    message = parsed(content)
    assert decoded(message["Subject"]) == LETTERS.subject(sent)
    assert body(message) == LETTERS.text(sent)
    assert body(message, "text/html") == LETTERS.html(sent)
    assert [part.defects for part in message.walk() if part.defects] == []
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert b"\n" not in b"".join(lines)
    assert content.isascii()


def test_the_same_letter_gives_the_same_bytes() -> None:
    sent = envelope("form_faults", references=("<a@x.example>",), in_reply_to="<b@x.example>")
    assert LETTERS.render(sent) == letters().render(sent) == LETTERS.render(sent)


def test_an_answer_stands_in_the_thread_of_the_mail_that_it_answers() -> None:
    exchange = "<[AM0PR01MB4129.eurprd01.prod.exchangelabs.com]>"
    long = f"<{'x' * 300}@mail.example>"
    sent = envelope("answer", in_reply_to=exchange, references=("<first@x.example>", long))
    message = parsed(LETTERS.render(sent))
    assert message["In-Reply-To"] == exchange
    thread = ["<kd-2026-0001@site.example>", "<first@x.example>", long, exchange]
    assert message["References"].split() == thread
    assert message["Auto-Submitted"] == "auto-replied"


def test_a_long_thread_keeps_its_first_and_its_newest_mails() -> None:
    many = tuple(f"<{number}@x.example>" for number in range(200))
    found = parsed(LETTERS.render(envelope("answer", references=many)))["References"].split()
    assert found == ["<kd-2026-0001@site.example>", *many[-19:]]


def test_letters_about_one_case_share_a_thread_and_others_none() -> None:
    opened, ended = (
        parsed(LETTERS.render(envelope(name, message_id=f"<{name}@site.example>")))
        for name in ("receipt", "share_ended")
    )
    assert opened["References"] == ended["References"] == "<kd-2026-0001@site.example>"
    assert opened["In-Reply-To"] is None
    other = parsed(LETTERS.render(envelope("receipt", number="KD-2026-0002")))
    assert other["References"] == "<kd-2026-0002@site.example>"
    assert parsed(LETTERS.render(envelope("newcomer")))["References"] is None


@pytest.mark.parametrize(
    "evil",
    [
        "Kurs\r\nBcc: alle@hf.example",
        "Kurs\nBcc: alle@hf.example\n\nTekst",
        "Kurs\u2028Bcc: alle@hf.example\x85Bcc: x@y.example",
        "=?utf-8?q?Kurs=0D=0ABcc:_alle@hf.example?=",
    ],
)
def test_data_makes_no_headers(evil: str) -> None:
    sent = envelope(
        "receipt",
        changes={"course_name": evil},
        in_reply_to=f"<a@x.example>\r\nBcc: {evil}",
        references=(evil, "<b@x.example>\r\n\r\nTekst"),
    )
    message = parsed(LETTERS.render(sent))
    assert message["Bcc"] is None
    assert message["In-Reply-To"] == "<a@x.example>"
    assert message["References"].split() == [
        "<kd-2026-0001@site.example>",
        "<b@x.example>",
        "<a@x.example>",
    ]
    assert "Bcc: alle" not in (message["Subject"] or "") or "\n" not in decoded(message["Subject"])
    assert body(message) == LETTERS.text(sent)


def test_a_subject_that_only_looks_encoded_arrives_as_it_was_written() -> None:
    sent = envelope("request_withdrawn", "en", {"course_name": "=?utf-8?q?GODTATT?="})
    assert "=?utf-8?q?GODTATT?=" in decoded(parsed(LETTERS.render(sent))["Subject"])


def test_a_very_long_name_leaves_room_for_the_token() -> None:
    sent = envelope("label_wanted", changes={"course_name": "Fall og forebygging " * 50})
    subject = LETTERS.subject(sent)
    assert len(subject) < 200
    assert "…» – merket gjenstår [KD-2026-0001.7K2Q9M4D]" in subject


@pytest.mark.parametrize(
    "receiver",
    ["", "nobody", "a@x.example, b@x.example", "a@x.example\r\nBcc: b@x.example", "å@x.example"],
)
def test_a_receiver_that_is_no_address_is_refused(receiver: str) -> None:
    with pytest.raises(DeliveryFailedError):
        LETTERS.render(envelope("receipt", to=receiver))


def test_a_domain_with_norwegian_letters_is_written_in_ascii() -> None:
    message = parsed(LETTERS.render(envelope("receipt", to="kurs@sjukehus-på-ås.example")))
    assert message["To"] == "kurs@xn--sjukehus-p-s-2cbb.example"
    domain = message["To"].partition("@")[2]
    assert domain.encode().decode("idna") == "sjukehus-på-ås.example"


def test_the_sender_may_have_norwegian_letters_and_quotes_in_the_name() -> None:
    for name in ('Kurs "og" \\deling', "Kursdeling i Østfold"):
        written = name.replace("\\", "\\\\").replace('"', '\\"')
        content = letters(sender=f'"{written}" <deling@site.example>').render(envelope("receipt"))
        found = email.message_from_bytes(content, policy=default)["From"]
        assert [(one.display_name, one.addr_spec) for one in found.addresses] == [
            (name, "deling@site.example")
        ]


def test_whoever_signs_is_named_and_the_addresses_stay_the_sites() -> None:
    made = letters(sender="Kursdeling <deling@site.example>", reply_to="svar@site.example")
    name = 'Åse "A" Testperson, FOUSAM'
    content = made.render(envelope("network_wanted", sender_name=f"{name}\r\nBcc: x@y.example"))
    read = email.message_from_bytes(content, policy=default)
    found = [read[header].addresses[0] for header in ("From", "Reply-To")]
    assert [each.addr_spec for each in found] == ["deling@site.example", "svar@site.example"]
    assert all(each.display_name.startswith(name) for each in found)
    assert read["Bcc"] is None


def test_a_sender_without_an_address_is_a_settings_error() -> None:
    for wrong in ({"sender": "Kursdeling"}, {"reply_to": "deling"}):
        with pytest.raises(SettingsError):
            letters(**wrong)
    assert parsed(letters(reply_to="").render(envelope("receipt")))["Reply-To"] is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=80))
def test_whatever_people_write_the_letter_is_one_text_with_our_headers(
    name: str, note: str, reference: str
) -> None:
    sent = envelope(
        "changes_wanted",
        changes={"course_name": name, "note": note, "form": [{"label": "Mål", "value": note}]},
        references=(reference,),
        in_reply_to=reference,
    )
    content = LETTERS.render(sent)
    message = parsed(content)
    assert [part.defects for part in message.walk() if part.defects] == []
    assert content.isascii()
    assert body(message) == LETTERS.text(sent)
    assert decoded(message["Subject"]).endswith("[KD-2026-0001.7K2Q9M4D]")
    assert set(message.keys()) <= set(
        "From To Reply-To Date Message-ID In-Reply-To References Auto-Submitted Subject "
        "X-Auto-Response-Suppress x-ms-reactions X-Kursdeling-Site Content-Language MIME-Version "
        "Content-Type".split()
    )
