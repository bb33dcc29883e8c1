"""The settings of the link check."""

from __future__ import annotations

from msgspec import Struct


class LinkSettings(Struct, frozen=True, kw_only=True):
    """Whether the worker asks for the links of shared courses, and how often."""

    check: bool
    every_days: int
    """So many days lie between two looks at a link that answers."""
