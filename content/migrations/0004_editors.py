"""The editors' group: add, change and look at what staff edit; delete nothing."""

from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUP = "Editors"
EDITED = (
    *("section", "topic", "suggestedquestion", "term", "visitkind", "source", "relevancerule"),
    *("symptom", "symptomanchor", "symptomsign", "symptomthreshold", "symptomwindowlevels"),
    *("calllevel", "callwindow", "measure", "combinationrule", "callsettings", "centre"),
    *("classification", "subtype", "phase", "stagefit"),
)


def make_group(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are made after all migrations; the group needs them now.
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permission = apps.get_model("auth", "Permission")
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    names = [f"{what}_{model}" for model in EDITED for what in ("add", "change", "view")]
    group.permissions.add(
        *permission.objects.filter(content_type__app_label="content", codename__in=names)
    )


def remove_group(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0003_pending_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(make_group, remove_group)]
