"""One stored message judged in a process of its own, by which nobody else dies."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from engine.app.assembling import open_site
from engine.service import receive

SECONDS: Final = 20
"""How much of the processor's time a message may take there."""
BYTES: Final = 2_000_000_000
LONGEST: Final = 60.0
"""Seconds until the process is given up; it may have waited for others, so that tells nothing."""


def died_of(folder: Path, mail: int, at: datetime) -> bool:
    """Whether a process that judged message `mail` of the site died; one that ended with a fault,
    or could not begin, did not.
    """
    command = [sys.executable, "-m", "engine.app.apart", str(folder), str(mail), at.isoformat()]
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


def main(arguments: list[str]) -> None:
    """Judge the message that (folder, mail, at) name."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folder, mail, at = arguments
    receive.handle(open_site(Path(folder)), int(mail), datetime.fromisoformat(at))


if __name__ == "__main__":
    main(sys.argv[1:])
