"""Parties come in from a csv file, whole or not at all; what they share makes a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.program import run
from tests.integration.office import Office, new_office

HEADING = "id;kind;side;name;written_standard;organisation_number\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def bring(office: Office, tmp_path: Path, text: str) -> int:
    file = tmp_path / "parties.csv"
    file.write_text(text, encoding="utf-8")
    return run(["--site", str(office.site.folder), "--json", "party", "import", str(file)])


def test_a_new_party_is_known_and_a_known_one_is_renamed(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "nytt-hf;trust;trust;Nytt Sykehus HF;nn;\nsi;trust;trust;Innlandet HF;neutral;983971709\n"
    )
    assert bring(office, tmp_path, HEADING + text) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["new"]) for row in rows] == [("nytt-hf", True), ("si", False)]
    shown = run(["--site", str(office.site.folder), "--json", "party", "show", "Nytt Sykehus"])
    assert shown == 0
    assert json.loads(capsys.readouterr().out)["written_standard"] == "nn"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("si;trust;municipal;Innlandet HF;;", "cannot change sides"),
        ("Nytt;trust;trust;Nytt HF;;", "“Nytt” cannot stand under id"),
        ("nytt;trust;joint;Nytt HF;;", "“joint” cannot stand under side"),
        ("nytt;trust;trust;;;", "Something must stand under name"),
        ("nytt;trust;trust;Nytt HF;;12", "“12” cannot stand under organisation_number"),
        ("nytt;trust;trust;Nytt HF;;\nnytt;trust;trust;Nytt HF;;", "stands further up already"),
    ],
)
def test_a_fault_in_one_line_keeps_all_out(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, fault: str
) -> None:
    site = ["--site", str(office.site.folder), "--lang", "en"]
    file = tmp_path / "parties.csv"
    file.write_text(f"{HEADING}annet;trust;trust;Annet HF;;\n{line}\n", encoding="utf-8")
    assert run([*site, "party", "import", str(file)]) == 1
    assert fault in capsys.readouterr().err
    assert run([*site, "party", "show", "annet"]) == 1


def test_the_catalogue_makes_a_page_with_the_names_of_parties(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = ["--site", str(office.site.folder), "--at", "2026-09-07"]
    assert run([*site, "catalogue", "--format", "html"]) == 0
    assert "Ingenting å vise." in capsys.readouterr().out
    shares = tmp_path / "shares.csv"
    shares.write_text(
        "owner,borrower,short_name,course,since,licence,link\n"
        "si,ks-laering,SI-A,Fall & <håp>,2025-01-02,CC BY,https://kurs.example/a\n",
        encoding="utf-8",
    )
    assert run([*site, "request", "import", str(shares)]) == 0
    capsys.readouterr()
    assert run([*site, "--lang", "en", "catalogue", "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert '<html lang="en">' in page
    named = "Fall &amp; &lt;håp&gt;"
    assert f'<th scope="row"><a href="https://kurs.example/a">{named}</a></th>' in page
    assert "<td>Sykehuset Innlandet HF</td>" in page
    assert "<td>2025-01-02</td>" in page
