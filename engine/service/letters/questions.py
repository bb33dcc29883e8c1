"""The letters that ask something and whose answers are about the letter itself, by template."""

from __future__ import annotations

from typing import Final

CONFIRM_ANSWER: Final = "confirm_answer"
CONFIRM_OPENING: Final = "confirm_opening"
DELEGATE: Final = "delegate"
IMPORT_CONFIRM: Final = "import_confirm"
MORNING: Final = "morning"
"""The coordinators' morning letter, answered line by line …"""
MORNING_ANSWER: Final = "morning_answer"
"""… and what answers the lines."""
REGISTER_CONFIRM: Final = "register_confirm"
REMINDERS: Final = "reminders"
SUBSTITUTE: Final = "substitute"
