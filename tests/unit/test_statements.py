"""The generated SQL is what the tables ask for; running needs neither SQLModel nor SQLAlchemy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.store import copying, generate, moving, schema, statements

STORE = Path(statements.__file__).parent
RUNNING = sorted(
    path.stem for path in STORE.glob("*.py") if path.stem not in ("__init__", "generate")
)
"""The modules of a site that runs; the folder `description` is for `generate` and tests alone."""
SERVER = [name for name in RUNNING if name.startswith("postgresql")]


def test_the_generated_file_is_what_the_tables_ask_for_now() -> None:
    written = (STORE / "statements.py").read_text(encoding="utf-8")
    assert generate.text() == written, "run: python -m engine.store.generate"


def test_the_first_migration_is_what_the_tables_ask_for_until_they_are_released() -> None:
    for path, sql in generate.first_migrations().items():
        assert path.read_text("utf-8") == sql, "run: python -m engine.store.generate"


def test_the_first_migration_stays_as_it_is_once_it_is_released(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(generate, "RELEASED", 1)
    assert generate.first_migrations() == {}


def test_every_schema_has_one_migration() -> None:
    found = sorted(path.stem[:5] for path in (STORE / "migrations" / "versions").glob("r*.py"))
    assert found == [f"r{number:04d}" for number in range(1, schema.SCHEMA + 1)]
    assert schema.SCHEMA - schema.RELEASED in {0, 1}


def test_both_databases_know_the_same_statements_with_the_same_parameters() -> None:
    assert statements.SQLITE.keys() == statements.POSTGRESQL.keys()
    for name, sql in statements.SQLITE.items():
        here = set(re.findall(r":(\w+)", sql))
        there = set(re.findall(r"%\((\w+)\)s", statements.POSTGRESQL[name]))
        assert here == there, name


def test_both_databases_get_the_same_tables_and_indexes() -> None:
    def names(definitions: tuple[str, ...]) -> list[str]:
        return re.findall(r"CREATE (?:TABLE|INDEX|UNIQUE INDEX) (\S+)", " ".join(definitions))

    assert names(statements.SQLITE_TABLES) == names(statements.POSTGRESQL_TABLES)


def test_no_parameter_is_nameless() -> None:
    for sql in (*statements.SQLITE.values(), *statements.POSTGRESQL.values()):
        assert "param_" not in sql


def test_no_text_in_a_statement_looks_like_a_parameter() -> None:
    texts = [text for sql in statements.SQLITE.values() for text in re.findall(r"'[^']*'", sql)]
    assert texts
    assert not [text for text in texts if re.search(r":[A-Za-z_0-9]", text)]


def test_every_statement_is_used() -> None:
    code = "\n".join((STORE / f"{name}.py").read_text("utf-8") for name in RUNNING)
    code = code.replace((STORE / "statements.py").read_text("utf-8"), "")
    unused = [
        name
        for name in statements.SQLITE
        if f'"{name}"' not in code
        and not name.startswith((copying.READ, copying.WRITE, moving.READ))
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("modules", "absent"),
    [
        (SERVER, ("sqlmodel", "sqlalchemy", "pydantic")),
        (
            [name for name in RUNNING if name not in SERVER],
            ("sqlmodel", "sqlalchemy", "pydantic", "psycopg"),
        ),
    ],
    ids=["postgresql", "everything else"],
)
def test_running_imports_no_more_than_the_driver(
    modules: list[str], absent: tuple[str, ...]
) -> None:
    imports = "; ".join(f"import engine.store.{name}" for name in modules)
    script = f"import sys; {imports}; print(sorted(set({absent!r}) & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
