package io.meanfield.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  // The characters of S3's secret keys.
  @Property(tries = 300)
  void passwordOfAUriDisappears(
      @ForAll @AlphaChars @NumericChars @Chars({'/', '+', '='}) @StringLength(min = 8, max = 40)
          String password) {
    String secret = "k" + password; // digits before a slash would be a port
    assertThat(Redaction.of("found s3a://USER:" + secret + "@bucket/runs (a.conf: 3)"))
        .isEqualTo("found s3a://***@bucket/runs (a.conf: 3)");
    assertThat(Redaction.of("[\"hdfs:///a\",\"ftp://me:" + secret + "@host\"]"))
        .isEqualTo("[\"hdfs:///a\",\"ftp://***@host\"]");
  }

  @Property(tries = 300)
  void signatureOfAUrlDisappears(
      @ForAll @AlphaChars @NumericChars @Chars({'%', '/', '+'}) @StringLength(min = 8, max = 40)
          String signature) {
    assertThat(Redaction.of("https://host/a.csv?se=2026&sig=" + signature + "&sp=r"))
        .isEqualTo("https://host/a.csv?se=2026&sig=***&sp=r");
    assertThat(Redaction.of("https://host/a.csv?X-Amz-Signature=" + signature))
        .isEqualTo("https://host/a.csv?X-Amz-Signature=***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs:///runs",
        "hdfs://name-node:8020/users/me@example.com/runs",
        "hdfs://[::1]:8020/a@b",
        "abfss://container@account.dfs.core.windows.net/data/a:b",
        "s3a://***@bucket/runs",
        "/data/part-?.csv",
        "/data/day=2026-01-01/key=5",
        "k8s://https://host:6443",
        "train.epochs must be at least 1, found -8 (conf/local.conf: 12)"
      })
  void textWithoutASecretStaysAsItIs(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
    assertThat(Redaction.isNeededFor(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark.hadoop.fs.s3a.secret.key=planted  | spark.hadoop.fs.s3a.secret.key=***",
        "fs.s3a { encryption.key = planted }     | fs.s3a=***",
        "my.password: planted                    | my.password=***",
        "run.token planted                       | run.token=***",
        "run.directory=s3a://U:planted@bucket    | run.directory=s3a://***@bucket",
        "data.train.path=/texts/tokens.csv       | data.train.path=/texts/tokens.csv",
        "train.epochs=3                          | train.epochs=3"
      })
  void valueOfAnAssignmentDisappearsIfItsKeyNamesASecret(String assignment, String shown) {
    assertThat(Redaction.ofAssignment(assignment)).isEqualTo(shown);
  }

  @Property(tries = 100)
  void messageOfAnErrorContainsNoPassword(
      @ForAll @AlphaChars @StringLength(min = 8, max = 40) String password) {
    String message = "cannot read s3a://USER:" + password + "@bucket/x: no such bucket";
    RuntimeException cause = new RuntimeException();
    for (UserException error :
        List.of(
            new UserException(ErrorCode.DATA_UNREADABLE, message),
            new UserException(ErrorCode.DATA_UNREADABLE, message, cause))) {
      assertThat(error).hasMessage("cannot read s3a://***@bucket/x: no such bucket");
    }
  }

  @Test
  void passwordOfOraclesDriverDisappears() {
    assertThat(Redaction.of("jdbc:oracle:thin:scott/tiger@//db:1521/sales"))
        .isEqualTo("jdbc:oracle:thin:***@//db:1521/sales");
    assertThat(Redaction.isNeededFor("jdbc:oracle:thin:@//db:1521/sales")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "sfPassword", "secret", "fs.s3a.access.key", "accessToken"})
  void nameOfASecretIsRecognised(String name) {
    assertThat(Redaction.isSecret(name)).isTrue();
    assertThat(Redaction.isSecret("user")).isFalse();
    assertThat(Redaction.isSecret("dbtable")).isFalse();
  }
}
