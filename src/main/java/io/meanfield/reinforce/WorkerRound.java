package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.TaskDevice;
import io.meanfield.batch.TaskMemory;
import io.meanfield.engine.Learners;
import io.meanfield.learner.Device;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.RoundFunction;

/**
 * Plays and learns one round of a worker, on an executor. Stateless: the result is a function of
 * the worker's episode and memory, the two networks and the seed, so that a retry returns the same
 * bits.
 *
 * @param target weights of the target network
 */
@DefaultSerializer(JavaSerializer.class)
record WorkerRound(
    ReinforceSettings settings, RandomKeys keys, EngineNetwork network, float[] target)
    implements RoundFunction<PlayWorkerState, PlayWorkerReport> {

  @Override
  public RoundOutput<PlayWorkerReport> run(PlayWorkerState worker, LearnerState start) {
    Device device = TaskDevice.current();
    RoundOutput<PlayWorkerReport> output =
        Learners.withLearner(
            network,
            device,
            online ->
                Learners.withLearner(
                    network,
                    device,
                    targetLearner -> {
                      online.restore(start);
                      targetLearner.restore(LearnerState.fresh(target));
                      return new PlayingWorker(settings, keys, network, online, targetLearner)
                          .play(worker, device);
                    }));
    TaskMemory.requireWithinLimit();
    return output;
  }
}
