"""Files and values that no command can use are told of, and end no command with a trace."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.app import make_site
from tests.acceptance.site import Ran, run_here

FILES = {
    ("contact", "import"): "party,duty,email,name\nahus,e-læringsansvarlig,a@ahus.example,Åse\n",
    ("party", "import"): "id,kind,side,name,written_standard\nx,trust,trust,Sjøråd,nb\n",
    ("request", "import"): "owner,borrower,short_name,course,since,licence,link\n"
    "ahus,ks-laering,FOED,Fødsel,2026-01-05,CC BY 4.0,https://kurs.example/foed\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd") / "site"
    make_site(folder, {}).database.close()
    return folder


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "site"))


def refused(site: Path, *arguments: str) -> Ran:
    ran = run_here("--site", str(site), *arguments)
    assert ran.code in {1, 2}, ran
    assert "Traceback" not in ran.err
    return ran


@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_csv_in_windows_1252_is_read_as_it_was_written(
    command: tuple[str, str], site: Path, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(FILES[command].encode("cp1252"))
    ran = run_here("--site", str(site), *command, str(file))
    assert ran.code == 0, ran
    assert [word for word in ("Åse", "Sjøråd", "Fødsel", "FOED") if word in ran.out.decode()]


@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_a_csv_field_that_is_too_long_is_refused(
    command: tuple[str, str], site: Path, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(FILES[command] + "x" * 200_000, encoding="utf-8")
    assert "Et felt er for langt" in refused(site, *command, str(file)).err


@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_a_file_without_an_end_is_refused(command: tuple[str, str], site: Path) -> None:
    assert "mer enn 10 MB" in refused(site, *command, "/dev/zero").err


def test_a_form_without_an_end_is_refused(site: Path) -> None:
    opening = ("request", "open", "hf_to_ks", "--as", "a@ahus.example", "--form", "/dev/zero")
    assert "mer enn 10 MB" in refused(site, *opening).err


@pytest.mark.parametrize("number", ["9" * 30, "-1", "1e9"])
@pytest.mark.parametrize(
    "command",
    [
        ("letter", "show"),
        ("letter", "release"),
        ("mail", "show"),
        ("network", "done"),
        ("cycle", "open"),
    ],
    ids=" ".join,
)
def test_a_number_that_there_cannot_be_is_refused(
    command: tuple[str, str], number: str, site: Path
) -> None:
    refused(site, *command, "--", number)


def test_an_agreement_ends_by_its_last_day_or_the_first_one_without_it(site: Path) -> None:
    add = ("agreement", "add", "--from", "2030-01-01")
    refused(site, *add)
    refused(site, *add, "--to", "2031-01-01", "--through", "2030-12-31")
    assert run_here("--site", str(site), *add, "--through", "2030-12-31").code == 0
    listed = run_here("--site", str(site), "--json", "agreement", "list").out.decode()
    assert "2031-01-01" in listed
