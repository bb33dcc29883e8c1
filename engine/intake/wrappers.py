"""What wraps a message's words: uuencoded files, PGP's armour, S/MIME; kept, and named as such."""

from __future__ import annotations

import binascii
import re
from typing import Final

from msgspec import Struct

from engine.intake.files import opaque
from engine.intake.mime import Part

MAX_FILES: Final = 20
_BEGIN: Final = re.compile(r"^begin(?:-base64)? [0-7]{3,4} (\S.{0,200})$", re.MULTILINE)
_SIGNED: Final = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE: Final = "-----BEGIN PGP SIGNATURE-----"
_ARMOUR: Final = re.compile(r"^-----BEGIN PGP (?:MESSAGE|PUBLIC KEY BLOCK)[^\n]{0,40}-----\s*$")
_END: Final = re.compile(r"^-----END PGP [A-Z ]{1,40}-----\s*$")
_TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_WINMAIL: Final = "winmail.dat"


class File(Struct, frozen=True):
    """A file that stood in the text itself."""

    name: str
    content: bytes


def notes(root: Part, text: str) -> tuple[str, ...]:
    """Return what wraps the message: `wrapped:`, `encrypted:` or `signed:` and by what."""
    parts = root.walk()
    types = [part.type for part in parts]
    lines = set(text.split("\n"))
    sealed = [part for part in parts if part.type in opaque.TYPES]
    found = [f"wrapped:{part.type}" for part in sealed if not part.children]
    found += ["signed:smime" for part in sealed if part.children]
    outlook = any(part.type in _TNEF or part.name.lower() == _WINMAIL for part in parts)
    found += ["wrapped:application/ms-tnef"] if outlook else []
    found += ["encrypted:multipart/encrypted"] if root.type == "multipart/encrypted" else []
    found += ["signed:multipart/signed"] if "multipart/signed" in types else []
    found += ["signed:pgp"] if _SIGNED in lines else []
    found += ["encrypted:pgp"] if "-----BEGIN PGP MESSAGE-----" in lines else []
    return tuple(dict.fromkeys(found))


def readable(text: str) -> str:
    """Return `text` without PGP's armour: signed words stand free, encrypted ones are left out."""
    if "-----BEGIN PGP " not in text:
        return text
    out: list[str] = []
    inside, heading, signed = False, False, False
    for line in text.split("\n"):
        bare = line.rstrip()
        if bare == _SIGNED:
            heading = signed = True
        elif bare == _SIGNATURE or _ARMOUR.match(bare):
            inside = True
        elif _END.match(bare):
            inside = signed = False
        elif heading:
            heading = bool(bare)
        elif not inside:
            out.append(line[2:] if signed and line.startswith("- ") else line)
    return "\n".join(out)


def without_files(text: str) -> tuple[str, tuple[File, ...]]:
    """Return `text` without the uuencoded files that stand in it, and the files."""
    if "\nbegin" not in "\n" + text:
        return text, ()
    files: list[File] = []
    kept: list[str] = []
    position = 0
    while len(files) < MAX_FILES:
        found = _BEGIN.search(text, position)
        end = -1 if found is None else text.find("\nend", found.end())
        if found is None or end < 0:
            break
        content = _decoded(text[found.end() : end])
        after = end + len("\nend")
        if content:
            files.append(File(found[1], content))
            kept.append(text[position : found.start()])
        else:
            kept.append(text[position:after])
        position = after
    return "".join([*kept, text[position:]]), tuple(files)


def _decoded(lines: str) -> bytes:
    out = bytearray()
    for line in lines.strip("\n").split("\n"):
        try:
            out += binascii.a2b_uu(line.encode("ascii", errors="replace"))
        except binascii.Error:
            continue
    return bytes(out)
