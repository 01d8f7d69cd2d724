package io.meanfield.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.engine.EngineSettings;
import io.meanfield.evaluate.baseline.BaselineChoice;
import io.meanfield.evaluate.metric.Direction;
import io.meanfield.evaluate.threshold.Objective;
import io.meanfield.evaluate.threshold.ThresholdSettings;
import io.meanfield.kernels.Precision;
import io.meanfield.network.LearningRateSchedule;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.Scaling;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunSettings;
import io.meanfield.train.AveragingSettings;
import io.meanfield.train.Calibration;
import io.meanfield.train.OuterOptimizer;
import io.meanfield.train.TestSettings;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.augment.Augmentation;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.Monitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins the defaults and every key; those of data and network are pinned in their packages. */
class JobSettingsTest {
  @Test
  void defaultSizesFollowFromTheData() {
    JobSettings settings = JobSettings.load(List.of(), List.of());
    assertThat(settings.run())
        .isEqualTo(new RunSettings("runs", 2, false, OptionalLong.empty(), false, 777));
    assertThat(settings.seed()).isEqualTo(777);
    assertThat(settings.engine())
        .isEqualTo(new EngineSettings(Optional.empty(), Optional.empty(), Precision.FLOAT32));
    assertThat(settings.train())
        .isEqualTo(
            TestSettings.plain()
                .epochs(0)
                .batchSize(0)
                .workers(2)
                .placedAutomatically()
                .averagingFrequency(10)
                .syncFrequency(50)
                .build());
    JobSettings small = sized(settings, 143);
    assertThat(small.train().batchSize()).isEqualTo(8);
    assertThat(small.train().epochs()).isEqualTo(200);
    assertThat(small.train().earlyStopping().patience()).isEqualTo(20);
    JobSettings large = sized(settings, 10_000_000);
    assertThat(large.train().batchSize()).isEqualTo(512);
    assertThat(large.train().epochs()).isEqualTo(5);
    assertThat(large.train().earlyStopping().patience()).isEqualTo(3);
  }

  private static JobSettings sized(JobSettings settings, long examples) {
    return JobSettings.read(
        SettingsTree.overDefaults(new AutomaticSizes(examples, 1).in(settings.config())));
  }

  @Test
  void sizesThatAreSetStay() {
    JobSettings settings = sized(load("train.epochs = 7"), 143);
    assertThat(settings.train().batchSize()).isEqualTo(8);
    assertThat(settings.train().epochs()).isEqualTo(7);
    assertThat(settings.train().earlyStopping().isOn()).isFalse();
    settings = sized(load("train { batch-size = 64, early-stopping.patience = 9 }"), 143);
    assertThat(settings.train().batchSize()).isEqualTo(64);
    assertThat(settings.train().epochs()).isEqualTo(200);
    assertThat(settings.train().earlyStopping().patience()).isEqualTo(9);
  }

