"""A report of each network as it might be downloaded: the columns of its preset, three sales, one taken back."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from affiliates.earnings.presets import shipped

AMAZON_TITLE = "Fee-Earnings reports from 03-01-2026 to 03-31-2026"


@dataclass(frozen=True)
class Download:
    """`rows` say three sales (1.50, 2.25 and 1,234.00) and, where the network has it, one that is taken back.

    `balance` is what the ledger then holds by currency and status.
    """

    key: str
    header: list[str]
    rows: list[list[str]]
    balance: dict[tuple[str, str], str]
    counts: tuple[int, int, int, int]
    title: str = ""
    second: str | None = None
    numbers: tuple[str, ...] = field(default=())

    @property
    def network(self) -> str:
        return next(entry["network"] for entry in shipped() if entry["key"] == self.key)

    def text(self, delimiter=",", rows=None, header=None, ending="\r\n"):
        out = io.StringIO()
        if self.title:
            out.write(self.title + ending)
        writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
        writer.writerows([header or self.header, *(self.rows if rows is None else rows)])
        return out.getvalue()


DOWNLOADS = [
    Download(
        "amazon-earnings",
        ["Category", "Name", "ASIN", "Seller", "Tracking ID", "Date Shipped", "Price($)", "Items Shipped", "Returns",
         "Revenue($)", "Ad Fees($)", "Device Type Group", "Direct Sale"],
        [
            ["Health", "Zinc, 10 mg", "B1", "Amazon", "zinc-20", "2026-03-05 04:11:12", "25.00", "1", "0", "25.00",
             "1.50", "DESKTOP", "Direct"],
            ["Health", "Iron", "B2", "Amazon", "zinc-20", "2026-03-05 05:11:12", "37.50", "1", "0", "37.50", "2.25",
             "PHONE", "Indirect"],
            ["Tools", 'A "big" one', "B3", "Amazon", "zinc-20", "2026-03-05 06:11:12", "20,000.00", "1", "0",
             "20,000.00", "1,234.00", "PHONE", "Indirect"],
            ["Health", "Iron", "B2", "Amazon", "zinc-20", "2026-03-05 09:11:12", "37.50", "-1", "1", "-37.50", "-2.25",
             "PHONE", "Indirect"],
        ],
        {("USD", "approved"): "1235.50"},
        (4, 0, 0, 0),
        title=AMAZON_TITLE,
    ),
    Download(
        "awin-transactions",
        ["id", "advertiserId", "Advertiser", "transactionDate", "clickDate", "validationDate", "commissionStatus",
         "commissionAmount", "saleAmount", "currency", "clickRef", "publisherUrl"],
        [
            ["1001", "76734", "Northmoor", "2026-03-05 10:00:00", "2026-03-05 09:00:00", "", "pending", "1.50", "15.00",
             "EUR", "", ""],
            ["1002", "76734", "Northmoor", "2026-03-05 11:00:00", "2026-03-05 09:00:00", "2026-03-20", "approved",
             "2.25", "22.50", "GBP", "", ""],
            ["1003", "76734", "Northmoor", "2026-03-05 12:00:00", "", "", "Pending", "1,234.00", "12,340.00", "EUR", "",
             ""],
            ["1004", "76734", "Northmoor", "2026-03-05 13:00:00", "", "2026-03-21", "declined", "9.99", "99.90", "EUR",
             "", ""],
        ],
        {("EUR", "pending"): "1235.50", ("GBP", "approved"): "2.25"},
        (4, 0, 0, 0),
    ),
    Download(
        "cj-commissions",
        ["Commission ID", "Original Action ID", "Original", "Event Date", "Posting Date", "Status", "Advertiser",
         "Sale Amount", "Publisher Commission", "SID"],
        [
            ["9001", "A1", "true", "2026-03-05T10:00:00-0800", "2026-03-05T11:00:00Z", "locked", "Northmoor", "15.00",
             "1.50", ""],
            ["9002", "A2", "true", "2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z", "new", "Northmoor", "22.50", "2.25",
             ""],
            ["9003", "A3", "true", "2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z", "closed", "Northmoor", "12,340.00",
             "1,234.00", ""],
            ["9004", "A2", "false", "2026-03-05T10:00:00Z", "2026-03-12T11:00:00Z", "new", "Northmoor", "-22.50",
             "-2.25", ""],
        ],
        {("USD", "approved"): "1.50", ("USD", "paid"): "1234.00"},
        (4, 0, 0, 0),
    ),
    Download(
        "impact-actions",
        ["Action Id", "Campaign", "Action Date", "Referring Date", "Status", "Action Earnings", "Sale Amount",
         "Currency", "SubId1", "SubId2", "SharedId"],
        [
            ["1.1.1", "Northmoor", "2026-03-05T10:00:00-08:00", "2026-03-05T09:00:00-08:00", "PENDING", "1.50", "15.00",
             "USD", "", "", ""],
            ["1.1.2", "Northmoor", "2026-03-05T10:00:00-08:00", "", "APPROVED", "2.25", "22.50", "USD", "", "", ""],
            ["1.1.3", "Northmoor", "Mar 05, 2026 10:00:00", "", "APPROVED", "1,234.00", "12,340.00", "USD", "", "", ""],
            ["1.1.4", "Northmoor", "2026-03-05T10:00:00-08:00", "", "REVERSED", "0.00", "0.00", "USD", "", "", ""],
        ],
        {("USD", "pending"): "1.50", ("USD", "approved"): "1236.25"},
        (4, 0, 0, 0),
    ),
    Download(
        "partnerize-conversions",
        ["Conversion ID", "Conversion Time", "Click Time", "Last Modified", "Conversion Status", "Publisher Commission",
         "Value", "Currency", "Publisher Reference", "Campaign"],
        [
            ["10l1", "2026-03-05 10:00:00", "2026-03-05 09:00:00", "2026-03-05 10:00:00", "pending", "1.50", "15.00",
             "GBP", "", "iHerb"],
            ["10l2", "2026-03-05 10:00:00", "", "2026-03-20 10:00:00", "approved", "2.25", "22.50", "GBP", "", "iHerb"],
            ["10l3", "2026-03-05 10:00:00", "", "2026-03-05 10:00:00", "mixed", "1,234.00", "12,340.00", "GBP", "",
             "iHerb"],
            ["10l4", "2026-03-05 10:00:00", "", "2026-03-20 10:00:00", "rejected", "3.00", "30.00", "GBP", "", "iHerb"],
        ],
        {("GBP", "pending"): "1235.50", ("GBP", "approved"): "2.25"},
        (4, 0, 0, 0),
    ),
    Download(
        "clickbank-transactions",
        ["Transaction Date", "Receipt", "Transaction Type", "Vendor", "Item", "Amount", "TID"],
        [
            ["2026-03-05 10:00:00", "R1", "SALE", "zincpro", "1", "$1.50", ""],
            ["2026-03-05 11:00:00", "R2", "Bill", "zincpro", "1", "$2.25", ""],
            ["2026-03-05 12:00:00", "R3", "sale", "zincpro", "1", "$1,234.00", ""],
            ["2026-03-09 10:00:00", "R2", "RFND", "zincpro", "1", "$2.25", ""],
        ],
        {("USD", "approved"): "1235.50"},
        (4, 0, 0, 0),
    ),
    Download(
        "skimlinks-commissions",
        ["Commission ID", "Merchant", "Transaction Date", "Click Date", "Last Updated", "Status", "Order Amount",
         "Publisher Amount", "Currency", "Custom ID", "Page URL"],
        [
            ["1", "Northmoor", "2026-03-05 10:00:00", "2026-03-05 09:00:00", "2026-03-05 10:00:00", "active", "15.00",
             "1.50", "USD", "", ""],
            ["2", "Northmoor", "2026-03-05 10:00:00", "", "2026-03-05 10:00:00", "pending", "22.50", "2.25", "USD", "",
             ""],
            ["3", "Northmoor", "2026-03-05 10:00:00", "", "2026-03-05 10:00:00", "paid", "12,340.00", "1,234.00", "USD",
             "", ""],
            ["4", "Northmoor", "2026-03-05 10:00:00", "", "2026-03-09 10:00:00", "cancelled", "30.00", "-3.00", "USD",
             "", ""],
        ],
        {("USD", "approved"): "1.50", ("USD", "pending"): "2.25", ("USD", "paid"): "1234.00"},
        (4, 0, 0, 0),
    ),
    Download(
        "tradedoubler-transactions",
        ["Program name", "Time of transaction", "Time of last click", "Time of last modified", "Order number",
         "Lead number", "Order value", "Commission", "Currency", "Status", "EPI"],
        [
            ["Northmoor", "2026-03-05 10:00:00", "2026-03-05 09:00:00", "2026-03-05 10:00:00", "O1", "", "15.00",
             "1.50", "SEK", "P", ""],
            ["Northmoor", "2026-03-05 10:00:00", "", "2026-03-20 10:00:00", "O2", "", "22.50", "2.25", "SEK", "A", ""],
            ["Northmoor", "2026-03-05 10:00:00", "", "2026-03-05 10:00:00", "O3", "", "12,340.00", "1,234.00", "SEK",
             "pending", ""],
            ["Northmoor", "2026-03-05 10:00:00", "", "2026-03-20 10:00:00", "O4", "", "30.00", "3.00", "SEK", "D", ""],
        ],
        {("SEK", "pending"): "1235.50", ("SEK", "approved"): "2.25"},
        (4, 0, 0, 0),
    ),
    Download(
        "ebay-transactions",
        ["Event Date", "Update Date", "Click Timestamp", "Event Name", "Status", "Custom ID", "EPN Transaction ID",
         "Delta Sales", "Delta Earnings", "Checkout Site"],
        [
            ["2026-03-05", "2026-03-05 10:00:00", "2026-03-05 08:00:00", "Winning Bid", "Pending", "", "E1", "15.00",
             "1.50", "EBAY-US"],
            ["2026-03-05", "2026-03-05 10:00:00", "2026-03-05 08:00:00", "Winning Bid", "Approved", "", "E2", "22.50",
             "2.25", "EBAY-US"],
            ["2026-03-05", "2026-03-05 10:00:00", "2026-03-05 08:00:00", "Winning Bid", "Pending", "", "E3",
             "12,340.00", "1,234.00", "EBAY-US"],
            ["2026-03-05", "2026-03-09 10:00:00", "2026-03-05 08:00:00", "Winning Bid", "Reversed", "", "E2", "-22.50",
             "-2.25", "EBAY-US"],
        ],
        {("USD", "pending"): "1235.50"},
        (4, 0, 0, 0),
    ),
    Download(
        "rakuten-items",
        ["Order ID", "Transaction ID", "Transaction Date", "Process Date", "SKU", "Sales", "# of Items",
         "Total Commission", "Currency", "Advertiser Name"],
        [
            ["O1", "t1", "03/05/2026", "03/06/2026", "Z1", "15.00", "1", "1.50", "USD", "Northmoor"],
            ["O1", "t2", "03/05/2026", "03/06/2026", "Z2", "22.50", "1", "2.25", "USD", "Northmoor"],
            ["O2", "t3", "03/05/2026", "03/06/2026", "Z3", "12,340.00", "2", "1,234.00", "USD", "Northmoor"],
            ["O1", "t4", "03/15/2026", "03/16/2026", "Z2", "-22.50", "-1", "-2.25", "USD", "Northmoor"],
        ],
        {("USD", "approved"): "1235.50"},
        (4, 0, 0, 0),
        second="Order ID,Member ID (U1)\nO1,abc\nO2,\n",
    ),
]  # fmt: skip
