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
    assertThat(Redaction.isNeededFor(uri)).isTrue();
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of("s3a", "S3A", "s3", "s3n", "gs", "hdfs", "abfss", "https");
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
    assertThat(Redaction.of("https://host/a.csv?se=2026&sig=" + signature + "&sp=r is gone"))
        .isEqualTo("https://host/a.csv?*** is gone");
    assertThat(Redaction.of("abfss://c@host/a.csv?sas=" + signature))
        .isEqualTo("abfss://c@host/a.csv?***");
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
        "/data/x;version=2",
        "expected a key; token=5",
        "/data/x;password=***",
        "k8s://https://host:6443",
        "jdbc:postgresql://db:5432/sales",
        "train.epochs must be at least 1, found -8 (conf/local.conf: 12)"
      })
  void textWithoutASecretStaysAsItIs(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
    assertThat(Redaction.isNeededFor(text)).isFalse();
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
        "https://planted@host/a                               | https://***@host/a",
        "conf/s3a:/KEY:planted@bucket/a.conf                  | conf/s3a:/***@bucket/a.conf",
        "jdbc:postgresql://h/db?user=u&password=planted       | jdbc:postgresql://h/db***",
        "jdbc:sqlserver://h:1433;password = {planted; 1};x=1  | jdbc:sqlserver://h:1433***",
        "jdbc:teradata://h/DATABASE=x,PASSWORD=planted        | jdbc:teradata:***",
        "jdbc:mysql://(host=h,user=u,password=planted)/db     | jdbc:mysql:***",
        "jdbc:mysql://address=(host=h)(password=planted)/db   | jdbc:mysql:***",
        "jdbc:mysql://user:1234@h/db                          | ***",
        "jdbc:mysql://user:12/34@h/db                         | ***",
        "jdbc:oracle:thin:scott/planted@//db:1521/sales       | ***",
        "jdbc:h2:mem:a;PASSWORD=planted                       | jdbc:h2:***",
        "jdbc:db2://h:50000/SAMPLE:user=u;password=planted;   | jdbc:db2:***",
        "/data/x;password=planted,1                           | /data/x;password=***",
        "/data/x.csv;db.pwd=planted is gone                   | /data/x.csv;db.pwd=*** is gone",
        "hdfs://h/x;fs.s3a.secret.key=pl;anted                | hdfs://h/x;fs.s3a.secret.key=***",
        "AccountName=a;AccountKey=planted==                   | AccountName=a;AccountKey=***"
      })
  void userPasswordAndParametersOfAUrlDisappear(String url, String shown) {
    assertThat(Redaction.of(url)).isEqualTo(shown);
    assertThat(Redaction.isNeededFor(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Endpoint=sb://h/;SharedAccessKey=planted", "planted", "host:1"})
  void whatIsNoUrlHasNoLocation(String text) {
    assertThat(Redaction.location(text)).doesNotContain("planted");
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
    assertThat(Redaction.of(text + ":planted@bucket"))
        .isEqualTo("://".repeat(100_000) + " s3a://***@bucket");
  }
}
