package io.meanfield.pipeline.play;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.train.EpochMeasuring;
import io.meanfield.reinforce.DeepQLearning;
import io.meanfield.reinforce.EvaluationRow;
import io.meanfield.reinforce.PlayCheckpoints;
import io.meanfield.reinforce.PlayState;
import io.meanfield.reinforce.PlayTables;
import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A training in an environment whose checkpoints, model and tables are written into a run. It
 * continues from the newest checkpoint. The model has the weights of the best evaluation. Driver
 * only.
 */
final class RecordedPlay {
  private final JobContext job;
  private final ReinforceSettings settings;
  private final Model start;
  private final TrainingListener progress;
  private final EarlyStopping selection;

  RecordedPlay(JobContext job, ReinforceSettings settings, Model start, TrainingListener progress) {
    this.job = job;
    this.settings = settings;
    this.start = start;
    this.progress = progress;
    this.selection = settings.selection();
  }

  /** Trains from the newest checkpoint on, and writes model and tables into the run. */
  Outcome run(RunDirectory run) {
    recordExecutors(run);
    try (Checkpoints checkpoints =
        new Checkpoints(run, job.settings().run().keepCheckpoints(), selection)) {
      job.interruption().finishFirst(checkpoints::finish);
      DeepQLearning learning =
          new DeepQLearning(job.sparkContext(), settings, job.settings().seed(), start.network());
      History history = new History(start.network().engine(), selection);
      PlayState last = train(run, learning, checkpoints, history);
      checkpoints.awaitWrites();
      LearnerState best = checkpoints.best().learner();
      EvaluationRow test = learning.test(best);
      run.writeModel(out -> ModelFile.write(SavedModel.ofNumbers(start.with(best)), out));
      history.write(run);
      PlayTables.write(run, last, test);
      return outcome(run, last, best, test);
    }
  }

  private void recordExecutors(RunDirectory run) {
    List<Integer> workers = IntStream.range(0, settings.workers()).boxed().toList();
    ExecutorKernels.record(
        run,
        ExecutorKernels.pinAndLoad(
            start.network(), job.sparkContext().parallelize(workers, workers.size())));
  }

  private PlayState train(
      RunDirectory run, DeepQLearning learning, Checkpoints checkpoints, History history) {
    PlayCheckpoints files =
        new PlayCheckpoints(run, settings, job.settings().run().keepCheckpoints(), checkpoints);
    EpochMeasuring measuring = new EpochMeasuring(job.measurements(), selection.monitor());
    Optional<PlayState> resumed = files.resume();
    resumed.ifPresent(
        state -> {
          List.of(history, measuring).forEach(checkpoints::replay);
          progress.resumed(state.learner().epoch());
        });
    return learning.train(
        resumed.orElseGet(() -> PlayState.initial(start.state(), settings, job.settings().seed())),
        files::write,
        List.of(history, checkpoints, measuring, progress));
  }

  private static Outcome outcome(
      RunDirectory run, PlayState last, LearnerState best, EvaluationRow test) {
    String message =
        String.format(
            Locale.ROOT,
            "played %d %s and kept the weights of epoch %d, the best: mean return %.2f in %d"
                + " test episodes (%.0f to %.0f)",
            last.learner().epoch(),
            last.learner().epoch() == 1 ? "epoch" : "epochs",
            best.epoch(),
            test.mean(),
            test.episodes(),
            test.least(),
            test.most());
    Map<String, Double> metrics =
        Map.of("epoch", (double) best.epoch(), ReinforceSettings.MEAN_RETURN, test.mean());
    return Outcome.done(
            message,
            List.of(
                "model    " + HadoopPaths.display(run.model()),
                "weights  " + best.weights().length + ", sha256 " + best.weightsSha256()))
        .withResult(new RunResult(metrics, Optional.of(best.weightsSha256())));
  }
}
