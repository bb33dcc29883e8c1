"""Messages in files: one .eml, a folder of them, a Maildir, standard input, or by name an mbox."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from engine.ports import UNPROVED

STDIN = "-"
_FIRST = b"From "
"""What an mbox begins with; no header of a message does (RFC 4155)."""
MAILDIR = ("cur", "new", "tmp")
_NEXT_IN_MBOX = re.compile(
    rb"(?<=\n)(?:\r?\n)?From [^\n]{0,300}?\b\d\d:\d\d:\d\d [^\n]{0,40}?\d{4}[^\n]{0,40}\n"
)
"""A line with a date and a clock time, mostly after a blank one; «From now on …» is a sentence."""

Found = tuple[str, bytes | OSError]


def messages(path: str) -> Iterator[Found]:
    """(source, raw bytes) of each message at `path`, in order; `-` is standard input.

    A folder means every regular file in it, recursively, unless it is a Maildir, of which only
    `new` and `cur` hold mail. What is in a file, or comes on standard input, is one message,
    whatever stands in it: only its sender has written the lines that look like another's
    beginning (INTERFACE §5.1). Nothing is moved or marked. Where a file cannot be read, its
    OSError stands in place of the bytes, so that the others are not lost for it.
    """
    if path == STDIN:
        yield STDIN, sys.stdin.buffer.read()
    else:
        yield from _in_path(Path(path))


def in_mbox(path: str) -> Iterator[Found]:
    """(source, raw bytes) of each message of the mbox at `path`; the OSError where it can't be
    read.

    Their sources begin with `UNPROVED`: anybody may have written what marks them off from each
    other, so that nothing in them proves who did.
    """
    try:
        raw = _bytes(Path(path))
    except OSError as error:
        yield path, error
        return
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    _, _, inside = raw.partition(b"\n") if raw.startswith(_FIRST) else ("", "", raw)
    for place, message in enumerate(_NEXT_IN_MBOX.split(inside), 1):
        yield f"{UNPROVED}{path}#{place}", message


def _in_path(path: Path) -> Iterator[Found]:
    try:
        if path.is_dir():
            inner = _in_folder(path)
        else:
            yield str(path), _bytes(path)
            return
    except OSError as error:
        yield str(path), error
        return
    for each in inner:
        yield from _in_path(each)


def _bytes(path: Path) -> bytes:
    """What is in the file; a device may never end."""
    mode = path.stat().st_mode
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return path.read_bytes()


def _in_folder(folder: Path) -> list[Path]:
    if all((folder / name).is_dir() for name in MAILDIR):
        inside = [file for name in ("new", "cur") for file in sorted((folder / name).iterdir())]
        return [file for file in inside if file.is_file()]
    # A link to a folder could lead round in circles; one to a file is a file.
    return [
        each
        for each in sorted(folder.iterdir())
        if each.is_file() or (each.is_dir() and not each.is_symlink())
    ]
