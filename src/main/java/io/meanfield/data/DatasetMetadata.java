package io.meanfield.data;

import io.meanfield.data.encoding.TableEncoder;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a data set that are known before its examples are read.
 *
 * @param shape the shape of the features of one example: [height, width] of an image, else
 *     [features]
 * @param images whether the features are pixels
 * @param targetKind the kind of target that examples have, or would have if they were labelled
 * @param weighted whether the examples have weights
 * @param display the location of the data, for messages
 */
public record DatasetMetadata(
    long count,
    List<Integer> shape,
    boolean images,
    TargetKind targetKind,
    boolean weighted,
    Optional<TableEncoder> encoder,
    String display) {
  DatasetMetadata withCount(long examples) {
    return new DatasetMetadata(examples, shape, images, targetKind, weighted, encoder, display);
  }

  int width() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
