package io.meanfield.lesson;

import io.meanfield.pipeline.play.PlayJob;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.EvaluateJob;
import io.meanfield.pipeline.score.PredictToRunJob;
import io.meanfield.pipeline.score.WeightsJob;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.table.Table;
import io.meanfield.train.history.TrainingListener;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Trains and evaluates a system with one seed, in the same runs as the commands {@code train},
 * {@code evaluate}, {@code predict} and {@code play}.
 */
final class SystemRunner {
  private static final TrainingListener NO_PROGRESS = new TrainingListener() {};

  private final JobContext lesson;
  private final Consumer<String> print;

  /**
   * Creates a runner.
   *
   * @param lesson the job of the lesson; the ids of all runs begin with the id of its run
   * @param print receives a line for each run
   */
  SystemRunner(JobContext lesson, Consumer<String> print) {
    this.lesson = lesson;
    this.print = print;
  }

  /** Returns the measures of the trained system, and of its evaluation if it has one. */
  Map<String, Double> run(LessonSystem system, JobSettings settings, int seed) {
    RunId training = runId(system, seed, "");
    if (system.isPlayed()) {
      print(system, seed, new PlayJob(context(settings, training), NO_PROGRESS).run());
      return RunMetrics.ofPlaying(lesson.spark(), find(training));
    }
    print(system, seed, train(context(settings, training)));
    Map<String, Double> measures = RunMetrics.ofTraining(lesson.spark(), find(training));
    if (system.printWeights()) {
      printPredictions(context(settings, runId(system, seed, "-predictions")), training);
      printWeights(settings, training);
    }
    if (system.isEvaluated()) {
      RunId evaluation = runId(system, seed, "-test");
      print(system, seed, new EvaluateJob(context(settings, evaluation), training.value()).run());
      measures.putAll(RunMetrics.ofEvaluation(lesson.spark(), find(evaluation)));
    }
    return measures;
  }

  private JobContext context(JobSettings settings, RunId id) {
    return new JobContext(lesson.spark(), settings, id, lesson.interruption().forNextJob());
  }

  private static Outcome train(JobContext job) {
    return new TrainJob(job, TrainJob.Options.NONE, NO_PROGRESS).run();
  }

  private void printPredictions(JobContext job, RunId model) {
    new PredictToRunJob(job, model.value()).run();
    String outputs =
        Table.read(lesson.spark(), find(job.id()), "predictions").stream()
            .sorted(Comparator.comparingLong(row -> row.getAs("example_id")))
            .map(row -> row.<Float>getList(row.fieldIndex("outputs")))
            .map(values -> String.format(Locale.ROOT, "%.3f", values.get(0)))
            .collect(Collectors.joining(", "));
    print.accept("predictions [" + outputs + "]");
  }

  private void printWeights(JobSettings settings, RunId model) {
    List<String> lines =
        new WeightsJob(lesson.sparkContext().hadoopConfiguration(), settings, model.value())
            .print();
    lines.forEach(print);
  }

  private RunId runId(LessonSystem system, int seed, String suffix) {
    String which = system.seeds() > 1 ? "-seed-" + seed : "";
    return new RunId(lesson.id() + "-" + system.id() + which + suffix);
  }

  private RunDirectory find(RunId run) {
    return lesson.runs().find(run).orElseThrow();
  }

  private void print(LessonSystem system, int seed, Outcome outcome) {
    String which = system.seeds() > 1 ? ", seed %s of %s".formatted(seed, system.seeds()) : "";
    print.accept(system.name() + which + ": " + outcome.message());
    outcome.notes().forEach(note -> print.accept("note     " + note));
  }
}
