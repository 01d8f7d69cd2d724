package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.shard.Fold;
import io.meanfield.network.Intervals;
import io.meanfield.settings.Section;
import io.meanfield.train.augment.Augmentation;
import io.meanfield.train.history.EarlyStopping;
import java.io.Serializable;
import java.util.List;

/**
 * The settings of training by local SGD (Stich 2019, algorithm 1).
 *
 * @param epochs passes over the training examples; 0 until the data determine them
 * @param batchSize examples in a minibatch of one worker, the total batch is this times {@code
 *     workers}; 0 until the data determine it
 * @param workers number of logical workers; it determines the result, unlike the size of the
 *     cluster; 0 until the data determine it
 * @param members networks of the ensemble that the training trains; 0 until the data determine it
 * @param folds of the training examples, of each of which the member of its number learns nothing;
 *     1 for none, 0 until the data determine it
 * @param calibration what happens to the probabilities after training
 * @param intervals the levels of the intervals around predictions; empty for none
 * @param workersPerTask how many workers share a Spark task; 0 for {@code auto}
 * @param averaging when and how workers average
 * @param earlyStopping when training ends before the last epoch
 * @param augmentation random transformations of training images
 */
@DefaultSerializer(JavaSerializer.class)
public record TrainSettings(
    int epochs,
    int batchSize,
    int workers,
    int members,
    int folds,
    Calibration calibration,
    List<Double> intervals,
    int workersPerTask,
    AveragingSettings averaging,
    EarlyStopping earlyStopping,
    Augmentation augmentation)
    implements Serializable {
  private static final String INTERVALS = "intervals";
  private static final String LEVELS =
      "a number above 0 and below 1, such as 0.9, or a list of such numbers";

  public static TrainSettings read(Section train) {
    int epochs = train.integerOr("auto", "epochs", 1).orElse(0);
    return new TrainSettings(
        epochs,
        train.integerOr("auto", "batch-size", 1).orElse(0),
        train.integerOr("auto", "workers", 1).orElse(0),
        train.integerOr("auto", "members", 1).orElse(0),
        train.integerOr("auto", "folds", 1).orElse(0),
        train.choice("calibrate", Calibration.class),
        levels(train),
        train.integerOr("auto", "workers-per-task", 1).orElse(0),
        AveragingSettings.read(train),
        EarlyStopping.read(train.section("early-stopping"), epochs),
        Augmentation.read(train.section("augment")));
  }

  private static List<Double> levels(Section train) {
    if (!train.isSet(INTERVALS)) {
      return List.of();
    }
    List<Double> levels = train.numbers(INTERVALS, Intervals::isLevel, LEVELS);
    if (levels.stream().distinct().count() < levels.size()) {
      train.invalid(INTERVALS, "different numbers");
    }
    return levels;
  }

  /** Returns the fold of which a member learns nothing. */
  Fold fold(int member) {
    return folds > 1 ? new Fold(member) : Fold.NONE;
  }

  /** Returns the number of workers in the largest group. */
  public int groupSize() {
    return Math.max(1, Math.min(workersPerTask, workers));
  }
}
