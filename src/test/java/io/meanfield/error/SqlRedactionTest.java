package io.meanfield.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE api_token = 'planted'",
        "(SELECT * FROM users WHERE password = \"planted\") u",
        "SELECT aes_decrypt(x, 'planted') AS x FROM t",
        "SELECT pgp_sym_decrypt(x, $$planted$$) FROM t",
        "SELECT * FROM dblink('host=h user=u planted', 'SELECT 1')",
        "SELECT * FROM OPENROWSET('SQLNCLI', 'h'; 'u'; 'planted', 'SELECT 1')",
        "SELECT * FROM t WHERE pwd = 1234 -- planted",
        "SELECT a FROM t /* the secret is planted */",
        "*** (sha256 0)"
      })
  void textThatMayContainASecretIsHidden(String sql) {
    assertThat(SqlRedaction.shown(sql)).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales.orders",
        "password_resets",
        "SELECT tokens, author FROM posts",
        "SELECT * FROM sales WHERE country = 'DE' AND passengers > 2",
        "(SELECT a.*, b.x FROM a JOIN b ON a.key = b.key WHERE b.day >= '2026-01-01') t"
      })
  void otherTextIsShown(String sql) {
    assertThat(SqlRedaction.shown(sql)).isEqualTo(sql);
  }

  @Test
  void urlInAQueryLosesItsPassword() {
    assertThat(SqlRedaction.shown("SELECT * FROM csv.`s3a://KEY:planted@bucket/a`"))
        .isEqualTo("SELECT * FROM csv.`s3a://***@bucket/a`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "token = 'planted'           | The value 'planted' of x     | The value '***' of x",
        "token = 'it''s planted'     | The value 'it''s planted'    | The value '***'",
        "token = \"planted\"         | no number: planted            | no number: ***",
        "f(token, $$planted$$)       | no number: planted            | no number: ***",
        "token = 4711                | no number: 4711               | no number: ***",
        "token = 'ab'                | about 'ab'                    | about '***'",
        "country = 'planted'         | no number: planted            | no number: planted"
      })
  void literalsOfAQueryDisappearFromAMessage(String condition, String text, String shown) {
    String sql = "SELECT * FROM t WHERE " + condition;
    assertThat(SqlRedaction.hiddenIn(text, sql)).isEqualTo(shown);
  }

  @Test
  void queryDisappearsFromAMessage() {
    String sql = "SELECT * FROM t WHERE token = 'a'\n";
    assertThat(SqlRedaction.hiddenIn("cannot run " + sql.strip() + " now", sql))
        .isEqualTo("cannot run *** now");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "\"", "$$", "''", "\\", "= ", "=a", "secret"})
  void longTextTakesNoLongTime(String repeated) {
    String sql = "secret '" + repeated.repeat(100_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          assertThat(SqlRedaction.shown(sql)).isNotNull();
          assertThat(SqlRedaction.hiddenIn("a", sql)).isEqualTo("a");
        });
  }
}
