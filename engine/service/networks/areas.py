"""Bringing an area of cooperation into a site, with its examples where they are wanted."""

from __future__ import annotations

from datetime import datetime

from engine.calendar import oslo_day
from engine.domain.area_file import AreaFile
from engine.domain.networks.network import DEPUTY, LEADER, Area, Network, network_id
from engine.domain.register.parties import nearest
from engine.errors import RefusedError
from engine.model import Reason
from engine.service.networks.setting_up import holder, seated, write
from engine.service.register.contacts import ALWAYS, added
from engine.service.site import Site
from engine.store.contacts import networks, register
from engine.store.database import Transaction


def set_up(site: Site, described: AreaFile, at: datetime, *, examples: bool) -> Area:
    """Bring an area in, whole or not at all, in place of one with the same id; its example
    networks, people and priority areas too where they are wanted.
    """
    with site.database.transaction() as tx:
        known = register.parties(tx)
        missing = [each for each in described.area.municipalities if each not in known]
        if missing:
            raise RefusedError(
                tuple(
                    Reason(
                        "unknown_party",
                        {"text": each, "nearest": nearest(each, known)},
                    )
                    for each in missing
                )
            )
        register.upsert_parties(tx, [described.trust, described.party, *described.invited])
        networks.put_area(tx, described.area)
        if examples:
            _examples(site, tx, described, at)
    return described.area


def _examples(site: Site, tx: Transaction, described: AreaFile, at: datetime) -> None:
    area = described.area
    for duty, person in (("fousam", described.fousam), ("su", described.su)):
        if person is not None:
            added(site, tx, [holder(area.id, duty, person, None)], at)
    for year, names in described.priority_areas.items():
        networks.set_priority_areas(tx, area.id, year, names)
    standing = {each.id for each in networks.networks(tx)}
    for example in described.networks:
        network = Network(
            id=network_id(area.id, example.name),
            name=example.name,
            area=area.id,
            mandate=example.mandate,
            decided_on=example.decided_on,
            since=oslo_day(at),
        )
        if network.id in standing:
            continue
        write(tx, area, network)
        for duty, person in ((LEADER, example.leader), (DEPUTY, example.deputy)):
            if person is not None:
                seated(site, tx, network, duty, person, since=ALWAYS, at=at)
