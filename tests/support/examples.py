"""How many examples a property takes, as a share of what the profile in force asks for."""

from hypothesis import settings


def share_of_examples(share: float) -> int:
    """`share` of the profile's examples: 40 of 100, and 800 of the 2,000 of `--hypothesis-profile=thorough`."""
    return max(1, round(settings().max_examples * share))
