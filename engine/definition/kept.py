"""A workflow that was read, as JSON: what comes with the program need not be read at every start.

Reading a file takes many times as long as making the same values from this, and PyYAML as long
again. What is kept belongs to one text, byte by byte; it holds neither that text nor a file's name.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from engine.definition.types import Workflow


def kept(workflow: Workflow) -> Any:
    """The workflow as values that JSON knows."""
    return msgspec.to_builtins(replace(workflow, text="", file=""))


def workflow(found: Any, text: str, file: str) -> Workflow:
    """The workflow that was `kept`, of its own text and under the name to show for its file."""
    return replace(msgspec.convert(found, Workflow), text=text, file=file)
