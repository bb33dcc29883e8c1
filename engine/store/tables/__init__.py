"""Every table of the site, described once, for migrations and work on whole tables.

Instants are TEXT `YYYY-MM-DDTHH:MM:SSZ`, days are TEXT `YYYY-MM-DD`, structures are JSON as TEXT:
the same on SQLite and PostgreSQL. What is asked of the tables every day stands in `store/sql`, and
nothing of every day imports from here: SQLModel takes 0.4 s of processor time to load.
"""

from engine.store.tables import letters, mail, networks, register, requests, site
from engine.store.tables.constraints import metadata

__all__ = ["letters", "mail", "metadata", "networks", "register", "requests", "site"]
