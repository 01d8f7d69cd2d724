package io.meanfield.export.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.InputNames;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.encoding.WordCodes;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RawTable;
import io.meanfield.scorer.InputColumn;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one call of ONNX Runtime, by the names of the inputs. The caller closes them.
 *
 * @param first the first example
 * @param end the example after the last one
 */
record Feeds(OrtEnvironment environment, Examples rows, int first, int end)
    implements ModelInput.Visitor<Map<String, OnnxTensor>> {
  /** Creates a tensor. */
  private interface TensorSource {
    OnnxTensor create() throws OrtException;
  }

  private static OnnxTensor tensor(TensorSource source) {
    try {
      return source.create();
    } catch (OrtException e) {
      throw UserException.causedBy(
          e, ErrorCode.EXPORT_DIFFERS, "ONNX Runtime cannot take an input: %s", e.getMessage());
    }
  }

  private int count() {
    return end - first;
  }

  private long[] shape(List<Integer> example) {
    long[] shape = new long[example.size() + 1];
    shape[0] = count();
    for (int i = 0; i < example.size(); i++) {
      shape[i + 1] = example.get(i);
    }
    return shape;
  }

  @Override
  public Map<String, OnnxTensor> pixels(ModelInput.Pixels pixels) {
    byte[] bytes = ((Features.Pixels) rows.features()).values();
    int width = rows.width();
    ByteBuffer values = ByteBuffer.wrap(bytes, first * width, count() * width);
    return Map.of(
        InputColumn.IMAGES,
        tensor(
            () ->
                OnnxTensor.createTensor(
                    environment, values.slice(), shape(pixels.shape()), OnnxJavaType.UINT8)));
  }

  @Override
  public Map<String, OnnxTensor> numbers(ModelInput.Numbers numbers) {
    float[] values = new float[count() * rows.width()];
    for (int row = first; row < end; row++) {
      rows.features().write(row, values, (row - first) * rows.width());
    }
    return Map.of(InputColumn.FEATURES, floats(values, shape(numbers.shape())));
  }

  private OnnxTensor floats(float[] values, long[] shape) {
    return tensor(() -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
  }

  @Override
  public Map<String, OnnxTensor> columns(ModelInput.Columns columns) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      putColumns(columns.encoder(), tensors);
    } catch (RuntimeException e) {
      tensors.values().forEach(OnnxTensor::close);
      throw e;
    }
    return tensors;
  }

  private void putColumns(TableEncoder encoder, Map<String, OnnxTensor> tensors) {
    RawTable table = new RawTable(encoder, rows);
    for (int i = 0; i < encoder.columns().size(); i++) {
      FeatureColumn column = encoder.columns().get(i);
      tensors.put(InputNames.of(column.column()), numbers(column, numbers(table, i)));
    }
    for (int i = 0; i < encoder.categorical().size(); i++) {
      Vocabulary column = encoder.categorical().get(i);
      CategoryInputs inputs = encoder.inputsOf(column);
      tensors.put(
          InputNames.of(column.column()),
          inputs.hasWords() ? words(table, i, column, inputs) : categories(table, i));
    }
  }

  private double[] numbers(RawTable table, int column) {
    double[] values = new double[count()];
    for (int row = first; row < end; row++) {
      values[row - first] = table.number(row, column);
    }
    return values;
  }

  private OnnxTensor categories(RawTable table, int column) {
    String[] values = new String[count()];
    for (int row = first; row < end; row++) {
      values[row - first] = table.category(row, column);
    }
    return tensor(() -> OnnxTensor.createTensor(environment, values, shape(List.of(1))));
  }

  private OnnxTensor words(
      RawTable table, int column, Vocabulary vocabulary, CategoryInputs inputs) {
    WordCodes codes = new WordCodes(vocabulary, inputs.exponents());
    int places = inputs.inputs();
    float[] values = new float[count() * places];
    for (int row = first; row < end; row++) {
      codes.write(table.category(row, column), values, (row - first) * places, places);
    }
    return floats(values, shape(List.of(places)));
  }

  /** Makes the tensor of a numeric column in the type of its input. */
  private OnnxTensor numbers(FeatureColumn column, double[] values) {
    if (!column.isPlain()) {
      return tensor(
          () -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape(List.of(1))));
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats(floats, shape(List.of(1)));
  }
}
