"""Words in HTML that nobody sees are not read, and words that are seen are (INTERFACE §5.3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.intake.markup.html import to_text

HIDDEN = (
    "color:rgba(0,0,0,0)", "color:rgba(0,0,0,0.01)", "color:rgb(0 0 0 / 2%)", "color:#0000",
    "color:#00000003", "color:hsla(0,0%,0%,.02)", "color:hsl(0 0% 0% / 1%)", "color:transparent",
    "-webkit-text-fill-color:transparent", "color:rgba(255,255,255,.9)", "color:#fffffff0",
    "opacity:0", "opacity:.01", "opacity:1%", "opacity:0.05", "filter:opacity(0)",
    "filter:opacity(2%)", "filter: opacity(.03)", "filter:alpha(opacity=0)",
    "transform:scale(0)", "transform:scale(0.01)", "transform:scaleX(0)", "transform:scale(1,0)",
    "transform:scale3d(0,0,0)", "transform:matrix(0,0,0,0,0,0)", "scale:0", "scale:.01",
    "scale:1%", "transform:rotateX(90deg)", "zoom:0.01", "zoom:1%", "zoom:0",
    "position:absolute;inset:-9999px", "position:absolute;inset:0 0 0 -5000px",
    "position:fixed;left:9999px", "text-indent:-9999px", "text-indent:9999px",
    "translate:-9999px", "transform:translateX(-9999px)", "transform:translate(9999px)",
    "margin-left:-9999px", "margin:0 0 0 -9999px", "letter-spacing:-1em",
    "clip-path:inset(100%)", "clip-path:inset(50%)", "clip-path:inset(50% 50% 50% 50%)",
    "clip-path:inset(0 100% 0 0)", "clip-path:inset(0 0 99% 0)", "clip-path:circle(0)",
    "clip-path:ellipse(0 0)", "clip-path:polygon(0 0,0 0,0 0)", "clip:rect(0,0,0,0)",
    "clip:rect(1px,1px,1px,1px)", "clip:rect(0 0 0 0)", "color:honeydew", "color:lightyellow",
    "color:lavenderblush", "color:oldlace", "color:Canvas", "color:hwb(0 100% 0%)",
    "color:lab(99% 0 0)", "color:oklch(0.99 0 0)", "color:oklab(99% 0 0)",
    "color:color(srgb 1 1 1)", "color:hsl(60,100%,98%)", "color:var(--x, #fff)",
    "color:var(--x,rgb(255,255,255))", "color:color-mix(in srgb, white, white)",
    "background:#102030;color:#112131", "background-color:steelblue;color:#4682b4",
    "text-decoration-line:line-through", "font-size:.1px", "opacity:calc(1 - 1)",
    "opacity:var(--o)", "d\\69splay:none", "display:n\\6f ne",
)  # fmt: skip
SEEN = (
    "color:rgba(0,0,0,.87)", "color:#000000de", "color:rgb(0 0 0 / 60%)", "opacity:.6",
    "opacity:80%", "filter:opacity(70%)", "transform:scale(1)", "transform:scale(.8)", "scale:1",
    "zoom:1", "zoom:90%", "transform:matrix(1,0,0,1,0,0)", "transform:rotate(90deg)",
    "position:relative;inset:0", "position:absolute;left:600px", "text-indent:-18.0pt",
    "margin-left:36.0pt;text-indent:-18pt", "margin:0 0 0 40px", "letter-spacing:-0.2px",
    "clip-path:inset(0)", "clip-path:inset(10%)", "clip-path:circle(50%)",
    "clip:rect(0,100px,100px,0)", "color:steelblue", "color:darkslategray", "color:CanvasText",
    "color:hwb(200 10% 40%)", "color:lab(30% 0 0)", "color:oklch(0.4 0.1 200)",
    "color:color(srgb 0.1 0.1 0.1)", "color:var(--x, #333)", "color:var(--x)", "color:nonsense",
    "color:inherit", "background:navy;color:white", "background:url(x.png);color:white",
    "background-color:rgba(0,0,0,0);color:black", "background:transparent", "color:windowtext",
    "border-left:3pt solid", "font-size:8pt", "color:initial",
)  # fmt: skip


def words(html: str) -> list[str]:
    return to_text(html).split()


@pytest.mark.parametrize("style", HIDDEN)
def test_what_a_style_hides_is_not_read(style: str) -> None:
    page = f"<p>JA</p><p style='{style}'>NEI</p><p>TAKK</p>"
    sheet = f"<style>.x {{ {style} }}</style><p>JA</p><p class=x>NEI</p><p>TAKK</p>"
    assert words(page) == ["JA", "TAKK"]
    assert words(sheet) == ["JA", "TAKK"]


@pytest.mark.parametrize("style", SEEN)
def test_what_a_style_shows_is_read(style: str) -> None:
    assert words(f"<p>JA</p><p style='{style}'>NEI</p><p>TAKK</p>") == ["JA", "NEI", "TAKK"]


def test_what_is_hidden_little_by_little_is_not_read() -> None:
    half = '<div style="opacity:.4">'
    assert words(f"{half}JA {half}{half}NEI</div></div></div>") == ["JA"]


def test_words_in_the_colour_of_a_shade_behind_them_are_not_read() -> None:
    grounds = '<div style="background:#000"><div style="background:rgba(255,255,255,.5)">'
    assert words(f'{grounds}<i style="color:#808080">NEI</i><i style="color:#fff">JA</i>') == ["JA"]


@pytest.mark.parametrize(
    "comment", ["<!-- x -->", "<!-- x --!>", "<!-->", "<!--->", "<!-- - -- -->"]
)
def test_a_comment_ends_where_browsers_end_it(comment: str) -> None:
    assert words(f"<p>JA{comment} TAKK</p>") == ["JA", "TAKK"]


def test_a_comment_that_never_ends_hides_the_rest() -> None:
    assert words("<p>JA</p><!-- x -- > <p>NEI</p>") == ["JA"]


@pytest.mark.parametrize("selector", [":where(.x)", ":is(.y, .x)", "p:IS(.x)"])
def test_what_one_of_several_selectors_hides_is_not_read(selector: str) -> None:
    sheet = f"<style>{selector} {{ display: none }}</style>"
    assert words(f"{sheet}<p>JA</p><p class=x>NEI</p><p>TAKK</p>") == ["JA", "TAKK"]


PAGES = (Path(__file__).parent / "hidden_pages.txt").read_text(encoding="utf-8").split("\n")


def pages(kind: str) -> list[str]:
    return [line.partition(" ")[2] for line in PAGES if line.startswith(kind)]


@pytest.mark.parametrize("page", pages("hidden"))
def test_what_sheets_and_styles_hide_together_is_not_read(page: str) -> None:
    assert words(page) == ["JA"]


@pytest.mark.parametrize("page", pages("shown"))
def test_what_a_sheet_hides_elsewhere_is_read(page: str) -> None:
    assert words(page) == ["JA", "TAKK"]


@pytest.mark.parametrize("filler", ["x" * 3_000, "x" * 30_000])
def test_a_long_tag_hides_no_more_and_no_less_than_browsers_say(filler: str) -> None:
    assert words(f'JA<p title="{filler}> NEI "></p>') == ["JA"]
    assert words(f"JA<p title='{filler}' style='display:none'>NEI</p>") == ["JA"]
