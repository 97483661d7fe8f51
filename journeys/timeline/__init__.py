"""The timeline: everything of a journey in one line of time."""

from journeys.timeline.kinds import AREAS, Names
from journeys.timeline.pages import PAGE, Cursor, by_phase, choices, page

__all__ = ["AREAS", "PAGE", "Cursor", "Names", "by_phase", "choices", "page"]
