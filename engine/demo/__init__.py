"""`kursdeling demo`: real mails through the real program, each held to what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.demo import place, telling_letters, year
from engine.demo.play import Play
from engine.demo.receiver import receiving
from engine.demo.story import story
from engine.model import Language

__all__ = ["run"]


def run(folder: Path, at: datetime, say: Callable[[str], None], language: Language) -> None:
    """Play the story on a new site in `folder`, with its business time ending at `at`.

    Letters leave over SMTP to a receiver on this machine, which keeps them in the site; `say` is
    given what happens, in the language. An earlier demo's site is replaced. SettingsError for a
    folder that holds anything else, DemoError when a step comes to something else than it must.
    """
    at = at.astimezone(UTC).replace(microsecond=0)
    place.clear(folder)
    place.mark(folder, language)
    with receiving(folder / place.RECEIVED) as (boxes, port):
        site = place.make(folder, port, at)
        try:
            say(telling_letters.opening(folder, port, language))
            begins = at - timedelta(days=story()[0].days + 7)
            play = Play(
                site=site, boxes=boxes, ends=at, say=say, language=language, now=year.begins(begins)
            )
            year.play(play)
            play.pass_time(begins)
            play.whole()
            say(telling_letters.closing(site, folder, boxes.letters, language))
        finally:
            site.database.close()
    place.letters_to_files(folder)
