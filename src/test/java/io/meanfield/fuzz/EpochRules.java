package io.meanfield.fuzz;

import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What is true of every epoch and of every state that training has written. */
final class EpochRules {
  /** Checks the epochs that a run replays when it resumes. */
  static final TrainingListener LISTENER =
      new TrainingListener() {
        @Override
        public void roundEnded(List<RoundRow> workers) {
          workers.forEach(EpochRules::require);
        }

        @Override
        public void epochEnded(EpochResult epoch, TrainingState state) {
          require(epoch);
        }
      };

  private EpochRules() {}

  static void require(RecordedEpoch epoch) {
    require(epoch.result());
    epoch.rounds().forEach(EpochRules::require);
  }

  /** Checks a state from which the run continues after an epoch. */
  static void require(TrainingState state, int epoch) {
    WrongContent.unless(
        state.learner().epoch() == epoch && state.learner().iteration() >= 0,
        "found " + state.learner().iteration() + " minibatches, epoch " + state.learner().epoch());
    Stream<float[]> numbers =
        Stream.concat(
            Stream.of(
                state.learner().weights(), state.learner().optimizerState(), state.outerMomentum()),
            state.weightHistory().stream());
    WrongContent.unless(
        numbers.allMatch(EpochRules::isFinite)
            && Double.isFinite(state.norms().mean())
            && Double.isFinite(state.norms().variance())
            && state.norms().rounds() >= 0,
        "a number of the state is not finite");
  }

  private static boolean isFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  private static void require(EpochResult epoch) {
    EpochResult.Scores scores = epoch.scores();
    Stream<Optional<Double>> optional =
        Stream.of(
            scores.trainAccuracy(),
            scores.validationLoss(),
            scores.validationAccuracy(),
            scores.monitored(),
            scores.averageValidationLoss(),
            scores.averageValidationAccuracy());
    requireFinite(
        DoubleStream.concat(
            DoubleStream.of(scores.trainLoss(), epoch.learningRate(), epoch.seconds()),
            optional.flatMap(Optional::stream).mapToDouble(number -> number)));
    requireCounts(epoch.epoch() - 1, epoch.examples());
    WrongContent.unless(epoch.seconds() >= 0, "an epoch took " + epoch.seconds() + " s");
  }

  private static void require(RoundRow row) {
    WrongContent.unless(Objects.nonNull(row.host()), "a round has no host");
    requireFinite(
        DoubleStream.concat(
            DoubleStream.of(row.cost().computeMillis(), row.cost().waitMillis()),
            Stream.of(row.work().loss(), row.work().distanceFromAverage(), row.cost().taskMillis())
                .flatMap(Optional::stream)
                .mapToDouble(number -> number)));
    requireCounts(
        row.epoch() - 1,
        row.round(),
        row.group(),
        row.worker(),
        row.work().examples(),
        row.work().batches(),
        row.cost().bytesIn(),
        row.cost().bytesOut());
  }

  private static void requireFinite(DoubleStream numbers) {
    WrongContent.unless(numbers.allMatch(Double::isFinite), "a number of an epoch is not finite");
  }

  private static void requireCounts(long... counts) {
    WrongContent.unless(
        LongStream.of(counts).allMatch(count -> count >= 0), "a count of an epoch is negative");
  }
}
