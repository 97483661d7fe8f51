"""Read and write the content files; what stands in them is told by content.file_format."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from content.file_format import Catalogue, Record

# The C versions are ten times faster; both are the safe ones.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SAFE_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# Our own files need six.
MAX_DEPTH = 20


class ContentError(Exception):
    """The files cannot be loaded. `messages` names file, slug and fault, one a line."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


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
    except (yaml.YAMLError, ValueError) as error:
        # A ValueError is a day that is none, or a number of thousands of digits.
        raise ContentError([f"{where}: not readable as YAML: {error}"]) from error


def refuse_hostile(text: str, where: str) -> None:
    """Raise ContentError for YAML that grows when it is read: aliases, or lists in lists in lists.

    Our own files have neither. Events are read one by one, so that nothing grows meanwhile.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=SAFE_LOADER):
            if isinstance(event, yaml.AliasEvent):
                raise ContentError([f"{where}: aliases (*name) are not allowed."])
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise ContentError([f"{where}: lists are nested too deeply."])
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
