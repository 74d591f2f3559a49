"""Lists taken along as workbooks: short ones at once, long ones written by a job whose page offers the file.

A room lists its kinds in its module `exports`:

board = ExportKind("followups.board", LocalText("Danh sách nhiệm vụ", "List of tasks"), may_see_tasks, wanted_board)

`wanted_board(asking)` reads the filters of `asking.GET` as `asking.viewer` may, without reading the list; its view
answers `handed_out(request, board)`. So the same function makes what is answered at once and what a job writes.
"""

from __future__ import annotations

from cchc.organizations.exporting.handing_out import handed_out
from cchc.organizations.exporting.kinds import ExportKind, Taken, Wanted

__all__ = ["ExportKind", "Taken", "Wanted", "handed_out"]
