"""Plays the story on a site, step by step, and holds each step to what it must come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Final

from msgspec import Struct, field

from engine.calendar import OSLO, last_working_day_before, oslo_day
from engine.demo import telling_letters
from engine.demo.mails import Moment, by_another_route, sender_of, written
from engine.demo.receiver import Letter, Mailboxes
from engine.demo.story import ENDS, Command, Mail, Step, story
from engine.errors import DemoError
from engine.model import Language
from engine.service import receive
from engine.service.acts import commands
from engine.service.deliver import deliver
from engine.service.requests import show
from engine.service.site import Site
from engine.service.time.sweep import sweep
from engine.store.cases import timers
from engine.store.cases.timers import TimerRow
from engine.wording import sentence

_ONE_DAY: Final = timedelta(days=1)
_SOON: Final = timedelta(minutes=4)

Say = Callable[[str], None]


class Play(Struct, kw_only=True):
    """One performance: the site, everybody's mailbox, and what has happened so far."""

    site: Site
    boxes: Mailboxes
    ends: datetime
    say: Say
    language: Language
    now: datetime
    """The business time that the story has come to."""
    numbers: dict[str, str] = field(default_factory=dict)
    """The number of each request by its nickname."""
    sent: dict[str, bytes] = field(default_factory=dict)
    """Each mail as it was sent, by its name and case."""
    told: int = 0
    """How many of the letters that have arrived were told about."""

    def whole(self) -> None:
        """Play every step up to the end; DemoError when one comes to something else."""
        for step in story():
            at = self._instant(step)
            if isinstance(step, Mail):
                self.mail(step, at)
            else:
                self._command(step, at)
        self.pass_time(self.ends)
        for case, state in ENDS.items():
            self.expect(case, "state", self.state(case), state)

    def pass_time(self, until: datetime) -> None:
        """Let time go by up to `until`, with what deadlines bring about on the way and then."""
        self._deadlines(until)
        self.now = until
        self._after()
        self._tell_letters()

    def _instant(self, step: Step) -> datetime:
        """On the step's day, or the last working day before it; never before the last step."""
        day = oslo_day(self.ends) - step.days * _ONE_DAY
        day = last_working_day_before(self.site.rules.calendar, day + _ONE_DAY)
        clock = time.fromisoformat(step.clock.replace(".", ":"))
        at = datetime.combine(day, clock, OSLO).astimezone(UTC)
        return max(at, self.now + _SOON)

    def _deadlines(self, until: datetime) -> None:
        """What deadlines bring about up to `until`, each at the instant when it is due."""
        while (timer := self._next_timer(until)) is not None:
            self.now = max(self.now, timer.due_at)
            fired = self._after()
            if fired or len(self.boxes.letters) > self.told:
                self.say(
                    telling_letters.deadline(
                        self.now, timer.request, self.language, fired=bool(fired)
                    )
                )
            self._tell_letters()

    def _next_timer(self, until: datetime) -> TimerRow | None:
        with self.site.database.reading() as tx:
            return next(iter(timers.due(tx, until, 1)), None)

    def _after(self) -> int:
        """The rest of a pass: deadlines, then mail out; how many events deadlines caused."""
        swept = sweep(self.site, self.now)
        left = deliver(self.site, self.now)
        if set(left) - {"sent"}:
            raise DemoError(f"letters were not taken by the mail server: {dict(left)}")
        return swept.fired

    def mail(self, step: Mail, at: datetime) -> None:
        """Let the mail come at `at`; DemoError when it comes to something else than it must."""
        self._deadlines(at)
        self.now = at
        raw = self._raw(step)
        identity = receive.take(self.site, raw, f"demo:{step.name}", self.now)
        outcome = receive.handle(self.site, identity, self.now)
        if step.case and outcome.verdict == "opened":
            self.numbers[step.case] = outcome.request
        self._after()
        sender = sender_of(step.name)
        self.say(
            telling_letters.mail_in(
                self.site, self.now, sender, raw, self.language, again=step.again
            )
        )
        self.say(telling_letters.outcome(self.site, outcome, self.language))
        self._tell_letters()
        why = [sentence(reason, "nb") for reason in outcome.reasons]
        self.expect(step.name, "verdict", outcome.verdict, step.verdict, why)
        if step.state:
            self.expect(step.name, "state", self.state(step.case), step.state, why)

    def _raw(self, step: Mail) -> bytes:
        key = f"{step.name} {step.case}"
        if step.again:
            return by_another_route(self.sent[key])
        sender = sender_of(step.name)
        moment = Moment(
            at=self.now,
            serial=len(self.sent) + 1,
            sender=sender,
            aligned=step.aligned,
            answers=self._answered(step, sender),
        )
        self.sent[key] = written(step.name, moment)
        return self.sent[key]

    def _answered(self, step: Mail, sender: str) -> Letter | None:
        try:
            return self.boxes.newest(sender, self.numbers.get(step.case, ""))
        except LookupError:
            return None

    def _command(self, step: Command, at: datetime) -> None:
        self._deadlines(at)
        self.now = at
        number = self.numbers[step.case]
        done = commands.fire(
            self.site, number, step.event, email=step.by, at=self.now, note=step.note
        )
        self._after()
        self.say(telling_letters.command(self.site, self.now, step, self.language))
        self.say(telling_letters.moves(self.site, number, done.events, self.language))
        self._tell_letters()
        self.expect(step.event, "state", self.state(step.case), step.state)

    def _tell_letters(self) -> None:
        for letter in self.boxes.letters[self.told :]:
            self.say(telling_letters.letter_out(self.site, self.now, letter, self.language))
        self.told = len(self.boxes.letters)

    def state(self, case: str) -> str:
        """The state of the request with that nickname."""
        return show.one(self.site, self.numbers[case]).request.state

    def expect(
        self, what: str, kind: str, found: str, wanted: str, why: list[str] | None = None
    ) -> None:
        """DemoError when the demo did not come to what it is to show."""
        if found != wanted:
            reasons = " ".join(why or [])
            raise DemoError(
                f"{what} at {self.now:%Y-%m-%d %H:%M}: the {kind} is {found}, not {wanted}. "
                f"{reasons}".rstrip()
            )
