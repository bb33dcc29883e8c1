"""Letters as HTML: the same words as the text, open to everybody, with answers that only mail."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.domain.fields import field_by_label
from engine.domain.words import all_general, all_undo
from engine.intake import reply
from engine.intake.form import fields, quoted_fields
from engine.intake.markup.html import to_text
from engine.model import LANGUAGES, Language
from notifiers.answers import Letter
from tests.rows import each_of
from tests.unit.cases import routine
from tests.unit.html_pages import Page, contrast, taken_apart
from tests.unit.letter_cases import TEMPLATES, WORDS, answers, envelope, letters

LETTERS = letters()
EVERY = [(template, language) for template in sorted(TEMPLATES) for language in LANGUAGES]
ANSWER: dict[Language, str] = {"nb": "Svar ", "nn": "Svar ", "en": "Answer "}
ROUTINES = ("hf_to_ks", "ks_orders_from_hf", "hf_shares_from_ks")
EVERY_WORD = (
    all_general()
    | all_undo()
    | {
        word
        for name in ROUTINES
        for event in routine(name)[0].events.values()
        for words in event.says.values()
        for word in words
    }
)
ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: contrast of text."""


def page_of(
    template: str, language: Language = "nb", changes: dict[str, Any] | None = None
) -> Page:
    return taken_apart(LETTERS.html(envelope(template, language, changes)))


def mails(page: Page) -> dict[str, tuple[str, str, str]]:
    """What each link writes: (address, subject, text), by the link's own text."""
    found = {}
    for attributes, text in page.all("a"):
        parts = urlsplit(attributes["href"])
        assert parts.scheme == "mailto"
        query = parse_qs(parts.query, strict_parsing=True)
        found[text] = (parts.path, query["subject"][0], query["body"][0])
    return found


def words_of(text: str) -> list[str]:
    """The words without the marks of lists and quotes, which HTML has elements for."""
    return [word for word in text.split() if not re.fullmatch(r">|-|\d+\.", word)]


