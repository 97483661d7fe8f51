"""Appointments as calendar programs read them; the only module that knows the iCalendar library.

Times are UTC instants, which every program reads alike. What is kept is the clock time and the zone
of the place, so that the instants are found anew when a country changes its clocks. A visit whose
time is not known yet is a whole day.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration

from content.index import content_index
from journeys.models import Appointment

CONTENT_TYPE = "text/calendar; charset=utf-8"
# Nobody knows how long a visit takes; without an end, programs draw it as a line nobody sees.
LASTS = timedelta(hours=1)
# How often a program may ask again; it decides that itself in the end.
ASK_AGAIN_AFTER = timedelta(hours=4)


def calendar_of(
    appointments: Iterable[Appointment], *, detailed: bool, alarm_hours: int = 0
) -> bytes:
    """Return the appointments as an iCalendar file (RFC 5545, with the names of RFC 7986).

    Unless `detailed`, an event says that there is one and when, nothing else. `alarm_hours` before
    it the device rings; 0 is never. What was called off is sent as cancelled, and does not ring.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Careguide//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _("Appointments"))
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))
    for appointment in appointments:
        calendar.add_component(_event(appointment, detailed, alarm_hours))
    return calendar.to_ical()


def _event(appointment: Appointment, detailed: bool, alarm_hours: int) -> Event:
    event = Event()
    changed_at = (appointment.edited_at or appointment.created_at).astimezone(UTC)
    event.add("uid", str(appointment.pk))
    # One more with every change, so that a program takes the newer of two.
    event.add("sequence", appointment.version - 1)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    if appointment.time is None:
        event.add("dtstart", appointment.day)  # a whole day
    else:
        event.add("dtstart", appointment.instant)
        event.add("dtend", appointment.instant + LASTS)
    event.add("summary", _title(appointment) if detailed else _("Appointment"))
    event.add("status", "CANCELLED" if appointment.called_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    if detailed:
        if appointment.place:
            event.add("location", appointment.place)
        if words := _description(appointment):
            event.add("description", words)
    if alarm_hours and appointment.time is not None and not appointment.called_off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Appointment"))
        alarm.add("trigger", timedelta(hours=-alarm_hours))
        event.add_component(alarm)
    return event


def _title(appointment: Appointment) -> str:
    return appointment.title or content_index().name("visit_kinds", appointment.kind)


def _description(appointment: Appointment) -> str:
    """Who and which number, and the clock at the place for whoever reads it from elsewhere."""
    clock = _("The time is not known yet.")
    if appointment.time is not None:
        clock = _("%(time)s at the place (%(zone)s)") % {
            "time": f"{appointment.time:%H:%M}",
            "zone": appointment.zone_name,
        }
    return "\n".join(filter(None, [appointment.person, appointment.phone, clock]))
