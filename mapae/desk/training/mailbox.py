"""Shows what a real desk would have sent by e-mail; in training mode it stays on this machine."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mapae.desk import environment

__all__ = ["mail_file", "mails"]

_SHOWN = 100


def mails(request: HttpRequest) -> HttpResponse:
    """The newest letters first."""
    places = sorted(environment.store("mail").glob("*.eml"), key=lambda path: -path.stat().st_mtime)
    rows = [_row(place.stem, place.read_bytes()) for place in places[:_SHOWN]]
    return render(request, "desk/training_mail.html", {"mails": rows, "more": len(places) > _SHOWN})


def mail_file(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One attachment, to be saved."""
    place = environment.store("mail") / f"{name}.eml"
    if not name.isalnum() or not place.is_file():
        raise Http404
    parts = list(_parsed(place.read_bytes()).iter_attachments())
    if number >= len(parts):
        raise Http404
    part = parts[number]
    answer = HttpResponse(part.get_payload(decode=True), content_type=part.get_content_type())
    answer["Content-Disposition"] = f'attachment; filename="{part.get_filename() or "file"}"'
    return answer


def _parsed(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def _row(name: str, content: bytes) -> dict[str, Any]:
    mail = _parsed(content)
    body = mail.get_body(("plain",))
    return {
        "name": name,
        "subject": str(mail["Subject"]),
        "to": str(mail["To"]),
        "date": mail["Date"].datetime if mail["Date"] else None,
        "text": body.get_content() if body is not None else "",
        "files": [part.get_filename() for part in mail.iter_attachments()],
    }
