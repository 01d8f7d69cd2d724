package io.meanfield.reinforce;

import io.meanfield.engine.Learners;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.reinforce.environment.EpisodeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An episode that a model plays without exploration, to look at.
 *
 * @param states from the first to the last
 * @param rewards the return
 */
public record Replay(Environment environment, List<double[]> states, double rewards) {
  /** Plays a test episode. */
  public static Replay of(Model model, Environment environment, long seed, int episode) {
    NetworkCheck.require(model.network().settings(), environment);
    return Learners.withLearner(
        model.network(),
        Device.CPU,
        learner -> {
          learner.restore(model.state());
          return play(learner, model.network(), environment, new RandomKeys(seed), episode);
        });
  }

  private static Replay play(
      Learner learner,
      EngineNetwork network,
      Environment environment,
      RandomKeys keys,
      int episode) {
    QFunction function = new QFunction(learner, network, 1);
    double[] state = environment.start(keys.start(EpisodeSet.TEST, episode));
    List<double[]> states = new ArrayList<>(List.of(state));
    double rewards = 0;
    boolean ended = false;
    for (int step = 0; !ended && step < environment.maxSteps(); step++) {
      environment.observe(state, function.observations(1), 0);
      int action = QTargets.best(function.values(), 0, environment.actions());
      Environment.Step result =
          environment.step(state, action, keys.step(EpisodeSet.TEST, episode, step));
      state = result.state();
      states.add(state);
      rewards += result.reward();
      ended = result.terminated();
    }
    return new Replay(environment, List.copyOf(states), rewards);
  }

  /** Returns a line for every {@code every}th state and the last one, and the return. */
  public List<String> lines(int every) {
    List<String> lines = new ArrayList<>();
    int last = states.size() - 1;
    for (int step = 0; step <= last; step++) {
      if (step % every == 0 || step == last) {
        lines.add(
            String.format(Locale.ROOT, "step %4d  %s", step, environment.text(states.get(step))));
      }
    }
    lines.add(String.format(Locale.ROOT, "return   %.0f in %d steps", rewards, last));
    return lines;
  }
}
