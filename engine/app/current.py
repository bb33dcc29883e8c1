"""A site whose letters leave as the settings say now, however long its worker has run."""

from __future__ import annotations

from msgspec.structs import replace

from config.settings import FILE, Settings
from engine.app.assembling import letter_state_of
from engine.app.post import carrier
from engine.service.site import Site


class Current:
    """The site that a worker opened, with the settings that may change under it (INTERFACE §5.6).

    Those are the modes of letters and `letters.everything_to`; all others hold until it ends.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._file = site.folder / FILE
        self._seen = self._stamp()

    def site(self) -> Site:
        """The site as it stands now; SettingsError once for a change that is none, and then it
        stays as it was.
        """
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            settings = Settings.load(self._site.folder)
            self._site = replace(
                self._site,
                letter_state=letter_state_of(
                    settings, self._site.routines.current, self._site.database
                ),
                everything_to=settings.letters.everything_to,
                carried=carrier(settings),
            )
        return self._site

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._file.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
