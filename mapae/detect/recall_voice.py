"""Words as rows of sounds, and the costs of hearing one sound for another, as tables for the kernel."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from mapae.text.names.phonetic import drop_cost, opening_cost, sound_weight, sounds, swap_cost

__all__ = ["VOICE", "cost_tables", "voice"]

VOICE = 32  # sounds of a word that are compared
_SOUNDS = "".join(chr(code) for code in range(33, 127))


@lru_cache(maxsize=65_536)
def voice(word: str) -> npt.NDArray[np.uint8]:
    """The sounds of a word as bytes, cut or filled up with 0 to VOICE."""
    row = np.zeros(VOICE, np.uint8)
    heard = sounds(word).encode()[: VOICE - 1]
    row[: len(heard)] = np.frombuffer(heard, np.uint8)
    return row


@cache
def cost_tables() -> tuple[npt.NDArray[np.float64], ...]:
    """Costs of swapping two sounds and of two first sounds (128 × 128), between them of dropping one, and weights."""
    swap, drop, weight, opening = np.zeros((128, 128)), np.zeros(128), np.zeros(128), np.zeros((128, 128))
    for a in _SOUNDS:
        drop[ord(a)], weight[ord(a)] = drop_cost(a), sound_weight(a)
        for b in _SOUNDS:
            swap[ord(a), ord(b)] = swap_cost(a, b)
            opening[ord(a), ord(b)] = opening_cost(a, b)
    return swap, drop, weight, opening
