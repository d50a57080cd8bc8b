"""Reads the forms of answers; what goes wrong becomes a message, never a broken page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.answers.answer import grounds
from mapae.desk.answers.models import ANSWERS
from mapae.desk.cases.models import Evidence
from mapae.desk.uploads import ACCEPT, LIMITS, keep_upload
from mapae.errors import InputError, MapaeError

__all__ = ["FIELDS", "answer_cells", "fields_for", "kept_files", "sent", "told"]

FIELDS = ("kind", "removed_at", "ground", "text", "until")


def fields_for(values: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the fields of an answer need: kinds, grounds, the latest moment, accepted files, and entered values."""
    now = timezone.localtime(clock.now())
    return {
        "kinds": ANSWERS,
        "grounds": grounds(),
        "now": now.strftime("%Y-%m-%dT%H:%M"),
        "today": now.date().isoformat(),
        "accept": ",".join(ACCEPT),
        "values": dict(values or {}),
    }


def sent(request: HttpRequest, name: str, most: int = 8000) -> str:
    """A field's text as it was sent, at most so many characters, without NUL, which no database takes."""
    return request.POST.get(name, "").replace("\0", "").strip()[:most]


def answer_cells(request: HttpRequest) -> dict[str, str]:
    """The answer's fields as they were sent."""
    return {name: sent(request, name) for name in FIELDS}


def kept_files(request: HttpRequest) -> tuple[Evidence, ...]:
    """The files of the form, inspected and kept; InputError for the first that is refused, or for too many."""
    uploads = request.FILES.getlist("files")
    if len(uploads) > LIMITS.files:
        raise InputError(
            _("More than %(most)s files.") % {"most": LIMITS.files},
            mend=_("Send the rest in a second answer."),
        )
    by = request.user if request.user.is_authenticated else None
    return tuple(keep_upload(upload, by=by) for upload in uploads)


def told(back: Callable[..., str], *, typed: Sequence[str] = ()) -> Any:
    """Decorate a view that does something: a MapaeError becomes a message and leads to `back(…)`, an address.

    typed: fields of the form that go back with it, so that nobody types them again.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except MapaeError as error:
                text = f"{error.where}: {error.what}" if error.where else error.what
                messages.error(request, f"{text} {error.mend}".strip())
                kept = {name: request.POST.get(name, "")[:200] for name in typed}
                return redirect(back(*args, **kwargs) + (f"?{urlencode(kept)}" if kept else ""))

        return guarded

    return decorate
