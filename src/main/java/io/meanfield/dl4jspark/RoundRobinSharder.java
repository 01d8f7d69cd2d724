package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * Assigns the examples of an RDD to logical workers in turn: row {@code r} of partition {@code p}
 * goes to worker {@code (p + r) % workers}. A worker's rows keep the order of the RDD, so the
 * shards are a function of the RDD's partitions only.
 */
final class RoundRobinSharder {
  private RoundRobinSharder() {}

  /**
   * Returns the shards, one in each partition, in the order of the workers. They are cached as
   * objects; the caller unpersists them.
   */
  static JavaRDD<WorkerShard> partition(JavaRDD<DataSet> data, int workers) {
    JavaRDD<Tuple2<Integer, PartitionRows>> pieces =
        data.mapPartitionsWithIndex((p, part) -> partition(p, part, workers).iterator(), false);
    return JavaPairRDD.fromJavaRDD(pieces)
        .partitionBy(new HashPartitioner(workers)) // an Integer's hash is its value
        .mapPartitionsWithIndex((worker, part) -> List.of(assemble(worker, part)).iterator(), true)
        // Objects, not bytes: a serialised cache would be decoded again in every round.
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** The rows of one partition of the RDD for one worker. */
  @DefaultSerializer(JavaSerializer.class)
  private record PartitionRows(int partition, ExampleRows rows) implements Serializable {}

  private static List<Tuple2<Integer, PartitionRows>> partition(
      int partition, Iterator<DataSet> data, int workers) {
    List<RowsBuilder> builders =
        IntStream.range(0, workers).mapToObj(worker -> new RowsBuilder()).toList();
    int next = partition % workers;
    while (data.hasNext()) {
      ExampleRows rows = ExampleRows.of(data.next());
      for (int row = 0; row < rows.count(); row++) {
        builders.get(next).add(rows, row);
        next = (next + 1) % workers;
      }
    }
    List<Tuple2<Integer, PartitionRows>> pieces = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      if (!builders.get(worker).isEmpty()) {
        pieces.add(new Tuple2<>(worker, new PartitionRows(partition, builders.get(worker).rows())));
      }
    }
    return pieces;
  }

  private static WorkerShard assemble(int worker, Iterator<Tuple2<Integer, PartitionRows>> part) {
    List<PartitionRows> pieces = new ArrayList<>();
    part.forEachRemaining(received -> pieces.add(received._2()));
    // A shuffle delivers its values in any order.
    pieces.sort(Comparator.comparingInt(PartitionRows::partition));
    if (pieces.isEmpty()) {
      return new WorkerShard(worker, ExampleRows.NONE);
    }
    ExampleLayout layout = pieces.get(0).rows().layout();
    ExampleRows shard =
        ExampleRows.allocate(
            layout, pieces.stream().mapToLong(piece -> piece.rows().count()).sum());
    int next = 0;
    for (PartitionRows piece : pieces) {
      layout.requireSame(piece.rows().layout());
      piece.rows().copyTo(shard, 0, next, piece.rows().count());
      next += piece.rows().count();
    }
    return new WorkerShard(worker, shard);
  }
}
