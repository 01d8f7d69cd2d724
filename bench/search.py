"""Called by bench/tables search: searches for settings on public tables, and prints the test errors with and without."""

import json
import re
import sys

import numpy
import tables

TRIALS = 16


def measure(name):
    tables.write(name)
    conf = tables.settings(name)
    start = tables.processor_seconds()
    out = tables.call(
        ["scripts/submit", "search", "--conf", conf, "--set", f"run.directory={conf.parent / 'runs'}", "--set", "run.seed=1"]
        + ["--set", f"search.trials={TRIALS}", "--run-id", name]
    )
    seconds = tables.processor_seconds() - start
    best = re.search(r"^best +(\S+):", out, re.MULTILINE).group(1)
    trials = [f"{name}-trial-0", best]
    errors = {trial: tables.scores(tables.meta_of(name), *tables.predicted(name, trial))["value"] for trial in dict.fromkeys(trials)}
    return {"table": name, "as they are": errors[trials[0]], "best": errors[best], "trial": best, "seconds": round(seconds)}


tables.row("table", "training rows", "metric", "settings of init", "best of 16 trials", "change, %", "best trial", "seconds of the processor")
print("|---" * 8 + "|")
changes = []
for name in sys.argv[3:] or list(tables.UNSEEN):
    found = measure(name)
    with (tables.WORK / "suite" / "search.jsonl").open("a") as file:
        file.write(json.dumps(found) + "\n")
    meta = tables.meta_of(name)
    errors = [found["as they are"], found["best"]]
    changes.append(errors[1] / errors[0])
    shown = [tables.shown(error, min(errors)) for error in errors]
    trial = found["trial"].rsplit("-", 1)[1]
    tables.row(name, meta["train_rows"], meta["metric"], *shown, tables.change(errors[1], errors[0]), trial, found["seconds"])
    sys.stdout.flush()
print(f"\nmean change of the error {100 * (numpy.exp(numpy.mean(numpy.log(changes))) - 1):+.1f} %")
