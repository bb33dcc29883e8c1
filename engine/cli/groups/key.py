"""Commands about the keys that sign Message-IDs and subject tokens."""

from __future__ import annotations

from typing import Any

import click

from engine.app.keyring import keys_of, renew_key, retire_key
from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.printing import documents

COLUMNS = ("key", "signs", "remark")


@command("key list")
def list_(call: Call) -> None:
    """Print the name of every key; the keys themselves are never shown."""
    found = [_document(each.name, each.remark, signs=each.signs) for each in keys_of(call.folder)]
    documents(call, found, COLUMNS)


@command("key renew")
def renew(call: Call) -> None:
    """Make a new key, which signs from now on; what earlier keys signed counts as before."""
    made = renew_key(call.folder, oslo_day(call.at))
    documents(call, [_document(made.name, made.remark, signs=True)], COLUMNS)


@command("key retire")
@click.argument("name", metavar="KEY")
def retire(call: Call, name: str) -> None:
    """Take an earlier key away: replies to letters signed with it prove nothing any more."""
    retire_key(call.folder, name)


def _document(name: str, remark: str, *, signs: bool) -> dict[str, Any]:
    return {"key": name, "signs": signs, "remark": remark}
