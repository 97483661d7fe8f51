"""The moment at which every test begins."""

from datetime import UTC, datetime

# A Wednesday in the middle of a month, far from every change of the clock, and later than the
# days on which the shipped guide was read over.
NOON = datetime(2027, 1, 13, 12, tzinfo=UTC)
TODAY = NOON.date()
