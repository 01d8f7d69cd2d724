"""Loads exported models with mlflow.pyfunc and as functions of Spark, and compares their predictions with those of the command predict.

Usage: mlflow_model.py FOLDER NAME…     FOLDER has NAME.csv or NAME.parquet, the model NAME-mlflow and the Parquet files NAME-predictions
Prints for each name the largest difference for rows of texts, for rows and one row as pandas reads the file, and for rows of Spark.
"""

import json
import os
import sys

import mlflow.pyfunc
import numpy
import pandas
from pyspark.sql import SparkSession, functions

folder, names = sys.argv[1], sys.argv[2:]


def difference(expected, found, largest):
    if expected.name.startswith("prediction_set"):
        assert list(map(list, expected)) == list(map(list, found)), expected.name
        return 0.0
    if isinstance(expected.iloc[0], (list, numpy.ndarray)):
        return float(numpy.abs(numpy.stack(expected) - numpy.stack(found)).max())
    if not pandas.api.types.is_numeric_dtype(expected):
        assert list(expected) == list(found), expected.name
        return 0.0
    assert expected.dtype == found.dtype, (expected.name, found.dtype)
    scale = 1 if expected.name.startswith("probability") else max(1, largest)  # a small bound has the error of its prediction
    return float((expected - found).abs().max() / scale)


def compare(found, expected):
    first = list(expected.columns).index("model_version") + 1
    assert list(found.columns) == list(expected.columns)[first:], (list(found.columns), list(expected.columns))
    assert list(found.index) == list(expected.index)
    numbers = expected[found.columns].select_dtypes("number")
    return max(difference(expected[name], found[name], numbers.abs().max().max()) for name in found.columns)


def score(spark, model, path, columns):
    """Returns the predictions of a function of Spark, in the order of the accounts."""
    inputs = model.metadata.get_input_schema().input_names()
    outputs = model.metadata.get_output_schema().input_names()
    function = mlflow.pyfunc.spark_udf(spark, path, env_manager="local")
    scored = columns.select("account", function(functions.struct(*[f"`{each}`" for each in inputs])).alias("scores"))
    # A model with one output gives it alone, others give a struct.
    scores = "scores.*" if len(outputs) > 1 else functions.col("scores").alias(outputs[0])
    return scored.orderBy(functions.col("account").cast("int")).select(scores).toPandas()


os.environ["PYSPARK_PYTHON"] = sys.executable
session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").getOrCreate()
results = {}
for name in names:
    path = os.path.join(folder, name + "-mlflow")
    model = mlflow.pyfunc.load_model(path)
    expected = pandas.read_parquet(os.path.join(folder, name + "-predictions"))
    expected = expected.sort_values("example_id", key=pandas.to_numeric)
    csv = os.path.join(folder, name + ".csv")
    if os.path.exists(csv):
        texts = pandas.read_csv(csv, dtype=str, keep_default_na=False)
        typed = pandas.read_csv(csv, parse_dates=["since"])
        rows = session.read.csv(csv, header=True)
    else:  # sets and arrays have no texts
        parquet = os.path.join(folder, name + ".parquet")
        typed = pandas.read_parquet(parquet).sort_values("account")
        rows = session.read.parquet(parquet)
        texts = typed.set_axis(range(len(typed)))
    texts.index += 7
    example = model.input_example
    assert len(model.predict(example)) == len(example) == 5
    assert len(model.predict(typed.head(0))) == 0
    one = typed.iloc[[3]]
    results[name] = {
        "texts": compare(model.predict(texts), expected.set_axis(texts.index)),
        "typed": compare(model.predict(typed), expected.set_axis(typed.index)),
        "one": compare(model.predict(one), expected.iloc[[3]].set_axis(one.index)),
        "spark": compare(score(session, model, path, rows), expected.reset_index(drop=True)),
        "outputs": [str(each) for each in model.metadata.get_output_schema().inputs],
        "inputs": [str(each) for each in model.metadata.get_input_schema().inputs],
    }
print(json.dumps(results))
