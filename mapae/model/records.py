"""The record kinds and their Arrow schemas, version 1 (DESIGN.md, Records).

Every kind has a key column (`*_id`), text columns that are searched, and `extra`: unknown columns as a JSON object.
Text is UTF-8 string; money is float64 in the record's own currency; dates are ISO strings as the source gave them.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

__all__ = ["KINDS", "SCHEMA_VERSION", "Kind", "kind"]

SCHEMA_VERSION = 1
_FLOATS = frozenset(
    "price genuine_price impressions spend amount value low high rate revenue position quantity weight"
    " share cost variable_cost usual_price agreed_days base_value growth".split()
)
_BOOLS = frozenset({"own_brand"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A record kind: its name, key column, column names in order, and which of them are searched as text."""

    name: str
    key: str
    columns: tuple[str, ...]
    text: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema: `columns` typed by name, then `extra` (JSON object or null)."""
        fields = [pa.field(name, _type(name)) for name in self.columns]
        meta = {b"mapae.kind": self.name.encode(), b"mapae.schema": str(SCHEMA_VERSION).encode()}
        return pa.schema([*fields, pa.field("extra", pa.string())], metadata=meta)


def _type(column: str) -> pa.DataType:
    if column in _FLOATS:
        return pa.float64()
    return pa.bool_() if column in _BOOLS else pa.string()


def _kind(name: str, columns: str, text: str = "") -> Kind:
    names = tuple(columns.split())
    return Kind(name, names[0], names, tuple(text.split()))


KINDS: dict[str, Kind] = {
    item.name: item
    for item in (
        _kind(
            "listing",
            "listing_id platform url seller_id seller_name title description brand model gtin category price currency "
            "genuine_price image_urls image_hash ships_from language age_gate page_html first_seen last_seen",
            "title description brand model category seller_name",
        ),
        _kind(
            "advert",
            "advert_id platform advertiser_id advertiser_name headline text landing_url landing_text image_hash "
            "first_shown last_shown impressions spend currency",
            "headline text landing_text advertiser_name landing_url",
        ),
        _kind("post", "post_id platform account_id text url links image_hash seen_at", "text"),
        _kind("policy", "document_id operator doc_kind url language fetched_at text", "text"),
        _kind("app", "app_id operator path version declared policy_id apk policy_text"),
        _kind(
            "operator",
            "operator_id names roles country korean_address korean_companies revenue users agents contact",
        ),
        _kind(
            "consignment",
            "consignment_id date office_id process_type import_type import_use payment_type mode_of_transport "
            "declarant_id importer_id seller_id courier_id hs6_code country_of_departure country_of_origin tax_rate "
            "tax_type country_of_origin_indicator net_mass item_price description seller value currency carrier "
            "recipient_code_hash recipient_name_hash recipient_phone_hash recipient_postcode_hash",
            "description seller",
        ),
        _kind(
            "complaint",
            "complaint_id received_on channel language operator seller text amount currency purchased_on delivered_on "
            "remedy product category area",
            "text operator seller",
        ),
        _kind(
            "market_share",
            "market_share_id market period firm group basis value low high currency definition unit share",
        ),
        _kind(
            "search_result", "search_result_id query seen_at position item_id seller_id own_brand attributes"
        ),
        _kind("fee", "fee_id operator fee_kind rate amount currency valid_from cost"),
        _kind(
            "settlement",
            "settlement_id operator seller_id deal closed_on received_on paid_on agreed_days amount currency",
        ),
        _kind(
            "price_cost",
            "price_cost_id operator item_id period price cost variable_cost usual_price currency",
        ),
        _kind("lab_result", "sample_id listing_id product_class substance value unit lab tested_on"),
        _kind("event", "event_id operator subject_id event at outcome value n source evidence"),
        _kind(
            "figure",
            "figure_id operator url published_on series period value base_series base_period base_value growth text",
        ),
    )
}


def kind(name: str) -> Kind:
    """The kind of that name. KeyError where there is none."""
    return KINDS[name]
