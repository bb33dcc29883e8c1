"""The program runs when it is installed: from the wheel, from the folder, and in place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "workflows", "notifiers", "config")
NEEDED = ("pyproject.toml", "README.md", "LICENSE")
COMMAND = ("demo",)


def run(*command: str | Path, cwd: Path) -> str:
    """Run `command` in `cwd` without this process's import path; returns what it printed."""
    environment = {
        k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "COVERAGE_RCFILE"}
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,  # the assertion below shows what was printed
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a release would have it, with a secret left lying and nothing ignored."""
    folder = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=unwanted)
    for name in NEEDED:
        shutil.copy(ROOT / name, folder / name)
    (folder / "config" / "local.toml").write_text('password = "hemmelig"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=source)
    (built,) = out.glob("*.whl")
    return built


def environment(folder: Path) -> Path:
    """A fresh environment that borrows the installed dependencies, but not the project itself.

    A path in a .pth file is taken as it is: that of an editable install over there stays unread.
    """
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    python = folder / "bin" / "python"
    own = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder.parent
    )
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(own.strip()) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return python


def install(python: Path, what: Sequence[str | Path], elsewhere: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--no-index", "--no-deps", "--no-build-isolation", *what, cwd=elsewhere)


@pytest.mark.parametrize("way", ["the wheel", "the folder", "the folder, in place"])
def test_the_installed_program_runs_from_another_folder(
    way: str, wheel: Path, source: Path, tmp_path: Path
) -> None:
    what = {
        "the wheel": [wheel],
        "the folder": [source],
        "the folder, in place": ["--editable", source],
    }[way]
    python = environment(tmp_path / "environment")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    install(python, what, elsewhere)

    found = run(python, "-c", "import engine; print(engine.__file__)", cwd=elsewhere)
    home = source if "in place" in way else tmp_path / "environment"
    assert Path(found.strip()).is_relative_to(home)
    run(python.parent / "kursdeling", *COMMAND, cwd=elsewhere)


def test_the_wheel_holds_every_file_of_the_packages_and_no_secret(
    source: Path, wheel: Path
) -> None:
    wanted = {
        file.relative_to(source).as_posix()
        for package in PACKAGES
        for file in (source / package).rglob("*")
        if file.is_file()
    }
    with ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if ".dist-info/" not in name}

    assert wanted - held == {"config/local.toml"}
    assert held - wanted == set()
