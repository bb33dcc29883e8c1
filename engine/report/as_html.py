"""A document as one HTML page that needs nothing from anywhere: for screens, paper and readers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.report.bar_chart import bar_chart
from engine.report.document import (
    Bars,
    Block,
    Document,
    Heading,
    Paragraph,
    Points,
    Quotes,
    Table,
)

STYLE = """\
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1f2328; background: #fff;
  max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 1px solid #8c959f; }
.wide { overflow-x: auto; }
body:has(.many) { max-width: 76rem; }
.wide:focus-visible { outline: 3px solid #0550ae; }
.many th, .many td { hyphens: auto; }
a { color: #0550ae; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid #8c959f; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; margin-top: 1rem; }
blockquote { margin: .3rem 0 1.2rem; padding-left: 1rem;
  border-left: 4px solid #57606a; white-space: pre-line; }
@media (max-width: 36rem) {
  body { padding: 0 .6rem; }
  th, td { padding: .25rem .2rem; font-size: .75rem; hyphens: auto; }
}
@media print {
  body { margin: 0; max-width: none; }
  h2 { break-after: avoid; }
  tr, svg, blockquote { break-inside: avoid; }
}
"""

MANY_COLUMNS = 6
"""A table of more is given more of the screen."""


def html(document: Document) -> str:
    """The page."""
    blocks = [
        line for place, each in enumerate(document.blocks) for line in _of(each, f"picture-{place}")
    ]
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{document.language}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            f"<style>{STYLE}</style></head>",
            "<body><main>",
            f"<h1>{escape(document.title)}</h1>",
            *blocks,
            "</main></body></html>",
            "",
        ]
    )


def _of(block: Block, name: str) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield f"<h2>{escape(text)}</h2>"
        case Paragraph(text=text):
            yield f"<p>{escape(text)}</p>"
        case Points(items=items):
            yield "<ul>"
            yield from (f"<li>{escape(item)}</li>" for item in items)
            yield "</ul>"
        case Quotes(items=items):
            for who, text in items:
                named = f"<p>{escape(who)}:</p>" if who else ""
                yield f"{named}<blockquote>{escape(text)}</blockquote>"
        case Table():
            yield from _table(block)
        case Bars():
            yield bar_chart(block, name)


def _table(table: Table) -> Iterator[str]:
    # Whoever has no mouse scrolls what has the focus, and hears what it is.
    named = f'role="region" tabindex="0" aria-label="{escape(table.caption)}"'
    many = " many" if len(table.header) > MANY_COLUMNS else ""
    yield f'<div class="wide{many}" {named}><table><caption>{escape(table.caption)}</caption>'
    heads = (
        f'<th scope="col"{_class(table, place)}>{escape(head)}</th>'
        for place, head in enumerate(table.header)
    )
    yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
    for place, (first, *rest) in enumerate(table.rows):
        cells = (
            f"<td{_class(table, column)}>{escape(cell)}</td>"
            for column, cell in enumerate(rest, start=1)
        )
        name = _linked(first, table.links[place] if table.links else "")
        yield f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>'
    yield "</tbody></table></div>"


def _linked(text: str, url: str) -> str:
    """The text, leading to `url` where that is an address of the web: people wrote it."""
    if not url.lower().startswith(("https://", "http://")):
        return escape(text)
    return f'<a href="{escape(url)}">{escape(text)}</a>'


def _class(table: Table, place: int) -> str:
    return ' class="number"' if place >= table.numbers_from else ""
