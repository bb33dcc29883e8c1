"""A site in which many requests stand in the same state, made from one real request."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from engine.app import make_site
from engine.service.acts import commands
from engine.service.site import Site
from engine.store.contacts import register
from engine.store.database import Database
from engine.store.opening import open_database

AT = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
OWNER, PLATFORM = "elaering@si.example", "kslaring@ks.example"
_CONTACTS = (
    ("si", "elearning", OWNER),
    ("si", "subject_experts", "fag@si.example"),
    ("si", "cooperation_unit", "samhandling@si.example"),
    ("ks-laering", "ks_laering", PLATFORM),
    ("ks", "coordinator", "koordinator@ks.example"),
)
_COURSE = {
    "full_name": "Fallforebygging i sykehjem",
    "short_name": "SI-FALL1",
    "category": "Helse og velferd",
    "start_date": "2027-03-01",
    "home_page": "JA",
    "goal": "Deltakeren kan forebygge fall.",
    "content": "Tre moduler og en test.",
    "audience": "Ansatte i sykehjem",
    "summary": "Kort kurs om fall.",
    "prerequisites": "Ingen",
    "produced_by": "Testperson Alfa, fagsykepleier, Ortopedisk avdeling, Sykehuset Innlandet",
    "time_needed": "45 min",
    "coordinator": "e-læringsansvarlig",
    "exception": "Fagmiljøet er nedlagt",
}
_FIRST_CLONE = 1_000_000
"""Added to the number of each copy, so that all have as many digits."""


def _own(column: str) -> str:
    """What stands in the column, with names of the copy's own: no two requests are quite alike."""
    name = f"replace({column}, 'SI-FALL1', 'SI-FALL1' || n.i)"
    return f"replace({name}, 'i sykehjem', 'i sykehjem ' || n.i)"


_COPIED: Mapping[str, Mapping[str, str]] = {
    "course": {
        "id": "1 + n.i",
        "short_name": "short_name || n.i",
        "short_name_key": "short_name_key || n.i",
        "full_name": _own("full_name"),
        "information": _own("information"),
    },
    "request": {
        "id": "1 + n.i",
        "number": f"'KD-2026-' || ({_FIRST_CLONE} + n.i)",
        "course": "1 + n.i",
        "form": _own("form"),
        "last_act": _own("last_act"),
    },
    "history": {"request": "1 + n.i", "key": "key || '/' || n.i"},
    "timer": {"request": "1 + n.i", "id": ""},
    "letter": {
        "request": "1 + n.i",
        "id": "",
        "message_id": "message_id || n.i",
        "state": "'sent'",
    },
}


def number_of(copy: int) -> str:
    """The request number of the copy, counted from 1."""
    return f"KD-2026-{_FIRST_CLONE + copy}"


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder that is gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="kursdeling-bench-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def new_site(place: Path, copies: int, url: str = "") -> Site:
    """A live site with `copies` requests in `submitted`, all alike but for name and number."""
    settings = {
        "mail.addresses": "kursdeling@kursdeling.example",
        "mail.trusted_servers": "mx.kursdeling.example",
        "letters.mode": "live",
        "letters.undo_minutes": "0",
        "letters.digest": "",
    }
    site = make_site(place, {**settings, **({"database": url} if url else {})})
    with site.database.transaction() as tx:
        register.add_agreement(tx, date(2026, 1, 1), date(2028, 1, 1), recorded_at=AT)
        for party, duty, email in _CONTACTS:
            register.add_contact(
                tx, party_id=party, duty=duty, email=email, valid_from=date(2026, 1, 1)
            )
    done = commands.open_by_command(
        site, "hf_to_ks", email=OWNER, at=AT, values=_COURSE, key="the-first"
    )
    with site.database.reading() as tx:
        state = tx.one("request_by_number", {"number": done.number})
    assert state is not None
    assert state["state"] == "submitted", done
    if copies:
        multiply(site.database, copies, on_postgresql=bool(url))
    return site


def multiply(database: Database, copies: int, *, on_postgresql: bool) -> None:
    """Copy the first request, with all that belongs to it, so often; hashes are the first's."""
    from engine.store.tables import metadata

    statements = []
    for table, changed in _COPIED.items():
        columns = [column.name for column in metadata.tables[table].columns]
        kept = [name for name in columns if changed.get(name) != ""]
        values = ", ".join(changed.get(name, f't."{name}"') for name in kept)
        names = ", ".join(f'"{name}"' for name in kept)
        whose = "id" if table in {"course", "request"} else "request"
        statements.append(
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies})"
            f' INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" t, n'
            f" WHERE t.{whose} = 1"
        )
        if on_postgresql and "id" in columns:
            statements.append(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {copies + 10_000_000})"
            )
    with database.transaction() as tx:
        tx.define(statements)


def reopened(site: Site, path: Path) -> Site:
    """The same site on the database file at `path`."""
    return replace(site, database=open_database(path))
