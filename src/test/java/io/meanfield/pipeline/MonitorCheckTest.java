package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.Direction;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import io.meanfield.train.Monitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorCheckTest {
  private static final OutputSpec MACHINE =
      new OutputSpec(TaskType.REGRESSION, Loss.CONTRASTIVE_DIVERGENCE, 8);

  @ParameterizedTest
  @ValueSource(strings = {"mse", "mae", "r2"})
  void networkWithoutTargetsHasNoMetricToMonitor(String metric) {
    Monitor monitor = new Monitor(metric, Direction.SMALLER_IS_BETTER);
    assertThatThrownBy(() -> MonitorCheck.require(monitor, MACHINE, 100))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train.early-stopping.monitor is "
                + metric
                + ", but the network ends with a restricted Boltzmann machine, which predicts no"
                + " labels or targets; monitor the loss");
  }

  @Test
  void lossOfEveryNetworkAndMetricsOfARegressionAreMonitored() {
    OutputSpec regression = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 8);
    Monitor error = new Monitor("mse", Direction.SMALLER_IS_BETTER);
    assertThatCode(() -> MonitorCheck.require(Monitor.LOSS, MACHINE, 100))
        .doesNotThrowAnyException();
    assertThatCode(() -> MonitorCheck.require(error, regression, 100)).doesNotThrowAnyException();
  }
}
