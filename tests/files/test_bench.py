"""`cchc bench uploads` in small: pages and examiner at once, and what does not hold."""

from __future__ import annotations

import pytest

from cchc.bench import uploads
from cchc.bench.uploads import UploadFigures, p95

QUICK = tuple(float(milliseconds) for milliseconds in range(1, 101))


@pytest.mark.django_db
def test_pages_are_asked_for_alone_and_beside_hostile_files(settings, tmp_path, monkeypatch):
    settings.CCHC_DATA = tmp_path
    monkeypatch.setattr(uploads, "bombs", lambda: {"png": b"\x89PNG\r\n\x1a\n", "docx": b"PK", "xlsx": b"PK"})
    figures = uploads.run(pages=20, rounds=1)
    assert len(figures.alone) == len(figures.beside) == 20 and figures.examined > 0


@pytest.mark.django_db
def test_a_fault_of_the_examiner_is_no_measurement(settings, tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError("no process could be started")

    settings.CCHC_DATA = tmp_path
    monkeypatch.setattr(uploads, "bombs", lambda: {"png": b"", "docx": b"", "xlsx": b""})
    monkeypatch.setattr(uploads, "examine", fail)
    with pytest.raises(OSError, match="no process"):
        uploads.run(pages=20, rounds=1)


def test_pages_that_wait_for_the_examiner_do_not_hold():
    assert p95(QUICK) == pytest.approx(95.95)
    slower = tuple(1.6 * milliseconds for milliseconds in QUICK)
    assert UploadFigures(QUICK, QUICK, 1).holds
    assert not UploadFigures(QUICK, slower, 1).holds
    assert not UploadFigures(QUICK, QUICK, 0).holds


@pytest.mark.long
def test_the_hostile_files_are_small_and_would_be_large():
    sizes = {kind: len(content) for kind, content in uploads.bombs().items()}
    assert set(sizes) == {"png", "docx", "xlsx"} and max(sizes.values()) < 1_000_000
    assert uploads.bombs()["png"].startswith(b"\x89PNG")
