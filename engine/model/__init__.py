"""The frozen values that every part of the engine speaks in; nothing here reads or writes
anything.
"""

from engine.model.decision import (
    CourseChange,
    Facts,
    KnownCourse,
    LetterDraft,
    Plan,
    Problem,
    Reason,
    Refusal,
    SharedCourse,
    Situation,
    TimerDraft,
)
from engine.model.register import (
    LANGUAGES,
    PLATFORM,
    Agreement,
    Contact,
    Language,
    Party,
    Proof,
    Side,
)
from engine.model.request import (
    SYSTEM,
    TIME,
    UNDO,
    Act,
    Actor,
    Cause,
    Course,
    LastAct,
    Request,
    Share,
)
from engine.model.secret import Secret, SecretBytes

__all__ = [
    "LANGUAGES",
    "PLATFORM",
    "SYSTEM",
    "TIME",
    "UNDO",
    "Act",
    "Actor",
    "Agreement",
    "Cause",
    "Contact",
    "Course",
    "CourseChange",
    "Facts",
    "KnownCourse",
    "Language",
    "LastAct",
    "LetterDraft",
    "Party",
    "Plan",
    "Problem",
    "Proof",
    "Reason",
    "Refusal",
    "Request",
    "Secret",
    "SecretBytes",
    "Share",
    "SharedCourse",
    "Side",
    "Situation",
    "TimerDraft",
]