  @Test
  void tableWithoutLayersHasTheTabularNetworkUnlessItsSettingsNameAnother() {
    String table = "data { format = csv, train.path = a, columns.label = y }";
    JobSettings tabular = load(table);
    assertThat(network(tabular).layers()).hasSize(7).startsWith(new Scaling());
    assertThat(network(tabular).optimizer())
        .isEqualTo(new Optimizer.AdamW(0.02, 0.9, 0.95, 1e-7, 0.02, true));
    assertThat(tabular.config().getInt("data.columns.bins")).isEqualTo(32);
    JobSettings sized = sized(tabular, 1000);
    assertThat(network(sized).schedule()).isEqualTo(LearningRateSchedule.coslog4(32 * 193));
    assertThat(sized.train().earlyStopping().patience()).isEqualTo(103);
    assertThat(sized.train().workers()).isEqualTo(1);
    assertThat(sized.train().members()).isEqualTo(4);
    JobSettings large = sized(tabular, 64_000);
    assertThat(large.train().workers()).isEqualTo(2);
    assertThat(large.train().members()).isEqualTo(1);
    assertThat(network(load(table, "network.optimizer.learning-rate = 1")).optimizer())
        .isEqualTo(new Optimizer.AdamW(1, 0.9, 0.95, 1e-7, 0.02, true));
    assertThat(network(load(table, "network.optimizer.name = sgd")).optimizer())
        .isEqualTo(new Optimizer.Sgd(0.01));
    for (String other :
        List.of(
            "network.preset = none",
            "network.engine = dl4j",
            "network.hidden-layers = [ { dense = 128, activation = relu } ]")) {
      JobSettings plain = load(table, other);
      assertThat(plain.config().getString("data.columns.bins")).as(other).isEqualTo("none");
      assertThat(network(plain).optimizer())
          .as(other)
          .isEqualTo(new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
      assertThat(plain.presetNote().isPresent())
          .as(other)
          .isEqualTo(other.startsWith("network.hidden-layers"));
    }
    JobSettings both = load(table, "network { preset = tabular, hidden-layers = [64] }");
    assertThat(both.config().getInt("data.columns.bins")).isEqualTo(32);
    assertThat(both.presetNote()).isEmpty();
    JobSettings auto = load(table, "network.preset = auto");
    assertThat(auto.presetNote()).isEmpty();
    assertThat(auto.config()).isEqualTo(tabular.config());
    assertThat(load().config().getString("data.columns.bins")).isEqualTo("none"); // images
    assertThat(load("network.preset = tabular").config().getInt("data.columns.bins")).isEqualTo(32);
  }

  @Test
  void numbersOfUnitsAreCheckedAsThoseOfADenseLayer() {
    Map.of(
            "[32, 0]",
            "network.hidden-layers[1].dense must be at least 1, found 0",
            "[2.5]",
            "network.hidden-layers[0].dense must be a whole number, found 2.5",
            "[relu]",
            "network.hidden-layers must be a list of objects { … }, or of numbers of units,"
                + " found [\"relu\"]",
            "32",
            "network.hidden-layers must be a list of objects { … }, or of numbers of units,"
                + " found 32")
        .forEach(
            (layers, message) ->
                assertThatThrownBy(() -> load("network.hidden-layers = " + layers))
                    .hasMessage(message + " (--set network.hidden-layers: 1)"));
  }

  @Test
  void layersAndHiddenLayersExcludeEachOther() {
    assertThatThrownBy(
            () ->
                JobSettings.load(
                    List.of(),
                    List.of(
                        "network.layers = [ { dense = 1, activation = sigmoid } ]",
                        "network.hidden-layers = [ { dense = 9 } ]")))
        .hasMessage(
            "network.layers and network.hidden-layers are both set; set network.layers to name the"
                + " whole network, or network.hidden-layers to let the data determine its last"
                + " layer");
  }

  @Test
  void everyKeyCanBeSet() {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "run { directory = \"hdfs://here/runs\", seed = -5, keep-checkpoints = 9,"
                    + " single-writer = true, native-memory = 1536m, profile = true }",
                "network.layers = [ { dense = 9, activation = sigmoid }, { dense = 10,"
                    + " activation = softmax } ]",
                "pretrain { method = autoencoder, epochs = 10 }, train { epochs = 1, batch-size ="
                    + " 2, workers = 3, workers-per-task = 4, members = 1, averaging-frequency = 5,"
                    + " sync-frequency = epoch, outer-optimizer { name = nesterov, learning-rate ="
                    + " 0.5, momentum = 0 }, early-stopping { patience = 8, monitor = pr_auc },"
                    + " augment { shift = 1.5, rotate = 9, zoom = 0.125 } }"));
    assertThat(settings.run())
        .isEqualTo(
            new RunSettings("hdfs://here/runs", 9, true, OptionalLong.of(3L << 29), true, -5));
    assertThat(settings.seed()).isEqualTo(-5);
    assertThat(settings.train())
        .isEqualTo(
            new TrainSettings(
                1,
                2,
                3,
                1,
                1,
                Calibration.NONE,
                List.of(),
                4,
                new AveragingSettings(
                    5, AveragingSettings.EPOCH, new OuterOptimizer.Nesterov(0.5, 0)),
                new EarlyStopping(8, new Monitor("pr_auc", Direction.LARGER_IS_BETTER), 0, 1),
                new Augmentation(1.5, 9, 0.125)));
  }

  @Test
  void pageIsFullOrNone() {
    assertThat(load("train.epochs = 1").page()).isEqualTo(PageContent.FULL);
    assertThat(load().baselines()).isEqualTo(BaselineChoice.AUTO);
    assertThat(load("run.baselines = all").baselines()).isEqualTo(BaselineChoice.ALL);
    assertThat(load("run.page = none").page()).isEqualTo(PageContent.NONE);
    assertThatThrownBy(() -> load("run.page = off"))
        .hasMessageContaining("run.page must be one of full, none, found \"off\"");
  }

  @Test
  void thresholdIsANumberOrAnObjective() {
    assertThat(load("train.epochs = 1").threshold())
        .isEqualTo(new ThresholdSettings(Threshold.DEFAULT, Optional.empty()));
    assertThat(load("train.threshold = 0.25").threshold())
        .isEqualTo(new ThresholdSettings(Threshold.of(0.25f), Optional.empty()));
    assertThat(load("train.threshold = f1").threshold().objective())
        .contains(new Objective.LargestF1());
    assertThat(load("train.threshold { recall = 0.8 }").threshold().objective())
        .contains(new Objective.LeastRecall(0.8));
    assertThat(load("train.threshold { precision = 0.9 }").threshold().objective())
        .contains(new Objective.LeastPrecision(0.9));
  }

  @Test
  void intervalsAreALevelOrSeveral() {
    assertThat(load().train().intervals()).isEmpty();
    assertThat(load("train.intervals = 0.9").train().intervals()).containsExactly(0.9);
    assertThat(load("train.intervals = [0.5, 0.9]").train().intervals()).containsExactly(0.5, 0.9);
    for (String wrong : List.of("90", "[0.9, 1]", "yes", "[0.9, \"a\"]")) {
      assertThatThrownBy(() -> load("train.intervals = " + wrong))
          .hasMessageContaining(
              "train.intervals must be a number above 0 and below 1, such as 0.9, or a list of such"
                  + " numbers, found ");
    }
    assertThatThrownBy(() -> load("train.intervals = [0.9, 0.9]"))
        .hasMessageContaining("train.intervals must be different numbers, found ");
  }

  @Test
  void thresholdThatIsNoneIsRefused() {
    String expected =
        "train.threshold must be a number above 0 and below 1, or f1, or an object with one of"
            + " recall, precision, found ";
    assertThatThrownBy(() -> load("train.threshold = 1.5")).hasMessageContaining(expected + "1.5");
    assertThatThrownBy(() -> load("train.threshold = best"))
        .hasMessageContaining(expected + "\"best\"");
    assertThatThrownBy(() -> load("train.threshold { recall = 0.8, precision = 0.9 }"))
        .hasMessageContaining("train.threshold needs exactly one of recall, precision, found");
    assertThatThrownBy(() -> load("train.threshold { recall = 80 }"))
        .hasMessageContaining("train.threshold.recall must be above 0 and at most 1, found 80");
    assertThatThrownBy(() -> load("train.early-stopping.monitor = auc"))
        .hasMessageContaining("train.early-stopping.monitor must be one of loss, accuracy,");
  }

  @ParameterizedTest
  @CsvSource({
    "mse, linear, MSE",
    "mae, linear, MAE",
    "huber, linear, HUBER",
    "binary_crossentropy, sigmoid, BINARY_CROSSENTROPY",
    "categorical_crossentropy, softmax, CATEGORICAL_CROSSENTROPY",
    "sparse_categorical_crossentropy, softmax, CATEGORICAL_CROSSENTROPY"
  })
  void lossesHaveKerasNames(String kerasName, String activation, Loss.Kind loss) {
    String layers = "network.layers = [ { dense = 2, activation = " + activation + " } ]";
    assertThat(
            JobSettings.load(List.of(), List.of("network.loss = " + kerasName, layers))
                .network()
                .loss()
                .kind())
        .isEqualTo(loss);
  }

  @Test
  void aQuantileIsThatOfThePinballLoss() {
    assertThat(load("network.loss = pinball", "network.quantile = 0.9").givenLoss())
        .contains(new Loss(Loss.Kind.PINBALL, 0.9));
    assertThatThrownBy(() -> load("network.loss = pinball", "network.quantile = 90"))
        .hasMessageContaining("network.quantile must be above 0 and below 1, found 90");
    assertThatThrownBy(() -> load("network.loss = mae", "network.quantile = 0.9"))
        .hasMessageContaining(
            "network.quantile must be left out unless network.loss is pinball, found 0.9");
  }

  @Test
  void preTrainingNeedsSigmoidLayers() {
    assertThatThrownBy(() -> JobSettings.load(List.of(), List.of("pretrain.method = rbm")))
        .hasMessage(
            "pretrain.method must be none, because network.layers are not one or more dense layers"
                + " with activation = sigmoid before the last layer, found \"rbm\""
                + " (--set pretrain.method: 1)");
  }

  @Test
  void nesterovDefaultsAreThoseOfDiLoCo() {
    assertThat(load("train.outer-optimizer.name=nesterov").train().averaging().outerOptimizer())
        .isEqualTo(new OuterOptimizer.Nesterov(0.7, 0.9));
    assertThatThrownBy(
            () ->
                load("train.outer-optimizer { name = nesterov, momentum = 1, learning-rate = 0 }"))
        .hasMessageContaining("train.outer-optimizer.learning-rate must be above 0, found 0")
        .hasMessageContaining(
            "train.outer-optimizer.momentum must be at least 0 and below 1, found 1");
    assertThatThrownBy(() -> load("train.early-stopping { patience = -1 }"))
        .hasMessageContaining(
            "train.early-stopping.patience must be a whole number of at least 0, or auto, found"
                + " -1");
    assertThatThrownBy(() -> load("train.outer-optimizer.momentum=0.5"))
        .hasMessageContaining("unknown key train.outer-optimizer.momentum");
  }

  private static JobSettings load(String... assignments) {
    return JobSettings.load(List.of(), List.of(assignments));
  }

  @Test
  void membersOfAChampionReplaceAutoOnly() {
    String table = "data { format = csv, train.path = a, columns.label = y }";
    Config recorded =
        load(
                table,
                "network.layers = [ { dense = 1, activation = sigmoid } ]",
                "network.loss = binary_crossentropy",
                "train.members = 3")
            .config();
    assertThat(members(recorded, load(table))).isEqualTo(3);
    assertThat(members(recorded, load(table, "train.members = 2"))).isEqualTo(2);
  }

  private static int members(Config champion, JobSettings given) {
    return given
        .forRetraining(Optional.of(champion), Optional.empty(), Optional.empty())
        .train()
        .members();
  }

  private static NetworkSettings network(JobSettings settings) {
    return NetworkSettings.read(SettingsTree.overDefaults(settings.config()).section("network"));
  }

  @Test
  void augmentationNeedsImages() {
    assertThatThrownBy(() -> load("train.augment { shift = -1, rotate = 181, zoom = 0.6 }"))
        .hasMessageContaining("train.augment.shift must be between 0 and 100 pixels, found -1")
        .hasMessageContaining("train.augment.rotate must be between 0 and 180 degrees, found 181")
        .hasMessageContaining("train.augment.zoom must be between 0 and 0.5, found 0.6");
    assertThatThrownBy(() -> load("network.input = [783], train.augment.shift = 1"))
        .hasMessageStartingWith(
            "network.input must be a square number or [height, width, channels], because"
                + " train.augment moves images, found [783] (");
    assertThat(load("network.input = [783]").train().augmentation()).isEqualTo(Augmentation.OFF);
  }

  @Test
  void averagingFrequencyIsANumberOfMinibatchesOrEpoch() {
    assertThatThrownBy(
            () ->
                JobSettings.load(
                    List.of(),
                    List.of("train.sync-frequency=daily", "train.averaging-frequency=0")))
        .hasMessage(
            "train.averaging-frequency must be a whole number of at least 1, or epoch, found 0"
                + " (--set train.averaging-frequency: 1)\n"
                + "train.sync-frequency must be a whole number of at least 1, or epoch, found"
                + " \"daily\" (--set train.sync-frequency: 1)");
  }

  @ParameterizedTest
  @CsvSource({"512, 512", "63m, \"63m\"", "much, \"much\"", "[64m], [\"64m\"]", "true, true"})
  void nativeMemoryIsASizeOfAtLeast64MebibytesOrAuto(String value, String found) {
    assertThatThrownBy(() -> load("run.native-memory=" + value))
        .hasMessage(
            "run.native-memory must be a size of at least 64m, such as 2g, or auto, found "
                + found
                + " (--set run.native-memory: 1)");
    assertThat(load("run.native-memory=64m").run().nativeMemory()).hasValue(64 << 20);
    assertThat(load("run.native-memory=auto").run().nativeMemory()).isEmpty();
  }

  @Test
  void jobsInTheProjectAreValid() {
    for (String job :
        List.of("jobs/mnist-train.conf", "jobs/lesson/digits.conf", "jobs/churn.conf")) {
      assertThat(
              JobSettings.load(List.of(new LocalSettingsFile(Path.of(job))), List.of())
                  .train()
                  .epochs())
          .isEqualTo(30);
    }
  }

  @Test
  void jobsOfDigitsNameTheFilesThatFetchMnistWrites() {
    for (String job :
        List.of(
            "mnist-train",
            "mnist-lenet",
            "mnist-evaluate",
            "lesson/digits",
            "lesson/digits-augmented",
            "lesson/rnn",
            "lesson/pretraining")) {
      DataSettings data =
          JobSettings.load(
                  List.of(new LocalSettingsFile(Path.of("jobs/" + job + ".conf"))), List.of())
              .data();
      assertThat(data.train())
          .isEqualTo(
              new IdxSource(
                  "data/mnist/train-images-idx3-ubyte",
                  Optional.of("data/mnist/train-labels-idx1-ubyte")));
      assertThat(data.test())
          .isEqualTo(
              new IdxSource(
                  "data/mnist/t10k-images-idx3-ubyte",
                  Optional.of("data/mnist/t10k-labels-idx1-ubyte")));
    }
  }

  @Test
  void problemsOfAllPackagesAreReportedTogether() {
    assertThatThrownBy(
            () ->
                JobSettings.load(
                    List.of(),
                    List.of(
                        "run.seed=x",
                        "data.validation-fraction=1",
                        "network.input=[]",
                        "train.workers=0")))
        .hasMessageContaining("run.seed must be a whole number")
        .hasMessageContaining("data.validation-fraction must be at least 0 and below 1, found 1")
        .hasMessageContaining("network.input must be a list with at least one element")
        .hasMessageContaining(
            "train.workers must be a whole number of at least 1, or auto, found 0");
  }
}
