package io.meanfield.pipeline;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.ExampleResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * Numbers of pairs of results, in columns, of which each has one number of each pair. The executors
 * select them, so that the driver needs memory for these numbers only.
 *
 * @param columns the numbers, ordered by the ids of the examples
 */
record PairedColumns(double[][] columns) {

  /** Selects numbers of a pair. */
  @FunctionalInterface
  interface Numbers extends Serializable {
    double[] of(ExampleResult champion, ExampleResult challenger);
  }

  /**
   * The numbers of one partition.
   *
   * @param ids the ids of the examples
   * @param rows the numbers of all pairs, one pair after the other
   */
  @DefaultSerializer(JavaSerializer.class)
  record Part(long[] ids, double[] rows) implements Serializable {}

  /**
   * Collects numbers of all pairs, whose ids differ.
   *
   * @param width how many numbers a pair has
   */
  static PairedColumns collect(
      JavaPairRDD<Long, Tuple2<ExampleResult, ExampleResult>> pairs, int width, Numbers numbers) {
    return of(
        pairs.mapPartitions(partition -> List.of(part(partition, numbers)).iterator()).collect(),
        width);
  }

  static Part part(
      Iterator<Tuple2<Long, Tuple2<ExampleResult, ExampleResult>>> pairs, Numbers numbers) {
    List<double[]> rows = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    pairs.forEachRemaining(
        pair -> {
          ids.add(pair._1());
          rows.add(numbers.of(pair._2()._1(), pair._2()._2()));
        });
    return new Part(
        ids.stream().mapToLong(Long::longValue).toArray(),
        rows.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  // By id, so that the resamples do not depend on the partitions.
  static PairedColumns of(List<Part> parts, int width) {
    long[] sorted =
        parts.stream().flatMapToLong(part -> Arrays.stream(part.ids())).sorted().toArray();
    double[][] columns = new double[width][sorted.length];
    for (Part part : parts) {
      for (int i = 0; i < part.ids().length; i++) {
        int row = Arrays.binarySearch(sorted, part.ids()[i]);
        for (int column = 0; column < width; column++) {
          columns[column][row] = part.rows()[i * width + column];
        }
      }
    }
    return new PairedColumns(columns);
  }

  double[] doubles(int column) {
    return columns[column];
  }

  int[] ints(int column) {
    return Arrays.stream(columns[column]).mapToInt(value -> (int) value).toArray();
  }

  float[] floats(int column) {
    float[] values = new float[columns[column].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) columns[column][i];
    }
    return values;
  }
}
