"""Symptoms with their scores, signs and limits. A row of a rule is never deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.admin.base import REVIEW, ContentAdmin, RowForm
from content.admin.relevance import RelevanceInline
from content.admin.rows import RowsInline, label_itself
from content.call_rules import SCORES
from content.models import (
    Measure,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
    SymptomWindowLevels,
    touch_content,
)
from content.rendering import Renderer


class AnchorFormSet(BaseInlineFormSet):
    """The meanings of the scores: all five, or none where nothing is scored."""

    def clean(self) -> None:
        super().clean()
        scores = sorted(
            form.cleaned_data["score"]
            for form in self.forms
            if form.is_valid() and "score" in form.cleaned_data
        )
        wanted = list(SCORES) if self.instance.kind == Symptom.Kind.SCORED or scores else []
        if not any(form.errors for form in self.forms) and scores != wanted:
            raise ValidationError(_("A scale needs one meaning for each of 0, 1, 2, 3 and 4."))


class AnchorInline(RowsInline):
    model = SymptomAnchor
    formset = AnchorFormSet
    fields = ("score", "text", "level")
    max_num = len(SCORES)


class SignForm(RowForm):
    """The slug of a sign stays: patients' entries name it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = bool(self.instance.pk)


class SignInline(RowsInline):
    model = SymptomSign
    form = SignForm
    fields = ("text", "level", "level_by_window", "slug")


class ThresholdForm(RowForm):
    """A limit in a unit of its measure; the sign it waits for is one of this symptom."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        measure = Measure.objects.filter(slug=cleaned.get("measure", "")).first()
        if measure and cleaned.get("unit") not in measure.units:
            units = ", ".join(measure.units)
            self.add_error("unit", _("One of: %(units)s.") % {"units": units})
        return cleaned


class ThresholdInline(RowsInline):
    model = SymptomThreshold
    form = ThresholdForm
    fields = (
        *("measure", "op", "value", "unit", "level"),
        *("when_window", "when_sign", "replace_by"),
    )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        signs = obj.signs.values_list("slug", "text") if obj else []
        before = formset.form.base_fields["when_sign"]
        formset.form.base_fields["when_sign"] = field = forms.ChoiceField(
            choices=[("", "---"), *signs], required=False, label=before.label
        )
        label_itself(field)
        return formset


class WindowLevelsInline(RowsInline):
    model = SymptomWindowLevels
    fields = ("window", "levels")


@admin.register(Symptom)
class SymptomAdmin(ContentAdmin):
    slug_from = "name"
    fixed = ("kind", "area")
    list_display = ("name", "kind", "area", "status", "review_due")
    list_filter = ("status", "kind", "area")
    search_fields = ("slug", "name", "search_text")
    inlines = (AnchorInline, SignInline, ThresholdInline, WindowLevelsInline, RelevanceInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "area", "status", "do_now", "do_not")}),
        (
            gettext_lazy("Rules of the whole symptom"),
            {"fields": ("score_from", "after_rule", "after_levels")},
        ),
        (gettext_lazy("Where it is explained"), {"fields": ("topics", "sections")}),
        REVIEW,
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            highest = Symptom.objects.aggregate(highest=Max("number"))["highest"]
            obj.number = (highest or 0) + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        symptom = Symptom.objects.get(pk=form.instance.pk)
        # Its search words hold the words of the rows that were saved just now.
        symptom.render(Renderer.load())
        Symptom.objects.filter(pk=symptom.pk).update(search_text=symptom.search_text)
        touch_content()
