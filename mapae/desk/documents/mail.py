"""E-mail: the message of a served document, handed to the mail server of the settings; in training kept as a file."""

from __future__ import annotations

import contextlib
import hashlib
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.utils import timezone

from mapae.desk import clock, environment
from mapae.desk.cases import evidence
from mapae.desk.documents.letter import Letter, canonical, from_json
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import Outcome
from mapae.desk.documents.service import consent_for
from mapae.desk.documents.wording import label
from mapae.desk.helpline import telling
from mapae.desk.merchants import telling as secret_pages
from mapae.errors import InputError

__all__ = ["SECONDS", "message", "message_id", "receiver_of", "send", "sink"]

SECONDS = 60  # a step of the conversation; the lease of the outbox is longer than all steps


def message_id(row: Outbox) -> str:
    """The same for every try of the row, so that a receiver can tell a repeat."""
    host = settings.MAIL.sender.rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(row.key.encode()).hexdigest()[:32]}@{host}>"


def message(row: Outbox) -> EmailMessage:
    """The letter as e-mail: its number, code and address in the text, the kept PDF and the JSON attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = settings.MAIL.sender, receiver_of(row), message_id(row)
    mail["Date"] = format_datetime(timezone.localtime(clock.now()))
    if (teller := _teller(row)) is not None:
        return _told(mail, teller.words(row))
    if row.service is None:
        mail["Subject"] = str(row.payload["subject"])
        mail.set_content(str(row.payload["text"]))
        return mail
    document = row.service.document
    letter = from_json(document.content["letter"])
    subjects = [letter.subject, *([letter.translation.subject] if letter.translation else [])]
    mail["Subject"] = f"[{letter.body}] {' / '.join(subjects)} ({letter.number})"
    lines = [*_said(letter), "", letter.url, f"SHA-256 {document.digest}"]
    if letter.translation:
        lines += ["", label("translation", letter.translation.language), *_said(letter.translation)]
    if letter.specimen:
        lines.insert(0, label("specimen", letter.language))
    mail.set_content("\n".join(lines))
    mail.add_attachment(evidence.read(document.pdf), "application", "pdf", filename=f"{letter.code}.pdf")
    mail.add_attachment(
        canonical(document.content["letter"]), "application", "json", filename=f"{letter.code}.json"
    )
    return mail


def _teller(row: Outbox) -> ModuleType | None:
    """Whose row it is, where words and address are put together only on leaving."""
    return next((each for each in (telling, secret_pages) if row.address.startswith(each.PREFIX)), None)


def _told(mail: EmailMessage, told: telling.Words) -> EmailMessage:
    mail["Subject"] = told.subject
    mail.set_content(told.text)
    for name, kind, content in told.files:
        main, _sep, sub = kind.partition("/")
        mail.add_attachment(content, main, sub, filename=name)
    return mail


def _said(letter: Letter) -> list[str]:
    """The letter's subject, number, addressee and code, in its language."""
    head = f"{letter.body} {letter.number}, {letter.issued_on}"
    return [letter.subject, head, letter.to, f"{label('code', letter.language)}: {letter.code}"]


def send(row: Outbox, sending: Callable[[], bool]) -> Outcome:
    """Hand the message to the mail server. Only between the message and its answer is it unknown whether it was taken."""
    if reason := _no_consent(row):
        return Outcome("failed", reason)
    try:
        mail = message(row)
    except InputError as error:
        return Outcome("failed", str(error))
    try:
        server = _connected()
    except (OSError, smtplib.SMTPException) as error:
        return Outcome("again", f"{type(error).__name__}: {error}")
    try:
        _greet(server, row)
        return _give(server, mail) if sending() else Outcome("again", "another worker has it")
    except smtplib.SMTPResponseException as error:
        return _answered(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome("again", f"{type(error).__name__}: {error}")
    finally:
        _leave(server)


def sink(row: Outbox, sending: Callable[[], bool]) -> Outcome:
    """Training mode: the message becomes a file of $MAPAE_HOME/desk/mail; writing it again changes nothing."""
    if reason := _no_consent(row):
        return Outcome("failed", reason)
    name = hashlib.sha256(row.key.encode()).hexdigest()[:32]
    place: Path = environment.store("mail") / f"{name}.eml"
    if not place.exists():
        draft = place.with_suffix(".new")
        draft.write_bytes(message(row).as_bytes(policy=SMTP))
        draft.replace(place)
    return Outcome("handed_over")


def _connected() -> smtplib.SMTP:
    mail = settings.MAIL
    secure = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=secure)
    server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    if mail.security == "starttls":
        server.starttls(context=secure)
    return server


def _greet(server: smtplib.SMTP, row: Outbox) -> None:
    """All of the conversation that comes before the message."""
    server.ehlo_or_helo_if_needed()
    if settings.MAIL.user:
        server.login(settings.MAIL.user, settings.MAIL.password)
    for code, text in (server.mail(settings.MAIL.sender), server.rcpt(receiver_of(row))):
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, text)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what the server says to that changes nothing of what it has taken."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _give(server: smtplib.SMTP, mail: EmailMessage) -> Outcome:
    try:
        code, text = server.data(mail.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome("in_doubt", f"the connection broke while sending: {type(error).__name__}")
    return Outcome("handed_over") if code == 250 else _answered(code, text)


def _answered(code: int, text: bytes | str) -> Outcome:
    """4xx: later; 5xx: never (RFC 5321 4.2.1)."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Outcome("failed" if code >= 500 else "again", f"{code} {said}")


def receiver_of(row: Outbox) -> str:
    """The address; one that is kept sealed is opened only now."""
    from mapae.desk.answers.tidings import receiver

    teller = _teller(row)
    return str(teller.receiver(row)) if teller is not None else receiver(row)


def _no_consent(row: Outbox) -> str:
    """Consent is looked at again when the message leaves: it may have been withdrawn meanwhile (APA 14(3))."""
    service = row.service
    if service is None:
        return "" if receiver_of(row) else "the address is gone"
    holding = consent_for(service.document, service.channel, clock.today())
    return (
        "" if holding and holding.address == row.address else "no consent to e-mail at this address any more"
    )
