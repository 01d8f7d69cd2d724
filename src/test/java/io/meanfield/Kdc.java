package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A Kerberos server of the realm EXAMPLE.COM in a process of its own: the main class of Hadoop's
 * MiniKdc.
 */
final class Kdc implements AutoCloseable {
  /** The principal that submits jobs. */
  static final String USER = "trainer@EXAMPLE.COM";

  /** The principal of HDFS and YARN, which HDFS takes for its superuser. */
  static final String SERVICE = "hadoop/localhost@EXAMPLE.COM";

  private static final String WEB = "HTTP/localhost@EXAMPLE.COM";
  private static final String KRB5_CONF = "java.security.krb5.conf";
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private final Process process;
  private final Path directory;

  private final Duration ticketLifetime;

  private Kdc(Process process, Path directory, Duration ticketLifetime) {
    this.process = process;
    this.directory = directory;
    this.ticketLifetime = ticketLifetime;
  }

  /** Starts the server, with its files in a directory, and waits until its keytab is complete. */
  static Kdc start(Path directory, Duration ticketLifetime) throws IOException {
    Path settings = directory.resolve("kdc.properties");
    Files.write(
        settings,
        List.of("min.ticket.lifetime=1", "max.ticket.lifetime=" + ticketLifetime.toSeconds()));
    File log = TARGET.resolve("minikdc.log").toFile();
    Kdc kdc =
        new Kdc(
            new ProcessBuilder(
                    System.getProperty("java.home") + "/bin/java",
                    "-Xmx128m",
                    "-cp",
                    TARGET.resolve("minikdc") + "/*",
                    "org.apache.hadoop.minikdc.MiniKdc",
                    directory.toString(),
                    settings.toString(),
                    directory.resolve("keytab").toString(),
                    SERVICE,
                    WEB,
                    USER)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start(),
            directory,
            ticketLifetime);
    while (!Files.readString(log.toPath()).contains("MiniKdc Running")) {
      assertThat(kdc.process.isAlive()).as("see " + log).isTrue();
      LockSupport.parkNanos(MiniCluster.POLL_NANOS);
    }
    return kdc;
  }

  /** Returns the file with the keys of all principals. */
  Path keytab() {
    return directory.resolve("keytab");
  }

  /** Returns the option of Java that names this server. */
  String javaOption() {
    return "-D" + KRB5_CONF + "=" + directory.resolve("krb5.conf");
  }

  /** Returns the settings with which HDFS and YARN authenticate everyone, with short tokens. */
  Map<String, String> hadoopSettings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("hadoop.security.authentication", "kerberos");
    settings.put("hadoop.security.authorization", "true");
    for (String server :
        List.of(
            "dfs.namenode.kerberos",
            "dfs.datanode.kerberos",
            "yarn.resourcemanager",
            "yarn.nodemanager")) {
      settings.put(server + ".principal", SERVICE);
    }
    settings.put("dfs.web.authentication.kerberos.principal", WEB);
    for (String key :
        List.of(
            "dfs.namenode.keytab.file",
            "dfs.datanode.keytab.file",
            "yarn.resourcemanager.keytab",
            "yarn.nodemanager.keytab",
            "dfs.web.authentication.kerberos.keytab")) {
      settings.put(key, keytab().toString());
    }
    long lifetime = ticketLifetime.toMillis();
    settings.put("dfs.namenode.delegation.token.renew-interval", String.valueOf(lifetime));
    settings.put("dfs.namenode.delegation.token.max-lifetime", String.valueOf(lifetime));
    // By default a process waits a minute before it asks for another ticket.
    settings.put("hadoop.kerberos.min.seconds.before.relogin", "1");
    settings.put("dfs.block.access.token.enable", "true");
    settings.put("dfs.data.transfer.protection", "authentication");
    // Otherwise the data node wants HTTPS.
    settings.put("ignore.secure.ports.for.testing", "true");
    return settings;
  }

  /** Authenticates a principal in this process, for what it does with {@code doAs}. */
  UserGroupInformation login(String principal, Configuration hadoop) throws IOException {
    System.setProperty(KRB5_CONF, directory.resolve("krb5.conf").toString());
    UserGroupInformation.setConfiguration(hadoop);
    return UserGroupInformation.loginUserFromKeytabAndReturnUGI(principal, keytab().toString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    System.clearProperty(KRB5_CONF);
    UserGroupInformation.setConfiguration(new Configuration());
  }
}
