# SPDX-License-Identifier: Apache-2.0
"""Charges as they were computed. Append-only; an assessment that changes is another one beside it."""

from __future__ import annotations

from django.db import models


class Charge(models.Model):
    """One charge on one item (`item` None: on the whole declaration) in one assessment of a subject.

    `subject` is the opaque id of what was assessed; `assessment` counts its assessments from 1. Amounts are in
    `currency`; all None where the law that the charge needs is unknown. Partitioned by range on `id`, by years.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    assessment = models.SmallIntegerField()
    item = models.IntegerField(null=True)
    code = models.TextField()
    name = models.TextField()
    base = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    computed = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    relieved = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    secured = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    payable = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    rate = models.TextField()
    rate_on = models.DateField()
    act = models.TextField(default="")
    status = models.TextField()
    budget_code = models.TextField()
    relief = models.TextField(default="")

    class Meta:
        db_table = "assessment_charge"
        indexes = (models.Index(fields=["subject", "assessment"], name="assessment_charge_subject"),)

    def __str__(self) -> str:
        return f"{self.name} {self.payable} {self.currency}"
