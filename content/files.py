"""The content files: what stands in which file, read and written in one format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import models

from content.models import (
    CallLevel,
    CallSettings,
    CallWindow,
    Classification,
    CombinationRule,
    Measure,
    Phase,
    RelevanceRule,
    Section,
    Source,
    StageFit,
    Subtype,
    SuggestedQuestion,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
    SymptomWindowLevels,
    Term,
    Topic,
    VisitKind,
)

Record = dict[str, Any]

# The C versions are ten times faster; both are the safe ones.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SAFE_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(SAFE_DUMPER):
    """Writes plain lists in one line, and texts of several lines as such."""


_Dumper.add_representer(
    list,
    lambda dumper, data: dumper.represent_sequence(
        "tag:yaml.org,2002:seq",
        data,
        flow_style=not any(isinstance(one, list | dict) for one in data),
    ),
)
_Dumper.add_representer(
    str,
    lambda dumper, data: dumper.represent_scalar(
        "tag:yaml.org,2002:str", data, style="|" if "\n" in data else None
    ),
)

STATE = ("status", "order")
CHECKED = ("sources", "certainty", "facts_checked_on", "reviewed_on", "reviewer", "review_due")
# Written only when they say something.
TERSE = {"reviewed_on", "reviewer"}


class ContentError(Exception):
    """The files cannot be loaded. `messages` names file, slug and fault, one a line."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


@dataclass(frozen=True)
class Child:
    """A list inside a record whose entries are rows of their own and stand or fall together."""

    name: str
    model: type[models.Model]
    parent: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """One kind of record: its file, the list in that file, its model and its columns."""

    file: str
    model: type[models.Model]
    fields: tuple[str, ...]
    inside: str = ""
    key: tuple[str, ...] = ("slug",)
    children: tuple[Child, ...] = ()
    # Columns that hold a row of another catalogue; files name it by its slug.
    links: dict[str, type[models.Model]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.file}:{self.inside}" if self.inside else self.file

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.key, *self.fields)))

    def key_of(self, record: Record) -> str:
        return "--".join(str(record.get(name) or "") for name in self.key)


def relevance_of(parent: str) -> Child:
    return Child("relevance", RelevanceRule, parent, (*RelevanceRule.DIMENSIONS, "weight"))


CATALOGUES = (
    Catalogue("sources.yaml", Source, ("title", "publisher", "year", "url", "note"), key=("key",)),
    Catalogue(
        "taxonomy.yaml",
        Classification,
        ("name", "description", "because", "gentle", *STATE, *CHECKED),
        inside="classifications",
    ),
    Catalogue(
        "taxonomy.yaml",
        Subtype,
        ("axis", "name", "description", "because", *STATE, *CHECKED),
        inside="subtypes",
    ),
    Catalogue(
        "taxonomy.yaml",
        Phase,
        (
            *("name", "also_called", "alongside", "because", "what", "length", "usual_drugs"),
            *("usual_visits", "next", "next_text", "caregiver", *STATE, *CHECKED),
        ),
        inside="phases",
    ),
    Catalogue(
        "taxonomy.yaml",
        StageFit,
        ("fit", "note", *STATE, *CHECKED),
        inside="stage_fits",
        key=("classification", "phase"),
    ),
    Catalogue(
        "sections.yaml",
        Section,
        ("number", "title", "summary", "source_label", *STATE),
    ),
    Catalogue(
        "guide",
        Topic,
        (
            *("section", "title", "order", "status", "summary", "changed_since_2013"),
            *(*CHECKED, "numbers", "body"),
        ),
        children=(relevance_of("topic"),),
        links={"section": Section},
    ),
    Catalogue(
        "questions.yaml",
        SuggestedQuestion,
        ("text", "theme", "topic", *STATE, *CHECKED),
        children=(relevance_of("question"),),
    ),
    Catalogue("glossary.yaml", Term, ("term", "aliases", "definition", "topic", *STATE, *CHECKED)),
    Catalogue(
        "visits.yaml",
        VisitKind,
        ("name", "what", "prepare", "bring", "after", *STATE, *CHECKED),
    ),
    Catalogue("call_rules.yaml", CallLevel, ("name", "act", *STATE, *CHECKED), inside="levels"),
    Catalogue(
        "call_rules.yaml",
        CallWindow,
        (
            *("name", "question", "length", "days", "hours", "counts_as_any"),
            *("unknown_present_in", *STATE, *CHECKED),
        ),
        inside="windows",
    ),
    Catalogue(
        "call_rules.yaml",
        Measure,
        (
            *("name", "units", "plausible", "methods", "computed_from", "remark"),
            *(*STATE, *CHECKED),
        ),
        inside="measures",
    ),
    Catalogue(
        "call_rules.yaml",
        CombinationRule,
        ("text", "level", "conditions", "enabled", "remark", *STATE, *CHECKED),
        inside="combinations",
    ),
    Catalogue(
        "call_rules.yaml", CallSettings, ("version", "values", *STATE, *CHECKED), inside="settings"
    ),
    Catalogue(
        "symptoms.yaml",
        Symptom,
        (
            *("number", "name", "kind", "area", "do_now", "do_not", "score_from", "after_rule"),
            *("after_levels", "topics", "sections", *STATE, *CHECKED),
        ),
        children=(
            Child("anchors", SymptomAnchor, "symptom", ("score", "text", "level")),
            Child("signs", SymptomSign, "symptom", ("slug", "text", "level", "level_by_window")),
            Child(
                "thresholds",
                SymptomThreshold,
                "symptom",
                (
                    *("measure", "op", "value", "unit", "level", "when_window", "when_sign"),
                    "replace_by",
                ),
            ),
            Child("window_levels", SymptomWindowLevels, "symptom", ("window", "levels")),
            relevance_of("symptom"),
        ),
    ),
)


