package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The least and the largest value of each output: predictions beyond them are moved to them.
 *
 * @param outputs empty for outputs without bounds
 */
@DefaultSerializer(JavaSerializer.class)
public record OutputBounds(List<Range> outputs) implements Serializable {
  /** Outputs are as the network computes them. */
  public static final OutputBounds NONE = new OutputBounds(List.of());

  /** The values that an output may have. */
  @DefaultSerializer(JavaSerializer.class)
  public record Range(float least, float most) implements Serializable {}

  public OutputBounds {
    outputs = List.copyOf(outputs);
  }

  /** Returns whether outputs are as the network computes them. */
  public boolean areNone() {
    return outputs.isEmpty();
  }

  /** Moves the outputs of {@code count} examples, [count, outputs], into the bounds. */
  public void apply(float[] values, int count) {
    int width = outputs.size();
    for (int i = 0; i < count * width; i++) {
      Range range = outputs.get(i % width);
      values[i] = Math.min(Math.max(values[i], range.least()), range.most());
    }
  }

  /** Returns the bounds as a model file has them. */
  List<Map<String, Double>> toSettings() {
    return outputs.stream()
        .map(range -> Map.of("least", (double) range.least(), "most", (double) range.most()))
        .toList();
  }

  /** Reads the bounds of each output out of a model file. */
  static OutputBounds read(List<Section> outputs) {
    return new OutputBounds(
        outputs.stream()
            .map(output -> new Range(number(output, "least"), number(output, "most")))
            .toList());
  }

  private static float number(Section output, String key) {
    return (float) output.number(key, number -> Float.isFinite((float) number), "a number", 0);
  }
}
