"""The routines of shares as they were before version 2, for requests that still run on them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import workflows

ROUTINES: Final = ("hf_to_ks", "hf_shares_from_ks", "ks_orders_from_hf")
_LATER: Final = (
    *("submit_with_opinions", "accept_on_condition", "accept_condition", "decline_condition"),
    *("conditional", "confirm_order", "not_confirmed"),
)
"""The events and the state that version 2 brought."""


def first_version(name: str) -> str:
    """The text of the routine as it was in version 1."""
    text = (Path(workflows.__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    for later in _LATER:
        text = re.sub(rf"(?m)^  {later}:(?: *#.*)?\n(?:    .*\n)+", "", text)
    text = re.sub(r"(?m)^  conditional: .*\n", "", text)
    text = re.sub(r"(?m)^    - \{once: .*\n", "", text)
    text = re.sub(r"(?m)^    keeps: \{condition: settled\}.*\n", "", text)
    text = re.sub(r"(?m)^      permission_condition:.*\n(?:        .*\n)+", "", text)
    text = re.sub(r", then: \w+", "", text.replace(", condition: settled", ""))
    text = re.sub(r"(?m)^(?:  forwarded:| .*fire: not_confirmed).*\n", "", text)
    text = text.replace("{to: requester, send: order_to_confirm, if: order_to_confirm}, ", "")
    text = text.replace("order_confirmed, ", "")
    text = text.replace("conditional, ", "").replace("[draft, consulting, incomplete]\n    to: w",
                                                     "[draft, incomplete]\n    to: w")  # fmt: skip
    return text.replace("version: 2", "version: 1")


def write_first_versions(folder: Path) -> None:
    """Write them as a site's own routines, which go before the program's."""
    folder.mkdir(parents=True)
    for name in ROUTINES:
        (folder / f"{name}.yaml").write_text(first_version(name), encoding="utf-8")
