"""Pictures by their PDQ hashes: near duplicates of known ones, turned ones too, in an index that is exact at 31 bits.

bits    hashes as words; turned and mirrored ones
index   the index on disk, mapped, and its search
plain   the search's plain reference
points  the points of pictures, for crops and frames
opened  a picture file as grey values and hash
"""

from mapae.detect.pictures.bits import Words, blank, hex_of, turned, words_of
from mapae.detect.pictures.index import BANKS, PICTURES, RADIUS, Matches, PictureIndex, write_index

__all__ = [
    "BANKS", "PICTURES", "RADIUS", "Matches", "PictureIndex", "Words", "blank", "hex_of", "turned", "words_of",
    "write_index",
]  # fmt: skip
