package io.meanfield.reinforce;

import io.meanfield.learner.Learner;
import io.meanfield.network.EngineNetwork;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.reinforce.environment.Episode;
import io.meanfield.reinforce.environment.EpisodeRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker that plays a round: in each step it acts with the policy epsilon-greedy, remembers the
 * transition, and learns from sampled ones. Not thread-safe.
 */
final class PlayingWorker {
  private final ReinforceSettings settings;
  private final Environment environment;
  private final RandomKeys keys;
  private final QFunction policy;
  private final QLearner learner;

  PlayingWorker(
      ReinforceSettings settings,
      RandomKeys keys,
      EngineNetwork network,
      Learner online,
      Learner target) {
    this.settings = settings;
    this.environment = settings.environment();
    this.keys = keys;
    this.policy = new QFunction(online, network, 1);
    this.learner = new QLearner(settings.learning(), network, online, target);
  }

  /**
   * The results of a round.
   *
   * @param steps of the worker so far
   * @param examples number of sampled transitions
   */
  record Played(
      long steps,
      Episode episode,
      float[] transitions,
      List<EpisodeRow> ended,
      int batches,
      long examples,
      double lossSum,
      long nanos) {}

  /** Plays and learns a round. */
  Played play(PlayWorkerState start) {
    long began = System.nanoTime();
    LearningSettings learning = settings.learning();
    ReplayBuffer memory =
        new ReplayBuffer(start.memory(), learning.bufferSize(), settings.syncInterval());
    List<EpisodeRow> ended = new ArrayList<>();
    Episode episode = start.episode();
    int batches = 0;
    double lossSum = 0;
    long end = start.steps() + settings.syncInterval();
    for (long step = start.steps(); step < end; step++) {
      episode = act(start.worker(), step, episode, memory, ended);
      if (learning.learnsAfter(step + 1)) {
        for (int i = 0; i < learning.gradientSteps(); i++) {
          lossSum += learner.step(memory, keys.sample(start.worker(), step, i)).lossSum();
          batches++;
        }
      }
    }
    long examples = (long) batches * learning.batchSize();
    long nanos = System.nanoTime() - began;
    return new Played(
        end, episode, memory.fresh(), List.copyOf(ended), batches, examples, lossSum, nanos);
  }

  private Episode act(
      int worker, long step, Episode episode, ReplayBuffer memory, List<EpisodeRow> ended) {
    float[] observation = observation(episode.state());
    int action = action(worker, step, observation);
    Environment.Step result = environment.step(episode.state(), action, keys.step(worker, step));
    memory.add(observation, action, result, observation(result.state()));
    Episode next = episode.after(result);
    boolean truncated = !result.terminated() && next.steps() >= environment.maxSteps();
    if (!result.terminated() && !truncated) {
      return next;
    }
    ended.add(
        new EpisodeRow(
            worker,
            next.number(),
            step + 1,
            next.steps(),
            next.rewards(),
            settings.exploration().epsilon(step),
            truncated));
    int number = next.number() + 1;
    return new Episode(number, environment.start(keys.start(worker, number)), 0, 0);
  }

  private int action(int worker, long step, float[] observation) {
    long key = keys.exploration(worker, step);
    int actions = environment.actions();
    if (RandomKeys.uniform(key, 0) < settings.exploration().epsilon(step)) {
      return RandomKeys.below(actions, key, 1);
    }
    System.arraycopy(observation, 0, policy.observations(1), 0, observation.length);
    return QTargets.best(policy.values(), 0, actions);
  }

  private float[] observation(double[] state) {
    float[] observation = new float[environment.observationSize()];
    environment.observe(state, observation, 0);
    return observation;
  }
}
