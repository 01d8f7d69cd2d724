package io.meanfield.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlserver://h:1433;databaseName=x;user=me@corp.com",
        "jdbc:mysql://h:3306?user=me@x"
      })
  void userWithoutAPasswordIsShown(String uri) {
    assertThat(Redaction.of(uri)).isEqualTo(uri);
  }

  // Every character that may be typed between the colon and the last at sign; a space or a
  // quotation mark ends a URI in a text.
  @Property(tries = 1000)
  void noUriShowsItsPassword(
      @ForAll("schemes") String scheme,
      @ForAll @AlphaChars @Chars({'.', '@', '+', '-', '&', '='}) @StringLength(max = 12)
          String user,
      @ForAll("colons") String colon,
      @ForAll("passwords") String password) {
    String uri = scheme + "://" + user + colon + password + "@storage";
    assertThat(Redaction.of("cannot read " + uri + "/a/b.csv (a.conf: 3)"))
        .isEqualTo("cannot read " + scheme + "://***@storage/a/b.csv (a.conf: 3)");
    assertThat(Redaction.ofAssignment("run.directory=" + uri)).doesNotContain(password);
    assertThat(Redaction.isNeededFor(uri)).isTrue();
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of("s3a", "S3A", "s3", "s3n", "gs", "hdfs", "abfss", "https", "jdbc:mysql");
  }

  @Provide
  Arbitrary<String> colons() {
    return Arbitraries.of(":", "%3A", "%3a");
  }

  @Provide
  Arbitrary<String> passwords() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .excludeChars('"')
        .ofMinLength(8)
        .ofMaxLength(40)
        // Not a port, and not the start of another URI.
        .filter(text -> !Character.isDigit(text.charAt(0)) && !text.contains("://"));
  }

  @Property(tries = 300)
  void keyOfABucketThatLooksLikeAPortDisappears(
      @ForAll @NumericChars @StringLength(min = 1, max = 5) String digits) {
    assertThat(Redaction.of("s3a://KEY:" + digits + "/planted@bucket/a"))
        .isEqualTo("s3a://***@bucket/a");
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
        "abfss://container@account.dfs.core.windows.net:443/a@b",
        "abfss://a@host:443,abfss://b@host",
        "hdfs://one:8020,two:8020/a@b",
        "s3a://bucket/day=1/user@example.com:8",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://h/db?user=u&password=planted&ssl=true | jdbc:postgresql://h/db?user=u&password=***&ssl=true",
        "jdbc:sqlserver://h;user=u;password={pla;nted};x=1 | jdbc:sqlserver://h;user=u;password=***;x=1",
        "jdbc:h2:mem:a;PASSWORD=planted | jdbc:h2:mem:a;PASSWORD=***",
        "jdbc:mysql://h/db?user=u&pwd=planted | jdbc:mysql://h/db?user=u&pwd=***",
        "https://host/a?api_key=planted&n=1 | https://host/a?api_key=***&n=1",
        "https://host/a?AccountKey=planted | https://host/a?AccountKey=***",
        "https://host/a?private-key-passphrase=planted | https://host/a?private-key-passphrase=***"
      })
  void secretParameterOfAUrlDisappears(String url, String shown) {
    assertThat(Redaction.of(url)).isEqualTo(shown);
  }

  @Test
  void passwordOfOraclesDriverDisappears() {
    assertThat(Redaction.of("jdbc:oracle:thin:scott/tiger@//db:1521/sales"))
        .isEqualTo("jdbc:oracle:thin:***@//db:1521/sales");
    assertThat(Redaction.isNeededFor("jdbc:oracle:thin:@//db:1521/sales")).isFalse();
  }

  // A text of a file, of which a pattern must not read the rest from every place.
  @ParameterizedTest
  @CsvSource({
    "'', ://, 300000, ''",
    "'', ://, 300000, @",
    "'a://b:c@ ', ://, 300000, ''",
    "'', jdbc:oracle:a:b/, 60000, ''",
    "'', jdbc:oracle:a:b/, 60000, @",
    "'', jdbc:oracle:a:, 60000, @",
    "s3a://, %a, 300000, ''",
    "s3a://, %a, 300000, @",
    "a://, %a, 300000, :b@",
    "'', &sig={, 150000, ''"
  })
  void longTextTakesNoLongTime(String first, String repeated, int times, String last) {
    String text = first + repeated.repeat(times) + last;
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertThat(Redaction.of(text)).isNotNull());
  }

  @Test
  void passwordAtTheEndOfALongTextDisappears() {
    String text = "://".repeat(100_000) + " s3a://" + "%a".repeat(100_000);
    assertThat(Redaction.of(text + ":planted@bucket jdbc:oracle:thin:scott/planted@db"))
        .isEqualTo("://".repeat(100_000) + " s3a://***@bucket jdbc:oracle:thin:***@db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "sfPassword", "secret", "fs.s3a.access.key", "accessToken"})
  void nameOfASecretIsRecognised(String name) {
    assertThat(Redaction.isSecret(name)).isTrue();
    assertThat(Redaction.isSecret("user")).isFalse();
    assertThat(Redaction.isSecret("dbtable")).isFalse();
  }
}
