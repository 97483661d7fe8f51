"""Visits around the clock changes of three zones and a leap day, with the instants they are at."""

from datetime import UTC, datetime

from journeys.models import Journey
from tests.factories import make_appointment

# Zone, clock time there, which of two equal ones, and the instant in UTC, counted by hand.
CASES = [
    # Vienna: forward on 28 March 2027 at 2:00, back on 31 October 2027 at 3:00.
    ("Europe/Vienna", "2027-03-27 09:00", 0, "2027-03-27 08:00"),
    ("Europe/Vienna", "2027-03-28 01:30", 0, "2027-03-28 00:30"),
    ("Europe/Vienna", "2027-03-28 03:30", 0, "2027-03-28 01:30"),
    ("Europe/Vienna", "2027-03-29 09:00", 0, "2027-03-29 07:00"),
    ("Europe/Vienna", "2027-10-31 02:30", 0, "2027-10-31 00:30"),
    ("Europe/Vienna", "2027-10-31 02:30", 1, "2027-10-31 01:30"),
    ("Europe/Vienna", "2027-11-01 09:00", 0, "2027-11-01 08:00"),
    # New York: forward on 14 March 2027 at 2:00, back on 7 November 2027 at 2:00.
    ("America/New_York", "2027-03-13 09:00", 0, "2027-03-13 14:00"),
    ("America/New_York", "2027-03-14 03:30", 0, "2027-03-14 07:30"),
    ("America/New_York", "2027-11-07 01:30", 0, "2027-11-07 05:30"),
    ("America/New_York", "2027-11-07 01:30", 1, "2027-11-07 06:30"),
    ("America/New_York", "2027-11-08 09:00", 0, "2027-11-08 14:00"),
    # Sydney, where summer is in January: back on 4 April 2027, forward on 3 October 2027.
    ("Australia/Sydney", "2027-04-04 02:30", 0, "2027-04-03 15:30"),
    ("Australia/Sydney", "2027-04-04 02:30", 1, "2027-04-03 16:30"),
    ("Australia/Sydney", "2027-04-05 09:00", 0, "2027-04-04 23:00"),
    ("Australia/Sydney", "2027-10-03 03:30", 0, "2027-10-02 16:30"),
    ("Australia/Sydney", "2027-10-04 09:00", 0, "2027-10-03 22:00"),
    # The leap day, in each.
    ("Europe/Vienna", "2028-02-29 23:45", 0, "2028-02-29 22:45"),
    ("America/New_York", "2028-02-29 23:45", 0, "2028-03-01 04:45"),
    ("Australia/Sydney", "2028-02-29 08:15", 0, "2028-02-28 21:15"),
]


def visits_of(journey: Journey) -> dict[str, datetime]:
    """Make a visit of each case; return the instants by the ids of the visits."""
    instants = {}
    for zone, clock, fold, instant in CASES:
        there = datetime.fromisoformat(clock)
        visit = make_appointment(
            journey=journey, zone=zone, day=there.date(), time=there.time(), fold=fold
        )
        instants[str(visit.pk)] = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    return instants
