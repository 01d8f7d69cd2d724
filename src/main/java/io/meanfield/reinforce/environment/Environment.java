package io.meanfield.reinforce.environment;

import java.io.Serializable;

/**
 * An environment as a function of state, action and key: it keeps nothing between two steps. So a
 * Spark task that is retried, and a run that continues after a crash, play the same episodes. All
 * its random numbers follow from the keys ({@code SplitMix64}).
 */
public interface Environment extends Serializable {
  /** Returns the name of the environment in settings. */
  String name();

  /** Returns how many numbers an observation has: the inputs of the network. */
  int observationSize();

  /** Returns how many actions there are: the outputs of the network. */
  int actions();

  /** Returns the number of steps after which an episode is truncated, as by Gymnasium's limit. */
  int maxSteps();

  /**
   * Returns the first state of an episode.
   *
   * @param key the key of the random numbers of the start
   */
  double[] start(long key);

  /**
   * Returns what an action leads to.
   *
   * @param state is not changed
   * @param action from 0
   * @param key the key of the random numbers of the step
   */
  Step step(double[] state, int action, long key);

  /** Writes the observation of a state to {@code target}, from {@code offset} on. */
  void observe(double[] state, float[] target, int offset);

  /**
   * The result of an action.
   *
   * @param terminated whether the state ends the episode: its value is the reward alone
   */
  record Step(double[] state, double reward, boolean terminated) {}
}
