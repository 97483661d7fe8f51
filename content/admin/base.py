"""What every page of the workshop shares: nothing is deleted, nobody's text is lost."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from content.admin.choices import field_of, markdown_area
from content.admin.fields import LinesField, SlugListField, in_kept_order
from content.admin.history import set_differences
from content.admin.saving import look_over, tell
from content.models import PendingChange, Status, touch_content
from content.second_look import CHILDREN, hold, may_hide

REVIEW = (
    gettext_lazy("Sources and review"),
    {
        "fields": (
            *("sources", "certainty", "facts_checked_on", "reviewed_on", "reviewer"),
            *("review_due", "order", "seen"),
        )
    },
)


class RowForm(forms.ModelForm):
    """A form whose lists keep what is stored, even when it is offered no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            stored = self.initial.get(name) or []
            if isinstance(field, SlugListField | forms.ChoiceField):
                wanted = stored if isinstance(stored, list) else [stored]
                known = {str(value) for value, _label in field.choices}
                gone = [(one, _("%(name)s (archived)") % {"name": one}) for one in wanted
                        if str(one) not in known]  # fmt: skip
                if gone:
                    field.choices = [*field.choices, *gone]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, SlugListField) and name in cleaned:
                cleaned[name] = in_kept_order(self.initial.get(name) or [], cleaned[name])
            elif isinstance(cleaned.get(name), str) and not isinstance(field, LinesField):
                # Browsers send line ends of their own; the files have one kind.
                cleaned[name] = cleaned[name].replace("\r\n", "\n")
        return cleaned


class ContentForm(RowForm):
    """The form of a row. It knows which state of the row its editor has seen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    conflict = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is to be mended before a draft is published.
        self.notes: list[str] = []
        if self.instance.pk:
            self.initial["seen"] = self._state().isoformat()

    def _state(self) -> Any:
        """Return when the row was changed last; while it is being saved nobody else may."""
        rows = type(self.instance).objects.filter(pk=self.instance.pk)
        return (rows.select_for_update() if self.is_bound else rows).values_list(
            "updated_at", flat=True
        )[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen") != self.initial["seen"]:
            self.conflict = True
            # The next save knows what stands there now.
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.initial["seen"]
            self.add_error(
                None, _("Somebody else has changed this row meanwhile. Nothing is saved yet.")
            )
        return cleaned

    def full_clean(self) -> None:
        """Clean, and then look over the row as it would stand."""
        super().full_clean()
        if self.is_bound:
            self.notes = look_over(self)

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        rows = type(self.instance).objects.filter(slug=slug, language=self.instance.language)
        if rows.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a row with this slug already."))
        return slug

    def clean_status(self) -> str:
        return self._visible("status", self.cleaned_data["status"] == Status.PUBLISHED)

    def clean_enabled(self) -> bool:
        return self._visible("enabled", self.cleaned_data["enabled"])

    def _visible(self, name: str, stays: bool) -> Any:
        row = type(self.instance).objects.filter(pk=self.instance.pk).first()
        was = row and (row.status == Status.PUBLISHED and getattr(row, "enabled", True))
        if was and not stays and not may_hide(row):
            raise forms.ValidationError(
                _("This row tells people to call now. It cannot be archived or switched off.")
            )
        return self.cleaned_data[name]


class FixedRows:
    """Editors add none of these rows: code knows them by their slugs, or readers send them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class HoldingMixin:
    """Gives lists their fields, and keeps back what needs a second editor."""

    form = RowForm

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if field := field_of(db_field):
            return field
        if widget := markdown_area(db_field):
            kwargs["widget"] = widget
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class WorkshopAdmin(HoldingMixin, SimpleHistoryAdmin):
    """Rows with their history, restored from it, and with what waits for a second editor."""

    object_history_list_template = "admin/content/_history.html"
    object_history_template = "admin/content/history.html"
    object_history_form_template = "admin/content/restore.html"
    change_form_template = "admin/content/change_form.html"
    history_list_per_page = 20
    list_per_page = 50

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        shown = obj is not None and getattr(obj, "status", "") == Status.PUBLISHED
        return obj.get_absolute_url() if shown and hasattr(obj, "get_absolute_url") else None

    # --- Saving -------------------------------------------------------------------------------
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self.hold(request, obj)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        for row in rows:
            if row.pk is None or not self.hold(request, row) or _differs(row):
                row.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Relevance rules say nothing by themselves when they are saved.
        touch_content()

    def hold(self, request: HttpRequest, row: models.Model) -> bool:
        """Keep back what needs a second editor, and say so."""
        pending = hold(row, request.user)
        if pending:
            words = _("Waits until a second editor confirms it: %(what)s")
            messages.warning(request, words % {"what": pending.what})
        return pending is not None

    # --- The pages ----------------------------------------------------------------------------
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context.get("original")
        form = context["adminform"].form
        context |= {
            "has_file_field": False,
            "can_look": hasattr(self.model, "get_absolute_url"),
            "pending": list(pending_of(obj)) if obj else [],
            "conflicts": _conflicts(context) if getattr(form, "conflict", False) else [],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, **kwargs: Any
    ) -> None:
        set_differences(historical_records)

    def history_form_view_title(self, request: HttpRequest, obj: Any) -> str:
        return _("Earlier version: %(row)s") % {"row": obj}

    @transaction.atomic
    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().history_form_view(request, *args, **kwargs)


class ContentAdmin(WorkshopAdmin):
    """Rows are archived, never deleted: patients' records name them."""

    form = ContentForm
    list_display = ("__str__", "status", "review_due")
    list_filter = ("status",)
    search_fields = ("slug",)
    slug_from = ""
    # Set for good when the row is made.
    fixed: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        extra = ("slug", *self.fixed) if obj else ()
        return (*super().get_readonly_fields(request, obj), *extra)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj or not self.slug_from else {"slug": (self.slug_from,)}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell(request, form.instance, form.notes)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        return self._look(request, obj) or super().response_add(request, obj, *args, **kw)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._look(request, obj) or super().response_change(request, obj)

    def _look(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """After 'Save and look at the page': the page, or the form where there is none yet."""
        if "_look" not in request.POST:
            return None
        form = reverse(f"admin:content_{self.opts.model_name}_change", args=[obj.pk])
        return HttpResponseRedirect(self.get_view_on_site_url(obj) or form)


def pending_of(row: models.Model) -> models.QuerySet:
    """Return what waits for a second editor in this row and in those that belong to it."""
    wanted = models.Q(model=row._meta.model_name, row=row.pk)
    for name in CHILDREN:
        if hasattr(row, name):
            rows = getattr(row, name)
            wanted |= models.Q(
                model=rows.model._meta.model_name, row__in=rows.values_list("pk", flat=True)
            )
    return PendingChange.objects.open().filter(wanted)


def _differs(row: models.Model) -> bool:
    """Whether anything is left to save once the rest was kept back."""
    before = type(row)._default_manager.filter(pk=row.pk).values().first()
    return any(getattr(row, name) != value for name, value in before.items())


def _conflicts(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every field in which this editor's text is not the one that stands there now."""
    forms_of_page = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms_of_page += inline.formset.initial_forms
    return [
        {
            "label": form[name].label,
            "theirs": form.fields[name].prepare_value(form.initial.get(name)),
            "mine": form[name].value(),
        }
        for form in forms_of_page
        for name in form.changed_data
        if name != "seen"
    ]
