package io.meanfield.pipeline.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.train.history.Monitor;

/** Checks the metric that early stopping monitors against the task. */
final class MonitorCheck {
  private MonitorCheck() {}

  /**
   * Throws unless the metric can be computed after every epoch.
   *
   * @param validation the number of validation examples
   * @throws UserException that names the metrics of the task, or the reason why it has none
   */
  static void require(Monitor monitor, OutputSpec outputs, long validation) {
    if (monitor.isLoss()) {
      return;
    }
    if (!Metrics.names(outputs).contains(monitor.metric())) {
      throw wrong(
          monitor,
          "which this task does not have; choose one of loss, "
              + String.join(", ", Metrics.names(outputs)));
    }
    if (validation == 0) {
      throw wrong(
          monitor,
          "but there are no validation examples; raise data.validation-fraction or monitor the"
              + " loss");
    }
  }

  private static UserException wrong(Monitor monitor, String reason) {
    return new UserException(
        ErrorCode.WRONG_SETTINGS, Monitor.KEY + " is " + monitor.metric() + ", " + reason);
  }
}
