"""The process apart in which a message is judged that may be the death of it."""

from __future__ import annotations

import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from engine.app.assembling import open_site
from engine.service import receive

SECONDS: Final = 20
"""How much of the processor's time a message may take there."""
BYTES: Final = 2_000_000_000


def main(arguments: list[str]) -> None:
    """Judge the message that (folder, mail, at) name."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folder, mail, at = arguments
    receive.handle(open_site(Path(folder)), int(mail), datetime.fromisoformat(at))


if __name__ == "__main__":
    main(sys.argv[1:])
