package io.meanfield.reinforce;

import io.meanfield.reinforce.environment.EpisodeSet;
import java.util.Arrays;

/**
 * The returns of episodes without exploration; a row of the table evaluations.
 *
 * @param epoch whose weights played, from 1
 * @param steps of each worker so far
 */
public record EvaluationRow(
    EpisodeSet set, int epoch, long steps, int episodes, double mean, double least, double most) {

  static EvaluationRow of(EpisodeSet set, int epoch, long steps, double[] returns) {
    return new EvaluationRow(
        set,
        epoch,
        steps,
        returns.length,
        Arrays.stream(returns).average().orElseThrow(),
        Arrays.stream(returns).min().orElseThrow(),
        Arrays.stream(returns).max().orElseThrow());
  }
}
