"""Criteria sets, the evaluator with reasons, index, class, rank, and the checker of published tables. Pure.

`load` reads a set (a YAML or XLSX file, or the id of a shipped one), `evaluate` scores a sheet with it: a file or data.
"""

from cchc.scoring.evaluation import evaluate
from cchc.scoring.set_files import load_any as load

__all__ = ["evaluate", "load"]
