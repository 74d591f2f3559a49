"""The partitions of a log on Apache Spark, the same function unchanged. Needs the extra `cchc[spark]` and Java 17.

The log itself is read here, once: the number of a row is its place in the file. Spark takes over the staged events, and
the folder they lie in has to be seen under the same path by every machine that takes part. A sum is right only when
all events of a dossier are in one partition and a partition is computed in one call; Spark splits both unless told.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from cchc.ledger.engines import Engine, Tell, Work
from cchc.ledger.events import EVENTS
from cchc.records.errors import DomainError, unreadable

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import SparkSession

_NEEDED: Final = ("pyspark", "pyarrow", "pandas")
_EVENTS_EACH: Final = 250_000  # on average: hashes fill some partitions more than others
_FEWEST: Final = 8
_ANSWER: Final = "partition long, events long, refusal binary"
# Set by whoever brings a cluster: `PYSPARK_SUBMIT_ARGS`, or spark-submit itself.
_SUBMITTED: Final = ("PYSPARK_SUBMIT_ARGS", "PYSPARK_GATEWAY_PORT")
_LOOPBACK: Final = "127.0.0.1"
_ALWAYS: Final = {
    "spark.sql.adaptive.enabled": "false",  # partitions stay as they are cut
    "spark.speculation": "false",  # nobody computes the same partition at the same time
    "spark.executorEnv.POLARS_MAX_THREADS": "1",  # Spark already keeps every core busy
}
_ALONE: Final = {
    "spark.master": "local[*]",
    "spark.driver.bindAddress": _LOOPBACK,
    "spark.driver.host": _LOOPBACK,
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.catalogImplementation": "in-memory",
}


def spark_engine() -> Engine:
    """The engine. Without a master in `PYSPARK_SUBMIT_ARGS` Spark runs inside this machine and is not reached from
    outside. Raises `ledger.spark_missing`, `ledger.java_missing`; while computing `ledger.spark_not_started`.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise unreadable("ledger.spark_missing", names=missing)
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else "java"
    if shutil.which(java) is None:
        raise unreadable("ledger.java_missing", java=str(java))
    return Engine("spark", _compute)


def _compute(work: Work, tell: Tell) -> None:
    """Cut by dossier, each partition whole in one call; then the sum shows that no event was left out."""
    height = pl.scan_parquet(work.events / "**" / "*.parquet").select(pl.len()).collect().item()
    partitions = max(_FEWEST, height // _EVENTS_EACH + 1)
    tell(0, partitions)
    with session() as spark:
        events = spark.read.option("recursiveFileLookup", "true").parquet(str(work.events))
        cut = events.repartition(partitions, "dossier")
        answers = sorted(cut.mapInArrow(partial(_partition, work), _ANSWER).collect())
    for answer in answers:
        if answer.refusal is not None:
            raise pickle.loads(answer.refusal)  # noqa: S301 -- written by `_partition`
    computed = sum(answer.events for answer in answers)
    if computed != height or len(answers) != partitions:
        raise RuntimeError(f"Spark computed {computed} of {height} events in {len(answers)} of {partitions} partitions")
    tell(partitions, partitions)


def _partition(work: Work, batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
    """Runs in Spark's Python: one partition, all its batches together. Answers one row, as in `_ANSWER`."""
    from pyarrow import RecordBatch, array, binary
    from pyspark import TaskContext

    number = TaskContext.get().partitionId()
    events = pl.concat([EVENTS.to_frame(), *map(pl.DataFrame, batches)])
    refusal = None
    try:
        if not work.is_done(number):
            work.keep(number, work.compute(events))
    except DomainError as error:
        refusal = pickle.dumps(error)
    columns = [array([number]), array([events.height]), array([refusal], binary())]
    yield RecordBatch.from_arrays(columns, ["partition", "events", "refusal"])


@contextmanager
def session() -> Iterator[SparkSession]:
    """Spark while it is needed. Raises `ledger.spark_not_started`."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    settings = dict(_ALWAYS)
    if not any(name in os.environ for name in _SUBMITTED):
        settings |= _ALONE
        # Read by Spark's scripts before any setting is: the same Python, and no look-up of this machine's name.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", _LOOPBACK)
        os.environ.setdefault("SPARK_LOCAL_HOSTNAME", "localhost")
    try:
        spark = SparkSession.builder.appName("cchc ledger").config(map=settings).getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        raise unreadable("ledger.spark_not_started", detail=str(error)) from error
    try:
        yield spark
    finally:
        spark.stop()
