package io.meanfield.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.StandaloneCluster;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.history.TrainingListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries compute with the kernels of {@code run.kernels}, whatever the environment says. */
@Tag("cluster")
@Tag("promise")
class KernelsIT {
  // Kernels of processors from before AVX, which every processor runs.
  private static final Map<String, String> OLD_KERNELS =
      Map.of(
          "OPENBLAS_CORETYPE", "Nehalem",
          "ATEN_CPU_CAPABILITY", "default",
          "ONEDNN_MAX_CPU_ISA", "SSE41");
  // Otherwise the second of two tasks may wait for the executor that has the data of the first.
  private static final Map<String, String> ON_BOTH_WORKERS =
      Map.of("spark.locality.wait", "0", "spark.shuffle.reduceLocality.enabled", "false");
  private static final String OLD_KERNELS_IN_USE = "OpenBLAS Nehalem, ATen DEFAULT";

  // The weights of jobs/mnist-train.conf after one epoch with the kernels of x86-64-v3, as seen on
  // an AMD EPYC (Zen 4). Another sum on a processor with AVX2 refutes docs/reproducibility.md.
  private static final String ONE_EPOCH =
      "e33a0cc4f46e1fa496ff2afd7bde1236685918d43af36dc749288e4f510db0ad";

  @TempDir private static Path runs;

  @BeforeAll
  static void processorHasAvx2() {
    assumeTrue(Processor.here().runs(Kernels.X86_64_V3), "the processor lacks x86-64-v3");
  }

  /** Settings of one epoch on 6,000 digits. */
  private static JobSettings settings(String kernels, String... more) {
    return JobSettings.load(
        List.of(new LocalSettingsFile(Path.of("jobs/mnist-train.conf"))),
        Stream.concat(
                Stream.of(
                    "train.epochs=1",
                    Mnist.setting("train", Mnist.first(6_000)),
                    "run.directory=" + runs,
                    "run.kernels=" + kernels),
                Stream.of(more))
            .toList());
  }

  private static Outcome train(SparkSession spark, String id, String kernels, String... more) {
    JobContext job =
        new JobContext(spark, settings(kernels, more), new RunId(id), new Interruption());
    return new TrainJob(job, TrainJob.Options.NONE, new TrainingListener() {}).run();
  }

  private static Manifest manifest(String id) {
    return new Runs(LocalSpark.context().hadoopConfiguration(), runs.toString())
        .find(new RunId(id))
        .orElseThrow()
        .manifest();
  }

  private static Map<String, Object> kernelsInUse(Manifest manifest) {
    return manifest.section("kernels_in_use").orElseThrow().root().unwrapped();
  }

  @Test
  void plainJavaProcessHasTheBitsOfEveryProcessorWithAvx2() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(
        List.of(
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-cp",
            StandaloneCluster.applicationJar() + ":" + Path.of("target/spark/jars") + "/*",
            "io.meanfield.cli.Meanfield",
            "train",
            "--conf",
            "jobs/mnist-train.conf",
            "--run-id",
            "plain-java"));
    for (String assignment :
        List.of("train.epochs=1", "run.kernels=x86-64-v3", "run.directory=" + runs)) {
      command.addAll(List.of("--set", assignment));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(OLD_KERNELS);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("sha256 " + ONE_EPOCH);
    Manifest manifest = manifest("plain-java");
    assertThat(manifest.string("kernels")).contains("x86-64-v3");
    assertThat(kernelsInUse(manifest).values())
        .containsExactly(List.of("OpenBLAS Haswell, ATen AVX2"));
  }

  @Test
  void executorsWithDifferentEnvironmentsComputeWithTheSameKernelsUnlessTheyHaveLoadedOthers()
      throws Exception {
    Map<String, String> expected = weights(LocalSpark.session(), "local");
    try (StandaloneCluster cluster = StandaloneCluster.start(OLD_KERNELS, HASWELL)) {
      try (SparkSession spark = LocalSpark.on(cluster.master(), cluster.conf(ON_BOTH_WORKERS))) {
        assertThat(weights(spark, "mixed")).isEqualTo(expected);
      }
      Kernels here = Processor.here().highest(Precision.FLOAT32);
      String inUse =
          "OpenBLAS " + here.openBlas().orElseThrow() + ", ATen " + here.aten().orElseThrow();
      assertThat(kernelsInUse(manifest("mixed-float32")))
          .isEqualTo(
              Map.of(
                  StandaloneCluster.HOST, List.of(inUse),
                  StandaloneCluster.OTHER_HOST, List.of(inUse)));
      try (SparkSession spark = LocalSpark.on(cluster.master(), cluster.conf(ON_BOTH_WORKERS))) {
        assertLoadedKernelsAreRefused(spark);
      }
    }
  }

  /** Returns the weights after training with each precision that this processor has. */
  private static Map<String, String> weights(SparkSession spark, String id) {
    Map<String, String> weights = new TreeMap<>();
    for (String precision :
        Processor.here().hasBFloat16() ? List.of("float32", "bfloat16") : List.of("float32")) {
      Outcome trained = train(spark, id + "-" + precision, "auto", "train.precision=" + precision);
      weights.put(precision, TestJobs.weights(trained));
    }
    assertThat(weights.values()).doesNotHaveDuplicates();
    return weights;
  }

  private static void assertLoadedKernelsAreRefused(SparkSession spark) {
    train(spark, "native", "native");
    assertThat(kernelsInUse(manifest("native")))
        .isEqualTo(
            Map.of(
                StandaloneCluster.HOST, List.of(OLD_KERNELS_IN_USE),
                StandaloneCluster.OTHER_HOST, List.of("OpenBLAS Haswell, ATen AVX2")));
    assertThatThrownBy(() -> train(spark, "refused", "x86-64-v3"))
        .satisfies(
            failure ->
                assertThat(UserException.in(failure).orElseThrow())
                    .hasMessage(
                        "the run has run.kernels = x86-64-v3, but a process on "
                            + NativeLibraries.hostName()
                            + " had loaded OpenBLAS with the kernels Nehalem before, expected"
                            + " Haswell; start a new Spark application, or set"
                            + " ATEN_CPU_CAPABILITY=avx2 ONEDNN_MAX_CPU_ISA=AVX2"
                            + " OPENBLAS_CORETYPE=Haswell in the environment of driver and"
                            + " executors"));
  }

  private static final Map<String, String> HASWELL = Kernels.X86_64_V3.environment();
}
