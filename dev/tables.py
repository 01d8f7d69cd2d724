"""Called by dev/tables: writes each table as CSV, trains it, and prints a row of the comparison."""
import bz2
import gzip
import json
import lzma
import pathlib
import re
import subprocess
import sys
import warnings
import zlib

import numpy
import pandas
import pyreadr
import rdata
from sklearn import datasets
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

warnings.filterwarnings("ignore")
WORK = pathlib.Path(sys.argv[1])
PACKAGES = WORK / "packages"
R = "usr/lib/R/site-library"


def rda(package, name):
    folder = PACKAGES / f"r-cran-{package}" / R / package / "data"
    return next(iter(pyreadr.read_r(str(folder / f"{name}.rda")).values()))


def lazy(package, name):
    """Reads a table of R's lazy-load database: compressed objects one after the other, and an index."""
    base = PACKAGES / f"r-cran-{package}" / R / package / "data" / "Rdata"
    index = base.with_suffix(".rdx").read_bytes()
    index = gzip.decompress(index) if index[:2] == b"\x1f\x8b" else zlib.decompress(index)
    index = rdata.conversion.convert(rdata.parser.parse_data(index, extension="rds"))
    start, length = (int(number) for number in index["variables"][name])
    block = base.with_suffix(".rdb").read_bytes()[start : start + length]
    if block[4:5] == b"Z":
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
        content = lzma.decompress(block[5:], format=lzma.FORMAT_RAW, filters=filters)
    elif block[4:5] == b"2":
        content = bz2.decompress(block[5:])
    else:
        content = zlib.decompress(block[4:])
    return rdata.conversion.convert(rdata.parser.parse_data(content, extension="rds"))


def vega(name):
    return pandas.read_json(PACKAGES / "vega-datasets" / "data" / f"{name}.json")


def sklearn(load, **options):
    return load(as_frame=True, **options).frame


# The table, its label, and whether the label is a number to predict.
TABLES = {
    "wine": (lambda: sklearn(datasets.load_wine), "target", False),
    "diabetes": (lambda: sklearn(datasets.load_diabetes, scaled=False), "target", True),
    "breast_cancer": (lambda: sklearn(datasets.load_breast_cancer), "target", False),
    "penguins": (lambda: vega("penguins"), "Body_Mass_g", True),
    "cars": (lambda: vega("cars"), "Miles_per_Gallon", True),
    "boston": (lambda: rda("mlbench", "BostonHousing2").drop(columns="medv"), "cmedv", True),
    "pima": (lambda: rda("mlbench", "PimaIndiansDiabetes2"), "diabetes", False),
    "concrete": (lambda: lazy("modeldata", "concrete"), "compressive_strength", True),
    "ames": (lambda: lazy("modeldata", "ames"), "Sale_Price", True),
    "credit": (lambda: lazy("modeldata", "credit_data"), "Status", False),
    "spam": (lambda: rda("kernlab", "spam"), "type", False),
    "satellite": (lambda: rda("mlbench", "Satellite"), "classes", False),
    "churn": (lambda: lazy("modeldata", "wa_churn"), "churn", False),
    "letter": (lambda: rda("mlbench", "LetterRecognition"), "lettr", False),
    "diamonds": (lambda: lazy("ggplot2", "diamonds"), "price", True),
    "shuttle": (lambda: rda("mlbench", "Shuttle"), "Class", False),
}


def submit(*arguments):
    done = subprocess.run(["scripts/submit", *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"scripts/submit {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout


def trees(train, test, label, is_regression):
    """Returns the score of HistGradientBoosting; text columns are categories, with many values their numbers."""
    inputs = pandas.concat([train, test]).drop(columns=label)
    for column in inputs:
        if not pandas.api.types.is_numeric_dtype(inputs[column]):
            inputs[column] = inputs[column].astype("category")
            if inputs[column].nunique() > 250:
                inputs[column] = inputs[column].cat.codes
    kind = HistGradientBoostingRegressor if is_regression else HistGradientBoostingClassifier
    model = kind(categorical_features="from_dtype", random_state=0)
    model.fit(inputs[: len(train)], train[label])
    return model.score(inputs[len(train) :], test[label])


def spark_ml(files, label, is_regression, conf):
    """Returns the score of Spark ML's estimator, given the columns that the settings leave out."""
    excluded = re.search(r"exclude = \[([^]]*)\]", conf.read_text())
    columns = re.findall(r"^\s*([^#\s]+)", excluded[1], re.M) if excluded else []
    command = ["java", "@dev/java-options", "-Dlog4j2.configurationFile=conf/log4j2.properties", "-cp"]
    command += ["target/classes:target/lib/*:target/spark/jars/*", "dev/SparkMlTable.java", *map(str, files), label]
    command += ["regression" if is_regression else "classification", *(column.strip('"') for column in columns)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return float(done.stdout.split()[-1])


def compare(name):
    load, label, is_regression = TABLES[name]
    table = load()
    table.columns = [re.sub(r"\W+", "_", str(column)).strip("_") for column in table]
    table = table[table[label].notna()]
    order = numpy.random.RandomState(7).permutation(len(table))
    fifth = len(table) // 5
    folder = WORK / name
    folder.mkdir(exist_ok=True)
    files = [folder / "train.csv", folder / "test.csv"]
    for rows, file in zip((order[fifth:], order[:fifth]), files):
        table.iloc[rows].to_csv(file, index=False)
    conf, runs = folder / f"{name}.conf", folder / "runs"
    conf.unlink(missing_ok=True)
    subprocess.run(["rm", "-rf", runs], check=True)
    submit("init", str(files[0]), "--label", label, "--test", str(files[1]), "--out", str(conf))
    place = ["--conf", str(conf), "--set", f"run.directory={runs}"]
    submit("train", *place, "--run-id", name)
    submit("evaluate", *place, "--model", name, "--run-id", f"{name}-test", "--report", str(folder / "report.json"))
    metrics = json.loads((folder / "report.json").read_text())["metrics"]
    ours = metrics["r2" if is_regression else "accuracy"]
    theirs = trees(*(pandas.read_csv(file) for file in files), label, is_regression)
    estimator = spark_ml(files, label, is_regression, conf)
    kind = "R²" if is_regression else "accuracy"
    print(f"| {name} | {len(table)} | {kind} | {ours:.3f} | {estimator:.3f} | {theirs:.3f} |", flush=True)


print("| table | rows | metric | train | Spark ML | HistGradientBoosting |\n|---|---|---|---|---|---|", flush=True)
for chosen in sys.argv[2:] or TABLES:
    compare(chosen)
