package io.meanfield.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOptionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwd",
        "pwd",
        "pass",
        "passphrase",
        "apikey",
        "api_key",
        "sharedKey",
        "sas",
        "sig",
        "auth",
        "keystore.pass",
        "kafka.sasl.jaas.config",
        "connectionString",
        "user",
        "url"
      })
  void valueOfAnOptionThatIsNotWellKnownIsHidden(String key) {
    assertThat(SourceOptions.shown(key, "planted")).isEqualTo("***");
    assertThat(new SourceOptions(Map.of(key, "planted")).toString()).isEqualTo("{" + key + "=***}");
  }

  @Test
  void valueOfAWellKnownOptionIsShown() {
    assertThat(SourceOptions.shown("dbtable", "sales")).isEqualTo("sales");
    assertThat(SourceOptions.shown("multiLine", "true")).isEqualTo("true");
    assertThat(SourceOptions.shown("path", "s3a://KEY:planted@bucket/a"))
        .isEqualTo("s3a://***@bucket/a");
    assertThat(SourceOptions.shown("url", "jdbc:postgresql://db/sales?password=planted"))
        .isEqualTo("jdbc:postgresql://db/sales***");
    assertThat(SourceOptions.shown("dbTable", "(SELECT * FROM t WHERE token = 'planted') t"))
        .isEqualTo("***");
  }

  @Test
  void hiddenValuesDisappearFromAText() {
    SourceOptions options =
        new SourceOptions(Map.of("a", "planted", "b", "planted-2", "sep", ";", "c", " "));
    assertThat(options.hiddenIn("no ; in planted-2, planted")).isEqualTo("no ; in ***, ***");
    SourceOptions query =
        new SourceOptions(Map.of("query", "SELECT * FROM t WHERE token = 'planted'"));
    assertThat(query.hiddenIn("no number: planted")).isEqualTo("no number: ***");
  }
}
