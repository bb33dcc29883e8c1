"""No trick moves a request, alone or with another, and no stranger learns anything by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, permutations
from pathlib import Path

import pytest

from engine.service.letters.posting import envelope_of
from engine.store.cases import queries
from engine.store.contacts import register
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    new_office,
)
from tests.integration.spoofing import (
    EVIL,
    GONE,
    OTHER_TRUST,
    SECRETS,
    TRICKS,
    VARIANTS,
    Draft,
    Known,
)
from tests.soak import SOAK

PAIRED = TRICKS if SOAK else [name for name in TRICKS if name not in VARIANTS]
"""One trick of each sort; `make soak` tries every two, in both orders."""
PARTIES = {OWNER, PLATFORM, EXPERTS, LIAISON, COORDINATOR}
"""Those who may read of the request."""


@dataclass(slots=True)
class Scene:
    """A request that waits for KS Læring's answer, and what an attacker knows of it."""

    office: Office
    number: str
    draft: Draft
    known: Known
    sent: int = 0

    def send(self, *tricks: str, draft: Draft | None = None) -> str:
        """Send the true mail changed by the tricks; its verdict. Half a day goes by."""
        message = draft or self.draft
        for trick in tricks:
            message = TRICKS[trick](message, self.known)
        self.sent += 1
        self.office.later(hours=5)
        return self.office.take(message.raw(self.sent)).verdict

    def standing(self) -> tuple[object, ...]:
        """All that would tell of a change: every event of every request."""
        with self.office.site.database.reading() as tx:
            requests = [row.request.number for row in queries.cases(tx)]
            return tuple(row for number in requests for row in queries.history(tx, number))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    office = new_office(tmp_path_factory.mktemp("spoofing") / "site")
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="ks-laering", duty="ks_laering", email=GONE,
            valid_from=date(2016, 1, 1), valid_until=date(2026, 1, 1),
        )  # fmt: skip
    number = office.open()
    letter = office.last(PLATFORM)
    received = office.reply(PLATFORM, "MOTTATT")
    assert received.verdict == "fired"
    owners = office.last(OWNER)
    return Scene(
        office=office,
        number=number,
        draft=Draft(subject=_subject(number, letter), references=letter.message_id),
        known=Known(
            replayed=received.message_id,
            owners_letter=owners.message_id,
            owners_subject=_subject(number, owners),
        ),
    )


def _subject(number: str, letter: LetterRow) -> str:
    return f"SV: Ny sak [{number}.{letter.token}]"


def harmless(scene: Scene, *tricks: str) -> None:
    """Send it, and see that nothing changed and nobody outside was told."""
    before, letters = scene.standing(), len(scene.office.letters())
    verdict = scene.send(*tricks)
    assert verdict not in {"fired", "opened"}, tricks
    assert scene.standing() == before, tricks
    for letter in scene.office.letters()[letters:]:
        if letter.receiver not in PARTIES:
            told = letter.subject + _text(scene.office, letter)
            assert not [secret for secret in SECRETS if secret in told], (tricks, told)


def _text(office: Office, letter: LetterRow) -> str:
    return office.site.letters.text(envelope_of(letter))


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_by_itself_changes_nothing(scene: Scene, trick: str) -> None:
    harmless(scene, trick)


@pytest.mark.parametrize("first", PAIRED)
def test_two_tricks_together_change_nothing(scene: Scene, first: str) -> None:
    pairs = permutations(PAIRED, 2) if SOAK else combinations(PAIRED, 2)
    for one, other in pairs:
        if one == first:
            harmless(scene, one, other)


@pytest.mark.parametrize("sender", [EVIL, OTHER_TRUST])
def test_whoever_is_no_party_hears_the_same_about_a_right_number_and_a_wrong_one(
    tmp_path: Path, sender: str
) -> None:
    office = new_office(tmp_path / "site")
    number = office.open()
    heard = []
    for asked in (number, "KD-2026-4711"):
        office.later(days=1)
        office.mail(sender, f"Om {asked}", "STATUS")
        letter = office.last(sender)
        told = f"{letter.template} {letter.subject} {_text(office, letter)}"
        assert not [secret for secret in SECRETS if secret in told]
        heard.append(told.replace(letter.token, "TOKEN").replace(asked, "NUMBER"))
    assert heard[0] == heard[1]


def test_only_the_one_who_was_asked_can_confirm_an_opening(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.mail(OWNER, SUBJECT, form(), aligned=False)
    headers = f"In-Reply-To: {office.last(OWNER).message_id}\r\n"
    assert office.mail(OTHER_TRUST, "SV", "JA", headers=headers).verdict != "opened"
    assert office.mail(EVIL, "SV", "JA", headers=headers).verdict != "opened"
    assert office.mail(OWNER, "SV", "JA", headers=headers, aligned=False).verdict == "opened"


def test_without_a_trick_the_same_mail_counts(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    number = office.open()
    letter = office.last(PLATFORM)
    true = Draft(subject=_subject(number, letter), references=letter.message_id)
    assert office.take(replace(true, words="MOTTATT").raw(1)).verdict == "fired"
    assert office.take(true.raw(2)).verdict == "fired"
    assert office.state(number) == "accepted"
