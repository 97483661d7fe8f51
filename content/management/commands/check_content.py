"""Check that the content is whole: sources, dates, links, slugs, figures in their place."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.checks import check


class Command(BaseCommand):
    help = "Fail on a missing source, a dead link or a wrong slug; warn of overdue reviews."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = check(timezone.localdate())
        for line in findings.warnings:
            self.stdout.write(self.style.WARNING(f"warning: {line}"))
        for line in findings.errors:
            self.stderr.write(self.style.ERROR(f"error: {line}"))
        self.stdout.write(f"{len(findings.errors)} errors, {len(findings.warnings)} warnings")
        if findings.errors:
            raise SystemExit(1)
