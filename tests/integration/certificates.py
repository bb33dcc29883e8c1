"""Certificates for tests: an authority of our own, and what it does and does not vouch for."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate with its key, both as PEM files."""

    certificate: Path
    key: Path


def self_signed(folder: Path, name: str) -> Certificate:
    """A certificate for the host `name` that vouches for itself, or an authority of that name."""
    made = _files(folder, name)
    _openssl(
        "req", "-x509", *_new_key(made, name), "-days", "2", "-out", made.certificate,
        "-addext", "keyUsage=critical,digitalSignature,keyCertSign",
    )  # fmt: skip
    return made


def signed(folder: Path, name: str, authority: Certificate) -> Certificate:
    """A certificate for the host `name` that `authority` vouches for."""
    made = _files(folder, name)
    _openssl(
        "req", "-x509", *_new_key(made, name), "-days", "2", "-out", made.certificate,
        "-CA", authority.certificate, "-CAkey", authority.key,
        "-addext", "basicConstraints=critical,CA:FALSE",
    )  # fmt: skip
    return made


def _files(folder: Path, name: str) -> Certificate:
    return Certificate(certificate=folder / f"{name}.pem", key=folder / f"{name}.key")


def _new_key(made: Certificate, name: str) -> list[str | Path]:
    return [
        "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", made.key, "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
    ]  # fmt: skip


def _openssl(*arguments: str | Path) -> None:
    program = shutil.which("openssl")
    assert program is not None
    subprocess.run([program, *arguments], check=True, capture_output=True)
