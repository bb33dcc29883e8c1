"""What people mean in their own words: which of some phrases a text says, sentence by sentence, and
whether it takes back what it says (INTERFACE §5.4).

A phrase is words in their order; in the text others may stand between them. Words are compared by
their stems (bokmål and nynorsk share a stemmer), and one letter may be wrong in words of five
letters and more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

import Stemmer

from engine.domain import beside, blocking
from engine.wording.listed import listed

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|👍|✅|👌")
_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=\w);\s")
_IRONY: Final = re.compile(r"…|\.\s?\.|[🙄😏😒🙃👎❌]|\d+ (?:av|of) \d+")
_BUT_NOW: Final = re.compile(r"^\W*(?:men|but)(?=\s+(?:nå|no|now)\b)", re.IGNORECASE)
_THANKED: Final = re.compile(r"[,;]?\s*\btakk skal (?:dere|du|de) ha\b", re.IGNORECASE)
_LOOK_AGAIN: Final = re.compile(
    r"(?:og )?(?:\b(?:så )?(?:kan|kunne|vil) )?(?:dere |de |du |vi )?"
    r"\b(?:ber om at |ber om |se |sjå )"
    r"(?:på |gjerne |det |dette |saken |saka |kurset |skjemaet |en |ein |ei )*"
    r"(?:(?:igjen|att|på nytt|en gang til|ein gong til)\b"
    r"|ny (?:vurdering|behandling|gjennomgang)\b|\w+ på nytt\b"
    r"|om \w+ (?:er|blir|ble|vart)(?: \w+){1,2})[?.! ]*"
    r"|\bhåp(?:er|ar) (?:det|dette|alt|at \w+) (?:er|blir|holder|held|duger)(?: \w+){0,3}",
    re.IGNORECASE,
)
"""Whoever has mended something asks for another look, and hopes that it will do."""
_BIDS: Final = re.compile(r"^\W*(?:bekreft|stadfest|merk|godkjenn)\s+\w", re.IGNORECASE)
"""Somebody is told to do what a phrase says to be done."""
_BETWEEN: Final = 3
"""As many other words may stand between two words of a phrase."""
_LONG_ENOUGH: Final = 5
"""So many letters a word must have for one of them to be wrong."""
_IN_THEIR_OWN_RIGHT: Final = frozenset("legge leggje sette setje".split())
"""One letter from another word, and no misspelling of it."""
_NAMES: Final = 3
"""So many words a greeting may have in which one is a name."""
_NAME: Final = re.compile(r"[A-ZÆØÅ][^\W\d_]*[\w.'’-]*(?: [A-ZÆØÅ][\w.'’-]*){0,3}")
_HOSPITAL: Final = re.compile(r"\bs(?:yke|juke)hus\w*", re.IGNORECASE)
"""Tells of no illness."""
_PARTICIPLE: Final = ("t", "a", "d", "te", "de", "ne", "en")
_LATER: Final = frozenset(listed("own_words", "later"))
"""Before a word that says that something is done: it is yet to be done, or by somebody else."""
_IN_PART: Final = ("resten", "delvis", "førebels", "foreløpig", "unntatt", "bortsett")
_TOLD: Final = frozenset(listed("own_words", "told"))
_TAKES_NOTE: Final = listed("own_words", "takes_note")
"""What seems to tell of a label or a receipt and tells of a thought."""
_ANOTHER_TIME: Final = frozenset("forrige førre fjor fjorårets previous".split())
_COURTESY: Final = frozenset(listed("own_words", "courtesy"))
"""Of these words alone consist thanks, greetings and good wishes."""
_COURTEOUS: Final = frozenset(listed("own_words", "courteous"))
"""One of these stands in each of them."""
BEFORE: Final = frozenset(listed("own_words", "before"))
_AFTER: Final = BEFORE | frozenset(
    """blir vert skal vil will neste innen innan før videre vidare senere seinere seinare morges
    mandag måndag tirsdag tysdag onsdag torsdag fredag lørdag laurdag søndag sundag uka uke veka
    veke kommunen kommunene andre""".split()
)
_LATER_AFTER: Final = _AFTER - frozenset("neste skal vil blir vert will".split())
"""Words that block in general and tell, before and after what was said, of times and what next."""
_YES: Final = frozenset(listed("own_words", "yes"))
_AGREEING: Final = _YES | frozenset(
    """det den dette de dere du vi jeg eg er heilt helt veldig så sant skal kan gjør gjer
    gjøre gjere gjort send sender kjør køyr på i vei bare berre fint flott bra supert topp
    perfekt forstått oppfattet that is it correct right agreed sure absolutely""".split()
)
"""Words of which a plain yes consists."""
_TO_SOMEBODY: Final = frozenset("til to".split())
"""«Ja, send den til dere» says more than yes."""
_NEGATIVES: Final = frozenset(listed("own_words", "negatives"))
_ASKED: Final = re.compile(
    r"\?|…|\.\s?\.|[🤔👎❌🙄😏😒🙃😬🤷😉😂🤣]|:-?\(|;-?\)"
    r"|^\W*(?:er|is|are|skal|kan) (?:det|du|dere|de|den|dette|vi|jeg|eg|it|that|you)\b",
    re.IGNORECASE,
)
_LEADING: Final = 3
"""Among so many words the yes stands: «Det er riktig»."""
_LEADING_YES: Final = frozenset(listed("own_words", "leading_yes"))
_FOR_WHOM: Final = _COURTESY | frozenset(
    """vi me jeg eg har oss meg meir mer herfra herifrå hos hjå side sida vår vårt det dette
    kurset kurs deling delinga delingen av heller her fagmiljøet fagmiljø samhandlingsenheten
    samhandlingseininga we have from our side on course this to about""".split()
)
"""What may stand beside the words that there are no remarks."""
_NOT: Final = frozenset("ikke ikkje not".split())
_IN_ENGLISH: Final = frozenset("thanks thank it we i that this not".split())
"""What stands after a «no» that is not the nynorsk word for «now»."""
_SUPPOSED: Final = frozenset(listed("own_words", "supposed"))
"""Beside what would close a case: it is thought of, or denied."""
_WRITTEN_TO: Final = frozenset("dere dykk de dei du you".split())


def meant(text: str, phrases: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The keys of `phrases` of which a sentence of `text` says one; none where any sentence takes
    something back, asks, doubts or tells what others say. A mark (👍) counts where no words do.
    """
    found: set[str] = set()
    by_mark: set[str] = set()
    for sentence in map(_without_but, sentences(text)):
        words = _words(sentence)
        said: set[int] = set()
        for key, all_of_it in phrases.items():
            places = {place for phrase in all_of_it for place in _places(words, phrase)}
            if places:
                by_words = any(words[place].isalnum() for place in places)
                (found if by_words else by_mark).add(key)
                said |= places
        rest = _without(sentence, said)
        if _IRONY.search(sentence) or (said and _BIDS.search(sentence)):
            return frozenset()
        if beside.hinders(rest) or _is_told(rest) or (said and _is_blocked(sentence, said)):
            return frozenset()
    return frozenset(found or by_mark)


