"""Addresses for merchants and rights holders."""

from __future__ import annotations

from mapae.desk.public import (
    merchants_figures,
    merchants_follow,
    merchants_form,
    rights_holders,
    rights_pages,
)
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_ALL, _LINK = ("everyone",), ("link",)
ROUTES: tuple[Route, ...] = (
    Route("merchants", merchants_form.form, "merchants", _ALL),
    Route("merchants/figures", merchants_figures.page, "merchant-figures", _ALL),
    Route("merchants/figures.csv", merchants_figures.as_csv, "merchant-figures-csv", _ALL),
    Route("merchants/figures.parquet", merchants_figures.as_parquet, "merchant-figures-parquet", _ALL),
    Route("merchants/f/<str:link>", merchants_follow.follow, "merchant-follow", _LINK),
    Route("merchants/f/<str:link>/act", merchants_follow.act, "merchant-act", _LINK),
    Route("merchants/f/<str:link>/files/<int:place>", merchants_follow.file, "merchant-file", _LINK),
    Route("rights-holders", rights_holders.start, "rights-holders", _ALL),
    Route("rights-holders/example.csv", rights_pages.example, "rights-example", _ALL),
    Route("rights-holders/false-claims/<slug:digest>", rights_holders.false_claims, "rights-scores", _ALL),
    Route(
        "rights-holders/false-claims/<slug:digest>/cells.csv",
        rights_holders.cells_csv,
        "rights-scores-csv",
        _ALL,
    ),
    Route(
        "rights-holders/false-claims/<slug:digest>/cells.parquet",
        rights_holders.cells_parquet,
        "rights-scores-parquet",
        _ALL,
    ),
    Route("rights-holders/f/<str:link>", rights_pages.page, "rights-page", _LINK),
    Route("rights-holders/f/<str:link>/act", rights_pages.act, "rights-act", _LINK),
    Route("rights-holders/f/<str:link>/claims.csv", rights_pages.claims, "rights-claims", _LINK),
    Route(
        "rights-holders/f/<str:link>/refused/<int:batch>.csv", rights_pages.rejects, "rights-rejects", _LINK
    ),
)
