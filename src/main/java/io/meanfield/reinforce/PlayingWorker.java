package io.meanfield.reinforce;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.reinforce.environment.Episode;
import io.meanfield.reinforce.environment.EpisodeRow;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedState;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/**
 * A worker that plays a round: in each step it acts with the policy epsilon-greedy, remembers the
 * transition, and learns from sampled ones. Not thread-safe.
 */
final class PlayingWorker {
  private final ReinforceSettings settings;
  private final Environment environment;
  private final RandomKeys keys;
  private final Learner online;
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
    this.online = online;
    this.policy = new QFunction(online, network, 1);
    this.learner = new QLearner(settings.learning(), network, online, target);
  }

  /** Plays and learns a round. */
  RoundFunction.RoundOutput<PlayWorkerReport> play(PlayWorkerState start, Device device) {
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
    long nanos = System.nanoTime() - began;
    LearnerState state = online.state();
    PlayWorkerReport.Learning learned =
        new PlayWorkerReport.Learning(
            batches,
            (long) batches * learning.batchSize(),
            lossSum,
            Double.isFinite(lossSum) && state.isFinite(),
            nanos,
            device.address());
    PlayWorkerReport report =
        new PlayWorkerReport(
            end,
            episode,
            memory.fresh(),
            List.copyOf(ended),
            learned,
            SparkEnv.get().blockManager().blockManagerId().host());
    return new RoundFunction.RoundOutput<>(
        new WeightedState(state, learned.isFinite() ? learned.examples() : 0), report);
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
