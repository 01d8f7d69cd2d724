"""Loads the champion of a model from a server of MLflow. Usage: mlflow_champion.py URI MODEL CSV PREDICTIONS

Prints the registered version that it is, and the largest difference of its predictions for the rows of the CSV file from those that
Meanfield has written.
"""

import json
import sys

import mlflow
import numpy
import pandas

uri, model, csv, predictions = sys.argv[1:]
mlflow.set_tracking_uri(uri)
version = mlflow.MlflowClient().get_model_version_by_alias(model, "champion")
found = mlflow.pyfunc.load_model(f"models:/{model}@champion").predict(pandas.read_csv(csv))
written = pandas.read_parquet(predictions)
expected = numpy.sort(numpy.stack(written["outputs"])[:, 0])
difference = numpy.abs(numpy.sort(found["probability_positive"]) - expected).max()
print(json.dumps({"version": version.tags["meanfield.version"], "difference": float(difference)}))
