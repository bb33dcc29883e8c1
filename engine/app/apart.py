"""One stored message judged in a process of its own, by which nobody else dies."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

LONGEST: Final = 60.0
"""Seconds until the process is given up; it may have waited for others, so that tells nothing."""


def died_of(folder: Path, mail: int, at: datetime) -> bool:
    """Whether a process that judged message `mail` of the site died; one that ended with a fault,
    or could not begin, did not.
    """
    command = [
        sys.executable,
        "-m",
        "engine.app.apart_process",
        str(folder),
        str(mail),
        at.isoformat(),
    ]
    try:
        ended = subprocess.run(  # noqa: S603 – this program, and nothing that came by mail
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode < 0
