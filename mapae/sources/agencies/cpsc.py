"""Reads notices of the US Consumer Product Safety Commission: its API's JSON, or the same facts as JSON Lines.

API: an array of recalls with RecallNumber, RecallDate, Title, Description, URL, Products, Hazards, Remedies, Retailers,
ProductUPCs, ManufacturerCountries (CPSC, Recall Retrieval Web Services Programmers Guide). JSON Lines: id, date, title,
products, description, hazard, remedy, remedy_options, retailers, countries, url.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from mapae.detect.recall_codes import codes_in, fold_code, is_measure
from mapae.sources.agencies import Row
from mapae.sources.agencies.cpsc_codes import Codes, read_codes
from mapae.sources.agencies.cpsc_dates import made_in, model_years, sold_until
from mapae.sources.agencies.cpsc_firms import clean, tables
from mapae.sources.agencies.cpsc_limits import (
    colours_of,
    generations_of,
    keywords_of,
    measures_of,
    parts_of,
    placed_of,
    sizes_of,
    written_of,
)
from mapae.sources.agencies.cpsc_listed import listed_names
from mapae.sources.agencies.cpsc_names import brands_of, lines_of, names_in, phrases, printed_of
from mapae.sources.agencies.records import records
from mapae.sources.rejects import RejectLog

__all__ = ["notice", "read_cpsc"]

Notice = dict[str, Any]
_COLUMNS = frozenset(("recallid", "recallnumber", "recalldate", "id", "title", "products", "description"))
_DUE = re.compile(r"\bDue to\b|;")
_MOST = 400  # codes of a sort that a row holds
_MODERN = "1999"  # before, a description is a press release that names phones and addresses among its codes


def read_cpsc(path: Path, log: RejectLog) -> Iterator[Row]:
    """Rows of the list `recalls`; lines and items that are no notice go to the log."""
    for record in records(path, log, _COLUMNS):
        item = dict(record.cells)
        try:
            row = notice(_from_api(item) if "RecallID" in item or "RecallNumber" in item else item)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            why = f"{error} is missing" if isinstance(error, KeyError) else error
            log.row(record.line, f"no notice: {why}", orjson.dumps(item, default=str)[:2000])
            continue
        yield row


def _from_api(item: Notice) -> Notice:
    """The API's fields under the names of the lines."""

    def names(key: str, field: str = "Name") -> list[str]:
        return [str(part[field]) for part in item.get(key) or () if part.get(field)]

    models = " ".join(f"model {model}" for model in names("Products", "Model") if model)
    return {
        "id": re.sub(r"\D", "", str(item.get("RecallNumber") or item["RecallID"])),
        "date": str(item.get("RecallDate") or "")[:10],
        "title": item.get("Title") or "",
        "products": names("Products"),
        "description": f"{item.get('Description') or ''} {models}".strip(),
        "hazard": " ".join(names("Hazards")),
        "remedy": " ".join(names("Remedies")),
        "remedy_options": names("RemedyOptions", "Option"),
        "retailers": names("Retailers"),
        "countries": names("ManufacturerCountries", "Country"),
        "upcs": names("ProductUPCs", "UPC"),
        "url": item.get("URL") or "",
    }


