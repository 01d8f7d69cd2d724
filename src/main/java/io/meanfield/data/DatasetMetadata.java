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
 * @param segments the segments between which the examples are divided; empty if they are divided at
 *     random
 */
public record DatasetMetadata(
    long count,
    List<Integer> shape,
    boolean images,
    TargetKind targetKind,
    boolean weighted,
    Optional<TableEncoder> encoder,
    String display,
    Optional<Segments> segments) {
  /** Makes the metadata of examples that are divided at random. */
  public DatasetMetadata(
      long count,
      List<Integer> shape,
      boolean images,
      TargetKind targetKind,
      boolean weighted,
      Optional<TableEncoder> encoder,
      String display) {
    this(count, shape, images, targetKind, weighted, encoder, display, Optional.empty());
  }

  /** Returns the metadata of some of the examples. */
  DatasetMetadata withCount(long examples) {
    return new DatasetMetadata(examples, shape, images, targetKind, weighted, encoder, display);
  }

  int width() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
