package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.reinforce.environment.Episode;
import java.io.Serializable;

/**
 * What a logical worker carries from one round to the next besides the shared networks: its episode
 * and its replay memory. It travels to the task of each round.
 *
 * @param worker from 0
 * @param steps number of steps so far
 */
@DefaultSerializer(JavaSerializer.class)
record PlayWorkerState(int worker, long steps, Episode episode, ReplayMemory memory)
    implements Serializable {

  /** Returns a worker before its first step. */
  static PlayWorkerState first(int worker, ReinforceSettings settings, RandomKeys keys) {
    Environment environment = settings.environment();
    return new PlayWorkerState(
        worker,
        0,
        new Episode(1, environment.start(keys.start(worker, 1)), 0, 0),
        ReplayMemory.empty(settings.learning().bufferSize(), environment.observationSize()));
  }

  /** Returns the worker after a round. */
  PlayWorkerState after(PlayWorkerReport round) {
    return new PlayWorkerState(
        worker, round.steps(), round.episode(), memory.with(round.transitions()));
  }
}
