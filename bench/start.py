"""What a command costs that does little: the processor time of a whole process, start and all.

`rate` is the CPU time of our process in ms, `bound` that of a bare interpreter (`python -c pass`),
`ratio` how many times as long ours takes, as a part of what it may take: 1.0 is at the limit (9,
26, 40 and 31 times). Less is better in every column. The system counts what the benchmark itself
held when it started a process into that process's peak. Of what tests bring along, `rich` is kept
out of the way: structlog loads it wherever it lies, and an installation has none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from msgspec.structs import replace

from bench.rows import Row, interleaved, row
from bench.stand import folder, new_site, number_of

REQUESTS: Final = 10_000
PROGRAM: Final = str(Path(sys.executable).with_name("kursdeling"))
BARE: Final = (sys.executable, "-c", "pass")
LIMITS: Final[Mapping[str, int]] = {
    "--help": 9,
    "request show": 26,
    "request list": 40,
    "mail take": 31,
}
"""How many times as long as a bare interpreter each case may take."""
MAIL: Final = b"""From: Kari <kari@ahus.example>
To: kurs@kursdeling.example
Subject: Hei
Message-ID: <1@ahus.example>
Date: Mon, 07 Sep 2026 10:00:00 +0200

Hei
"""
AS_INSTALLED: Final = "as-installed"
_MS_OF_A_SECOND: Final = 1000
_KILOBYTES_OF_A_MEGABYTE: Final = 1024


def run() -> Iterator[Row]:
    """A row per command, each on a site with 10,000 requests."""
    with folder() as place:
        (place / AS_INSTALLED).mkdir()
        (place / AS_INSTALLED / "rich.py").write_text(
            "raise ImportError('an installation has none')"
        )
        site = place / "site"
        new_site(site, REQUESTS).database.close()
        arguments = {
            "--help": ("--help",),
            "request show": ("--site", str(site), "request", "show", number_of(REQUESTS // 2)),
            "request list": ("--site", str(site), "request", "list"),
            "mail take": ("--site", str(site), "mail", "take", "-"),
        }
        for case, given in arguments.items():
            yield _case(case, _Command((PROGRAM, *given), place), _Command(BARE, place))


def _case(case: str, ours: _Command, bare: _Command) -> Row:
    ours.cpu_ms(), bare.cpu_ms()  # so that every module lies compiled, as it does once installed
    spent, least = interleaved(ours.cpu_ms, bare.cpu_ms)
    done = row("start", case, rate=spent, bound=least, unit="ms CPU")
    part = round(spent / least / LIMITS[case], 3)
    return replace(done, ratio=part, peak_mb=round(ours.peak_mb, 1))


class _Command:
    """A command whose processes are measured, one after the other."""

    def __init__(self, command: Sequence[str], place: Path) -> None:
        self._command = command
        self._environment = {
            **{
                key: text
                for key, text in os.environ.items()
                if not key.startswith(("PYTHON", "COV"))
            },
            "PYTHONPYCACHEPREFIX": str(place / "compiled"),
            "PYTHONPATH": str(place / AS_INSTALLED),
        }
        self.peak_mb = 0.0

    def cpu_ms(self) -> float:
        """The processor time of one process; CalledProcessError when it fails."""
        with TemporaryFile() as answer, TemporaryFile() as mail:
            mail.write(MAIL)
            mail.seek(0)
            begun = subprocess.Popen(
                self._command, stdin=mail, stdout=answer, env=self._environment
            )
            _, status, used = os.wait4(begun.pid, 0)
            begun.returncode = os.waitstatus_to_exitcode(status)
        if begun.returncode:
            raise subprocess.CalledProcessError(begun.returncode, self._command)
        self.peak_mb = max(self.peak_mb, used.ru_maxrss / _KILOBYTES_OF_A_MEGABYTE)
        return (used.ru_utime + used.ru_stime) * _MS_OF_A_SECOND
