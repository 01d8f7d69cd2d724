package io.meanfield.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;

/**
 * What one worker did in one round; a row of the rounds table.
 *
 * @param epoch from 1
 * @param round from 1, through all epochs
 */
public record RoundRow(
    int epoch,
    int round,
    int group,
    int worker,
    String host,
    @JsonUnwrapped Work work,
    @JsonUnwrapped Cost cost) {

  /**
   * What a worker computed.
   *
   * @param examples consumed
   * @param loss mean over the examples that went into the mean; empty for a worker without any
   * @param gpu the address of the GPU that it computed on; empty for the CPU
   */
  public record Work(
      long examples,
      int batches,
      Optional<Double> loss,
      Optional<String> gpu,
      boolean quarantined) {}

  /**
   * What the round cost a worker.
   *
   * @param computeMillis in the learner
   * @param waitMillis the rest of the round: scheduling, transport, averaging, waiting for slower
   *     workers
   * @param bytesIn of weights and optimizer state that the worker's task received
   * @param bytesOut of weights and optimizer state that the worker's task sent back
   */
  public record Cost(
      @JsonProperty("compute_ms") double computeMillis,
      @JsonProperty("wait_ms") double waitMillis,
      long bytesIn,
      long bytesOut) {}
}
