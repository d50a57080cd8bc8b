"""One folder a measure, independent of each other: a card, its checks, how its findings answer a labelled case."""
