package io.meanfield.lesson;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.source.ReadContext;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.TargetScale;
import io.meanfield.network.TaskType;
import io.meanfield.pipeline.run.JobSettings;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** States that one layer cannot separate the two classes of a small training set. */
final class SeparabilityNote {
  private SeparabilityNote() {}

  /**
   * Returns the note, or empty if the network has several layers or outputs, if it classifies every
   * training example correctly, or if the training set is too large for the test.
   *
   * @param trainAccuracy of the last epoch
   */
  static Optional<String> of(JavaSparkContext spark, JobSettings settings, double trainAccuracy) {
    NetworkSettings network = settings.network();
    if (trainAccuracy >= 1 || network.layers().size() > 1 || network.outputs() > 1) {
      return Optional.empty();
    }
    ReadContext reading =
        ReadContext.of(spark, TaskType.classes(network.outputs()))
            .withTargets()
            .withBadRows(settings.data().badRows());
    Dataset data = settings.data().train().open(reading);
    if (!LinearSeparability.isSmallEnough(data.count(), data.width())
        || isSeparable(data.blocks().collect(), data.width())) {
      return Optional.empty();
    }
    return Optional.of(
        "one layer cannot separate these two classes: no weights classify all "
            + data.count()
            + " training examples correctly; add a hidden layer");
  }

  private static boolean isSeparable(List<Examples> blocks, int inputs) {
    int count = blocks.stream().mapToInt(Examples::count).sum();
    // Features are floats here, even if those of the data set are bytes.
    Minibatch all = new Minibatch(count, inputs, 1, TaskType.ofClasses(1));
    all.reset(count, 0);
    int row = 0;
    for (Examples block : blocks) {
      for (int example = 0; example < block.count(); example++, row++) {
        block.features().write(example, all.features(), all.offset(row));
        BatchWriter.targets(block, example, TargetScale.NONE, all, row);
      }
    }
    return LinearSeparability.of(all, inputs);
  }
}
