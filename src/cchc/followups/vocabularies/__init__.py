"""The names that papers about directives, about what is late and about difficulties may use."""

from typing import Final

from cchc.followups.vocabularies.behind import BEHIND, OF_BEHIND
from cchc.followups.vocabularies.difficulties import DIFFICULTIES, OF_DIFFICULTIES
from cchc.followups.vocabularies.directive import DIRECTIVE, OF_DIRECTIVE

__all__ = ["OF_BEHIND", "OF_DIFFICULTIES", "OF_DIRECTIVE", "VOCABULARIES"]

VOCABULARIES: Final = {OF_DIRECTIVE: DIRECTIVE, OF_BEHIND: BEHIND, OF_DIFFICULTIES: DIFFICULTIES}
