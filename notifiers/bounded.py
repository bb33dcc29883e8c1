"""A sandbox in which a site's own template can neither loop without an end nor fill the memory.

Every rendering has so many letters to spend. What a template repeats, joins, calls, compares or
writes out is paid for before it is done where the size can be foretold, and right after where it
is at most a few times what was given (DESIGN §7, "Work has a budget").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

LETTERS: Final = 10_000_000
"""What one rendering may spend; the longest letter of the program's own asks for a hundredth."""
STEP: Final = 20
"""What each round of a loop, each call and each comparison costs, however short."""
LONGEST_SOURCE: Final = 200_000
_HIGHEST: Final = 10_000
"""Bits of a number, and widths."""
_METHODS: Final = frozenset(
    {"center", "encode", "expandtabs", "format", "format_map", "join", "ljust", "replace", "rjust"}
    | {"to_bytes", "translate", "zfill"}
)
"""Methods that make a text of any length; filters do what a letter needs of it."""
_NO_FILTERS: Final = ("batch", "pprint", "slice", "striptags", "tojson", "urlize", "wordwrap")
_WIDTH: Final = re.compile(r"\*|[0-9]{4}")
_REFUSED: Final = "the template asks for more work than any letter needs"

_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


class TooMuchError(jinja2.TemplateRuntimeError):
    """The template asks for more than it may; the letter is refused, and the next one goes on."""


@contextmanager
def spending(letters: int = LETTERS) -> Iterator[None]:
    """Render with so many letters to spend; TooMuchError is raised where they do not suffice."""
    before = _left.set([letters])
    try:
        yield
    finally:
        _left.reset(before)


def pay(letters: int) -> None:
    """Take `letters` and a step off what is left; TooMuchError where that is not enough."""
    left = _left.get()
    if left is None:
        left = [LETTERS]  # Something constant, while the template is compiled.
    left[0] -= letters + STEP
    if left[0] < 0:
        raise TooMuchError(_REFUSED)


def _size(value: Any) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, int):
        return value.bit_length() // 3
    return STEP * len(value) if isinstance(value, list | tuple | dict | set) else 0


def _paid(value: Any) -> Any:
    pay(_size(value))
    return value


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a budget; whoever renders does it inside `spending()`."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_paid, **options)
        for name in _NO_FILTERS:
            del self.filters[name]
        del self.globals["lipsum"]
        before: dict[str, Callable[..., int]] = {
            "center": _of_width,
            "indent": _of_width,
            "join": _of_join,
        }
        before |= {"format": _of_format, "replace": _of_replace}
        called: Any
        for name, called in self.filters.items():
            self.filters[name] = _counted(called, before.get(name))
        for name, called in self.tests.items():
            self.tests[name] = _counted(called, None)
        self.filters |= {"_rounds": _rounds, "_paid": _paid, "_words": _words, "_joined": _joined}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > LONGEST_SOURCE:
            raise jinja2.TemplateSyntaxError("the template is too long", 1, name, filename)
        parsed = super()._parse(source, name, filename)
        _Paying().visit(parsed)
        parsed.set_environment(self)
        return parsed

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may have the attribute: none that grows a text at will."""
        if isinstance(obj, str | bytes | int) and attr in _METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Return nothing: `format` of a text is an attribute that no template may have."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what the operator makes, paid for beforehand; raises TooMuchError."""
        pay(_OPERATORS[operator](left, right))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 – as Jinja names it
        """Return what the call returns; raises TooMuchError where there is nothing left for it."""
        pay(_size(getattr(__obj, "__self__", None)) + sum(map(_size, args)))
        return _paid(super().call(__context, __obj, *args, **kwargs))

    def get_template(self, *args: Any, **options: Any) -> jinja2.Template:
        """Return the template; what includes itself pays for it again and again."""
        pay(STEP)
        return super().get_template(*args, **options)


