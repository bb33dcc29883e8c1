"""bench/RESULTS.md: what was measured, where and when; a section for each benchmark."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from bench import postgresql
from bench.rows import Row

FILE: Final = Path(__file__).parent / "RESULTS.md"
_HEAD: Final = """\
# What was measured

Written by `make bench-results`; `python -m bench NAME --results` renews one section. What each case
does stands at the top of the module of its name, what the figures taught in
[docs/performance.md](../docs/performance.md). `ratio` is `ours` divided by `bound`, from the same
run; both are medians of runs in turn.
"""
_PACKAGES: Final = (
    "aiosmtplib", "dbos", "psycopg", "roundup", "SpiffWorkflow", "SQLAlchemy", "sqlmodel",
)  # fmt: skip
_SECTION = re.compile(r"^## (?P<name>\S+)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_KILOBYTES_OF_A_GIGABYTE: Final = 1024 * 1024


def keep(name: str, rows: Sequence[Row], *, load: float, file: Path = FILE) -> None:
    """Write the section of the benchmark `name` anew; the others stand as they are.

    `load` is the machine's load average before it began: how many others wanted a core.
    """
    standing = file.read_text(encoding="utf-8") if file.exists() else ""
    sections = {found["name"]: found["text"] for found in _SECTION.finditer(standing)}
    sections[name] = f"\n{_where(load)}\n\n{_table(rows)}\n\n"
    parts = [_HEAD, *(f"## {title}\n{text}" for title, text in sections.items())]
    file.write_text("\n".join(part.strip() + "\n" for part in parts), encoding="utf-8")


def _where(load: float) -> str:
    now = datetime.now(UTC)
    return (
        f"{now:%Y-%m-%d %H:%M} UTC, {'; '.join((*_machine(), *_versions()))}; load average"
        f" {load:.1f} before it began."
    )


def _machine() -> Iterator[str]:
    yield f"{os.cpu_count()} cores of {_processor()}"
    memory = Path("/proc/meminfo")
    if memory.exists():
        found = re.search(r"MemTotal:\s+(\d+) kB", memory.read_text(encoding="ascii"))
        if found:
            yield f"{int(found[1]) / _KILOBYTES_OF_A_GIGABYTE:.0f} GB"
    yield platform.system()


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", told.read_text(), re.MULTILINE)
        if found:
            return found[1].strip()
    return platform.machine()


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    yield f"SQLite {sqlite3.sqlite_version}"
    server = postgresql.version()
    if server:
        yield f"PostgreSQL {server}"
    for package in _PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            continue


def _table(rows: Sequence[Row]) -> str:
    head = "| case | ours | bound | unit | ratio | peak MB |\n| --- | --: | --: | --- | --: | --: |"
    lines = (
        f"| {row.case} | {row.rate:,.1f} | {row.bound:,.1f} | {row.unit} | {row.ratio:.3f} |"
        f" {row.peak_mb:,.0f} |"
        for row in rows
    )
    return "\n".join((head, *lines))
