"""Tables of states: a table that contradicts itself is refused, a good one draws itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cchc.records.states import State, StateTable, Step, mermaid
from cchc.records.text import LocalText

OPEN, DONE = State("open", LocalText("Mở", "Open")), State("done", LocalText("Xong", "Done"), is_final=True)
NOTE = Step("note", LocalText("Ghi", "Note"), ("open",), None, "all", "none")
END = Step("end", LocalText("Kết thúc", "End"), ("open",), "done", "all", "none")
WORDS = {"all": LocalText("mọi người", "everybody")}
TABLE = StateTable(LocalText("Việc", "Work"), (OPEN, DONE), (NOTE, END), WORDS, {"none": LocalText("không", "none")})


def test_it_answers_what_may_be_done_and_where_that_leads():
    assert (TABLE.first, TABLE.final) == ("open", ("done",))
    assert TABLE.steps_from("open") == (NOTE, END) and TABLE.steps_from("done") == ()
    assert [TABLE.after("open", step) for step in (NOTE, END)] == ["open", "done"]
    assert TABLE.state("done") == DONE and TABLE.step("end") == END
    with pytest.raises(LookupError):
        TABLE.step("elsewhere")
    with pytest.raises(LookupError):
        TABLE.state("elsewhere")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"steps": (NOTE,)}, "never reached: done"),
        ({"steps": (NOTE, END, replace(END, id="on", sources=("done",)))}, "nothing leads out"),
        ({"steps": (NOTE, END, END)}, "stands twice"),
        ({"steps": (NOTE, replace(END, target="nowhere"))}, "not there"),
        ({"steps": (NOTE, replace(END, sources=()))}, "not there"),
        ({"steps": (NOTE, replace(END, who="nobody"))}, "nobody knows"),
        ({"steps": (NOTE, replace(END, effect="boom"))}, "nobody knows"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(wrong, fault):
    with pytest.raises(ValueError, match=fault):
        replace(TABLE, **wrong)


def test_the_drawing_has_every_state_and_every_step_that_leads_on():
    assert mermaid(TABLE).splitlines() == [
        "stateDiagram-v2",
        '  state "Mở · Open" as open',
        '  state "Xong · Done" as done',
        "  [*] --> open",
        "  open --> done: Kết thúc · End",
        "  done --> [*]",
    ]
