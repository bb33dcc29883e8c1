"""Mail in, pure: raw bytes become a Reading; nothing is fetched, stored, believed or acted on."""

from __future__ import annotations

from engine.intake.mail import read
from engine.intake.reading import Attachment, IntakeRules, Kind, Reading

__all__ = ["Attachment", "IntakeRules", "Kind", "Reading", "read"]
