package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Preprocessing;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Encodes the columns of a table as the inputs and classes of a network. It is kept beside the
 * model as {@code encodings.json}, because the model cannot be applied without it.
 *
 * @param features the columns of numbers, truth values or times, which are the first inputs
 * @param categorical the vocabularies of the categorical columns, whose one-hot codes are the
 *     inputs after the features
 * @param handleUnknown the treatment of a value that is not in its vocabulary
 * @param label the vocabulary of the label column; empty if labels are class numbers or if there
 *     are no labels
 * @param preprocessing what becomes of the values of the numeric columns
 */
@DefaultSerializer(JavaSerializer.class)
public record TableEncoder(
    List<String> features,
    List<Vocabulary> categorical,
    ColumnRoles.HandleUnknown handleUnknown,
    List<Vocabulary> label,
    Preprocessing preprocessing)
    implements Serializable {
  private static final String UNKNOWN = "unknown";

  /** Makes an encoder of numbers that are inputs as they are. */
  public TableEncoder(
      List<String> features,
      List<Vocabulary> categorical,
      ColumnRoles.HandleUnknown handleUnknown,
      List<Vocabulary> label) {
    this(features, categorical, handleUnknown, label, Preprocessing.NONE);
  }

  /** Returns the columns of numbers in the order of the inputs. */
  public List<FeatureColumn> columns() {
    return preprocessing.columns(features);
  }

  /** Returns the same encoder with one input for each number, in the unit of the table. */
  public TableEncoder unscaled() {
    return new TableEncoder(features, categorical, handleUnknown, label, preprocessing.unscaled());
  }

  /**
   * The number of inputs of a categorical column: one for each value, and one for unknown values if
   * {@link ColumnRoles.HandleUnknown#EXTRA_COLUMN} is set.
   */
  public int inputs(Vocabulary column) {
    return column.values().size() + (acceptsUnknown() ? 1 : 0);
  }

  /** Returns whether a category may be missing or absent from the vocabulary. */
  public boolean acceptsUnknown() {
    return handleUnknown == ColumnRoles.HandleUnknown.EXTRA_COLUMN;
  }

  /** The number of inputs of a table without arrays. */
  public int inputs() {
    return columns().stream().mapToInt(FeatureColumn::inputs).sum() + categoricalInputs();
  }

  /** The number of inputs of all categorical columns. */
  public int categoricalInputs() {
    return categorical.stream().mapToInt(this::inputs).sum();
  }

  /**
   * Returns the names of the inputs. If columns contain arrays, a feature is named by its index.
   */
  public List<String> inputNames(int inputs) {
    List<String> names = new ArrayList<>();
    int numbers = inputs - categoricalInputs();
    List<String> named =
        columns().stream().flatMap(column -> column.inputNames().stream()).toList();
    for (int i = 0; i < numbers; i++) {
      names.add(numbers == named.size() ? named.get(i) : Integer.toString(i));
    }
    for (Vocabulary column : categorical) {
      column.values().forEach(value -> names.add(column.column() + "=" + value));
      if (acceptsUnknown()) {
        names.add(column.column() + " " + UNKNOWN);
      }
    }
    return names;
  }

  /**
   * Returns the values of one example by column: the numbers, and the category of each categorical
   * column.
   */
  public Map<String, String> describe(float[] inputs) {
    List<String> names = inputNames(inputs.length);
    Map<String, String> described = new LinkedHashMap<>();
    int next = inputs.length - categoricalInputs();
    for (int i = 0; i < next; i++) {
      described.put(names.get(i), Float.toString(inputs[i]));
    }
    for (Vocabulary column : categorical) {
      described.put(column.column(), UNKNOWN);
      for (int i = 0; i < column.values().size(); i++) {
        if (inputs[next + i] != 0) {
          described.put(column.column(), column.values().get(i));
        }
      }
      next += inputs(column);
    }
    return described;
  }

  /** Returns the label of a class; empty if labels are class numbers. */
  public Optional<String> labelName(int cls) {
    return labels().map(labels -> labels.values().get(cls));
  }

  /**
   * Throws if there is a vocabulary. This encoder was made from the examples that a model is
   * applied to, so its codes are not those of the model's training data.
   *
   * @param model the location of the model, which has no encoder
   */
  public void requireNoVocabulary(String model) {
    Stream.concat(categorical.stream(), label.stream())
        .findFirst()
        .ifPresent(
            vocabulary -> {
              throw new UserException(
                  ErrorCode.MODEL_UNUSABLE,
                  model
                      + " has no "
                      + EncodingsFile.NAME
                      + " beside it, so it has no codes for the values of column "
                      + vocabulary.column()
                      + " ("
                      + vocabulary.display()
                      + "); expected the file that its training run has");
            });
  }

  /** The vocabulary of the labels; empty if they are class numbers. */
  public Optional<Vocabulary> labels() {
    return label.stream().findFirst();
  }

  /**
   * Returns the index of a value among the inputs of its column.
   *
   * @param value empty if it is missing
   * @param where the file and line of the value, for the message
   * @throws UserException if the vocabulary does not have the value and there is no extra column
   */
  public int code(Vocabulary column, String value, String where) {
    return column
        .code(value)
        .orElseGet(
            () -> {
              if (acceptsUnknown()) {
                return column.values().size();
              }
              throw unknown(
                  column, value, where, "; train with data.columns.handle-unknown = extra-column");
            });
  }

  /** Returns the class of a label; throws if the vocabulary does not have the label. */
  public int classIndex(String label, String where) {
    Vocabulary labels = labels().orElseThrow();
    return labels.code(label).orElseThrow(() -> unknown(labels, label, where, ""));
  }

  private static UserException unknown(
      Vocabulary vocabulary, String value, String where, String remedy) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        where
            + ": column "
            + vocabulary.column()
            + " is \""
            + value
            + "\", which is none of the "
            + vocabulary.values().size()
            + " values in training ("
            + vocabulary.display()
            + ")"
            + remedy);
  }
}
