"""The SQL in files: each query is explained and used, and none needs SQLModel to run."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import schema, statements, tables
from engine.store.statements import POSTGRESQL, SQLITE

STORE = Path(statements.__file__).parent
FILES = sorted((STORE / "sql").iterdir())
WHOLE_TABLES = ("copying", "moving")
"""The modules that work on whole tables, out of their description."""
RUNNING = sorted(
    ".".join(path.relative_to(STORE).with_suffix("").parts)
    for path in STORE.rglob("*.py")
    if path.stem not in ("__init__", *WHOLE_TABLES)
    and not {"tables", "migrations"} & set(path.relative_to(STORE).parts)
)
"""The modules of a site that runs every day."""
SERVER = [name for name in RUNNING if name.startswith("postgresql")]
RELEASED = 1
"""The newest schema that a release has: its migration stays as it is."""
BLOCK = re.compile(r"-- (?:name|part): (\w+)\n((?:-- .+\n)+)([^;]+);\n")


def blocks() -> Iterator[tuple[str, str, str]]:
    """(name, what is said of it, text) of each query and part."""
    for file in FILES:
        for name, said, text in BLOCK.findall(file.read_text("utf-8")):
            yield name, " ".join(line.removeprefix("-- ") for line in said.splitlines()), text


def test_a_file_says_what_it_is_about_and_then_holds_nothing_but_explained_queries() -> None:
    for file in FILES:
        said, *rest = re.split(r"\n\n(?=-- (?:name|part): )", file.read_text("utf-8"))
        assert all(line.startswith("-- ") for line in said.splitlines()), file
        assert rest, file
        assert all(BLOCK.fullmatch(each.rstrip("\n") + "\n") for each in rest), file


def test_every_query_has_one_name_and_a_sentence_that_says_what_it_is_for() -> None:
    found = list(blocks())
    assert len({name for name, _, _ in found}) == len(found)
    assert {name for name, said, _ in found if not re.fullmatch(r"[A-Z].+\.", said)} == set()
    assert {name for name, _, _ in found} >= set(SQLITE)


def test_every_part_is_used() -> None:
    everything = "".join(text for _, _, text in blocks())
    parts = {name for name, _, _ in blocks()} - set(SQLITE)
    assert {name for name in parts if f"{{{name}}}" not in everything} == set()


def test_no_line_is_longer_than_the_rest_of_the_program_allows() -> None:
    assert [
        line for file in FILES for line in file.read_text("utf-8").splitlines() if len(line) > 100
    ] == []


def test_every_schema_has_one_migration() -> None:
    found = sorted(path.stem[:5] for path in (STORE / "migrations" / "versions").glob("r*.py"))
    assert found == [f"r{number:04d}" for number in range(1, schema.SCHEMA + 1)]
    assert schema.SCHEMA - RELEASED in {0, 1}


def test_both_databases_get_the_same_parameters() -> None:
    for name, sql in SQLITE.items():
        here = set(re.findall(r":(\w+)", sql))
        there = set(re.findall(r"%\((\w+)\)s", POSTGRESQL[name]))
        assert here == there, name


def test_nothing_of_the_files_own_signs_is_left() -> None:
    for sql in (*SQLITE.values(), *POSTGRESQL.values()):
        assert not re.search(r"--|\{\w+\}|\[\]|;|:\w+::", sql), sql
    assert not [sql for sql in SQLITE.values() if "FOR UPDATE" in sql or "::" in sql]


def test_locks_and_what_is_for_one_database_alone_are_that_ones() -> None:
    assert POSTGRESQL["timers_due_locked"].endswith("FOR UPDATE OF request, timer SKIP LOCKED")
    assert SQLITE["timers_due_locked"] == SQLITE["timers_due"]
    assert SQLITE["letters_turn"] == "SELECT 1 AS turn"
    assert "pg_advisory_xact_lock" in POSTGRESQL["letters_turn"]


def test_no_text_in_a_statement_looks_like_a_parameter() -> None:
    texts = [text for sql in SQLITE.values() for text in re.findall(r"'[^']*'", sql)]
    assert texts
    assert not [text for text in texts if re.search(r":[A-Za-z_0-9]", text)]


def test_every_statement_is_used() -> None:
    files = [STORE / f"{name.replace('.', '/')}.py" for name in RUNNING]
    code = "\n".join(file.read_text("utf-8") for file in files)
    assert [name for name in SQLITE if f'"{name}"' not in code] == []


def test_mail_for_people_is_asked_for_as_its_index_has_it() -> None:
    def plain(sql: str) -> str:
        return re.sub(r"[\s()]", "", sql)

    assert plain(tables.mail.FOR_PEOPLE) in plain(SQLITE["mail_for_people"])


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
