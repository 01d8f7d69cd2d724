package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Precision;
import io.meanfield.kernels.Processor;
import io.meanfield.network.Engine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSettingsTest {
  private static final EngineSettings AUTO =
      new EngineSettings(Optional.empty(), Optional.empty(), Precision.FLOAT32);

  private static final EngineSettings NARROW =
      new EngineSettings(Optional.empty(), Optional.empty(), Precision.BFLOAT16);

  private static Processor driver(Kernels highest) {
    return new Processor("any", false, highest, false);
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void autoTakesTheLevelOfTheDriver(Kernels level) {
    assertThat(NARROW.resolved(Optional.empty(), Optional.empty(), driver(level))).isEqualTo(level);
  }

  @Test
  void autoTakesMatrixUnitsForProductsOfBfloat16Only() {
    Processor driver = driver(Kernels.X86_64_V4_AMX);
    assertThat(AUTO.resolved(Optional.empty(), Optional.empty(), driver))
        .isEqualTo(Kernels.X86_64_V4);
    assertThat(AUTO.resolved(Optional.empty(), Optional.empty(), driver(Kernels.X86_64_V3)))
        .isEqualTo(Kernels.X86_64_V3);
  }

  @Test
  void autoTakesTheRecordedLevelWhateverTheDriverHas() {
    Optional<Kernels> recorded = Optional.of(Kernels.X86_64_V3);
    assertThat(AUTO.resolved(recorded, Optional.empty(), driver(Kernels.X86_64_V4)))
        .isEqualTo(Kernels.X86_64_V3);
    assertThat(AUTO.resolved(recorded, Optional.empty(), driver(Kernels.NATIVE)))
        .isEqualTo(Kernels.X86_64_V3);
  }

  @Test
  void autoTakesTheLevelThatTheEnvironmentSelectsUnlessOneIsRecorded() {
    Optional<Kernels> selected = Kernels.selectedBy(Kernels.X86_64_V3.environment());
    Processor driver = driver(Kernels.X86_64_V4);
    assertThat(AUTO.resolved(Optional.empty(), selected, driver)).isEqualTo(Kernels.X86_64_V3);
    assertThat(AUTO.resolved(Optional.of(Kernels.X86_64_V4), selected, driver))
        .isEqualTo(Kernels.X86_64_V4);
  }

  @ParameterizedTest
  @EnumSource(value = Kernels.class, mode = EnumSource.Mode.EXCLUDE, names = "NATIVE")
  void environmentOfALevelSelectsThatLevel(Kernels level) {
    assertThat(Kernels.selectedBy(level.environment())).contains(level);
  }

  @Test
  void environmentSelectsALevelOnlyWithAllThreeVariables() {
    Map<String, String> two = new HashMap<>(Kernels.X86_64_V3.environment());
    two.remove("ATEN_CPU_CAPABILITY");
    assertThat(Kernels.selectedBy(two)).isEmpty();
    assertThat(Kernels.selectedBy(Map.of())).isEmpty();
  }

  @Test
  void onlyTheEngineTorchTrainsWithBfloat16() {
    assertThat(NARROW.precisionOn(Engine.TORCH)).isEqualTo(Precision.BFLOAT16);
    assertThat(AUTO.precisionOn(Engine.DL4J)).isEqualTo(Precision.FLOAT32);
    assertThatThrownBy(() -> NARROW.precisionOn(Engine.DL4J))
        .hasMessage(
            "train.precision = bfloat16 needs the engine torch, but the engine of the run is dl4j;"
                + " set train.precision = float32, or network.engine = torch");
  }

  @Test
  void explicitKernelsOverrideRecordAndDriver() {
    assertThat(
            new EngineSettings(Optional.empty(), Optional.of(Kernels.NATIVE), Precision.FLOAT32)
                .resolved(
                    Optional.of(Kernels.X86_64_V3), Optional.empty(), driver(Kernels.X86_64_V4)))
        .isEqualTo(Kernels.NATIVE);
  }
}
