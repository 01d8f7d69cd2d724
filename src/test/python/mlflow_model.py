"""Loads exported models with mlflow.pyfunc, and compares their predictions with those of the command predict.

Usage: mlflow_model.py FOLDER NAME…     FOLDER has NAME.csv or NAME.parquet, the model NAME-mlflow and the Parquet files NAME-predictions
Prints for each name the largest difference in each of two DataFrames: one with all values as texts, one as pandas reads the file.
"""

import json
import os
import sys

import mlflow.pyfunc
import numpy
import pandas

folder, names = sys.argv[1], sys.argv[2:]


def difference(expected, found, largest):
    if expected.name.startswith("prediction_set"):
        assert list(map(list, expected)) == list(found), expected.name
        return 0.0
    if isinstance(expected.iloc[0], (list, numpy.ndarray)):
        return float(numpy.abs(numpy.stack(expected) - numpy.stack(found)).max())
    if not pandas.api.types.is_numeric_dtype(expected):
        assert list(expected) == list(found), expected.name
        return 0.0
    assert expected.dtype == found.dtype, (expected.name, found.dtype)
    scale = 1 if expected.name.startswith("probability") else max(1, largest)  # a small bound has the error of its prediction
    return float((expected - found).abs().max() / scale)


def compare(model, frame, expected):
    found = model.predict(frame)
    first = list(expected.columns).index("model_version") + 1
    assert list(found.columns) == list(expected.columns)[first:], (list(found.columns), list(expected.columns))
    assert list(found.index) == list(frame.index)
    numbers = expected[found.columns].select_dtypes("number")
    return max(difference(expected[name], found[name], numbers.abs().max().max()) for name in found.columns)


results = {}
for name in names:
    model = mlflow.pyfunc.load_model(os.path.join(folder, name + "-mlflow"))
    expected = pandas.read_parquet(os.path.join(folder, name + "-predictions"))
    expected = expected.sort_values("example_id", key=pandas.to_numeric)
    csv = os.path.join(folder, name + ".csv")
    if os.path.exists(csv):
        texts = pandas.read_csv(csv, dtype=str, keep_default_na=False)
        typed = pandas.read_csv(csv, parse_dates=["since"])
    else:  # sets have no texts
        typed = pandas.read_parquet(os.path.join(folder, name + ".parquet")).sort_values("account")
        texts = typed.set_axis(range(len(typed)))
    texts.index += 7
    example = model.input_example
    assert len(model.predict(example)) == len(example) == 5
    assert len(model.predict(typed.head(0))) == 0
    one = typed.iloc[[3]]
    results[name] = {
        "texts": compare(model, texts, expected.set_axis(texts.index)),
        "typed": compare(model, typed, expected.set_axis(typed.index)),
        "one": compare(model, one, expected.iloc[[3]].set_axis(one.index)),
        "outputs": [str(each) for each in model.metadata.get_output_schema().inputs],
        "inputs": [str(each) for each in model.metadata.get_input_schema().inputs],
    }
print(json.dumps(results))
