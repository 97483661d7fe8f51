"""All content as one zip of the files it ships in, and such a zip back into the database."""

import io
import logging
import re
import stat
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import models, transaction
from django.utils.translation import gettext as _

from content.catalogue import rules
from content.file_format import CATALOGUES
from content.files import ContentError, refuse_hostile, split_front_matter
from content.loader import Report, export, load
from content.translations import translations

logger = logging.getLogger(__name__)

MAX_ZIP = 10_000_000
MAX_UNPACKED = 30_000_000
MAX_FILES = 2_000
CATALOGUE_FILES = {catalogue.file for catalogue in CATALOGUES} - {"guide"}
TOPIC = re.compile(r"guide/[0-9]{2}-[a-z0-9-]{1,80}/[a-z0-9-]{1,80}\.md", re.ASCII)
FOLDER = re.compile(r"guide/([0-9]{2}-[a-z0-9-]{1,80}/)?", re.ASCII)
# The same content gives the same zip.
ALWAYS = (1980, 1, 1, 0, 0, 0)


class CallLevelsChangeError(Exception):
    """The files would change a call level. `report` says what else they would do."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def pack() -> bytes:
    """Return exactly what `export_content` writes, as a zip."""
    packed = io.BytesIO()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        export(root)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(one for one in root.rglob("*") if one.is_file()):
                info = zipfile.ZipInfo(path.relative_to(root).as_posix(), ALWAYS)
                archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def load_zip(data: bytes, *, dry_run: bool) -> Report:
    """Load the files of a zip as edits made here; with `dry_run` only say what it would do.

    Raises ContentError with the faults, by file and slug, or CallLevelsChangeError; nothing is
    loaded then.
    """
    files = unpack(data)
    with TemporaryDirectory() as folder, transaction.atomic():
        root = Path(folder)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        report = _load_as_edits(root)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _load_as_edits(root: Path) -> Report:
    """Load, and let every row remember what was shipped and not what was uploaded.

    Otherwise the next upgrade would take what was uploaded for ours and put its own in its place.
    """
    judged = _judged()
    shipped = {one.model: _shipped(one.model) for one in CATALOGUES}
    try:
        report = load(root)
    except ContentError:
        raise
    except Exception as error:
        # Whatever else a file can do to the loader is a fault of the file.
        logger.warning("An uploaded file could not be loaded: %s", type(error).__name__)
        words = _("The files could not be loaded: %(error)s") % {"error": type(error).__name__}
        raise ContentError([words]) from error
    if _judged() != judged:
        # Undone with the transaction that this leaves.
        raise CallLevelsChangeError(report)
    for model, known in shipped.items():
        rows = [
            model(pk=pk, shipped=known.get(pk, {}))
            for pk, now in _shipped(model).items()
            if now != known.get(pk, {})
        ]
        model.objects.bulk_update(rows, ["shipped"], batch_size=50)
    return report


def _judged() -> tuple[str, dict]:
    """What no file may change: the rules, and how they are worded in other languages."""
    return rules().version, translations()


def _shipped(model: type[models.Model]) -> dict[int, dict]:
    return dict(model.objects.values_list("pk", "shipped"))


# --- Reading a zip from outside -------------------------------------------------------------------
def unpack(data: bytes) -> dict[str, str]:
    """Return the texts of a zip by their names. Raises ContentError, with every fault it finds."""
    if len(data) > MAX_ZIP:
        raise ContentError([_("The file is too large.")])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive)
            return {info.filename: _text(archive, info) for info in members}
    except ContentError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError) as error:
        raise ContentError([_("This is not a zip file that can be read.")]) from error
    except Exception as error:
        logger.warning("An uploaded zip could not be read: %s", type(error).__name__)
        raise ContentError([_("This is not a zip file that can be read.")]) from error


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of the zip. No name but those of our own files is taken."""
    infos = archive.infolist()
    if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise ContentError([_("There is too much in this file.")])
    members = [info for info in infos if not FOLDER.fullmatch(info.filename)]
    faults = [fault for info in members if (fault := _fault(info))]
    names = [info.filename for info in members]
    faults += [f"{name}: {_('stands there twice.')}" for name in {*names} if names.count(name) > 1]
    if not members:
        faults.append(_("There is no file of the guide in it."))
    if faults:
        raise ContentError(faults[:50])
    return members


def _fault(info: zipfile.ZipInfo) -> str:
    """Return why a file of the zip is not taken, or nothing."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.filename not in CATALOGUE_FILES and not TOPIC.fullmatch(info.filename):
        return f"{info.filename[:200]}: {_('is none of the files of the guide.')}"
    if kind not in (0, stat.S_IFREG):
        return f"{info.filename}: {_('is no plain file.')}"
    if info.flag_bits & 0x1:
        return f"{info.filename}: {_('is locked by a password.')}"
    return ""


def _text(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """Return the text of one file; its size was told by the zip, and a zip may lie."""
    with archive.open(info) as member:
        raw = member.read(info.file_size + 1)
    if len(raw) > info.file_size:
        raise ContentError([_("There is too much in this file.")])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([f"{info.filename}: {_('is not written in UTF-8.')}"]) from error
    if "\x00" in text:
        raise ContentError([f"{info.filename}: {_('is not a text.')}"])
    head = split_front_matter(text)[0] if info.filename.endswith(".md") else text
    refuse_hostile(head or "", info.filename)
    return text
