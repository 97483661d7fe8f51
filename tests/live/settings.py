"""The settings of the workers: those of production without TLS; checked passwords are counted."""

import os
from pathlib import Path

os.environ.setdefault("DEBUG", "0")

from tests.settings import *  # noqa: E402, F403

HASHER = "tests.live.settings.CountedHasher"
# A benchmark takes that of production.
PASSWORD_HASHERS = [os.environ.get("HASHER", HASHER)]
WHITENOISE_USE_FINDERS = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "careguide_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

from django.contrib.auth.hashers import MD5PasswordHasher  # noqa: E402


class CountedHasher(MD5PasswordHasher):
    """Adds a byte to a file for each password that it checks."""

    def verify(self, password: str, encoded: str) -> bool:
        with Path(os.environ["COUNTED"]).open("ab") as counted:
            counted.write(b"x")
        return super().verify(password, encoded)