def is_opinion(text: str, phrases: Iterable[str], about_else: Iterable[str]) -> bool:
    """Whether `text` says anything about the matter: it asks nothing, and one of its sentences is
    no courtesy and says none of what `about_else` says, of time, absence or who answers; beside
    one that does, it must say one of `phrases`.
    """
    about, other = tuple(phrases), tuple(about_else)
    all_of_it = [each for each in sentences(text) if not _is_courtesy(each)]
    if any(beside.asks(each) for each in all_of_it):
        return False
    left = [each for each in all_of_it if not _says(each, other)]
    return bool(left) and (len(left) == len(all_of_it) or any(_says(each, about) for each in left))


def says_yes(text: str, asked: Iterable[str] = (), said: str = "") -> bool:
    """Whether `text` is a plain yes to a question: a leading yes whose other words are thanks, a
    greeting, words of `said`, or one of the phrases `asked` repeated; so is a no that repeats a
    negative of them («Nei, ingen merknader»). «Ja, når kapittel 3 er rettet» is none.
    """
    wanted, known = tuple(asked), frozenset(_words(said))
    denied = tuple(phrase for phrase in wanted if set(_phrase_words(phrase)) & _NEGATIVES)
    answer, *others = [each for each in sentences(text) if not _is_courtesy(each)] or [""]
    if not (_is_yes(answer, wanted, known) or _is_no(answer, denied)):
        return False
    return all(
        _is_yes(each, wanted, known) or _repeats(each, wanted) or _is_of(each, known)
        for each in others
    )


def says_only(text: str, phrases: Iterable[str]) -> bool:
    """Whether `text` says one of `phrases`, and beside it at most courtesies and for whom or about
    which course: «Ingen merknader herfra :)».
    """
    wanted = tuple(phrases)
    said = [each for each in sentences(text) if not (_is_courtesy(each) or _is_thanks(each))]
    return bool(said) and all(_is_only(each, wanted) for each in said)


