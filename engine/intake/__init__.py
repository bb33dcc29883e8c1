"""Mail in, pure: raw bytes become a Reading; nothing is fetched, stored, believed or acted on."""

from __future__ import annotations

from collections.abc import Sequence

from engine.intake import mail
from engine.intake.reading import Attachment, Bounce, IntakeRules, Kind, Reading

__all__ = ["Attachment", "Bounce", "IntakeRules", "Kind", "Reading", "against", "by_number", "read"]


def read(raw: bytes, rules: IntakeRules) -> Reading:
    """What a message says, by the site's rules; never raises, whatever the bytes are."""
    return mail.read(raw, rules)


def against(
    reading: Reading, letter: str, subject: str, rules: IntakeRules, points: int = 0
) -> Reading:
    """What a message says once the letter that it answers is known, which has so many numbered
    points; pure like `read`.
    """
    return mail.against(reading, letter, subject, rules, points)


def by_number(reading: Reading, asked: Sequence[str], rules: IntakeRules) -> Reading:
    """What a message says, the answers that begin with a number («1) …») given to the field that
    stands at that place of `asked`; pure like `read`.
    """
    return mail.by_number(reading, asked, rules)
