"""How the program logs in to its servers where no password does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.servers import ServerSettings

if TYPE_CHECKING:
    from engine.app.tokens import TokenSource


def tokens_for(server: ServerSettings) -> TokenSource | None:
    """The source of access tokens for `server`; None where a password, or nothing, logs in."""
    if not server.token_url:
        return None
    from engine.app.tokens import TokenAccess, token_source

    return token_source(
        TokenAccess(
            url=server.token_url,
            client_id=server.client_id,
            secret=server.secret,
            scope=server.scope,
        )
    )
