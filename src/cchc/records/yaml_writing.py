"""Writing YAML whose codes and words any reader takes as text, and whose numbers and days look as people write them."""

from __future__ import annotations

from typing import Any

import yaml

from cchc.records.trees import Plain


class TextDumper(yaml.SafeDumper):
    """Quotes text that a YAML reader would take for something else; `Plain` text stands bare. No anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_plain(dumper: yaml.SafeDumper, text: Plain) -> yaml.ScalarNode:
    tag: str = dumper.resolve(yaml.ScalarNode, str(text), (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, str(text))


TextDumper.add_representer(Plain, _write_plain)
