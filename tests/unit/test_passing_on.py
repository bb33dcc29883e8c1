"""To whom own words go, over all pairs of roles, routines and states (INTERFACE §5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from msgspec.structs import replace

from engine.domain.private_words import of_somebodys_own
from engine.model import Actor, Contact
from engine.plan.case import Case, Happening
from engine.plan.passing_on import choices, chosen, people_of, reads_answer, way_of
from tests.unit.cases import AT, CONTACTS, act, case

ROUTINES: dict[str, dict[str, Any]] = {
    "hf_to_ks": {},
    "ks_orders_from_hf": {"requester": "3401"},
    "hf_shares_from_ks": {"owner": "3401", "borrower": "si"},
}
INNER = {"subject_experts", "cooperation_unit"}
STATEMENT = "Vi har byttet bildet på forsiden."
QUESTIONS = (
    "Har dere fått bildet?",
    "Kan KS Læring se på bildet?",
    "Kan Sykehuset Innlandet se på bildet?",
    "Hvor legger vi bildet?",
)
KEPT = (
    "Tusen takk!",
    "Jeg er syk til mandag.",
    "Gjelder dette 01019012345?",
    "Hei KS Læring, gjelder dette 01019012345?",
)


def cases() -> Iterator[Case]:
    for name, parties in ROUTINES.items():
        first = case("draft" if name != "ks_orders_from_hf" else "ordered", name=name, **parties)
        for state in first.workflow.states:
            yield case(state, name=name, **parties)


def people(of: Case) -> tuple[Contact, ...]:
    found = people_of(of)
    assert {c.duty for c in found} >= {"elearning", "ks_laering", "subject_experts"}
    return found


def openers(of: Case, writer: Contact) -> set[str]:
    """Those who open or answer for the writer's own organisation."""
    return {c.email for c in people(of) if c.party == writer.party and c.duty == "elearning"}


def reads_of(of: Case, writer: Contact, actor: Contact) -> dict[str, Any]:
    """What a letter to `writer` about something that `actor` did says of who reads the answer."""
    happening = Happening(
        case=of, act=act("", Actor(name=actor.email, contacts=(actor,))), role="", at=AT
    )
    role = next(r for r in of.workflow.roles if writer in of.holders(r))
    return reads_answer(happening, role, "nb")


def pairs() -> Iterator[tuple[Case, Contact, Contact]]:
    """Each case with a writer, and whoever did what the letter tells that they answer."""
    for of in cases():
        for writer, actor in product(people(of), repeat=2):
            yield of, writer, actor


def test_no_word_reaches_anybody_whom_the_rules_do_not_name() -> None:
    reached = 0
    for of, writer, actor in pairs():
        reads = reads_of(of, writer, actor)
        for text, answers in product((STATEMENT, *QUESTIONS, *KEPT), (reads, {})):
            to = way_of(of, (writer,), text, reads=answers).to
            where = (of.workflow.name, of.request.state, writer.duty, actor.duty, text)
            emails = {each.email for each in to}
            reached += len(emails)
            assert writer.email not in emails, where
            assert text not in KEPT or not emails, where
            if writer.duty in INNER:
                assert emails <= openers(of, writer), where
                continue
            # One side speaks to the other where it answers its letter or asks something of it.
            other = {c.email for c in people(of) if c.party != writer.party}
            assert emails <= other, where
            assert not emails & {c.email for c in people(of) if c.duty in INNER}, where
            if text == STATEMENT:
                from_it = {actor.email} if answers and actor.party != writer.party else set()
                assert emails <= from_it, where
    assert reached > 100


def test_who_reads_is_told_as_it_then_comes_to_pass() -> None:
    for of, writer, actor in pairs():
        reads = reads_of(of, writer, actor)
        way = way_of(of, (writer,), STATEMENT, reads=reads)
        assert [each.id for each in way.to] == reads.get("to", []) or writer.duty in INNER
        assert bool(way.to) == bool(reads), (of.request.state, writer.duty, actor.duty)


def test_the_one_who_is_greeted_reads_and_nobody_else() -> None:
    of = case("submitted", facts=case("draft").facts)
    named = tuple(
        Contact(**{**{f: getattr(c, f) for f in c.__struct_fields__}, "name": name})
        for c, name in zip(
            CONTACTS, ("Kari N", "Arne F", "Liv S", "Gunhild M", "", ""), strict=True
        )
    )

    of = of.with_facts(replace(of.facts, contacts=named))
    wanted = [
        ("Hei Gunhild,", "ks_laering"),
        ("Hei Gunhild M!", "ks_laering"),
        ("hei arne", "subject_experts"),
        ("Kjære Liv", "cooperation_unit"),
        ("Hei Gunhild og Arne,", ""),
        ("Hei Per,", ""),
        ("Hei!", ""),
        ("Hei alle sammen,", ""),
    ]
    found = [
        next((c.duty for c in way_of(of, (named[0],), STATEMENT, first_line=line).to), "")
        for line, _ in wanted
    ]
    assert found == [duty for _, duty in wanted]


def test_a_choice_is_a_number_or_a_name() -> None:
    of = case("submitted")
    writer = next(c for c in CONTACTS if c.duty == "elearning")
    offered = choices(of, (writer,), "nb")
    count = len(offered)
    said = {
        "1": 0,
        "Nr. 2": 1,
        "3 takk": 2,
        "KS Læring": 2,
        "til koordinatoren": count - 2,
        "ingen av dem": count - 1,
        "9": None,
        "1 KS Læring": None,
        "1 og 2": None,
        "Vi har byttet bildet": None,
        "Ja": None,
    }
    for text, place in said.items():
        meant = chosen(offered, text)
        assert meant == (None if place is None else offered[place]), text


def test_sentences_of_somebodys_own_are_told_apart() -> None:
    private = """Jeg er syk til mandag.|Eg er sjukmeld.|Kari har permisjon til mars.|
    Han er operert.|Arne er på ferie til 4. januar.|Ho er borte til fredag.|I am on sick leave.|
    Jeg skal til legen.|Vi har begravelse, og jeg er borte.|Beklager, hadde fravær i går.|
    Jeg er gravid.|She is ill.|Eg har feber.|Out of office until Monday.""".split("|")
    plain = """Bildet er borte.|Kurset handler om kreft.|Kan dere svare før ferien?|
    Kapittelet om depresjon hos eldre er utdatert.|Kurset har fri lisens.|Hvem er lege?|
    Hvilket sykehus eier kurset?|Det gjelder pasienter med feber.|Vi tar det etter påske.|
    Er dette for sykepleiere?|Lenken virker ikke.""".split("|")
    wrong = [t for t in private if not of_somebodys_own(t.strip())[1]]
    wrong += [t for t in plain if of_somebodys_own(t.strip())[1]]
    assert wrong == []
    assert of_somebodys_own("Gjelder det kapittel 2? Jeg er syk.\nSi fra!") == (
        "Gjelder det kapittel 2?\nSi fra!",
        "Jeg er syk.",
    )
