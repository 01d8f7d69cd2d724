package io.meanfield.train.history;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.meanfield.evaluate.metric.Direction;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import org.junit.jupiter.api.Test;

class MonitorTest {
  @Test
  void metricsOfARegressionAreMonitored() {
    OutputSpec regression = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 8);
    Monitor error = new Monitor("mse", Direction.SMALLER_IS_BETTER);
    assertThatCode(() -> error.requirePossible(regression, 100)).doesNotThrowAnyException();
  }
}
