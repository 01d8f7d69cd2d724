"""Called by bench/serve-times: times requests to `serve` and to `mlflow models serve` of XGBoost, and compares predictions with `predict`."""

import contextlib
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import mlflow.xgboost
import numpy
import pandas
import xgboost

WORK = pathlib.Path(sys.argv[1])
REQUESTS = int(sys.argv[2])
NUMBERS = ["age", "tenure", "monthly", "calls", "complaints", "discount"]
CATEGORIES = ["plan", "city"]
BATCH = 100
CLIENTS = 4
MEANFIELD, MLFLOW = 18100, 18101


def processes(pid):
    """Returns a process and its children."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid] + [each for child in children for each in processes(int(child))]


def memory(pid):
    """Returns MiB that belong to the processes alone, and their share of what they have in common."""
    kib = 0
    for each in processes(pid):
        for line in pathlib.Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            kib += int(line.split()[1]) if line.startswith("Pss:") else 0
    return kib / 1024


def processor(pid):
    """Returns the seconds of processor time that the processes have taken."""
    ticks = 0
    for each in processes(pid):
        ticks += sum(map(int, pathlib.Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def server(name, port, ready, command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while True:
            assert process.poll() is None, command
            with contextlib.suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", port)
                connection.request("GET", ready)
                if connection.getresponse().status == 200:
                    break
            time.sleep(0.005)
        took = time.perf_counter() - start
        print(f"{name:9} answers {took:.2f} s after its start, {processor(process.pid):.2f} s of processor time")
        yield process.pid
        print(f"{name:9} memory {memory(process.pid):.0f} MiB")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def send(connection, body):
    connection.request("POST", "/invocations", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    assert answer.status == 200, text
    return json.loads(text)["predictions"]


def seconds(connection, bodies):
    times = []
    for body in bodies:
        start = time.perf_counter()
        send(connection, body)
        times.append(time.perf_counter() - start)
    return numpy.array(times)


def measure(name, port, pid, rows):
    records = rows.to_dict("records")
    ones = [json.dumps({"dataframe_records": [records[i % len(records)]]}) for i in range(REQUESTS)]
    split = rows.to_dict("split", index=False)
    batches = [
        json.dumps({"dataframe_split": {"columns": split["columns"], "data": split["data"][i : i + BATCH]}})
        for i in range(0, 10_000, BATCH)
    ]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    seconds(connection, ones[: REQUESTS // 2])  # compiles
    before = processor(pid)
    one = 1e3 * seconds(connection, ones)
    taken = 1e3 * (processor(pid) - before) / len(ones)
    median, late = numpy.percentile(one, [50, 99])
    print(f"{name:9} one row: median {median:.2f} ms, 99th percentile {late:.2f} ms, processor time {taken:.2f} ms")
    seconds(connection, batches[:10])
    before = processor(pid)
    many = seconds(connection, batches).sum()
    taken = 1e3 * (processor(pid) - before) / BATCH / len(batches)
    print(f"{name:9} {BATCH} rows a request: {BATCH * len(batches) / many:,.0f} rows a second, processor time {taken:.3f} ms a row")
    clients = [
        threading.Thread(target=seconds, args=(http.client.HTTPConnection("127.0.0.1", port), ones[i::CLIENTS])) for i in range(CLIENTS)
    ]
    start = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    print(f"{name:9} {CLIENTS} clients, one row: {len(ones) / (time.perf_counter() - start):,.0f} requests a second")
    return connection, batches


table = pandas.read_csv(WORK / "table.csv")
features = table[NUMBERS + CATEGORIES]
command = ["scripts/submit", "--master", "local", "serve", "--model", "churn@champion", "--conf", str(WORK / "churn.conf"), "--port", str(MEANFIELD)]
with server("meanfield", MEANFIELD, "/ping", command) as process:
    connection, batches = measure("meanfield", MEANFIELD, process, features)
    found = pandas.DataFrame([row for body in batches for row in send(connection, body)])
written = pandas.read_parquet(WORK / "runs/predicted/tables/predictions").set_index("example_key").loc[table["customer"][: len(found)]]
difference = numpy.abs(found["probability_positive"].to_numpy() - numpy.stack(written["outputs"])[:, -1]).max()
print(f"meanfield largest difference from predict on {len(found):,} rows: {difference:.1e}")

typed = features.assign(**{column: features[column].astype("category").cat.codes for column in CATEGORIES})
trees = xgboost.XGBClassifier(n_estimators=100, n_jobs=1).fit(typed, table["churned"])
mlflow.xgboost.save_model(trees, WORK / "xgboost-model")
os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
command = [sys.executable, "-m", "mlflow", "models", "serve", "-m", str(WORK / "xgboost-model"), "--env-manager", "local", "--port", str(MLFLOW)]
with server("mlflow", MLFLOW, "/ping", command) as process:
    measure("mlflow", MLFLOW, process, typed.astype("float64"))
