package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownMetricTest {
  @Test
  void abbreviationsAreWrittenAsUsual() {
    assertThat(new ShownMetric("roc_auc_macro").words()).isEqualTo("ROC AUC macro");
    assertThat(new ShownMetric("macro_f1").words()).isEqualTo("macro F1");
    assertThat(new ShownMetric("expected_calibration_error").words())
        .isEqualTo("expected calibration error");
  }
}
