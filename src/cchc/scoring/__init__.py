"""Criteria sets, the evaluator with reasons, index, class, rank, and the checker of published tables. Pure.

`load` reads a set, `evaluate` scores a sheet with it.
"""

from cchc.scoring.evaluation import evaluate
from cchc.scoring.loading import load

__all__ = ["evaluate", "load"]
