"""The visit summary: what a doctor should know of the time since the last visit, on one page."""

from journeys.summaries.build import PARTS, Summary, build, usual_since

__all__ = ["PARTS", "Summary", "build", "usual_since"]
