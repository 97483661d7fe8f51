"""What the group of editors may do; migrations call this when a kind of row is new."""

from collections.abc import Iterable

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUP = "Editors"
EDITING = ("add", "change", "view")


def grant(
    apps: Apps,
    schema_editor: BaseDatabaseSchemaEditor,
    models: Iterable[str],
    actions: Iterable[str] = EDITING,
) -> None:
    """Let the editors do `actions` with these models of the content (lower-case names)."""
    # Permissions are made after all migrations; the group needs them now.
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    names = [f"{action}_{model}" for model in models for action in actions]
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="content", codename__in=names
    )
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(*permissions)
