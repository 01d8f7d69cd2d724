package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnginesTest {
  private static NetworkSettings network(Activation hidden, Optimizer optimizer) {
    return new NetworkSettings(
        List.of(4),
        List.of(new Dense(3, hidden), new Dense(2, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        optimizer);
  }

  private static final NetworkSettings PLAIN =
      network(Activation.RELU, new Optimizer.Sgd(0.1, 0.9, true));

  @Test
  void autoChoosesLibTorchForANewRun() {
    assertThat(Engines.choose(Optional.empty(), PLAIN, Optional.empty()))
        .isEqualTo(new Engines.Selection(Engine.TORCH, "it runs every layer"));
  }

  @Test
  void autoWithoutLibTorchChoosesDl4jOnlyForNetworksThatItRuns() {
    assertThat(
            Engines.automatic(
                engine -> Optional.of("no LibTorch").filter(reason -> engine == Engine.TORCH)))
        .isEqualTo(new Engines.Selection(Engine.DL4J, "no LibTorch"));
    assertThatThrownBy(() -> Engines.automatic(engine -> Optional.of("not " + engine.id())))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "no engine can run this network on this machine; torch: not torch; dl4j: not dl4j");
  }

  @Test
  void autoContinuesWithTheRecordedEngine() {
    assertThat(Engines.choose(Optional.empty(), PLAIN, Optional.of(Engine.DL4J)))
        .isEqualTo(new Engines.Selection(Engine.DL4J, "the run started with it"));
  }

  @Test
  void explicitEngineOverridesTheRecordedOne() {
    assertThat(Engines.choose(Optional.of(Engine.DL4J), PLAIN, Optional.of(Engine.TORCH)).engine())
        .isEqualTo(Engine.DL4J);
    assertThat(Engines.choose(Optional.of(Engine.TORCH), PLAIN, Optional.empty()).engine())
        .isEqualTo(Engine.TORCH);
  }

  @ParameterizedTest
  @EnumSource(names = {"HUBER", "PINBALL"})
  void dl4jLacksTwoLosses(Loss.Kind kind) {
    NetworkSettings network =
        new NetworkSettings(
            List.of(4),
            List.of(new Dense(2, Activation.LINEAR)),
            Loss.of(kind),
            new Optimizer.Sgd(0.1));
    assertThat(Engines.unsupportedReason(Engine.DL4J, network))
        .contains("network.loss is " + Loss.of(kind).id() + ", which DL4J lacks");
  }

  @Test
  void messageNamesTheSettingThatTheEngineCannotRun() {
    assertThatThrownBy(
            () ->
                Engines.choose(
                    Optional.of(Engine.DL4J),
                    network(Activation.GELU, new Optimizer.Sgd(0.1)),
                    Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "network.engine = dl4j cannot run this network: network.layers[0].activation is gelu,"
                + " for which DL4J has a different formula; set it to auto or torch");
    assertThatThrownBy(
            () ->
                Engines.choose(
                    Optional.of(Engine.DL4J),
                    network(Activation.RELU, new Optimizer.Sgd(0.1, 0.9, false)),
                    Optional.empty()))
        .hasMessage(
            "network.engine = dl4j cannot run this network: network.optimizer has momentum without"
                + " nesterov, which DL4J lacks; set it to auto or torch");
  }

  @Test
  void gpuThatTheEngineCannotUseIsAnError() {
    assertThatThrownBy(
            () ->
                Learners.withLearner(
                    new EngineNetwork(PLAIN, Engine.DL4J), new Device("7"), Learner::state))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Spark assigned the GPU 7 to a task on "
                + NativeLibraries.hostName()
                + ", but network.engine = dl4j computes on the CPU only; correct that, or submit"
                + " the job without GPUs to compute on the CPU");
  }
}
