"""From a journey's records to a call level: what the engine must know, asked or assumed."""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from content.call_inputs import Context
from content.call_levels import Entry, Reading, Rules, Situation, Verdict, assess
from content.catalogue import centre as kept_centre
from content.catalogue import rules as load_rules
from content.models import Centre, content_revision
from journeys.access import Access
from journeys.models import Area, CheckIn, Journey, RecentTreatment, StageEntry, SymptomEntry, User
from journeys.risk_windows import Listed, listed_windows
from journeys.weights import Weight, earlier_weights, with_weight

logger = logging.getLogger("careguide.call_check")

# A week-old "no" may have become a "yes" since: after that the app no longer knows.
A_NO_HOLDS_FOR = timedelta(days=7)


def latest_answers(journey: Journey) -> dict[str, RecentTreatment]:
    """Return the newest answer to each window's question, by the window's slug."""
    answers: dict[str, RecentTreatment] = {}
    for answer in journey.recent_treatments.present().order_by("created_at"):
        answers[answer.window] = answer
    return answers


def known_windows(
    answers: Iterable[RecentTreatment], listed: Listed, rules: Rules, at: datetime, on: date
) -> dict[str, bool]:
    """Say of each window whether it is present (True) or absent (False); unknown ones are left out.

    A "yes" with a date ends when the window's days are over, and then the app does not know more
    than that: the window is absent. A "no" holds for a week, if no treatment came after it. What
    the records say counts, whatever was answered.
    """
    known = {}
    for answer in answers:
        window = rules.windows.get(answer.window)
        if window is None:
            continue
        if answer.answer == RecentTreatment.Answer.YES:
            over = (
                answer.last_on is not None
                and window.days is not None
                and answer.last_on + timedelta(days=window.days) < on
            )
            known[answer.window] = not over
        elif answer.answer == RecentTreatment.Answer.NO and answer.created_at > at - A_NO_HOLDS_FOR:
            treated_on = listed.asked_again.get(answer.window)
            if treated_on is None or timezone.localdate(answer.created_at) > treated_on:
                known[answer.window] = False
    return known | dict.fromkeys(listed.open, True)


def situation(
    journey: Journey, rules: Rules, revision: uuid.UUID, occurred_at: datetime, now: datetime
) -> Situation:
    """Gather what the engine must know about the person at the time of the entry."""
    on = timezone.localdate(occurred_at)
    stage = StageEntry.current(journey, on)
    # Whoever may read it: everything counts.
    listed = listed_windows(journey, rules, on, revision=revision)
    age = Decimal((now - occurred_at).total_seconds()) / 3600
    return Situation(
        phases=stage.phases if stage else frozenset(),
        windows=known_windows(latest_answers(journey).values(), listed, rules, now, on),
        centre_limit=kept_centre(revision).limit,
        own_limit=journey.own_limit,
        own_limit_confirmed=journey.fever_limit_confirmed,
        age_hours=max(age, Decimal(0)),
    )


def limits_of(journey: Journey, rules: Rules, centre: Centre) -> Context:
    """Return what the check knows of fever limits: `limit` is the one in force for this person."""
    return Context.of(
        Situation(
            centre_limit=centre.limit,
            own_limit=journey.own_limit,
            own_limit_confirmed=journey.fever_limit_confirmed,
        ),
        rules,
    )


def to_entry(row: SymptomEntry) -> Entry:
    """Turn a symptom entry (saved or not) into what the engine reads."""
    return Entry(
        symptom=row.own_name if row.own_name else row.symptom,
        score=row.score,
        signs=frozenset(row.signs),
        readings=tuple(
            Reading(reading["measure"], Decimal(reading["value"]), reading["unit"])
            for reading in row.readings
        ),
        own=bool(row.own_name),
    )


@dataclass(frozen=True)
class Found:
    """The verdict on a check-in, and those without what some of its readers do not see.

    `entries` are those it was found for, with what the weight added. `for_others` leaves out what
    the patient kept to themselves in the hours before, `without_mood` what was said about mood,
    too. Each is None where nothing was left out.
    """

    verdict: Verdict
    entries: tuple[SymptomEntry, ...]
    for_others: Verdict | None = None
    without_mood: Verdict | None = None

    def shown_to(self, access: Access) -> Verdict:
        return found_for(access, self) or self.verdict


def ways_to_judge(access: Access) -> list[str]:
    """Return the fields of the verdict that counts for this reader, the first that is there."""
    return [
        *([] if access.sees(Area.MOOD) else ["without_mood"]),
        *([] if access.is_patient else ["for_others"]),
    ]


def found_for(access: Access, judged: Found | CheckIn) -> Any:
    """Return what was found without what this reader does not see; None where that is the whole."""
    return next(filter(None, (getattr(judged, way) for way in ways_to_judge(access))), None)


def check(
    journey: Journey,
    rows: list[SymptomEntry],
    occurred_at: datetime,
    now: datetime,
    besides: CheckIn | None = None,
    weight: tuple[Decimal, str] | None = None,
    by: User | None = None,
    revision: uuid.UUID | None = None,
) -> Found:
    """Return the call level of these entries.

    Entries of the hours before count in combinations; `besides` is the check-in being corrected,
    whose stored entries do not. `weight` is a number with its unit, "kg" or "lb"; it is compared
    with the earlier ones that `by` may read. `revision` is that of the content, if the caller has
    just asked for it. Fails toward calling: whatever goes wrong here, the
    check-in is kept, and the verdict says that it could not be checked.
    """
    try:
        revision = revision or content_revision()
        rules = load_rules(revision)
        where = situation(journey, rules, revision, occurred_at, now)
        if weight:
            where = replace(where, weighed=True)
            weighed = Weight(timezone.localdate(occurred_at), *weight)
            rows = with_weight(
                rows, weighed, earlier_weights(journey, by, weighed.on, besides), rules
            )
        window = timedelta(hours=float(rules.settings.within_hours))
        earlier = journey.symptom_entries.present().within(occurred_at - window, occurred_at)
        return _found(rows, list(earlier.exclude(check_in=besides)), where, rules)
    except Exception as error:
        logger.error("call level not found: %s", type(error).__name__)
        return Found(Verdict(level="", unchecked=True), tuple(rows))


def _found(
    rows: list[SymptomEntry], earlier: list[SymptomEntry], where: Situation, rules: Rules
) -> Found:
    def verdict_on(new: list[SymptomEntry], old: list[SymptomEntry]) -> Verdict:
        return assess([to_entry(row) for row in new], where, rules, [to_entry(row) for row in old])

    for_others = without_mood = None
    seen = [row for row in earlier if not row.only_me]
    if len(seen) < len(earlier):
        for_others = verdict_on(rows, seen)
    if any(row.area == Area.MOOD for row in (*rows, *seen)):
        others = [[row for row in some if row.area != Area.MOOD] for some in (rows, seen)]
        without_mood = verdict_on(*others)
    return Found(verdict_on(rows, earlier), tuple(rows), for_others, without_mood)
