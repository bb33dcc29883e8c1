"""What the letters about the year of the networks are rendered with in the tests of letters."""

from __future__ import annotations

from typing import Any

NETWORK_TEMPLATES = frozenset(
    """network_wanted network_reminder network_overdue network_batch network_receipt
    network_delivered network_waits network_returned network_approved network_escalated
    network_missing network_delivered_late rollup_draft rollup_waits rollup_sent
    rollup_supplement
    network_leader network_not_counted network_question network_words network_status rollup_copy
    network_task network_task_over
    delivery_unclear""".split()
)


def network(**changes: Any) -> dict[str, Any]:
    """One network as a letter tells of it."""
    return {
        "number": "KD-2026-0001",
        "name": "Rehabilitering",
        "kind": "plan",
        "year": 2027,
        "state": "Levert",
        "deadline": "2026-11-30",
        "chased_on": "2026-11-23",
        "late": False,
        "delivered": "2026-11-23",
        "in_time": True,
        "version": 2,
        "unread": False,
        "mail": "12",
        "measures": 3,
        "no_activity": False,
        "faults": ["1.", "2."],
        "warnings": ["3."],
        "leader": "leiar@kommune.example",
        "deputy": "",
        "form": [["Nettverk", "Rehabilitering"], ["Plan for år", "2027"]],
        "priority_areas": ["A", "B"],
        **changes,
    }


def _extra(*networks: dict[str, Any]) -> dict[str, Any]:
    return {
        "year": 2027,
        "bodies": {"fousam": "FOUSAM", "su": "SU"},
        "secretary": "Testperson Alfa",
        "networks": list(networks),
    }


_TWO = _extra(network(), network(name="Demens", number="KD-2026-0002", leader=""))
_SEVERAL = ("network_wanted", "network_reminder", "network_batch", "network_waits")
NETWORK_EXTRA: dict[str, dict[str, Any]] = {
    template: _TWO if template in _SEVERAL else _extra(network())
    for template in sorted(NETWORK_TEMPLATES)
}
"""The variable `extra` of each of them."""
