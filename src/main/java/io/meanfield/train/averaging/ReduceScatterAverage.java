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
 * The mean of states that are too large to be averaged on the driver: reduce-scatter (Thakur et al.
 * 2005, section 4.2) over a shuffle. Every task cuts its state into slices; one task each gathers a
 * slice of all shards and sums it in the order of the shards, as {@link WeightedAverage} does; the
 * driver puts the mean slices together. A slice is summed whole and by one task, so the result has
 * the bits of the mean on the driver, whatever the cluster looks like.
 */
final class ReduceScatterAverage {
  private static final int SLICE = 1 << 20;
  private static final int HEADERS = -1;

  private ReduceScatterAverage() {}

  /** What goes through the shuffle. */
  private sealed interface Transfer extends Serializable {}

  /** A part of a state: its weights and then the optimizer's numbers, cut every SLICE. */
  @DefaultSerializer(JavaSerializer.class)
  private record Slice(int number, int shard, long examples, float[] values) implements Transfer {}

  /** What else belongs to a shard's result. */
  @DefaultSerializer(JavaSerializer.class)
  private record Header<R extends Serializable>(
      int shard, long examples, int weights, int optimizerState, int iteration, int epoch, R report)
      implements Transfer {}

  static <R extends Serializable> AveragingRound.AveragedResult<R> of(
      JavaRDD<RoundFunction.RoundOutput<R>> results, List<IndexRange> logDeviations) {
    JavaPairRDD<Integer, Transfer> pieces = results.flatMapToPair(result -> cut(result).iterator());
    JavaRDD<Transfer> means =
        pieces
            .groupByKey(new HashPartitioner(results.getNumPartitions()))
            .flatMap(gathered -> reduce(gathered._1(), gathered._2(), logDeviations));
    try {
      return assemble(means.collect());
    } finally {
      means.rdd().cleanShuffleDependencies(false);
    }
  }

  // One slice at a time, while the shuffle takes them.
  private static <R extends Serializable> Stream<Tuple2<Integer, Transfer>> cut(
      RoundFunction.RoundOutput<R> result) {
    WeightedState contribution = result.weightedState();
    LearnerState state = contribution.state();
    int shard = TaskContext.getPartitionId();
    Header<R> header =
        new Header<>(
            shard,
            contribution.examples(),
            state.weights().length,
            state.optimizerState().length,
            state.iteration(),
            state.epoch(),
            result.report());
    int slices = contribution.examples() == 0 ? 0 : slices(size(header));
    return Stream.concat(
        Stream.of(new Tuple2<>(HEADERS, header)),
        IntStream.range(0, slices)
            .mapToObj(
                i ->
                    new Tuple2<>(
                        i, new Slice(i, shard, contribution.examples(), slice(state, i)))));
  }

  private static long size(Header<?> header) {
    return (long) header.weights() + header.optimizerState();
  }

  private static int slices(long size) {
    return Math.toIntExact((size + SLICE - 1) / SLICE);
  }

  private static float[] slice(LearnerState state, int number) {
    long first = (long) number * SLICE;
    long size = (long) state.weights().length + state.optimizerState().length;
    float[] values = new float[(int) Math.min(SLICE, size - first)];
    SliceBounds seam = SliceBounds.in(state, first, values.length);
    System.arraycopy(state.weights(), seam.weightsAt(), values, 0, seam.weights());
    System.arraycopy(
        state.optimizerState(), seam.stateAt(), values, seam.weights(), seam.ofState());
    return values;
  }

  private static void put(Slice slice, LearnerState state) {
    float[] values = slice.values();
    SliceBounds seam = SliceBounds.in(state, (long) slice.number() * SLICE, values.length);
    System.arraycopy(values, 0, state.weights(), seam.weightsAt(), seam.weights());
    System.arraycopy(
        values, seam.weights(), state.optimizerState(), seam.stateAt(), seam.ofState());
  }

  /** The parts of the two vectors, one after the other, that a slice is made of. */
  private record SliceBounds(int weightsAt, int weights, int stateAt, int ofState) {
    static SliceBounds in(LearnerState state, long first, int length) {
      int count = state.weights().length;
      int weights = (int) Math.max(0, Math.min(length, count - first));
      return new SliceBounds(
          (int) Math.min(first, count),
          weights,
          (int) Math.max(0, first - count),
          length - weights);
    }
  }

  private static Iterator<Transfer> reduce(
      int key, Iterable<Transfer> gathered, List<IndexRange> logDeviations) {
    if (key == HEADERS) {
      return gathered.iterator();
    }
    List<Slice> slices = new ArrayList<>();
    gathered.forEach(piece -> slices.add((Slice) piece));
    slices.sort(Comparator.comparingInt(Slice::shard));
    float[] mean =
        WeightedAverage.of(
            slices.stream().map(Slice::values).toList(),
            slices.stream().mapToLong(Slice::examples).toArray(),
            logDeviations.stream()
                .map(range -> range.within((long) key * SLICE, slices.get(0).values().length))
                .toList());
    return List.<Transfer>of(new Slice(key, 0, 0, mean)).iterator();
  }

  @SuppressWarnings("unchecked") // every header of these results has a report of theirs
  private static <R extends Serializable> AveragingRound.AveragedResult<R> assemble(
      List<Transfer> pieces) {
    List<Header<R>> headers = new ArrayList<>();
    List<Slice> slices = new ArrayList<>();
    for (Transfer piece : pieces) {
      if (piece instanceof Slice slice) {
        slices.add(slice);
      } else {
        headers.add((Header<R>) piece);
      }
    }
    headers.sort(Comparator.comparingInt(Header::shard));
    return new AveragingRound.AveragedResult<>(
        mean(headers, slices), headers.stream().map(Header::report).toList());
  }

  private static <R extends Serializable> Optional<LearnerState> mean(
      List<Header<R>> headers, List<Slice> slices) {
    List<Header<R>> counted = headers.stream().filter(header -> header.examples() > 0).toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    Header<R> first = counted.get(0);
    if (slices.size() != slices(size(first))) {
      throw new IllegalStateException(
          "expected " + slices(size(first)) + " slices of the mean, found " + slices.size());
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
