"""Set the centre's name and numbers from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from content.models import Centre

FIELDS = ("name", "cancer_line", "emergency_number", "crisis_line")


class Command(BaseCommand):
    help = "Set the centre's name and the numbers to ring. What is not named stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        for field in FIELDS:
            parser.add_argument(f"--{field.replace('_', '-')}")

    def handle(self, *args: Any, **options: Any) -> None:
        centre = Centre.load()
        for field in FIELDS:
            if options[field] is not None:
                setattr(centre, field, options[field])
        centre.full_clean()
        centre.save()
        for field in FIELDS:
            self.stdout.write(f"{field}: {getattr(centre, field) or '-'}")
