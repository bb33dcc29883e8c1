"""What a bounce says of the letter and of the address, by codes and by words."""

from __future__ import annotations

import pytest

from engine.domain.register.bouncing import Outcome, outcome_of, refused
from engine.model import LANGUAGES, Language
from engine.wording.undelivered import why_undelivered


@pytest.mark.parametrize(
    ("permanent", "status", "text", "outcome"),
    [
        (True, "5.1.1", "smtp; 550 5.1.1 User unknown", "hard"),
        (True, "5.1.10", "RESOLVER.ADR.RecipientNotFound", "hard"),
        (True, "5.2.1", "mailbox disabled", "hard"),
        (True, "5.4.4", "Host not found", "hard"),
        (True, "5.2.2", "mailbox full", "soft"),
        (True, "5.7.1", "message blocked as spam", "soft"),
        (True, "5.7.1", "user unknown", "soft"),
        (True, "5.1.8", "sender address rejected", "soft"),
        (True, "5.0.0", "550 user unknown", "hard"),
        (True, "5.4.1", "Recipient address rejected: Access denied", "hard"),
        (True, "5.0.0", "Service unavailable", "soft"),
        (True, "4.4.7", "delivery time expired", "soft"),
        (True, "", "Adressen finnes ikke", "hard"),
        (True, "", "Noe gikk galt", "soft"),
        (None, "", "User unknown", "hard"),
        (None, "", "", "soft"),
        (None, "4.2.2", "mailbox full", "soft"),
        (False, "4.4.1", "will keep trying", "delayed"),
        (False, "", "user unknown, will retry", "delayed"),
    ],
)
def test_a_report_is_delayed_soft_or_hard(
    permanent: bool | None, status: str, text: str, outcome: Outcome
) -> None:
    assert outcome_of(permanent, status, text) == outcome


@pytest.mark.parametrize(
    ("code", "text", "outcome"),
    [
        (550, "5.1.1 <a@b.example>: Recipient address rejected", "hard"),
        (550, "No such user here", "hard"),
        (550, "blocked by policy", "soft"),
        (552, "Too much mail data", "soft"),
        (554, "Transaction failed", "soft"),
        (554, "5.7.1 Relay access denied", "soft"),
        (556, "Domain does not accept mail", "hard"),
    ],
)
def test_a_refusal_by_the_server_says_whether_the_address_works(
    code: int, text: str, outcome: Outcome
) -> None:
    assert refused(code, text) == outcome


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["5.1.1", "5.2.2", "5.7.1", "4.4.7", "550", ""])
def test_why_a_letter_did_not_arrive_is_told_in_words(language: Language, status: str) -> None:
    said = why_undelivered(status, "smtp; 550\r\n 5.1.1 <x>", language)
    assert said.startswith(why_undelivered(status, "", language))
    assert "\n" not in said
    assert said.endswith("«smtp; 550 5.1.1 <x>»" if language != "en" else "“smtp; 550 5.1.1 <x>”")
