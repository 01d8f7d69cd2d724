package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.reinforce.environment.Episode;
import io.meanfield.reinforce.environment.EpisodeRow;
import java.io.Serializable;
import java.util.List;

/**
 * A worker's report of a round.
 *
 * @param steps of the worker so far
 * @param episode the episode that continues in the next round
 * @param transitions the new rows of its replay memory, in their order
 * @param ended the episodes that ended in the round
 * @param host of the executor
 */
@DefaultSerializer(JavaSerializer.class)
record PlayWorkerReport(
    long steps,
    Episode episode,
    float[] transitions,
    List<EpisodeRow> ended,
    Learning learning,
    String host)
    implements Serializable {

  /**
   * What a worker learned in a round.
   *
   * @param examples number of sampled transitions
   * @param lossSum sum of their losses
   * @param isFinite whether losses and weights are finite
   * @param nanos duration of the task
   * @param gpu address of the GPU, or empty for the CPU
   */
  @DefaultSerializer(JavaSerializer.class)
  record Learning(
      int batches, long examples, double lossSum, boolean isFinite, long nanos, String gpu)
      implements Serializable {}
}
