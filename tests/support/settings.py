"""The product's own settings in a throw-away place; only what tests must change is changed."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="cchc-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)

os.environ["CCHC_DATA"] = _data
for _name in ("CCHC_DEMO", "CCHC_PORT", "CCHC_SECRET_KEY_FILE"):
    os.environ.pop(_name, None)

from cchc.config.testing import *  # noqa: E402, F403
from cchc.config.testing import DATABASES  # noqa: E402

# A pool keeps connections to a database that a test wants to copy or drop.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
