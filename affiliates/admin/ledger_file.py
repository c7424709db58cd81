"""The ledger as a file, for the books: the rows of the list with its filters, read and sent piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from affiliates.models import Conversion

AT_ONCE = 1_000
NOTHING = Decimal("0.0000")  # numbers stay numbers: as texts they would be quoted for their minus sign
COLUMNS = (
    "sold_at", "posted_at", "network", "conversion", "row", "part", "kind", "status", "commission", "sale_amount",
    "currency", "quantity", "conversions", "articles", "joined_by", "attributed_commission", "placement", "sub_id",
    "tracking_id", "merchant", "sku", "import", "import_file",
)  # fmt: skip


def lines_of(rows: QuerySet[Conversion]) -> Iterator[tuple[Any, ...]]:
    """Yield the names of the columns, then every row; money as plain numbers with a point, times in UTC."""
    yield COLUMNS
    found = rows.select_related("network", "placement", "import_file")
    for row in found.prefetch_related("attributions__article").iterator(chunk_size=AT_ONCE):
        yield _line(row)


def _line(row: Conversion) -> tuple[Any, ...]:
    shares = list(row.attributions.all())
    named = [share for share in shares if share.article_id or share.placement_id]
    return (
        _moment(row.event_at),
        _moment(row.posted_at),
        row.network.key,
        row.external_id,
        row.sequence,
        row.part,
        row.kind,
        row.status,
        row.commission,
        row.sale_amount,
        row.currency,
        row.quantity,
        row.conversion_count,
        " | ".join(share.article.slug for share in shares if share.article),
        shares[0].method if shares else "",
        sum((share.commission for share in named), NOTHING),
        row.placement.public_id if row.placement else "",
        row.sub_id,
        row.tracking_id,
        row.merchant,
        row.sku,
        row.import_file_id,
        row.import_file.name,
    )


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""