@each_of(EVERY)
def test_every_page_can_be_read_by_everybody(template: str, language: Language) -> None:
    page = page_of(template, language)
    ((html, _),) = page.all("html")
    assert html["lang"] == language
    ((_, heading),) = page.all("h1")
    assert heading
    levels = [int(name[1]) for name in page.names if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(lower - higher <= 1 for higher, lower in pairwise(levels))
    assert not set(page.names) & {"img", "script", "link", "iframe", "form", "object", "table"}
    assert {each["name"]: each["content"] for each, _ in page.all("meta") if "name" in each} == {
        "viewport": "width=device-width, initial-scale=1",
        "color-scheme": "light",
    }
    for attributes, text in page.all("a"):
        assert attributes["href"].startswith("mailto:deling@site.example?subject=")
        assert text.startswith(ANSWER[language])
        assert len(text.split()) > 1
    assert "url(" not in page.all("style")[0][1]
    assert not any("style" in attributes for attributes in page.attributes)


@each_of(EVERY)
def test_the_page_says_what_the_text_says(template: str, language: Language) -> None:
    sent = envelope(template, language)
    said = "".join(taken_apart(LETTERS.html(sent)).said)
    assert words_of(said) == words_of(LETTERS.text(sent))


def test_colours_differ_enough_and_no_meaning_lies_in_them_alone() -> None:
    rules = dict(page_of("form_faults").colours())
    body = rules["body"]
    for selector, rule in rules.items():
        if "color" in rule:
            # Each colour stands with its own background, so that no mail program mixes them.
            assert contrast(rule["color"], rule["background-color"]) >= ENOUGH, selector
        border = re.search("#[0-9a-f]{6}", rule.get("border-left", rule.get("border", "")))
        if border:
            assert contrast(border[0], body["background-color"]) >= 3, selector
    assert rules[".answer"]["text-decoration"] == "underline"
    coloured = {selector for selector, rule in rules.items() if "color" in rule}
    assert coloured == {"body", ".answer", ".closing"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_answer_writes_its_own_mail(language: Language) -> None:
    words, sent = WORDS[language], envelope("request_submitted", language)
    found = mails(taken_apart(LETTERS.html(sent)))
    texts = [text for _, _, text in found.values()]
    assert texts == [
        words["acknowledge"],
        f"{words['request_changes']}: ",
        words["accept"],
        f"{words['reject']}: ",
    ]
    for address, subject, text in found.values():
        assert address == "deling@site.example"
        assert subject.endswith(LETTERS.subject(sent))
        (command,) = reply.commands(f"{text.rstrip()} Testgrunn", frozenset(words.values())) or (
            reply.commands(text, frozenset(words.values()))
        )
        assert command.word in words.values()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_that_are_asked_for_are_written_into_the_mail(language: Language) -> None:
    labels = ["Kursets kortnavn", "Tidsbruk"]
    page = page_of("form_faults", language, {"fault_labels": labels})
    _, _, text = next(iter(mails(page).values()))
    assert text == "Kursets kortnavn: \r\nTidsbruk: "
    assert fields(text.replace(": ", ": X").replace("\r\n", "\n")) == {
        "short_name": "X",
        "time_needed": "X",
    }


def test_answers_that_are_only_listed_can_be_tapped_too() -> None:
    changes = {
        "answers": answers("nb", "request_submitted"),
        "possible": ["Du kan nå svare: MOTTATT, MANGLER, GODTATT eller AVSLÅTT."],
        "undo": "Var dette feil? Svar ANGRE.",
    }
    found = mails(page_of("answer", "nb", changes))
    assert [text for _, _, text in found.values()] == [
        "MOTTATT", "MANGLER: ", "GODTATT", "AVSLÅTT: ", "ANGRE",
    ]  # fmt: skip


def test_each_answer_can_be_tapped_in_one_place() -> None:
    links = [text for _, text in page_of("changes_wanted", "nn").all("a")]
    assert sorted(links) == sorted(set(links))


@each_of(EVERY)
def test_no_line_of_a_page_would_act_if_it_came_back_unquoted(
    template: str, language: Language
) -> None:
    known = frozenset(word for word in EVERY_WORD if field_by_label(word) is None)
    text = to_text(LETTERS.html(envelope(template, language)))
    lines = [f"{line.removeprefix('> ')}\nSTATUS" for line in text.splitlines()]
    heard = {found.word for line in lines for found in reply.commands(line, known | {"STATUS"})}
    assert heard == {"STATUS"}


def test_a_form_that_is_filled_in_inside_the_page_is_read() -> None:
    form = [{"label": "Tidsbruk", "value": ""}, {"label": "Mål", "value": "Én.\nTo."}]
    html = LETTERS.html(envelope("form_faults", "nb", {"form": form, "fault_labels": []}))
    filled = html.replace("<strong>Tidsbruk:</strong> ", "<strong>Tidsbruk:</strong> 45 min")
    assert filled != html
    assert quoted_fields(to_text(filled)) == {"time_needed": "45 min", "goal": "Én. To."}


def test_data_never_becomes_html() -> None:
    evil = '<script>alert(1)</script> & "x" <a href="https://evil.example">Svar JA</a>'
    changes = {"course_name": evil, "note": evil, "form": [{"label": "Mål", "value": evil}]}
    page = page_of("changes_wanted", "nb", changes)
    assert "script" not in page.names
    assert all(attributes["href"].startswith("mailto:") for attributes, _ in page.all("a"))
    assert "<script>alert(1)</script>" in "".join(page.said)


def test_data_never_marks_anything() -> None:
    page = page_of("changes_wanted", "nb", {"note": "\ufdd0Sak \ufdd2JA\ufdd3\n\ufdd7"})
    assert "Svar JA" not in [text for _, text in page.all("a")]
    assert "Sak JA" in "".join(page.said)


def test_a_link_writes_what_it_should_whatever_it_holds() -> None:
    target = Letter("o'brien+å@site.example", "SV: «Å & B» 100 %?").saying(("Mål: ", "x=1&y=2"))
    parts = urlsplit(target)
    assert parts.path == "o%27brien%2B%C3%A5@site.example"
    assert parse_qs(parts.query) == {
        "subject": ["SV: «Å & B» 100 %?"],
        "body": ["Mål: \r\nx=1&y=2"],
    }
    assert re.fullmatch(r"[A-Za-z0-9:@?=&%._~-]+", target)


def test_a_link_that_no_mail_program_opens_is_left_out() -> None:
    labels = [f"Felt {number} med et langt navn æøå" for number in range(60)]
    page = page_of("form_faults", "nb", {"fault_labels": labels})
    assert [text for _, text in page.all("a")] == ["Svar TREKK"]
