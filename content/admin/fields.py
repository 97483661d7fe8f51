"""Form fields for the lists that rows keep as JSON: boxes to tick, lines of text, five levels."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from content.call_rules import SCORES, Level

Choices = Sequence[tuple[Any, Any]]


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, side by side; as a group with its name where nothing else tells it."""

    label: Any = ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "boxes", **(attrs or {})})

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        boxes = super().render(*args, **kwargs)
        if not self.label:
            return boxes
        return format_html('<div role="group" aria-label="{}">{}</div>', self.label, boxes)


class LongBoxes(Boxes):
    """Many boxes, in a frame that scrolls; those that are ticked stand first."""

    def __init__(self) -> None:
        super().__init__({"class": "boxes long"})

    def optgroups(self, *args: Any, **kwargs: Any) -> list[Any]:
        groups = super().optgroups(*args, **kwargs)
        return sorted(groups, key=lambda group: not group[1][0]["selected"])


class SlugListField(forms.TypedMultipleChoiceField):
    """A list of slugs, chosen by their names. The order of what stays is kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"empty_value": [], "widget": Boxes, **options})
        self.widget.label = self.label


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = AdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class LevelsByWindowField(forms.CharField):
    """A level for each of some windows, one on each line: `steroid: now`."""

    widget = AdminTextareaWidget

    def __init__(self, *, windows: Iterable[str], **options: Any) -> None:
        super().__init__(**options)
        self.windows = {*windows, "any"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{window}: {level}" for window, level in value.items())

    def to_python(self, value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return value
        found = {}
        for line in str(value or "").splitlines():
            if line.strip():
                window, _colon, level = (part.strip() for part in line.partition(":"))
                if window not in self.windows or level not in Level.values:
                    raise ValidationError(
                        _("“%(line)s” is not a window and a level, such as “steroid: now”."),
                        params={"line": line.strip()},
                    )
                found[window] = level
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True


class FiveLevelsWidget(forms.MultiWidget):
    """Five choices in one line, named by their scores."""

    def __init__(self, choices: Choices) -> None:
        labels = [_("Level for the score %(score)s") % {"score": score} for score in SCORES]
        super().__init__([forms.Select({"aria-label": one}, choices) for one in labels])

    def decompress(self, value: Any) -> list[str]:
        return list(value) if value else [""] * len(SCORES)


class FiveLevelsField(forms.MultiValueField):
    """The levels of the scores 0 to 4."""

    def __init__(self, **options: Any) -> None:
        choices = [("", "---"), *Level.choices]
        super().__init__(
            fields=[forms.ChoiceField(choices=choices, required=False) for _score in SCORES],
            widget=FiveLevelsWidget(choices),
            require_all_fields=False,
            **options,
        )

    def compress(self, data_list: list[str]) -> list[str]:
        if any(data_list) and not all(data_list):
            raise ValidationError(_("Give five levels, for the scores 0 to 4."))
        return list(data_list) if all(data_list) else []

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != [level for level in data or [] if level]


class MarkdownArea(AdminTextareaWidget):
    """A text area with the real rendering beside it, made anew by the server while one types."""

    def __init__(self, label: Any, *, shift: int = 0) -> None:
        super().__init__(attrs={"class": "vLargeTextField markdown"})
        self.label, self.shift = label, shift

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        address = f"{reverse('admin:markdown_preview')}?field={name}&shift={self.shift}"
        htmx = {
            "hx-post": address,
            "hx-trigger": "load, input changed delay:400ms",
            "hx-target": f"#preview-{name}",
            "hx-params": f"{name},csrfmiddlewaretoken",
            "hx-sync": "closest form:queue all",
        }
        area = super().render(name, value, {**(attrs or {}), **htmx}, renderer)
        return format_html(
            '<div class="markdown-pair">{}'
            '<div class="markdown-preview" tabindex="0" role="region" aria-label="{}">'
            '<p class="help">{}</p><div id="preview-{}" hx-disable></div></div></div>',
            area,
            _("How it will look: %(field)s") % {"field": self.label},
            _("How it will look"),
            name,
        )


def in_kept_order(before: Iterable[Any], chosen: Iterable[Any]) -> list[Any]:
    """Return what was chosen: first what was there, in its order, then what is new."""
    chosen, before = list(chosen), list(before)
    return [one for one in before if one in chosen] + [one for one in chosen if one not in before]
