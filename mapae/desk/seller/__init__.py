"""The page behind a seller's signed link: one listing, a contest with files."""
