package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.CategoryInputs;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSketchTest {
  private static final ProfileLayout LAYOUT =
      new ProfileLayout(
          List.of(5),
          false,
          List.of("x"),
          1,
          List.of(
              new CategoryInputs("kind", List.of("a", "b"), true, 0, false),
              new CategoryInputs("origin", List.of("p", "q"), true, 3, true)),
          List.of());

  private static DataSketch sketch(float... values) {
    int count = values.length / 5;
    Examples block =
        new Examples(new long[count], new Features.Floats(values, 5), new Targets.Unknown());
    return DataSketch.of(List.of(block).iterator(), LAYOUT);
  }

  @Test
  void codesOfOneHotAndEmbeddedColumnsAreCounted() {
    DataSketch one = sketch(0.5f, 0, 1, 0, 2, -1, 0, 0, 1, 0);
    DataSketch both = one.plus(sketch(3, 0, 1, 0, 0));
    assertThat(List.of(both.category(0, 0), both.category(0, 1), both.category(0, 2)))
        .containsExactly(0L, 2L, 1L);
    assertThat(List.of(both.category(1, 0), both.category(1, 1), both.category(1, 2)))
        .containsExactly(2L, 0L, 1L);
    assertThat(both.number(0).max()).isEqualTo(3);
    assertThat(ProfileLayout.codeName(LAYOUT.categories().get(1), 1)).isEqualTo("q");
    assertThat(ProfileLayout.codeName(LAYOUT.categories().get(1), 2)).isEqualTo("(unknown)");
  }
}
