"""What a licence line says, and whether a borrower may sell the course on (R7, R9–R11)."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from engine.model import Reason, Side

SHARE_ALIKE: Final = "CC BY-SA"
"""The only licence for which the agreement lets a borrower sell a course on (R9)."""

_VARIANTS: Final = {
    frozenset[str](): "CC BY",
    frozenset({"sa"}): SHARE_ALIKE,
    frozenset({"nc"}): "CC BY-NC",
    frozenset({"nd"}): "CC BY-ND",
    frozenset({"nc", "sa"}): "CC BY-NC-SA",
    frozenset({"nc", "nd"}): "CC BY-NC-ND",
}
_OTHERS: Final = {
    "nlod": "NLOD",
    "all rights reserved": "Alle rettigheter forbeholdt",
    "alle rettigheter forbeholdt": "Alle rettigheter forbeholdt",
    "alle rettar": "Alle rettigheter forbeholdt",
}
_IN_FULL: Final = (
    ("creativecommons.org/licenses/", "cc "),
    ("creativecommons.org/publicdomain/zero", "cc0"),
    ("creative commons", "cc"),
    ("navngivelse", "by"),
    ("namngiving", "by"),
    ("namngjeving", "by"),
    ("attribution", "by"),
    ("ikkjekommersiell", "nc"),
    ("ikkekommersiell", "nc"),
    ("non-commercial", "nc"),
    ("noncommercial", "nc"),
    ("del på samme vilkår", "sa"),
    ("del på same vilkår", "sa"),
    ("delpåsammevilkår", "sa"),
    ("delpåsamevilkår", "sa"),
    ("share alike", "sa"),
    ("sharealike", "sa"),
    ("ingen bearbeidelser", "nd"),
    ("ingen bearbeidelse", "nd"),
    ("ingen omarbeiding", "nd"),
    ("ingenbearbeidelse", "nd"),
    ("ingenomarbeiding", "nd"),
    ("noderivatives", "nd"),
    ("noderivs", "nd"),
)
_CREATIVE_COMMONS = re.compile(
    r"\bcc[\s_-]*(?:(?P<zero>0|zero)|by(?P<marks>(?:[\s_-]+(?:nc|sa|nd)(?![a-zæøå]))*))"
    r"(?![a-zæøå-])(?:[\s_/-]*(?P<version>[1-4]\.[05]))?"
)
_NONE = re.compile(r"(ingen|inga|ikke|ikkje|none|no|nei)( (lisens|licence|license))?[.!]?")
_DECIDED = re.compile(r"\b(vedtatt|vedtekne?|vedteke|vedtak\w*|besluttet|decided|decision)\b")
_NOT = re.compile(r"\b(ikke|ikkje|not|uten|utan|without)\b")


class Licence(Struct, frozen=True, kw_only=True):
    """A licence by its short name; `code` is empty for a course without any."""

    code: str
    version: str = ""
    decided: bool = False
    """Whether the line says that the owner has expressly decided on it (R10)."""

    def __str__(self) -> str:
        return f"{self.code} {self.version}".rstrip()


def parse(text: str) -> Licence | None:
    """Return the licence that `text` names, or None where it does not say which one."""
    folded = " ".join(text.casefold().split())
    if not folded or _NONE.fullmatch(folded):
        return Licence(code="")
    for phrase, short in _IN_FULL:
        folded = folded.replace(phrase, short)
    found = [_creative_commons(match) for match in _CREATIVE_COMMONS.finditer(folded)]
    codes = {licence.code for licence in found if licence is not None}
    denied = _NOT.search(folded) is not None
    if len(codes) == 1 and None not in found and not _begins_with_denial(folded):
        first = next(licence for licence in found if licence is not None)
        decided = _DECIDED.search(folded) is not None and not denied
        return Licence(code=first.code, version=first.version, decided=decided)
    named = {code for phrase, code in _OTHERS.items() if phrase in folded}
    return Licence(code=named.pop()) if len(named) == 1 and not found and not denied else None


def is_creative_commons(licence: str) -> bool:
    """Whether the text names one of the Creative Commons licences, CC0 included (R7)."""
    found = parse(licence)
    return found is not None and found.code.startswith("CC")


def resale_refusal(licence: str, owner: Side | None) -> Reason | None:
    """Return why a borrower may not sell the course on, of an owner on that side; None where it
    may (R9–R11).
    """
    if owner == "trust":
        return Reason("resale_trust_course")
    found = parse(licence)
    if found is not None and found.code == SHARE_ALIKE:
        return None
    if found is not None and not found.code:
        return Reason("resale_no_licence")
    return Reason("resale_other_licence", {"licence": str(found or licence)})


def _begins_with_denial(text: str) -> bool:
    return _NOT.match(text) is not None


def _creative_commons(found: re.Match[str]) -> Licence | None:
    version = found["version"] or ""
    if found["zero"]:
        return Licence(code="CC0", version=version)
    marks = frozenset(re.findall(r"nc|sa|nd", found["marks"] or ""))
    code = _VARIANTS.get(marks)
    return Licence(code=code, version=version) if code else None
