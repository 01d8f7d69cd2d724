package io.meanfield.reinforce;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.TaskType;

/**
 * Makes gradient steps of double deep Q-learning on transitions of a replay buffer (van Hasselt,
 * Guez and Silver 2016, equation 4). The target of an action that was not taken is its own value,
 * so that it has no error. Not thread-safe.
 */
final class QLearner {
  private final LearningSettings settings;
  private final Learner online;
  private final QFunction current;
  private final QFunction nextOnline;
  private final QFunction nextTarget;
  private final Minibatch batch;
  private final int inputs;
  private final int actions;
  private final int[] slots;

  /**
   * Creates a learner.
   *
   * @param online is trained
   * @param target a learner with the weights of the target network
   */
  QLearner(LearningSettings settings, EngineNetwork network, Learner online, Learner target) {
    int size = settings.batchSize();
    this.settings = settings;
    this.online = online;
    this.current = new QFunction(online, network, size);
    this.nextOnline = new QFunction(online, network, size);
    this.nextTarget = new QFunction(target, network, size);
    this.inputs = network.inputs();
    this.actions = network.outputs();
    this.batch = new Minibatch(size, inputs, actions, TaskType.REGRESSION);
    this.slots = new int[size];
  }

  /**
   * Samples a minibatch, each transition with equal probability and with replacement, and makes a
   * step.
   *
   * @param key of the random numbers of the minibatch
   */
  StepResult step(ReplayBuffer memory, long key) {
    for (int row = 0; row < slots.length; row++) {
      slots[row] = RandomKeys.below(memory.size(), key, row);
    }
    batch.reset(slots.length, key);
    writeTargets(memory);
    float[] observations = batch.features();
    for (int row = 0; row < slots.length; row++) {
      memory.observation(slots[row], observations, batch.offset(row));
    }
    return online.fit(batch);
  }

  private void writeTargets(ReplayBuffer memory) {
    float[] observations = current.observations(slots.length);
    for (int row = 0; row < slots.length; row++) {
      memory.observation(slots[row], observations, row * inputs);
    }
    float[] targets = batch.targets();
    System.arraycopy(current.values(), 0, targets, 0, slots.length * actions);
    float[] target = next(memory, nextTarget);
    float[] chooser = next(memory, nextOnline);
    for (int row = 0; row < slots.length; row++) {
      int slot = slots[row];
      int offset = batch.targetOffset(row);
      targets[offset + memory.action(slot)] =
          QTargets.of(
              memory.reward(slot),
              memory.isTerminated(slot) ? 0 : settings.gamma(),
              target[offset + QTargets.best(chooser, offset, actions)]);
    }
  }

  private float[] next(ReplayBuffer memory, QFunction function) {
    float[] observations = function.observations(slots.length);
    for (int row = 0; row < slots.length; row++) {
      memory.nextObservation(slots[row], observations, row * inputs);
    }
    return function.values();
  }
}
