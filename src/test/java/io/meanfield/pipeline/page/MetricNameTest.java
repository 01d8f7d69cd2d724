package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNameTest {
  @Test
  void abbreviationsAreWrittenAsUsual() {
    assertThat(MetricName.shown("roc_auc_macro")).isEqualTo("ROC AUC macro");
    assertThat(MetricName.shown("macro_f1")).isEqualTo("macro F1");
    assertThat(MetricName.shown("expected_calibration_error"))
        .isEqualTo("expected calibration error");
  }
}
