package io.meanfield.data.idx;

import static io.meanfield.data.idx.IdxFixtures.gzip;
import static io.meanfield.data.idx.IdxFixtures.images;
import static io.meanfield.data.idx.IdxFixtures.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Split;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetIT {
  @TempDir private Path folder;

  private final JavaSparkContext spark = LocalSpark.context();

  private Dataset open(byte[] images, byte[] labels) {
    String name = "data-" + System.nanoTime();
    return new IdxSource(
            IdxFixtures.write(folder, name + "-images", images),
            Optional.of(IdxFixtures.write(folder, name + "-labels", labels)))
        .open(ReadContext.of(spark, 3));
  }

  /** Writes the examples from {@code first} to {@code last} (exclusive) to files of their own. */
  private IdxSource slice(int first, int last) {
    byte[] pixels = Arrays.copyOfRange(images(50), 16 + first * 6, 16 + last * 6);
    byte[] labels = Arrays.copyOfRange(labels(50), 8 + first, 8 + last);
    int count = last - first;
    return new IdxSource(
        IdxFixtures.write(folder, first + "-images", IdxFixtures.idx(pixels, count, 2, 3)),
        Optional.of(IdxFixtures.write(folder, first + "-labels", IdxFixtures.idx(labels, count))));
  }

  private static IdxSource joined(IdxSource... sources) {
    return new IdxSource(
        Stream.of(sources).flatMap(source -> source.images().stream()).toList(),
        Stream.of(sources).flatMap(source -> source.labels().stream()).toList());
  }

  @Test
  void severalFilesAreOneDataSetInTheOrderOfTheList() {
    Dataset whole = open(images(50), labels(50));
    Dataset parts =
        joined(slice(0, 20), slice(20, 21), slice(21, 50)).open(ReadContext.of(spark, 3));
    assertThat(parts.count()).isEqualTo(50);
    assertThat(parts.fingerprint()).isEqualTo(whole.fingerprint()); // of ids, pixels and labels
  }

  @Test
  void filesWithImagesOfAnotherSizeAreRefused() {
    String other = IdxFixtures.write(folder, "other", IdxFixtures.idx(new byte[8], 2, 2, 2));
    IdxSource files = joined(slice(0, 2), new IdxSource(other, Optional.empty()));
    assertThatThrownBy(() -> files.open(ReadContext.of(spark, 3)))
        .hasMessage(
            other
                + " has images of [2, 2] pixels, expected [2, 3] as in "
                + folder.resolve("0-images"));
  }

  private static String errorMessage(Dataset data) {
    try {
      data.fingerprint();
      throw new AssertionError("expected an error");
    } catch (RuntimeException e) {
      return e instanceof UserException
          ? e.getMessage()
          : UserException.in(e).orElseThrow(() -> e).getMessage();
    } catch (Exception e) {
      return UserException.in(e).orElseThrow(() -> new AssertionError(e)).getMessage();
    }
  }

  @Test
  void rawAndGzippedFilesHaveTheSameFingerprint() {
    String raw = open(images(50), labels(50)).fingerprint();
    assertThat(open(gzip(images(50)), labels(50)).fingerprint()).isEqualTo(raw);
    assertThat(open(gzip(images(50)), gzip(labels(50))).fingerprint()).isEqualTo(raw);
    byte[] other = images(50);
    other[200]++;
    assertThat(open(other, labels(50)).fingerprint()).isNotEqualTo(raw);
  }

  @Test
  void differentNumbersOfImagesAndLabelsAreRejected() {
    assertThatThrownBy(() -> open(images(5), labels(4)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has 5 images, but ")
        .hasMessageEndingWith("has 4 labels; expected one label per image");
  }

  @Test
  void labelOutOfRangeNamesTheExample() {
    byte[] labels = labels(6);
    labels[8 + 4] = 9;
    assertThat(errorMessage(open(images(6), labels)))
        .contains("has label 9 for example 4, expected 0 to 2, one for each output of the network");
  }

  @Test
  void corruptGzippedFileIsRejectedWhenItIsRead() {
    byte[] zipped = gzip(images(500));
    byte[] broken = zipped.clone();
    broken[zipped.length - 6] ^= 1; // in the checksum after the data
    assertThat(errorMessage(open(broken, labels(500)))).contains("gzip data are corrupt");
    assertThat(errorMessage(open(Arrays.copyOf(zipped, zipped.length / 2), labels(500))))
        .contains("is cut short or its gzip data are corrupt: expected 500 examples of 6 bytes");
    assertThat(errorMessage(open(gzip(Arrays.copyOf(images(500), 16 + 3001)), labels(500))))
        .contains("has more bytes after its 500 examples of 6 bytes, expected none");
    assertThat(errorMessage(open(gzip(Arrays.copyOf(images(500), 16 + 2999)), labels(500))))
        .contains("reading stopped after example 499");
  }

  @Test
  void mnistHasItsPublishedClassCounts() {
    Dataset digits = Mnist.train().open(ReadContext.of(spark, 10));
    assertThat(digits.count()).isEqualTo(60_000);
    assertThat(digits.width()).isEqualTo(784);
    long[] counts = new long[10];
    for (Examples block : digits.blocks().collect()) {
      for (int row = 0; row < block.count(); row++) {
        counts[block.label(row)]++;
      }
    }
    assertThat(counts).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
  }

  @Test
  void everyExampleIsInExactlyOneShard() {
    Dataset data = open(images(101), labels(101));
    Dataset zipped = open(gzip(images(101)), gzip(labels(101)));
    Split split = Split.of(101, 0.3, 5, 7);
    List<ShardGroup> training =
        TestSharding.of(data, split, 2).training().map(ShardGroup::inMemory).collect();
    List<ShardGroup> again =
        TestSharding.of(zipped, split, 2).training().map(ShardGroup::inMemory).collect();
    List<ShardGroup> validation =
        TestSharding.of(data, split, 2).validation().map(ShardGroup::inMemory).collect();
    assertThat(training).hasSize(3); // groups of two, two and one
    assertThat(ids(training)).hasSize(71);
    assertThat(ids(validation)).hasSize(30);
    assertThat(ids(training)).doesNotContainAnyElementsOf(ids(validation)).doesNotHaveDuplicates();
    for (int group = 0; group < 3; group++) {
      for (int slot = 0; slot < training.get(group).shards().size(); slot++) {
        Shard one = training.get(group).shards().get(slot);
        Shard other = again.get(group).shards().get(slot);
        assertThat(one.worker()).isEqualTo(other.worker()).isEqualTo(2 * group + slot);
        assertThat(one.chunks().read(0).ids()).isEqualTo(other.chunks().read(0).ids());
        assertThat(pixels(one.chunks().read(0))).isEqualTo(pixels(other.chunks().read(0)));
        assertThat(one.chunks().read(0).targets())
            .usingRecursiveComparison()
            .isEqualTo(other.chunks().read(0).targets());
      }
    }
    Examples first = training.get(0).shards().get(0).chunks().read(0);
    assertThat(first.label(0)).isEqualTo((int) (first.ids()[0] % 3));
    assertThat(pixels(first)[0]).isEqualTo((byte) (first.ids()[0] * 6 * 7 + first.ids()[0]));
  }

  private static byte[] pixels(Examples examples) {
    return ((Features.Pixels) examples.features()).values();
  }

  private static List<Long> ids(List<ShardGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.shards().stream())
        .flatMap(shard -> Arrays.stream(shard.chunks().read(0).ids()).boxed())
        .toList();
  }

  @Test
  void moreWorkersThanExamplesLeaveEmptyShards() {
    Dataset data = open(images(3), labels(3));
    List<ShardGroup> groups =
        TestSharding.of(data, Split.of(3, 0, 5, 7), 1)
            .training()
            .map(ShardGroup::inMemory)
            .collect();
    assertThat(groups)
        .extracting(group -> group.shards().get(0).chunks().read(0).count())
        .containsExactly(1, 1, 1, 0, 0);
  }
}
