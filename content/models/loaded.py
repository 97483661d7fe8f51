"""What was ever loaded from files, so that a row that staff deleted does not come back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedItem(models.Model):
    """One row of a content file, by the file's name and the row's own key in it."""

    file = models.CharField(max_length=80)
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "key"], name="content_loadeditem_file_key")
        ]
        # Nobody edits these rows; what may be done with all of them together is named here.
        permissions = [
            ("export_files", _("Can download all content as files")),
            ("import_files", _("Can load content from files")),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.key}"
