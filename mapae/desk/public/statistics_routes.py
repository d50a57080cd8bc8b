"""Addresses of the monthly figures and of official series."""

from __future__ import annotations

from mapae.desk.public import statistics_releases as releases
from mapae.desk.public import statistics_series as series
from mapae.desk.public import statistics_violations as violations
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

_ALL = ("everyone",)
ROUTES: tuple[Route, ...] = (
    Route("figures/monthly", releases.newest, "releases", _ALL),
    Route("figures/monthly/<slug:digest>", releases.release, "release", _ALL),
    Route("figures/monthly/<slug:digest>/figures.csv", releases.as_csv, "release-csv", _ALL),
    Route(
        "figures/monthly/<slug:digest>/figures.parquet",
        releases.figures_parquet,
        "release-figures-parquet",
        _ALL,
    ),
    Route("figures/monthly/<slug:digest>/cells.csv", releases.cells_csv, "release-cells", _ALL),
    Route("figures/monthly/<slug:digest>/cells.parquet", releases.as_parquet_file, "release-parquet", _ALL),
    Route("figures/monthly/<slug:digest>/release.json", releases.as_json, "release-json", _ALL),
    Route("figures/monthly/<slug:digest>/<slug:key>", releases.query, "release-query", _ALL),
    Route("violations", violations.violations, "violations", _ALL),
    Route("statistics", series.series_list, "series-list", _ALL),
    Route("statistics.csv", series.as_csv, "series-csv", _ALL),
    Route("statistics.parquet", series.as_parquet, "series-parquet", _ALL),
    Route("statistics/<str:key>", series.series, "series", _ALL),
)
