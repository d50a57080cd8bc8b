"""Addresses for everybody."""

from __future__ import annotations

from mapae.desk.public import views
from mapae.desk.public.account_routes import ROUTES as ACCOUNT
from mapae.desk.public.api_routes import ROUTES as API
from mapae.desk.public.check_routes import ROUTES as CHECK
from mapae.desk.public.figures_routes import ROUTES as FIGURES
from mapae.desk.public.helpline_routes import ROUTES as HELPLINE
from mapae.desk.public.law_routes import ROUTES as LAW
from mapae.desk.public.letters_routes import ROUTES as LETTERS
from mapae.desk.public.merchants_routes import ROUTES as MERCHANTS
from mapae.desk.public.promises_routes import ROUTES as PROMISES
from mapae.desk.public.register_routes import ROUTES as REGISTER
from mapae.desk.public.statistics_routes import ROUTES as STATISTICS
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("", views.home, "home", ("everyone",)),
    Route("sign-in", views.sign_in, "sign-in", ("everyone",)),
    Route("sign-out", views.sign_out, "sign-out", ("everyone",)),
    *ACCOUNT,
    *API,
    *LETTERS,
    *STATISTICS,  # before figures, whose addresses would take its own
    *FIGURES,
    *PROMISES,
    *REGISTER,
    *HELPLINE,
    *MERCHANTS,
    *CHECK,
    *LAW,
)
