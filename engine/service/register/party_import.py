"""Bringing parties into the register of a site."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import RefusedError
from engine.model import Party, Reason
from engine.service.site import Site
from engine.store import register


def import_parties(site: Site, wanted: Sequence[Party]) -> tuple[tuple[Party, bool], ...]:
    """(party, whether it is new) for each, all of them written in one transaction.

    One that the register has gets the new name, kind and written standard. RefusedError where it
    would change sides, since what it has shared stands on one of them (R1).
    """
    with site.database.transaction() as tx:
        known = register.parties(tx)
        crossing = [each for each in wanted if known.get(each.id, each).side != each.side]
        if crossing:
            raise RefusedError(
                tuple(Reason("party_changes_side", {"party": each.id}) for each in crossing)
            )
        register.upsert_parties(tx, wanted)
    return tuple((each, each.id not in known) for each in wanted)
