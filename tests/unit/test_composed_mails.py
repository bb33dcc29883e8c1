"""Mails made of own text, commands, quotes and signatures: no word of the writer's is lost, none of
a quote's is theirs, and the order of what is harmless decides nothing (INTERFACE §5.3).
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.domain.beside import hinders
from engine.domain.words import all_general
from engine.intake.quoting.answered import Answered
from engine.intake.quoting.ownwords import split
from engine.intake.reply import commands, fields, remainder

US = "deling@kursdeling.example"
LETTER = "Hei!\nSvar med ett ord: GODTATT, MANGLER eller AVSLÅTT.\nKurset er «Fall».\n\nHilsen oss"
WORDS = frozenset({"GODTATT", "MERKET", "MOTTATT", "MANGLER", "TREKK"}) | all_general()
GREETINGS = ("", "Hei!", "Hei Kari,", "God morgen", "Hello,")
HARMLESS = (
    "Vi legger det ut i uke 2.",
    "Takk for et fint kurs.",
    "Kurset ligger nå i katalogen.",
    "Eg gler meg til samlinga.",
    "Great course, we like it.",
    "Det regner i Oslo i dag.",
)
COMMANDS = ("GODTATT", "Merket.", "MOTTATT :)", "godtatt, takk", "**TREKK**")
SIGNATURES = (
    "",
    "Mvh\nKari Nordmann\nRedaksjonen",
    "--\nKari",
    "Sendt fra min iPhone",
    "Med vennlig hilsen\nHvis Ikke",
    "Venleg helsing\nKari",
)


def marked(text: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


QUOTES = (
    "",
    f"Den 7. sep. 2026 kl. 10:00 skrev Kursdeling <{US}>:\n{marked(LETTER)}",
    f"Fra: Kursdeling <{US}>\nSendt: mandag 7. september 2026 10:00\nTil: kari@ks.example\n"
    f"Emne: Kurs\n\n{LETTER}",
    f"-----Opprinnelig melding-----\nFra: Kursdeling <{US}>\n\n{LETTER}",
    f"On Mon, 7 Sep 2026 at 10:00, Kursdeling <{US}> wrote:\n\n{marked(LETTER, '>')}",
    f"________________________________\nFrom: Kursdeling <{US}>\n"
    f"Sent: Monday, September 7, 2026 10:00 AM\nTo: Kari\nSubject: Kurs\n\n{LETTER}",
    f"man. 7. sep. 2026 kl. 10:00 skrev Kursdeling <{US}>:\n\n{marked(LETTER)}",
    f"---- Den man, 07 sep 2026 10:00:00 +0200 Kursdeling <{US}> skrev ----\n{marked(LETTER)}",
    f"Begin forwarded message:\n\n{marked(LETTER)}",
    marked(LETTER),
)
"""As nine clients' manners have it."""

said = st.lists(st.sampled_from(HARMLESS), max_size=3, unique=True)
order = st.lists(st.sampled_from(COMMANDS), max_size=1)


def mail(greeting: str, body: list[str], signature: str, quote: str) -> str:
    return "\n\n".join(filter(None, (greeting, *body, signature, quote)))


def done(text: str) -> tuple[tuple[str, ...], str]:
    """The commands that would be carried out, and what else is the writer's."""
    own = split(text, Answered(LETTER)).own
    found = commands(own, WORDS)
    rest = remainder(own, found, fields(own, found))
    names = tuple(each.word for each in found)
    beside = " ".join(each.beside for each in found)
    return (() if hinders(rest, names) else names), f"{rest} {beside}"


@given(
    st.sampled_from(GREETINGS),
    st.tuples(said, order, said),
    st.sampled_from(SIGNATURES),
    st.sampled_from(QUOTES),
)
def test_every_sentence_of_the_writers_stands_and_none_of_a_quotes(
    greeting: str, parts: tuple[list[str], list[str], list[str]], signature: str, quote: str
) -> None:
    body = [text for part in parts for text in part]
    if not body:
        return
    names, rest = done(mail(greeting, body, signature, quote))
    assert len(names) == len(parts[1])
    for sentence in (text for text in body if text in HARMLESS):
        assert sentence in rest
    for line in filter(None, (*LETTER.split("\n"), *signature.split("\n"))):
        assert line not in rest


@given(st.permutations((*HARMLESS[:4], "GODTATT")), st.sampled_from(QUOTES))
def test_the_order_of_what_is_harmless_decides_nothing(body: list[str], quote: str) -> None:
    assert done(mail("Hei!", body, "Mvh\nKari", quote))[0] == ("GODTATT",)


@given(st.permutations((*HARMLESS[:3], "GODTATT", "Men vent til bildene er byttet.")))
def test_one_doubt_anywhere_keeps_the_command_from_being_carried_out(body: list[str]) -> None:
    assert done(mail("Hei!", body, "Mvh\nKari", QUOTES[1]))[0] == ()
