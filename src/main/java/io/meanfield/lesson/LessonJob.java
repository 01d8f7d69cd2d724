package io.meanfield.lesson;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.EvaluateJob;
import io.meanfield.pipeline.Interruption;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.Outcome;
import io.meanfield.pipeline.Provenance;
import io.meanfield.pipeline.RunSupervisor;
import io.meanfield.pipeline.TrainJob;
import io.meanfield.pipeline.WeightsJob;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Table;
import io.meanfield.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * {@code lesson}: runs the systems of a list, each as the runs that {@code train} and {@code
 * evaluate} would make, and compares what comes of them with what must come. Killed, the same
 * command goes on with the runs that are not finished.
 */
public final class LessonJob {
  private static final TrainingListener NO_OP = new TrainingListener() {};

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final LessonPlan plan;
  private final String runs;
  private final RunId id;
  private final Interruption interruption;
  private final Consumer<String> print;
  private final Map<String, List<Map<String, Double>>> measured = new HashMap<>();

  /** Where the systems are listed, and what is to be done with them. */
  public record LessonPlan(
      Path file, Optional<String> only, boolean slow, SettingsFactory settings) {}

  /** The settings of one training. */
  @FunctionalInterface
  public interface SettingsFactory {
    JobSettings of(Path job, List<String> assignments);
  }

