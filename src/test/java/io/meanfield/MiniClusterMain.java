package io.meanfield;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS with one data node and YARN with two node managers in one process, which {@link MiniCluster}
 * starts. Writes {@code conf/yarn-site.xml} into its directory when they are ready, and ends when
 * its standard input ends.
 */
public final class MiniClusterMain {
  /** The last file that is written into the directory {@code conf}. */
  static final String READY = "yarn-site.xml";

  private MiniClusterMain() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Configuration conf = new YarnConfiguration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs").toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
    hdfs.waitActive();
    conf.unset("net.topology.node.switch.mapping.impl"); // a class that only this process has
    conf.set("fs.defaultFS", hdfs.getFileSystem().getUri().toString());
    conf.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    conf.setInt(YarnConfiguration.NM_PMEM_MB, 6144);
    conf.setInt(YarnConfiguration.NM_VCORES, 4);
    conf.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    System.setProperty("test.build.data", directory.resolve("yarn").toString());
    MiniYARNCluster yarn = new MiniYARNCluster("meanfield", 2, 1, 1);
    yarn.init(conf);
    yarn.start();
    if (!yarn.waitForNodeManagersToConnect(60_000)) {
      throw new IllegalStateException("the node managers did not connect within a minute");
    }
    write(yarn.getConfig(), Files.createDirectories(directory.resolve("conf")));
    while (System.in.read() >= 0) {
      // Waits for the end of the input.
    }
    System.exit(0); // the data node's threads would keep the process alive
  }

  // Both files have all settings: the defaults of YARN would override those of core-site.xml.
  private static void write(Configuration conf, Path directory) throws IOException {
    for (String name : List.of("core-site.xml", READY)) {
      Path draft = directory.resolve("draft");
      try (OutputStream out = Files.newOutputStream(draft)) {
        conf.writeXml(out);
      }
      Files.move(draft, directory.resolve(name));
    }
  }
}
