"""The peer's side: a round for every line that is read, and what it gave on a line of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

Work = Callable[[str], float]


def rounds(prepared: Callable[[], Work]) -> None:
    """Prepare the work once, and do it for every order until there is no more to do."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    # What the peer itself prints is none of the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    work = prepared()
    for order in sys.stdin:
        print(json.dumps(work(order.strip())), file=answers, flush=True)
