"""What the machine says of files and folders, in the reader's language."""

from __future__ import annotations

import errno

from engine.model import Language
from engine.wording.catalogue import texts


def fault_words(error: OSError, language: Language) -> str:
    """What went wrong, without the name of what it was about; a fault that people seldom meet is
    told as the machine says it.
    """
    known = texts("file_faults", language).get(errno.errorcode.get(error.errno or 0, ""))
    return known or error.strerror or str(error) or type(error).__name__
