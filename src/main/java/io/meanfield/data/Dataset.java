package io.meanfield.data;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.TableFindings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
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
  private final TableFindings findings;
  private final Optional<Dataset> unscaled;
  private final Origin origin;

  /**
   * Where the examples come from.
   *
   * @param fingerprint the fingerprint that they had when they were written, if it was recorded
   * @param whole the data set that they are a share of, if they are one
   * @param kept texts of columns of their table, if some were asked for
   */
  private record Origin(
      Optional<String> fingerprint, Optional<Dataset> whole, Optional<JavaRDD<ColumnTexts>> kept) {}

  public Dataset(DatasetMetadata metadata, JavaRDD<Examples> blocks) {
    this(
        metadata,
        blocks,
        TableFindings.NONE,
        Optional.empty(),
        new Origin(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private Dataset(
      DatasetMetadata metadata,
      JavaRDD<Examples> blocks,
      TableFindings findings,
      Optional<Dataset> unscaled,
      Origin origin) {
    this.metadata = metadata;
    this.blocks = blocks;
    this.findings = findings;
    this.unscaled = unscaled;
    this.origin = origin;
  }

  /** Returns the same data set; {@code numbers} has its numbers in the unit of the table. */
  public Dataset withUnscaled(Dataset numbers) {
    return new Dataset(metadata, blocks, findings, Optional.of(numbers), origin);
  }

  /** Returns the same data set with texts of columns of its table. */
  public Dataset keeping(JavaRDD<ColumnTexts> texts) {
    return new Dataset(
        metadata,
        blocks,
        findings,
        unscaled,
        new Origin(origin.fingerprint(), origin.whole(), Optional.of(texts)));
  }

  /**
   * Returns the texts of the columns that were to be kept, of these examples and maybe others, in
   * the partitions of the blocks; empty if none were, or if the examples are no rows of a table.
   */
  public Optional<JavaRDD<ColumnTexts>> kept() {
    return origin.kept();
  }

  /** Returns the same data set with what reading its table has found. */
  public Dataset withFindings(TableFindings found) {
    return new Dataset(metadata, blocks, found, unscaled, origin);
  }

  /** Returns what reading the table has found besides the examples. */
  public TableFindings findings() {
    return findings;
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
    Split split = split(new TrainingShare(0, fraction, 0));
    if (split.test() == 0) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "data.test-fraction = %s sets none of the %s examples of %s aside for tests; set a larger"
              + " fraction, or set data.test",
          fraction,
          count(),
          display());
    }
    return new Dataset(
        metadata.withCount(split.test()),
        blocks.map(split::testOf).filter(block -> block.count() > 0),
        findings,
        unscaled.map(numbers -> numbers.testShare(fraction)),
        new Origin(Optional.empty(), Optional.of(this), origin.kept()));
  }

  /**
   * Returns the split of the examples for one worker.
   *
   * @throws UserException if a part would be empty because the examples have too few segments
   */
  public Split split(TrainingShare share) {
    return Split.of(count(), metadata.segments(), share, 1, display());
  }

  /** Returns the segments between which the examples are divided; empty if at random. */
  public Optional<Segments> segments() {
    return metadata.segments();
  }

  /** Returns the data set that these examples are a share of; itself if they are no share. */
  public Dataset whole() {
    return origin.whole().orElse(this);
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
        new DatasetMetadata(
            count(),
            shape(),
            hasImages(),
            targets,
            isWeighted(),
            encoder,
            display,
            metadata.segments()),
        blocks,
        findings,
        Optional.empty(),
        origin);
  }

  /**
   * Returns the same examples, which had a fingerprint when they were written. {@link #fingerprint}
   * and {@link #requireIntact} compare it with the one that they have.
   */
  public Dataset recordedAs(String fingerprint) {
    return new Dataset(
        metadata,
        blocks,
        findings,
        unscaled,
        new Origin(Optional.of(fingerprint), origin.whole(), origin.kept()));
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

  /** The examples in blocks; ids of a block follow each other unless there are segments. */
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
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has other examples than when it was prepared: their fingerprint is %s, expected %s;"
              + " restore its files, or prepare the data under another --run-id",
          metadata.display(),
          found,
          recorded.get());
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
