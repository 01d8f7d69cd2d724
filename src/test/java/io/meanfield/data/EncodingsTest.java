package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Columns.Unseen;
import io.meanfield.settings.Complaint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodingsTest {
  private static final Dictionary COLORS = Dictionary.of("color", Set.of("red", "blue", "green"));
  private static final Dictionary KINDS = Dictionary.of("kind", List.of("iris", "rose"));

  private static Encodings encodings(Unseen unseen) {
    return new Encodings(List.of("age", "a.b"), List.of(COLORS), unseen, List.of(KINDS));
  }

  @Test
  void wordsAreNumberedInTheirOrder() {
    assertThat(COLORS.words()).containsExactly("blue", "green", "red");
    assertThat(encodings(Unseen.ERROR).code(COLORS, "green", "x.csv:2")).isEqualTo(1);
    assertThat(encodings(Unseen.ERROR).classOf("rose", "x.csv:2")).isEqualTo(1);
  }

  @Test
  void unseenCategoryIsAnErrorThatNamesThePlaceAndTheRemedy() {
    assertThatThrownBy(() -> encodings(Unseen.ERROR).code(COLORS, "mauve", "x.csv:7"))
        .isInstanceOf(Complaint.class)
        .hasMessage(
            "x.csv:7: column color is \"mauve\", which is none of the 3 values in training (blue,"
                + " green, red); train with data.columns.unseen = reserve");
  }

  @Test
  void reservedPlaceStandsForAllThatIsUnseen() {
    Encodings reserved = encodings(Unseen.RESERVE);
    assertThat(reserved.code(COLORS, "mauve", "x.csv:7")).isEqualTo(3);
    assertThat(reserved.inputs(COLORS)).isEqualTo(4);
    assertThat(encodings(Unseen.ERROR).inputs(COLORS)).isEqualTo(3);
  }

  @Test
  void unseenLabelIsAlwaysAnError() {
    assertThatThrownBy(() -> encodings(Unseen.RESERVE).classOf("tulip", "x.csv:7"))
        .hasMessage(
            "x.csv:7: column kind is \"tulip\", which is none of the 2 values in training (iris,"
                + " rose)");
  }

  @Test
  void jsonKeepsThemAll() {
    for (Unseen unseen : Unseen.values()) {
      Encodings written = encodings(unseen);
      assertThat(Encodings.parse(written.toJson(), "encodings.json")).isEqualTo(written);
    }
    assertThatThrownBy(() -> Encodings.parse("{ \"schema_version\": 2 }", "encodings.json"))
        .hasMessage(
            "encodings.json has schema version 2, this Meanfield knows versions up to 1; use a newer"
                + " Meanfield");
    assertThatThrownBy(() -> Encodings.parse("{}", "encodings.json"))
        .isInstanceOf(Complaint.class)
        .hasMessageStartingWith("encodings.json does not hold encodings: ");
  }

  private static SortedMap<String, String> labels(String... labels) {
    SortedMap<String, String> found = new TreeMap<>();
    for (String label : labels) {
      found.put(label, "x.csv:" + (found.size() + 2));
    }
    return found;
  }

  @Test
  void wholeNumbersAreClassesAndOneWordMakesAllOfThemWords() {
    assertThat(Labels.dictionary("y", labels("0", "2", "1"), 3)).isEmpty();
    assertThat(Labels.dictionary("y", labels("0", "10", "2", "none"), 4).get(0).words())
        .containsExactly("0", "10", "2", "none");
  }

  @Test
  void classNumberOutOfRangeNamesThePlace() {
    assertThatThrownBy(() -> Labels.dictionary("y", labels("0", "3"), 3))
        .hasMessage(
            "x.csv:3: column y has label 3, expected 0 to 2, as many as the network tells apart");
  }

  @Test
  void moreWordsThanClassesAreRefused() {
    assertThatThrownBy(() -> Labels.dictionary("y", labels("a", "b", "c"), 2))
        .hasMessage(
            "column y has 3 different labels (a, b, c), but the network tells only 2 classes apart");
  }

  @Test
  void columnOfVeryManyTextsIsNoCategory() {
    Set<String> texts =
        IntStream.rangeClosed(0, Dictionary.MAX_WORDS)
            .mapToObj(Integer::toString)
            .collect(Collectors.toSet());
    assertThatThrownBy(() -> Dictionary.of("name", texts))
        .hasMessage(
            "column name has more than 10000 different values; expected a category, leave it out of"
                + " data.columns");
  }

  @Test
  void encodingsOfAModelAreNotMadeAnew() {
    TableLayout layout =
        new TableLayout(
            List.of(),
            List.of("age"),
            List.of("color"),
            List.of("kind"),
            List.of(),
            Answers.CLASSES);
    Encodings known = encodings(Unseen.ERROR);
    Encodings read =
        TableEncodings.of(
            layout,
            List.of(new TreeMap<>(Map.of("red", "x.csv:2"))),
            labels("iris"),
            Unseen.RESERVE,
            java.util.Optional.of(known),
            2);
    assertThat(read).isSameAs(known);
  }
}
