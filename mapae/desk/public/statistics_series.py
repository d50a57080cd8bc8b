"""Official series for everybody: what was published by whom, with chart, table, source and method; never mixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mapae.desk import clock
from mapae.desk.law import book, said
from mapae.desk.public.data_files import csv_file, parquet_file, queried
from mapae.desk.publication.cells import as_parquet as parquet_of
from mapae.measures.market_statistics.catalogue import Catalogue, catalogue
from mapae.measures.market_statistics.rates import Rate, rates
from mapae.measures.market_statistics.series import Series
from mapae.measures.market_statistics.snapshot import rows, snapshot
from mapae.report.charts import Point, chart
from mapae.report.series import brief, figure_text, series_words, short_period

__all__ = ["as_csv", "as_parquet", "series", "series_list"]

# what a page shows of a series, from the file of all its values that were known on the day
_SCHEMA = pa.schema(
    [(name, pa.float64() if name == "value" else pa.string()) for name in (
        "series", "period", "first", "last", "value", "unit", "mark", "known_on", "reference",
    )]
)  # fmt: skip
_QUERY = """SELECT period, value, mark, known_on, reference FROM series WHERE series = '{key}'
QUALIFY row_number() OVER (PARTITION BY period ORDER BY known_on DESC) = 1 ORDER BY first"""
_RATES = """WITH known AS (
  SELECT * FROM series QUALIFY row_number() OVER (PARTITION BY series, period ORDER BY known_on DESC) = 1),
counts AS (
  SELECT period, "first", "last", value, date_diff('month', CAST("first" AS DATE), CAST("last" AS DATE)) + 1 AS months
  FROM known WHERE series = '{key}' AND value IS NOT NULL)
SELECT counts.period, users.series AS users, counts.value / counts.months / avg(users.value) * 1000000 AS per_million
FROM counts JOIN known AS users ON users."first" >= counts."first" AND users."last" <= counts."last"
WHERE users.series IN ({users}) AND users.value > 0 AND regexp_full_match(users.period, '\\d{{4}}-\\d{{2}}')
GROUP BY counts.period, users.series, counts.value, counts.months ORDER BY counts.period, users.series"""


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """All series with their latest figure."""
    day, known = _day(request), _known()
    found = [_plain(known.get(key).as_known_on(day)) for key in known.series]
    return render(request, "desk/public_series_list.html", {"series": found, "day": day})


@require_safe
def series(request: HttpRequest, key: str) -> HttpResponse:
    """One series as known on a day, and which others it is not mixed with."""
    day, known = _day(request), _known()
    if key not in known.series:
        raise Http404
    one = known.get(key).as_known_on(day)
    apart = [
        ([(each, said(known.get(each).title)) for each in sorted(group - {key})], said(reason))
        for group, reason in known.apart
        if key in group
    ]
    place = f"{reverse('series-parquet')}?{urlencode({'key': key, 'as-known-on': day.isoformat()})}"
    found = list(rates([one], [each.as_known_on(day) for each in known.series.values()]))
    users = ", ".join(sorted({f"'{each.users.key}'" for each in found}))
    all_of_it = f"{reverse('series-parquet')}?{urlencode({'as-known-on': day.isoformat()})}"
    context = {
        "one": _plain(one), "day": day, "apart": apart, "chart": _chart(one),
        "query": _QUERY.format(key=key), "file": queried("series", f"mapae-series-{key}-{day}.parquet", place),
        "snapshot": snapshot([key], day, rows([one])), "values": _values(one, known.get(key), day),
        "command": f"mapae report series {key} --as-known-on {day}", "rates": [_rate(each) for each in found],
        "rates_query": _RATES.format(key=key, users=users),
        "rates_file": queried("series", f"mapae-series-{day}.parquet", all_of_it),
    }  # fmt: skip
    return render(request, "desk/public_series.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every figure of every series, or of one with ?key=."""
    day, known = _day(request), _known()
    asked = request.GET.get("key", "")
    if asked and asked not in known.series:
        raise Http404
    found = [known.get(key).as_known_on(day) for key in ([asked] if asked else known.series)]
    data = rows(found)
    return csv_file(f"mapae-series-{day}.csv", list(data[0]) if data else ["series"], data)


@require_safe
def as_parquet(request: HttpRequest) -> HttpResponse:
    """Every value that was known on the day, of every series or of one with ?key=, those that were revised since too."""
    day, known, key = _day(request), _known(), request.GET.get("key", "")
    if key and key not in known.series:
        raise Http404
    past = [
        replace(whole, values=tuple(each for each in whole.values if each.known_on <= day))
        for whole in map(known.get, [key] if key else known.series)
    ]
    name = f"mapae-series-{key}-{day}.parquet" if key else f"mapae-series-{day}.parquet"
    return parquet_file(name, parquet_of(rows(past), _SCHEMA))


def _known() -> Catalogue:
    return catalogue(book().pack)


def _day(request: HttpRequest) -> date:
    """?as-known-on=2025-06-30, else today; nonsense is today."""
    try:
        return date.fromisoformat(request.GET.get("as-known-on", ""))
    except ValueError:
        return clock.today()


def _plain(one: Series) -> dict[str, Any]:
    last = one.last
    return {
        "key": one.key, "title": said(one.title), "definition": said(one.definition), "source": said(one.source),
        "method": said(one.method), "unit": said(series_words().get(one.unit, {"en": one.unit})), "part_of": one.part_of,
        "part_of_title": said(_known().get(one.part_of).title) if one.part_of else "",
        "last": {"period": _span(last.period), "shown": figure_text(last.value)} if last else None,
    }  # fmt: skip


def _values(one: Series, whole: Series, day: date) -> list[dict[str, Any]]:
    found = []
    for value in one.values:
        past = [each for each in whole.revisions(value.period) if each.known_on <= day][:-1]
        mark = said(series_words()[value.mark]) if value.mark else ""
        found.append(
            {
                "period": _span(value.period), "partial": value.period.partial, "months": value.period.months,
                "shown": mark if value.value is None else figure_text(value.value),
                "mark": "" if value.value is None else mark,
                "known_on": value.known_on, "reference": value.reference,
                "before": [(figure_text(each.value), each.known_on) for each in past],
            }
        )  # fmt: skip
    return found


def _rate(each: Rate) -> dict[str, Any]:
    return {
        "period": _span(each.count.period), "shown": f"{each.per_million:,.1f}", "cases": figure_text(each.count.value),
        "months": each.count.period.months, "users": figure_text(each.mean_users), "of": each.users.key,
        "users_title": said(each.users.title), "at": ", ".join(str(value.period) for value in each.known),
    }  # fmt: skip


def _span(period: object) -> str:
    """`2024-01 – 2024-09`: a period as pages show it; files and queries have it with two dots."""
    return str(period).replace("..", " – ")


def _chart(one: Series) -> SafeString:
    points = [
        Point(short_period(str(each.period)), each.value, brief(each.value), each.period.partial)
        for each in one.values
        if each.value is not None
    ]
    language = (get_language() or "ko")[:2]
    drawn = chart(points, one.title.get(language) or one.title["en"], one.key.replace(".", "-"))
    return SafeString(drawn.replace('class="chart"', 'class="bar"'))  # the chart escapes what it is given
