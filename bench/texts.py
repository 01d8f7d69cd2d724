"""Called by dev/bench texts: compares models of texts on the same training and test rows."""

import os
import pathlib
import sys
import time
from types import SimpleNamespace

import catboost
import meanfield
import pandas
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

WORK = pathlib.Path(sys.argv[1])
ORANGE = WORK / "packages/orange/orangecontrib/text/datasets"
MAILS = WORK / "packages/package/data"
OPINIONS = WORK / "packages/hutto_ICWSM_2014"
MOST_ROWS = 8000


def orange(file):
    """Reads a table of Orange, whose first row has names and whose next two describe the columns."""
    return pandas.read_csv(ORANGE / file, sep="\t", skiprows=[1, 2], dtype=str, keep_default_na=False)


def labelled(table, label, text):
    return pandas.DataFrame({"label": table[label], "text": table[text]})


def documents(name):
    """Reads documents that Orange has divided: the class, a tab and the text."""
    parts = []
    for part in ("train", "test"):
        lines = (ORANGE / f"{name}-{part}.tab").read_text(encoding="utf-8").split("\n")[3:]
        rows = [line.split("\t")[:2] for line in lines if "\t" in line]
        parts.append(pandas.DataFrame([row for row in rows if row[1].strip()], columns=["label", "text"]))
    return parts


def friends():
    table = labelled(orange("friends-transcripts.tab"), "Author", "Quote")
    usual = table.label.value_counts().head(6).index
    return table[table.label.isin(usual) & (table.text.str.len() > 60)]


def tweets():
    table = orange("election-tweets-2016.tab")
    return labelled(table[table["Is retweet"] == "False"], "Author", "Content")


def mails():
    rows = []
    for folder in ("easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"):
        for file in sorted((MAILS / folder).glob("*")):
            body = file.read_text(encoding="latin-1").split("\n\n", 1)[-1]
            rows.append(("spam" if folder.startswith("spam") else "ham", body[:20_000]))
    return pandas.DataFrame(rows, columns=["label", "text"])


def opinions(name):
    """Reads texts with a mean opinion of twenty people, of which those near 0 are left out."""
    lines = (OPINIONS / f"{name}_GroundTruth.txt").read_text(encoding="utf-8", errors="replace").split("\n")
    rows = [line.split("\t") for line in lines]
    rows = [("positive" if float(row[1]) > 0 else "negative", row[2]) for row in rows if len(row) > 2 and abs(float(row[1])) > 0.3]
    return pandas.DataFrame(rows, columns=["label", "text"])


TABLES = {
    "20newsgroups": lambda: documents("20newsgroups"),
    "reuters-r8": lambda: documents("reuters-r8"),
    "reuters-r52": lambda: documents("reuters-r52"),
    "mails": mails,
    "friends": friends,
    "tweets": tweets,
    "comments": lambda: labelled(orange("slo-opinion-corpus.tab"), "Category", "Content"),
    "amazon": lambda: opinions("amazonReviewSnippets"),
    "movies": lambda: opinions("movieReviewSnippets"),
    "newspaper": lambda: opinions("nytEditorialSnippets"),
    "tweets2": lambda: opinions("tweets"),
}


def parts_of(name):
    """Returns the training and the test rows of a table."""
    found = TABLES[name]()
    if isinstance(found, pandas.DataFrame):
        found = found[found.text.str.strip() != ""].sample(frac=1, random_state=7).head(MOST_ROWS)
        count = int(len(found) * 0.75)
        found = [found[:count], found[count:]]
    train, test = (part.sample(frac=1, random_state=1).head(MOST_ROWS).reset_index(drop=True) for part in found)
    return train, test[test.label.isin(set(train.label))].reset_index(drop=True)


def errors(labels, classes, probabilities):
    predicted = pandas.Series(probabilities.argmax(axis=1)).map(dict(enumerate(classes)))
    return (predicted == labels).mean(), log_loss(labels, probabilities, labels=classes)


def linear(train, test):
    """Returns the best accuracy and the best log loss of four linear models on these test rows."""
    found = []
    for longest in (1, 2):
        words = TfidfVectorizer(ngram_range=(1, longest), sublinear_tf=True, min_df=2)
        x, rows = words.fit_transform(train.text), words.transform(test.text)
        for c in (1, 10):
            model = LogisticRegression(C=c, max_iter=300).fit(x, train.label)
            found.append(errors(test.label, model.classes_, model.predict_proba(rows)))
    return max(accuracy for accuracy, _ in found), min(loss for _, loss in found)


def cat(train, test):
    model = catboost.CatBoostClassifier(thread_count=1, random_seed=1, verbose=False, allow_writing_files=False)
    start = time.process_time()
    five_minutes = SimpleNamespace(after_iteration=lambda info: time.process_time() - start < 300)
    model.fit(train[["text"]], train.label, text_features=["text"], callbacks=[five_minutes])
    return errors(test.label, model.classes_, model.predict_proba(test[["text"]]))


def fit(spark):
    def run(train, test):
        classifier = meanfield.MeanfieldClassifier(featuresCols=["text"], labelCol="label")
        found = classifier.fit(spark.createDataFrame(train)).evaluate(spark.createDataFrame(test))
        return found["accuracy"], found["loss"]

    return run


def main():
    spark = meanfield.session("2", spark_ui_enabled="false")
    spark.sparkContext.setLogLevel("ERROR")
    jvm = pathlib.Path(f"/proc/{spark._jvm.java.lang.ProcessHandle.current().pid()}/stat")

    def seconds():
        ticks = jvm.read_text().rsplit(")", 1)[1].split()[11:13]  # in user mode and in the kernel
        return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    models = {"Meanfield": fit(spark), "TF-IDF": linear, "CatBoost": cat}
    print("accuracy, log loss, seconds of the processor; TF-IDF: the best of four on the test rows, the seconds of all four; CatBoost: five minutes at most\n")
    print("| table | training rows | classes |", " | ".join(models), "|")
    print("|---" * (3 + len(models)) + "|")
    for name in sys.argv[2:] or TABLES:
        train, test = parts_of(name)
        cells = [name, f"{len(train):,}", str(train.label.nunique())]
        for run in models.values():
            before = seconds()
            accuracy, loss = run(train, test)
            cells.append(f"{accuracy:.3f} {loss:.3f} {seconds() - before:.0f} s")
        print("|", " | ".join(cells), "|", flush=True)


main()
