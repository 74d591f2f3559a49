"""What pages of this room show of people: a file may be about anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, OWN, Disclosing, Silence, exports, shows

_FILE: Final = "files.StoredFile"
DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "files:file": shows(_FILE, "Trang của tệp", "Page of a file", by="number"),
    "files:page": shows(_FILE, "Hình trang tệp", "Picture of a file's page", by="number"),
    "files:download": exports(_FILE, "Tải tệp", "Download of a file", by="number"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: ("files:cite", "files:describe", "files:judge", "files:uncite", "files:upload"),
    OWN: ("files:files",),
}
