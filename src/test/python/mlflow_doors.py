"""Takes an exported model through the doors of MLflow: registry, alias, evaluation and server. Usage: mlflow_doors.py FOLDER NAME"""

import importlib.metadata
import json
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import mlflow
import numpy
import pandas

folder, name = sys.argv[1:]
path = os.path.join(folder, name + "-mlflow")
os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", MLFLOW_TRACKING_URI=f"sqlite:///{folder}/mlflow.db")
logging.getLogger("mlflow").setLevel(logging.ERROR)
with open(os.path.join(path, "requirements.txt"), encoding="utf-8") as file:
    for line in file.read().split():
        library, version = line.split("==")
        assert importlib.metadata.version(library) == version, line

mlflow.set_experiment(experiment_id=mlflow.create_experiment("doors", f"file://{folder}/artifacts"))
with mlflow.start_run() as run:
    mlflow.log_artifacts(path, "model")
version = mlflow.register_model(f"runs:/{run.info.run_id}/model", name)
mlflow.MlflowClient().set_registered_model_alias(name, "champion", version.version)
champion = mlflow.pyfunc.load_model(f"models:/{name}@champion")
model = mlflow.pyfunc.load_model(path)

rows = pandas.read_csv(os.path.join(folder, name + ".csv"), dtype=str, keep_default_na=False)
expected = model.predict(rows)
alias = numpy.abs(champion.predict(rows)["probability"] - expected["probability"]).max()

labelled = rows.assign(churned=(rows["churned"] == "yes").astype(int))
evaluated = mlflow.models.evaluate(
    lambda frame: champion.predict(frame)["predicted"],
    labelled,
    targets="churned",
    model_type="classifier",
    evaluator_config={"log_model_explainability": False, "pos_label": 1},
)

wrong = []
for column, value in [("age", "many"), ("born", "31.2.2024"), ("weight", "5 lb")]:
    frame = rows.head(3).astype(object)
    frame.loc[1, column] = value
    try:
        model.predict(frame)
    except mlflow.MlflowException as e:
        wrong.append(e.message.split("Error: ")[-1])

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen(
    [sys.executable, "-m", "mlflow", "models", "serve", "-m", f"models:/{name}@champion", "-p", str(port), "--env-manager", "local"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
    env={**os.environ, "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]},
    start_new_session=True,
)


def request(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    address = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def answers():
    try:
        return request("ping")[0] == 200
    except OSError:
        return False


try:
    while not answers():
        assert server.poll() is None
        time.sleep(0.2)
    columns = list(model.metadata.get_input_schema().input_names())
    values = rows[columns].values.tolist()
    _, body = request("invocations", {"dataframe_split": {"columns": columns, "data": values}})
    served = pandas.DataFrame(json.loads(body)["predictions"])
    status, _ = request("invocations", {"dataframe_records": [dict(zip(columns, ["many"] + values[0][1:]))]})
finally:
    os.killpg(server.pid, 15)
    server.wait()

assert list(served["predicted_label"]) == list(expected["predicted_label"])
print(
    json.dumps(
        {
            "alias_difference": float(alias),
            "server_difference": float(numpy.abs(served["probability"] - expected["probability"]).max()),
            "accuracy": float(evaluated.metrics["accuracy_score"]),
            "expected": float((labelled["churned"] == expected["predicted"]).mean()),
            "wrong": wrong,
            "status": status,
        }
    )
)
