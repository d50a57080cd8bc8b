"""Rights holders: their rights with proof, fakes reported in bulk, and how often their claims proved false."""
