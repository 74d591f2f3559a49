"""How the council decides by votes: the rule as data (`rules.yaml`, read by `rules`), what comes of a count, and the
rule in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cchc.records.errors import refuse
from cchc.records.text import LocalText

CAST: Final = "cast"
PRESENT: Final = "present"
MEMBERS: Final = "members"
OF: Final = (CAST, PRESENT, MEMBERS)
MORE_THAN: Final = "more_than"
AT_LEAST: Final = "at_least"
REJECTS: Final = "rejects"
CHAIR_DECIDES: Final = "chair_decides"
TIES: Final = (REJECTS, CHAIR_DECIDES)
HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Share:
    """A share that has to be passed, or reached where `is_enough`."""

    value: Fraction
    is_enough: bool

    def is_met(self, part: int, whole: int) -> bool:
        """Nothing is a share of nothing."""
        if not whole:
            return False
        reached = Fraction(part, whole)
        return reached >= self.value if self.is_enough else reached > self.value


@dataclass(frozen=True, slots=True)
class VotingRule:
    """`counted`: of whom `needed` has to be for it. `tie`: what as many against as for do, where more than half is
    needed; empty elsewhere. `quorum`: how much of the council has to take part; None where nobody asks.
    """

    counted: str
    needed: Share
    tie: str
    quorum: Share | None


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on a motion, and of how many. Nobody who may not vote about the unit is among them.

    `present`: who takes part, in the session or, without one, by a vote. `chair`: how the chair voted, empty without.
    """

    votes_for: int
    against: int
    present: int
    members: int
    chair: str = ""

    @property
    def bases(self) -> Mapping[str, int]:
        """How many the share may be taken of."""
        return {CAST: self.votes_for + self.against, PRESENT: self.present, MEMBERS: self.members}


def require_quorum(rule: VotingRule, present: int, members: int) -> None:
    """Raises `assessments.no_quorum`."""
    if rule.quorum is not None and not rule.quorum.is_met(present, members):
        raise refuse("assessments.no_quorum", present=present, members=members, rule=_quorum(rule.quorum))


def is_carried(rule: VotingRule, count: Count) -> bool:
    """What comes of the votes."""
    if rule.tie and count.votes_for == count.against:
        return rule.tie == CHAIR_DECIDES and count.chair == "for"
    return rule.needed.is_met(count.votes_for, count.bases[rule.counted])


def in_words(rule: VotingRule) -> LocalText:
    """The whole rule, as pages and minutes say it."""
    parts = [_needed(rule)]
    if rule.tie:
        parts.append(_TIES[rule.tie])
    if rule.quorum is not None:
        parts.append(_quorum(rule.quorum))
    return LocalText(" ".join(one.vi for one in parts), " ".join(one.in_language("en") for one in parts))


_OF: Final[Mapping[str, LocalText]] = {
    CAST: LocalText("tổng số phiếu tán thành và không tán thành", "all votes for and against"),
    PRESENT: LocalText(
        "số thành viên có mặt được biểu quyết (lấy phiếu không họp: số thành viên đã biểu quyết)",
        "the members present who may vote (without a session: of those who voted)",
    ),
    MEMBERS: LocalText("tổng số thành viên Hội đồng được biểu quyết", "all members of the council who may vote"),
}
_ABSTAINED: Final[Mapping[str, LocalText]] = {
    CAST: LocalText("không có ý kiến thì không tính", "abstentions do not count"),
    PRESENT: LocalText("không có ý kiến vẫn tính vào tổng số", "who abstains counts among them"),
    MEMBERS: LocalText("vắng mặt, không có ý kiến vẫn tính vào tổng số", "who is absent or abstains counts among them"),
}
_TIES: Final[Mapping[str, LocalText]] = {
    REJECTS: LocalText(
        "Tán thành và không tán thành bằng nhau là không thông qua.", "As many against as for reject it."
    ),
    CHAIR_DECIDES: LocalText(
        "Tán thành và không tán thành bằng nhau thì theo phiếu của Chủ tịch Hội đồng; Chủ tịch không tán thành,"
        " không có ý kiến hoặc không biểu quyết là không thông qua.",
        "With as many against as for, the chair's vote decides; where the chair votes against, abstains or does not"
        " vote it is rejected.",
    ),
}


def _needed(rule: VotingRule) -> LocalText:
    share, of, abstained = _share(rule.needed), _OF[rule.counted], _ABSTAINED[rule.counted]
    return LocalText(
        f"Thông qua khi số tán thành chiếm {share.vi} {of.vi}; {abstained.vi}.",
        f"Carried when {share.in_language('en')} of {of.in_language('en')} are for it; {abstained.in_language('en')}.",
    )


def _quorum(share: Share) -> LocalText:
    said = _share(share)
    return LocalText(
        f"Chỉ quyết định khi có {said.vi} tổng số thành viên Hội đồng được biểu quyết dự họp (lấy phiếu không họp:"
        " đã biểu quyết).",
        f"Nothing is decided without {said.in_language('en')} of the council's members who may vote being present"
        " (without a session: having voted).",
    )


def _share(share: Share) -> LocalText:
    if share.value == 1:
        return LocalText("100 %", "100 %")
    said = f"{share.value.numerator}/{share.value.denominator}"
    if share.is_enough:
        return LocalText(f"từ {said} trở lên", f"at least {said}")
    return LocalText(f"trên {said}", f"more than {said}")
