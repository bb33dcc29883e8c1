"""What the tests of the installed program share."""

from __future__ import annotations

from tests.acceptance.site import finished_site, played_demo, program

__all__ = ["finished_site", "played_demo", "program"]
