package io.meanfield.train.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * The work and the cost of one worker in one round; a row of the rounds table.
 *
 * @param epoch from 1
 * @param round from 1, through all epochs
 */
public record RoundRow(
    int epoch, int round, int group, int worker, String host, Work work, Cost cost) {

  /**
   * The work of a worker in a round.
   *
   * @param examples number of examples consumed
   * @param loss mean loss of the examples whose steps entered the average; empty if there are none
   * @param gpu address of the GPU that the worker used; empty for the CPU
   * @param quarantined whether the worker was left out of the average because it diverged
   * @param distanceFromAverage Euclidean distance of the worker's weights from the average, the
   *     column and the key {@code divergence}; empty if it was idle or left out
   */
  public record Work(
      long examples,
      int batches,
      Optional<Double> loss,
      Optional<String> gpu,
      boolean quarantined,
      @JsonProperty("divergence") Optional<Double> distanceFromAverage) {}

  /**
   * The time and the traffic of a worker in a round.
   *
   * @param computeMillis time in the learner
   * @param waitMillis the rest of the round: scheduling, transport, averaging, waiting for slower
   *     workers
   * @param taskMillis duration of the worker's task in the round, with the turns of the task's
   *     other workers
   * @param bytesIn size of the weights and optimizer state that the worker's task received
   * @param bytesOut size of the weights and optimizer state that the worker's task returned
   */
  public record Cost(
      @JsonProperty("compute_ms") double computeMillis,
      @JsonProperty("wait_ms") double waitMillis,
      @JsonProperty("task_ms") double taskMillis,
      long bytesIn,
      long bytesOut) {}
}
