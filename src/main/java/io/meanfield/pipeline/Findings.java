package io.meanfield.pipeline;

import io.meanfield.data.Examples;
import io.meanfield.data.Shard;
import io.meanfield.data.ShardGroup;
import io.meanfield.evaluate.Feed;
import io.meanfield.evaluate.LinearSeparability;
import io.meanfield.network.Architecture;
import io.meanfield.network.Minibatch;
import io.meanfield.network.Task;
import io.meanfield.train.History;
import io.meanfield.train.OverFitting;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** What a person should know about a training besides its numbers. */
final class Findings {
  private final History history;
  private final Architecture architecture;

  Findings(History history, Architecture architecture) {
    this.history = history;
    this.architecture = architecture;
  }

  /** Where it began to over-fit, unless early stopping kept the best epoch. */
  List<String> overFitting(boolean stopsEarly) {
    return stopsEarly
        ? List.of()
        : OverFitting.of(history.epochs()).map(OverFitting::sentence).stream().toList();
  }

  /** That the network has too few layers, where that can be said for certain. */
  List<String> limits(JavaRDD<ShardGroup> training, long examples) {
    boolean perfect =
        history.epochs().get(history.epochs().size() - 1).trainAccuracy().orElse(1.0) >= 1;
    if (perfect
        || architecture.network().layers().size() > 1
        || architecture.outputs() > 1
        || !LinearSeparability.isQuick(examples, architecture.inputs())) {
      return List.of();
    }
    return separable(training.collect())
        ? List.of()
        : List.of(
            "one layer cannot separate these two classes: no weights give all "
                + examples
                + " training examples their class; put a hidden layer in front");
  }

  private boolean separable(List<ShardGroup> groups) {
    List<Examples> parts =
        groups.stream().flatMap(group -> group.shards().stream()).map(Shard::examples).toList();
    int count = parts.stream().mapToInt(Examples::count).sum();
    Minibatch all =
        new Minibatch(
            count, architecture.inputs(), 1, Task.ofClasses(1)); // numbers, whatever they came as
    all.begin(count, 0);
    int row = 0;
    for (Examples part : parts) {
      for (int example = 0; example < part.count(); example++, row++) {
        part.features().write(example, all.features(), all.offset(row));
        Feed.targets(part, example, all, row);
      }
    }
    return LinearSeparability.of(all, architecture.inputs());
  }
}
