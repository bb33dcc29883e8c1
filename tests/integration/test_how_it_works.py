"""The page that shows the path of one mail shows the path that a mail really takes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import FrameType

from engine.service import receive
from engine.service.deliver import deliver
from tests.integration.office import EXPERTS, new_office

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")


@contextmanager
def followed(called: list[tuple[str, str]]) -> Iterator[None]:
    """Each function of the program in `called`, in the order in which it is first called."""
    seen: set[tuple[str, str]] = set()

    def look(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(ROOT)):
            place = (code.co_filename.removeprefix(f"{ROOT}/"), code.co_name)
            if place not in seen:
                seen.add(place)
                called.append(place)

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(None)


def rows() -> list[tuple[str, str]]:
    return re.findall(r"^\| `([\w/.]+\.py)` \| `(\w+)` \|", PAGE, re.MULTILINE)


def test_a_real_mail_takes_the_path_that_the_page_shows(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open(Unntak=None)
    called: list[tuple[str, str]] = []

    with followed(called):
        outcome = office.reply(EXPERTS, "INGEN MERKNADER")
        deliver(office.site, office.at)

    assert outcome.verdict == "fired"
    assert [place for place in rows() if place not in called] == []
    order = [called.index(place) for place in rows()]
    assert [rows()[n] for n, (a, b) in enumerate(pairwise(order)) if a > b] == []


def test_the_picture_shows_every_station_in_the_order_in_which_they_are_asked() -> None:
    stations = [each.__name__ for each in (*receive.SORTING, *receive.ANSWERING)]
    drawn = re.findall(r"^        (\w+(?: --> \w+)+)$", PAGE, re.MULTILINE)

    assert [name for line in drawn for name in line.split(" --> ")] == stations


def test_the_page_names_only_files_and_folders_that_there_are() -> None:
    named = re.findall(r"`((?:engine|workflows|notifiers|docs|config)/[\w/.-]+)`", PAGE)
    missing = [each for each in named if not (ROOT / each).exists()]

    assert missing == []
