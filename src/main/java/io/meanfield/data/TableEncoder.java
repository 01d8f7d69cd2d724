package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
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
 * @param handleUnknown what becomes of a text that is not in its dictionary
 * @param label words that are classes; none where classes are numbers, or there are no classes
 */
@DefaultSerializer(JavaSerializer.class)
public record TableEncoder(
    List<String> features,
    List<Vocabulary> categories,
    ColumnRoles.HandleUnknown handleUnknown,
    List<Vocabulary> label)
    implements Serializable {
  /** The name of their file in a run's directory. */
  public static final String FILE = "encodings.json";

  private static final int SCHEMA_VERSION = 1;

  /** Inputs that a category takes: one for each word, and one for all others if it is reserved. */
  public int inputs(Vocabulary category) {
    return category.values().size()
        + (handleUnknown == ColumnRoles.HandleUnknown.EXTRA_COLUMN ? 1 : 0);
  }

  /** Inputs that all categories take. */
  public int categoryInputs() {
    return categories.stream().mapToInt(this::inputs).sum();
  }

  /** Names of the inputs; where columns are arrays, numbers in place of names. */
  public List<String> inputNames(int inputs) {
    List<String> names = new ArrayList<>();
    int numbers = inputs - categoryInputs();
    for (int i = 0; i < numbers; i++) {
      names.add(numbers == features.size() ? features.get(i) : Integer.toString(i));
    }
    for (Vocabulary category : categories) {
      category.values().forEach(word -> names.add(category.column() + "=" + word));
      if (handleUnknown == ColumnRoles.HandleUnknown.EXTRA_COLUMN) {
        names.add(category.column() + " unseen");
      }
    }
    return names;
  }

  /**
   * What the inputs of one example stand for: the numbers by the names of their columns, and the
   * word of each category, none where it is unseen.
   */
  public Map<String, String> describe(float[] inputs) {
    List<String> names = inputNames(inputs.length);
    Map<String, String> described = new LinkedHashMap<>();
    int next = inputs.length - categoryInputs();
    for (int i = 0; i < next; i++) {
      described.put(names.get(i), Float.toString(inputs[i]));
    }
    for (Vocabulary category : categories) {
      described.put(category.column(), "unseen");
      for (int i = 0; i < category.values().size(); i++) {
        if (inputs[next + i] != 0) {
          described.put(category.column(), category.values().get(i));
        }
      }
      next += inputs(category);
    }
    return described;
  }

  /** The word that a class stands for, if classes are words. */
  public Optional<String> labelName(int cls) {
    return labels().map(words -> words.values().get(cls));
  }

  /**
   * Throws if there are words: these encodings were made from examples that a model is to judge, so
   * the model cannot know what their codes mean.
   *
   * @param model that has no encodings
   */
  public void requireNoVocabulary(String model) {
    Stream.concat(categories.stream(), label.stream())
        .findFirst()
        .ifPresent(
            words -> {
              throw new UserException(
                  ErrorCode.MODEL_UNUSABLE,
                  model
                      + " has no "
                      + FILE
                      + " beside it, so the words in column "
                      + words.column()
                      + " ("
                      + words.display()
                      + ") mean nothing to it; expected the file that its training run has");
            });
  }

  /** The dictionary of the labels, if they are words. */
  public Optional<Vocabulary> labels() {
    return label.stream().findFirst();
  }

  /**
   * The place of a text among the inputs of its category.
   *
   * @param where it stands, for the message
   * @throws UserException if it is unseen and there is no place for it
   */
  public int code(Vocabulary category, String text, String where) {
    return category
        .code(text)
        .orElseGet(
            () -> {
              if (handleUnknown == ColumnRoles.HandleUnknown.EXTRA_COLUMN) {
                return category.values().size();
              }
              throw handleUnknown(
                  category, text, where, "; train with data.columns.handle-unknown = extra-column");
            });
  }

  /** The class that a word stands for; throws if it is none. */
  public int classIndex(String word, String where) {
    Vocabulary words = labels().orElseThrow();
    return words.code(word).orElseThrow(() -> handleUnknown(words, word, where, ""));
  }

  private static UserException handleUnknown(
      Vocabulary words, String text, String where, String remedy) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        where
            + ": column "
            + words.column()
            + " is \""
            + text
            + "\", which is none of the "
            + words.values().size()
            + " values in training ("
            + words.display()
            + ")"
            + remedy);
  }

  /** As JSON. */
  public String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema_version", SCHEMA_VERSION);
    map.put("features", features);
    map.put("categorical", categories.stream().map(TableEncoder::toMap).toList());
    map.put("handle_unknown", handleUnknown.name().toLowerCase(Locale.ROOT));
    map.put("label", label.stream().map(TableEncoder::toMap).toList());
    return ConfigFactory.parseMap(map)
            .root()
            .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false))
        + "\n";
  }

  private static Map<String, Object> toMap(Vocabulary dictionary) {
    return Map.of("column", dictionary.column(), "values", dictionary.values());
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param where it was found, for messages
   */
  public static TableEncoder parse(String json, String where) {
    try {
      Config config = ConfigFactory.parseString(json);
      if (config.getInt("schema_version") > SCHEMA_VERSION) {
        throw new UserException(
            ErrorCode.MODEL_UNUSABLE,
            where
                + " has schema version "
                + config.getInt("schema_version")
                + ", this Meanfield knows versions up to "
                + SCHEMA_VERSION
                + "; use a newer Meanfield");
      }
      return new TableEncoder(
          config.getStringList("features"),
          dictionaries(config, "categorical"),
          ColumnRoles.HandleUnknown.valueOf(
              config.getString("handle_unknown").toUpperCase(Locale.ROOT)),
          dictionaries(config, "label"));
    } catch (ConfigException | IllegalArgumentException e) {
      throw new UserException(
          ErrorCode.MODEL_UNUSABLE, where + " does not hold encodings: " + e.getMessage(), e);
    }
  }

  private static List<Vocabulary> dictionaries(Config config, String key) {
    return config.getConfigList(key).stream()
        .map(each -> Vocabulary.of(each.getString("column"), each.getStringList("values")))
        .toList();
  }
}
