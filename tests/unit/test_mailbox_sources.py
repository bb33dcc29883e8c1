"""Messages in files: what is one message, what is several, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

from engine.mailbox.sources import messages

FROM = b"From noen@a.example Thu Mar  5 09:00:00 2026\n"


def test_a_file_is_one_message_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"Subject: a\r\n\r\n\x00\xff")

    assert list(messages(str(file))) == [(str(file), b"Subject: a\r\n\r\n\x00\xff")]


def test_an_mbox_is_split_at_its_own_lines_only(tmp_path: Path) -> None:
    file = tmp_path / "post"
    first = b"Subject: a\n\nFrom the start\n\nFrom now on at 10:15\n"
    file.write_bytes(FROM + first + b"\n" + FROM + b"Subject: b\n\nb\n\n")

    assert [raw for _, raw in messages(str(file))] == [first, b"Subject: b\n\nb\n\n"]


def test_an_mbox_with_windows_line_ends_is_split_too(tmp_path: Path) -> None:
    file = tmp_path / "post"
    line = FROM.replace(b"\n", b"\r\n")
    file.write_bytes(line + b"Subject: a\r\n\r\na\r\n\r\n" + line + b"Subject: b\r\n\r\nb\r\n")

    assert [raw[:10] for _, raw in messages(str(file))] == [b"Subject: a", b"Subject: b"]


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
