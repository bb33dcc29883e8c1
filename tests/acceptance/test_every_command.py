"""Every command that prints, in text and in every language, on sites that hold something of all."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sqlite3
import traceback
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from engine.cli.commands import COMMANDS
from engine.cli.program import run
from engine.model import LANGUAGES, Language
from engine.wording import names as called
from tests.acceptance.full_site import AT, empty_tables, fill
from tests.acceptance.site import FORM, mail
from tests.unit.cases import routine

LISTS: Final = frozenset({
    "agreement list", "catalogue", "catalogue links", "catalogue search", "contact check",
    "contact list", "cycle status", "deadline list", "doctor", "key list", "letter list",
    "mail list", "network areas", "network list", "party domain", "party list", "request history",
    "request list", "workflow list",
})  # fmt: skip
"""The commands that show what there is: where there is a row of everything, never nothing."""
ELSEWHERE: Final = {
    "demo": "makes the site of these tests, and is told by itself",
    "run": "works until it is stopped",
}
"""The commands that are not run here, and why."""
HOW: Final[Mapping[str, tuple[str, ...]]] = {
    "init": ("{new}",),
    "doctor": (),
    "tick": (),
    "mail take": ("{mail_file}",),
    "mail list": (),
    "mail show": ("1",),
    "mail retry": ("1",),
    "mail learn": (),
    "mail attach": ("2", "{shared}"),
    "mail discard": ("3", "--reason", "x"),
    "request list": (),
    "request show": ("{shared}",),
    "request history": ("{shared}",),
    "request why": ("{waiting}",),
    "request open": ("hf_to_ks", "--as", "elaering@ahus.example", "--form", "{form}", "--dry-run"),
    "request fire": (
        "{waiting}", "give_opinion", "--as", "samhandling@si.example", "--note", "x", "--dry-run",
    ),
    "request undo": ("{waiting}", "--as", "samhandling@si.example", "--dry-run"),
    "request correct": ("{shared}", "--to", "accepted", "--reason", "x", "--dry-run"),
    "request reopen": ("{closed}", "--reason", "x", "--dry-run"),
    "request import": ("{shares}", "--dry-run"),
    "letter list": (),
    "letter show": ("1",),
    "letter preview": ("remind",),
    "letter send": (),
    "letter release": ("1",),
    "letter hold": ("1",),
    "letter cancel": ("1",),
    "letter retry": ("1",),
    "letter pause": (),
    "letter resume": (),
    "sweep": ("--dry-run",),
    "deadline list": (),
    "simulate": ("--until", "2027-02-28"),
    "workflow list": (),
    "workflow show": ("hf_to_ks",),
    "workflow check": (),
    "workflow migrate": ("hf_to_ks", "--map", "{map}", "--dry-run"),
    "workflow try": ("hf_to_ks", "--script", "{script}"),
    "cycle open": ("2027",),
    "cycle status": ("2025",),
    "cycle deliver": (
        "demens", "plan", "2027", "--file", "{form}", "--as", "demens@karmoy.example",
    ),
    "cycle read": ("demens", "plan", "2027", "--no-activity", "--as", "fousam@fonna.example"),
    "cycle rollup": ("2025",),
    "network setup": ("helse-fonna",),
    "network areas": (),
    "network list": (),
    "network show": ("demens",),
    "network add": ("Nytt nettverk", "--decided", "2026-11-01"),
    "network leader": ("demens", "ny.leder@karmoy.example", "--of", "1149"),
    "network member": ("demens", "1149", "Sykepleier"),
    "network task": ("demens", "Kartlegg", "--until", "2027-06-01"),
    "network done": ("1",),
    "network close": ("demens",),
    "network priority": ("2026",),
    "party list": (),
    "party show": ("ahus",),
    "party import": ("{parties}",),
    "party domain": (),
    "contact list": (),
    "contact add": ("ahus", "subject_experts", "fag@ahus.example"),
    "contact import": ("{contacts}",),
    "contact end": ("fag@ahus.example",),
    "contact away": (
        "elaering@ahus.example", "--from", "2026-12-01", "--until", "2026-12-02",
    ),
    "contact restore": ("x",),
    "contact check": (),
    "agreement add": ("--from", "2029-01-01", "--to", "2030-01-01"),
    "agreement list": (),
    "catalogue": (),
    "catalogue search": ("smittevern",),
    "catalogue links": (),
    "course may-sell": ("{shared}",),
    "key list": (),
    "key renew": (),
    "key retire": ("tull",),
    "db upgrade": (),
    "db verify": (),
    "db backup": ("{backup}",),
    "db copy": ("{source}", "{target}"),
}  # fmt: skip
"""What is asked of each command, in the order of its table; one that is missing fails."""
ENGLISH: Final = re.compile(
    r"\b(the|this|there|which|nobody|cannot|must|with|not|does|was|because|unknown|missing)\b"
)
FILES: Final[Mapping[str, str]] = {
    "form": FORM,
    "shares": "owner;borrower;short_name;course;since\nahus;ks-laering;NY-1;Nytt kurs;2024-01-01\n",
    "parties": "id;kind;side;name\nnytt;trust;trust;Nytt HF\n",
    "contacts": "party;duty;email\nous;elearning;ny@ous.example\n",
    "map": "# gammel = ny\ndraft = draft\n",
    "script": "owner: FORM\n  Fullt navn på kurset: Et kurs\nwait 5 working days\n",
}


ROUTINES: Final = tuple(
    file.name.removesuffix(".yaml")
    for file in files("workflows").iterdir()
    if file.name.endswith(".yaml") and file.name != "duties.yaml"
)


LETTERS: Final = frozenset(
    file.name.removesuffix(".txt")
    for file in files("notifiers").joinpath("templates", "nb").iterdir()
)


@cache
def our_words() -> frozenset[str]:
    """Our own English names of things that have another name in bokmål and in nynorsk."""
    tables = (
        called.EVENT_NAMES, called.VERDICT_NAMES, called.LETTER_STATE_NAMES, called.DUTY_NAMES,
        called.ROLE_NAMES, called.WORDS, called.FAULT_NAMES,
    )  # fmt: skip
    names = {name: words for table in tables for name, words in table.items()}
    for name in ROUTINES:
        workflow, _ = routine(name)
        names |= {state.name: state.titles for state in workflow.states.values()}
    norwegian = {
        part
        for words in names.values()
        for language in ("nb", "nn")
        for part in re.findall(r"\w+", words[language].lower())
    }
    both = {"at", "register", "send", "sent", "su", "time", "demo"}
    return frozenset(names) - norwegian - both - LETTERS


def played(arguments: list[str]) -> tuple[int | str, str, str]:
    """(exit code, or the traceback; standard output; standard error) of one command."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code: int | str = run(arguments)
        except BaseException:  # noqa: BLE001 – whatever it is, it is told
            code = traceback.format_exc()
        out.flush()
    return code, out.buffer.getvalue().decode(), err.getvalue()  # type: ignore[attr-defined] # a BytesIO


