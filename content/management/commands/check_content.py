"""Check that the content is whole: sources, dates, links, slugs, words, stages, reading level."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from content.checks import check
from content.checks.readings import means, topic_readings


class Command(BaseCommand):
    help = "Fail on a missing source, a dead link, a text too hard; warn of overdue reviews."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reading", action="store_true", help="Print the reading grades of every topic first."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reading"]:
            self.print_readings()
        findings = check(timezone.localdate())
        for line in findings.warnings:
            self.stdout.write(self.style.WARNING(f"warning: {line}"))
        for line in findings.errors:
            self.stderr.write(self.style.ERROR(f"error: {line}"))
        self.stdout.write(f"{len(findings.errors)} errors, {len(findings.warnings)} warnings")
        if findings.errors:
            raise SystemExit(1)

    def print_readings(self) -> None:
        """Print each topic: grade of all words, grade without the explained ones, length, share."""
        readings = topic_readings()
        self.stdout.write(f"{'topic':<40} {'raw':>5} {'grade':>5} {'words':>5} {'explained':>9}")
        for one in readings:
            reading = one.reading
            self.stdout.write(
                f"{one.topic.slug:<40} {reading.raw:>5.1f} {reading.grade:>5.1f} "
                f"{one.length:>5} {reading.share:>9.1%}"
            )
        raw, grade = means(readings)
        self.stdout.write(f"{'mean of all topics':<40} {raw:>5.1f} {grade:>5.1f}")
