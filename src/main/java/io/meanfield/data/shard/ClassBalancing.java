package io.meanfield.data.shard;

import io.meanfield.data.Dataset;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Balances the classes of the training examples: weights their losses by class. Driver only.
 *
 * @param before the number of training examples per class; empty if classes are not balanced
 * @param weights the weights of the classes
 */
public record ClassBalancing(List<Long> before, ClassWeights weights) {
  /** The classes are not balanced. */
  static final ClassBalancing NONE = new ClassBalancing(List.of(), ClassWeights.UNIFORM);

  /**
   * Balances the training examples of a data set.
   *
   * @throws UserException if the examples have targets instead of classes
   */
  public static ClassBalancing of(
      Dataset data, ExampleTotals totals, Balance balance, int classes) {
    if (balance == Balance.NONE) {
      return NONE;
    }
    if (!data.targetKind().isClass()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "data.balance needs classes to balance, but data.columns names targets; set data.balance"
              + " = none");
    }
    long[] counts = totals.counts(classes);
    return new ClassBalancing(
        Arrays.stream(counts).boxed().toList(), ClassWeights.balanced(counts));
  }

  /** Describes the balance for a run's manifest; empty if classes are not balanced. */
  public Optional<Map<String, Object>> describe() {
    return weights.isUniform()
        ? Optional.empty()
        : Optional.of(
            Map.of(
                "balance",
                Balance.CLASS_WEIGHTS.toString(),
                "before",
                before,
                "weights",
                Arrays.stream(weights.weights()).boxed().toList()));
  }
}
