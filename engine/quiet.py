"""Libraries that write on the screen by themselves, where whoever uses them tells what matters."""

from __future__ import annotations

import logging


def silence(library: str) -> None:
    """Let `library` log nothing from now on: its faults are dealt with where it is called."""
    logging.getLogger(library).disabled = True
