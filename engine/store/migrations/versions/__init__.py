"""One file a migration, named after the schema that it makes; SQL that is frozen at a release."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FIRST: Final = str(Path(__file__).with_name("r0001_{}.sql"))
"""The SQL of the first migration, for `sqlite` or `postgresql`."""
SEPARATOR: Final = ";\n\n"
"""Between two statements in such a file."""
