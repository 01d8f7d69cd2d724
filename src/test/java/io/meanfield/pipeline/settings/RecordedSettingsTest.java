package io.meanfield.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class RecordedSettingsTest {
  private static final Config GIVEN = given("p");

  private static Config given(String password) {
    return ConfigFactory.parseString(
        "data { train { source = jdbc, options { dbtable = u, password = "
            + password
            + ", url = \"jdbc:mysql://h/db?x=1\", keystore { pass = t }, HEADER = true } },"
            + " test { table = t, options {} } }");
  }

  @Test
  void onlyHashesOfHiddenOptionsAreRecorded() {
    Config recorded = RecordedSettings.of(GIVEN).getConfig("data.train.options");
    assertThat(recorded.getString("dbtable")).isEqualTo("u");
    assertThat(recorded.getString("HEADER")).isEqualTo("true");
    assertThat(recorded.getString("password"))
        .isEqualTo("*** (sha256 " + DigestUtils.sha256Hex("p") + ")");
    assertThat(recorded.getString("keystore.pass"))
        .isEqualTo("*** (sha256 " + DigestUtils.sha256Hex("t") + ")");
    assertThat(recorded.getString("url"))
        .isEqualTo(
            "jdbc:mysql://h/db*** (sha256 " + DigestUtils.sha256Hex("jdbc:mysql://h/db?x=1") + ")");
  }

  @Test
  void anotherPasswordIsAnotherSetting() {
    assertThat(RecordedSettings.of(given("p"))).isEqualTo(RecordedSettings.of(GIVEN));
    assertThat(RecordedSettings.of(given("q"))).isNotEqualTo(RecordedSettings.of(GIVEN));
  }

  @Test
  void hiddenOptionsAreNamed() {
    assertThat(RecordedSettings.hidden(GIVEN))
        .containsExactly(
            "data.train.options.keystore.pass",
            "data.train.options.password",
            "data.train.options.url");
  }

  @Test
  void onlyTheHashOfAQueryWithASecretIsRecorded() {
    String secret = "SELECT * FROM t WHERE token = 'planted'";
    Config given =
        ConfigFactory.parseMap(
            Map.of("data.train.query", secret, "data.test.query", "SELECT * FROM t WHERE a = 'b'"));
    Config recorded = RecordedSettings.of(given);
    assertThat(recorded.getString("data.train.query"))
        .isEqualTo("*** (sha256 " + DigestUtils.sha256Hex(secret) + ")");
    assertThat(recorded.getString("data.test.query")).isEqualTo("SELECT * FROM t WHERE a = 'b'");
    assertThat(RecordedSettings.hidden(given)).containsExactly("data.train.query");
    assertThat(RecordedSettings.withHiddenOf(given, recorded)).isEqualTo(given);
    assertThat(RecordedSettings.withoutHidden(recorded).hasPath("data.train.query")).isFalse();
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
  void recordedSettingsGetTheHiddenOptionsOfTheCaller() {
    Config recorded = RecordedSettings.of(GIVEN);
    assertThat(RecordedSettings.withHiddenOf(GIVEN, recorded)).isEqualTo(GIVEN);
    assertThat(RecordedSettings.withHiddenOf(ConfigFactory.empty(), recorded))
        .isEqualTo(RecordedSettings.withoutHidden(GIVEN));
  }
}
