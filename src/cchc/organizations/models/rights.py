"""What officials may do beyond their postings: roles over units, acting for others, duties at single objects."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cchc.organizations.models.dated import Dated
from cchc.organizations.models.people import Official
from cchc.organizations.models.units import Unit


class RoleGrant(Dated):
    """An official holds a role (`roles.yaml`) over a unit, and over what stands under it if `covers_subtree`."""

    official = models.ForeignKey(Official, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    covers_subtree = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["official", "role", "unit", "starts_on"], name="organizations_grant_start_once"
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="organizations_grants_of_unit")]

    def __str__(self) -> str:
        return f"{self.official_id} {self.role} {self.unit_id}"


class Delegation(Dated):
    """`deputy` acts for `principal` in one role, or in all when `role` is empty. Always has an end."""

    principal = models.ForeignKey(Official, models.PROTECT, related_name="delegations_given")
    deputy = models.ForeignKey(Official, models.PROTECT, related_name="delegations_held")
    role = models.CharField(max_length=40, blank=True)
    reason = models.TextField()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_on__isnull=False), name="organizations_delegation_ends"),
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="organizations_delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.principal_id}"


class Assignment(Dated):
    """A duty at one object: following a directive, appraising a field in a round. The object is named, not tied."""

    official = models.ForeignKey(Official, models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    reason = models.TextField(blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["official", "duty", "subject_type", "subject_id", "starts_on"],
                name="organizations_assignment_start_once",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="organizations_assigned")]

    def __str__(self) -> str:
        return f"{self.official_id} {self.duty} {self.subject_type} {self.subject_id}"


class Supervision(Dated):
    """`supervisor` follows and urges `unit` (theo dõi, đôn đốc), which need not stand under it."""

    supervisor = models.ForeignKey(Unit, models.PROTECT, related_name="supervisions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="supervised_by")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(supervisor=F("unit")), name="organizations_supervision_of_another"),
            models.UniqueConstraint(
                fields=["supervisor", "unit", "starts_on"], name="organizations_supervision_start_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id} over {self.unit_id}"
