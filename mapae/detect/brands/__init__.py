"""Brands in words: their names in three scripts as terms, hidden and odd spellings, and what a genuine article costs.

vocabulary  brands, hidden forms and what sellers of copies say, as terms with a meaning each
reader      odd spellings in Hangul, Latin letters and Han characters
hiding      how surely a name was written to hide it
price       a price against the genuine one, or the lowest believable one
"""

from mapae.detect.brands.hiding import covering, hiding
from mapae.detect.brands.price import FAR, Prices, PriceVerdict, load_prices
from mapae.detect.brands.reader import ODD, NameReader
from mapae.detect.brands.sighting import Sighting
from mapae.detect.brands.vocabulary import Brand, Meaning, Vocabulary, load_vocabulary

__all__ = [
    "FAR", "ODD", "Brand", "Meaning", "NameReader", "PriceVerdict", "Prices", "Sighting", "Vocabulary", "covering", "hiding",
    "load_prices", "load_vocabulary",
]  # fmt: skip
