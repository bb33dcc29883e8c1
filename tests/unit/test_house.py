"""The house itself: its files are short, name no machine, and leave nothing for later."""

from __future__ import annotations

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
