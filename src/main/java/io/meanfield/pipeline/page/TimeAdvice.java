package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Manifest;
import java.util.Locale;
import java.util.Optional;

/** Advice where the rounds of a training spend much time without computing. */
final class TimeAdvice {
  private static final double MUCH = 0.2;
  private static final String FREQUENCY = "sync-frequency";

  private TimeAdvice() {}

  /** Returns the advice; empty if little time was lost. */
  static Optional<String> of(Manifest manifest, RoundTime sum) {
    if (sum.synchronising() > MUCH * sum.total()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Synchronising takes %s of the time of the rounds. %s",
              Numbers.percent(sum.synchronising() / sum.total()),
              remedy(manifest)));
    }
    if (sum.waiting() > MUCH * sum.total()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Workers wait for slower ones during %s of the time of the rounds. The table of the"
                  + " workers shows which ones compute longer. Executors of equal speed, with a core"
                  + " for each worker, avoid the wait.",
              Numbers.percent(sum.waiting() / sum.total())));
    }
    return Optional.empty();
  }

  private static String remedy(Manifest manifest) {
    return RunCommand.plays(manifest)
        ? frequency(manifest.section("settings.reinforce"))
            .map(TimeAdvice::longerRounds)
            .orElse("Compare runs with a larger `reinforce.sync-frequency`.")
        : frequency(manifest.section("settings.train"))
            .map(TimeAdvice::fewerAverages)
            .orElse(
                "Try a smaller `train.workers`: each worker then has more examples to compute"
                    + " between two averages. Compare the accuracy.");
  }

  private static Optional<Integer> frequency(Optional<Config> section) {
    return section
        .filter(settings -> settings.hasPath(FREQUENCY))
        .filter(settings -> settings.getValue(FREQUENCY).valueType() == ConfigValueType.NUMBER)
        .map(settings -> settings.getInt(FREQUENCY));
  }

  private static String fewerAverages(int minibatches) {
    return String.format(
        Locale.ROOT,
        "Try `train.sync-frequency = %d`; this run has %d. Workers then average half as often, so"
            + " compare the accuracy.",
        2 * minibatches,
        minibatches);
  }

  private static String longerRounds(int steps) {
    return String.format(
        Locale.ROOT,
        "Try `reinforce.sync-frequency = %d`; this run has %d. `reinforce.target-update` and"
            + " `reinforce.evaluation.frequency` must be multiples of it. Workers then average half"
            + " as often, so compare the mean return.",
        2 * steps,
        steps);
  }
}
