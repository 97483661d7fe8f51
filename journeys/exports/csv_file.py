"""Tables for spreadsheets, in which no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet run a cell, also in its full-width form or behind blanks.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
# Spreadsheets read UTF-8 only when the file says so.
BYTE_ORDER_MARK = "\ufeff"


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the rows below their header as CSV, every cell in quotes and none a formula."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([_safe(cell) for cell in row] for row in (header, *rows))
    return out.getvalue()


def _safe(cell: object) -> str:
    text = str(cell).replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(STARTS) else text
