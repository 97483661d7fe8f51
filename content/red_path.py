"""When to call and whom: the page that needs no sign-in, and the same for own numbers."""

from dataclasses import dataclass
from typing import Any

from content.call_levels import red_list
from content.call_rules import Level, LevelText, Rules
from content.catalogue import rules as load_rules
from content.models import Centre


@dataclass(frozen=True)
class LevelSigns:
    """A call level in words with the signs that lead to it."""

    level: LevelText
    signs: tuple[str, ...]


def is_signed(centre: Centre, rules: Rules) -> bool:
    """Whether the centre signed the call levels as they are now."""
    return bool(
        centre.call_levels_signed_by
        and centre.call_levels_signed_on
        and centre.call_levels_signed_version == rules.version
    )


def red_line(rules: Rules) -> dict[str, str]:
    """Return the signs that never wait in short, one line for each level, by its slug."""
    texts = rules.settings.texts
    return {level: texts.get(f"red_line_{level}", "") for level in (Level.AMBULANCE, Level.NOW)}


def red_signs(rules: Rules) -> list[LevelSigns]:
    """Return the red list, grouped by what to do, the most urgent first."""
    return by_level([(one.level, one.text) for one in red_list(rules)], rules)


def red_path_context(**own_numbers: str) -> dict[str, Any]:
    """Return what `content/_red_path.html` shows.

    `own_numbers` (cancer_line, emergency_number, crisis_line) come before those of the centre.
    """
    centre, rules = Centre.load(), load_rules()
    numbers = {
        name: own_numbers.get(name) or getattr(centre, name)
        for name in ("cancer_line", "emergency_number", "crisis_line")
    }
    return {
        **numbers,
        "centre_name": centre.name,
        "red_list": red_signs(rules),
        "same_day": rules.levels.get(Level.SAME_DAY),
        "signed": is_signed(centre, rules),
        "signed_by": centre.call_levels_signed_by,
        "signed_on": centre.call_levels_signed_on,
    }


def by_level(signs: list[tuple[Level, str]], rules: Rules) -> list[LevelSigns]:
    """Group texts by their level, the most urgent first."""
    grouped: dict[Level, list[str]] = {}
    for level, text in signs:
        grouped.setdefault(level, []).append(text)
    return [
        LevelSigns(rules.levels.get(level) or LevelText(level, level.label, ""), tuple(texts))
        for level, texts in sorted(grouped.items(), key=lambda pair: -pair[0].rank)
    ]
