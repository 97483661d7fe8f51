"""Editors read the translations in the workshop."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from content.editors import grant


def let_editors(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    grant(apps, schema_editor, ("translation",))


class Migration(migrations.Migration):
    dependencies = [("content", "0014_translations")]

    operations = [migrations.RunPython(let_editors, migrations.RunPython.noop)]
