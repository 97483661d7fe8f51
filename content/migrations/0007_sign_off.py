"""Sign-offs, the review list, and who may work with them and with the content files."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import content.models.fields

GROUP = "Editors"
GIVEN = (
    *("add_signoff", "view_signoff", "add_reviewpoint", "change_reviewpoint", "view_reviewpoint"),
    *("export_files", "import_files"),
)


def give_permissions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are made after all migrations; the group needs them now.
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permission = apps.get_model("auth", "Permission")
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(
        *permission.objects.filter(content_type__app_label="content", codename__in=GIVEN)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_editors_of_catalogues"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.CharField(max_length=64, verbose_name="version of the call levels"),
                ),
                (
                    "sheet_number",
                    models.CharField(
                        max_length=9,
                        validators=[django.core.validators.MinLengthValidator(9)],
                        verbose_name="number on the signed sheet",
                    ),
                ),
                ("sheet", models.JSONField(verbose_name="sheet")),
                (
                    "signed_by",
                    models.CharField(max_length=120, verbose_name="name of the clinician"),
                ),
                ("role", models.CharField(max_length=78, verbose_name="role of the clinician")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("recorded_by", models.CharField(max_length=300, verbose_name="recorded by")),
                (
                    "recorded_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="recorded at"),
                ),
            ],
            options={
                "verbose_name": "sign-off",
                "verbose_name_plural": "sign-offs",
                "ordering": ["-recorded_at", "-pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="loadeditem",
            options={
                "permissions": [
                    ("export_files", "Can download all content as files"),
                    ("import_files", "Can load content from files"),
                ]
            },
        ),
        migrations.CreateModel(
            name="HistoricalReviewPoint",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                ("theme", models.CharField(max_length=80, verbose_name="theme")),
                (
                    "text",
                    content.models.fields.CappedTextField(
                        help_text="Markdown.", max_length=2000, verbose_name="what to decide"
                    ),
                ),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "settled_by",
                    models.CharField(blank=True, max_length=200, verbose_name="decided by"),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                (
                    "note",
                    content.models.fields.CappedTextField(
                        blank=True,
                        help_text="And where it stands now.",
                        max_length=2000,
                        verbose_name="what was decided",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical point to review",
                "verbose_name_plural": "historical points to review",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReviewPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                ("theme", models.CharField(max_length=80, verbose_name="theme")),
                (
                    "text",
                    content.models.fields.CappedTextField(
                        help_text="Markdown.", max_length=2000, verbose_name="what to decide"
                    ),
                ),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "settled_by",
                    models.CharField(blank=True, max_length=200, verbose_name="decided by"),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                (
                    "note",
                    content.models.fields.CappedTextField(
                        blank=True,
                        help_text="And where it stands now.",
                        max_length=2000,
                        verbose_name="what was decided",
                    ),
                ),
                ("shipped", models.JSONField(blank=True, default=dict, editable=False)),
            ],
            options={
                "verbose_name": "point to review",
                "verbose_name_plural": "points to review",
                "ordering": ["order", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_by", ""), ("settled_on", None)),
                            models.Q(
                                models.Q(("settled_by", ""), _negated=True),
                                ("settled_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="content_reviewpoint_settled",
                        violation_error_message="A decision needs a name and a day.",
                    )
                ],
            },
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
