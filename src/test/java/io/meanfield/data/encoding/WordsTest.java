package io.meanfield.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "The cat, the CAT!|the cat the cat",
        "don't stop - it’s 'quoted'|don't stop it's quoted",
        "Größe: 3,5 cm² (ca.)|größe 3 5 cm2 ca",
        "ＦＵＬＬ ｗｉｄｔｈ ﬁne|full width fine",
        "Добрый день, мир|добрый день мир",
        "हिन्दी में|हिन्दी में",
        "مرحبا بالعالم|مرحبا بالعالم",
        "東京タワー 2024年|東 京 タ ワ ー 2024 年",
        "สวัสดี|ส วั ส ดี",
        "한국어 문장|한국어 문장",
        "love❤️it 👍🏽 👩‍💻|love ❤ it 👍 👩 💻",
        "<p class=\"a\">Fish &amp; chips<br/>now</p> 3 < 4|fish chips now 3 4",
        "R&D &#8364; &euro;5 AT&T|r d 5 at t",
        "e-mail: a.b@c.org|e mail a b c org",
        "snake_case camelCase|snake case camelcase",
        "co\u00adoperate zero\u200bwidth|cooperate zerowidth",
        "... !!!|\"\"",
      })
  void textsAreSplitIntoLowerCaseWords(String text, String words) {
    assertThat(String.join(" ", Words.of(text))).isEqualTo(words);
  }

  @Test
  void localeOfTheMachineChangesNoWord() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(Words.of("TITLE Istanbul")).containsExactly("title", "istanbul");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void codesThatAreLongerThanWordsAndTheEndOfLongTextsAreNotRead() {
    assertThat(
            Words.of("a " + "x".repeat(Words.LONGEST) + " " + "y".repeat(Words.LONGEST + 1) + " b"))
        .containsExactly("a", "x".repeat(Words.LONGEST), "b");
    assertThat(Words.of("ab ".repeat(Words.MOST_CHARACTERS)))
        .hasSize((Words.MOST_CHARACTERS + 2) / 3);
    assertThat(Words.of("")).isEmpty();
    assertThat(Words.of("<".repeat(Words.MOST_CHARACTERS))).isEmpty();
    assertThat(Words.of("&".repeat(Words.MOST_CHARACTERS) + "<a")).isEmpty();
  }

  @Test
  void differentWordsComeBeforeDifferentPairs() {
    assertThat(Words.withPairs("To be or not to be"))
        .isEqualTo(List.of("to", "be", "or", "not", "to be", "be or", "or not", "not to"));
    assertThat(Words.withPairs("one")).containsExactly("one");
    assertThat(Words.withPairs("")).isEmpty();
  }

  @Test
  void textHasTheCodesOfItsFirstKnownWords() {
    WordCodes codes =
        new WordCodes(new Vocabulary("note", List.of("be", "not to", "or", "to")), List.of());
    float[] inputs = {9, 9, 9, 9, 9, 9, 9};
    codes.write("To be or not to be", inputs, 1, 5);
    assertThat(inputs).containsExactly(9, 4, 1, 3, 2, 0, 9);
    assertThat(codes.count("To be or not to be")).isEqualTo(4);
    codes.write("to be or not to be", inputs, 1, 2);
    assertThat(inputs).containsExactly(9, 4, 1, 3, 2, 0, 9);
    codes.write("", inputs, 0, 7);
    assertThat(inputs).containsOnly(0);
  }

  @Test
  void elementsOfASetAreWordsAsTheyAre() {
    String set = SetText.ofSet(Arrays.asList("Science Fiction", null, " a|b ", 7, "", 7));
    assertThat(Words.withPairs(set)).containsExactly("Science\u00a0Fiction", "a|b", "7");
    assertThat(Words.withPairs(set)).noneMatch(Words::isPair);
    assertThat(SetText.ofSet(List.of())).isEmpty();
  }

  @Test
  void numbersOfAMapAreTheWeightsOfItsKeys() {
    Map<Object, Object> map = new HashMap<>(Map.of("b c", 2.5, 7, 1, "a", -4f, "zero", 0));
    map.put("none", null);
    map.putAll(Map.of("nan", Double.NaN, "open", true, "shut", false, "color", "red"));
    String set = SetText.ofMap(map);
    assertThat(Words.weighted(set))
        .containsExactly(
            new Words.Entry("7", 1, true),
            new Words.Entry("a", -4, false),
            new Words.Entry("b\u00a0c", 2.5f, false),
            new Words.Entry("color=red", 1, true),
            new Words.Entry("open", 1, true));
    assertThat(Words.withPairs(set)).containsExactly("7", "a", "b\u00a0c", "color=red", "open");
    assertThat(SetText.ofMap(Map.of("a", 0))).isEmpty();
    assertThat(SetText.ofVector(new int[] {3, 8, 9}, new double[] {1, 0.5, 0}))
        .isEqualTo(SetText.ofMap(Map.of(3, 1, 8, 0.5)));
  }

  @Test
  void weightOfAWordIsHowOftenATextHasIt() {
    assertThat(Words.weighted("not bad, not bad at all"))
        .extracting(Words.Entry::word, Words.Entry::weight)
        .containsExactly(
            tuple("not", 2f),
            tuple("bad", 2f),
            tuple("at", 1f),
            tuple("all", 1f),
            tuple("not bad", 2f),
            tuple("bad not", 1f),
            tuple("bad at", 1f),
            tuple("at all", 1f));
    assertThat(Words.weighted(SetText.ofSet(List.of("milk", "tea", "milk"))))
        .containsExactly(new Words.Entry("milk", 2, true), new Words.Entry("tea", 1, true));
  }

  @Test
  void weightIsOneIfItIsAsUsualAndNeverFarFromIt() {
    // The weights of a are near 1, of b near 1024.
    WordCodes codes = new WordCodes(new Vocabulary("spend", List.of("a", "b")), List.of(0, 10));
    float[] inputs = new float[4];
    codes.write(SetText.ofMap(Map.of("a", 1, "b", 1024)), inputs, 0, 4);
    assertThat(inputs).containsExactly(1, 2, 1, 1);
    codes.write(SetText.ofMap(Map.of("b", -1e9, "c", 5)), inputs, 0, 4);
    assertThat(inputs[0]).isEqualTo(2);
    assertThat(inputs[2]).isBetween(-20f, -19f);
    assertThat(WordCodes.unscaled(inputs[2], 10)).isCloseTo(-1e9f, within(1e3f));
    assertThat(inputs[1] + inputs[3]).isZero();
    // Of more words than there are places, the ones with the largest weights are seen.
    codes.write(SetText.ofMap(Map.of("a", 0.5, "b", 5000)), inputs, 1, 2);
    assertThat(inputs[1]).isEqualTo(2);
    codes.write(SetText.ofMap(Map.of("a", -9, "b", 5000)), inputs, 1, 2);
    assertThat(inputs[1]).isEqualTo(1);
  }
}