def rows(site: Path, *arguments: str) -> list[dict[str, Any]]:
    """What a command answers with in JSON."""
    code, out, err = played(["--site", str(site), "--at", AT, "--json", *arguments])
    assert code == 0, (code, err)
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture(scope="module")
def demo(played_demo: tuple[Path, str]) -> Path:
    """The site that the demo leaves."""
    return played_demo[0]


@pytest.fixture(scope="module")
def full(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a row in every table."""
    folder = tmp_path_factory.mktemp("full") / "site"
    shutil.copytree(demo, folder)
    fill(folder / "kursdeling.db")
    return folder


@pytest.fixture(params=["demo", "full"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of either, to be worked on."""
    shutil.copytree(request.getfixturevalue(request.param), tmp_path / "site")
    if request.param == "demo":
        (tmp_path / "site" / IS_DEMO).touch()
    return tmp_path / "site"


def given(site: Path, folder: Path) -> dict[str, str]:
    """What stands for the words in braces, on this site."""
    known = rows(site, "request", "list")
    of = {each["state"]: each["id"] for each in known}
    found = {"shared": of["shared"], "waiting": of["consulting"], "closed": of["ended"]}
    for name, text in FILES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        found[name] = str(folder / f"{name}.txt")
    (folder / "en.eml").write_bytes(mail(body="MOTTATT", subject="Hei"))
    found["mail_file"] = str(folder / "en.eml")
    found |= {name: str(folder / name) for name in ("new", "backup", "target")}
    return found | {"source": str(site / "kursdeling.db")}


def wrongs(
    site: Path, language: Language, path: str, done: tuple[int | str, str, str]
) -> Iterator[str]:
    """What is wrong with what a command has said."""
    code, out, err = done
    if code not in (0, 1):
        yield f"{path}: {code} {err}"
        return
    if not f"{out}{err}".strip() and path != "key retire":
        yield f"{path}: said nothing"
    if (
        path in LISTS
        and not (site / IS_DEMO).exists()
        and any(empty in out for empty in ("Ingenting å vise", "Nothing to show"))
    ):
        yield f"{path}: shows nothing"
    if language != "en" and path not in SPEAK_ALL:
        said = re.sub(r"«[^»]*»|https?://\S+|\S+@\S+|\w+\.\w+|/\S+", " ", f"{out}\n{err}")
        found = {word for word in re.findall(r"\b[a-z_]+\b", said) if word in our_words()}
        found |= set(ENGLISH.findall(said))
        if found:
            yield f"{path}: English in {language}: {', '.join(sorted(found))}"


IS_DEMO: Final = "demo.only"
"""Lies in a site that holds only what the demo leaves: not all lists show something there."""
SPEAK_ALL: Final = frozenset({
    "workflow show", "workflow try", "workflow check", "party import", "db copy", "db verify",
    "letter preview",
})  # fmt: skip
"""Those that show a routine as its file says it, repeat what somebody has written, or name tables
and columns as the database does.
"""


def test_every_command_is_asked_here_or_it_is_said_why_not() -> None:
    assert set(COMMANDS) == {*HOW, *ELSEWHERE}, "a row in HOW, or why not in ELSEWHERE"


def test_every_table_holds_something(full: Path) -> None:
    assert empty_tables(full / "kursdeling.db") == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_answers_people_in_their_language(
    site: Path, tmp_path: Path, language: Language
) -> None:
    known = given(site, tmp_path)
    before = ["--site", str(site), "--at", AT, "--lang", language]
    found: list[str] = []
    for path in COMMANDS:
        if path in HOW:
            arguments = [each.format_map(known) for each in HOW[path]]
            found += wrongs(site, language, path, played([*before, *path.split(), *arguments]))

    assert "\n".join(found) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_survives_a_bad_row_and_says_which(
    full: Path, tmp_path: Path, language: Language
) -> None:
    site = tmp_path / "site"
    shutil.copytree(full, site)
    with sqlite3.connect(site / "kursdeling.db") as connection:
        connection.execute("UPDATE letter SET template = 'tull', subject = NULL WHERE id = 7")
        connection.execute("UPDATE inbox SET reasons = '[{}]' WHERE id = 7")
        connection.execute("UPDATE request SET version = 99 WHERE id = 7")
    connection.close()
    before = ["--site", str(site), "--at", AT, "--lang", language]

    for name, many in (("letter", 300), ("mail", 70), ("request", 24)):
        code, out, err = played([*before, name, "list"])
        assert code == 0, (name, code, err)
        assert len(out.splitlines()) > many, name
        # A letter's subject is stored with it, so of letters nothing is left that could be bad.
        assert name == "letter" or "7" in err, (name, err)
    listed = rows(site, "letter", "list")
    assert [each["id"] for each in listed] == list(range(1, len(listed) + 1))
    mails = rows(site, "mail", "list")
    assert [each["mail"] for each in mails if "fault" in each] == [7]
