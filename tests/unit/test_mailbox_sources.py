"""Messages in files: what is one message, what is several, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.mailbox.sources import in_mbox, messages

FROM = b"From noen@a.example Thu Mar  5 09:00:00 2026\n"


def test_a_file_is_one_message_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"Subject: a\r\n\r\n\x00\xff")

    assert list(messages(str(file))) == [(str(file), b"Subject: a\r\n\r\n\x00\xff")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_one_file_is_one_message_whatever_stands_in_it(tmp_path: Path, end: bytes) -> None:
    file = tmp_path / "post"
    whole = (FROM + b"Subject: a\n\na\n\n" + FROM + b"Subject: b\n\nb\n").replace(b"\n", end)
    file.write_bytes(whole)

    assert list(messages(str(file))) == [(str(file), whole)]


def test_an_mbox_is_split_at_its_own_lines_only(tmp_path: Path) -> None:
    file = tmp_path / "post"
    first = b"Subject: a\n\nFrom the start\n\nFrom now on at 10:15\n"
    file.write_bytes(FROM + first + b"\n" + FROM + b"Subject: b\n\nb\n\n")

    assert list(in_mbox(str(file))) == [
        (f"mbox:{file}#1", first),
        (f"mbox:{file}#2", b"Subject: b\n\nb\n\n"),
    ]
    assert isinstance(next(in_mbox(str(tmp_path / "b")))[1], FileNotFoundError)


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_an_mbox_with_other_line_ends_is_split_too(tmp_path: Path, end: bytes) -> None:
    file = tmp_path / "post"
    whole = FROM + b"Subject: a\n\na\n\n" + FROM + b"Subject: b\n\nb\n"
    file.write_bytes(whole.replace(b"\n", end))

    assert [raw[:10] for _, raw in in_mbox(str(file))] == [b"Subject: a", b"Subject: b"]


def test_a_folder_is_read_through_but_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "b").write_bytes(b"b")
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "rundt").symlink_to(tmp_path)

    assert [raw for _, raw in messages(str(tmp_path))] == [b"a", b"b"]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"b")
    (tmp_path / "a").write_bytes(b"a")
    missing = str(tmp_path / "c")

    found = [*messages(str(tmp_path)), *messages(missing)]

    assert [raw for _, raw in found[:2]] == [b"a", b"b"]
    assert isinstance(found[2][1], FileNotFoundError)


def test_a_device_that_never_ends_is_no_message() -> None:
    ((source, found),) = messages("/dev/zero")
    assert source == "/dev/zero"
    assert isinstance(found, OSError)
