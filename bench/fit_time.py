"""Prints the processor time of a fit on the table of a query of Spark, of Python and of its JVM, in seconds."""

import os
import sys
import time
from pathlib import Path

import meanfield

spark = meanfield.session("2", spark_ui_enabled="false")
table = spark.sql(sys.argv[1])
regressor = meanfield.MeanfieldRegressor(featuresCols=["*"], labelCol="label", idCol="id", maxIter=int(sys.argv[2]), verbose=True)
jvm = Path(f"/proc/{spark._jvm.java.lang.ProcessHandle.current().pid()}/stat")


def seconds():
    ticks = jvm.read_text().rsplit(")", 1)[1].split()[11:13]  # in user mode and in the kernel
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


before = seconds()
weights = regressor.fit(table).weightsSha256
print(seconds() - before, weights)
