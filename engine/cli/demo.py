"""The demonstration."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.call import Call
from engine.cli.program import command


@command("demo")
@click.option(
    "--keep",
    type=click.Path(file_okay=False),
    default="demo-site",
    help="Where the site is left: demo-site if not given.",
)
def demo(call: Call, keep: str) -> int:
    """Play the demonstration and leave its site behind."""
    from engine import demo as play

    return play.run(Path(keep), call.at)
