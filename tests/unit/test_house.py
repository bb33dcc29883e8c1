"""The house itself: its files are short, name no machine, and leave nothing for later."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("engine", "workflows", "notifiers", "config", "tests", "bench", "docs", ".ci")
LONGEST = 450
BANNED_NAMES = {"utils", "helpers", "manager", "base"}
NOT_OURS = {".coverage", ".git"}
TEXT = {".py", ".toml", ".yaml", ".md", ".csv", ".txt", ".json", ".sh", ".j2", ".in", ""}

MACHINE = re.compile(r"(?<![\w.}/])/(w[o]rk|h[o]me|r[o]ot|o[p]t)/")
REGISTRY = re.compile(
    r"https?://\S*(p[y]pi|p[y]thonhosted|n[p]mjs|deb\.d[e]bian)|--(extra-)?index-url"
)
LATER = re.compile(
    r"#\s*(T[O]DO|F[I]XME|X[X]X)|NotI[m]plementedError|pytest\.x[f]ail\(|pragma: n[o] cover"
)
UNEXPLAINED = re.compile(
    r"#\s*(n[o]qa|type: i[g]nore)(?!(: [A-Z]+\d++(, [A-Z]+\d++)*+|\[[a-z-]+\])\W+\w)"
)

LATE = {
    "engine/app/assembling.py engine.app.dkim_check": "dkimpy, where the site checks itself",
    "engine/app/assembling.py engine.linkcheck.asking": "TLS and HTTP, to ask links",
    "engine/app/assembling.py engine.store.migrations.upgrading": "Alembic, to make tables new",
    "engine/app/assembling.py engine.app.scanner": "shlex, where a file goes along with a letter",
    "engine/app/logging_in.py engine.app.tokens": "TLS and HTTP, where a token logs in",
    "engine/app/mailboxes.py engine.mailbox.imap": "IMAPClient, where a mailbox is read",
    "engine/app/post.py notifiers.render": "Jinja, where a letter is written",
    "engine/app/post.py notifiers.smtp": "aiosmtplib, where letters leave by SMTP",
    "engine/app/routine_files.py engine.definition": "PyYAML, for a site's own routines",
    "engine/cli/__init__.py engine.cli.program": "whatever fails in it, mail take keeps the mail",
    "engine/cli/program.py importlib.metadata": "for --version alone",
    "engine/domain/all_day.py icalendar.parser": "for a line of a calendar that is too long",
    "engine/domain/word_file.py docx.oxml": "python-docx, where a Word file is made",
    "engine/intake/automatic/bounce_text.py flufl.bounce": "few mails are bounces",
    "engine/log.py structlog": "structlog, where a log is written",
    "engine/machine.py transitions": "transitions, where a routine is proved",
    "engine/report/letter_documents.py engine.report.as_docx": "python-docx, for a few letters",
    "engine/store/backup.py engine.store.moving": "SQLModel, to copy a whole database",
    "engine/store/opening.py engine.store.postgresql": "psycopg, where the site has PostgreSQL",
    "notifiers/attaching.py notifiers": "python-docx, where a whole letter is made",
    "engine/store/schema.py engine.store.tables": "SQLModel, to make a database",
}
"""What is imported inside a function, (file, module), and why it may come late; the command line's
table (`engine/cli/commands.py`) is the only other place.
"""


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of the project with one of `suffixes`, whatever else lies in the folder."""
    top = (path for path in ROOT.iterdir() if path.is_file())
    deep = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    for path in (*top, *deep):
        if (
            path.suffix in suffixes
            and "__pycache__" not in path.parts
            and path.name not in NOT_OURS
        ):
            yield path


def found(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    """Each place where `pattern` stands, as `file:line: text`."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}"
        for path in files(*suffixes)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_python_file_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(".py")
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_imports_stand_at_the_top_of_files_but_for_a_few_with_reasons() -> None:
    late = set()
    for folder in ("engine", "workflows", "notifiers", "config"):
        for path in (ROOT / folder).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            late |= {f"{name} {module}" for module in imported_in_functions(path)}

    assert late == set(LATE)


def imported_in_functions(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for each in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(each, ast.ImportFrom):
            yield str(each.module)
        elif isinstance(each, ast.Import):
            yield from (name.name for name in each.names)


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in files(".py") if path.stem in BANNED_NAMES] == []


@pytest.mark.parametrize(
    ("pattern", "suffixes"),
    [
        pytest.param(MACHINE, TEXT, id="paths of one machine"),
        pytest.param(REGISTRY, TEXT, id="addresses of package indexes"),
        pytest.param(LATER, {".py"}, id="things left for later"),
        pytest.param(UNEXPLAINED, {".py"}, id="switched-off checks without a reason"),
    ],
)
def test_the_project_has_no(pattern: re.Pattern[str], suffixes: set[str]) -> None:
    assert found(pattern, *suffixes) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE, "see /w" + "ork/main"),
        (REGISTRY, "https://p" + "ypi.org/simple"),
        (LATER, "# T" + "ODO: mend"),
        (UNEXPLAINED, "x = 1  # n" + "oqa: S105"),
        (UNEXPLAINED, "x = 1  # n" + "oqa: S105, S106"),
        (UNEXPLAINED, "x = 1  # n" + "oqa because"),
        (UNEXPLAINED, "x = 1  # type: i" + "gnore[misc]"),
    ],
)
def test_the_patterns_of_this_file_find_what_they_look_for(
    pattern: re.Pattern[str], line: str
) -> None:
    assert pattern.search(line)


def test_a_check_switched_off_with_a_reason_may_stand() -> None:
    assert not UNEXPLAINED.search("x = 1  # n" + "oqa: S105 – the name of a file")
    assert not UNEXPLAINED.search("x = 1  # type: i" + "gnore[misc]  # the point of the test")


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-build.txt", "requirements-test.txt"]
)
def test_every_requirement_is_pinned_by_version_and_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")

    for line in text.splitlines():
        assert re.match(
            r"^[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line
        ), line


def test_what_the_program_depends_on_is_what_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[<>=]", need)[0] for need in project["dependencies"]}
    pinned = re.findall(
        r"^([a-z0-9._-]+)(?:\[.*?\])?==",
        (ROOT / "requirements.txt").read_text("utf-8"),
        re.MULTILINE,
    )

    assert wanted <= set(pinned)
