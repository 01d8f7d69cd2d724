package io.meanfield.data.encoding;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits texts into words and pairs of words that follow each other, the same on every machine:
 * lower case, in Unicode's compatibility form, without tags and entities of HTML. A word is a run
 * of letters and digits, with apostrophes between them; in scripts without spaces it is one letter.
 * A symbol such as an emoji is a word of its own. The elements of a {@link SetText} are words as
 * they are, and may have weights.
 */
public final class Words {
  /** The number of characters of a text from which on it is not read. */
  public static final int MOST_CHARACTERS = 50_000;

  /** The number of letters of the longest word; what is longer is a code or a file, not a word. */
  static final int LONGEST = 40;

  static final String SEPARATOR = " "; // of the words of a pair
  private static final char APOSTROPHE = '\'';
  private static final char TYPOGRAPHIC_APOSTROPHE = '\u2019';
  private static final char SIGMA = '\u03c3';
  private static final char FINAL_SIGMA = '\u03c2'; // of lower case at the end of a word
  private static final Pattern MARKUP =
      Pattern.compile("<(?:/?[A-Za-z][^<>]{0,500}|!--.{0,500}?--)>|&(?:#?[A-Za-z0-9]{2,8});");
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Words() {}

  /**
   * A word of a text with its weight.
   *
   * @param weight of an element of a weighted set; of other words how often the text has the word
   * @param isCounted whether the weight is such a number
   */
  public record Entry(String word, float weight, boolean isCounted) {
    static Entry once(String word) {
      return new Entry(word, 1, true);
    }

    private Entry plus(Entry other) {
      return new Entry(word, weight + other.weight, isCounted && other.isCounted);
    }
  }

  /** Returns the words of a text, in their order. */
  public static List<String> of(String text) {
    String read = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    String plain =
        read.indexOf('<') < 0 && read.indexOf('&') < 0
            ? read
            : MARKUP.matcher(read).replaceAll(SEPARATOR);
    String lower = Normalizer.normalize(plain, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return new Splitter(lower.replace(FINAL_SIGMA, SIGMA)).split();
  }

  /**
   * Returns the different words of a text and then its different pairs of neighbours, each in the
   * order in which the text has them. A pair is the two words with a space between them. A set has
   * its elements, and no pairs.
   */
  public static List<String> withPairs(String text) {
    return weighted(text).stream().map(Entry::word).toList();
  }

  /** Returns what {@link #withPairs} returns, with weights. */
  public static List<Entry> weighted(String text) {
    return entries(text, true);
  }

  /** Returns the different words of a text with their weights, and its pairs if asked for. */
  static List<Entry> entries(String text, boolean withPairs) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (SetText.isSet(text)) {
      SetText.elements(text)
          .forEach(element -> entries.merge(element.word(), element, Entry::plus));
    } else {
      List<String> words = of(text);
      words.forEach(word -> count(word, entries));
      for (int i = 1; i < words.size() && withPairs; i++) {
        count(words.get(i - 1) + SEPARATOR + words.get(i), entries);
      }
    }
    return List.copyOf(entries.values());
  }

  private static void count(String word, Map<String, Entry> entries) {
    entries.merge(word, Entry.once(word), Entry::plus);
  }

  /** Returns whether what {@link #withPairs} returned is a word or a pair with it. */
  static boolean has(String entry, String word) {
    return entry.equals(word)
        || entry.startsWith(word + SEPARATOR)
        || entry.endsWith(SEPARATOR + word);
  }

  /** Returns whether what {@link #withPairs} returned is a pair. */
  public static boolean isPair(String entry) {
    return entry.contains(SEPARATOR);
  }

  private static final class Splitter {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int letters;

    Splitter(String text) {
      this.text = text;
    }

    List<String> split() {
      for (int i = 0; i < text.length(); ) {
        int letter = text.codePointAt(i);
        i += Character.charCount(letter);
        add(letter, i);
      }
      end();
      return words;
    }

    private void add(int letter, int next) {
      if (Character.isLetterOrDigit(letter)) {
        boolean isAlone = isAlone(letter);
        if (isAlone) {
          end();
        }
        append(letter);
        // In a script without spaces, the marks of a letter follow it.
        if (isAlone && !isMarkAt(next)) {
          end();
        }
      } else if (isMark(letter)) {
        addMark(letter, next);
      } else if (isApostrophe(letter) && letters > 0 && isLetterAt(next)) {
        append(APOSTROPHE);
      } else if (Character.getType(letter) != Character.FORMAT) { // such as a soft hyphen
        end();
        if (Character.getType(letter) == Character.OTHER_SYMBOL) {
          append(letter);
          end();
        }
      }
    }

    // A mark without a letter, such as the variation of an emoji, is none of a word.
    private void addMark(int mark, int next) {
      if (letters > 0) {
        append(mark);
        if (isAlone(word.codePointAt(0)) && !isMarkAt(next)) {
          end();
        }
      }
    }

    private void append(int letter) {
      letters++;
      if (letters <= LONGEST) {
        word.appendCodePoint(letter);
      }
    }

    private void end() {
      if (letters > 0 && letters <= LONGEST) {
        words.add(word.toString());
      }
      word.setLength(0);
      letters = 0;
    }

    private boolean isLetterAt(int index) {
      return index < text.length() && Character.isLetterOrDigit(text.codePointAt(index));
    }

    private boolean isMarkAt(int index) {
      return index < text.length() && isMark(text.codePointAt(index));
    }

    private static boolean isMark(int letter) {
      int type = Character.getType(letter);
      return type == Character.NON_SPACING_MARK
          || type == Character.COMBINING_SPACING_MARK
          || type == Character.ENCLOSING_MARK;
    }

    private static boolean isApostrophe(int letter) {
      return letter == APOSTROPHE || letter == TYPOGRAPHIC_APOSTROPHE;
    }

    private static boolean isAlone(int letter) {
      return letter > Character.MAX_VALUE / 32 && WITHOUT_SPACES.contains(UnicodeScript.of(letter));
    }
  }
}
