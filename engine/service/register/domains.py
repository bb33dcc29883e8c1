"""From which mail domains a party writes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.register.mail_domains import PUBLIC
from engine.domain.register.parties import party_meant
from engine.errors import InputError
from engine.model import Reason
from engine.service.site import Site
from engine.store.contacts import people, register

Rows = tuple[tuple[str, str], ...]


def listed(site: Site, party: str = "") -> Rows:
    """(party, domain) of every party, or of one; NotFoundError for an unknown one."""
    with site.database.reading() as tx:
        return people.domains(tx, party_meant(party, register.parties(tx)) if party else "")


def changed(site: Site, party: str, domains: Sequence[str], *, remove: bool = False) -> Rows:
    """(party, domain) as it stands for the party once the domains are its own, or no longer are.

    NotFoundError for an unknown party or a domain that it lacks, InputError for a domain at
    which anybody may have an address; nothing is changed then.
    """
    public = sorted({domain.strip().lower().removeprefix("@") for domain in domains} & PUBLIC)
    if public:
        raise InputError(faults=[(", ".join(public), Reason("domain_of_anybody"))])
    with site.database.transaction() as tx:
        identity = party_meant(party, register.parties(tx))
        for domain in domains:
            if remove:
                people.remove_domain(tx, domain, identity)
            else:
                people.add_domain(tx, domain, identity)
        return people.domains(tx, identity)