  /**
   * A job.
   *
   * @param settings where the runs are
   * @param say told a line for each run, and the table
   */
  public LessonJob(
      SparkSession spark,
      LessonPlan workbook,
      JobSettings settings,
      RunId id,
      Interruption interruption,
      Consumer<String> say) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.plan = workbook;
    this.runs = settings.run().directory();
    this.id = id;
    this.interruption = interruption;
    this.print = say;
  }

  /**
   * Runs it.
   *
   * @throws UserException if a run fails, or a result is not as expected
   */
  public Outcome run() {
    List<LessonSystem> systems = chosen(LessonSystem.read(plan.file()));
    systems.forEach(this::check);
    RunDirectory.requireWritable(context.hadoopConfiguration(), runs);
    Manifest manifest = manifest(systems);
    RunDirectory run = RunDirectory.claim(context.hadoopConfiguration(), runs, id, manifest);
    RunSupervisor.requireSame(run, manifest);
    List<LessonResult> results = new ArrayList<>();
    for (LessonSystem system : systems) {
      measured.put(system.name(), repeat(system));
      system.expectations().forEach(wanted -> results.add(result(system, wanted)));
    }
    LessonTable table = new LessonTable(results);
    table.lines().forEach(print);
    return RunSupervisor.run(run, manifest, false, interruption, held -> write(held, table));
  }

  private List<LessonSystem> chosen(List<LessonSystem> all) {
    Optional<LessonSystem> one =
        plan.only().map(wanted -> named(wanted, all)); // with what it is compared with
    return all.stream()
        .filter(
            system ->
                one.map(only -> system.equals(only) || only.baselines().contains(system.name()))
                    .orElse(plan.slow() || !system.slow()))
        .toList();
  }

  private LessonSystem named(String wanted, List<LessonSystem> all) {
    return all.stream()
        .filter(system -> system.id().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "--only must be one of "
                        + String.join(", ", all.stream().map(LessonSystem::id).toList())
                        + " ("
                        + plan.file()
                        + "), found "
                        + wanted));
  }

  // All of them before the first one runs for minutes.
  private void check(LessonSystem system) {
    settings(system, 1);
  }

  private JobSettings settings(LessonSystem system, int seed) {
    List<String> assignments = new ArrayList<>(system.assignments());
    if (system.seeds() > 1) {
      assignments.add("run.seed=" + seed);
    }
    return plan.settings().of(system.job(), assignments);
  }

  /** The measures of a system, by seed. */
  private List<Map<String, Double>> repeat(LessonSystem system) {
    return IntStream.rangeClosed(1, system.seeds()).mapToObj(seed -> once(system, seed)).toList();
  }

  private Map<String, Double> once(LessonSystem system, int seed) {
    JobSettings settings = settings(system, seed);
    RunId training = runId(system, seed, "");
    Outcome trained =
        new TrainJob(
                spark,
                settings,
                training,
                NO_OP,
                false,
                Optional.empty(),
                interruption.forNextJob())
            .run();
    print(system, seed, trained);
    Map<String, Double> measures = RunMetrics.ofTraining(spark, find(training));
    SeparabilityNote.of(context, settings, measures.getOrDefault("train_accuracy", 1.0))
        .ifPresent(note -> print.accept("note     " + note));
    if (system.printWeights()) {
      predictions(settings, runId(system, seed, "-predictions"), training);
      new WeightsJob(context.hadoopConfiguration(), settings, training.value())
          .print()
          .forEach(print);
    }
    if (system.isEvaluated()) {
      RunId evaluation = runId(system, seed, "-test");
      print(system, seed, evaluate(settings, evaluation, training).evaluate());
      measures.putAll(RunMetrics.ofEvaluation(spark, find(evaluation)));
    }
    return measures;
  }

  private void predictions(JobSettings settings, RunId prediction, RunId model) {
    evaluate(settings, prediction, model).predict();
    String outputs =
        Table.read(spark, find(prediction), "predictions").stream()
            .sorted(Comparator.comparingLong(row -> row.getAs("example_id")))
            .map(row -> row.<Float>getList(row.fieldIndex("outputs")))
            .map(values -> String.format(Locale.ROOT, "%.3f", values.get(0)))
            .collect(Collectors.joining(", "));
    print.accept("predictions [" + outputs + "]");
  }

  private EvaluateJob evaluate(JobSettings settings, RunId evaluation, RunId model) {
    return new EvaluateJob(spark, settings, evaluation, model.value(), interruption.forNextJob());
  }

  private RunId runId(LessonSystem system, int seed, String suffix) {
    return new RunId(id + "-" + system.id() + (system.seeds() > 1 ? "-seed-" + seed : "") + suffix);
  }

  private RunDirectory find(RunId run) {
    return RunDirectory.find(context.hadoopConfiguration(), runs, run).orElseThrow();
  }

  private void print(LessonSystem system, int seed, Outcome outcome) {
    String which = system.seeds() > 1 ? ", seed " + seed + " of " + system.seeds() : "";
    print.accept(system.name() + which + ": " + outcome.message());
    outcome.details().stream().filter(line -> line.startsWith("note ")).forEach(print);
  }

  private LessonResult result(LessonSystem system, Expectation wanted) {
    List<Double> values = new ArrayList<>();
    for (int seed = 0; seed < system.seeds(); seed++) {
      double value = measure(system.name(), seed, wanted.measure());
      int same = seed;
      values.add(
          value
              - wanted.baseline().map(other -> measure(other, same, wanted.measure())).orElse(0.0));
    }
    return new LessonResult(system, wanted, List.copyOf(values));
  }

  private double measure(String system, int seed, String measure) {
    List<Map<String, Double>> seeds = measured.getOrDefault(system, List.of());
    if (seed >= seeds.size() || !seeds.get(seed).containsKey(measure)) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          plan.file()
              + " expects a "
              + measure
              + " of "
              + system
              + ", seed "
              + (seed + 1)
              + "; it has "
              + (seed >= seeds.size() ? "not run before" : seeds.get(seed).keySet()));
    }
    return seeds.get(seed).get(measure);
  }

  private Manifest manifest(List<LessonSystem> systems) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("run_id", id.value());
    entries.put("command", "lesson");
    entries.put(
        "systems",
        Map.of(
            "file",
            plan.file().toString(),
            "ids",
            systems.stream().map(LessonSystem::id).toList()));
    entries.put("versions", Provenance.versions(context));
    return Manifest.of(entries);
  }

  private Outcome write(RunDirectory run, LessonTable table) {
    table.write(spark, run);
    if (!table.holds()) {
      throw new UserException(
          ErrorCode.EXPECTATION_FAILED, table.summary() + "; see the column verdict");
    }
    return Outcome.done(table.summary(), List.of("table    " + run.display() + "/tables/lesson"));
  }
}
