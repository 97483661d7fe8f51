"""Write the content of the database as files, in the format that load_content reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from content.loader import export


class Command(BaseCommand):
    help = "Write the guide and its catalogues as files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        export(options["directory"])
        self.stdout.write(f"written to {options['directory']}")
