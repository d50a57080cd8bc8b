"""Home, signing in and out, and the pages that say what went wrong."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mapae.desk.accounts.locks import cleared
from mapae.desk.accounts.sessions import began
from mapae.desk.accounts.sign_in import SignInForm

__all__ = ["broken", "forbidden", "home", "missing", "sign_in", "sign_out", "unproven"]

_START = {
    "officer": "inbox",
    "auditor": "audit",
    "admin": "people",
    "agent": "agent-home",
    "headquarters": "agent-home",
}


def home(request: HttpRequest) -> HttpResponse:
    """The first page of the visitor's role; the public start page for others."""
    if request.user.is_authenticated:
        return redirect(_START[request.user.role])
    return render(request, "desk/home.html")


class SignIn(LoginView):
    """Signing in by e-mail, password and, where set up, one-time code."""

    template_name = "desk/sign_in.html"
    authentication_form = SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Begin the session, noted so that the person can see and end it."""
        response = super().form_valid(form)
        user = form.get_user()
        cleared(user)
        began(self.request, one_time_code=hasattr(user, "otp_device"))
        return response


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view(next_page="/")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person."""
    text = _("Your role does not open this page. If it should, ask your administrator.")
    return _plain(request, 403, _("Not for you"), text)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not yours to see."""
    return _plain(request, 404, _("Nothing here"), _("There is no such page, or it is not yours to see."))


def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the cookie that shows that it is the visitor's own (Django's CSRF check)."""
    lines = [
        _("Your browser sent no cookie with the form, or the page was open for long."),
        _(
            "Go back: what you wrote is still there. Allow cookies for this address, load the page anew and send it again."
        ),
    ]
    if request.path.startswith(reverse("help")):
        lines.append(_("If you cannot, call the consumer line 1372."))
    return _plain(request, 403, _("The form did not arrive"), " ".join(lines))


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    text = _("The fault is ours. Nothing you entered was half done; please try again.")
    return _plain(request, 500, _("Something broke"), text)


def _plain(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    context = {
        "heading": heading,
        "text": text,
        "back": reverse("home"),
        "back_label": _("To the first page"),
    }
    return render(request, "desk/plain.html", context, status=status)
