"""A site's own template that asks for too much is refused soon; every other letter goes on."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from engine.errors import SettingsError
from tests.unit.letter_cases import envelope, letters

MOST_SECONDS = 20.0
"""Tenfold the two seconds of processor time that a refusal may take."""
MOST_KILOBYTES = 200_000
LOOP = "{% set n = namespace(x='xxxxxxxxxx') %}{% for i in range(10000) %}"
GREEDY = {
    "times": "{{ 'x'*10**10 }}",
    "times the other way": "{{ 10**10*'x' }}",
    "list times": "{{ ([1]*10**9)|length }}",
    "power": "{{ 9**9**9**9**9 }}",
    "power of powers": "{{ (10**4000)*(10**4000)*(10**4000) }}",
    "center": "{{ 'x'|center(10**9) }}",
    "center as a constant": "{{ 'x'|center(1000000000) }}",
    "ljust": "{{ 'x'.ljust(10**9) }}",
    "rjust": "{{ 'x'['rjust'](10**9) }}",
    "zfill": "{{ 'x'.zfill(10**9) }}",
    "expandtabs": "{{ '\\t'.expandtabs(10**9) }}",
    "width in a filter": "{{ '%1000000000d'|format(1) }}",
    "width in an operator": "{{ '%1000000000d' % 1 }}",
    "width as a value": "{{ '%*d' % (10**9, 1) }}",
    "precision": "{{ '%.1000000000f' % 1.5 }}",
    "width in a method": "{{ '{:1000000000}'.format(1) }}",
    "format_map": "{{ '{a:1000000000}'.format_map({'a': 1}) }}",
    "indent": "{{ 'x\\ny'|indent(10**9) }}",
    "range": "{{ range(10**10)|list|length }}",
    "bytes": "{{ (1).to_bytes(10**10, 'big') }}",
    "lipsum": "{{ lipsum(n=10**9) }}",
    "wordwrap": "{{ ('x'*900000)|wordwrap(1, wrapstring='y'*900000) }}",
    "replace": "{{ ('x'*900000)|replace('x', 'y'*900000) }}",
    "join": "{{ range(10000)|join('y'*900000) }}",
    "join of a map": "{{ range(10000)|map('center', 9000)|join }}",
    "loop in a loop": "{% for a in range(9999) %}" * 4 + "{% endfor %}" * 4,
    "loops over letters": "{% for a in 'x'*90000 %}" * 3 + "{% endfor %}" * 3,
    "own words": "{% set x %}{% for a in range(99999) %}"
    + "ord " * 999
    + "{% endfor %}{% endset %}",
    "own words written": "{% for a in range(99999) %}" + "ord " * 999 + "{% endfor %}",
    "doubled with ~": LOOP + "{% set n.x = n.x ~ n.x %}{% endfor %}",
    "doubled with +": LOOP + "{% set n.x = n.x + n.x %}{% endfor %}",
    "doubled in a block": LOOP + "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
    "slices": LOOP + "{% set n.x = n.x + 'x'*900 %}{{ n.x[1:]|length }}{% endfor %}",
    "compared": "{% set t = 'x'*900000 %}{% for i in range(9999) %}{{ t ~ 'y' in t }}{% endfor %}",
    "macro without an end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "macro that doubles": (
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(90) }}"
    ),
    "recursive loop": "{% for a in [[1]] recursive %}{{ loop([[1], [1]]) }}{% endfor %}",
    "includes itself": "{% include 'nb/greeting.txt' %}{% include 'nb/greeting.txt' %}",
    "nested marks": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "a long file": "ord " * 100_000,
}


def own(folder: Path, text: str) -> Path:
    (folder / "nb").mkdir(exist_ok=True)
    (folder / "nb" / "greeting.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", GREEDY)
@pytest.mark.parametrize("head", ["Emne: Hei\n\n{}\n", "Emne: {}\n\nHei\n"])
def test_a_template_without_a_bound_is_refused_soon(tmp_path: Path, name: str, head: str) -> None:
    site = letters(templates=[own(tmp_path, head.format("\x00").replace("\x00", GREEDY[name]))])
    begun = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SettingsError, match=r"greeting"):
        site.text(envelope("greeting", "nb"))
    assert time.process_time() - begun < MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_KILOBYTES
    assert "Hei!" in site.text(envelope("receipt", "nb"))


def test_what_a_letter_may_need_is_not_refused(tmp_path: Path) -> None:
    text = (
        "Emne: {{ '%s av %d' % ('to', 2026) }}\n\n{{ 'x'|center(9) }}{{ '-' * 40 }}"
        "{{ ['a', 'b']|join(', ') }} {{ 'abc'|replace('b', 'd') }} {{ 'a' ~ 1 ~ 'b' }}"
        " {% for i in range(3) %}{{ loop.index }}{% endfor %} {{ 'abc'[1:] }} {{ 3 % 2 }}"
        " {{ 2**3 }}"
        "\n{{ 'a\nb'|indent(2) }}\n"
    )
    read = letters(templates=[own(tmp_path, text)]).text(envelope("greeting", "nb"))
    assert f"x    {'-' * 40}a, b adc a1b 123 bc 1 8\na\n  b" in read
