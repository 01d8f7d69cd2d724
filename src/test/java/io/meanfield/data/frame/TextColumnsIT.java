package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.encoding.SetText;
import io.meanfield.data.table.TextColumn;
import io.meanfield.fixture.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextColumnsIT {
  private static TextColumn column(List<String> texts, int partitions) {
    return TextColumns.of("note", LocalSpark.context().parallelize(texts, partitions));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void wordsOfAtLeastThreeRowsAreKnown(int partitions) {
    TextColumn found =
        column(
            List.of("A new day", "a new day, another way", "", "new day", "a a way", "rare"),
            partitions);
    assertThat(found.words()).containsExactly("a", "day", "new", "new day");
    assertThat(found.most()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void mostFrequentWordsAreChosenAndTiesByTheirLetters(int partitions) {
    List<String> texts = new ArrayList<>();
    for (int word = 0; word < TextColumn.MOST_WORDS + 50; word++) {
      for (int row = 0; row < TextColumn.FEWEST_ROWS; row++) {
        texts.add("w" + (100_000 + word));
      }
    }
    texts.add("w" + (100_000 + TextColumn.MOST_WORDS + 20)); // in one row more
    texts.addAll(List.of("p q", "p q", "p q", "p q")); // words have their places before pairs
    List<String> words = column(texts, partitions).words();
    assertThat(words).hasSize(TextColumn.MOST_WORDS).startsWith("p", "q", "w120020", "w100000");
    assertThat(words).contains("w119996").doesNotContain("w119997", "p q");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void exponentOfAWordIsThatOfItsUsualWeight(int partitions) {
    List<String> maps = new ArrayList<>();
    for (double weight : new double[] {900, -1_100, 1_200, 1e9}) {
      maps.add(SetText.ofMap(Map.of("spend", weight, "count", 1, "share", weight / 1e5)));
    }
    TextColumn found = column(maps, partitions);
    assertThat(found.words()).containsExactly("count", "share", "spend");
    // 2^-7, 2^-7, 2^-7, 2^13; the same 17 places higher, rounded.
    assertThat(found.exponents()).containsExactly(0, -2, 15);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void wordsOfTextsThatRepeatThemHaveWeights(int partitions) {
    String repeats = "so so so so good";
    TextColumn found = column(List.of(repeats, repeats, repeats, "good day"), partitions);
    assertThat(found.words()).containsExactlyInAnyOrder("good", "so"); // and no pairs
    assertThat(found.exponents()).containsExactly(0, 2); // once, four times
    List<String> other = List.of("no no way", "a b c", "a b c", "a b c", "no way", "no way");
    assertThat(column(other, partitions).exponents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void textsWithoutKnownWordsHaveAPlace(int partitions) {
    TextColumn found = column(List.of("one", "two", "three four"), partitions);
    assertThat(found).isEqualTo(new TextColumn("note", List.of(), 1, List.of()));
  }
}
