"""The site's own scanner, which sees a file before it is passed on."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from typing import Final

PATIENCE: Final = 30
"""How many seconds it may take."""


def scanned(command: str, content: bytes) -> bool:
    """Whether `command` lets the file pass; without a command, any does.

    It reads the file on standard input, or at the path that is its last argument. One that fails,
    is missing or takes too long lets nothing pass.
    """
    if not command:
        return True
    with tempfile.NamedTemporaryFile(prefix="kursdeling-") as file:
        file.write(content)
        file.flush()
        try:
            ended = subprocess.run(  # noqa: S603 – the site's own setting, and no shell
                [*shlex.split(command), file.name],
                input=content,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return False
    return ended.returncode == 0
