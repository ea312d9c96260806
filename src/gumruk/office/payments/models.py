# SPDX-License-Identifier: Apache-2.0
"""The tables of the ledger. Triggers, rights and partitions are in the migrations.

Balances are derived: the sum of an account's postings. For payers' accounts, which are asked at every acceptance,
`AccountBalance` keeps that sum; the database alone writes it, in the transaction of the posting, it can be rebuilt from
the postings at any time, and the daily proof compares both. An office's accounts have no such row, because all releases
of a post would then wait for each other.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

EXACT = {"max_digits": 24, "decimal_places": 4}


class LedgerAccount(models.Model):
    """An account: what it is for, whose it is, its currency and, for the treasury's, its budget code.

    The key is made from these, so that whoever needs the account knows it without asking. The table has three columns
    more that follow from `kind`: `is_asset`, `may_go_negative` and `balance_kept`.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    owner_kind = models.TextField()
    owner_id = models.TextField()
    currency = models.TextField()
    budget_code = models.TextField(default="")

    class Meta:
        db_table = "ledger_account"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "owner_kind", "owner_id", "currency", "budget_code"], name="ledger_account_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_id} {self.currency} {self.budget_code}".strip()


class AccountBalance(models.Model):
    """The running sum of one payer's account: a projection of its postings, written by the database."""

    account = models.OneToOneField(LedgerAccount, models.PROTECT, primary_key=True, related_name="kept")
    balance = models.DecimalField(**EXACT)

    class Meta:
        db_table = "ledger_balance"

    def __str__(self) -> str:
        return f"{self.account_id}: {self.balance}"


class LedgerTransaction(models.Model):
    """What happened to the money, once. Partitioned by range on `id`; written by `ledger.entry_write` only.

    The table has one column more: `xid`, the writing transaction, after which no posting can be added.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    office_id = models.TextField()
    payer_id = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    reference = models.TextField()
    value_date = models.DateField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "ledger_transaction"
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id"], name="ledger_transaction_subject"),
            models.Index(fields=["office_id", "id"], name="ledger_transaction_office"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class LedgerPosting(models.Model):
    """One line of a transaction: signed, a debit above zero. Partitioned by range on the transaction's key."""

    pk = models.CompositePrimaryKey("transaction_id", "line")
    transaction = models.ForeignKey(LedgerTransaction, models.PROTECT, related_name="postings", db_index=False)
    line = models.SmallIntegerField()
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="postings", db_index=False)
    amount = models.DecimalField(**EXACT)
    charge = models.TextField()

    class Meta:
        db_table = "ledger_posting"
        indexes: ClassVar = [models.Index(fields=["account", "transaction"], name="ledger_posting_account")]

    def __str__(self) -> str:
        return f"{self.transaction_id}/{self.line}: {self.amount}"


class LedgerKey(models.Model):
    """The registry of outside messages: what a sender's reference was booked as. The same never books twice."""

    pk = models.CompositePrimaryKey("source", "reference")
    source = models.TextField()
    reference = models.TextField()
    transaction_id = models.UUIDField()
    content = models.JSONField()

    class Meta:
        db_table = "ledger_key"

    def __str__(self) -> str:
        return f"{self.source}: {self.reference}"


class Demand(models.Model):
    """What a file owes, as assessed at one moment. The latest version of a subject holds; the earlier ones stay.

    `agent_id` is the trader who declared it; empty where that is nobody else than the payer.
    """

    id = models.UUIDField(primary_key=True)
    subject_kind = models.TextField()
    subject_id = models.TextField()
    version = models.IntegerField()
    reference = models.TextField()
    payer_id = models.TextField()
    office_id = models.TextField()
    currency = models.TextField()
    charges = models.JSONField()
    at = models.DateTimeField()
    actor = models.TextField()
    agent_id = models.TextField(default="")

    class Meta:
        db_table = "payments_demand"
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "-version"], name="payments_demand_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}, {self.version}"


class Waiting(models.Model):
    """A file that waits for money: a work list, and no more. A payment of its payer wakes it."""

    pk = models.CompositePrimaryKey("subject_kind", "subject_id")
    subject_kind = models.TextField()
    subject_id = models.TextField()
    payer_id = models.TextField()
    office_id = models.TextField()
    since = models.DateTimeField()

    class Meta:
        db_table = "payments_waiting"
        indexes: ClassVar = [models.Index(fields=["payer_id", "since"], name="payments_waiting_payer")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class Receipt(models.Model):
    """A receipt for money taken, numbered without gaps by office and year; voided, never deleted.

    Partitioned by range on `id`; its number is unique by the registry `ReceiptNumber`.
    """

    id = models.UUIDField(primary_key=True)
    office_id = models.TextField()
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    number = models.TextField()
    transaction_id = models.UUIDField()
    payer_id = models.TextField()
    holder = models.TextField()
    amount = models.DecimalField(**EXACT)
    currency = models.TextField()
    reference = models.TextField()
    value_date = models.DateField()
    remark = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "payments_receipt"
        indexes: ClassVar = [
            models.Index(fields=["office_id", "-id"], name="payments_receipt_office"),
            models.Index(fields=["payer_id", "-id"], name="payments_receipt_payer"),
        ]

    def __str__(self) -> str:
        return self.number


class ReceiptNumber(models.Model):
    """The narrow registry that makes a receipt's number unique and finds it."""

    pk = models.CompositePrimaryKey("office_id", "year", "serial")
    office_id = models.TextField()
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    receipt_id = models.UUIDField(unique=True)

    class Meta:
        db_table = "payments_receipt_number"

    def __str__(self) -> str:
        return f"{self.office_id} {self.year} {self.serial}"


class ReceiptCounter(models.Model):
    """The last serial of an office and year. Its row is locked while a receipt is made, so no number is lost."""

    pk = models.CompositePrimaryKey("office_id", "year")
    office_id = models.TextField()
    year = models.SmallIntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "payments_receipt_counter"

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}: {self.last}"


class ReceiptVoid(models.Model):
    """That a receipt was voided, why, by whom, and the transaction that took its money back."""

    receipt_id = models.UUIDField(primary_key=True)
    transaction_id = models.UUIDField()
    office_id = models.TextField()
    payer_id = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "payments_receipt_void"

    def __str__(self) -> str:
        return str(self.receipt_id)


class Mandate(models.Model):
    """That a payer lets another trader have charges reserved from his advance account, from one day to another.

    `until` is the last day, None while it is not revoked.
    """

    id = models.UUIDField(primary_key=True)
    payer_id = models.TextField()
    agent_id = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "payments_mandate"
        indexes: ClassVar = [
            models.Index(fields=["payer_id", "agent_id"], name="payments_mandate_payer"),
            models.Index(fields=["agent_id"], name="payments_mandate_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.payer_id}: {self.agent_id}"


class MandateRevocation(models.Model):
    """That the payer took a mandate back, and when."""

    mandate_id = models.UUIDField(primary_key=True)
    payer_id = models.TextField()
    agent_id = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "payments_mandate_revocation"

    def __str__(self) -> str:
        return str(self.mandate_id)
