"""One call of a command: what stood before it, and the site that it opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from msgspec.structs import asdict

from engine.app import address_of, open_site
from engine.cli.given import Given
from engine.cli.program import Helped
from engine.service.site import Site
from engine.store.database import Database
from engine.store.opening import open_database


class Call(Given, kw_only=True):
    """What a command gets."""

    def site(self, *, proving: bool = True) -> Site:
        """The site in the folder, opened; errors as `engine.app.open_site`."""
        site = open_site(self.folder, proving=proving)
        self.closing.callback(site.database.close)
        return site

    def database(self) -> Database:
        """The site's database alone, whatever stands in it; SettingsError, StoreError."""
        return self.closing.enter_context(open_database(address_of(self.folder), must_exist=True))


def command(path: str) -> Callable[[Callable[..., int | None]], click.Command]:
    """Make a function, which gets the Call, the command at `path` (`mail take`) of the table."""

    def made(function: Callable[..., int | None]) -> click.Command:
        @wraps(function)
        def called(given: Given, /, **options: Any) -> int | None:
            return function(Call(**asdict(given)), **options)

        name = path.rpartition(" ")[2]
        return click.command(name, cls=Helped, help=path)(click.pass_obj(called))

    return made
