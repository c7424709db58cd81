"""Amounts, currencies and moments as networks write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from affiliates.earnings.errors import RowError

# What a bare sign means unless the rules name a currency. kr and R are left out: several countries use them.
SIGNS = {"$": "USD", "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD",
         "MX$": "MXN", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "zł": "PLN",
         "₺": "TRY"}  # fmt: skip
# Of ISO 4217, without metals, funds and test codes: what may stand in brackets in a header, beside (net) and (VAT).
CURRENCIES = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL""".split()
)
AMBIGUOUS = frozenset({"$", "¥", "￥"})
LARGEST = Decimal(10) ** 11
EXACT = Decimal("0.0001")
DAY_FIRST, MONTH_FIRST = "%d/%m", "%m/%d"
NOON = time(12)  # a day without a time: noon UTC is on that day everywhere that matters
_CODE = re.compile(r"[A-Z]{3}")
_MARK = r"[^\d\s.,()%+-]{1,3}"  # a sign or a code
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+\u2212])?\s*(?P<before>{_MARK})?\s*(?P<inner>[-\u2212])?\s*"
    r"(?P<digits>[\d.,'\u2019 \u00a0\u202f]*\d)\s*"
    rf"(?P<after>{_MARK})?\s*(?P<trail>[-\u2212])?\s*(?P<close>\))?"
)
LONGEST_AMOUNT = 40
_NOTHING = frozenset({"", "-", "–", "n/a", "na", "null", "none"})


def parse_amount(text: str, decimal: str = ".") -> tuple[Decimal, str]:
    """Return an amount and the currency written with it, "" if none. An empty cell is 0.

    `decimal` is the mark before the decimals; the other mark and blanks part thousands. (1.50) and 1.50- are negative.
    Raises RowError.
    """
    stripped = text.strip()
    if stripped.casefold() in _NOTHING:
        return Decimal(0), ""
    found = _AMOUNT.fullmatch(stripped) if len(stripped) <= LONGEST_AMOUNT else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        raise RowError(f"“{stripped[:40]}” is not an amount.")
    value = _number(found["digits"], decimal, stripped)
    minus = [found["open"], found["inner"], found["trail"], found["sign"] not in (None, "+")]
    if sum(map(bool, minus)) > 1:
        raise RowError(f"“{stripped[:40]}” is negative twice.")
    currency = parse_currency(found["before"] or found["after"] or "")
    return (-value if any(minus) else value), currency


def _number(digits: str, decimal: str, text: str) -> Decimal:
    other = "." if decimal == "," else ","
    whole, mark, rest = re.sub("['\u2019 \u00a0\u202f]", "", digits).rpartition(decimal)
    if not mark:
        whole, rest = rest, ""
    if decimal in whole or other in rest or not _groups_of_three(whole, other):
        mark_name = "comma" if decimal == "," else "point"
        raise RowError(f"“{text[:40]}” is not an amount with a decimal {mark_name}.")
    try:
        value = Decimal(f"{whole.replace(other, '') or '0'}.{rest or '0'}")
    except InvalidOperation as error:
        raise RowError(f"“{text[:40]}” is not an amount.") from error
    if value >= LARGEST:
        raise RowError(f"“{text[:40]}” is larger than any amount can be.")
    return value.quantize(EXACT)


def _groups_of_three(whole: str, mark: str) -> bool:
    """Return whether marks of thousands stand where they belong; 1,23 with a decimal point is a mistaken mark.

    India writes 1,00,000: every group but the last may have two digits.
    """
    first, *groups = whole.split(mark)
    if not groups:
        return True
    return 1 <= len(first) <= 3 and len(groups[-1]) == 3 and all(len(group) in (2, 3) for group in groups)


def parse_currency(text: str) -> str:
    """Return the ISO code of a code or sign, "" for an empty text. Raises RowError."""
    stripped = text.strip()
    if not stripped:
        return ""
    if code := SIGNS.get(stripped):
        return code
    if _CODE.fullmatch(stripped.upper()) and stripped.isascii():
        return stripped.upper()
    raise RowError(f"“{stripped[:20]}” is not a currency; three letters such as EUR are.")


def currency_of(sign: str) -> str:
    """Return the currency that stands in brackets behind a column's name, "" where something else does: (net), (kr)."""
    code = SIGNS.get(sign) or sign.upper()
    return code if code in CURRENCIES else ""


def parse_count(text: str) -> int:
    """Return a whole number; an empty cell is 0. Raises RowError."""
    value, _ = parse_amount(text)
    if value != value.to_integral_value() or abs(value) > 2**31 - 1:
        raise RowError(f"“{text.strip()[:40]}” is not a whole number.")
    return int(value)


@lru_cache(maxsize=4096)
def parse_moment(text: str, formats: tuple[str, ...], zone: str) -> datetime | None:
    """Return a moment in UTC, None for an empty cell. A day without a time becomes noon UTC of that day.

    `formats` are strptime formats or "iso"; `zone` holds where the text names none. Raises RowError.
    """
    stripped = text.strip()
    if stripped.casefold() in _NOTHING:
        return None
    for form in formats:
        moment = _as(stripped, form)
        if moment is None:
            continue
        if not isinstance(moment, datetime):
            return datetime.combine(moment, NOON, UTC)
        local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        try:
            return local.astimezone(UTC).replace(microsecond=0)
        except OverflowError:
            break
    shown = ", ".join(formats)
    raise RowError(f"“{stripped[:40]}” is not a date as expected ({shown}).")


def _as(text: str, form: str) -> datetime | date | None:
    try:
        if form == "iso":
            return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
        moment = datetime.strptime(text, form)  # noqa: DTZ007 (the caller gives it its zone)
    except ValueError:
        return None
    return moment if re.search("%[HIcXsT]", form) else moment.date()


def is_amount(text: str, decimal: str) -> bool:
    with suppress(RowError):
        parse_amount(text, decimal)
        return True
    return False


def is_moment(text: str, formats: tuple[str, ...], zone: str) -> bool:
    with suppress(RowError):
        parse_moment(text, formats, zone)
        return True
    return False


def other_way_round(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of dates with day and month exchanged where they are numbers parted by strokes."""
    swap = {DAY_FIRST: MONTH_FIRST, MONTH_FIRST: DAY_FIRST}
    return tuple(f"{swap[form[:5]]}{form[5:]}" if form[:5] in swap else form for form in formats)
