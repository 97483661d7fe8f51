"""Load the content files into the database; what staff edited here is kept."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.files import ContentError
from content.loader import DATA, load


class Command(BaseCommand):
    help = "Load the guide and its catalogues; what was edited here is kept and reported."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=DATA)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load(options["directory"])
        except ContentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        for name in report.kept:
            self.stdout.write(f"kept as edited here: {name}")
        if report.kept:
            self.stdout.write('To choose: "Decide after an upgrade" in the workshop.')
        for name in report.deleted:
            self.stdout.write(f"stays deleted: {name}")
        self.stdout.write(
            f"{len(report.added)} added, {len(report.updated)} updated, "
            f"{len(report.kept)} kept, {report.unchanged} unchanged"
        )
