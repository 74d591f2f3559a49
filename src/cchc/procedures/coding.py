"""What codes look like: of procedures, and of the steps, papers and roles in their versions."""

from __future__ import annotations

import re
from typing import Final

LONGEST_CODE: Final = 60
PROCEDURE_CODE: Final = re.compile(rf"[A-Za-z0-9][A-Za-z0-9.\-]{{0,{LONGEST_CODE - 1}}}")
"""The national one, such as `2.000635`."""
PART_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
