package io.meanfield.bench;

import io.meanfield.Mnist;
import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.evaluate.Score;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.settings.SettingsTree;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures the accuracy on the 10,000 test digits of a network 784-256-64-10 with and without
 * pre-training, for few labels and for all of them. Networks of the same seed start from the same
 * weights and learn from the same labels, so their results are pairs.
 */
public final class PretrainingStudy {
  private static final String RBM = "{ rbm = %d }";
  private static final String AUTOENCODER =
      "{ autoencoder = %d, activation = sigmoid, corruption = 0.3 }";
  private static final int FEW = 1_000;
  private static final int WORKERS = 2;
  private static final int FEWER_EPOCHS = 4;
  private static final int MORE_EPOCHS = 40;

  private record Pretrained(NetworkSettings network, int seed) {}

  /** The examples, without labels, of pre-training: a share of all training digits. */
  private enum Unlabelled {
    NONE("no pre-training"),
    SAME("the digits with labels"),
    ALL("all 60,000 digits");

    private final String display;

    Unlabelled(String display) {
      this.display = display;
    }
  }

  private record Method(String name, String layer, Unlabelled unlabelled) {
    @Override
    public String toString() {
      return unlabelled == Unlabelled.NONE
          ? unlabelled.display
          : name + ", pre-trained on " + unlabelled.display;
    }
  }

  private static final Method BASELINE = new Method("", RBM, Unlabelled.NONE);
  private static final List<Method> FOR_FEW =
      List.of(
          BASELINE,
          new Method("rbm", RBM, Unlabelled.SAME),
          new Method("rbm", RBM, Unlabelled.ALL),
          new Method("autoencoder", AUTOENCODER, Unlabelled.SAME),
          new Method("autoencoder", AUTOENCODER, Unlabelled.ALL));
  private static final List<Method> FOR_ALL =
      List.of(
          BASELINE,
          new Method("rbm", RBM, Unlabelled.ALL),
          new Method("autoencoder", AUTOENCODER, Unlabelled.ALL));

  private final StudyResults results;
  private final Dataset digits;
  private final JavaRDD<ShardGroup> testShards;
  private final Map<Pretrained, LearnerState> pretrained = new HashMap<>();

  private PretrainingStudy(JavaSparkContext spark, StudyResults results) {
    this.results = results;
    this.digits = Mnist.train().open(ReadContext.of(spark, 10));
    digits.blocks().cache();
    Dataset testDigits = Mnist.test().open(ReadContext.of(spark, 10));
    this.testShards =
        TestSharding.of(testDigits, Split.of(testDigits.count(), 0, 2, 1), 1).training();
  }

