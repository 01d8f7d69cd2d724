package io.meanfield.data.idx;

import io.meanfield.data.Dataset;
import io.meanfield.data.DatasetMetadata;
import io.meanfield.data.Examples;
import io.meanfield.data.TargetKind;
import io.meanfield.data.source.ReadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Opens images in the IDX format of MNIST; driver only. */
final class IdxReader {
  private IdxReader() {}

  /** An image file and its label file, if it has one. */
  private record Pair(IdxFile images, Optional<IdxFile> labels) {
    static Pair inspect(String images, Optional<String> labels, Configuration hadoop) {
      IdxFile imageFile = IdxFile.inspect(hadoop, images, IdxFile.FileType.IMAGES);
      Optional<IdxFile> labelFile =
          labels.map(location -> IdxFile.inspect(hadoop, location, IdxFile.FileType.LABELS));
      labelFile.ifPresent(file -> checkSameCount(imageFile, file));
      return new Pair(imageFile, labelFile);
    }
  }

  /** Opens the files and checks their headers; reads no example yet. */
  static Dataset open(List<String> images, List<String> labels, ReadContext context) {
    Configuration hadoop = context.spark().hadoopConfiguration();
    List<Pair> pairs =
        IntStream.range(0, images.size())
            .mapToObj(i -> Pair.inspect(images.get(i), labels.stream().skip(i).findFirst(), hadoop))
            .toList();
    IdxFile first = pairs.get(0).images();
    pairs.forEach(pair -> checkSameShape(first, pair.images()));
    TargetKind targets =
        pairs.stream().allMatch(pair -> pair.labels().isPresent())
            ? TargetKind.CLASSES
            : TargetKind.CLASSES.missing(".labels is missing");
    long count = pairs.stream().mapToLong(pair -> pair.images().count()).sum();
    return new Dataset(
        new DatasetMetadata(
            count, first.shape(), true, targets, false, Optional.empty(), display(pairs)),
        blocks(context, pairs));
  }

  private static String display(List<Pair> pairs) {
    return pairs.stream().map(pair -> pair.images().display()).collect(Collectors.joining(", "));
  }

  private static void checkSameShape(IdxFile first, IdxFile other) {
    if (!first.shape().equals(other.shape())) {
      throw IdxFile.unreadable(
          "%s has images of %s pixels, expected %s as in %s",
          other.display(), other.shape(), first.shape(), first.display());
    }
  }

  private static void checkSameCount(IdxFile images, IdxFile labels) {
    if (images.count() != labels.count()) {
      throw IdxFile.unreadable(
          "%s has %s images, but %s has %s labels; expected one label per image",
          images.display(), images.count(), labels.display(), labels.count());
    }
  }

  private static JavaRDD<Examples> blocks(ReadContext context, List<Pair> pairs) {
    List<JavaRDD<Examples>> blocks = new ArrayList<>();
    long firstId = 0;
    for (Pair pair : pairs) {
      blocks.add(blocks(context, pair.images(), pair.labels(), firstId));
      firstId += pair.images().count();
    }
    return blocks.stream().reduce(JavaRDD::union).orElseThrow();
  }

  private static JavaRDD<Examples> blocks(
      ReadContext context, IdxFile images, Optional<IdxFile> labels, long firstId) {
    JavaSparkContext spark = context.spark();
    int classes = context.classes();
    List<IdxBlockReader.Block> plan = plan(images, firstId);
    // Gzip allows no random access, so one task reads the whole file.
    boolean sequential = images.gzipped() || labels.map(IdxFile::gzipped).orElse(false);
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    IdxFile labelFile = labels.orElse(null); // Optional is not serialisable
    return spark
        .parallelize(plan, sequential ? 1 : plan.size())
        .mapPartitions(
            part ->
                new IdxBlockReader(
                    images, Optional.ofNullable(labelFile), hadoop.value().value(), classes, part));
  }

  private static List<IdxBlockReader.Block> plan(IdxFile images, long firstId) {
    int size = Dataset.blockSize(images.width());
    List<IdxBlockReader.Block> plan = new ArrayList<>();
    for (long first = 0; first < images.count(); first += size) { // may pass the largest int
      int count = (int) Math.min(size, images.count() - first);
      plan.add(new IdxBlockReader.Block(first, count, firstId + first));
    }
    return plan;
  }
}
