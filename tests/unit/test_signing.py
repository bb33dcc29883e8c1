"""Message-IDs and tokens that only the site's keys make, and keys that come and go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config import keys
from engine.app.keyring import KeyRing
from engine.errors import SettingsError
from engine.service.letters.posting import genuine, signed

OLD, NEW = b"\xab" * 32, b"\xcd" * 32
DOMAIN = "kursdeling.example"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    keys.make_key_file(tmp_path / keys.KEY_FILE)
    return tmp_path / keys.KEY_FILE


def ring(file: Path) -> KeyRing:
    return KeyRing(file, keys.signing_keys(file), DOMAIN)


def test_the_same_letter_has_the_same_message_id_and_another_letter_another() -> None:
    made = [signed(OLD, DOMAIN, f"letter:{n}") for n in range(1_000)]

    assert signed(OLD, DOMAIN, "letter:7") == made[7]
    assert len({message_id for message_id, _ in made}) == 1_000
    assert {len(token) for _, token in made} == {8}
    assert all(message_id.endswith(f"@{DOMAIN}>") for message_id, _ in made)


def test_a_message_id_is_known_by_the_key_that_made_it_and_by_no_other() -> None:
    message_id, _ = signed(OLD, DOMAIN, "letter:1")

    assert genuine((OLD, NEW), message_id)
    assert genuine((NEW, OLD), message_id.upper())
    assert not genuine((NEW,), message_id)


@pytest.mark.parametrize("place", range(1, 25))
def test_a_message_id_with_any_letter_changed_is_not_ours(place: int) -> None:
    message_id, _ = signed(OLD, DOMAIN, "letter:1")
    other = "0" if message_id[place] != "0" else "1"

    assert not genuine((OLD,), message_id[:place] + other + message_id[place + 1 :])


@pytest.mark.parametrize("text", ["", "<>", "<@>", "<a@b>", "æ" * 24, "<" + "0" * 24 + "@a>"])
def test_what_is_no_message_id_of_ours_is_not_genuine(text: str) -> None:
    assert not genuine((OLD,), text)


def test_a_new_key_signs_at_once_and_the_old_one_still_counts(file: Path) -> None:
    worker = ring(file)
    before, _ = worker.sign("letter:1")

    made = keys.renew(file, date(2027, 1, 4))

    assert worker.sign("letter:1")[0] == signed(made.key, DOMAIN, "letter:1")[0] != before
    assert worker.genuine(before)
    assert [each.signs for each in keys.named_keys(file)] == [False, True]
    assert [each.remark for each in keys.named_keys(file)] == ["", "2027-01-04"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_a_retired_key_signed_counts_for_nothing(file: Path) -> None:
    worker = ring(file)
    before, _ = worker.sign("letter:1")
    keys.renew(file, date(2027, 1, 4))
    after, _ = worker.sign("letter:1")

    keys.retire(file, keys.named_keys(file)[0].name)

    assert (worker.genuine(before), worker.genuine(after)) == (False, True)
    assert len(keys.named_keys(file)) == 1
    assert [each.name for each in file.parent.iterdir()] == [keys.KEY_FILE]


def test_the_key_that_signs_is_not_taken_away_and_neither_is_one_that_is_not_there(
    file: Path,
) -> None:
    before = file.read_bytes()

    for name, why in ((keys.named_keys(file)[0].name, "signs"), ("00000000", "holds no key")):
        with pytest.raises(SettingsError, match=why):
            keys.retire(file, name)
    assert file.read_bytes() == before


def test_a_worker_goes_on_with_the_keys_that_it_knows_while_the_file_is_gone_or_broken(
    file: Path,
) -> None:
    worker = ring(file)
    before, _ = worker.sign("letter:1")
    text = file.read_text("utf-8")

    file.write_text("half a k", "utf-8")
    assert worker.sign("letter:1")[0] == before
    file.unlink()
    assert worker.genuine(before)
    file.write_text(text + "cd" * 32, "utf-8")
    assert worker.sign("letter:1") == signed(NEW, DOMAIN, "letter:1")


def test_nothing_is_learnt_of_a_key_by_its_name(file: Path) -> None:
    (named,) = keys.named_keys(file)
    assert named.key.hex() not in repr(named)
    assert named.name not in named.key.hex()