def _counted(called: Callable[..., Any], before: Callable[..., int] | None) -> Callable[..., Any]:
    """The same filter or test, paid for; `before` says what it will make of its arguments."""
    given = 1 if hasattr(called, "jinja_pass_arg") else 0

    @functools.wraps(called)
    def paying(*args: Any, **kwargs: Any) -> Any:
        value, *others = args[given:] or (None,)
        if before is not None:
            value = list(value) if before is _of_join and not isinstance(value, str) else value
            pay(before(value, *others, *kwargs.values()))
        pay(_size(value) + sum(map(_size, others)))
        return _paid(called(*args[:given], value, *others, **kwargs))

    return paying


def _of_width(text: Any, *widths: Any) -> int:
    most = max((w if isinstance(w, int) else _size(w) for w in widths), default=80)
    if most > _HIGHEST:
        raise TooMuchError(f"a width of {most}")
    return max(80, most) * (1 + str(text).count("\n"))


def _of_join(values: Any, between: Any = "", *_: Any) -> int:
    pieces = list(map(str, values))
    return sum(map(len, pieces)) + len(pieces) * _size(between)


def _of_replace(text: Any, old: Any, new: Any, *_: Any) -> int:
    return str(text).count(str(old)) * _size(str(new))


def _of_format(text: Any, *values: Any) -> int:
    form = str(text)
    if _WIDTH.search(form):
        raise TooMuchError("a width in a format")
    every = values[0].values() if len(values) == 1 and isinstance(values[0], dict) else values
    longest = max((len(str(value)) for value in every), default=0)
    return len(form) + form.count("%") * (1_000 + longest)


def _of_times(left: Any, right: Any) -> int:
    if isinstance(left, int) and isinstance(right, int):
        return _of_bits(left.bit_length() + right.bit_length())
    text, times = (right, left) if isinstance(left, int) else (left, right)
    return _size(text) * max(0, times) if isinstance(times, int) else 0


def _of_power(left: Any, right: Any) -> int:
    whole = isinstance(left, int) and isinstance(right, int)
    return _of_bits(left.bit_length() * max(0, right)) if whole else 0


def _of_percent(left: Any, right: Any) -> int:
    values = right if isinstance(right, tuple) else (right,)
    return _of_format(left, *values) if isinstance(left, str) else 0


def _of_bits(bits: int) -> int:
    if bits > _HIGHEST:
        raise TooMuchError("a number of too many digits")
    return bits


_OPERATORS: Final[dict[str, Callable[[Any, Any], int]]] = {
    "*": _of_times,
    "**": _of_power,
    "%": _of_percent,
    "+": lambda left, right: _size(left) + _size(right),
}


def _rounds(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        pay(0)
        yield value


@jinja2.pass_context
def _words(_: Context, letters: int) -> str:
    """Pay for a template's own words each time that they are written, not when it is compiled."""
    pay(letters)
    return ""


@jinja2.pass_eval_context
def _joined(evaluation: EvalContext, values: list[Any]) -> str:
    pay(sum(len(str(value)) for value in values))
    return markup_join(values) if evaluation.autoescape else str_join(values)


class _Paying(NodeTransformer):
    """Puts the budget into what Jinja compiles to plain Python, where no method is asked."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 – as Jinja names it
        self.generic_visit(node)
        node.iter = _through("_rounds", node.iter)
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 – as Jinja names it
        self.generic_visit(node)
        said = sum(len(each.data) for each in node.nodes if isinstance(each, nodes.TemplateData))
        paid = _through("_words", nodes.Const(said, lineno=node.lineno))
        node.nodes = [paid, *node.nodes] if said else node.nodes
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 – as Jinja names it
        self.generic_visit(node)
        return _through("_joined", nodes.List(node.nodes, lineno=node.lineno))

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 – as Jinja names it
        self.generic_visit(node)
        return _through("_paid", node) if isinstance(node.arg, nodes.Slice) else node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 – as Jinja names it
        self.generic_visit(node)
        node.expr = _through("_paid", node.expr)
        for operand in node.ops:
            operand.expr = _through("_paid", operand.expr)
        return node


def _through(name: str, node: Any) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