def _is_thanks(sentence: str) -> bool:
    """Whether the sentence thanks for the course: «Takk for tilsendt kurs»."""
    words = set(_words(sentence))
    return bool(words & _COURTEOUS) and words <= _FOR_WHOM


def _is_only(sentence: str, phrases: Sequence[str]) -> bool:
    words = _words(sentence)
    found = (_places(words, phrase) for phrase in phrases)
    return not (_ASKED.search(sentence) or _IRONY.search(sentence)) and any(
        places and {w for n, w in enumerate(words) if n not in places} <= _FOR_WHOM
        for places in found
    )


def without_name(text: str, words: Iterable[str] = ()) -> str:
    """`text` without the names on the lines below it; a line that is one of `words` is none."""
    known = {word.casefold() for word in words}
    lines = text.rstrip().split("\n")
    while len(lines) > 1 and _is_name(lines[-1].strip(" \t,-–—"), known):
        lines.pop()
    return "\n".join(lines)


def leads_with(text: str) -> str:
    """`yes` or `no` where the answer begins with one, whatever follows; else empty."""
    answer = next((each for each in sentences(text) if not _is_courtesy(each)), "")
    words = _words(answer)
    denied = _NOT & set(words) and _YES & set(words[:_LEADING])
    is_english = len(words) == 1 or bool(set(words[1:2]) & _IN_ENGLISH)
    if words[:1] == ("nei",) or denied or (words[:1] == ("no",) and is_english):
        return "no"
    return "yes" if words and words[0] in _LEADING_YES else ""


LONGEST_REPLY: Final = 8000
"""Characters."""


def says_surely(text: str, phrases: Iterable[str]) -> bool:
    """Whether a sentence of `text` says one of `phrases`, and neither asks, denies nor supposes."""
    told = [(_words(each), beside.asks(each)) for each in readable(text)]
    for phrase in phrases:
        for words, asks in told:
            places = () if asks else _places(words, phrase)
            if places and not _SUPPOSED & {w for n, w in enumerate(words) if n not in places}:
                return True
    return False


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether a sentence of `text`, other than a question, says one of `phrases`."""
    wanted = tuple(phrases)
    return any(_says(each, wanted) for each in readable(text) if not beside.asks(each))


def speaks_of(sentence: str, phrases: Iterable[str]) -> bool:
    """Whether the sentence holds one of `phrases`, asked or told, whoever does it and when."""
    words = _words(sentence)
    return any(
        _same(word, _phrase_words(phrase)[0]) and _go_on(words, start, _phrase_words(phrase))
        for phrase in phrases
        for start, word in enumerate(words)
    )


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of the sentence in small letters."""
    return _words(sentence)


def _is_name(line: str, known: Collection[str]) -> bool:
    """Whether the line may be a name, or holds nothing."""
    if not line:
        return True
    if not _NAME.fullmatch(line) or line.isupper() or line.casefold() in known:
        return False
    plain = _HOSPITAL.sub("", line)
    return not (beside.hinders(plain) or blocking.blocks(plain))


def _is_yes(sentence: str, asked: Sequence[str], said: frozenset[str]) -> bool:
    words = _words(sentence)
    if not set(words[:_LEADING]) & _YES or _ASKED.search(sentence):
        return False
    if set(words) <= ((_AGREEING | _COURTESY) - _TO_SOMEBODY) | said:
        return True
    return words[0] in _YES and _repeats(_after(sentence), asked)


def _is_of(sentence: str, said: frozenset[str]) -> bool:
    """Whether the sentence says nothing but what was `said`."""
    return set(_words(sentence)) <= said and not _ASKED.search(sentence)


def _is_no(sentence: str, denied: Sequence[str]) -> bool:
    return _words(sentence)[:1] in (("nei",), ("no",)) and _repeats(_after(sentence), denied)


def _after(sentence: str) -> str:
    """The sentence without its first word."""
    return sentence[next(_WORD.finditer(sentence)).end() :]


def _repeats(sentence: str, asked: Sequence[str]) -> bool:
    """Whether the sentence says nothing but one of the phrases that were asked about."""
    return bool(meant(sentence, {"asked": asked})) and not _ASKED.search(sentence)


def _says(sentence: str, phrases: Iterable[str]) -> bool:
    words = _words(sentence)
    return any(_places(words, phrase) for phrase in phrases)


