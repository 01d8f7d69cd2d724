package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveSectionsTest {
  @Test
  void outputsHaveTheNamesOfTheirTargets() {
    assertThat(CurveSections.name("1", List.of("math", "reading"))).isEqualTo("reading");
    assertThat(CurveSections.name("1", List.of())).isEqualTo("output 1");
  }

  @Test
  void middlesOfBinsHaveTheDigitsThatTellThemApart() {
    assertThat(CurveSections.middles(new double[] {-0.9284, 0.00166, 0.9317}))
        .containsExactly("-0.93", "0.00", "0.93");
    assertThat(CurveSections.middles(new double[] {-12_345.6, -0.4, 12_344.8}))
        .containsExactly("-12,346", "0", "12,345");
    assertThat(CurveSections.middles(new double[] {3.2e-7, 3.4e-7}))
        .containsExactly("0.000000320", "0.000000340");
  }
}
