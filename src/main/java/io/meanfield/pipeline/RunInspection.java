package io.meanfield.pipeline;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.inspection.InspectedExamples;
import io.meanfield.evaluate.inspection.Inspection;
import io.meanfield.evaluate.inspection.InspectionTables;
import io.meanfield.network.Model;
import io.meanfield.network.layers.Shape;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.TrainingData;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects the model of a run and writes the tables that only the page of the run shows. A failure
 * costs a warning and never the run. Driver only.
 */
final class RunInspection {
  private static final Logger LOG = LoggerFactory.getLogger(RunInspection.class);

  private final JobContext job;
  private final RunDirectory run;
  private final PageContent content;

  RunInspection(JobContext job, RunDirectory run) {
    this.job = job;
    this.run = run;
    this.content = job.settings().page();
  }

  /** Inspects a trained model on its validation examples, if it has any. */
  void inspect(TrainingResult trained, TrainingData shards, TrainingExamples examples) {
    warnOfFailure(
        run,
        job.interruption(),
        () -> {
          EvaluationTables.deleteClasses(run);
          InspectionTables.delete(run);
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
      InspectedExamples inspected =
          new InspectedExamples(
              model,
              blocks(shards.validation()),
              examples.validation(),
              blocks(shards.training()),
              shards.split().training(),
              examples.data().encoder(),
              picture(model, examples.data()),
              job.settings().seed());
      write(predictions, inspected);
    }
  }

  private void write(Predictions predictions, InspectedExamples inspected) {
    InspectionTables.write(
        run,
        content == PageContent.FULL
            ? Inspection.of(predictions, inspected)
            : Inspection.withoutExamples(predictions, inspected));
  }

  private static JavaRDD<Examples> blocks(JavaRDD<ShardGroup> groups) {
    return groups.flatMap(ShardGroup::chunks);
  }

  /** Inspects a model on the examples that it has predicted. */
  void inspect(Model model, Dataset data, Predictions predictions) {
    warnOfFailure(
        run,
        job.interruption(),
        () -> {
          InspectionTables.delete(run);
          if (content != PageContent.NONE) {
            write(predictions, inspected(model, data));
          }
        });
  }

  private InspectedExamples inspected(Model model, Dataset data) {
    return new InspectedExamples(
        model,
        data.blocks(),
        data.count(),
        data.blocks(),
        data.count(),
        data.encoder(),
        picture(model, data),
        job.settings().seed());
  }

  static void warnOfFailure(RunDirectory run, Interruption interruption, Runnable inspection) {
    PageWork.orWarning(
        interruption,
        () -> {
          inspection.run();
          return Optional.empty();
        },
        failure ->
            LOG.warn(
                "the page of run {} lacks the inspection of the model: {}", run.id(), failure));
  }

  /** Returns the size of the examples as images; empty if they are none that can be drawn. */
  private static Optional<Shape.Image> picture(Model model, Dataset data) {
    Shape shape = Shape.of(model.network().settings().input());
    boolean isImage = data.hasImages() || shape instanceof Shape.Image;
    Optional<Shape.Image> known =
        data.shape().size() > 1 ? Shape.of(data.shape()).image() : Optional.empty();
    return isImage
        ? known
            .or(shape::image)
            .filter(image -> image.channels() == 1 || image.channels() == 3)
            .filter(image -> image.height() * image.width() * image.channels() == data.width())
        : Optional.empty();
  }
}
