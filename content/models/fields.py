"""Text columns whose length is capped in forms and in the database."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class CappedTextField(models.TextField):
    """A TextField with a `max_length` that `full_clean()` and the database hold, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        if self.max_length is None:
            return None
        return f"LENGTH({connection.ops.quote_name(self.column)}) <= {int(self.max_length)}"
