package io.meanfield.pipeline;

import io.meanfield.data.Dataset;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.network.TaskType;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code evaluate} and {@code predict}: a model meets {@code data.test}; a run of its own. */
public final class EvaluateJob {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final JobSettings settings;
  private final RunId id;
  private final String model;
  private final Interruption interruption;

  /**
   * A job.
   *
   * @param model the id of a run, or the path of a model file
   */
  public EvaluateJob(
      SparkSession spark, JobSettings settings, RunId id, String model, Interruption interruption) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.id = id;
    this.model = model;
    this.interruption = interruption;
  }

  /** Compares the model's predictions with the labels and writes metrics and predictions. */
  public Outcome evaluate() {
    RunDirectory.requireWritable(context.hadoopConfiguration(), settings.run().directory());
    ModelReference reference = reference();
    Dataset data = data(reference);
    data.requireTargets("data.test");
    data.blocks().cache();
    if (reference.model().network().loss().givesProbabilities()) {
      data.requireTargetsOfProbabilities();
    }
    String fingerprint = data.fingerprint();
    reference.requireNotTrainingData(fingerprint);
    return supervise(
        "evaluate",
        reference,
        data,
        fingerprint,
        run -> evaluate(run, reference, data, fingerprint));
  }

  private Outcome evaluate(
      RunDirectory run, ModelReference reference, Dataset data, String fingerprint) {
    try (Predictions predictions = Predictions.of(reference.model(), data)) {
      Evaluation evaluation = predictions.evaluate();
      EvaluationTables.write(spark, run, evaluation, reference.name(), fingerprint, Instant.now());
      predictions.write(spark, run);
      return Outcome.done(sentence(evaluation), details(run, evaluation));
    }
  }

  /** Writes predictions for examples, labelled or not. */
  public Outcome predict() {
    RunDirectory.requireWritable(context.hadoopConfiguration(), settings.run().directory());
    ModelReference reference = reference();
    Dataset data = data(reference);
    data.blocks().cache();
    return supervise(
        "predict", reference, data, data.fingerprint(), run -> predict(run, reference, data));
  }

  private Outcome predict(RunDirectory run, ModelReference reference, Dataset data) {
    try (Predictions predictions = Predictions.of(reference.model(), data)) {
      predictions.write(spark, run);
      return Outcome.done(
          "predicted " + data.count() + " examples",
          List.of("tables   " + run.display() + "/tables"));
    }
  }

  private ModelReference reference() {
    return ModelReference.resolve(context.hadoopConfiguration(), settings.run().directory(), model)
        .withEngine(settings.engine());
  }

  private Dataset data(ModelReference reference) {
    Dataset data =
        Dataset.open(
            context,
            settings.data().test(),
            TaskType.classes(reference.model().network().outputs()),
            reference.encoder());
    data.requireWidth(reference.model().network().inputs());
    data.requireOutputs(reference.model().network().outputs());
    if (reference.encoder().isEmpty()) {
      data.encoder().ifPresent(made -> made.requireNoVocabulary(reference.name()));
    }
    return data;
  }

  private Outcome supervise(
      String command,
      ModelReference reference,
      Dataset data,
      String fingerprint,
      RunSupervisor.Job job) {
    Map<String, Object> all = Provenance.parse(settings.json()).root().unwrapped();
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("run_id", id.value());
    entries.put("command", command);
    entries.put(
        "model",
        Map.of(
            "name", reference.name(), "weights_sha256", reference.model().state().weightsSha256()));
    entries.put(
        "data", Map.of("test", Map.of("fingerprint", fingerprint, "examples", data.count())));
    entries.put("versions", Provenance.versions(context));
    entries.put("settings", Map.of("run", all.get("run"), "data", all.get("data")));
    Manifest manifest = Manifest.of(entries);
    RunDirectory run =
        RunDirectory.claim(context.hadoopConfiguration(), settings.run().directory(), id, manifest);
    return RunSupervisor.run(run, manifest, false, interruption, job);
  }

  private static String sentence(Evaluation evaluation) {
    return accuracy(evaluation)
        + errors(evaluation)
        + String.format(Locale.ROOT, "loss %.4f", evaluation.loss());
  }

  private static String accuracy(Evaluation evaluation) {
    return evaluation
        .correct()
        .map(
            right ->
                String.format(
                    Locale.ROOT,
                    "accuracy %.2f %% (%d of %d right), ",
                    100.0 * right / evaluation.examples(),
                    right,
                    evaluation.examples()))
        .orElse("");
  }

  private static String errors(Evaluation evaluation) {
    return evaluation.value("mse").isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "mse %s, mae %s, r2 %s, ",
            number(evaluation.value("mse")),
            number(evaluation.value("mae")),
            number(evaluation.value("r2")));
  }

  private static List<String> details(RunDirectory run, Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    if (!evaluation.classes().isEmpty()) {
      lines.add(macro(evaluation));
    }
    evaluation.notes().forEach(sentence -> lines.add("note     " + sentence));
    lines.add("tables   " + run.display() + "/tables");
    if (!evaluation.confusion().isEmpty()) {
      lines.add(
          "query    spark.read.parquet(\""
              + run.display()
              + "/tables/confusion\").where(\"actual <> predicted\")"
              + ".orderBy(desc(\"count\")).show()");
    }
    return lines;
  }

  private static String macro(Evaluation evaluation) {
    String last =
        evaluation
            .value("hamming_loss")
            .map(loss -> "Hamming loss " + number(Optional.of(loss)))
            .orElse("calibration error " + number(evaluation.value("expected_calibration_error")));
    return String.format(
        Locale.ROOT,
        "macro    precision %s, recall %s, F1 %s, ROC AUC %s, %s",
        number(evaluation.value("macro_precision")),
        number(evaluation.value("macro_recall")),
        number(evaluation.value("macro_f1")),
        number(evaluation.value("roc_auc_macro")),
        last);
  }

  private static String number(Optional<Double> value) {
    return value.map(v -> String.format(Locale.ROOT, "%.4f", v)).orElse("none");
  }
}
