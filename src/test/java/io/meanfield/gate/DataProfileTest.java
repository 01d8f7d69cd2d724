package io.meanfield.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataProfileTest {
  private static final Histogram HISTOGRAM =
      new Histogram(List.of((double) Math.nextDown(0.1f), 0.25, 1e30), List.of(0L, 5L, 7L, 0L));
  private static final NumberColumn SIZE = new NumberColumn("size", 0.1f, 1e30, HISTOGRAM);
  private static final CategoryColumn COLOR =
      new CategoryColumn("color", Map.of("red", 12L, "blue", 0L));

  @Test
  void profileOfATableIsReadAsItWasWritten() {
    DataProfile profile =
        new DataProfile(
            12,
            Optional.empty(),
            List.of(SIZE),
            List.of(COLOR),
            List.of(),
            Optional.of(new CategoryColumn("label", Map.of("0", 12L))));
    assertThat(DataProfile.parse(profile.toJson(), "reference.json")).isEqualTo(profile);
    assertThat(profile.schema())
        .containsExactly("size (number)", "color (category)", "label (class)");
  }

  @Test
  void profileOfImagesIsReadAsItWasWritten() {
    DataProfile profile =
        new DataProfile(
            12,
            Optional.of(List.of(2, 3)),
            List.of(SIZE),
            List.of(),
            List.of(SIZE),
            Optional.empty());
    assertThat(DataProfile.parse(profile.toJson(), "reference.json")).isEqualTo(profile);
    assertThat(profile.schema())
        .containsExactly("images of [2, 3]", "size (number)", "size (number)");
  }

  @Test
  void firstEdgeBelowTheSmallestFloatIsRead() {
    NumberColumn depth =
        new NumberColumn(
            "depth",
            -Float.MAX_VALUE,
            1,
            new Histogram(List.of(Double.NEGATIVE_INFINITY, 0.0, 1.0), List.of(0L, 3L, 9L, 0L)));
    DataProfile profile =
        new DataProfile(
            12, Optional.empty(), List.of(depth), List.of(), List.of(), Optional.empty());
    assertThat(DataProfile.parse(profile.toJson(), "m/reference.json")).isEqualTo(profile);
  }

  @Test
  void newerSchemaVersionIsRejected() {
    assertThatThrownBy(
            () ->
                DataProfile.parse("{ \"schema_version\": 2 }".getBytes(UTF_8), "m/reference.json"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "m/reference.json has schema version 2, expected at most 1; use a newer version of"
                + " Meanfield");
  }

  @Test
  void jsonThatIsNoProfileNamesTheFile() {
    assertThatThrownBy(
            () ->
                DataProfile.parse("{ \"schema_version\": 1 }".getBytes(UTF_8), "m/reference.json"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("m/reference.json does not contain the profile of a data set: ");
  }
}
