"""Takes messages in as complaints, each once; what is none is listed with its reason, so that nothing is lost silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import override

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.models import Evidence
from mapae.desk.helpline import telling
from mapae.desk.helpline.events import log
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.mailbox.boxes import LARGEST, Raw
from mapae.desk.helpline.mailbox.parts import Letter, Unreadable, language_of, read
from mapae.desk.helpline.models import Complaint, ReceivedMail
from mapae.desk.helpline.relay import meant, pass_on
from mapae.desk.uploads import LIMITS, inspect
from mapae.errors import InputError

__all__ = ["Reject", "Taken", "take_in"]

_OLDEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reject:
    """A message or a file of one that was not taken. place: file and number; what: message or the file's name; why."""

    place: str
    what: str
    why: str


@dataclass(slots=True)
class Taken:
    """What became of the messages: their sum is `read`. relayed: sent on to the consumer of a complaint."""

    read: int = 0
    complaints: int = 0
    relayed: int = 0
    before: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)

    def plain(self) -> dict[str, int]:
        """The counts."""
        found = asdict(self)
        found.pop("rejects")
        return found


def take_in(
    raws: Iterable[Raw],
    *,
    rejected: Callable[[Reject], None],
    progress: Callable[[int], None] = lambda done: None,
) -> Taken:
    """Take every message in, each in a transaction of its own: what was cut off goes on when it is called again.

    rejected: called with each reject as it comes; the first hundred are in the result too.
    """
    found = Taken()

    def refuse(one: Reject) -> None:
        rejected(one)
        if len(found.rejects) < 100:
            found.rejects.append(one)

    for raw in raws:
        found.read += 1
        try:
            _one(raw, found, refuse)
        except Unreadable as error:
            found.rejected += 1
            refuse(Reject(raw.place, "message", str(error)))
        progress(found.read)
    return found


def _one(raw: Raw, found: Taken, refuse: Callable[[Reject], None]) -> None:
    if raw.content is None:
        raise Unreadable(f"larger than {LARGEST // 1_000_000} MB")
    letter = read(raw.content)
    try:
        with transaction.atomic():
            if ReceivedMail.objects.filter(digest=letter.digest).exists():
                found.before += 1
                return
            row = ReceivedMail.objects.create(digest=letter.digest, at=clock.now())
            told = meant(letter.mail)
            if told is not None:
                pass_on(told, letter.email, letter.text, letter.digest)
            else:
                told = _complaint(letter, raw.place, refuse)
            row.complaint = told
            row.save(update_fields=["complaint"])
    except IntegrityError:  # another import took the same message meanwhile
        found.before += 1
        return
    if told.channel == "email" and told.mails.count() == 1:
        found.complaints += 1
    else:
        found.relayed += 1


def _complaint(letter: Letter, place: str, refuse: Callable[[Reject], None]) -> Complaint:
    kept, refused = _kept(letter)
    made = receive(
        "email", letter.text, language=language_of(letter.text), received_at=_moment(letter.at), files=kept,
        name=letter.name, email=letter.email,
    )  # fmt: skip
    telling.tell(made, "received")
    for name, why in refused:
        log(made, "file_refused", None, role="desk", told=f"{name}: {why}")
        refuse(Reject(place, name, why))
    return made


def _kept(letter: Letter) -> tuple[list[Evidence], list[tuple[str, str]]]:
    """Files that are accepted, and those that are not with why; of the same kinds and sizes as on the form."""
    kept, refused = [], []
    with override("en"):
        for name, content in _first(letter.files, refused):
            try:
                clean, media_type = inspect(content, name)
            except InputError as error:
                refused.append((name, error.what))
                continue
            kept.append(evidence.keep(clean, media_type, name=name, rung="stated"))
    return kept, refused


def _first(files: Iterable[tuple[str, bytes]], refused: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    for place, (name, content) in enumerate(files):
        if place < LIMITS.files:
            yield name, content
        else:
            refused.append((name, f"more than {LIMITS.files} files"))


def _moment(at: datetime | None) -> datetime | None:
    """The moment the message names, where it can be believed: not to come, and of this age."""
    return at if at is not None and _OLDEST < at <= clock.now() + timedelta(minutes=5) else None
