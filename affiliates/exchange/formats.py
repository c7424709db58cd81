"""What the columns of a file mean. A file that is none of the known ones is refused with the columns it has.

Pretty Links Pro: the columns of its export, read in its source (id, url, slug, name, description, group_id,
redirect_type, track_me, param_forwarding, param_struct and, where replacement is on, keywords). ThirstyAffiliates: the
seven columns of its own help page, the import it documents; newer exports may name more, which are left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

MAX_BYTES = 1_000_000
MAX_ROWS = 2_000
COLUMNS = (
    "slug", "title", "store_name", "network", "program", "address", "status", "expires_at", "fallback_url", "notes",
    "keywords", "other_addresses",
)  # fmt: skip
_FORMULA = re.compile(r"'(?=[=+\-@\t])")


class FormatError(ValueError):
    """The file cannot be read. The message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Row:
    """One link as a file describes it. None means that the file says nothing about it."""

    line: int
    address: str
    title: str = ""
    slug: str = ""
    store_name: str = ""
    network: str = ""
    program: str = ""
    status: str | None = None
    expires_at: str | None = None
    fallback_url: str | None = None
    notes: str | None = None
    keywords: tuple[str, ...] = ()
    countries: tuple[tuple[str, str], ...] = ()


Cells = Mapping[str, str]


def _own(line: int, cells: Cells) -> Row:
    return Row(
        line=line,
        address=cells.get("address", ""),
        title=cells.get("title", ""),
        slug=cells.get("slug", ""),
        store_name=cells.get("store_name", ""),
        network=cells.get("network", ""),
        program=cells.get("program", ""),
        status=cells.get("status"),
        expires_at=cells.get("expires_at"),
        fallback_url=cells.get("fallback_url"),
        notes=cells.get("notes"),
        keywords=_list(cells.get("keywords", "")),
        countries=_by_country(cells.get("other_addresses", "")),
    )


def _pretty(line: int, cells: Cells) -> Row:
    return Row(
        line=line,
        address=cells["url"],
        title=cells.get("name", "") or cells["slug"],
        slug=cells["slug"],
        notes=cells.get("description") or None,
        keywords=_list(cells.get("keywords", ""), ","),
    )


def _thirsty(line: int, cells: Cells) -> Row:
    return Row(
        line=line,
        address=cells["destination url"],
        title=cells["link name"],
        slug=cells.get("slug", ""),
        keywords=_list(_starting(cells, "autolinker keywords")),
        countries=_by_country(_starting(cells, "geolocation")),
    )


@dataclass(frozen=True, slots=True)
class Format:
    id: str
    name: str
    needs: frozenset[str]
    read: Callable[[int, Cells], Row]


FORMATS = (
    Format("chelate", "Chelate", frozenset({"slug", "address"}), _own),
    Format("thirstyaffiliates", "ThirstyAffiliates", frozenset({"link name", "destination url"}), _thirsty),
    Format("pretty-links", "Pretty Links", frozenset({"url", "slug", "name"}), _pretty),
)


def read(text: str) -> tuple[Format, list[Row]]:
    """Return the format of a file and its rows. Raises FormatError."""
    if len(text.encode()) > MAX_BYTES:
        raise FormatError("The file is larger than 1 MB. Split it.")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), _dialect(text), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise FormatError(f"The file is no CSV: {error}.") from error
    filled = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not filled:
        raise FormatError("The file is empty.")
    header = [name.strip().lower() for name in filled[0][1]]
    found = next((known for known in FORMATS if known.needs <= set(header)), None)
    if found is None:
        raise FormatError(
            f"These columns are not known: {', '.join(header)[:300]}. A file needs slug and address, or it is an "
            "export of Pretty Links (url, slug, name) or ThirstyAffiliates (Link Name, Destination URL)."
        )
    if len(filled) - 1 > MAX_ROWS:
        raise FormatError(f"The file has more than {MAX_ROWS:,} rows. Split it.")
    return found, [found.read(line, _cells(header, cells)) for line, cells in filled[1:]]


def _dialect(text: str) -> type[csv.Dialect]:
    """Tell semicolons and tabs, which spreadsheets of other languages write, from commas."""
    first = text.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found


def _cells(header: list[str], cells: list[str]) -> dict[str, str]:
    padded = [*cells, *[""] * (len(header) - len(cells))]
    return {name: _FORMULA.sub("", cell.strip(), count=1) for name, cell in zip(header, padded, strict=False)}


def _starting(cells: Cells, name: str) -> str:
    """Return the column whose heading begins so: help texts stand behind it in brackets."""
    return next((cell for heading, cell in cells.items() if heading.startswith(name)), "")


def _list(text: str, separator: str = ";") -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(separator) if part.strip()))


def _by_country(text: str) -> tuple[tuple[str, str], ...]:
    """Return (country, address) pairs of "AU:https://…;US:https://…"."""
    found = re.split(r";(?=\s*[A-Za-z]{2}:)", text)
    pairs = (part.strip().partition(":") for part in found if part.strip())
    return tuple((country.upper(), address) for country, _, address in pairs)


def parse_moment(text: str) -> datetime | None:
    """Return a time of our own files, in UTC unless it names a zone. Raises ValueError."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def write(rows: Iterator[Mapping[str, str]]) -> str:
    """Return our own CSV. What a spreadsheet would take for a formula gets an apostrophe, which `read` removes."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(row.get(name, "")) for name in COLUMNS})
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if re.match(r"'?[=+\-@\t]", cell) else cell
