package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Assigns every example to the training or validation shard of one logical worker, or to the test
 * examples, by a permutation of all ids. The parts have exact sizes, shards differ by at most one
 * example, and every process computes the same assignment without a table. The test examples do not
 * depend on the seed, so that models of different seeds are compared on the same examples.
 *
 * <p>The examples of a data set with {@link Segments} are divided in the order of their ids: those
 * for training first, those for tests last. Only the training examples are permuted, unless they
 * are divided into folds of segments.
 *
 * @param examples the number of examples in the data set
 * @param validation the number of validation examples
 * @param test the number of test examples
 * @param workers the number of logical workers
 * @param isInOrder whether the parts are in the order of the ids
 * @param folds the number of parts of the training examples, of each of which one member of an
 *     ensemble learns nothing, so that it can be scored on it; 1 for none
 */
@DefaultSerializer(JavaSerializer.class)
public record Split(
    long examples, long validation, long test, int workers, long seed, boolean isInOrder, int folds)
    implements Serializable {
  private static final long PURPOSE = 0x5711;
  private static final long TEST_KEY = Permutation.key(0x7E57);

  /** Makes a split at random without test examples and folds. */
  public Split(long examples, long validation, int workers, long seed) {
    this(examples, validation, 0, workers, seed);
  }

  /** Makes a split at random without folds. */
  public Split(long examples, long validation, long test, int workers, long seed) {
    this(examples, validation, test, workers, seed, 1);
  }

  /** Makes a split at random. */
  public Split(long examples, long validation, long test, int workers, long seed, int folds) {
    this(examples, validation, test, workers, seed, false, folds);
  }

  /** Makes a split in the order of the ids. */
  static Split inOrder(
      long examples, long validation, long test, int workers, long seed, int folds) {
    return new Split(examples, validation, test, workers, seed, true, folds);
  }

  /**
   * Returns a split with {@code fraction * examples} validation examples, rounded to the nearest
   * integer.
   */
  public static Split of(long examples, double fraction, int workers, long seed) {
    return new Split(examples, Math.round(examples * fraction), workers, seed);
  }

  /**
   * Returns a split with the fractions of {@code examples} that a share leaves for validation and
   * for tests, rounded to the nearest integers. With folds there are no other validation examples.
   */
  public static Split of(long examples, TrainingShare share, int workers) {
    long test = Math.round(examples * share.testFraction());
    int folds = share.folds(examples - test);
    return new Split(
        examples,
        folds > 1 ? 0 : Math.round(examples * share.validationFraction()),
        test,
        workers,
        share.seed(),
        folds);
  }

  /**
   * Returns a split with the fractions of {@code examples} that a share leaves for validation and
   * for tests.
   *
   * @param segments of the examples; empty to divide them at random
   * @param display the location of the data, for messages
   * @throws io.meanfield.error.UserException if a part would be empty because of the segments
   */
  public static Split of(
      long examples,
      Optional<Segments> segments,
      TrainingShare share,
      int workers,
      String display) {
    return segments
        .map(found -> found.split(share, workers, display))
        .orElseGet(() -> of(examples, share, workers));
  }

  /** Returns the same parts, divided among a number of logical workers. */
  public Split over(int workers) {
    return new Split(examples, validation, test, workers, seed, isInOrder, folds);
  }

  public long training() {
    return Math.max(0, examples - validation - test);
  }

  /** Returns the number of examples that a network is scored on that has not learned from them. */
  public long scored() {
    return folds > 1 ? training() : validation;
  }

  /** Returns the largest number of examples that a member of an ensemble learns from. */
  public long learned() {
    return folds > 1 ? training() - training() / folds : training();
  }

  /**
   * Checks that each shard has at most 2,147,483,647 examples, as many as an int can count.
   *
   * @throws UserException if there are too few workers for that
   */
  public void requireEnoughWorkers() {
    long most = Math.max(training(), validation);
    long needed = (most + Integer.MAX_VALUE - 1) / Integer.MAX_VALUE;
    if (workers < needed) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "a worker can have at most %s examples, but %s %s %s; set train.workers to at least %s",
          Integer.MAX_VALUE,
          workers,
          workers == 1 ? "worker has" : "workers have",
          most,
          needed);
    }
  }

  /** Returns the positions of examples in the order of the parts and their shards. */
  public Permutation permutation() {
    long key = Permutation.key(seed, PURPOSE);
    if (isInOrder) {
      return Permutation.ofFirst(folds > 1 ? 0 : training(), key);
    }
    return test == 0
        ? new Permutation(examples, key)
        : new Permutation(examples, TEST_KEY).thenOfFirst(examples - test, key);
  }

  /** Returns whether the example with this position in the permutation is for training. */
  public boolean isTraining(long position) {
    return position < training();
  }

  /** Returns a predicate of ids that is true for training examples. */
  public LongPredicate trainingIds() {
    Permutation permutation = permutation();
    return id -> isTraining(permutation.apply(id));
  }

  /** Returns whether the example with this position in the permutation is for tests. */
  public boolean isTest(long position) {
    return position >= examples - test;
  }

  /** Returns the test examples of a block. */
  Examples testOf(Examples block) {
    long[] positions = block.ids().clone();
    permutation().applyAll(positions);
    return block.select(IntStream.range(0, positions.length).filter(row -> isTest(positions[row])));
  }

  /** Returns the logical worker whose shard has an example. */
  public int worker(long position) {
    return (int) (offset(position) % workers);
  }

  /** Returns the row of an example in its shard. */
  public int row(long position) {
    return Math.toIntExact(offset(position) / workers);
  }

  private long offset(long position) {
    return isTraining(position) ? position : position - training();
  }

  /**
   * Returns the number of training examples of one worker. Shards differ by at most one example;
   * the first shard is the largest.
   */
  public int trainingShardSize(int worker) {
    return rowsBefore(training(), worker);
  }

  /** Returns the number of validation examples of one worker, as for training examples. */
  public int validationShardSize(int worker) {
    return rowsBefore(validation, worker);
  }

  /** Returns the number of rows of the shard of one worker that are at the first positions. */
  public int rowsBefore(long position, int worker) {
    return Math.toIntExact((position + workers - 1 - worker) / workers);
  }
}
