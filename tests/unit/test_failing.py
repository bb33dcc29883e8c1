"""What the program says when something could not be done, in the language that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Settings
from engine.cli.failing import reasons_of
from engine.errors import NotFoundError, SettingsError, StoreError
from engine.model import Language, Reason


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nb", "Det finnes ingen sak KD-2026-0009."),
        ("nn", "Det finst inga sak KD-2026-0009."),
        ("en", "There is no request KD-2026-0009."),
    ],
)
def test_what_is_not_there_is_told_in_the_language_that_was_asked_for(
    language: Language, told: str
) -> None:
    reason = Reason("request_missing", {"number": "KD-2026-0009"})
    error = NotFoundError("there is no request KD-2026-0009", reason=reason)
    assert reasons_of(error, language) == [told]
    assert str(error) == "there is no request KD-2026-0009"


def test_an_error_with_a_reason_is_told_by_its_reason_alone_and_one_without_by_its_cause() -> None:
    error = StoreError("letter 7 is sent", reason=Reason("letter_to_nobody", {"letter": 7}))
    error.__cause__ = OSError("disk I/O error")
    assert reasons_of(error, "nb") == ["Brev 7 har ingen å gå til."]
    error.reason = None
    assert reasons_of(error, "nb") == ["disk I/O error"]


def test_what_is_wrong_with_settings_is_said_in_the_readers_language(tmp_path: Path) -> None:
    (tmp_path / "kursdeling.toml").write_text('[letters]\nmode = "lve"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as wrong:
        Settings.load(tmp_path)
    with pytest.raises(SettingsError) as absent:
        Settings.load(tmp_path / "nowhere")

    (told,) = reasons_of(wrong.value, "nn")
    assert told.endswith(
        "kursdeling.toml: Innstillinga letters.mode må vere ei av shadow, hold, live, ikkje «lve»."
    )
    (told,) = reasons_of(absent.value, "nb")
    assert told.endswith("Her er det ikke noe område: «kursdeling init» lager et.")
