"""How surely a text was written to hide a name, and what stands as just another way to write it."""

from __future__ import annotations

import pytest

from mapae.detect.brands.hiding import hiding


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("N1KE", "Nike"),
        ("Сhanel", "Chanel"),
        ("G-u-c-c-i", "Gucci"),
        ("샤*넬", "샤넬"),
        ("프라ㄷㅏ", "프라다"),
        ("롤🅾렉스", "롤렉스"),
    ],
)
def test_posed_split_and_starred_names_are_hidden(seen: str, name: str) -> None:
    assert hiding(seen, name) >= 0.8


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("Ray-Ban", "RayBan"),
        ("Hermès", "Hermes"),
        ("ＧＵＣＣＩ", "Gucci"),
        ("NEW BALANCE", "New Balance"),
        ("愛馬仕", "爱马仕"),
        ("L’Oréal", "L'Oreal"),
    ],
)
def test_hyphens_accents_width_and_traditional_characters_hide_nothing(seen: str, name: str) -> None:
    assert hiding(seen, name) == 0.0


def test_half_a_name_posed_or_a_small_i_for_an_l_is_a_weak_sign() -> None:
    assert hiding("1eg0", "Lego") < 0.5
    assert hiding("Tefai", "Tefal") < 0.5


def test_a_short_common_word_is_capped() -> None:
    assert hiding("0mega"[:4], "omeg", common=True) <= 0.6
