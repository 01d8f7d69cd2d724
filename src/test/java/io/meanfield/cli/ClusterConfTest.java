package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of conf/cluster.conf, read as Spark reads them. */
class ClusterConfTest {
  private static Pattern hidden() throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of("conf/cluster.conf"))) {
      settings.load(reader);
    }
    return Pattern.compile(settings.getProperty("spark.redaction.regex").strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.authenticate.secret",
        "spark.ssl.keyPassword",
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.s3a.encryption.key",
        "spark.hadoop.fs.s3a.server-side-encryption.key",
        "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net",
        "spark.hadoop.fs.azure.account.oauth2.client.secret",
        "spark.hadoop.fs.azure.sas.container.store.blob.core.windows.net",
        "spark.hadoop.fs.gs.auth.service.account.private.key",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN"
      })
  void valueOfASecretIsHidden(String key) throws IOException {
    assertThat(hidden().matcher(key).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.master",
        "spark.executor.memory",
        "spark.authenticate",
        "spark.network.crypto.cipher",
        "spark.hadoop.fs.s3a.endpoint",
        "spark.hadoop.fs.s3a.path.style.access",
        "spark.hadoop.fs.s3a.encryption.algorithm",
        "spark.hadoop.hadoop.security.credential.provider.path"
      })
  void valueOfAnotherSettingIsShown(String key) throws IOException {
    assertThat(hidden().matcher(key).find()).isFalse();
  }
}
