"""A routine as BPMN: each state that waits is a user task, and what may happen then are ways on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

PROCESS = "routine"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' id="{PROCESS}" targetNamespace="{PROCESS}">'
    f'<process id="{PROCESS}" isExecutable="true">'
)
_TAIL = "</process></definitions>"
_OTHER = "not_possible"
"""Where a word leads that the state does not know."""


def bpmn(routine: Mapping[str, Any]) -> bytes:
    """The whole routine: {"opens_in": state, "final": [state], "moves": [[state, event, target]]}.

    Its deadlines stand in the table of timers, as ours do, and not in the diagram.
    """
    flows: list[tuple[str, str, str]] = [("start", routine["opens_in"], "")]
    waiting = list(dict.fromkeys(state for state, _, _ in routine["moves"]))
    for state in waiting:
        flows.append((state, f"after_{state}", ""))
        flows += [
            (f"after_{state}", target, f"event == '{event}'")
            for from_state, event, target in routine["moves"]
            if from_state == state
        ]
        flows.append((f"after_{state}", _OTHER, ""))
    nodes = [_node("startEvent", "start", flows)]
    for state in waiting:
        otherwise = flows.index((f"after_{state}", _OTHER, ""))
        nodes.append(_node("userTask", state, flows))
        nodes.append(_node("exclusiveGateway", f"after_{state}", flows, default=f"f{otherwise}"))
    nodes += [_node("endEvent", state, flows) for state in (*routine["final"], _OTHER)]
    ways = [_flow(place, *flow) for place, flow in enumerate(flows)]
    return "".join([_HEAD, *nodes, *ways, _TAIL]).encode()


def _node(kind: str, name: str, flows: list[tuple[str, str, str]], default: str = "") -> str:
    ends = "".join(
        f"<incoming>f{place}</incoming>"
        for place, (_, target, _) in enumerate(flows)
        if target == name
    ) + "".join(
        f"<outgoing>f{place}</outgoing>"
        for place, (source, _, _) in enumerate(flows)
        if source == name
    )
    more = f' default="{default}"' if default else ""
    return f'<{kind} id="{name}" name="{name}"{more}>{ends}</{kind}>'


def _flow(place: int, source: str, target: str, condition: str) -> str:
    asked = (
        f'<conditionExpression xsi:type="tFormalExpression">{escape(condition)}'
        "</conditionExpression>"
        if condition
        else ""
    )
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="f{place}" {ends}>{asked}</sequenceFlow>'
