"""`python -m bench NAME… [--json]`: run benchmarks, one row per case."""

from __future__ import annotations

import argparse
import importlib

from bench.rows import told

NAMES = ("transitions", "sweep", "growth", "mail", "letters")


def main() -> None:
    """Run the benchmarks that are named, or all, and print each as soon as it is done."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES)
    )
    parser.add_argument("--json", action="store_true", help="print JSON Lines")
    given = parser.parse_args()
    for name in given.names or NAMES:
        for each in importlib.import_module(f"bench.{name}").run():
            print(told([each], as_json=given.json), flush=True)


if __name__ == "__main__":
    main()
