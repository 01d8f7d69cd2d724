package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.meanfield.evaluate.metric.Direction;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import io.meanfield.train.history.Monitor;
import org.junit.jupiter.api.Test;

class TrainingTest {
  @Test
  void metricsOfARegressionAreMonitored() {
    OutputSpec regression = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 8);
    Monitor error = new Monitor("mse", Direction.SMALLER_IS_BETTER);
    assertThatCode(() -> Training.requireMonitored(error, regression, 100))
        .doesNotThrowAnyException();
  }
}
