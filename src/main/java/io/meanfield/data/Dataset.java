package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/** A set of examples, labelled or not, from one {@code Source}; driver only. */
public final class Dataset {
  // The block size depends on the data alone, not on the cluster: a result that is computed block
  // by block has the same bits on every cluster.
  private static final int BLOCK_BYTES = 4 << 20;

  private final DatasetMetadata metadata;
  private final JavaRDD<Examples> blocks;
  private final Optional<Dataset> unscaled;
  private final SkippedRows skipped;
  private final Origin origin;

  /**
   * Where the examples come from.
   *
   * @param fingerprint the fingerprint that they had when they were written, if it was recorded
   * @param whole the data set that they are a share of, if they are one
   * @param unknown the categories of each column of their table that the encoder does not know
   */
  private record Origin(
      Optional<String> fingerprint, Optional<Dataset> whole, Map<String, List<String>> unknown) {
    static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty(), Map.of());

    Origin withUnknown(Map<String, List<String>> categories) {
      return new Origin(fingerprint, whole, categories);
    }

    Origin withFingerprint(String recorded) {
      return new Origin(Optional.of(recorded), whole, unknown);
    }

    Origin shareOf(Dataset data) {
      return new Origin(Optional.empty(), Optional.of(data), unknown);
    }
  }

  public Dataset(DatasetMetadata metadata, JavaRDD<Examples> blocks) {
    this(metadata, blocks, Optional.empty(), new SkippedRows(), Origin.UNKNOWN);
  }

  private Dataset(
      DatasetMetadata metadata,
      JavaRDD<Examples> blocks,
      Optional<Dataset> unscaled,
      SkippedRows skipped,
      Origin origin) {
    this.metadata = metadata;
    this.blocks = blocks;
    this.unscaled = unscaled;
    this.skipped = skipped;
    this.origin = origin;
  }

  /** Returns the same data set; {@code numbers} has its numbers in the unit of the table. */
  public Dataset withUnscaled(Dataset numbers) {
    return new Dataset(metadata, blocks, Optional.of(numbers), skipped, origin);
  }

  /** Returns the same data set with the rows of its table that are not among the examples. */
  public Dataset withSkipped(SkippedRows rows) {
    return new Dataset(metadata, blocks, unscaled, rows, origin);
  }

  /** Returns the same data set with the categories of its table that its encoder does not know. */
  public Dataset withUnknownCategories(Map<String, List<String>> unknown) {
    return new Dataset(metadata, blocks, unscaled, skipped, origin.withUnknown(unknown));
  }

  /** The categories of each column of the table that the encoder does not know. */
  public Map<String, List<String>> unknownCategories() {
    return origin.unknown();
  }

  /**
   * Removes the examples from Spark's cache. They can still be read. The end of the session removes
   * them, too.
   */
  public void release() {
    // Spark prints a stack trace if it stops while blocks are removed, as after an error. On a
    // local master the removal takes milliseconds.
    blocks.unpersist(blocks.context().isLocal());
    origin.whole().ifPresent(Dataset::release);
  }

  /** Returns the result of a use of the examples; releases them if it throws. */
  public <T> T orRelease(Supplier<T> use) {
    try {
      return use.get();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      release();
      throw e;
    }
  }

  /**
   * Returns the examples that the split sets aside for tests.
   *
   * @param fraction the fraction of the examples, as in {@link Split}
   * @throws UserException if there are none
   */
  public Dataset testShare(double fraction) {
    Split split = Split.of(count(), new TrainingShare(0, fraction, 0), 1);
    if (split.test() == 0) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "data.test-fraction = "
              + fraction
              + " sets none of the "
              + count()
              + " examples of "
              + display()
              + " aside for tests; set a larger fraction, or set data.test");
    }
    return new Dataset(
        metadata.withCount(split.test()),
        blocks.map(split::testOf).filter(block -> block.count() > 0),
        unscaled.map(numbers -> numbers.testShare(fraction)),
        skipped,
        origin.shareOf(this));
  }

  /** Returns the data set that these examples are a share of; itself if they are no share. */
  public Dataset whole() {
    return origin.whole().orElse(this);
  }

  /** The rows of the table that are not among the examples, because they cannot be used. */
  public SkippedRows skipped() {
    return skipped;
  }

  /**
   * Returns the examples with one number for each number of the table, in its unit; the same data
   * set if that is what they are.
   */
  public Dataset unscaled() {
    return unscaled.orElse(this);
  }

  /** Returns the same examples with metadata that their table does not contain. */
  public Dataset with(Optional<TableEncoder> encoder, TargetKind targets, String display) {
    return new Dataset(
        new DatasetMetadata(count(), shape(), hasImages(), targets, isWeighted(), encoder, display),
        blocks,
        Optional.empty(),
        skipped,
        origin);
  }

  /**
   * Returns the same examples, which had a fingerprint when they were written. {@link #fingerprint}
   * and {@link #requireIntact} compare it with the one that they have.
   */
  public Dataset recordedAs(String fingerprint) {
    return new Dataset(metadata, blocks, unscaled, skipped, origin.withFingerprint(fingerprint));
  }

  /** Returns the number of examples in a block if one example has {@code bytes} bytes. */
  public static int blockSize(long bytes) {
    return (int) Math.max(1, BLOCK_BYTES / Math.max(1, bytes));
  }

  public long count() {
    return metadata.count();
  }

  /** The number of values that a network sees of one example. */
  public int width() {
    return metadata.width();
  }

  /** Returns the shape of the features of one example: [height, width] of an image, if known. */
  public List<Integer> shape() {
    return metadata.shape();
  }

  /** Returns whether the features are pixels. */
  public boolean hasImages() {
    return metadata.images();
  }

  public boolean isLabelled() {
    return metadata.targetKind().isLabelled();
  }

  /** Returns whether the examples have weights. */
  public boolean isWeighted() {
    return metadata.weighted();
  }

  /** The kind of target that examples have, or would have if they were labelled. */
  public TargetKind targetKind() {
    return metadata.targetKind();
  }

  /** The encoder that turned strings into numbers; empty if the data contain numbers only. */
  public Optional<TableEncoder> encoder() {
    return metadata.encoder();
  }

  /** The location of the data, for messages. */
  public String display() {
    return metadata.display();
  }

  /**
   * Returns the examples with these names, in the order of {@code names}. Reads every example.
   *
   * @throws UserException if a name belongs to no example
   */
  public Examples named(List<String> names) {
    return ChosenExamples.named(this, names);
  }

  /**
   * Returns {@code count} different examples, or all if there are fewer. The same seed returns the
   * same examples. Reads every example.
   */
  public Examples random(int count, long seed) {
    return ChosenExamples.random(blocks, count(), count, seed);
  }

  /** The examples in blocks of consecutive examples. */
  public JavaRDD<Examples> blocks() {
    return blocks;
  }

  /**
   * Returns a digest of all examples with their ids. It is equal for raw and gzipped files, on
   * every cluster and in every order of reading. Reads every example.
   *
   * @throws UserException if the examples had another fingerprint when they were written
   */
  public String fingerprint() {
    String found =
        blocks
            .map(Fingerprint::of)
            .fold(Fingerprint.EMPTY, Fingerprint::plus)
            .text(metadata.count());
    Optional<String> recorded = origin.fingerprint();
    if (recorded.isPresent() && !recorded.get().equals(found)) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          metadata.display()
              + " has other examples than when it was prepared: their fingerprint is "
              + found
              + ", expected "
              + recorded.get()
              + "; restore its files, or prepare the data under another --run-id");
    }
    return found;
  }

  /**
   * Throws if the examples had another fingerprint when they were written. Reads every example, but
   * only if a fingerprint was recorded.
   */
  public void requireIntact() {
    if (whole().origin.fingerprint().isPresent()) {
      whole().fingerprint();
    }
  }
}
