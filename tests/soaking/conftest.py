"""What the long tests share with those of the installed program."""

from __future__ import annotations

from tests.acceptance.site import finished_site, program

__all__ = ["finished_site", "program"]
