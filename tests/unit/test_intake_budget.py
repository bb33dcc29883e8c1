"""Reading one message is bounded work, counted in steps, whatever stands in it (DESIGN §7)."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator

import pytest

from engine.intake.budget import Budget, SpentError
from engine.intake.files import docx
from engine.intake.mail import against, read
from engine.intake.markup import html
from engine.intake.reading import IntakeRules, Reading

RULES = IntakeRules()
HEAD = "From: a@b.example\nTo: x@y.example\nSubject: hei\nMessage-ID: <1@b.example>\n"
MOST = 20.0
"""Seconds of processor time: ten times what one message may take, for machines differ."""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(html_text: str) -> str:
    return HEAD + "Content-Type: text/html\n\n" + html_text


def document(xml: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return packed.getvalue()


def timed(raw: str | bytes) -> tuple[Reading, float]:
    content = raw.encode() if isinstance(raw, str) else raw
    begun = time.process_time()
    found = read(content, RULES)
    return found, time.process_time() - begun


def hostile_pages() -> Iterator[tuple[str, str]]:
    blanks = "background:a" + " " * 3960 + ")"
    yield "blanks in a background", f'<p style="{blanks}">x</p>' * 90
    classes = " ".join(f"c{n}" for n in range(20))
    rules = "".join(f".c{n % 20}{{p{n}:{n};color:#{n:06x}}}" for n in range(3_000))
    yield (
        "many tags beside many rules",
        f"<style>{rules}</style>" + f'<p class="{classes}">x' * 5_000,
    )
    inside = "".join(f".a{n} *{{color:red;font-size:{n}px}}" for n in range(3_000))
    yield "rules for everything inside", f"<style>{inside}</style>" + '<b class="a1">' * 20_000
    beside = "".join(f".a{n} ~ p + *{{color:red}}" for n in range(1_900))
    yield "rules for everything beside", f"<style>{beside}</style>" + '<p class="a1">x' * 20_000
    media = "".join(f"@media (min-width:{n}px){{.a{n % 9}{{color:red}}}}" for n in range(1_900))
    classes = " ".join(f"a{n}" for n in range(9))
    yield "many conditions", f"<style>{media}</style>" + f'<p class="{classes}">x' * 10_000
    yield "blocks in blocks", "<style>" + ".a{color:red;&" * 30_000 + "</style><p class=a>x"
    yield "brackets in a selector", f"<style>{':not(' * 19_000}{{color:red}}</style><p>x"
    variables = ";".join(f"--v{n}:{f'var(--v{n - 1})' * 20}" for n in range(1, 50))
    yield "variables in variables", f'<p style="--v0:red;{variables};color:var(--v49)">x' * 200
    yield "quotes in a tag", ('<p a="' + ">" * 1_990 + "<") * 190
    yield "brackets in a background", ('<p style="background:' + "a(" * 1_990 + '">x') * 95
    yield "unclosed styles", "<style" * 66_000


@pytest.mark.parametrize(("what", "text"), list(hostile_pages()))
def test_no_page_takes_long(what: str, text: str) -> None:
    found, seconds = timed(page(text))
    assert seconds < MOST, what
    assert found.kind in {"person", "unreadable"}


def test_twenty_parts_have_one_budget_together() -> None:
    part = "--b\nContent-Type: text/html\n\n" + "<p class='a b c d'>x</p>" * 5_000 + "\n"
    mail = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + part * 20 + "--b--\n"
    found, seconds = timed(mail)
    assert seconds < MOST
    assert (found.kind, found.notes) == ("unreadable", ("too_much_work",))


def test_what_runs_out_still_says_who_wrote() -> None:
    mail = HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n" * 10
    found, _ = timed(page("<p>" * 60_000 + "<b style='color:red'>" * 10_000))
    assert found.sender == "a@b.example"
    assert found.message_id == "<1@b.example>"
    assert timed(mail)[0].kind == "person"


def test_the_same_mail_costs_the_same_steps_each_time() -> None:
    left = []
    for _ in range(2):
        budget = Budget()
        html.to_text("<p style='color:red'>Hei</p>" * 1_000, budget)
        left.append(budget.left)
    assert left[0] == left[1] > 0


def test_boundaries_stand_at_the_start_of_a_line_alone() -> None:
    mail = HEAD + "Content-Type: multipart/mixed; boundary=b1\n\n" + "--b1" * 250_000
    _, seconds = timed(mail)
    assert seconds < MOST / 4
    short = HEAD + "Content-Type: multipart/mixed; boundary=b1\n\n--b1\n\nJA --b1\nNEI\n--b1--\n"
    assert timed(short)[0].text == "JA --b1\nNEI\n"


def test_runs_inside_runs_of_a_document_are_gone_through_once() -> None:
    nested = "<w:r>" * 80_000 + "<w:t>x</w:t>" * 20_000 + "</w:r>" * 80_000
    begun = time.process_time()
    said = docx.text(document(f'<w:d xmlns:w="{W}"><w:p>{nested}</w:p></w:d>'))
    assert time.process_time() - begun < MOST
    assert said == "x" * 20_000 + "\n"


def test_a_long_namespace_is_paid_for_each_time_it_is_named() -> None:
    xml = f'<a:d xmlns:a="{"u" * 1_000_000}">' + "<a:b/>" * 100_000 + "</a:d>"
    begun = time.process_time()
    with pytest.raises(SpentError):
        docx.text(document(xml), Budget())
    assert time.process_time() - begun < MOST


def test_a_package_of_very_many_files_is_no_document() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f'<w:d xmlns:w="{W}"><w:p><w:t>x</w:t></w:p></w:d>')
        for n in range(3_000):
            archive.writestr(f"{n}.xml", b"")
    assert docx.text(packed.getvalue()) == ""


def test_an_ordinary_long_mail_spends_little() -> None:
    lines = "\n".join(
        f"Linje {n} i en lang e-post om et kurs som skal deles." for n in range(2_000)
    )
    found, _ = timed(HEAD + "\n" + lines)
    assert found.kind == "person"
    assert found.own_text.endswith("deles.")


@pytest.mark.parametrize(
    "line",
    [
        "Kurs: " + "*" * 19_000,
        "Kurs: *" + "_*" * 9_000 + "x",
        "https://a" * 50_000,
        "leveringa" * 2_000,
    ],
)
def test_no_line_of_text_takes_long(line: str) -> None:
    _, seconds = timed(f"{HEAD}\n{line}\n")
    assert seconds < MOST / 2


def test_a_link_that_stands_twice_is_written_once_and_another_stays() -> None:
    said = "Se https://a.no/x <https://a.no/x/> og https://b.no <https://c.no> og "
    said += "(https://d.no <https://d.no>"
    assert timed(f"{HEAD}\n{said}\n")[0].text == (
        "Se https://a.no/x og https://b.no <https://c.no> og (https://d.no\n"
    )


LETTER = "\n".join(
    f"Rad {n} i et langt brev om kurset som deles med kommunene" for n in range(4_000)
)


def answering(text: str) -> Reading:
    return against(read(f"{HEAD}\n{text}\n".encode(), RULES), LETTER, "Kurset", RULES)


def test_comparing_with_the_letter_that_is_answered_is_paid_for_by_the_mail() -> None:
    begun = time.process_time()
    lines = "\n".join(f"Ikke rad {n} i et brev om noe annet" for n in range(9_000))
    found = answering(f"GODTATT\n{lines}")
    assert time.process_time() - begun < MOST
    assert (found.kind, found.own_text, found.notes) == ("unreadable", "", ("too_much_work",))
    assert found.sender == "a@b.example"


def test_a_quote_of_a_whole_long_letter_costs_little() -> None:
    quoted = "\n".join(f"> {line}" for line in LETTER.split("\n"))
    found = answering(f"GODTATT\n\n{quoted}")
    assert (found.kind, found.own_text) == ("person", "GODTATT")
    assert found.steps_left > 200_000
    assert answering(f"GODTATT\n\n{LETTER}").own_text == "GODTATT"