def is_courtesy(text: str) -> bool:
    """Whether `text` holds nothing but thanks, greetings and good wishes."""
    return all(map(_is_courtesy, sentences(text)))


def sentences(text: str) -> list[str]:
    """The sentences of `text`, those without a word left out."""
    return [each for each in _SENTENCES.split(text) if _WORD.search(each)]


def readable(text: str) -> list[str]:
    """The sentences of a text that is short enough to be a reply; none of a longer one, which is
    for people and would cost much to compare.
    """
    return sentences(text) if len(text) <= LONGEST_REPLY else []


def _without_but(sentence: str) -> str:
    """«Men nå er det merket» goes on, it takes nothing back; «ja, takk skal du ha» is thanks."""
    return _LOOK_AGAIN.sub("", _THANKED.sub("", _BUT_NOW.sub("", sentence)))


def _is_courtesy(sentence: str) -> bool:
    words = _words(sentence)
    if words[:1] and words[0] in ("hei", "heisann", "hallo", "hi", "hello", "dear", "kjære"):
        # The name of whoever is greeted.
        words = words[2:] if len(words) <= _NAMES else words[1:]
    return set(words) <= _COURTESY and (not words or bool(set(words) & _COURTEOUS))


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(each.casefold() for each in _WORD.findall(sentence))


def _without(sentence: str, places: Collection[int]) -> str:
    """`sentence` without its words at `places`."""
    for place, word in reversed(list(enumerate(_WORD.finditer(sentence)))):
        if place in places:
            sentence = sentence[: word.start()] + sentence[word.end() :]
    return sentence


def _places(words: Sequence[str], phrase: str) -> tuple[int, ...]:
    """Where `words` say `phrase`, word by word; nowhere where they don't."""
    wanted = _phrase_words(phrase)
    for start, word in enumerate(words):
        if _same(word, wanted[0]):
            places = _go_on(words, start, wanted)
            if places and not _is_anothers(words[:start], wanted):
                return places
    return ()


def _go_on(words: Sequence[str], start: int, wanted: Sequence[str]) -> tuple[int, ...]:
    places: tuple[int, ...] = (start,)
    for word in wanted[1:]:
        after = range(places[-1] + 1, min(places[-1] + 2 + _BETWEEN, len(words)))
        place = next((n for n in after if _same(words[n], word)), None)
        if place is None:
            return ()
        places = (*places, place)
    return places


def _is_anothers(before: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether what is said to be done is yet to be done, or is the reader's own act."""
    done = any(word.endswith(_PARTICIPLE) for word in wanted)
    return done and bool(set(before[-4:]) & _LATER or set(before[-2:]) & _WRITTEN_TO)


def _is_blocked(sentence: str, said: Collection[int]) -> bool:
    """Whether anything beside the words `said` keeps the sentence from being understood."""
    begins = list(_WORD.finditer(sentence))[min(said)].start()
    first = len(_WORD.findall(sentence[:begins]))
    before, after = sentence[:begins], _without(sentence[begins:], {n - first for n in said})
    words = _words(sentence)
    done = any(words[place].endswith(_PARTICIPLE) for place in said)
    return (
        _says(sentence, _TAKES_NOTE)
        or blocking.blocks(before, BEFORE)
        or blocking.blocks(after, _AFTER if done else _LATER_AFTER)
    )


def _is_told(rest: str) -> bool:
    words = _words(rest)
    return bool(set(words) & (_TOLD | _ANOTHER_TIME)) or any(w.startswith(_IN_PART) for w in words)


def _same(written: str, wanted: str) -> bool:
    if written == wanted:
        return True
    if wanted.endswith(_PARTICIPLE) and not written.endswith(_PARTICIPLE):
        return False
    return _stem(written) in (wanted, _stem(wanted)) or _is_misspelt(written, wanted)


def _is_misspelt(written: str, wanted: str) -> bool:
    """Whether one letter is wrong, lacking, too many or changed with the next; the ends carry the
    meaning and must be right.
    """
    if (written[0], written[-1]) != (wanted[0], wanted[-1]) or written in _IN_THEIR_OWN_RIGHT:
        return False
    if min(len(written), len(wanted)) < _LONG_ENOUGH or abs(len(written) - len(wanted)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(written, wanted, strict=False)) if a != b), None)
    if at is None:
        return True
    a, b = written[at:], wanted[at:]
    return a[1:] in (b[1:], b) or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@cache
def _phrase_words(phrase: str) -> tuple[str, ...]:
    return tuple(each.casefold() for each in _WORD.findall(phrase))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("norwegian")


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))
