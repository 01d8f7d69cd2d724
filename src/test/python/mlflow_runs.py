"""Prints the runs of an experiment, the oldest first, and the versions that each has registered, as MLflow's own client reads them.

Usage: mlflow_runs.py URI EXPERIMENT
"""

import json
import sys

from mlflow import MlflowClient

uri, experiment = sys.argv[1:]
client = MlflowClient(uri)
runs = client.search_runs(
    [client.get_experiment_by_name(experiment).experiment_id], order_by=["attributes.start_time ASC"]
)


def points(run, key):
    return [[point.step, point.value] for point in client.get_metric_history(run.info.run_id, key)]


def versions(run):
    found = client.search_model_versions(f"run_id = '{run.info.run_id}'")
    return [[each.version, each.tags, list(client.get_model_version(each.name, each.version).aliases)] for each in found]


print(
    json.dumps(
        [
            {
                "id": run.info.run_id,
                "name": run.info.run_name,
                "status": run.info.status,
                "tags": run.data.tags,
                "params": run.data.params,
                "metrics": {key: points(run, key) for key in run.data.metrics},
                "versions": versions(run),
            }
            for run in runs
        ]
    )
)
