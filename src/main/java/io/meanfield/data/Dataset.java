package io.meanfield.data;

import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A set of images, labelled or not, in the files of one {@link DataSettings.Source}; driver only.
 */
public final class Dataset {
  // Blocks are a function of the data alone: whatever is computed block by block has the same bits
  // on every cluster.
  private static final int BLOCK_BYTES = 4 << 20;

  private final IdxFile images;
  private final Optional<IdxFile> labels;
  private final JavaRDD<Examples> blocks;

  private Dataset(IdxFile images, Optional<IdxFile> labels, JavaRDD<Examples> blocks) {
    this.images = images;
    this.labels = labels;
    this.blocks = blocks;
  }

  /**
   * Inspects the files; reads no example yet.
   *
   * @param classes labels must be below it
   * @throws Complaint if a file is missing or malformed, or images and labels differ in number
   */
  public static Dataset open(JavaSparkContext spark, DataSettings.Source source, int classes) {
    Configuration hadoop = spark.hadoopConfiguration();
    IdxFile images = IdxFile.inspect(hadoop, source.images(), IdxFile.Kind.IMAGES);
    Optional<IdxFile> labels =
        source.labels().map(written -> IdxFile.inspect(hadoop, written, IdxFile.Kind.LABELS));
    labels.ifPresent(file -> checkSameCount(images, file));
    return new Dataset(images, labels, blocks(spark, images, labels, classes));
  }

  private static void checkSameCount(IdxFile images, IdxFile labels) {
    if (images.count() != labels.count()) {
      throw IdxFile.unreadable(
          images.shown()
              + " has "
              + images.count()
              + " images, but "
              + labels.shown()
              + " has "
              + labels.count()
              + " labels; expected as many",
          null);
    }
  }

  private static JavaRDD<Examples> blocks(
      JavaSparkContext spark, IdxFile images, Optional<IdxFile> labels, int classes) {
    List<IdxBlocks.Block> plan = plan(images);
    // A gzipped file cannot be entered in the middle: one task reads it from end to end.
    boolean sequential = images.gzipped() || labels.map(IdxFile::gzipped).orElse(false);
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    IdxFile labelFile = labels.orElse(null); // an Optional does not serialise
    return spark
        .parallelize(plan, sequential ? 1 : plan.size())
        .mapPartitions(
            part ->
                new IdxBlocks(
                    images, Optional.ofNullable(labelFile), hadoop.value().value(), classes, part));
  }

  private static List<IdxBlocks.Block> plan(IdxFile images) {
    int each = Math.max(1, BLOCK_BYTES / images.width());
    List<IdxBlocks.Block> plan = new ArrayList<>();
    for (int first = 0; first < images.count(); first += each) {
      plan.add(new IdxBlocks.Block(first, Math.min(each, images.count() - first)));
    }
    return plan;
  }

  public long count() {
    return images.count();
  }

  /** Pixels of one image. */
  public int width() {
    return images.width();
  }

  public boolean labelled() {
    return labels.isPresent();
  }

  /** Throws unless the images are what a network of that many inputs takes. */
  public void requireWidth(int inputs) {
    if (width() != inputs) {
      throw new Complaint(
          ErrorCode.MODEL_UNUSABLE,
          "the network takes "
              + inputs
              + " inputs, but the images of "
              + images.shown()
              + " have "
              + width()
              + " pixels");
    }
  }

  /** Throws unless the examples have labels. */
  public void requireLabels(String key) {
    if (!labelled()) {
      throw new Complaint(ErrorCode.WRONG_SETTINGS, key + " is missing; labels are needed here");
    }
  }

  /** The examples in blocks of neighbours. */
  public JavaRDD<Examples> blocks() {
    return blocks;
  }

  /**
   * SHA-256 over the blocks' SHA-256 of labels and pixels: equal for raw and gzipped files,
   * whatever the cluster. Reads every example.
   */
  public String fingerprint() {
    MessageDigest all = sha256();
    for (byte[] block : blocks.map(Dataset::digest).collect()) {
      all.update(block);
    }
    return "sha256:" + HexFormat.of().formatHex(all.digest());
  }

  private static byte[] digest(Examples block) {
    MessageDigest digest = sha256();
    digest.update(block.labels());
    digest.update(block.pixels());
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
