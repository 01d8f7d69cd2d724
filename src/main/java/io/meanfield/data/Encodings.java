package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the columns of a table became a network's inputs and classes; kept beside the model as {@code
 * encodings.json}, because the model means nothing without it.
 *
 * @param features columns of numbers, the first inputs
 * @param categories dictionaries of the columns of texts, whose one-hot codes are the inputs behind
 *     them
 * @param unseen what becomes of a text that is not in its dictionary
 * @param label words that are classes; none where classes are numbers, or there are no classes
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
public record Encodings(
    List<String> features,
    List<Dictionary> categories,
    Columns.Unseen unseen,
    List<Dictionary> label)
    implements Serializable {
  /** The name of their file in a run's directory. */
  public static final String FILE = "encodings.json";

  private static final int SCHEMA_VERSION = 1;

  /** Inputs that a category takes: one for each word, and one for all others if it is reserved. */
  int inputs(Dictionary category) {
    return category.words().size() + (unseen == Columns.Unseen.RESERVE ? 1 : 0);
  }

  /** Inputs that all categories take. */
  int categoryInputs() {
    return categories.stream().mapToInt(this::inputs).sum();
  }

  /** Names of the inputs; where columns are arrays, numbers in place of names. */
  List<String> inputNames(int inputs) {
    List<String> names = new ArrayList<>();
    int numbers = inputs - categoryInputs();
    for (int i = 0; i < numbers; i++) {
      names.add(numbers == features.size() ? features.get(i) : Integer.toString(i));
    }
    for (Dictionary category : categories) {
      category.words().forEach(word -> names.add(category.column() + "=" + word));
      if (unseen == Columns.Unseen.RESERVE) {
        names.add(category.column() + " unseen");
      }
    }
    return names;
  }

  /**
   * What the inputs of one example stand for: the numbers by the names of their columns, and the
   * word of each category, none where it is unseen.
   */
  public Map<String, String> described(float[] inputs) {
    List<String> names = inputNames(inputs.length);
    Map<String, String> described = new LinkedHashMap<>();
    int next = inputs.length - categoryInputs();
    for (int i = 0; i < next; i++) {
      described.put(names.get(i), Float.toString(inputs[i]));
    }
    for (Dictionary category : categories) {
      described.put(category.column(), "unseen");
      for (int i = 0; i < category.words().size(); i++) {
        if (inputs[next + i] != 0) {
          described.put(category.column(), category.words().get(i));
        }
      }
      next += inputs(category);
    }
    return described;
  }

  /** The word that a class stands for, if classes are words. */
  public Optional<String> wordOf(int cls) {
    return labels().map(words -> words.words().get(cls));
  }

  /**
   * Throws if there are words: these encodings were made from examples that a model is to judge, so
   * the model cannot know what their codes mean.
   *
   * @param model that has no encodings
   */
  public void requireNoWords(String model) {
    Stream.concat(categories.stream(), label.stream())
        .findFirst()
        .ifPresent(
            words -> {
              throw new Complaint(
                  ErrorCode.MODEL_UNUSABLE,
                  model
                      + " has no "
                      + FILE
                      + " beside it, so the words in column "
                      + words.column()
                      + " ("
                      + words.shown()
                      + ") mean nothing to it; expected the file that its training run has");
            });
  }

  /** The dictionary of the labels, if they are words. */
  Optional<Dictionary> labels() {
    return label.stream().findFirst();
  }

  /**
   * The place of a text among the inputs of its category.
   *
   * @param where it stands, for the message
   * @throws Complaint if it is unseen and there is no place for it
   */
  int code(Dictionary category, String text, String where) {
    return category
        .code(text)
        .orElseGet(
            () -> {
              if (unseen == Columns.Unseen.RESERVE) {
                return category.words().size();
              }
              throw unseen(category, text, where, "; train with data.columns.unseen = reserve");
            });
  }

  /** The class that a word stands for; throws if it is none. */
  int classOf(String word, String where) {
    Dictionary words = labels().orElseThrow();
    return words.code(word).orElseThrow(() -> unseen(words, word, where, ""));
  }

  private static Complaint unseen(Dictionary words, String text, String where, String remedy) {
    return new Complaint(
        ErrorCode.DATA_UNREADABLE,
        where
            + ": column "
            + words.column()
            + " is \""
            + text
            + "\", which is none of the "
            + words.words().size()
            + " values in training ("
            + words.shown()
            + ")"
            + remedy);
  }

  /** As JSON. */
  public String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema_version", SCHEMA_VERSION);
    map.put("features", features);
    map.put("categories", categories.stream().map(Encodings::toMap).toList());
    map.put("unseen", unseen.name().toLowerCase(Locale.ROOT));
    map.put("label", label.stream().map(Encodings::toMap).toList());
    return ConfigFactory.parseMap(map)
            .root()
            .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false))
        + "\n";
  }

  private static Map<String, Object> toMap(Dictionary dictionary) {
    return Map.of("column", dictionary.column(), "words", dictionary.words());
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param where it was found, for messages
   */
  public static Encodings parse(String json, String where) {
    try {
      Config config = ConfigFactory.parseString(json);
      if (config.getInt("schema_version") > SCHEMA_VERSION) {
        throw new Complaint(
            ErrorCode.MODEL_UNUSABLE,
            where
                + " has schema version "
                + config.getInt("schema_version")
                + ", this Meanfield knows versions up to "
                + SCHEMA_VERSION
                + "; use a newer Meanfield");
      }
      return new Encodings(
          config.getStringList("features"),
          dictionaries(config, "categories"),
          Columns.Unseen.valueOf(config.getString("unseen").toUpperCase(Locale.ROOT)),
          dictionaries(config, "label"));
    } catch (ConfigException | IllegalArgumentException e) {
      throw new Complaint(
          ErrorCode.MODEL_UNUSABLE, where + " does not hold encodings: " + e.getMessage(), e);
    }
  }

  private static List<Dictionary> dictionaries(Config config, String key) {
    return config.getConfigList(key).stream()
        .map(each -> Dictionary.of(each.getString("column"), each.getStringList("words")))
        .toList();
  }
}
