"""The emergency card as it is shown and printed: from the card, the records and the red path."""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.call_inputs import celsius
from content.call_rules import Level, Rules
from content.catalogue import centre as kept_centre
from content.catalogue import rules as load_rules
from content.index import Index, content_index
from content.models import Centre
from content.models.revision import content_revision
from content.red_path import is_signed, red_line
from journeys.access import Access
from journeys.call_check import latest_answers, limits_of
from journeys.check_in_page import numbers_to_ring
from journeys.guidance import current_stage
from journeys.lab_words import plain
from journeys.models import EmergencyCard, Journey, RecentTreatment, StageEntry
from journeys.risk_windows import listed_windows

Part = EmergencyCard.Part
# What a card of 85.6 × 54 mm holds in 7 point type, with a plain wide letter as the measure.
LETTERS_A_LINE, FRONT_LINES, BACK_LINES = 54, 14, 14


@dataclass(frozen=True)
class Fact:
    """One line. Without `text` it is a line to write on, where `asked`, or nothing at all.

    `free`: in the person's words, which may be cut for a card; `cut` says that they were.
    """

    part: str
    label: str
    text: str
    asked: bool = False
    free: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Paper:
    """What one of the two papers says. `discreet`: nothing on it names the illness."""

    name: str
    birth_year: str
    diagnosis: str
    facts: tuple[Fact, ...]
    discreet: bool

    @property
    def cut(self) -> set[str]:
        """The parts of which only the beginning stands here."""
        return {fact.part for fact in self.facts if fact.cut}


def show_card(access: Access) -> dict[str, Any]:
    """Return what the page of the card shows to this reader: both papers, numbers and signs."""
    journey, revision = access.journey, content_revision()
    centre, rules, index = kept_centre(revision), load_rules(revision), content_index(revision)
    written = journey.emergency_cards.select_related("author").first()
    card = written or EmergencyCard()
    stage, said = current_stage(access), treatments_said(access)
    listed = listed_windows(
        journey, rules, timezone.localdate(), reader=access.user, revision=revision
    )
    diagnosis, facts = diagnosis_of(stage, index), facts_of(card, said, listed.last_on)
    numbers = numbers_to_ring(journey, stage.phases if stage else frozenset(), centre)
    signs, now = red_line(rules), rules.levels.get(Level.NOW)
    act, limit = now.act if now else "", fever_limit_of(journey, centre, rules)
    wallet = in_the_wallet(paper_of(card, diagnosis, facts, card.off_wallet))
    return {
        "numbers": numbers,
        "centre_name": centre.name,
        "signed": is_signed(centre, rules),
        "fever_limit": limit,
        "signs": signs,
        "act": act,
        # On the card it comes last: what to do if nobody answers stands on the sheet, too.
        "act_fits": fits_on_front(wallet, numbers, [limit, *signs.values(), act]),
        "card": written,
        "wallet": wallet,
        "rest_on_sheet": not wallet.cut & set(card.off_sheet),
        "sheet": paper_of(card, diagnosis, facts, card.off_sheet),
        "changed_at": max(
            [row.edited_at or row.created_at for row in (written, stage, *said.values()) if row],
            default=None,
        ),
    }


def treatments_said(access: Access) -> dict[str, RecentTreatment]:
    """Return the newest answers about recent treatment that are "yes", by the window's slug."""
    return {
        slug: answer
        for slug, answer in latest_answers(access.journey).items()
        if answer.answer == RecentTreatment.Answer.YES
    }


def diagnosis_of(stage: StageEntry | None, index: Index) -> str:
    """Return the diagnosis in one line, as far as the stage tells it."""
    parts = [_("Acute lymphoblastic leukemia (ALL)")]
    if stage is not None:
        for dimension, slug in (
            ("subtypes", stage.cell_type),
            ("subtypes", stage.philadelphia),
            ("phases", stage.phase),
        ):
            parts += [index.name(dimension, slug)] if slug else []
    return " · ".join(parts)


def fever_limit_of(journey: Journey, centre: Centre, rules: Rules) -> str:
    """Return the fever limit in force as it was set, or "" where the rules cannot tell."""
    context = limits_of(journey, rules, centre)
    if context.problems:
        return ""
    for limit in (journey.own_limit, centre.limit):
        if limit and context.limit == celsius(limit):
            value, unit = limit
            return f"{plain(value)} °{unit}"
    usual = rules.settings.fever_default
    return f"{usual['C']:.1f} °C ({usual['F']:.1f} °F)"


