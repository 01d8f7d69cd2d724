package io.meanfield.evaluate.inspection;

import io.meanfield.data.Examples;
import io.meanfield.data.TableEncoder;
import io.meanfield.network.Model;
import io.meanfield.network.layers.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The examples on which a model is inspected. Driver only.
 *
 * @param blocks the examples, labelled
 * @param count their number
 * @param usual the examples from which mean and deviation are computed: those of the training if
 *     there are any
 * @param usualCount their number
 * @param table the encoder of the examples; empty if they are not rows of a table
 * @param picture the size of the examples as images; empty if they are none
 * @param seed determines which examples are drawn
 */
public record InspectedExamples(
    Model model,
    JavaRDD<Examples> blocks,
    long count,
    JavaRDD<Examples> usual,
    long usualCount,
    Optional<TableEncoder> table,
    Optional<Shape.Image> picture,
    long seed) {

  /** Returns the encoder of rows that are no images. */
  Optional<TableEncoder> encoder() {
    return table.filter(found -> picture.isEmpty());
  }

  int width() {
    return model.network().inputs();
  }

  /** Returns about {@code most} random examples. */
  Examples random(int most) {
    return ExampleSample.random(blocks, count, width(), most, seed);
  }

  /** Returns random examples of those that tell what is usual. */
  Examples randomUsual() {
    return ExampleSample.random(usual, usualCount, width(), ExampleSample.MOST_EXAMPLES, seed);
  }

  /** Returns the names of classes; none if they are numbers. */
  List<String> labels(int classes) {
    return table
        .filter(encoder -> encoder.labels().isPresent())
        .map(
            encoder ->
                IntStream.range(0, classes)
                    .mapToObj(cls -> encoder.labelName(cls).orElse(Integer.toString(cls)))
                    .toList())
        .orElse(List.of());
  }
}
