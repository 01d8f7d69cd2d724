package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Averages states that are too large for the driver: reduce-scatter (Thakur et al. 2005, section
 * 4.2) over a shuffle. Every task divides its state into slices. For each slice, one task gathers
 * the slices of all shards and averages them in the order of the shards, as {@link WeightedAverage}
 * does. The driver assembles the averaged slices. Because one task averages a whole slice, the
 * result has the bits of the average on the driver and does not depend on the cluster.
 */
final class ReduceScatterAverage {
  private static final int SLICE_SIZE = Distance.SLICE_SIZE;
  private static final int HEADER_KEY = -1;

  private ReduceScatterAverage() {}

  /** A value that goes through the shuffle. */
  private sealed interface Transfer extends Serializable {}

  /**
   * A range of at most {@value #SLICE_SIZE} numbers of a state, in the order weights, then
   * optimizer state.
   *
   * @param weights how many of the numbers are weights
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Slice(int number, int shard, long examples, int weights, float[] values)
      implements Transfer {}

  /**
   * A slice of the mean.
   *
   * @param squares sums of the squared distances of the weights from the mean, in the order of the
   *     shards that have examples to average
   */
  @DefaultSerializer(JavaSerializer.class)
  private record MeanSlice(int number, float[] values, double[] squares) implements Transfer {}

  /** A shard's result without its numbers. */
  @DefaultSerializer(JavaSerializer.class)
  private record Header<R extends Serializable>(
      int shard, long examples, int weights, int optimizerState, int iteration, int epoch, R report)
      implements Transfer {}

  static <R extends Serializable> RoundFunction.AveragedResult<R> of(
      JavaRDD<RoundFunction.RoundOutput<R>> results, List<IndexRange> logDeviations) {
    JavaPairRDD<Integer, Transfer> transfers =
        results.flatMapToPair(result -> split(result).iterator());
    JavaRDD<Transfer> means =
        transfers
            .groupByKey(new HashPartitioner(results.getNumPartitions()))
            .flatMap(gathered -> reduce(gathered._1(), gathered._2(), logDeviations));
    try {
      return assemble(means.collect());
    } finally {
      means.rdd().cleanShuffleDependencies(false);
    }
  }

  // The stream is lazy: it holds one slice at a time while the shuffle writes it.
  private static <R extends Serializable> Stream<Tuple2<Integer, Transfer>> split(
      RoundFunction.RoundOutput<R> result) {
    WeightedState weighted = result.weightedState();
    LearnerState state = weighted.state();
    int shard = TaskContext.getPartitionId();
    Header<R> header =
        new Header<>(
            shard,
            weighted.examples(),
            state.weights().length,
            state.optimizerState().length,
            state.iteration(),
            state.epoch(),
            result.report());
    int slices = weighted.examples() == 0 ? 0 : slices(size(header));
    return Stream.concat(
        Stream.of(new Tuple2<>(HEADER_KEY, header)),
        IntStream.range(0, slices).mapToObj(i -> new Tuple2<>(i, slice(header, state, i))));
  }

  private static long size(Header<?> header) {
    return (long) header.weights() + header.optimizerState();
  }

  private static int slices(long size) {
    return Math.toIntExact((size + SLICE_SIZE - 1) / SLICE_SIZE);
  }

  private static Slice slice(Header<?> header, LearnerState state, int number) {
    long first = (long) number * SLICE_SIZE;
    long size = (long) state.weights().length + state.optimizerState().length;
    float[] values = new float[(int) Math.min(SLICE_SIZE, size - first)];
    SliceBounds bounds = SliceBounds.in(state, first, values.length);
    System.arraycopy(state.weights(), bounds.weightsStart(), values, 0, bounds.weightsCount());
    System.arraycopy(
        state.optimizerState(),
        bounds.stateStart(),
        values,
        bounds.weightsCount(),
        bounds.stateCount());
    return new Slice(number, header.shard(), header.examples(), bounds.weightsCount(), values);
  }

  private static void put(MeanSlice slice, LearnerState state) {
    float[] values = slice.values();
    SliceBounds bounds = SliceBounds.in(state, (long) slice.number() * SLICE_SIZE, values.length);
    System.arraycopy(values, 0, state.weights(), bounds.weightsStart(), bounds.weightsCount());
    System.arraycopy(
        values,
        bounds.weightsCount(),
        state.optimizerState(),
        bounds.stateStart(),
        bounds.stateCount());
  }

  private static Iterator<Transfer> reduce(
      int key, Iterable<Transfer> gathered, List<IndexRange> logDeviations) {
    if (key == HEADER_KEY) {
      return gathered.iterator();
    }
    List<Slice> slices = new ArrayList<>();
    gathered.forEach(transfer -> slices.add((Slice) transfer));
    slices.sort(Comparator.comparingInt(Slice::shard));
    float[] mean = mean(key, slices, logDeviations);
    double[] squares = slices.stream().mapToDouble(slice -> squares(slice, mean)).toArray();
    return List.<Transfer>of(new MeanSlice(key, mean, squares)).iterator();
  }

  private static float[] mean(int key, List<Slice> slices, List<IndexRange> logDeviations) {
    return WeightedAverage.of(
        slices.stream().map(Slice::values).toList(),
        slices.stream().mapToLong(Slice::examples).toArray(),
        logDeviations.stream()
            .map(range -> range.within((long) key * SLICE_SIZE, slices.get(0).values().length))
            .toList());
  }

  private static double squares(Slice slice, float[] mean) {
    return Distance.squares(slice.values(), mean, 0, slice.weights());
  }

  @SuppressWarnings("unchecked") // the headers come from results with reports of type R
  private static <R extends Serializable> RoundFunction.AveragedResult<R> assemble(
      List<Transfer> transfers) {
    List<Header<R>> headers = new ArrayList<>();
    List<MeanSlice> slices = new ArrayList<>();
    for (Transfer transfer : transfers) {
      if (transfer instanceof MeanSlice slice) {
        slices.add(slice);
      } else {
        headers.add((Header<R>) transfer);
      }
    }
    headers.sort(Comparator.comparingInt(Header::shard));
    slices.sort(Comparator.comparingInt(MeanSlice::number));
    return new RoundFunction.AveragedResult<>(
        mean(headers, slices),
        headers.stream().map(Header::report).toList(),
        distances(headers, slices));
  }

  private static <R extends Serializable> List<Double> distances(
      List<Header<R>> headers, List<MeanSlice> slices) {
    List<Double> distances = new ArrayList<>();
    int counted = 0;
    for (Header<R> header : headers) {
      double squares = Double.NaN;
      if (header.examples() > 0) {
        int column = counted;
        squares =
            slices.stream().mapToDouble(slice -> slice.squares()[column]).reduce(0, Double::sum);
        counted++;
      }
      distances.add(Math.sqrt(squares));
    }
    return distances;
  }

  private static <R extends Serializable> Optional<LearnerState> mean(
      List<Header<R>> headers, List<MeanSlice> slices) {
    List<Header<R>> counted = headers.stream().filter(header -> header.examples() > 0).toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    Header<R> first = counted.get(0);
    if (slices.size() != slices(size(first))) {
      throw new IllegalStateException(
          "expected %s slices of the mean, found %s".formatted(slices(size(first)), slices.size()));
    }
    int iteration = counted.stream().mapToInt(Header::iteration).max().orElseThrow();
    LearnerState mean =
        new LearnerState(
            new float[first.weights()],
            new float[first.optimizerState()],
            iteration,
            first.epoch());
    slices.forEach(slice -> put(slice, mean));
    return Optional.of(mean);
  }
}