# --- Reading ----------------------------------------------------------------------------------
def read(directory: Path, catalogue: Catalogue) -> list[tuple[str, Record]]:
    """Return (where, record) for each record of the catalogue; `where` names the file.

    Raises ContentError when a file is not the expected YAML.
    """
    if catalogue.file == "guide":
        return list(_read_topics(directory / "guide"))
    path = directory / catalogue.file
    if not path.exists():
        return []
    data = _parse(path.read_text(encoding="utf-8"), path.name)
    if catalogue.inside:
        data = (data or {}).get(catalogue.inside)
    if not isinstance(data or [], list) or not all(isinstance(one, dict) for one in data or []):
        raise ContentError([f"{catalogue.name}: expected a list of records."])
    return [(catalogue.name, record) for record in data or []]


def _read_topics(folder: Path) -> Iterator[tuple[str, Record]]:
    for path in sorted(folder.glob("*/*.md")):
        where = f"guide/{path.parent.name}/{path.name}"
        number, _dash, section = path.parent.name.partition("-")
        head, text = split_front_matter(path.read_text(encoding="utf-8"))
        if not number.isdigit() or not section or head is None:
            raise ContentError([f"{where}: expected <NN>-<section>/<topic>.md with front matter."])
        record = _parse(head, where)
        if not isinstance(record, dict):
            raise ContentError([f"{where}: the front matter is not a mapping."])
        yield where, {"slug": path.stem, "section": section, **record, "body": text}


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return (front matter, rest); None when the text does not begin with `---`."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        return None, text
    end = lines.index("---", 1)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])


def _parse(text: str, where: str) -> Any:
    try:
        return yaml.load(text, Loader=SAFE_LOADER)  # noqa: S506 (it is a safe loader)
    except yaml.YAMLError as error:
        raise ContentError([f"{where}: not readable as YAML: {error}"]) from error


# --- Writing ----------------------------------------------------------------------------------
def write(directory: Path, catalogues: list[tuple[Catalogue, list[Record]]]) -> None:
    """Write all records of all catalogues below `directory`, and drop topics that are gone."""
    directory.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {}
    for catalogue, records in catalogues:
        if catalogue.file == "guide":
            _write_topics(directory / "guide", records)
            continue
        if catalogue.inside:
            files.setdefault(catalogue.file, {})[catalogue.inside] = records
        else:
            files[catalogue.file] = records
    for name, data in files.items():
        (directory / name).write_text(_dump(data), encoding="utf-8")


def _write_topics(folder: Path, records: list[Record]) -> None:
    written = set()
    for record in records:
        head = dict(record)
        path = folder / head.pop("folder") / f"{head.pop('slug')}.md"
        body = head.pop("body")
        head.pop("section")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{_dump(head)}---\n{body}\n", encoding="utf-8")
        written.add(path)
    for path in set(folder.glob("[0-9][0-9]-*/*.md")) - written:
        path.unlink()


def _dump(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
