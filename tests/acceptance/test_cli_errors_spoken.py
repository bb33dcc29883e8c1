"""What cannot be done is told in the reader's language, also of own files and the database."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import workflows
from engine.app import make_site
from tests.acceptance.site import run_here
from tests.integration.office import new_office

ENGLISH = (" the ", "there is", " is ", "holds", "cannot", "must be", "unable", "field larger")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, whose language is bokmål."""
    folder = tmp_path_factory.mktemp("spoken") / "site"
    make_site(folder, {}).database.close()
    return folder


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "site"))


def refused(site: Path, *arguments: str, stdin: bytes = b"") -> str:
    """What the command says, in bokmål, when it cannot be done."""
    ran = run_here("--site", str(site), *arguments, stdin=stdin)
    assert ran.code != 0
    assert "Traceback" not in ran.err
    assert not [word for word in ENGLISH if word in f" {ran.err.lower()}"], ran.err
    return ran.err


def test_of_keys(site: Path) -> None:
    assert "ingen nøkkel nope" in refused(site, "key", "retire", "nope")
    signing = (site / "signing.key").read_text(encoding="utf-8")
    (site / "signing.key").write_text(f"{signing}abcd\n", encoding="utf-8")
    assert "byte" in refused(site, "key", "list")


def test_of_letters_settings_that_name_nobody(site: Path) -> None:
    settings = site / "kursdeling.toml"
    text = settings.read_text(encoding="utf-8")
    for table in ("workflows", "parties"):
        head = f"[letters.{table}]\n"
        assert head in text
        more = text.replace(head, f'{head}nowhere = "hold"\n')
        settings.write_text(more, encoding="utf-8")
        assert f"letters.{table}: «nowhere» er ikke navnet" in refused(site, "letter", "send")


def test_of_databases(site: Path, tmp_path: Path) -> None:
    database = site / "kursdeling.db"
    copy = tmp_path / "copy.db"
    assert run_here("--site", str(site), "db", "copy", str(database), str(copy)).code == 0
    told = refused(site, "db", "copy", str(database), str(copy))
    assert "har alt noe i tabellen" in told
    assert "det finnes ikke" in refused(site, "db", "backup", "/nonexistent/folder")
    database.write_bytes(b"no database at all" * 99)
    for command in (("request", "list"), ("db", "upgrade"), ("mail", "list")):
        assert "ingen hel database" in refused(site, *command)
    database.write_bytes(b"")
    assert "ingen tabeller" in refused(site, "request", "list")
    database.unlink()
    assert "er borte" in refused(site, "request", "list")


def test_of_area_files_and_networks(site: Path, tmp_path: Path) -> None:
    area = tmp_path / "area.toml"
    area.write_text('id = "x"\n', encoding="utf-8")
    assert "beskriver ikke noe område" in refused(site, "network", "setup", str(area))
    area.write_text("id = \n", encoding="utf-8")
    refused(site, "network", "setup", str(area))
    assert "med nummer 7 er åpen" in refused(site, "network", "done", "7")


def test_of_domains_where_anybody_has_an_address(site: Path) -> None:
    assert "Hvem som helst" in refused(site, "party", "domain", "ahus", "gmail.com")


def test_of_files_of_a_routines_trial(site: Path, tmp_path: Path) -> None:
    assert "Det finnes ingen fil nope.yaml" in refused(site, "workflow", "show", "nope.yaml")
    script = tmp_path / "script.txt"
    for text in ("nothing", "nobody_at_all: JA", "wait 3 moons", "expect shared"):
        script.write_text(f"{text}\n", encoding="utf-8")
        routine = Path(workflows.__file__).with_name("hf_to_ks.yaml")
        said = refused(site, "workflow", "try", str(routine), "--script", str(script))
        assert said.startswith("Linje 1"), said


def test_a_field_that_is_too_long_is_told_once(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"party,duty,email\nahus,{'x' * 200_000},a@b.example\n", encoding="utf-8")
    said = refused(site, "contact", "import", str(file))
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("\n[mail]\n", "linje 2: det samme navnet står to ganger"),
        ("\na = ja\n", "linje 2, tegn 5: dette kan ikke leses"),
        ("\na = 'x", "slutter midt i en verdi"),
    ],
)
def test_of_a_file_of_settings_that_is_no_toml(site: Path, broken: str, told: str) -> None:
    settings = site / "kursdeling.toml"
    settings.write_text(f"[mail]{broken}", encoding="utf-8")
    assert told in refused(site, "request", "list").lower()


def test_of_a_key_that_is_not_in_hexadecimal_digits(site: Path) -> None:
    (site / "signing.key").write_text("no key\n", encoding="utf-8")
    assert "heksadesimale" in refused(site, "key", "list")


def test_of_an_act_on_nobodys_behalf(site: Path) -> None:
    for command in (
        ("request", "open", "hf_to_ks"),
        ("request", "fire", "KD-2026-0001", "send"),
        ("request", "undo", "KD-2026-0001"),
    ):
        assert "adressen til den som handler" in refused(site, *command)


def test_of_a_letter_that_has_gone(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open()
    for command, wanted in (("retry", "prøves igjen"), ("hold", "holdt tilbake")):
        told = refused(tmp_path / "site", "letter", command, "1")
        assert told == f"Brev 1 står som «sendt» og kan ikke få tilstanden «{wanted}».\n"


def test_of_a_template_of_the_sites_own(site: Path) -> None:
    own = site / "templates" / "nb"
    own.mkdir(parents=True)
    (own / "request_received.txt").write_text("Emne: x\n\n{% if %}\n", encoding="utf-8")
    told = refused(site, "letter", "preview", "request_received", "--lang", "nb")
    assert "Brevmalen nb/request_received.txt kan ikke brukes, se linje 3" in told


def test_of_a_mailbox_that_is_out_of_reach(site: Path) -> None:
    settings = site / "kursdeling.toml"
    text = settings.read_text(encoding="utf-8")
    for key, value in (("host", '"127.0.0.1"'), ("user", '"kurs"'), ("port", "1")):
        head, mark, rest = text.partition("\n[imap]\n")
        text = head + mark + re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", rest, count=1)
    settings.write_text(text.replace('security = "tls"', 'security = "none"'), encoding="utf-8")
    (site / "imap.password").write_text("secret", encoding="utf-8")
    (site / "imap.password").chmod(0o600)
    ran = run_here("--site", str(site), "tick", "--leap")
    assert "postkassen kan ikke leses nå" in ran.err, ran.err
