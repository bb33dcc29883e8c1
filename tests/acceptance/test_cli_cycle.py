"""The year of the networks by command: an area, its networks, a delivery, and how a year stands."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.site import Program

LEADER, FOUSAM = "demens@karmoy.example", "fousam@fonna.example"
FORM = "Tiltak 1: Kurs for pårørande\nSatsingsområde: Tidleg innsats\n"


def test_a_plan_is_opened_laid_in_read_in_and_seen(program: Program, tmp_path: Path) -> None:
    area = program.one("--at", "2026-08-20", "network", "setup", "helse-fonna", "--examples")
    assert len(area["municipalities"]) == 16
    assert len(program.list("network", "list", "--area", "helse-fonna")) == 6
    swept = program.one("--at", "2026-09-01", "sweep")
    assert swept["opened"] == 6
    requests = program.list("request", "list", "--workflow", "network_plan")
    assert {row["state"] for row in requests} == {"not_delivered"}
    plan, form = tmp_path / "plan.pdf", tmp_path / "skjema.txt"
    plan.write_bytes(b"%PDF-1.7 plan")
    form.write_text(FORM, encoding="utf-8")
    about = ("demens", "plan", "2027")
    laid_in = program.one(
        *("--at", "2026-11-20", "cycle", "deliver", *about, "--file", str(plan)),
        *("--as", LEADER),
    )
    assert laid_in["state"] == "delivered"
    seen = program.one("--at", "2026-12-01", "cycle", "status", "2027")
    (line,) = [row for row in seen["plans"] if row["network"] == "demens"]
    assert (line["status"], line["unread"], line["measures"]) == ("in_time", True, None)
    assert seen["counts"]["plans"] == {"in_time": 1, "missing": 5}
    program.one(
        *("--at", "2026-12-02", "cycle", "read", *about, "--file", str(form), "--as", FOUSAM)
    )
    text = program.run("--at", "2026-12-02", "--lang", "nn", "cycle", "status", "2027").text
    assert "Handlingsplanar 2027: i tide 1, manglar 5" in text
    refused = program.run(
        *("--at", "2026-12-02", "cycle", "deliver", *about, "--file", str(plan)),
        *("--as", "su@fonna.example"),
    )
    assert (refused.code, "nettverkslederen" in refused.err) == (1, True)
