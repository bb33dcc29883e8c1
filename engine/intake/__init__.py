"""Mail in, pure: raw bytes become a Reading; nothing is fetched, stored, believed or acted on."""

from __future__ import annotations

from engine.intake.reading import Attachment, Bounce, IntakeRules, Kind, Reading

__all__ = ["Attachment", "Bounce", "IntakeRules", "Kind", "Reading", "against", "read"]


def read(raw: bytes, rules: IntakeRules) -> Reading:
    """What a message says, by the site's rules; never raises, whatever the bytes are."""
    # Most commands read no mail, and the parsers take longer to import than they take to run.
    from engine.intake import mail

    return mail.read(raw, rules)


def against(reading: Reading, letter: str, subject: str, rules: IntakeRules) -> Reading:
    """What a message says once the letter that it answers is known; pure like `read`."""
    from engine.intake import mail

    return mail.against(reading, letter, subject, rules)
