package io.meanfield.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.kernels.Kernels;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;

class AveragingTrainingMasterTest {

  /** Name and parameters of each public method or constructor that the class itself declares. */
  private static List<String> signatures(Executable[] declared) {
    return Arrays.stream(declared)
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(method -> simpleName(method) + Arrays.toString(method.getParameterTypes()))
        .toList();
  }

  private static String simpleName(Executable method) {
    return method.getName().replaceAll(".*[.$]", "");
  }

  @Test
  void builderHasEveryCallOfDl4jsBuilder() {
    Class<?> theirs = ParameterAveragingTrainingMaster.Builder.class;
    Class<?> ours = AveragingTrainingMaster.Builder.class;
    assertThat(signatures(theirs.getDeclaredMethods())).hasSizeGreaterThan(10);
    assertThat(signatures(ours.getMethods())).containsAll(signatures(theirs.getDeclaredMethods()));
    assertThat(signatures(ours.getConstructors()))
        .containsAll(signatures(theirs.getConstructors()));
  }

  @Test
  void callsWithoutEffectReturnTheBuilder() {
    AveragingTrainingMaster.Builder builder = new AveragingTrainingMaster.Builder(null, 64);
    assertThat(builder.aggregationDepth(2).workerPrefetchNumBatches(4).exportDirectory("/tmp"))
        .isSameAs(builder);
  }

  @Test
  void jsonAndYamlRestoreTheSettings() {
    AveragingTrainingMaster master =
        new AveragingTrainingMaster.Builder()
            .workers(3)
            .batchSizePerWorker(16)
            .saveUpdater(false)
            .rngSeed(7)
            .kernels(Kernels.X86_64_V3)
            .build();
    assertThat(master.toJson()).contains("\"workers\" : 3", "\"optimizer_state\" : \"reset\"");
    assertThat(AveragingTrainingMaster.fromJson(master.toJson()).toJson())
        .isEqualTo(master.toJson());
    assertThat(master.toYaml()).contains("workers: 3");
    assertThat(AveragingTrainingMaster.fromYaml(master.toYaml()).toJson())
        .isEqualTo(master.toJson());
  }

  @Test
  void jsonOfAMasterWithoutWorkersRestoresTheDefault() {
    String json = new AveragingTrainingMaster.Builder().build().toJson();
    assertThat(json).doesNotContain("workers\" :", "rng_seed");
    assertThat(AveragingTrainingMaster.fromJson(json).toJson()).isEqualTo(json);
    assertThat(AveragingTrainingMaster.fromJson(json))
        .isEqualTo(AveragingTrainingMaster.fromJson(json));
  }

  @Test
  void textOfAnotherMasterIsRefused() {
    assertThatThrownBy(() -> AveragingTrainingMaster.fromJson("{\"averagingFrequency\": 5}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the text does not describe an AveragingTrainingMaster, expected what its toJson or"
                + " toYaml wrote: ");
  }

  @Test
  void textWithoutWorkersIsRefused() {
    String json = new AveragingTrainingMaster.Builder().workers(1).build().toJson();
    assertThatThrownBy(
            () -> AveragingTrainingMaster.fromJson(json.replace("workers\" : 1", "workers\" : 0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workers must be at least 1, found 0");
  }

  @Test
  void statisticsAreOnlyCollectedOnDemand() {
    AveragingTrainingMaster master = new AveragingTrainingMaster.Builder().build();
    assertThat(master.getIsCollectTrainingStats()).isFalse();
    assertThat(master.getTrainingStats()).isNull();
    master.setCollectTrainingStats(true);
    assertThat(master.getTrainingStats()).isNotNull();
  }
}
