package io.meanfield.cli.command;

import io.meanfield.batch.SparkMaster;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * How this process identifies itself to HDFS and YARN.
 *
 * @param kerberosDemanded whether Hadoop's configuration demands Kerberos
 * @param authenticated whether the process has a Kerberos ticket, or tokens that were obtained with
 *     one, as the containers of YARN have
 */
public record HadoopLogin(boolean kerberosDemanded, boolean authenticated) {
  /** Throws if the cluster manager will refuse this process. */
  public static void requireFor(SparkMaster master) {
    if (master.kind() == SparkMaster.Kind.YARN) {
      ofThisProcess()
          .objection()
          .ifPresent(
              objection -> {
                throw objection;
              });
    }
  }

  static HadoopLogin ofThisProcess() {
    if (!UserGroupInformation.isSecurityEnabled()) {
      return new HadoopLogin(false, false);
    }
    try {
      UserGroupInformation user = UserGroupInformation.getCurrentUser();
      return new HadoopLogin(
          true, user.hasKerberosCredentials() || user.getCredentials().numberOfTokens() > 0);
    } catch (IOException noLogin) {
      return new HadoopLogin(true, false);
    }
  }

  /** Returns what the user must do, if Hadoop refused this process because it has no ticket. */
  public static Optional<UserException> explain(Throwable failure) {
    return isRefusal(failure) ? ofThisProcess().objection() : Optional.empty();
  }

  static boolean isRefusal(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(AccessControlException.class::isInstance);
  }

  /** Returns what the user must do before Hadoop accepts this process; empty if nothing. */
  Optional<UserException> objection() {
    return !kerberosDemanded || authenticated
        ? Optional.empty()
        : Optional.of(
            new UserException(
                ErrorCode.NOT_AUTHENTICATED,
                "found no Kerberos ticket, which Hadoop demands (hadoop.security.authentication ="
                    + " kerberos); write --principal NAME --keytab FILE before the command, or"
                    + " call kinit"));
  }
}
