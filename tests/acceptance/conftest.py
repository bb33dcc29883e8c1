"""What the tests of the installed program share."""

from __future__ import annotations

from tests.acceptance.site import finished_site, program

__all__ = ["finished_site", "program"]
