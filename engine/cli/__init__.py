"""The program that people type; nothing of ours is imported before it is called."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from engine.cli.commands import WITH_VALUE

TRY_AGAIN_LATER = 75
"""`EX_TEMPFAIL`: a mail server keeps the mail; most of them bounce it on any other code."""
FEW_LOOKS = 50_000
"""How many more objects there must be before the collector looks for waste; usually 700."""


def main() -> None:
    """Run the command line and exit with its code (INTERFACE: 0, 1, 2, and 75 for `mail take`)."""
    arguments = sys.argv[1:]
    # Nearly all that a short command makes stays until its end; to look for waste costs a fifth.
    gc.set_threshold(FEW_LOOKS)
    code = _take_mail(arguments) if takes_mail(arguments) else _run(arguments)
    code = _with_output_told(code)
    # The end of the process gives everything back; to look for waste once more costs 20 ms.
    gc.freeze()
    sys.exit(code)


def takes_mail(arguments: Sequence[str]) -> bool:
    """Whether the command is `mail take`, told from the words alone, however wrong the rest is."""
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument in WITH_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            words.append(argument)
    return words[:2] == ["mail", "take"]


def _run(arguments: Sequence[str]) -> int:
    from engine.cli.program import run

    return run(arguments)


def _take_mail(arguments: Sequence[str]) -> int:
    try:
        code = _run(arguments)
    except BaseException as error:  # noqa: BLE001 – whatever it is, the mail is not lost
        # Mail servers log this line, so it names the fault and quotes no mail.
        sys.stderr.write(f"kursdeling: mail take: {type(error).__name__}\n")
        return TRY_AGAIN_LATER
    return TRY_AGAIN_LATER if code else 0


def _with_output_told(code: int) -> int:
    """`code`, or 1 when a command other than `mail take` could not say what it did."""
    lost = [stream for stream in (sys.stdout, sys.stderr) if not _flushed(stream)]
    if sys.stdout in lost and not takes_mail(sys.argv[1:]):
        return code or 1
    return code


def _flushed(stream: TextIO | None) -> bool:
    """Whether everything that was written has been taken; none is left over for the exit."""
    if stream is None:  # closed by whoever started the program
        return True
    try:
        stream.flush()
    except OSError:
        # What is left in the buffer would fail again at exit, and change the exit code.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True
