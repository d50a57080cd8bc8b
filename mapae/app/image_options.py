"""Indexes of pictures as options of a run: folders and fingerprints, so that a run with others is another run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from mapae.detect.pictures import PictureIndex
from mapae.measures.counterfeits.pictures import OPTION

__all__ = ["picture_options"]


def picture_options(folders: Sequence[Path]) -> dict[str, str]:
    """`{pictures: folders, pictures_sha256: fingerprints}`; nothing where none is named. InputError for what is no index."""
    indexes = [PictureIndex.open(folder.absolute()) for folder in folders]
    if not indexes:
        return {}
    return {
        OPTION: os.pathsep.join(str(index.folder) for index in indexes),
        f"{OPTION}_sha256": ",".join(index.fingerprint for index in indexes),
    }