def facts_of(
    card: EmergencyCard, said: Mapping[str, RecentTreatment], listed: Mapping[str, date]
) -> list[Fact]:
    """Return what the papers tell, the most urgent first.

    `said`: see `treatments_said`. `listed`: last days by window, from medicines and treatment log.
    """
    last = partial(_last, said, listed)
    low = said.get("low_neutrophils")
    line = " – ".join(filter(None, [card.get_line_display(), card.line_note]))
    contact = ", ".join(filter(None, [card.contact_name, card.contact_relation]))
    return [
        Fact("", _("Allergies"), _in_one_line(card.allergies), asked=True, free=True),
        Fact(
            Part.TREATMENTS,
            _("Neutrophils"),
            _("may be low, as written on %(date)s") % {"date": _day(low.created_at)} if low else "",
        ),
        Fact(Part.BLOOD, _("Blood group"), card.get_blood_group_display(), asked=True),
        Fact(Part.BLOOD, _("Irradiated blood needed"), card.get_irradiated_display()),
        Fact(Part.LINE, _("Line or port"), line, free=True),
        Fact(
            Part.TREATMENTS,
            _("Last asparaginase"),
            last("asparaginase", card.asparaginase_on),
        ),
        Fact(Part.TREATMENTS, _("Last chemo into the spine"), last("", card.spinal_chemo_on)),
        # A spinal tap may have been for a test alone, so it is not told as chemo.
        Fact(Part.TREATMENTS, _("Last spinal tap"), last("after_lumbar_puncture")),
        Fact(Part.TREATMENTS, _("Last steroid"), last("steroid", card.steroids_on)),
        Fact(Part.TREATMENTS, _("Transplant"), last("", card.transplant_on)),
        Fact(Part.CONDITIONS, _("Other conditions"), _in_one_line(card.conditions), free=True),
        Fact(
            Part.CONTACT,
            _("Please call"),
            " · ".join(filter(None, [card.contact_phone, contact])),
            asked=True,
            free=True,
        ),
    ]


def _last(
    said: Mapping[str, RecentTreatment],
    listed: Mapping[str, date],
    window: str,
    own: date | None = None,
) -> str:
    """Return the latest day of the card, of the records, and of what was answered."""
    answer = said.get(window)
    days = [day for day in (own, listed.get(window), answer and answer.last_on) if day]
    if days:
        return _day(max(days))
    if answer:
        return _("yes, as written on %(date)s") % {"date": _day(answer.created_at)}
    return ""


def _day(day: date | datetime) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _in_one_line(text: str) -> str:
    return " · ".join(line.strip(" ·,;") for line in text.splitlines() if line.strip(" ·,;"))


def paper_of(
    card: EmergencyCard, diagnosis: str, facts: Iterable[Fact], off: Iterable[str]
) -> Paper:
    """Return the paper without the parts that the person left off."""
    off = frozenset(off)
    return Paper(
        name="" if Part.NAME in off else card.name,
        birth_year="" if Part.BIRTH_YEAR in off else str(card.birth_year or ""),
        diagnosis="" if Part.DIAGNOSIS in off else diagnosis,
        facts=tuple(fact for fact in facts if fact.part not in off and (fact.text or fact.asked)),
        discreet=Part.DIAGNOSIS in off,
    )


def in_the_wallet(paper: Paper) -> Paper:
    """Shorten the long texts until the back of the card holds them all, and mark what was cut."""
    facts = paper.facts
    for room in (400, 300, 220, 160, 120, 90, 70, 50, 35, 25):
        facts = tuple(_shortened_fact(fact, room) for fact in paper.facts)
        if sum(lines_of(f"{fact.label}: {fact.text}") for fact in facts) <= BACK_LINES:
            break
    name, diagnosis = shortened(paper.name, 40), shortened(paper.diagnosis, 110)
    return replace(paper, name=name, diagnosis=diagnosis, facts=facts)


def _shortened_fact(fact: Fact, room: int) -> Fact:
    # What cannot be left off, the allergies, is worth twice the room.
    text = shortened(fact.text, room if fact.part else 2 * room) if fact.free else fact.text
    return replace(fact, text=text, cut=text != fact.text)


def fits_on_front(paper: Paper, numbers: Mapping[str, str], texts: Iterable[str]) -> bool:
    """Say whether the front of the card holds these texts as well."""
    title = _("Emergency card") + paper.name + paper.birth_year
    numbered = [f"24-hour cancer line {number}" for number in numbers.values() if number]
    rows = [title, paper.diagnosis, *numbered, *texts]
    return sum(map(lines_of, rows)) <= FRONT_LINES


def lines_of(text: str) -> int:
    """Return how many lines of the card a text takes, rather too many than too few."""
    return math.ceil(sum(map(_width, text)) / LETTERS_A_LINE)


def shortened(text: str, room: int) -> str:
    """Cut a text between words where it is wider than about `room` letters."""
    width = 0.0
    for place, letter in enumerate(text):
        width += _width(letter)
        if width > room:
            kept = text[:place]
            # A single endless word is cut where it must be.
            return (kept.rpartition(" ")[0] or kept).rstrip(" ·,;–") + "\u00a0…"
    return text


def _width(letter: str) -> float:
    wide = unicodedata.east_asian_width(letter) in "WF" or letter in "mw@%" or letter.isupper()
    return 1.8 if wide else 1
