package io.meanfield.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meanfield.batch.SparkMaster;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

class HadoopLoginTest {
  // As Hadoop's client wraps it, and as a reader of a file passes it on.
  private static Exception refusal() {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        "cannot read hdfs://a/b",
        new IOException(
            new AccessControlException("Client cannot authenticate via:[TOKEN, KERBEROS]")));
  }

  @Test
  void processWithoutATicketIsToldTheOptions() {
    assertThat(new HadoopLogin(true, false).objection())
        .hasValueSatisfying(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
              assertThat(error)
                  .hasMessage(
                      "found no Kerberos ticket, which Hadoop demands"
                          + " (hadoop.security.authentication = kerberos); write --principal NAME"
                          + " --keytab FILE before the command, or call kinit");
            });
  }

  @Test
  void authenticatedProcessIsAccepted() {
    assertThat(new HadoopLogin(true, true).objection()).isEmpty();
  }

  @Test
  void processNeedsNoTicketWhereHadoopDemandsNone() {
    assertThat(new HadoopLogin(false, false).objection()).isEmpty();
    assertThat(HadoopLogin.explain(refusal())).isEmpty();
    assertThatCode(() -> HadoopLogin.requireFor(SparkMaster.parse("yarn")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusalIsFoundAmongTheCauses() {
    assertThat(HadoopLogin.isRefusal(refusal())).isTrue();
    assertThat(HadoopLogin.isRefusal(new IOException("disk full"))).isFalse();
  }
}
