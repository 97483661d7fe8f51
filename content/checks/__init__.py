"""What must hold for the content as a whole; `manage.py check_content` prints it."""

from dataclasses import dataclass, field
from datetime import date

from content.checks import whole
from content.checks.readings import too_hard, topic_readings
from content.checks.rows import faults, items, name_of
from content.checks.texts import Targets, survival_figures
from content.models import Status

__all__ = ["Findings", "check", "survival_figures"]


@dataclass
class Findings:
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def check(today: date) -> Findings:
    """Look at everything that is not archived; errors must be mended, warnings looked at.

    What is wrong with a draft is a warning: it has to be mended when it is to be published.
    """
    findings = Findings()
    targets = Targets.load()
    for item in items():
        found = [f"{name_of(item)}: {words}" for _column, words in faults(item, targets)]
        if item.status == Status.PUBLISHED:
            findings.errors += found
        else:
            findings.warnings += found
        if item.review_due and item.review_due < today:
            findings.warnings.append(f"{name_of(item)}: review was due on {item.review_due}")
    for part in (whole.relevance, whole.lists, whole.glossary, whole.scales, whole.tags,
                 whole.holes, whole.orphans):  # fmt: skip
        findings.errors += part()
    findings.errors += too_hard(topic_readings())
    return findings
