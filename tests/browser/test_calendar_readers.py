"""What calendar programs make of a feed: ical.js, which several of them are built on, reads it."""

from datetime import UTC, datetime
from pathlib import Path

from journeys.ical import calendar_of
from tests.calendar_cases import visits_of

READER = Path(__file__).parents[1] / "vendor" / "ical.js-2.2.1" / "ical.es5.min.cjs"
READ = """([reader, text]) => {
  const module = { exports: {} };
  new Function("module", "exports", reader)(module, module.exports);
  const ICAL = module.exports.default ?? module.exports;
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      seconds: event.startDate.toUnixTime(),
      minutes: event.duration.toSeconds() / 60,
      title: event.summary,
      sequence: event.sequence,
    };
  });
}"""


def test_it_finds_the_right_instants_over_clock_changes_and_a_leap_day(journey, browser):
    instants = visits_of(journey)
    text = calendar_of(journey.appointments.present(), detailed=False).decode()
    page = browser.new_page()
    events = page.evaluate(READ, [READER.read_text(encoding="utf-8"), text])
    page.close()
    found = {row["uid"]: datetime.fromtimestamp(row["seconds"], tz=UTC) for row in events}
    assert found == instants
    assert {(row["minutes"], row["title"], row["sequence"]) for row in events} == {
        (60, "Appointment", 0)
    }
