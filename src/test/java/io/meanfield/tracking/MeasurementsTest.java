package io.meanfield.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private final Measurements measurements = new Measurements();

  private List<String> names() {
    return measurements.list().stream().map(Measurement::name).toList();
  }

  private double value(String name) {
    return measurements.list().stream()
        .filter(measurement -> measurement.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void columnsOfTheTablesBecomeGaugesWithTheNameOfTheirData() {
    measurements.metrics(Map.of("validation_accuracy", 0.5));
    measurements.metrics(Map.of("macro_f1", 0.25));
    measurements.metrics(Map.of("epoch", 3.0));
    assertThat(measurements.list())
        .extracting(
            measurement -> measurement.gauge().name(),
            measurement -> measurement.label().map(label -> label.key() + "=" + label.value()))
        .extracting(Object::toString)
        .containsExactly(
            "(\"accuracy\", Optional[data=validation])",
            "(\"macro_f1\", Optional[data=test])",
            "(\"epoch\", Optional.empty)");
    assertThat(names()).containsExactly("validation_accuracy", "macro_f1", "epoch");
  }

  @Test
  void newValueReplacesTheOneBefore() {
    measurements.epochEnded(1, Map.of("train_loss", 0.9), 100);
    measurements.epochEnded(2, Map.of("train_loss", 0.4), 200);
    assertThat(names()).containsExactly("epochs", "examples_per_second", "train_loss");
    assertThat(value("epochs")).isEqualTo(2);
    assertThat(value("examples_per_second")).isEqualTo(200);
    assertThat(value("train_loss")).isEqualTo(0.4);
    assertThat(measurements.epochs())
        .extracting(EpochMeasurements::metrics)
        .containsExactly(Map.of("train_loss", 0.9), Map.of("train_loss", 0.4));
  }

  @Test
  void endOfARunIsMeasured() {
    measurements.champion(3, Instant.parse("2026-01-01T00:00:00Z"));
    TestReports.failed(measurements);
    assertThat(value("run_duration_seconds")).isEqualTo(90);
    assertThat(value("run_exit_code")).isEqualTo(1);
    assertThat(value("run_succeeded")).isZero();
    assertThat(value("run_started_timestamp_seconds")).isEqualTo(1767582000.0);
    assertThat(value("run_finished_timestamp_seconds")).isEqualTo(1767582090.0);
    assertThat(value("champion_version")).isEqualTo(3);
    assertThat(value("champion_since_timestamp_seconds")).isEqualTo(1767225600);
  }
}
