package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.inspection.Inspection;
import io.meanfield.network.Model;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.RunPageFile;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.TrainingData;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects the model of a run and writes the tables that only the page of the run shows. A failure
 * costs a warning and never the run. Driver only.
 */
public final class RunInspection {
  private static final Logger LOG = LoggerFactory.getLogger(RunInspection.class);

  private final JobContext job;
  private final RunDirectory run;
  private final PageContent content;

  public RunInspection(JobContext job, RunDirectory run) {
    this.job = job;
    this.run = run;
    this.content = job.settings().page();
  }

  /** Inspects a trained model on its validation examples, if it has any. */
  public void inspect(TrainingResult trained, TrainingData shards, TrainingExamples examples) {
    warnOfFailure(
        run,
        job.interruption(),
        () -> {
          EvaluationTables.deleteClasses(run);
          Inspection.delete(run);
          if (content != PageContent.NONE && examples.validation() > 0) {
            inspectValidation(trained, shards, examples);
          }
        });
  }

  private void inspectValidation(
      TrainingResult trained, TrainingData shards, TrainingExamples examples) {
    Model model = trained.model();
    try (Predictions predictions =
        Predictions.ofShards(model, "the validation examples", shards.validation())) {
      EvaluationTables.writeClasses(run, trained.validation().orElseGet(predictions::evaluate));
      new Inspection(
              model,
              shards.validation().flatMap(ShardGroup::chunks),
              examples.validation(),
              examples.data().encoder(),
              job.settings().seed())
          .write(run, predictions);
    }
  }

  /** Inspects a model on the examples that it has predicted. */
  public void inspect(Model model, Dataset data, Predictions predictions) {
    warnOfFailure(
        run,
        job.interruption(),
        () -> {
          Inspection.delete(run);
          if (content != PageContent.NONE) {
            new Inspection(
                    model, data.blocks(), data.count(), data.encoder(), job.settings().seed())
                .write(run, predictions);
          }
        });
  }

  public static void warnOfFailure(
      RunDirectory run, Interruption interruption, Runnable inspection) {
    RunPageFile.orWarning(
        interruption,
        () -> {
          inspection.run();
          return Optional.empty();
        },
        failure ->
            LOG.warn(
                "the page of run {} lacks the inspection of the model: {}", run.id(), failure));
  }
}
