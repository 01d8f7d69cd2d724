package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/** A set of examples, labelled or not, from one {@link Source}; driver only. */
public final class Dataset {
  // Blocks are a function of the data alone: a result that is computed block by block has the same
  // bits on every cluster.
  private static final int BLOCK_BYTES = 4 << 20;

  private final Metadata metadata;
  private final IdIndex idIndex;
  private final JavaRDD<Examples> blocks;

  /**
   * What a data set holds, as far as it is known before its examples are read.
   *
   * @param shape of the features of one example: [height, width] of an image, else [features]
   * @param images whether the features are pixels
   * @param targetKind the kind of target that examples have, or would have if they were labelled
   * @param display where it is, for messages
   */
  public record Metadata(
      long count,
      List<Integer> shape,
      boolean images,
      TargetKind targetKind,
      Optional<TableEncoder> encoder,
      String display) {
    int width() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  public Dataset(Metadata metadata, IdIndex idIndex, JavaRDD<Examples> blocks) {
    this.metadata = metadata;
    this.idIndex = idIndex;
    this.blocks = blocks;
  }

  /** The same examples with metadata that their table does not hold. */
  public Dataset with(Optional<TableEncoder> encoder, TargetKind targets, String display) {
    return new Dataset(
        new Metadata(count(), shape(), metadata.images(), targets, encoder, display),
        idIndex,
        blocks);
  }

  /** How many examples of so many bytes make a block. */
  public static int blockSize(long bytes) {
    return (int) Math.max(1, BLOCK_BYTES / Math.max(1, bytes));
  }

  public long count() {
    return metadata.count();
  }

  /** Numbers that a network sees of one example. */
  public int width() {
    return metadata.width();
  }

  /** Returns the shape of the features of one example: [height, width] of an image if known. */
  public List<Integer> shape() {
    return metadata.shape();
  }

  /** Whether a network sees pixels. */
  public boolean images() {
    return metadata.images();
  }

  public boolean labelled() {
    return metadata.targetKind().isLabelled();
  }

  /** The kind of target that examples have, or would have if they were labelled. */
  public TargetKind targetKind() {
    return metadata.targetKind();
  }

  /** How texts became numbers; empty if the data hold numbers only. */
  public Optional<TableEncoder> encoder() {
    return metadata.encoder();
  }

  /** Throws unless the examples are what a network of that many inputs takes. */
  public void requireWidth(int inputs) {
    if (width() != inputs) {
      throw new UserException(
          ErrorCode.MODEL_UNUSABLE,
          "the network takes "
              + inputs
              + " inputs, but the "
              + (metadata.images() ? "images" : "rows")
              + " of "
              + metadata.display()
              + " have "
              + width()
              + (metadata.images() ? " pixels" : " features"));
    }
  }

  /**
   * Throws unless the examples have labels or targets.
   *
   * @param part of the settings that locates the examples, such as {@code data.train}
   */
  public void requireTargets(String part) {
    if (!labelled()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          part + metadata.targetKind().missingReason() + "; labels are needed here");
    }
  }

  /**
   * Throws unless a network sees pixels.
   *
   * @param setting that is for images alone, such as {@code train.augment}
   */
  public void requireImages(String setting) {
    if (!images()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          setting
              + " is for images, bytes of pixels, but "
              + metadata.display()
              + " has other features; leave "
              + setting
              + " out");
    }
  }

  /** Throws unless targets, if there are any, are as many as a network has outputs. */
  public void requireOutputs(int outputs) {
    int numbers = metadata.targetKind().width();
    if (labelled() && numbers > 0 && numbers != outputs) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "the network has "
              + outputs
              + " outputs, but "
              + metadata.display()
              + " has "
              + numbers
              + " numbers in the columns of data.columns.targets");
    }
  }

  /** Throws unless targets, if there are any, lie between 0 and 1. Reads every target. */
  public void requireTargetsOfProbabilities() {
    if (labelled() && !metadata.targetKind().isClass()) {
      List<String> wrong =
          blocks.flatMap(block -> block.firstInvalidProbability().iterator()).take(1);
      if (!wrong.isEmpty()) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            metadata.display()
                + " has "
                + wrong.get(0)
                + ", expected 0 to 1, because the loss is a crossentropy");
      }
    }
  }

  /** Where it is, for messages. */
  public String display() {
    return metadata.display();
  }

  /**
   * Returns the examples of these names, in that order. Reads every example.
   *
   * @throws UserException if no example has a name; the message names those that exist
   */
  public Examples named(List<String> names) {
    return ExampleSampler.named(this, names);
  }

  /**
   * Returns {@code count} different examples, or all if there are fewer; the same for the same
   * seed. Reads every example.
   */
  public Examples random(int count, long seed) {
    return ExampleSampler.random(this, count, seed);
  }

  public IdIndex idIndex() {
    return idIndex;
  }

  /** The examples in blocks of neighbours. */
  public JavaRDD<Examples> blocks() {
    return blocks;
  }

  /**
   * A digest of every example with its id: equal for raw and gzipped files, on every cluster and in
   * every order of reading. Reads every example.
   */
  public String fingerprint() {
    return blocks
        .map(Fingerprint::of)
        .fold(Fingerprint.EMPTY, Fingerprint::plus)
        .text(metadata.count());
  }
}
