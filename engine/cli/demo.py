"""The demonstration."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.call import Call, command
from engine.cli.given import one_line
from engine.cli.program import option
from engine.demo import run


@command("demo")
@option(
    "--keep",
    type=click.Path(file_okay=False),
    default="demo-site",
    help="keep",
)
def demo(call: Call, keep: str) -> None:
    """Play the demonstration and leave its site behind."""
    run(Path(keep), call.at, _nothing if call.json else print, call.language)
    if call.json:
        print(one_line({"site": keep}))


def _nothing(_: str) -> None:
    """Programs get the answer alone."""
