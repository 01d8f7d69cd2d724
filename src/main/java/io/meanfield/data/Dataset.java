package io.meanfield.data;

import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.RunDirectory;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A set of examples, labelled or not, in the files of one {@link Source}; driver only. */
public final class Dataset {
  // Blocks are a function of the data alone: whatever is computed block by block has the same bits
  // on every cluster.
  private static final int BLOCK_BYTES = 4 << 20;

  private final Contents contents;
  private final Positions positions;
  private final JavaRDD<Examples> blocks;

  /**
   * What a data set holds, as far as it is known before its examples are read.
   *
   * @param images whether the features are pixels
   * @param answers what the data say, or would say, about each example
   * @param shown where it is, for a person
   */
  record Contents(
      long count,
      int width,
      boolean images,
      Answers answers,
      Optional<Encodings> encodings,
      String shown) {}

  Dataset(Contents contents, Positions positions, JavaRDD<Examples> blocks) {
    this.contents = contents;
    this.positions = positions;
    this.blocks = blocks;
  }

  /**
   * Inspects the files of a new data set; of images, it reads no example yet.
   *
   * @param classes labels must be below it
   * @throws Complaint if a file is missing or malformed
   */
  public static Dataset open(JavaSparkContext spark, Source source, int classes) {
    return open(spark, source, classes, Optional.empty());
  }

  /**
   * Inspects the files.
   *
   * @param classes labels must be below it
   * @param known how the examples that a model was trained on were turned into numbers: these are
   *     turned likewise
   * @throws Complaint if a file is missing or malformed, or does not fit what is known
   */
  public static Dataset open(
      JavaSparkContext spark, Source source, int classes, Optional<Encodings> known) {
    if (source instanceof Source.Idx idx) {
      return IdxReader.open(spark, idx, classes);
    }
    if (source instanceof Source.Csv csv) {
      return CsvReader.open(spark, csv, classes, known);
    }
    return source instanceof Source.Parquet parquet
        ? ParquetReader.open(spark, parquet, classes, known)
        : PreparedReader.open(spark, (Source.Prepared) source, classes, known);
  }

  /** The same examples, of which more is known than their table says. */
  Dataset with(Optional<Encodings> encodings, Answers answers, String shown) {
    return new Dataset(
        new Contents(count(), width(), contents.images(), answers, encodings, shown),
        positions,
        blocks);
  }

  /** How many examples of so many bytes make a block. */
  static int rowsOfBlock(long bytes) {
    return (int) Math.max(1, BLOCK_BYTES / Math.max(1, bytes));
  }

  public long count() {
    return contents.count();
  }

  /** Numbers that a network sees of one example. */
  public int width() {
    return contents.width();
  }

  /** Whether a network sees pixels. */
  public boolean images() {
    return contents.images();
  }

  public boolean labelled() {
    return contents.answers().known();
  }

  /** What the data say, or would say if they were labelled, about each example. */
  public Answers answers() {
    return contents.answers();
  }

  /** How texts became numbers; nothing where there is nothing but numbers. */
  public Optional<Encodings> encodings() {
    return contents.encodings();
  }

  /** Throws unless the examples are what a network of that many inputs takes. */
  public void requireWidth(int inputs) {
    if (width() != inputs) {
      throw new Complaint(
          ErrorCode.MODEL_UNUSABLE,
          "the network takes "
              + inputs
              + " inputs, but the "
              + (contents.images() ? "images" : "rows")
              + " of "
              + contents.shown()
              + " have "
              + width()
              + (contents.images() ? " pixels" : " features"));
    }
  }

  /**
   * Throws unless the examples have labels or targets.
   *
   * @param part of the settings that says where the examples are, such as {@code data.train}
   */
  public void requireAnswers(String part) {
    if (!labelled()) {
      throw new Complaint(
          ErrorCode.WRONG_SETTINGS,
          part + contents.answers().whyUnknown() + "; labels are needed here");
    }
  }

  /**
   * Throws unless a network sees pixels.
   *
   * @param setting that is for images alone, such as {@code train.augment}
   */
  public void requireImages(String setting) {
    if (!images()) {
      throw new Complaint(
          ErrorCode.WRONG_SETTINGS,
          setting
              + " is for images, bytes of pixels, but "
              + contents.shown()
              + " has other features; leave "
              + setting
              + " out");
    }
  }

  /** Throws unless targets, if there are any, are as many as a network has outputs. */
  public void requireOutputs(int outputs) {
    int numbers = contents.answers().numbers();
    if (labelled() && numbers > 0 && numbers != outputs) {
      throw new Complaint(
          ErrorCode.WRONG_SETTINGS,
          "the network has "
              + outputs
              + " outputs, but "
              + contents.shown()
              + " has "
              + numbers
              + " numbers in the columns of data.columns.targets");
    }
  }

  /** Throws unless targets, if there are any, lie between 0 and 1. Reads every target. */
  public void requireTargetsOfProbabilities() {
    if (labelled() && !contents.answers().areClasses()) {
      List<String> wrong = blocks.flatMap(block -> block.notProbabilities().iterator()).take(1);
      if (!wrong.isEmpty()) {
        throw new Complaint(
            ErrorCode.DATA_UNREADABLE,
            contents.shown()
                + " has "
                + wrong.get(0)
                + ", expected 0 to 1, because the loss is a crossentropy");
      }
    }
  }

  /** Where it is, for a person. */
  public String shown() {
    return contents.shown();
  }

  /**
   * The examples that the data call so, in that order. Reads every example.
   *
   * @throws Complaint if there is none of a name; says which there are
   */
  public Examples named(List<String> names) {
    return Picking.named(this, names);
  }

  /**
   * So many different examples, or all if there are fewer; the same for the same seed. Reads every
   * example.
   */
  public Examples random(int count, long seed) {
    return Picking.random(this, count, seed);
  }

  Positions positions() {
    return positions;
  }

  /** The examples in blocks of neighbours. */
  public JavaRDD<Examples> blocks() {
    return blocks;
  }

  /**
   * Writes the data set into a run's directory, for {@link Source.Prepared}.
   *
   * @param fingerprint of this data set
   */
  public void prepare(SparkSession spark, String fingerprint, RunDirectory run) {
    Preparation.write(spark, this, fingerprint, run);
  }

  /**
   * A digest of every example with its id: equal for raw and gzipped files, whatever the cluster
   * and whatever the order in which the examples are read. Reads every example.
   */
  public String fingerprint() {
    return blocks
        .map(Fingerprint::of)
        .fold(Fingerprint.NOTHING, Fingerprint::plus)
        .text(contents.count());
  }
}
