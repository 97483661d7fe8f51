"""The database itself keeps the access log: no line is changed, and none goes before its journey.

What may change is a name that goes with its account. A later migration that lets SQLite rebuild the
table must make the triggers anew; `tests/journeys/test_access_log_is_kept.py` notices.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    """
    CREATE TRIGGER journeys_accessevent_kept BEFORE DELETE ON journeys_accessevent
    WHEN EXISTS (SELECT 1 FROM journeys_journey WHERE id = OLD.journey_id AND NOT is_going)
    BEGIN SELECT RAISE(ABORT, 'the access log is kept as it is'); END
    """,
    """
    CREATE TRIGGER journeys_accessevent_as_it_is BEFORE UPDATE ON journeys_accessevent
    WHEN NEW.id IS NOT OLD.id OR NEW.journey_id IS NOT OLD.journey_id OR NEW.kind IS NOT OLD.kind
      OR NEW.area IS NOT OLD.area OR NEW.at IS NOT OLD.at
      OR (NEW.actor_id IS NOT OLD.actor_id AND NEW.actor_id IS NOT NULL)
      OR (NEW.about_id IS NOT OLD.about_id AND NEW.about_id IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'the access log is kept as it is'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION journeys_accessevent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM journeys_journey WHERE id = OLD.journey_id AND NOT is_going) THEN
          RAISE EXCEPTION 'the access log is kept as it is';
        END IF;
        RETURN OLD;
      END IF;
      IF (NEW.id, NEW.journey_id, NEW.kind, NEW.area, NEW.at)
          IS DISTINCT FROM (OLD.id, OLD.journey_id, OLD.kind, OLD.area, OLD.at)
        OR (NEW.actor_id IS DISTINCT FROM OLD.actor_id AND NEW.actor_id IS NOT NULL)
        OR (NEW.about_id IS DISTINCT FROM OLD.about_id AND NEW.about_id IS NOT NULL) THEN
        RAISE EXCEPTION 'the access log is kept as it is';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER journeys_accessevent_kept BEFORE UPDATE OR DELETE ON journeys_accessevent
    FOR EACH ROW EXECUTE FUNCTION journeys_accessevent_guard()
    """,
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER journeys_accessevent_kept",
        "DROP TRIGGER journeys_accessevent_as_it_is",
    ),
    "postgresql": (
        "DROP TRIGGER journeys_accessevent_kept ON journeys_accessevent",
        "DROP FUNCTION journeys_accessevent_guard()",
    ),
}


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def let_go(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0017_access_log_kept"),
    ]

    operations = [migrations.RunPython(guard, let_go, elidable=False)]
