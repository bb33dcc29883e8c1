"""How much work one message may ask for: counted in steps, so that every machine says the same.

A step is about as much as one element of a form or one line of text costs, a microsecond or two.
What a library does with bytes at a time is paid for by the thousand. Whoever loops over something
that a stranger decides the length of pays inside the loop (DESIGN §7, "Work has a budget").
"""

from __future__ import annotations

from typing import Final

STEPS: Final = 800_000
"""Some hundred times what a long mail with a form, a quote and attachments asks for."""
BYTES_A_STEP: Final = 256
"""How many bytes the standard library goes through in a step, each of several times."""
LETTERS_A_STEP: Final = 8
"""How many letters of text our patterns go through in a step, all together."""


class SpentError(Exception):
    """The message asks for more work than any letter that a person writes."""


class Budget:
    """What is left to spend on one message; every reader of the message has the same one."""

    __slots__ = ("left",)

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take `steps` off what is left; SpentError when that is not enough."""
        self.left -= steps
        if self.left < 0:
            raise SpentError

    def spend_on_bytes(self, content: bytes) -> None:
        """Pay for bytes that the standard library goes through."""
        self.spend(1 + len(content) // BYTES_A_STEP)

    def spend_on_text(self, text: str) -> None:
        """Pay for text that our patterns go through, and for each of its lines."""
        self.spend(1 + len(text) // LETTERS_A_STEP + text.count("\n"))
