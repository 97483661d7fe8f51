"""The contents of the database, to see that nothing changed."""

import hashlib

from django.apps import apps

# Signing in and being seen is written down; that is no change of a record.
NOTED = {"Session", "UserSession"}


def contents_of_tables(*labels: str) -> dict[str, str]:
    """Return a digest of the rows of every model (of these apps, or of all)."""
    return {
        model.__name__: hashlib.sha256(
            repr(list(model.objects.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model.__name__ not in NOTED and (not labels or model._meta.app_label in labels)
    }
