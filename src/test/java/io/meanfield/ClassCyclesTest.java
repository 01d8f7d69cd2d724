package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassCyclesTest {
  @Test
  void cycleOfThreeIsFoundAndAPairIsNot() {
    Map<String, Set<String>> graph =
        Map.of(
            "a", Set.of("b"),
            "b", Set.of("c"),
            "c", Set.of("a", "d"),
            "d", Set.of("e"),
            "e", Set.of("d"));
    assertThat(ClassCycles.largerThanTwo(graph)).containsExactly(Set.of("a", "b", "c"));
  }

  @Test
  void chainHasNoCycle() {
    assertThat(ClassCycles.largerThanTwo(Map.of("a", Set.of("b"), "b", Set.of("c")))).isEmpty();
  }
}
