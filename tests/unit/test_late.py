"""Modules that come late: empty until somebody looks, and then the ordinary ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUN_BY = {"engine/daemon.py": "engine/cli/run.py", "engine/mailbox/watch.py": "engine/cli/run.py"}
"""What starts threads only in a worker, and where the worker begins."""


def said(script: str) -> list[str]:
    """What a fresh interpreter prints that runs `script`."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\nfrom engine import late\n{script}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def test_a_module_is_empty_until_it_is_used() -> None:
    assert said(
        "late.from_now_on()\n"
        "import inspect, asyncio\n"
        "print(len(vars(inspect)) < 20, 'ast' in sys.modules, 'asyncio.events' in sys.modules)\n"
        "print(inspect.cleandoc(' x'), 'ast' in sys.modules, type(inspect).__name__)\n"
        "print(inspect.__spec__.loader is inspect.__loader__, type(inspect.__loader__).__name__)\n"
    ) == ["True", "False", "False", "x", "True", "module", "True", "SourceFileLoader"]


def test_a_part_of_a_package_brings_the_package() -> None:
    assert said(
        "late.from_now_on()\n"
        "import asyncio\n"
        "import asyncio.events\n"
        "from asyncio import run\n"
        "async def five(): return 5\n"
        "print('asyncio.runners' in sys.modules, run(five()))\n"
    ) == ["True", "5"]


def test_a_name_that_a_module_does_not_have_is_told_as_ever() -> None:
    assert (
        said(
            "late.from_now_on()\n"
            "import fnmatch\n"
            "for _ in range(2):\n"
            "    try: fnmatch.no_such\n"
            "    except AttributeError as error: print(str(error).replace(' ', '_'))\n"
        )
        == ["module_'fnmatch'_has_no_attribute_'no_such'"] * 2
    )


def test_many_threads_that_look_at_once_find_it_whole() -> None:
    assert said(
        "late.from_now_on()\n"
        "import inspect\n"
        "from threading import Barrier, Thread\n"
        "ready, found = Barrier(8), []\n"
        "def look():\n"
        "    ready.wait()\n"
        "    found.append(inspect.cleandoc(' x') + str(len(inspect.__all__) > 50))\n"
        "threads = [Thread(target=look) for _ in range(8)]\n"
        "for each in threads: each.start()\n"
        "for each in threads: each.join()\n"
        "print(*sorted(set(found)), len(found))\n"
    ) == ["xTrue", "8"]


def test_what_runs_for_long_has_nothing_late_any_more() -> None:
    assert said(
        "late.from_now_on()\n"
        "import inspect, asyncio\n"
        "late.all_now()\n"
        "import tempfile\n"
        "print('ast' in sys.modules, 'asyncio.events' in sys.modules, 'random' in sys.modules)\n"
        "print({type(each).__name__ for each in sys.modules.values() if each} == {'module'})\n"
    )[:3] == ["True", "True", "True"]


def test_whoever_starts_a_thread_has_loaded_everything_before() -> None:
    starting = [
        path.relative_to(ROOT).as_posix()
        for folder in ("engine", "notifiers")
        for path in (ROOT / folder).rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("Thread(", "ThreadPoolExecutor("))
    ]

    assert len(starting) >= 3
    for name in starting:
        text = (ROOT / RUN_BY.get(name, name)).read_text("utf-8")
        assert "late.all_now()" in text, name


def test_everything_that_may_come_late_can_be_loaded() -> None:
    assert said(
        "import importlib\n"
        "late.from_now_on()\n"
        "import structlog\n"
        "for name in late.NAMES: importlib.import_module(name)\n"
        "late.all_now()\n"
        "print(*(name for name in late.NAMES if late.waits(sys.modules[name])), 'all')\n"
    ) == ["all"]
