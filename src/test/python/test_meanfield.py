"""Tests of the Python package in one Spark session, which PythonIT starts.

MEANFIELD_TABLE is a Parquet table of penguins, MEANFIELD_WEIGHTS the SHA-256 that Java gives for it, MEANFIELD_IMPORTANCES the rows of
columnImportances and MEANFIELD_EVALUATION the result of evaluate as JSON, MEANFIELD_KINDS a file with a column of each kind, MEANFIELD_USES what each is for, as JSON,
MEANFIELD_SNIPPET the SHA-256 that the first Java snippet of docs/spark-ml.md gives, MEANFIELD_REMOTE, if set,
the address of a server of Spark Connect, and MEANFIELD_CHECKPOINT_ROOT its spark.meanfield.checkpointRoot.
"""

import contextlib
import hashlib
import inspect
import io
import json
import os
import pty
import re
import signal
import tempfile
import threading
import time
import unittest
from importlib.util import find_spec
from pathlib import Path

import pyspark
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import OneVsRest
from pyspark.ml.evaluation import RegressionEvaluator
from pyspark.ml.linalg import Vectors
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder, TrainValidationSplit
from pyspark.sql import SparkSession, functions

import meanfield
from meanfield import MeanfieldClassificationModel, MeanfieldClassifier, MeanfieldError
from meanfield import MeanfieldRegressionModel, MeanfieldRegressor
from meanfield._java import interruptible
from meanfield._params import EstimatorParams, ModelParams, TrainedModelParams

REMOTE = os.environ.get("MEANFIELD_REMOTE")
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOTEBOOK = bool(find_spec("ipykernel")) or os.environ.get("MEANFIELD_REQUIRE_PYSPARK") == "1"
OLD_SERVER = bool(REMOTE) and pyspark.__version__.startswith("4.0.")
classic = unittest.skipIf(REMOTE, "needs a classic session")


def session():
    if REMOTE:
        return SparkSession.builder.remote(REMOTE).getOrCreate()
    return meanfield.session("2", spark_ui_enabled="false", spark_sql_shuffle_partitions="2")


def regressor(**params):
    return MeanfieldRegressor(
        featuresCols=["*"], idCol="id", hiddenLayers=[8], **{"labelCol": "mass_kg", "maxIter": 2, **params}
    )


class Printed(io.StringIO):
    """Keeps the texts that are printed, and the thread that has printed each."""

    def __init__(self):
        super().__init__()
        self.texts, self.threads = [], []

    def write(self, text):
        self.texts.append(text)
        self.threads.append(threading.current_thread())


class MeanfieldTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = session()
        cls.spark.sparkContext.setLogLevel("ERROR") if not REMOTE else None
        cls.table = cls.spark.read.parquet(os.environ["MEANFIELD_TABLE"])
        cls.model = regressor().fit(cls.table)
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = temporary.name

    def predictions(self, model):
        return [row.prediction for row in model.transform(self.table).orderBy("id").select("prediction").collect()]

    def refused(self, message, call):
        with self.assertRaises(MeanfieldError) as raised:
            call()
        self.assertEqual(message, str(raised.exception))

    @classic
    def test_params_have_names_docs_and_defaults_of_java(self):
        for stage in [MeanfieldClassifier(), MeanfieldRegressor(), self.model]:
            java = {param.name(): param for param in stage._java_obj.params()}
            self.assertEqual(set(java), {param.name for param in stage.params})
        self.assertEqual(self.model._java_obj.getParam("output").doc(), TrainedModelParams.output.doc)
        for stage in [MeanfieldClassifier(), MeanfieldRegressor()]:
            arguments = inspect.signature(type(stage).__init__).parameters
            self.assertEqual(list(arguments)[0], "self")
            self.assertEqual(set(arguments) - {"self"}, {param.name for param in stage.params})
            for param in stage.params:
                of_java = stage._java_obj.getParam(param.name)
                default = self.default(stage._java_obj, of_java)
                self.assertEqual(default, self.default(stage, param), param.name)
                if isinstance(default, (str, int)):
                    self.assertEqual(default, arguments[param.name].default, param.name)
                if param.name in vars(EstimatorParams) or param.name in vars(ModelParams):
                    self.assertEqual(of_java.doc(), param.doc)

    @staticmethod
    def default(stage, param):
        if not stage.hasDefault(param):
            return None
        value = stage.getOrDefault(param)
        return value if isinstance(value, (str, int, float)) else list(value)

    def test_weights_are_those_of_java(self):
        self.assertEqual(os.environ["MEANFIELD_WEIGHTS"], self.model.weightsSha256)

    def test_history_has_a_loss_for_each_epoch(self):
        self.assertEqual([(1, False), (2, True)], [(epoch["epoch"], epoch["best"]) for epoch in self.model.history])
        losses = [epoch["validation_loss"] for epoch in self.model.history]
        self.assertLess(losses[1], losses[0])
        self.model.save(f"{self.folder}/with-history")
        self.assertEqual(self.model.history, MeanfieldRegressionModel.load(f"{self.folder}/with-history").history)

    def test_importances_of_columns_are_those_of_java(self):
        found = self.model.columnImportances(self.table)
        expected = [json.loads(row) for row in os.environ["MEANFIELD_IMPORTANCES"].split("\n")]
        self.assertEqual(expected, [row.asDict() for row in found.collect()])
        self.assertNotIn("id", [row.column for row in found.collect()])

    def test_contributions_add_up_to_the_prediction(self):
        scored = self.model.transform(self.table, {self.model.contribPredictionCol: "why"})
        columns = scored.schema["why"].metadata["columns"]
        self.assertIn("species", columns)
        for row in scored.collect():
            self.assertEqual(len(columns) + 1, len(row.why))
            self.assertAlmostEqual(row.prediction, sum(row.why), places=3)

    def test_columns_tell_what_they_were_for(self):
        table = self.table.withColumn("code", functions.lit("all the same"))
        found = regressor(maxIter=1).fit(table).columns()
        self.assertEqual(["column", "role", "reason", "wrong"], found.columns)
        self.assertEqual(
            [
                ("species", "category", "3 different texts", 0),
                ("island", "category", "3 different texts", 0),
                ("bill_length_cm", "number", "numbers", 0),
                ("bill_depth_cm", "number", "numbers", 0),
                ("flipper_dm", "number", "numbers", 0),
                ("sex", "category", "2 different texts", 0),
                ("code", "left out", "the same value in every row", 0),
            ],
            [tuple(row) for row in found.collect()],
        )

    def test_summary_tells_how_the_training_went(self):
        summary = self.model.summary
        self.assertEqual((2, 2, []), (summary.totalIterations, summary.keptEpoch, summary.labels))
        self.assertEqual([epoch["train_loss"] for epoch in self.model.history], summary.objectiveHistory)
        self.assertEqual(self.table.count(), summary.rows + summary.validationRows)
        self.assertEqual(self.model.history[1]["validation_loss"], summary.metrics["validation_loss"])
        self.assertEqual("dense 8 relu, dense 1 linear", summary.network)
        self.assertEqual(
            "network dense 8 relu, dense 1 linear; 266 rows, 67 for validation; trained 2 epochs: training loss 0.6866, validation loss"
            " 0.6456",
            repr(summary),
        )

    def test_a_model_shows_network_rows_and_result(self):
        self.assertEqual(f"MeanfieldRegressionModel: uid={self.model.uid}, {self.model.summary}", repr(self.model))

    def test_report_is_a_page_of_the_fit(self):
        self.model.report(f"{self.folder}/fit.html")
        page = Path(f"{self.folder}/fit.html").read_text("utf-8")
        self.assertIn(f"<title>MeanfieldRegressionModel {self.model.uid}", page)
        for heading in ["Rows and columns", "Summary", "Learning", "Record"]:
            self.assertRegex(page, f"<h2[^>]*>{heading}")
        self.refused(
            "expected a file on the machine of this program, found hdfs:///fit.html: copy the file from here",
            lambda: self.model.report("hdfs:///fit.html"),
        )

    def test_onnx_file_is_proven_on_the_rows(self):
        record = self.model.exportOnnx(self.table, f"{self.folder}/model.onnx")
        self.assertEqual(record, json.loads(Path(f"{self.folder}/model.onnx.json").read_text()))
        content = Path(f"{self.folder}/model.onnx").read_bytes()
        self.assertEqual(hashlib.sha256(content).hexdigest(), record["file_sha256"])
        self.assertEqual(self.model.weightsSha256, record["weights_sha256"])
        self.assertEqual(("the DataFrame", self.table.count()), (record["proof"]["inputs"], record["proof"]["examples"]))
        self.assertLess(record["proof"]["largest_difference"], 1e-5)

    def test_a_model_is_a_function_of_sql(self):
        columns = ["bill_length_cm", "bill_depth_cm", "flipper_dm", "species", "island", "sex"]
        self.assertEqual(columns, meanfield.register_function(self.spark, "mass", self.model))
        complete = self.table.dropna()
        expected = [row.prediction for row in self.model.transform(complete).orderBy("id").collect()]
        found = complete.orderBy("id").selectExpr("mass(struct(*)) prediction").collect()
        self.assertEqual(expected, [row.prediction for row in found])
        if REMOTE:
            self.refused(
                "over Spark Connect register_function takes a model of this program, found churn@champion: load a saved model,"
                " or use a classic session",
                lambda: meanfield.register_function(self.spark, "saved", "churn@champion"),
            )
            return
        self.model.write().overwrite().save(f"{self.folder}/function")
        path = f"{self.folder}/function/data/model.zip"
        self.assertEqual(columns, meanfield.register_function(self.spark, "saved", path, "run.seed = 5"))
        self.refused(
            f"expected a model.zip at {self.folder}/none.zip, found no file; check the path, and that its run has ended",
            lambda: meanfield.register_function(self.spark, "none", f"{self.folder}/none.zip"),
        )

    def test_evaluation_has_the_metrics_of_the_command(self):
        expected = json.loads(os.environ["MEANFIELD_EVALUATION"])
        self.assertEqual(expected, self.model.evaluate(self.table))
        self.assertEqual({"examples", "loss", "mse", "rmse", "mae", "r2"}, set(expected))

    def test_verbose_prints_a_line_for_each_epoch_while_fit_runs(self):
        for stop in [1, 3000]:  # the thread of an earlier fit has ended
            printed = Printed()
            with contextlib.redirect_stdout(printed):
                regressor(maxIter=stop, verbose=True).fit(self.table)
            lines = "".join(printed.texts).splitlines()
            epochs = [line for line in lines if re.match(r"epoch +\d+/\d+  loss .*  val_loss .* s$", line)]
            self.assertEqual(stop, len(epochs), lines)
            self.assertIn("engine   torch: it runs every layer", lines)
        # A short fit may end before its first line is printed; thousands of epochs take longer than that.
        self.assertIsNot(printed.threads[0], threading.main_thread())
        with contextlib.redirect_stdout(Printed()) as printed:  # no terminal, no notebook
            regressor(maxIter=1).fit(self.table)
        steps = "note     the optimizer has made only 17 steps in all; lower batchSize or raise maxIter"
        self.assertEqual([steps], "".join(printed.texts).splitlines())

    def test_a_terminal_shows_the_newest_epoch_in_one_line(self):
        epochs = 400
        terminal, program = pty.openpty()
        with os.fdopen(program, "w") as out, contextlib.redirect_stdout(out):
            regressor(maxIter=epochs).fit(self.table)
            print("next")
        text = ""
        with contextlib.suppress(OSError):  # the end, because the program has closed its side
            while True:
                text += os.read(terminal, 1_000).decode()
        os.close(terminal)
        self.assertRegex(text, rf"^(\r\x1b\[Kepoch +\d+/{epochs}  loss [^\r\n]* s)+\r\nnext\r\n$")
        numbers = [int(number) for number in re.findall(r"epoch +(\d+)/", text)]
        self.assertEqual((epochs, sorted(set(numbers))), (numbers[-1], numbers))
        self.assertGreater(len(numbers), 1)

    @classic
    @unittest.skipUnless(NOTEBOOK, "needs ipykernel")
    def test_a_notebook_shows_the_newest_epoch_in_one_line(self):
        from jupyter_client.manager import start_new_kernel

        program = f"""
            import meanfield
            table = meanfield.session("2", spark_ui_enabled="false").read.parquet({os.environ["MEANFIELD_TABLE"]!r})
            estimator = meanfield.MeanfieldRegressor(featuresCols=["*"], labelCol="mass_kg", idCol="id", hiddenLayers=[8], maxIter=400)
            estimator.fit(table);
        """
        shown = []
        manager, client = start_new_kernel(kernel_name="python3")
        try:
            client.execute_interactive(inspect.cleandoc(program), output_hook=shown.append, timeout=300)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
        self.assertEqual([], [message["content"] for message in shown if message["msg_type"] == "error"])
        displays = [message for message in shown if "display_data" in message["msg_type"]]
        kinds = [message["msg_type"] for message in displays]
        self.assertEqual(["display_data"] + ["update_display_data"] * (len(kinds) - 1), kinds)
        self.assertGreater(len(kinds), 2)
        self.assertEqual(1, len({message["content"]["transient"]["display_id"] for message in displays}))
        self.assertRegex(displays[-1]["content"]["data"]["text/plain"], r"^epoch +400/400  loss .* s$")
        self.assertNotIn("[Stage", str(shown))

    @classic
    def test_strings_are_what_their_values_are(self):
        lines = ["id,year,price,opened,plan,zip,note,mass"]
        for i in range(200):
            year = "unknown" if i % 20 == 0 else 2000 + i % 24
            price = "N/A" if i % 30 == 0 else f'"${1000 + 7.5 * i:,.2f}"'
            plan = ["basic", "gold"][i % 2]
            lines.append(f"{7 * i * i},{year},{price},2/{1 + i % 28}/2024,{plan},0{1000 + i % 9},the order {i} came late,{i * 0.5}")
        Path(f"{self.folder}/dirty.csv").write_text("\n".join(lines))
        dirty = self.spark.read.csv(f"{self.folder}/dirty.csv", header=True, inferSchema=True)
        with contextlib.redirect_stdout(Printed()) as printed:
            MeanfieldRegressor(featuresCols=["*"], labelCol="mass", hiddenLayers=[2], maxIter=1, verbose=True).fit(dirty)
        said = [line for line in "".join(printed.texts).splitlines() if line.startswith("columns")]
        self.assertEqual(
            [
                "columns  numbers: year, price, zip",
                "columns  dates: opened",
                "columns  categories: plan",
                "columns  texts: note",
                "columns  left out: id (an id: nearly every number is different)",
            ],
            said,
        )

    @classic
    def test_columns_are_those_of_the_commands(self):
        kinds = self.spark.read.csv(os.environ["MEANFIELD_KINDS"], header=True, sep="\t")
        kinds = kinds.withColumn("price", functions.col("price").cast("double"))
        estimator = MeanfieldRegressor(featuresCols=["*"], labelCol="price", hiddenLayers=[2], maxIter=1, verbose=True)
        with contextlib.redirect_stdout(Printed()) as printed:
            estimator.setNetwork("data.bad-rows = skip").fit(kinds)
        said = [line for line in "".join(printed.texts).splitlines() if line.startswith("columns")]
        uses = json.loads(os.environ["MEANFIELD_USES"])
        self.assertEqual(40, len(uses))
        roles = {"number": "numbers: ", "date": "dates: ", "category": "categories: ", "text": "texts: ", "left": "left out: "}
        for column, use in uses.items():
            line = next(line for line in said if line.startswith("columns  " + roles[use.split()[0]]))
            self.assertIn(f"{column} ({use[9:]})" if use.startswith("left out ") else column, line)

    @unittest.skipUnless(REMOTE, "needs Spark Connect")
    def test_a_client_keeps_runs_where_the_server_allows_it(self):
        root = os.environ["MEANFIELD_CHECKPOINT_ROOT"]
        self.spark.conf.set("spark.meanfield.checkpointRoot", self.folder)
        for directory in [self.folder, f"{root}/..", f"{root}/a/../../b"]:
            self.refused(
                f"checkpointDir must be {root}, where this server of Spark Connect keeps the runs of its clients, or a"
                f" directory below it, found {directory}",
                lambda: regressor(checkpointDir=directory, runId="night").fit(self.table),
            )
        kept = regressor(checkpointDir=f"{root}/team", runId="night")
        self.assertEqual(self.predictions(self.model), self.predictions(kept.fit(self.table)))
        self.assertTrue(Path(f"{root}/team/night/model.zip").exists())

    def test_network_sets_nothing_outside_of_the_training(self):
        server = 'tracking.mlflow.uri = "http://127.0.0.1:9"'
        for key, setting in {"tracking": server, "run.directory": "run.directory = /etc"}.items():
            with self.assertRaisesRegex(MeanfieldError, f"^param network cannot set {key}; leave it out, or use "):
                regressor(network=setting).fit(self.table)

    @classic
    def test_ctrl_c_ends_a_fit_and_its_jobs(self):
        def interrupt():
            while not self.spark.sparkContext.statusTracker().getActiveJobsIds():
                time.sleep(0.01)
            times.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)

        pysparks = signal.getsignal(signal.SIGINT)
        self.addCleanup(signal.signal, signal.SIGINT, pysparks)
        for handler in [pysparks, signal.default_int_handler]:  # the second one is that of notebooks
            signal.signal(signal.SIGINT, handler)
            times = []
            threading.Thread(target=interrupt).start()
            with self.assertRaises(KeyboardInterrupt):
                regressor(maxIter=1_000_000).fit(self.table)
            self.assertLess(time.monotonic() - times[0], 5)
            self.assertEqual([], list(self.spark.sparkContext.statusTracker().getActiveJobsIds()))
        self.assertEqual(self.predictions(self.model), self.predictions(regressor().fit(self.table)))

    @classic
    def test_the_thread_of_a_fit_has_the_session_and_the_properties_of_the_program(self):
        context, session = self.spark.sparkContext, self.spark.newSession()
        self.addCleanup(context.setLocalProperty, "spark.scheduler.pool", None)
        context.setLocalProperty("spark.scheduler.pool", "night")

        def found():
            active = context._jvm.org.apache.spark.sql.SparkSession.getActiveSession()
            return context.getLocalProperty("spark.scheduler.pool"), active.get().equals(session._jsparkSession)

        self.assertEqual(("night", True), interruptible(session, found))

    def test_params_are_set_by_keyword_setter_and_map(self):
        estimator = regressor(seed=5).setScale("robust").setStepSize(0.1)
        self.assertEqual((5, "robust", 0.1), (estimator.getSeed(), estimator.getScale(), estimator.getStepSize()))
        self.assertEqual(9, estimator.copy({estimator.seed: 9}).getSeed())
        self.assertEqual(5, estimator.getSeed())
        self.assertEqual("Sets idCol: " + estimator.idCol.doc + ".", MeanfieldRegressor.setIdCol.__doc__)
        self.assertEqual(["*"], self.model.getFeaturesCols())

    def test_classifier_finds_every_class(self):
        table = self.table.withColumn("label", functions.expr("array_position(array('Chinstrap', 'Gentoo'), species)"))
        classifier = MeanfieldClassifier(featuresCols=["*"], excludeCols=["species"], idCol="id", maxIter=30)
        model = classifier.fit(table)
        self.assertEqual((3, "label"), (model.numClasses, model.getLabelCol()))
        scored = model.transform(table)
        self.assertGreater(scored.where("prediction = label").count(), 0.9 * table.count())
        self.assertEqual(3, len(scored.first().probability))
        self.assertEqual(["0", "1", "2"], model.labels)
        named = MeanfieldClassifier(featuresCols=["*"], labelCol="species", idCol="id", maxIter=30).fit(self.table)
        self.assertEqual(["Adelie", "Chinstrap", "Gentoo"], named.labels)
        self.assertEqual(model.weightsSha256, named.weightsSha256)
        model.save(f"{self.folder}/classes")
        loaded = MeanfieldClassificationModel.load(f"{self.folder}/classes")
        self.assertEqual(3, len(loaded.transform(table).first().probability))

    @classic
    def test_one_vs_rest_scores_with_the_python_of_the_program(self):
        table = self.table.dropna().withColumn("features", functions.array("bill_length_cm", "bill_depth_cm"))
        table = table.withColumn("label", functions.expr("if(species = 'Adelie', 1, 0)"))
        model = OneVsRest(classifier=MeanfieldClassifier(maxIter=1)).fit(table)
        self.assertEqual(table.count(), model.transform(table).where("prediction >= 0").count())

    def test_saved_stages_are_loaded(self):
        regressor(seed=5).write().overwrite().save(f"{self.folder}/estimator")
        self.assertEqual(5, MeanfieldRegressor.load(f"{self.folder}/estimator").getSeed())
        expected = self.predictions(self.model)
        self.model.save(f"{self.folder}/model")
        loaded = MeanfieldRegressionModel.load(f"{self.folder}/model")
        self.assertEqual((self.model.uid, expected), (loaded.uid, self.predictions(loaded)))
        Pipeline(stages=[regressor()]).save(f"{self.folder}/pipeline")
        fitted = Pipeline.load(f"{self.folder}/pipeline").fit(self.table)
        fitted.save(f"{self.folder}/pipeline-model")
        self.assertEqual(expected, self.predictions(PipelineModel.load(f"{self.folder}/pipeline-model")))

    def test_tuning_fits_in_parallel(self):
        estimator = regressor()
        grid = ParamGridBuilder().addGrid(estimator.maxIter, [1, 20]).build()
        parts = dict(
            estimator=estimator, estimatorParamMaps=grid, evaluator=RegressionEvaluator(labelCol="mass_kg"), parallelism=2
        )
        validated = CrossValidator(numFolds=2, **parts).fit(self.table)
        self.assertLess(validated.avgMetrics[1], validated.avgMetrics[0])
        validated.save(f"{self.folder}/validated")
        best = CrossValidatorModel.load(f"{self.folder}/validated").bestModel
        self.assertEqual(self.predictions(validated.bestModel), self.predictions(best))
        self.assertEqual(2, len(TrainValidationSplit(**parts).fit(self.table).validationMetrics))
        models = estimator.fit(self.table, [{estimator.maxIter: 2}, {estimator.maxIter: 1}])
        self.assertEqual(self.predictions(self.model), self.predictions(models[0]))

    def test_wrong_params_are_refused_with_their_docs(self):
        with self.assertRaisesRegex(TypeError, "unexpected keyword argument 'epochs'"):
            MeanfieldRegressor(epochs=3)
        with self.assertRaisesRegex(TypeError, r"^MeanfieldRegressor has no param epochs; see explainParams\(\)$"):
            MeanfieldRegressor().setParams(epochs=3)
        with self.assertRaisesRegex(TypeError, 'param "maxIter". Could not convert ten to int$'):
            MeanfieldRegressor(maxIter="ten")
        scale = "scale cannot be log: scale of numbers in featuresCols, data.columns.scale: standard, min-max, robust or none"
        self.refused(scale, lambda: regressor(scale="log").fit(self.table))
        workers = (
            "numWorkers cannot be -1: logical workers: train.workers; 0 for the setting's default"
            " or a number that follows from the number of rows"
        )
        self.refused(workers, lambda: regressor(numWorkers=-1).fit(self.table))
        estimator = regressor()
        self.refused(scale, lambda: estimator.fit(self.table, {estimator.scale: "log"}))
        with self.assertRaisesRegex(TypeError, '^Invalid param value given for param "maxIter". Could not convert 2.5 to int$'):
            estimator.fit(self.table, {estimator.maxIter: 2.5})
        self.refused(
            "maxIter cannot be 2147483648: expected integers from -2147483648 to 2147483647",
            lambda: regressor(maxIter=2**31).fit(self.table),
        )
        self.assertTrue(issubclass(MeanfieldError, ValueError))
        self.refused(
            "unknown key train.epoch; did you mean train.epochs? (param network: 1)",
            lambda: regressor(network="train.epoch = 3").fit(self.table),
        )

    @classic  # over Spark Connect Spark's own error tells the value
    def test_a_wrong_param_is_not_saved(self):
        scale = "scale cannot be log: scale of numbers in featuresCols, data.columns.scale: standard, min-max, robust or none"
        self.refused(scale, lambda: regressor(scale="log").save(f"{self.folder}/log"))
        self.refused(scale, lambda: Pipeline(stages=[regressor(scale="log")]).save(f"{self.folder}/logs"))

    def test_the_newest_rows_or_whole_groups_are_for_validation(self):
        for param, column in [("timeCol", "bill_length_cm"), ("groupCol", "species")]:
            model = regressor(**{param: column}).fit(self.table)
            self.assertNotIn(column, [row.column for row in model.columns().collect()])
        self.refused(
            "timeCol and groupCol are both set; set timeCol if the model will meet new rows of known groups, groupCol"
            " if it will meet new groups",
            lambda: regressor(timeCol="bill_length_cm", groupCol="species").fit(self.table),
        )

    def test_fit_refuses_columns_that_it_cannot_use(self):
        columns = "species, island, bill_length_cm, bill_depth_cm, flipper_dm and 3 more"
        for param in ["labelCol", "weightCol", "idCol", "validationIndicatorCol", "timeCol", "groupCol"]:
            self.refused(
                f"{param} names the column age, which the DataFrame does not have; its columns are {columns}",
                lambda: regressor().setParams(**{param: "age"}).fit(self.table),
            )
        self.refused(
            "the DataFrame: column sex, which labelCol names, has 2 different texts; expected numbers",
            lambda: MeanfieldRegressor(featuresCols=["*"], labelCol="sex").fit(self.table),
        )
        self.refused(
            "expected a DataFrame of Spark, found builtins.list: make one with spark.createDataFrame",
            lambda: regressor().fit([1]),
        )

    def test_a_table_without_a_column_is_refused(self):
        columns = "bill_length_cm, bill_depth_cm, flipper_dm, mass_kg and 2 more"
        missing = "featuresCols names the column species, which the DataFrame does not have; its columns are island, "
        self.refused(missing + columns, lambda: self.model.columnImportances(self.table.drop("species")))
        self.refused(missing + columns, lambda: self.model.evaluate(self.table.drop("species")))
        if not REMOTE:  # where transform sends nothing, and an action raises Spark's error
            self.refused(missing + columns, lambda: self.model.transform(self.table.drop("species")).count())

    @unittest.skipUnless(OLD_SERVER, "newer servers send the reason")
    def test_errors_of_old_servers_tell_where_the_reason_is(self):
        for call, argument in [(MeanfieldRegressionModel.load, "/nowhere"), (self.model.predict, Vectors.dense([1.0, 2.0]))]:
            self.refused(
                f"the server of Spark Connect refuses {argument}; its log has the reason, which a server of Spark 4.1 or newer"
                " sends",
                lambda: call(argument),
            )

    @unittest.skipIf(OLD_SERVER, "old servers send no reason")
    def test_load_refuses_a_directory_without_a_model(self):
        nowhere = "^cannot load a MeanfieldRegressionModel from /nowhere: .*expected a directory that "
        with self.assertRaisesRegex(MeanfieldError, nowhere):
            MeanfieldRegressionModel.load("/nowhere")
        self.model.save(f"{self.folder}/regression")
        self.refused(
            f"{self.folder}/regression has a MeanfieldRegressionModel, expected a MeanfieldClassificationModel; load it with"
            " MeanfieldRegressionModel.load",
            lambda: MeanfieldClassificationModel.load(f"{self.folder}/regression"),
        )

    @unittest.skipIf(OLD_SERVER, "old servers send no reason")
    def test_a_model_of_a_table_predicts_no_vector(self):
        columns = "bill_length_cm, bill_depth_cm, flipper_dm, species, island, sex"
        self.refused(
            f"predict takes a vector of inputs, and model {self.model.uid} reads {columns} as training did; call transform"
            " with a DataFrame that has the columns",
            lambda: self.model.predict(Vectors.dense([1.0, 2.0])),
        )

    def test_names_of_columns_may_have_dots(self):
        dotted = self.table.withColumnRenamed("mass_kg", "mass.kg")
        model = regressor(labelCol="mass.kg").fit(dotted)
        self.assertEqual(self.predictions(self.model), [row.prediction for row in model.transform(dotted).orderBy("id").collect()])

    @classic
    def test_every_snippet_runs(self):
        with open(f"{self.folder}/tickets.csv", "w") as tickets:
            tickets.write("comment,price,outcome\n")
            for i in range(200):
                ends, comment = [("refunded", 'Arrived ""late"" and broken'), ("kept", "Works well, thank you")][i % 2]
                tickets.write(f'"{comment}, box {i} of my order",{i},{ends}\n')
        pages = ["spark-ml", "python", "from-mllib", "from-pytorch", "from-horovod"]
        for page in ["README.md", *(f"docs/{name}.md" for name in pages)]:
            snippets = PYTHON.findall(Path(page).read_text())
            self.assertTrue(snippets, page)
            variables = {"spark": self.spark, "penguins": self.table, "new_penguins": self.table}
            for snippet in snippets:
                with self.subTest(page=page, snippet=snippet):
                    exec(compile(snippet.replace("hdfs:///", self.folder + "/"), page, "exec"), variables)
                    if page == "docs/spark-ml.md":
                        self.assertEqual(os.environ["MEANFIELD_SNIPPET"], variables["model"].weightsSha256)


if __name__ == "__main__":
    unittest.main()
