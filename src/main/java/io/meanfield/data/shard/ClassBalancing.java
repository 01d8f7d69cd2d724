package io.meanfield.data.shard;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Balances the classes of the training examples: resamples the examples, or weights their losses by
 * class. The result depends only on the data and the split. Driver only.
 *
 * @param before the number of training examples per class; empty if classes are not balanced
 * @param drawn the resampled split; empty if examples are not resampled
 * @param weights the weights of the classes
 */
public record ClassBalancing(
    Balance balance, List<Long> before, Optional<ResampledSplit> drawn, ClassWeights weights) {

  /**
   * Balances the training examples of a data set. Reads every label unless {@code balance} is NONE.
   *
   * @throws UserException if the examples have targets instead of classes, or weights although they
   *     are resampled
   */
  public static ClassBalancing of(Dataset data, Split split, Balance balance, int classes) {
    if (balance == Balance.NONE) {
      return new ClassBalancing(balance, List.of(), Optional.empty(), ClassWeights.UNIFORM);
    }
    if (!data.targetKind().isClass()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "data.balance needs classes to balance, but data.columns names targets; set data.balance"
              + " = none");
    }
    if (data.isWeighted() && balance != Balance.CLASS_WEIGHTS) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "data.balance = "
              + balance
              + " repeats or leaves out examples, which data.columns.weight weights; set"
              + " data.balance = class-weights or none");
    }
    List<long[]> counts =
        data.blocks()
            .mapPartitions(blocks -> List.of(count(blocks, split, classes)).iterator())
            .collect();
    return of(split, balance, counts);
  }

  /**
   * Balances training examples by their counts, one array of counts per class for each partition.
   */
  static ClassBalancing of(Split split, Balance balance, List<long[]> counts) {
    long[] sum = new long[counts.get(0).length];
    counts.forEach(inPartition -> Arrays.setAll(sum, cls -> sum[cls] + inPartition[cls]));
    List<Long> before = Arrays.stream(sum).boxed().toList();
    return balance == Balance.CLASS_WEIGHTS
        ? new ClassBalancing(balance, before, Optional.empty(), ClassWeights.balanced(sum))
        : new ClassBalancing(
            balance,
            before,
            Optional.of(ResampledSplit.of(split, balance, counts)),
            ClassWeights.UNIFORM);
  }

  private static long[] count(Iterator<Examples> blocks, Split split, int classes) {
    LongPredicate isTraining = split.trainingIds();
    long[] counts = new long[classes];
    while (blocks.hasNext()) {
      Examples block = blocks.next();
      for (int row = 0; row < block.count(); row++) {
        if (isTraining.test(block.ids()[row])) {
          counts[block.label(row)]++;
        }
      }
    }
    return counts;
  }

  /** Returns the sizes of training and validation after balancing. */
  public Split sizes(Split split) {
    return drawn.map(ResampledSplit::sizes).orElse(split);
  }

  /** Describes the balance for a run's manifest; empty if classes are not balanced. */
  public Optional<Map<String, Object>> describe() {
    if (balance == Balance.NONE) {
      return Optional.empty();
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("balance", balance.toString());
    description.put("before", before);
    description.put("after", drawn.map(ResampledSplit::classesAfter).orElse(before));
    if (!weights.isUniform()) {
      description.put("weights", Arrays.stream(weights.weights()).boxed().toList());
    }
    return Optional.of(description);
  }
}
