"""Reads what runs have written, in the folder of the runs. Usage: readers.py PAGE

Runs the first Python code of the page, compares the outputs of ONNX Runtime with the predictions, and reads every table with
pandas, Polars and DuckDB. Prints the largest difference and the names of the tables.
"""

import glob
import json
import os
import re
import sys
import zipfile

import duckdb
import numpy
import pandas
import polars
from prometheus_client.parser import text_string_to_metric_families

with open(sys.argv[1], encoding="utf-8") as page:
    code, *_ = re.findall("```python\n(.*?)```", page.read(), re.DOTALL)
names = {}
exec(code, names)


def predictions(run, order):
    return pandas.read_parquet(f"runs/{run}/tables/predictions").sort_values(order, key=pandas.to_numeric)


digits = predictions("mnist-1-predict", "example_id")
rows = predictions("churn-predict", "example_key")
(churn,) = names["session"].run(["probabilities"], names["inputs"])
differences = [
    abs(names["probabilities"] - numpy.stack(digits["outputs"])).max(),
    abs(churn - numpy.stack(rows["outputs"])).max(),
]
assert (names["label"] == numpy.where(rows["predicted"] == 1, "yes", "no")).all()

tables = set()
for folder in glob.glob("runs/*/tables/*"):
    tables.add(os.path.basename(folder))
    frame = pandas.read_parquet(folder)
    database = duckdb.sql(f"FROM '{folder}/*.parquet'")
    polar = polars.read_parquet(f"{folder}/*.parquet")
    assert list(frame.columns) == database.columns == polar.columns, folder
    assert len(frame) == polar.height, folder
    assert sorted(map(repr, database.fetchall())) == sorted(map(repr, polar.rows())), folder
epochs = duckdb.sql("SELECT DISTINCT run_id FROM 'runs/*/tables/epochs/*.parquet' ORDER BY 1").fetchall()

for file in glob.glob("runs/*/**/*.json", recursive=True):
    with open(file, encoding="utf-8") as text:
        json.load(text)
for file in glob.glob("runs/*/metrics.prom"):
    with open(file, encoding="utf-8") as text:
        assert list(text_string_to_metric_families(text.read())), file
for file in glob.glob("runs/*/model.zip"):
    assert zipfile.ZipFile(file).testzip() is None, file

print(json.dumps({"difference": float(max(differences)), "tables": sorted(tables), "epochs": epochs}))
