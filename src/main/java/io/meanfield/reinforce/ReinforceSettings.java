package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.Direction;
import io.meanfield.reinforce.environment.CartPole;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsPart;
import io.meanfield.settings.SettingsTree;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.Monitor;
import java.io.Serializable;

/**
 * The settings of reinforcement learning, with the names of Stable-Baselines3 where it has them.
 *
 * @param steps number of steps that each worker plays
 * @param workers number of logical workers; it determines the result, unlike the size of the
 *     cluster
 * @param syncInterval steps of a worker between two averages: the length of a round
 */
@DefaultSerializer(JavaSerializer.class)
public record ReinforceSettings(
    int steps,
    int workers,
    int syncInterval,
    LearningSettings learning,
    Exploration exploration,
    EvaluationSettings evaluation)
    implements Serializable {
  /** The name of the mean return of an evaluation, by which the weights of epochs compete. */
  public static final String MEAN_RETURN = "mean_return";

  /** Reads the section for the settings of all packages. */
  public static final class Part implements SettingsPart {
    @Override
    public Record read(SettingsTree tree) {
      return ReinforceSettings.read(tree.section("reinforce"));
    }
  }

  /** Reads the section {@code reinforce}. Each invalid value becomes a problem of the settings. */
  public static ReinforceSettings read(Section section) {
    int syncInterval = section.integer("sync-frequency", 1);
    EvaluationSettings evaluation =
        EvaluationSettings.read(section.section("evaluation"), syncInterval);
    ReinforceSettings settings =
        new ReinforceSettings(
            section.integer("steps", 1),
            section.integer("workers", 1),
            syncInterval,
            LearningSettings.read(section, syncInterval),
            Exploration.read(section.section("exploration")),
            evaluation);
    if (settings.steps % evaluation.frequency() != 0) {
      section.invalid(
          "steps",
          "a multiple of reinforce.evaluation.frequency, which is " + evaluation.frequency());
    }
    return settings;
  }

  /** Returns the environment in which the workers play. */
  public Environment environment() {
    return new CartPole();
  }

  /** Returns the number of epochs: the periods that end with an evaluation. */
  public int epochs() {
    return steps / evaluation.frequency();
  }

  /** Returns the number of rounds in an epoch. */
  int roundsPerEpoch() {
    return evaluation.frequency() / syncInterval;
  }

  /** Returns how the best epoch is selected: by the mean return of its evaluation. */
  public EarlyStopping selection() {
    return new EarlyStopping(
        Integer.MAX_VALUE, new Monitor(MEAN_RETURN, Direction.LARGER_IS_BETTER));
  }
}
