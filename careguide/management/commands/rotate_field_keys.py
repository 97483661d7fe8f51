"""Write every encrypted value anew with the newest of FIELD_KEYS, so that older ones can go."""

from typing import Any

from django.core.management.base import BaseCommand

from careguide.account import encrypt_second_factors_anew


class Command(BaseCommand):
    help = "Encrypt with the newest of FIELD_KEYS what an older one encrypted."

    def handle(self, *args: Any, **options: Any) -> None:
        count = encrypt_second_factors_anew()
        self.stdout.write(f"{count} written anew. What is left of older keys ends within a day.")
