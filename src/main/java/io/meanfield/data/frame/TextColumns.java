package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.encoding.WordCodes;
import io.meanfield.data.encoding.Words;
import io.meanfield.data.table.TextColumn;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Finds the words of columns of texts; driver only. */
final class TextColumns {
  /** Words have weights if one in so many words of the texts occurs more than once in its text. */
  private static final int FEWEST_REPEATED = 5;

  private TextColumns() {}

  /**
   * What is known of a word. Sums of whole numbers do not depend on the order of the rows.
   *
   * @param rows that have the word
   * @param exponents the sum of the binary exponents of its weights
   * @param repeated the rows that have it more than once
   * @param given the rows of a weighted set in which its weight is not 1
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Uses(long rows, long exponents, long repeated, long given)
      implements Serializable {
    static Uses of(Words.Entry entry) {
      long other = entry.weight() == 1 ? 0 : 1;
      return new Uses(
          1,
          Math.getExponent(entry.weight()),
          entry.isCounted() ? other : 0,
          entry.isCounted() ? 0 : other);
    }

    Uses plus(Uses other) {
      return new Uses(
          rows + other.rows,
          exponents + other.exponents,
          repeated + other.repeated,
          given + other.given);
    }

    int exponent() {
      return Math.toIntExact(Math.round((double) exponents / rows));
    }
  }

  /** Words before pairs, one of many rows first, then in the order of their letters. */
  @DefaultSerializer(JavaSerializer.class)
  private record FrequentFirst() implements Comparator<Tuple2<String, Uses>>, Serializable {
    @Override
    public int compare(Tuple2<String, Uses> one, Tuple2<String, Uses> other) {
      int byPair = Boolean.compare(Words.isPair(one._1()), Words.isPair(other._1()));
      if (byPair != 0) {
        return byPair;
      }
      int byCount = Long.compare(other._2().rows(), one._2().rows());
      return byCount == 0 ? one._1().compareTo(other._1()) : byCount;
    }
  }

  /**
   * Returns the words of a column. Spark counts them, because there may be more pairs of words than
   * the driver can hold.
   *
   * @param texts of the training rows
   */
  static TextColumn of(String column, JavaRDD<String> texts) {
    List<Tuple2<String, Uses>> found =
        texts
            .flatMap(text -> Words.weighted(text).iterator())
            .mapToPair(entry -> new Tuple2<>(entry.word(), Uses.of(entry)))
            .reduceByKey(Uses::plus)
            .filter(word -> word._2().rows() >= TextColumn.FEWEST_ROWS)
            .takeOrdered(TextColumn.MOST_WORDS, new FrequentFirst());
    boolean hasWeights = haveWeights(found);
    List<Tuple2<String, Uses>> known = hasWeights ? withoutPairs(found).toList() : found;
    List<String> words = known.stream().map(Tuple2::_1).toList();
    WordCodes codes = new WordCodes(new Vocabulary(column, words), List.of());
    int most = texts.map(codes::count).fold(0, Math::max);
    return new TextColumn(
        column,
        words,
        Math.max(1, Math.min(most, WordCodes.MOST_OF_TEXT)),
        hasWeights ? exponents(known) : List.of());
  }

  /**
   * Returns whether words have weights. Long texts repeat words, and how often tells their subject;
   * their pairs only take the weight from their words. In short texts it is the other way round.
   */
  private static boolean haveWeights(List<Tuple2<String, Uses>> words) {
    Uses all = withoutPairs(words).map(Tuple2::_2).reduce(new Uses(0, 0, 0, 0), Uses::plus);
    return all.given() > 0 || all.repeated() * FEWEST_REPEATED > all.rows();
  }

  private static Stream<Tuple2<String, Uses>> withoutPairs(List<Tuple2<String, Uses>> words) {
    return words.stream().filter(word -> !Words.isPair(word._1()));
  }

  /** Returns the exponents of words in the order of their letters. */
  private static List<Integer> exponents(List<Tuple2<String, Uses>> words) {
    return words.stream()
        .sorted(Comparator.comparing(Tuple2::_1))
        .map(word -> word._2().exponent())
        .toList();
  }
}
