package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A block of examples, the unit in which Spark moves them.
 *
 * @param ids the number of each example, from 0, which does not depend on the cluster
 * @param externalIds the ids of the examples in a column of their table; empty if it has none
 * @param weights the weight of each example, a finite number of at least 0; empty if all examples
 *     count once
 */
@DefaultSerializer(JavaSerializer.class)
public record Examples(
    long[] ids, String[] externalIds, Features features, Targets targets, float[] weights)
    implements Serializable {
  private static final String[] NO_EXTERNAL_IDS = {};
  private static final float[] NO_WEIGHTS = {};

  /** Makes examples without weights whose ids are numbers. */
  public Examples(long[] ids, Features features, Targets targets) {
    this(ids, NO_EXTERNAL_IDS, features, targets, NO_WEIGHTS);
  }

  /**
   * Returns grayscale images with class labels, as in MNIST.
   *
   * @param labels the class of each image, an unsigned byte; empty if the data have no labels
   * @param pixels the images one after another, {@code width} unsigned bytes each
   */
  public static Examples images(long[] ids, byte[] labels, byte[] pixels, int width) {
    Targets targets = labels.length == 0 ? new Targets.Unknown() : classes(labels);
    return new Examples(ids, new Features.Pixels(pixels, width), targets);
  }

  private static Targets classes(byte[] labels) {
    int[] classes = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      classes[row] = labels[row] & 0xff;
    }
    return new Targets.Classes(classes);
  }

  /** Returns a block without examples. */
  public static Examples empty() {
    return images(new long[0], new byte[0], new byte[0], 1);
  }

  /** Returns a block of the same kind for {@code count} examples, to be filled. */
  public Examples allocate(int count) {
    return new Examples(
        new long[count],
        externalIds.length == 0 ? NO_EXTERNAL_IDS : new String[count],
        features.allocate(count),
        targets.allocate(count),
        isWeighted() ? new float[count] : NO_WEIGHTS);
  }

  /** Returns the same examples with their weights multiplied by a factor. */
  public Examples withWeightsTimes(double factor) {
    float[] scaled = new float[weights.length];
    for (int row = 0; row < scaled.length; row++) {
      scaled[row] = (float) (weights[row] * factor);
    }
    return new Examples(ids, externalIds, features, targets, scaled);
  }

  public int count() {
    return ids.length;
  }

  /** The number of values that a network sees of one example. */
  public int width() {
    return features.width();
  }

  public boolean isLabelled() {
    return targets.count().isPresent();
  }

  /** Returns whether the examples have weights. An empty block of any data set has none. */
  public boolean isWeighted() {
    return weights.length > 0;
  }

  /** Returns the weight of example {@code row}; 1 if the examples have none. */
  public float weight(int row) {
    return isWeighted() ? weights[row] : 1;
  }

  /** The class of example {@code row}; the targets must be classes. */
  public int label(int row) {
    return ((Targets.Classes) targets).labels()[row];
  }

  /** The string that identifies example {@code row} in its data; empty if its id is a number. */
  public Optional<String> externalId(int row) {
    return externalIds.length == 0 ? Optional.empty() : Optional.of(externalIds[row]);
  }

  /** The name of example {@code row} in messages: its external id or, without one, its id. */
  public String displayName(int row) {
    return externalId(row).orElseGet(() -> Long.toString(ids[row]));
  }

  public void copyTo(Examples target, int from, int to) {
    target.ids[to] = ids[from];
    if (externalIds.length > 0) {
      target.externalIds[to] = externalIds[from];
    }
    features.copyTo(target.features, from, to);
    targets.copyTo(target.targets, from, to);
    if (isWeighted()) {
      target.weights[to] = weights[from];
    }
  }

  /** Returns the examples in parts of at most {@code most} rows, each made when it is asked for. */
  public Stream<Examples> parts(int most) {
    return count() <= most
        ? Stream.of(this)
        : IntStream.iterate(0, first -> first < count(), first -> first + most)
            .mapToObj(first -> part(first, Math.min(most, count() - first)));
  }

  private Examples part(int first, int count) {
    return select(IntStream.range(first, first + count));
  }

  /** Returns the examples in these rows. */
  public Examples select(IntStream rows) {
    int[] all = rows.toArray();
    Examples selected = allocate(all.length);
    for (int to = 0; to < all.length; to++) {
      copyTo(selected, all[to], to);
    }
    return selected;
  }

  /** Returns the examples of blocks of the same kind in one block; of no blocks an empty one. */
  static Examples concatenated(List<Examples> blocks) {
    if (blocks.isEmpty()) {
      return empty();
    }
    Examples all = blocks.get(0).allocate(blocks.stream().mapToInt(Examples::count).sum());
    int to = 0;
    for (Examples block : blocks) {
      for (int row = 0; row < block.count(); row++) {
        block.copyTo(all, row, to++);
      }
    }
    return all;
  }

  /** Describes the first target that is not between 0 and 1; empty if all are. */
  public List<String> firstInvalidProbability() {
    float[] values = ((Targets.Values) targets).values();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        int row = i / ((Targets.Values) targets).width();
        return List.of("the target %s for example %s".formatted(values[i], displayName(row)));
      }
    }
    return List.of();
  }

  /** The number of bytes of an example in a digest, without its external id. */
  int bytes() {
    return Long.BYTES + targets.bytes() + features.bytes() + (isWeighted() ? Float.BYTES : 0);
  }

  /**
   * Adds the id, the targets, the features and the weight of an example to the digest.
   *
   * @param bytes a buffer of {@link #bytes()} bytes, which is overwritten
   */
  void digest(int row, ByteBuffer bytes, MessageDigest digest) {
    bytes.clear().putLong(ids[row]);
    externalId(row).ifPresent(text -> digestId(text, bytes, digest));
    targets.put(row, bytes);
    features.put(row, bytes);
    if (isWeighted()) {
      bytes.putFloat(weights[row]);
    }
    digest.update(bytes.flip());
  }

  // The text of an id follows its number.
  private static void digestId(String text, ByteBuffer number, MessageDigest digest) {
    digest.update(number.flip());
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    number.clear();
  }
}