def notice(item: Notice) -> Row:
    """One notice as a row: names, codes and limits. KeyError or ValueError where id or title is missing."""
    number = str(item["id"]).strip()
    title = clean(str(item.get("title") or ""))
    products = [clean(str(name)) for name in item.get("products") or () if str(name).strip()]
    if not number or not (title or products):
        raise ValueError("id or title is missing")
    day = str(item.get("date") or "")[:10]
    text = str(item.get("description") or "") if day >= _MODERN or not day else ""
    whole = " ".join(map(str, item.get("products") or ()))
    codes = _codes(text, f"{whole} {re.split(_DUE, title)[0]}", whole)
    brands = brands_of(str(item.get("title") or ""), [str(name) for name in item.get("products") or ()], text)
    lines = lines_of(brands, text, products)
    if not codes.models:
        codes.models = listed_names(text, products, brands)
    makers = [name for name in brands if name not in lines]
    sold = " ".join(map(str, item.get("retailers") or ()))
    scope = _scope(codes, products, text, f"{item.get('title') or ''} {whole}", sold) | {
        "lines": lines,
        "name": names_in(products, makers),
    }
    upcs = [re.sub(r"\D", "", str(code)) for code in item.get("upcs") or ()]
    return {
        "id": f"cpsc:{number}",
        "date": day,
        "title": products[0] if products else re.split(r"\s+(?:Recall|Due to)", title)[0],
        "products": products or [re.split(r"\bDue to\b", title)[0].strip()],
        "brands": makers,
        "models": [code for code in dict.fromkeys(codes.models) if not re.fullmatch(r"20[0-2]\d", code)][
            :_MOST
        ],
        "gtins": list(dict.fromkeys([*codes.gtins, *upcs]))[:_MOST],
        "scope": orjson.dumps(
            {key: scope[key] for key in sorted(scope) if scope[key] or key == "name"}
        ).decode(),
        "keywords": keywords_of(text, products)[:16],
        "hazard": hazard_class(title, str(item.get("hazard") or "")),
        "remedy": remedy_of(item),
        "sold_at": shops_of(sold),
        "countries": [str(name) for name in item.get("countries") or ()],
        "url": str(item.get("url") or ""),
    }


def _codes(text: str, names: str, products: str) -> Codes:
    """Codes of the text; models are those that the product names limit the notice to, and what is printed on the goods."""
    codes = read_codes(text, names)
    codes.models = _named_models(products) or codes.models
    lots = {fold_code(code) for code in codes.codes}
    codes.models += [name for name in printed_of(text) if _code_like(name) and fold_code(name) not in lots]
    return codes


def _scope(codes: Codes, products: list[str], text: str, names: str, sold: str) -> dict[str, Any]:
    """What limits the notice (mapae.model.references, docs/explanation/recalls.md)."""
    years = model_years(f"{names} {text}")
    named = colours_of(f"sold in {' and '.join(products)}") if products else []
    return {
        "codes": [code for code in codes.codes if code not in years][:_MOST],
        "prefixes": codes.prefixes[:_MOST],
        "ranges": [list(pair) for pair in codes.ranges[:_MOST]],
        "excluded": codes.excluded[:_MOST],
        "made": [list(pair) for pair in made_in(f"{text} {names}")],
        "months": sorted(set(codes.months)),
        "years": years,
        "colours": named or colours_of(text),
        "sizes": sizes_of(text),
        "measures": measures_of(text),
        "printed": phrases(text)[:12],
        "generations": generations_of(names),
        "parts": parts_of(text),
        "written": written_of(text),
        "placed": [list(pair) for pair in placed_of(text)],
        "sold_until": sold_until(sold),
        "all": bool(re.search(r"\ball (?:models|units|versions)\b", f"{names} {text}", re.IGNORECASE)),
    }


def _named_models(products: str) -> list[str]:
    """Models by which the product names themselves limit the notice (`…, models A1 and A2`)."""
    found = re.search(r"\bmodels?\b(?!\s+years?)(.*)", products, re.IGNORECASE)
    return [code.text for code in codes_in(found[1])] if found else []


def _code_like(name: str) -> bool:
    """One word with letters and digits that is no measure: a model printed on the goods."""
    mixed = any(c.isdigit() for c in name) and any(c.isalpha() for c in name)
    return mixed and " " not in name and 4 <= len(name) <= 20 and not is_measure(name)


def hazard_class(*texts: str) -> str:
    """The first class of cpsc.yaml whose words stand in the first of these texts that has any; `other` where none."""
    for text in texts:
        low = text.casefold()
        for name, words in tables()["hazards"].items():
            if any(word in low for word in words):
                return str(name)
    return "other"


def remedy_of(item: Notice) -> str:
    """Remedies offered, by their class, joined by commas."""
    options = " ".join(map(str, item.get("remedy_options") or ())) or str(item.get("remedy") or "")
    return ",".join(name for name in tables()["remedies"] if name in options.casefold())


def shops_of(text: str) -> list[str]:
    """Known shops named in the text of where it was sold."""
    low = text.casefold()
    return [name for name in tables()["marketplaces"] if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", low)][
        :12
    ]
