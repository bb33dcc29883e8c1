"""A course and who owns it, as lists and single requests tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what these import takes longer than the list itself
    pass


Document = dict[str, Any]
AGREEMENT_OWNER = "agreement_owner"
"""The duty that is waited for while nothing but the agreement is missing (INTERFACE §7)."""


def course_of(
    owner: str | None,
    form: Mapping[str, str],
    registered: tuple[Mapping[str, str], Mapping[str, str]],
) -> Document:
    """What is known of a course, from the form of a request and from (what has been found valid,
    what the register says).
    """
    valid, named = registered
    known: Document = {"full_name": "", "short_name": "", "owner": None, **form, **valid}
    return known | {"owner": owner} | {name: text for name, text in named.items() if text}
