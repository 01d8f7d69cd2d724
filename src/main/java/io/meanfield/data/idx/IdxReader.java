package io.meanfield.data.idx;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.IdIndex;
import io.meanfield.data.ReadContext;
import io.meanfield.data.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Opens images in the IDX format of MNIST; driver only. */
final class IdxReader {
  private IdxReader() {}

  /** Opens the files and checks their headers; reads no example yet. */
  static Dataset open(IdxSource source, ReadContext context) {
    Configuration hadoop = context.spark().hadoopConfiguration();
    IdxFile images = IdxFile.inspect(hadoop, source.images(), IdxFile.FileType.IMAGES);
    Optional<IdxFile> labels =
        source.labels().map(location -> IdxFile.inspect(hadoop, location, IdxFile.FileType.LABELS));
    labels.ifPresent(file -> checkSameCount(images, file));
    TargetKind targets =
        labels.isPresent() ? TargetKind.CLASSES : TargetKind.CLASSES.missing(".labels is missing");
    return new Dataset(
        new Dataset.Metadata(
            images.count(), images.shape(), true, targets, Optional.empty(), images.display()),
        new IdIndex.Identity(),
        blocks(context, images, labels));
  }

  private static void checkSameCount(IdxFile images, IdxFile labels) {
    if (images.count() != labels.count()) {
      throw IdxFile.unreadable(
          images.display()
              + " has "
              + images.count()
              + " images, but "
              + labels.display()
              + " has "
              + labels.count()
              + " labels; expected one label per image",
          null);
    }
  }

  private static JavaRDD<Examples> blocks(
      ReadContext context, IdxFile images, Optional<IdxFile> labels) {
    JavaSparkContext spark = context.spark();
    int classes = context.classes();
    List<IdxBlockReader.Block> plan = plan(images);
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

  private static List<IdxBlockReader.Block> plan(IdxFile images) {
    int size = Dataset.blockSize(images.width());
    List<IdxBlockReader.Block> plan = new ArrayList<>();
    for (int first = 0; first < images.count(); first += size) {
      plan.add(new IdxBlockReader.Block(first, Math.min(size, images.count() - first)));
    }
    return plan;
  }
}
