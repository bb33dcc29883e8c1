"""Letters as files, and letters in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.ports import Delivery, Message, Notifier
from notifiers.file import FileNotifier, MemoryNotifier


def sent(notifier: Notifier, messages: Sequence[Message]) -> list[tuple[int, Delivery]]:
    """What became of each message."""
    return [outcome for group in notifier.send(messages) for outcome in group]


def test_each_letter_becomes_a_file_named_by_its_id(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "outbox"
    found = sent(FileNotifier(folder), [(7, "a@x.example", b"En"), (12, "b@x.example", b"To")])
    assert found == [
        (7, Delivery(state="sent", code=250, text="000007.eml")),
        (12, Delivery(state="sent", code=250, text="000012.eml")),
    ]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        "000007.eml": b"En",
        "000012.eml": b"To",
    }


def test_a_letter_sent_again_replaces_its_file(tmp_path: Path) -> None:
    notifier = FileNotifier(tmp_path)
    for content in (b"En", b"En"):
        assert [o.state for _, o in sent(notifier, [(7, "a@x.example", content)])] == ["sent"]
    assert [file.name for file in tmp_path.iterdir()] == ["000007.eml"]


def test_a_disk_that_says_no_puts_the_letter_off_and_the_next_is_tried(tmp_path: Path) -> None:
    (tmp_path / "000007.eml").mkdir()
    found = sent(FileNotifier(tmp_path), [(7, "a@x.example", b"En"), (8, "b@x.example", b"To")])
    assert [(letter, outcome.state) for letter, outcome in found] == [(7, "retry"), (8, "sent")]
    assert found[0][1].code != 0


def test_a_letter_is_written_before_the_next_one_is_fetched(tmp_path: Path) -> None:
    outcomes = iter(FileNotifier(tmp_path).send((n, "a@x.example", b"En") for n in (1, 2)))
    next(outcomes)
    assert [file.name for file in tmp_path.iterdir()] == ["000001.eml"]
    assert [letter for letter, _ in next(outcomes)] == [2]


def test_memory_keeps_what_it_is_handed() -> None:
    notifier = MemoryNotifier()
    messages = [(1, "a@x.example", b"En"), (2, "b@x.example", b"To")]
    assert [outcome.state for _, outcome in sent(notifier, messages)] == ["sent", "sent"]
    assert notifier.messages == messages
