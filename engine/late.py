"""Modules that are loaded when something of them is first used, and not when they are imported.

What the program stands on imports much that a short command never uses: click and the standard
library's dataclasses import `inspect` (with the compiler's own modules) for help texts, structlog
imports asyncio for its coroutines. `import inspect` then only makes an empty module, and the first
look at anything in it loads it, as `importlib.util.LazyLoader` does – but one thread at a time, and
at half the price. Only what is used by its module's name can come late: `from x import y` looks at
once. A process that goes on for long has no use for this, and calls `all_now` before its threads
start.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec

OTHERS: Final = (
    "asyncio", "difflib", "email.headerregistry", "fnmatch", "inspect", "ipaddress", "linecache",
    "logging", "ntpath", "random", "secrets", "socket", "structlog.stdlib",
    "structlog.testing", "structlog.threadlocal", "tempfile", "traceback", "zipfile",
)  # fmt: skip
"""Whose import costs a millisecond or more, and what most commands never look at."""
OURS: Final = (
    "engine.domain.blocking",
    "engine.domain.deliveries",
    "engine.domain.network_report",
    "engine.domain.rollup",
    "engine.intake.docx",
    "engine.plan.decide",
    "engine.plan.keeping",
    "engine.plan.opening",
    "engine.plan.suggesting",
    "engine.plan.understanding",
    "engine.plan.yearly_letters",
    "engine.service.letters.chasers",
    "engine.service.mail.bounces",
    "engine.service.answering.delegating",
    "engine.service.answering.strangers",
    "engine.service.answering.network_mail",
    "engine.service.register.absence",
    "engine.service.register.absence",
    "engine.service.register.confirming",
    "engine.service.requests.importing",
    "engine.service.requests.mending",
    "engine.store.cases.reports",
)
"""What few mails are about, or only those who act need; they are imported whole, not part by part.
"""
NAMES: Final = frozenset((*OTHERS, *OURS))
_LOCK = RLock()


class _Late(ModuleType):
    """A module that is empty until it is asked for something that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        _load(self)
        return getattr(self, name) if type(self) is ModuleType else self._missing(name)

    def _missing(self, name: str) -> Any:
        """Asked for by the module itself while it is loaded, as any half-loaded module is."""
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None


class _Empty:
    """Makes the empty module in place of the loader that will fill it."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self.loading = False

    def create_module(self, _: ModuleSpec) -> None:
        """The import system makes the module, an ordinary one, and names it."""

    def exec_module(self, module: ModuleType) -> None:
        # Whoever wants a part of a package looks for this first, and then needs the whole.
        module.__dict__.pop("__path__", None)
        module.__class__ = _Late


class _Finder:
    """Finds the modules of `NAMES`, and leaves all others to those that come after it."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in NAMES else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Empty(spec.loader)  # type: ignore[assignment]  # is all that is asked of it
        return spec


_FINDER = _Finder()


def from_now_on() -> None:
    """Let the modules of `NAMES` that are imported from now on be loaded when they are used."""
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)


def all_now() -> None:
    """Load every module that is still empty, and let no more come late."""
    if _FINDER in sys.meta_path:
        sys.meta_path.remove(_FINDER)
    for module in list(sys.modules.values()):
        if waits(module):
            _load(module)


def waits(module: ModuleType) -> bool:
    """Whether nothing of the module has been used yet."""
    return type(module) is _Late


def _load(module: ModuleType) -> None:
    """Fill the module, unless another thread has done so meanwhile or this one is doing it."""
    with _LOCK:
        spec: ModuleSpec = object.__getattribute__(module, "__spec__")
        empty: Any = spec.loader
        if not isinstance(empty, _Empty) or empty.loading:
            return
        empty.loading = True
        if spec.submodule_search_locations is not None:
            module.__path__ = spec.submodule_search_locations
        try:
            empty.loader.exec_module(module)
        except BaseException:
            empty.loading = False
            raise
        spec.loader = module.__loader__ = empty.loader
        module.__class__ = ModuleType
