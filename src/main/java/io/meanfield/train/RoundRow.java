package io.meanfield.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What one worker did in one round; a row of the rounds table.
 *
 * @param epoch from 1
 * @param round from 1, through all epochs
 * @param loss mean over the examples that went into the mean; nothing for a worker without any
 * @param computeMillis in the learner
 * @param waitMillis the rest of the round: scheduling, transport, averaging, waiting for slower
 *     workers
 * @param bytesIn of weights and optimizer state that the worker's task received
 * @param bytesOut likewise, sent back
 * @param gpu the address of the GPU that it computed on; nothing for the CPU
 */
public record RoundRow(
    int epoch,
    int round,
    int group,
    int worker,
    String host,
    long examples,
    int batches,
    Optional<Double> loss,
    @JsonProperty("compute_ms") double computeMillis,
    @JsonProperty("wait_ms") double waitMillis,
    long bytesIn,
    long bytesOut,
    Optional<String> gpu,
    boolean quarantined) {}
