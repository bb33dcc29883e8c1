"""`python -m bench NAME… [--json] [--results]`: run benchmarks, one row per case."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Mapping
from typing import Final

from bench.rows import Row, told, working_on

NAMES: Final[Mapping[str, str]] = {
    "transitions": "one client, in bulk and on PostgreSQL, against bare drivers and peers",
    "sweep": "1,000 deadlines that have come, of up to a million",
    "growth": "cost of a transition at 10³ to 10⁶ stored requests",
    "start": "processor time of commands that do little, against a bare interpreter",
    "mail": "500 mails in, each judged, against Roundup's gateway",
    "letters": "10,000 letters out, against a bare SMTP loop",
}
"""Each benchmark is a module of its name here, with `run()`, which yields its rows."""


def main() -> None:
    """Run the benchmarks that are named, or all, and print each case as soon as it is done."""
    given = _arguments()
    # Who ends it politely finds no folders and processes left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    for name in given.names or NAMES:
        working_on(name)
        load = os.getloadavg()[0]
        rows: list[Row] = []
        for each in importlib.import_module(f"bench.{name}").run():
            rows.append(each)
            print(told([each], as_json=given.json), flush=True)
        if given.results:
            # Only now: what it imports is no part of what a benchmark holds in memory.
            from bench import results

            results.keep(name, rows, load=load)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:<12} {what}" for name, what in NAMES.items()),
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="one or more of those below")
    parser.add_argument("--json", action="store_true", help="print JSON Lines")
    parser.add_argument(
        "--results", action="store_true", help="put what is measured into bench/RESULTS.md too"
    )
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(NAMES)}")
    return given


if __name__ == "__main__":
    main()
