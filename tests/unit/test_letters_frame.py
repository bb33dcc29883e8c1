"""What stands around a letter's text: transcript, folded letters, answers; a site's templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.errors import NotFoundError, SettingsError
from notifiers.answers import Answers
from notifiers.marks import plain
from notifiers.templating import compact, quoted
from tests.unit.letter_cases import answers, envelope, letters, variables

LETTERS = letters()


def own(folder: Path, text: str, name: str = "greeting", language: str = "nb") -> Path:
    (folder / language).mkdir(exist_ok=True)
    (folder / language / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_one_thing_done_is_said_in_one_line() -> None:
    done = ["MERKET: utført. Saken står nå som «Delt»."]
    text = LETTERS.text(envelope("answer", "nb", {"done": done}))
    assert text.startswith("Hei!\nSvaret «MERKET»: utført. Saken står nå som «Delt».\n\n")


def test_what_was_done_and_what_was_not_are_two_lists() -> None:
    changes = {"done": ["Vi leste feltet «Mål»."], "not_done": ["GODTATT: ikke utført. Derfor."]}
    text = LETTERS.text(envelope("answer", "nb", changes))
    assert "Dette er gjort:\n- Vi leste feltet «Mål».\n\nDette er ikke gjort:\n- Svaret" in text


def test_the_possible_answers_are_said_once() -> None:
    possible = ["Du kan nå svare: SEND eller TREKK."]
    text = LETTERS.text(envelope("receipt", "nb", {"possible": possible}))
    assert text.count("Du kan nå svare: SEND eller TREKK.") == 1
    assert "Det går også an å svare" not in text


def test_answers_that_the_text_does_not_ask_for_stand_on_one_line() -> None:
    open_to_all = answers("nb", "request_submitted")
    text = LETTERS.text(envelope("now_shared", "nb", {"answers": open_to_all}))
    line = "MOTTATT · MANGLER: hva som mangler · GODTATT · AVSLÅTT: grunn"
    assert f"\nDet går også an å svare: {line}\n" in text


def test_a_folded_letter_has_its_text_and_not_its_greeting_and_the_form_stands_once() -> None:
    also = [{"template": "changes_wanted", "variables": variables("nb", "changes_wanted")}]
    text = LETTERS.text(envelope("form_faults", "nb", {"also": also}))
    assert "Takk for skjemaet." in text
    assert "KS Læring kan ikke behandle kurset" in text
    assert text.count("Hei!") == 1
    assert text.count("Hilsen Kursdeling") == 1
    assert text.count("Skjemaet slik det står nå") == 1


def test_the_ending_tells_about_creative_commons_only_where_it_is_so() -> None:
    assert "Creative Commons" in LETTERS.text(envelope("share_ends", "nb"))
    closed = envelope("share_ends", "nb", {"licence": "Alle rettigheter forbeholdt"})
    assert "Creative Commons" not in LETTERS.text(closed)


def test_only_the_owner_is_asked_to_remove_the_label() -> None:
    assert "Fjern merket «delt til KS Læring»" in LETTERS.text(envelope("share_ended", "nb"))
    assert "Fjern merket" not in LETTERS.text(envelope("share_ended", "nb", role="borrower"))


def test_since_when_we_wait_is_said_where_it_is_known() -> None:
    since = {"extra": {"since": "2026-11-02"}}
    assert "siden mandag 2. november 2026" in LETTERS.text(envelope("remind", "nb", since))
    assert "sidan måndag 2. november 2026" in LETTERS.text(envelope("remind", "nn", since))


def test_another_persons_words_are_quoted_and_cannot_break_out() -> None:
    note = "Mangler mål.\r\nGODTATT\x00\u202e\nHilsen KS"
    text = LETTERS.text(envelope("changes_wanted", "nb", {"note": note}))
    assert "\n> Mangler mål.\n> GODTATT\n> Hilsen KS\n" in text


def test_a_name_with_line_breaks_stays_on_one_line() -> None:
    text = LETTERS.text(envelope("now_shared", "nb", {"course_name": "Fall\n\nGODTATT\u2028nå"}))
    assert "Kurset «Fall GODTATT nå» (SI-FALL1)" in text


def test_a_course_without_a_name_can_be_written_about() -> None:
    nameless: dict[str, Any] = {"course_name": "", "short_name": ""}
    assert LETTERS.subject(envelope("receipt", "nn", nameless)).startswith(
        "Sendt til KS Læring: KD-2026-0001 ["
    )


def test_an_unknown_letter_is_not_found() -> None:
    for name in ("nothing", "_frame", "../nb/receipt"):
        with pytest.raises(NotFoundError):
            LETTERS.text(envelope(name))


def test_a_sites_own_template_goes_first_and_new_ones_count(tmp_path: Path) -> None:
    own(tmp_path, "Emne: Eget\n\nVår egen tekst om {{ course }}.", "receipt")
    own(tmp_path, "Emne: Ny\n\nHelt ny.", "greeting")
    changed = letters(templates=[tmp_path])
    assert "Vår egen tekst om «Fallforebygging" in changed.text(envelope("receipt"))
    assert "Helt ny." in changed.text(envelope("greeting"))
    assert "greeting" in changed.templates("nb")
    assert "greeting" not in changed.templates("nn")
    assert "KS Læring stadfestar" in changed.text(envelope("receipt", "nn"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hei\n\nTekst", "first line"),
        ("Emne: Hei\n\n{{ nowhere }}", "nowhere"),
        ("Emne: {{ nowhere }}\n\nHei", "nowhere"),
        ("Emne: Hei\n\n{% if %}", "line 3"),
        ("Emne: Hei\n\n{{ ''.__class__.__mro__ }}", "unsafe"),
        ("Emne: Hei\n\n{{ answers.append(1) }}", "unsafe"),
        ("Emne: Hei\n\n{{ course_name + 1 }}", "str"),
        ("Emne: Hei\n\n{{ course_name|day }}", "Invalid isoformat"),
        ("Emne: Hei\n\n{% for n in range(10**9) %}.{% endfor %}", "Range too big"),
    ],
)
def test_a_faulty_template_is_a_settings_error_that_names_it(
    tmp_path: Path, text: str, says: str
) -> None:
    faulty = letters(templates=[own(tmp_path, text)])
    sent = envelope("greeting")
    with pytest.raises(SettingsError, match=says) as caught:
        faulty.render(sent)
    assert "greeting" in str(caught.value)


def test_a_word_for_an_opinion_takes_text_unless_two_words_tell() -> None:
    opinion = {"event": "give_opinion", "reason": False, "day": False}
    both = [
        {**opinion, "word": "UTTALELSE", "reason": True, "text": "teksten deres"},
        {**opinion, "word": "INGEN MERKNADER"},
    ]
    offered = plain(Answers(both, "nb").choices())
    assert offered == "UTTALELSE: teksten deres · INGEN MERKNADER"
    text = LETTERS.text(envelope("opinion_wanted", "nb", {"answers": both}))
    assert "med UTTALELSE: og teksten, eller bare INGEN MERKNADER." in text


def test_inflections_of_a_word_are_not_offered_side_by_side() -> None:
    accept = {"event": "accept", "reason": False, "day": False}
    given = [{**accept, "word": "GODTATT"}, {**accept, "word": "GODKJENT"}]
    assert plain(Answers(given, "nb").choices()) == "GODTATT"


def test_an_answer_asked_for_is_not_offered_again() -> None:
    open_to_all = Answers(answers("nb", "label_wanted"), "nb")
    assert plain(open_to_all.word("confirm_label")) == "MERKET"
    assert open_to_all.word("reject") == ""
    assert plain(open_to_all.choices()) == "TREKK"
    assert open_to_all.choices() == ""


def test_quoting_marks_every_line() -> None:
    assert quoted("En.\n\nTo.") == "> En.\n>\n> To."
    assert compact("En.\n\n \nTo.") == "En.\nTo."


def test_a_chaser_asks_for_what_the_state_waits_for() -> None:
    labelled = LETTERS.text(envelope("remind", "nb"))
    assert "Sett på merket «delt til KS Læring» i Læringsportalen, og svar" in labelled
    again = [{"word": "SEND", "event": "resubmit", "reason": False, "day": False}]
    corrected = LETTERS.text(envelope("remind", "nn", {"answers": again}))
    assert "med linjene i skjemaet som skal rettast, eller med SEND dersom" in corrected
    assert "Skjemaet slik det står no" in corrected
    asked = answers("nb", "request_submitted")
    decided = LETTERS.text(envelope("lapse_warning", "nb", {"answers": asked}))
    assert "Svar på denne e-posten med: MOTTATT · MANGLER: hva som mangler · GODTATT" in decided
