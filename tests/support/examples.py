"""How much is tried: many examples and all cases in CI, fewer at a desk."""

import os
from typing import Final

from hypothesis import settings

IN_CI: Final = os.environ.get("CI") == "true"


def share_of_examples(share: float) -> int:
    """How many examples a property takes, as a share of what the profile in force asks for.

    A share of 0.4 is 8 of the 20 of a desk, and 800 of the 2,000 of `--hypothesis-profile=thorough`.
    """
    return max(1, round(settings().max_examples * share))
