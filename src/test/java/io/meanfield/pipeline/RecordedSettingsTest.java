package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedSettingsTest {
  private static final Config GIVEN =
      ConfigFactory.parseString(
          "data { train { source = jdbc, options { user = u, password = p, a { token = t, b = 1 } } },"
              + " test { table = t, options {} } }");
  private static final Config RECORDED =
      ConfigFactory.parseString(
          "data { train { source = jdbc, options { user = u, a { b = 1 } } },"
              + " test { table = t, options {} } }");

  @Test
  void secretOptionsAreNotRecorded() {
    assertThat(RecordedSettings.of(GIVEN)).isEqualTo(RECORDED);
    assertThat(RecordedSettings.secrets(GIVEN))
        .containsExactly("data.train.options.a.token", "data.train.options.password");
    assertThat(RecordedSettings.secrets(RECORDED)).isEmpty();
  }

  @Test
  void placementIsNotRecorded() {
    Config other = ConfigFactory.parseString("train { workers = 2 }");
    for (String placement : List.of("auto", "1", "\"1\"")) {
      assertThat(RecordedSettings.of(withWorkersPerTask(placement))).isEqualTo(other);
    }
    assertThat(RecordedSettings.of(withWorkersPerTask("2"))).isEqualTo(withWorkersPerTask("2"));
  }

  private static Config withWorkersPerTask(String value) {
    return ConfigFactory.parseString("train { workers = 2, workers-per-task = " + value + " }");
  }

  @Test
  void recordedSettingsGetTheSecretsOfTheCaller() {
    assertThat(RecordedSettings.withSecretsOf(GIVEN, RECORDED)).isEqualTo(GIVEN);
  }
}
