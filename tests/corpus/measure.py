"""How much machine mail is known, and how much ordinary mail mistaken, source by source.

`python -m tests.corpus.measure [FOLDER…]` prints it, for folders of messages too.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.intake import IntakeRules, read
from tests.corpus.reader import HERE, samples

RULES = IntakeRules(own_addresses=("deling@kursdeling.example",), loop_mark="site-1")
PYTHONS_MACHINES = frozenset({2, 5, 16, 25, 32, 33, 42, 43})
"""Of Python's own messages: bounces, a digest, mail from lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What a source came to; the names are those that came out wrong."""

    machines: int
    missed: tuple[str, ...]
    people: int
    mistaken: tuple[str, ...]

    @property
    def known(self) -> float:
        """The share of machine mail that was recognised."""
        return 1 - len(self.missed) / max(1, self.machines)

    @property
    def wronged(self) -> float:
        """The share of ordinary mail that was taken for a machine's."""
        return len(self.mistaken) / max(1, self.people)


Labelled = tuple[str, bytes, bool]
"""The name, the bytes, and whether a machine wrote it."""


def rates(mails: Iterable[Labelled]) -> Rates:
    """Measure one source."""
    seen = [(name, machine, _by_machine(raw)) for name, raw, machine in mails]
    return Rates(
        machines=sum(machine for _, machine, _ in seen),
        missed=tuple(name for name, machine, found in seen if machine and not found),
        people=sum(not machine for _, machine, _ in seen),
        mistaken=tuple(name for name, machine, found in seen if not machine and found),
    )


def corpus() -> list[Labelled]:
    """The corpus of whole messages."""
    return [(each.name, each.raw, each.expect["kind"] != "person") for each in samples()]


def lines() -> list[Labelled]:
    """The corpus of short ones: sender, subject and first words."""
    rows = json.loads((HERE / "lines.json").read_text(encoding="utf-8"))
    return [(row[2], _message(*row[1:]), row[0] != "person") for row in rows]


def pythons() -> list[Labelled]:
    """The messages of Python's own tests, where the interpreter has them."""
    import email

    folder = Path(email.__file__).parents[1] / "test" / "test_email" / "data"
    found = sorted(folder.glob("msg_*.txt"))
    return [
        (path.stem, path.read_bytes(), int("0" + path.stem[4:6]) in PYTHONS_MACHINES)
        for path in found
    ]


def _by_machine(raw: bytes) -> bool:
    return read(raw, RULES).kind not in {"person", "unreadable"}


def _message(sender: str, subject: str, text: str, *headers: str) -> bytes:
    head = [
        *headers,
        f"From: {sender}",
        "To: deling@kursdeling.example",
        f"Subject: {subject}",
        "Date: Wed, 18 Nov 2026 10:20:00 +0100",
        "Content-Type: text/plain; charset=utf-8",
    ]
    return ("\n".join(head) + "\n\n" + text + "\n").encode()


def main(folders: list[str]) -> None:
    """Print what each source came to; of a folder, how many messages there are of each kind."""
    for name, mails in (("corpus", corpus()), ("lines", lines()), ("python", pythons())):
        found = rates(mails)
        sys.stdout.write(
            f"{name}: {found.known:.1%} of {found.machines} machine mails known,"
            f" {found.wronged:.1%} of {found.people} others mistaken;"
            f" missed {list(found.missed)}, mistaken {list(found.mistaken)}\n"
        )
    for folder in folders:
        files = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
        kinds = Counter(read(path.read_bytes(), RULES).kind for path in files)
        sys.stdout.write(f"{folder}: {dict(kinds)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
