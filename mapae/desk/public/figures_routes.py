"""Addresses of the public figures."""

from __future__ import annotations

from mapae.desk.public import figures
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("figures", figures.page, "figures", ("everyone",)),
    Route("figures.csv", figures.as_csv, "figures-csv", ("everyone",)),
    Route("figures.parquet", figures.figures_parquet, "figures-values-parquet", ("everyone",)),
    Route("figures.json", figures.as_json, "figures-json", ("everyone",)),
    Route("figures/<slug:digest>/cells.csv", figures.cells_csv, "figures-cells", ("everyone",)),
    Route("figures/<slug:digest>/cells.parquet", figures.cells_parquet, "figures-parquet", ("everyone",)),
    Route("figures/<slug:digest>/<slug:key>", figures.query, "figure-query", ("everyone",)),
)