  /** Takes the numbers of seeds with 1,000 labels and with all labels, and the file of results. */
  public static void main(String[] args) {
    int few = Integer.parseInt(args[0]);
    int all = Integer.parseInt(args[1]);
    StudyResults results = StudyResults.in(Path.of(args[2]));
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("pretraining-study")
            .set("spark.ui.enabled", "false")
            .set("spark.task.cpus", "2");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      PretrainingStudy study = new PretrainingStudy(spark, results);
      study.compare("1,000 labels, 40 epochs", FOR_FEW, FEW, 40, few);
      study.compare("60,000 labels, 6 epochs", FOR_ALL, (int) study.digits.count(), 6, all);
    }
  }

  private void compare(String title, List<Method> methods, int labels, int epochs, int seeds) {
    Map<Method, List<Double>> accuracies = new LinkedHashMap<>();
    methods.forEach(method -> accuracies.put(method, new ArrayList<>()));
    for (int seed = 1; seed <= seeds; seed++) {
      for (Method method : methods) {
        int run = seed;
        accuracies
            .get(method)
            .add(
                results.accuracy(
                    title, method.toString(), run, () -> accuracy(method, labels, epochs, run)));
      }
    }
    System.out.printf("%n| %s | accuracy in %% | difference in points |%n|---|---|---|%n", title);
    accuracies.forEach(
        (method, values) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %s |%n",
                method,
                100 * values.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                method.equals(BASELINE)
                    ? ""
                    : PairedDifference.of(values, accuracies.get(BASELINE))));
    System.out.printf("%nmeans of %d seeds; %s%n", seeds, Runtime.version());
  }

  private double accuracy(Method method, int labels, int epochs, int seed) {
    long beganNanos = System.nanoTime();
    NetworkSettings network = network(method);
    Model start = Model.untrained(network, seed).withEngine(Engine.TORCH);
    LearnerState pretrained =
        switch (method.unlabelled()) {
          case NONE -> start.state();
          case SAME -> pretrained(start, labels, seed);
          case ALL -> pretrained(start, (int) digits.count(), seed);
        };
    LearnerState trained = train(start, pretrained, settings(0, epochs), labels, seed);
    double accuracy = Score.of(start.network(), trained, testShards).accuracy().orElseThrow();
    System.err.printf(
        Locale.ROOT,
        "%5.1f s  %.2f %%  seed %d, %d labels, %s%n",
        (System.nanoTime() - beganNanos) / 1e9,
        100 * accuracy,
        seed,
        labels,
        method);
    return accuracy;
  }

  /** Pre-trains on the digits with labels, or on all digits, which both tables share. */
  private LearnerState pretrained(Model start, int examples, int seed) {
    return examples == digits.count()
        ? pretrained.computeIfAbsent(
            new Pretrained(start.network().settings(), seed),
            absent -> pretrained(start, examples, FEWER_EPOCHS, seed))
        : pretrained(start, examples, MORE_EPOCHS, seed);
  }

  private LearnerState pretrained(Model start, int examples, int epochs, int seed) {
    return LearnerState.fresh(
        train(start, start.state(), settings(epochs, 0), examples, seed).weights());
  }

  private LearnerState train(
      Model start, LearnerState from, TrainSettings settings, int examples, int seed) {
    Split split =
        Split.of(digits.count(), 1 - examples / (double) digits.count(), settings.workers(), seed);
    if (split.training() != examples) {
      throw new IllegalStateException(
          "expected " + examples + " training examples, found " + split.training());
    }
    Sharding sharding = TestSharding.of(digits, split, settings.workers());
    JavaRDD<ShardGroup> shards = sharding.training();
    try {
      // Without validation examples: the study looks at the test digits only, and only at the end.
      TrainingData data =
          new TrainingData(
              Split.of(examples, 0, settings.workers(), seed),
              shards,
              sharding.validation(),
              ClassWeights.UNIFORM,
              new Placement.TaskForEachGroup());
      return new Trainer(settings, seed, start.network().settings()::learningRate, List.of())
          .train(start.network(), TrainingState.initial(from), data)
          .learner();
    } finally {
      shards.unpersist();
    }
  }

  private static NetworkSettings network(Method method) {
    String layers =
        String.format(
            Locale.ROOT,
            "network.layers = [ " + method.layer() + ", %s, { dense = 10, activation = softmax } ]",
            256,
            String.format(Locale.ROOT, method.layer(), 64));
    return NetworkSettings.read(
        SettingsTree.load(
                List.of(),
                List.of(layers, "network.input = [784]", "network.optimizer.learning-rate = 0.002"))
            .section("network"));
  }

  // Epochs of 0, which the settings of a run refuse, separate pre-training from training.
  private static TrainSettings settings(int pretrainEpochs, int epochs) {
    TrainSettings read =
        TrainSettings.read(
            SettingsTree.load(
                    List.of(),
                    List.of(
                        "train.workers = " + WORKERS,
                        "train.workers-per-task = " + WORKERS,
                        "train.averaging-frequency = 10",
                        "train.sync-frequency = epoch",
                        "train.batch-size = 32"))
                .section("train"));
    return new TrainSettings(
        epochs,
        pretrainEpochs,
        read.batchSize(),
        read.workers(),
        read.workersPerTask(),
        read.averaging(),
        read.earlyStopping(),
        read.augmentation());
  }
}
