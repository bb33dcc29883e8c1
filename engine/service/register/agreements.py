"""The agreement's periods, as a coordinator records them."""

from __future__ import annotations

from datetime import date, datetime

from engine.calendar import oslo_day
from engine.domain.register.agreements import against_period
from engine.errors import RefusedError
from engine.model import Agreement
from engine.service.site import Site
from engine.store.contacts import register


def add(site: Site, since: date, to: date, at: datetime) -> Agreement:
    """Record the agreement for a half-open period, for all parties (R4).

    RefusedError when it ends before it begins, overlaps another or is a renewal that is backdated.
    """
    with site.database.transaction() as tx:
        reasons = against_period(register.agreements(tx), since, to, oslo_day(at))
        if reasons:
            raise RefusedError(reasons)
        return register.add_agreement(tx, since, to, recorded_at=site.clock.now())
