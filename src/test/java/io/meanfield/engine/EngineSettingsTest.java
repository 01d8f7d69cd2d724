package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Processor;
import io.meanfield.network.Kernels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSettingsTest {
  private static final EngineSettings AUTO = new EngineSettings(Optional.empty(), Optional.empty());

  private static Processor driver(Kernels highest) {
    return new Processor("any", highest);
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void autoTakesTheLevelOfTheDriver(Kernels level) {
    assertThat(AUTO.resolved(Optional.empty(), Optional.empty(), driver(level))).isEqualTo(level);
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

  @Test
  void environmentSelectsALevelOnlyWithAllThreeVariables() {
    Map<String, String> two = new HashMap<>(Kernels.X86_64_V3.environment());
    two.remove("ATEN_CPU_CAPABILITY");
    assertThat(Kernels.selectedBy(two)).isEmpty();
    assertThat(Kernels.selectedBy(Map.of())).isEmpty();
  }

  @Test
  void explicitKernelsOverrideRecordAndDriver() {
    assertThat(
            new EngineSettings(Optional.empty(), Optional.of(Kernels.NATIVE))
                .resolved(
                    Optional.of(Kernels.X86_64_V3), Optional.empty(), driver(Kernels.X86_64_V4)))
        .isEqualTo(Kernels.NATIVE);
  }
}
