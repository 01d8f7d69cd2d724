package io.meanfield.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataProfileTest {
  private static final Histogram HISTOGRAM =
      Histogram.of(new double[] {Math.nextDown(0.1f), 0.25, 1e30}, new long[] {0, 5, 7, 0});
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
            Optional.of(new ImageProfile(List.of(2, 3), HISTOGRAM, 3)),
            List.of(SIZE),
            List.of(),
            List.of(SIZE),
            Optional.empty());
    assertThat(DataProfile.parse(profile.toJson(), "reference.json")).isEqualTo(profile);
    assertThat(profile.image().orElseThrow().constantShare()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ 0, 5, 7, 0 ]|[ 0, 5, -7, 0 ]|size: expected numbers of examples, found [0, 5, -7, 0]",
        "[ 0, 5, 7, 0 ]|[ 0, 9223372036854775807, 7, 0 ]|size: expected numbers of examples, found"
            + " [0, 9223372036854775807, 7, 0]",
        ", 0.25, 1.0E30 ]|, 1.0E30, 0.25 ]|size: expected finite edges in ascending order, found"
            + " [0.1, 1.0E30, 0.25]",
        ", 0.25, 1.0E30 ]|, 0.25, \"Infinity\" ]|size: expected finite edges in ascending order, found"
            + " [0.1, 0.25, Infinity]",
        "\"max\" : 1.0E30|\"max\" : \"-Infinity\"|size: expected a finite minimum and maximum",
        "\"red\" : 12|\"red\" : -12|color: expected numbers of examples, found [-12]",
        "[ 2, 3 ]|[ 65536, 65536 ]|image: expected a shape of at least one pixel, found [65536,"
            + " 65536]",
        "[ 2, 3 ]|[ -2, -3 ]|image: expected a shape of at least one pixel, found [-2, -3]"
      })
  void profileThatNoDataHaveIsRefused(String written, String changed, String problem) {
    NumberColumn size =
        new NumberColumn(
            "size",
            0.5,
            1e30,
            Histogram.of(new double[] {0.1, 0.25, 1e30}, new long[] {0, 5, 7, 0}));
    DataProfile profile =
        new DataProfile(
            12,
            Optional.of(
                new ImageProfile(List.of(2, 3), Histogram.of(new double[0], new long[1]), 3)),
            List.of(size),
            List.of(new CategoryColumn("color", Map.of("red", 12L))),
            List.of(),
            Optional.empty());
    String json = new String(profile.toJson(), UTF_8);
    assertThat(json).contains(written);
    assertThat(DataProfile.parse(json.getBytes(UTF_8), "m")).isEqualTo(profile);
    byte[] hostile = json.replace(written, changed).getBytes(UTF_8);
    assertThatThrownBy(() -> DataProfile.parse(hostile, "m/reference.json"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "m/reference.json does not contain the profile of a data set: "
                + problem
                + "; restore the file from a backup");
  }

  @Test
  void firstEdgeBelowTheSmallestFloatIsRead() {
    NumberColumn depth =
        new NumberColumn(
            "depth",
            -Float.MAX_VALUE,
            1,
            Histogram.of(new double[] {Double.NEGATIVE_INFINITY, 0, 1}, new long[] {0, 3, 9, 0}));
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
