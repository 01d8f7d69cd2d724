"""The jar, and a local Spark session that has it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from meanfield._java import MeanfieldError


def jar() -> str:
    """Returns the path of the jar: in the installed package, or the jar that this package is in."""
    package = Path(__file__).parent
    if package.parent.is_file():
        return str(package.parent)
    jars = list(package.glob("jars/*.jar"))
    if len(jars) != 1:
        raise MeanfieldError(
            f"expected one jar in {package / 'jars'}, found {len(jars)}: install the wheel again"
        )
    return str(jars[0])


def session(cores: str = "*", **options: Any) -> SparkSession:
    """Returns a session on this machine that has the jar.

    It runs tasks on a number of cores, or on all: "*".
    Options are settings of Spark with underscores, such as spark_driver_memory="8g". They count for
    the first session of a process, as its jar does.
    """
    if not re.fullmatch(r"\*|[1-9][0-9]*", str(cores)):
        raise ValueError(f'cores is {cores!r}, expected a number such as "4", or "*" for all')
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # Spark runs a task on each core
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # by default the path's python3
    settings = {
        "spark.driver.memory": "2g",  # as that of the commands
        "spark.driver.extraClassPath": jar(),
        # Another BLAS would change the bits of a model.
        "spark.driver.extraJavaOptions": "-Ddev.ludovic.netlib.blas.nativeLib=none",
        "spark.ui.showConsoleProgress": "false",  # its bars would overwrite the line of a fit
        "spark.broadcast.compress": "false",  # weights hardly get smaller
        "spark.task.maxDirectResultSize": "100m",  # larger weights would take a socket
        **{name.replace("_", "."): value for name, value in options.items()},
    }
    builder = SparkSession.builder.master(f"local[{cores}]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
